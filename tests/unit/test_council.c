/* Councils: what the engine makes of voting rules against the rule itself, world by world. */
#include "toy_case.h"
#include "unit.h"

#include "answers/bits.h"
#include "answers/search.h"
#include "answers/walk.h"
#include "io/case.h"
#include "record/approval.h"

enum { WORLDS = 300, PARTIES = 4, ISSUES = 4 };

/* The third party becomes a council of the others, by a random rule. */
static ent_analysis *council_analysis(ent_work *work, uint64_t seed)
{
    ent_arena *arena = work->arena;
    ent_analysis *analysis = toy_analysis(arena, seed, ISSUES, PARTIES, WORLDS, false);
    ent_stream s = ent_stream_of(seed, 77, 0);
    ent_approval *rule = ent_alloc(arena, 1, ent_approval);
    static const uint32_t members[] = {3, 0, 1};
    bool *veto = ent_alloc(arena, 3, bool);
    rule->members = members;
    rule->member_count = 1 + ent_draw_below(&s, 3);
    rule->of = rule->member_count + ent_draw_below(&s, 3);
    rule->votes = 1 + ent_draw_below(&s, rule->of);
    rule->others = ent_draw_below(&s, rule->of - rule->member_count + 1);
    for (uint32_t m = 0; m < 3; m++) {
        veto[m] = ent_draw_below(&s, 3) == 0;
    }
    rule->veto = veto;
    ent_party *parties = ent_alloc(arena, PARTIES, ent_party);
    ent_case *c = ent_alloc(arena, 1, ent_case);
    memcpy(parties, analysis->c->parties, PARTIES * sizeof *parties);
    parties[2].approval = rule;
    *c = *analysis->c;
    c->parties = parties;
    analysis->c = c;
    analysis->councils = ent_councils_of(arena, analysis->c, analysis->stakes, ENT_UNNAMED_STATED);
    return analysis;
}

static bool accepts(const ent_analysis *analysis, uint32_t p, uint32_t w, const uint64_t *levels)
{
    const ent_world_set *set = &analysis->worlds[0].sets[p];
    double v = toy_value(&analysis->c->space, analysis->stakes[p], set, w, levels);
    return v >= (double)set->b[w] - 1e-6;
}

/* The rule as it is written: enough votes, those of `others` among them, and no veto. */
static bool consents(const ent_approval *rule, const bool *yes)
{
    uint32_t votes = rule->others;
    for (uint32_t m = 0; m < rule->member_count; m++) {
        votes += yes[rule->members[m]];
        if (rule->veto[m] && !yes[rule->members[m]]) {
            return false;
        }
    }
    return votes >= rule->votes;
}

static bool suits_all(const ent_case *c, const uint64_t *levels, const bool *yes)
{
    bool asked = ent_party_asked(&c->parties[2], ISSUES, levels);
    return yes[0] && yes[1] && (!asked || consents(c->parties[2].approval, yes));
}

/* Does some deal suit all in this world, by looking at each? */
static bool has_deal(const ent_analysis *analysis, uint32_t w, const ent_grid *grid)
{
    const ent_case *c = analysis->c;
    uint64_t levels[ISSUES];
    for (uint64_t i = 1; i < grid->outcomes; i++) {
        bool yes[PARTIES];
        ent_grid_outcome(grid, i, levels);
        for (uint32_t p = 0; p < PARTIES; p++) {
            yes[p] = accepts(analysis, p, w, levels);
        }
        if (ent_deal_available(&c->space, &analysis->worlds[0].bans, levels) &&
            suits_all(c, levels, yes)) {
            return true;
        }
    }
    return false;
}

UNIT(the_zone_is_what_the_rule_says_world_by_world)
{
    size_t binding = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        ent_analysis *analysis = council_analysis(work, seed);
        const ent_space *space = &analysis->c->space;
        ent_grid grid;
        assert_true(ent_grid_of(work->arena, space, NULL, &grid));
        const ent_tally *tally;
        assert_int_equal(ent_tally_of(work, analysis, 0, &tally), ENT_OK);
        ent_voters voters = ent_voters_of(work->arena, analysis, 0);
        uint8_t *zone = ent_alloc(work->arena, WORLDS, uint8_t);
        uint32_t undecided, off = 0, searched_off = 0;
        assert_int_equal(ent_search_zone(work, space, &analysis->worlds[0].bans, &voters, WORLDS,
                                         zone, &undecided),
                         ENT_OK);
        for (uint32_t w = 0; w < WORLDS; w++) {
            bool has = has_deal(analysis, w, &grid);
            off += has != (tally->zone[w] != 0);
            searched_off += has != (zone[w] != 0);
        }
        assert_true(off <= 1 && searched_off <= 1); /* a tie may fall either way */
        binding += analysis->councils.binding;
    }
    assert_true(binding > 10 && binding < 40);
}

