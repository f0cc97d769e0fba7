/* Tables as spreadsheets write them: numbers, forms, layouts. */
#include "table_text.h"

#include "base/random.h"

/* ---- Numbers ------------------------------------------------------------------------------- */

typedef struct form {
    const char *text;
    double point, comma; /* NaN: no number in that country */
} form;

UNIT(numbers_read_as_countries_write_them)
{
    const double none = (double)NAN;
    const form forms[] = {
        {"5", 5, 5},
        {"-5", -5, -5},
        {"\xE2\x88\x92" "5", -5, -5},
        {"(5)", -5, -5},
        {"2.5", 2.5, none},
        {"2,5", none, 2.5},
        {"2.500", 2.5, 2500},
        {"2,500", 2500, 2.5},
        {"0.125", 0.125, none},
        {"0,125", none, 0.125},
        {"1234.567", 1234.567, none},
        {"2,500.25", 2500.25, none},
        {"2.500,25", none, 2500.25},
        {"1,234,567", 1234567, none},
        {"1.234.567", none, 1234567},
        {"1,234.567,8", none, none},
        {"12,34", none, 12.34},
        {"1,23,456", none, none},
        {"2 500,5", none, 2500.5},
        {"2\xC2\xA0" "500", 2500, 2500},
        {"2\xE2\x80\xAF" "500,5", none, 2500.5},
        {"2'500.5", 2500.5, none},
        {"2\xE2\x80\x99" "500", 2500, 2500},
        {"25 00", none, none},
        {"10%", 0.1, 0.1},
        {"10 %", 0.1, 0.1},
        {"12,5 %", none, 0.125},
        {"7%", 0.07, 0.07},
        {"-3%", -0.03, -0.03},
        {"\xE2\x82\xAC" "1.000,00", none, 1000},
        {"$1,000.00", 1000, none},
        {"-$5", -5, -5},
        {"$-5", -5, -5},
        {"5 \xE2\x82\xAC", 5, 5},
        {"5 EUR", 5, 5},
        {"$5 $", none, none},
        {"1e3", 1000, 1000},
        {"1.5e3", 1500, none},
        {"1,5E+03", none, 1500},
        {"5%%", none, none},
        {"--5", none, none},
        {"(-5)", none, none},
        {"(5", none, none},
        {"5)", none, none},
        {".5", 0.5, none},
        {"5.", 5, none},
        {"5,", none, none},
        {"1.", 1, none},
        {"", none, none},
        {"-", none, none},
        {"%", none, none},
        {"e5", none, none},
        {"1/2", none, none},
        {"0x10", none, none},
        {"nan", none, none},
        {"1e999", none, none},
        {"5 days", none, none},
    };
    (void)work;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const ent_cell cell = {.text = forms[i].text};
        ent_reads reads;
        bool is = ent_cell_reads(&cell, &reads);
        bool point = !isnan(forms[i].point), comma = !isnan(forms[i].comma);
        if (is != (point || comma) || reads.as_point != point || reads.as_comma != comma ||
            (point && reads.point != forms[i].point) || (comma && reads.comma != forms[i].comma)) {
            fail_msg("`%s` reads %d %g, %d %g", forms[i].text, reads.as_point, reads.point,
                     reads.as_comma, reads.comma);
        }
    }
}

/* ---- A table in any form ------------------------------------------------------------------- */

typedef struct sheet {
    ent_stream *draw;
    char separator, mark;
    const char *group, *line;
    bool percent, titled, noted, total, reserved, trailing, declared, quotes;
    size_t rows, parties;
    double value[12][4], reservation[4], sum[4];
    const char *text[12][4];
    const char *reserved_text[4], *sum_text[4];
} sheet;

