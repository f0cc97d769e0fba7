/* Quotations in texts as the usual tools print them. */
#include "unit.h"

#include "base/random.h"
#include "io/quoted.h"
#include "io/source_kind.h"

typedef struct trial {
    const char *text, *quote;
} trial;

static ent_quoted look(ent_work *work, const char *text, const char *quote)
{
    const ent_words_list *words = ent_words_of(work->arena, text, strlen(text));
    return ent_find_quoted(work->arena, words, quote);
}

UNIT(what_printing_changes_is_not_compared)
{
    static const trial same[] = {
        {"They would accept a con-\ntainer port.", "accept a container port"},
        {"They would accept a well-\nknown port.", "accept a well-known port"},
        {"a con\xC2\xAD\ntainer port", "container port"},
        {"a con\xC2\xADtai\xE2\x80\x8Bner port", "container port"},
        {"the o\xEF\xAC\x83""ce of e\xEF\xAC\x83""ciency", "the office of efficiency"},
        {"caf\x65\xCC\x81s close", "caf\xC3\xA9s close"},
        {"\xEF\xBC\xA1\xEF\xBC\xA2 line", "AB line"},
        {"final \xE2\x80\x93 and last", "final - and last"},
        {"final\xE2\x80\x94""and last", "final \xE2\x80\x94 and last"},
        {"final --- and last", "final \xE2\x80\x93 and last"},
        {"\xE2\x80\x9Cwould\xE2\x80\x9D and \xE2\x80\x98might\xE2\x80\x99 go",
         "would and might go"},
        {"il dit \xC2\xAB\xE2\x80\xAFnon\xE2\x80\xAF\xC2\xBB hier", "il dit \"non\" hier"},
        {"sie sagt \xE2\x80\x9Enein\xE2\x80\x9C dazu", "sie sagt 'nein' dazu"},
        {"it isn\xE2\x80\x99t ours", "it isn't ours"},
        {"-   all ships leave\n-   within a week", "all ships leave within a week"},
        {"\xE2\x80\xA2 all ships\n\xE2\x80\xA2 leave", "all ships leave"},
        {"not **on the** _table_ now", "not on the table now"},
        {"> not on\n> the table", "not on the table"},
        {"difficult to sign", "Difficult to sign"},
        {"Difficult to sign", "difficult to sign"},
        {"and we left", "[W]e left"},
        {"We shall, he said, leave.", "We shall, [...] leave."},
        {"We shall, he said, leave.", "We shall \xE2\x80\xA6 leave"},
        {"We shall, he said, leave.", "... he said ..."},
        {"hier\xE2\x80\xA6 et demain", "hier... et demain"},
        {"We leave, he said.", "We leave."},
        {"12,000.50 in all", "12,000.50 in all"},
        {"\xE5\xA6\x82\xE6\x9E\x9C\xE6\x88\x91\xE4\xBB\xAC\xE6\x8E\xA5\xE5\x8F\x97\xE5\xAE\x83",
         "\xE6\x88\x91\xE4\xBB\xAC\xE6\x8E\xA5\xE5\x8F\x97"},
        {"l\xE2\x80\x99""accord sur tout", "accord sur tout"},
        {"A  quay\xC2\xA0of\tstone", "A quay of stone"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        ent_quoted found = look(work, same[i].text, same[i].quote);
        if (!found.found || found.over_mark || found.over_page) {
            print_message("%s / %s\n", same[i].text, same[i].quote);
        }
        assert_true(found.found && !found.over_mark && !found.over_page);
    }
}

UNIT(what_means_something_else_is_not_found)
{
    static const trial other[] = {
        {"Before we accepted nothing.", "fore we accept"},
        {"Before we accepted nothing.", "we accept"},
        {"We can't sign.", "We can"},
        {"It is non-negotiable.", "negotiable"},
        {"It is non-\nnegotiable.", "negotiable"},
        {"above 12,000 for all", "above 12"},
        {"above 12,000 for all", "2,000"},
        {"we gave 3 ships", "we gave ships"},
        {"We will sign.", "We Will sign."},
        {"We shall leave. He said no.", "He said no. [...] We shall leave."},
        {"one two three", "one three"},
        {"Resign the paper", "Sign the paper"},
        {"re-\nsign the paper", "sign the paper"},
        {"the covid19 wards", "the covid wards are"},
        {"", "anything"},
    };
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        if (look(work, other[i].text, other[i].quote).found) {
            print_message("%s / %s\n", other[i].text, other[i].quote);
        }
        assert_false(look(work, other[i].text, other[i].quote).found);
    }
}

