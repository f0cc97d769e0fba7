/*
 * One entry for exact scenarios: choose the method by structure, find the frontier, put the values
 * in order as the scenario's formula gives them, take the points and count.
 */
#include "bargain/solve.h"

#include "bargain/cliques.h"
#include "bargain/count.h"
#include "bargain/extremes.h"
#include "bargain/stream.h"

#include <math.h>
#include <string.h>

const char *const ent_method_names[ENT_METHOD_COUNT] = {"best", "merge", "cliques",
                                                          "thresholds", "enumeration"};

enum { MOST_POINTS = 2000000 };
static const uint64_t MOST_NODES = 20000000;
/* Fewer outcomes than this are enumerated before their boxes are made into a graph. */
static const uint64_t FEW_OUTCOMES = 1 << 18;

bool ent_all_additive(const ent_scenario *s)
{
    for (uint32_t p = 0; p < s->party_count; p++) {
        const ent_utility *u = &s->utilities[p];
        if (u->box_count > 0 || u->table != NULL || !(u->scale > 0)) {
            return false;
        }
    }
    return true;
}

static ent_status misfit(ent_work *work, const char *why)
{
    return ent_fail(work->diags, ENT_USAGE, ENT_S180_METHOD_DOES_NOT_FIT,
                    "leave the choice of the method to the program", "%s", why);
}

/* The graph is made where the method is cliques. */
static ent_status choose(ent_work *work, const ent_scenario *s, ent_solving asked,
                         ent_solving *method, ent_box_graph *graph)
{
    uint64_t outcomes;
    bool few = ent_scenario_outcomes(s, &outcomes) && outcomes <= FEW_OUTCOMES;
    bool sums = ent_all_additive(s);
    *method = asked;
    if (asked == ENT_METHOD_BEST) {
        *method = sums  ? ENT_METHOD_MERGE
                  : few ? ENT_METHOD_ENUMERATION
                        : ENT_METHOD_CLIQUES;
    }
    if (*method == ENT_METHOD_MERGE && !sums) {
        return misfit(work, "values that are not sums over the issues cannot be merged");
    }
    if (*method == ENT_METHOD_CLIQUES && !ent_box_graph_of(work->arena, s, graph)) {
        if (asked == ENT_METHOD_CLIQUES) {
            return misfit(work, "cliques need values that add up a thousand boxes and levels at "
                                "most");
        }
        *method = ent_is_extreme(s) ? ENT_METHOD_THRESHOLDS : ENT_METHOD_ENUMERATION;
    }
    if (*method == ENT_METHOD_THRESHOLDS && !ent_is_extreme(s)) {
        return misfit(work, "thresholds need values that are the least or greatest of boxes");
    }
    return ENT_OK;
}

/* The tables of all parties, side by side. */
static void sums_of(ent_arena *arena, const ent_scenario *s, ent_sums *sums)
{
    uint32_t d = s->party_count;
    ent_front_part *parts = ent_alloc(arena, s->issue_count, ent_front_part);
    for (uint32_t i = 0; i < s->issue_count; i++) {
        uint32_t levels = (uint32_t)s->issues[i].levels;
        double *value = ent_alloc(arena, (size_t)levels * d, double);
        for (uint32_t p = 0; p < d; p++) {
            for (uint32_t l = 0; s->utilities[p].part != NULL && l < levels; l++) {
                value[(size_t)l * d + p] = s->utilities[p].part[i][l];
            }
        }
        parts[i] = (ent_front_part){levels, value};
    }
    *sums = (ent_sums){.parties = d, .count = s->issue_count, .parts = parts};
}

/*
 * Evaluate the points by the scenario's formula (with its cap) and keep the maxima in order. The
 * front's parts are the scenario's issues here.
 */
void ent_settle(ent_arena *arena, const ent_scenario *s, const ent_front *front,
                   ent_solution *solution)
{
    size_t d = s->party_count, n = s->issue_count, kept = 0;
    double *raw = ent_alloc(arena, front->count * d, double);
    double *value = ent_alloc(arena, front->count * d, double);
    uint64_t *levels = ent_alloc(arena, front->count * n + 1, uint64_t);
    ent_tagged *order = ent_alloc(arena, front->count, ent_tagged);
    ent_sieve *sieve = ent_sieve_create(arena, s->party_count);
    for (size_t i = 0; i < front->count; i++) {
        for (size_t p = 0; p < d; p++) {
            raw[i * d + p] = ent_utility_of(s, (uint32_t)p, front->levels + i * n);
        }
        order[i] = (ent_tagged){raw + i * d, i};
    }
    ent_sort_tagged(order, front->count, s->party_count);
    for (size_t i = 0; i < front->count; i++) {
        if (ent_sieve_admit(sieve, order[i].vector)) {
            order[kept++] = order[i];
        }
    }
    for (size_t i = 0; i < kept; i++) {
        const ent_tagged *from = &order[kept - 1 - i];
        memcpy(value + i * d, from->vector, d * sizeof *value);
        if (n > 0) {
            memcpy(levels + i * n, front->levels + from->tag * n, n * sizeof *levels);
        }
    }
    solution->count = kept;
    solution->value = value;
    solution->levels = levels;
    solution->proved = front->proved;
    solution->interrupted = front->stopped;
    solution->gap = front->gap;
}

