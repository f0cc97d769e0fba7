#include "toy_case.h"
#include "unit.h"

#include "answers/best_joint.h"
#include "answers/frontier.h"
#include "answers/search_quest.h"

static ent_deals deals_of(ent_work *work, const ent_analysis *analysis, ent_deals_request request)
{
    ent_deals deals;
    assert_int_equal(ent_answer_deals(work, analysis, 0, &request, &deals), ENT_OK);
    return deals;
}

UNIT(a_world_has_a_deal_iff_some_outcome_is_one)
{
    for (uint64_t seed = 200; seed < 220; seed++) {
        uint32_t parties = 2 + (uint32_t)seed % 3;
        ent_analysis *analysis = toy_analysis(work->arena, seed, 5, parties, 400, false);
        const ent_space *space = &analysis->c->space;
        const ent_bans *bans = &analysis->worlds[0].bans;
        ent_voters voters = ent_voters_of(work->arena, analysis, 0);
        ent_grid grid;
        assert_true(ent_grid_of(work->arena, space, NULL, &grid));
        uint64_t count;
        const uint8_t *available = ent_grid_available(work, &grid, bans, &count);
        ent_sweep plain;
        ent_sweep_plain(work->arena, &grid, &voters, available, &plain);
        uint8_t *zone = ent_alloc(work->arena, 400, uint8_t);
        uint32_t undecided;
        assert_int_equal(ent_search_zone(work, space, bans, &voters, 400, zone, &undecided),
                         ENT_OK);
        assert_int_equal(undecided, 0);
        uint32_t off = 0;
        for (uint32_t w = 0; w < 400; w++) {
            off += zone[w] != plain.zone[w];
        }
        assert_true(off <= 1); /* a tie may fall either way */
    }
}

/* Where nobody is asked, every outcome that can be had suits all worlds. */
UNIT(worlds_have_deals_where_nobody_is_asked)
{
    for (uint64_t seed = 1; seed <= 20; seed++) {
        ent_analysis *analysis = toy_analysis(work->arena, seed, 4, 2, 50, false);
        ent_party *party = ent_alloc(work->arena, 2, ent_party);
        ent_case *c = ent_alloc(work->arena, 1, ent_case);
        party[0].role = party[1].role = ENT_OBSERVER;
        *c = *analysis->c;
        c->parties = party;
        analysis->c = c;
        ent_voters voters = ent_voters_of(work->arena, analysis, 0);
        uint8_t zone[50];
        uint32_t undecided;
        assert_int_equal(voters.count, 0);
        assert_int_equal(ent_search_zone(work, &c->space, &analysis->worlds[0].bans, &voters, 50,
                                         zone, &undecided),
                         ENT_OK);
        assert_int_equal(undecided, 0);
        for (uint32_t w = 0; w < 50; w++) {
            assert_int_equal(zone[w], 1);
        }
    }
}

UNIT(the_deal_found_for_a_world_suits_it)
{
    ent_analysis *analysis = toy_analysis(work->arena, 230, 6, 3, 200, false);
    const ent_space *space = &analysis->c->space;
    ent_voters voters = ent_voters_of(work->arena, analysis, 0);
    uint64_t levels[6];
    size_t found = 0;
    for (uint32_t w = 0; w < 200; w++) {
        if (!ent_search_world(work, space, &analysis->worlds[0].bans, &voters, w, levels)) {
            continue;
        }
        found++;
        assert_true(ent_deal_available(space, &analysis->worlds[0].bans, levels));
        for (uint32_t p = 0; p < 3; p++) {
            const ent_world_set *set = &analysis->worlds[0].sets[p];
            double value = toy_value(space, analysis->stakes[p], set, w, levels);
            assert_true(!ent_party_asked(&analysis->c->parties[p], 6, levels) ||
                        value >= (double)set->b[w] - 2e-6);
        }
    }
    assert_true(found > 0);
}

