/* What the columns of a table of statements, or of a log of offers, are. O(columns * words). */
#include "io/import_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { LONGEST = 60, ID_ROOM = 80 };

const char *const ent_import_layout_names[ENT_IMPORT_LAYOUTS] = {
    [ENT_IMPORT_STATEMENTS] = "statements", [ENT_IMPORT_OFFERS] = "offers",
};

/* Heads in lower case, each behind a `|`; ours first, then what exports of coders call them. */
static const char *const heads[ENT_PART_KINDS] = {
    [ENT_PART_NOTED] = "|note|notes|comment|comments|memo|memos|coder|coded by|author|created|"
                       "created by|modified|modified by|last modified|weight score|coverage %|"
                       "document group|quotation name|quote id|",
    [ENT_PART_ID] = "|id|statement id|",
    [ENT_PART_BY] = "|by|speaker|speaker name|said by|who|",
    [ENT_PART_SIDE] = "|side|speaks for|",
    [ENT_PART_PARTY] = "|party|about party|",
    [ENT_PART_DATE] = "|date|date said|said on|day|",
    [ENT_PART_BASIS] = "|date-basis|date basis|",
    [ENT_PART_ABOUT] = "|about|",
    [ENT_PART_SOURCE] = "|source|source title|document|document name|document title|file name|"
                        "filename|media title|",
    [ENT_PART_QUOTE] = "|quote|quotation|quotation content|verbatim|segment|coded segment|"
                       "coded text|excerpt|excerpt copy|content|",
    [ENT_PART_REPORTED] = "|reported|paraphrase|",
    [ENT_PART_EDITORIAL] = "|editorial|",
    [ENT_PART_VIA] = "|via|",
    [ENT_PART_CREDIBILITY] = "|credibility|",
    [ENT_PART_SUPERSEDES] = "|supersedes|",
    [ENT_PART_VERB] = "|verb|code|codes|code name|codename|claim|tag|",
    [ENT_PART_REST] = "|rest|",
};

static bool is_head(const char *list, const char *head)
{
    char plain[LONGEST];
    size_t length = strlen(head);
    if (list == NULL || length + 3 > sizeof plain || strchr(head, '|') != NULL) {
        return false;
    }
    plain[0] = '|';
    for (size_t k = 0; k < length; k++) {
        plain[k + 1] = (char)tolower((unsigned char)head[k]);
    }
    memcpy(plain + length + 1, "|", 2);
    return strstr(list, plain) != NULL;
}

static ent_import_part part_of(const char *head)
{
    for (int part = 0; part < ENT_PART_KINDS; part++) {
        if (is_head(heads[part], head)) {
            return (ent_import_part)part;
        }
    }
    return ENT_PART_ISSUE;
}

/* ---- Names that a case may have ------------------------------------------------------------ */

static const char *id_of(ent_arena *arena, const char *text, const char *prefix, ent_names *taken)
{
    char id[ID_ROOM + 24];
    size_t length = 0;
    for (; *text != '\0' && length < ID_ROOM; text++) {
        bool keep = isalnum((unsigned char)*text) || strchr("_.-", *text) != NULL;
        bool inner = ((unsigned char)*text & 0xC0) == 0x80; /* one `-` for a character */
        if (keep ? length > 0 || isalnum((unsigned char)*text) : length > 0 && !inner) {
            if (keep || id[length - 1] != '-') {
                id[length++] = keep ? *text : '-';
            }
        }
    }
    while (length > 0 && id[length - 1] == '-') {
        length--;
    }
    id[length] = '\0';
    if (length == 0) {
        length = (size_t)snprintf(id, sizeof id, "%s", prefix);
    }
    for (unsigned k = 2; ent_names_find(taken, id) != UINT32_MAX; k++) {
        snprintf(id + length, sizeof id - length, "-%u", k);
    }
    const char *copy = ent_copy(arena, id);
    (void)ent_names_add(arena, taken, copy, (uint32_t)taken->count);
    return copy;
}

uint32_t ent_roll_add(ent_arena *arena, ent_roll *roll, const char *text, const char *prefix,
                      ent_names *taken)
{
    uint32_t index = ent_names_add(arena, &roll->texts, text, (uint32_t)roll->count);
    if (index == UINT32_MAX) {
        index = (uint32_t)roll->count;
        *ent_push(arena, roll) =
            (struct ent_rolled){text, id_of(arena, text, prefix, taken)};
    }
    return index;
}

