#include "unit.h"

#include "base/diag_text.h"
#include "io/case.h"
#include "io/node.h"

#include <stdlib.h>

static const char small[] =
    "entente: 1\n"
    "title: A fence\n"
    "as-of: 2024-05-31\n"
    "parties:\n"
    "  ana: {name: Ana, color: \"#0072B2\", reservation: [0, 0.2]}\n"
    "  bo: {name: Bo}\n"
    "  council: {role: approver, approves: [fence]}\n"
    "people:\n"
    "  kim: {name: Kim, for: ana}\n"
    "  lee: {}\n"
    "sources:\n"
    "  mail: {title: Letters, reliability: B}\n"
    "issues:\n"
    "  fence: {by: bo, for: ana, options: [old, wire, boards], stakes: {council: \"-\"},\n"
    "    undo: {wire: 0.5}, sizes: {metres: {wire: 3, boards: {value: [4, 5], source: mail}}}}\n"
    "  tools: {by: [ana], for: bo, items: {saw: {name: A saw, sizes: {metres: 1}}, axe: {}}}\n"
    "  share: {by: ana, for: bo, range: {from: 0, to: 100, step: 25, unit: \"%\"}, undo: 1}\n"
    "rules:\n"
    "  - {if: {tools: saw}, then: {fence: wire}, because: No saw without wood}\n"
    "packages:\n"
    "  both: {fence: boards, share: 50.0, tools: [axe, saw]}\n"
    "assumptions:\n"
    "  - {id: order, because: said so, claims: [{party: bo, ranks: [fence, share]}]}\n"
    "statements:\n"
    "  - id: half\n"
    "    by: kim\n"
    "    date: 2024-05-02T10:00+02:00\n"
    "    date-basis: inferred\n"
    "    source: mail\n"
    "    quote: I would pay half\n"
    "    credibility: 2\n"
    "    claims:\n"
    "      - {party: ana, offers: {share: 50}, for: {fence: boards}}\n"
    "      - {party: ana, weighs: {fence: [0.2, 0.5], tools: 0.1}}\n"
    "      - {party: ana, trusts: bo, at: 0.5}\n"
    "      - {party: bo, prefers: both, over: {}}\n"
    "  - {id: no, by: bo, source: mail, reported: No,\n"
    "     claims: [{party: bo, refuses: {tools: all}}]}\n"
    "accounts:\n"
    "  hers: {name: Hers, believes: [ana, no]}\n";

static ent_case *read_text(ent_work *work, const char *yaml, ent_status expected)
{
    ent_text *text = ent_alloc(work->arena, 1, ent_text);
    *text = (ent_text){"t.yaml", yaml, strlen(yaml)};
    ent_case *c = NULL;
    ent_diags_clear(work->diags);
    assert_int_equal(ent_read_case(work, NULL, text, "", &c), expected);
    return c;
}

UNIT(everything_finds_its_place)
{
    ent_case *c = read_text(work, small, ENT_OK);
    assert_int_equal(ent_diags_count(work->diags), 0);
    assert_int_equal(c->party_count, 3);
    assert_string_equal(c->parties[0].color, "#0072B2");
    assert_near(c->parties[0].reservation.high, 0.2, 0);
    assert_true(c->parties[2].role == ENT_APPROVER && c->parties[2].approves[0]);
    assert_string_equal(c->parties[2].name, "council");
    assert_int_equal(c->people[1].party, ENT_NONE);
    assert_int_equal(c->sources[0].reliability, 'B');
    const ent_issue *fence = &c->space.issues[0];
    assert_int_equal(fence->levels, 3);
    assert_true(fence->sign[0] == 1 && fence->sign[1] == -1 && fence->sign[2] == -1);
    assert_true(fence->undo[0] == 0.5 && fence->undo[1] == 0);
    assert_int_equal(fence->size_count, 2);
    assert_true(fence->sizes[1].value.high == 5 && fence->sizes[1].source == 0);
    assert_string_equal(c->space.issues[1].part_names[0], "A saw");
    assert_int_equal(c->space.issues[2].levels, 5);
    assert_int_equal(c->space.issues[2].first, 4);
    assert_string_equal(c->space.issues[2].unit, "%");
    assert_int_equal(c->metric_count, 1);
}

