#include "base/diag.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const ent_code_row ent_codes[ENT_CODE_COUNT] = {
#define ENT_CODE(name, code, title, text) {#code, title, text},
#include "base/codes_all.h"
#undef ENT_CODE
};

/*
 * Diagnostics outlive the arena of the work that told them and must be told even when that arena
 * is full, so they have an arena of their own.
 */
struct ent_diags {
    ent_arena *arena;
    struct {
        ent_diag *at;
        size_t count, room;
    } list;
    size_t by_severity[ENT_ERROR + 1];
    size_t kept[ENT_ERROR + 1];
    ent_diag more; /* the last of the list where some were not kept */
    char more_words[120];
};

ent_diags *ent_diags_create(void)
{
    ent_arena *arena = ent_arena_create(NULL);
    ent_diags *diags = arena == NULL ? NULL : calloc(1, sizeof *diags);
    if (diags == NULL) {
        ent_arena_destroy(arena);
        return NULL;
    }
    diags->arena = arena;
    return diags;
}

void ent_diags_destroy(ent_diags *diags)
{
    if (diags != NULL) {
        ent_arena_destroy(diags->arena);
        free(diags);
    }
}

void ent_diags_clear(ent_diags *diags)
{
    ent_arena *arena = ent_arena_create(NULL);
    if (arena != NULL) {
        ent_arena_destroy(diags->arena);
        *diags = (ent_diags){.arena = arena};
    }
}

size_t ent_diags_count(const ent_diags *diags)
{
    return diags->list.count + (diags->more.message != NULL);
}

size_t ent_diags_count_of(const ent_diags *diags, ent_severity least)
{
    size_t count = 0;
    for (int s = (int)least; s <= ENT_ERROR; s++) {
        count += diags->by_severity[s];
    }
    return count;
}

const ent_diag *ent_diags_get(const ent_diags *diags, size_t index)
{
    bool more = diags->more.message != NULL && index == diags->list.count;
    return index < diags->list.count ? &diags->list.at[index] : more ? &diags->more : NULL;
}

const char *ent_explain(const char *code)
{
    for (size_t i = 0; i < ENT_CODE_COUNT; i++) {
        if (strcmp(code, ent_codes[i].code) == 0) {
            return ent_codes[i].text;
        }
    }
    return NULL;
}

bool ent_code_at(size_t index, const char **code, const char **title)
{
    if (index >= ENT_CODE_COUNT) {
        return false;
    }
    *code = ent_codes[index].code;
    *title = ent_codes[index].title;
    return true;
}

/* Lines longer than this are quoted without their text: a caret under 10,000 bytes helps nobody. */
enum { LONGEST_LINE = 400 };

static ent_slice line_of(const ent_text *text, uint32_t line)
{
    const char *at = text->at;
    if (at == NULL) { /* a workbook: it has rows, but no lines to quote */
        return (ent_slice){NULL, 0};
    }
    const char *end = text->at + text->length;
    for (uint32_t i = 1; i < line; i++) {
        const char *next = at == end ? NULL : memchr(at, '\n', (size_t)(end - at));
        if (next == NULL) {
            return (ent_slice){NULL, 0};
        }
        at = next + 1;
    }
    const char *stop = at == end ? NULL : memchr(at, '\n', (size_t)(end - at));
    size_t length = (size_t)((stop == NULL ? end : stop) - at);
    if (length > 0 && at[length - 1] == '\r') {
        length--;
    }
    return (ent_slice){at, length};
}

typedef struct message {
    ent_diags *diags;
    ent_diag diag;
    const ent_text *text;
    const char *words;
} message;

