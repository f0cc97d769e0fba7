/* Suppositions: the short form and the case's own say the same, and act in every account. */
#include "read_case.h"

#include "record/suppose.h"

static const ent_case *supposing(ent_work *work, const ent_case *c, const char *first,
                                 const char *second)
{
    const char *texts[] = {first, second};
    const ent_case *with = NULL;
    assert_int_equal(ent_read_suppositions(work, c, texts, second == NULL ? 1 : 2, &with), ENT_OK);
    return with;
}

static void same_claims(const ent_claim *a, const ent_claim *b)
{
    assert_true(a->party == b->party && a->verb == b->verb);
    assert_int_equal(a->package.count, b->package.count);
    for (size_t i = 0; i < a->package.count; i++) {
        assert_int_equal(a->package.choices[i].issue, b->package.choices[i].issue);
        assert_true(a->package.choices[i].level == b->package.choices[i].level);
    }
}

UNIT(short_and_long_forms_say_the_same)
{
    static const char *const pairs[][2] = {
        {"north accepts dam=opened,port=shared",
         "{party: north, accepts: {dam: opened, port: shared}}"},
        {"south refuses fees=pilots+berths", "{party: south, refuses: {fees: all}}"},
        {"  south \tnever  fees=pilots , port=open",
         "{party: south, never: {fees: pilots, port: open}}"},
        {"north requires fees=none,port=shared",
         "{party: north, requires: {fees: none, port: shared}}"},
    };
    const ent_case *c = case_of(work, small_case);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const ent_case *with = supposing(work, c, pairs[i][0], pairs[i][1]);
        const ent_statement *added = with->statements + c->statement_count;
        assert_int_equal(with->statement_count, c->statement_count + 2);
        same_claims(&added[0].claims[0], &added[1].claims[0]);
        assert_string_equal(added[0].id, "supposed-1");
        assert_string_equal(added[1].words, pairs[i][1]);
        assert_true(ent_is_supposed(&added[0]) && added[0].date == NULL);
    }
}

UNIT(nothing_supposed_changes_nothing)
{
    const ent_case *c = case_of(work, small_case);
    const ent_case *with = NULL;
    assert_int_equal(ent_read_suppositions(work, c, NULL, 0, &with), ENT_OK);
    assert_ptr_equal(with, c);
}

/* It is believed before a side's own words, which give way to it, in every account. */
UNIT(a_supposition_is_believed_before_all_others)
{
    const ent_case *c = case_of(work, small_case);
    const ent_case *with = supposing(work, c, "north accepts dam=removed,port=shared", NULL);
    ent_settings settings = ent_settings_default();
    ent_analysis before, after;
    uint32_t no = ent_find_statement(c, "ann-no");
    assert_int_equal(ent_analyse_accounts(work, c, &settings, &before), ENT_OK);
    assert_int_equal(ent_analyse_accounts(work, with, &settings, &after), ENT_OK);
    assert_true(before.accounts.at[0].in[no]);
    for (size_t i = 0; i < after.accounts.count; i++) {
        assert_true(after.accounts.at[i].in[c->statement_count]);
        assert_false(after.accounts.at[i].in[no]);
    }
}

UNIT(it_is_never_written_to_the_case)
{
    const ent_case *c = case_of(work, small_case);
    ent_buffer plain = ent_buffer_init(work->arena, 0);
    ent_buffer supposed = ent_buffer_init(work->arena, 0);
    ent_put_case(&plain, c);
    ent_put_case(&supposed, supposing(work, c, "north refuses dam=opened", NULL));
    assert_string_equal(ent_buffer_text(&plain), ent_buffer_text(&supposed));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_and_long_forms_say_the_same),
        cmocka_unit_test(nothing_supposed_changes_nothing),
        cmocka_unit_test(a_supposition_is_believed_before_all_others),
        cmocka_unit_test(it_is_never_written_to_the_case),
    };
    return cmocka_run_group_tests_name("suppose", tests, NULL, NULL);
}
