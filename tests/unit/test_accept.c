/*
 * Acceptance with lines, approvers, councils, rules and what cannot be had, against what the model
 * says, world by world and outcome by outcome.
 */
#include "toy_case.h"
#include "unit.h"

#include "answers/search.h"
#include "answers/walk.h"
#include "answers/zone.h"
#include "record/approval.h"

enum { WORLDS = 300, PARTIES = 4, ISSUES = 4 };

/*
 * Parties 0 and 1 decide, 2 approves one issue, of every second seed as a council of the others by
 * a random rule, 3 observes. Each has up to two lines where `lined`; the worlds are the same.
 */
static ent_analysis *random_analysis(ent_work *work, uint64_t seed, bool lined)
{
    static const uint32_t members[] = {3, 0, 1};
    ent_arena *arena = work->arena;
    ent_analysis *analysis = toy_analysis(arena, seed, ISSUES, PARTIES, WORLDS, false);
    ent_stream s = ent_stream_of(seed, 91, 0);
    if (seed % 2 == 0) {
        ent_approval *rule = ent_alloc(arena, 1, ent_approval);
        bool *veto = ent_alloc(arena, 3, bool);
        veto[ent_draw_below(&s, 3)] = ent_draw_below(&s, 2) == 0;
        *rule = (ent_approval){.members = members, .member_count = 1 + ent_draw_below(&s, 3),
                               .veto = veto};
        rule->of = rule->member_count + ent_draw_below(&s, 2);
        rule->votes = 1 + ent_draw_below(&s, rule->of);
        ent_party *parties = ent_alloc(arena, PARTIES, ent_party);
        ent_case *c = ent_alloc(arena, 1, ent_case);
        memcpy(parties, analysis->c->parties, PARTIES * sizeof *parties);
        parties[2].approval = rule;
        *c = *analysis->c;
        c->parties = parties;
        analysis->c = c;
    }
    ent_line *at = ent_alloc(arena, 2 * PARTIES, ent_line);
    size_t count = 0;
    for (uint32_t p = 0; p < PARTIES; p++) {
        ent_lines own = toy_lines(arena, &s, &analysis->c->space, p, ent_draw_below(&s, 3));
        for (size_t i = 0; i < own.count; i++) {
            at[count++] = own.at[i];
        }
    }
    analysis->worlds[0].lines = (ent_lines){at, lined ? count : 0};
    analysis->councils = ent_councils_of(arena, analysis->c, analysis->stakes, ENT_UNNAMED_STATED);
    return analysis;
}

static bool keeps(const ent_analysis *analysis, uint32_t party, const uint64_t *levels)
{
    return toy_keeps(&analysis->c->space, &analysis->worlds[0].lines, party, levels);
}

static double gain_of(const ent_analysis *analysis, uint32_t p, uint32_t w, const uint64_t *levels)
{
    const ent_world_set *set = &analysis->worlds[0].sets[p];
    return toy_value(&analysis->c->space, analysis->stakes[p], set, w, levels) - (double)set->b[w];
}

static bool accepts(const ent_analysis *analysis, uint32_t p, uint32_t w, const uint64_t *levels)
{
    return keeps(analysis, p, levels) && gain_of(analysis, p, w, levels) >= -1e-6;
}

/* All that the outcome asks, by the parties that accept. */
static bool suits(const ent_case *c, const uint64_t *levels, const bool *yes)
{
    const ent_approval *rule = c->parties[2].approval;
    if (!yes[0] || !yes[1]) {
        return false;
    }
    if (!ent_is_touched(c->parties[2].approves, ISSUES, levels)) {
        return true;
    }
    uint32_t votes = 0;
    for (uint32_t m = 0; rule != NULL && m < rule->member_count; m++) {
        votes += yes[rule->members[m]];
        if (rule->veto[m] && !yes[rule->members[m]]) {
            return false;
        }
    }
    return rule == NULL ? yes[2] : votes >= rule->votes;
}

static bool suits_world(const ent_analysis *analysis, uint32_t w, const uint64_t *levels)
{
    bool yes[PARTIES];
    for (uint32_t p = 0; p < PARTIES; p++) {
        yes[p] = accepts(analysis, p, w, levels);
    }
    return suits(analysis->c, levels, yes);
}

/* Does a deal suit the world? The best product of the deciders' gains, or -1. */
static double best_product(const ent_analysis *analysis, uint32_t w, const ent_grid *grid)
{
    double best = -1;
    uint64_t levels[ISSUES];
    for (uint64_t i = 1; i < grid->outcomes; i++) {
        ent_grid_outcome(grid, i, levels);
        if (ent_deal_available(&analysis->c->space, &analysis->worlds[0].bans, levels) &&
            suits_world(analysis, w, levels)) {
            best = fmax(best, fmax(0, gain_of(analysis, 0, w, levels)) *
                                  fmax(0, gain_of(analysis, 1, w, levels)));
        }
    }
    return best;
}

