#include "toy_case.h"
#include "unit.h"

#include "answers/exchange.h"

enum { ISSUES = 4, WORLDS = 300 };

/* A toy analysis whose issues know their givers and getters, with a metric on the items. */
static ent_analysis *analysis_of(ent_arena *arena, uint64_t seed, uint32_t parties)
{
    ent_analysis *analysis = toy_analysis(arena, seed, ISSUES, parties, WORLDS, false);
    ent_case *c = ent_alloc(arena, 1, ent_case);
    *c = *analysis->c;
    ent_issue *issues = ent_alloc(arena, ISSUES, ent_issue);
    static const char *const metrics[] = {"count", "tons"};
    for (uint32_t i = 0; i < ISSUES; i++) {
        issues[i] = c->space.issues[i];
        int8_t *sign = ent_alloc(arena, parties, int8_t);
        for (uint32_t p = 0; p < parties; p++) {
            const ent_stakes *stakes = analysis->stakes[p];
            for (uint32_t u = 0; u < stakes->k; u++) {
                bool of_issue = stakes->component[u] >= issues[i].first &&
                                stakes->component[u] < issues[i].first + issues[i].components;
                sign[p] = of_issue ? stakes->sign[u] : sign[p];
            }
        }
        issues[i].sign = sign;
        ent_size *sizes = ent_alloc(arena, issues[i].components + 1, ent_size);
        for (uint32_t j = 0; j < issues[i].components && issues[i].kind != ENT_RANGE; j++) {
            uint32_t part = issues[i].kind == ENT_OPTIONS ? j + 1 : j;
            double low = 1.5 * (j + 1) + i;
            sizes[issues[i].size_count++] = (ent_size){1, part, {low, low + 1}, ENT_NONE, {0}};
        }
        issues[i].sizes = sizes;
    }
    c->space.issues = issues;
    c->metrics = metrics;
    c->metric_count = 2;
    analysis->c = c;
    return analysis;
}

/* The scope of what the giver gives, as the definition says it, without tables. */
static double scope_plain(const ent_analysis *analysis, const ent_axis *axis,
                          const uint64_t *levels)
{
    const ent_case *c = analysis->c;
    const ent_world_set *set = &analysis->worlds[0].sets[axis->getter];
    const ent_stakes *stakes = analysis->stakes[axis->getter];
    double scope = 0, all = 0;
    for (uint32_t i = 0; i < ISSUES; i++) {
        const ent_issue *issue = &c->space.issues[i];
        for (uint32_t j = 0; j < issue->components && issue->sign[axis->giver] < 0; j++) {
            double on = ent_on(issue, levels[i], j), worth = 1;
            if (axis->measure.scope == ENT_SCOPE_IMPORTANCE) {
                worth = 0;
                for (uint32_t u = 0; u < stakes->k; u++) {
                    for (uint32_t w = 0; stakes->component[u] == issue->first + j && w < WORLDS;
                         w++) {
                        worth += stakes->sign[u] > 0
                                     ? (double)set->z[(size_t)u * set->stride + w] / WORLDS
                                     : 0;
                    }
                }
            } else if (axis->measure.scope == ENT_SCOPE_METRIC) {
                double here = 1.5 * (j + 1) + i + 0.5, before = 1.5 * j + i + 0.5;
                worth = issue->kind == ENT_RANGE                ? 0
                        : issue->kind == ENT_OPTIONS && j > 0 ? here - before
                                                                : here;
            }
            scope += on * worth;
            all += worth;
        }
    }
    return axis->measure.scope == ENT_SCOPE_IMPORTANCE && all > 0 ? scope / all : scope;
}

typedef struct found {
    double a, b, joint;
} found;

static double share(const ent_analysis *analysis, uint32_t party, const uint64_t *levels)
{
    ent_voter voter = ent_voter_of(analysis, 0, party);
    return (double)ent_count_accepting(&analysis->c->space, &voter, levels) / WORLDS;
}

static double higher(double best, double value)
{
    return best < 0 || value > best ? value : best;
}

