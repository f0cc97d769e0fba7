/* Results in memory, made by hand: what the ranking does where not everything was played. */
#include "unit.h"

#include "base/text.h"
#include "store/results.h"

#include <stdio.h>
#include <stdlib.h>

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
    const ent_result_seat seats[2] = {{who[0], 0, advantage[0], advantage[0]},
                                     {who[1], 0, advantage[1], advantage[1]}};
    const ent_result_run run = {.job = job, .cell = job, .scenario = scenario, .parties = 2,
                                .ending = "deadline", .round = 10, .pareto = (double)NAN,
                                .nash = (double)NAN, .kalai = (double)NAN,
                                .nash_negmas = (double)NAN, .kalai_negmas = (double)NAN,
                                .seat = seats};
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

/* In a file that somebody wrote in: whoever sits beside a strategy of no name is ranked as ever. */
UNIT(seats_of_no_strategy_are_passed_over)
{
    ent_results *r = begun(work);
    add(r, 0, 0, (const uint32_t[]){STRATEGIES, 1}, (const double[]){0.9, 0.4});
    add(r, 1, 0, (const uint32_t[]){1, STRATEGIES + 4}, (const double[]){0.2, 0.8});
    const ent_result_rank *rank;
    size_t count;
    assert_int_equal(ent_results_finish(r), ENT_OK);
    assert_int_equal(ent_results_ranking(r, &rank, &count), ENT_OK);
    assert_int_equal(count, 1);
    assert_string_equal(rank[0].strategy, "b");
    assert_near(rank[0].advantage, 0.3, 1e-12); /* of 0.4 and 0.2 */
    assert_int_equal(rank[0].cells, 2);
}

/* Runs of one cell are repetitions: their mean is one value, whatever the cell's number. */
UNIT(repetitions_are_one_cell)
{
    for (uint64_t cell = 0; cell < 3; cell++) {
        static const double advantages[4][2] = {{0.2, 0.5}, {0.6, 0.1}, {0.1, 0.3}, {0.5, 0.3}};
        static const uint32_t who[2] = {0, 1};
        ent_results *r = begun(work);
        for (uint64_t job = 0; job < 4; job++) {
            const ent_result_seat seats[2] = {
                {who[0], 0, advantages[job][0], advantages[job][0]},
                {who[1], 0, advantages[job][1], advantages[job][1]}};
            const ent_result_run run = {.job = job, .cell = cell + job / 2, .parties = 2,
                                        .ending = job == 2 ? "agreed" : "deadline", .round = 10,
                                        .pareto = (double)NAN, .nash = (double)NAN,
                                        .kalai = (double)NAN, .nash_negmas = (double)NAN,
                                        .kalai_negmas = (double)NAN, .seat = seats};
            assert_int_equal(ent_results_add(r, &run, 1), ENT_OK);
        }
        const ent_result_rank *rank;
        size_t count;
        assert_int_equal(ent_results_finish(r), ENT_OK);
        assert_int_equal(ent_results_ranking(r, &rank, &count), ENT_OK);
        assert_int_equal(count, 2);
        assert_string_equal(rank[0].strategy, "a");
        assert_near(rank[0].advantage, 0.35, 1e-12); /* of 0.4 and 0.3 */
        assert_near(rank[1].advantage, 0.3, 1e-12);
        assert_near(rank[0].error, 12.7062047 * 0.05, 1e-7); /* t of 1 degree, 0.1 / 2 */
        for (size_t k = 0; k < 2; k++) {
            assert_int_equal(rank[k].cells, 2);
            assert_near(rank[k].agreed, 0.25, 1e-12);
        }
    }
}

