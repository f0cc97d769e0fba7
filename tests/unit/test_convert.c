/* Round trips: read, write, read gives the same object; other formats give the same values. */
#include "same_scenario.h"
#include "shelf.h"

#include "io/scenario.h"
#include "io/scenario_write.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

static const char *source_root(void)
{
    const char *root = getenv("ENTENTE_SOURCE");
    return root == NULL ? "." : root;
}

/* Read from the disk; a scenario that cannot be read fails the test. */
static ent_scenario *read_from(ent_work *work, const ent_files *files, const char *path)
{
    ent_scenario *s = NULL;
    ent_diags_clear(work->diags);
    ent_status status = ent_read_scenario(work, files, path, NULL, 0, &s);
    for (size_t i = 0; status != ENT_OK && i < ent_diags_count(work->diags); i++) {
        const ent_diag *d = ent_diags_get(work->diags, i);
        if (d->severity == ENT_ERROR) {
            print_message("%s: %s:%u:%u: %s\n", path, d->file, d->line, d->column, d->message);
        }
    }
    assert_int_equal(status, ENT_OK);
    return s;
}

static ent_scenario *through(ent_work *work, const ent_scenario *s, const char *format,
                             ent_status *status, bool *scaled)
{
    shelf memory = {.arena = work->arena};
    ent_files files = shelf_files(&memory);
    const char *path = strcmp(format, "csv") == 0    ? "out/a.csv"
                       : strcmp(format, "case") == 0 ? "out/a.yaml"
                                                     : "out";
    ent_diags_clear(work->diags);
    *status = ent_write_scenario(work, &files, path, format, s);
    *scaled = false; /* the writer says so where it has to divide */
    for (size_t i = 0; i < ent_diags_count(work->diags); i++) {
        *scaled |= strstr(ent_diags_get(work->diags, i)->message, "divided") != NULL;
    }
    return *status == ENT_OK ? read_from(work, &files, path) : NULL;
}

static void check_round_trip(ent_work *work, const char *path)
{
    ent_scenario *first = read_from(work, &ent_disk, path);
    ent_status status;
    bool scaled;
    ent_scenario *second = through(work, first, first->format, &status, &scaled);
    assert_int_equal(status, ENT_OK);
    assert_false(scaled);
    assert_same_scenario(first, second);
}

/* The last two have no writer of their own: what they hold goes out as tables. */
enum { ONE_WAY = 2 };
static const char *const fixtures[] = {
    "genius-small", "genius-numbers", "genius-boxes", "geniusweb-small", "geniusweb-old",
    "negmas-small", "negmas-kinds", "table.csv", "rows.csv",
    "geniusweb-groups", "geniusweb-range", "negolog-small", "genius-constraint", "anl2025-small",
};

static const char *fixture(ent_work *work, size_t i)
{
    return ent_format(work->arena, "%s/tests/data/scenarios/%s", source_root(), fixtures[i]);
}

/* The help of the option is a constant; the list is that of the formats. */
UNIT(the_help_names_every_format_that_is_written)
{
    const char *help = NULL;
    for (size_t i = 0; ent_question_at(i) != NULL; i++) {
        const ent_question_row *row = ent_question_at(i);
        for (size_t k = 0; strcmp(row->name, "convert") == 0 && k < row->option_count; k++) {
            help = strcmp(row->options[k].name, "to") == 0 ? row->options[k].help : help;
        }
    }
    const char *names = ent_scenario_format_names(work->arena);
    assert_non_null(help);
    assert_int_equal(strncmp(help, names, strlen(names)), 0);
}

UNIT(every_writer_keeps_what_its_reader_read)
{
    for (size_t i = 0; i < sizeof fixtures / sizeof *fixtures - ONE_WAY; i++) {
        check_round_trip(work, fixture(work, i));
    }
}

/* A case of a list of outcomes has `no-deal` before them, worth the reservation or the least. */
static void assert_no_deal_before(const ent_scenario *s, const ent_scenario *copy)
{
    assert_int_equal(s->issue_count, 1);
    assert_int_equal(copy->issues[0].levels, s->issues[0].levels + 1);
    assert_string_equal(copy->issues[0].values[0], "no-deal");
    for (uint32_t p = 0; p < s->party_count; p++) {
        double least = (double)INFINITY;
        for (uint64_t k = 0; k < s->issues[0].levels; k++) {
            uint64_t behind = k + 1;
            least = fmin(least, ent_utility_of(s, p, &k));
            assert_near(ent_utility_of(s, p, &k), ent_utility_of(copy, p, &behind), 1e-9);
        }
        double own = s->utilities[p].reservation;
        uint64_t first = 0;
        assert_near(ent_utility_of(copy, p, &first), isfinite(own) ? own : least, 1e-9);
    }
}

