/*
 * The case of a table: what the rows say, and as comments what they do not say and what could not
 * be read. O(cells).
 */
#include "io/case.h"
#include "io/import_parts.h"
#include "io/reference.h"
#include "io/yaml_out.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Tell what is left to the person who goes on. */
static void ask(ent_importer *m, const char *hint, const char *message)
{
    m->odd++;
    ent_tell(m->work->diags, ENT_WARNING, ENT_S233_NOT_IN_TABLE, m->t->text, (ent_pos){0}, hint,
             "%s", message);
}

/* "  # HEAD: TEXT; HEAD: TEXT" of the row's cells; noted: those alone that no statement holds. */
static void put_cells(ent_importer *m, ent_buffer *out, size_t row, bool noted)
{
    size_t count = 0;
    for (size_t k = 0; k < m->t->columns; k++) {
        const char *text = ent_table_cell(m->t, row, k)->text;
        bool shows = !noted || m->part[k] == ENT_PART_NOTED ||
                     (m->offers && !m->dated && m->part[k] == ENT_PART_DATE);
        if (*text == '\0' || !shows) {
            continue;
        }
        const char *head = ent_head_name(&m->reading, k);
        ent_put(out, count++ == 0 ? "    # " : "; ");
        ent_yaml_text(out, *head == '\0' ? ent_column_letters(m->work->arena, k) : head);
        ent_put(out, ": ");
        ent_yaml_text(out, text);
    }
    ent_put(out, count > 0 ? "\n" : "");
}

/* ---- Issues -------------------------------------------------------------------------------- */

/* The value as a number that means one thing in every country. */
static bool number_of(const char *text, double *value)
{
    const ent_cell cell = {.text = text};
    ent_reads reads;
    if (!ent_cell_reads(&cell, &reads) || !reads.as_point ||
        (reads.as_comma && reads.comma != reads.point)) {
        return false;
    }
    *value = reads.point;
    return true;
}

typedef struct ranked {
    double value;
    uint32_t at;
} ranked;

