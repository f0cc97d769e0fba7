/*
 * Golden errors of scenarios. A text holds files, cases that change them, and what is then said:
 *   @file NAME   the lines that follow are the file
 *   @case NAME   begins a case: the files as above, then
 *   @swap NAME   the lines up to @with are replaced, where they first occur, by those up to the
 *                next @
 *   @put NAME    another file, or other lines for one; @drop NAME takes a file away
 *   @only NAME   the case is this file alone
 *   @write FORMAT  write what was read
 *   @says        what is said, word for word and column for column
 * `check_scenario TEXT...` prints TAP; `check_scenario -u TEXT` prints the text with what is said.
 */
#include "../unit/scenario_text.h"

#include "base/diag_text.h"

#include <stdio.h>

typedef struct golden {
    ent_work *work;
    const char *at; /* what of the text is left */
    shelf base, files;
    const char *name, *format;
    ent_buffer *out; /* the text anew */
    unsigned count, failed;
    const char *path;
} golden;

/* The next line without its end, NULL behind the last one. */
static const char *next_line(golden *g)
{
    if (*g->at == '\0') {
        return NULL;
    }
    const char *end = strchr(g->at, '\n');
    size_t length = end == NULL ? strlen(g->at) : (size_t)(end - g->at);
    const char *line = ent_copy_text(g->work->arena, g->at, length);
    g->at += length + (end != NULL);
    return line;
}

/* The lines up to the next that begins with @; the last one's end is left out unless whole. */
static const char *block(golden *g, bool whole)
{
    const char *from = g->at;
    while (*g->at != '\0' && *g->at != '@') {
        (void)next_line(g);
    }
    size_t length = (size_t)(g->at - from);
    return ent_copy_text(g->work->arena, from, length - (!whole && length > 0));
}

static const char *word_after(const char *line, const char *word)
{
    size_t length = strlen(word);
    bool same = strncmp(line, word, length) == 0;
    return same ? line + length + (line[length] == ' ') : NULL;
}

static const char *in_folder(golden *g, const char *name)
{
    return ent_format(g->work->arena, "s/%s", name);
}

static void put(golden *g, shelf *on, const char *name, const char *bytes)
{
    shelf_put(on, in_folder(g, name), bytes, strlen(bytes));
}

static void drop(golden *g, const char *name)
{
    for (size_t i = 0; i < g->files.count; i++) {
        if (strcmp(g->files.path[i], in_folder(g, name)) == 0) {
            g->files.path[i] = "gone";
        }
    }
}

static void swap_lines(golden *g, const char *name)
{
    const char *from = block(g, false);
    assert_non_null(word_after(next_line(g), "@with"));
    const char *to = block(g, false);
    for (size_t i = 0; i < g->files.count; i++) {
        if (strcmp(g->files.path[i], in_folder(g, name)) == 0) {
            put(g, &g->files, name, swapped(g->work, g->files.bytes[i], from, to));
        }
    }
}

/* Read, perhaps write, and all that was said. */
static const char *said(golden *g)
{
    ent_scenario *s = NULL;
    ent_files files = shelf_files(&g->files);
    ent_diags_clear(g->work->diags);
    const char *only = g->files.count == 1 ? g->files.path[0] : "s";
    ent_status status = ent_read_scenario(g->work, &files, only, NULL, 0, &s);
    if (status == ENT_OK && g->format != NULL) {
        (void)ent_write_scenario(g->work, &files, "out", g->format, s);
    }
    ent_buffer b = ent_buffer_init(g->work->arena, 0);
    for (size_t i = 0; i < ent_diags_count(g->work->diags); i++) {
        ent_put_diag(&b, ent_diags_get(g->work->diags, i), false);
    }
    return ent_buffer_text(&b);
}

static void compare(golden *g)
{
    const char *expected = block(g, true);
    const char *got = said(g);
    bool same = strcmp(expected, got) == 0;
    g->failed += !same;
    if (g->out != NULL) {
        ent_put(g->out, got);
        return;
    }
    printf("%s %u - %s\n", same ? "ok" : "not ok", ++g->count, g->name);
    if (!same) {
        printf("# %s says otherwise:\n%s", g->path, got);
    }
}

static void obey(golden *g, const char *line)
{
    const char *word;
    if ((word = word_after(line, "@file")) != NULL) {
        put(g, &g->base, word, block(g, true));
    } else if ((word = word_after(line, "@case")) != NULL) {
        g->name = word;
        g->files = g->base;
        g->format = NULL;
    } else if ((word = word_after(line, "@swap")) != NULL) {
        swap_lines(g, word);
    } else if ((word = word_after(line, "@put")) != NULL) {
        put(g, &g->files, word, block(g, true));
    } else if ((word = word_after(line, "@drop")) != NULL) {
        drop(g, word);
    } else if ((word = word_after(line, "@only")) != NULL) {
        g->files.count = 0;
        put(g, &g->files, word, block(g, true));
    } else if ((word = word_after(line, "@write")) != NULL) {
        g->format = word;
    } else {
        assert_string_equal(line, "a line that begins with @ and a known word");
    }
}

static ent_status run(void *argument)
{
    golden *g = argument;
    ent_text text;
    ent_status status = ent_disk.read(ent_disk.user, g->work, g->path, 1 << 22, &text);
    if (status != ENT_OK) {
        return status;
    }
    g->at = text.at;
    g->base.arena = g->work->arena;
    while (*g->at != '\0') {
        const char *from = g->at;
        const char *line = next_line(g);
        bool judged = word_after(line, "@says") != NULL;
        if (!judged) {
            obey(g, line);
        }
        if (g->out != NULL) {
            ent_put_bytes(g->out, from, (size_t)(g->at - from));
        }
        if (judged) {
            compare(g);
        }
    }
    if (g->out != NULL) {
        fputs(ent_buffer_text(g->out), stdout);
    }
    return ENT_OK;
}

int main(int count, char **paths)
{
    bool update = count > 1 && strcmp(paths[1], "-u") == 0;
    golden g = {0};
    ent_status status = ENT_OK;
    for (int i = update ? 2 : 1; i < count && status == ENT_OK; i++) {
        ent_work work = unit_work();
        ent_buffer out = ent_buffer_init(work.arena, 0);
        golden one = {.work = &work, .path = paths[i], .out = update ? &out : NULL,
                      .count = g.count, .failed = g.failed};
        status = ent_protect(work.arena, run, &one);
        g = one;
        unit_end(&work);
    }
    if (!update) {
        printf("1..%u\n", g.count);
    }
    return status != ENT_OK || (g.failed > 0 && !update);
}
