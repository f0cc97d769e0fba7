#include "scenarios.h"

#include "bargain/boxes.h"
#include "bargain/cliques.h"
#include "bargain/extremes.h"

/* A scenario whose utilities add up boxes of any sign, exclusions, and levels. */
static const ent_scenario *draw_boxes_of_any_sign(ent_work *work, ent_stream *stream, bool whole,
                                                  uint32_t parties)
{
    ent_scenario *s = ent_alloc(work->arena, 1, ent_scenario);
    *s = *draw_scenario(work->arena, stream, MIXED, parties);
    ent_utility *u = ent_alloc(work->arena, parties, ent_utility);
    for (uint32_t p = 0; p < parties; p++) {
        u[p] = s->utilities[p];
        u[p].aggregation = ENT_SUM;
        u[p].part = whole ? NULL : u[p].part;
        ent_box *boxes = ent_alloc(work->arena, u[p].box_count, ent_box);
        for (size_t k = 0; k < u[p].box_count; k++) {
            boxes[k] = u[p].boxes[k];
            boxes[k].utility += whole ? 0 : ent_draw_unit(stream);
        }
        u[p].boxes = boxes;
    }
    s->utilities = u;
    return s;
}

/* The graph's boxes add up to the utility at every outcome. */
UNIT(the_graph_means_the_same)
{
    for (uint64_t k = 0; k < 60; k++) {
        ent_stream stream = ent_stream_of(31, k, 0);
        const ent_scenario *s = draw_boxes_of_any_sign(work, &stream, k % 2 == 0, 2);
        ent_box_graph g;
        uint64_t outcomes;
        uint64_t *levels = ent_alloc(work->arena, s->issue_count, uint64_t);
        assert_true(ent_box_graph_of(work->arena, s, &g));
        assert_true(ent_scenario_outcomes(s, &outcomes));
        for (uint64_t o = 0; o < outcomes; o++) {
            double sum[2] = {g.constant[0], g.constant[1]};
            ent_scenario_outcome(s, o, levels);
            for (uint32_t v = 0; v < g.count; v++) {
                bool inside = true;
                for (uint32_t i = 0; i < g.issues; i++) {
                    inside = inside && levels[i] >= g.low[v * g.issues + i] &&
                             levels[i] <= g.high[v * g.issues + i];
                }
                sum[g.party[v]] += inside ? g.weight[v] : 0;
            }
            for (uint32_t p = 0; p < 2; p++) {
                assert_near(sum[p] / s->utilities[p].scale, ent_utility_of(s, p, levels), 1e-12);
            }
        }
    }
}

UNIT(cliques_agree_with_plain_search)
{
    for (uint64_t k = 0; k < 300; k++) {
        ent_stream stream = ent_stream_of(32, k, 0);
        const ent_scenario *s = draw_boxes_of_any_sign(work, &stream, k % 3 > 0, 2);
        plain_answer want = plain_solve(work->arena, s);
        ent_solve_options options = {.method = ENT_METHOD_CLIQUES};
        ent_solution got;
        uint64_t low = 0, high = 0;
        assert_int_equal(ent_solve_scenario(work, s, &options, &got), ENT_OK);
        assert_string_equal(got.method, "cliques");
        assert_true(got.proved);
        /* Fractions: what differs by the search's tolerance of 1e-9 counts as one. */
        for (size_t i = 0; i < want.count; i++) {
            bool found = false;
            for (size_t j = 0; j < got.count && !found; j++) {
                found = got.value[2 * j] >= want.value[2 * i] - 1e-7 &&
                        got.value[2 * j + 1] >= want.value[2 * i + 1] - 1e-7;
            }
            assert_true(found);
        }
        if (k % 3 > 0) {
            assert_int_equal(got.count, want.count);
        }
        assert_true(ent_big_small(&got.rational_low, &low) && low <= want.rational);
        assert_true(ent_big_small(&got.rational_high, &high) && high >= want.rational);
    }
}