UNIT(other_formats_keep_the_values)
{
    static const char *const formats[] = {"case",      "csv",    "genius",
                                          "geniusweb", "negmas", "negolog"};
    for (size_t i = 0; i < sizeof fixtures / sizeof *fixtures; i++) {
        ent_scenario *s = read_from(work, &ent_disk, fixture(work, i));
        size_t held = 0;
        for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
            ent_status status;
            bool scaled;
            ent_scenario *copy = through(work, s, formats[f], &status, &scaled);
            assert_true(status == ENT_OK || status == ENT_INVALID);
            held += status == ENT_OK;
            if (status == ENT_OK && !scaled && copy->issues[0].levels > s->issues[0].levels) {
                assert_no_deal_before(s, copy);
            } else if (status == ENT_OK && !scaled) {
                assert_same_values(s, copy, 2000);
            }
        }
        assert_true(held >= 2);
    }
}

/* A party that accepts nothing is that in NegMAS alone; nothing is written that says less. */
UNIT(what_accepts_nothing_is_not_written_as_less)
{
    ent_scenario *s = read_from(work, &ent_disk, fixture(work, 0));
    ent_utility *refuses = ent_alloc(work->arena, s->party_count, ent_utility);
    static const char *const formats[] = {"case", "csv", "genius", "geniusweb", "negolog"};
    ent_status status;
    bool scaled;
    memcpy(refuses, s->utilities, s->party_count * sizeof *refuses);
    refuses[0].reservation = HUGE_VAL;
    refuses[0].reserved = NULL;
    s->utilities = refuses;
    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
        (void)through(work, s, formats[f], &status, &scaled);
        assert_int_equal(status, ENT_INVALID);
        assert_string_equal(ent_diags_get(work->diags, 0)->code, "S113");
    }
    ent_scenario *copy = through(work, s, "negmas", &status, &scaled);
    assert_int_equal(status, ENT_OK);
    assert_true(copy->utilities[0].reservation == HUGE_VAL);
}

/* Folders of one format beside the source tree, where they are. */
static void check_folders(ent_work *work, const char *folder)
{
    char path[4096];
    char inner[4400];
    snprintf(path, sizeof path, "%s/../shared/reference/%s", source_root(), folder);
    DIR *all = opendir(path);
    if (all == NULL) {
        UNIT_SKIP("no %s to test against", path);
    }
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(all)) != NULL;) {
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.') {
            check_round_trip(work, inner);
            count++;
        }
    }
    closedir(all);
    assert_true(count > 0);
}

/* By YAML 1.1, as PyYAML reads: without a point before its exponent a number is a text. */
UNIT(numbers_are_floats_to_yaml_1_1)
{
    static const struct {
        double value;
        const char *as_float, *as_number;
    } rows[] = {{1, "1.0", "1"},           {0.25, "0.25", "0.25"},
                {1e-5, "1.0e-05", "1.0e-05"}, {2.5e-7, "2.5e-07", "2.5e-07"},
                {-3, "-3.0", "-3"},        {1e20, "1.0e+20", "1.0e+20"},
                {-HUGE_VAL, "-.inf", "-.inf"}, {HUGE_VAL, ".inf", ".inf"}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        ent_buffer a = ent_buffer_init(work->arena, 0), b = ent_buffer_init(work->arena, 0);
        ent_put_yaml_float(&a, rows[k].value);
        ent_put_yaml_number(&b, rows[k].value);
        assert_string_equal(ent_buffer_text(&a), rows[k].as_float);
        assert_string_equal(ent_buffer_text(&b), rows[k].as_number);
    }
}

UNIT(genius_reference)
{
    check_folders(work, "genius");
}

UNIT(nonlinear_reference)
{
    check_folders(work, "anac2014");
}

UNIT(geniusweb_reference)
{
    check_folders(work, "geniusweb");
}

UNIT(negmas_reference)
{
    check_folders(work, "negmas");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_help_names_every_format_that_is_written),
        cmocka_unit_test(every_writer_keeps_what_its_reader_read),
        cmocka_unit_test(other_formats_keep_the_values),
        cmocka_unit_test(what_accepts_nothing_is_not_written_as_less),
        cmocka_unit_test(numbers_are_floats_to_yaml_1_1),
        cmocka_unit_test(genius_reference),
        cmocka_unit_test(nonlinear_reference),
        cmocka_unit_test(geniusweb_reference),
        cmocka_unit_test(negmas_reference),
    };
    return cmocka_run_group_tests_name("convert", tests, NULL, NULL);
}
