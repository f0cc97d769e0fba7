#include "scenario_text.h"

static const char domain[] =
    "{\"name\": \"d\", \"issuesValues\": {\n"
    " \"A\": {\"values\": [\"x\", \"y\", 3]},\n"
    " \"N\": {\"range\": {\"low\": 0.5, \"high\": 2.2, \"increment\": 0.5}}}}\n";

static const char profile[] =
    "{\"LinearAdditiveUtilitySpace\": {\n"
    " \"issueUtilities\": {\n"
    "  \"N\": {\"NumberValueSetUtilities\":\n"
    "   {\"lowValue\": 0.5, \"lowUtility\": 0, \"highValue\": 2.5, \"highUtility\": 1}},\n"
    "  \"A\": {\"DiscreteValueSetUtilities\": {\"valueUtilities\": {\n"
    "   \"y\": 1, \"x\": 0.25, \"3\": 0}}}},\n"
    " \"issueWeights\": {\"A\": 0.75, \"N\": 0.25},\n"
    " \"reservationBid\": {\"issuevalues\": {\"A\": \"x\"}}}}\n";

static ent_status read_two(ent_work *work, const char *d, const char *p, ent_scenario **s)
{
    const char *const files[] = {"d.json", d, "p.json", p, NULL};
    return read_texts(work, files, s);
}

UNIT(values_are_weighted_and_neither_divided_nor_cut)
{
    ent_scenario *s = NULL;
    assert_int_equal(read_two(work, domain, profile, &s), ENT_OK);
    assert_string_equal(told(work, ENT_WARNING), "");
    assert_string_equal(s->name, "d");
    assert_string_equal(ent_scenario_outcomes_text(work->arena, s), "12");
    assert_true(s->issues[1].upper == 2 && s->issues[1].step == 0.5);
    const ent_utility *u = &s->utilities[0];
    assert_true(u->part[0][0] == 0.1875 && u->part[0][1] == 0.75 && u->part[0][2] == 0);
    assert_true(u->part[1][0] == 0 && u->part[1][3] == 0.1875);
    assert_true(u->reservation == 0.1875 && !u->capped && u->discount == 1);
    const char *over = swapped(work, profile, "\"A\": 0.75", "\"A\": 3");
    assert_int_equal(read_two(work, domain, over, &s), ENT_OK);
    assert_string_equal(told(work, ENT_WARNING), "S204 s/p.json:7:18");
    assert_true(ent_utility_of(s, 0, (uint64_t[]){1, 3}) == 3.1875);
}

UNIT(older_names_and_a_domain_within_profiles)
{
    const char *old = swapped(work, profile, "NumberValueSetUtilities", "numberutils");
    old = swapped(work, old, "DiscreteValueSetUtilities", "discreteutils");
    ent_scenario *s = NULL;
    assert_int_equal(read_two(work, domain, old, &s), ENT_OK);
    assert_true(s->utilities[0].part[0][1] == 0.75);
    old = swapped(work, old, "\"issueWeights\"",
                  ent_format(work->arena, "\"domain\": %s, \"issueWeights\"", domain));
    const char *const alone[] = {"p.json", old, "q.json", old, NULL};
    assert_int_equal(read_texts(work, alone, &s), ENT_OK);
    assert_int_equal(s->party_count, 2);
    assert_true(s->utilities[1].part[0][1] == 0.75);
    /* All that are named, also where nothing else is in the folder. */
    static const char *const named[] = {"q.json", "p.json"};
    assert_int_equal(read_named(work, alone, "s", named, 2, &s), ENT_OK);
    assert_string_equal(s->parties[0], "q");
    assert_int_equal(read_named(work, alone, "s/q.json", named + 1, 1, &s), ENT_OK);
    assert_int_equal(s->party_count, 2);
    const char *const none[] = {"p.json", profile, NULL};
    assert_int_equal(read_texts(work, none, &s), ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), "S108 s/p.json:1:1");
}

UNIT(odd_profiles_load_and_say_so)
{
    static const swap odd[] = {
        {"\"x\": 0.25, ", "", "S203 s/p.json:5:57"},
        {"\"x\": 0.25", "\"x\": 0.25, \"z\": 1", "S203 s/p.json:6:23"},
        {"\"A\": 0.75", "\"B\": 1, \"A\": 0.75", "S204 s/p.json:7:19"},
    };
    ent_scenario *s = NULL;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const char *text = swapped(work, profile, odd[i].from, odd[i].to);
        assert_int_equal(read_two(work, domain, text, &s), ENT_OK);
        assert_string_equal(told(work, ENT_WARNING), odd[i].expected);
    }
}

UNIT(faults_are_placed)
{
    static const swap bad_domain[] = {
        {"\"x\", \"y\", 3", "", "S108 s/d.json:2:18"},
        {"\"y\"", "\"x\"", "S112 s/d.json:2:24"},
        {"\"y\"", "[]", "S111 s/d.json:2:24"},
        {"\"values\"", "\"valves\"", "S108 s/d.json:2:7"},
        {"\"low\": 0.5", "\"low\": 5", "S110 s/d.json:3:17"},
        {"\"increment\": 0.5", "\"increment\": 0", "S110 s/d.json:3:17"},
        {"\"increment\": 0.5", "\"increment\": 1e-9", "S104 s/d.json:3:17"},
        {"\"high\": 2.2", "\"high\": \"much\"", "S109 s/d.json:3:38"},
        {"\"high\": 2.2, ", "", "S108 s/d.json:3:17"},
        {"0.5}}}}", "0.5}}}", "C101 s/d.json:4:1"},
    };
    static const swap bad_profile[] = {
        {"\"x\": 0.25", "\"x\": NaN", "C101 s/p.json:6:17"},
        {"\"x\": 0.25", "\"x\": \"inf\"", "S109 s/p.json:6:17"},
        {"\"A\": {\"D", "\"B\": {\"D", "S107 s/p.json:5:3"},
        {"\"highValue\": 2.5", "\"highValue\": 0.5", "S110 s/p.json:4:4"},
        {"\"NumberV", "\"ComplexV", "S111 s/p.json:3:8"},
        {"\"issueUtilities\"", "\"utilities\"", "S108 s/p.json:1:32"},
        {"LinearAdditiveUtilitySpace", "ProductUtilitySpace", "S111 s/p.json:1:1"},
        {"LinearAdditiveUtilitySpace", "SumOfGroupsUtilitySpace", "S108 s/p.json:1:29"},
        {" \"issueWeights\"", " \"domain\": {\"issuesValues\": {\"A\": {\"values\": [\"x\"]}}},"
                              " \"issueWeights\"", "S107 s/p.json:7:12"},
    };
    for (size_t i = 0; i < sizeof bad_domain / sizeof *bad_domain; i++) {
        fault_is_told(work, read_two, (const char *[]){domain, profile}, 0, &bad_domain[i]);
    }
    for (size_t i = 0; i < sizeof bad_profile / sizeof *bad_profile; i++) {
        fault_is_told(work, read_two, (const char *[]){domain, profile}, 1, &bad_profile[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_weighted_and_neither_divided_nor_cut),
        cmocka_unit_test(older_names_and_a_domain_within_profiles),
        cmocka_unit_test(odd_profiles_load_and_say_so),
        cmocka_unit_test(faults_are_placed),
    };
    return cmocka_run_group_tests_name("geniusweb", tests, NULL, NULL);
}
