/* What a third party could add, against looking at every outcome in every world. */
#include "made_case.h"

#include "answers/third_party.h"

enum { WORLDS = 400 };

/* Land costs a more than b's money brings; the donor's aid and roads can make up for it. */
static const char donor[] =
    "entente: 1\n"
    "title: A donor\n"
    "parties: {a: {reservation: [0.1, 0.2]}, b: {reservation: [0.1, 0.2]},"
    " d: {role: observer, reservation: [0, 0.1]}}\n"
    "issues:\n"
    "  land: {by: a, for: b, options: [kept, half, whole]}\n"
    "  money: {by: b, for: a, options: [none, some, much], stakes: {d: \"+\"}}\n"
    "  aid: {by: d, for: a, items: [grain, fuel]}\n"
    "  roads: {by: d, for: b, options: [none, built]}\n"
    "  peace: {for: [a, b], stakes: {d: \"+\"}, options: [none, signed]}\n"
    "rules: [{if: {aid: grain}, then: {peace: signed}},"
    " {if: {roads: built}, then: {peace: signed}}]\n"
    "statements:\n"
    "  - {id: s1, by: a, quote: no, claims: [{party: a, refuses: {land: half, money: much}}]}\n"
    "  - {id: s2, by: a, quote: yes, claims: [{party: a, ranks: [land, aid]}]}\n"
    "  - {id: s3, by: b, quote: no, claims: [{party: b, refuses: {money: some}}]}\n"
    "accounts: {all: {believes: [a, b]}}\n";

static bool suits(const ent_analysis *analysis, uint32_t w, const uint64_t *levels, bool willing)
{
    for (uint32_t p = 0; p < 3; p++) {
        double b = (double)analysis->worlds[0].sets[p].b[w];
        bool asked = p < 2 || (willing && (levels[2] != 0 || levels[3] != 0));
        if (asked && made_value(analysis, 0, p, w, levels) < b - 1e-6) {
            return false;
        }
    }
    return true;
}

static bool outcome_at(const ent_analysis *analysis, unsigned allowed, uint64_t n,
                       uint64_t *levels)
{
    const uint64_t at[] = {n % 3, n / 3 % 3, n / 9 % 4, n / 36 % 2, n / 72};
    memcpy(levels, at, sizeof at);
    return (levels[2] == 0 || (allowed & 1) != 0) && (levels[3] == 0 || (allowed & 2) != 0) &&
           ent_deal_available(&analysis->c->space, &analysis->worlds[0].bans, levels);
}

/* The product of the shares of those asked. */
static double joint_of(const ent_analysis *analysis, const uint64_t *levels, bool willing)
{
    double joint = 1;
    for (uint32_t p = 0; p < 3; p++) {
        uint32_t yes = 0;
        for (uint32_t w = 0; w < WORLDS; w++) {
            double b = (double)analysis->worlds[0].sets[p].b[w];
            yes += made_value(analysis, 0, p, w, levels) >= b - 1e-6;
        }
        bool asked = p < 2 || (willing && (levels[2] != 0 || levels[3] != 0));
        joint *= asked ? (double)yes / WORLDS : 1;
    }
    return joint;
}

enum { OUTCOMES = 3 * 3 * 4 * 2 * 2 };

/*
 * The zone where the donor gives what the bits allow (1 aid, 2 roads): the best joint share and the
 * worlds that this deal does not suit and another does.
 */
static double plain_zone(const ent_analysis *analysis, unsigned allowed, bool willing)
{
    uint64_t best[5] = {0}, levels[5];
    double most = 0;
    for (uint64_t n = 1; n < OUTCOMES; n++) {
        double joint = outcome_at(analysis, allowed, n, levels)
                           ? joint_of(analysis, levels, willing)
                           : -1;
        if (joint > most) {
            most = joint;
            memcpy(best, levels, sizeof best);
        }
    }
    uint32_t others = 0;
    for (uint32_t w = 0; w < WORLDS; w++) {
        bool found = suits(analysis, w, best, willing);
        for (uint64_t n = 1; n < OUTCOMES && !found; n++) {
            found = outcome_at(analysis, allowed, n, levels) &&
                    suits(analysis, w, levels, willing);
            others += found;
        }
    }
    return fmin(1, most + (double)others / WORLDS);
}

