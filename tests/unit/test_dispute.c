#include "unit.h"

#include "base/number.h"
#include "base/random.h"
#include "io/case.h"
#include "io/node.h"
#include "planted.h"
#include "worlds/dispute.h"
#include "worlds/explore.h"

#include <stdio.h>
#include <stdlib.h>

static ent_case *read_yaml(ent_work *work, const char *yaml)
{
    ent_text *text = ent_alloc(work->arena, 1, ent_text);
    *text = (ent_text){"t.yaml", yaml, strlen(yaml)};
    ent_case *c = NULL;
    assert_int_equal(ent_read_case(work, NULL, text, "", &c), ENT_OK);
    return c;
}

static bool *all_on(ent_arena *arena, const ent_case *c)
{
    bool *on = ent_alloc(arena, c->statement_count + 1, bool);
    for (uint32_t i = 0; i < c->statement_count; i++) {
        on[i] = true;
    }
    return on;
}

/* "a b; c" for the disputes {a, b}, {c}. */
static const char *disputes_text(ent_arena *arena, const ent_case *c, const ent_disputes *d)
{
    ent_buffer out = ent_buffer_init(arena, 0);
    for (size_t i = 0; i < d->count; i++) {
        ent_put(&out, i > 0 ? "; " : "");
        for (size_t j = 0; j < d->at[i].count; j++) {
            ent_putf(&out, "%s%s", j > 0 ? " " : "", c->statements[d->at[i].statements[j]].id);
        }
    }
    return ent_buffer_text(&out);
}

static const char *members_text(ent_arena *arena, const ent_case *c, const bool *in)
{
    ent_buffer out = ent_buffer_init(arena, 0);
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (in[i]) {
            ent_putf(&out, "%s%s", out.length > 0 ? " " : "", c->statements[i].id);
        }
    }
    return ent_buffer_text(&out);
}

/* ---- References: the independent oracle's disputes and accounts, where they are at hand. ----- */

static const char *reference(ent_arena *arena, const char *name)
{
    return ent_format(arena, "%s/../shared/reference/%s", getenv("ENTENTE_SOURCE"), name);
}

static bool holds(const ent_node *list, const char *id)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i]->text, id) == 0) {
            return true;
        }
    }
    return false;
}

static void compare_disputes(ent_work *work, const ent_case *c, const ent_node *expected)
{
    ent_disputes found;
    assert_int_equal(ent_find_disputes(work, c, all_on(work->arena, c), (ent_dispute_limits){0},
                                       &found),
                     ENT_OK);
    assert_true(found.complete);
    assert_int_equal(found.count, expected->count);
    for (size_t i = 0; i < found.count; i++) {
        size_t same = 0;
        for (size_t e = 0; e < expected->count; e++) {
            bool equal = expected->items[e]->count == found.at[i].count;
            for (size_t j = 0; j < found.at[i].count; j++) {
                const char *id = c->statements[found.at[i].statements[j]].id;
                equal = equal && holds(expected->items[e], id);
            }
            same += equal;
        }
        assert_int_equal(same, 1);
    }
}

static void compare_accounts(ent_work *work, const ent_case *c, const ent_node *expected)
{
    ent_accounts accounts;
    assert_int_equal(ent_grow_accounts(work, c, &(ent_view){.on = all_on(work->arena, c)},
                                       &accounts),
                     ENT_OK);
    for (size_t i = 0; i < accounts.count; i++) {
        const ent_account *a = &accounts.at[i];
        const ent_node *want = ent_node_get(expected, a->id);
        assert_non_null(want);
        assert_int_equal(a->consistent, !ent_node_is_null(want));
        if (ent_node_is_null(want)) {
            continue;
        }
        const ent_node *statements = ent_node_get(want, "statements");
        size_t in = 0;
        for (uint32_t s = 0; s < c->statement_count; s++) {
            in += a->in[s];
            assert_int_equal(a->in[s], holds(statements, c->statements[s].id));
        }
        assert_int_equal(in, statements->count);
        assert_int_equal(a->left_out_count, c->statement_count - in);
    }
}

