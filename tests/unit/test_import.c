/* Tables of statements and logs of offers as cases: read back as cases, nothing lost or made up. */
#include "shelf.h"
#include "unit.h"

#include "io/case.h"
#include "io/import.h"

static const char *import(ent_work *work, const char *table, const ent_import_options *options,
                          ent_status *status, size_t *odd)
{
    ent_text text = {"record.csv", table, strlen(table)};
    ent_buffer out = ent_buffer_init(work->arena, 0);
    ent_diags_clear(work->diags);
    *status = ent_import_case(work, &text, options, &out, odd);
    return ent_buffer_text(&out);
}

static ent_case *read_back(ent_work *work, const char *bytes)
{
    ent_text text = {"case.yaml", bytes, strlen(bytes)};
    ent_case *c = NULL;
    ent_diags_clear(work->diags);
    return ent_read_case(work, NULL, &text, "", &c) == ENT_OK ? c : NULL;
}

static const ent_case *valid(ent_work *work, const char *bytes)
{
    const ent_case *c = read_back(work, bytes);
    static const ent_case none;
    assert_non_null(c);
    return c == NULL ? &none : c;
}

static const ent_import_options plain = {.layout = ENT_IMPORT_RECOGNISED};

UNIT(the_starter_is_a_valid_case_without_warnings)
{
    ent_buffer table = ent_buffer_init(work->arena, 0);
    ent_status status;
    size_t odd = 9;
    ent_put_import_starter(&table);
    const char *text = import(work, ent_buffer_text(&table), &plain, &status, &odd);
    assert_int_equal(status, ENT_OK);
    assert_int_equal(odd, 0);
    const ent_case *c = valid(work, text);
    assert_int_equal(ent_diags_count(work->diags), 0);
    assert_int_equal(c->statement_count, 2);
    assert_int_equal(c->statements[1].claim_count, 2);
    assert_int_equal(c->person_count, 2);
    assert_string_equal(c->parties[c->people[0].party].id, "Trust");
    assert_string_equal(c->space.issues[0].part_ids[0], "none");
    assert_int_equal(c->space.issues[1].sign[1], -1); /* the county waives the rent */
    assert_null(c->statements[0].claims[0].open); /* `closed` */
}

/* Union gives hours, gets wage; an empty cell is open, and no issue is at a value nobody said. */
UNIT(a_log_of_offers_leaves_open_what_was_not_said)
{
    static const char table[] = "Day,By,Wage,Hours\n2024-03-04,Union,5,36\n"
                                "2024-03-05,Firm,2,\n2024-03-06,Union,,\n";
    const ent_import_fact facts[] = {
        {ENT_FACT_BY, "Wage", "Firm"},   {ENT_FACT_FOR, "Wage", "Union"},
        {ENT_FACT_BY, "Hours", "Union"}, {ENT_FACT_TODAY, "Wage", "0"},
        {ENT_FACT_TODAY, "Hours", "35"},
    };
    const ent_import_options options = {.layout = ENT_IMPORT_OFFERS, .facts = facts,
                                        .fact_count = 5};
    ent_status status;
    size_t odd = 0;
    const char *text = import(work, table, &options, &status, &odd);
    assert_int_equal(status, ENT_OK);
    assert_int_equal(odd, 1); /* row 4 offers nothing, and is told */
    assert_int_equal(ent_diags_get(work->diags, 0)->line, 4);
    const ent_case *c = valid(work, text);
    assert_int_equal(c->statement_count, 3);
    assert_int_equal(c->statements[0].claims[0].verb, ENT_ACCEPTS);
    assert_int_equal(c->statements[0].claims[0].package.count, 2);
    assert_null(c->statements[0].claims[0].open);
    assert_int_equal(c->statements[1].claims[0].package.count, 1);
    assert_true(c->statements[1].claims[0].open[1] && !c->statements[1].claims[0].open[0]);
    assert_int_equal(c->statements[2].claim_count, 0);
    assert_string_equal(c->space.issues[0].part_ids[1], "2"); /* from 0: 2 before 5 */
    assert_string_equal(c->space.issues[0].part_ids[2], "5");
}

/* Without the facts the case asks, and is no case until somebody answers. */
UNIT(what_a_log_does_not_say_is_asked)
{
    ent_status status;
    size_t odd = 0;
    const char *text = import(work, "Day,By,Wage\n1,Union,5\n2,Firm,2\n", &plain, &status, &odd);
    assert_int_equal(status, ENT_OK);
    assert_int_equal(odd, 2); /* who gives, what is so today */
    assert_non_null(strstr(text, "# TODO who gives it"));
    assert_non_null(strstr(text, "# TODO what is so today?"));
    assert_non_null(strstr(text, "    # Day: \"1\"\n"));
    assert_null(strstr(text, "date:"));
    assert_null(read_back(work, text));
    assert_int_equal(ent_diags_count_of(work->diags, ENT_ERROR), 1);
}

