/* Haggling in many worlds. */
#include "scenarios.h"
#include "tables.h"

#include "haggle/worlds.h"

/* A pie of 101 slices: deal k gives k/100 to the first and the rest to the second. */
static ent_worlds_game pie_game(ent_work *work, uint32_t worlds, ent_worlds_party *party)
{
    for (uint32_t p = 0; p < 2; p++) {
        float *on = ent_alloc(work->arena, 101, float), *z = ent_alloc(work->arena, worlds, float);
        float *b = ent_alloc(work->arena, worlds, float);
        ent_stream draw = ent_stream_of(7, p, 0);
        for (uint32_t k = 0; k < 101; k++) {
            on[k] = (float)(p == 0 ? k : 100 - k) / 100;
        }
        for (uint32_t w = 0; w < worlds; w++) {
            z[w] = 1;
            b[w] = (float)ent_draw_unit(&draw);
        }
        party[p] = (ent_worlds_party){.k = 1, .on = on, .z = z, .stride = worlds, .b = b,
                                      .opening = p == 0 ? ENT_NO_ENTRY : 40};
    }
    return (ent_worlds_game){.count = 101, .worlds = worlds, .deciders = 2, .parties = 2,
                             .party = party};
}

UNIT(worlds_are_haggled_alike_by_any_number_of_threads)
{
    enum { WORLDS = 500 };
    ent_worlds_party party[2];
    ent_worlds_game game = pie_game(work, WORLDS, party);
    ent_worlds_haggled one, three;
    uint64_t levels[1] = {101}, index[101];
    for (uint32_t k = 0; k < 101; k++) {
        index[k] = k;
    }
    ent_haggle_table form = {.issues = 1, .levels = levels, .index = index};
    ent_haggle_rules rules = {.rounds = 60, .seed = 2};
    ent_chosen_strategy c[2] = {chosen_of(work, "linear"), chosen_of(work, "random")};
    assert_int_equal(ent_haggle_worlds(work, &game, &rules, c, &form, &one), ENT_OK);
    work->threads = 3;
    assert_int_equal(ent_haggle_worlds(work, &game, &rules, c, &form, &three), ENT_OK);
    assert_memory_equal(&one, &three, sizeof one);
    /* Some slice suits both where the reservation values leave one between them. */
    double possible = 0, opens = 0;
    for (uint32_t w = 0; w < WORLDS; w++) {
        double first = (double)party[0].b[w], second = (double)party[1].b[w];
        bool any = false;
        for (int k = 0; k <= 100; k++) {
            any = any || (k / 100.0 >= first - 2e-6 && (100 - k) / 100.0 >= second - 2e-6);
        }
        possible += any ? 1.0 / WORLDS : 0;
        opens += second <= 0.6 ? 1.0 / WORLDS : 0;
    }
    assert_near(one.possible, possible, 1e-9);
    assert_near(one.side[1].opening, opens, 1e-9);
    assert_true(one.agreed > 0.2 && one.agreed <= one.possible);
    assert_near(one.left, 0, 1e-9); /* every slice is on the frontier */
    assert_near(one.side[0].ahead + one.side[1].ahead, 1, 1e-9);
}

/*
 * The first has a line that only every third slice keeps to, whatever the others are worth to it;
 * the second is no other than before.
 */
UNIT(nobody_haggles_across_a_line_of_its_own)
{
    enum { WORLDS = 400 };
    static const char *const names[] = {"linear",   "random",      "micro",       "hardliner",
                                        "boulware", "last-minute", "exponential", "conceder"};
    ent_worlds_party party[2];
    ent_worlds_game game = pie_game(work, WORLDS, party);
    uint8_t *keeps = ent_alloc(work->arena, 101, uint8_t);
    uint64_t levels[1] = {101}, index[101];
    for (uint32_t k = 0; k < 101; k++) {
        index[k] = k;
        keeps[k] = k % 3 == 0;
    }
    party[0].keeps = keeps;
    ent_haggle_table form = {.issues = 1, .levels = levels, .index = index};
    ent_haggle_rules rules = {.rounds = 60, .seed = 2};
    double possible = 0;
    for (uint32_t w = 0; w < WORLDS; w++) {
        bool any = false;
        for (int k = 0; k <= 100; k += 3) {
            any = any || (k / 100.0 >= (double)party[0].b[w] - 2e-6 &&
                          (100 - k) / 100.0 >= (double)party[1].b[w] - 2e-6);
        }
        possible += any ? 1.0 / WORLDS : 0;
    }
    double agreed = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ent_worlds_haggled result;
        ent_chosen_strategy c[2] = {chosen_of(work, names[i]), chosen_of(work, "linear")};
        assert_int_equal(ent_haggle_worlds(work, &game, &rules, c, &form, &result), ENT_OK);
        assert_near(result.possible, possible, 1e-9);
        assert_true(result.agreed <= possible + 1e-9);
        assert_true(result.error > 0);
        agreed += result.agreed;
        for (uint32_t k = 0; k < result.deal_count; k++) {
            assert_int_equal(result.deals[k].entry % 3, 0);
        }
    }
    assert_true(agreed > 1);
}

