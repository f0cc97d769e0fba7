#include "scenarios.h"

#include "bargain/count.h"
#include "bargain/grid.h"
#include "bargain/count_halves.h"

static uint64_t small(const ent_big *big)
{
    uint64_t value = 0;
    assert_true(ent_big_small(big, &value));
    return value;
}

/* The frontier is that of the plain search, an outcome to each point; how many points it has. */
static size_t compare(ent_work *work, const ent_scenario *s, ent_solving method)
{
    plain_answer want = plain_solve(work->arena, s);
    ent_solution got;
    assert_int_equal(
        ent_solve_scenario(work, s, &(ent_solve_options){.method = method}, &got), ENT_OK);
    assert_true(got.proved);
    assert_int_equal(got.count, want.count);
    assert_int_equal(small(&got.outcomes), want.outcomes);
    assert_int_equal(small(&got.rational_low), want.rational);
    assert_int_equal(small(&got.rational_high), want.rational);
    for (size_t i = 0; i < got.count * s->party_count; i++) {
        assert_true(got.value[i] == want.value[i]);
    }
    for (size_t i = 0; i < got.count; i++) {
        for (uint32_t p = 0; p < s->party_count; p++) {
            double value = ent_utility_of(s, p, got.levels + i * s->issue_count);
            assert_true(value == got.value[i * s->party_count + p]);
        }
    }
    return got.count;
}

UNIT(every_kind_agrees_with_plain_search)
{
    for (uint64_t k = 0; k < 400; k++) {
        ent_stream stream = ent_stream_of(11, k, 0);
        scenario_kind kind = (scenario_kind)(k % KINDS);
        uint32_t parties = k % 3 == 0 ? 2 : 1 + ent_draw_below(&stream, 6);
        const ent_scenario *s = draw_scenario(work->arena, &stream, kind, parties);
        compare(work, s, ENT_METHOD_BEST);
        compare(work, s, ENT_METHOD_ENUMERATION);
    }
}

/* What one party loses the others gain, but for `noise`: most outcomes are on the frontier. */
static const ent_scenario *opposed_scenario(ent_work *work, uint64_t seed, uint32_t parties,
                                            double noise)
{
    enum { ISSUES = 4, LEVELS = 8 };
    ent_stream stream = ent_stream_of(18, seed, 0);
    ent_scenario *s = ent_alloc(work->arena, 1, ent_scenario);
    ent_scenario_issue *issues = ent_alloc(work->arena, ISSUES, ent_scenario_issue);
    ent_utility *u = ent_alloc(work->arena, parties, ent_utility);
    static const char *const names[] = {"a", "b", "c", "d"};
    for (uint32_t p = 0; p < parties; p++) {
        const double **part = ent_alloc(work->arena, ISSUES, const double *);
        for (uint32_t i = 0; i < ISSUES; i++) {
            double *row = ent_alloc(work->arena, LEVELS, double);
            for (uint32_t l = 0; l < LEVELS; l++) {
                double taken = 0;
                for (uint32_t q = 0; q < p; q++) {
                    taken += u[q].part[i][l];
                }
                row[l] = p + 1 < parties ? ent_draw_unit(&stream)
                                         : parties - taken + noise * ent_draw_unit(&stream);
            }
            part[i] = row;
            issues[i] = (ent_scenario_issue){.name = "i", .kind = ENT_INTEGER, .levels = LEVELS,
                                             .step = 1};
        }
        u[p] = (ent_utility){.part = part, .scale = 1, .discount = 1, .reservation = 1.5};
    }
    *s = (ent_scenario){.name = "opposed", .format = "case", .doubles = true, .issue_count = ISSUES,
                        .issues = issues, .party_count = parties, .parties = names, .utilities = u};
    return s;
}

/* Thousands of points: more than wait to be sorted in at a time. */
UNIT(large_frontiers_agree_with_plain_search)
{
    size_t all = 0;
    for (uint64_t k = 0; k < 6; k++) {
        uint32_t parties = 2 + (uint32_t)(k % 3);
        const ent_scenario *s = opposed_scenario(work, k, parties, k < 3 ? 0.05 : 0.3);
        size_t points = compare(work, s, ENT_METHOD_ENUMERATION);
        assert_int_equal(compare(work, s, ENT_METHOD_BEST), points);
        all += points;
    }
    assert_true(all > 5000);
}

