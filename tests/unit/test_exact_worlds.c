/* A party with `utility:` in the questions about cases: one world, its own, beside the others'. */
#include "read_case.h"
#include "scenario_text.h"

#include "answers/deals.h"
#include "answers/search.h"
#include "base/random.h"
#include "record/exact.h"

#include <stdio.h>

static const char frame[] =
    "entente: 1\n"
    "title: T\n"
    "parties:\n"
    "  north: {%s}\n"
    "  south: {%s}\n"
    "issues:\n"
    "  dam: {by: north, for: south, options: [kept, opened, removed]}\n"
    "  fees: {by: south, for: north, items: [pilots, berths]}\n"
    "  toll: {by: south, for: north, range: {from: 2, to: 8, step: 2}}\n"
    "statements:\n%s";

/* Worths in whole numbers of either sign; a reservation that no outcome hits. */
static const char *random_party(ent_work *work, ent_stream *s)
{
    int worth[7];
    for (size_t i = 0; i < sizeof worth / sizeof *worth; i++) {
        worth[i] = (int)ent_draw_below(s, 41) - 20;
    }
    return ent_format(work->arena,
                      "reservation: %d.5, utility: {dam: {kept: %d, opened: %d, removed: %d}, "
                      "fees: {pilots: %d, berths: %d}, toll: {from: %d, to: %d}}",
                      (int)ent_draw_below(s, 31) - 15, worth[0], worth[1], worth[2], worth[3],
                      worth[4], 3 * worth[5], 3 * worth[6]);
}

static const char *case_text(ent_work *work, const char *north, const char *south,
                             const char *statements)
{
    return ent_format(work->arena, frame, north, south, statements);
}

static ent_analysis *analysed(ent_work *work, const char *yaml, uint64_t limit)
{
    ent_settings settings = ent_settings_default();
    settings.worlds = 500;
    settings.sweep_limit = limit;
    ent_diags_clear(work->diags);
    return analysis_of(work, case_of(work, yaml), &settings);
}

/* The scenario's outcome: items become a level of 0 or 1 each. */
static void as_scenario(const ent_space *space, const uint64_t *levels, uint64_t *outcome)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        bool items = space->issues[i].kind == ENT_ITEMS;
        for (uint32_t k = 0; items && k < space->issues[i].parts; k++) {
            outcome[at++] = levels[i] >> k & 1;
        }
        if (!items) {
            outcome[at++] = levels[i];
        }
    }
}

UNIT(an_exact_party_accepts_what_its_utility_reaches)
{
    static const char no_statement[] = "  []\n";
    for (uint64_t seed = 1; seed <= 40; seed++) {
        ent_stream s = ent_stream_of(seed, 41, 0);
        const char *north = random_party(work, &s);
        const char *south = random_party(work, &s);
        ent_analysis *a = analysed(work, case_text(work, north, south, no_statement), 1000);
        ent_scenario *exact = NULL;
        assert_int_equal(ent_scenario_of_case(work, a->c, &exact), ENT_OK);
        ent_deals deals;
        ent_deals_request request = {.verdicts = true};
        assert_int_equal(ent_answer_deals(work, a, 0, &request, &deals), ENT_OK);
        assert_int_equal(deals.count, 3 * 4 * 4 - 1);
        bool some = false;
        for (size_t i = 0; i < deals.count; i++) {
            uint64_t outcome[4];
            bool all = true;
            as_scenario(&a->c->space, deals.at[i].levels, outcome);
            for (uint32_t p = 0; p < 2; p++) {
                bool yes = ent_utility_of(exact, p, outcome) >= exact->utilities[p].reservation;
                all = all && yes;
                assert_true(deals.at[i].shares[p] == (yes ? 1 : 0));
                assert_int_equal(deals.at[i].verdicts[p], yes ? ENT_NECESSARY : ENT_IMPOSSIBLE);
            }
            some = some || all;
            assert_true(deals.at[i].joint == (all ? 1 : 0));
        }
        assert_true(deals.zone.share == (some ? 1 : 0));
        assert_int_equal(deals.zone.impossible, !some);
    }
}