/* Hundredths (or thousandths) as text in the sheet's country, and the number they are. */
static const char *shown(const sheet *s, ent_arena *arena, long thousandths, int decimals,
                         double *value)
{
    long scale = decimals == 3 ? 1 : decimals == 2 ? 10 : decimals == 1 ? 100 : 1000;
    thousandths = thousandths / scale * scale;
    long whole = thousandths / 1000, rest = thousandths % 1000 / scale;
    ent_buffer b = ent_buffer_init(arena, 0);
    if (whole >= 1000) {
        ent_putf(&b, "%ld%s%03ld", whole / 1000, s->group, whole % 1000);
    } else {
        ent_putf(&b, "%ld", whole);
    }
    if (decimals > 0) {
        ent_putf(&b, "%c%0*ld", s->mark, decimals, rest);
    }
    ent_put(&b, s->percent ? "%" : "");
    char *plain = decimals > 0 ? ent_format(arena, "%ld.%0*ld%s", whole, decimals, rest,
                                            s->percent ? "e-2" : "")
                               : ent_format(arena, "%ld%s", whole, s->percent ? "e-2" : "");
    assert_true(ent_parse_number(plain, strlen(plain), value));
    return ent_buffer_text(&b);
}

static void draw_sheet(ent_arena *arena, ent_stream *draw, sheet *s)
{
    static const char *const groups[] = {"", "other", "\xC2\xA0", "'"};
    *s = (sheet){.draw = draw, .separator = ",;\t"[ent_draw_below(draw, 3)],
                 .mark = ".,"[ent_draw_below(draw, 2)], .rows = 2 + ent_draw_below(draw, 10),
                 .parties = 2 + ent_draw_below(draw, 3)};
    s->group = groups[ent_draw_below(draw, 4)];
    s->group = *s->group == 'o' ? s->mark == '.' ? "," : "." : s->group;
    s->line = ent_draw_below(draw, 2) == 0 ? "\n" : "\r\n";
    bool *const flags[] = {&s->percent, &s->titled, &s->noted, &s->total, &s->reserved,
                           &s->trailing, &s->declared, &s->quotes};
    for (size_t k = 0; k < sizeof flags / sizeof *flags; k++) {
        *flags[k] = ent_draw_below(draw, 3) == 0;
    }
    int decimals = (int)ent_draw_below(draw, 4);
    for (size_t p = 0; p < s->parties; p++) {
        long sum = 0;
        for (size_t r = 0; r < s->rows; r++) {
            long drawn = (long)ent_draw_below(draw, ent_draw_below(draw, 2) == 0 ? 90000 : 9000000);
            int own = decimals == 0 ? 0 : (int)ent_draw_below(draw, (uint32_t)decimals + 1);
            s->text[r][p] = shown(s, arena, drawn, own, &s->value[r][p]);
            sum += lround(s->value[r][p] * (s->percent ? 100000 : 1000));
        }
        s->sum_text[p] = shown(s, arena, sum, 3, &s->sum[p]);
        s->reserved_text[p] = shown(s, arena, (long)ent_draw_below(draw, 9000), 1,
                                    &s->reservation[p]);
    }
}

static void put(const sheet *s, ent_buffer *b, const char *text, bool last)
{
    bool needs = strchr(text, s->separator) != NULL || s->quotes;
    ent_putf(b, "%s%s%s", needs ? "\"" : "", text, needs ? "\"" : "");
    for (int k = 0; last && k < 2 && s->trailing; k++) {
        ent_put_char(b, s->separator);
    }
    if (last) {
        ent_put(b, s->line);
    } else {
        ent_put_char(b, s->separator);
    }
}