/* The same points as by looking at every outcome, up to what the search counts as one. */
static void compare(const plain_answer *want, const ent_solution *got, uint32_t n, bool exact)
{
    assert_true(got->proved);
    for (size_t i = 0; i < want->count; i++) {
        bool found = false;
        for (size_t j = 0; j < got->count && !found; j++) {
            found = true;
            for (uint32_t p = 0; p < n; p++) {
                double miss = want->value[i * n + p] - got->value[j * n + p];
                found = found && (exact ? miss == 0 : miss < 1e-7);
            }
        }
        assert_true(found);
    }
    if (exact) {
        assert_int_equal(got->count, want->count);
    }
    uint64_t low = 0, high = 0;
    assert_true(ent_big_small(&got->rational_low, &low) && low <= want->rational);
    assert_true(ent_big_small(&got->rational_high, &high) && high >= want->rational);
}

UNIT(cliques_of_many_parties_agree_with_plain_search)
{
    for (uint64_t k = 0; k < 120; k++) {
        ent_stream stream = ent_stream_of(36, k, 0);
        uint32_t n = 1 + (uint32_t)k % 4;
        n = n == 2 ? 3 : n;
        const ent_scenario *s = draw_boxes_of_any_sign(work, &stream, k % 3 > 0, n);
        plain_answer want = plain_solve(work->arena, s);
        ent_solve_options options = {.method = ENT_METHOD_CLIQUES};
        ent_solution got;
        assert_int_equal(ent_solve_scenario(work, s, &options, &got), ENT_OK);
        compare(&want, &got, n, k % 3 > 0);
    }
}

/* Only boxes, of which the least or the greatest counts. */
static const ent_scenario *draw_extremes(ent_work *work, ent_stream *stream, uint32_t parties)
{
    ent_scenario *s = ent_alloc(work->arena, 1, ent_scenario);
    *s = *draw_scenario(work->arena, stream, MIXED, parties);
    ent_utility *u = ent_alloc(work->arena, parties, ent_utility);
    for (uint32_t p = 0; p < parties; p++) {
        u[p] = s->utilities[p];
        u[p].part = NULL;
        u[p].aggregation = ent_draw_below(stream, 2) == 0 ? ENT_MIN : ENT_MAX;
    }
    s->utilities = u;
    return s;
}

UNIT(least_and_greatest_of_boxes_agree_with_plain_search)
{
    for (uint64_t k = 0; k < 400; k++) {
        ent_stream stream = ent_stream_of(37, k, 0);
        uint32_t n = 1 + (uint32_t)k % 4;
        const ent_scenario *s = draw_extremes(work, &stream, n);
        plain_answer want = plain_solve(work->arena, s);
        ent_solve_options options = {.method = ENT_METHOD_THRESHOLDS};
        ent_solution got;
        assert_int_equal(ent_solve_scenario(work, s, &options, &got), ENT_OK);
        assert_string_equal(got.method, "thresholds");
        compare(&want, &got, n, true);
    }
}

UNIT(a_limit_on_nodes_is_said_and_bounded)
{
    for (uint64_t k = 0; k < 60; k++) {
        ent_stream stream = ent_stream_of(33, k, 0);
        const ent_scenario *s = draw_boxes_of_any_sign(work, &stream, true, 2);
        plain_answer want = plain_solve(work->arena, s);
        ent_box_graph g;
        ent_front front;
        assert_true(ent_box_graph_of(work->arena, s, &g));
        assert_int_equal(ent_box_front(work, &g, 3, &front), ENT_OK);
        for (size_t i = 0; i < want.count; i++) {
            bool near = front.count == 0;
            for (size_t j = 0; j < front.count && !near; j++) {
                double scale = s->utilities[0].scale;
                near = want.value[2 * i] * scale <= front.value[2 * j] + front.gap + 1e-9 &&
                       want.value[2 * i + 1] * scale <= front.value[2 * j + 1] + front.gap + 1e-9;
            }
            assert_true(near);
        }
    }
}

static bool is_near(const double *want, const ent_front *front, double scale)
{
    uint32_t n = front->parties;
    bool near = front->count == 0;
    for (size_t j = 0; j < front->count && !near; j++) {
        double least = HUGE_VAL; /* the party for whom the point falls short least */
        for (uint32_t p = 0; p < n; p++) {
            least = fmin(least, want[p] * scale - front->value[n * j + p]);
        }
        near = least <= front->gap + 1e-9;
    }
    return near;
}

