#include "toy_case.h"
#include "unit.h"

#include "answers/search.h"

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

UNIT(search_finds_what_the_sweep_finds)
{
    size_t proved = 0;
    for (uint64_t seed = 1; seed <= 16; seed++) {
        uint32_t parties = 2 + (uint32_t)seed % 3;
        ent_analysis *analysis = toy_analysis(work->arena, seed, 5, parties, 600, false);
        ent_deals swept = deals_of(work, analysis, (ent_deals_request){5, true});
        analysis->settings.sweep_limit = 1;
        ent_deals found = deals_of(work, analysis, (ent_deals_request){5, true});
        assert_int_equal(found.method, ENT_BY_SEARCH);
        assert_int_equal(found.zone.undecided, 0);
        assert_near(found.zone.share, swept.zone.share, 1.5 / 600);
        proved += found.proved;
        for (size_t i = 0; found.proved && i < 5; i++) {
            assert_near(found.at[i].joint, swept.at[i].joint, 2.5 / 600);
        }
    }
    assert_true(proved > 8);
}

UNIT(huge_spaces_are_searched)
{
    ent_analysis *analysis = toy_analysis(work->arena, 3, 20, 2, 300, false);
    ent_deals found = deals_of(work, analysis, (ent_deals_request){3, true});
    assert_int_equal(found.method, ENT_BY_SEARCH);
    assert_true(found.zone.share > 0 && found.count == 3);
    assert_true(found.at[0].joint > 0 && found.at[0].joint >= found.at[1].joint);
    assert_true(found.zone.share >= found.at[0].joint - 3 * sqrt(0.25 / 300));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_world_has_a_deal_iff_some_outcome_is_one),
        cmocka_unit_test(the_deal_found_for_a_world_suits_it),
        cmocka_unit_test(search_finds_what_the_sweep_finds),
        cmocka_unit_test(huge_spaces_are_searched),
    };
    return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
