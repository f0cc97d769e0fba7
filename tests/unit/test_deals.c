#include "toy_case.h"
#include "unit.h"

#include "answers/picture.h"
#include "answers/verdict.h"

#include <stdlib.h>

static const ent_deals_request all = {.verdicts = true}, ten = {.top = 10, .verdicts = true};

static ent_deals deals_of(ent_work *work, const ent_analysis *analysis, ent_deals_request request)
{
    ent_deals deals;
    assert_int_equal(ent_answer_deals(work, analysis, 0, &request, &deals), ENT_OK);
    return deals;
}

/* Worlds that accept, in double precision; *ties of them are too near to call. */
static uint32_t count_plain(const ent_analysis *analysis, uint32_t p, const uint64_t *levels,
                            uint32_t *ties)
{
    const ent_world_set *set = &analysis->worlds[0].sets[p];
    uint32_t count = 0;
    for (uint32_t w = 0; w < set->worlds; w++) {
        double value = toy_value(&analysis->c->space, analysis->stakes[p], set, w, levels) -
                       (double)set->b[w];
        count += value >= -1e-6;
        *ties += fabs(value + 1e-6) < 1e-6;
    }
    return count;
}

UNIT(deals_are_what_brute_force_finds)
{
    for (uint64_t seed = 1; seed <= 12; seed++) {
        uint32_t parties = 2 + (uint32_t)seed % 3;
        ent_analysis *analysis = toy_analysis(work->arena, seed, 4, parties, 700, false);
        ent_deals deals = deals_of(work, analysis, all);
        assert_int_equal(deals.count, deals.available);
        assert_int_equal(deals.method, ENT_BY_SWEEP);
        for (size_t i = 0; i < deals.count; i++) {
            const ent_deal *deal = &deals.at[i];
            double joint = 1;
            assert_true(ent_deal_available(&analysis->c->space, &analysis->worlds[0].bans,
                                           deal->levels));
            for (uint32_t p = 0; p < parties; p++) {
                uint32_t ties = 1;
                uint32_t count = count_plain(analysis, p, deal->levels, &ties);
                assert_near(deal->shares[p], count / 700.0, ties / 700.0);
                joint *= deal->asked[p] ? deal->shares[p] : 1;
            }
            assert_near(deal->joint, joint, 1e-12);
            assert_true(i == 0 || deal->joint <= deal[-1].joint + 2.0 / 700);
        }
    }
}

UNIT(the_best_few_head_the_whole_list)
{
    ent_analysis *analysis = toy_analysis(work->arena, 77, 4, 3, 500, false);
    ent_deals whole = deals_of(work, analysis, (ent_deals_request){.verdicts = false});
    for (size_t top = 1; top < 9; top++) {
        ent_deals few = deals_of(work, analysis, (ent_deals_request){.top = top});
        assert_int_equal(few.count, top);
        for (size_t i = 0; i < top; i++) {
            assert_memory_equal(few.at[i].levels, whole.at[i].levels, 4 * sizeof(uint64_t));
            assert_int_equal(few.at[i].frontier, whole.at[i].frontier);
        }
    }
}

UNIT(the_frontier_is_what_nobody_beats)
{
    for (uint64_t seed = 20; seed < 26; seed++) {
        uint32_t parties = 2 + (uint32_t)seed % 2;
        ent_analysis *analysis = toy_analysis(work->arena, seed, 4, parties, 300, false);
        ent_deals deals = deals_of(work, analysis, (ent_deals_request){.verdicts = false});
        for (size_t i = 0; i < deals.count; i++) {
            bool beaten = false;
            for (size_t j = 0; j < deals.count && !beaten; j++) {
                bool covered = true;
                bool higher = false;
                for (uint32_t p = 0; p < parties; p++) {
                    double mine = deals.at[i].asked[p] ? deals.at[i].shares[p] : 1;
                    double other = deals.at[j].asked[p] ? deals.at[j].shares[p] : 1;
                    covered = covered && other >= mine;
                    higher = higher || other > mine;
                }
                beaten = covered && higher;
            }
            assert_int_equal(deals.at[i].frontier, !beaten);
        }
    }
}