/* Sum of the chances of all sets of accepting parties that suit, parties being independent. */
static void brute_shares(const ent_case *c, const uint64_t *levels, const double *share,
                         double *joint, double *council)
{
    *joint = *council = 0;
    for (uint32_t set = 0; set < 1U << PARTIES; set++) {
        bool yes[PARTIES];
        double chance = 1;
        for (uint32_t p = 0; p < PARTIES; p++) {
            yes[p] = (set >> p & 1) != 0;
            chance *= p == 2 ? 0.5 : yes[p] ? share[p] : 1 - share[p];
        }
        *joint += suits_all(c, levels, yes) ? chance : 0;
        *council += consents(c->parties[2].approval, yes) ? chance : 0;
    }
}

UNIT(shares_and_verdicts_follow_from_the_members)
{
    for (uint64_t seed = 1; seed <= 40; seed++) {
        ent_analysis *analysis = council_analysis(work, seed);
        const ent_approval *rule = analysis->c->parties[2].approval;
        ent_deals_request request = {.top = 0, .verdicts = true};
        ent_deals deals;
        assert_int_equal(ent_answer_deals(work, analysis, 0, &request, &deals), ENT_OK);
        for (size_t i = 0; i < deals.count; i++) {
            const ent_deal *deal = &deals.at[i];
            double joint, council;
            bool must[PARTIES], may[PARTIES];
            brute_shares(analysis->c, deal->levels, deal->shares, &joint, &council);
            assert_near(deal->joint, joint, 1e-12);
            assert_near(deal->shares[2], council, 1e-12);
            for (uint32_t p = 0; p < PARTIES; p++) {
                must[p] = deal->verdicts[p] == ENT_NECESSARY;
                may[p] = deal->verdicts[p] != ENT_IMPOSSIBLE;
            }
            assert_int_equal(deal->verdicts[2], consents(rule, must)  ? ENT_NECESSARY
                                                : consents(rule, may) ? ENT_POSSIBLE
                                                                      : ENT_IMPOSSIBLE);
        }
    }
}

UNIT(search_and_sweep_agree_on_councils)
{
    for (uint64_t seed = 1; seed <= 16; seed++) {
        ent_analysis *analysis = council_analysis(work, seed);
        ent_deals_request request = {.top = 4, .verdicts = true};
        ent_deals swept, found;
        assert_int_equal(ent_answer_deals(work, analysis, 0, &request, &swept), ENT_OK);
        analysis->settings.sweep_limit = 1;
        assert_int_equal(ent_answer_deals(work, analysis, 0, &request, &found), ENT_OK);
        assert_near(found.zone.share, swept.zone.share, 1.5 / WORLDS);
        for (size_t i = 0; found.proved && i < 4; i++) {
            assert_near(found.at[i].joint, swept.at[i].joint, 2.5 / WORLDS);
        }
    }
}

UNIT(the_nash_deal_has_the_consent_of_the_council)
{
    for (uint64_t seed = 1; seed <= 16; seed++) {
        ent_analysis *analysis = council_analysis(work, seed);
        const ent_case *c = analysis->c;
        ent_grid grid;
        assert_true(ent_grid_of(work->arena, &c->space, NULL, &grid));
        ent_nash_search *search = ent_nash_search_create(work, analysis, 0, &grid);
        uint32_t off = 0;
        for (uint32_t w = 0; w < WORLDS; w++) {
            uint64_t index, levels[ISSUES];
            bool found = ent_nash_deal(search, w, &index);
            off += found != has_deal(analysis, w, &grid);
            if (found && index != 0) {
                bool yes[PARTIES];
                ent_grid_outcome(&grid, index, levels);
                for (uint32_t p = 0; p < PARTIES; p++) {
                    yes[p] = accepts(analysis, p, w, levels);
                }
                off += !suits_all(c, levels, yes);
            }
        }
        assert_true(off <= 2);
    }
}

/* Rows of bits joined: the rule on each world's bits, and nothing beyond the last world. */
UNIT(joined_rows_are_what_the_rule_says_of_each_world)
{
    size_t bound = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        ent_analysis *analysis = council_analysis(work, seed);
        ent_bits bits = ent_bits_of(work->arena, analysis, 0);
        const uint64_t **of = ent_alloc(work->arena, bits.voters.count, const uint64_t *);
        ent_stream s = ent_stream_of(seed, 78, 0);
        for (size_t v = 0; v < bits.voters.count; v++) {
            uint64_t *row = ent_alloc(work->arena, bits.words, uint64_t);
            for (uint32_t w = 0; w < WORLDS; w++) {
                row[w / 64] |= (uint64_t)(ent_draw_below(&s, 4) > 0) << w % 64;
            }
            of[v] = row;
        }
        uint64_t levels[ISSUES], *joint = ent_alloc(work->arena, bits.words, uint64_t);
        for (int trial = 0; trial < 20; trial++) {
            toy_levels(&s, &analysis->c->space, levels);
            ent_join_rows(&bits, levels, of, joint);
            for (uint32_t w = 0; w < 64 * bits.words; w++) {
                bool yes[PARTIES] = {false};
                for (size_t v = 0; v < bits.voters.count; v++) {
                    yes[bits.voters.party[v]] = (of[v][w / 64] >> w % 64 & 1) != 0;
                }
                bool suits = w < WORLDS && suits_all(analysis->c, levels, yes);
                assert_int_equal(joint[w / 64] >> w % 64 & 1, suits);
                bound += !suits && w < WORLDS && yes[0] && yes[1];
            }
        }
    }
    assert_true(bound > 1000); /* refused by the council alone */
}

