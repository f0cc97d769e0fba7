/*
 * RIS (Research Information Systems): lines `AU  - Name`, two letters or a letter and a digit, two
 * blanks, a dash; `TY` begins an entry and `ER` ends it. A line without a tag goes on with the one
 * before it. O(bytes).
 */
#include "io/reference.h"

#include <ctype.h>
#include <string.h>

/* "AU  - x", with one blank or none where programs save them. The value begins at *from. */
static bool is_tagged(const char *line, size_t length, size_t *from)
{
    size_t at = 2;
    if (length < 3 || !isupper((unsigned char)line[0]) || !isalnum((unsigned char)line[1]) ||
        islower((unsigned char)line[1])) {
        return false;
    }
    while (at < length && line[at] == ' ') {
        at++;
    }
    if (at == 2 || at == length || line[at] != '-' ||
        (at + 1 < length && line[at + 1] != ' ')) {
        return false;
    }
    *from = at + 1;
    return true;
}

typedef struct ris {
    ent_work *work;
    const ent_text *text;
    ent_references *list;
    bool open;        /* an entry has begun */
    char tag[3];      /* of the line that may go on */
    ent_buffer value; /* what it holds so far */
    ent_pos pos;
} ris;

/* The field in hand is whole. */
static void finish_field(ris *r)
{
    static const char *const people[] = {"AU", "A1", "A2", "A3", "A4", "ED", NULL};
    const char *value = ent_buffer_text(&r->value);
    ent_arena *arena = r->work->arena;
    char name[3] = {(char)tolower((unsigned char)r->tag[0]),
                    (char)tolower((unsigned char)r->tag[1]), '\0'};
    bool person = false;
    for (size_t i = 0; people[i] != NULL; i++) {
        person = person || strcmp(people[i], r->tag) == 0;
    }
    if (r->tag[0] != '\0' && r->open && person) {
        ent_reference_add_name(arena, r->list, ent_copy(arena, name),
                               ent_spoken_name(arena, value), r->pos);
    } else if (r->tag[0] != '\0' && r->open && strcmp(r->tag, "ID") == 0) {
        ent_reference *last = &r->list->at[r->list->count - 1];
        last->key = last->key == NULL && *value != '\0' ? value : last->key;
    } else if (r->tag[0] != '\0' && r->open) {
        ent_reference_add(arena, r->list, ent_copy(arena, name), value, r->pos);
    }
    r->tag[0] = '\0';
}

static void begin_entry(ris *r)
{
    if (r->open) {
        ent_reference_odd(r->work, r->list, r->text, r->pos, "end each with a line `ER  - `",
                          "an entry begins before the last one has ended");
    }
    r->open = true;
    *ent_push(r->work->arena, r->list) = (ent_reference){.pos = r->pos};
}

static void take_line(ris *r, const char *line, size_t length, uint32_t number)
{
    size_t from = 0;
    if (!is_tagged(line, length, &from)) {
        if (r->tag[0] != '\0' && length > 0) {
            ent_put_char(&r->value, ' ');
            ent_put_bytes(&r->value, line, length);
        } else if (length > 0 && strspn(line, " \t0123456789.") < length) {
            ent_reference_odd(r->work, r->list, r->text, (ent_pos){number, 1, 1},
                              "a line is `AU  - Name`", "this line belongs to no field");
        }
        return;
    }
    finish_field(r);
    r->pos = (ent_pos){number, 1, 2};
    if (strncmp(line, "TY", 2) == 0) {
        begin_entry(r);
    } else if (strncmp(line, "ER", 2) == 0) {
        r->open = false;
        return;
    } else if (!r->open) {
        ent_reference_odd(r->work, r->list, r->text, r->pos, "an entry begins with `TY  - `",
                          "a field outside of any entry");
        return;
    }
    memcpy(r->tag, line, 2);
    r->tag[2] = '\0';
    r->value = ent_buffer_init(r->work->arena, 0);
    while (from < length && line[from] == ' ') {
        from++;
    }
    ent_put_bytes(&r->value, line + from, length - from);
}

ent_status ent_read_ris(ent_work *work, const ent_text *text, ent_references *list)
{
    ris r = {.work = work, .text = text, .list = list};
    const char *end = text->at + text->length;
    uint32_t number = 1;
    for (const char *line = text->at; line < end; number++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((stop == NULL ? end : stop) - line);
        size_t shown = length;
        while (shown > 0 && strchr("\r\n \t", line[shown - 1]) != NULL) {
            shown--;
        }
        /* `ER  -` and empty fields end in a blank that editors cut. */
        take_line(&r, line, shown, number);
        line += length + 1;
    }
    finish_field(&r);
    if (r.open) {
        ent_reference_odd(work, list, text, r.pos, "is the file cut off?",
                          "the last entry does not end with `ER  - `");
    }
    return ENT_OK;
}