/* A council of the deciders and one more: who has agreed is not asked a second time. */
UNIT(a_decider_on_a_council_votes_as_it_decides)
{
    enum { WORLDS = 300 };
    ent_worlds_party party[3];
    ent_worlds_game game = pie_game(work, WORLDS, party);
    float *on = ent_alloc(work->arena, 101, float), *b = ent_alloc(work->arena, WORLDS, float);
    uint8_t *asks = ent_alloc(work->arena, 101, uint8_t);
    for (uint32_t k = 0; k < 101; k++) {
        on[k] = k % 10 == 0;
        asks[k] = 1;
    }
    for (uint32_t w = 0; w < WORLDS; w++) {
        b[w] = 0.5F;
    }
    party[2] = (ent_worlds_party){.k = 1, .on = on, .z = party[0].z, .stride = WORLDS, .b = b};
    uint64_t levels[1] = {101};
    ent_haggle_table form = {.issues = 1, .levels = levels};
    ent_haggle_rules rules = {.rounds = 60, .seed = 2};
    ent_chosen_strategy c[2] = {chosen_of(work, "linear"), chosen_of(work, "linear")};
    ent_worlds_haggled alone, two, all;
    assert_int_equal(ent_haggle_worlds(work, &game, &rules, c, &form, &alone), ENT_OK);
    ent_worlds_council council = {.asks = asks, .votes = 2, .members = 7, .vetoes = 3};
    game.parties = 3;
    game.council = &council;
    game.councils = 1;
    assert_int_equal(ent_haggle_worlds(work, &game, &rules, c, &form, &two), ENT_OK);
    assert_true(two.vetoed == 0 && two.agreed == alone.agreed && two.possible == alone.possible);
    council.votes = 3; /* the third party's vote is needed, which takes every tenth slice */
    assert_int_equal(ent_haggle_worlds(work, &game, &rules, c, &form, &all), ENT_OK);
    assert_true(all.vetoed > 0 && all.agreed < alone.agreed && all.possible < alone.possible);
    for (uint32_t k = 0; k < all.deal_count; k++) {
        assert_int_equal(all.deals[k].entry % 10, 0);
    }
}

/* An approver that takes every tenth slice only, of those that it is asked about. */
UNIT(what_is_possible_suits_approvers_too)
{
    enum { WORLDS = 400 };
    ent_worlds_party party[3];
    ent_worlds_game game = pie_game(work, WORLDS, party);
    float *on = ent_alloc(work->arena, 101, float), *b = ent_alloc(work->arena, WORLDS, float);
    uint8_t *asks = ent_alloc(work->arena, 101, uint8_t);
    for (uint32_t k = 0; k < 101; k++) {
        on[k] = k % 10 == 0;
        asks[k] = k < 80;
    }
    for (uint32_t w = 0; w < WORLDS; w++) {
        b[w] = 0.5F;
    }
    party[2] = (ent_worlds_party){.k = 1, .on = on, .z = party[0].z, .stride = WORLDS, .b = b,
                                  .asks = asks};
    game.parties = 3;
    uint64_t levels[1] = {101};
    ent_haggle_table form = {.issues = 1, .levels = levels};
    ent_haggle_rules rules = {.rounds = 60, .seed = 2};
    ent_chosen_strategy c[2] = {chosen_of(work, "linear"), chosen_of(work, "linear")};
    ent_worlds_haggled result;
    assert_int_equal(ent_haggle_worlds(work, &game, &rules, c, &form, &result), ENT_OK);
    uint32_t possible = 0, plain = 0;
    for (uint32_t w = 0; w < WORLDS; w++) {
        bool any = false, any_plain = false;
        for (uint32_t k = 0; k < 101; k++) {
            bool both = k / 100.0 >= (double)party[0].b[w] - 2e-6 &&
                        (100 - k) / 100.0 >= (double)party[1].b[w] - 2e-6;
            any = any || (both && (k >= 80 || k % 10 == 0));
            any_plain = any_plain || both;
        }
        possible += any;
        plain += any_plain;
    }
    assert_true(possible < plain);
    assert_near(result.possible, possible / (double)WORLDS, 1e-12);
    assert_true(result.vetoed > 0 && result.agreed <= result.possible);
}

