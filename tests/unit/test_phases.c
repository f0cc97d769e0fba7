#include "unit.h"

#include "answers/phases.h"
#include "base/random.h"

enum { LANES = ENT_PHASES_LANES, PARTIES = 3 };

typedef struct example {
    ent_exchange x;
    ent_exchange_values values;
    uint64_t own[PARTIES];
    uint64_t needs_first; /* step 1 may not stand without step 0 */
} example;

static bool first_before_second(void *user, uint64_t done)
{
    (void)user;
    return (done & 3) != 2;
}

/*
 * A random exchange of two, undo shares 0, 1/2, 1 as often as not; a third only receives, and has
 * nothing to perform.
 */
static void make(ent_arena *arena, ent_stream *draw, uint32_t n, example *e)
{
    double *gain = ent_alloc(arena, PARTIES * (size_t)n * LANES, double);
    double *kept = ent_alloc(arena, PARTIES * (size_t)n * LANES, double);
    *e = (example){.x = {.steps = n, .parties = PARTIES}, .values = {gain, kept}};
    for (uint32_t c = 0; c < n; c++) {
        uint32_t giver = ent_draw_below(draw, 2);
        e->own[giver] |= UINT64_C(1) << c;
        double undo = ent_draw_below(draw, 3) * 0.5;
        for (size_t i = 0; i < PARTIES * LANES; i++) {
            uint32_t p = (uint32_t)(i / LANES);
            size_t at = ent_exchange_at(&e->x, p, c) + i % LANES;
            gain[at] = (p == giver ? -0.3 : 1) * ent_draw_unit(draw);
            kept[at] = gain[at] * (1 - undo);
        }
    }
    e->x.own = e->own;
}

static double sum(const example *e, const double *v, uint32_t p, uint32_t lane, uint64_t steps)
{
    double all = 0;
    for (uint32_t c = 0; c < e->x.steps; c++) {
        all += (steps >> c & 1) != 0 ? v[ent_exchange_at(&e->x, p, c) + lane] : 0;
    }
    return all;
}

/* The formula as it stands in the definition. */
static double plain_need(const example *e, uint32_t p, uint32_t lane, uint64_t y, uint64_t d)
{
    uint64_t all = (UINT64_C(1) << e->x.steps) - 1;
    double from = sum(e, e->values.kept, p, lane, y);
    double alone = sum(e, e->values.kept, p, lane, y | (d & e->own[p]));
    double cheat = sum(e, e->values.kept, p, lane, y | (d & ~e->own[p]));
    double reward = sum(e, e->values.gain, p, lane, all);
    if ((d & e->own[p]) == 0) {
        return 0; /* nothing to perform, so nobody to trust for it */
    }
    if (reward <= cheat + 1e-12) {
        return 1;
    }
    return alone >= from ? 0 : (from - alone) / ((from - alone) + (reward - cheat));
}

static double plain_best(const example *e, uint32_t lane, uint64_t y, uint32_t k)
{
    uint64_t rest = ((UINT64_C(1) << e->x.steps) - 1) & ~y;
    double least = rest == 0 ? 0 : 1;
    for (uint64_t d = rest; k > 0 && d != 0; d = (d - 1) & rest) {
        bool stands = e->x.allowed == NULL || (y | d) == (y | rest) ||
                      e->x.allowed(e->x.user, y | d);
        double need = 0;
        for (uint32_t p = 0; p < PARTIES; p++) {
            need = fmax(need, plain_need(e, p, lane, y, d));
        }
        if (stands && need < least) {
            least = fmin(least, fmax(need, plain_best(e, lane, y | d, k - 1)));
        }
    }
    return least;
}

UNIT(the_curve_equals_plain_enumeration)
{
    ent_stream draw = ent_stream_of(8, 1, 0);
    for (int round = 0; round < 60; round++) {
        example e;
        uint32_t n = 2 + ent_draw_below(&draw, 4);
        make(work->arena, &draw, n, &e);
        e.x.allowed = round % 2 == 0 ? NULL : first_before_second;
        double curve[5 * LANES];
        ent_phases *p = ent_phases_create(work->arena, &e.x, 5);
        ent_phases_solve(p, &e.values, curve);
        for (uint32_t k = 1; k <= 5; k++) {
            for (uint32_t lane = 0; lane < LANES; lane += 3) {
                assert_near(curve[(k - 1) * LANES + lane], plain_best(&e, lane, 0, k), 1e-9);
            }
        }
    }
}

