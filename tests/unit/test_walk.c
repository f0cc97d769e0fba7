#include <stdio.h>
#include <stdlib.h>

#include "made_case.h"

#include "answers/walk.h"
#include "bargain/closed_forms.h"

static const char talks[] =
    "entente: 1\n"
    "title: Talks\n"
    "parties: {a: {name: A, reservation: [0, 0.2]}, b: {name: B, reservation: [0, 0.2]},"
    " u: {name: U, role: approver, approves: [x]}, o: {name: O, role: observer}}\n"
    "issues:\n"
    "  w: {by: a, for: b, options: [no, some, all]}\n"
    "  x: {by: b, for: a, items: [p, q], stakes: {u: \"-\"}}\n"
    "  y: {by: b, for: a, range: {from: 0, to: 4, step: 1}, stakes: {u: \"+\"}}\n"
    "assumptions:\n"
    "  - {id: order, because: told,"
    " claims: [{party: a, ranks: [x, w]}, {party: b, ranks: [w, x]}]}\n"
    "statements:\n"
    "  - {id: no, by: a, reported: no, claims: [{party: a, refuses: {w: all}}]}\n"
    "  - {id: yes, by: a, reported: yes, claims: [{party: a, accepts: {w: some, x: p}}]}\n";

/* The best product over all outcomes, word by word. */
static double plain_best(const ent_analysis *analysis, uint32_t world, double *values)
{
    double best = -1;
    for (uint64_t n = 1; n < 60; n++) {
        const uint64_t levels[] = {n / 20, n / 5 % 4, n % 5};
        double gain[3];
        for (uint32_t p = 0; p < 3; p++) {
            gain[p] = made_value(analysis, 0, p, world, levels) -
                      (double)analysis->worlds[0].sets[p].b[world];
        }
        bool suits = gain[0] >= -1e-6 && gain[1] >= -1e-6 && (levels[1] == 0 || gain[2] >= -1e-6);
        double product = fmax(gain[0], 0) * fmax(gain[1], 0);
        if (suits && product > best) {
            best = product;
            values[0] = gain[0];
            values[1] = gain[1];
        }
    }
    return best;
}

UNIT(the_nash_deal_is_the_best_product)
{
    ent_analysis analysis;
    ent_grid grid;
    made_case(work, talks, 300, &analysis);
    assert_true(ent_grid_of(work->arena, &analysis.c->space, NULL, &grid));
    ent_nash_search *search = ent_nash_search_create(work, &analysis, 0, &grid);
    for (uint32_t world = 0; world < 300; world++) {
        uint64_t index;
        uint64_t levels[3];
        double gains[2] = {0, 0};
        double best = plain_best(&analysis, world, gains);
        assert_int_equal(ent_nash_deal(search, world, &index), best >= 0);
        if (best >= 0) {
            ent_grid_outcome(&grid, index, levels);
            double product = 1;
            for (uint32_t p = 0; p < 2; p++) {
                double gain = made_value(&analysis, 0, p, world, levels) -
                              (double)analysis.worlds[0].sets[p].b[world];
                product *= fmax(gain, 0);
            }
            assert_near(product, best, 1e-9);
        }
    }
}

/*
 * A long range last, which is looked for and not at: the same package as level by level, of equal
 * ones the first; with two parties, with one that has no stake in it, and with a ban on some.
 */
static const char long_range[] =
    "entente: 1\n"
    "title: Talks\n"
    "parties: {a: {name: A, reservation: [0, 0.3]}, b: {name: B, reservation: [0, 0.3]}%s}\n"
    "issues:\n"
    "  w: {by: a, for: b, options: [no, some, all]}\n"
    "  x: {by: b, for: a, items: [p, q]%s}\n"
    "  y: {by: b, for: a, range: {from: 0, to: 40, step: 1}}\n"
    "statements:\n"
    "  - {id: yes, by: a, reported: yes, claims: [{party: a, accepts: {w: some, x: p}}%s]}\n";

static size_t compare_long_range(ent_work *work, const char *yaml, uint32_t parties)
{
    ent_analysis analysis;
    ent_grid grid;
    size_t deals = 0;
    made_case(work, yaml, 200, &analysis);
    const ent_space *space = &analysis.c->space;
    assert_true(ent_grid_of(work->arena, space, NULL, &grid));
    ent_nash_search *search = ent_nash_search_create(work, &analysis, 0, &grid);
    for (uint32_t world = 0; world < 200; world++) {
        uint64_t index, first = 0, levels[3];
        double best = -1;
        for (uint64_t i = 0; i < grid.outcomes; i++) {
            ent_grid_outcome(&grid, i, levels);
            double product = 1;
            bool suits = ent_deal_available(space, &analysis.worlds[0].bans, levels);
            for (uint32_t p = 0; p < parties && suits; p++) {
                double gain = made_value(&analysis, 0, p, world, levels) -
                              (double)analysis.worlds[0].sets[p].b[world];
                suits = gain >= -1e-6;
                product *= fmax(gain, 0);
            }
            if (suits && product > best * (1 + 1e-12)) {
                best = product;
                first = i;
            }
        }
        assert_int_equal(ent_nash_deal(search, world, &index), best >= 0);
        if (best >= 0) {
            assert_int_equal(index, first);
            deals++;
        }
    }
    return deals;
}