/* Own outcomes are few here, so that the search ends and proves what it finds. */
UNIT(search_finds_what_the_sweep_finds)
{
    size_t same = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        uint32_t parties = 2 + (uint32_t)seed % 3;
        ent_analysis *analysis = toy_analysis(work->arena, seed, 5, parties, 100, false);
        ent_deals swept = deals_of(work, analysis, (ent_deals_request){.top = 5, .verdicts = true});
        analysis->settings.sweep_limit = 1;
        ent_deals found = deals_of(work, analysis, (ent_deals_request){.top = 5, .verdicts = true});
        assert_int_equal(found.method, ENT_BY_SEARCH);
        assert_int_equal(found.zone.undecided, 0);
        assert_true(found.proved);
        assert_near(found.zone.share, swept.zone.share, 1.5 / 100);
        assert_int_equal(found.count, swept.count);
        for (size_t i = 0; i < found.count; i++) {
            assert_near(found.at[i].joint, swept.at[i].joint, 2.5 / 100);
            if (memcmp(found.at[i].levels, swept.at[i].levels, 5 * sizeof(uint64_t)) == 0) {
                assert_int_equal(found.at[i].frontier, swept.at[i].frontier);
                same++;
            }
        }
    }
    assert_true(same > 280); /* a tie may fall either way */
}

/* Counts of own outcomes at random, with many ties: the list is that of all packages, sorted. */
UNIT(the_best_of_all_packages_are_listed)
{
    for (uint64_t seed = 1; seed <= 300; seed++) {
        ent_stream s = ent_stream_of(seed, 12, 0);
        uint32_t parties = 2 + (uint32_t)seed % 3;
        ent_analysis *analysis = toy_analysis(work->arena, seed, 4, parties, 20, false);
        const ent_space *space = &analysis->c->space;
        const ent_bans *bans = &analysis->worlds[0].bans;
        ent_voters voters = ent_voters_of(work->arena, analysis, 0);
        ent_own_plan plan;
        assert_true(ent_own_plan_of(work->arena, space, NULL, &voters, 1 << 16, &plan));
        uint32_t **counts = ent_alloc(work->arena, voters.count, uint32_t *);
        for (size_t v = 0; v < voters.count; v++) {
            uint64_t outcomes = plan.own[v].size[plan.own[v].count];
            counts[v] = ent_alloc(work->arena, outcomes, uint32_t);
            for (uint64_t i = 0; i < outcomes; i++) {
                counts[v][i] = ent_draw_below(&s, seed % 2 == 0 ? 3 : 17);
            }
        }
        size_t room = 1 + ent_draw_below(&s, 9);
        ent_best_list found = ent_best_list_of(work->arena, space->issue_count, room);
        ent_best_list all = ent_best_list_of(work->arena, space->issue_count, room);
        assert_true(ent_best_joint(work, &plan, bans, counts, 16, &found));
        ent_grid grid;
        assert_true(ent_grid_of(work->arena, space, NULL, &grid));
        uint64_t levels[4];
        for (uint64_t i = 0; i < grid.outcomes; i++) {
            ent_grid_outcome(&grid, i, levels);
            double joint = 1;
            for (size_t v = 0; v < voters.count; v++) {
                uint64_t own = 0;
                for (size_t j = 0; j < plan.own[v].count; j++) {
                    const ent_digit *d = &plan.digits[plan.own[v].digit[j]];
                    uint64_t level = levels[d->issue];
                    own = own * d->radix +
                          (d->component == ENT_NONE ? level : level >> d->component & 1);
                }
                bool asked = voters.at[v].asked == NULL ||
                             ent_is_touched(voters.at[v].asked, 4, levels);
                joint *= asked ? (double)counts[v][own] / 16 : 1;
            }
            if (ent_deal_available(space, bans, levels)) {
                ent_best_list_keep(&all, levels, joint);
            }
        }
        assert_int_equal(found.count, all.count);
        for (size_t i = 0; i < all.count; i++) {
            assert_near(found.at[i].joint, all.at[i].joint, 1e-15);
            assert_memory_equal(found.at[i].levels, all.at[i].levels, sizeof levels);
        }
    }
}

