/* Which statements move the break-even chance: the question again without each of them. */
#include "answers/variant.h"
#include "answers/walk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_change(const void *a, const void *b)
{
    const ent_walk_influence *x = a, *y = b;
    int order = (x->median < y->median) - (x->median > y->median);
    return order != 0 ? order : (x->statement > y->statement) - (x->statement < y->statement);
}

/* How far the median moves; what is infinite counts as 2, so that it can be sorted. */
static double distance(double a, double b)
{
    double x = a < 2 ? a : 2;
    double y = b < 2 ? b : 2;
    return fabs(x - y);
}

static void sort_rows(ent_arena *arena, ent_walk_influence *rows, size_t count, double median)
{
    ent_walk_influence *keyed = ent_alloc(arena, count + 1, ent_walk_influence);
    for (size_t i = 0; i < count; i++) {
        keyed[i] = (ent_walk_influence){(uint32_t)i, distance(rows[i].median, median)};
    }
    qsort(keyed, count, sizeof *keyed, by_change);
    ent_walk_influence *sorted = ent_alloc(arena, count + 1, ent_walk_influence);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = rows[keyed[i].statement];
    }
    memcpy(rows, sorted, count * sizeof *rows);
}

/* The same question with the statement taken out, in as many worlds. */
static ent_status ask_without(ent_work *work, const ent_analysis *analysis, size_t account,
                              const ent_walk_request *request, uint32_t statement, double *median)
{
    ent_record_state record = ent_record_state_of(work->arena, analysis);
    ent_switch_statement(&record, statement, true);
    ent_otherwise other = {.on = record.on,
                           .forced = record.forced,
                           .worlds = analysis->settings.budget.walk};
    ent_variant *variant;
    ent_walk walk;
    *median = (double)NAN;
    ent_status status = ent_vary(work, analysis, account, &other, &variant);
    if (status == ENT_OK && variant->consistent) {
        status = ent_answer_walk(work, &variant->analysis, account, request, &walk);
        *median = walk.median;
    }
    return status;
}

ent_status ent_walk_influences(ent_work *work, const ent_analysis *analysis, size_t account,
                               const ent_walk_request *request, double median,
                               const ent_walk_influence **rows, size_t *count)
{
    const ent_case *c = analysis->c;
    ent_walk_influence *list = ent_alloc(work->arena, c->statement_count + 1, ent_walk_influence);
    *count = 0;
    for (uint32_t s = 0; s < c->statement_count; s++) {
        double moved;
        if (!analysis->accounts.at[account].in[s] || c->statements[s].claim_count == 0) {
            continue;
        }
        ent_status status = ask_without(work, analysis, account, request, s, &moved);
        if (status != ENT_OK) {
            return status;
        }
        if (!isnan(moved)) {
            list[(*count)++] = (ent_walk_influence){s, moved};
        }
    }
    sort_rows(work->arena, list, *count, median);
    *rows = list;
    return ENT_OK;
}