static const char *written(const sheet *s, ent_arena *arena)
{
    static const char *const parties[] = {"Gr\xC3\xBCne", "Union", "Company", "State"};
    ent_buffer b = ent_buffer_init(arena, 0);
    if (s->declared) {
        ent_putf(&b, "sep=%c%s", s->separator, s->line);
    }
    if (s->titled) {
        put(s, &b, "Scores of the talks", false);
        for (size_t p = 0; p < s->parties; p++) {
            put(s, &b, "", p + 1 == s->parties);
        }
    }
    put(s, &b, "Package", false);
    for (size_t p = 0; p < s->parties; p++) {
        put(s, &b, parties[p], p + 1 == s->parties);
    }
    for (size_t r = 0; r < s->rows + s->total + s->reserved; r++) {
        bool total = s->total && r == s->rows;
        const char *const *text = r < s->rows ? s->text[r] : total ? s->sum_text
                                                                   : s->reserved_text;
        put(s, &b, r < s->rows ? ent_format(arena, "P%zu", r) : total ? "Total" : "BATNA", false);
        for (size_t p = 0; p < s->parties; p++) {
            put(s, &b, text[p], p + 1 == s->parties);
        }
    }
    if (s->noted) {
        ent_put(&b, s->line);
        put(s, &b, "Source: the ministry, 4 May; draft", true);
    }
    return ent_buffer_text(&b);
}

/* The text in another encoding; every sign of the sheets above is one unit in each. */
static const char *encoded(ent_arena *arena, const char *text, uint32_t which, size_t *length)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put(&b, which == 2 ? "\xFF\xFE" : which == 1 ? "\xEF\xBB\xBF" : "");
    for (size_t at = 0, end = strlen(text); at < end;) {
        size_t from = at;
        int32_t c = ent_utf8_next(text, end, &at);
        if (which < 2) {
            ent_put_bytes(&b, text + from, at - from);
        } else {
            ent_put_char(&b, (char)(c & 0xFF));
            ent_put_bytes(&b, which == 2 ? "" : "x", which == 2 ? 1 : 0);
        }
    }
    *length = b.length;
    return ent_buffer_text(&b);
}

static void check_sheet(const sheet *s, const ent_scenario *got)
{
    assert_int_equal(got->party_count, s->parties);
    assert_int_equal(got->issue_count, 1);
    assert_int_equal(got->issues[0].levels, s->rows);
    assert_string_equal(got->parties[0], "Gr\xC3\xBCne");
    assert_non_null(got->read_as);
    for (uint32_t p = 0; p < s->parties; p++) {
        double r = got->utilities[p].reservation;
        assert_true(s->reserved ? r == s->reservation[p] : isinf(r));
        for (uint64_t k = 0; k < s->rows; k++) {
            assert_true(ent_utility_of(got, p, &k) == s->value[k][p]);
        }
    }
}

UNIT(any_form_is_read_right_or_is_a_question)
{
    ent_stream draw = ent_stream_of(5, 1, 0);
    size_t right = 0, asked = 0;
    for (int k = 0; k < 3000; k++) {
        sheet s;
        size_t length;
        ent_scenario *got = NULL;
        draw_sheet(work->arena, &draw, &s);
        const char *utf8 = written(&s, work->arena);
        const char *text = encoded(work->arena, utf8, ent_draw_below(&draw, 4), &length);
        ent_status status = read_as(work, "s/t.csv", text, length, NULL, &got);
        if (status != ENT_OK) {
            if (strncmp(told(work, ENT_ERROR), "S130 ", 5) != 0) {
                fail_msg("%s\n%s", told(work, ENT_ERROR), utf8);
            }
            const ent_table_options options = {.decimal = s.mark};
            status = read_as(work, "s/t.csv", text, length, &options, &got);
            asked++;
        }
        if (status != ENT_OK) {
            fail_msg("%s: %s\n%s", told(work, ENT_ERROR),
                     ent_diags_get(work->diags, 0)->message, utf8);
        }
        check_sheet(&s, got);
        right++;
    }
    print_message("# %zu of %zu asked for the decimal mark\n", asked, right);
    assert_true(asked > 20 && asked < 1500);
}

