#include "unit.h"

#include "base/student.h"
#include "base/hash.h"
#include "base/number.h"
#include "base/random.h"
#include "base/text.h"

UNIT(arena_gives_zeroed_aligned_memory)
{
    for (size_t n = 1; n < 3000; n += 97) {
        double *at = ent_alloc(work->arena, n, double);
        for (size_t i = 0; i < n; i++) {
            assert_true(at[i] == 0.0);
            at[i] = 1;
        }
        assert_int_equal((uintptr_t)at % (n * 8 >= 64 ? 64 : 16), 0);
    }
}

static ent_status ask_too_much(void *argument)
{
    (void)ent_alloc_bytes(argument, SIZE_MAX / 2, 3);
    return ENT_OK;
}

UNIT(overflowing_request_comes_back_as_no_memory)
{
    assert_int_equal(ent_protect(work->arena, ask_too_much, work->arena), ENT_NOMEM);
}

static int cleaned;
static void clean(void *object)
{
    cleaned = cleaned * 10 + *(int *)object;
}

static void cleanups_run_last_first(void **state)
{
    (void)state;
    ent_work work = unit_work();
    static int one = 1, two = 2;
    cleaned = 0;
    /* Small allocations do not fail here, so no ent_protect is needed around them. */
    ent_defer(work.arena, clean, &one);
    ent_defer(work.arena, clean, &two);
    unit_end(&work);
    assert_int_equal(cleaned, 21);
}

UNIT(numbers_parse_strictly)
{
    double x = 7;
    const char *good[] = {"0", "-1.5", "+2", ".5", "5.", "1e3", "1.25E-2"};
    const double values[] = {0, -1.5, 2, 0.5, 5, 1000, 0.0125};
    for (size_t i = 0; i < 7; i++) {
        assert_true(ent_parse_number(good[i], strlen(good[i]), &x));
        assert_true(x == values[i]);
    }
    const char *bad[] = {"",    " 1",  "1 ", "0x10", "inf", "nan", "1e999", ".",
                         "1e", "--1", "1,5", "1_000"};
    for (size_t i = 0; i < 12; i++) {
        assert_false(ent_parse_number(bad[i], strlen(bad[i]), &x));
    }
    uint64_t n;
    assert_true(ent_parse_count("18446744073709551615", 20, UINT64_MAX, &n));
    assert_false(ent_parse_count("18446744073709551616", 20, UINT64_MAX, &n));
    assert_false(ent_parse_count("11", 2, 10, &n));
    (void)work;
}

UNIT(numbers_print_shortest)
{
    char text[ENT_NUMBER_ROOM];
    assert_string_equal(ent_number_text(0.1, text), "0.1");
    assert_string_equal(ent_number_text(1.0 / 3, text), "0.3333333333333333");
    assert_string_equal(ent_count_text(1944000, text), "1,944,000");
    assert_string_equal(ent_count_text(999, text), "999");
    (void)work;
}

