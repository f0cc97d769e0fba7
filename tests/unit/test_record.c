/* The record as its speakers meant it: what was not said, lines, withdrawals, kinds, positions. */
#include "records.h"

#include "base/random.h"
#include "worlds/positions.h"

/* "s1 s3": those in the set. */
static const char *members(ent_arena *arena, const ent_case *c, const bool *in)
{
    ent_buffer out = ent_buffer_init(arena, 0);
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (in[i]) {
            ent_putf(&out, "%s%s", out.length > 0 ? " " : "", c->statements[i].id);
        }
    }
    return ent_buffer_text(&out);
}

static const ent_left_out *left_out(const ent_case *c, const ent_account *a, const char *id)
{
    for (size_t i = 0; i < a->left_out_count; i++) {
        if (strcmp(c->statements[a->left_out[i].statement].id, id) == 0) {
            return &a->left_out[i];
        }
    }
    fail();
    return &a->left_out[0];
}

/* The kind of the only dispute of two statements. */
static ent_dispute_kind kind_of(ent_work *work, const char *statements)
{
    const ent_case *c = read_yaml(work, ent_format(work->arena, HEAD "%s", statements));
    ent_disputes found = disputes_of(work, c);
    assert_int_equal(found.count, 1);
    return found.at[0].kind;
}

UNIT(kinds_are_told_apart)
{
    /* Shorter and fuller: only if what the first does not name was not asked. */
    assert_int_equal(kind_of(work, "  - {id: s, by: ann, claims: [{party: b, demands: {x: most}}]}"
                                   "\n  - {id: t, by: bob, claims: [{party: b, demands: {x: most,"
                                   " w: 1}}]}\n"),
                     ENT_SILENCE);
    /* The same party, later: it moved. */
    assert_int_equal(kind_of(work, "  - {id: s, by: ann, date: 2024-03-01, claims: [{party: a,"
                                   " holds-at: {w: 2, y: yes}}]}\n"
                                   "  - {id: t, by: ann, date: 2024-05-01, claims: [{party: a,"
                                   " offers: {w: 3}, for: {y: yes}}]}\n"),
                     ENT_MOVE);
    /* Not apart: within the month that the second names. */
    assert_int_equal(kind_of(work, "  - {id: s, by: ann, date: 2024-03-01, claims: [{party: a,"
                                   " holds-at: {w: 2, y: yes}}]}\n"
                                   "  - {id: t, by: ann, date: 2024-03, claims: [{party: a,"
                                   " offers: {w: 3}, for: {y: yes}}]}\n"),
                     ENT_DISPUTE);
    /* What the words speak of counts, not when they were said. */
    assert_int_equal(kind_of(work, "  - {id: s, by: ann, date: 2024-03-01, claims: [{party: a,"
                                   " holds-at: {w: 2, y: yes}}]}\n"
                                   "  - {id: t, by: ann, date: 2024-05-01, about: 2024-03-01,"
                                   " claims: [{party: a, offers: {w: 3}, for: {y: yes}}]}\n"),
                     ENT_DISPUTE);
}

UNIT(an_opponents_word_makes_a_dispute)
{
#define PAIR(first, second)                                                                        \
    "  - {id: s, by: " first ", date: 2024-03-01, claims: [{party: a, holds-at: {w: 2, y: "        \
    "yes}}]}\n"                                                                                    \
    "  - {id: t, by: " second ", date: 2024-05-01, claims: [{party: a, offers: {w: 3}, for: "      \
    "{y: yes}}]}\n"
    assert_int_equal(kind_of(work, PAIR("ann", "bob")), ENT_DISPUTE);
    assert_int_equal(kind_of(work, PAIR("ann", "ned")), ENT_MOVE);
    assert_int_equal(kind_of(work, PAIR("ned", "ned")), ENT_MOVE);
    assert_int_equal(kind_of(work, PAIR("ned", "nora")), ENT_DISPUTE);
    assert_int_equal(kind_of(work, PAIR("bob", "bob")), ENT_DISPUTE);
#undef PAIR
}

