#include <stdlib.h>

#include "made_case.h"

#include "answers/holds.h"
#include "answers/plan.h"

/* Two exchanges of two; the first can be taken back, the second cannot. */
static const char exchange[] =
    "entente: 1\n"
    "title: An exchange\n"
    "parties: {a: {name: A}, b: {name: B}}\n"
    "issues:\n"
    "  w: {by: a, for: b, options: [no, some, all], undo: {some: 1, all: 0}}\n"
    "  x: {by: b, for: a, options: [no, yes], undo: 0.5}\n"
    "  y: {by: b, for: a, items: [p, q], undo: {p: 1}}\n"
    "  z: {by: a, for: b, range: {from: 0, to: 10, step: 5}, undo: 0.5}\n"
    "rules:\n"
    "  - {if: {y: q}, then: {x: yes}}\n"
    "assumptions:\n"
    "  - id: pins\n"
    "    because: known\n"
    "    claims:\n"
    "      - {party: a, weighs: {w: 0.2, x: 0.5, y: 0.2, z: 0.1}}\n"
    "      - {party: b, weighs: {w: 0.5, x: 0.1, y: 0.1, z: 0.3}}\n"
    "      - {party: a, trusts: b, at: [0.2, 0.4]}\n";

static const uint64_t deal[] = {2, 1, 3, 1};

UNIT(steps_come_from_the_deal)
{
    ent_analysis analysis;
    ent_plan plan;
    made_case(work, exchange, 400, &analysis);
    ent_plan_request request = {.levels = deal, .phases = 4};
    assert_int_equal(ent_answer_plan(work, &analysis, 0, &request, &plan), ENT_OK);
    assert_int_equal(plan.step_count, 6);
    assert_int_equal(plan.party_count, 2);
    assert_int_equal(plan.own[0], 0x23);
    assert_int_equal(plan.own[1], 0x1c);
    assert_string_equal(plan.steps[1].id, "w: all");
    assert_string_equal(plan.steps[3].id, "y: p");
    assert_string_equal(plan.steps[5].id, "z: 5");
    assert_true(plan.exact && plan.most == 4);
    assert_near(plan.stated[0].low, 0.2, 0);
    assert_true(isnan(plan.stated[1].low) && !plan.has_trust);
}

/* In brief: the same curve and phases, and nothing said of what was not looked at. */
UNIT(a_brief_plan_is_the_same_plan)
{
    ent_analysis analysis;
    ent_plan full;
    ent_plan brief;
    made_case(work, exchange, 400, &analysis);
    ent_plan_request request = {.levels = deal, .phases = 4};
    assert_int_equal(ent_answer_plan(work, &analysis, 0, &request, &full), ENT_OK);
    request.brief = true;
    assert_int_equal(ent_answer_plan(work, &analysis, 0, &request, &brief), ENT_OK);
    assert_true(full.weighed && !brief.weighed && brief.curve_worlds == 0);
    assert_int_equal(brief.phase_count, full.phase_count);
    for (uint32_t k = 0; k < 4; k++) {
        assert_near(brief.curve[k], full.curve[k], 0);
    }
    for (uint32_t k = 0; k < full.phase_count; k++) {
        assert_int_equal(brief.phases[k].steps, full.phases[k].steps);
    }
}

/* Later options after earlier ones, rules after every phase, trust within [0, 1] and falling. */
UNIT(plans_keep_order_and_rules)
{
    ent_analysis analysis;
    ent_plan plan;
    made_case(work, exchange, 400, &analysis);
    ent_plan_request request = {.levels = deal, .phases = 6};
    assert_int_equal(ent_answer_plan(work, &analysis, 0, &request, &plan), ENT_OK);
    uint64_t done = 0;
    double worst = 0;
    for (uint32_t k = 0; k < plan.phase_count; k++) {
        done |= plan.phases[k].steps;
        assert_true((done & 3) != 2);
        assert_true((done >> 4 & 1) == 0 || (done >> 2 & 1) != 0);
        for (uint32_t q = 0; q < 2; q++) {
            worst = fmax(worst, plan.phases[k].trust[q]);
            assert_true(plan.phases[k].low[q] <= plan.phases[k].high[q]);
            assert_true(plan.phases[k].exposure[q] >= 0);
        }
    }
    assert_int_equal(done, 63);
    assert_near(worst, plan.curve[plan.most - 1], 1e-9);
    for (uint32_t k = 1; k < plan.most; k++) {
        assert_true(plan.curve[k] <= plan.curve[k - 1] + 1e-12);
        assert_true(plan.low[k] <= plan.high[k]);
    }
}