static ent_status solve_merge(ent_work *work, const ent_scenario *s,
                              const ent_solve_options *options, ent_solution *solution)
{
    ent_sums sums;
    ent_front front;
    sums_of(work->arena, s, &sums);
    size_t most = options->most_points > 0 ? options->most_points : MOST_POINTS;
    ent_status status = ent_merge_sums(work, &sums, most, &front);
    if (status != ENT_OK) {
        return status;
    }
    for (uint32_t p = 0; p < s->party_count; p++) {
        solution->gap = fmax(solution->gap, front.gap / s->utilities[p].scale);
    }
    front.gap = solution->gap;
    ent_settle(work->arena, s, &front, solution);
    solution->rational_low = ent_big_of(0);
    solution->rational_high = solution->outcomes;
    if (!options->frontier_only) {
        status = ent_count_rational(work, s, ENT_MOST_COUNTED, &solution->rational_low,
                                    &solution->rational_high);
    }
    solution->interrupted = status == ENT_CANCELLED; /* the frontier is there, the count is not */
    return solution->interrupted ? ENT_OK : status;
}

/* What a party can get at most, as far as the parts of its value tell. */
double ent_most_of(const ent_scenario *s, const ent_utility *u, uint64_t outcomes)
{
    double most = 0;
    for (uint32_t i = 0; u->part != NULL && i < s->issue_count; i++) {
        double high = u->part[i][0];
        for (uint64_t l = 1; l < s->issues[i].levels; l++) {
            high = fmax(high, u->part[i][l]);
        }
        most += high;
    }
    for (size_t k = 0; k < u->box_count; k++) {
        most += fmax(0, u->boxes[k].utility);
    }
    double high = 0;
    for (uint64_t k = 0; u->table != NULL && k < outcomes; k++) {
        high = fmax(high, u->table[k]);
    }
    most = (most + high) / u->scale;
    return u->capped ? fmin(1, most) : most;
}

/* How far above the nearest point of the frontier the best of everybody lies. */
static double ideal_gap(const ent_scenario *s, const ent_solution *solution)
{
    double most[ENT_MOST_PARTIES], gap = HUGE_VAL;
    uint64_t outcomes = 0;
    (void)ent_scenario_outcomes(s, &outcomes);
    for (uint32_t p = 0; p < s->party_count; p++) {
        most[p] = ent_most_of(s, &s->utilities[p], outcomes);
    }
    for (size_t i = 0; i < solution->count; i++) {
        double widest = 0;
        for (uint32_t p = 0; p < s->party_count; p++) {
            widest = fmax(widest, most[p] - solution->value[i * s->party_count + p]);
        }
        gap = fmin(gap, widest);
    }
    return gap;
}

static ent_status solve_enumeration(ent_work *work, const ent_scenario *s,
                                    const ent_solve_options *options, ent_solution *solution)
{
    ent_front front;
    uint64_t most = options->most_outcomes > 0 ? options->most_outcomes : ENT_MOST_OUTCOMES;
    uint64_t rational, outcomes_seen;
    ent_status status = ent_stream_frontier(work, s, most, &front, &rational, &outcomes_seen);
    if (status != ENT_OK) {
        return status;
    }
    ent_settle(work->arena, s, &front, solution);
    solution->rational_low = solution->rational_high = ent_big_of(rational);
    if (!front.proved) {
        ent_big seen = ent_big_of(outcomes_seen - rational);
        solution->rational_high = ent_big_minus(solution->outcomes, &seen);
        solution->gap = ideal_gap(s, solution);
    }
    return ENT_OK;
}

/* A party without a reservation value gains from the worst that the frontier holds for it. */
void ent_take_points(const ent_scenario *s, ent_solution *solution)
{
    double reservation[ENT_MOST_PARTIES];
    for (uint32_t p = 0; p < s->party_count; p++) {
        reservation[p] = s->utilities[p].reservation;
        if (reservation[p] == -HUGE_VAL) {
            reservation[p] = HUGE_VAL;
            for (size_t i = 0; i < solution->count; i++) {
                reservation[p] = fmin(reservation[p], solution->value[i * s->party_count + p]);
            }
        }
    }
    ent_solution_points(solution->value, solution->count, s->party_count, reservation,
                        &solution->points);
    solution->owner = ENT_NO_OWNER_POINTS;
    if (ent_has_owner_points(s)) {
        solution->owner = ent_negmas_points(s, solution->value, solution->count);
    }
}

