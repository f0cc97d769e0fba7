/* Random records against the definitions: kinds, questions, growth, what opening does. */
#include "records.h"

#include "base/random.h"

static void put_package(ent_buffer *out, ent_stream *random)
{
    static const char *const choices[] = {"x: some", "x: most", "y: yes", "z: [p]", "z: [p, q]",
                                          "w: 1",    "w: 3"};
    static const int issue[] = {0, 0, 1, 2, 2, 3, 3};
    int last = -1;
    ent_put_char(out, '{');
    for (int i = 0; i < 7; i++) {
        if (issue[i] > last && ent_draw_below(random, 3) == 0) {
            ent_putf(out, "%s%s", last < 0 ? "" : ", ", choices[i]);
            last = issue[i];
        }
    }
    ent_put(out, last < 0 ? "x: some}" : "}");
}

static ent_case *random_case(ent_work *work, ent_stream *random, uint32_t statements)
{
    static const char *const verbs[] = {"accepts", "refuses",  "offers", "demands",
                                        "accepts", "holds-at", "refuses"};
    static const char *const speakers[] = {"ann", "ann", "bob", "bob", "ned", "nora"};
    static const char *const dates[] = {"", ", date: 2024", ", date: 2024-01-10",
                                        ", date: 2024-05-02", ", date: 2024-07"};
    ent_buffer out = ent_buffer_init(work->arena, 0);
    ent_put(&out, HEAD);
    for (uint32_t i = 0; i < statements; i++) {
        ent_putf(&out, "  - {id: s%u, by: %s%s", i, speakers[ent_draw_below(random, 6)],
                 dates[ent_draw_below(random, 5)]);
        if (ent_draw_below(random, 3) == 0) {
            ent_putf(&out, ", credibility: %u", 1 + (unsigned)ent_draw_below(random, 6));
        }
        ent_put(&out, ", claims: [");
        for (uint32_t j = 0; j <= ent_draw_below(random, 2); j++) {
            bool line = ent_draw_below(random, 6) == 0;
            const char *party = ent_draw_below(random, 2) == 0 ? "a" : "b";
            ent_putf(&out, "%s{party: %s, ", j > 0 ? ", " : "", party);
            if (line) {
                ent_putf(&out, "never: {%s}}", party[0] == 'a' ? "w: 3" : "z: [q]");
                continue;
            }
            ent_putf(&out, "%s: ", verbs[ent_draw_below(random, 7)]);
            put_package(&out, random);
            ent_put(&out, ent_draw_below(random, 5) == 0 ? ", rest: open}" : "}");
        }
        ent_put(&out, "]}\n");
    }
    return read_yaml(work, ent_buffer_text(&out));
}

static bool fits(ent_work *work, const ent_case *c, const bool *on)
{
    bool consistent;
    const ent_dispute *d;
    assert_int_equal(ent_consistent(work, c, on, &consistent, &d), ENT_OK);
    return consistent;
}

/* The case with every claim of the set opened on what the set's other claims about it name. */
static ent_case *opened(ent_arena *arena, const ent_case *c, const ent_dispute *d, bool *any)
{
    ent_case *copy = ent_alloc(arena, 1, ent_case);
    ent_statement *statements = ent_alloc(arena, c->statement_count, ent_statement);
    *copy = *c;
    memcpy(statements, c->statements, c->statement_count * sizeof *statements);
    copy->statements = statements;
    *any = false;
    for (size_t i = 0; i < d->count; i++) {
        const ent_statement *s = &c->statements[d->statements[i]];
        ent_claim *claims = ent_alloc(arena, s->claim_count, ent_claim);
        memcpy(claims, s->claims, s->claim_count * sizeof *claims);
        statements[d->statements[i]].claims = claims;
        for (size_t j = 0; j < s->claim_count; j++) {
            if (ent_verbs[claims[j].verb].rest != ENT_YES) {
                continue;
            }
            bool *open = ent_alloc(arena, 4, bool);
            for (uint32_t issue = 0; issue < 4; issue++) {
                bool own = false, others = false;
                for (size_t k = 0; k < d->count; k++) {
                    const ent_statement *t = &c->statements[d->statements[k]];
                    for (size_t l = 0; l < t->claim_count; l++) {
                        bool names = false;
                        for (size_t n = 0; n < t->claims[l].package.count; n++) {
                            names = names || t->claims[l].package.choices[n].issue == issue;
                        }
                        bool itself = k == i && l == j;
                        own = own || (itself && names);
                        others = others || (!itself && names &&
                                            t->claims[l].party == claims[j].party);
                    }
                }
                bool before = claims[j].open != NULL && claims[j].open[issue];
                open[issue] = before || (others && !own);
                *any = *any || (open[issue] && !before);
            }
            claims[j].open = open;
        }
    }
    return copy;
}

