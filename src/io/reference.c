/* References as sources: which field becomes what, names of their own, and how they are written. */
#include "io/reference.h"

#include "io/import_parts.h"
#include "io/node.h"
#include "io/table.h"
#include "io/yaml_out.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

typedef enum role {
    ROLE_NONE,
    ROLE_TITLE,
    ROLE_SUBTITLE,
    ROLE_AUTHOR,
    ROLE_PUBLISHER,
    ROLE_DATE,
    ROLE_YEAR,
    ROLE_MONTH,
    ROLE_DAY,
    ROLE_URL,
    ROLE_DOI,
    ROLE_KIND, /* what the reference is; of no use here */
    ROLES
} role;

/* What a field is to a source; of several with one role the first of the table that is there. */
typedef struct mapping {
    const char *name;
    role role;
} mapping;

static const mapping bibtex[] = {
    {"title", ROLE_TITLE},           {"maintitle", ROLE_TITLE},     {"subtitle", ROLE_SUBTITLE},
    {"author", ROLE_AUTHOR},         {"editor", ROLE_AUTHOR},
    {"journaltitle", ROLE_PUBLISHER},
    {"journal", ROLE_PUBLISHER},     {"booktitle", ROLE_PUBLISHER}, {"publisher", ROLE_PUBLISHER},
    {"institution", ROLE_PUBLISHER}, {"organization", ROLE_PUBLISHER}, {"school", ROLE_PUBLISHER},
    {"howpublished", ROLE_PUBLISHER}, {"date", ROLE_DATE},          {"year", ROLE_YEAR},
    {"month", ROLE_MONTH},           {"day", ROLE_DAY},             {"url", ROLE_URL},
    {"doi", ROLE_DOI},               {NULL, ROLE_NONE},
};
static const mapping ris[] = {
    {"ti", ROLE_TITLE},     {"t1", ROLE_TITLE},     {"ct", ROLE_TITLE},     {"bt", ROLE_TITLE},
    {"au", ROLE_AUTHOR},    {"a1", ROLE_AUTHOR},    {"a2", ROLE_AUTHOR},    {"ed", ROLE_AUTHOR},
    {"t2", ROLE_PUBLISHER}, {"jf", ROLE_PUBLISHER}, {"jo", ROLE_PUBLISHER}, {"ja", ROLE_PUBLISHER},
    {"pb", ROLE_PUBLISHER}, {"da", ROLE_DATE},      {"py", ROLE_DATE},      {"y1", ROLE_DATE},
    {"ur", ROLE_URL},       {"do", ROLE_DOI},       {"ty", ROLE_KIND},      {NULL, ROLE_NONE},
};
static const mapping csl[] = {
    {"title", ROLE_TITLE},         {"author", ROLE_AUTHOR},    {"editor", ROLE_AUTHOR},
    {"container-title", ROLE_PUBLISHER}, {"publisher", ROLE_PUBLISHER}, {"issued", ROLE_DATE},
    {"URL", ROLE_URL},             {"DOI", ROLE_DOI},          {"type", ROLE_KIND},
    {"citation-key", ROLE_KIND},   {NULL, ROLE_NONE},
};

/* ---- What the readers call ------------------------------------------------------------------ */

void ent_reference_odd(ent_work *work, ent_references *list, const ent_text *text, ent_pos pos,
                       const char *hint, const char *format, ...)
{
    char words[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    list->odd++;
    ent_tell(work->diags, ENT_WARNING, ENT_S234_ODD_REFERENCE, text, pos, hint, "%s", words);
}

/* White space joined, none around; control characters are none of a text. */
static const char *tidy(ent_arena *arena, const char *value)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    bool blank = false;
    for (; *value != '\0'; value++) {
        unsigned char c = (unsigned char)*value;
        if (c <= ' ' || c == 0x7F) {
            blank = true;
            continue;
        }
        if (blank && b.length > 0) {
            ent_put_char(&b, ' ');
        }
        blank = false;
        ent_put_char(&b, *value);
    }
    return ent_buffer_text(&b);
}

void ent_reference_add(ent_arena *arena, ent_references *list, const char *name,
                       const char *value, ent_pos pos)
{
    const char *text = tidy(arena, value);
    if (*text != '\0') {
        ent_reference *last = &list->at[list->count - 1];
        *ent_push(arena, &last->fields) = (ent_reference_field){name, text, pos};
    }
}

