/* `utility:` on parties: a case as an exact scenario. */
#include "scenario_text.h"

#include "io/case.h"
#include "record/exact.h"

static const char text[] =
    "entente: 1\n"
    "title: Two issues\n"
    "parties:\n"
    "  north:\n"
    "    reservation: 2\n"
    "    utility:\n"
    "      dam: {none: 6, small: 3}\n"
    "      works: {road: 1, school: 4}\n"
    "      tolls: {from: 0, to: 5}\n"
    "  south:\n"
    "    utility:\n"
    "      dam: {small: 5, large: 8}\n"
    "      works: {school: -2}\n"
    "issues:\n"
    "  dam: {by: north, for: south, options: [none, small, large]}\n"
    "  works: {by: south, for: north, items: [road, school]}\n"
    "  tolls: {by: south, for: north, range: {from: 0, to: 10, step: 2.5}}\n";

static ent_status read_case(ent_work *work, const char *bytes, ent_scenario **s)
{
    shelf memory = {.arena = work->arena};
    ent_files files = shelf_files(&memory);
    ent_diags_clear(work->diags);
    shelf_put(&memory, "c.yaml", bytes, strlen(bytes));
    return ent_read_scenario(work, &files, "c.yaml", NULL, 0, s);
}

UNIT(worths_add_up)
{
    ent_scenario *s = NULL;
    assert_int_equal(read_case(work, text, &s), ENT_OK);
    assert_int_equal(s->issue_count, 4);
    assert_string_equal(ent_scenario_outcomes_text(work->arena, s), "60");
    assert_string_equal(s->issues[2].name, "works: school");
    assert_true(s->utilities[0].reservation == 2 && s->utilities[1].reservation == 0);
    assert_near(ent_utility_of(s, 0, (uint64_t[]){1, 1, 1, 2}), 3 + 1 + 4 + 2.5, 1e-12);
    assert_near(ent_utility_of(s, 1, (uint64_t[]){2, 1, 1, 2}), 8 - 2, 1e-12);
    assert_near(ent_utility_of(s, 0, (uint64_t[]){0, 0, 0, 4}), 11, 1e-12);
}

UNIT(a_case_writes_its_utilities)
{
    ent_text source = {"c.yaml", text, strlen(text)};
    ent_case *c = NULL;
    ent_scenario *s = NULL;
    ent_buffer out = ent_buffer_init(work->arena, 0);
    assert_int_equal(ent_read_case(work, NULL, &source, "", &c), ENT_OK);
    ent_put_case(&out, c);
    assert_int_equal(read_case(work, ent_buffer_text(&out), &s), ENT_OK);
    assert_near(ent_utility_of(s, 0, (uint64_t[]){1, 1, 1, 2}), 10.5, 1e-12);
}

UNIT(faults_are_placed)
{
    static const swap bad[] = {
        {"dam: {none", "dams: {none", "C103 c.yaml:7:7"},
        {"{none: 6", "{nothing: 6", "C103 c.yaml:7:13"},
        {"{from: 0, to: 5}", "{from: 0, by: 5}", "C104 c.yaml:9:24"},
        {"none: 6", "none: six", "C107 c.yaml:7:19"},
        {"reservation: 2", "reservation: [1, 2]", "S111 c.yaml:4:3"},
        {"    utility:\n      dam: {small: 5, large: 8}\n      works: {school: -2}\n",
         "    name: South\n", "S106 c.yaml:10:3"},
        {"issues:\n", "rules: [{if: {dam: large}, then: {tolls: 5}}]\nissues:\n",
         "S111 c.yaml:14:9"},
    };
    ent_scenario *s = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *worse = swapped(work, text, bad[i].from, bad[i].to);
        assert_int_equal(read_case(work, worse, &s), ENT_INVALID);
        assert_string_equal(told(work, ENT_ERROR), bad[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worths_add_up),
        cmocka_unit_test(a_case_writes_its_utilities),
        cmocka_unit_test(faults_are_placed),
    };
    return cmocka_run_group_tests_name("exact", tests, NULL, NULL);
}
