/*
 * The rows of a table as statements: who, when, from where, what. All that is wrong is told with
 * row and column; nothing else stops for it. O(cells).
 */
#include "base/number.h"
#include "io/import_parts.h"
#include "record/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Tell a warning about a row's cell; column SIZE_MAX: about the whole row. */
static void odd(ent_importer *m, size_t row, size_t column, const char *hint, const char *message)
{
    m->rows[row].odd = true;
    m->odd++;
    ent_cell_odd(m->t, row, column == SIZE_MAX ? 0 : column, ENT_S232_ROW_NOT_WHOLE, hint, "%s",
                 message);
}

static const char *shown(ent_importer *m, const char *text)
{
    return ent_format(m->work->arena, "%.60s", text);
}

/* ---- Dates --------------------------------------------------------------------------------- */

static bool is_date(ent_importer *m, const char *text)
{
    int64_t first, last;
    return ent_parse_date(ent_import_iso(m, text), &first, &last);
}

/* Is the cell a date? One that is none is told; an empty cell is none. */
static bool date_of(ent_importer *m, size_t row, ent_import_part part)
{
    const char *text = ent_import_text(m, row, part);
    bool midnight = true;
    if (ent_import_clock(text, &midnight) > 0 && !midnight) {
        odd(m, row, m->column[part], "write the zone behind it: Z or +07:00",
            ent_format(m->work->arena, "`%s` names no zone: its day alone is taken",
                       shown(m, text)));
    }
    if (*text == '\0' || is_date(m, text)) {
        return *text != '\0';
    }
    odd(m, row, m->column[part], ent_import_date_hint(m, text),
        ent_format(m->work->arena, "`%s` is no date: %s", shown(m, text),
                   ent_date_fault(ent_import_iso(m, text))));
    return false;
}

/* A log may count days or rounds: then none is a date, and that is no fault of a cell. */
static bool holds_dates(ent_importer *m)
{
    for (size_t i = 0; i < m->t->rows; i++) {
        if (ent_row_counts(&m->reading, i) && is_date(m, ent_import_text(m, i, ENT_PART_DATE))) {
            return true;
        }
    }
    return false;
}

/* ---- Who ----------------------------------------------------------------------------------- */

static uint32_t party_of(ent_importer *m, const char *text)
{
    return *text == '\0' ? ENT_NONE
                         : ent_roll_add(m->work->arena, &m->parties, text, "party", &m->ids);
}

/* All that are named as parties, before anybody is taken for a person. */
static void find_parties(ent_importer *m)
{
    bool people = m->column[ENT_PART_PARTY] != SIZE_MAX || m->column[ENT_PART_SIDE] != SIZE_MAX;
    for (size_t i = 0; i < m->t->rows; i++) {
        if (ent_row_counts(&m->reading, i)) {
            (void)party_of(m, ent_import_text(m, i, ENT_PART_SIDE));
            (void)party_of(m, ent_import_text(m, i, ENT_PART_PARTY));
            if (!people) {
                (void)party_of(m, ent_import_text(m, i, ENT_PART_BY));
            }
        }
    }
}

/* For whom each person speaks, wherever in the table it is said first. */
static void find_sides(ent_importer *m)
{
    for (size_t i = 0; i < m->t->rows; i++) {
        const char *by = ent_import_text(m, i, ENT_PART_BY);
        const char *side = ent_import_text(m, i, ENT_PART_SIDE);
        if (ent_row_counts(&m->reading, i) && *by != '\0' && *side != '\0' &&
            ent_names_find(&m->parties.texts, by) == UINT32_MAX) {
            uint32_t person = ent_roll_add(m->work->arena, &m->people, by, "person", &m->ids);
            uint32_t *of = &m->speaks_for[person];
            *of = *of == ENT_NONE ? party_of(m, side) : *of;
        }
    }
}