/* Blocks that are ruled out hold nothing that is listed: the list is that of all packages. */
UNIT(bounded_sweeps_list_what_whole_sweeps_do)
{
    size_t compared = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        uint32_t worlds = seed % 10 == 5 ? 6000 : 40; /* so many: some are ruled out half way */
        ent_analysis *analysis = toy_analysis(work->arena, seed, 5, 2, worlds, false);
        ent_tally tally;
        ent_quest quest;
        size_t room = 1 + seed % 7;
        assert_int_equal(ent_tally_account(work, analysis, 0, &tally), ENT_OK);
        ent_best_list all = ent_best_list_of(work->arena, 5, room);
        const double *joint = ent_tally_joint(work->arena, &tally);
        uint64_t levels[5];
        for (uint64_t i = 0; i < tally.grid.outcomes; i++) {
            if (tally.available[i] != 0) {
                ent_grid_outcome(&tally.grid, i, levels);
                ent_best_list_keep(&all, levels, joint[i]);
            }
        }
        ent_quest_of(work, analysis, 0, room, &quest);
        assert_true(ent_bounds_help(&quest));
        quest.task = seed % 2 == 0 ? 0 : 20;
        work->threads = 1 + (int)(seed % 3);
        assert_int_equal(ent_bounded_sweep(work, &quest), ENT_OK);
        work->threads = 1;
        assert_true(quest.proved);
        assert_int_equal(quest.list.count, all.count);
        for (size_t i = 0; i < all.count; i++) {
            assert_near(quest.list.at[i].joint, all.at[i].joint, 1.5 / worlds);
            compared += memcmp(quest.list.at[i].levels, all.at[i].levels, sizeof levels) == 0;
        }
    }
    assert_true(compared > 550); /* of 599; a tie may fall either way */
}

/* The most that changing one digit, or two where the climb tries two, would come to. */
static double best_beside(const ent_quest *q, const uint64_t *at)
{
    uint64_t levels[5];
    double best = -1;
    memcpy(levels, at, sizeof levels);
    for (size_t i = 0; i < q->digit_count; i++) {
        for (uint64_t v = 0; v < q->digits[i].radix; v++) {
            ent_set_digit(&q->digits[i], levels, v);
            for (size_t j = i + 1; j <= q->digit_count; j++) {
                uint64_t one[5];
                memcpy(one, levels, sizeof one);
                for (uint64_t w = 0; w < (j < q->digit_count ? q->digits[j].radix : 1); w++) {
                    if (j < q->digit_count) {
                        ent_set_digit(&q->digits[j], one, w);
                    }
                    best = fmax(best, ent_quest_joint(q, one, UINT32_MAX));
                }
            }
        }
        ent_set_digit(&q->digits[i], levels, ent_digit_value(&q->digits[i], at));
    }
    return best;
}

/* No deal of up to two changes beside the one where a climb ends is better, counted afresh. */
UNIT(climbs_end_where_nothing_beside_is_better)
{
    size_t climbed = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        ent_analysis *analysis =
            toy_analysis(work->arena, seed, 5, 2 + (uint32_t)seed % 3, 100, false);
        const ent_space *space = &analysis->c->space;
        ent_quest quest;
        uint64_t start[5];
        bool any = false;
        ent_quest_of(work, analysis, 0, 1, &quest);
        for (uint32_t w = 0; w < 100 && !any; w++) {
            any = ent_search_world(work, space, &analysis->worlds[0].bans, &quest.voters, w, start);
        }
        if (!any) {
            continue;
        }
        double from = ent_quest_joint(&quest, start, UINT32_MAX);
        assert_int_equal(ent_climb_deals(work, &quest, start), ENT_OK);
        assert_int_equal(quest.list.count, 1);
        double joint = quest.list.at[0].joint;
        assert_true(joint >= from - 1.5 / 100);
        assert_true(best_beside(&quest, quest.list.at[0].levels) <= joint + 1.5 / 100);
        climbed += joint > from;
    }
    assert_true(climbed > 30);
}

UNIT(the_frontier_is_the_same_one_by_one)
{
    size_t on = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        ent_analysis *analysis =
            toy_analysis(work->arena, seed, 4, 2 + (uint32_t)seed % 3, 50, false);
        ent_tally tally;
        assert_int_equal(ent_tally_account(work, analysis, 0, &tally), ENT_OK);
        const uint8_t *frontier = ent_frontier_of(work->arena, &tally);
        for (uint64_t i = 0; i < tally.grid.outcomes; i++) {
            if (tally.available[i] != 0) {
                assert_int_equal(ent_is_on_frontier(work->arena, &tally, i), frontier[i]);
                on += frontier[i];
            }
        }
    }
    assert_true(on > 100);
}