UNIT(permuting_the_parties_permutes_the_frontier)
{
    for (uint64_t k = 0; k < 60; k++) {
        ent_stream stream = ent_stream_of(12, k, 0);
        const ent_scenario *s = draw_scenario(work->arena, &stream, (scenario_kind)(k % KINDS), 3);
        ent_utility turned[3] = {s->utilities[2], s->utilities[0], s->utilities[1]};
        ent_scenario t = *s;
        t.utilities = turned;
        ent_solution a, b;
        assert_int_equal(ent_solve_scenario(work, s, NULL, &a), ENT_OK);
        assert_int_equal(ent_solve_scenario(work, &t, NULL, &b), ENT_OK);
        assert_int_equal(a.count, b.count);
        for (size_t i = 0; i < a.count; i++) {
            double v[3] = {a.value[3 * i + 2], a.value[3 * i], a.value[3 * i + 1]};
            size_t found = 0;
            for (size_t j = 0; j < b.count; j++) {
                found += memcmp(v, b.value + 3 * j, sizeof v) == 0;
            }
            assert_int_equal(found, 1);
        }
    }
}

UNIT(a_limit_is_said_and_bounded)
{
    for (uint64_t k = 0; k < 40; k++) {
        ent_stream stream = ent_stream_of(13, k, 0);
        const ent_scenario *s = draw_scenario(work->arena, &stream, MIXED, 2);
        plain_answer want = plain_solve(work->arena, s);
        ent_solve_options few = {.method = ENT_METHOD_ENUMERATION, .most_outcomes = 5};
        ent_solution got;
        ent_status status = ent_solve_scenario(work, s, &few, &got);
        assert_int_equal(status, want.outcomes > 5 ? ENT_LIMIT : ENT_OK);
        assert_int_equal(got.proved, want.outcomes <= 5);
        assert_true(small(&got.rational_low) <= want.rational);
        assert_true(small(&got.rational_high) >= want.rational);
        for (size_t i = 0; i < want.count; i++) {
            bool near = false;
            for (size_t j = 0; j < got.count; j++) {
                near = near || (want.value[2 * i] <= got.value[2 * j] + got.gap + 1e-9 &&
                                want.value[2 * i + 1] <= got.value[2 * j + 1] + got.gap + 1e-9);
            }
            assert_true(near);
        }
    }
}

UNIT(few_points_are_kept_within_a_gap)
{
    for (uint64_t k = 0; k < 60; k++) {
        ent_stream stream = ent_stream_of(14, k, 0);
        uint32_t n = 2 + k % 2;
        const ent_scenario *s = draw_scenario(work->arena, &stream, SUMS, n);
        plain_answer want = plain_solve(work->arena, s);
        ent_solution got;
        ent_status status =
            ent_solve_scenario(work, s, &(ent_solve_options){.most_points = 4}, &got);
        assert_int_equal(status, got.proved ? ENT_OK : ENT_LIMIT);
        assert_true(got.proved || got.gap > 0);
        for (size_t i = 0; i < want.count; i++) {
            bool near = false;
            for (size_t j = 0; j < got.count && !near; j++) {
                near = true;
                for (uint32_t p = 0; p < n; p++) {
                    near = near && want.value[i * n + p] <= got.value[j * n + p] + got.gap + 1e-9;
                }
            }
            assert_true(near);
        }
    }
}