static void find_person(ent_importer *m, size_t row, const char *text)
{
    ent_arena *arena = m->work->arena;
    ent_import_row *r = &m->rows[row];
    uint32_t party = ent_names_find(&m->parties.texts, text);
    if (party != UINT32_MAX) {
        r->by = party;
        r->side = party;
        return;
    }
    uint32_t person = ent_roll_add(arena, &m->people, text, "person", &m->ids);
    r->by = ENT_A_PERSON + person;
    uint32_t side = m->speaks_for[person];
    if (r->side != ENT_NONE && side != r->side) {
        odd(m, row, m->column[ENT_PART_SIDE], "a person speaks for one party",
            ent_format(arena, "`%s` spoke for `%s` before", shown(m, text),
                       shown(m, m->parties.at[side].text)));
    }
}

/* The speaker, its side and whose claim it is; false where nobody is named. */
static bool find_speaker(ent_importer *m, size_t row)
{
    ent_import_row *r = &m->rows[row];
    const char *by = ent_import_text(m, row, ENT_PART_BY);
    r->side = party_of(m, ent_import_text(m, row, ENT_PART_SIDE));
    r->party = party_of(m, ent_import_text(m, row, ENT_PART_PARTY));
    r->by = r->side != ENT_NONE ? r->side : r->party;
    if (*by != '\0') {
        find_person(m, row, by);
    }
    if (r->party == ENT_NONE) {
        r->party = r->side != ENT_NONE      ? r->side
                   : r->by < ENT_A_PERSON   ? r->by
                   : r->by == ENT_NONE      ? ENT_NONE
                                            : m->speaks_for[r->by - ENT_A_PERSON];
    }
    return r->by != ENT_NONE;
}

/* ---- What ---------------------------------------------------------------------------------- */

static bool is_verb(const char *text, const char *verb)
{
    for (; *text != '\0' && *verb != '\0'; text++, verb++) {
        char c = (char)tolower((unsigned char)*text);
        if (c != *verb && !((c == ' ' || c == '_') && *verb == '-')) {
            return false;
        }
    }
    return *text == *verb;
}

static void find_verb(ent_importer *m, size_t row)
{
    ent_import_row *r = &m->rows[row];
    const char *text = ent_import_text(m, row, ENT_PART_VERB);
    r->verb = m->offers ? ENT_ACCEPTS : ENT_VERB_COUNT;
    for (int v = 0; v < ENT_VERB_COUNT && *text != '\0'; v++) {
        r->verb = is_verb(text, ent_verbs[v].name) ? (uint32_t)v : r->verb;
    }
    if (*text != '\0' && r->verb == ENT_VERB_COUNT) {
        const char *list[ENT_VERB_COUNT];
        for (int v = 0; v < ENT_VERB_COUNT; v++) {
            list[v] = ent_verbs[v].name;
        }
        const char *near = ent_nearest(text, list, ENT_VERB_COUNT);
        odd(m, row, m->column[ENT_PART_VERB],
            near == NULL ? "docs/FORMAT.md lists the verbs"
                         : ent_format(m->work->arena, "is `%s` meant?", near),
            ent_format(m->work->arena, "`%s` is no verb: the statement has no claim",
                       shown(m, text)));
    }
}

static size_t count_values(const ent_importer *m, size_t row, bool exchanged)
{
    size_t count = 0;
    for (size_t i = 0; i < m->issue_count; i++) {
        count += *ent_import_value(m, row, i, exchanged) != '\0';
    }
    return count;
}

