/*
 * Readers and writers of scenarios under bad conditions: memory that runs out at any allocation,
 * files cut off anywhere, files in wrong encodings, files of a million items.
 */
#include "meter.h"
#include "scenario_text.h"

#include <stdio.h>
#include <unistd.h>

static const char *const fixtures[] = {
    "genius-small", "genius-numbers", "genius-boxes", "geniusweb-small", "geniusweb-old",
    "negmas-small", "negmas-kinds", "table.csv", "rows.csv",
};
enum { FIXTURES = sizeof fixtures / sizeof *fixtures };

static const char *fixture(ent_arena *arena, size_t i)
{
    const char *root = getenv("ENTENTE_SOURCE");
    return ent_format(arena, "%s/tests/data/scenarios/%s", root == NULL ? "." : root, fixtures[i]);
}

/* ---- Memory that runs out ----------------------------------------------------------------- */

typedef struct job {
    ent_work work;
    const char *path, *format; /* format NULL: read alone */
    const ent_scenario *from;  /* what is written */
} job;

static ent_status do_job(void *argument)
{
    job *j = argument;
    ent_scenario *s = NULL;
    if (j->format == NULL) {
        return ent_read_scenario(&j->work, &ent_disk, j->path, NULL, 0, &s);
    }
    shelf memory = {.arena = j->work.arena};
    ent_files files = shelf_files(&memory);
    return ent_write_scenario(&j->work, &files, "out", j->format, j->from);
}

static ent_status run_job(job j, meter *m)
{
    ent_allocator allocator = {.resize = meter_resize, .user = m};
    j.work = (ent_work){.arena = ent_arena_create(&allocator), .diags = ent_diags_create(),
                        .threads = 1};
    ent_status status = ENT_NOMEM;
    if (j.work.arena != NULL) {
        status = ent_protect(j.work.arena, do_job, &j);
    }
    ent_arena_destroy(j.work.arena);
    ent_diags_destroy(j.work.diags);
    return status;
}

static void fail_each(const job *j)
{
    meter whole = {.fails_at = -1};
    ent_status wanted = run_job(*j, &whole);
    assert_int_equal(whole.alive, 0);
    for (long at = 1; at <= whole.calls; at++) {
        meter m = {.fails_at = at};
        ent_status status = run_job(*j, &m);
        if (m.alive != 0 || (status != ENT_NOMEM && status != wanted)) {
            fail_msg("%s to %s, allocation %ld of %ld: %ld alive, %s", j->path,
                     j->format == NULL ? "read" : j->format, at, whole.calls, m.alive,
                     ent_status_text(status));
        }
    }
}

UNIT(readers_survive_every_allocation_that_fails)
{
    for (size_t i = 0; i < FIXTURES; i++) {
        fail_each(&(job){.path = fixture(work->arena, i)});
    }
}

UNIT(writers_survive_every_allocation_that_fails)
{
    static const char *const formats[] = {"case", "csv", "genius", "geniusweb", "negmas"};
    for (size_t i = 0; i < FIXTURES; i++) {
        const char *path = fixture(work->arena, i);
        ent_scenario *s = NULL;
        assert_int_equal(ent_read_scenario(work, &ent_disk, path, NULL, 0, &s), ENT_OK);
        for (size_t f = 0; f < 5; f++) {
            fail_each(&(job){.path = path, .format = formats[f], .from = s});
        }
    }
}

/* ---- Files that are cut off or changed ---------------------------------------------------- */

/* All files of a fixture on a shelf, as s/NAME (or s.csv). */
static const char *take(ent_work *work, size_t i, shelf *memory)
{
    const char *path = fixture(work->arena, i);
    const char *const *names = NULL;
    size_t count = 0;
    memory->arena = work->arena;
    ent_text text;
    if (!ent_disk.is_folder(ent_disk.user, path)) {
        assert_int_equal(ent_disk.read(ent_disk.user, work, path, 1 << 20, &text), ENT_OK);
        shelf_put(memory, "s.csv", text.at, text.length);
        return "s.csv";
    }
    assert_int_equal(ent_disk.list(ent_disk.user, work, path, &names, &count), ENT_OK);
    for (size_t k = 0; k < count; k++) {
        const char *from = ent_path_join(work->arena, path, names[k]);
        assert_int_equal(ent_disk.read(ent_disk.user, work, from, 1 << 20, &text), ENT_OK);
        shelf_put(memory, ent_format(work->arena, "s/%s", names[k]), text.at, text.length);
    }
    return "s";
}

