/* Priorities against worlds and by hand; what packages stand on; history against deals. */
#include "read_case.h"
#include "toy_case.h"
#include "unit.h"

#include "answers/footing.h"
#include "answers/history.h"
#include "answers/priorities.h"

static double importance(const ent_stakes *stakes, const ent_world_set *set, uint32_t g,
                         uint32_t w)
{
    double sum = 0;
    for (uint32_t u = stakes->group_start[g]; u < stakes->group_start[g + 1]; u++) {
        sum += (double)set->z[(size_t)u * set->stride + w];
    }
    return sum;
}

/* Worlds lie within the bounds and keep the ranks; the middle splits them. */
UNIT(worlds_keep_to_bounds_and_ranks)
{
    enum { WORLDS = 1000 };
    for (uint64_t seed = 1; seed <= 10; seed++) {
        ent_analysis *analysis = toy_analysis(work->arena, seed, 4, 2, WORLDS, false);
        const ent_priorities *of = ent_answer_priorities(work, analysis, 0);
        for (uint32_t p = 0; p < 2; p++) {
            const ent_stakes *stakes = analysis->stakes[p];
            const ent_world_set *set = &analysis->worlds->sets[p];
            assert_int_equal(of[p].count, stakes->groups);
            for (uint32_t g = 0; g < stakes->groups; g++) {
                const ent_priority *at = &of[p].at[g];
                uint32_t below = 0, within = 0;
                for (uint32_t w = 0; w < WORLDS; w++) {
                    double here = importance(stakes, set, g, w);
                    uint32_t above = 0;
                    assert_true(here >= at->importance.low - 1e-5);
                    assert_true(here <= at->importance.high + 1e-5);
                    below += here < at->middle;
                    within += here >= at->most.low - 1e-9 && here <= at->most.high + 1e-9;
                    for (uint32_t other = 0; other < stakes->groups; other++) {
                        above += importance(stakes, set, other, w) > here + 1e-5;
                    }
                    assert_true(above + 1 <= at->worst_rank);
                }
                assert_true(below <= WORLDS / 2 && within >= WORLDS * 8 / 10);
                assert_true(at->best_rank >= 1 && at->best_rank <= at->worst_rank);
            }
        }
    }
}

static const char known_case[] =
    "entente: 1\ntitle: T\n"
    "parties: {a: {name: A}, b: {name: B, reservation: [0, 0.1]}}\n"
    "people: {ann: {for: a}, bob: {for: b}}\n"
    "issues:\n"
    "  x: {by: a, for: b, options: [none, some, most]}\n"
    "  y: {by: b, for: a, items: [p, q]}\n"
    "  z: {by: b, for: a, options: [no, yes]}\n"
    "  w: {by: a, for: b, options: [no, yes]}\n"
    "statements:\n"
    "  - {id: one, by: ann, date: 2020-01-01, claims: [{party: a, ranks: [x, y]}]}\n"
    "  - {id: two, by: ann, date: 2020-02-01, claims: [{party: a, weighs: {z: [0.25, 0.4]}}]}\n"
    "  - {id: three, by: bob, date: 2020-03-01, claims: [\n"
    "      {party: b, offers: {y: [p]}, for: {x: some}}]}\n"
    "  - {id: four, by: bob, date: 2020-04-01, claims: [\n"
    "      {party: b, refuses: {z: yes, x: some}}]}\n"
    "  - {id: five, by: ann, date: 2020-05-01, claims: [\n"
    "      {party: a, accepts: {x: some, y: [p]}, rest: open}]}\n";

static const ent_priority *priority_of(const ent_priorities *of, uint32_t issue)
{
    for (size_t i = 0; i < of->count; i++) {
        if (of->at[i].issue == issue) {
            return &of->at[i];
        }
    }
    fail_msg("no such issue");
    return NULL;
}

/*
 * By hand: z of A lies in [1/4, 2/5]; x is at least y, so y is at most (1 - 1/4)/2; w is touched by
 * the open acceptance alone, so nothing prices it.
 */
UNIT(bounds_are_those_worked_out_by_hand)
{
    const ent_case *c = case_of(work, known_case);
    ent_settings settings = ent_settings_default();
    settings.worlds = 500;
    const ent_analysis *analysis = analysis_of(work, c, &settings);
    const ent_priorities *of = ent_answer_priorities(work, analysis, 0);
    const ent_priority *x = priority_of(&of[0], 0), *y = priority_of(&of[0], 1);
    const ent_priority *z = priority_of(&of[0], 2), *w = priority_of(&of[0], 3);
    assert_near(z->importance.low, 0.25, 1e-9);
    assert_near(z->importance.high, 0.4, 1e-9);
    assert_near(y->importance.low, 0, 1e-9);
    assert_near(y->importance.high, 0.375, 1e-9);
    assert_int_equal(x->worst_rank, 3);
    assert_int_equal(y->best_rank, 2);
    assert_false(x->unpriced || y->unpriced || z->unpriced);
    assert_true(w->unpriced);
}