/* One odd cell among good ones: told at its place, whatever it says and wherever it stands. */
UNIT(an_odd_cell_never_loses_its_party)
{
    static const char *const odd[] = {"", "-", "n/a", "NaN", "?", "#N/A", "#DIV/0!", "none",
                                      "1.2.3", "5 days", "two", "2e308", "1F", "\xE2\x80\x94"};
    for (size_t k = 0; k < sizeof odd / sizeof *odd; k++) {
        for (int cell = 0; cell < 12; cell++) {
            ent_buffer b = ent_buffer_init(work->arena, 0);
            ent_put(&b, "offer,union,company,state\n");
            for (int i = 0; i < 12; i++) {
                ent_putf(&b, "%s%s", i % 3 == 0 ? ent_format(work->arena, "x%d,", i / 3) : "",
                         i == cell ? odd[k] : ent_format(work->arena, "%d", 7 * i % 11 + 3));
                ent_put(&b, i % 3 == 2 ? "\n" : ",");
            }
            ent_scenario *s = NULL;
            assert_int_equal(read_as(work, "s/t.csv", ent_buffer_text(&b), b.length, NULL, &s),
                             ENT_INVALID);
            const char *said = told(work, ENT_ERROR);
            assert_non_null(strstr(said, ent_format(work->arena, ":%d:", cell / 3 + 2)));
        }
    }
}

/* ---- Layouts ------------------------------------------------------------------------------- */

/* Points per option, drawn; summed by hand, and by the reader, with and without filling down. */
UNIT(scoring_tables_sum_their_points)
{
    ent_stream draw = ent_stream_of(5, 2, 0);
    const ent_table_options options = {.layout = ENT_LAYOUT_SCORING};
    for (int k = 0; k < 300; k++) {
        uint32_t issues = 1 + ent_draw_below(&draw, 4), parties = 1 + ent_draw_below(&draw, 3);
        uint32_t levels[4], points[4][4][3];
        bool fill = ent_draw_below(&draw, 2) == 0, heading = ent_draw_below(&draw, 2) == 0;
        ent_buffer b = ent_buffer_init(work->arena, 0);
        ent_put(&b, "Issue;Option");
        for (uint32_t p = 0; p < parties; p++) {
            ent_putf(&b, ";P%u", p);
        }
        for (uint32_t i = 0; i < issues; i++) {
            levels[i] = 1 + ent_draw_below(&draw, 4);
            if (heading) {
                ent_putf(&b, "\nI%u;%.*s", i, (int)parties, ";;;;");
            }
            for (uint32_t l = 0; l < levels[i]; l++) {
                bool names = l == 0 || fill;
                ent_putf(&b, "\n%s;%u h", names && !heading ? ent_format(work->arena, "I%u", i)
                                                            : "", l);
                for (uint32_t p = 0; p < parties; p++) {
                    points[i][l][p] = ent_draw_below(&draw, 100);
                    ent_putf(&b, ";%u,5", points[i][l][p]);
                }
            }
        }
        ent_scenario *s = NULL;
        ent_put(&b, "\nBATNA;");
        for (uint32_t p = 0; p < parties; p++) {
            ent_putf(&b, ";%u", 10 + p);
        }
        assert_int_equal(read_as(work, "s/t.csv", b.at, b.length, &options, &s), ENT_OK);
        uint64_t count, outcome[4];
        assert_int_equal(s->issue_count, issues);
        assert_true(ent_scenario_outcomes(s, &count));
        for (uint64_t o = 0; o < count; o++) {
            ent_scenario_outcome(s, o, outcome);
            for (uint32_t p = 0; p < parties; p++) {
                double sum = 0;
                for (uint32_t i = 0; i < issues; i++) {
                    sum += points[i][outcome[i]][p] + 0.5;
                }
                assert_true(ent_utility_of(s, p, outcome) == sum);
                assert_true(s->utilities[p].reservation == 10 + p);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_read_as_countries_write_them),
        cmocka_unit_test(any_form_is_read_right_or_is_a_question),
        cmocka_unit_test(an_odd_cell_never_loses_its_party),
        cmocka_unit_test(scoring_tables_sum_their_points),
    };
    return cmocka_run_group_tests_name("tables", tests, NULL, NULL);
}
