/* Acceptance from the file: lines, councils, what is proved, and where they act. */
#include "made_case.h"
#include "unit.h"

#include "answers/bridge.h"
#include "answers/deals.h"
#include "answers/holds.h"
#include "answers/walk.h"

static ent_deals deals_of(ent_work *work, const ent_analysis *analysis, size_t account)
{
    ent_deals deals;
    ent_deals_request request = {.top = 0, .verdicts = true};
    assert_int_equal(ent_answer_deals(work, analysis, account, &request, &deals), ENT_OK);
    return deals;
}

static const char sure[] =
    "entente: 1\n"
    "title: Sure\n"
    "parties: {a: {name: A}, b: {name: B}}\n"
    "issues:\n"
    "  x: {by: a, for: b, options: [no, yes]}\n"
    "  y: {by: b, for: a, options: [no, yes]}\n"
    "statements:\n"
    "  - {id: s, by: a, reported: w, claims: [{party: a, offers: {x: yes}, for: {y: yes}},"
    " {party: b, accepts: {x: yes, y: yes}}]}\n";

static const char lined_case[] =
    "entente: 1\n"
    "title: Lines\n"
    "parties:\n"
    "  a: {name: A, reservation: [0, 0.3]}\n"
    "  b: {name: B, reservation: [0, 0.3]}\n"
    "  m: {name: M, role: observer}\n"
    "  u: {name: U, role: approver, approves: [x],"
    " approval: {votes: 1, of: 1, members: [m]}}\n"
    "issues:\n"
    "  x: {by: a, for: b, options: [no, some, all]}\n"
    "  y: {by: b, for: a, options: [no, some, all]}\n"
    "  z: {by: a, for: b, options: [no, some, all]}\n"
    "statements:\n"
    "  - {id: offer, by: a, reported: w, claims: [{party: a, offers: {x: some}, for: {y: all}}]}\n"
    "  - {id: demand, by: b, reported: w,"
    " claims: [{party: b, demands: {x: all}, for: {y: some}}]}\n"
    "  - {id: red, by: a, reported: w, claims: [{party: a, never: {z: all}}]}\n"
    "  - {id: must, by: a, reported: w, claims: [{party: a, requires: {y: some}}]}\n"
    "  - {id: member, by: u, reported: w, claims: [{party: m, never: {x: all}}]}\n";

UNIT(only_a_proof_leaves_no_error)
{
    ent_analysis analysis;
    made_case(work, sure, 1, &analysis);
    ent_zone zone = deals_of(work, &analysis, 0).zone;
    assert_true(zone.share == 1 && zone.error == 0 && !zone.poor);
    made_case(work, lined_case, 20, &analysis);
    zone = deals_of(work, &analysis, 0).zone;
    assert_true(zone.error > 0 && zone.poor && zone.interval.high > zone.interval.low);
}

/* ---- From the file ------------------------------------------------------------------------- */

UNIT(a_member_with_a_line_is_no_vote_in_advance)
{
    ent_analysis analysis;
    made_case(work, lined_case, 500, &analysis);
    ent_deals deals = deals_of(work, &analysis, 0);
    assert_int_equal(analysis.councils.binding, 1);
    size_t stopped = 0;
    for (size_t i = 0; i < deals.count; i++) {
        const ent_deal *deal = &deals.at[i];
        bool all = deal->levels[0] == 2;
        assert_int_equal(deal->verdicts[3], all ? ENT_IMPOSSIBLE : ENT_NECESSARY);
        assert_true(!all || deal->joint == 0);
        assert_true((deal->levels[2] < 2 && deal->levels[1] > 0) ||
                    deal->verdicts[0] == ENT_IMPOSSIBLE);
        stopped += all;
    }
    assert_int_equal(stopped, 9);
}

UNIT(a_bridge_leads_to_no_deal_across_a_line)
{
    ent_analysis analysis;
    ent_bridge bridge;
    made_case(work, lined_case, 1000, &analysis);
    analysis.settings.threshold = 0.95;
    assert_int_equal(ent_answer_bridge(work, &analysis, 0, &bridge), ENT_OK);
    assert_true(bridge.target_count > 0 && bridge.change_count > 0);
    for (size_t t = 0; t < bridge.target_count; t++) {
        const uint64_t *levels = bridge.targets[t].levels;
        assert_true(levels[0] < 2 && levels[1] > 0 && levels[2] < 2);
    }
    for (size_t k = 0; k < bridge.change_count; k++) {
        const ent_record_change *change = &bridge.changes[k];
        assert_true(isnan(change->zone) || change->zone >= change->deal.joint);
    }
}