/* Two councils with a member in common: their votes are not independent. */
UNIT(councils_may_share_members)
{
    ent_party party[5] = {{.role = ENT_DECIDER}, {.role = ENT_DECIDER}, {.role = ENT_OBSERVER},
                          {.role = ENT_APPROVER}, {.role = ENT_APPROVER}};
    uint32_t members[] = {1, 2};
    bool asks[] = {true};
    ent_approval rule = {.votes = 1, .of = 2, .members = members, .veto = (bool[]){false, false},
                         .member_count = 2};
    ent_approval both = rule;
    both.votes = 2;
    party[3].approval = &rule;
    party[3].approves = party[4].approves = asks;
    party[4].approval = &both;
    ent_case c = {.parties = party, .party_count = 5};
    c.space.issue_count = 1;
    ent_stakes stakes = {.reservation = {0, 1}};
    const ent_stakes *all[] = {&stakes, &stakes, &stakes, &stakes, &stakes};
    ent_councils councils = ent_councils_of(work->arena, &c, all, ENT_UNNAMED_STATED);
    assert_int_equal(councils.count, 2);
    assert_int_equal(councils.binding, 1); /* one vote of two: the decider on it is enough */
    double share[] = {0.5, 0.6, 0.7, 0, 0};
    uint64_t deal[] = {1}, none[] = {0};
    assert_near(ent_joint_share(&c, &councils, deal, share), 0.5 * 0.6 * 0.7, 1e-15);
    assert_near(ent_joint_share(&c, &councils, none, share), 0.5 * 0.6, 1e-15);
    assert_near(ent_council_share(&councils.at[0], share), 1 - 0.4 * 0.3, 1e-15);
    party[1].role = ENT_OBSERVER;
    councils = ent_councils_of(work->arena, &c, all, ENT_UNNAMED_STATED);
    assert_int_equal(councils.binding, 2);
    assert_near(ent_joint_share(&c, &councils, deal, share), 0.5 * 0.6 * 0.7, 1e-15);
}

/* What is not modelled lies between all against and all for. */
UNIT(seats_that_are_not_named_give_an_interval)
{
    uint32_t members[] = {0, 1};
    ent_approval rule = {.votes = 9, .of = 15, .members = members,
                         .veto = (bool[]){true, true}, .member_count = 2, .others = 8};
    assert_int_equal(ent_approval_needed(&rule, ENT_UNNAMED_STATED), 1);
    assert_int_equal(ent_approval_needed(&rule, ENT_UNNAMED_AGAINST), 9);
    assert_int_equal(ent_approval_needed(&rule, ENT_UNNAMED_FOR), 0);
    (void)work;
}

/* A voting rule with every key, written and read again. */
UNIT(a_rule_survives_being_written)
{
    static const char yaml[] =
        "entente: 1\ntitle: A senate\n"
        "parties: {a: {}, b: {}, o: {role: observer}, s: {role: approver, approves: [x],"
        " approval: {votes: 3, of: 6, members: [b, o], veto: [o], others: 2,"
        " because: \"two: as before, # said\"}}}\n"
        "issues: {x: {by: a, for: b, options: [no, yes]},"
        " y: {by: b, for: a, options: [no, yes]}}\n";
    ent_case *c = NULL, *again = NULL;
    ent_text text = {"made.yaml", yaml, strlen(yaml)};
    assert_int_equal(ent_read_case(work, &ent_disk, &text, "", &c), ENT_OK);
    ent_buffer out = ent_buffer_init(work->arena, 0);
    ent_put_case(&out, c);
    ent_text written = {"written.yaml", out.at, out.length};
    assert_int_equal(ent_read_case(work, &ent_disk, &written, "", &again), ENT_OK);
    const ent_approval *rule = c->parties[3].approval, *same = again->parties[3].approval;
    assert_non_null(same);
    assert_int_equal(same->votes, 3);
    assert_int_equal(same->of, 6);
    assert_int_equal(same->others, 2);
    assert_string_equal(same->because, rule->because);
    assert_int_equal(same->member_count, 2);
    for (uint32_t m = 0; m < 2; m++) {
        assert_int_equal(same->members[m], rule->members[m]);
        assert_int_equal(same->veto[m], rule->veto[m]);
    }
    assert_true(again->parties[3].approves[0] && !again->parties[3].approves[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_zone_is_what_the_rule_says_world_by_world),
        cmocka_unit_test(shares_and_verdicts_follow_from_the_members),
        cmocka_unit_test(search_and_sweep_agree_on_councils),
        cmocka_unit_test(the_nash_deal_has_the_consent_of_the_council),
        cmocka_unit_test(joined_rows_are_what_the_rule_says_of_each_world),
        cmocka_unit_test(councils_may_share_members),
        cmocka_unit_test(seats_that_are_not_named_give_an_interval),
        cmocka_unit_test(a_rule_survives_being_written),
    };
    return cmocka_run_group_tests_name("council", tests, NULL, NULL);
}
