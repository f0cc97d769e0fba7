/* Reasons against analyses in which the statement was never made. */
#include "read_case.h"

#include "answers/why.h"

enum { WORLDS = 1000 };

/* Nothing here contradicts anything: every account believes all of it. */
static const char agreed_record[] =
    SMALL_HEAD
    "statements:\n"
    "  - {id: offer, by: ann,"
    " claims: [{party: north, offers: {toll: halved}, for: {port: open}}]}\n"
    "  - {id: refusal, by: ann, claims: [{party: north, refuses: {dam: removed, port: shared}}]}\n"
    "  - {id: both, by: ann, claims: [{party: north, ranks: [port, toll]},"
    " {party: south, ranks: [dam, toll]}]}\n"
    "  - {id: yes, by: ben, claims: [{party: south, accepts: {dam: opened, port: shared}}]}\n"
    "  - {id: line, by: ben, claims: [{party: south, never: {port: open, dam: opened}}]}\n"
    "  - {id: weight, by: ben, claims: [{party: south, weighs: {port: [0.1, 0.5]}}]}\n"
    "  - {id: small, by: ann, claims: [{party: north, weighs: {toll: [0, 0.4]}}]}\n";

static ent_deal deal_without(ent_work *work, const ent_case *c, const uint32_t *statements,
                             size_t count, const uint64_t *levels)
{
    ent_settings settings = ent_settings_default();
    settings.worlds = WORLDS;
    settings.without = statements;
    settings.without_count = count;
    ent_deal deal;
    const ent_analysis *analysis = analysis_of(work, c, &settings);
    assert_int_equal(ent_answer_deal(work, analysis, 0, levels, &deal), ENT_OK);
    return deal;
}

static bool speaks_of(const ent_case *c, uint32_t statement, uint32_t party)
{
    bool speaks = false;
    for (size_t j = 0; j < c->statements[statement].claim_count; j++) {
        speaks = speaks || c->statements[statement].claims[j].party == party;
    }
    return speaks;
}

/* The statements about the party, each once, what forces the verdict first; and their worth. */
static size_t check_party(ent_work *work, const ent_case *c, const ent_why_party *of,
                          const ent_deal *deal, const uint64_t *levels)
{
    uint32_t idle[16], expected = 0;
    size_t idle_count = 0, forcing = 0;
    bool seen[16] = {false};
    assert_near(of->share, deal->shares[of->party], 0);
    assert_int_equal(of->verdict, deal->verdicts[of->party]);
    for (uint32_t s = 0; s < c->statement_count; s++) {
        expected += speaks_of(c, s, of->party);
    }
    assert_int_equal(of->count, expected);
    for (size_t i = 0; i < of->count; i++) {
        const ent_reason *reason = &of->reasons[i];
        const ent_reason *before = i > 0 ? reason - 1 : NULL;
        assert_true(speaks_of(c, reason->statement, of->party) && !seen[reason->statement]);
        assert_true(before == NULL || before->forces > reason->forces ||
                    (before->forces == reason->forces && before->statement < reason->statement));
        seen[reason->statement] = true;
        ent_deal without = deal_without(work, c, &reason->statement, 1, levels);
        assert_near(reason->without, without.shares[of->party], 1e-12);
        idle[idle_count] = reason->statement;
        idle_count += !reason->forces;
        forcing += reason->forces;
    }
    if (of->verdict == ENT_POSSIBLE) {
        assert_int_equal(forcing, 0);
    } else { /* what forces it does so alone */
        ent_deal alone = deal_without(work, c, idle, idle_count, levels);
        assert_int_equal(alone.verdicts[of->party], of->verdict);
    }
    return forcing;
}

UNIT(reasons_are_what_would_be_without_them)
{
    const ent_case *c = case_of(work, agreed_record);
    ent_settings settings = ent_settings_default();
    settings.worlds = WORLDS;
    const ent_analysis *analysis = analysis_of(work, c, &settings);
    size_t forcing = 0, parties = 0;
    for (uint64_t k = 1; k < 18; k += 2) {
        const uint64_t levels[] = {k % 3, k / 3 % 2, k / 6};
        ent_why why;
        assert_int_equal(ent_answer_why(work, analysis, 0, levels, &why), ENT_OK);
        ent_deal deal = deal_without(work, c, NULL, 0, levels);
        assert_int_equal(why.worlds, WORLDS);
        for (size_t i = 0; i < why.count; i++, parties++) {
            assert_true(deal.asked[why.parties[i].party]);
            forcing += check_party(work, c, &why.parties[i], &deal, levels);
        }
    }
    assert_true(parties == 18 && forcing > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reasons_are_what_would_be_without_them),
    };
    return cmocka_run_group_tests_name("why", tests, NULL, NULL);
}
