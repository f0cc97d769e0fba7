#include "scenarios.h"

static double gain_score(ent_point point, const double *u, const double *r, const double *best,
                         uint32_t n)
{
    double product = 1, least = HUGE_VAL, share = HUGE_VAL, sum = 0;
    for (uint32_t p = 0; p < n; p++) {
        product *= u[p] - r[p];
        least = fmin(least, u[p] - r[p]);
        sum += u[p];
        if (best[p] > r[p]) {
            share = fmin(share, (u[p] - r[p]) / (best[p] - r[p]));
        }
    }
    return point == ENT_NASH_POINT ? product
           : point == ENT_KALAI_SMORODINSKY ? share
           : point == ENT_EGALITARIAN       ? least
                                            : sum;
}

/* Over all outcomes, not only the frontier: the best score is that of the point reported. */
static void check_points(ent_work *work, const ent_scenario *s)
{
    uint32_t n = s->party_count;
    double r[6], best[6], u[6], top[ENT_POINT_COUNT];
    uint64_t outcomes = 0, rational = 0;
    ent_solution got;
    uint64_t *levels = ent_alloc(work->arena, s->issue_count, uint64_t);
    assert_int_equal(ent_solve_scenario(work, s, NULL, &got), ENT_OK);
    ent_scenario_outcomes(s, &outcomes);
    for (uint32_t p = 0; p < n; p++) {
        r[p] = s->utilities[p].reservation;
        best[p] = -HUGE_VAL;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < ENT_POINT_COUNT; k++) {
            top[k] = -HUGE_VAL;
        }
        rational = 0;
        for (uint64_t o = 0; o < outcomes; o++) {
            ent_scenario_outcome(s, o, levels);
            for (uint32_t p = 0; p < n; p++) {
                u[p] = ent_utility_of(s, p, levels);
            }
            if (!ent_is_rational(u, r, n)) {
                continue;
            }
            rational++;
            for (uint32_t p = 0; p < n; p++) {
                best[p] = fmax(best[p], u[p]);
            }
            for (int k = 0; k < ENT_POINT_COUNT; k++) {
                top[k] = fmax(top[k], gain_score((ent_point)k, u, r, best, n));
            }
        }
    }
    for (int k = 0; k < ENT_POINT_COUNT; k++) {
        size_t at = got.points.at[k];
        assert_int_equal(at == SIZE_MAX, rational == 0);
        if (rational > 0) {
            assert_true(at < got.count);
            double score = gain_score((ent_point)k, got.value + at * n, r, best, n);
            assert_true(score == top[k] || fabs(score - top[k]) <= 1e-12);
        }
    }
}

UNIT(points_are_the_best_of_all_rational_outcomes)
{
    for (uint64_t k = 0; k < 300; k++) {
        ent_stream stream = ent_stream_of(21, k, 0);
        uint32_t parties = 1 + ent_draw_below(&stream, 4);
        const ent_scenario *s =
            draw_scenario(work->arena, &stream, (scenario_kind)(k % KINDS), parties);
        ent_utility with[6];
        for (uint32_t p = 0; p < parties; p++) {
            with[p] = s->utilities[p];
            with[p].reservation = isfinite(with[p].reservation) ? with[p].reservation : 0;
        }
        ent_scenario finite = *s;
        finite.utilities = with;
        check_points(work, &finite);
    }
}

UNIT(known_points)
{
    static const double value[] = {0, 10, 4, 8, 7, 4, 10, 0};
    ent_points points;
    ent_solution_points(value, 4, 2, (double[]){0, 0}, &points);
    assert_int_equal(points.at[ENT_NASH_POINT], 1);              /* 32 */
    assert_int_equal(points.at[ENT_KALAI_SMORODINSKY], 1); /* min(0.4, 0.8); ties to the sum */
    assert_int_equal(points.at[ENT_EGALITARIAN], 1);
    assert_int_equal(points.at[ENT_UTILITARIAN], 1);
    assert_near(points.integrative, 0.2, 1e-12);
    assert_near(points.ideal[0], 10, 0);
    assert_near(points.nadir[1], 0, 0);
    ent_solution_points(value, 4, 2, (double[]){5, 0}, &points);
    assert_int_equal(points.at[ENT_NASH_POINT], 2);
    assert_int_equal(points.rational, 2);
    ent_solution_points(value, 4, 2, (double[]){11, 0}, &points);
    assert_true(points.at[ENT_NASH_POINT] == SIZE_MAX && isnan(points.integrative));
    (void)work;
}