/* The chance that the outcome suits all, parties accepting independently with these shares. */
static double joint_of(const ent_case *c, const uint64_t *levels, const double *share)
{
    double joint = 0;
    for (uint32_t set = 0; set < 1U << PARTIES; set++) {
        bool yes[PARTIES];
        double chance = 1;
        for (uint32_t p = 0; p < PARTIES; p++) {
            bool council = c->parties[p].approval != NULL;
            yes[p] = (set >> p & 1) != 0;
            chance *= council ? 0.5 : yes[p] ? share[p] : 1 - share[p];
        }
        joint += suits(c, levels, yes) ? chance : 0;
    }
    return joint;
}

static ent_grid grid_of(ent_work *work, const ent_analysis *analysis)
{
    ent_grid grid;
    assert_true(ent_grid_of(work->arena, &analysis->c->space, NULL, &grid));
    return grid;
}

static ent_deals deals_of(ent_work *work, const ent_analysis *analysis, size_t account)
{
    ent_deals deals;
    ent_deals_request request = {.top = 0, .verdicts = true};
    assert_int_equal(ent_answer_deals(work, analysis, account, &request, &deals), ENT_OK);
    return deals;
}

static const ent_deal *same_deal(const ent_deals *deals, const uint64_t *levels, size_t issues)
{
    size_t i = 0;
    while (i < deals->count && memcmp(deals->at[i].levels, levels, issues * sizeof *levels) != 0) {
        i++;
    }
    assert_true(i < deals->count);
    return &deals->at[i];
}

UNIT(a_line_takes_its_party_s_share_and_nobody_else_s)
{
    size_t crossings = 0;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        ent_analysis *lined = random_analysis(work, seed, true);
        ent_analysis *free = random_analysis(work, seed, false);
        ent_deals deals = deals_of(work, lined, 0);
        ent_deals before = deals_of(work, free, 0);
        assert_int_equal(deals.count, before.count);
        for (size_t i = 0; i < deals.count; i++) {
            const ent_deal *deal = &deals.at[i];
            const ent_deal *then = same_deal(&before, deal->levels, ISSUES);
            ent_deal single;
            (void)ent_answer_deal(work, lined, 0, deal->levels, &single);
            for (uint32_t p = 0; p < PARTIES; p++) {
                bool crosses = !keeps(lined, p, deal->levels);
                if (lined->c->parties[p].approval != NULL) {
                    assert_true(deal->shares[p] <= then->shares[p] + 1e-12);
                } else if (crosses) {
                    ent_grounds grounds = ent_verdict_grounds(work, lined, 0, p, deal->levels,
                                                              deal->verdicts[p]);
                    assert_true(deal->shares[p] == 0);
                    assert_int_equal(deal->verdicts[p], ENT_IMPOSSIBLE);
                    assert_true(grounds.line != NULL && grounds.line->party == p);
                    assert_int_equal(grounds.count, 1);
                    crossings++;
                } else {
                    assert_true(deal->shares[p] == then->shares[p]);
                    assert_int_equal(deal->verdicts[p], then->verdicts[p]);
                }
                assert_near(single.shares[p], deal->shares[p], 2.0 / WORLDS);
                assert_int_equal(single.verdicts[p], deal->verdicts[p]);
            }
            assert_near(deal->joint, joint_of(lined->c, deal->levels, deal->shares), 1e-9);
            assert_true(deal->joint <= then->joint + 1e-12);
        }
    }
    assert_true(crossings > 1000);
}

UNIT(sweeps_and_searches_find_the_deals_of_each_world)
{
    size_t with = 0, without = 0;
    for (uint64_t seed = 31; seed <= 60; seed++) {
        ent_analysis *analysis = random_analysis(work, seed, true);
        ent_grid grid = grid_of(work, analysis);
        ent_voters voters = ent_voters_of(work->arena, analysis, 0);
        const ent_tally *tally;
        uint8_t *zone = ent_alloc(work->arena, WORLDS, uint8_t);
        uint32_t undecided, off = 0;
        assert_int_equal(ent_tally_of(work, analysis, 0, &tally), ENT_OK);
        assert_int_equal(ent_search_zone(work, &analysis->c->space, &analysis->worlds[0].bans,
                                         &voters, WORLDS, zone, &undecided),
                         ENT_OK);
        ent_nash_search *nash = ent_nash_search_create(work, analysis, 0, &grid);
        for (uint32_t w = 0; w < WORLDS; w++) {
            uint64_t index, levels[ISSUES];
            double best = best_product(analysis, w, &grid);
            bool found = ent_nash_deal(nash, w, &index);
            off += (best >= 0) != (tally->zone[w] != 0) || (best >= 0) != (zone[w] != 0) ||
                   (best >= 0) != found;
            with += best >= 0;
            without += best < 0;
            if (found) {
                ent_grid_outcome(&grid, index, levels);
                assert_near(fmax(0, gain_of(analysis, 0, w, levels)) *
                                fmax(0, gain_of(analysis, 1, w, levels)),
                            best, 1e-6);
                assert_true(keeps(analysis, 0, levels) && keeps(analysis, 1, levels));
            }
            if (ent_search_world(work, &analysis->c->space, &analysis->worlds[0].bans,
                                 &voters, w, levels)) {
                assert_true(keeps(analysis, 0, levels) && keeps(analysis, 1, levels));
            }
        }
        assert_true(off <= 1); /* a tie may fall either way */
    }
    assert_true(with > 1000 && without > 1000);
}