/* Counts on a grid hold the true count, and hit it where the worths are decimals. */
UNIT(grids_bound_the_rational_outcomes)
{
    for (uint64_t k = 0; k < 120; k++) {
        ent_stream stream = ent_stream_of(15, k, 0);
        scenario_kind kind = k % 2 == 0 ? SUMS_WITH_DUST : MIXED;
        ent_scenario *s = ent_alloc(work->arena, 1, ent_scenario);
        uint32_t parties = 1 + ent_draw_below(&stream, 4);
        *s = *draw_scenario(work->arena, &stream, kind == MIXED ? SUMS : kind, parties);
        ent_utility *u = ent_alloc(work->arena, parties, ent_utility);
        for (uint32_t p = 0; p < parties; p++) {
            u[p] = s->utilities[p];
            u[p].capped = false;
            u[p].reservation = ent_draw_unit(&stream) * s->issue_count / 2;
        }
        s->utilities = u;
        plain_answer want = plain_solve(work->arena, s);
        ent_big low = ent_big_of(0), high = ent_big_of(want.outcomes);
        ent_count_on_grid(work, s, &low, &high);
        assert_true(small(&low) <= want.rational && want.rational <= small(&high));
        if (parties <= 2 && want.outcomes > 1 && want.rational > 0) {
            assert_true(small(&low) == want.rational && small(&high) == want.rational);
        }
    }
}

/*
 * A worth of 5e-10, first in its issue, is no multiple of the 0.0001 that measures the rest, and
 * rounded up to it would lift 0.5 to 0.5001: of nine sums only 0.5001 and 1 reach 0.50005.
 */
UNIT(a_grid_measures_the_first_level_too)
{
    static const double x[3] = {5e-10, 0, 0.5}, y[3] = {0, 0.0001, 0.5};
    static const double *const part[2] = {x, y};
    ent_scenario_issue issues[2] = {{.name = "x", .kind = ENT_INTEGER, .levels = 3, .step = 1},
                                    {.name = "y", .kind = ENT_INTEGER, .levels = 3, .step = 1}};
    ent_utility u = {.part = part, .scale = 1, .discount = 1, .reservation = 0.50005};
    ent_scenario s = {.issues = issues, .issue_count = 2, .utilities = &u, .party_count = 1};
    ent_big low = ent_big_of(0), high = ent_big_of(9);
    ent_count_on_grid(work, &s, &low, &high);
    assert_int_equal(small(&low), 2);
    assert_int_equal(small(&high), 2);
}

/* Sums over two halves of the issues hit the true count, ties and rounding included. */
UNIT(halves_count_the_rational_outcomes)
{
    uint32_t exact = 0;
    for (uint64_t k = 0; k < 300; k++) {
        ent_stream stream = ent_stream_of(16, k, 0);
        scenario_kind kind = k % 2 == 0 ? SUMS_WITH_DUST : SUMS;
        ent_scenario *s = ent_alloc(work->arena, 1, ent_scenario);
        uint32_t parties = 1 + ent_draw_below(&stream, 3);
        *s = *draw_scenario(work->arena, &stream, kind, parties);
        ent_utility *u = ent_alloc(work->arena, parties, ent_utility);
        double need[3], margin[3];
        for (uint32_t p = 0; p < parties; p++) {
            u[p] = s->utilities[p];
            u[p].capped = false;
            u[p].scale = k % 3 == 0 ? 3 : 1;
            /* On a sum more often than not: tenths of 3, or eighths. */
            u[p].reservation = ent_draw_below(&stream, 20) * (k % 2 == 0 ? 0.03 : 0.125);
            u[p].reservation = p == 2 ? -HUGE_VAL : u[p].reservation / u[p].scale;
            need[p] = u[p].reservation * u[p].scale;
            margin[p] = 1e-12;
        }
        s->utilities = u;
        plain_answer want = plain_solve(work->arena, s);
        ent_big low = ent_big_of(0), high = ent_big_of(want.outcomes);
        ent_count_by_halves(work, s, need, margin, &low, &high);
        assert_int_equal(small(&low), want.rational);
        assert_int_equal(small(&high), want.rational);
        exact += want.rational > 0 && want.rational < want.outcomes;
    }
    assert_true(exact > 100);
}