static ent_dispute_kind kind_by_definition(ent_work *work, const ent_case *c, const ent_dispute *d)
{
    bool any;
    bool *on = ent_alloc(work->arena, c->statement_count + 1, bool);
    for (size_t i = 0; i < d->count; i++) {
        on[d->statements[i]] = true;
    }
    const ent_case *open = opened(work->arena, c, d, &any);
    if (any && fits(work, open, on)) {
        return ENT_SILENCE;
    }
    bool apart = false, own = false, foreign = false, one = true;
    for (size_t i = 0; i < d->count; i++) {
        const ent_statement *s = &c->statements[d->statements[i]];
        own = own || s->side == d->party;
        foreign = foreign || (s->side != d->party && s->side != ENT_SIDE_NOBODY);
        one = one && s->side == ENT_SIDE_NOBODY &&
              s->person == c->statements[d->statements[0]].person;
        for (size_t j = 0; j < d->count; j++) {
            const ent_statement *t = &c->statements[d->statements[j]];
            apart = apart || (s->date != NULL && t->date != NULL && s->meant.last < t->meant.first);
        }
    }
    return apart && ((own && !foreign) || one) ? ENT_MOVE : ENT_DISPUTE;
}

/* Every pair of a question is a dispute of its party and kind, and each dispute is told once. */
static void check_questions(const ent_disputes *found)
{
    size_t told = 0;
    for (size_t i = 0; i < found->question_count; i++) {
        const ent_question_in_dispute *q = &found->questions[i];
        bool unmoved = false;
        assert_int_equal(q->dispute_count, q->b_count == 0 ? 1 : q->a_count * q->b_count);
        for (size_t j = 0; j < q->dispute_count; j++) {
            const ent_dispute *d = &found->at[q->disputes[j]];
            assert_true(d->party == q->party && d->kind == q->kind);
            assert_true(q->b_count == 0 ? d->count != 2 : d->count == 2);
            unmoved = unmoved || d->moved_count == 0;
        }
        for (size_t a = 0; q->b_count > 0 && a < q->a_count; a++) {
            for (size_t b = 0; b < q->b_count; b++) {
                size_t pairs = 0;
                for (size_t j = 0; j < q->dispute_count; j++) {
                    const uint32_t *s = found->at[q->disputes[j]].statements;
                    pairs += (s[0] == q->a[a] && s[1] == q->b[b]) ||
                             (s[1] == q->a[a] && s[0] == q->b[b]);
                }
                assert_int_equal(pairs, 1);
            }
        }
        assert_int_equal(q->live, q->kind == ENT_DISPUTE && unmoved);
        assert_true(i == 0 || found->questions[i - 1].live >= q->live);
        told += q->dispute_count;
    }
    assert_int_equal(told, found->count);
}

/* Is one of the minimal sets that the statement makes with those of the account a move? */
static bool moves_from(const ent_disputes *found, const bool *in, uint32_t statement)
{
    for (size_t i = 0; i < found->count; i++) {
        const ent_dispute *d = &found->at[i];
        bool within = true, holds = false;
        for (size_t j = 0; j < d->count; j++) {
            holds = holds || d->statements[j] == statement;
            within = within && (in[d->statements[j]] || d->statements[j] == statement);
        }
        if (holds && within && d->kind == ENT_MOVE) {
            return true;
        }
    }
    return false;
}

static ent_why_left why_left(const ent_account *account, uint32_t statement)
{
    for (size_t i = 0; i < account->left_out_count; i++) {
        if (account->left_out[i].statement == statement) {
            return account->left_out[i].why;
        }
    }
    return ENT_LEFT_WHYS;
}

