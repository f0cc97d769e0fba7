/* Which statements move the break-even chance: the question again without each of them. */
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

/* The same question with the statement taken out. */
static ent_status ask_without(ent_work *work, const ent_analysis *analysis, size_t account,
                              const ent_walk_request *request, uint32_t statement, double *median)
{
    ent_settings settings = analysis->settings;
    uint32_t *without = ent_alloc(work->arena, settings.without_count + 1, uint32_t);
    if (settings.without_count > 0) {
        memcpy(without, settings.without, settings.without_count * sizeof *without);
    }
    without[settings.without_count++] = statement;
    settings.without = without;
    settings.account = analysis->accounts.at[account].id;
    settings.worlds = settings.worlds < 2000 ? settings.worlds : 2000;
    ent_analysis other;
    ent_walk walk;
    *median = (double)NAN;
    ent_status status = ent_analyse(work, analysis->c, &settings, &other);
    if (status == ENT_OK && other.worlds[account].account != NULL) {
        status = ent_answer_walk(work, &other, account, request, &walk);
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
