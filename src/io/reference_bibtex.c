/*
 * BibTeX and biblatex. The grammar is that of BibTeX (O. Patashnik, BibTeXing, 1988; its reader's
 * own faults aside): what stands outside entries is a comment, braces are counted whatever stands
 * before them, a value is pieces joined with `#`. Written by hand: libbtparse (Text::BibTeX), the
 * one C library for it, keeps its state in globals, prints what it finds wrong and has no columns.
 */
#include "io/reference.h"

#include <ctype.h>
#include <string.h>

typedef struct macro {
    const char *name, *value;
} macro;

typedef struct bib {
    ent_work *work;
    const ent_text *text;
    ent_references *list;
    size_t at;
    struct {
        macro *at;
        size_t count, room;
    } macros;
    const char *unknown; /* a command of TeX that is not known, told once */
    bool broken;         /* the entry in hand has ended where the next begins */
    size_t placed;       /* the last place that was asked for, and the position there */
    ent_pos position;
} bib;

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

static bool ended(const bib *b)
{
    return b->at >= b->text->length;
}

static char here(const bib *b)
{
    return ended(b) ? '\0' : b->text->at[b->at];
}

/* O(bytes since the last place that was asked for), or from the beginning where it lies before. */
static ent_pos pos_of(bib *b, size_t at)
{
    if (at < b->placed || b->position.line == 0) {
        b->placed = 0;
        b->position = (ent_pos){1, 1, 1};
    }
    b->position = ent_pos_from(b->text, b->position, b->placed, at, 1);
    b->placed = at;
    return b->position;
}

static ent_pos pos_here(bib *b)
{
    return pos_of(b, b->at < b->text->length ? b->at : b->text->length);
}

static void skip_blanks(bib *b)
{
    while (!ended(b) && isspace((unsigned char)here(b))) {
        b->at++;
    }
}

/* A name of a type, a field or a macro, in small letters; "" where none stands here. */
static const char *read_name(bib *b)
{
    size_t from = b->at;
    while (!ended(b) && !isspace((unsigned char)here(b)) &&
           strchr("{}(),=#\"%'\\@", here(b)) == NULL) {
        b->at++;
    }
    char *name = ent_copy_text(b->work->arena, b->text->at + from, b->at - from);
    for (char *c = name; *c != '\0'; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
    return name;
}

/* To the next line that begins with an entry, or the end. */
static void recover(bib *b)
{
    while (!ended(b)) {
        const char *stop = memchr(b->text->at + b->at, '\n', b->text->length - b->at);
        b->at = stop == NULL ? b->text->length : (size_t)(stop - b->text->at) + 1;
        size_t line = b->at;
        skip_blanks(b);
        if (here(b) == '@') {
            return;
        }
        b->at = line > b->at ? line : b->at;
    }
}

/*
 * What stands between marks, braces within it counted; the cursor stands on the opening one. Where
 * it is never closed, it ends before the next entry that begins a line.
 */
static ent_slice read_marked(bib *b, char closing)
{
    size_t start = b->at++;
    int depth = 0;
    for (size_t at = b->at; at < b->text->length; at++) {
        char c = b->text->at[at];
        if (c == closing && depth == 0) {
            b->at = at + 1;
            return (ent_slice){b->text->at + start + 1, at - start - 1};
        }
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        if (depth < 0) {
            break; /* a quotation mark that a brace of the entry cuts off */
        }
    }
    ent_reference_odd(b->work, b->list, b->text, pos_of(b, start),
                      "close it, and mind braces within", "this is never closed");
    recover(b);
    b->broken = true;
    return (ent_slice){b->text->at + start + 1, b->at - start - 1};
}

static const char *macro_of(bib *b, const char *name, ent_pos pos)
{
    for (size_t i = b->macros.count; i-- > 0;) {
        if (strcmp(b->macros.at[i].name, name) == 0) {
            return b->macros.at[i].value;
        }
    }
    for (size_t i = 0; i < 12; i++) {
        if (strcmp(months[i], name) == 0) {
            return name;
        }
    }
    ent_reference_odd(b->work, b->list, b->text, pos, "put the text in braces",
                      "no `@string` defines `%.100s`", name);
    return name;
}

/* Pieces joined with `#`, as TeX. */
static ent_slice read_value(bib *b)
{
    ent_buffer all = ent_buffer_init(b->work->arena, 0);
    for (;;) {
        skip_blanks(b);
        ent_pos pos = pos_here(b);
        if (here(b) == '{' || here(b) == '"') {
            ent_slice part = read_marked(b, here(b) == '{' ? '}' : '"');
            ent_put_bytes(&all, part.at, part.length);
        } else {
            const char *name = read_name(b);
            bool number = *name != '\0' && strspn(name, "0123456789") == strlen(name);
            ent_put(&all, number || *name == '\0' ? name : macro_of(b, name, pos));
        }
        skip_blanks(b);
        if (here(b) != '#') {
            return (ent_slice){ent_buffer_text(&all), all.length};
        }
        b->at++;
    }
}

/* ---- Fields --------------------------------------------------------------------------------- */

static const char *plain(bib *b, ent_slice tex, bool verbatim)
{
    const char *unknown = NULL;
    const char *text = ent_tex_text(b->work->arena, tex.at, tex.length, verbatim, &unknown);
    if (unknown != NULL && b->unknown == NULL) {
        b->unknown = unknown;
    }
    return text;
}

/* The next ` and ` outside braces, or the end. */
static size_t name_end(ent_slice list, size_t from)
{
    int depth = 0;
    for (size_t i = from; i < list.length; i++) {
        char c = list.at[i];
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        bool blank = isspace((unsigned char)c) != 0;
        if (depth == 0 && blank && list.length - i > 4 && strncmp(list.at + i + 1, "and", 3) == 0 &&
            isspace((unsigned char)list.at[i + 4])) {
            return i;
        }
    }
    return list.length;
}

/* A name in braces is an institution's: its commas part nothing. */
static void add_names(bib *b, const char *field, ent_slice list, ent_pos pos)
{
    for (size_t from = 0; from < list.length;) {
        size_t to = name_end(list, from);
        while (from < to && isspace((unsigned char)list.at[from])) {
            from++;
        }
        ent_slice one = {list.at + from, to - from};
        bool whole = one.length > 1 && one.at[0] == '{' && one.at[one.length - 1] == '}';
        const char *name = plain(b, one, false);
        name = strcmp(name, "others") == 0 ? "others"
               : whole                     ? name
                                           : ent_spoken_name(b->work->arena, name);
        ent_reference_add_name(b->work->arena, b->list, field, name, pos);
        from = to + 5 < list.length ? to + 5 : list.length;
    }
}

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp(name, *list) == 0) {
            return true;
        }
    }
    return false;
}

