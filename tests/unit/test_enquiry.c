/* Questions: their values by the definition, the plan, and what answers say of the record. */
#include "toy_case.h"
#include "unit.h"
#include "read_case.h"

#include "answers/enquiry.h"
#include "answers/enquiry_panel.h"
#include "answers/tally.h"

#include <stdlib.h>

enum { WORLDS = 250, SEEDS = 10 };

static double marked_share(const uint8_t *yes, const uint8_t *answer, bool want, uint32_t *worlds)
{
    uint32_t met = 0;
    *worlds = 0;
    for (uint32_t w = 0; w < WORLDS; w++) {
        if (answer[w] == want) {
            ++*worlds;
            met += yes[w];
        }
    }
    return *worlds > 0 ? (double)met / *worlds : 0;
}

/* P(yes) max joint(d | yes) + P(no) max joint(d | no), from marks of every outcome. */
static double expected_of(ent_work *work, const ent_analysis *analysis, const ent_voters *voters,
                          size_t asked, const uint8_t *answer)
{
    const ent_case *c = analysis->c;
    ent_grid grid;
    assert_true(ent_grid_of(work->arena, &c->space, NULL, &grid));
    double best[2] = {0, 0};
    uint64_t levels[20];
    double share[64];
    for (uint64_t i = 0; i < grid.outcomes; i++) {
        ent_grid_outcome(&grid, i, levels);
        if (!ent_deal_available(&c->space, &analysis->worlds->bans, levels)) {
            continue;
        }
        ent_suited suited = ent_mark_suited(work->arena, c, voters, WORLDS, levels);
        for (int want = 0; want < 2; want++) {
            uint32_t worlds = 0;
            for (size_t v = 0; v < voters->count; v++) {
                uint32_t all;
                static const uint8_t everywhere[WORLDS] = {0};
                share[voters->party[v]] =
                    v == asked ? marked_share(suited.yes[v], answer, want != 0, &worlds)
                               : marked_share(suited.yes[v], everywhere, false, &all);
            }
            double value =
                ent_joint_share(c, &analysis->councils, levels, share) * worlds / WORLDS;
            best[want] = value > best[want] ? value : best[want];
        }
    }
    return best[0] + best[1];
}

static void mark_answer(const ent_analysis *analysis, const ent_voter *voter,
                        const ent_enquiry *e, uint8_t *answer)
{
    const ent_stakes *stakes = voter->stakes;
    if (e->levels != NULL) {
        (void)ent_mark_accepting(&analysis->c->space, voter, e->levels, answer);
        return;
    }
    for (uint32_t w = 0; w < WORLDS; w++) {
        double sum = 0;
        for (uint32_t g = 0; g < stakes->groups; g++) {
            int sign = (stakes->group_issue[g] == e->more) - (stakes->group_issue[g] == e->than);
            for (uint32_t u = stakes->group_start[g]; u < stakes->group_start[g + 1]; u++) {
                sum += sign * (double)voter->set->z[(size_t)u * voter->set->stride + w];
            }
        }
        answer[w] = sum > 0;
    }
}

UNIT(questions_are_worth_what_the_definition_says)
{
    size_t questions = 0, comparisons = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        ent_analysis *analysis =
            toy_analysis(work->arena, seed, 3, 2 + (uint32_t)(seed % 2), WORLDS, false);
        ent_enquiry_request request = {.party = ENT_NONE, .top = 0, .depth = 1};
        ent_enquiries found;
        assert_int_equal(ent_answer_enquiry(work, analysis, 0, &request, &found), ENT_OK);
        ent_voters voters = ent_voters_of(work->arena, analysis, 0);
        double cut = fmax(found.best.zone.share, found.best.deal.joint);
        for (size_t i = 0; i < found.count; i++) {
            const ent_enquiry *e = &found.at[i];
            uint8_t answer[WORLDS];
            size_t v = 0;
            while (voters.party[v] != e->party) {
                v++;
            }
            mark_answer(analysis, &voters.at[v], e, answer);
            double expected = expected_of(work, analysis, &voters, v, answer);
            assert_near(e->expected, fmin(expected, cut), 1e-9);
            assert_near(e->yes * e->if_yes.joint + (1 - e->yes) * e->if_no.joint, expected, 1e-9);
            assert_true(i == 0 || found.at[i - 1].expected >= e->expected);
            assert_true(e->expected <= cut);
            questions++;
            comparisons += e->levels == NULL;
        }
    }
    assert_true(questions > 20 && comparisons > 0);
}