UNIT(a_limit_for_many_parties_is_said_and_bounded)
{
    uint32_t limited = 0;
    for (uint64_t k = 0; k < 120; k++) {
        ent_stream stream = ent_stream_of(38, k, 0);
        uint32_t n = 3 + (uint32_t)k % 2;
        bool sums = k % 3 > 0;
        const ent_scenario *s = sums ? draw_boxes_of_any_sign(work, &stream, true, n)
                                     : draw_extremes(work, &stream, n);
        plain_answer want = plain_solve(work->arena, s);
        ent_box_graph g;
        ent_front front;
        uint64_t limit = 1 + k % 20;
        assert_true(!sums || ent_box_graph_of(work->arena, s, &g));
        assert_int_equal(sums ? ent_box_front_many(work, &g, limit, &front)
                              : ent_extreme_front(work, s, limit, &front), ENT_OK);
        limited += !front.proved;
        for (size_t i = 0; i < want.count; i++) {
            assert_true(is_near(want.value + n * i, &front, s->utilities[0].scale));
        }
    }
    assert_true(limited > 20);
}

/* 160 boxes over 40 issues of 10 levels each: 10^40 outcomes, and the proof is found. */
UNIT(large_domains_are_proved)
{
    enum { ISSUES = 40, EACH = 80 };
    ent_stream stream = ent_stream_of(34, 0, 0);
    ent_scenario_issue *issues = ent_alloc(work->arena, ISSUES, ent_scenario_issue);
    ent_utility utilities[2];
    for (int i = 0; i < ISSUES; i++) {
        issues[i] = (ent_scenario_issue){.name = "i", .kind = ENT_INTEGER, .levels = 10, .step = 1};
    }
    for (int p = 0; p < 2; p++) {
        ent_box *boxes = ent_alloc(work->arena, EACH, ent_box);
        for (int k = 0; k < EACH; k++) {
            uint64_t *low = ent_alloc(work->arena, ISSUES, uint64_t);
            uint64_t *high = ent_alloc(work->arena, ISSUES, uint64_t);
            for (int i = 0; i < ISSUES; i++) {
                high[i] = 9;
            }
            for (uint32_t bounds = 1 + ent_draw_below(&stream, 4); bounds-- > 0;) {
                uint32_t i = ent_draw_below(&stream, ISSUES);
                low[i] = ent_draw_below(&stream, 5);
                high[i] = low[i] + 2 + ent_draw_below(&stream, 3);
            }
            boxes[k] = (ent_box){low, high, 1 + ent_draw_below(&stream, 99), false};
        }
        utilities[p] = (ent_utility){.boxes = boxes, .box_count = EACH, .scale = 1000};
    }
    ent_scenario s = {.name = "large", .issues = issues, .issue_count = ISSUES,
                      .utilities = utilities, .party_count = 2};
    ent_solution got;
    assert_int_equal(ent_solve_scenario(work, &s, NULL, &got), ENT_OK);
    assert_string_equal(got.method, "cliques");
    assert_true(got.proved && got.count > 1);
    char text[ENT_BIG_ROOM];
    assert_int_equal(strlen(ent_big_text(&got.outcomes, text)), 41);
    for (size_t i = 1; i < got.count; i++) {
        assert_true(got.value[2 * i] > got.value[2 * i - 2]);
        assert_true(got.value[2 * i + 1] < got.value[2 * i - 1]);
    }
}

UNIT(misfits_are_refused)
{
    ent_stream stream = ent_stream_of(35, 0, 0);
    const ent_scenario *s = draw_scenario(work->arena, &stream, TABLES, 2);
    ent_solution got;
    ent_solve_options options = {.method = ENT_METHOD_CLIQUES};
    assert_int_equal(ent_solve_scenario(work, s, &options, &got), ENT_USAGE);
    options.method = ENT_METHOD_MERGE;
    assert_int_equal(ent_solve_scenario(work, s, &options, &got), ENT_USAGE);
    assert_string_equal(ent_diags_get(work->diags, 1)->code, "S180");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_graph_means_the_same),
        cmocka_unit_test(cliques_agree_with_plain_search),
        cmocka_unit_test(cliques_of_many_parties_agree_with_plain_search),
        cmocka_unit_test(least_and_greatest_of_boxes_agree_with_plain_search),
        cmocka_unit_test(a_limit_on_nodes_is_said_and_bounded),
        cmocka_unit_test(a_limit_for_many_parties_is_said_and_bounded),
        cmocka_unit_test(large_domains_are_proved),
        cmocka_unit_test(misfits_are_refused),
    };
    return cmocka_run_group_tests_name("boxes", tests, NULL, NULL);
}