static void add_field(bib *b, const char *name, ent_slice value, ent_pos pos)
{
    static const char *const people[] = {"author", "editor", "translator", NULL};
    static const char *const verbatim[] = {"url", "doi", "file", "eprint", "urlraw", NULL};
    if (is_one_of(name, people)) {
        add_names(b, name, value, pos);
    } else {
        ent_reference_add(b->work->arena, b->list, name, plain(b, value, is_one_of(name, verbatim)),
                          pos);
    }
}

/* ---- Entries -------------------------------------------------------------------------------- */

/* The key; NULL where the first field stands in its place. */
static const char *read_key(bib *b, char closing)
{
    skip_blanks(b);
    size_t from = b->at;
    while (!ended(b) && here(b) != ',' && here(b) != closing && here(b) != '=' &&
           here(b) != '\n') {
        b->at++;
    }
    size_t to = b->at;
    skip_blanks(b);
    if (here(b) == '=') {
        b->at = from;
        return NULL;
    }
    while (to > from && isspace((unsigned char)b->text->at[to - 1])) {
        to--;
    }
    return to > from ? ent_copy_text(b->work->arena, b->text->at + from, to - from) : NULL;
}

static void read_fields(bib *b, char closing)
{
    for (;;) {
        while (!ended(b) && (isspace((unsigned char)here(b)) || here(b) == ',')) {
            b->at++;
        }
        if (ended(b) || here(b) == closing) {
            b->at += !ended(b);
            return;
        }
        ent_pos pos = pos_here(b);
        const char *name = read_name(b);
        skip_blanks(b);
        if (*name == '\0' || here(b) != '=') {
            ent_reference_odd(b->work, b->list, b->text, *name == '\0' ? pos : pos_here(b),
                              "a field is `name = {value},`: is a comma or a brace missing before?",
                              "a field of the entry is not read, nor what follows it there");
            recover(b);
            return;
        }
        b->at++;
        pos.length = (uint32_t)strlen(name);
        ent_slice value = read_value(b);
        add_field(b, name, value, pos);
        if (b->broken) {
            return;
        }
    }
}

static void read_string(bib *b, char closing)
{
    skip_blanks(b);
    const char *name = read_name(b);
    skip_blanks(b);
    if (here(b) != '=') {
        ent_reference_odd(b->work, b->list, b->text, pos_here(b), "`@string{name = {text}}`",
                          "a `@string` that defines nothing");
        recover(b);
        return;
    }
    b->at++;
    ent_slice value = read_value(b);
    *ent_push(b->work->arena, &b->macros) = (macro){name, value.at};
    skip_blanks(b);
    b->at += here(b) == closing;
}

/* At an `@`: an entry, or an e-mail address. */
static void read_entry(bib *b)
{
    ent_pos pos = pos_here(b);
    b->at++;
    skip_blanks(b);
    const char *type = read_name(b);
    skip_blanks(b);
    char opening = here(b);
    if (*type == '\0' || (opening != '{' && opening != '(')) {
        return;
    }
    char closing = opening == '{' ? '}' : ')';
    if (strcmp(type, "comment") == 0 || strcmp(type, "preamble") == 0) {
        (void)read_marked(b, closing);
        return;
    }
    b->at++;
    if (strcmp(type, "string") == 0) {
        read_string(b, closing);
        return;
    }
    pos.length = (uint32_t)strlen(type) + 1;
    const char *key = read_key(b, closing);
    ent_reference *entry = ent_push(b->work->arena, b->list);
    *entry = (ent_reference){.key = key, .pos = pos};
    b->broken = false;
    read_fields(b, closing);
}

ent_status ent_read_bibtex(ent_work *work, const ent_text *text, ent_references *list)
{
    bib b = {.work = work, .text = text, .list = list};
    while (!ended(&b)) {
        const char *next = memchr(text->at + b.at, '@', text->length - b.at);
        if (next == NULL) {
            break;
        }
        b.at = (size_t)(next - text->at);
        read_entry(&b);
        if (ent_stopped(work)) {
            return ENT_CANCELLED;
        }
    }
    if (b.unknown != NULL) {
        ent_reference_odd(work, list, text, (ent_pos){0, 0, 0}, "see the titles and names",
                          "TeX's `\\%.60s`, and perhaps others, is not known and stands as it is",
                          b.unknown);
    }
    return ENT_OK;
}