/* What keeps the row's claim from being written, with the column it stands in; NULL: nothing. */
static const char *claim_fault(ent_importer *m, size_t row, size_t *column)
{
    ent_import_row *r = &m->rows[row];
    const ent_verb_record *verb = &ent_verbs[r->verb];
    ent_reads reads;
    if (r->party == ENT_NONE) {
        return "no column says whose claim it is: name it in `party`";
    }
    if (verb->object != ENT_OBJECT_PACKAGE && verb->object != ENT_OBJECT_ISSUES &&
        verb->object != ENT_OBJECT_WEIGHTS) {
        return "a table has no place for what this verb says: write the claim in the case";
    }
    if (count_values(m, row, false) == 0) {
        return "the claim names nothing: the cells of all issues are empty";
    }
    if (verb->partner_needed == ENT_YES && count_values(m, row, true) == 0) {
        return "the verb compares two packages: the second stands under `over ISSUE`";
    }
    for (size_t i = 0; i < m->issue_count; i++) {
        const char *text = ent_import_value(m, row, i, false);
        *column = m->issues[i].column;
        if (*text != '\0' && *ent_import_value(m, row, i, true) != '\0' &&
            r->verb != ENT_PREFERS) {
            return "the issue stands in both parts of one exchange";
        }
        if (*text != '\0' && verb->object != ENT_OBJECT_PACKAGE &&
            (!ent_cell_reads(ent_table_cell(m->t, row, *column), &reads) || !reads.as_point)) {
            return "the verb takes a number for each issue, and this is none";
        }
        if (*text != '\0' && verb->object == ENT_OBJECT_WEIGHTS &&
            (reads.point < 0 || reads.point > 1)) {
            return "an importance is from 0 to 1";
        }
    }
    *column = SIZE_MAX;
    return NULL;
}

static void check_rest(ent_importer *m, size_t row)
{
    const char *rest = ent_import_text(m, row, ENT_PART_REST);
    size_t count = 0;
    for (size_t i = 0; i < m->issue_count; i++) {
        count += ent_rest_names(rest, &m->issues[i]);
    }
    if (*rest != '\0' && strcmp(rest, "open") != 0 && strcmp(rest, "closed") != 0 &&
        count != ent_rest_count(rest)) {
        m->rows[row].open = true;
        odd(m, row, m->column[ENT_PART_REST],
            "open: what is empty was not said; closed: it stays as today; or the issues left open",
            ent_format(m->work->arena, "`%s` names what is no issue", shown(m, rest)));
    }
}

static void find_claim(ent_importer *m, size_t row)
{
    ent_import_row *r = &m->rows[row];
    size_t column = m->column[ENT_PART_VERB];
    size_t values = count_values(m, row, false) + count_values(m, row, true);
    find_verb(m, row);
    if (r->verb == ENT_VERB_COUNT) {
        if (values > 0 && *ent_import_text(m, row, ENT_PART_VERB) == '\0') {
            odd(m, row, column, "name a verb, as `offers` or `demands`",
                "the row names a package and no verb: the statement has no claim");
        }
        return;
    }
    if (m->offers && values == 0) {
        odd(m, row, SIZE_MAX, NULL, "nothing was offered in this row");
        return;
    }
    const char *fault = claim_fault(m, row, &column);
    r->said = fault == NULL;
    if (fault != NULL) {
        odd(m, row, column, NULL, fault);
    } else {
        check_rest(m, row);
    }
}

/* ---- Rows ---------------------------------------------------------------------------------- */

/* Each of these cells says the same as the row before it, or nothing. */
static bool continues(const ent_importer *m, size_t row, size_t before)
{
    static const ent_import_part parts[] = {ENT_PART_BY,    ENT_PART_DATE,  ENT_PART_SOURCE,
                                            ENT_PART_QUOTE, ENT_PART_REPORTED};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        const char *text = ent_import_text(m, row, parts[k]);
        if (*text != '\0' && strcmp(text, ent_import_text(m, before, parts[k])) != 0) {
            return false;
        }
    }
    return true;
}