/* Every available outcome put into its cell by hand. */
static found *cells_plain(ent_work *work, const ent_analysis *analysis, const ent_exchange_map *e,
                          uint32_t parties)
{
    const ent_space *space = &analysis->c->space;
    found *cells = ent_alloc(work->arena, e->x.cells * e->y.cells, found);
    for (size_t i = 0; i < e->x.cells * e->y.cells; i++) {
        cells[i] = (found){-1, -1, -1};
    }
    ent_grid grid;
    uint64_t levels[ISSUES];
    assert_true(ent_grid_of(work->arena, space, NULL, &grid));
    for (uint64_t at = 0; at < grid.outcomes; at++) {
        ent_grid_outcome(&grid, at, levels);
        if (!ent_deal_available(space, &analysis->worlds[0].bans, levels)) {
            continue;
        }
        size_t x = ent_axis_cell(&e->x, scope_plain(analysis, &e->x, levels));
        size_t y = ent_axis_cell(&e->y, scope_plain(analysis, &e->y, levels));
        found *cell = &cells[y * e->x.cells + x];
        double joint = 1;
        for (uint32_t p = 0; p < parties; p++) {
            bool asked = ent_party_asked(&analysis->c->parties[p], ISSUES, levels);
            joint *= asked ? share(analysis, p, levels) : 1;
        }
        cell->a = higher(cell->a, share(analysis, e->x.giver, levels));
        cell->b = higher(cell->b, share(analysis, e->y.giver, levels));
        cell->joint = higher(cell->joint, joint);
    }
    return cells;
}

static void same_share(double best, double plain)
{
    assert_true(plain < 0 ? isnan(best) : fabs(best - plain) <= 2.5 / WORLDS);
}

static ent_exchange_map exchange_of(ent_work *work, const ent_analysis *analysis, ent_tally *tally,
                                ent_exchange_request request)
{
    ent_exchange_map e;
    assert_int_equal(ent_tally_account(work, analysis, 0, tally), ENT_OK);
    assert_int_equal(ent_answer_exchange(work, analysis, 0, tally, &request, &e), ENT_OK);
    return e;
}

UNIT(cells_hold_the_best_of_their_packages)
{
    const ent_measure measures[] = {
        {ENT_SCOPE_IMPORTANCE, 0}, {ENT_SCOPE_PARTS, 0}, {ENT_SCOPE_METRIC, 1}};
    for (uint64_t seed = 1; seed <= 9; seed++) {
        uint32_t parties = 2 + (uint32_t)seed % 2;
        ent_analysis *analysis = analysis_of(work->arena, seed, parties);
        ent_tally tally;
        ent_exchange_map e =
            exchange_of(work, analysis, &tally,
                        (ent_exchange_request){ENT_NONE, ENT_NONE, measures[seed % 3], 6});
        assert_true(e.complete && e.x.giver == 0 && e.y.giver == 1);
        found *cells = cells_plain(work, analysis, &e, parties);
        for (size_t i = 0; i < e.x.cells * e.y.cells; i++) {
            same_share(e.best_a[i], cells[i].a);
            same_share(e.best_b[i], cells[i].b);
            same_share(e.best_joint[i], cells[i].joint);
            assert_int_equal(e.joint_levels[i] == NULL, cells[i].joint < 0);
        }
    }
}

UNIT(the_package_of_a_cell_has_its_share_and_scope)
{
    ent_analysis *analysis = analysis_of(work->arena, 21, 2);
    ent_tally tally;
    ent_exchange_map e = exchange_of(work, analysis, &tally,
                                 (ent_exchange_request){1, 0, {ENT_SCOPE_IMPORTANCE, 0}, 5});
    assert_int_equal(e.x.giver, 1);
    assert_int_equal(e.y.giver, 0);
    for (size_t i = 0; i < e.x.cells * e.y.cells; i++) {
        if (e.joint_levels[i] != NULL) {
            double x = ent_scope_of(&e.x, ISSUES, e.joint_levels[i]);
            double y = ent_scope_of(&e.y, ISSUES, e.joint_levels[i]);
            assert_int_equal(ent_axis_cell(&e.x, x), i % e.x.cells);
            assert_int_equal(ent_axis_cell(&e.y, y), i / e.x.cells);
            assert_near(share(analysis, 0, e.joint_levels[i]) *
                            share(analysis, 1, e.joint_levels[i]),
                        e.best_joint[i], 5.0 / WORLDS);
        }
    }
}