/* No question that was left out would have been better than those that were listed. */
UNIT(no_better_question_is_left_out)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        ent_analysis *analysis = toy_analysis(work->arena, seed, 3, 2, WORLDS, false);
        ent_enquiry_request request = {.party = ENT_NONE, .top = 1, .depth = 1};
        ent_enquiries found;
        assert_int_equal(ent_answer_enquiry(work, analysis, 0, &request, &found), ENT_OK);
        ent_voters voters = ent_voters_of(work->arena, analysis, 0);
        ent_grid grid;
        assert_true(ent_grid_of(work->arena, &analysis->c->space, NULL, &grid));
        double cut = fmax(found.best.zone.share, found.best.deal.joint);
        double best = found.count > 0 ? found.at[0].expected : found.best.deal.joint;
        uint64_t levels[20];
        for (uint64_t i = 0; i < grid.outcomes && found.best.deal.joint > 0; i++) {
            ent_grid_outcome(&grid, i, levels);
            for (size_t v = 0; v < voters.count; v++) {
                uint8_t answer[WORLDS];
                if (ent_deal_available(&analysis->c->space, &analysis->worlds->bans, levels)) {
                    (void)ent_mark_accepting(&analysis->c->space, &voters.at[v], levels, answer);
                    double expected = expected_of(work, analysis, &voters, v, answer);
                    assert_true(fmin(expected, cut) <= best + 0.02);
                }
            }
        }
    }
}

static double plan_value(const ent_enquiry_plan *plan)
{
    return plan->question == NULL
               ? plan->table.joint
               : plan->question->yes * plan_value(plan->yes) +
                     (1 - plan->question->yes) * plan_value(plan->no);
}

UNIT(a_plan_is_worth_what_its_leaves_are)
{
    size_t plans = 0;
    for (uint64_t seed = 1; seed <= 3 * SEEDS; seed++) {
        ent_analysis *analysis = toy_analysis(work->arena, seed, 3, 2, WORLDS, false);
        ent_enquiry_request request = {.party = ENT_NONE, .top = 3, .depth = 3};
        ent_enquiries found;
        assert_int_equal(ent_answer_enquiry(work, analysis, 0, &request, &found), ENT_OK);
        if (found.plan == NULL) {
            continue;
        }
        plans++;
        double cut = fmax(found.best.zone.share, found.best.deal.joint);
        assert_near(found.plan->expected[1], found.at[0].expected, 0);
        assert_near(found.plan->expected[3], fmin(plan_value(found.plan), cut), 1e-9);
        for (size_t t = 1; t <= 3; t++) {
            assert_true(found.plan->expected[t] >= found.plan->expected[t - 1] - 1e-12);
            assert_true(found.plan->expected[t] <= cut);
        }
    }
    assert_true(plans > 3);
}

UNIT(scores_after_answers_are_those_of_a_plain_loop)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        ent_analysis *analysis = toy_analysis(work->arena, seed, 3, 3, WORLDS, false);
        ent_best best;
        assert_int_equal(ent_best_of(work, analysis, 0, &best), ENT_OK);
        ent_bits bits = ent_bits_of(work->arena, analysis, 0);
        ent_candidates candidates;
        assert_int_equal(ent_candidates_of(work, &bits, &best, false, 10000, &candidates), ENT_OK);
        if (best.deal.levels == NULL) {
            continue;
        }
        ent_panel panel = ent_panel_of(work, &bits, &candidates, best.deal.levels);
        ent_state before = ent_state_before(work, &panel);
        ent_split first = {.voter = seed % 2, .row = panel.rows[seed % 2] + bits.words * 3};
        ent_state after = ent_state_after(work, &panel, &before, first.voter, first.row, true);
        if (after.worlds[first.voter] == 0) {
            continue;
        }
        size_t count = panel.count * bits.voters.count;
        ent_split *splits = ent_alloc(work->arena, count, ent_split);
        for (size_t i = 0; i < count; i++) {
            splits[i] = (ent_split){.voter = i % bits.voters.count,
                                    .package = i / bits.voters.count};
            splits[i].row = panel.rows[splits[i].voter] + splits[i].package * bits.words;
        }
        const ent_score_wish all = {.best = 0};
        for (int threads = 1; threads < 4; threads += 2) {
            work->threads = threads;
            assert_int_equal(ent_score_splits(work, &panel, &after, &all, splits, count), ENT_OK);
            for (size_t i = 0; i < count; i += 7) {
                assert_near(splits[i].expected, ent_score_plainly(&panel, &after, &splits[i]),
                            1e-12);
            }
        }
    }
}

static int highest_first(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return a > b ? -1 : a < b;
}

/* The voter's scores that are exact, highest first; how many. */
static size_t exact_scores(const ent_split *splits, size_t count, size_t voter, double *scores)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (splits[i].voter == voter && splits[i].exact) {
            scores[found++] = splits[i].expected;
        }
    }
    qsort(scores, found, sizeof *scores, highest_first);
    return found;
}

