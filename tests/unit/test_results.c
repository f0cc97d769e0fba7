/* Results in memory, made by hand: what the ranking does where not everything was played. */
#include "unit.h"

#include "store/results.h"

enum { SCENARIOS = 2, STRATEGIES = 3 };

static ent_results *begun(ent_work *work)
{
    static const ent_result_scenario scenarios[SCENARIOS] = {{"one", 2, 9, "all"},
                                                             {"two", 2, 9, "all"}};
    static const char *const strategies[STRATEGIES] = {"a", "b", "c"};
    ent_results *r;
    uint64_t done;
    bool finished;
    assert_int_equal(ent_results_open(work, NULL, "x", &r, &done, &finished), ENT_OK);
    assert_int_equal(ent_results_begin(r, NULL, 0, scenarios, SCENARIOS, strategies, STRATEGIES),
                     ENT_OK);
    return r;
}

static void add(ent_results *r, uint64_t job, uint32_t scenario, const uint32_t who[2],
                const double advantage[2])
{
    const ent_result_seat seats[2] = {{who[0], 0, advantage[0]}, {who[1], 0, advantage[1]}};
    const ent_result_run run = {.job = job, .cell = job, .scenario = scenario, .parties = 2,
                                .ending = "deadline", .round = 10, .pareto = (double)NAN,
                                .nash = (double)NAN, .kalai = (double)NAN, .seat = seats};
    assert_int_equal(ent_results_add(r, &run, 1), ENT_OK);
}

UNIT(a_strategy_has_no_value_on_a_scenario_that_it_did_not_play)
{
    ent_results *r = begun(work);
    add(r, 0, 0, (const uint32_t[]){0, 1}, (const double[]){0.2, 0.4});
    add(r, 1, 0, (const uint32_t[]){1, 0}, (const double[]){0.4, 0.2});
    add(r, 2, 1, (const uint32_t[]){0, 2}, (const double[]){0.6, 0.9});
    add(r, 3, 1, (const uint32_t[]){0, 0}, (const double[]){0.6, 0.6});
    const ent_result_rank *rank;
    size_t count;
    assert_int_equal(ent_results_finish(r), ENT_OK);
    assert_int_equal(ent_results_ranking(r, &rank, &count), ENT_OK);
    assert_int_equal(count, STRATEGIES);
    static const char *const order[] = {"c", "a", "b"};
    static const double advantage[] = {0.9, 0.4, 0.4}; /* a: of 0.2 and 0.6; b: on `one` alone */
    static const uint64_t scenarios[] = {1, 2, 1}, cells[] = {1, 5, 2};
    for (size_t k = 0; k < count; k++) {
        assert_string_equal(rank[k].strategy, order[k]);
        assert_near(rank[k].advantage, advantage[k], 1e-12);
        assert_int_equal(rank[k].scenarios, scenarios[k]);
        assert_int_equal(rank[k].cells, cells[k]);
        assert_true(isnan(rank[k].pareto));
        assert_false(rank[k].over_scenarios);
    }
    assert_true(isnan(rank[0].error)); /* one value */
    assert_near(rank[1].error, 0, 1e-12);
    /* c and a differ in one seat only where party 1 of `two` plays a or c: one difference. */
    assert_near(rank[0].chance, 1, 0);
    assert_false(rank[0].ahead);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_strategy_has_no_value_on_a_scenario_that_it_did_not_play),
    };
    return cmocka_run_group_tests_name("results", tests, NULL, NULL);
}