static void find_id(ent_importer *m, size_t row, size_t *before, ent_roll *ids, ent_names *taken)
{
    ent_import_row *r = &m->rows[row];
    const char *text = ent_import_text(m, row, ENT_PART_ID);
    ent_arena *arena = m->work->arena;
    if (*text == '\0') {
        text = ent_format(arena, "row-%u", m->t->number[row]);
    } else if (ent_names_find(&ids->texts, text) != UINT32_MAX) {
        bool next = *before != SIZE_MAX && continues(m, row, *before) &&
                    strcmp(text, ent_import_text(m, *before, ENT_PART_ID)) == 0;
        if (next) {
            r->kind = ENT_ROW_FURTHER;
            return;
        }
        odd(m, row, m->column[ENT_PART_ID],
            "rows of one statement follow each other and say the same of it",
            ent_format(arena, "`%s` is the id of another row: a name of its own was given",
                       shown(m, text)));
        text = ent_format(arena, "%s (%u)", text, m->t->number[row]);
    }
    uint32_t index = ent_roll_add(arena, ids, text, "row", taken);
    r->id = ids->at[index].id;
    *before = row;
}

static void inherit(ent_importer *m, size_t row, size_t before)
{
    ent_import_row *r = &m->rows[row];
    if (*ent_import_text(m, row, ENT_PART_BY) == '\0' && r->by == ENT_NONE) {
        r->by = m->rows[before].by;
        r->party = r->party == ENT_NONE ? m->rows[before].party : r->party;
    }
}

/* How it came, how far it is believed, what it withdraws: each cell is right or told. */
static void check_marks(ent_importer *m, size_t row, const ent_roll *ids)
{
    const char *basis = ent_import_text(m, row, ENT_PART_BASIS);
    const char *belief = ent_import_text(m, row, ENT_PART_CREDIBILITY);
    const char *before = ent_import_text(m, row, ENT_PART_SUPERSEDES);
    int words = 0;
    for (int part = ENT_PART_QUOTE; part <= ENT_PART_EDITORIAL; part++) {
        words += *ent_import_text(m, row, (ent_import_part)part) != '\0';
    }
    if (words > 1) {
        odd(m, row, m->column[ENT_PART_QUOTE], "give each its own row",
            "a statement has one of quote, reported and editorial: the first is taken");
    }
    if (*basis != '\0' && strcmp(basis, "stated") != 0 && strcmp(basis, "inferred") != 0) {
        odd(m, row, m->column[ENT_PART_BASIS], NULL, "the basis of a date is stated or inferred");
    }
    if (*belief != '\0' && (strlen(belief) != 1 || *belief < '1' || *belief > '6')) {
        odd(m, row, m->column[ENT_PART_CREDIBILITY], NULL, "a credibility is a number from 1 to 6");
    }
    uint32_t withdrawn = ent_names_find(&ids->texts, before);
    if (withdrawn != UINT32_MAX && ids->at[withdrawn].id != m->rows[row].id) {
        m->rows[row].supersedes = ids->at[withdrawn].id;
    } else if (*before != '\0') {
        odd(m, row, m->column[ENT_PART_SUPERSEDES], "rows stand in the order of what was said",
            ent_format(m->work->arena, "no row before has the id `%s`", shown(m, before)));
    }
}

typedef struct told {
    size_t before; /* the row whose statement was the last; SIZE_MAX: none */
    ent_roll ids;
    ent_names taken, sources;
} told;

static void read_row(ent_importer *m, size_t row, told *t)
{
    ent_import_row *r = &m->rows[row];
    const char *source = ent_import_text(m, row, ENT_PART_SOURCE);
    r->kind = ENT_ROW_STATEMENT;
    if (is_verb(ent_import_text(m, row, ENT_PART_VERB), "today")) {
        r->kind = ENT_ROW_TODAY;
        return;
    }
    bool spoken = find_speaker(m, row);
    find_id(m, row, &t->before, &t->ids, &t->taken);
    if (r->kind == ENT_ROW_FURTHER) {
        inherit(m, row, t->before);
        find_claim(m, row);
        return;
    }
    if (!spoken) {
        odd(m, row, m->column[ENT_PART_BY], NULL,
            "nobody is named who spoke: the row stands in the case as a comment");
        r->kind = ENT_ROW_LOST;
        return;
    }
    r->date = (!m->offers || m->dated) && date_of(m, row, ENT_PART_DATE);
    r->about = date_of(m, row, ENT_PART_ABOUT);
    if (*source != '\0') {
        r->source = ent_roll_add(m->work->arena, &m->sources, source, "source", &t->sources);
    }
    check_marks(m, row, &t->ids);
    find_claim(m, row);
}