/* What the file of an engine without NegMAS's points was begun with. */
static const char first_form[] =
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE scenario (number INTEGER PRIMARY KEY, name TEXT NOT NULL,"
    " parties INTEGER NOT NULL, outcomes INTEGER NOT NULL, tuples TEXT NOT NULL);"
    "CREATE TABLE strategy (number INTEGER PRIMARY KEY, name TEXT NOT NULL);"
    "CREATE TABLE run (job INTEGER PRIMARY KEY, cell INTEGER NOT NULL, scenario INTEGER NOT NULL,"
    " ending TEXT NOT NULL, round INTEGER NOT NULL, offers INTEGER NOT NULL, outcome INTEGER,"
    " welfare REAL NOT NULL, pareto REAL, nash REAL, kalai REAL);"
    "CREATE TABLE seat (job INTEGER NOT NULL, party INTEGER NOT NULL, strategy INTEGER NOT NULL,"
    " utility REAL NOT NULL, advantage REAL NOT NULL, PRIMARY KEY (job, party)) WITHOUT ROWID;"
    "CREATE TABLE ranking (place INTEGER PRIMARY KEY, strategy INTEGER NOT NULL,"
    " scenarios INTEGER NOT NULL, cells INTEGER NOT NULL, advantage REAL NOT NULL,"
    " advantage_error REAL, interval_over TEXT NOT NULL, agreed REAL NOT NULL,"
    " welfare REAL NOT NULL, pareto REAL, nash REAL, kalai REAL, rounds REAL NOT NULL,"
    " chance REAL, ahead INTEGER NOT NULL);"
    "INSERT INTO about VALUES ('fingerprint', 'x');"
    "INSERT INTO scenario VALUES (0, 'one', 2, 9, 'all');"
    "INSERT INTO strategy VALUES (0, 'a'), (1, 'b');"
    "INSERT INTO run VALUES (0, 0, 0, 'agreed', 3, 4, 7, 0.5, 0, 0.25, 0.125);"
    "INSERT INTO seat VALUES (0, 0, 0, 0.5, 0.5), (0, 1, 1, 0.4, 0.4);";

static void take_last(void *user, const ent_result_run *run)
{
    *(ent_result_run *)user = *run;
}

static void take_head(void *user, const char *text)
{
    char *head = user;
    if (head[0] == '\0') {
        snprintf(head, 200, "%s", text);
    }
}

/* An agreement, at these distances from the points. */
static ent_result_run agreement(uint64_t job, const ent_result_seat seats[2])
{
    return (ent_result_run){.job = job, .cell = job, .parties = 2, .ending = "agreed", .round = 2,
                            .welfare = 0.5, .pareto = 0, .nash = 0.75, .kalai = 0.5,
                            .nash_negmas = 0.375, .kalai_negmas = 0.0625, .seat = seats};
}

/* It is gone on with in the form that it has, finished, checked, and read. */
UNIT(a_file_of_the_first_form_is_read_and_gone_on_with)
{
    static const ent_result_seat seats[2] = {{1, 0.2, 0.3, 0.3}, {0, 0.6, 0.9, 0.9}};
    char folder[] = "/tmp/entente-results-XXXXXX", path[64], head[200] = "";
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/old.db", folder);
    for (int time = 0; time < 2; time++) {
        ent_work own = *work;
        own.arena = ent_arena_create(NULL);
        uint64_t done;
        bool finished;
        ent_results *r;
        if (time == 0) {
            ent_database *db;
            assert_int_equal(ent_database_open(&own, path, &db), ENT_OK);
            assert_int_equal(ent_database_run(db, first_form), ENT_OK);
        }
        assert_int_equal(ent_results_open(&own, path, "x", &r, &done, &finished), ENT_OK);
        assert_int_equal(done, time == 0 ? 1 : 2);
        assert_int_equal(finished, time == 1);
        if (time == 0) {
            const ent_result_run more = agreement(1, seats);
            assert_int_equal(ent_results_add(r, &more, 1), ENT_OK);
            assert_int_equal(ent_results_finish(r), ENT_OK);
        }
        assert_int_equal(ent_results_check(r), ENT_OK);
        const ent_result_rank *rank;
        ent_result_run last = {0};
        size_t count;
        assert_int_equal(ent_results_ranking(r, &rank, &count), ENT_OK);
        assert_int_equal(count, 2);
        assert_string_equal(rank[0].strategy, "a");
        assert_near(rank[0].advantage, 0.7, 1e-12);
        assert_near(rank[0].score, 0.7, 1e-12);
        assert_near(rank[0].nash, 0.5, 1e-12);
        assert_near(rank[0].rounds, 3.5, 1e-12);
        assert_true(isnan(rank[0].nash_negmas) && isnan(rank[0].kalai_negmas));
        assert_int_equal(ent_results_each(r, take_last, &last), ENT_OK);
        assert_int_equal(last.job, 1);
        assert_near(last.kalai, 0.5, 0);
        assert_true(isnan(last.nash_negmas));
        assert_int_equal(ent_results_lines(r, take_head, head), ENT_OK);
        assert_null(strstr(head, "negmas"));
        ent_arena_destroy(own.arena);
    }
    remove(path);
    assert_int_equal(remove(folder), 0);
}

UNIT(the_points_of_negmas_have_columns)
{
    static const ent_result_seat seats[2] = {{0, 0.2, 0.3, 0.3}, {1, 0.6, 0.9, 0.9}};
    ent_results *r = begun(work);
    ent_result_run run = agreement(0, seats), last = {0};
    char head[200] = "";
    const ent_result_rank *rank;
    size_t count;
    assert_int_equal(ent_results_add(r, &run, 1), ENT_OK);
    run.job = run.cell = 1;
    run.nash_negmas = run.kalai_negmas = (double)NAN; /* no scenario of NegMAS */
    run.scenario = 1;
    assert_int_equal(ent_results_add(r, &run, 1), ENT_OK);
    assert_int_equal(ent_results_finish(r), ENT_OK);
    assert_int_equal(ent_results_check(r), ENT_OK);
    assert_int_equal(ent_results_ranking(r, &rank, &count), ENT_OK);
    assert_int_equal(count, 2);
    assert_near(rank[0].nash, 0.75, 1e-12);
    assert_near(rank[0].nash_negmas, 0.375, 1e-12); /* missing is never zero */
    assert_near(rank[1].kalai_negmas, 0.0625, 1e-12);
    assert_int_equal(ent_results_each(r, take_last, &last), ENT_OK);
    assert_true(isnan(last.kalai_negmas));
    assert_int_equal(ent_results_lines(r, take_head, head), ENT_OK);
    assert_non_null(strstr(head, ",kalai_smorodinsky_negmas,score\n"));
}

static void put_text(void *user, const char *text)
{
    ent_put(user, text);
}

/* A row a seat, with the names as RFC 4180 quotes them; what is missing is empty. */
UNIT(the_lines_are_what_was_played)
{
    static const ent_result_scenario scenarios[] = {{"one, or \"two\"", 2, 9, "all"},
                                                    {"three", 2, 9, "all"}};
    static const char *const strategies[] = {"a", "b,c"};
    static const ent_result_seat seats[2] = {{1, 0.25, 0.125, 0.0625}, {0, 0.5, 0.75, 0.875}};
    ent_results *r;
    uint64_t done;
    bool finished;
    ent_buffer lines = ent_buffer_init(work->arena, 0);
    ent_result_run run = agreement(0, seats);
    assert_int_equal(ent_results_open(work, NULL, "x", &r, &done, &finished), ENT_OK);
    assert_int_equal(ent_results_begin(r, NULL, 0, scenarios, 2, strategies, 2), ENT_OK);
    run.offers = 5;
    run.outcome = 7;
    assert_int_equal(ent_results_add(r, &run, 1), ENT_OK);
    run = (ent_result_run){.job = 1, .cell = 1, .scenario = 1, .parties = 2, .ending = "deadline",
                           .round = 10, .offers = 20, .outcome = UINT64_MAX, .welfare = 1.5,
                           .pareto = (double)NAN, .nash = (double)NAN, .kalai = (double)NAN,
                           .nash_negmas = (double)NAN, .kalai_negmas = (double)NAN, .seat = seats};
    assert_int_equal(ent_results_add(r, &run, 1), ENT_OK);
    assert_int_equal(ent_results_lines(r, put_text, &lines), ENT_OK);
    assert_string_equal(
        ent_buffer_text(&lines),
        "job,scenario,party,strategy,ending,round,offers,outcome,utility,advantage,welfare,"
        "pareto,nash,kalai,nash_negmas,kalai_smorodinsky_negmas,score\n"
        "0,\"one, or \"\"two\"\"\",0,\"b,c\",agreed,2,5,7,0.25,0.125,0.5,"
        "0.0,0.75,0.5,0.375,0.0625,0.0625\n"
        "0,\"one, or \"\"two\"\"\",1,a,agreed,2,5,7,0.5,0.75,0.5,"
        "0.0,0.75,0.5,0.375,0.0625,0.875\n"
        "1,three,0,\"b,c\",deadline,10,20,,0.25,0.125,1.5,,,,,,0.0625\n"
        "1,three,1,a,deadline,10,20,,0.5,0.75,1.5,,,,,,0.875\n");
}

/* Stopped before its end, it is gone on with by the same tournament and by no other. */
UNIT(a_file_belongs_to_one_tournament)
{
    static const ent_result_seat seats[2] = {{0, 0.2, 0.3, 0.3}, {1, 0.6, 0.9, 0.9}};
    static const ent_result_scenario one[] = {{"one", 2, 9, "all"}};
    static const char *const strategies[] = {"a", "b"};
    static const char *const fingerprint[] = {"mine", "mine", "another's", "mine"};
    char folder[] = "/tmp/entente-results-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/runs.db", folder);
    for (uint64_t time = 0; time < 4; time++) {
        ent_work own = *work;
        own.arena = ent_arena_create(NULL);
        uint64_t done;
        bool finished, has = true;
        ent_results *r;
        ent_status status = ent_results_open(&own, path, fingerprint[time], &r, &done, &finished);
        assert_int_equal(status, time == 2 ? ENT_INVALID : ENT_OK);
        if (status == ENT_OK) {
            uint64_t there = time < 2 ? time : 2;
            const ent_result_run run = agreement(there, seats);
            assert_int_equal(done, there);
            assert_false(finished);
            assert_int_equal(ent_results_begin(r, NULL, 0, one, 1, strategies, 2), ENT_OK);
            assert_int_equal(ent_results_has(r, 0, (uint32_t)there + 1, &has), ENT_OK);
            assert_false(has);
            assert_int_equal(ent_results_add(r, &run, 1), ENT_OK);
            assert_int_equal(ent_results_has(r, 0, (uint32_t)there + 1, &has), ENT_OK);
            assert_true(has);
        }
        ent_arena_destroy(own.arena);
    }
    remove(path);
    assert_int_equal(remove(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_strategy_has_no_value_on_a_scenario_that_it_did_not_play),
        cmocka_unit_test(seats_of_no_strategy_are_passed_over),
        cmocka_unit_test(repetitions_are_one_cell),
        cmocka_unit_test(a_file_of_the_first_form_is_read_and_gone_on_with),
        cmocka_unit_test(the_points_of_negmas_have_columns),
        cmocka_unit_test(the_lines_are_what_was_played),
        cmocka_unit_test(a_file_belongs_to_one_tournament),
    };
    return cmocka_run_group_tests_name("results", tests, NULL, NULL);
}
