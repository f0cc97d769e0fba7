/*
 * CSV (RFC 4180; also semicolons or tabs): a table of outcomes and utilities. The first line names
 * the columns: issues first, then parties, `u(NAME)` or, where no column is called so, the last
 * columns that hold numbers alone. Where the rows are all combinations of the issues' values, each
 * once, that is the outcome space; otherwise the rows are the values of one issue. O(bytes).
 */
#include "base/number.h"
#include "io/scenario_write.h"
#include "io/tree.h"

#include <math.h>
#include <string.h>

enum { MOST_COLUMNS = 4096, MOST_ROWS = 4000000, MOST_WRITTEN = 1000000 };

typedef struct cell {
    const char *text;
    size_t offset;
} cell;

typedef struct csv {
    ent_work *work;
    const ent_text *text;
    const char *at, *end;
    char separator;
    struct {
        cell *at;
        size_t count, room;
    } cells; /* row by row; the first row names the columns */
    size_t columns, rows, issues; /* rows without the first */
} csv;

static ent_pos pos_of(const csv *c, const cell *at)
{
    return ent_pos_at(c->text, at->offset, 1);
}

static ent_status bad(csv *c, const char *message)
{
    ent_pos pos = ent_pos_at(c->text, (size_t)(c->at - c->text->at), 1);
    return ent_scenario_fault(c->work, c->text, pos, ENT_S101_BAD_SCENARIO, NULL, "%s", message);
}

/* The separator that the first line has most of. */
static char separator_of(const ent_text *text)
{
    size_t count[3] = {0};
    static const char separators[] = ",;\t";
    bool quoted = false;
    for (const char *at = text->at; *at != '\0' && (*at != '\n' || quoted); at++) {
        const char *which = strchr(separators, *at);
        quoted ^= *at == '"';
        if (which != NULL && !quoted) {
            count[which - separators]++;
        }
    }
    return count[1] > count[0] ? ';' : count[2] > count[0] ? '\t' : ',';
}

/* A cell in quotation marks, of which doubled ones stand for one. */
static ent_status quoted(csv *c, cell *out)
{
    ent_buffer b = ent_buffer_init(c->work->arena, 0);
    for (c->at++; c->at < c->end; c->at++) {
        if (*c->at == '"') {
            if (c->at + 1 == c->end || c->at[1] != '"') {
                c->at++;
                out->text = ent_tidy(c->work->arena, ent_buffer_text(&b));
                return ENT_OK;
            }
            c->at++;
        }
        ent_put_char(&b, *c->at);
    }
    return bad(c, "a quotation mark without a second");
}

static ent_status read_cell(csv *c)
{
    cell *out = ent_push(c->work->arena, &c->cells);
    *out = (cell){"", (size_t)(c->at - c->text->at)};
    if (c->at < c->end && *c->at == '"') {
        return quoted(c, out);
    }
    const char *start = c->at;
    while (c->at < c->end && *c->at != c->separator && *c->at != '\n' && *c->at != '\r') {
        c->at++;
    }
    out->text = ent_tidy(c->work->arena,
                         ent_copy_text(c->work->arena, start, (size_t)(c->at - start)));
    return ENT_OK;
}

static void end_line(csv *c)
{
    c->at += c->at < c->end && *c->at == '\r';
    c->at += c->at < c->end && *c->at == '\n';
}

/* One row; *blank when the line is empty. */
static ent_status read_row(csv *c, bool *blank)
{
    size_t before = c->cells.count;
    *blank = *c->at == '\r' || *c->at == '\n';
    while (!*blank) {
        ent_status status = read_cell(c);
        if (status != ENT_OK) {
            return status;
        }
        if (c->at == c->end || *c->at == '\n' || *c->at == '\r') {
            break;
        }
        if (*c->at != c->separator) {
            return bad(c, "text behind a quotation mark");
        }
        if (c->cells.count - before > MOST_COLUMNS) {
            return bad(c, "too many columns");
        }
        c->at++;
    }
    c->columns = c->columns == 0 && !*blank ? c->cells.count - before : c->columns;
    if (!*blank && c->cells.count - before != c->columns) {
        return ent_scenario_fault(c->work, c->text, pos_of(c, &c->cells.at[before]),
                                  ENT_S101_BAD_SCENARIO, NULL,
                                  "this line has %zu columns and the first %zu",
                                  c->cells.count - before, c->columns);
    }
    end_line(c);
    return ENT_OK;
}