UNIT(the_zone_is_compared_with_and_without_each_issue)
{
    ent_analysis analysis;
    ent_third third;
    made_case(work, donor, WORLDS, &analysis);
    assert_int_equal(ent_answer_third(work, &analysis, 0, 2, &third), ENT_OK);
    assert_int_equal(third.issue_count, 2);
    double none = plain_zone(&analysis, 0, false);
    double all = plain_zone(&analysis, 3, false);
    assert_near(third.without.share, none, 1.5 / WORLDS);
    assert_near(third.issues[0].zone.share, plain_zone(&analysis, 1, false), 1.5 / WORLDS);
    assert_near(third.issues[1].zone.share, plain_zone(&analysis, 2, false), 1.5 / WORLDS);
    assert_near(third.with.share, all, 1.5 / WORLDS);
    assert_near(third.willing.share, plain_zone(&analysis, 3, true), 1.5 / WORLDS);
    assert_true(all > none + 0.05);
    assert_true(third.willing.share <= third.with.share);
    assert_true(third.without.share <= third.issues[0].zone.share);
    assert_true(third.issues[1].zone.share <= third.with.share);
    assert_false(third.asked);
}

UNIT(each_rung_of_the_ladder_is_the_best_of_its_steps)
{
    ent_analysis analysis;
    ent_third third;
    ent_deals deals;
    ent_deals_request request = {.top = 0, .verdicts = false};
    made_case(work, donor, WORLDS, &analysis);
    assert_int_equal(ent_answer_third(work, &analysis, 0, 2, &third), ENT_OK);
    assert_int_equal(ent_answer_deals(work, &analysis, 0, &request, &deals), ENT_OK);
    assert_true(third.rung_count >= 2);
    for (size_t r = 0; r < third.rung_count; r++) {
        double best = 0;
        for (size_t i = 0; i < deals.count; i++) {
            const uint64_t *l = deals.at[i].levels;
            uint32_t steps = (uint32_t)((l[2] & 1) + (l[2] >> 1) + l[3]);
            if (steps <= third.ladder[r].steps && deals.at[i].joint > best) {
                best = deals.at[i].joint;
            }
        }
        assert_near(third.ladder[r].deal.joint, best, 0.006);
        assert_true(r == 0 || third.ladder[r].deal.joint > third.ladder[r - 1].deal.joint);
    }
    assert_int_equal(third.statement_count, 1);
    assert_string_equal(analysis.c->statements[third.statements[0]].id, "s2");
}

UNIT(who_gives_nothing_adds_nothing)
{
    static const char talks[] =
        "entente: 1\n"
        "title: Two\n"
        "parties: {a: {}, b: {}, o: {role: observer}}\n"
        "issues:\n"
        "  x: {by: a, for: b, options: [no, yes], stakes: {o: \"-\"}}\n"
        "  y: {by: b, for: a, options: [no, yes]}\n";
    ent_analysis analysis;
    ent_third third;
    made_case(work, talks, 50, &analysis);
    assert_int_equal(ent_answer_third(work, &analysis, 0, 2, &third), ENT_INVALID);
    assert_string_equal(ent_diags_get(work->diags, ent_diags_count(work->diags) - 1)->code, "A103");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_zone_is_compared_with_and_without_each_issue),
        cmocka_unit_test(each_rung_of_the_ladder_is_the_best_of_its_steps),
        cmocka_unit_test(who_gives_nothing_adds_nothing),
    };
    return cmocka_run_group_tests_name("third", tests, NULL, NULL);
}
