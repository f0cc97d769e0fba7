/* The points that owners of formats define otherwise, by their definitions over all outcomes. */
#include "scenarios.h"

#include "bargain/owner_points.h"

enum { NASH, EVEN, LEAST, WELFARE, NEARNESS, SCORES };

/* What NegMAS knows of a party, by looking at every outcome. */
typedef struct known {
    double from, most, reserved;
} known;

static known known_of(const ent_scenario *s, uint32_t p, uint64_t outcomes)
{
    uint64_t levels[8];
    double least = HUGE_VAL, reserved = s->utilities[p].reservation;
    known k = {.most = -HUGE_VAL, .reserved = reserved};
    for (uint64_t i = 0; i < outcomes; i++) {
        ent_scenario_outcome(s, i, levels);
        double value = ent_utility_of(s, p, levels);
        least = fmin(least, value);
        k.most = fmax(k.most, value);
    }
    k.from = isinf(reserved) || reserved < least ? least : reserved;
    return k;
}

static double score_of(int which, const double *u, const known *k, uint32_t n)
{
    double product = 1, low = HUGE_VAL, high = -HUGE_VAL, least = HUGE_VAL, sum = 0, square = 0;
    for (uint32_t p = 0; p < n; p++) {
        double gain = u[p] - k[p].from, share = gain / (k[p].most - k[p].from);
        double lacks = 1 - (k[p].most != 0 ? u[p] / k[p].most : u[p]);
        product *= gain;
        low = fmin(low, share);
        high = fmax(high, share);
        least = fmin(least, gain);
        sum += u[p];
        square += lacks * lacks;
    }
    const double score[SCORES] = {product, low - high, least, sum, -sqrt(square)};
    return score[which];
}

static bool is_rational(const double *u, const known *k, uint32_t n)
{
    bool all = true;
    for (uint32_t p = 0; p < n; p++) {
        all = all && u[p] >= k[p].reserved;
    }
    return all;
}

/* The greatest score of what is rational on the frontier; -inf without any. */
static double best_score(int which, const plain_answer *front, const known *k, uint32_t n)
{
    double best = -HUGE_VAL;
    for (size_t i = 0; i < front->count; i++) {
        const double *u = front->value + i * n;
        best = is_rational(u, k, n) ? fmax(best, score_of(which, u, k, n)) : best;
    }
    return best;
}

/* The point has the greatest score, and of those that have it the largest sum. */
static void check_point(int which, size_t at, const plain_answer *front, const known *k,
                        uint32_t n)
{
    double best = best_score(which, front, k, n);
    if (isinf(best)) {
        assert_true(at == SIZE_MAX);
        return;
    }
    assert_true(at < front->count);
    const double *got = front->value + at * n;
    assert_true(is_rational(got, k, n));
    assert_near(score_of(which, got, k, n), best, 2e-12);
    for (size_t i = 0; i < front->count; i++) {
        const double *u = front->value + i * n;
        assert_true(!is_rational(u, k, n) || score_of(which, u, k, n) < best - 1e-13 ||
                    score_of(WELFARE, u, k, n) <= score_of(WELFARE, got, k, n) + 1e-12);
    }
}

UNIT(negmas_points_are_those_of_its_definitions)
{
    static const scenario_kind kinds[] = {SUMS, TABLES, BOXES, SUMS, MIXED};
    uint32_t with = 0, without = 0, none = 0;
    for (uint64_t round = 0; round < 500; round++) {
        ent_stream stream = ent_stream_of(23, round, 0);
        uint32_t n = 2 + round % 2;
        ent_scenario *s = ent_alloc(work->arena, 1, ent_scenario);
        *s = *draw_scenario(work->arena, &stream, kinds[round % 5], n);
        plain_answer front = plain_solve(work->arena, s);
        ent_utility u[3];
        for (uint32_t p = 0; p < n; p++) {
            u[p] = s->utilities[p];
            if (round % 4 == 3) { /* often more than there is for all */
                u[p].reservation = 0.9 * known_of(s, p, front.outcomes).most;
            }
        }
        s->utilities = u;
        known k[3];
        bool flat = false;
        for (uint32_t p = 0; p < n; p++) {
            k[p] = known_of(s, p, front.outcomes);
            flat = flat || k[p].most - k[p].from <= 1e-12;
        }
        ent_owner_points got = ent_negmas_points(s, front.value, front.count);
        if (flat) {
            assert_true(got.nash == SIZE_MAX && isnan(got.opposition));
            none++;
            continue;
        }
        check_point(NASH, got.nash, &front, k, n);
        check_point(EVEN, got.kalai_smorodinsky, &front, k, n);
        check_point(LEAST, got.egalitarian, &front, k, n);
        check_point(WELFARE, got.utilitarian, &front, k, n);
        double nearest = -best_score(NEARNESS, &front, k, n);
        assert_true((isinf(nearest) != 0) == (isnan(got.opposition) != 0));
        assert_true(isinf(nearest) || fabs(nearest - got.opposition) <= 1e-9);
        with += nearest < HUGE_VAL;
        without += nearest == HUGE_VAL;
    }
    assert_true(with > 200 && without > 10 && none > 10);
}

/* Three outcomes worked out by hand, of which the last is the first party's best by far. */
UNIT(the_best_of_each_party_is_what_it_could_gain)
{
    static const double a[3] = {0.25, 0.5, 1}, b[3] = {0.75, 0.5, 0};
    static const double value[6] = {0.25, 0.75, 0.5, 0.5, 1, 0};
    ent_scenario_issue issue = {.name = "i", .kind = ENT_INTEGER, .levels = 3, .step = 1};
    const double *const parts[2] = {a, b};
    ent_utility u[2] = {{.part = &parts[0], .scale = 1, .reservation = 0.25},
                        {.part = &parts[1], .scale = 1, .reservation = -HUGE_VAL}};
    ent_scenario s = {.issues = &issue, .issue_count = 1, .utilities = u, .party_count = 2};
    ent_owner_points got = ent_negmas_points(&s, value, 3);
    (void)work;
    /* Gains (0, 0.75), (0.25, 0.5), (0.75, 0); shares (0, 1), (1/3, 2/3), (1, 0). */
    assert_int_equal(got.nash, 1);
    assert_int_equal(got.kalai_smorodinsky, 1);
    assert_int_equal(got.egalitarian, 1);
    assert_int_equal(got.utilitarian, 0); /* all sums are 1: the first */
    /* Of the greatest: (1/4, 1) is 3/4 away, (1/2, 2/3) sqrt(1/4 + 1/9), (1, 0) 1. */
    assert_near(got.opposition, sqrt(1 / 4.0 + 1 / 9.0), 1e-12);
    /* NegoLog's: of those with the greatest sum the first party's best, (1, 0), then (1/2, 1/2). */
    assert_near(ent_negolog_opposition(value, 3, 2), 1, 1e-12);
    assert_near(ent_negolog_opposition(value, 2, 2), sqrt(0.5), 1e-12);
    assert_true(isnan(ent_negolog_opposition(value, 0, 2)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(negmas_points_are_those_of_its_definitions),
        cmocka_unit_test(the_best_of_each_party_is_what_it_could_gain),
    };
    return cmocka_run_group_tests_name("owner_points", tests, NULL, NULL);
}
