/* Workbooks: what .xlsx and .ods hold, and what is hostile in them. */
#include "stored_zip.h"
#include "table_text.h"

static const char links[] =
    "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/s1.xml'/>"
    "<Relationship Id='r2' Type='x/worksheet' Target='/xl/worksheets/s2.xml'/>"
    "<Relationship Id='r3' Type='x/sharedStrings' Target='strings.xml'/>"
    "<Relationship Id='r4' Type='x/styles' Target='styles.xml'/></Relationships>";
static const char book[] =
    "<x:workbook xmlns:x='m' xmlns:r='o'><x:sheets><x:sheet name='Scores' r:id='r1'/>"
    "<x:sheet name='Old' state='hidden' r:id='r2'/></x:sheets>%s</x:workbook>";
static const char strings[] =
    "<sst><si><t>Package</t></si><si><r><t>Uni</t></r><r><t>on</t></r><rPh><t>no</t></rPh></si>"
    "<si><t>Company</t></si></sst>";
static const char styles[] =
    "<styleSheet><numFmts><numFmt numFmtId='200' formatCode='\"day\" 0'/>"
    "<numFmt numFmtId='201' formatCode='d\\-mmm'/></numFmts><cellXfs><xf numFmtId='0'/>"
    "<xf numFmtId='14'/><xf numFmtId='200'/><xf numFmtId='201'/></cellXfs></styleSheet>";
static const char rows[] =
    "<row r='2'><c r='B2' t='s'><v>0</v></c><c r='C2' t='s'><v>1</v></c>"
    "<c r='D2' t='s'><v>2</v></c></row>"
    "<row r='3'><c r='B3' s='1'><v>45292</v></c><c r='C3' s='2'><v>2500</v></c>"
    "<c r='D3'><v>1E-1</v></c></row>"
    "<row><c r='B4' s='3'><v>45293.5</v></c><c t='str'><f>A1</f><v>2,5</v></c>"
    "<c t='inlineStr'><is><t>0,1</t></is></c></row>";

static ent_status read_book(ent_work *work, const char *about, const char *sheet_rows,
                            const char *more, const ent_table_options *options, ent_scenario **s)
{
    char *whole = swapped(work, book, "%s", about);
    stored_zip z = {.bytes = ent_buffer_init(work->arena, 0)};
    const char *first =
        ent_format(work->arena, "<worksheet><sheetData>%s</sheetData>%s</worksheet>", sheet_rows,
                   more);
    static const char second[] = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData>"
                                 "</worksheet>";
    stored_add(&z, "xl/workbook.xml", whole, strlen(whole));
    stored_add(&z, "xl/_rels/workbook.xml.rels", links, strlen(links));
    stored_add(&z, "xl/strings.xml", strings, strlen(strings));
    stored_add(&z, "xl/styles.xml", styles, strlen(styles));
    stored_add(&z, "xl/worksheets/s1.xml", first, strlen(first));
    stored_add(&z, "xl/worksheets/s2.xml", second, strlen(second));
    stored_end(&z);
    return read_as(work, "s/b.xlsx", z.bytes.at, z.bytes.length, options, s);
}

static ent_status read_xlsx(ent_work *work, const char *sheet_rows, const char *more,
                            const ent_table_options *options, ent_scenario **s)
{
    return read_book(work, "", sheet_rows, more, options, s);
}

/* Does this program open archives? */
static bool opens(ent_work *work)
{
    ent_scenario *s = NULL;
    bool does = read_xlsx(work, rows, "", NULL, &s) == ENT_OK ||
                strstr(ent_diags_get(work->diags, 0)->message, "without the library") == NULL;
    if (!does) {
        print_message("# skipped: built without the library that opens workbooks\n");
        assert_string_equal(ent_diags_get(work->diags, 0)->code, "S132");
    }
    return does;
}

UNIT(an_xlsx_is_what_it_holds)
{
    ent_scenario *s = NULL;
    if (!opens(work)) {
        return;
    }
    assert_int_equal(read_xlsx(work, rows, "", NULL, &s), ENT_OK);
    assert_string_equal(told(work, ENT_WARNING), "S201 s/b.xlsx:0:0"); /* the hidden sheet */
    assert_int_equal(s->party_count, 2);
    assert_string_equal(s->parties[0], "Union");
    assert_string_equal(s->issues[0].values[0], "2024-01-01");
    assert_string_equal(s->issues[0].values[1], "2024-01-02T12:00");
    for (uint64_t k = 0; k < 2; k++) {
        assert_true(ent_utility_of(s, 0, &k) == (k == 0 ? 2500 : 2.5));
        assert_true(ent_utility_of(s, 1, &k) == 0.1);
    }
}