/* Grown as the page says, statement by statement, each set decided afresh. */
static void check_growth(ent_work *work, const ent_case *c, const ent_disputes *found)
{
    static const int grade[] = {3, 0, 1, 2, 4, 5, 3};
    ent_accounts accounts = accounts_of(work, c);
    for (size_t a = 0; a < accounts.count; a++) {
        bool *in = ent_alloc(work->arena, c->statement_count + 1, bool);
        bool *tried = ent_alloc(work->arena, c->statement_count + 1, bool);
        for (uint32_t n = 0; n < c->statement_count; n++) {
            uint32_t best = ENT_NONE;
            int best_key[3] = {0};
            for (uint32_t i = 0; i < c->statement_count; i++) {
                const ent_statement *s = &c->statements[i];
                bool side = s->side == accounts.at[a].party, itself = ent_has_side(c, s);
                for (size_t j = 0; j < s->claim_count; j++) {
                    itself = itself && s->claims[j].party == s->side;
                }
                int key[3] = {!side, side ? 0 : grade[s->credibility], side ? 0 : !itself};
                int order = best == ENT_NONE ? -1 : memcmp(key, best_key, sizeof key);
                for (int k = 0; best != ENT_NONE && k < 3; k++) {
                    if (key[k] != best_key[k]) {
                        order = key[k] - best_key[k];
                        break;
                    }
                }
                if (!tried[i] && (order < 0 || (order == 0 && ent_is_newer(c, i, best)))) {
                    best = i;
                    memcpy(best_key, key, sizeof key);
                }
            }
            tried[best] = in[best] = true;
            in[best] = fits(work, c, in);
            assert_int_equal(in[best], accounts.at[a].in[best]);
            assert_int_equal(why_left(&accounts.at[a], best),
                             in[best]                       ? ENT_LEFT_WHYS
                             : moves_from(found, in, best) ? ENT_LEFT_MOVED
                                                            : ENT_LEFT_CONTRADICTS);
        }
    }
}

UNIT(random_records_agree_with_the_definitions)
{
    ent_stream random = ent_stream_of(21, 22, 23);
    size_t kinds[ENT_DISPUTE_KINDS] = {0};
    size_t moved = 0, groups = 0, lines = 0;
    for (int round = 0; round < 120; round++) {
        const ent_case *c = random_case(work, &random, 7 + (uint32_t)round % 5);
        ent_disputes found = disputes_of(work, c);
        for (size_t i = 0; i < found.count; i++) {
            const ent_dispute *d = &found.at[i];
            assert_int_equal(d->kind, kind_by_definition(work, c, d));
            assert_true(d->party_count > 0 && d->parties[0] == d->party);
            kinds[d->kind]++;
            moved += d->moved_count;
            lines += d->by == ENT_BY_LINE;
        }
        for (size_t i = 0; i < found.question_count; i++) {
            groups += found.questions[i].dispute_count > 1;
        }
        check_questions(&found);
        check_growth(work, c, &found);
    }
    assert_true(kinds[ENT_DISPUTE] > 100 && kinds[ENT_MOVE] > 10 && kinds[ENT_SILENCE] > 30);
    assert_true(moved > 20 && groups > 30 && lines > 10);
}

UNIT(opening_a_claim_never_empties_a_polytope)
{
    ent_stream random = ent_stream_of(31, 32, 33);
    size_t consistent = 0;
    for (int round = 0; round < 200; round++) {
        ent_case *c = random_case(work, &random, 3);
        if (!fits(work, c, all_on(work->arena, c))) {
            continue;
        }
        consistent++;
        for (uint32_t i = 0; i < c->statement_count; i++) {
            ent_claim *claim = (ent_claim *)(uintptr_t)&c->statements[i].claims[0];
            bool *open = ent_alloc(work->arena, 4, bool);
            memset(open, true, 4);
            for (size_t n = 0; n < claim->package.count; n++) {
                open[claim->package.choices[n].issue] = false;
            }
            if (ent_verbs[claim->verb].rest == ENT_YES) {
                claim->open = open;
                assert_true(fits(work, c, all_on(work->arena, c)));
            }
        }
    }
    assert_true(consistent > 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_records_agree_with_the_definitions),
        cmocka_unit_test(opening_a_claim_never_empties_a_polytope),
    };
    return cmocka_run_group_tests_name("random records", tests, NULL, NULL);
}
