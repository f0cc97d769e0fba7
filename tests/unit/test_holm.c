/*
 * Holm's procedure by examples worked out in print and by its definition, and the places that it
 * is for by looking at all pairs of cells.
 */
#include "unit.h"

#include "base/random.h"
#include "store/clusters.h"
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

/* Cells in which every strategy plays in every seat, but for some that were not played. */
static ent_cells random_cells(ent_work *work, uint32_t scenarios, uint32_t strategies)
{
    size_t most = (size_t)scenarios * strategies * strategies;
    ent_cells cells = {.at = ent_alloc(work->arena, most, ent_result_cell),
                       .seat = ent_alloc(work->arena, 3 * most, ent_cell_seat)};
    ent_stream random = ent_stream_of(3, 6, 1);
    size_t seats = 0;
    for (uint32_t k = 0; k < most; k++) {
        uint32_t scenario = k / (strategies * strategies);
        if (ent_draw_unit(&random) < 0.2) {
            continue;
        }
        uint32_t parties = 2 + scenario % 2; /* a third seat is the first strategy's */
        const uint32_t plays[3] = {strategies - 1 - k % strategies,
                                   k / strategies % strategies, 0};
        cells.at[cells.count++] = (ent_result_cell){
            .number = k, .scenario = scenario, .parties = parties, .runs = 1, .seats = seats};
        for (uint32_t p = 0; p < parties; p++) {
            cells.seat[seats++] = (ent_cell_seat){
                .strategy = plays[p],
                .score = ent_draw_unit(&random) + 0.05 * plays[p] + 0.01 * scenario,
                .scored = 1};
        }
    }
    return cells;
}

/* Do two cells differ in that seat only, with rivals a and b in it? */
static bool is_pair(const ent_cells *cells, size_t i, size_t j, uint32_t party,
                    const uint32_t *rival)
{
    const ent_result_cell *x = &cells->at[i], *y = &cells->at[j];
    bool pair = x->scenario == y->scenario;
    for (uint32_t p = 0; pair && p < x->parties; p++) {
        uint32_t a = cells->seat[x->seats + p].strategy, b = cells->seat[y->seats + p].strategy;
        pair = p == party ? a == rival[0] && b == rival[1] : a == b;
    }
    return pair;
}

/* All pairs of cells looked at, whatever their order. */
UNIT(places_against_all_pairs_of_cells)
{
    enum { STRATEGIES = 4 };
    static const uint32_t order[STRATEGIES] = {3, 1, 2, 0};
    static const uint32_t scenarios[] = {3, 12}; /* taken as given, and as drawn from many */
    for (size_t n = 0; n < 2; n++) {
        ent_cells cells = random_cells(work, scenarios[n], STRATEGIES);
        double p[STRATEGIES];
        bool ahead[STRATEGIES];
        ent_compare_places(work, &cells, order, STRATEGIES, p, ahead);
        assert_true(isnan(p[STRATEGIES - 1]) && !ahead[STRATEGIES - 1]);
        for (size_t k = 0; k + 1 < STRATEGIES; k++) {
            ent_clusters all = {0};
            for (size_t i = 0; i < cells.count; i++) {
                const ent_result_cell *x = &cells.at[i];
                if (i > 0 && x->scenario != cells.at[i - 1].scenario) {
                    ent_clusters_close(&all);
                }
                for (size_t j = 0; j < cells.count; j++) {
                    for (uint32_t s = 0; s < x->parties; s++) {
                        if (is_pair(&cells, i, j, s, &order[k])) {
                            ent_clusters_add(&all, cells.seat[x->seats + s].score -
                                                       cells.seat[cells.at[j].seats + s].score);
                        }
                    }
                }
            }
            ent_clusters_close(&all);
            ent_estimate estimate = ent_clusters_estimate(&all);
            assert_true(estimate.scenarios == scenarios[n] && estimate.values > estimate.scenarios);
            assert_near(p[k], ent_estimate_tails(&estimate), 1e-9);
            assert_true(p[k] > 0 && p[k] < 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_hypotheses_at_five_percent),
        cmocka_unit_test(a_bound_is_within_and_a_gap_stops),
        cmocka_unit_test(random_values_against_the_definition),
        cmocka_unit_test(places_against_all_pairs_of_cells),
    };
    return cmocka_run_group_tests_name("holm", tests, NULL, NULL);
}