UNIT(merged_cells_hold_for_all_their_rows)
{
    static const char merged[] =
        "<row r='1'><c t='inlineStr'><is><t>Place</t></is></c><c t='inlineStr'><is><t>Food</t></is>"
        "</c><c t='inlineStr'><is><t>Ann</t></is></c><c t='inlineStr'><is><t>Bob</t></is></c></row>"
        "<row r='2'><c r='A2' t='inlineStr'><is><t>lake</t></is></c><c t='inlineStr'><is><t>soup"
        "</t></is></c><c><v>1</v></c><c><v>4</v></c></row>"
        "<row r='3'><c r='B3' t='inlineStr'><is><t>bread</t></is></c><c><v>2</v></c><c><v>3</v>"
        "</c></row>"
        "<row r='4'><c r='A4' t='inlineStr'><is><t>hill</t></is></c><c t='inlineStr'><is><t>soup"
        "</t></is></c><c><v>3</v></c><c><v>2</v></c></row>"
        "<row r='5'><c r='B5' t='inlineStr'><is><t>bread</t></is></c><c><v>4</v></c><c><v>1</v>"
        "</c></row>";
    ent_scenario *s = NULL;
    if (!opens(work)) {
        return;
    }
    assert_int_equal(read_xlsx(work, merged, "<mergeCells><mergeCell ref='A2:A3'/>"
                                             "<mergeCell ref='A4:A5'/></mergeCells>", NULL, &s),
                     ENT_OK);
    assert_int_equal(s->issue_count, 2);
    assert_int_equal(s->issues[0].levels, 2);
    for (uint64_t k = 0; k < 4; k++) {
        uint64_t outcome[2];
        ent_scenario_outcome(s, k, outcome);
        assert_true(ent_utility_of(s, 0, outcome) == (double)(k + 1));
    }
    assert_int_equal(read_xlsx(work, merged, "", NULL, &s), ENT_INVALID); /* merged no more */
    assert_string_equal(told(work, ENT_ERROR), "S131 s/b.xlsx:3:1");
}

typedef struct fault {
    const char *from, *to, *expected;
} fault;

UNIT(faults_of_a_workbook_have_their_cell)
{
    static const fault faults[] = {
        {"<v>2500</v>", "", "S131 s/b.xlsx:3:3"},
        {"<c r='C3' s='2'><v>2500</v>", "<c r='C3' t='e'><v>#N/A</v>", "S131 s/b.xlsx:3:3"},
        {"<v>2500</v>", "<f>B1</f>", "S131 s/b.xlsx:3:3"},
        {"<v>2500</v>", "<v>1e999</v>", "S109 s/b.xlsx:3:3"},
        {"2,5", "2.5.5", "S109 s/b.xlsx:4:3"},
        {"0,1", "0.1", "S130 s/b.xlsx:4:3"},
        {"<v>1</v>", "<v>7</v>", "S132 :0:0"},
        {"r='C3'", "r='3C'", "S132 :0:0"},
        {"r='C3'", "r='XFE3'", "S132 :0:0"},
        {"r='D3'", "r='XFD1048576'", "S104 :0:0"},
    };
    ent_scenario *s = NULL;
    if (!opens(work)) {
        return;
    }
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        char *changed = swapped(work, rows, faults[i].from, faults[i].to);
        assert_int_equal(read_xlsx(work, changed, "", NULL, &s), ENT_INVALID);
        assert_string_equal(told(work, ENT_ERROR), faults[i].expected);
    }
}

UNIT(rows_that_are_not_shown_are_told)
{
    ent_scenario *s = NULL;
    if (!opens(work)) {
        return;
    }
    char *hidden = swapped(work, rows, "<row r='3'>", "<row r='3' hidden='1'>");
    assert_int_equal(read_xlsx(work, hidden, "", NULL, &s), ENT_OK);
    assert_int_equal(s->issues[0].levels, 2);
    bool found = false;
    for (size_t i = 0; i < ent_diags_count(work->diags); i++) {
        const ent_diag *d = ent_diags_get(work->diags, i);
        found |= strcmp(d->code, "S231") == 0 && d->line == 3;
    }
    assert_true(found);
}

/* A library that computes nothing stores 0 for a formula and says that nothing was computed. */
UNIT(a_formula_that_nobody_computed_has_no_value)
{
    static const char later[] = "<calcPr calcId='124519' fullCalcOnLoad='1'/>";
    ent_scenario *s = NULL;
    if (!opens(work)) {
        return;
    }
    char *zero = swapped(work, rows, "<v>2500</v>", "<f>B1+1</f><v>0</v>");
    assert_int_equal(read_book(work, later, zero, "", NULL, &s), ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), "S131 s/b.xlsx:3:3");
    assert_int_equal(read_book(work, "<calcPr/>", zero, "", NULL, &s), ENT_OK);
    char *some = swapped(work, rows, "<v>2500</v>", "<f>B1+1</f><v>7</v>");
    assert_int_equal(read_book(work, later, some, "", NULL, &s), ENT_OK);
}

