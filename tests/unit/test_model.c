#include "unit.h"

#include "model/scenario.h"
#include "record/approval.h"

static const char *ids[] = {"a", "b", "c"};
static const ent_issue issues[] = {
    {.id = "scope", .name = "Scope", .kind = ENT_OPTIONS, .levels = 3, .components = 2, .parts = 3,
     .part_ids = ids, .part_names = ids},
    {.id = "list", .name = "List", .kind = ENT_ITEMS, .levels = 8, .components = 3, .parts = 3,
     .part_ids = ids, .part_names = ids},
    {.id = "time", .name = "Time", .kind = ENT_RANGE, .levels = 5, .components = 1, .from = 0,
     .to = 0.4, .step = 0.1, .unit = "years"},
};
static const ent_choice when[] = {{.issue = 0, .level = 2}};
static const ent_choice then[] = {{.issue = 1, .level = 5}};
static const ent_rule rules[] = {{.when = {when, 1, NULL, {0}}, .then = {then, 1, NULL, {0}}}};
static const ent_space space = {issues, 3, 6, rules, 1};

UNIT(levels_switch_components_on)
{
    assert_true(ent_on(&issues[0], 1, 0) == 1 && ent_on(&issues[0], 1, 1) == 0);
    assert_true(ent_on(&issues[1], 5, 1) == 0 && ent_on(&issues[1], 5, 2) == 1);
    assert_near(ent_on(&issues[2], 3, 0), 0.75, 0);
    uint64_t count;
    assert_true(ent_space_outcomes(&space, &count));
    assert_int_equal(count, 120);
    (void)work;
}

UNIT(rules_bind_those_who_reach_them)
{
    assert_true(ent_outcome_allowed(&space, (uint64_t[]){1, 0, 0}));
    assert_false(ent_outcome_allowed(&space, (uint64_t[]){2, 4, 0}));
    assert_true(ent_outcome_allowed(&space, (uint64_t[]){2, 7, 0}));
    (void)work;
}

UNIT(outcomes_read_well)
{
    assert_string_equal(ent_outcome_text(work->arena, &space, (uint64_t[]){1, 5, 3}, true),
                        "Scope: b; List: a, c; Time: 0.3 years");
    assert_string_equal(ent_outcome_text(work->arena, &space, (uint64_t[]){0, 0, 0}, false),
                        "nothing");
}

UNIT(dates_are_read_with_their_zone)
{
    int64_t first, last;
    assert_true(ent_parse_date("1970-01-02", &first, &last));
    assert_int_equal(first, 86400);
    assert_int_equal(last, 2 * 86400 - 1);
    assert_true(ent_parse_date("2019-02-28T14:00+07:00", &first, &last));
    assert_int_equal(first, 1551337200);
    assert_true(ent_parse_date("2020-02", &first, &last));
    assert_int_equal(last - first, 29 * 86400 - 1);
    const char *bad[] = {"2019-02-29", "2019-13", "19-01-01", "2019-01-01T25:00", "soon",
                         "2019-01-01x", "2019-01-01T10:00+99:00"};
    for (size_t i = 0; i < 7; i++) {
        assert_false(ent_parse_date(bad[i], &first, &last));
    }
    (void)work;
}

static int64_t moment(const char *text)
{
    int64_t first, last;
    assert_null(ent_date_fault(text));
    assert_true(ent_parse_date(text, &first, &last));
    assert_true(first == last);
    return first;
}

UNIT(seconds_may_have_a_fraction)
{
    int64_t second = moment("2019-02-28T07:15:09Z");
    assert_int_equal(moment("2019-02-28T07:15:09.000Z"), second);
    assert_int_equal(moment("2019-02-28T07:15:09.999999999Z"), second);
    assert_int_equal(moment("2019-02-28 14:15:09,5+07:00"), second);
    (void)work;
}

UNIT(a_leap_second_stays_in_its_day)
{
    int64_t first, last;
    assert_true(ent_parse_date("2016-12-31", &first, &last));
    assert_int_equal(moment("2016-12-31T23:59:60Z"), last);
    assert_int_equal(moment("2016-12-31T23:59:60.5Z"), last);
    assert_int_equal(moment("2016-12-31T15:59:60-08:00"), last);
    assert_int_equal(moment("2017-01-01T05:29:60+05:30"), last);
    assert_false(ent_parse_date("2016-12-31T12:00:60Z", &first, &last));
    assert_false(ent_parse_date("2016-12-31T23:59:60-08:00", &first, &last));
    (void)work;
}

