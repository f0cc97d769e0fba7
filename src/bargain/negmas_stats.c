/*
 * With r the reserved value, low and high the least and greatest value of all outcomes, and
 * from = r where it is finite and at least low, otherwise low, over the frontier of rational
 * outcomes (u >= r for all):
 *   nash                  max prod (u - from)
 *   kalai                 max min (u - from)
 *   modified_kalai        max min u
 *   ks                    min of the spread of (u - from) / (high - from)
 *   modified_ks           min of the spread of u / high
 *   max_welfare           max sum u
 *   max_relative_welfare  max sum (u - low) / (high - max(r, low))
 * All that come within 1e-12 of the best are named. Where somebody's range (from to high; for the
 * two welfares low to high) is no more than 1e-12, every point is.
 */
#include "bargain/negmas_stats.h"

#include "bargain/block.h"
#include "model/exact.h"

#include <math.h>
#include <stdlib.h>

static const double SAME = 1e-12;

const char *const ent_negmas_rule_names[ENT_NEGMAS_RULES] = {
    "kalai", "ks", "max_relative_welfare", "max_welfare", "modified_kalai", "modified_ks", "nash"};

typedef struct range {
    double low, high, reserved, from;
} range;

/* ---- The rules ------------------------------------------------------------------------------ */

static double by_nash(const double *u, const range *r, uint32_t parties)
{
    double product = 1;
    for (uint32_t p = 0; p < parties; p++) {
        product *= u[p] - r[p].from;
    }
    return product;
}

static double by_kalai(const double *u, const range *r, uint32_t parties)
{
    double least = HUGE_VAL;
    for (uint32_t p = 0; p < parties; p++) {
        least = fmin(least, u[p] - r[p].from);
    }
    return least;
}

static double by_least(const double *u, const range *r, uint32_t parties)
{
    double least = HUGE_VAL;
    (void)r;
    for (uint32_t p = 0; p < parties; p++) {
        least = fmin(least, u[p]);
    }
    return least;
}

/* Minus the spread of shares. */
static double by_ks(const double *u, const range *r, uint32_t parties)
{
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (uint32_t p = 0; p < parties; p++) {
        double share = (u[p] - r[p].from) / (r[p].high - r[p].from);
        low = fmin(low, share);
        high = fmax(high, share);
    }
    return low - high;
}

static double by_plain_ks(const double *u, const range *r, uint32_t parties)
{
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (uint32_t p = 0; p < parties; p++) {
        double share = r[p].high != 0 ? u[p] / r[p].high : u[p];
        low = fmin(low, share);
        high = fmax(high, share);
    }
    return low - high;
}

static double by_welfare(const double *u, const range *r, uint32_t parties)
{
    double sum = 0;
    (void)r;
    for (uint32_t p = 0; p < parties; p++) {
        sum += u[p];
    }
    return sum;
}

static double by_relative_welfare(const double *u, const range *r, uint32_t parties)
{
    double sum = 0;
    for (uint32_t p = 0; p < parties; p++) {
        double room = r[p].high - fmax(r[p].reserved, r[p].low);
        sum += (u[p] - r[p].low) / (room != 0 ? room : 1);
    }
    return sum;
}

typedef double score_by(const double *u, const range *r, uint32_t parties);
static score_by *const rules[ENT_NEGMAS_RULES] = {
    [ENT_NEGMAS_KALAI] = by_kalai,
    [ENT_NEGMAS_KS] = by_ks,
    [ENT_NEGMAS_RELATIVE_WELFARE] = by_relative_welfare,
    [ENT_NEGMAS_WELFARE] = by_welfare,
    [ENT_NEGMAS_MODIFIED_KALAI] = by_least,
    [ENT_NEGMAS_MODIFIED_KS] = by_plain_ks,
    [ENT_NEGMAS_NASH] = by_nash,
};