/* What bounds leave out is not among the best, nor mistaken for useless where that is asked. */
UNIT(bounds_leave_out_no_question_that_is_among_the_best)
{
    size_t left_out = 0;
    for (uint64_t seed = 1; seed <= 4 * SEEDS; seed++) {
        ent_analysis *analysis = toy_analysis(work->arena, seed, 3, 3, WORLDS, seed % 2 == 0);
        ent_best best;
        assert_int_equal(ent_best_of(work, analysis, 0, &best), ENT_OK);
        if (best.deal.levels == NULL) {
            continue;
        }
        ent_bits bits = ent_bits_of(work->arena, analysis, 0);
        ent_candidates candidates;
        assert_int_equal(ent_candidates_of(work, &bits, &best, false, 9999, &candidates), ENT_OK);
        ent_panel panel = ent_panel_of(work, &bits, &candidates, best.deal.levels);
        ent_state state = ent_state_before(work, &panel);
        size_t count = panel.count * bits.voters.count;
        ent_split *plain = ent_alloc(work->arena, count, ent_split);
        ent_split *quick = ent_alloc(work->arena, count, ent_split);
        double *scores[2] = {ent_alloc(work->arena, count, double),
                             ent_alloc(work->arena, count, double)};
        for (size_t i = 0; i < count; i++) {
            size_t v = i % bits.voters.count, d = i / bits.voters.count;
            plain[i] = quick[i] =
                (ent_split){.voter = v, .package = d, .row = panel.rows[v] + d * bits.words};
        }
        double now = state.best == SIZE_MAX ? 0 : state.joint[state.best];
        const ent_score_wish all = {.best = 0};
        const ent_score_wish few = {.best = 1 + seed % 4, .useful = seed % 3 > 0, .now = now};
        work->threads = 1 + (int)(seed % 3);
        assert_int_equal(ent_score_splits(work, &panel, &state, &all, plain, count), ENT_OK);
        assert_int_equal(ent_score_splits(work, &panel, &state, &few, quick, count), ENT_OK);
        for (size_t v = 0; v < bits.voters.count; v++) {
            size_t known = exact_scores(plain, count, v, scores[0]);
            size_t exact = exact_scores(quick, count, v, scores[1]);
            assert_true(exact >= few.best || exact == known);
            for (size_t i = 0; i < few.best && i < exact; i++) {
                assert_near(scores[1][i], scores[0][i], 0);
            }
        }
        for (size_t i = 0; i < count; i++) {
            left_out += !quick[i].exact;
            assert_true(quick[i].expected <= plain[i].expected);
            assert_true(quick[i].most >= plain[i].expected);
            if (quick[i].exact) {
                assert_near(quick[i].expected, plain[i].expected, 0);
                assert_int_equal(quick[i].if_yes, plain[i].if_yes);
                assert_int_equal(quick[i].if_no, plain[i].if_no);
            }
            if (few.useful) {
                assert_int_equal(quick[i].expected > now, plain[i].expected > now);
            }
        }
    }
    assert_true(left_out > 100);
}

/* South is said, by a statement that the account leaves out, to refuse what is asked about. */
UNIT(an_answer_says_what_it_would_contradict)
{
    const ent_case *c = case_of(work, small_case);
    ent_settings settings = ent_settings_default();
    settings.worlds = 2000;
    const ent_analysis *analysis = analysis_of(work, c, &settings);
    size_t named = 0;
    for (size_t a = 0; a < analysis->accounts.count; a++) {
        ent_enquiry_request request = {.party = ENT_NONE, .top = 0, .depth = 1};
        ent_enquiries found;
        assert_int_equal(ent_answer_enquiry(work, analysis, a, &request, &found), ENT_OK);
        for (size_t i = 0; i < found.count; i++) {
            const ent_enquiry *e = &found.at[i];
            named += e->against_yes_count + e->against_no_count;
            for (size_t k = 0; k < e->against_yes_count; k++) {
                assert_false(analysis->accounts.at[a].in[e->against_yes[k]]);
            }
        }
    }
    assert_true(named > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_are_worth_what_the_definition_says),
        cmocka_unit_test(no_better_question_is_left_out),
        cmocka_unit_test(a_plan_is_worth_what_its_leaves_are),
        cmocka_unit_test(scores_after_answers_are_those_of_a_plain_loop),
        cmocka_unit_test(bounds_leave_out_no_question_that_is_among_the_best),
        cmocka_unit_test(an_answer_says_what_it_would_contradict),
    };
    return cmocka_run_group_tests_name("enquiry", tests, NULL, NULL);
}