UNIT(matches_the_reference_cases)
{
    ent_text text;
    const ent_node *root;
    if (getenv("ENTENTE_SOURCE") == NULL ||
        ent_disk.read(ent_disk.user, work, reference(work->arena, "cases.json"), 64 << 20,
                      &text) != ENT_OK) {
        print_message("# skip: no reference data beside the source\n");
        return;
    }
    assert_int_equal(ent_read_json(work, &text, &root), ENT_OK);
    for (size_t i = 0; i < root->count; i++) {
        const ent_node *row = root->items[i];
        const char *name = ent_format(work->arena, "cases/%s", ent_node_get(row, "file")->text);
        ent_text yaml;
        ent_case *c;
        assert_int_equal(ent_disk.read(ent_disk.user, work, reference(work->arena, name), 1 << 24,
                                       &yaml),
                         ENT_OK);
        assert_int_equal(ent_read_case(work, NULL, &yaml, "", &c), ENT_OK);
        compare_disputes(work, c, ent_node_get(row, "disputes"));
        compare_accounts(work, c, ent_node_get(row, "accounts"));
    }
    assert_true(root->count >= 14);
}

/* 40 strict rows over 10 unknowns: other programs found 86 disputes and 65 maximal sets. */
UNIT(finds_all_disputes_of_the_reference_instance)
{
    ent_text text;
    const ent_node *root;
    if (getenv("ENTENTE_SOURCE") == NULL ||
        ent_disk.read(ent_disk.user, work, reference(work->arena, "sampler/mus_40x10.json"),
                      1 << 24, &text) != ENT_OK) {
        print_message("# skip: no reference data beside the source\n");
        return;
    }
    assert_int_equal(ent_read_json(work, &text, &root), ENT_OK);
    const ent_node *list = ent_node_get(root, "rows");
    ent_stakes stakes = {.k = 10};
    ent_group *groups = ent_alloc(work->arena, list->count, ent_group);
    for (size_t i = 0; i < list->count; i++) {
        double *a = ent_alloc(work->arena, stakes.k, double);
        ent_row *row = ent_alloc(work->arena, 1, ent_row);
        const ent_row **at = ent_alloc(work->arena, 1, const ent_row *);
        for (size_t j = 0; j < stakes.k; j++) {
            const ent_node *number = list->items[i]->items[j];
            assert_true(ent_parse_number(number->text, number->length, &a[j]));
        }
        *row = (ent_row){.a = a, .strict = true};
        at[0] = row;
        groups[i] = (ent_group){(uint32_t)i, at, 1};
    }
    ent_party_rows party = {&stakes, groups, list->count, list->count};
    ent_exploration e = ent_explore_begin(work, &party, 1000, 100000);
    assert_int_equal(ent_explore(&e), ENT_OK);
    assert_true(e.complete);
    assert_int_equal(e.found.count, 86);
    assert_int_equal(e.complements.count, 65);
}

/* ---- Small random records, against all subsets. ---------------------------------------- */

static const char *const packages[] = {
    "{}",
    "{x: some}",
    "{x: most}",
    "{y: yes}",
    "{x: some, y: yes}",
    "{z: [p]}",
    "{z: [p, q], y: yes}",
    "{x: most, z: [q]}",
    "{x: most, y: yes, z: [p, q]}",
    "{w: 2}",
    "{w: 4, x: some}",
    "{w: 4, y: yes, z: [q]}",
};

static const char *random_package(ent_stream *random)
{
    return packages[ent_draw_below(random, sizeof packages / sizeof *packages)];
}