void ent_reference_add_name(ent_arena *arena, ent_references *list, const char *field,
                            const char *name, ent_pos pos)
{
    ent_reference *last = &list->at[list->count - 1];
    const char *text = tidy(arena, name);
    for (size_t i = 0; i < last->fields.count && *text != '\0'; i++) {
        ent_reference_field *f = &last->fields.at[i];
        if (strcmp(f->name, field) == 0) {
            f->value = ent_format(arena, "%s; %s", f->value, text);
            return;
        }
    }
    ent_reference_add(arena, list, field, text, pos);
}

const char *ent_spoken_name(ent_arena *arena, const char *name)
{
    const char *first = strchr(name, ',');
    const char *second = first == NULL ? NULL : strchr(first + 1, ',');
    if (first == NULL) {
        return name;
    }
    const char *family = ent_copy_text(arena, name, (size_t)(first - name));
    if (second == NULL) {
        return ent_format(arena, "%s %s", first + 1, family);
    }
    /* BibTeX has "Family, Jr, Given"; RIS "Family, Given, Jr". */
    const char *middle = ent_copy_text(arena, first + 1, (size_t)(second - first - 1));
    const char *word = middle + strspn(middle, " ");
    bool suffix = strncasecmp(word, "jr", 2) == 0 || strncasecmp(word, "sr", 2) == 0 ||
                  strspn(word, "IVX. ") == strlen(word);
    return suffix ? ent_format(arena, "%s %s %s", second + 1, family, word)
                  : ent_format(arena, "%s %s %s", middle, family, second + 1);
}

/* ---- One reference as one source ------------------------------------------------------------ */

typedef struct maker {
    ent_work *work;
    const ent_text *text;
    ent_references *list;
    const mapping *table;
    ent_names *taken;
    ent_names told; /* fields without a place */
    struct {
        const char **at;
        size_t count, room;
    } homeless;
} maker;

static size_t rank_of(const mapping *table, const char *name)
{
    size_t i = 0;
    while (table[i].name != NULL && strcmp(table[i].name, name) != 0) {
        i++;
    }
    return i;
}

enum { RANKS = 100 };

/* The field for each role: by the table, of dates the fullest. */
static void choose(const maker *m, const ent_reference *entry, const ent_reference_field **best)
{
    size_t ranks[ROLES];
    memset(ranks, 0xFF, sizeof ranks);
    for (size_t i = 0; i < entry->fields.count; i++) {
        const ent_reference_field *f = &entry->fields.at[i];
        size_t rank = rank_of(m->table, f->name);
        role r = m->table[rank].role;
        const char *date = r == ROLE_DATE ? ent_reference_date(m->work->arena, f->value) : NULL;
        size_t better = date == NULL ? rank + RANKS : rank + RANKS * (10 - strlen(date)) / 10;
        better = r == ROLE_DATE ? better : rank;
        if (r != ROLE_NONE && better < ranks[r]) {
            ranks[r] = better;
            best[r] = f;
        }
    }
}

static const char *value_of(const ent_reference_field *f)
{
    return f == NULL ? NULL : f->value;
}

static bool is_address(const char *text)
{
    return (strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0) &&
           strpbrk(text, " \n\"<>") == NULL;
}

/* `howpublished = {\url{...}}`: what should be a publisher is an address. */
static void find_url(const maker *m, ent_source_made *s, const ent_reference_field **best)
{
    const ent_reference_field *url = best[ROLE_URL];
    const ent_reference_field *doi = best[ROLE_DOI];
    const ent_reference_field *publisher = best[ROLE_PUBLISHER];
    if (url != NULL && is_address(url->value)) {
        s->url = url->value;
    } else if (publisher != NULL && is_address(publisher->value)) {
        s->url = publisher->value;
        s->publisher = NULL;
    } else if (doi != NULL) {
        const char *at = strstr(doi->value, "10.");
        s->url = at == NULL ? NULL : ent_format(m->work->arena, "https://doi.org/%s", at);
        s->url = s->url != NULL && is_address(s->url) ? s->url : NULL;
        best[ROLE_DOI] = s->url == NULL ? NULL : doi;
    }
    best[ROLE_URL] = url != NULL && s->url == url->value ? url : NULL;
    bool told = s->url != NULL && doi != NULL && strstr(s->url, doi->value) != NULL;
    best[ROLE_DOI] = told ? doi : NULL;
}