/* ---- What can be, and which way ------------------------------------------------------------ */

static void find_values(ent_importer *m, size_t issue)
{
    ent_import_issue *i = &m->issues[issue];
    ent_names taken = {0};
    for (size_t row = 0; row < m->t->rows; row++) {
        const ent_import_row *r = &m->rows[row];
        bool package = r->kind == ENT_ROW_TODAY ||
                       (r->said && ent_verbs[r->verb].object == ENT_OBJECT_PACKAGE);
        for (int exchanged = 0; exchanged < 2 && package; exchanged++) {
            const char *text = ent_import_value(m, row, issue, exchanged == 1);
            uint32_t value = *text == '\0' ? ENT_NONE
                                           : ent_roll_add(m->work->arena, &i->values, text,
                                                          "value", &taken);
            if (value != ENT_NONE && r->kind == ENT_ROW_TODAY && i->today != UINT32_MAX &&
                i->today != value) {
                odd(m, row, i->column, NULL, "another row says that something else is so today");
            } else if (value != ENT_NONE && r->kind == ENT_ROW_TODAY) {
                i->today = value;
            }
        }
    }
}

/* Who offers an issue gives it, who demands it gets it, and the other way in the exchange. */
static void find_ways(ent_importer *m, size_t issue)
{
    ent_import_issue *i = &m->issues[issue];
    i->way = ent_alloc(m->work->arena, m->parties.count + 1, uint8_t);
    for (size_t row = 0; row < m->t->rows; row++) {
        const ent_import_row *r = &m->rows[row];
        if (!r->said || (r->verb != ENT_OFFERS && r->verb != ENT_DEMANDS)) {
            continue;
        }
        const ent_verb_record *verb = &ent_verbs[r->verb];
        if (*ent_import_value(m, row, issue, false) != '\0') {
            i->way[r->party] |= verb->direction == ENT_GIVEN ? ENT_GIVES : ENT_GETS;
        }
        if (*ent_import_value(m, row, issue, true) != '\0') {
            i->way[r->party] |= verb->partner_direction == ENT_GIVEN ? ENT_GIVES : ENT_GETS;
        }
    }
}

ent_status ent_import_rows(ent_importer *m)
{
    told t = {.before = SIZE_MAX};
    m->rows = ent_alloc(m->work->arena, m->t->rows + 1, ent_import_row);
    m->speaks_for = ent_alloc(m->work->arena, m->t->rows + 1, uint32_t);
    memset(m->speaks_for, 0xFF, (m->t->rows + 1) * sizeof *m->speaks_for); /* ENT_NONE */
    m->dated = m->column[ENT_PART_DATE] != SIZE_MAX && holds_dates(m);
    find_parties(m);
    find_sides(m);
    for (size_t row = 0; row < m->t->rows; row++) {
        m->rows[row] = (ent_import_row){.by = ENT_NONE, .side = ENT_NONE, .party = ENT_NONE,
                                        .source = ENT_NONE, .verb = ENT_VERB_COUNT};
        if (ent_row_counts(&m->reading, row)) {
            read_row(m, row, &t);
        }
        if (ent_table_stops(m->t, row)) {
            return ENT_CANCELLED;
        }
    }
    for (size_t i = 0; i < m->issue_count; i++) {
        find_values(m, i);
        find_ways(m, i);
        if (ent_stopped(m->work)) {
            return ENT_CANCELLED;
        }
    }
    return ENT_OK;
}