UNIT(packages_say_what_they_stand_on)
{
    const ent_case *c = case_of(work, known_case);
    ent_settings settings = ent_settings_default();
    settings.worlds = 200;
    const ent_analysis *analysis = analysis_of(work, c, &settings);
    const uint64_t levels[] = {2, 3, 1, 1};
    ent_footing f = ent_footing_of(work->arena, analysis, 0, levels);
    assert_int_equal(f.count, 5); /* x, y.p, y.q, z, w */
    assert_int_equal(f.elements[0].spoken, ENT_SPOKEN_OF); /* of some, never of most */
    assert_int_equal(f.elements[1].spoken, ENT_ELEMENT_OFFERED);
    assert_int_equal(f.elements[1].giver, 1);
    assert_true(f.elements[1].own);
    assert_string_equal(c->statements[f.elements[1].statement].id, "three");
    assert_int_equal(f.elements[2].spoken, ENT_NEVER_SPOKEN); /* the other item */
    assert_int_equal(f.elements[3].spoken, ENT_ELEMENT_REFUSED);
    assert_int_equal(f.elements[4].spoken, ENT_NEVER_SPOKEN);
    assert_true(f.unspoken);
    bool mine = false;
    for (size_t i = 0; i < f.unpriced_count; i++) {
        mine = mine || (f.unpriced[i].party == 0 && f.unpriced[i].issue == 3);
    }
    assert_true(mine);
    const uint64_t said[] = {1, 1, 0, 0};
    f = ent_footing_of(work->arena, analysis, 0, said);
    assert_int_equal(f.elements[0].spoken, ENT_ELEMENT_ACCEPTED);
    assert_false(f.unspoken);
    assert_int_equal(f.unpriced_count, 0);
}

/* Without a word on record every issue of a package is unpriced, the first and the last too. */
UNIT(nothing_is_priced_where_nothing_was_said)
{
    static const char silent[] =
        "entente: 1\ntitle: T\nparties: {a: {}, b: {}}\nissues:\n"
        "  x: {by: a, for: b, options: [none, some]}\n"
        "  y: {by: b, for: a, items: [p, q]}\n"
        "  z: {by: b, for: a, options: [no, yes]}\n";
    const uint64_t levels[] = {1, 0, 1};
    ent_settings settings = ent_settings_default();
    settings.worlds = 50;
    ent_analysis *analysis = analysis_of(work, case_of(work, silent), &settings);
    ent_footing f = ent_footing_of(work->arena, analysis, 0, levels);
    assert_int_equal(f.count, 2);
    assert_true(f.unspoken);
    assert_int_equal(f.unpriced_count, 4); /* of both parties: x and z, and not y */
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(f.unpriced[i].party, i / 2);
        assert_int_equal(f.unpriced[i].issue, i % 2 == 0 ? 0 : 2);
    }
}

UNIT(history_is_what_deals_say_as_of_each_date)
{
    static const char *const cases[] = {small_case, known_case};
    for (size_t k = 0; k < 2; k++) {
        const ent_case *c = case_of(work, cases[k]);
        ent_settings settings = ent_settings_default();
        settings.worlds = 700;
        ent_analysis now;
        ent_history history;
        assert_int_equal(ent_analyse_accounts(work, c, &settings, &now), ENT_OK);
        assert_int_equal(ent_answer_history(work, &now, &history), ENT_OK);
        assert_int_equal(history.count, 5);
        for (size_t d = 0; d < history.count; d++) {
            assert_true(d == 0 || history.dates[d].time > history.dates[d - 1].time);
            settings.as_of = history.dates[d].time;
            const ent_analysis *then = analysis_of(work, c, &settings);
            for (size_t a = 0; a < then->accounts.count; a++) {
                const ent_then *at = &history.dates[d].accounts[a];
                ent_best best;
                assert_true(at->consistent);
                assert_int_equal(ent_best_of(work, then, a, &best), ENT_OK);
                assert_true(at->zone == best.zone.share && at->error == best.zone.error);
                assert_true(at->best == (best.deal.levels == NULL ? 0 : best.deal.joint));
                if (at->levels != NULL) {
                    assert_memory_equal(at->levels, best.deal.levels,
                                        c->space.issue_count * sizeof *at->levels);
                }
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worlds_keep_to_bounds_and_ranks),
        cmocka_unit_test(bounds_are_those_worked_out_by_hand),
        cmocka_unit_test(packages_say_what_they_stand_on),
        cmocka_unit_test(nothing_is_priced_where_nothing_was_said),
        cmocka_unit_test(history_is_what_deals_say_as_of_each_date),
    };
    return cmocka_run_group_tests_name("priorities", tests, NULL, NULL);
}