UNIT(what_is_passed_over_is_noted)
{
    static const trial marks[] = {
        {"all tariffs2\nbut ours", "all tariffs but ours"},
        {"all tariffs\xC2\xB2 but ours", "all tariffs but ours"},
        {"all tariffs[2] but ours", "all tariffs but ours"},
        {"all tariffs[^2] but ours", "all tariffs but ours"},
        {"\xE2\x80\x9C" "all tariffs.\xE2\x80\x9D\xC2\xB2 Then ours", "all tariffs. Then ours"},
        {"all tariffs\xE2\x80\xA0 but ours", "all tariffs but ours"},
        {"all tariffs\n2. but ours", "all tariffs but ours"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        ent_quoted found = look(work, marks[i].text, marks[i].quote);
        assert_true(found.found && found.over_mark && !found.over_page);
    }
    assert_false(look(work, "all tariffs2 but ours", "all tariffs2 but ours").over_mark);
    const char *page = "x\ny\nNo quay is sold until\nMinutes, page 7\n\n\fHARBOUR BOARD\n"
                       "14 May\nthe tolls are re-\nMinutes, page 8\n\fHARBOUR BOARD\nduced. z\n";
    ent_quoted found = look(work, page, "No quay is sold until the tolls are reduced.");
    assert_true(found.found && found.over_page && found.line >= 4);
    assert_false(look(work, page, "x y until").found);
    assert_false(look(work, "a\nb\nc\nd\n\fe\nf\ng\nh", "a h").found);
    assert_true(look(work, "a\nb\nc\nd\n\fe\nf\ng\nh", "b f").over_page);
    assert_false(look(work, "a\nb\nc\nd\n\fe\nf\ng\nh", "a f").found);
}

UNIT(the_nearest_passage_is_shown)
{
    const char *text = "First line.\nThe board would never sell the northern quay to them.\n";
    ent_quoted found = look(work, text, "The board would gladly sell the northern quay");
    assert_false(found.found);
    assert_int_equal(found.nearest_line, 2);
    assert_string_equal(found.missing, "gladly");
    assert_non_null(strstr(found.nearest, "never sell the northern quay"));
    assert_null(look(work, text, "nothing of all this is in it").nearest);
}

/* Words printed at random as tools do, quoted plainly; then with one word another. */
UNIT(printed_at_random_it_is_found)
{
    static const char *const stock[] = {"quay",  "office", "container", "we",   "accept",
                                        "tolls", "never",  "efficient", "only", "board"};
    static const char *const printed[] = {"quay", "o\xEF\xAC\x83""ce", "con-\ntainer", "we",
                                          "ac\xC2\xAD""cept", "tolls", "nev-\n  er",
                                          "e\xEF\xAC\x83""cient", "\xE2\x80\x9Conly\xE2\x80\x9D",
                                          "**board**"};
    static const char *const blanks[] = {" ", "\n", "\xC2\xA0", "  ", "\n-   ", "\r\n", " \t"};
    ent_stream draws = ent_stream_of(7, 0, 0);
    for (uint32_t round = 0; round < 400; round++) {
        ent_buffer text = ent_buffer_init(work->arena, 0), quote = ent_buffer_init(work->arena, 0);
        ent_buffer other = ent_buffer_init(work->arena, 0);
        uint32_t length = 3 + round % 9;
        uint32_t changed = round % length;
        for (uint32_t i = 0; i < length + 6; i++) {
            uint32_t w = ent_draw_below(&draws, 10);
            ent_put(&text, printed[w]);
            ent_put(&text, blanks[ent_draw_below(&draws, 7)]);
            if (i >= 3 && i < 3 + length) {
                ent_putf(&quote, "%s%s", i > 3 ? " " : "", stock[w]);
                ent_putf(&other, "%s%s", i > 3 ? " " : "", i - 3 == changed ? "harbour" : stock[w]);
            }
        }
        ent_quoted found = look(work, ent_buffer_text(&text), ent_buffer_text(&quote));
        if (!found.found) {
            print_message("%s / %s\n", ent_buffer_text(&text), ent_buffer_text(&quote));
        }
        assert_true(found.found);
        assert_false(look(work, ent_buffer_text(&text), ent_buffer_text(&other)).found);
    }
}

UNIT(a_text_of_choices_ends)
{
    ent_buffer text = ent_buffer_init(work->arena, 0);
    for (int i = 0; i < 3000; i++) {
        ent_put(&text, "abc1\n\f2. abc1 \n");
    }
    (void)look(work, ent_buffer_text(&text), "abc 1 abc 2. abc 1 abc 1 abc abc 2 3");
}

UNIT(what_is_no_text_is_called_by_its_name)
{
    static const struct {
        const char *name, *bytes;
        size_t length;
        const char *what, *hint; /* NULL: it is a text */
    } files[] = {
        {"m.pdf", "%PDF-1.7\n", 9, "a PDF", "pdftotext 'm.pdf'"},
        {"m.txt", "%PDF-1.7\n", 9, "a PDF", "pdftotext 'm.txt'"},
        {"a/m.DOCX", "PK\3\4zz", 6, "a Word document", "pandoc -t plain --wrap=none 'm.DOCX'"},
        {"m.odt", "PK\3\4zz", 6, "an OpenDocument text", "pandoc"},
        {"m.zip", "PK\3\4zz", 6, "a packed file (zip)", "UTF-8"},
        {"m.doc", "\xD0\xCF\x11\xE0", 4, "a document of an old Office program", "soffice"},
        {"m.html", "hello", 5, "a web page (HTML)", "pandoc"},
        {"m.txt", "\xEF\xBB\xBF\n<!DOCTYPE html><p>", 23, "a web page (HTML)", "pandoc"},
        {"m.txt", "\xFF\xFEh\0", 4, "a text in UTF-16", "iconv -f UTF-16"},
        {"m.txt", "ok\ncaf\xE9\n", 8, "no UTF-8 text (byte 0xE9 in line 2)", "WINDOWS-1252"},
        {"m.txt", "a\0b", 3, "no text: it holds zero bytes", "UTF-8"},
        {"it's.pdf", "%PDF-1", 6, "a PDF", "save its text"},
        {"m.txt", "caf\xC3\xA9 <html>", 12, NULL, NULL},
        {"m.md", "", 0, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        ent_text text = {files[i].name, files[i].bytes, files[i].length};
        const char *what, *hint;
        bool odd = ent_no_plain_text(work->arena, &text, &what, &hint);
        assert_int_equal(odd, files[i].what != NULL);
        if (odd) {
            assert_string_equal(what, files[i].what);
            assert_non_null(strstr(hint, files[i].hint));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_printing_changes_is_not_compared),
        cmocka_unit_test(what_means_something_else_is_not_found),
        cmocka_unit_test(what_is_passed_over_is_noted),
        cmocka_unit_test(the_nearest_passage_is_shown),
        cmocka_unit_test(printed_at_random_it_is_found),
        cmocka_unit_test(a_text_of_choices_ends),
        cmocka_unit_test(what_is_no_text_is_called_by_its_name),
    };
    return cmocka_run_group_tests_name("quoted", tests, NULL, NULL);
}