UNIT(one_exact_side_leaves_the_other_its_worlds)
{
    static const char record[] =
        "  - {id: s, by: south, claims: [{party: south, accepts: {dam: opened, toll: 4}}]}\n";
    for (uint64_t seed = 1; seed <= 10; seed++) {
        ent_stream s = ent_stream_of(seed, 42, 0);
        const char *north = random_party(work, &s);
        ent_analysis *a =
            analysed(work, case_text(work, north, "reservation: [0, 0.2]", record), 1000);
        ent_analysis *alone =
            analysed(work, case_text(work, "name: N", "reservation: [0, 0.2]", record), 1000);
        const ent_world_set *sets = a->worlds[0].sets;
        const ent_world_set *same = alone->worlds[0].sets;
        assert_memory_equal(sets[1].z, same[1].z, sets[1].k * sets[1].stride * sizeof *same[1].z);
        ent_deals swept, searched;
        ent_deals_request request = {.top = 5};
        assert_int_equal(ent_answer_deals(work, a, 0, &request, &swept), ENT_OK);
        a->settings.sweep_limit = 1;
        assert_int_equal(ent_search_deals(work, a, 0, &request, &searched), ENT_OK);
        assert_true(searched.proved);
        assert_near(swept.zone.share, searched.zone.share, 1e-12);
        for (size_t i = 0; i < 5 && i < searched.count; i++) {
            assert_near(swept.at[i].joint, searched.at[i].joint, 1e-12);
        }
    }
}

/* Every issue has one component, so that `weighs` can pin all that there is to know. */
static const char pinned_frame[] =
    "entente: 1\n"
    "title: T\n"
    "parties:\n"
    "  north: {%s}\n"
    "  south: {reservation: [0, 0.3]}\n"
    "issues:\n"
    "  a: {by: north, for: south, options: [no, yes]}\n"
    "  b: {by: north, for: south, items: [it]}\n"
    "  c: {by: south, for: north, range: {from: 0, to: 3, step: 1}}\n"
    "  d: {by: south, for: north, options: [no, yes]}\n"
    "statements:\n"
    "  - {id: s, by: south, claims: [{party: south, accepts: {a: yes, d: yes}}]}\n%s";

UNIT(it_equals_a_party_whose_weights_are_pinned)
{
    const char *pins = ent_format(
        work->arena, pinned_frame, "reservation: 0.0625",
        "  - {id: w, by: north, claims: [{party: north, weighs: {a: 0.125, b: 0.25, c: 0.5, "
        "d: 0.125}}]}\n");
    const char *worths = ent_format(
        work->arena, pinned_frame,
        "reservation: 5.5, utility: {a: {no: 5, yes: 4}, b: {it: -2}, c: {from: 0, to: 4}, "
        "d: {yes: 1}}",
        "");
    ent_deals one, other;
    ent_deals_request request = {.verdicts = true};
    assert_int_equal(ent_answer_deals(work, analysed(work, pins, 1000), 0, &request, &one), ENT_OK);
    assert_int_equal(ent_answer_deals(work, analysed(work, worths, 1000), 0, &request, &other),
                     ENT_OK);
    assert_int_equal(one.count, other.count);
    assert_near(one.zone.share, other.zone.share, 1e-12);
    for (size_t i = 0; i < one.count; i++) {
        assert_memory_equal(one.at[i].levels, other.at[i].levels, 4 * sizeof(uint64_t));
        for (uint32_t p = 0; p < 2; p++) {
            assert_near(one.at[i].shares[p], other.at[i].shares[p], 1e-12);
            assert_int_equal(one.at[i].verdicts[p], other.at[i].verdicts[p]);
        }
    }
}

UNIT(exchanging_the_parties_exchanges_the_results)
{
    for (uint64_t seed = 1; seed <= 10; seed++) {
        ent_stream s = ent_stream_of(seed, 43, 0);
        const char *north = random_party(work, &s);
        const char *south = random_party(work, &s);
        const char *plain = case_text(work, north, south, "  []\n");
        /* The same case with the names of the two exchanged wherever they stand. */
        char *other = swapped(work, plain, "  north: {", "  X: {");
        other = swapped(work, other, "  south: {", "  north: {");
        other = swapped(work, other, "  X: {", "  south: {");
        other = swapped(work, other, "by: north, for: south", "by: south, for: north");
        other = swapped(work, other, "fees: {by: south, for: north",
                        "fees: {by: north, for: south");
        other = swapped(work, other, "toll: {by: south, for: north",
                        "toll: {by: north, for: south");
        ent_deals one, two;
        ent_deals_request request = {.top = 0};
        const ent_analysis *a = analysed(work, plain, 1000);
        const ent_analysis *b = analysed(work, other, 1000);
        assert_int_equal(ent_answer_deals(work, a, 0, &request, &one), ENT_OK);
        assert_int_equal(ent_answer_deals(work, b, 0, &request, &two), ENT_OK);
        assert_true(one.zone.share == two.zone.share);
        for (size_t i = 0; i < one.count; i++) {
            for (uint32_t p = 0; p < 2; p++) {
                uint32_t q = ent_find_party(b->c, a->c->parties[p].id);
                assert_string_equal(b->c->parties[1 - q].id, a->c->parties[1 - p].id);
                assert_true(one.at[i].shares[p] == two.at[i].shares[1 - q] ||
                            one.at[i].shares[p] == two.at[i].shares[q]);
            }
        }
    }
}

