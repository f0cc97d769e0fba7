/*
 * Influence: the zone under every toggle of the record. Each toggle grows the accounts anew (some
 * linear programs a statement), draws the worlds of the parties whose statements changed, and
 * settles the worlds' zone. Toggles that come to the same worlds are computed once.
 */
#include "answers/influence.h"

#include "answers/candidates.h"
#include "answers/scratch.h"
#include "answers/variant.h"
#include "base/share.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct asking {
    ent_work *work;
    const ent_analysis *analysis;
    size_t account;
    ent_influence *influence;
    ent_variant *base;      /* the account as it is, on the worlds of the toggles */
    ent_record_state record;
    struct known {
        const uint8_t *zone; /* of variants that come to the same worlds */
        double joint;
    } *known;
    size_t known_count, known_room;
    double base_joint;
} asking;

/* ---- The best package of a variant ----------------------------------------------------------- */

typedef struct look {
    const ent_analysis *analysis;
    size_t account;
    double joint;
} look;

static ent_status look_for_best(ent_work *work, void *argument)
{
    look *l = argument;
    if (ent_can_sweep(l->analysis)) {
        ent_tally tally;
        ent_status status = ent_tally_zone(work, l->analysis, l->account, &tally);
        const ent_deal *deal = status == ENT_OK ? ent_best_deal(work, &tally) : NULL;
        l->joint = deal == NULL ? 0 : deal->joint;
        return status;
    }
    ent_best best = {.method = ENT_BY_SEARCH};
    ent_status status = ent_best_of(work, l->analysis, l->account, &best);
    l->joint = best.deal.levels == NULL ? 0 : best.deal.joint;
    return status;
}

/* Its joint share, found once for all variants that come to the same worlds. */
static ent_status best_joint(asking *a, const ent_variant *variant, double *joint)
{
    for (size_t i = 0; i < a->known_count; i++) {
        if (a->known[i].zone == variant->zone) {
            *joint = a->known[i].joint;
            return ENT_OK;
        }
    }
    look l = {&variant->analysis, a->account, 0};
    ent_status status = ent_with_scratch(a->work, look_for_best, &l);
    ent_grow(a->work->arena, (void **)&a->known, &a->known_room, a->known_count + 1,
             sizeof *a->known);
    a->known[a->known_count++] = (struct known){variant->zone, l.joint};
    *joint = l.joint;
    return status;
}

/* As ent_zone_shift, of the best package; the error is that of two samples of their own. */
static ent_status best_shift(asking *a, const ent_variant *variant, ent_shift *shift)
{
    double joint;
    ent_status status = best_joint(a, variant, &joint);
    double worlds = a->influence->worlds;
    double level = a->influence->level;
    bool same = variant->zone == a->base->zone;
    double now = ent_share_error(joint, worlds);
    double before = ent_share_error(a->base_joint, worlds);
    /* Not hypot(): its last digit differs between C libraries. */
    double error = sqrt(now * now + before * before);
    double share = level + (same ? 0 : joint - a->base_joint);
    *shift = (ent_shift){.share = fmin(1, fmax(0, share)), .error = same ? 0 : error};
    shift->change = shift->share - level;
    return status;
}

/* ---- Toggles -------------------------------------------------------------------------------- */