static bool is_flat(ent_negmas_rule rule, const range *r, uint32_t parties)
{
    bool whole = rule == ENT_NEGMAS_WELFARE || rule == ENT_NEGMAS_RELATIVE_WELFARE, flat = false;
    for (uint32_t p = 0; p < parties; p++) {
        flat = flat || r[p].high - (whole ? r[p].low : r[p].from) <= SAME;
    }
    return flat;
}

static ent_points_list best_by(ent_arena *arena, ent_negmas_rule rule, const ent_solution *s,
                               const ent_points_list *frontier, const range *r)
{
    uint32_t n = s->scenario->party_count;
    size_t *at = ent_alloc(arena, frontier->count + 1, size_t), count = 0;
    double *score = ent_alloc(arena, frontier->count + 1, double), best = -HUGE_VAL;
    if (is_flat(rule, r, n)) {
        return *frontier;
    }
    for (size_t k = 0; k < frontier->count; k++) {
        score[k] = rules[rule](s->value + frontier->at[k] * n, r, n);
        best = fmax(best, score[k]);
    }
    for (size_t k = 0; k < frontier->count; k++) {
        if (score[k] >= best - SAME) {
            at[count++] = frontier->at[k];
        }
    }
    return (ent_points_list){at, count};
}

/* ---- All outcomes --------------------------------------------------------------------------- */

static bool is_above(const ent_blocks *blocks, const range *r, uint32_t parties, uint32_t at)
{
    for (uint32_t p = 0; p < parties; p++) {
        if (!(ent_block_value(blocks, p)[at] > r[p].reserved)) {
            return false;
        }
    }
    return true;
}

static ent_status look_through(ent_work *work, const ent_scenario *s, uint64_t outcomes, range *r,
                               double *fraction)
{
    ent_blocks *blocks = ent_blocks_create(work->arena, s);
    uint64_t *level = ent_alloc(work->arena, (size_t)s->issue_count + 1, uint64_t), above = 0;
    uint32_t size = ent_block_size(blocks);
    for (uint64_t first = 0; first < outcomes; first += size) {
        if (first % (1 << 20) < size && ent_tick(work, "outcomes", first, outcomes)) {
            return ENT_CANCELLED;
        }
        ent_scenario_outcome(s, first, level);
        ent_block_fill(blocks, level);
        for (uint32_t p = 0; p < s->party_count; p++) {
            const double *value = ent_block_value(blocks, p);
            for (uint32_t k = 0; k < size; k++) {
                r[p].low = fmin(r[p].low, value[k]);
                r[p].high = fmax(r[p].high, value[k]);
            }
        }
        for (uint32_t k = 0; k < size; k++) {
            above += is_above(blocks, r, s->party_count, k);
        }
    }
    *fraction = (double)above / (double)outcomes;
    return ENT_OK;
}

static bool are_sums(const ent_scenario *s)
{
    bool sums = true;
    for (uint32_t p = 0; p < s->party_count; p++) {
        const ent_utility *u = &s->utilities[p];
        sums = sums && u->part != NULL && u->box_count == 0 && u->table == NULL;
    }
    return sums;
}

/* Of sums each issue by itself. */
static void add_extremes(const ent_scenario *s, range *r)
{
    uint64_t low[ENT_SCENARIO_ISSUES], high[ENT_SCENARIO_ISSUES];
    for (uint32_t p = 0; p < s->party_count; p++) {
        const ent_utility *u = &s->utilities[p];
        for (uint32_t i = 0; i < s->issue_count; i++) {
            low[i] = high[i] = 0;
            for (uint64_t l = 1; l < s->issues[i].levels; l++) {
                low[i] = u->part[i][l] < u->part[i][low[i]] ? l : low[i];
                high[i] = u->part[i][l] > u->part[i][high[i]] ? l : high[i];
            }
        }
        r[p].low = ent_utility_of(s, p, low);
        r[p].high = ent_utility_of(s, p, high);
    }
}

