/* Means by scenario and their errors, against the definitions. */
#include "unit.h"

#include "base/student.h"
#include "store/clusters.h"

static ent_estimate estimate_of(const double *values, const size_t *counts, size_t scenarios)
{
    ent_clusters c = {0};
    for (size_t k = 0; k < scenarios; k++) {
        for (size_t i = 0; i < counts[k]; i++) {
            ent_clusters_add(&c, *values++);
        }
        ent_clusters_close(&c);
    }
    return ent_clusters_estimate(&c);
}

UNIT(a_scenario_counts_once_however_many_values_it_has)
{
    (void)work;
    static const double values[] = {1, 1, 1, 1, 1, 1, 0, 0};
    ent_estimate e = estimate_of(values, (const size_t[]){6, 2}, 2);
    assert_near(e.mean, 0.5, 1e-15);
    assert_near(e.values, 8, 0);
    assert_near(e.scenarios, 2, 0);
    assert_near(e.error, 0, 0); /* over cells: none within a scenario */
    assert_near(e.freedom, 6, 0);
    assert_false(e.over_scenarios);
}

UNIT(few_scenarios_have_the_error_of_their_cells)
{
    (void)work;
    static const double values[] = {1, 3, 10, 11, 12};
    ent_estimate e = estimate_of(values, (const size_t[]){2, 3}, 2);
    assert_near(e.mean, 6.5, 1e-12);
    assert_near(e.error, sqrt((2.0 / 2 + 1.0 / 3) / 4), 1e-12); /* variances 2 of 2, 1 of 3 */
    assert_near(e.freedom, 3, 0);
    assert_near(ent_estimate_interval(&e), e.error * ent_student_quantile(0.975, 3), 1e-12);
}

UNIT(many_scenarios_have_the_error_of_their_means)
{
    (void)work;
    static const double values[] = {0, 2, 2, 3, 4, 5, 6};
    static const size_t counts[] = {2, 1, 1, 1, 1, 1}; /* means 1 to 6, variance 3.5 */
    ent_estimate e = estimate_of(values, counts, 6);
    assert_true(e.over_scenarios);
    assert_near(e.mean, 3.5, 1e-12);
    assert_near(e.error, sqrt(3.5 / 6), 1e-12);
    assert_near(ent_estimate_interval(&e), 2.570582 * sqrt(3.5 / 6), 1e-6);
    assert_near(ent_estimate_tails(&e), ent_student_tails(3.5 / e.error, 5), 1e-15);
}

UNIT(what_is_missing_is_not_zero)
{
    (void)work;
    static const double none = (double)NAN;
    const double values[] = {4, none, 6, none, none};
    ent_estimate e = estimate_of(values, (const size_t[]){3, 2, 0}, 3);
    assert_near(e.mean, 5, 1e-15);
    assert_near(e.scenarios, 1, 0);
    assert_near(e.values, 2, 0);
    e = estimate_of(values, (const size_t[]){0}, 1);
    assert_true(isnan(e.mean) && isnan(ent_estimate_interval(&e)));
    assert_near(ent_estimate_tails(&e), 1, 0);
    e = estimate_of(values, (const size_t[]){1}, 1); /* one value has no spread */
    assert_near(e.mean, 4, 0);
    assert_true(isnan(ent_estimate_interval(&e)));
}

/* Differences that are all the same have no spread: certain to be none, or certain to be one. */
UNIT(differences_without_spread_are_certain)
{
    (void)work;
    for (size_t scenarios = 1; scenarios < 9; scenarios++) {
        static const size_t counts[] = {2, 2, 2, 2, 2, 2, 2, 2};
        for (int step = -2; step <= 2; step++) {
            double values[16];
            for (size_t i = 0; i < 16; i++) {
                values[i] = 0.25 * step;
            }
            ent_estimate e = estimate_of(values, counts, scenarios);
            assert_near(e.error, 0, 0);
            assert_near(ent_estimate_tails(&e), step == 0 ? 1 : 0, 0);
            assert_near(ent_estimate_interval(&e), 0, 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_counts_once_however_many_values_it_has),
        cmocka_unit_test(few_scenarios_have_the_error_of_their_cells),
        cmocka_unit_test(many_scenarios_have_the_error_of_their_means),
        cmocka_unit_test(what_is_missing_is_not_zero),
        cmocka_unit_test(differences_without_spread_are_certain),
    };
    return cmocka_run_group_tests_name("clusters", tests, NULL, NULL);
}