static void put_claim(ent_buffer *out, ent_stream *random)
{
    const char *verbs[] = {"accepts", "refuses", "holds-at", "will-not-exceed", "walked-from"};
    const char *pairs[] = {"[x, y]", "[y, z]", "[z, w]", "[w, x]", "[y, x, z]"};
    const char *issues = "xyzw";
    double low = 0.1 * ent_draw_below(random, 5);
    ent_putf(out, "{party: %s, ", ent_draw_below(random, 3) == 0 ? "b" : "a");
    switch (ent_draw_below(random, 8)) {
    case 0:
        ent_put(out, "offers: {x: some}, for: {y: yes}}");
        break;
    case 1:
        ent_put(out, "demands: {y: yes, z: [p]}, for: {x: some}}");
        break;
    case 2:
        ent_putf(out, "prefers: %s, over: %s}", random_package(random), random_package(random));
        break;
    case 3:
        ent_putf(out, "ranks: %s}", pairs[ent_draw_below(random, 5)]);
        break;
    case 4:
        ent_putf(out, "weighs: {%c: [%.2f, %.2f]}}", issues[ent_draw_below(random, 4)], low,
                 low + 0.15 * ent_draw_below(random, 3));
        break;
    case 5:
        ent_putf(out, "cannot: %s}", packages[1 + ent_draw_below(random, 8)]);
        break;
    default:
        ent_putf(out, "%s: %s}", verbs[ent_draw_below(random, 5)], random_package(random));
    }
}

static ent_case *random_case(ent_work *work, ent_stream *random, uint32_t statements)
{
    ent_buffer out = ent_buffer_init(work->arena, 0);
    ent_put(&out, "entente: 1\ntitle: Random\nparties:\n  a: {reservation: [0, 0.1]}\n  b: {}\n"
                  "issues:\n  x: {by: a, for: b, options: [none, some, most]}\n"
                  "  y: {by: b, for: a, options: [no, yes]}\n"
                  "  z: {by: b, for: a, items: [p, q]}\n"
                  "  w: {by: a, for: b, range: {from: 0, to: 4, step: 1}}\nstatements:\n");
    for (uint32_t i = 0; i < statements; i++) {
        ent_putf(&out, "  - id: s%u\n    by: %s\n    claims:\n", i,
                 ent_draw_below(random, 2) == 0 ? "a" : "b");
        for (uint32_t j = 0; j <= ent_draw_below(random, 2); j++) {
            ent_put(&out, "      - ");
            put_claim(&out, random);
            ent_put_char(&out, '\n');
        }
    }
    return read_yaml(work, ent_buffer_text(&out));
}

static void turn_on(const ent_case *c, uint32_t mask, bool *on)
{
    for (uint32_t i = 0; i < c->statement_count; i++) {
        on[i] = (mask >> i & 1) != 0;
    }
}

static bool is_consistent(ent_work *work, const ent_case *c, uint32_t mask)
{
    bool on[32];
    bool consistent;
    const ent_dispute *d;
    turn_on(c, mask, on);
    assert_int_equal(ent_consistent(work, c, on, &consistent, &d), ENT_OK);
    return consistent;
}

static uint32_t mask_of(const uint32_t *statements, size_t count)
{
    uint32_t mask = 0;
    for (size_t i = 0; i < count; i++) {
        mask |= (uint32_t)1 << statements[i];
    }
    return mask;
}

/* Which subsets are consistent, by deciding each of them afresh. */
static bool *all_subsets(ent_work *work, const ent_case *c)
{
    uint32_t n = c->statement_count;
    bool *good = ent_alloc(work->arena, (size_t)1 << n, bool);
    for (uint32_t mask = 0; mask < 1u << n; mask++) {
        good[mask] = is_consistent(work, c, mask);
        for (uint32_t i = 0; i < n; i++) {
            /* Believing one more never makes peace. */
            assert_true((mask >> i & 1) == 0 || !good[mask] || good[mask & ~(1u << i)]);
        }
    }
    return good;
}

static bool is_minimal(const bool *good, uint32_t n, uint32_t mask)
{
    bool minimal = !good[mask];
    for (uint32_t i = 0; minimal && i < n; i++) {
        minimal = (mask >> i & 1) == 0 || good[mask & ~(1u << i)];
    }
    return minimal;
}

