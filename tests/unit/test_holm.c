/* Holm's procedure by examples worked out in print and by its definition. */
#include "unit.h"

#include "base/random.h"
#include "store/compare.h"

/* S. Holm 1979 as the method is commonly illustrated: four hypotheses at 5 %. */
UNIT(four_hypotheses_at_five_percent)
{
    const double p[] = {0.01, 0.04, 0.03, 0.005};
    bool held[4];
    ent_holm(work, p, 4, 0.05, held);
    /* 0.005 <= 0.05/4 and 0.01 <= 0.05/3, but 0.03 > 0.05/2: it stops there, 0.04 too. */
    assert_true(held[0] && held[3]);
    assert_false(held[1] || held[2]);
}

UNIT(a_bound_is_within_and_a_gap_stops)
{
    const double p[] = {0.05 / 3, 0.05 / 2, 0.05};
    const double gap[] = {0.02, 0.03, 0.001, 0.04};
    const double none[] = {(double)NAN, 0.04};
    bool held[4];
    ent_holm(work, p, 3, 0.05, held);
    assert_true(held[0] && held[1] && held[2]);
    ent_holm(work, gap, 4, 0.05, held);
    assert_true(held[2] && !held[0] && !held[1] && !held[3]); /* 0.02 > 0.05/3 */
    ent_holm(work, none, 2, 0.05, held);
    assert_true(!held[0] && held[1]); /* what was not compared is not counted */
}

/* Rejected iff every hypothesis with as small a p passes its own step. */
UNIT(random_values_against_the_definition)
{
    ent_stream random = ent_stream_of(8, 8, 8);
    size_t rejected = 0;
    for (int round = 0; round < 500; round++) {
        double p[8];
        bool held[8];
        for (int i = 0; i < 8; i++) {
            p[i] = ent_draw_unit(&random) * ent_draw_unit(&random) * 0.1;
        }
        ent_holm(work, p, 8, 0.05, held);
        for (int i = 0; i < 8; i++) {
            bool all = true;
            for (int j = 0; j < 8; j++) {
                int smaller = 0;
                for (int k = 0; k < 8; k++) {
                    smaller += p[k] < p[j];
                }
                all = all && (p[j] > p[i] || p[j] <= 0.05 / (8 - smaller));
            }
            assert_int_equal(held[i], all);
            rejected += held[i];
        }
    }
    assert_true(rejected > 500 && rejected < 3500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_hypotheses_at_five_percent),
        cmocka_unit_test(a_bound_is_within_and_a_gap_stops),
        cmocka_unit_test(random_values_against_the_definition),
    };
    return cmocka_run_group_tests_name("holm", tests, NULL, NULL);
}
