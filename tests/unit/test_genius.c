#include "scenario_text.h"

static const char domain[] =
    "<negotiation_template>\n"
    "<utility_space number_of_issues='3'>\n"
    "<objective index='0' name='r' type='objective' etype='objective'>\n"
    "<issue index='1' name='A' type='discrete'>\n"
    "<item index='1' value='x'/>\n"
    "<item index='2' value='y'/>\n"
    "</issue>\n"
    "<issue index='2' name='N' type='integer' lowerbound='-1' upperbound='3'/>\n"
    "<issue index='3' name='R' type='real'><range lowerbound='0' upperbound='2'/></issue>\n"
    "</objective>\n"
    "</utility_space>\n"
    "</negotiation_template>\n";

static const char profile[] =
    "<utility_space>\n"
    "<objective index='0' name='r' type='objective' etype='objective'>\n"
    "<weight index='1' value='0.5'/>\n"
    "<weight index='2' value='0.25'/>\n"
    "<weight index='3' value='0.25'/>\n"
    "<issue index='1' name='A' type='discrete'>\n"
    "<item index='1' value='x' evaluation='2'/>\n"
    "<item index='2' value='y' evaluation='4'/>\n"
    "</issue>\n"
    "<issue index='2' name='N' type='integer' lowerbound='-1' upperbound='3'>\n"
    "<evaluator ftype='linear' slope='0.5' offset='-0.25'/>\n"
    "</issue>\n"
    "<issue index='3' name='R' type='real'><range lowerbound='0' upperbound='2'/>\n"
    "<evaluator ftype='triangular' parameter0='0' parameter1='2' parameter2='0.5'/>\n"
    "</issue>\n"
    "</objective>\n"
    "<discount_factor value='0.9'/>\n"
    "<reservation value='0.5'/>\n"
    "</utility_space>\n";

static const char nonlinear[] =
    "<utility_space type='nonlinear'>\n"
    "<objective index='0' name='r'>\n"
    "<utility maxutility='4'>\n"
    "<ufun aggregation='sum'>\n"
    "<hyperRectangle utility='3'><INCLUDES index='2' min='0' max='1'/>"
    "<INCLUDES index='2' min='1' max='9'/></hyperRectangle>\n"
    "<hyperRectangle utility='2' weight='0.5'><EXCLUDES index='2' min='-1' max='2'/>"
    "</hyperRectangle>\n"
    "<ufun aggregation='sum' weight='2'><hyperRectangle utility='1'/></ufun>\n"
    "</ufun>\n"
    "</utility>\n"
    "</objective>\n"
    "</utility_space>\n";

static ent_status read_two(ent_work *work, const char *d, const char *p, ent_scenario **s)
{
    const char *const files[] = {"d.xml", d, "p.xml", p, NULL};
    return read_texts(work, files, s);
}

UNIT(additive_values_are_those_of_the_classes)
{
    ent_scenario *s = NULL;
    assert_int_equal(read_two(work, domain, profile, &s), ENT_OK);
    assert_int_equal(s->party_count, 1);
    assert_string_equal(s->parties[0], "p");
    assert_string_equal(ent_scenario_outcomes_text(work->arena, s), "210");
    const ent_utility *u = &s->utilities[0];
    assert_true(u->capped && u->reservation == 0.5 && u->discount == 0.9);
    assert_true(s->issues[2].discretised && s->issues[2].levels == 21);
    assert_true(u->part[0][0] == 0.25 && u->part[0][1] == 0.5);
    assert_true(u->part[1][0] == 0 && u->part[1][1] == 0.0625 && u->part[1][4] == 0.25);
    assert_near(u->part[2][5], 0.25, 1e-15);
    assert_near(u->part[2][10], 0.25 * 2 / 3, 1e-15);
    assert_true(u->part[2][20] == 0);
    assert_near(ent_utility_of(s, 0, (uint64_t[]){1, 4, 5}), 1, 1e-15);
}

UNIT(boxes_are_closed)
{
    static const double want[] = {0.5, 0.5, 1.25, 0.5, 0.75};
    ent_scenario *s = NULL;
    assert_int_equal(read_two(work, domain, nonlinear, &s), ENT_OK);
    for (uint64_t k = 0; k < 5; k++) {
        assert_true(ent_utility_of(s, 0, (uint64_t[]){0, k, 0}) == want[k]);
    }
    const char *least = swapped(work, nonlinear, "aggregation='sum'", "aggregation='min'");
    assert_int_equal(read_two(work, domain, least, &s), ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), "S111 s/p.xml:7:1");
    least = swapped(work, least, "<ufun aggregation='sum' weight='2'>"
                                 "<hyperRectangle utility='1'/></ufun>", "");
    assert_int_equal(read_two(work, domain, least, &s), ENT_OK);
    assert_true(ent_utility_of(s, 0, (uint64_t[]){0, 2, 0}) == 0);
}