UNIT(utf8_is_checked)
{
    assert_int_equal(ent_utf8_valid("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 10), 10);
    assert_int_equal(ent_utf8_valid("a\xC0\x80", 3), 1);
    assert_int_equal(ent_utf8_valid("\xED\xA0\x80", 3), 0);
    assert_int_equal(ent_utf8_valid("\xF5\x80\x80\x80", 4), 0);
    assert_int_equal(ent_text_width("\xE6\xBC\xA2 a\xCC\x81"), 4);
    (void)work;
}

UNIT(nearest_name_is_a_slip_or_nothing)
{
    const char *names[] = {"yongbyon", "relief", "second-site"};
    assert_string_equal(ent_nearest("yongbyn", names, 3), "yongbyon");
    assert_string_equal(ent_nearest("releif", names, 3), "relief");
    assert_string_equal(ent_nearest("Relief", names, 3), "relief");
    assert_null(ent_nearest("arsenal", names, 3));
    const char *brief[] = {"bo", "axe", "x"};
    assert_null(ent_nearest("zoe", brief, 3));
    assert_null(ent_nearest("y", brief, 3));
    assert_string_equal(ent_nearest("ax", brief, 3), "axe");
    (void)work;
}

UNIT(buffer_stops_at_its_cap)
{
    ent_buffer b = ent_buffer_init(work->arena, 10);
    ent_put(&b, "12345");
    ent_putf(&b, "%d", 678901);
    assert_true(b.full);
    assert_string_equal(ent_buffer_text(&b), "12345");
}

/* Known answers of Philox4x32-10 from the Random123 distribution. */
UNIT(philox_gives_the_published_numbers)
{
    uint32_t out[4];
    ent_random4((ent_key){{0, 0}}, 0, 0, out);
    const uint32_t zero[] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    assert_memory_equal(out, zero, sizeof zero);
    ent_random4((ent_key){{UINT32_MAX, UINT32_MAX}}, UINT64_MAX, UINT64_MAX, out);
    const uint32_t ones[] = {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd};
    assert_memory_equal(out, ones, sizeof ones);
    (void)work;
}

UNIT(stream_draws_have_their_moments)
{
    ent_stream s = ent_stream_of(1, 2, 3);
    double sum = 0, normal = 0, square = 0, wait = 0;
    int n = 200000;
    for (int i = 0; i < n; i++) {
        sum += ent_draw_unit(&s);
        double x = ent_draw_normal(&s);
        normal += x;
        square += x * x;
        wait += ent_draw_exponential(&s);
    }
    assert_near(sum / n, 0.5, 0.004);
    assert_near(normal / n, 0, 0.012);
    assert_near(square / n, 1, 0.02);
    assert_near(wait / n, 1, 0.012);
    (void)work;
}

UNIT(hash_is_sha256)
{
    char hex[ENT_HASH_ROOM];
    ent_hash("abc", 3, hex);
    assert_string_equal(hex,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    (void)work;
}

UNIT(diagnostics_quote_their_line_in_order)
{
    const char *words = "one\ntwo three\n";
    ent_text text = {"a.yaml", words, strlen(words)};
    ent_tell(work->diags, ENT_ERROR, ENT_C101_SYNTAX, &text, (ent_pos){2, 5, 5}, "hint", "no %s",
             "x");
    ent_tell(work->diags, ENT_WARNING, ENT_C101_SYNTAX, &text, (ent_pos){1, 1, 1}, NULL, "first");
    assert_int_equal(ent_diags_count(work->diags), 2);
    assert_int_equal(ent_diags_count_of(work->diags, ENT_ERROR), 1);
    assert_string_equal(ent_diags_get(work->diags, 0)->message, "first");
    const ent_diag *second = ent_diags_get(work->diags, 1);
    assert_string_equal(second->source, "two three");
    assert_string_equal(second->code, "C101");
    ent_pos at = ent_pos_at(&text, 8, 5);
    assert_int_equal(at.line, 2);
    assert_int_equal(at.column, 5);
}

/* Each severity, told many times before and after one error. */
UNIT(no_number_of_warnings_drops_an_error)
{
    const ent_pos nowhere = {0, 0, 0};
    for (int i = 0; i < 3 * ENT_DIAG_MOST; i++) {
        ent_tell(work->diags, i % 2 == 0 ? ENT_WARNING : ENT_NOTE, ENT_C155_CUT_TEXT, NULL, nowhere,
                 NULL, "%d", i);
    }
    ent_tell(work->diags, ENT_ERROR, ENT_C101_SYNTAX, NULL, nowhere, NULL, "the error");
    size_t count = ent_diags_count(work->diags);
    assert_int_equal(count, ENT_DIAG_MOST + 2);
    assert_string_equal(ent_diags_get(work->diags, count - 2)->message, "the error");
    const ent_diag *more = ent_diags_get(work->diags, count - 1);
    assert_string_equal(more->code, "F106");
    assert_int_equal(more->severity, ENT_NOTE);
    assert_string_equal(more->message,
                        "there is more: 0 errors and 2000 other messages are not shown");
    assert_null(ent_diags_get(work->diags, count));
    for (int i = 0; i < ENT_DIAG_MOST; i++) {
        ent_tell(work->diags, ENT_ERROR, ENT_C101_SYNTAX, NULL, nowhere, NULL, "%d", i);
    }
    assert_int_equal(ent_diags_count(work->diags), 2 * ENT_DIAG_MOST + 1);
    assert_int_equal(ent_diags_count_of(work->diags, ENT_ERROR), ENT_DIAG_MOST + 1);
    more = ent_diags_get(work->diags, 2 * ENT_DIAG_MOST);
    assert_int_equal(more->severity, ENT_ERROR); /* -q shows that an error was left out */
    ent_diags_clear(work->diags);
    assert_int_equal(ent_diags_count(work->diags), 0);
}

UNIT(codes_are_sorted_and_described)
{
    const char *code, *title, *before = "";
    for (size_t i = 0; ent_code_at(i, &code, &title); i++) {
        assert_true(strcmp(before, code) < 0);
        assert_true(strlen(title) > 3);
        assert_true(strlen(ent_explain(code)) > 20);
        before = code;
    }
    (void)work;
}

UNIT(tails_of_students_distribution)
{
    (void)work;
    assert_near(ent_student_tails(0, 5), 1, 1e-12);
    assert_near(ent_student_tails(1, 1), 0.5, 1e-12);
    assert_near(ent_student_tails(-1, 1), 0.5, 1e-12);
    assert_near(ent_student_tails(sqrt(2), 2), 1 - sqrt(0.5), 1e-12); /* 1 - t / sqrt(2 + t^2) */
    assert_near(ent_student_tails(2.2621571627, 9), 0.05, 1e-9);
    assert_near(ent_student_tails(1.9599639845, 1e7), 0.05, 1e-6);
    assert_true(ent_student_tails(40, 200) < 1e-90);
}

UNIT(quantiles_of_students_distribution)
{
    /* As tables print them. */
    static const struct {
        double p, freedom, t;
    } table[] = {{0.975, 1, 12.7062}, {0.975, 2, 4.302653}, {0.975, 5, 2.570582},
                 {0.975, 10, 2.228139}, {0.975, 30, 2.042272}, {0.975, 120, 1.979930},
                 {0.975, 1e7, 1.959964}, {0.995, 5, 4.032143}, {0.9995, 1, 636.6192},
                 {0.9, 3, 1.637744}, {0.75, 1, 1}, {0.5, 4, 0}, {0.025, 5, -2.570582}};
    (void)work;
    for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
        double t = ent_student_quantile(table[k].p, table[k].freedom);
        assert_near(t, table[k].t, 1e-6 * fmax(1, fabs(table[k].t)) * 4);
        assert_near(ent_student_tails(t, table[k].freedom), 2 * fmin(table[k].p, 1 - table[k].p),
                    1e-9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tails_of_students_distribution),
        cmocka_unit_test(quantiles_of_students_distribution),
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(overflowing_request_comes_back_as_no_memory),
        cmocka_unit_test(cleanups_run_last_first),
        cmocka_unit_test(numbers_parse_strictly),
        cmocka_unit_test(numbers_print_shortest),
        cmocka_unit_test(utf8_is_checked),
        cmocka_unit_test(nearest_name_is_a_slip_or_nothing),
        cmocka_unit_test(buffer_stops_at_its_cap),
        cmocka_unit_test(philox_gives_the_published_numbers),
        cmocka_unit_test(stream_draws_have_their_moments),
        cmocka_unit_test(hash_is_sha256),
        cmocka_unit_test(diagnostics_quote_their_line_in_order),
        cmocka_unit_test(no_number_of_warnings_drops_an_error),
        cmocka_unit_test(codes_are_sorted_and_described),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