/* The zone under the record as it now stands. */
static ent_status toggle_of(asking *a, ent_toggle *toggle)
{
    ent_otherwise other = {.on = a->record.on,
                           .forced = a->record.forced,
                           .worlds = a->influence->worlds};
    ent_variant *variant;
    ent_status status = ent_vary(a->work, a->analysis, a->account, &other, &variant);
    *toggle = (ent_toggle){.asked = true,
                           .consistent = variant->consistent,
                           .share = (double)NAN,
                           .change = (double)NAN,
                           .error = (double)NAN};
    if (status != ENT_OK || !variant->consistent) {
        return status;
    }
    status = ent_variant_zone(a->work, variant);
    if (status == ENT_OK) {
        ent_shift shift = {0};
        if (a->influence->best == NULL) {
            shift = ent_zone_shift(&a->influence->base, a->base, variant);
        } else {
            status = best_shift(a, variant, &shift);
        }
        toggle->share = shift.share;
        toggle->change = shift.change;
        toggle->error = shift.error;
    }
    return status;
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

static ent_status toggle_rows(asking *a)
{
    const ent_case *c = a->analysis->c;
    ent_influence *influence = a->influence;
    ent_influence_row *rows =
        ent_alloc(a->work->arena, (size_t)c->statement_count + 1, ent_influence_row);
    const bool *in = a->analysis->accounts.at[a->account].in;
    ent_status status = ENT_OK;
    for (uint32_t s = 0; s < c->statement_count && status == ENT_OK; s++) {
        if (!a->analysis->on[s] || !has_weight(&c->statements[s])) {
            continue;
        }
        ent_influence_row *row = &rows[influence->row_count++];
        *row = (ent_influence_row){.statement = s, .in = in[s]};
        ent_reset_record(a->analysis, &a->record);
        ent_switch_statement(&a->record, s, row->in);
        status = toggle_of(a, row->in ? &row->without : &row->with);
        if (ent_tick(a->work, "statements", s + 1, c->statement_count)) {
            status = ENT_CANCELLED;
        }
    }
    if (status == ENT_OK) {
        qsort(rows, influence->row_count, sizeof *rows, heavier_first);
    }
    influence->rows = rows;
    return status;
}

/* One way to settle a question: these given up, those believed before anything else. */
static ent_status settle_one(asking *a, const uint32_t *out, size_t out_count, const uint32_t *in,
                             size_t in_count, ent_settlement *one)
{
    ent_reset_record(a->analysis, &a->record);
    for (size_t i = 0; i < in_count; i++) {
        a->record.forced[in[i]] = true;
    }
    for (size_t i = 0; i < out_count; i++) {
        a->record.on[out[i]] = a->record.forced[out[i]] = false;
    }
    one->given_up = out;
    one->count = out_count;
    return toggle_of(a, &one->zone);
}

/* Each question in dispute settled in each way. */
static ent_status settle(asking *a, const ent_disputes *disputes)
{
    ent_influence *influence = a->influence;
    size_t count = 0;
    size_t room = 0;
    while (count < disputes->question_count && count < ENT_INFLUENCE_QUESTIONS &&
           disputes->questions[count].kind != ENT_MOVE) {
        const ent_question_in_dispute *q = &disputes->questions[count++];
        room += q->b_count > 0 ? 2 : q->a_count;
    }
    ent_settlement *at = ent_alloc(a->work->arena, room + 1, ent_settlement);
    influence->settlements = at;
    for (size_t k = 0; k < count; k++) {
        const ent_question_in_dispute *q = &disputes->questions[k];
        size_t ways = q->b_count > 0 ? 2 : q->a_count;
        for (size_t w = 0; w < ways; w++) {
            ent_settlement *one = &at[influence->settlement_count];
            one->question = k;
            ent_status status =
                q->b_count == 0 ? settle_one(a, &q->a[w], 1, q->a, q->a_count, one)
                : w == 0        ? settle_one(a, q->a, q->a_count, q->b, q->b_count, one)
                                : settle_one(a, q->b, q->b_count, q->a, q->a_count, one);
            if (status != ENT_OK) {
                return status;
            }
            influence->settlement_count++;
        }
    }
    return ENT_OK;
}

ent_status ent_answer_influence(ent_work *work, const ent_analysis *analysis, size_t account,
                                const ent_deals *deals, bool zone_alone,
                                const ent_disputes *disputes, ent_influence *influence)
{
    bool of_best = !zone_alone && deals->count > 0 && ent_zone_says_little(&deals->zone);
    *influence = (ent_influence){.base = deals->zone,
                                 .best = of_best ? &deals->at[0] : NULL,
                                 .level = of_best ? deals->at[0].joint : deals->zone.share};
    asking a = {.work = work, .analysis = analysis, .account = account, .influence = influence};
    a.record = ent_record_state_of(work->arena, analysis);
    influence->worlds = ent_budget_worlds(analysis, analysis->settings.budget.variants);
    ent_status status = ent_vary(work, analysis, account,
                                 &(ent_otherwise){.worlds = influence->worlds}, &a.base);
    if (status == ENT_OK) {
        status = ent_variant_zone(work, a.base);
    }
    if (status == ENT_OK && of_best) {
        status = best_joint(&a, a.base, &a.base_joint);
    }
    if (status == ENT_OK) {
        status = toggle_rows(&a);
    }
    return status == ENT_OK && disputes != NULL ? settle(&a, disputes) : status;
}