UNIT(a_wrong_date_names_its_wrong_part)
{
    const char *const parts[][2] = {
        {"2019-13-01", "month"},       {"2019-02-29", "day"},
        {"2019-02-28T24:00Z", "hour"}, {"2019-02-28T07:60Z", "minutes"},
        {"2019-02-28T07Z", "minutes"}, {"2019-02-28T07:15:61Z", "seconds"},
        {"2019-02-28T07:15:60Z", "leap second"},
        {"2019-02-28T07:15:00.Z", "point"},
        {"2019-02-28T07:15:00+15:00", "zone"},
        {"2019-02-28T07:15:00 CET", "zone"},
        {"2019-02-28T07:15:00+14:30", "zone"},
        {"2019-02-28x", "ends"},       {"28.2.2019", "2019-02-28"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *fault = ent_date_fault(parts[i][0]);
        assert_non_null(fault);
        assert_non_null(strstr(fault, parts[i][1]));
    }
    (void)work;
}

static const ent_scenario_issue big[] = {
    {.name = "a", .kind = ENT_INTEGER, .levels = 10000000000, .step = 1},
    {.name = "b", .kind = ENT_INTEGER, .levels = 10000000000, .step = 1},
    {.name = "c", .kind = ENT_INTEGER, .levels = 3, .lower = 0.5, .step = 0.25, .upper = 1},
};

UNIT(large_counts_are_exact)
{
    ent_scenario s = {.issue_count = 3, .issues = big};
    uint64_t count;
    assert_false(ent_scenario_outcomes(&s, &count));
    assert_string_equal(ent_scenario_outcomes_text(work->arena, &s), "300000000000000000000");
    s.issue_count = 1;
    assert_string_equal(ent_scenario_outcomes_text(work->arena, &s), "10000000000");
    assert_string_equal(ent_scenario_value_text(work->arena, &big[2], 1), "0.75");
}

UNIT(utilities_add_parts_and_boxes)
{
    static const double x[] = {0, 0.25, 0.5}, y[] = {0.1, 0.7};
    static const double *const part[] = {x, y};
    static const uint64_t low[] = {1, 0}, high[] = {2, 0};
    static const ent_box boxes[] = {{low, high, 0.5, false}, {low, high, 0.25, true}};
    static const ent_scenario_issue two[] = {{.levels = 3}, {.levels = 2}};
    ent_utility u = {.part = part, .scale = 1, .capped = true};
    ent_scenario s = {.issue_count = 2, .issues = two, .party_count = 1, .utilities = &u};
    assert_near(ent_utility_of(&s, 0, (uint64_t[]){2, 0}), 0.6, 1e-15);
    assert_true(ent_utility_of(&s, 0, (uint64_t[]){2, 1}) == 1);
    u.boxes = boxes;
    u.box_count = 2;
    u.capped = false;
    assert_near(ent_utility_of(&s, 0, (uint64_t[]){1, 0}), 0.85, 1e-15);
    assert_near(ent_utility_of(&s, 0, (uint64_t[]){0, 0}), 0.35, 1e-15);
    uint64_t outcome[2];
    ent_scenario_outcome(&s, 5, outcome);
    assert_int_equal(ent_scenario_index(&s, outcome), 5);
    (void)work;
}

/* A council of five: two are named, one of them with a veto; three votes are needed. */
UNIT(councils_vote_with_vetoes)
{
    const uint32_t members[] = {0, 2};
    const bool veto[] = {true, false};
    ent_approval council = {.votes = 3, .of = 5, .members = members, .veto = veto,
                            .member_count = 2};
    assert_int_equal(ent_approval_of(&council, (bool[]){true, false, true}), ENT_CONSENT_OPEN);
    assert_int_equal(ent_approval_of(&council, (bool[]){false, false, true}), ENT_CONSENT_NO);
    council.votes = 2;
    assert_int_equal(ent_approval_of(&council, (bool[]){true, false, true}), ENT_CONSENT_YES);
    council.votes = 5;
    assert_int_equal(ent_approval_of(&council, (bool[]){true, true, false}), ENT_CONSENT_NO);
    (void)work;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_switch_components_on),
        cmocka_unit_test(rules_bind_those_who_reach_them),
        cmocka_unit_test(outcomes_read_well),
        cmocka_unit_test(dates_are_read_with_their_zone),
        cmocka_unit_test(seconds_may_have_a_fraction),
        cmocka_unit_test(a_leap_second_stays_in_its_day),
        cmocka_unit_test(a_wrong_date_names_its_wrong_part),
        cmocka_unit_test(councils_vote_with_vetoes),
        cmocka_unit_test(large_counts_are_exact),
        cmocka_unit_test(utilities_add_parts_and_boxes),
    };
    return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