UNIT(lines_part_the_columns_at_one_half)
{
    for (uint64_t seed = 30; seed < 40; seed++) {
        ent_analysis *analysis = analysis_of(work->arena, seed, 2);
        ent_tally tally;
        ent_exchange_map e = exchange_of(
            work, analysis, &tally,
            (ent_exchange_request){ENT_NONE, ENT_NONE, {ENT_SCOPE_IMPORTANCE, 0}, 6});
        size_t meeting = 0;
        for (size_t x = 0; x < e.x.cells; x++) {
            size_t filled = 0;
            for (size_t y = 0; y < e.y.cells; y++) {
                size_t cell = y * e.x.cells + x;
                filled += isnan(e.best_a[cell]) ? 0 : 1;
                bool a = e.best_a[cell] >= 0.5, b = e.best_b[cell] >= 0.5;
                meeting += a && b ? 1 : 0;
                assert_true(!a || y >= e.line_a[x]);
                assert_true(!b || y < e.line_b[x]);
                assert_true(y != e.line_a[x] || a);
                assert_true(y + 1 != e.line_b[x] || b);
            }
            assert_int_equal(filled == 0, e.line_a[x] == ENT_NO_LINE);
            assert_int_equal(filled == 0, e.line_b[x] == ENT_NO_LINE);
        }
        assert_int_equal(meeting, e.meeting);
    }
}

UNIT(few_scopes_have_a_cell_each)
{
    ent_analysis *analysis = analysis_of(work->arena, 5, 2);
    ent_tally tally;
    ent_exchange_map e =
        exchange_of(work, analysis, &tally,
                    (ent_exchange_request){ENT_NONE, ENT_NONE, {ENT_SCOPE_PARTS, 0}, 3});
    assert_non_null(e.x.values);
    for (size_t i = 0; i < e.x.cells; i++) {
        assert_int_equal(ent_axis_cell(&e.x, e.x.values[i]), i);
        assert_true(i == 0 || e.x.values[i] > e.x.values[i - 1]);
    }
}

UNIT(without_a_tally_the_deals_found_fill_the_plane)
{
    ent_analysis *analysis = analysis_of(work->arena, 8, 2);
    ent_tally tally;
    ent_exchange_request request = {ENT_NONE, ENT_NONE, {ENT_SCOPE_IMPORTANCE, 0}, 4};
    ent_exchange_map whole = exchange_of(work, analysis, &tally, request);
    ent_exchange_map e;
    assert_int_equal(ent_answer_exchange(work, analysis, 0, NULL, &request, &e), ENT_OK);
    assert_false(e.complete);
    for (size_t i = 0; i < e.x.cells * e.y.cells; i++) {
        assert_true(isnan(e.best_joint[i])
                        ? isnan(whole.best_joint[i])
                        : fabs(e.best_joint[i] - whole.best_joint[i]) < 1e-12);
    }
}

UNIT(measures_are_found_by_name)
{
    ent_analysis *analysis = analysis_of(work->arena, 3, 2);
    ent_case bare = *analysis->c;
    ent_measure measure;
    bare.metric_count = 0;
    assert_true(ent_measure_called(analysis->c, "count", &measure));
    assert_int_equal(measure.scope, ENT_SCOPE_METRIC);
    assert_true(ent_measure_called(&bare, "count", &measure));
    assert_int_equal(measure.scope, ENT_SCOPE_PARTS);
    assert_true(ent_measure_called(analysis->c, "tons", &measure));
    assert_string_equal(ent_measure_name(analysis->c, measure), "tons");
    assert_true(ent_measure_called(&bare, "importance", &measure));
    assert_int_equal(measure.scope, ENT_SCOPE_IMPORTANCE);
    assert_false(ent_measure_called(&bare, "tons", &measure));
}

/* A metric that says nothing of what a side gives leaves that side measured by importance. */
UNIT(an_axis_without_figures_falls_back_to_importance)
{
    ent_analysis *analysis = analysis_of(work->arena, 4, 2);
    ent_tally tally;
    ent_exchange_map e = exchange_of(
        work, analysis, &tally,
        (ent_exchange_request){ENT_NONE, ENT_NONE, {ENT_SCOPE_METRIC, 0}, 4});
    assert_int_equal(e.x.measure.scope, ENT_SCOPE_IMPORTANCE);
    assert_int_equal(e.y.measure.scope, ENT_SCOPE_IMPORTANCE);
    assert_near(e.x.edges[e.x.cells], 1, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_hold_the_best_of_their_packages),
        cmocka_unit_test(the_package_of_a_cell_has_its_share_and_scope),
        cmocka_unit_test(lines_part_the_columns_at_one_half),
        cmocka_unit_test(few_scopes_have_a_cell_each),
        cmocka_unit_test(without_a_tally_the_deals_found_fill_the_plane),
        cmocka_unit_test(measures_are_found_by_name),
        cmocka_unit_test(an_axis_without_figures_falls_back_to_importance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