static const char disputed[] =
    "entente: 1\n"
    "title: T\n"
    "parties:\n"
    "  north: {utility: {dam: {kept: 6, opened: 3}, fees: {berths: 2}}}\n"
    "  south: {}\n"
    "issues:\n"
    "  dam: {by: north, for: south, options: [kept, opened, removed]}\n"
    "  fees: {by: south, for: north, items: [pilots, berths]}\n"
    "statements:\n"
    "  - {id: false, by: south, claims: [{party: north, accepts: {dam: opened, fees: berths}}]}\n"
    "  - {id: true, by: south, claims: [{party: north, refuses: {dam: opened, fees: berths}}]}\n"
    "  - {id: ranks, by: north, claims: [{party: north, ranks: [dam, fees]}]}\n"
    "  - {id: weighs, by: north, claims: [{party: north, weighs: {dam: 0.5}}]}\n";

UNIT(what_contradicts_a_utility_is_in_dispute)
{
    ent_analysis *a = analysed(work, disputed, 1000);
    ent_disputes disputes;
    assert_int_equal(ent_find_disputes(work, a->c, a->on, (ent_dispute_limits){0}, &disputes),
                     ENT_OK);
    assert_true(disputes.complete);
    assert_int_equal(disputes.count, 2);
    for (size_t i = 0; i < 2; i++) {
        const char *id = a->c->statements[disputes.at[i].statements[0]].id;
        assert_int_equal(disputes.at[i].count, 1);
        assert_int_equal(disputes.at[i].party, 0);
        assert_string_equal(id, i == 0 ? "false" : "weighs");
    }
    const ent_account *account = a->worlds[0].account;
    assert_int_equal(account->left_out_count, 2);
    assert_true(account->in[ent_find_statement(a->c, "true")]);
    assert_true(account->in[ent_find_statement(a->c, "ranks")]);
}

UNIT(a_range_of_reservations_is_drawn_over)
{
    char *text = swapped(work, disputed, "{utility", "{reservation: [5.5, 7.5], utility");
    ent_analysis *a = analysed(work, text, 1000);
    const ent_world_set *set = &a->worlds[0].sets[0];
    /* D = 3 + 3 + 2, the status quo is worth 6: b is between -1/16 and 3/16. */
    double least = 1;
    double most = -1;
    for (uint32_t w = 0; w < set->worlds; w++) {
        least = fmin(least, (double)set->b[w]);
        most = fmax(most, (double)set->b[w]);
    }
    assert_true(least >= -0.0625 && most <= 0.1875 && most - least > 0.2);
    uint64_t status_quo[] = {0, 0};
    ent_voter voter = ent_voter_of(a, 0, 0);
    uint32_t yes = ent_count_accepting(&a->c->space, &voter, status_quo);
    assert_true(yes > 60 && yes < 190);
}

UNIT(without_a_reservation_no_deal_is_the_measure)
{
    const ent_case *c = case_of(work, disputed);
    assert_true(c->parties[0].reservation.low == 6 && c->parties[0].reservation.high == 6);
    ent_buffer out = ent_buffer_init(work->arena, 0);
    ent_put_case(&out, c);
    const ent_case *again = case_of(work, ent_buffer_text(&out));
    assert_true(again->parties[0].reservation.low == 6);
    const ent_stakes *stakes = ent_stakes_of(work->arena, c, 0);
    assert_int_equal(stakes->k, 4); /* two steps of the dam, two items, one of them worth nothing */
    assert_true(stakes->reservation.low == 0);
    assert_near(stakes->exact[0], 3.0 / 8, 1e-15);
    assert_near(stakes->exact[1], 3.0 / 8, 1e-15);
    assert_int_equal(stakes->sign[0], -1);
    assert_int_equal(stakes->sign[3], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_exact_party_accepts_what_its_utility_reaches),
        cmocka_unit_test(one_exact_side_leaves_the_other_its_worlds),
        cmocka_unit_test(it_equals_a_party_whose_weights_are_pinned),
        cmocka_unit_test(exchanging_the_parties_exchanges_the_results),
        cmocka_unit_test(what_contradicts_a_utility_is_in_dispute),
        cmocka_unit_test(a_range_of_reservations_is_drawn_over),
        cmocka_unit_test(without_a_reservation_no_deal_is_the_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