/* The number of outcomes at least as good as the point for sure: those in all of its boxes. */
static ent_big around(const ent_scenario *s, const ent_box_graph *graph, const uint64_t *levels)
{
    ent_big count = ent_big_of(1);
    for (uint32_t i = 0; i < s->issue_count; i++) {
        uint64_t low = 0, high = s->issues[i].levels - 1;
        for (uint32_t v = 0; v < graph->count; v++) {
            const uint64_t *from = graph->low + (size_t)v * graph->issues;
            const uint64_t *to = graph->high + (size_t)v * graph->issues;
            bool inside = true;
            for (uint32_t k = 0; k < s->issue_count && inside; k++) {
                inside = levels[k] >= from[k] && levels[k] <= to[k];
            }
            low = inside && from[i] > low ? from[i] : low;
            high = inside && to[i] < high ? to[i] : high;
        }
        count = ent_big_times(count, high - low + 1);
    }
    return count;
}

/* Everything where the constants alone suffice; otherwise at least the surroundings of a point. */
static void bound_rational(const ent_scenario *s, const ent_box_graph *graph,
                           ent_solution *solution)
{
    double least[ENT_MOST_PARTIES], reservation[ENT_MOST_PARTIES];
    uint32_t n = s->party_count;
    for (uint32_t p = 0; p < n; p++) {
        least[p] = graph == NULL ? -HUGE_VAL : graph->constant[p] / s->utilities[p].scale;
        reservation[p] = s->utilities[p].reservation;
    }
    solution->rational_low = ent_big_of(0);
    solution->rational_high = solution->outcomes;
    if (ent_is_rational(least, reservation, n)) {
        solution->rational_low = solution->outcomes;
        return;
    }
    for (size_t i = 0; i < solution->count; i++) {
        if (ent_is_rational(solution->value + n * i, reservation, n)) {
            const uint64_t *levels = solution->levels + i * s->issue_count;
            ent_big count = graph == NULL ? ent_big_of(1) : around(s, graph, levels);
            if (ent_big_order(&count, &solution->rational_low) > 0) {
                solution->rational_low = count;
            }
        }
    }
    if (solution->proved && ent_big_double(&solution->rational_low) == 0) {
        solution->rational_high = ent_big_of(0);
    }
}

/* The sums are in the parties' own scales. */
static double least_scale(const ent_scenario *s)
{
    double least = HUGE_VAL;
    for (uint32_t p = 0; p < s->party_count; p++) {
        least = fmin(least, s->utilities[p].scale);
    }
    return least;
}

/* graph: of the cliques, NULL where the method is thresholds. */
static ent_status solve_boxes(ent_work *work, const ent_scenario *s, const ent_box_graph *graph,
                              ent_solution *solution)
{
    ent_front front;
    ent_status status = graph == NULL          ? ent_extreme_front(work, s, MOST_NODES, &front)
                        : s->party_count == 2 ? ent_box_front(work, graph, MOST_NODES, &front)
                                              : ent_box_front_many(work, graph, MOST_NODES, &front);
    if (status != ENT_OK) {
        return status;
    }
    front.gap /= least_scale(s);
    ent_settle(work->arena, s, &front, solution);
    bound_rational(s, graph, solution);
    solution->gap = front.stopped ? ideal_gap(s, solution) : solution->gap;
    return ENT_OK;
}

ent_status ent_check_parties(ent_work *work, const ent_scenario *s)
{
    if (s->party_count < 1 || s->party_count > ENT_MOST_PARTIES) {
        return ent_fail(work->diags, ENT_INVALID, ENT_S181_TOO_MANY_PARTIES,
                        "name the profiles that take part",
                        "the frontier is for 1 to %d parties, not %u", ENT_MOST_PARTIES,
                        s->party_count);
    }
    return ENT_OK;
}

ent_status ent_solve_as_it_is(ent_work *work, const ent_scenario *s,
                              const ent_solve_options *options, ent_solution *solution)
{
    ent_solving method;
    ent_box_graph graph;
    ent_status status = choose(work, s, options->method, &method, &graph);
    if (status != ENT_OK) {
        return status;
    }
    *solution = (ent_solution){.scenario = s, .method = ent_method_names[method],
                               .outcomes = ent_count_outcomes(s)};
    for (uint32_t i = 0; i < s->issue_count; i++) {
        solution->discretised = solution->discretised || s->issues[i].discretised;
    }
    switch (method) {
    case ENT_METHOD_MERGE:
        status = solve_merge(work, s, options, solution);
        break;
    case ENT_METHOD_CLIQUES:
        status = solve_boxes(work, s, &graph, solution);
        break;
    case ENT_METHOD_THRESHOLDS:
        status = solve_boxes(work, s, NULL, solution);
        break;
    case ENT_METHOD_ENUMERATION:
    case ENT_METHOD_BEST:
    case ENT_METHOD_COUNT:
        status = solve_enumeration(work, s, options, solution);
        break;
    }
    if (status != ENT_OK) {
        return status;
    }
    ent_take_points(s, solution);
    return solution->interrupted ? ENT_CANCELLED : solution->proved ? ENT_OK : ENT_LIMIT;
}