UNIT(odd_files_load_and_say_so)
{
    static const swap odd[] = {
        {"name='A' type='discrete'", "name='A'", "S202 s/d.xml:4:1"},
        {"<objective", "<agent/><objective", "S207 s/d.xml:9:1"},
        {"<item index='2' value='y'/>", "<item value='y'/><item value='y'/>", "S203 s/d.xml:6:18"},
        {"value='y'", "value=' y  '", "S203 s/d.xml:6:1"},
        {"name='A'", "name='A '", "S202 s/d.xml:4:1"},
        {"<utility_space ", "<agent name='a'/><utility_space ", "S201 s/d.xml:2:1"},
    };
    static const swap odd_profile[] = {
        {"value='0.5'", "value='0.4'", "S204 s/p.xml:6:1"},
        {"<weight index='3'", "<weight index='9' value='1'/>\n<weight index='3'",
         "S204 s/p.xml:5:1"},
        {"<item index='1' value='x' evaluation='2'/>", "<item value='x' evaluation='null'/>",
         "S203 s/p.xml:6:1"},
        {"<item index='1'", "<item value='x' evaluation='1'/><item index='1'",
         "S203 s/p.xml:7:33"},
        {"name='N'", "name='M'", "S202 s/p.xml:10:1"},
        {"evaluation='4'/>\n", "evaluation='4'/>\n<item value='z' evaluation='8'/>\n",
         "S203 s/p.xml:9:1"},
        {"discount_factor value='0.9'", "discount_factor value='0'", "S205 s/p.xml:17:1"},
        {"reservation value='0.5'", "reservation value='1.5'", "S205 s/p.xml:18:1"},
        {"<weight index='2' value='0.25'/>\n", "", "S204 s/p.xml:5:1"},
        {"<evaluator ftype='linear' slope='0.5' offset='-0.25'/>", "", "S203 s/p.xml:10:1"},
    };
    ent_scenario *s = NULL;
    const char *quiet = swapped(work, domain, "type='real'><range lowerbound='0' upperbound='2'/>",
                                "type='discrete'><item value='q'/>");
    const char *calm = swapped(work, profile,
                               "<range lowerbound='0' upperbound='2'/>\n<evaluator ftype="
                               "'triangular' parameter0='0' parameter1='2' parameter2='0.5'/>",
                               "<item value='q' evaluation='1'/>\n");
    assert_int_equal(read_two(work, quiet, calm, &s), ENT_OK);
    assert_string_equal(told(work, ENT_WARNING), "");
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const char *base = i == 1 ? domain : quiet;
        const char *other = i == 1 ? profile : calm;
        const char *text = swapped(work, base, odd[i].from, odd[i].to);
        assert_int_equal(read_two(work, text, other, &s), ENT_OK);
        assert_string_equal(told(work, ENT_WARNING), odd[i].expected);
    }
    for (size_t i = 0; i < sizeof odd_profile / sizeof *odd_profile; i++) {
        const char *text = swapped(work, calm, odd_profile[i].from, odd_profile[i].to);
        assert_int_equal(read_two(work, quiet, text, &s), ENT_OK);
        assert_string_equal(told(work, ENT_WARNING), odd_profile[i].expected);
    }
}

UNIT(the_last_of_two_evaluations_and_the_greatest_of_all_count)
{
    ent_scenario *s = NULL;
    const char *text = swapped(work, profile, "<item index='2'", "<item value='x' evaluation='1'/>"
                               "<item value='none' evaluation='8'/><item index='2'");
    assert_int_equal(read_two(work, domain, text, &s), ENT_OK);
    assert_true(s->utilities[0].part[0][0] == 0.5 * (1.0 / 8));
    text = swapped(work, profile, "evaluation='2'", "evaluation='0'");
    text = swapped(work, text, "evaluation='4'", "evaluation='0'");
    assert_int_equal(read_two(work, domain, text, &s), ENT_OK);
    assert_true(s->utilities[0].part[0][1] == 0);
}

UNIT(issues_are_known_by_number_or_else_by_name)
{
    ent_scenario *s = NULL;
    const char *text = swapped(work, profile, "<issue index='1'", "<issue index='7'");
    text = swapped(work, text, "<weight index='1'", "<weight index='7'");
    assert_int_equal(read_two(work, domain, text, &s), ENT_OK);
    assert_true(s->utilities[0].part[0][1] == 0.5);
}