/* Two councils of which the deciders are all the members: their consent is the deciders' own. */
static const char twice[] =
    "entente: 1\n"
    "title: Twice\n"
    "parties:\n"
    "  a: {name: A, reservation: [0, 0.3]}\n"
    "  b: {name: B, reservation: [0, 0.3]}\n"
    "  u: {name: U, role: approver, approves: [x],"
    " approval: {votes: 2, of: 2, members: [a, b]}}\n"
    "  v: {name: V, role: approver, approves: [x, y],"
    " approval: {votes: 1, of: 1, members: [a], veto: [a]}}\n"
    "issues:\n"
    "  x: {by: a, for: b, options: [no, some, all]}\n"
    "  y: {by: b, for: a, options: [no, some, all]}\n"
    "statements:\n"
    "  - {id: offer, by: a, reported: w, claims: [{party: a, offers: {x: some}, for: {y: all}}]}\n"
    "  - {id: no, by: b, reported: w, claims: [{party: b, refuses: {x: some, y: all}}]}\n";

UNIT(nobody_is_asked_twice)
{
    ent_analysis analysis;
    ent_bridge bridge;
    made_case(work, twice, 1000, &analysis);
    analysis.settings.threshold = 0.99;
    ent_deals deals = deals_of(work, &analysis, 0);
    for (size_t i = 0; i < deals.count; i++) {
        const double *shares = deals.at[i].shares;
        assert_near(deals.at[i].joint, shares[0] * shares[1], 1e-12);
    }
    assert_int_equal(ent_answer_bridge(work, &analysis, 0, &bridge), ENT_OK);
    assert_true(bridge.change_count > 0);
    for (size_t k = 0; k < bridge.change_count; k++) {
        const ent_deal *deal = &bridge.changes[k].deal;
        assert_near(deal->joint, deal->shares[0] * deal->shares[1], 1e-9);
        /* U moves with x, V with either. */
        assert_true(!deal->asked[2] || fabs(deal->shares[2] - deal->joint) < 1e-9);
        assert_near(deal->shares[3], deal->shares[0], 1e-9);
    }
}

UNIT(staying_leads_to_no_deal_across_a_line)
{
    ent_analysis analysis;
    made_case(work, lined_case, 200, &analysis);
    const uint64_t kept[] = {1, 1, 1}, crossed[] = {1, 1, 2};
    for (uint32_t party = 0; party < 2; party++) {
        ent_walk walk;
        ent_walk_request request = {.party = party, .offer = kept, .walk = (double)NAN,
                                    .later = (double)NAN, .cost = (double)NAN};
        assert_int_equal(ent_answer_walk(work, &analysis, 0, &request, &walk), ENT_OK);
        assert_true(walk.no_deal < 1);
        request.offer = crossed; /* A's line, also where A itself is asked whether it stays */
        assert_int_equal(ent_answer_walk(work, &analysis, 0, &request, &walk), ENT_OK);
        assert_true(walk.no_deal == 1 && walk.never == 1);
    }
}

/* Taken back, x leaves A better off; but that leaves a world without what A must have. */
static const char kept_case[] =
    "entente: 1\n"
    "title: Kept\n"
    "parties: {a: {name: A}, b: {name: B}}\n"
    "issues:\n"
    "  x: {by: a, for: b, options: [no, yes], undo: 1}\n"
    "  y: {by: b, for: a, options: [no, yes], undo: 1}\n"
    "statements:\n"
    "  - {id: s, by: a, reported: w, claims: [{party: a, %s}]}\n";

static ent_holds holds_of(ent_work *work, const char *claim, const uint64_t *levels)
{
    ent_analysis analysis;
    ent_holds holds;
    const char *at = strstr(kept_case, "%s");
    made_case(work, ent_format(work->arena, "%.*s%s%s", (int)(at - kept_case), kept_case, claim,
                               at + 2),
              100, &analysis);
    assert_int_equal(ent_answer_holds(work, &analysis, 0, levels, 100, &holds), ENT_OK);
    return holds;
}

UNIT(no_gain_makes_up_for_a_line)
{
    const uint64_t both[] = {1, 1};
    ent_holds plain = holds_of(work, "weighs: {x: [0.2, 0.8]}", both);
    assert_true(plain.shares[0][ENT_NASH] == 0);
    ent_holds lined = holds_of(work, "requires: {x: yes, y: yes}", both);
    assert_true(lined.shares[0][ENT_NASH] == 1);
    ent_holds crossed = holds_of(work, "never: {x: yes}", both);
    assert_true(crossed.shares[0][ENT_SEQ] == 0 && isinf(crossed.missing[0][ENT_SEQ]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_proof_leaves_no_error),
        cmocka_unit_test(a_member_with_a_line_is_no_vote_in_advance),
        cmocka_unit_test(a_bridge_leads_to_no_deal_across_a_line),
        cmocka_unit_test(nobody_is_asked_twice),
        cmocka_unit_test(staying_leads_to_no_deal_across_a_line),
        cmocka_unit_test(no_gain_makes_up_for_a_line),
    };
    return cmocka_run_group_tests_name("accept_cases", tests, NULL, NULL);
}
