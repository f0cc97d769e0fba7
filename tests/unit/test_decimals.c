#include "scenarios.h"

#include "model/exact.h"
#include "model/decimal.h"

UNIT(decimals_are_those_of_the_file)
{
    static const struct {
        double x;
        int64_t digits;
        int places;
    } good[] = {
        {0, 0, 0}, {1, 1, 0}, {-3, -3, 0}, {0.1, 1, 1}, {0.55, 55, 2}, {-12.375, -12375, 3},
        {0.3333333333333333, 3333333333333333, 16}, {0.36363636363636365, 36363636363636365, 17},
        {0.023255813953488372, 23255813953488372, 18}, {1e15, 1000000000000000, 0},
        {0.8400000000000001, 8400000000000001, 16}, {1e-12, 1, 12},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ent_decimal d;
        assert_true(ent_decimal_of(good[i].x, &d));
        assert_true(d.digits == good[i].digits && d.places == good[i].places);
    }
    static const double bad[] = {1e300, 1e-30, HUGE_VAL, (double)NAN, 5e-324};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ent_decimal d;
        assert_false(ent_decimal_of(bad[i], &d));
    }
    ent_wide wide = 0;
    assert_true(ent_decimal_widen((ent_decimal){-25, 2}, 5, &wide) && wide == -25000);
    assert_false(ent_decimal_widen((ent_decimal){25, 2}, 1, &wide));
    assert_true(ent_wide_gcd(-12, 18) == 6 && ent_wide_gcd(0, -5) == 5);
    (void)work;
}

/* Parts of random decimals over two issues: the twin's sums compare as the whole numbers do. */
static void check_twin(ent_work *work, ent_stream *stream, double over, uint32_t most)
{
    enum { LEVELS = 6 };
    double row[2][LEVELS];
    int64_t whole[2][LEVELS];
    const double *part[2] = {row[0], row[1]};
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < LEVELS; k++) {
            whole[i][k] = ent_draw_below(stream, most);
            row[i][k] = (double)whole[i][k] / over;
        }
    }
    ent_scenario_issue issues[2] = {
        {.name = "i", .kind = ENT_INTEGER, .levels = LEVELS, .step = 1},
        {.name = "j", .kind = ENT_INTEGER, .levels = LEVELS, .step = 1}};
    ent_utility u = {.part = part, .scale = 1, .discount = 1,
                     .reservation = (double)(whole[0][0] + whole[1][0]) / over};
    ent_scenario s = {.name = "s", .format = "case", .issue_count = 2, .issues = issues,
                      .party_count = 1, .utilities = &u};
    bool exact = false;
    const ent_scenario *twin = ent_exact_twin(work->arena, &s, 1000, &exact);
    assert_true(exact);
    for (uint64_t a = 0; a < LEVELS * LEVELS; a++) {
        uint64_t at[2] = {a / LEVELS, a % LEVELS};
        double x = ent_utility_of(twin, 0, at);
        int64_t sum = whole[0][at[0]] + whole[1][at[1]];
        assert_near(x, (double)sum / over, 4e-16 * fmax(1, fabs(x)));
        assert_true((x >= twin->utilities[0].reservation) == (sum >= whole[0][0] + whole[1][0]));
        for (uint64_t b = 0; b < a; b++) {
            uint64_t to[2] = {b / LEVELS, b % LEVELS};
            double y = ent_utility_of(twin, 0, to);
            int64_t other = whole[0][to[0]] + whole[1][to[1]];
            assert_true((x < y) == (sum < other) && (x == y) == (sum == other));
        }
    }
}

UNIT(a_twin_compares_as_whole_numbers_do)
{
    static const double overs[] = {1, 10, 100, 1e6, 1e12};
    for (uint64_t k = 0; k < 300; k++) {
        ent_stream stream = ent_stream_of(91, k, 0);
        check_twin(work, &stream, overs[k % 5], k % 5 == 4 ? UINT32_MAX : 11);
    }
}

/* Numbers too long for whole sums of doubles are ranked; beyond the limit they stay. */
UNIT(long_numbers_are_ranked)
{
    double row[3] = {0.3333333333333333, 0.6666666666666667, 0.1};
    double other[3] = {0.2857142857142857, 0.14285714285714285, 0.9};
    const double *part[2] = {row, other};
    ent_scenario_issue issues[2] = {{.name = "i", .kind = ENT_INTEGER, .levels = 3, .step = 1},
                                    {.name = "j", .kind = ENT_INTEGER, .levels = 3, .step = 1}};
    ent_utility u = {.part = part, .scale = 1, .discount = 1, .reservation = -HUGE_VAL};
    ent_scenario s = {.name = "s", .format = "case", .issue_count = 2, .issues = issues,
                      .party_count = 1, .utilities = &u};
    bool exact = false;
    const ent_scenario *twin = ent_exact_twin(work->arena, &s, 9, &exact);
    assert_true(exact && twin->utilities[0].part == NULL && twin->utilities[0].table != NULL);
    assert_near(ent_utility_of(twin, 0, (uint64_t[]){0, 2}), 1.2333333333333333, 1e-15);
    twin = ent_exact_twin(work->arena, &s, 8, &exact);
    assert_true(!exact && twin->utilities[0].part == u.part);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_those_of_the_file),
        cmocka_unit_test(a_twin_compares_as_whole_numbers_do),
        cmocka_unit_test(long_numbers_are_ranked),
    };
    return cmocka_run_group_tests_name("decimals", tests, NULL, NULL);
}