UNIT(lines_collide_with_acceptances_of_their_party_alone)
{
    const ent_case *c = read_yaml(
        work, HEAD "  - {id: s, by: ann, claims: [{party: a, never: {w: 3}}]}\n"
                   "  - {id: t, by: bob, claims: [{party: b, accepts: {w: 4, y: yes}}]}\n"
                   "  - {id: u, by: bob, claims: [{party: a, accepts: {w: 3, y: yes}}]}\n"
                   "  - {id: v, by: bob, claims: [{party: a, accepts: {w: 2, y: yes}}]}\n"
                   "  - {id: n, by: ann, claims: [{party: a, requires: {z: [p]}}]}\n"
                   "  - {id: o, by: bob, claims: [{party: a, accepts: {x: some, z: [q]}}]}\n"
                   "  - {id: p, by: bob, claims: [{party: a, accepts: {x: some}, rest: [z]}]}\n");
    ent_disputes found = disputes_of(work, c);
    assert_int_equal(found.count, 4); /* s u; u n, v n (neither has z: p); n o. Not p: z is open */
    for (size_t i = 0; i < found.count; i++) {
        assert_int_equal(found.at[i].by, ENT_BY_LINE);
        assert_int_equal(found.at[i].party, 0);
        assert_int_equal(found.at[i].party_count, 1);
    }
    ent_lines lines = ent_lines_of(work->arena, c, all_on(work->arena, c));
    assert_int_equal(lines.count, 2);
    uint64_t crosses[] = {0, 1, 1, 3}, keeps[] = {2, 1, 1, 2}, lacks[] = {0, 1, 2, 0};
    assert_int_equal(ent_line_crossed(&c->space, &lines, 0, crosses)->statement, 0);
    assert_null(ent_line_crossed(&c->space, &lines, 0, keeps));
    assert_true(ent_line_crossed(&c->space, &lines, 0, lacks)->required);
    assert_null(ent_line_crossed(&c->space, &lines, 1, crosses));
}

UNIT(cannot_collides_with_who_gives_it)
{
    const ent_case *c = read_yaml(
        work, HEAD "  - {id: s, by: ned, claims: [{party: a, cannot: {x: most}}]}\n"
                   "  - {id: t, by: bob, claims: [{party: b, demands: {x: most}}]}\n"
                   "  - {id: u, by: bob, claims: [{party: a, offers: {x: most}, for: {y: "
                   "yes}}]}\n");
    ent_disputes found = disputes_of(work, c);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.at[0].by, ENT_BY_CANNOT);
    assert_true(found.at[0].statements[0] == 0 && found.at[0].statements[1] == 2);
}

/* ---- What was not said, against every way to say it ----------------------------------------- */

static double value(const ent_row *row, const double *z, uint32_t k, double b)
{
    double sum = row->gamma + row->beta * b;
    for (uint32_t j = 0; j < k; j++) {
        sum += row->a[j] * z[j];
    }
    return sum;
}

/* The best and the worst that the party can make of the open issues, by trying all levels. */
static void extremes(const ent_case *c, const ent_stakes *s, const bool *open, uint32_t issue,
                     uint64_t *outcome, const double *z, double *least, double *most)
{
    if (issue == c->space.issue_count) {
        double a[16] = {0};
        double v = 0;
        ent_value_form(&c->space, s, outcome, a);
        for (uint32_t j = 0; j < s->k; j++) {
            v += a[j] * z[j];
        }
        *least = fmin(*least, v);
        *most = fmax(*most, v);
        return;
    }
    uint64_t was = outcome[issue];
    for (uint64_t l = 0; l < (open[issue] ? c->space.issues[issue].levels : 1); l++) {
        outcome[issue] = open[issue] ? l : was;
        extremes(c, s, open, issue + 1, outcome, z, least, most);
    }
    outcome[issue] = was;
}

UNIT(an_open_claim_is_the_best_or_the_worst_way_to_fill_it_in)
{
    static const char *const verbs[] = {"accepts", "refuses"};
    ent_stream random = ent_stream_of(5, 6, 7);
    for (int round = 0; round < 200; round++) {
        int verb = (int)ent_draw_below(&random, 2);
        const char *rest[] = {"open", "[w]", "[z, w]", "[y]"};
        const ent_case *c = read_yaml(
            work, ent_format(work->arena,
                             HEAD "  - {id: s, by: ann, claims: [{party: %s, %s: {x: %s}, "
                                  "rest: %s}]}\n",
                             round % 2 == 0 ? "a" : "b", verbs[verb],
                             ent_draw_below(&random, 2) == 0 ? "some" : "most",
                             rest[ent_draw_below(&random, 4)]));
        const ent_claim *claim = &c->statements[0].claims[0];
        const ent_stakes *s = ent_stakes_of(work->arena, c, claim->party);
        ent_rows rows = {0};
        ent_claim_rows(work->arena, c, s, 0, 0, &rows);
        assert_int_equal(rows.count, 1);
        double z[16];
        double whole = 0;
        for (uint32_t j = 0; j < s->k; j++) {
            whole += z[j] = ent_draw_unit(&random);
        }
        for (uint32_t j = 0; j < s->k; j++) {
            z[j] /= whole;
        }
        uint64_t *outcome = ent_alloc(work->arena, 5, uint64_t);
        double least = HUGE_VAL, most = -HUGE_VAL, b = 0.1 * ent_draw_unit(&random);
        ent_claim_outcome(c, claim, outcome);
        extremes(c, s, claim->open, 0, outcome, z, &least, &most);
        assert_near(value(&rows.at[0], z, s->k, b), verb == 0 ? most - b : b - least, 1e-12);
    }
}

