/*
 * Which numbers a scenario is solved with. Everywhere but where the format's owner adds doubles it
 * is the exact twin (exact.h). There the doubles decide, and what exact fractions say otherwise
 * stands beside.
 */
#include "bargain/solve.h"

#include "bargain/count.h"
#include "model/exact.h"
#include "bargain/stream.h"

#include <math.h>
#include <string.h>

const char *const ent_arithmetic_names[] = {"exact", "owner", "doubles"};

/* Ranked beside an owner's doubles: what costs little beside the frontier itself. */
static const uint64_t MOST_BESIDE = 20000;

/* Is there a party whose sums of parts or boxes became a table of ranked outcomes? */
static bool ranks_a_sum(const ent_scenario *s, const ent_scenario *twin)
{
    for (uint32_t p = 0; p < s->party_count; p++) {
        if (s->utilities[p].table == NULL && twin->utilities[p].table != NULL) {
            return true;
        }
    }
    return false;
}

/*
 * How far the owner's doubles may be from the exact value: n additions and a division of numbers up
 * to the greatest err by less than (n + 4) * greatest * 2^-52; half the least difference of exact
 * values is 1 / (2 * scale).
 */
static bool doubles_keep_order(const ent_scenario *s, const ent_scenario *twin)
{
    if (ranks_a_sum(s, twin)) {
        return false;
    }
    for (uint32_t p = 0; p < s->party_count; p++) {
        const ent_utility *u = &twin->utilities[p];
        uint64_t outcomes = 0;
        (void)ent_scenario_outcomes(s, &outcomes);
        double terms = s->issue_count + (double)u->box_count + 4;
        double most = fabs(ent_most_of(twin, u, outcomes)) + 1, negative = 0;
        for (size_t k = 0; k < u->box_count; k++) {
            negative += fmax(0, -u->boxes[k].utility) / u->scale;
        }
        if (terms * (most + negative) * 0x1p-51 * u->scale >= 0.5) {
            return false;
        }
    }
    return true;
}

/*
 * Where no two exact values come nearer than rounding can bring them, the order of doubles is right
 * but for ties that it tells apart. What doubles find dominated is then dominated or equal in exact
 * fractions, so that the exact frontier is what remains of the doubles' frontier.
 */
static void sieve_exactly(ent_work *work, const ent_solution *owner, const ent_scenario *twin,
                          ent_solution *exact)
{
    ent_front front = {.parties = twin->party_count, .parts = twin->issue_count,
                       .count = owner->count, .levels = owner->levels, .proved = owner->proved,
                       .gap = owner->gap};
    ent_settle(work->arena, twin, &front, exact);
}

static bool has_reservations(const ent_scenario *s)
{
    for (uint32_t p = 0; p < s->party_count; p++) {
        if (isfinite(s->utilities[p].reservation)) {
            return true;
        }
    }
    return false;
}

/* The exact count of rational outcomes; what is told of it already stands in *exact. */
static ent_status count_exactly(ent_work *work, const ent_scenario *twin,
                                const ent_solve_options *options, ent_solution *exact)
{
    ent_front front;
    uint64_t rational = 0, seen;
    if (options->frontier_only || !has_reservations(twin)) {
        return ENT_OK;
    }
    if (ent_all_additive(twin)) {
        return ent_count_rational(work, twin, ENT_MOST_COUNTED, &exact->rational_low,
                                  &exact->rational_high);
    }
    uint64_t most = options->most_outcomes > 0 ? options->most_outcomes : ENT_MOST_OUTCOMES;
    ent_status status = ent_stream_frontier(work, twin, most, &front, &rational, &seen);
    if (status == ENT_OK && front.stopped) {
        return ENT_CANCELLED;
    }
    if (status == ENT_OK && front.proved) {
        exact->rational_low = exact->rational_high = ent_big_of(rational);
    }
    return status;
}

/* The owner adds doubles: what exact fractions say, where it is something else. */
static ent_status look_exactly(ent_work *work, const ent_scenario *s,
                               const ent_solve_options *options, ent_solution *solution)
{
    bool exact[ENT_MOST_PARTIES], same = true;
    const ent_scenario *twin = ent_exact_twin(work->arena, s, MOST_BESIDE, exact);
    for (uint32_t p = 0; p < s->party_count; p++) {
        if (!exact[p]) {
            return ENT_OK; /* not known */
        }
        same = same && ent_same_numbers(s, twin, p);
    }
    bool streamed = strcmp(solution->method, ent_method_names[ENT_METHOD_ENUMERATION]) == 0;
    if (same || !solution->proved || (!ent_all_additive(s) && !streamed)) {
        return ENT_OK;
    }
    ent_solution *other = ent_alloc(work->arena, 1, ent_solution);
    *other = *solution;
    other->scenario = twin;
    ent_status status = ENT_OK;
    if (doubles_keep_order(s, twin)) {
        sieve_exactly(work, solution, twin, other);
        status = count_exactly(work, twin, options, other);
    } else {
        ent_solve_options best = *options;
        best.method = ENT_METHOD_BEST;
        status = ent_solve_as_it_is(work, twin, &best, other);
    }
    if (status == ENT_OK && (other->count != solution->count ||
                             ent_big_order(&other->rational_low, &solution->rational_low) != 0 ||
                             ent_big_order(&other->rational_high, &solution->rational_high) != 0)) {
        ent_take_points(twin, other);
        solution->exact = other;
    }
    return status == ENT_LIMIT ? ENT_OK : status;
}

ent_status ent_solve_scenario(ent_work *work, const ent_scenario *s,
                              const ent_solve_options *options, ent_solution *solution)
{
    ent_solve_options none = {0};
    options = options != NULL ? options : &none;
    bool all = true;
    solution->interrupted = false;
    ent_status status = ent_check_parties(work, s);
    if (status != ENT_OK) {
        return status;
    }
    const ent_scenario *used = ent_exactly(work->arena, s, &all);
    if (options->method != ENT_METHOD_BEST && options->method != ENT_METHOD_ENUMERATION &&
        ranks_a_sum(s, used)) {
        used = s; /* the method that was asked for needs the sums themselves */
        all = false;
    }
    status = ent_solve_as_it_is(work, used, options, solution);
    if (status != ENT_OK && status != ENT_LIMIT &&
        !(status == ENT_CANCELLED && solution->interrupted)) {
        return status;
    }
    solution->arithmetic = s->doubles ? ENT_ARITHMETIC_OWNER
                           : all      ? ENT_ARITHMETIC_EXACT
                                      : ENT_ARITHMETIC_DOUBLES;
    if (s->doubles && status == ENT_OK) {
        status = look_exactly(work, s, options, solution);
        solution->interrupted = status == ENT_CANCELLED; /* what stands beside is not known */
    }
    return status;
}