const char *ent_import_value(const ent_importer *m, size_t row, size_t issue, bool exchanged)
{
    static const char *const values[] = {"none", "nil", "null", "x"};
    const ent_import_issue *i = &m->issues[issue];
    size_t column = exchanged ? i->exchanged : i->column;
    if (column == SIZE_MAX) {
        return "";
    }
    const ent_cell *cell = ent_table_cell(m->t, row, column);
    for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
        if (strcasecmp(cell->text, values[k]) == 0) {
            return cell->text;
        }
    }
    return ent_cell_is_missing(cell) ? "" : cell->text;
}

/* ---- What was not said --------------------------------------------------------------------- */

static const char *next_part(const char *list, const char **from, size_t *length)
{
    *from = list + strspn(list, " ,;|");
    *length = strcspn(*from, ",;|");
    const char *end = *from + *length;
    while (*length > 0 && (*from)[*length - 1] == ' ') {
        (*length)--;
    }
    return end;
}

static bool is_text(const char *from, size_t length, const char *text)
{
    return strlen(text) == length && strncmp(from, text, length) == 0;
}

bool ent_rest_names(const char *list, const ent_import_issue *issue)
{
    const char *from;
    size_t length;
    while (list = next_part(list, &from, &length), length > 0) {
        if (is_text(from, length, issue->name) || is_text(from, length, issue->id)) {
            return true;
        }
    }
    return false;
}

size_t ent_rest_count(const char *list)
{
    const char *from;
    size_t length, count = 0;
    while (list = next_part(list, &from, &length), length > 0) {
        count++;
    }
    return count;
}

bool ent_import_is_open(const ent_importer *m, size_t row, size_t issue)
{
    const char *rest = ent_import_text(m, row, ENT_PART_REST);
    if (*ent_import_value(m, row, issue, false) != '\0' ||
        *ent_import_value(m, row, issue, true) != '\0') {
        return false;
    }
    return m->rows[row].open || *rest == '\0' || strcmp(rest, "open") == 0 ||
           ent_rest_names(rest, &m->issues[issue]);
}

/* ---- Columns ------------------------------------------------------------------------------- */

/* ISSUE of a head "for ISSUE" or "over: ISSUE", or NULL. */
static const char *exchanged_issue(const char *head)
{
    static const char *const words[] = {"for", "over"};
    for (size_t k = 0; k < 2; k++) {
        size_t length = strlen(words[k]);
        if (strncmp(head, words[k], length) == 0 && strchr(" :", head[length]) != NULL &&
            head[length] != '\0') {
            head += length;
            return head + strspn(head, " :");
        }
    }
    return NULL;
}

static ent_status name_columns(ent_importer *m)
{
    for (size_t k = 0; k < m->t->columns; k++) {
        const char *head = ent_head_name(&m->reading, k);
        if (m->reading.column[k] == ENT_PART_BLANK && *head == '\0') {
            m->part[k] = ENT_PART_NOTED;
            continue;
        }
        ent_import_part part = part_of(head);
        if (part == ENT_PART_ISSUE && exchanged_issue(head) != NULL) {
            part = ENT_PART_EXCHANGED;
        }
        m->part[k] = *head == '\0' ? ENT_PART_NOTED : part;
        if (part >= ENT_PART_ID && m->column[part] != SIZE_MAX) {
            return ent_cell_fault(m->t, m->reading.head, k, ENT_S112_NAME_TWICE,
                                  "call the one that is only to be kept `Notes`",
                                  "`%s` and `%s` say the same of a statement",
                                  ent_head_name(&m->reading, m->column[part]), head);
        }
        if (part >= ENT_PART_ID) {
            m->column[part] = k;
        }
    }
    return ENT_OK;
}