static ent_status set_ranges(ent_work *work, const ent_scenario *s, range *r, double *fraction)
{
    uint64_t outcomes;
    ent_status status = ENT_OK;
    *fraction = (double)NAN;
    for (uint32_t p = 0; p < s->party_count; p++) {
        r[p] = (range){HUGE_VAL, -HUGE_VAL, s->utilities[p].reservation, 0};
    }
    if (ent_scenario_outcomes(s, &outcomes) && outcomes <= ENT_NEGMAS_STATS_OUTCOMES) {
        status = look_through(work, s, outcomes, r, fraction);
    } else if (are_sums(s)) {
        add_extremes(s, r);
    } else {
        return ent_fail(work->diags, ENT_LIMIT, ENT_S183_NO_STATISTICS, NULL,
                        "NegMAS's statistics are of all outcomes, and %s are too many to look "
                        "through", ent_scenario_outcomes_text(work->arena, s));
    }
    for (uint32_t p = 0; p < s->party_count; p++) {
        bool counts = isfinite(r[p].reserved) && r[p].reserved >= r[p].low;
        r[p].from = counts ? r[p].reserved : r[p].low;
    }
    return status;
}

/* ---- Together ------------------------------------------------------------------------------- */

typedef struct place {
    double sum;
    size_t at;
} place;

/* The greatest sum first; of equal ones the first party's best, as the solution rises by it. */
static int by_sum(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->sum != y->sum) {
        return x->sum > y->sum ? -1 : 1;
    }
    return (x->at < y->at) - (x->at > y->at);
}

static ent_points_list rational_points(ent_arena *arena, const ent_solution *s)
{
    uint32_t n = s->scenario->party_count;
    double reservation[ENT_MOST_PARTIES];
    place *list = ent_alloc(arena, s->count + 1, place);
    size_t *at = ent_alloc(arena, s->count + 1, size_t), count = 0;
    for (uint32_t p = 0; p < n; p++) {
        reservation[p] = s->scenario->utilities[p].reservation;
    }
    for (size_t i = 0; i < s->count; i++) {
        const double *u = s->value + i * n;
        if (ent_is_rational(u, reservation, n)) {
            list[count++] = (place){by_welfare(u, NULL, n), i};
        }
    }
    if (count > 0) {
        qsort(list, count, sizeof *list, by_sum);
    }
    for (size_t k = 0; k < count; k++) {
        at[k] = list[k].at;
    }
    return (ent_points_list){at, count};
}

/* The distance of the nearest rational outcome from everybody's best. */
static double opposition_of(const ent_solution *s, const ent_points_list *frontier,
                            const range *r)
{
    uint32_t n = s->scenario->party_count;
    double least = HUGE_VAL;
    for (size_t k = 0; k < frontier->count; k++) {
        const double *u = s->value + frontier->at[k] * n;
        double square = 0;
        for (uint32_t p = 0; p < n; p++) {
            double lacks = 1 - (r[p].high != 0 ? u[p] / r[p].high : u[p]);
            square += lacks * lacks;
        }
        least = fmin(least, square);
    }
    return sqrt(least);
}

ent_status ent_negmas_stats_of(ent_work *work, const ent_solution *s, ent_negmas_stats *stats)
{
    uint32_t n = s->scenario->party_count;
    range r[ENT_MOST_PARTIES];
    double *least = ent_alloc(work->arena, n, double), *most = ent_alloc(work->arena, n, double);
    if (!s->proved) {
        return ent_fail(work->diags, ENT_LIMIT, ENT_S183_NO_STATISTICS, "raise --most-points",
                        "the frontier is not known to be complete: no statistics are written");
    }
    *stats = (ent_negmas_stats){.least = least, .most = most};
    ent_status status = set_ranges(work, s->scenario, r, &stats->rational_fraction);
    if (status != ENT_OK) {
        return status;
    }
    for (uint32_t p = 0; p < n; p++) {
        least[p] = r[p].low;
        most[p] = r[p].high;
    }
    stats->frontier = rational_points(work->arena, s);
    for (int k = 0; k < ENT_NEGMAS_RULES; k++) {
        stats->best[k] = best_by(work->arena, (ent_negmas_rule)k, s, &stats->frontier, r);
    }
    stats->opposition = opposition_of(s, &stats->frontier, r);
    return ENT_OK;
}