typedef struct wrong {
    const char *row;
    uint32_t column; /* in the text */
    const char *kept; /* in the case */
} wrong;

UNIT(each_bad_cell_is_told_in_its_place_and_kept)
{
    static const char head[] = "id,by,date,quote,verb,wage,hours,rest,supersedes,credibility\n"
                               "s0,A,2024-01-01,w,demands,2,,,,\ns1,B,2024-01-01,w,offers,1,,,,\n";
    static const wrong rows[] = {
        {"s2,A,5/6/24,w,accepts,2,,,,\n", 6, "date: \"5/6/24\""},
        {"s2,A,,w,acepts,2,,,,\n", 9, "verb: acepts"},
        {"s2,,,w,accepts,2,,,,\n", 4, "# TODO row 4 was not read:"},
        {"s2,A,,w,accepts,,,,,\n", 9, "verb: accepts"},
        {"s2,A,,w,ranks,1,much,,,\n", 17, "hours: much"},
        {"s2,A,,w,weighs,3,,,,\n", 16, "wage: \"3\""},
        {"s2,A,,w,reserves,3,,,,\n", 9, "verb: reserves"},
        {"s2,A,,w,accepts,2,,salary,,\n", 20, "rest: salary"},
        {"s2,A,,w,accepts,2,,,s9,\n", 21, "supersedes: s9"},
        {"s2,A,,w,accepts,2,,,,7\n", 22, "credibility: \"7\""},
        {"s0,A,,other,accepts,2,,,,\n", 1, "id: s0"},
        {"s2,A,,w,,2,,,,\n", 9, "wage: \"2\""},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
            ent_status status;
        size_t odd = 0;
        const ent_import_fact today[] = {{ENT_FACT_TODAY, "wage", "0"},
                                         {ENT_FACT_TODAY, "hours", "35"},
                                         {ENT_FACT_BY, "hours", "A"}};
        const ent_import_options options = {.facts = today, .fact_count = 3};
        const char *text = import(work, ent_format(work->arena, "%s%s", head, rows[k].row),
                                  &options, &status, &odd);
        assert_int_equal(status, ENT_OK);
        assert_int_equal(odd, 1);
        const ent_diag *d = ent_diags_get(work->diags, 0);
        assert_int_equal(d->line, 4);
        assert_int_equal(d->column, rows[k].column);
        assert_non_null(strstr(text, rows[k].kept));
        assert_non_null(read_back(work, text));
        }
}

UNIT(who_offers_gives_and_who_demands_gets)
{
    static const char table[] = "by,verb,x,for x,y,for y\nA,offers,1,,,2\nB,demands,2,,,1\n";
    ent_status status;
    size_t odd = 0;
    const char *text = import(work, table, &plain, &status, &odd);
    assert_int_equal(status, ENT_OK);
    const ent_case *c = valid(work, text);
    assert_int_equal(c->space.issues[0].sign[0], -1); /* x: A gives, B gets */
    assert_int_equal(c->space.issues[0].sign[1], 1);
    assert_int_equal(c->space.issues[1].sign[0], 1); /* y: the other way */
    assert_int_equal(c->space.issues[1].sign[1], -1);
}

UNIT(tables_that_are_no_record_are_refused)
{
    static const char *const tables[] = {
        "quote,wage\nhello,5\n",           /* nobody spoke */
        "by,quote,verb\nA,hello,offers\n", /* no issue */
        "by,by,quote,wage\nA,B,c,5\n",
        "by,quote,wage,wage\nA,c,5,6\n",
        "by,quote,wage\n",
    };
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) {
            ent_status status;
        size_t odd = 0;
        (void)import(work, tables[k], &plain, &status, &odd);
        assert_int_equal(status, ENT_INVALID);
        assert_int_equal(ent_diags_count_of(work->diags, ENT_ERROR), 1);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_starter_is_a_valid_case_without_warnings),
        cmocka_unit_test(a_log_of_offers_leaves_open_what_was_not_said),
        cmocka_unit_test(what_a_log_does_not_say_is_asked),
        cmocka_unit_test(each_bad_cell_is_told_in_its_place_and_kept),
        cmocka_unit_test(who_offers_gives_and_who_demands_gets),
        cmocka_unit_test(tables_that_are_no_record_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