static ent_status read_rows(csv *c)
{
    ent_status status = ENT_OK;
    if (c->end - c->at >= 3 && memcmp(c->at, "\xEF\xBB\xBF", 3) == 0) {
        c->at += 3;
    }
    while (c->at < c->end && status == ENT_OK) {
        bool blank = false;
        status = read_row(c, &blank);
        c->rows += !blank;
        if (c->rows > MOST_ROWS || c->cells.count > ENT_NODE_MOST) {
            return bad(c, "too many cells");
        }
    }
    if (status == ENT_OK && c->rows < 2) {
        return bad(c, "the table has no rows");
    }
    c->rows -= c->rows > 0;
    return status;
}

static const cell *cell_at(const csv *c, size_t row, size_t column)
{
    return &c->cells.at[(row + 1) * c->columns + column];
}

static bool is_utility(const char *name)
{
    size_t length = strlen(name);
    return length >= 3 && strncmp(name, "u(", 2) == 0 && name[length - 1] == ')';
}

static bool all_numbers(const csv *c, size_t column)
{
    double x;
    for (size_t r = 0; r < c->rows; r++) {
        const char *text = cell_at(c, r, column)->text;
        if (!ent_parse_number(text, strlen(text), &x)) {
            return false;
        }
    }
    return true;
}

static ent_status split_columns(csv *c)
{
    c->issues = 0;
    while (c->issues < c->columns && !is_utility(c->cells.at[c->issues].text)) {
        c->issues++;
    }
    if (c->issues == c->columns) {
        while (c->issues > 1 && all_numbers(c, c->issues - 1)) {
            c->issues--;
        }
    }
    for (size_t k = c->issues; k < c->columns; k++) {
        if (c->issues == 0 || (is_utility(c->cells.at[c->issues].text) &&
                               !is_utility(c->cells.at[k].text))) {
            return ent_scenario_fault(c->work, c->text, pos_of(c, &c->cells.at[k]),
                                      ENT_S101_BAD_SCENARIO, NULL,
                                      "issues come first, then utilities");
        }
    }
    if (c->issues == c->columns) {
        return ent_scenario_fault(c->work, c->text, pos_of(c, &c->cells.at[0]),
                                  ENT_S106_NO_PROFILE, "call the columns of utilities u(NAME)",
                                  "no column holds utilities");
    }
    ent_names names = {0};
    for (size_t k = 0; k < c->columns; k++) {
        const char *name = c->cells.at[k].text;
        if (ent_names_add(c->work->arena, &names, name, (uint32_t)k) != UINT32_MAX) {
            return ent_scenario_fault(c->work, c->text, pos_of(c, &c->cells.at[k]),
                                      ENT_S112_NAME_TWICE, NULL, "two columns are called `%s`",
                                      name);
        }
    }
    if (c->columns - c->issues > ENT_SCENARIO_PARTIES) {
        return ent_scenario_fault(c->work, c->text, pos_of(c, &c->cells.at[0]), ENT_S104_TOO_MUCH,
                                  NULL, "more than %d parties", ENT_SCENARIO_PARTIES);
    }
    return ENT_OK;
}

/* The values of each issue in order of appearance, and each row's levels. */
static void find_values(csv *c, ent_scenario_issue *issues, uint32_t *levels)
{
    for (size_t i = 0; i < c->issues; i++) {
        ent_names names = {0};
        struct {
            const char **at;
            size_t count, room;
        } values = {0};
        for (size_t r = 0; r < c->rows; r++) {
            const char *text = cell_at(c, r, i)->text;
            uint32_t level = ent_names_add(c->work->arena, &names, text, (uint32_t)values.count);
            if (level == UINT32_MAX) {
                level = (uint32_t)values.count;
                *ent_push(c->work->arena, &values) = text;
            }
            levels[r * c->issues + i] = level;
        }
        issues[i] = (ent_scenario_issue){.name = c->cells.at[i].text, .levels = values.count,
                                         .values = values.at};
    }
}