UNIT(faults_are_placed)
{
    static const swap bad_domain[] = {
        {"upperbound='3'", "upperbound='-2'", "S110 s/d.xml:8:1"},
        {"upperbound='3'", "upperbound='2.5'", "S109 s/d.xml:8:1"},
        {"upperbound='3'", "upperbound='9000000'", "S104 s/d.xml:8:1"},
        {"upperbound='3'", "", "S108 s/d.xml:8:1"},
        {"upperbound='2'", "upperbound='0'", "S110 s/d.xml:9:1"},
        {"upperbound='2'", "upperbound='nan'", "S109 s/d.xml:9:39"},
        {"upperbound='2'", "upperbound='1e999'", "S109 s/d.xml:9:39"},
        {"type='real'", "type='dream'", "S111 s/d.xml:9:1"},
        {"name='R'", "name='A'", "S112 s/d.xml:9:1"},
        {"index='3'", "index='2'", "S112 s/d.xml:9:1"},
        {"index='3' name", "name", "S108 s/d.xml:9:1"},
        {"name='R'", "", "S108 s/d.xml:9:1"},
        {"<item index='1' value='x'/>\n<item index='2' value='y'/>\n", "", "S108 s/d.xml:4:1"},
        {"</issue>", "", "S102 s/d.xml:10:3"},
        {"</negotiation_template>", "", "S102 s/d.xml:13:1"},
        {"<objective", "<!DOCTYPE a>", "S102 s/d.xml:3:3"},
    };
    static const swap bad_profile[] = {
        {"evaluation='2'", "evaluation='inf'", "S109 s/p.xml:7:1"},
        {"evaluation='2'", "evaluation='two'", "S109 s/p.xml:7:1"},
        {"value='x'", "", "S108 s/p.xml:7:1"},
        {"value='0.5'", "value='-'", "S109 s/p.xml:3:1"},
        {"slope='0.5'", "slope='x'", "S109 s/p.xml:11:1"},
        {"offset='-0.25'", "", "S108 s/p.xml:11:1"},
        {"ftype='triangular'", "ftype='cubic'", "S111 s/p.xml:14:1"},
        {"parameter2='0.5'", "parameter2='5'", "S110 s/p.xml:14:1"},
        {"<issue index='1' name='A'", "<issue index='5' name='B'", "S107 s/p.xml:6:1"},
        {"reservation value='0.5'", "reservation", "S108 s/p.xml:18:1"},
    };
    for (size_t i = 0; i < sizeof bad_domain / sizeof *bad_domain; i++) {
        fault_is_told(work, read_two, (const char *[]){domain, profile}, 0, &bad_domain[i]);
    }
    for (size_t i = 0; i < sizeof bad_profile / sizeof *bad_profile; i++) {
        fault_is_told(work, read_two, (const char *[]){domain, profile}, 1, &bad_profile[i]);
    }
}

UNIT(faults_of_boxes_are_placed)
{
    static const swap bad[] = {
        {"maxutility='4'", "maxutility='0'", "S109 s/p.xml:3:1"},
        {"maxutility='4'", "", "S108 s/p.xml:3:1"},
        {"index='2'", "index='8'", "S107 s/p.xml:5:29"},
        {"index='2'", "index='1'", "S111 s/p.xml:5:29"},
        {"utility='3'", "utility='nan'", "S109 s/p.xml:5:1"},
        {"min='0'", "", "S108 s/p.xml:5:29"},
    };
    ent_scenario *s = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *text = swapped(work, nonlinear, bad[i].from, bad[i].to);
        assert_int_equal(read_two(work, domain, text, &s), ENT_INVALID);
        assert_string_equal(told(work, ENT_ERROR), bad[i].expected);
    }
}

UNIT(folders)
{
    static const char *const none[] = {"readme.txt", "x", NULL};
    static const char *const no_domain[] = {"p.xml", profile, NULL};
    static const char *const no_profile[] = {"d.xml", domain, NULL};
    static const char *const two_domains[] = {"d.xml", domain, "e.xml", domain, "p.xml", profile,
                                              NULL};
    static const char *const odd[] = {"d.xml", domain, "p.xml", profile, "pareto.xml", "0, 1\n",
                                      "q.xml", profile, "r.xml", profile, "t.xml", "<Tournament/>",
                                      NULL};
    static const char *const empty[] = {"d.xml", domain, "p.xml", "<utility_space/>", NULL};
    ent_scenario *s = NULL;
    assert_int_equal(read_texts(work, none, &s), ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), "S101 :0:0");
    assert_int_equal(read_texts(work, no_domain, &s), ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), "S105 :0:0");
    assert_int_equal(read_texts(work, no_profile, &s), ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), "S106 :0:0");
    assert_int_equal(read_texts(work, two_domains, &s), ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), "S105 :0:0");
    assert_int_equal(read_texts(work, empty, &s), ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), "S107 s/p.xml:1:1");
    assert_int_equal(read_texts(work, odd, &s), ENT_OK);
    assert_int_equal(s->party_count, 3);
    assert_string_equal(told(work, ENT_WARNING), "S201 s/pareto.xml:1:1");
    assert_string_equal(ent_diags_get(work->diags, 1)->file, "s/t.xml");
    assert_string_equal(ent_diags_get(work->diags, 2)->code, "S206");
}