/*
 * Five deals that are worth the same in every world, two of them worse for both than another: what
 * is said of the agreements is the mean over the deals told of, each with its share.
 */
UNIT(means_are_those_of_the_deals_by_their_shares)
{
    enum { WORLDS = 400, DEALS = 5 };
    static const float on[2][DEALS] = {{0.875F, 0.5F, 0.25F, 0.375F, 0.4375F},
                                       {0.25F, 0.5F, 0.875F, 0.25F, 0.375F}};
    float one[WORLDS], least[WORLDS];
    ent_worlds_party party[2];
    for (uint32_t w = 0; w < WORLDS; w++) {
        one[w] = 1;
        least[w] = 0.125F;
    }
    for (uint32_t p = 0; p < 2; p++) {
        party[p] = (ent_worlds_party){.k = 1, .on = on[p], .z = one, .stride = WORLDS, .b = least,
                                      .opening = ENT_NO_ENTRY};
    }
    ent_worlds_game game = {.count = DEALS, .worlds = WORLDS, .deciders = 2, .parties = 2,
                            .party = party};
    uint64_t levels[1] = {DEALS}, index[DEALS] = {0, 1, 2, 3, 4};
    ent_haggle_table form = {.issues = 1, .levels = levels, .index = index};
    ent_haggle_rules rules = {.rounds = 60, .seed = 2};
    ent_chosen_strategy c[2] = {chosen_of(work, "random"), chosen_of(work, "random")};
    ent_worlds_haggled r;
    assert_int_equal(ent_haggle_worlds(work, &game, &rules, c, &form, &r), ENT_OK);
    double agreed = 0, left = 0, efficient = 0, gain[2] = {0, 0};
    for (uint32_t d = 0; d < r.deal_count; d++) {
        uint32_t at = r.deals[d].entry;
        double share = r.deals[d].share, most = 0;
        assert_true(d == 0 || share <= r.deals[d - 1].share);
        for (uint32_t k = 0; k < DEALS; k++) {
            double more = fmin((double)(on[0][k] - on[0][at]), (double)(on[1][k] - on[1][at]));
            most = fmax(most, more);
        }
        agreed += share;
        left += share * most;
        efficient += most > 0 ? 0 : share;
        for (uint32_t p = 0; p < 2; p++) {
            gain[p] += share * (double)(on[p][at] - 0.125F);
        }
    }
    assert_true(agreed > 0.5 && left > 0 && efficient > 0 && efficient < agreed);
    assert_near(r.agreed, agreed, 1e-12);
    assert_near(r.left * agreed, left, 1e-9);
    assert_near(r.efficient * agreed, efficient, 1e-9);
    for (uint32_t p = 0; p < 2; p++) {
        assert_near(r.side[p].gain * agreed, gain[p], 1e-5); /* up to the slack of one world */
        assert_near(r.side[p].part, r.side[p].gain / 0.75, 1e-5); /* at most 0.875 less 0.125 */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worlds_are_haggled_alike_by_any_number_of_threads),
        cmocka_unit_test(nobody_haggles_across_a_line_of_its_own),
        cmocka_unit_test(a_decider_on_a_council_votes_as_it_decides),
        cmocka_unit_test(what_is_possible_suits_approvers_too),
        cmocka_unit_test(means_are_those_of_the_deals_by_their_shares),
    };
    return cmocka_run_group_tests_name("haggle_worlds", tests, NULL, NULL);
}