/* With more than enough trust the deal is carried and is the first step; with none, neither. */
UNIT(trust_carries_or_does_not)
{
    ent_analysis analysis;
    ent_plan plan;
    made_case(work, exchange, 400, &analysis);
    double trust[] = {1, 1};
    ent_plan_request request = {.levels = deal, .phases = 3, .trust = trust};
    assert_int_equal(ent_answer_plan(work, &analysis, 0, &request, &plan), ENT_OK);
    assert_true(plan.has_trust && plan.carried);
    assert_int_equal(plan.first, 63);
    double least = plan.curve[plan.most - 1];
    trust[0] = trust[1] = least + 1e-6;
    assert_int_equal(ent_answer_plan(work, &analysis, 0, &request, &plan), ENT_OK);
    assert_true(plan.carried);
    assert_int_equal(plan.change, 0);
    trust[0] = trust[1] = least - 1e-3;
    assert_int_equal(ent_answer_plan(work, &analysis, 0, &request, &plan), ENT_OK);
    assert_false(plan.carried);
    assert_int_not_equal(plan.change, 0); /* one step that could be taken back is enough */
    assert_true(plan.change_trust <= trust[0] + 1e-9);
    for (uint32_t s = 0; s < plan.step_count; s++) {
        assert_true(plan.steps[s].saves <= 1 && plan.steps[s].saves >= 0);
    }
}

UNIT(what_cannot_be_planned_is_told)
{
    ent_analysis analysis;
    ent_plan plan;
    made_case(work, exchange, 100, &analysis);
    const uint64_t nothing[] = {0, 0, 0, 0};
    const uint64_t breaks[] = {1, 0, 2, 0};
    ent_diags_clear(work->diags); /* a hundred worlds are a poor sample, and that was told */
    ent_plan_request request = {.levels = nothing};
    assert_int_equal(ent_answer_plan(work, &analysis, 0, &request, &plan), ENT_INVALID);
    assert_string_equal(ent_diags_get(work->diags, 0)->code, "G201");
    request.levels = breaks;
    ent_diags_clear(work->diags);
    assert_int_equal(ent_answer_plan(work, &analysis, 0, &request, &plan), ENT_INVALID);
    assert_string_equal(ent_diags_get(work->diags, 0)->code, "G202");
}

/* Twenty-four steps: a marked search, never below its bound. */
UNIT(many_steps_are_searched_and_marked)
{
    ent_analysis analysis;
    ent_plan plan;
    made_case(work,
              "entente: 1\ntitle: Many\nparties: {a: {name: A}, b: {name: B}}\nissues:\n"
              "  g: {by: a, for: b, items: [a, b, c, d, e, f, g, h, i, j, k, l], undo: 0.5}\n"
              "  h: {by: b, for: a, items: [a, b, c, d, e, f, g, h, i, j, k, l], undo: 0.5}\n"
              "assumptions:\n"
              "  - {id: pins, because: known, claims: [{party: a, weighs: {g: 0.3}},"
              " {party: b, weighs: {h: 0.3}}]}\n",
              100, &analysis);
    const uint64_t all[] = {4095, 4095};
    ent_plan_request request = {.levels = all, .phases = 4};
    assert_int_equal(ent_answer_plan(work, &analysis, 0, &request, &plan), ENT_OK);
    assert_false(plan.exact);
    assert_true(plan.bound > 0 && plan.bound <= plan.curve[3]);
    assert_true(plan.curve[3] < plan.curve[0]);
    assert_true(plan.carried); /* what was found needs less than trust 1 */
    for (uint32_t s = 0; s < plan.step_count; s++) {
        /* A clause is weighed by the same search, and never promises more than the bound. */
        assert_true(plan.steps[s].saves > 0 && plan.steps[s].saves <= 1);
    }
    double little[] = {0.001, 0.001};
    request.trust = little;
    assert_int_equal(ent_answer_plan(work, &analysis, 0, &request, &plan), ENT_OK);
    assert_false(plan.carried);
    assert_false(plan.change_proved);
}