UNIT(statements_and_claims_are_resolved)
{
    ent_case *c = read_text(work, small, ENT_OK);
    assert_int_equal(c->statement_count, 3);
    assert_true(c->statements[0].assumption && c->statements[0].side == ENT_SIDE_ASSUMPTION);
    const ent_statement *half = &c->statements[1];
    assert_true(half->person == 0 && half->side == 0 && half->kind == ENT_QUOTE);
    assert_true(half->date_inferred && half->credibility == 2);
    assert_int_equal(half->said.first, 1714636800);
    assert_int_equal(half->pos.line, 25);
    assert_int_equal(half->claims[0].verb, ENT_OFFERS);
    assert_int_equal(half->claims[0].package.choices[0].level, 2);
    assert_int_equal(half->claims[0].other.choices[0].level, 2);
    assert_near(half->claims[1].weights[1].value.low, 0.1, 0);
    assert_true(half->claims[2].trusted == 1 && half->claims[2].interval.high == 0.5);
    assert_string_equal(half->claims[3].package.name, "both");
    assert_int_equal(half->claims[3].package.choices[2].level, 3);
    assert_int_equal(half->claims[3].other.count, 0);
    assert_true(c->statements[2].person == ENT_NONE && c->statements[2].side == 1);
    assert_int_equal(c->accounts[0].count, 2);
    assert_int_equal(c->accounts[0].believes[1].statement, 2);
    assert_int_equal(c->space.rule_count, 1);
}

UNIT(all_errors_at_once_in_the_order_of_the_file)
{
    static const char text[] = "entente: 1\ntitle: T\n"
                               "parties: {a: {}, b: {colour: red}}\n"
                               "issues:\n  yongbyon: {by: a, for: c, options: [x, y]}\n"
                               "statements:\n"
                               "  - {id: s, by: a, claims: [{party: a, refuses: {yongbyn: y}}]}\n";
    assert_null(read_text(work, text, ENT_INVALID));
    ent_buffer out = ent_buffer_init(work->arena, 0);
    for (size_t i = 0; i < ent_diags_count(work->diags); i++) {
        if (ent_diags_get(work->diags, i)->severity == ENT_ERROR) {
            ent_put_diag(&out, ent_diags_get(work->diags, i), false);
        }
    }
    assert_string_equal(
        ent_buffer_text(&out),
        "error[C104]: a party has no key `colour`\n"
        " --> t.yaml:3:22\n"
        "3 | parties: {a: {}, b: {colour: red}}\n"
        "  |                      ^^^^^^ did you mean `color`?\n"
        "error[C103]: no party is called `c`\n"
        " --> t.yaml:5:26\n"
        "5 |   yongbyon: {by: a, for: c, options: [x, y]}\n"
        "  |                          ^ one of `a`, `b`\n"
        "error[C103]: no issue is called `yongbyn`\n"
        " --> t.yaml:7:50\n"
        "7 |   - {id: s, by: a, claims: [{party: a, refuses: {yongbyn: y}}]}\n"
        "  |                                                  ^^^^^^^ did you mean `yongbyon`?\n");
}

UNIT(the_starter_case_has_no_faults)
{
    ent_buffer b = ent_buffer_init(work->arena, 0);
    ent_put_starter_case(&b);
    ent_case *c = read_text(work, ent_buffer_text(&b), ENT_OK);
    assert_int_equal(ent_diags_count(work->diags), 0);
    assert_int_equal(c->space.issue_count, 3);
    assert_true(strncmp(b.at, "# yaml-language-server: $schema=", 32) == 0);
}

/* Every key and verb is in the schema, which is JSON; that it fits the cases, golden tests show. */
UNIT(the_schema_is_json_and_knows_the_verbs)
{
    ent_buffer b = ent_buffer_init(work->arena, 0);
    ent_put_case_schema(&b);
    const ent_node *root = NULL;
    ent_text *text = ent_alloc(work->arena, 1, ent_text);
    *text = (ent_text){"schema", b.at, b.length};
    assert_int_equal(ent_read_json(work, text, &root), ENT_OK);
    const ent_node *claim = ent_node_get(ent_node_get(root, "$defs"), "claim");
    for (int v = 0; v < ENT_VERB_COUNT; v++) {
        assert_non_null(ent_node_get(ent_node_get(claim, "properties"), ent_verbs[v].name));
    }
    assert_string_equal(ent_node_get(root, "additionalProperties")->text, "false");
    assert_non_null(ent_node_get(ent_node_get(root, "properties"), "as-of"));
    const ent_node *statement = ent_node_get(ent_node_get(root, "$defs"), "statement");
    const ent_node *account = ent_node_get(ent_node_get(root, "$defs"), "account");
    assert_non_null(ent_node_get(ent_node_get(statement, "properties"), "about"));
    assert_non_null(ent_node_get(ent_node_get(statement, "properties"), "supersedes"));
    assert_non_null(ent_node_get(ent_node_get(account, "properties"), "only"));
    assert_non_null(ent_node_get(ent_node_get(claim, "properties"), "rest"));
}