/* `date`, else `year` with `month` and `day`. */
static void find_date(const maker *m, ent_source_made *s, const ent_reference_field **best)
{
    ent_arena *arena = m->work->arena;
    const ent_reference_field *date = best[ROLE_DATE];
    const ent_reference_field *year = best[ROLE_YEAR];
    s->date = date == NULL ? NULL : ent_reference_date(arena, date->value);
    if (date == NULL && year != NULL) {
        const char *month = best[ROLE_MONTH] == NULL ? "" : best[ROLE_MONTH]->value;
        const char *day = best[ROLE_DAY] == NULL ? "" : best[ROLE_DAY]->value;
        s->date = ent_reference_date(arena,
                                     ent_format(arena, "%s %s %s", year->value, month, day));
        date = year;
    }
    if (date != NULL && s->date == NULL) {
        ent_reference_odd(m->work, m->list, m->text, date->pos,
                          "write the day as 2019-02-28; it stands as a comment",
                          "`%.100s` is no date", date->value);
    }
}

/* Does the date say all that the field says? */
static bool says_all(const char *date, const char *field)
{
    for (; *field != '\0' && date != NULL; field++) {
        if (isdigit((unsigned char)*field)) {
            date += *date == '-';
            if (*date++ != *field) {
                return false;
            }
        } else if (strchr("-/", *field) == NULL) {
            return false;
        }
    }
    return date != NULL;
}

/* A number or a word, with nothing beside it such as `c. 1999`. */
static bool is_date_part(const char *value)
{
    return strspn(value, "0123456789") == strlen(value) || strchr(value, '.') == NULL;
}

/* What has no place, line by line; each name is told once. */
static const char *rest_of(maker *m, const ent_reference *entry, const ent_source_made *s,
                           const ent_reference_field *const *best)
{
    ent_buffer b = ent_buffer_init(m->work->arena, 0);
    for (size_t i = 0; i < entry->fields.count; i++) {
        const ent_reference_field *f = &entry->fields.at[i];
        role r = m->table[rank_of(m->table, f->name)].role;
        bool part = r == ROLE_YEAR || r == ROLE_MONTH || r == ROLE_DAY;
        bool placed = part             ? s->date != NULL && is_date_part(f->value)
                      : r == ROLE_DATE ? says_all(s->date, f->value)
                                       : r == ROLE_KIND || (r != ROLE_NONE && best[r] == f);
        if (placed) {
            continue;
        }
        ent_putf(&b, "    # %s: %s\n", f->name, f->value);
        if (r == ROLE_NONE && ent_names_add(m->work->arena, &m->told, f->name,
                                            (uint32_t)m->homeless.count) == UINT32_MAX) {
            *ent_push(m->work->arena, &m->homeless) = f->name;
        }
    }
    return ent_buffer_text(&b);
}

/* "snyder2019" where the entry has no key. */
static const char *key_for(const maker *m, const ent_source_made *s)
{
    ent_arena *arena = m->work->arena;
    const char *names = s->author != NULL ? s->author : s->title != NULL ? s->title : "source";
    size_t length = strcspn(names, ";");
    const char *from = names;
    for (size_t i = 0; i + 1 < length && s->author != NULL; i++) {
        from = names[i] == ' ' ? names + i + 1 : from;
    }
    length -= (size_t)(from - names);
    length = s->author == NULL ? strcspn(from, " ") : length;
    char *key = ent_copy_text(arena, from, length);
    for (char *c = key; *c != '\0'; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
    return ent_format(arena, "%s%.4s", key, s->date == NULL ? "" : s->date);
}

static void make(maker *m, const ent_reference *entry, ent_sources_made *made)
{
    const ent_reference_field *best[ROLES] = {NULL};
    ent_arena *arena = m->work->arena;
    choose(m, entry, best);
    ent_source_made s = {.title = value_of(best[ROLE_TITLE]),
                         .author = value_of(best[ROLE_AUTHOR]),
                         .publisher = value_of(best[ROLE_PUBLISHER])};
    if (s.title != NULL && best[ROLE_SUBTITLE] != NULL) {
        s.title = ent_format(arena, "%s: %s", s.title, best[ROLE_SUBTITLE]->value);
    }
    find_url(m, &s, best);
    find_date(m, &s, best);
    s.rest = rest_of(m, entry, &s, best);
    s.key = entry->key != NULL ? entry->key : key_for(m, &s);
    if (s.title == NULL) {
        ent_reference_odd(m->work, m->list, m->text, entry->pos, "give it one",
                          "the reference `%.100s` has no title", s.key);
    }
    ent_roll roll = {0};
    uint32_t index = ent_roll_add(arena, &roll, s.key, "source", m->taken);
    s.id = roll.at[index].id;
    for (size_t i = 0; i < made->count && entry->key != NULL; i++) {
        if (strcmp(made->at[i].key, entry->key) == 0) {
            ent_reference_odd(m->work, m->list, m->text, entry->pos,
                              "if they are one, keep one of them",
                              "a second reference is called `%.100s`: it is `%.100s` here",
                              entry->key, s.id);
            break;
        }
    }
    *ent_push(arena, made) = s;
}

static void tell_homeless(maker *m)
{
    ent_buffer b = ent_buffer_init(m->work->arena, 0);
    for (size_t i = 0; i < m->homeless.count; i++) {
        ent_putf(&b, "%s`%s`", i == 0 ? "" : ", ", m->homeless.at[i]);
    }
    if (m->homeless.count > 0) {
        ent_tell(m->work->diags, ENT_NOTE, ENT_S235_NO_PLACE, m->text, (ent_pos){0, 0, 0},
                 "they stand as comments beside the sources",
                 "a source has no place for %.300s", ent_buffer_text(&b));
    }
}

/* ---- Files ---------------------------------------------------------------------------------- */

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name);
    size_t tail = strlen(ending);
    return length > tail && strcasecmp(name + length - tail, ending) == 0;
}