static int by_value(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    int order = (x->value > y->value) - (x->value < y->value);
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

/*
 * Numbers run away from today's, which is known to be growing scope where all lie on one side of
 * it; without today's they run upwards. Other values stand as they first occur, today's first.
 * Returns whether the order is known.
 */
static bool order_values(ent_importer *m, ent_import_issue *issue)
{
    size_t count = issue->values.count;
    ranked *list = ent_alloc(m->work->arena, count + 1, ranked);
    bool numbers = true, below = true, above = true;
    issue->order = ent_alloc(m->work->arena, count + 1, uint32_t);
    for (uint32_t v = 0; v < count; v++) {
        list[v].at = v;
        numbers = numbers && number_of(issue->values.at[v].text, &list[v].value);
    }
    double today = numbers && issue->today != UINT32_MAX ? list[issue->today].value : 0;
    for (uint32_t v = 0; v < count && numbers && issue->today != UINT32_MAX; v++) {
        below = below && list[v].value <= today;
        above = above && list[v].value >= today;
        list[v].value = fabs(list[v].value - today);
    }
    numbers = numbers && (issue->today == UINT32_MAX || below || above);
    for (uint32_t v = 0; v < count && !numbers; v++) {
        list[v].value = v == issue->today ? -1 : (double)v;
    }
    qsort(list, count, sizeof *list, by_value);
    for (uint32_t v = 0; v < count; v++) {
        issue->order[v] = list[v].at;
    }
    return count <= 2 ? issue->today != UINT32_MAX : numbers && issue->today != UINT32_MAX;
}

/* Returns whether the order of the options is asked. */
static bool put_options(ent_importer *m, ent_buffer *out, ent_import_issue *issue)
{
    bool known = order_values(m, issue);
    bool lone = issue->values.count == (issue->today == UINT32_MAX ? 0 : 1);
    const char *link = "[";
    if (issue->today == UINT32_MAX) {
        ent_put(out, "    # TODO what is so today? The table does not say; `as-today` stands for "
                     "it\n");
        link = "[as-today, ";
    }
    if (lone) {
        ent_put(out, "    # TODO what else could be? No row names it; `something-else` stands for "
                     "it\n");
    } else if (!known) {
        ent_put(out, "    # TODO are these in the order of growing scope?\n");
    }
    for (size_t v = 0; v < issue->values.count; v++) {
        const struct ent_rolled *value = &issue->values.at[issue->order[v]];
        if (strcmp(value->id, value->text) != 0) {
            ent_putf(out, "    # %s: ", value->id);
            ent_yaml_text(out, value->text);
            ent_put_char(out, '\n');
        }
    }
    ent_put(out, "    options: ");
    for (size_t v = 0; v < issue->values.count; v++) {
        ent_putf(out, "%s%s", link, issue->values.at[issue->order[v]].id);
        link = ", ";
    }
    if (lone) { /* an issue has two options at least */
        ent_put(out, issue->values.count == 0 ? "[as-today, something-else" : ", something-else");
    }
    ent_put(out, "]\n");
    return !known && !lone;
}

static size_t put_way(ent_importer *m, ent_buffer *out, const ent_import_issue *issue, uint8_t way)
{
    size_t count = 0, total = 0;
    for (size_t p = 0; p < m->parties.count; p++) {
        total += issue->way[p] == way;
    }
    for (size_t p = 0; p < m->parties.count; p++) {
        if (issue->way[p] == way) {
            ent_put(out, count > 0 ? ", " : way == ENT_GIVES ? "    by: " : "    for: ");
            ent_put(out, count++ == 0 && total > 1 ? "[" : "");
            ent_put(out, m->parties.at[p].id);
        }
    }
    ent_put(out, total > 1 ? "]\n" : total > 0 ? "\n" : "");
    return count;
}

static bool put_issue(ent_importer *m, ent_buffer *out, ent_import_issue *issue)
{
    ent_putf(out, "  %s:\n", issue->id);
    if (strcmp(issue->id, issue->name) != 0) {
        ent_put(out, "    name: ");
        ent_yaml_text(out, issue->name);
        ent_put_char(out, '\n');
    }
    size_t known = put_way(m, out, issue, ENT_GIVES) + put_way(m, out, issue, ENT_GETS);
    for (size_t p = 0; p < m->parties.count; p++) {
        if (issue->way[p] == (ENT_GIVES | ENT_GETS)) {
            ent_putf(out, "    # TODO the rows say both that %s gives it and that it gets it\n",
                     m->parties.at[p].id);
        }
    }
    if (known == 0) {
        ent_put(out, "    # TODO who gives it (by: PARTY), who gets it (for: PARTY)? The table "
                     "does not say\n");
    }
    return put_options(m, out, issue);
}

static void list(ent_buffer *names, bool listed, const char *id)
{
    if (listed) {
        ent_putf(names, "%s%s", names->length > 0 ? ", " : "", id);
    }
}

static void put_issues(ent_importer *m, ent_buffer *out)
{
    ent_arena *arena = m->work->arena;
    ent_buffer ways = ent_buffer_init(arena, 0), states = ent_buffer_init(arena, 0);
    ent_buffer orders = ent_buffer_init(arena, 0);
    ent_put(out, "issues:\n");
    for (size_t i = 0; i < m->issue_count; i++) {
        ent_import_issue *issue = &m->issues[i];
        bool known = false;
        for (size_t p = 0; p < m->parties.count; p++) {
            known |= issue->way[p] == ENT_GIVES || issue->way[p] == ENT_GETS;
        }
        list(&ways, !known, issue->id);
        list(&states, issue->today == UINT32_MAX, issue->id);
        list(&orders, put_issue(m, out, issue), issue->id);
    }
    if (ways.length > 0) {
        ask(m, "write `by` and `for` into the case, or give --by ISSUE=PARTY, --for ISSUE=PARTY",
            ent_format(arena, "the table does not say who gives and who gets: %.200s",
                       ent_buffer_text(&ways)));
    }
    if (states.length > 0) {
        ask(m, "give --today ISSUE=VALUE, or a row with the verb `today`",
            ent_format(arena, "the table does not say what is so today: %.200s",
                       ent_buffer_text(&states)));
    }
    if (orders.length > 0) {
        ent_tell(m->work->diags, ENT_NOTE, ENT_S233_NOT_IN_TABLE, m->t->text, (ent_pos){0},
                 "see that the options of the case run from today's to the farthest",
                 "the table does not say which option goes how far: %.200s",
                 ent_buffer_text(&orders));
    }
}

/* ---- Who and where from -------------------------------------------------------------------- */

static void put_named(ent_buffer *out, const struct ent_rolled *named, const char *key,
                      const char *side)
{
    ent_putf(out, "  %s: {", named->id);
    bool other = strcmp(named->id, named->text) != 0;
    if (other || strcmp(key, "title") == 0) {
        ent_putf(out, "%s: ", key);
        ent_yaml_text(out, named->text);
        other = true;
    }
    if (side != NULL) {
        ent_putf(out, "%sfor: %s", other ? ", " : "", side);
    }
    ent_put(out, "}\n");
}

/* What a reference says of a source that rows name, by title, key or name. */
static const ent_source_made *reference_of(const ent_importer *m, const struct ent_rolled *named)
{
    const ent_source_made *made = ent_find_source_made(m->options->sources, named->text);
    return made != NULL ? made : ent_find_source_made(m->options->sources, named->id);
}

/* The sources that rows name, then references that none does; how many of these there are. */
static size_t put_sources(ent_importer *m, ent_buffer *out)
{
    const ent_sources_made *references = m->options->sources;
    size_t count = references == NULL ? 0 : references->count;
    size_t others = 0;
    bool *named = ent_alloc(m->work->arena, count + 1, bool);
    for (size_t s = 0; s < m->sources.count; s++) {
        const ent_source_made *made = reference_of(m, &m->sources.at[s]);
        if (made == NULL) {
            put_named(out, &m->sources.at[s], "title", NULL);
            continue;
        }
        ent_putf(out, "  %s:", m->sources.at[s].id);
        ent_put_source_made(out, made);
        named[made - references->at] = true;
    }
    for (size_t i = 0; i < count; i++) {
        if (!named[i]) {
            ent_putf(out, "  %s:", references->at[i].id);
            ent_put_source_made(out, &references->at[i]);
            others++;
        }
    }
    return others;
}

static void put_people(ent_importer *m, ent_buffer *out)
{
    ent_put(out, m->parties.count > 0 ? "parties:\n" : "parties: {}\n");
    for (size_t p = 0; p < m->parties.count; p++) {
        put_named(out, &m->parties.at[p], "name", NULL);
    }
    ent_put(out, m->people.count > 0 ? "people:\n" : "");
    for (size_t p = 0; p < m->people.count; p++) {
        uint32_t side = m->speaks_for[p];
        ent_put(out, side == ENT_NONE ? "  # TODO does this one speak for a party (for: PARTY)?\n"
                                      : "");
        put_named(out, &m->people.at[p], "name", side == ENT_NONE ? NULL : m->parties.at[side].id);
    }
    ent_put(out, "sources:\n");
    size_t others = put_sources(m, out);
    if (m->column[ENT_PART_SOURCE] == SIZE_MAX) {
        ent_put(out, "  table: {title: ");
        ent_yaml_text(out, m->t->name);
        ent_put(out, "}\n");
    } else if (m->sources.count == 0 && others == 0) {
        out->length -= strlen("sources:\n");
    }
}

/* ---- Statements ---------------------------------------------------------------------------- */

static void put_package(ent_importer *m, ent_buffer *out, size_t row, bool exchanged)
{
    ent_yaml_flow f = ent_yaml_open(out);
    for (size_t i = 0; i < m->issue_count; i++) {
        const char *text = ent_import_value(m, row, i, exchanged);
        if (*text != '\0') {
            const ent_roll *values = &m->issues[i].values;
            ent_yaml_key(&f, m->issues[i].id);
            ent_put(out, values->at[ent_names_find(&values->texts, text)].id);
        }
    }
    ent_put_char(out, '}');
}

static void put_rest(ent_importer *m, ent_yaml_flow *f, size_t row)
{
    const char *link = "[";
    for (size_t i = 0; i < m->issue_count; i++) {
        if (ent_import_is_open(m, row, i)) {
            if (*link == '[') {
                ent_yaml_key(f, "rest");
            }
            ent_putf(f->out, "%s%s", link, m->issues[i].id);
            link = ", ";
        }
    }
    ent_put(f->out, *link == ',' ? "]" : "");
}

/* Issues by their rank, or with their importance. */
static void put_numbers(ent_importer *m, ent_buffer *out, size_t row, bool ranks)
{
    ranked *list = ent_alloc(m->work->arena, m->issue_count + 1, ranked);
    size_t count = 0;
    for (size_t i = 0; i < m->issue_count; i++) {
        ent_reads reads;
        if (*ent_import_value(m, row, i, false) != '\0' &&
            ent_cell_reads(ent_table_cell(m->t, row, m->issues[i].column), &reads)) {
            list[count++] = (ranked){reads.point, (uint32_t)i};
        }
    }
    if (ranks) {
        qsort(list, count, sizeof *list, by_value);
    }
    for (size_t k = 0; k < count; k++) {
        ent_putf(out, "%s%s", k > 0 ? ", " : ranks ? "[" : "{", m->issues[list[k].at].id);
        if (!ranks) {
            ent_put(out, ": ");
            ent_yaml_number(out, list[k].value);
        }
    }
    ent_put_char(out, ranks ? ']' : '}');
}

static void put_claim(ent_importer *m, ent_buffer *out, size_t row)
{
    const ent_import_row *r = &m->rows[row];
    const ent_verb_record *verb = &ent_verbs[r->verb];
    bool exchanged = false;
    for (size_t i = 0; i < m->issue_count; i++) {
        exchanged |= *ent_import_value(m, row, i, true) != '\0';
    }
    ent_put(out, "      - ");
    ent_yaml_flow f = ent_yaml_open(out);
    ent_yaml_raw(&f, "party", m->parties.at[r->party].id);
    ent_yaml_key(&f, verb->name);
    if (verb->object != ENT_OBJECT_PACKAGE) {
        put_numbers(m, out, row, verb->object == ENT_OBJECT_ISSUES);
        ent_put(out, "}\n");
        return;
    }
    put_package(m, out, row, false);
    if (exchanged && *verb->partner != '\0') {
        ent_yaml_key(&f, verb->partner);
        put_package(m, out, row, true);
    }
    if (verb->rest == ENT_YES) {
        put_rest(m, &f, row);
    }
    ent_put(out, "}\n");
}

static void put_line(ent_buffer *out, const char *key, const char *text)
{
    if (*text != '\0') {
        ent_putf(out, "    %s: ", key);
        ent_yaml_text(out, text);
        ent_put_char(out, '\n');
    }
}

/* The words: one of the three columns, or what the log's row holds. */
static void put_words(ent_importer *m, ent_buffer *out, size_t row)
{
    static const char *const keys[] = {"quote", "reported", "editorial"};
    for (int k = 0; k < 3; k++) {
        const char *text = ent_import_text(m, row, (ent_import_part)(ENT_PART_QUOTE + k));
        if (*text != '\0') {
            put_line(out, keys[k], text);
            return;
        }
    }
    ent_buffer b = ent_buffer_init(m->work->arena, 0);
    for (size_t i = 0; i < m->issue_count && m->offers; i++) {
        const char *text = ent_import_value(m, row, i, false);
        if (*text != '\0') {
            ent_putf(&b, "%s%s %s", b.length > 0 ? "; " : "", m->issues[i].name, text);
        }
    }
    put_line(out, "editorial", ent_buffer_text(&b));
}

static void put_marks(ent_importer *m, ent_buffer *out, size_t row)
{
    const char *basis = ent_import_text(m, row, ENT_PART_BASIS);
    const char *belief = ent_import_text(m, row, ENT_PART_CREDIBILITY);
    const char *before = m->rows[row].supersedes;
    put_line(out, "via", ent_import_text(m, row, ENT_PART_VIA));
    ent_put(out, strcmp(basis, "inferred") == 0 ? "    date-basis: inferred\n" : "");
    if (strlen(belief) == 1 && *belief >= '1' && *belief <= '6') {
        ent_putf(out, "    credibility: %s\n", belief);
    }
    if (before != NULL) {
        ent_putf(out, "    supersedes: %s\n", before);
    }
}

static void put_statement(ent_importer *m, ent_buffer *out, size_t row)
{
    const ent_import_row *r = &m->rows[row];
    bool person = r->by >= ENT_A_PERSON;
    ent_putf(out, "  - id: %s\n    by: %s\n", r->id,
             person ? m->people.at[r->by - ENT_A_PERSON].id : m->parties.at[r->by].id);
    if (r->date) {
        ent_putf(out, "    date: %s\n", ent_import_date(m, row, ENT_PART_DATE));
    }
    if (r->about) {
        ent_putf(out, "    about: %s\n", ent_import_date(m, row, ENT_PART_ABOUT));
    }
    if (r->source != ENT_NONE) {
        ent_putf(out, "    source: %s\n", m->sources.at[r->source].id);
    } else if (m->column[ENT_PART_SOURCE] == SIZE_MAX) {
        ent_put(out, "    source: table\n");
    }
    put_words(m, out, row);
    put_marks(m, out, row);
}

static void put_row(ent_importer *m, ent_buffer *out, size_t row, bool *claims)
{
    const ent_import_row *r = &m->rows[row];
    if (r->kind == ENT_ROW_LOST) {
        ent_putf(out, "    # TODO row %u was not read:\n", m->t->number[row]);
        put_cells(m, out, row, false);
        return;
    }
    if (r->kind == ENT_ROW_STATEMENT) {
        put_statement(m, out, row);
        *claims = false;
    }
    if (r->odd) {
        ent_putf(out, "    # TODO row %u was not read whole:\n", m->t->number[row]);
    }
    put_cells(m, out, row, !r->odd);
    if (r->said) {
        ent_put(out, *claims ? "" : "    claims:\n");
        *claims = true;
        put_claim(m, out, row);
    }
}

static void put_head(ent_importer *m, ent_buffer *out)
{
    ent_buffer title = ent_buffer_init(m->work->arena, 0);
    ent_putf(out, "# From %s, read as %s: ", m->t->sheet == NULL ? "a table" : "a sheet",
             m->offers ? "a log of offers, one a row" : "statements, one a row");
    for (size_t i = 0; i < m->issue_count; i++) {
        size_t column = m->issues[i].column == SIZE_MAX ? m->issues[i].exchanged
                                                        : m->issues[i].column;
        ent_putf(&title, "%s%s (%s)", i > 0 ? ", " : "", m->issues[i].id,
                 ent_column_letters(m->work->arena, column));
    }
    ent_putf(out, "issues %s.\n", ent_buffer_text(&title));
    ent_put(out, "# Lines with TODO ask for what the table does not say.\nentente: 1\ntitle: ");
    ent_yaml_text(out, m->t->name);
    ent_put_char(out, '\n');
}

ent_status ent_import_put(ent_importer *m, ent_buffer *out)
{
    bool some = false, claims = false, stopped = false;
    put_head(m, out);
    put_people(m, out);
    put_issues(m, out);
    for (size_t row = 0; row < m->t->rows && !stopped; row++) {
        ent_row_kind kind = m->rows[row].kind;
        if (kind != ENT_ROW_LEFT && kind != ENT_ROW_TODAY) {
            ent_put(out, kind == ENT_ROW_STATEMENT && !some ? "statements:\n" : "");
            some |= kind == ENT_ROW_STATEMENT;
            put_row(m, out, row, &claims);
        }
        stopped = ent_table_stops(m->t, row);
    }
    return stopped ? ENT_CANCELLED : ENT_OK;
}
