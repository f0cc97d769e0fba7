/*
 * A table of outcomes: a row for each, a column for each party, the other columns issues. Where the
 * rows are all combinations of the issues' values, each once, that is the outcome space; otherwise
 * the rows are the values of one issue. O(cells).
 */
#include "base/number.h"
#include "base/text.h"
#include "io/table.h"
#include "io/table_guess.h"

#include <math.h>
#include <string.h>

typedef struct outcomes {
    ent_reading *r;
    size_t *issues, issue_count;   /* columns */
    size_t *parties, party_count;
    size_t *rows, row_count;       /* rows that count */
} outcomes;

static const char *text_at(const outcomes *o, size_t row, size_t issue)
{
    return ent_table_cell(o->r->t, o->rows[row], o->issues[issue])->text;
}

static ent_status check_heads(const outcomes *o)
{
    const ent_table *t = o->r->t;
    ent_names names = {0};
    for (size_t k = 0; k < t->columns; k++) {
        const char *name = ent_head_name(o->r, k);
        bool part = o->r->column[k] == ENT_PART_COUNTS || o->r->column[k] == ENT_PART_UTILITY;
        if (part && *name != '\0' &&
            ent_names_add(t->work->arena, &names, name, (uint32_t)k) != UINT32_MAX) {
            return ent_cell_fault(t, o->r->head, k, ENT_S112_NAME_TWICE, NULL,
                                  "two columns are called `%s`", name);
        }
    }
    if (o->issue_count == 0) {
        return ent_cell_fault(t, o->r->head, 0, ENT_S101_BAD_SCENARIO, NULL,
                              "issues come first, then utilities");
    }
    return o->party_count <= ENT_SCENARIO_PARTIES
               ? ENT_OK
               : ent_cell_fault(t, o->r->head, 0, ENT_S104_TOO_MUCH, NULL,
                                "more than %d parties", ENT_SCENARIO_PARTIES);
}

/* A value that is missing is no value; where cells were merged the reader has filled them. */
static ent_status check_values(const outcomes *o)
{
    for (size_t i = 0; i < o->row_count; i++) {
        for (size_t k = 0; k < o->issue_count; k++) {
            if (*text_at(o, i, k) == '\0') {
                const char *name = ent_head_name(o->r, o->issues[k]);
                return ent_cell_fault(o->r->t, o->rows[i], o->issues[k], ENT_S131_MISSING_CELL,
                                      "write the value in each row: cells that were merged are "
                                      "empty in a text file",
                                      "a value of `%s` is missing: the cell is empty",
                                      *name == '\0' ? "the issue" : name);
            }
        }
    }
    return ENT_OK;
}

/* The values of each issue in order of appearance, and each row's levels. */
static void find_values(const outcomes *o, ent_scenario_issue *issues, uint32_t *levels)
{
    ent_arena *arena = o->r->t->work->arena;
    for (size_t i = 0; i < o->issue_count; i++) {
        ent_names names = {0};
        struct {
            const char **at;
            size_t count, room;
        } values = {0};
        for (size_t r = 0; r < o->row_count; r++) {
            const char *text = text_at(o, r, i);
            uint32_t level = ent_names_add(arena, &names, text, (uint32_t)values.count);
            if (level == UINT32_MAX) {
                level = (uint32_t)values.count;
                *ent_push(arena, &values) = text;
            }
            levels[r * o->issue_count + i] = level;
        }
        const char *name = ent_head_name(o->r, o->issues[i]);
        issues[i] = (ent_scenario_issue){.name = *name == '\0' ? "outcome" : name,
                                         .levels = values.count, .values = values.at};
    }
}

