/*
 * Influence: the zone under every toggle of the record. Each toggle grows the accounts anew (some
 * linear programs a statement), draws the worlds of the parties whose statements changed, and
 * settles the worlds' zone. Toggles that come to the same worlds are computed once.
 */
#include "answers/influence.h"

#include "answers/variant.h"

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
} asking;

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
        ent_shift shift = ent_zone_shift(&a->influence->base, a->base, variant);
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
                                const ent_zone *zone, const ent_disputes *disputes,
                                ent_influence *influence)
{
    *influence = (ent_influence){.base = *zone};
    asking a = {.work = work, .analysis = analysis, .account = account, .influence = influence};
    a.record = ent_record_state_of(work->arena, analysis);
    influence->worlds = ent_budget_worlds(analysis, analysis->settings.budget.variants);
    ent_status status = ent_vary(work, analysis, account,
                                 &(ent_otherwise){.worlds = influence->worlds}, &a.base);
    if (status == ENT_OK) {
        status = ent_variant_zone(work, a.base);
    }
    if (status == ENT_OK) {
        status = toggle_rows(&a);
    }
    return status == ENT_OK && disputes != NULL ? settle(&a, disputes) : status;
}