UNIT(huge_spaces_are_searched)
{
    ent_analysis *analysis = toy_analysis(work->arena, 3, 20, 2, 300, false);
    ent_deals found = deals_of(work, analysis, (ent_deals_request){.top = 3, .verdicts = true});
    assert_int_equal(found.method, ENT_BY_SEARCH);
    assert_true(found.zone.share > 0 && found.count == 3);
    assert_true(found.at[0].joint > 0 && found.at[0].joint >= found.at[1].joint);
    assert_true(found.zone.share >= found.at[0].joint - 3 * sqrt(0.25 / 300));
}

/* Nothing is better than a deal of all worlds: so many of them are the best, in any space. */
UNIT(deals_of_all_worlds_are_proved_to_be_the_best)
{
    for (size_t top = 1; top < 9; top++) {
        for (int sure = 0; sure < 2; sure++) {
            ent_analysis *analysis = toy_analysis(work->arena, 3 + top, 20, 2, 100, false);
            for (uint32_t p = 0; p < 2; p++) {
                ent_world_set *set = &analysis->worlds[0].sets[p];
                for (uint32_t w = 0; sure == 1 && w < set->stride; w++) {
                    set->b[w] = -100; /* no outcome is as bad */
                }
            }
            ent_deals found = deals_of(work, analysis, (ent_deals_request){.top = top});
            assert_int_equal(found.method, ENT_BY_SEARCH);
            assert_int_equal(found.count, top);
            assert_int_equal(found.proved, sure == 1);
            for (size_t i = 0; sure == 1 && i < top; i++) {
                assert_near(found.at[i].joint, 1, 0);
            }
        }
    }
}

static bool stop_later(void *user)
{
    int *left = user;
    return *left == 0 || --*left == 0;
}

/* Wherever it is stopped: nothing, or deals with the shares that they have, nothing proved. */
UNIT(what_was_found_when_it_was_stopped_is_true)
{
    ent_analysis *analysis = toy_analysis(work->arena, 4, 12, 2, 300, false);
    ent_deals_request request = {.top = 5, .verdicts = true};
    size_t nothing = 0, some = 0, whole = 0;
    for (int calls = 1; calls < 4000000 && whole == 0; calls = calls * 3 / 2 + 1) {
        int left = calls;
        ent_work asked = *work;
        ent_deals deals = {0};
        asked.stopped = stop_later;
        asked.user = &left;
        analysis->settings.sweep_limit = 1;
        ent_status status = ent_search_deals(&asked, analysis, 0, &request, &deals);
        assert_true(status == ENT_OK || status == ENT_CANCELLED);
        whole += status == ENT_OK;
        nothing += status == ENT_CANCELLED && deals.count == 0;
        some += status == ENT_CANCELLED && deals.count > 0;
        for (size_t i = 0; status == ENT_CANCELLED && i < deals.count; i++) {
            ent_deal single;
            (void)ent_answer_deal(work, analysis, 0, deals.at[i].levels, &single);
            assert_null(deals.at[i].verdicts);
            assert_true(single.available && !deals.proved);
            assert_near(single.joint, deals.at[i].joint, 0.02);
            assert_true(i == 0 || deals.at[i].joint <= deals.at[i - 1].joint);
            assert_true(deals.zone.share >= deals.at[0].joint);
        }
    }
    assert_true(nothing > 0 && some > 0 && whole == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_world_has_a_deal_iff_some_outcome_is_one),
        cmocka_unit_test(worlds_have_deals_where_nobody_is_asked),
        cmocka_unit_test(the_deal_found_for_a_world_suits_it),
        cmocka_unit_test(search_finds_what_the_sweep_finds),
        cmocka_unit_test(the_best_of_all_packages_are_listed),
        cmocka_unit_test(bounded_sweeps_list_what_whole_sweeps_do),
        cmocka_unit_test(climbs_end_where_nothing_beside_is_better),
        cmocka_unit_test(the_frontier_is_the_same_one_by_one),
        cmocka_unit_test(huge_spaces_are_searched),
        cmocka_unit_test(deals_of_all_worlds_are_proved_to_be_the_best),
        cmocka_unit_test(what_was_found_when_it_was_stopped_is_true),
    };
    return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