/*
 * What each side can take back is worth g to it and what the other can take back then costs it l:
 * the outcome holds against credible answers iff g <= l.
 */
UNIT(a_deal_holds_where_snap_back_deters)
{
    ent_analysis analysis;
    ent_holds holds;
    made_case(work, exchange, 200, &analysis);
    assert_int_equal(ent_answer_holds(work, &analysis, 0, deal, 200, &holds), ENT_OK);
    /*
     * In play: x (0.5), y p (1) and z (0.5); w `some` is held in place by `all`. The rule holds x
     * in place, since y q cannot be taken back. So a takes back z, and b answers with p.
     */
    assert_int_equal(holds.option_count, 3);
    double a_gain = 0.5 * 0.1 * 0.5;
    double mean_p = 0; /* of b */
    uint32_t holding = 0;
    for (uint32_t world = 0; world < 200; world++) {
        const ent_world_set *set = &analysis.worlds[0].sets[0];
        double p = (double)set->z[(size_t)3 * set->stride + world];
        holding += a_gain <= p;
        set = &analysis.worlds[0].sets[1];
        mean_p += (double)set->z[(size_t)3 * set->stride + world] / 200;
    }
    assert_near(holds.shares[0][ENT_SEQ], holding / 200.0, 1e-12);
    assert_near(holds.shares[0][ENT_NASH], 0, 0);
    assert_near(holds.missing[0][ENT_NASH], a_gain, 1e-6);
    assert_near(holds.missing[0][ENT_SEQ], 0, 0);
    assert_near(holds.missing[1][ENT_NASH], mean_p, 1e-6);
    const uint64_t nothing[] = {0, 0, 0, 0};
    assert_int_equal(ent_answer_holds(work, &analysis, 0, nothing, 200, &holds), ENT_OK);
    assert_int_equal(holds.graph.actors, 0);
    assert_near(holds.shares[1][ENT_NASH], 1, 0);
}

/* A step that a third party would suffer from is a threat that deters. */
UNIT(a_threat_deters)
{
    ent_analysis analysis;
    ent_holds holds;
    made_case(work,
              "entente: 1\ntitle: A threat\nparties: {a: {name: A}, b: {name: B}}\nissues:\n"
              "  gift: {by: a, for: b, options: [no, yes], undo: 1}\n"
              "  blow: {by: b, options: [no, yes], stakes: {a: \"-\"}}\n"
              "assumptions:\n"
              "  - {id: pins, because: known, claims: [{party: a, weighs: {gift: 0.3}},"
              " {party: b, weighs: {gift: 0.9}}]}\n",
              100, &analysis);
    const uint64_t given[] = {1, 0};
    assert_int_equal(ent_answer_holds(work, &analysis, 0, given, 100, &holds), ENT_OK);
    assert_int_equal(holds.option_count, 2);
    assert_near(holds.shares[0][ENT_NASH], 0, 0);
    assert_near(holds.shares[0][ENT_GMR], 1, 0);
    assert_near(holds.shares[0][ENT_SEQ], 0, 0); /* the blow costs b: nothing it would like to do */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_come_from_the_deal),
        cmocka_unit_test(a_brief_plan_is_the_same_plan),
        cmocka_unit_test(plans_keep_order_and_rules),
        cmocka_unit_test(trust_carries_or_does_not),
        cmocka_unit_test(what_cannot_be_planned_is_told),
        cmocka_unit_test(many_steps_are_searched_and_marked),
        cmocka_unit_test(a_deal_holds_where_snap_back_deters),
        cmocka_unit_test(a_threat_deters),
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
