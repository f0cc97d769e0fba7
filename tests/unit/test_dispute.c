#include "unit.h"

#include "base/random.h"
#include "io/case.h"
#include "io/node.h"
#include "worlds/dispute.h"

#include <stdio.h>
#include <stdlib.h>

static inline ent_case *read_yaml(ent_work *work, const char *yaml)
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
static inline const char *disputes_text(ent_arena *arena, const ent_case *c, const ent_disputes *d)
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

static inline const char *members_text(ent_arena *arena, const ent_case *c, const bool *in)
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
    assert_int_equal(ent_grow_accounts(work, c, all_on(work->arena, c), NULL, &accounts), ENT_OK);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_the_reference_cases),
    };
    return cmocka_run_group_tests_name("dispute", tests, NULL, NULL);
}