UNIT(what_is_written_reads_back)
{
    ent_case *c = read_text(work, small, ENT_OK);
    ent_buffer first = ent_buffer_init(work->arena, 0);
    ent_buffer second = ent_buffer_init(work->arena, 0);
    ent_put_case(&first, c);
    ent_case *again = read_text(work, ent_buffer_text(&first), ENT_OK);
    assert_int_equal(ent_diags_count(work->diags), 0);
    ent_put_case(&second, again);
    assert_string_equal(ent_buffer_text(&first), ent_buffer_text(&second));
    assert_int_equal(again->statement_count, c->statement_count);
    assert_string_equal(again->statements[1].words, c->statements[1].words);
    assert_int_equal(again->statements[1].said.first, c->statements[1].said.first);
    assert_int_equal(again->statements[1].claim_count, 4);
    assert_memory_equal(again->space.issues[0].sign, c->space.issues[0].sign, 3);
    assert_true(again->space.issues[0].staked[2]);
    assert_true(again->space.issues[0].undo[0] == 0.5);
    assert_int_equal(again->space.issues[0].size_count, 2);
    assert_string_equal(again->space.rules[0].because, "No saw without wood");
}

/* Memory that ends at the n-th request, for every n. */
typedef struct scarce {
    size_t left;
} scarce;

static void *resize_scarce(void *user, void *block, size_t size)
{
    scarce *s = user;
    if (size == 0) {
        free(block);
        return NULL;
    }
    if (s->left == 0) {
        return NULL;
    }
    s->left--;
    return realloc(block, size);
}

static ent_status read_small(void *argument)
{
    ent_work *work = argument;
    static const ent_text text = {"t.yaml", small, sizeof small - 1};
    ent_case *c = NULL;
    return ent_read_case(work, NULL, &text, "", &c);
}

UNIT(memory_may_end_anywhere)
{
    (void)work;
    ent_status status = ENT_NOMEM;
    size_t n = 0;
    for (; status == ENT_NOMEM && n < 1000; n++) {
        scarce s = {n};
        const ent_allocator allocator = {resize_scarce, &s, true};
        ent_work poor = {.arena = ent_arena_create(&allocator), .diags = ent_diags_create(),
                         .threads = 1};
        if (poor.arena != NULL) {
            status = ent_protect(poor.arena, read_small, &poor);
        }
        ent_arena_destroy(poor.arena);
        ent_diags_destroy(poor.diags);
    }
    assert_int_equal(status, ENT_OK);
    assert_true(n > 2);
}

static const char *numbered(ent_work *work, const char *head, const char *line, size_t count)
{
    ent_buffer b = ent_buffer_init(work->arena, 0);
    ent_put(&b, head);
    for (size_t i = 0; i < count; i++) {
        ent_putf(&b, "  k%zu: %s\n", i, line);
    }
    return ent_buffer_text(&b);
}

UNIT(limits_are_told_quickly)
{
    const char *head = "entente: 1\ntitle: T\nparties: {a: {}, b: {}}\nissues:\n";
    read_text(work, numbered(work, head, "{}", 1000000), ENT_INVALID);
    assert_int_equal(ent_diags_count(work->diags), 1);
    assert_string_equal(ent_diags_get(work->diags, 0)->message,
                        "`issues` holds 1,000,000 entries; at most 4,096 are allowed");
    read_text(work, numbered(work, "x:\n", "1", 2000000), ENT_INVALID);
    assert_string_equal(ent_diags_get(work->diags, 0)->code, "F102");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_finds_its_place),
        cmocka_unit_test(statements_and_claims_are_resolved),
        cmocka_unit_test(all_errors_at_once_in_the_order_of_the_file),
        cmocka_unit_test(the_starter_case_has_no_faults),
        cmocka_unit_test(the_schema_is_json_and_knows_the_verbs),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(memory_may_end_anywhere),
        cmocka_unit_test(limits_are_told_quickly),
    };
    return cmocka_run_group_tests_name("case", tests, NULL, NULL);
}