static void check_accounts(ent_work *work, const ent_case *c, const bool *good)
{
    ent_accounts accounts;
    bool *on = all_on(work->arena, c);
    assert_int_equal(ent_grow_accounts(work, c, &(ent_view){on, NULL, NULL}, &accounts), ENT_OK);
    assert_int_equal(accounts.count, 2);
    for (size_t a = 0; a < accounts.count; a++) {
        const ent_account *account = &accounts.at[a];
        uint32_t mask = 0;
        for (uint32_t i = 0; i < c->statement_count; i++) {
            mask |= account->in[i] ? 1u << i : 0;
            assert_int_equal(account->core[i], c->statements[i].side == account->party);
        }
        assert_int_equal(good[mask], account->consistent);
        if (!account->consistent) {
            const ent_dispute *d = account->core_dispute;
            assert_true(is_minimal(good, c->statement_count, mask_of(d->statements, d->count)));
            continue;
        }
        for (size_t i = 0; i < account->left_out_count; i++) {
            const ent_left_out *l = &account->left_out[i];
            uint32_t because = mask_of(l->because, l->count);
            assert_false(good[mask | 1u << l->statement]); /* it was left out for cause */
            assert_int_equal(because & ~mask, 0);
            assert_true(is_minimal(good, c->statement_count, because | 1u << l->statement));
        }
    }
}

UNIT(agrees_with_all_subsets_of_small_records)
{
    ent_stream random = ent_stream_of(11, 12, 13);
    size_t disputes = 0;
    size_t by_cannot = 0;
    size_t large = 0;
    for (int round = 0; round < 60; round++) {
        ent_case *c = random_case(work, &random, 6 + (uint32_t)round % 4);
        uint32_t n = c->statement_count;
        bool *good = all_subsets(work, c);
        ent_disputes found;
        assert_int_equal(ent_find_disputes(work, c, all_on(work->arena, c),
                                           (ent_dispute_limits){0}, &found),
                         ENT_OK);
        assert_true(found.complete);
        size_t expected = 0;
        for (uint32_t mask = 0; mask < 1u << n; mask++) {
            expected += is_minimal(good, n, mask);
        }
        assert_int_equal(found.count, expected);
        for (size_t i = 0; i < found.count; i++) {
            const ent_dispute *d = &found.at[i];
            assert_true(is_minimal(good, n, mask_of(d->statements, d->count)));
            assert_true(i == 0 || d[-1].count <= d->count); /* smallest first */
            by_cannot += d->by == ENT_BY_CANNOT;
            large += d->count >= 3;
        }
        disputes += found.count;
        check_accounts(work, c, good);
    }
    assert_true(disputes > 150 && by_cannot > 10 && large > 20);
}

UNIT(planted_disputes_are_found_and_no_others)
{
    planting p = {.statements = 120, .disputes = 12, .plain = 8, .seed = 5};
    ent_case *c = read_yaml(work, planted_yaml(work->arena, &p));
    ent_disputes found;
    assert_int_equal(
        ent_find_disputes(work, c, all_on(work->arena, c), (ent_dispute_limits){0}, &found),
        ENT_OK);
    assert_int_equal(found.count, 12);
    assert_true(found.complete || found.all_up_to >= 5);
    for (size_t i = 0; i < found.count; i++) {
        assert_int_equal(found.at[i].count, 2 + i / 3);
        const char *first = c->statements[found.at[i].statements[0]].id;
        const char *last = c->statements[found.at[i].statements[found.at[i].count - 1]].id;
        size_t length = strcspn(first, "-");
        assert_true(first[0] == 'd' && strncmp(first, last, length + 1) == 0);
    }
    if (!found.complete) {
        assert_true(found.drop_proved);
        assert_int_equal(found.drop_count, 12);
    }
}

UNIT(a_limit_is_said)
{
    planting p = {.statements = 60, .disputes = 8, .plain = 6, .seed = 6};
    ent_case *c = read_yaml(work, planted_yaml(work->arena, &p));
    bool *on = all_on(work->arena, c);
    ent_disputes found;
    ent_dispute_limits limits = {.disputes = 3};
    assert_int_equal(ent_find_disputes(work, c, on, limits, &found), ENT_OK);
    assert_int_equal(found.count, 3);
    assert_false(found.complete);
    assert_int_equal(found.drop_count, 8); /* found by itself, beyond the limit */
    assert_true(found.drop_proved);
    for (size_t i = 0; i < found.drop_count; i++) {
        on[found.drop[i]] = false;
    }
    bool consistent;
    const ent_dispute *d;
    assert_int_equal(ent_consistent(work, c, on, &consistent, &d), ENT_OK);
    assert_true(consistent);
}

