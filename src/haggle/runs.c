/*
 * The interval of a share is Wilson's (E. B. Wilson, "Probable inference, the law of succession,
 * and statistical inference", Journal of the American Statistical Association 22, 1927), which
 * holds near 0 and 1 too.
 */
#include "haggle/runs.h"

#include <math.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts the values, those that are NaN left out. */
static ent_spread spread_of(double *value, uint32_t count)
{
    const double none = (double)NAN;
    uint32_t n = 0;
    double sum = 0;
    for (uint32_t k = 0; k < count; k++) {
        if (!isnan(value[k])) {
            sum += value[k];
            value[n++] = value[k];
        }
    }
    if (n == 0) {
        return (ent_spread){none, none, none, none, none, none};
    }
    qsort(value, n, sizeof *value, by_value);
    return (ent_spread){sum / n, value[0], value[(uint64_t)n * 5 / 100], value[n / 2],
                        value[(uint64_t)n * 95 / 100], value[n - 1]};
}

static void set_interval(ent_runs *r)
{
    double n = r->runs, share = r->agreements / n, z = 1.96;
    double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
    double half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    r->low = r->agreements == 0 ? 0 : fmax(0, middle - half);
    r->high = r->agreements == r->runs ? 1 : fmin(1, middle + half);
}

static int by_entry(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void add_deal(ent_runs *r, ent_runs_deal deal)
{
    uint32_t at = r->deal_count;
    r->different++;
    if (at < ENT_RUNS_DEALS) {
        r->deal_count++;
    } else if (r->deals[--at].count >= deal.count) {
        return;
    }
    for (; at > 0 && r->deals[at - 1].count < deal.count; at--) {
        r->deals[at] = r->deals[at - 1];
    }
    r->deals[at] = deal;
}

static void find_deals(ent_arena *arena, const ent_contest_run *run, ent_runs *r)
{
    uint32_t *entry = ent_alloc(arena, r->runs, uint32_t), count = 0;
    for (uint32_t k = 0; k < r->runs; k++) {
        if (run[k].result.entry != ENT_NO_ENTRY) {
            entry[count++] = run[k].result.entry;
        }
    }
    r->agreements = count;
    qsort(entry, count, sizeof *entry, by_entry);
    for (uint32_t k = 0, end; k < count; k = end) {
        for (end = k; end < count && entry[end] == entry[k]; end++) {
        }
        add_deal(r, (ent_runs_deal){entry[k], end - k});
    }
}

static void sum_up(ent_arena *arena, uint32_t parties, const ent_contest_run *run,
                   const double *utility, ent_runs *r)
{
    double *value = ent_alloc(arena, r->runs, double);
    ent_spread *spreads[] = {&r->rounds, &r->welfare, &r->pareto, &r->nash, &r->kalai,
                             &r->nash_negmas, &r->kalai_negmas};
    for (uint32_t k = 0; k < r->runs; k++) {
        r->ends[run[k].result.end]++;
    }
    for (unsigned s = 0; s < sizeof spreads / sizeof *spreads; s++) {
        for (uint32_t k = 0; k < r->runs; k++) {
            double deadline = run[k].result.end == ENT_HAGGLE_DEADLINE ? 0 : 1;
            const double of[] = {run[k].result.round + deadline, run[k].welfare, run[k].pareto,
                                 run[k].nash, run[k].kalai, run[k].nash_negmas,
                                 run[k].kalai_negmas};
            value[k] = of[s];
        }
        *spreads[s] = spread_of(value, r->runs);
    }
    for (uint32_t p = 0; p < parties; p++) {
        for (uint32_t k = 0; k < r->runs; k++) {
            value[k] = utility[(size_t)k * parties + p];
        }
        r->utility[p] = spread_of(value, r->runs);
    }
}

ent_status ent_haggle_runs(ent_work *work, const ent_scenario *scenario,
                           const ent_haggle_table *table, const ent_haggle_rules *rules,
                           const ent_chosen_strategy *chosen, uint32_t count, ent_runs *runs)
{
    uint32_t n = table->parties;
    ent_contest *contest;
    ent_contest_run *run = ent_alloc(work->arena, count, ent_contest_run);
    double *utility = ent_alloc(work->arena, (size_t)count * n, double);
    double *advantage = ent_alloc(work->arena, (size_t)count * n, double);
    ent_lineup own;
    (void)ent_lineup_set(ENT_LINEUP_OWN, n, n, 1, &own);
    ent_status status = ent_contest_make(work, scenario, table, rules, chosen, &own, &contest);
    uint32_t done = 0;
    while (done < count && status == ENT_OK) {
        uint32_t block = count - done < ENT_CONTEST_BLOCK ? count - done : ENT_CONTEST_BLOCK;
        size_t at = (size_t)done * n;
        ent_contest_seats seats = {utility + at, advantage + at, NULL};
        status = ent_tick(work, "runs", done, count)
                     ? ENT_CANCELLED
                     : ent_contest_play(work, contest, done, done, count, block, run + done,
                                        &seats);
        done += status == ENT_OK ? block : 0;
    }
    bool interrupted = status == ENT_CANCELLED && done > 0;
    if (status == ENT_OK || interrupted) {
        status = ENT_OK;
        *runs = (ent_runs){.interrupted = interrupted, .runs = done, .run = run, .each = utility,
                           .advantage = advantage,
                           .utility = ent_alloc(work->arena, n, ent_spread)};
        find_deals(work->arena, run, runs);
        sum_up(work->arena, n, run, utility, runs);
        set_interval(runs);
    }
    return status;
}
