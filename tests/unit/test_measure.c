#include "unit.h"

#include "io/case.h"
#include "worlds/measure.h"

/* Five of eleven by count, all but a tenth of the value: partial, or nearly all? */
static const char yaml[] =
    "entente: 1\ntitle: T\nparties: {us: {}, nk: {}}\n"
    "issues:\n"
    "  site: {by: nk, for: us, options: [kept, closed, gone]}\n"
    "  relief:\n"
    "    by: us\n    for: nk\n"
    "    items:\n"
    "      civil: {sizes: {count: 5, value: [8, 9]}}\n"
    "      finance: {sizes: {count: 4, value: [0.5, 1]}}\n"
    "      arms: {sizes: {count: 2, value: 0}}\n"
    "  freeze: {by: nk, for: us, options: [none, half, full],\n"
    "    sizes: {months: {half: 6, full: 12}}}\n"
    "statements:\n"
    "  - {id: t1, by: us, claims: [{party: nk, demands: {relief: all}, for: {site: gone}}]}\n"
    "  - {id: r1, by: nk, claims: [{party: nk, offers: {site: gone}, for: {relief: [civil]}}]}\n"
    "  - {id: r2, by: nk, claims: [{party: us, refuses: {relief: [finance]}}]}\n"
    "  - {id: t2, by: us, claims: [{party: us, refuses: {relief: all}}]}\n"
    "  - {id: r3, by: nk, claims: [{party: us, weighs: {relief: [0.1, 1]}}]}\n"
    "  - {id: t3, by: us, claims: [{party: nk, weighs: {freeze: [0, 0.5]}}]}\n";

static ent_case *read_case(ent_work *work)
{
    ent_text *text = ent_alloc(work->arena, 1, ent_text);
    *text = (ent_text){"t.yaml", yaml, strlen(yaml)};
    ent_case *c = NULL;
    assert_int_equal(ent_read_case(work, NULL, text, "", &c), ENT_OK);
    return c;
}

UNIT(shares_are_sure_bounds)
{
    ent_case *c = read_case(work);
    const ent_issue *relief = &c->space.issues[1];
    ent_interval count = ent_size_share(relief, 0, 1);
    assert_near(count.low, 5.0 / 11, 1e-15);
    assert_near(count.high, 5.0 / 11, 1e-15);
    ent_interval value = ent_size_share(relief, 1, 1);
    assert_near(value.low, 8.0 / 9, 1e-15);
    assert_near(value.high, 9.0 / 9.5, 1e-15);
    assert_near(ent_size_share(&c->space.issues[2], 2, 1).low, 0.5, 1e-15);
    assert_true(isnan(ent_size_share(&c->space.issues[2], 0, 1).low));
    assert_true(isnan(ent_size_share(&c->space.issues[0], 0, 1).high));
}

UNIT(a_measure_dispute_is_found_where_both_sides_speak_of_it)
{
    ent_case *c = read_case(work);
    bool on[] = {true, true, true, true, true, true};
    ent_measure_disputes found = ent_find_measure_disputes(work->arena, c, on);
    assert_int_equal(found.count, 1); /* not for finance alone: no metric calls it nearly all */
    const ent_measure_dispute *d = &found.at[0];
    assert_int_equal(d->level, 1);
    assert_string_equal(c->metrics[d->partial_metric], "count");
    assert_string_equal(c->metrics[d->nearly_metric], "value");
    assert_int_equal(d->count, 3);
    assert_string_equal(c->statements[d->statements[0]].id, "t1");
    assert_string_equal(c->statements[d->statements[1]].id, "r1");
    assert_string_equal(c->statements[d->statements[2]].id, "t2");
    on[1] = false; /* then nobody of the other side speaks of the civil part alone */
    assert_int_equal(ent_find_measure_disputes(work->arena, c, on).count, 0);
}

UNIT(compatible_statements_are_in_every_account)
{
    ent_case *c = read_case(work);
    bool on[] = {true, true, true, true, true, true};
    ent_accounts accounts;
    assert_int_equal(ent_grow_accounts(work, c, &(ent_view){on, NULL, NULL}, &accounts), ENT_OK);
    ent_compatible found = ent_find_compatible(work->arena, c, &accounts);
    assert_true(found.complete);
    assert_int_equal(found.count, 2); /* t1 and r1 collide; r2, r3 speak of the same as t2 */
    for (size_t i = 0; i < found.count; i++) {
        assert_int_equal(c->space.issues[found.at[i].issue].first, 2);
        assert_string_equal(c->parties[found.at[i].party].id, "us");
    }
    assert_string_equal(c->statements[found.at[0].one].id, "r2");
    assert_string_equal(c->statements[found.at[0].other].id, "t2");
    assert_string_equal(c->statements[found.at[1].one].id, "t2");
    assert_string_equal(c->statements[found.at[1].other].id, "r3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_sure_bounds),
        cmocka_unit_test(a_measure_dispute_is_found_where_both_sides_speak_of_it),
        cmocka_unit_test(compatible_statements_are_in_every_account),
    };
    return cmocka_run_group_tests_name("measure", tests, NULL, NULL);
}