/* Read; what fails is told of, and as bad input. */
static void expect_told(ent_work *work, const shelf *memory, const char *path)
{
    ent_scenario *s = NULL;
    shelf copy = *memory;
    ent_files files = shelf_files(&copy);
    ent_diags_clear(work->diags);
    ent_status status = ent_read_scenario(work, &files, path, NULL, 0, &s);
    if (status != ENT_OK) {
        assert_int_equal(ent_status_exit(status), 3);
        assert_true(ent_diags_count_of(work->diags, ENT_ERROR) > 0);
        assert_true(*ent_diags_get(work->diags, 0)->message != '\0');
    }
}

typedef void change(char *bytes, size_t *length, size_t at);

static void cut(char *bytes, size_t *length, size_t at)
{
    (void)bytes;
    *length = at;
}

static void drop_byte(char *bytes, size_t *length, size_t at)
{
    memmove(bytes + at, bytes + at + 1, *length - at - 1);
    *length -= 1;
}

static void spoil_byte(char *bytes, size_t *length, size_t at)
{
    (void)length;
    bytes[at] = (char)0xE9; /* Latin-1 where UTF-8 is said */
}

static void nul_byte(char *bytes, size_t *length, size_t at)
{
    (void)length;
    bytes[at] = '\0';
}

static ent_status change_files(ent_work *work, size_t i, change *what, size_t every)
{
    shelf memory = {.count = 0};
    const char *path = take(work, i, &memory);
    for (size_t f = 0; f < memory.count; f++) {
        const char *bytes = memory.bytes[f];
        size_t length = memory.length[f];
        for (size_t at = 0; at < length; at += every) {
            char *changed = ent_copy_text(work->arena, bytes, length);
            memory.length[f] = length;
            what(changed, &memory.length[f], at);
            memory.bytes[f] = ent_copy_text(work->arena, changed, memory.length[f]);
            expect_told(work, &memory, path);
        }
        memory.bytes[f] = bytes;
        memory.length[f] = length;
    }
    return ENT_OK;
}

UNIT(files_that_are_cut_off_are_told_of)
{
    for (size_t i = 0; i < FIXTURES; i++) {
        change_files(work, i, cut, 7);
    }
}

UNIT(files_that_lack_a_byte_are_told_of)
{
    for (size_t i = 0; i < FIXTURES; i++) {
        change_files(work, i, drop_byte, 11);
    }
}

UNIT(files_in_wrong_encodings_are_told_of)
{
    for (size_t i = 0; i < FIXTURES; i++) {
        change_files(work, i, spoil_byte, 29);
        change_files(work, i, nul_byte, 31);
    }
}

/* Every file as UTF-16 with its mark. */
UNIT(utf_16_is_read_or_told_of)
{
    for (size_t i = 0; i < FIXTURES; i++) {
        shelf memory = {.count = 0};
        const char *path = take(work, i, &memory);
        for (size_t f = 0; f < memory.count; f++) {
            char *wide = ent_alloc(work->arena, 2 * memory.length[f] + 4, char);
            wide[0] = (char)0xFF;
            wide[1] = (char)0xFE;
            for (size_t k = 0; k < memory.length[f]; k++) {
                wide[2 * k + 2] = memory.bytes[f][k];
            }
            memory.bytes[f] = wide;
            memory.length[f] = 2 * memory.length[f] + 2;
        }
        expect_told(work, &memory, path);
    }
}

/* ---- Too much ----------------------------------------------------------------------------- */

/* A domain of so many values, and a profile that says nothing of them; "": a file alone. */
typedef struct many {
    const char *extension, *head, *separator, *before, *after, *tail, *profile;
    size_t count;
    ent_status wanted;
} many;