UNIT(verdicts_are_those_of_the_programs)
{
    size_t seen[3] = {0};
    for (uint64_t seed = 40; seed < 48; seed++) {
        ent_analysis *analysis = toy_analysis(work->arena, seed, 4, 3, 2000, false);
        ent_deals deals = deals_of(work, analysis, all);
        ent_judge judge = ent_judge_of(work->arena, analysis, 0);
        for (size_t i = 0; i < deals.count; i++) {
            for (uint32_t p = 0; p < 3; p++) {
                const uint64_t *levels = deals.at[i].levels;
                bool yes = ent_may(&judge, p, levels, true, NULL);
                bool no = ent_may(&judge, p, levels, false, NULL);
                ent_verdict want = !yes ? ENT_IMPOSSIBLE : !no ? ENT_NECESSARY : ENT_POSSIBLE;
                assert_int_equal(deals.at[i].verdicts[p], want);
                seen[want]++;
                assert_true(want != ENT_IMPOSSIBLE || deals.at[i].shares[p] == 0);
                assert_true(want != ENT_NECESSARY || deals.at[i].shares[p] == 1);
            }
        }
    }
    assert_true(seen[ENT_IMPOSSIBLE] > 20 && seen[ENT_NECESSARY] > 20 && seen[ENT_POSSIBLE] > 20);
}

UNIT(grounds_force_the_verdict_and_nothing_less_does)
{
    ent_analysis *analysis = toy_analysis(work->arena, 41, 4, 2, 500, false);
    ent_deals deals = deals_of(work, analysis, all);
    size_t tried = 0, needed = 0;
    for (size_t i = 0; i < deals.count; i++) {
        for (uint32_t p = 0; p < 2; p++) {
            ent_verdict verdict = deals.at[i].verdicts[p];
            ent_grounds grounds =
                ent_verdict_grounds(work, analysis, 0, p, deals.at[i].levels, verdict);
            if (verdict == ENT_POSSIBLE) {
                assert_int_equal(grounds.row_count, 0);
                continue;
            }
            const ent_polytope *polytope = &analysis->worlds[0].polytopes[p];
            const ent_row **rows = ent_alloc(work->arena, grounds.row_count + 1, const ent_row *);
            for (size_t r = 0; r < grounds.row_count; r++) {
                rows[r] = &polytope->rows[grounds.rows[r]];
            }
            ent_row added = ent_acceptance_row(work->arena, &analysis->c->space,
                                               analysis->stakes[p], deals.at[i].levels,
                                               verdict == ENT_IMPOSSIBLE);
            rows[grounds.row_count] = &added;
            ent_oracle *oracle = ent_oracle_create(work->arena, analysis->stakes[p]);
            assert_false(ent_oracle_decide(oracle, rows, grounds.row_count + 1).consistent);
            tried++;
            for (size_t s = 0; s < grounds.count; s++) {
                size_t left = 0;
                for (size_t r = 0; r < grounds.row_count; r++) {
                    rows[left] = &polytope->rows[grounds.rows[r]];
                    left += rows[left]->statement != grounds.statements[s];
                }
                rows[left] = &added;
                assert_true(left < grounds.row_count);
                assert_true(ent_oracle_decide(oracle, rows, left + 1).consistent);
                needed++;
            }
        }
    }
    assert_true(tried > 10 && needed > 10);
}

UNIT(believing_more_never_makes_the_impossible_possible)
{
    for (uint64_t seed = 60; seed < 64; seed++) {
        ent_analysis *analysis = toy_analysis(work->arena, seed, 4, 2, 400, false);
        ent_deals before = deals_of(work, analysis, all);
        for (uint32_t p = 0; p < 2; p++) {
            ent_polytope more = toy_polytope(work->arena, &analysis->c->space,
                                             analysis->stakes[p], seed * 7 + p, 9);
            analysis->worlds[0].polytopes[p] = more; /* the same first rows and five others */
            toy_decide(work->arena, &analysis->worlds[0], p);
            analysis->worlds[0].sets[p] = toy_inside_worlds(work->arena, &more, 400, seed);
        }
        ent_judge judge = ent_judge_of(work->arena, analysis, 0);
        for (size_t i = 0; i < before.count; i++) {
            for (uint32_t p = 0; p < 2; p++) {
                const uint64_t *levels = before.at[i].levels;
                if (before.at[i].verdicts[p] == ENT_IMPOSSIBLE) {
                    assert_false(ent_may(&judge, p, levels, true, NULL));
                }
                if (before.at[i].verdicts[p] == ENT_NECESSARY) {
                    assert_false(ent_may(&judge, p, levels, false, NULL));
                }
            }
        }
    }
}