/* ---- Withdrawals, what is left out, positions ----------------------------------------------- */

UNIT(what_is_withdrawn_counts_nowhere)
{
    const ent_case *c = read_yaml(
        work,
        HEAD "  - {id: s, by: ann, date: 2024-01-01, claims: [{party: a, offers: {x: some}}]}\n"
             "  - {id: t, by: ann, date: 2024-02-01, supersedes: s, claims: [{party: a, "
             "refuses: {x: some}}]}\n"
             "  - {id: u, by: ann, date: 2024-03-01, supersedes: [t]}\n");
    assert_int_equal(disputes_of(work, c).count, 0);
    ent_accounts accounts = accounts_of(work, c);
    assert_string_equal(members(work->arena, c, accounts.at[0].in), "u"); /* s stays withdrawn */
    assert_int_equal(left_out(c, &accounts.at[0], "s")->why, ENT_LEFT_WITHDRAWN);
    assert_int_equal(left_out(c, &accounts.at[0], "s")->because[0], 1);
    bool on[] = {true, false, true}; /* without t, s counts again */
    assert_int_equal(ent_grow_accounts(work, c, &(ent_view){.on = on}, &accounts), ENT_OK);
    assert_string_equal(members(work->arena, c, accounts.at[0].in), "s u");
}

UNIT(why_a_statement_is_left_out)
{
    const ent_case *c = read_yaml(
        work,
        HEAD "  - {id: old, by: ann, date: 2024-01-01, claims: [{party: a, holds-at: {w: 1, y: "
             "yes}}]}\n"
             "  - {id: new, by: ann, date: 2024-02-01, claims: [{party: a, offers: {w: 2}, for: "
             "{y: yes}}]}\n"
             "  - {id: mixed, by: bob, claims: [{party: b, offers: {y: yes}, for: {x: most}}, "
             "{party: a, refuses: {w: 2, y: yes}}]}\n"
             "  - {id: late, by: bob, date: 2025-01-01, claims: [{party: b, offers: {y: yes}, for: "
             "{x: most}}]}\n"
             "accounts:\n  first: {believes: [a]}\n  bare: {believes: [new], only: true}\n"
             "  again: {believes: [a, new]}\n");
    bool on[] = {true, true, true, false}, later[] = {false, false, false, true};
    ent_accounts accounts;
    assert_int_equal(ent_grow_accounts(work, c, &(ent_view){.on = on, .later = later}, &accounts),
                     ENT_OK);
    const ent_account *first = &accounts.at[0];
    assert_string_equal(members(work->arena, c, first->in), "new");
    assert_false(first->splits); /* it moved: it does not contradict itself */
    assert_int_equal(left_out(c, first, "old")->why, ENT_LEFT_MOVED);
    assert_int_equal(left_out(c, first, "mixed")->why, ENT_LEFT_CONTRADICTS);
    assert_int_equal(left_out(c, first, "mixed")->claim, 1); /* split it */
    assert_int_equal(left_out(c, first, "late")->why, ENT_LEFT_LATER);
    assert_int_equal(left_out(c, &accounts.at[1], "mixed")->why, ENT_LEFT_ONLY);
    assert_int_equal(accounts.at[2].same_as, 0);
}

UNIT(what_was_moved_from_is_told_as_that_whatever_else_contradicts_it)
{
#define OLD                                                                                        \
    "  - {id: old, by: ann, date: 2024-01-01, claims: [{party: a, accepts: {x: some, y: yes}}]}\n"
    static const char *const ways[] = {
        /* by worlds: the other side's word stands in its own account before either */
        "  - {id: theirs, by: bob, claims: [{party: a, refuses: {x: some, y: yes}}]}\n" OLD
        "  - {id: new, by: ann, date: 2024-02-01, claims: [{party: a, refuses: {x: some, y: "
        "yes}}]}\n",
        /* by a line */
        "  - {id: theirs, by: bob, claims: [{party: a, never: {x: some}}]}\n" OLD
        "  - {id: new, by: ann, date: 2024-02-01, claims: [{party: a, never: {x: some}}]}\n",
    };
#undef OLD
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const ent_case *c = read_yaml(work, ent_format(work->arena, HEAD "%s", ways[i]));
        ent_accounts accounts = accounts_of(work, c);
        for (size_t a = 0; a < 2; a++) {
            assert_string_equal(members(work->arena, c, accounts.at[a].in), "theirs new");
            const ent_left_out *old = left_out(c, &accounts.at[a], "old");
            assert_int_equal(old->why, ENT_LEFT_MOVED);
            assert_string_equal(c->statements[old->because[0]].id, "new");
        }
    }
}

