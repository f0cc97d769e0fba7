/* Every verb's record is whole: what is driven from it finds something in every field. */
#include "unit.h"

#include "record/verb.h"

#include <string.h>

UNIT(no_field_of_a_verb_is_empty)
{
    (void)work;
    for (int v = 0; v < ENT_VERB_COUNT; v++) {
        const ent_verb_record *r = &ent_verbs[v];
        assert_non_null(r->name);
        assert_true(strlen(r->name) > 0 && strlen(r->help) > 10 && strlen(r->words) > 0);
        assert_non_null(r->partner);
        assert_non_null(r->link);
        assert_true(r->object > 0 && r->object < ENT_OBJECT_COUNT);
        assert_true(r->partner_needed > 0 && r->says > 0 && r->steps > 0 && r->line > 0);
        assert_true(r->position > 0 && r->rest > 0);
        assert_true(r->direction > 0 && r->partner_direction > 0);
        bool partner = r->partner[0] != '\0';
        assert_true(partner == (strlen(r->partner_help) > 0) && partner == (strlen(r->link) > 0));
        assert_true(partner || r->partner_needed == ENT_NO);
        assert_true(v == 0 || strcmp(ent_verbs[v - 1].name, r->name) < 0);
    }
}

UNIT(what_goes_with_a_package_needs_one)
{
    (void)work;
    for (int v = 0; v < ENT_VERB_COUNT; v++) {
        const ent_verb_record *r = &ent_verbs[v];
        bool package = r->object == ENT_OBJECT_PACKAGE;
        assert_true(package || r->says == ENT_SAYS_NEITHER);
        assert_true(package || (r->steps == ENT_STEPS_NONE && r->line == ENT_LINE_NONE));
        assert_true(r->position == ENT_NO || r->says == ENT_SAYS_ACCEPTED);
        assert_true(r->rest == ENT_NO || r->says != ENT_SAYS_NEITHER ||
                    r->steps != ENT_STEPS_NONE);
        assert_true(r->line == ENT_LINE_NONE || (r->rest == ENT_NO && r->position == ENT_NO));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_field_of_a_verb_is_empty),
        cmocka_unit_test(what_goes_with_a_package_needs_one),
    };
    return cmocka_run_group_tests_name("verbs", tests, NULL, NULL);
}