UNIT(forced_statements_come_first)
{
    ent_case *c = read_yaml(
        work, "entente: 1\ntitle: T\nparties: {a: {}, b: {}}\n"
              "issues:\n  x: {by: a, for: b, options: [n, y]}\n"
              "  y: {by: b, for: a, options: [n, y]}\nstatements:\n"
              "  - {id: s1, by: a, claims: [{party: a, weighs: {x: [0, 0.4]}}]}\n"
              "  - {id: s2, by: b, claims: [{party: a, weighs: {x: [0.5, 1]}}]}\n"
              "  - {id: s3, by: b, claims: [{party: a, ranks: [y, x]}]}\n");
    bool *on = all_on(work->arena, c);
    bool forced[3] = {false, true, false};
    ent_accounts accounts;
    assert_int_equal(ent_grow_accounts(work, c, &(ent_view){on, NULL, NULL}, &accounts), ENT_OK);
    assert_string_equal(members_text(work->arena, c, accounts.at[0].in), "s1 s3");
    assert_string_equal(members_text(work->arena, c, accounts.at[1].in), "s2 s3");
    assert_int_equal(ent_grow_accounts(work, c, &(ent_view){on, forced, NULL}, &accounts), ENT_OK);
    assert_true(accounts.at[0].consistent);
    assert_false(accounts.at[0].splits); /* what shuts its word out is the other side's */
    assert_string_equal(members_text(work->arena, c, accounts.at[0].core), "s1 s2");
    assert_string_equal(members_text(work->arena, c, accounts.at[0].in), "s2 s3");
    assert_int_equal(accounts.at[0].left_out[0].statement, 0); /* its own side's word is told */
    assert_false(accounts.at[1].splits);
    ent_disputes found;
    assert_int_equal(ent_find_disputes(work, c, on, (ent_dispute_limits){0}, &found), ENT_OK);
    assert_string_equal(disputes_text(work->arena, c, &found), "s1 s2");
}

UNIT(explicit_accounts_replace_the_default)
{
    ent_case *c = read_yaml(
        work, "entente: 1\ntitle: T\nparties: {a: {}, b: {}}\n"
              "issues:\n  x: {by: a, for: b, options: [n, y]}\n"
              "  y: {by: b, for: a, options: [n, y]}\nstatements:\n"
              "  - {id: s1, by: a, claims: [{party: a, accepts: {x: y}}]}\n"
              "  - {id: s2, by: b, claims: [{party: b, cannot: {y: y}}]}\n"
              "  - {id: s3, by: a, claims: [{party: b, accepts: {x: y, y: y}}]}\n"
              "accounts:\n  theirs: {believes: [s2, s3]}\n  ours: {name: Us, believes: [b]}\n");
    bool *on = all_on(work->arena, c);
    ent_accounts accounts;
    assert_int_equal(ent_grow_accounts(work, c, &(ent_view){on, NULL, NULL}, &accounts), ENT_OK);
    assert_int_equal(accounts.count, 2);
    const ent_account *theirs = &accounts.at[0];
    assert_false(theirs->consistent);
    assert_true(theirs->core_dispute->by == ENT_BY_CANNOT);
    assert_int_equal(theirs->core_dispute->count, 2);
    const ent_account *ours = &accounts.at[1];
    assert_string_equal(ours->name, "Us");
    assert_string_equal(members_text(work->arena, c, ours->in), "s1 s2");
    assert_int_equal(ours->left_out_count, 1);
    assert_int_equal(ours->left_out[0].because[0], 1);
    ent_bans bans = ent_bans_of(work->arena, c, ours->in);
    assert_int_equal(bans.count, 1);
    assert_int_equal(bans.statement[0], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_the_reference_cases),
        cmocka_unit_test(finds_all_disputes_of_the_reference_instance),
        cmocka_unit_test(agrees_with_all_subsets_of_small_records),
        cmocka_unit_test(planted_disputes_are_found_and_no_others),
        cmocka_unit_test(a_limit_is_said),
        cmocka_unit_test(forced_statements_come_first),
        cmocka_unit_test(explicit_accounts_replace_the_default),
    };
    return cmocka_run_group_tests_name("dispute", tests, NULL, NULL);
}