/* Where every combination stands once: order[outcome] is its row. */
static bool is_product(csv *c, const ent_scenario *s, const uint32_t *levels, uint64_t *order)
{
    uint64_t count = 0;
    if (!ent_scenario_outcomes(s, &count) || count != c->rows) {
        return false;
    }
    uint64_t *outcome = ent_alloc(c->work->arena, c->issues, uint64_t);
    for (size_t r = 0; r < c->rows; r++) {
        order[r] = UINT64_MAX;
    }
    for (size_t r = 0; r < c->rows; r++) {
        for (size_t i = 0; i < c->issues; i++) {
            outcome[i] = levels[r * c->issues + i];
        }
        uint64_t index = ent_scenario_index(s, outcome);
        if (order[index] != UINT64_MAX) {
            return false;
        }
        order[index] = r;
    }
    return true;
}

/* The rows as the values of a single issue. */
static ent_status join_rows(csv *c, ent_scenario *s, ent_scenario_issue *issues)
{
    const char **values = ent_alloc(c->work->arena, c->rows, const char *);
    ent_names names = {0};
    ent_buffer title = ent_buffer_init(c->work->arena, 0);
    for (size_t i = 0; i < c->issues; i++) {
        ent_putf(&title, "%s%s", i > 0 ? ", " : "", c->cells.at[i].text);
    }
    for (size_t r = 0; r < c->rows; r++) {
        ent_buffer b = ent_buffer_init(c->work->arena, 0);
        for (size_t i = 0; i < c->issues; i++) {
            ent_putf(&b, "%s%s", i > 0 ? ", " : "", cell_at(c, r, i)->text);
        }
        values[r] = ent_buffer_text(&b);
        if (ent_names_add(c->work->arena, &names, values[r], (uint32_t)r) != UINT32_MAX) {
            return ent_scenario_fault(c->work, c->text, pos_of(c, cell_at(c, r, 0)),
                                      ENT_S112_NAME_TWICE, NULL, "the outcome `%s` stands twice",
                                      values[r]);
        }
    }
    if (c->issues > 1) {
        ent_scenario_odd(c->work, c->text, pos_of(c, &c->cells.at[0]), ENT_S202_ODD_ISSUE, NULL,
                         "the rows are not all combinations of the issues' values: they are taken "
                         "as the %zu values of one issue", c->rows);
    }
    issues[0] = (ent_scenario_issue){.name = ent_buffer_text(&title), .levels = c->rows,
                                     .values = values};
    s->issue_count = 1;
    return ENT_OK;
}

static ent_status read_utility(csv *c, const ent_scenario *s, size_t party, const uint64_t *order,
                               ent_utility *u)
{
    double *table = ent_alloc(c->work->arena, c->rows, double);
    for (size_t r = 0; r < c->rows; r++) {
        const cell *at = cell_at(c, order == NULL ? r : order[r], c->issues + party);
        if (!ent_parse_number(at->text, strlen(at->text), &table[r])) {
            return ent_scenario_fault(c->work, c->text, pos_of(c, at), ENT_S109_BAD_NUMBER, NULL,
                                      "a utility should be a number, not `%s`", at->text);
        }
    }
    *u = (ent_utility){.scale = 1, .discount = 1, .reservation = (double)-INFINITY};
    if (s->issue_count > 1) {
        u->table = table;
        return ENT_OK;
    }
    ent_evaluator *e = ent_alloc(c->work->arena, 1, ent_evaluator);
    *e = (ent_evaluator){.raw = table, .weight = 1, .divisor = 1};
    u->evaluators = e;
    u->part = ent_evaluator_parts(c->work->arena, s->issues, 1, e);
    return ENT_OK;
}

/* NAME of `u(NAME)`, or the column's name as it is. */
static const char *party_name(csv *c, const char *name)
{
    return is_utility(name) ? ent_copy_text(c->work->arena, name + 2, strlen(name) - 3) : name;
}