static void expect_many(ent_work *work, const many *m)
{
    ent_arena *own = ent_arena_create(NULL);
    assert_non_null(own);
    ent_buffer b = ent_buffer_init(own, 0);
    ent_put(&b, m->head);
    for (size_t k = 0; k < m->count; k++) {
        ent_putf(&b, "%s%s%zu%s", k == 0 ? "" : m->separator, m->before, k, m->after);
    }
    ent_put(&b, m->tail);
    shelf memory = {.arena = own, .count = *m->profile == '\0' ? 1 : 2};
    memory.path[0] = ent_format(own, "s/d.%s", m->extension);
    memory.bytes[0] = ent_buffer_text(&b);
    memory.length[0] = b.length;
    memory.path[1] = ent_format(own, "s/p.%s", m->extension);
    memory.bytes[1] = m->profile;
    memory.length[1] = strlen(m->profile);
    ent_files files = shelf_files(&memory);
    ent_work inner = {.arena = own, .diags = work->diags, .threads = 1};
    ent_scenario *s = NULL;
    ent_diags_clear(work->diags);
    const char *path = memory.count == 1 ? memory.path[0] : "s";
    assert_int_equal(ent_read_scenario(&inner, &files, path, NULL, 0, &s), m->wanted);
    assert_true((ent_diags_count_of(work->diags, ENT_ERROR) > 0) == (m->wanted != ENT_OK));
    assert_true(ent_arena_size(own) < (size_t)900 << 20);
    ent_arena_destroy(own);
}

UNIT(a_million_items_are_read_or_refused)
{
    static const many all[] = {
        {"csv", "A,u(a)\n", "", "v", ",1\n", "", "", 1000000, ENT_OK},
        {"json", "{\"name\": \"d\", \"issuesValues\": {\"A\": {\"values\": [", ",", "\"v", "\"",
         "]}}}",
         "{\"LinearAdditiveUtilitySpace\": {\"issueUtilities\": {}, \"issueWeights\": {}}}",
         1000000, ENT_OK},
        /* XML counts attributes too. */
        {"xml",
         "<negotiation_template><utility_space><objective index='0' name='r'>"
         "<issue index='1' name='A' type='discrete'>\n",
         "", "<item value='v", "'/>\n",
         "</issue></objective></utility_space></negotiation_template>",
         "<utility_space><objective index='0' name='r'/></utility_space>", 2500000, ENT_INVALID},
        /* A line of YAML is at most 256 KiB. */
        {"yml",
         "type: CartesianOutcomeSpace\nissues:\n- {name: A, type: CategoricalIssue, values: [",
         ", ", "v", "", "]}\n", "type: ConstUtilityFunction\nvalue: 1\n", 1000000, ENT_INVALID},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        expect_many(work, &all[i]);
    }
}

UNIT(deep_files_are_refused)
{
    static const many all[] = {
        {"xml", "<negotiation_template>", "", "<a b='", "'>", "", "<utility_space></utility_space>",
         1000000, ENT_INVALID},
        {"json", "{\"issuesValues\": ", "", "{\"", "\":", "",
         "{\"LinearAdditiveUtilitySpace\": {}}", 1000000, ENT_INVALID},
        {"yml", "type: CartesianOutcomeSpace\nissues: ", "", "[", ",\n", "",
         "type: ConstUtilityFunction\nvalue: 1\n", 100000, ENT_INVALID},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        expect_many(work, &all[i]);
    }
}

/* Not ENT_LIMIT, which says that there is an answer, only not a whole one. */
UNIT(files_past_the_limit_are_invalid)
{
    char path[] = "/tmp/entente-large-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(ftruncate(file, (off_t)20 << 20), 0);
    close(file);
    ent_text text;
    ent_status status = ent_disk.read(ent_disk.user, work, path, 16 << 20, &text);
    remove(path);
    assert_int_equal(status, ENT_INVALID);
    assert_string_equal(ent_diags_get(work->diags, 0)->code, "F102");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readers_survive_every_allocation_that_fails),
        cmocka_unit_test(writers_survive_every_allocation_that_fails),
        cmocka_unit_test(files_that_are_cut_off_are_told_of),
        cmocka_unit_test(files_that_lack_a_byte_are_told_of),
        cmocka_unit_test(files_in_wrong_encodings_are_told_of),
        cmocka_unit_test(utf_16_is_read_or_told_of),
        cmocka_unit_test(a_million_items_are_read_or_refused),
        cmocka_unit_test(deep_files_are_refused),
        cmocka_unit_test(files_past_the_limit_are_invalid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