UNIT(the_zone_is_the_best_deal_and_what_others_add)
{
    size_t beside = 0;
    for (uint64_t seed = 61; seed <= 90; seed++) {
        ent_analysis *analysis = random_analysis(work, seed, seed % 3 != 0);
        ent_grid grid = grid_of(work, analysis);
        ent_deals deals = deals_of(work, analysis, 0);
        if (deals.count == 0) {
            continue;
        }
        uint32_t others = 0;
        for (uint32_t w = 0; w < WORLDS; w++) {
            others += best_product(analysis, w, &grid) >= 0 &&
                      !suits_world(analysis, w, deals.at[0].levels);
        }
        double zone = fmin(1, deals.at[0].joint + (double)others / WORLDS);
        assert_near(deals.zone.share, zone, 1.5 / WORLDS);
        assert_true(deals.zone.share >= deals.at[0].joint);
        assert_true(deals.zone.interval.low <= deals.zone.share);
        assert_true(deals.zone.interval.high >= deals.zone.share);
        beside += others > 0;
        analysis->settings.sweep_limit = 1;
        analysis->kept[0] = (ent_kept){0};
        ent_deals found = deals_of(work, analysis, 0);
        assert_int_equal(found.method, ENT_BY_SEARCH);
        assert_true(found.zone.share >= found.at[0].joint);
        if (found.proved) {
            assert_near(found.at[0].joint, deals.at[0].joint, 2.5 / WORLDS);
        }
        for (size_t i = 0; found.proved && i < found.count && i < 5; i++) {
            assert_near(found.at[i].joint, deals.at[i].joint, 2.5 / WORLDS);
        }
    }
    assert_true(beside > 5);
}

UNIT(one_line_more_never_raises_a_share)
{
    for (uint64_t seed = 91; seed <= 110; seed++) {
        ent_analysis *analysis = random_analysis(work, seed, true);
        ent_account_worlds *worlds = &analysis->worlds[0];
        ent_lines all = worlds->lines;
        const ent_tally *before = NULL;
        ent_deals had = {.count = 0};
        for (size_t count = 0; count <= all.count; count++) {
            const ent_tally *tally;
            worlds->lines.count = count;
            analysis->kept[0] = (ent_kept){0};
            assert_int_equal(ent_tally_of(work, analysis, 0, &tally), ENT_OK);
            ent_deals deals = deals_of(work, analysis, 0);
            for (uint32_t w = 0; before != NULL && w < WORLDS; w++) {
                assert_true(tally->zone[w] <= before->zone[w]);
            }
            for (size_t i = 0; before != NULL && i < deals.count; i++) {
                const ent_deal *then = same_deal(&had, deals.at[i].levels, ISSUES);
                assert_true(deals.at[i].joint <= then->joint + 1e-12);
                for (uint32_t p = 0; p < PARTIES; p++) {
                    assert_true(deals.at[i].shares[p] <= then->shares[p] + 1e-12);
                }
            }
            before = tally;
            had = deals;
        }
    }
}

/* ---- Few worlds ---------------------------------------------------------------------------- */

/* The share in a great many worlds, and how often the interval of few worlds holds it. */
UNIT(intervals_are_honest_with_few_worlds)
{
    size_t held = 0, asked = 0, sampled = 0;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        ent_analysis *many = toy_analysis(work->arena, seed, 3, 2, 20000, false);
        double truth = deals_of(work, many, 0).zone.share;
        for (uint32_t from = 0; from < 20; from++) {
            ent_analysis *few = toy_analysis(work->arena, seed, 3, 2, 20000, false);
            few->settings.worlds = 40;
            for (uint32_t p = 0; p < 2; p++) {
                ent_world_set *set = &few->worlds[0].sets[p];
                set->z += 64 * from;
                set->b += 64 * from;
                set->worlds = 40;
                set->effective = 40;
            }
            ent_zone zone = deals_of(work, few, 0).zone;
            held += zone.interval.low <= truth && truth <= zone.interval.high;
            asked++;
            sampled += zone.error > 0;
            assert_true(zone.error > 0 ? zone.poor : zone.share == truth); /* or proved */
        }
    }
    assert_true(sampled > asked / 2);
    assert_true(held >= asked * 9 / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_takes_its_party_s_share_and_nobody_else_s),
        cmocka_unit_test(sweeps_and_searches_find_the_deals_of_each_world),
        cmocka_unit_test(the_zone_is_the_best_deal_and_what_others_add),
        cmocka_unit_test(one_line_more_never_raises_a_share),
        cmocka_unit_test(intervals_are_honest_with_few_worlds),
    };
    return cmocka_run_group_tests_name("accept", tests, NULL, NULL);
}