static ent_status read_csv(ent_work *work, const ent_scenario_files *files, ent_scenario *out)
{
    const ent_text *text = &files->domain;
    csv c = {.work = work, .text = text, .at = text->at, .end = text->at + text->length,
             .separator = separator_of(text)};
    ent_status status = ent_check_characters(work, text);
    status = status == ENT_OK ? read_rows(&c) : status;
    status = status == ENT_OK ? split_columns(&c) : status;
    if (status != ENT_OK) {
        return status;
    }
    ent_scenario_issue *issues = ent_alloc(work->arena, c.issues, ent_scenario_issue);
    uint32_t *levels = ent_alloc(work->arena, c.rows * c.issues, uint32_t);
    uint64_t *order = ent_alloc(work->arena, c.rows, uint64_t);
    uint32_t parties = (uint32_t)(c.columns - c.issues);
    ent_utility *utilities = ent_alloc(work->arena, parties, ent_utility);
    const char **names = ent_alloc(work->arena, parties, const char *);
    *out = (ent_scenario){.name = files->name, .format = "csv", .issues = issues,
                          .issue_count = (uint32_t)c.issues, .utilities = utilities,
                          .parties = names, .party_count = parties};
    find_values(&c, issues, levels);
    bool product = is_product(&c, out, levels, order);
    status = product ? ENT_OK : join_rows(&c, out, issues);
    for (uint32_t p = 0; p < parties && status == ENT_OK; p++) {
        names[p] = party_name(&c, c.cells.at[c.issues + p].text);
        status = read_utility(&c, out, p, product ? order : NULL, &utilities[p]);
    }
    return status;
}

static void put_cell(ent_buffer *b, const char *text)
{
    if (strpbrk(text, ",;\t\"\r\n") == NULL) {
        ent_put(b, text);
        return;
    }
    ent_put_char(b, '"');
    for (; *text != '\0'; text++) {
        ent_put(b, *text == '"' ? "\"" : "");
        ent_put_char(b, *text);
    }
    ent_put_char(b, '"');
}

static void tell_losses(ent_work *work, const ent_scenario *s)
{
    for (uint32_t p = 0; p < s->party_count; p++) {
        const ent_utility *u = &s->utilities[p];
        if (u->discount != 1 || (isfinite(u->reservation) && u->reservation != 0)) {
            ent_tell_lost(work, "CSV has neither reservation values nor discounts: those of `%s` "
                                "are left out", s->parties[p]);
        }
    }
}

static ent_status write_csv(ent_work *work, const ent_scenario *s, ent_written_files *out)
{
    ent_buffer b = ent_buffer_init(work->arena, 0);
    uint64_t count = 0;
    uint64_t *outcome = ent_alloc(work->arena, s->issue_count, uint64_t);
    if (!ent_scenario_outcomes(s, &count) || count > MOST_WRITTEN) {
        return ent_cannot_hold(work, "%s outcomes are more than %d lines",
                               ent_scenario_outcomes_text(work->arena, s), MOST_WRITTEN);
    }
    for (uint32_t i = 0; i < s->issue_count; i++) {
        const char *name = s->issues[i].name; /* may not look like a column of utilities */
        put_cell(&b, is_utility(name) ? ent_format(work->arena, "issue %s", name) : name);
        ent_put(&b, ",");
    }
    for (uint32_t p = 0; p < s->party_count; p++) {
        put_cell(&b, ent_format(work->arena, "u(%s)", s->parties[p]));
        ent_put(&b, p + 1 < s->party_count ? "," : "\n");
    }
    for (uint64_t k = 0; k < count; k++) {
        ent_scenario_outcome(s, k, outcome);
        for (uint32_t i = 0; i < s->issue_count; i++) {
            put_cell(&b, ent_scenario_value_text(work->arena, &s->issues[i], outcome[i]));
            ent_put(&b, ",");
        }
        for (uint32_t p = 0; p < s->party_count; p++) {
            ent_put_number(&b, ent_utility_of(s, p, outcome));
            ent_put(&b, p + 1 < s->party_count ? "," : "\n");
        }
    }
    tell_losses(work, s);
    return ent_add_file(work, out, "", &b);
}

static ent_file_role role(ent_arena *arena, const ent_text *text)
{
    (void)arena, (void)text;
    return ENT_IS_DOMAIN;
}

static const char *const extensions[] = {"csv", "tsv", NULL};

const ent_scenario_format ent_format_csv = {
    .name = "csv",
    .title = "CSV",
    .extensions = extensions,
    .folder = false,
    .role = role,
    .read = read_csv,
    .write = write_csv,
};