/* A log has a column of days, one of speakers, and all others are issues or notes. */
static ent_status offer_columns(ent_importer *m)
{
    for (int part = ENT_PART_ID; part < ENT_PART_KINDS; part++) {
        m->column[part] = SIZE_MAX;
    }
    for (size_t k = 0; k < m->t->columns; k++) {
        const char *head = ent_head_name(&m->reading, k);
        bool noted = m->part[k] == ENT_PART_NOTED || ent_label_is(head, ENT_WORD_NOTE) ||
                     ent_label_is(head, ENT_WORD_INDEX);
        m->part[k] = noted ? ENT_PART_NOTED : ENT_PART_ISSUE;
        ent_import_part part = ent_label_is(head, ENT_WORD_TIME)      ? ENT_PART_DATE
                               : ent_label_is(head, ENT_WORD_SPEAKER) ? ENT_PART_BY
                                                                      : ENT_PART_ISSUE;
        if (part != ENT_PART_ISSUE && m->column[part] == SIZE_MAX) {
            m->part[k] = part;
            m->column[part] = k;
        }
    }
    return m->column[ENT_PART_BY] != SIZE_MAX
               ? ENT_OK
               : ent_cell_fault(m->t, m->reading.head, 0, ENT_S133_NO_COLUMN,
                                "name it `by`", "no column says who made the offers");
}

static bool has(const ent_importer *m, ent_import_part part)
{
    return m->column[part] != SIZE_MAX;
}

/* Words or verbs make it a table of statements; days and speakers alone a log of offers. */
static ent_status choose_layout(ent_importer *m)
{
    bool words = has(m, ENT_PART_QUOTE) || has(m, ENT_PART_REPORTED) ||
                 has(m, ENT_PART_EDITORIAL) || has(m, ENT_PART_VERB);
    m->offers = m->options->layout == ENT_IMPORT_OFFERS ||
                (m->options->layout == ENT_IMPORT_RECOGNISED && !words);
    if (m->offers) {
        return offer_columns(m);
    }
    return has(m, ENT_PART_BY) || has(m, ENT_PART_PARTY)
               ? ENT_OK
               : ent_cell_fault(m->t, m->reading.head, 0, ENT_S133_NO_COLUMN,
                                "name it `by`; `entente new --csv` prints a table to start from",
                                "no column says who spoke");
}

static size_t issue_called(const ent_importer *m, const char *name)
{
    for (size_t i = 0; i < m->issue_count; i++) {
        if (strcmp(m->issues[i].name, name) == 0 || strcmp(m->issues[i].id, name) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static ent_import_issue *add_issue(ent_importer *m, const char *name, ent_names *taken)
{
    ent_import_issue *issue = &m->issues[m->issue_count++];
    *issue = (ent_import_issue){.name = name, .column = SIZE_MAX, .exchanged = SIZE_MAX,
                                .id = id_of(m->work->arena, name, "issue", taken),
                                .today = UINT32_MAX};
    return issue;
}

static ent_status make_issues(ent_importer *m)
{
    ent_names taken = {0};
    m->issues = ent_alloc(m->work->arena, m->t->columns + 1, ent_import_issue);
    for (size_t k = 0; k < m->t->columns; k++) {
        const char *head = ent_head_name(&m->reading, k);
        if (m->part[k] == ENT_PART_ISSUE) {
            if (issue_called(m, head) != SIZE_MAX) {
                return ent_cell_fault(m->t, m->reading.head, k, ENT_S112_NAME_TWICE, NULL,
                                      "two columns are called `%s`", head);
            }
            add_issue(m, head, &taken)->column = k;
        }
    }
    for (size_t k = 0; k < m->t->columns; k++) {
        if (m->part[k] != ENT_PART_EXCHANGED) {
            continue;
        }
        const char *name = exchanged_issue(ent_head_name(&m->reading, k));
        size_t i = issue_called(m, name);
        ent_import_issue *issue = i == SIZE_MAX ? add_issue(m, name, &taken) : &m->issues[i];
        if (issue->exchanged != SIZE_MAX) {
            return ent_cell_fault(m->t, m->reading.head, k, ENT_S112_NAME_TWICE, NULL,
                                  "two columns are about what is exchanged on `%s`", name);
        }
        issue->exchanged = k;
    }
    return m->issue_count > 0
               ? ENT_OK
               : ent_cell_fault(m->t, m->reading.head, 0, ENT_S133_NO_COLUMN,
                                "each issue has a column of its own, with its name as the head",
                                "no column is about an issue");
}

ent_status ent_import_columns(ent_importer *m)
{
    ent_arena *arena = m->work->arena;
    m->part = ent_alloc(arena, m->t->columns + 1, ent_import_part);
    for (int part = 0; part < ENT_PART_KINDS; part++) {
        m->column[part] = SIZE_MAX;
    }
    ent_status status = name_columns(m);
    status = status == ENT_OK ? choose_layout(m) : status;
    return status == ENT_OK ? make_issues(m) : status;
}