/* Messages arrive almost in order, so insertion keeps the list sorted by place at little cost. */
static bool stands_before(const ent_diag *a, const ent_diag *b)
{
    bool same_file = a->file == b->file ||
                     (a->file != NULL && b->file != NULL && strcmp(a->file, b->file) == 0);
    if (!same_file || a->line == 0 || b->line == 0) {
        return false;
    }
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

static ent_status keep(void *argument)
{
    message *m = argument;
    ent_diags *diags = m->diags;
    ent_arena *arena = diags->arena;
    ent_diag d = m->diag;
    d.message = ent_copy(arena, m->words);
    d.hint = ent_copy(arena, d.hint);
    d.file = ent_copy(arena, d.file);
    d.source = ent_copy(arena, d.source);
    if (m->text != NULL) {
        d.file = ent_copy(arena, m->text->name);
        ent_slice line = d.line > 0 ? line_of(m->text, d.line) : (ent_slice){NULL, 0};
        if (line.at != NULL && line.length <= LONGEST_LINE) {
            d.source = ent_copy_text(arena, line.at, line.length);
        }
    }
    (void)ent_push(arena, &diags->list);
    size_t i = diags->list.count - 1;
    while (i > 0 && stands_before(&d, &diags->list.at[i - 1])) {
        diags->list.at[i] = diags->list.at[i - 1];
        i--;
    }
    diags->list.at[i] = d;
    return ENT_OK;
}

/* No memory of the arena: it may be what was out. */
static void note_more(ent_diags *diags)
{
    size_t errors = diags->by_severity[ENT_ERROR] - diags->kept[ENT_ERROR];
    size_t others = ent_diags_count_of(diags, ENT_NOTE) - diags->by_severity[ENT_ERROR] -
                    diags->kept[ENT_WARNING] - diags->kept[ENT_NOTE];
    snprintf(diags->more_words, sizeof diags->more_words,
             "there is more: %zu error%s and %zu other message%s are not shown", errors,
             errors == 1 ? "" : "s", others, others == 1 ? "" : "s");
    diags->more = (ent_diag){.severity = errors > 0 ? ENT_ERROR : ENT_NOTE,
                             .code = ent_codes[ENT_F106_MORE_MESSAGES].code,
                             .message = diags->more_words};
}

/* Errors have room of their own: no number of warnings leaves one out. */
static bool has_room(const ent_diags *diags, ent_severity severity)
{
    size_t others = diags->kept[ENT_NOTE] + diags->kept[ENT_WARNING];
    return (severity == ENT_ERROR ? diags->kept[ENT_ERROR] : others) < ENT_DIAG_MOST;
}

static void add(ent_diags *diags, message *m)
{
    if (ent_protect(diags->arena, keep, m) == ENT_OK) {
        diags->kept[m->diag.severity]++;
    } else {
        note_more(diags);
    }
}

ENT_PRINTF(7, 0)
static void tell(ent_diags *diags, ent_severity severity, ent_code code, const ent_text *text,
                 ent_pos pos, const char *hint, const char *format, va_list list)
{
    char words[600];
    diags->by_severity[severity]++;
    if (!has_room(diags, severity)) {
        note_more(diags);
        return;
    }
    vsnprintf(words, sizeof words, format, list);
    size_t valid = ent_utf8_valid(words, strlen(words));
    words[valid] = '\0'; /* a cut in the middle of a letter */
    message m = {.diags = diags, .text = text, .words = words};
    m.diag = (ent_diag){.severity = severity,
                        .code = ent_codes[code].code,
                        .line = pos.line,
                        .column = pos.column,
                        .length = pos.line > 0 && pos.length == 0 ? 1 : pos.length,
                        .hint = hint};
    add(diags, &m);
}

void ent_diags_pass_on(ent_diags *diags, const ent_diags *others)
{
    for (size_t i = 0; i < others->list.count; i++) {
        const ent_diag *diag = &others->list.at[i];
        diags->by_severity[diag->severity]++;
        if (has_room(diags, diag->severity)) {
            add(diags, &(message){.diags = diags, .diag = *diag, .words = diag->message});
        } else {
            note_more(diags);
        }
    }
    for (int s = 0; s <= ENT_ERROR; s++) {
        diags->by_severity[s] += others->by_severity[s] - others->kept[s];
    }
    if (others->more.message != NULL) {
        note_more(diags);
    }
}

void ent_tell(ent_diags *diags, ent_severity severity, ent_code code, const ent_text *text,
              ent_pos pos, const char *hint, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    tell(diags, severity, code, text, pos, hint, format, list);
    va_end(list);
}

void ent_diags_add(ent_diags *diags, ent_severity severity, const char *code, const char *words,
                   const char *hint)
{
    for (int i = 0; i < ENT_CODE_COUNT; i++) {
        if (strcmp(ent_codes[i].code, code) == 0) {
            ent_tell(diags, severity, (ent_code)i, NULL, (ent_pos){0, 0, 0}, hint, "%s", words);
        }
    }
}

ent_status ent_fail(ent_diags *diags, ent_status status, ent_code code, const char *hint,
                    const char *format, ...)
{
    va_list list;
    va_start(list, format);
    tell(diags, ENT_ERROR, code, NULL, (ent_pos){0, 0, 0}, hint, format, list);
    va_end(list);
    return status;
}

ent_pos ent_pos_from(const ent_text *text, ent_pos known, size_t from, size_t offset, size_t length)
{
    ent_pos pos = {known.line, known.column, (uint32_t)(length > 1000 ? 1000 : length)};
    for (size_t at = from; at < offset && at < text->length;) {
        bool newline = text->at[at] == '\n';
        (void)ent_utf8_next(text->at, text->length, &at);
        pos.line += newline;
        pos.column = newline ? 1 : pos.column + 1;
    }
    return pos;
}

ent_pos ent_pos_at(const ent_text *text, size_t offset, size_t length)
{
    return ent_pos_from(text, (ent_pos){1, 1, 1}, 0, offset, length);
}

const char *ent_version(void)
{
    return ENT_VERSION;
}

const char *ent_status_text(ent_status status)
{
    static const char *const texts[] = {
#define ENT_X(name, exit, text) text,
        ENT_STATUS_MAP(ENT_X)
#undef ENT_X
    };
    return texts[status];
}

int ent_status_exit(ent_status status)
{
    static const int exits[] = {
#define ENT_X(name, exit, text) exit,
        ENT_STATUS_MAP(ENT_X)
#undef ENT_X
    };
    return exits[status];
}
