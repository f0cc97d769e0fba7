/*
 * Influence: the zone under every toggle of the record. Each toggle grows the accounts anew (some
 * linear programs a statement), draws the worlds of the parties whose statements changed, and
 * settles the worlds' zone. Toggles that come to the same worlds are computed once.
 */
#include "answers/influence.h"

#include "answers/regrow.h"
#include "base/share.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Share, change and its error; the same world under both records is a pair. */
static ent_toggle compare(const ent_regrower *r, const ent_regrown *other)
{
    ent_toggle toggle = {.asked = true, .consistent = other->consistent};
    if (!other->consistent) {
        toggle.share = toggle.change = toggle.error = (double)NAN;
        return toggle;
    }
    uint32_t changed = 0;
    for (uint32_t w = 0; w < r->worlds; w++) {
        changed += other->zone[w] != r->base.zone[w];
    }
    double worlds = r->worlds;
    toggle.share = other->zone_count / worlds;
    toggle.change = ((double)other->zone_count - r->base.zone_count) / worlds;
    double variance = changed / worlds - toggle.change * toggle.change;
    double effective = fmin(ent_effective_worlds(&other->voters, r->worlds),
                            ent_effective_worlds(&r->base.voters, r->worlds));
    toggle.error = variance > 0 && effective > 0 ? sqrt(variance / effective) : 0;
    return toggle;
}

/* The zone with statements taken out of the record and others believed before anything else. */
static ent_status toggle_of(ent_regrower *r, bool *on, const bool *forced,
                            ent_toggle *toggle)
{
    ent_regrown other;
    ent_status status = ent_regrow(r, on, forced, &other);
    if (status == ENT_OK && other.consistent) {
        status = ent_regrown_zone(r, &other);
    }
    if (status == ENT_OK) {
        *toggle = compare(r, &other);
    }
    return status;
}

/* Room for what is on and what is forced, as the settings have them. */
typedef struct record {
    bool *on, *forced;
    const ent_regrower *r;
} record;

static void reset(record *now)
{
    size_t bytes = now->r->analysis->c->statement_count * sizeof *now->on;
    memcpy(now->on, now->r->analysis->on, bytes);
    memcpy(now->forced, now->r->forced, bytes);
}

static record record_of(const ent_regrower *r)
{
    size_t count = (size_t)r->analysis->c->statement_count + 1;
    return (record){ent_alloc(r->work->arena, count, bool),
                    ent_alloc(r->work->arena, count, bool), r};
}

/* Statements that believe anything about preferences or availability. */
static bool has_weight(const ent_statement *statement)
{
    for (size_t i = 0; i < statement->claim_count; i++) {
        if (statement->claims[i].verb != ENT_TRUSTS) {
            return true;
        }
    }
    return false;
}

static double weight(const ent_influence_row *row)
{
    const ent_toggle *toggle = row->in ? &row->without : &row->with;
    return toggle->consistent ? fabs(toggle->change) : -1;
}

static int heavier_first(const void *left, const void *right)
{
    const ent_influence_row *a = left;
    const ent_influence_row *b = right;
    double difference = weight(b) - weight(a);
    if (difference != 0) {
        return difference > 0 ? 1 : -1;
    }
    return (a->statement > b->statement) - (a->statement < b->statement);
}

static ent_status toggle_rows(ent_regrower *r, ent_influence *influence)
{
    const ent_case *c = r->analysis->c;
    ent_influence_row *rows = ent_alloc(r->work->arena, c->statement_count + 1, ent_influence_row);
    record now = record_of(r);
    ent_status status = ENT_OK;
    for (uint32_t s = 0; s < c->statement_count && status == ENT_OK; s++) {
        if (!r->analysis->on[s] || !has_weight(&c->statements[s])) {
            continue;
        }
        ent_influence_row *row = &rows[influence->row_count++];
        *row = (ent_influence_row){.statement = s, .in = r->base.in[s]};
        reset(&now);
        if (row->in) {
            now.on[s] = now.forced[s] = false;
        } else {
            now.forced[s] = true;
        }
        status = toggle_of(r, now.on, now.forced, row->in ? &row->without : &row->with);
        if (ent_tick(r->work, "statements", s + 1, c->statement_count)) {
            status = ENT_CANCELLED;
        }
    }
    if (status == ENT_OK) {
        qsort(rows, influence->row_count, sizeof *rows, heavier_first);
    }
    influence->rows = rows;
    return status;
}

/* Each dispute settled in each way: all of it believed but one. */
static ent_status settle(ent_regrower *r, const ent_disputes *disputes, ent_influence *influence)
{
    size_t count = disputes->count < ENT_INFLUENCE_DISPUTES ? disputes->count
                                                            : ENT_INFLUENCE_DISPUTES;
    size_t room = 0;
    for (size_t d = 0; d < count; d++) {
        room += disputes->at[d].count;
    }
    ent_settlement *at = ent_alloc(r->work->arena, room + 1, ent_settlement);
    influence->settlements = at;
    record now = record_of(r);
    for (size_t d = 0; d < count; d++) {
        const ent_dispute *dispute = &disputes->at[d];
        for (size_t m = 0; m < dispute->count; m++) {
            reset(&now);
            for (size_t i = 0; i < dispute->count; i++) {
                now.forced[dispute->statements[i]] = i != m;
            }
            now.on[dispute->statements[m]] = false;
            ent_settlement *one = &at[influence->settlement_count];
            *one = (ent_settlement){.dispute = d, .statement = dispute->statements[m]};
            ent_status status = toggle_of(r, now.on, now.forced, &one->zone);
            if (status != ENT_OK) {
                return status;
            }
            influence->settlement_count++;
        }
    }
    return ENT_OK;
}

ent_status ent_answer_influence(ent_work *work, const ent_analysis *analysis, size_t account,
                                const ent_disputes *disputes, ent_influence *influence)
{
    ent_regrower *r = ent_regrower_of(work, analysis, account);
    *influence = (ent_influence){.worlds = r->worlds};
    ent_status status = ent_regrown_zone(r, &r->base);
    if (status != ENT_OK) {
        return status;
    }
    double share = (double)r->base.zone_count / r->worlds;
    influence->base = (ent_zone){.share = share, .worlds = r->worlds};
    influence->base.error =
        ent_share_error(share, ent_effective_worlds(&r->base.voters, r->worlds));
    status = toggle_rows(r, influence);
    return status == ENT_OK && disputes != NULL ? settle(r, disputes, influence) : status;
}