/* "party party", as they were read; the code of the error where nothing was. */
static const char *parties_of(ent_work *work, const char *const *files, const char *path,
                              const char *first, const char *second)
{
    const char *profiles[] = {first, second};
    size_t count = first == NULL ? 0 : second == NULL ? 1 : 2;
    ent_scenario *s = NULL;
    if (read_named(work, files, path, profiles, count, &s) != ENT_OK) {
        return told(work, ENT_ERROR);
    }
    ent_buffer b = ent_buffer_init(work->arena, 0);
    for (uint32_t p = 0; p < s->party_count; p++) {
        ent_putf(&b, "%s%s", p > 0 ? " " : "", s->parties[p]);
    }
    ent_putf(&b, " on %s", s->issues[0].name);
    return ent_buffer_text(&b);
}

UNIT(a_file_of_a_folder_names_what_is_meant)
{
    const char *other = swapped(work, domain, "name='A'", "name='O'");
    const char *of_other = swapped(work, profile, "name='A'", "name='O'");
    const char *one[] = {"d.xml", domain, "p.xml", profile, "q.xml", profile, NULL};
    const char *two[] = {"a-d.xml", domain, "a-p.xml", profile, "a-q.xml", profile, "b-d.xml",
                         other, "b-p.xml", of_other, "b-q.xml", of_other, NULL};
    static const struct {
        bool two;
        const char *path, *first, *second, *expected;
    } ways[] = {
        {false, "s", NULL, NULL, "p q on A"},
        {false, "s/d.xml", NULL, NULL, "p q on A"},
        {false, "s/p.xml", NULL, NULL, "p q on A"}, /* stands for its folder */
        {false, "s/q.xml", "p.xml", NULL, "q p on A"}, /* and takes part beside one that is named */
        {false, "s/q.xml", "s/q.xml", "s/p.xml", "q p on A"},
        {false, "s/d.xml", "s/q.xml", NULL, "q on A"},
        {true, "s", NULL, NULL, "S105 :0:0"},
        {true, "s/b-d.xml", NULL, NULL, "b-p b-q on O"},
        {true, "s/b-d.xml", "b-q.xml", "b-p.xml", "b-q b-p on O"},
        {true, "s/b-p.xml", NULL, NULL, "b-p b-q on O"},
        {true, "s/b-p.xml", "b-q.xml", NULL, "b-p b-q on O"},
        {true, "s", "b-p.xml", "b-q.xml", "b-p b-q on O"},
        {true, "s", "a-p.xml", "b-q.xml", "S105 :0:0"},
        {true, "s/a-p.xml", "b-q.xml", NULL, "S105 :0:0"},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_string_equal(parties_of(work, ways[i].two ? two : one, ways[i].path, ways[i].first,
                                       ways[i].second),
                            ways[i].expected);
    }
}

UNIT(a_million_items)
{
    ent_buffer d = ent_buffer_init(work->arena, 0);
    ent_buffer p = ent_buffer_init(work->arena, 0);
    ent_put(&d, "<negotiation_template><utility_space><objective index='0'>"
                "<issue index='1' name='A' type='discrete'>");
    ent_put(&p, "<utility_space><objective index='0'><weight index='1' value='1'/>"
                "<issue index='1' name='A' type='discrete'>");
    for (int i = 0; i < 1000000; i++) {
        ent_putf(&d, "<item value='%d'/>", i);
        ent_putf(&p, "<item value='%d' evaluation='%d'/>", i, i);
    }
    ent_put(&d, "</issue></objective></utility_space></negotiation_template>");
    ent_put(&p, "</issue></objective></utility_space>");
    ent_scenario *s = NULL;
    assert_int_equal(read_two(work, ent_buffer_text(&d), ent_buffer_text(&p), &s), ENT_OK);
    assert_int_equal(s->issues[0].levels, 1000000);
    assert_true(s->utilities[0].part[0][999999] == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(additive_values_are_those_of_the_classes),
        cmocka_unit_test(boxes_are_closed),
        cmocka_unit_test(odd_files_load_and_say_so),
        cmocka_unit_test(the_last_of_two_evaluations_and_the_greatest_of_all_count),
        cmocka_unit_test(issues_are_known_by_number_or_else_by_name),
        cmocka_unit_test(faults_are_placed),
        cmocka_unit_test(faults_of_boxes_are_placed),
        cmocka_unit_test(folders),
        cmocka_unit_test(a_file_of_a_folder_names_what_is_meant),
        cmocka_unit_test(a_million_items),
    };
    return cmocka_run_group_tests_name("genius", tests, NULL, NULL);
}