UNIT(what_contradicts_itself_splits_no_side)
{
    const ent_case *c = read_yaml(
        work, HEAD "  - {id: s, by: ann, claims: [{party: a, weighs: {x: 0.2, y: 0.2, z: 0.2, w: "
                   "0.2}}]}\n");
    ent_accounts accounts = accounts_of(work, c);
    const ent_left_out *left = left_out(c, &accounts.at[0], "s");
    assert_true(accounts.at[0].consistent && !accounts.at[0].splits);
    assert_int_equal(left->why, ENT_LEFT_CONTRADICTS);
    assert_int_equal(left->count, 0); /* no preferences fit it by itself */
}

UNIT(a_word_of_another_side_that_is_named_splits_no_side)
{
    static const char *const others[] = {"ann", "bob"};
    for (size_t i = 0; i < 2; i++) {
        const char *text = ent_format(
            work->arena,
            HEAD "  - {id: own, by: ann, claims: [{party: a, refuses: {x: some}}]}\n"
                 "  - {id: named, by: %s, claims: [{party: a, accepts: {x: some}}]}\n"
                 "accounts: {both: {believes: [named, a]}}\n", others[i]);
        const ent_case *c = read_yaml(work, text);
        ent_accounts accounts = accounts_of(work, c);
        assert_string_equal(members(work->arena, c, accounts.at[0].in), "named");
        assert_int_equal(left_out(c, &accounts.at[0], "own")->why, ENT_LEFT_CONTRADICTS);
        assert_int_equal(accounts.at[0].splits, i == 0);
    }
}

UNIT(last_positions_and_moves)
{
    const ent_case *c = read_yaml(
        work,
        HEAD "  - {id: s1, by: ann, date: 2024-01-01, claims: [{party: a, offers: {w: 1}, for: "
             "{y: yes}}]}\n"
             "  - {id: s2, by: ann, date: 2024-02-01, claims: [{party: a, offers: {w: 1}, for: "
             "{y: yes}}, {party: a, holds-at: {w: 2, y: yes}}]}\n"
             "  - {id: s3, by: ned, date: 2024-03-01, claims: [{party: a, offers: {w: 2}, for: "
             "{y: yes}}]}\n"
             "  - {id: s4, by: ann, date: 2023-12-01, claims: [{party: a, will-not-exceed: {w: 1, "
             "y: yes}}]}\n"
             "  - {id: s5, by: ann, date: 2023-11-01, claims: [{party: a, holds-at: {w: 1, y: "
             "yes}}]}\n");
    ent_accounts accounts = accounts_of(work, c);
    ent_stated own = ent_last_stated(c, &accounts.at[0], 0);
    assert_string_equal(c->statements[own.statement].id, "s2"); /* its own before a newer report */
    assert_true(own.own && own.claim == 1);
    /* b's account believes the same, but not a's side: the newest word, whoever says it. */
    assert_int_equal(accounts.at[1].same_as, 0);
    ent_stated theirs = ent_last_stated(c, &accounts.at[1], 0);
    assert_string_equal(c->statements[theirs.statement].id, "s3");
    assert_false(theirs.own);
    assert_int_equal(ent_last_stated(c, &accounts.at[0], 1).statement, ENT_NONE);
    size_t count;
    const ent_stated *moves = ent_moves_of(work->arena, c, &accounts.at[0], 0, &count);
    assert_int_equal(count, 4); /* s4 is no position */
    assert_string_equal(c->statements[moves[0].statement].id, "s5");
    assert_false(moves[0].believed);
    assert_string_equal(c->statements[moves[3].statement].id, "s3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_told_apart),
        cmocka_unit_test(an_opponents_word_makes_a_dispute),
        cmocka_unit_test(lines_collide_with_acceptances_of_their_party_alone),
        cmocka_unit_test(cannot_collides_with_who_gives_it),
        cmocka_unit_test(an_open_claim_is_the_best_or_the_worst_way_to_fill_it_in),
        cmocka_unit_test(what_is_withdrawn_counts_nowhere),
        cmocka_unit_test(why_a_statement_is_left_out),
        cmocka_unit_test(what_was_moved_from_is_told_as_that_whatever_else_contradicts_it),
        cmocka_unit_test(what_contradicts_itself_splits_no_side),
        cmocka_unit_test(a_word_of_another_side_that_is_named_splits_no_side),
        cmocka_unit_test(last_positions_and_moves),
    };
    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