UNIT(what_can_all_be_taken_back_needs_no_trust_at_all)
{
    ent_stream draw = ent_stream_of(47, 2, 3);
    double curve[6 * LANES];
    example e;
    make(work->arena, &draw, 6, &e);
    memset((double *)(uintptr_t)e.values.kept, 0, PARTIES * (size_t)6 * LANES * sizeof(double));
    ent_phases *p = ent_phases_create(work->arena, &e.x, 6);
    ent_phases_solve(p, &e.values, curve);
    for (uint32_t l = 0; l < LANES; l++) {
        double reward = fmin(sum(&e, e.values.gain, 0, l, 63), sum(&e, e.values.gain, 1, l, 63));
        assert_true(curve[l] == (reward > 1e-12 ? 0 : 1)); /* and not nearly so */
    }
}

UNIT(the_plan_needs_what_the_curve_says)
{
    ent_stream draw = ent_stream_of(8, 2, 0);
    for (int round = 0; round < 40; round++) {
        example e;
        make(work->arena, &draw, 7, &e);
        e.x.allowed = first_before_second;
        double curve[4 * LANES];
        uint64_t steps[ENT_PHASES_EXACT];
        ent_phases *p = ent_phases_create(work->arena, &e.x, 4);
        ent_phases_solve(p, &e.values, curve);
        uint32_t count = ent_phases_plan(p, 4, steps);
        uint64_t done = 0;
        double worst = 0;
        assert_true(count >= 1 && count <= 4);
        for (uint32_t k = 0; k < count; k++) {
            assert_true(steps[k] != 0 && (done & steps[k]) == 0);
            for (uint32_t q = 0; q < PARTIES; q++) {
                double trust = ent_phase_trust(&e.x, &e.values, 0, q, done, steps[k]);
                assert_near(trust, fmin(1, plain_need(&e, q, 0, done, steps[k])), 1e-9);
                worst = fmax(worst, trust);
            }
            done |= steps[k];
            assert_true(first_before_second(NULL, done));
        }
        assert_int_equal(done, 127);
        assert_near(worst, curve[3 * LANES], 1e-9);
    }
}

UNIT(the_search_is_never_below_its_bound_and_near_the_best)
{
    ent_stream draw = ent_stream_of(8, 3, 0);
    uint32_t met = 0;
    for (int round = 0; round < 20; round++) {
        example e;
        make(work->arena, &draw, 8, &e);
        double exact[4 * LANES];
        double curve[4];
        uint64_t steps[ENT_PHASES_STEPS];
        double bound;
        ent_phases *p = ent_phases_create(work->arena, &e.x, 4);
        ent_phases_solve(p, &e.values, exact);
        uint32_t count = ent_phases_search(work->arena, &e.x, &e.values, 4, 1, curve, steps,
                                           &bound);
        uint64_t done = 0;
        for (uint32_t k = 0; k < count; k++) {
            done |= steps[k];
        }
        assert_int_equal(done, 255);
        assert_true(bound <= exact[3 * LANES] + 1e-9);
        assert_true(curve[3] >= exact[3 * LANES] - 1e-9);
        met += curve[3] <= exact[3 * LANES] + 1e-6;
    }
    assert_true(met >= 15);
}

/* What a phase gives to those who do not perform it. */
static double received(const example *e, uint64_t d)
{
    double all = 0;
    for (uint32_t p = 0; p < PARTIES; p++) {
        all += sum(e, e->values.gain, p, 0, d & ~e->own[p]);
    }
    return all;
}

UNIT(the_first_phase_is_the_largest_that_trust_allows)
{
    ent_stream draw = ent_stream_of(8, 4, 0);
    for (int round = 0; round < 30; round++) {
        example e;
        make(work->arena, &draw, 6, &e);
        double trust[PARTIES] = {0.3 * ent_draw_unit(&draw), 0.3 * ent_draw_unit(&draw)};
        uint64_t first = ent_largest_first_phase(&e.x, &e.values, trust);
        double most = received(&e, first);
        for (uint64_t d = 1; d < 64; d++) {
            bool can = plain_need(&e, 0, 0, 0, d) <= trust[0] &&
                       plain_need(&e, 1, 0, 0, d) <= trust[1];
            assert_true(!can || received(&e, d) <= most + 1e-9);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_curve_equals_plain_enumeration),
        cmocka_unit_test(what_can_all_be_taken_back_needs_no_trust_at_all),
        cmocka_unit_test(the_plan_needs_what_the_curve_says),
        cmocka_unit_test(the_search_is_never_below_its_bound_and_near_the_best),
        cmocka_unit_test(the_first_phase_is_the_largest_that_trust_allows),
    };
    return cmocka_run_group_tests_name("phases", tests, NULL, NULL);
}