static const char ods[] =
    "<d xmlns:office='o' xmlns:table='t' xmlns:text='x' xmlns:calcext='c'><office:body>"
    "<office:spreadsheet><table:table table:name='Scores'><table:table-header-rows>"
    "<table:table-row><table:table-cell><text:p>Pack<text:span>age</text:span></text:p>"
    "<office:annotation><text:p>a comment</text:p></office:annotation></table:table-cell>"
    "<table:table-cell><text:p>Union</text:p></table:table-cell><table:table-cell><text:p>State"
    "<text:s/>bank</text:p></table:table-cell></table:table-row></table:table-header-rows>"
    "<table:table-row table:number-rows-repeated='1000000000'><table:table-cell "
    "table:number-columns-repeated='16384'/></table:table-row></table:table>"
    "</office:spreadsheet></office:body></d>";

static ent_status read_ods(ent_work *work, const char *content, ent_scenario **s)
{
    stored_zip z = {.bytes = ent_buffer_init(work->arena, 0)};
    static const char manifest[] = "<manifest/>";
    stored_add(&z, "META-INF/manifest.xml", manifest, strlen(manifest));
    stored_add(&z, "content.xml", content, strlen(content));
    stored_end(&z);
    return read_as(work, "s/b.ods", z.bytes.at, z.bytes.length, NULL, s);
}

UNIT(an_ods_is_what_it_holds)
{
    static const char two[] =
        "<table:table-row><table:table-cell office:value-type='date' "
        "office:date-value='2024-05-04'><text:p>4.5.</text:p></table:table-cell><table:table-cell "
        "office:value-type='percentage' office:value='0.25' table:number-columns-repeated='2'>"
        "<text:p>25 %</text:p></table:table-cell></table:table-row><table:table-row>"
        "<table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"
        "<table:table-cell><text:p>1,5</text:p></table:table-cell><table:table-cell "
        "office:value-type='float' office:value='3'/></table:table-row>";
    ent_scenario *s = NULL;
    if (!opens(work)) {
        return;
    }
    char *whole = swapped(work, ods, "</table:table-header-rows>",
                          ent_format(work->arena, "</table:table-header-rows>%s", two));
    assert_int_equal(read_ods(work, whole, &s), ENT_OK);
    assert_string_equal(s->issues[0].name, "Package");
    assert_string_equal(s->parties[1], "State bank");
    assert_string_equal(s->issues[0].values[0], "2024-05-04");
    assert_string_equal(s->issues[0].values[1], "a b");
    for (uint64_t k = 0; k < 2; k++) {
        assert_true(ent_utility_of(s, 0, &k) == (k == 0 ? 0.25 : 1.5));
        assert_true(ent_utility_of(s, 1, &k) == (k == 0 ? 0.25 : 3));
    }
    /* A number that is repeated over a billion rows is refused before it is unrolled. */
    char *many = swapped(work, ods, "'16384'/>", "'16384'><text:p>1</text:p></table:table-cell>");
    assert_int_equal(read_ods(work, many, &s), ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), "S104 :0:0");
    assert_int_equal(read_ods(work, "<!DOCTYPE d [<!ENTITY e 'x'>]><d>&e;</d>", &s), ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), "S103 s/b.ods:content.xml:1:25");
}

UNIT(hostile_archives_are_refused)
{
    ent_scenario *s = NULL;
    if (!opens(work)) {
        return;
    }
    stored_zip z = {.bytes = ent_buffer_init(work->arena, 0)};
    stored_add(&z, "xl/workbook.xml", book, strlen(book));
    size_t at = z.bytes.length;
    stored_end(&z);
    /* The directory states a size of 2 GiB, or another than there is. */
    for (int k = 0; k < 2; k++) {
        char *bytes = ent_copy_text(work->arena, z.bytes.at, z.bytes.length);
        memcpy(bytes + at + 24, k == 0 ? "\xFF\xFF\xFF\x7F" : "\x09\x00\x00\x00", 4);
        assert_int_equal(read_as(work, "s/b.xlsx", bytes, z.bytes.length, NULL, &s), ENT_INVALID);
        assert_true(ent_diags_count_of(work->diags, ENT_ERROR) > 0);
    }
    for (size_t length = 0; length < z.bytes.length; length++) { /* cut off anywhere */
        assert_int_equal(read_as(work, "s/b.xlsx", z.bytes.at, length, NULL, &s), ENT_INVALID);
        assert_true(strncmp(told(work, ENT_ERROR), "S132", 4) == 0);
    }
    static const char old[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    assert_int_equal(read_as(work, "s/b.xls", old, 8, NULL, &s), ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), "S132 :0:0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_xlsx_is_what_it_holds),
        cmocka_unit_test(merged_cells_hold_for_all_their_rows),
        cmocka_unit_test(faults_of_a_workbook_have_their_cell),
        cmocka_unit_test(rows_that_are_not_shown_are_told),
        cmocka_unit_test(a_formula_that_nobody_computed_has_no_value),
        cmocka_unit_test(an_ods_is_what_it_holds),
        cmocka_unit_test(hostile_archives_are_refused),
    };
    return cmocka_run_group_tests_name("workbooks", tests, NULL, NULL);
}