UNIT(a_long_range_is_searched_for_its_best_level)
{
    static const struct {
        const char *party, *stakes, *ban;
        uint32_t parties;
    } cases[] = {
        {"", "", "", 2},
        {", c: {name: C, reservation: [0, 0.1]}", ", stakes: {c: \"+\"}", "", 3},
        {"", "", ", {party: b, cannot: {y: 30, w: all}}", 2},
    };
    size_t deals = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char yaml[2000];
        (void)snprintf(yaml, sizeof yaml, long_range, cases[i].party, cases[i].stakes,
                       cases[i].ban);
        deals += compare_long_range(work, yaml, cases[i].parties);
    }
    assert_true(deals > 100);
}

UNIT(the_break_even_chance_is_that_of_the_formula)
{
    ent_analysis analysis;
    ent_walk walk;
    made_case(work, talks, 301, &analysis);
    ent_walk_request request = {
        .party = 0, .walk = (double)NAN, .later = (double)NAN, .cost = (double)NAN};
    assert_int_equal(ent_answer_walk(work, &analysis, 0, &request, &walk), ENT_OK);
    double chances[301];
    uint32_t none = 0;
    for (uint32_t world = 0; world < 301; world++) {
        double gains[2];
        double b = (double)analysis.worlds[0].sets[0].b[world];
        bool any = plain_best(&analysis, world, gains) >= 0;
        chances[world] = any ? ent_break_even(b, 0, gains[0] + b, ENT_WALK_COST) : HUGE_VAL;
        none += !any;
    }
    uint32_t below = 0;
    uint32_t above = 0;
    for (uint32_t world = 0; world < 301; world++) {
        below += chances[world] < walk.median - 1e-6;
        above += chances[world] > walk.median + 1e-6;
    }
    assert_true(below <= 150 && above <= 150);
    assert_near(walk.no_deal, none / 301.0, 1e-12);
    assert_true(walk.low <= walk.median && walk.median <= walk.high);
    assert_non_null(walk.common);
}

UNIT(an_offer_and_figures_of_ones_own_are_used)
{
    ent_analysis analysis;
    ent_walk walk;
    made_case(work, talks, 200, &analysis);
    const uint64_t offer[] = {1, 3, 4};
    ent_walk_request request = {.party = 0, .offer = offer, .walk = 0.3, .later = 0, .cost = 0};
    assert_int_equal(ent_answer_walk(work, &analysis, 0, &request, &walk), ENT_OK);
    assert_near(walk.walk, 0.3, 1e-12);
    assert_near(walk.cost, 0, 0);
    assert_null(walk.common);
    request.walk = 0;
    assert_int_equal(ent_answer_walk(work, &analysis, 0, &request, &walk), ENT_OK);
    assert_near(walk.free, 1, 0);
    assert_near(walk.median, 0, 0);
    request.party = 3;
    assert_int_equal(ent_answer_walk(work, &analysis, 0, &request, &walk), ENT_INVALID);
    assert_string_equal(ent_diags_get(work->diags, ent_diags_count(work->diags) - 1)->code, "G203");
}

UNIT(influences_name_the_statements_of_the_account)
{
    ent_analysis analysis;
    ent_walk walk;
    const ent_walk_influence *rows;
    size_t count;
    made_case(work, talks, 300, &analysis);
    ent_walk_request request = {
        .party = 0, .walk = (double)NAN, .later = (double)NAN, .cost = (double)NAN};
    assert_int_equal(ent_answer_walk(work, &analysis, 0, &request, &walk), ENT_OK);
    assert_int_equal(ent_walk_influences(work, &analysis, 0, &request, walk.median, &rows, &count),
                     ENT_OK);
    assert_int_equal(count, 3);
    for (size_t i = 1; i < count; i++) {
        assert_true(fabs(fmin(rows[i - 1].median, 2) - fmin(walk.median, 2)) >=
                    fabs(fmin(rows[i].median, 2) - fmin(walk.median, 2)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nash_deal_is_the_best_product),
        cmocka_unit_test(a_long_range_is_searched_for_its_best_level),
        cmocka_unit_test(the_break_even_chance_is_that_of_the_formula),
        cmocka_unit_test(an_offer_and_figures_of_ones_own_are_used),
        cmocka_unit_test(influences_name_the_statements_of_the_account),
    };
    return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
