#include "unit.h"

#include "bargain/closed_forms.h"
#include "io/files.h"
#include "io/node.h"

#include <stdlib.h>

/* The shares that leave both sides indifferent between accepting and waiting a round. */
UNIT(rubinstein_leaves_both_indifferent)
{
    for (double d1 = 0; d1 < 1; d1 += 0.09) {
        for (double d2 = 0; d2 < 1; d2 += 0.07) {
            ent_pie_split first = ent_rubinstein(d1, d2);
            ent_pie_split second = ent_rubinstein(d2, d1);
            assert_near(first.responder, d2 * second.proposer, 1e-12);
            assert_near(second.responder, d1 * first.proposer, 1e-12);
            assert_near(first.proposer + first.responder, 1, 1e-12);
        }
    }
    assert_true(isnan(ent_rubinstein(1, 1).proposer));
    assert_true(isnan(ent_rubinstein(-0.1, 0.5).proposer));
    (void)work;
}

UNIT(alternating_offers_end_in_rubinstein)
{
    assert_near(ent_alternating(0.9, 1).proposer, 1, 0);
    assert_near(ent_alternating(0.9, 2).proposer, 0.1, 1e-12);
    assert_near(ent_alternating(0.5, 10).proposer, 341.0 / 512, 1e-12);
    assert_near(ent_alternating(0.9, 10).proposer, 0.342800821, 1e-9);
    assert_near(ent_alternating(0.9, 1000).proposer, ent_rubinstein(0.9, 0.9).proposer, 1e-12);
    (void)work;
}

/* With breakdown worth nothing, a risk is a common discount; without risk it is Nash's split. */
UNIT(breakdown_is_nash_without_risk)
{
    assert_near(ent_breakdown(0, 0.1, 0.4).proposer, 0.35, 1e-12);
    assert_near(ent_breakdown(1, 0.1, 0.4).proposer, 0.6, 1e-12);
    for (double risk = 0.05; risk < 1; risk += 0.05) {
        assert_near(ent_breakdown(risk, 0, 0).proposer, ent_rubinstein(1 - risk, 1 - risk).proposer,
                    1e-12);
        ent_pie_split s = ent_breakdown(risk, 0.1, 0.3);
        ent_pie_split t = ent_breakdown(risk, 0.3, 0.1);
        assert_near(s.responder, risk * 0.3 + (1 - risk) * t.proposer, 1e-12);
    }
    assert_true(isnan(ent_breakdown(0.1, 0.7, 0.7).proposer));
    (void)work;
}

UNIT(break_even_weighs_loss_against_gain)
{
    assert_near(ent_break_even(0.2, 0, 0.5, 0.05), 0.5, 1e-12);
    assert_near(ent_break_even(0, 0, 0.5, 0), 0, 0);
    assert_true(ent_break_even(0.5, 0.2, 0.3, 0) > 1);
    assert_true(isinf(ent_break_even(0.5, 0.2, 0.1, 0)));
    /* At the break-even chance, staying is worth what walking is. */
    double q = ent_break_even(0.3, 0.1, 0.7, 0.02);
    assert_near(q * 0.7 + (1 - q) * 0.1 - 0.02, 0.3, 1e-12);
    (void)work;
}

static double number(const ent_node *map, const char *key)
{
    const ent_node *node = ent_node_get(map, key);
    assert_non_null(node);
    return strtod(node->text, NULL);
}

/* Ratios are texts such as "9/10". */
static double ratio(const ent_node *map, const char *key)
{
    const ent_node *node = ent_node_get(map, key);
    char *end;
    assert_non_null(node);
    double top = strtod(node->text, &end);
    return *end == '/' ? top / strtod(end + 1, NULL) : top;
}

UNIT(reference_values_agree_where_they_are_at_hand)
{
    char *path = ent_format(work->arena, "%s/../shared/reference/closed_forms.json",
                            getenv("ENTENTE_SOURCE"));
    ent_text text;
    const ent_node *root;
    if (ent_disk.read(ent_disk.user, work, path, 1 << 20, &text) != ENT_OK) {
        print_message("# skipped: no reference data at hand\n");
        return;
    }
    assert_int_equal(ent_read_json(work, &text, &root), ENT_OK);
    const ent_node *list = ent_node_get(ent_node_get(root, "rubinstein"), "values");
    for (size_t i = 0; i < list->count; i++) {
        const ent_node *one = list->items[i];
        ent_pie_split s = ent_rubinstein(ratio(one, "d1"), ratio(one, "d2"));
        assert_near(s.proposer, number(one, "x1_float"), 1e-12);
        assert_near(s.responder, number(one, "x2_float"), 1e-12);
    }
    list = ent_node_get(root, "finite_alternating_offers");
    for (size_t i = 0; i < list->count; i++) {
        const ent_node *one = list->items[i];
        ent_pie_split s = ent_alternating(ratio(one, "delta"), (uint32_t)number(one, "T"));
        assert_near(s.proposer, number(one, "float"), 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rubinstein_leaves_both_indifferent),
        cmocka_unit_test(alternating_offers_end_in_rubinstein),
        cmocka_unit_test(breakdown_is_nash_without_risk),
        cmocka_unit_test(break_even_weighs_loss_against_gain),
        cmocka_unit_test(reference_values_agree_where_they_are_at_hand),
    };
    return cmocka_run_group_tests_name("closed_forms", tests, NULL, NULL);
}