UNIT(opposition_is_the_distance_from_the_best_for_all)
{
    static const double value[] = {0.2, 1.0, 0.6, 0.7, 1.0, 0.1};
    ent_points points;
    ent_solution_points(value, 3, 2, (double[]){0, 0}, &points);
    assert_near(points.opposition, 0.5, 1e-12);
    assert_near(points.opposition_genius, 0.5, 1e-12);
    /* Even is not near: (0.5, 0.5) against (0.9, 0.45). */
    ent_solution_points((double[]){0.5, 0.5, 0.9, 0.45}, 2, 2, (double[]){0, 0}, &points);
    assert_near(points.opposition, hypot(0.1, 0.55), 1e-12);
    assert_near(points.opposition_genius, hypot(0.5, 0.5), 1e-12);
    (void)work;
}

/* A fixed pie is as opposed whatever its points are called: 1, 100 or 1000 of them. */
UNIT(opposition_does_not_hang_on_the_scale)
{
    static const double scales[] = {1, 10, 100, 1000, 7.5};
    for (size_t k = 0; k < sizeof scales / sizeof *scales; k++) {
        double a = scales[k], b = scales[(k + 2) % 5] < 1 ? 1 : scales[(k + 2) % 5];
        const double pie[] = {0.1 * a, 0.9 * b, 0.5 * a, 0.5 * b, 0.9 * a, 0.1 * b, a, 0, 0, b};
        ent_points points;
        ent_solution_points(pie, 5, 2, (double[]){0, 0}, &points);
        assert_near(points.opposition, sqrt(0.5), 1e-12);
        assert_near(points.opposition_genius, sqrt(0.5), 1e-12);
        assert_near(points.integrative, 0, 1e-12);
    }
    ent_points points;
    ent_solution_points((double[]){3, 70, 2, 80}, 2, 2, (double[]){0, 0}, &points);
    assert_near(points.opposition, 0.125, 1e-12);
    /* Nobody has a scale below 0; a party to whom all is the same says nothing. */
    ent_solution_points((double[]){-3, 5, -2, 4}, 2, 2, (double[]){-9, 0}, &points);
    assert_true(isnan(points.opposition));
    ent_solution_points((double[]){0, 5}, 1, 2, (double[]){0, 0}, &points);
    assert_near(points.opposition, 0, 1e-12);
    (void)work;
}

UNIT(big_counts)
{
    char text[ENT_BIG_ROOM];
    ent_big a = ent_big_of(UINT64_MAX), b = ent_big_of(1);
    a = ent_big_plus(a, &b);
    assert_string_equal(ent_big_text(&a, text), "18446744073709551616");
    a = ent_big_times(a, UINT64_C(10000000000000000000));
    assert_string_equal(ent_big_text(&a, text), "184467440737095516160000000000000000000");
    b = ent_big_of(1);
    b = ent_big_minus(a, &b);
    assert_string_equal(ent_big_text(&b, text), "184467440737095516159999999999999999999");
    assert_true(ent_big_order(&b, &a) < 0);
    assert_near(ent_big_double(&a) / 1.8446744073709551616e38, 1, 1e-15);
    for (int i = 0; i < 40; i++) {
        a = ent_big_times(a, UINT64_MAX);
    }
    assert_true(a.over);
    (void)work;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_the_best_of_all_rational_outcomes),
        cmocka_unit_test(known_points),
        cmocka_unit_test(opposition_is_the_distance_from_the_best_for_all),
        cmocka_unit_test(opposition_does_not_hang_on_the_scale),
        cmocka_unit_test(big_counts),
    };
    return cmocka_run_group_tests_name("points", tests, NULL, NULL);
}