/* 10^12 outcomes of random reals for two parties, where no grid is exact: halves say one number. */
UNIT(halves_count_large_spaces)
{
    enum { ISSUES = 11 };
    ent_stream stream = ent_stream_of(17, 0, 0);
    ent_scenario_issue issues[ISSUES];
    const double *part[2][ISSUES];
    for (int i = 0; i < ISSUES; i++) {
        issues[i] = (ent_scenario_issue){.name = "i", .kind = ENT_INTEGER, .levels = 10};
        for (int p = 0; p < 2; p++) {
            double *row = ent_alloc(work->arena, 10, double);
            for (int l = 0; l < 10; l++) {
                row[l] = ent_draw_unit(&stream);
            }
            part[p][i] = row;
        }
    }
    ent_utility u[2] = {{.part = part[0], .scale = 1, .reservation = 5.5},
                        {.part = part[1], .scale = 1, .reservation = 5.9}};
    ent_scenario s = {.issues = issues, .issue_count = ISSUES, .utilities = u, .party_count = 2};
    double need[2] = {5.5, 5.9}, margin[2] = {1e-13, 1e-13};
    ent_big low = ent_big_of(0), high = ent_count_outcomes(&s);
    ent_big grid_low = low, grid_high = high;
    ent_count_by_halves(work, &s, need, margin, &low, &high);
    assert_int_equal(ent_big_order(&low, &high), 0);
    ent_count_on_grid(work, &s, &grid_low, &grid_high);
    assert_true(ent_big_order(&grid_low, &low) <= 0 && ent_big_order(&high, &grid_high) <= 0);
}

UNIT(huge_spaces_are_counted_in_full)
{
    enum { ISSUES = 20 };
    static const double row[10] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    static const double back[10] = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
    ent_scenario_issue issues[ISSUES];
    const double *up[ISSUES], *down[ISSUES];
    for (int i = 0; i < ISSUES; i++) {
        issues[i] = (ent_scenario_issue){.name = "i", .kind = ENT_INTEGER, .levels = 10};
        up[i] = row;
        down[i] = back;
    }
    ent_utility parties[2] = {{.part = up, .scale = 1}, {.part = down, .scale = 1}};
    ent_scenario s = {.issues = issues, .issue_count = ISSUES, .utilities = parties,
                      .party_count = 2};
    ent_solution got;
    char text[ENT_BIG_ROOM];
    assert_int_equal(ent_solve_scenario(work, &s, NULL, &got), ENT_OK);
    assert_int_equal(got.count, 9 * ISSUES + 1);
    assert_string_equal(ent_big_text(&got.outcomes, text), "100000000000000000000");
    assert_string_equal(ent_big_text(&got.rational_low, text), "100000000000000000000");
    assert_near(got.points.integrative, 0, 1e-12);
    /* Sums of 90 each and 180 together: both at 90 or more only where the sum is exactly 90. */
    parties[0].reservation = parties[1].reservation = 90;
    assert_int_equal(ent_solve_scenario(work, &s, NULL, &got), ENT_OK);
    /* The coefficient of x^90 in (1 + x + ... + x^9)^20: whole numbers are counted exactly. */
    assert_string_equal(ent_big_text(&got.rational_low, text), "3081918923741896840");
    assert_string_equal(ent_big_text(&got.rational_high, text), "3081918923741896840");
    parties[0].reservation = 89.5;
    parties[1].reservation = -1;
    assert_int_equal(ent_solve_scenario(work, &s, NULL, &got), ENT_OK);
    assert_int_equal(ent_big_order(&got.rational_low, &got.rational_high), 0);
}

UNIT(too_many_parties_are_refused)
{
    ent_utility parties[21] = {{.scale = 1}};
    ent_scenario s = {.utilities = parties, .party_count = 21};
    ent_solution got;
    assert_int_equal(ent_solve_scenario(work, &s, NULL, &got), ENT_INVALID);
    assert_string_equal(ent_diags_get(work->diags, 0)->code, "S181");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_agrees_with_plain_search),
        cmocka_unit_test(large_frontiers_agree_with_plain_search),
        cmocka_unit_test(permuting_the_parties_permutes_the_frontier),
        cmocka_unit_test(a_limit_is_said_and_bounded),
        cmocka_unit_test(few_points_are_kept_within_a_gap),
        cmocka_unit_test(grids_bound_the_rational_outcomes),
        cmocka_unit_test(a_grid_measures_the_first_level_too),
        cmocka_unit_test(halves_count_the_rational_outcomes),
        cmocka_unit_test(halves_count_large_spaces),
        cmocka_unit_test(huge_spaces_are_counted_in_full),
        cmocka_unit_test(too_many_parties_are_refused),
    };
    return cmocka_run_group_tests_name("frontier", tests, NULL, NULL);
}
