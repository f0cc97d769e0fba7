#include "scenarios.h"

#include "bargain/count.h"
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

/* One party over two issues of four levels, whole numbers on that scale. */
static ent_scenario whole_scenario(ent_work *work, ent_stream *stream, double scale)
{
    ent_scenario *s = ent_alloc(work->arena, 1, ent_scenario);
    ent_scenario_issue *issues = ent_alloc(work->arena, 2, ent_scenario_issue);
    ent_utility *u = ent_alloc(work->arena, 1, ent_utility);
    const double **part = ent_alloc(work->arena, 2, const double *);
    for (int i = 0; i < 2; i++) {
        double *row = ent_alloc(work->arena, 4, double);
        for (int l = 0; l < 4; l++) {
            row[l] = ent_draw_below(stream, 50);
        }
        part[i] = row;
        issues[i] = (ent_scenario_issue){.name = "i", .kind = ENT_INTEGER, .levels = 4, .step = 1};
    }
    *u = (ent_utility){.part = part, .scale = scale, .discount = 1,
                       .reservation = ent_draw_below(stream, 100) / scale};
    *s = (ent_scenario){.name = "s", .format = "case", .issue_count = 2, .issues = issues,
                        .party_count = 1, .utilities = u};
    return *s;
}

/* 7 / 100 * 100 is above 7 in doubles: an outcome of 7 is as good as a reservation of 0.07. */
UNIT(whole_sums_reach_the_reservation_value_as_decimals_do)
{
    size_t rounded = 0;
    for (uint64_t trial = 0; trial < 500; trial++) {
        static const double scales[] = {10, 100, 1000, 7, 0.3};
        ent_stream stream = ent_stream_of(trial, 21, 22);
        ent_scenario s = whole_scenario(work, &stream, scales[trial % 5]);
        const ent_utility *u = &s.utilities[0];
        double need = 0;
        while (need / u->scale < u->reservation) {
            need++;
        }
        assert_near(ent_need_of(&s, 0), need, 0);
        assert_true(ent_sums_are_exact(&s, 0));
        rounded += u->reservation * u->scale > need;
        uint64_t rational = 0, levels[2];
        for (uint64_t k = 0; k < 16; k++) {
            ent_scenario_outcome(&s, k, levels);
            rational += ent_utility_of(&s, 0, levels) >= u->reservation;
        }
        ent_big low, high, count = ent_big_of(rational);
        assert_int_equal(ent_count_rational(work, &s, 1000, &low, &high), ENT_OK);
        assert_true(ent_big_order(&low, &count) == 0 && ent_big_order(&high, &count) == 0);
    }
    assert_true(rounded > 10);
}

/* What is not whole, or too large to be added without rounding, is not called exact. */
UNIT(sums_that_may_round_are_not_called_exact)
{
    static const double others[] = {0.5, 1e-9, 7.25, -0.5, 0x1p52, -0x1p52};
    for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
        for (uint32_t at = 0; at < 8; at++) {
            ent_stream stream = ent_stream_of(k, 23, at);
            ent_scenario s = whole_scenario(work, &stream, 10);
            double row[4];
            const double *part[2] = {s.utilities[0].part[0], s.utilities[0].part[1]};
            memcpy(row, part[at / 4], sizeof row);
            row[at % 4] = others[k];
            part[at / 4] = row;
            ent_utility u = s.utilities[0];
            u.part = part;
            s.utilities = &u;
            assert_false(ent_sums_are_exact(&s, 0));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_those_of_the_file),
        cmocka_unit_test(a_twin_compares_as_whole_numbers_do),
        cmocka_unit_test(long_numbers_are_ranked),
        cmocka_unit_test(whole_sums_reach_the_reservation_value_as_decimals_do),
        cmocka_unit_test(sums_that_may_round_are_not_called_exact),
    };
    return cmocka_run_group_tests_name("decimals", tests, NULL, NULL);
}
