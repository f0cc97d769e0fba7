/* What is said of many runs against the runs themselves, each share by its definition. */
#include "scenarios.h"
#include "tables.h"

#include "haggle/runs.h"
#include "haggle/score.h"

enum { RUNS = 120, PARTIES = 2 };

/* Without NaN: the mean, the ends, and the values at floor(share * n) once sorted. */
static void check_spread(const ent_spread *got, const double *value)
{
    double sorted[RUNS], sum = 0;
    size_t n = 0;
    for (size_t k = 0; k < RUNS; k++) {
        if (isnan(value[k])) {
            continue;
        }
        size_t at = n++;
        sum += value[k];
        for (; at > 0 && sorted[at - 1] > value[k]; at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = value[k];
    }
    if (n == 0) {
        assert_true(isnan(got->mean) && isnan(got->least) && isnan(got->low));
        assert_true(isnan(got->middle) && isnan(got->high) && isnan(got->most));
        return;
    }
    assert_near(got->mean, sum / (double)n, 1e-12);
    assert_near(got->least, sorted[0], 0);
    assert_near(got->low, sorted[n / 20], 0);
    assert_near(got->middle, sorted[n / 2], 0);
    assert_near(got->high, sorted[n * 19 / 20], 0);
    assert_near(got->most, sorted[n - 1], 0);
}

/*
 * Wilson: the ends are the shares p from which that seen is 1.96 standard errors away,
 * (seen - p)^2 = 1.96^2 p (1 - p) / n.
 */
static void check_interval(const ent_runs *r)
{
    const double end[2] = {r->low, r->high};
    double seen = r->agreements / (double)r->runs;
    assert_true(r->low <= seen && seen <= r->high);
    assert_true(r->agreements > 0 || r->low == 0);
    assert_true(r->agreements < r->runs || r->high == 1);
    for (int k = 0; k < 2; k++) {
        bool sure = r->agreements == (k == 0 ? 0 : r->runs);
        double off = seen - end[k];
        assert_true(sure || (off < 0) == (k == 1));
        assert_true(sure || fabs(off * off - 1.96 * 1.96 * end[k] * (1 - end[k]) / RUNS) < 1e-12);
    }
}

static uint32_t times_agreed(const ent_runs *r, uint32_t entry)
{
    uint32_t times = 0;
    for (uint32_t k = 0; k < r->runs; k++) {
        times += r->run[k].result.entry == entry;
    }
    return times;
}

/* The most frequent first, of equals that of the smaller number, and none left out before them. */
static void check_deals(const ent_runs *r, uint32_t entries)
{
    uint32_t agreements = 0, different = 0, before = 0;
    for (uint32_t e = 0; e < entries; e++) {
        uint32_t times = times_agreed(r, e);
        agreements += times;
        different += times > 0;
    }
    assert_int_equal(r->agreements, agreements);
    assert_int_equal(r->different, different);
    assert_int_equal(r->deal_count, different < ENT_RUNS_DEALS ? different : ENT_RUNS_DEALS);
    for (uint32_t d = 0; d < r->deal_count; d++) {
        before = 0;
        for (uint32_t e = 0; e < entries; e++) {
            uint32_t times = times_agreed(r, e);
            before += times > r->deals[d].count ||
                      (times == r->deals[d].count && e < r->deals[d].entry);
        }
        assert_int_equal(r->deals[d].count, times_agreed(r, r->deals[d].entry));
        assert_int_equal(before, d);
    }
}

static void check_spreads(const ent_runs *r)
{
    double rounds[RUNS], welfare[RUNS], pareto[RUNS], nash[RUNS], utility[RUNS];
    uint32_t ends[ENT_HAGGLE_ENDS] = {0};
    for (uint32_t k = 0; k < RUNS; k++) {
        const ent_contest_run *run = &r->run[k];
        ends[run->result.end]++;
        /* Rounds count from 1; at the deadline the last has passed. */
        rounds[k] = run->result.round + (run->result.end == ENT_HAGGLE_DEADLINE ? 0.0 : 1.0);
        welfare[k] = run->welfare;
        pareto[k] = run->pareto;
        nash[k] = run->nash;
    }
    assert_memory_equal(ends, r->ends, sizeof ends);
    check_spread(&r->rounds, rounds);
    check_spread(&r->welfare, welfare);
    check_spread(&r->pareto, pareto);
    check_spread(&r->nash, nash);
    for (uint32_t p = 0; p < PARTIES; p++) {
        for (uint32_t k = 0; k < RUNS; k++) {
            utility[k] = r->each[(size_t)k * PARTIES + p];
        }
        check_spread(&r->utility[p], utility);
    }
}

UNIT(what_is_said_of_runs_is_what_was_played)
{
    uint32_t all = 0, some = 0, none = 0, many = 0;
    for (uint64_t round = 0; round < 40; round++) {
        ent_stream draw = ent_stream_of(42, round, 0);
        const ent_scenario *s = draw_scenario(work->arena, &draw, TABLES, PARTIES);
        ent_haggle_table t;
        ent_haggle_rules rules = {.protocol = &ent_protocol_alternating,
                                  .rounds = 1 + (uint32_t)round % 5, .seed = round};
        ent_chosen_strategy c[PARTIES] = {chosen_of(work, "random"),
                                          chosen_of(work, round % 2 == 0 ? "random" : "boulware")};
        ent_runs r;
        assert_int_equal(ent_haggle_tabulate(work, s, 0, 1, &t), ENT_OK);
        assert_int_equal(ent_haggle_runs(work, s, &t, &rules, c, RUNS, &r), ENT_OK);
        assert_true(r.runs == RUNS && !r.interrupted);
        check_deals(&r, t.count);
        check_interval(&r);
        check_spreads(&r);
        all += r.agreements == RUNS;
        none += r.agreements == 0;
        some += r.agreements > 0 && r.agreements < RUNS;
        many += r.different > ENT_RUNS_DEALS;
    }
    assert_true(all > 5 && some > 10 && none > 0 && many > 5);
}

/* A score has no value where nobody knows the other if and only if it says that it asks. */
UNIT(scores_that_go_by_models_say_so)
{
    static const double utility[] = {0.5, 0.25}, advantage[] = {0.5, 0.75}, known[] = {0.5, 1};
    ent_haggle_table t = random_table(work, 2, 10, 3);
    ent_scored run = {.table = &t, .utility = utility, .advantage = advantage, .agreed = true,
                      .welfare = 0.5, .pareto = 0.1, .nash = 0.2, .kalai = 0.3};
    size_t asking = 0;
    for (size_t k = 0; k < ent_score_count; k++) {
        const ent_score *score = &ent_scores[k], *found = NULL;
        assert_true(k == 0 || strcmp(score[-1].name, score->name) < 0);
        assert_int_equal(ent_find_score(work, score->name, &found), ENT_OK);
        assert_ptr_equal(found, score);
        for (uint32_t p = 0; p < 2; p++) {
            run.known = NULL;
            assert_true((isnan(score->of(&run, p)) != 0) == score->asks_models);
            run.known = known;
            assert_true(!isnan(score->of(&run, p)));
        }
        asking += score->asks_models ? 1 : 0;
    }
    assert_true(asking > 0 && asking < ent_score_count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_of_runs_is_what_was_played),
        cmocka_unit_test(scores_that_go_by_models_say_so),
    };
    return cmocka_run_group_tests_name("runs", tests, NULL, NULL);
}