UNIT(exchanging_two_parties_mirrors_the_answer)
{
    for (uint64_t seed = 80; seed < 86; seed++) {
        ent_analysis *one = toy_analysis(work->arena, seed, 4, 3, 600, false);
        ent_analysis *two = toy_analysis(work->arena, seed, 4, 3, 600, true);
        ent_deals a = deals_of(work, one, all);
        ent_deals b = deals_of(work, two, all);
        assert_true(a.zone.share == b.zone.share && a.count == b.count);
        for (size_t i = 0; i < a.count; i++) {
            ent_deal mirrored;
            assert_int_equal(ent_answer_deal(work, two, 0, a.at[i].levels, &mirrored), ENT_OK);
            for (uint32_t p = 0; p < 3; p++) {
                uint32_t q = p < 2 ? 1 - p : p;
                assert_near(mirrored.shares[q], a.at[i].shares[p], 1.5 / 600);
                assert_int_equal(mirrored.verdicts[q], a.at[i].verdicts[p]);
            }
        }
    }
}

UNIT(threads_do_not_matter)
{
    ent_analysis *analysis = toy_analysis(work->arena, 9, 5, 4, 1500, false);
    for (int search = 0; search < 2; search++) {
        analysis->settings.sweep_limit = search == 1 ? 1 : ENT_SWEEP_LIMIT;
        work->threads = 1;
        ent_deals one = deals_of(work, analysis, ten);
        for (int threads = 2; threads <= 8; threads *= 4) {
            work->threads = threads;
            ent_deals many = deals_of(work, analysis, ten);
            assert_true(many.zone.share == one.zone.share && many.count == one.count);
            for (size_t i = 0; i < one.count; i++) {
                assert_memory_equal(many.at[i].levels, one.at[i].levels, 5 * sizeof(uint64_t));
                assert_memory_equal(many.at[i].shares, one.at[i].shares, 4 * sizeof(double));
            }
        }
    }
}

/* Each deal once, and the best of all among them, whatever else is asked for. */
UNIT(a_picture_shows_the_best_and_no_deal_twice)
{
    size_t shown = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        ent_analysis *analysis = toy_analysis(work->arena, seed, 4, 2, 60, false);
        ent_tally tally;
        ent_picture picture;
        ent_picture_request request = {.frontier = seed % 3 * 50, .others = seed % 4};
        ent_deal best = deals_of(work, analysis, ten).at[0];
        ent_choice choices[4];
        for (uint32_t i = 0; i < 4; i++) {
            choices[i] = (ent_choice){.issue = i, .level = best.levels[i]};
        }
        ent_package named = {.choices = choices, .count = 4, .name = "best"};
        ent_case c = *analysis->c;
        c.packages = &named;
        c.package_count = seed % 2; /* somebody described the best one, or nobody did */
        analysis->c = &c;
        assert_int_equal(ent_tally_account(work, analysis, 0, &tally), ENT_OK);
        assert_int_equal(ent_make_picture(work, analysis, 0, &tally, &request, &picture), ENT_OK);
        double most = -1;
        for (size_t i = 0; i < picture.count; i++) {
            most = fmax(most, picture.at[i].deal.joint);
            for (size_t j = 0; j < i; j++) {
                assert_memory_not_equal(picture.at[i].deal.levels, picture.at[j].deal.levels,
                                        4 * sizeof(uint64_t));
            }
        }
        assert_near(most, best.joint, 1e-12);
        shown += picture.count;
    }
    assert_true(shown > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deals_are_what_brute_force_finds),
        cmocka_unit_test(the_best_few_head_the_whole_list),
        cmocka_unit_test(the_frontier_is_what_nobody_beats),
        cmocka_unit_test(verdicts_are_those_of_the_programs),
        cmocka_unit_test(grounds_force_the_verdict_and_nothing_less_does),
        cmocka_unit_test(believing_more_never_makes_the_impossible_possible),
        cmocka_unit_test(exchanging_two_parties_mirrors_the_answer),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(a_picture_shows_the_best_and_no_deal_twice),
    };
    return cmocka_run_group_tests_name("deals", tests, NULL, NULL);
}