static const char *first_sign(const ent_text *file)
{
    const char *at = file->at;
    const char *end = file->at + file->length;
    at += file->length >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < end && isspace((unsigned char)*at)) {
        at++;
    }
    return at < end ? at : "";
}

bool ent_holds_references(const ent_text *file)
{
    return ends_in(file->name, ".bib") || ends_in(file->name, ".ris") ||
           ends_in(file->name, ".json") || ends_in(file->name, ".bibtex") ||
           strncmp(first_sign(file), "TY  -", 5) == 0;
}

ent_status ent_read_references(ent_work *work, const ent_text *file, ent_sources_made *made)
{
    ent_text *text = ent_alloc(work->arena, 1, ent_text);
    ent_references list = {0};
    ent_names taken = {0};
    maker m = {.work = work, .text = text, .list = &list, .taken = &taken};
    if (ent_decode_text(work, file, text) != ENT_OK) {
        return ENT_INVALID;
    }
    const char *first = first_sign(text);
    bool json = *first == '{' || *first == '[';
    bool tagged = strncmp(first, "TY", 2) == 0 || ends_in(file->name, ".ris");
    m.table = json ? csl : tagged ? ris : bibtex;
    ent_status status = m.table == csl   ? ent_read_csl(work, text, &list)
                        : m.table == ris ? ent_read_ris(work, text, &list)
                                         : ent_read_bibtex(work, text, &list);
    if (status != ENT_OK) {
        return status;
    }
    if (list.count == 0) {
        ent_tell(work->diags, ENT_ERROR, ENT_S236_NO_REFERENCES, text, (ent_pos){0, 0, 0},
                 "export as BibTeX, biblatex, RIS or CSL JSON",
                 "no reference stands in `%s`", file->name);
        return ENT_INVALID;
    }
    for (size_t i = 0; i < made->count; i++) {
        (void)ent_names_add(work->arena, &taken, made->at[i].id, (uint32_t)i);
    }
    for (size_t i = 0; i < list.count; i++) {
        make(&m, &list.at[i], made);
    }
    tell_homeless(&m);
    made->odd += list.odd;
    return ENT_OK;
}

static bool is_called(const char *name, const char *text)
{
    return name != NULL && strcasecmp(name, text) == 0;
}

const ent_source_made *ent_find_source_made(const ent_sources_made *list, const char *text)
{
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const ent_source_made *s = &list->at[i];
        if (is_called(s->title, text) || is_called(s->key, text) || is_called(s->id, text)) {
            return s;
        }
    }
    return NULL;
}

static void put_line(ent_buffer *out, const char *key, const char *text, bool bare)
{
    if (text != NULL) {
        ent_putf(out, "    %s: ", key);
        if (bare) {
            ent_put(out, text);
        } else {
            ent_yaml_text(out, text);
        }
        ent_put_char(out, '\n');
    }
}

void ent_put_source_made(ent_buffer *out, const ent_source_made *s)
{
    bool none = s->title == NULL && s->author == NULL && s->publisher == NULL && s->date == NULL &&
                s->url == NULL;
    ent_put(out, none ? " {}\n" : "\n");
    put_line(out, "title", s->title, false);
    put_line(out, "author", s->author, false);
    put_line(out, "publisher", s->publisher, false);
    put_line(out, "date", s->date, true);
    put_line(out, "url", s->url, false);
    ent_put(out, s->rest);
}

void ent_put_sources_made(ent_buffer *out, const ent_sources_made *list)
{
    ent_put(out, "sources:\n");
    for (size_t i = 0; i < list->count; i++) {
        ent_putf(out, "  %s:", list->at[i].id);
        ent_put_source_made(out, &list->at[i]);
    }
}