/* Where every combination stands once: order[outcome] is its row. */
static bool is_product(const outcomes *o, const ent_scenario *s, const uint32_t *levels,
                       uint64_t *order)
{
    uint64_t count = 0;
    if (!ent_scenario_outcomes(s, &count) || count != o->row_count) {
        return false;
    }
    uint64_t *outcome = ent_alloc(o->r->t->work->arena, o->issue_count, uint64_t);
    for (size_t r = 0; r < o->row_count; r++) {
        order[r] = UINT64_MAX;
    }
    for (size_t r = 0; r < o->row_count; r++) {
        for (size_t i = 0; i < o->issue_count; i++) {
            outcome[i] = levels[r * o->issue_count + i];
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
static ent_status join_rows(const outcomes *o, ent_scenario *s, ent_scenario_issue *issues)
{
    const ent_table *t = o->r->t;
    ent_arena *arena = t->work->arena;
    const char **values = ent_alloc(arena, o->row_count, const char *);
    ent_names names = {0};
    ent_buffer title = ent_buffer_init(arena, 0);
    for (size_t i = 0; i < o->issue_count; i++) {
        ent_putf(&title, "%s%s", i > 0 ? ", " : "", issues[i].name);
    }
    for (size_t r = 0; r < o->row_count; r++) {
        ent_buffer b = ent_buffer_init(arena, 0);
        for (size_t i = 0; i < o->issue_count; i++) {
            ent_putf(&b, "%s%s", i > 0 ? ", " : "", text_at(o, r, i));
        }
        values[r] = ent_buffer_text(&b);
        if (ent_names_add(arena, &names, values[r], (uint32_t)r) != UINT32_MAX) {
            return ent_cell_fault(t, o->rows[r], 0, ENT_S112_NAME_TWICE, NULL,
                                  "the outcome `%s` appears twice", values[r]);
        }
    }
    if (o->issue_count > 1) {
        ent_cell_odd(t, o->r->head, 0, ENT_S202_ODD_ISSUE, NULL,
                     "the rows are not all combinations of the issues' values: they are taken as "
                     "the %s of one issue",
                     ent_counted(t->work->arena, o->row_count, "values"));
    }
    issues[0] = (ent_scenario_issue){.name = ent_buffer_text(&title), .levels = o->row_count,
                                     .values = values};
    s->issue_count = 1;
    return ENT_OK;
}

static ent_status read_utility(const outcomes *o, const ent_scenario *s, size_t party,
                               const uint64_t *order, double reservation, ent_utility *u)
{
    const ent_table *t = o->r->t;
    size_t column = o->parties[party];
    double *table = ent_alloc(t->work->arena, o->row_count, double);
    for (size_t r = 0; r < o->row_count; r++) {
        size_t row = o->rows[order == NULL ? r : order[r]];
        ent_status status = ent_table_number(t, row, column, o->r->mark, s->parties[party],
                                             &table[r]);
        if (status != ENT_OK) {
            return status;
        }
        table[r] = o->r->negative[column] ? 0 - table[r] : table[r];
    }
    *u = (ent_utility){.scale = 1, .discount = 1, .reservation = reservation};
    if (s->issue_count > 1) {
        u->table = table;
        return ENT_OK;
    }
    ent_evaluator *e = ent_alloc(t->work->arena, 1, ent_evaluator);
    *e = (ent_evaluator){.raw = table, .weight = 1, .divisor = 1};
    u->evaluators = e;
    u->part = ent_evaluator_parts(t->work->arena, s->issues, 1, e);
    return ENT_OK;
}

/* Which columns and rows count; the table as it is read. */
static ent_status sort_table(const ent_table *t, const ent_table_options *options, ent_reading *r)
{
    bool named = false;
    ent_status status = ent_reading_start(t, options, r);
    status = status == ENT_OK ? ent_named_utilities(r, &named) : status;
    status = status == ENT_OK ? ent_other_layouts(r) : status;
    status = status == ENT_OK && !named ? ent_guess_utilities(r) : status;
    status = status == ENT_OK ? ent_sort_rows(r) : status;
    status = status == ENT_OK ? ent_reading_decimal(r) : status;
    status = status == ENT_OK ? ent_leave_totals(r) : status;
    return status == ENT_OK ? ent_leave_joint_columns(r) : status;
}

static ent_status take_parts(ent_reading *r, outcomes *o)
{
    ent_arena *arena = r->t->work->arena;
    *o = (outcomes){.r = r, .issues = ent_alloc(arena, r->t->columns + 1, size_t),
                    .parties = ent_alloc(arena, r->t->columns + 1, size_t),
                    .rows = ent_alloc(arena, r->t->rows + 1, size_t)};
    o->issue_count = ent_columns_of(r, ENT_PART_COUNTS, o->issues);
    o->party_count = ent_columns_of(r, ENT_PART_UTILITY, o->parties);
    for (size_t i = r->head + 1; i < r->t->rows; i++) {
        if (r->row[i] == ENT_PART_COUNTS) {
            o->rows[o->row_count++] = i;
        }
    }
    if (o->row_count == 0) {
        return ent_cell_fault(r->t, r->head, 0, ENT_S101_BAD_SCENARIO, NULL,
                              "no row below the one that names the columns is an outcome");
    }
    ent_status status = check_heads(o);
    status = status == ENT_OK ? ent_check_table_parties(r) : status;
    return status == ENT_OK ? check_values(o) : status;
}

static const char *words_of(const outcomes *o, const ent_scenario *s)
{
    ent_buffer b = ent_buffer_init(o->r->t->work->arena, 0);
    char count[ENT_NUMBER_ROOM];
    ent_put_parties_read(&b, o->r);
    ent_putf(&b, "; issue%s: ", s->issue_count == 1 ? "" : "s");
    for (uint32_t i = 0; i < s->issue_count && i < 6; i++) {
        ent_putf(&b, "%s%s", i > 0 ? ", " : "", s->issues[i].name);
    }
    ent_putf(&b, "%s; %s outcome%s", s->issue_count > 6 ? " ..." : "",
             ent_count_text(o->row_count, count), o->row_count == 1 ? "" : "s");
    ent_put_left_out(&b, o->r);
    return ent_buffer_text(&b);
}

ent_status ent_read_outcomes(const ent_table *t, const ent_table_options *options,
                             ent_scenario *out)
{
    ent_arena *arena = t->work->arena;
    ent_reading r;
    outcomes o;
    ent_status status = sort_table(t, options, &r);
    status = status == ENT_OK ? take_parts(&r, &o) : status;
    if (status != ENT_OK) {
        return status;
    }
    ent_scenario_issue *issues = ent_alloc(arena, o.issue_count, ent_scenario_issue);
    uint32_t *levels = ent_alloc(arena, o.row_count * o.issue_count, uint32_t);
    uint64_t *order = ent_alloc(arena, o.row_count, uint64_t);
    ent_utility *utilities = ent_alloc(arena, o.party_count, ent_utility);
    const char **names = ent_alloc(arena, o.party_count, const char *);
    double *reservation = ent_alloc(arena, o.party_count, double);
    out->issues = issues;
    out->issue_count = (uint32_t)o.issue_count;
    out->utilities = utilities;
    out->parties = names;
    out->party_count = (uint32_t)o.party_count;
    find_values(&o, issues, levels);
    bool product = is_product(&o, out, levels, order);
    status = product ? ENT_OK : join_rows(&o, out, issues);
    status = status == ENT_OK ? ent_reservations(&r, reservation) : status;
    for (size_t p = 0; p < o.party_count && status == ENT_OK; p++) {
        names[p] = ent_party_of_column(&r, o.parties[p]);
        status = read_utility(&o, out, p, product ? order : NULL, reservation[p], &utilities[p]);
    }
    out->read_as = status == ENT_OK ? words_of(&o, out) : NULL;
    return status;
}
