/*
 * A sheet for each party, in one of the three forms that people draw up:
 *   issue, weight, then a column for each option with its value for the issue;
 *   issue, weight, option, value, an option a row, issue and weight where they change;
 *   alternatives down, criteria across, a row of weights: one issue, valued by the weighted sum.
 * A package is worth the sum of weight * value. Weights are taken as they stand. O(cells).
 */
#include "base/number.h"
#include "base/text.h"
#include "io/table.h"
#include "io/table_build.h"

#include <math.h>
#include <string.h>

typedef struct sheet {
    ent_reading r;
    uint32_t party;
    size_t *used, count;
    size_t weight, option, value; /* columns, SIZE_MAX: none */
    size_t weight_row;
    double weights; /* their sum */
} sheet;

static size_t column_like(const sheet *s, size_t from, ent_label word)
{
    for (size_t i = from; i < s->count; i++) {
        if (ent_label_is(ent_head_name(&s->r, s->used[i]), word)) {
            return s->used[i];
        }
    }
    return SIZE_MAX;
}

static size_t row_like(const sheet *s, ent_label word)
{
    for (size_t i = s->r.head + 1; i < s->r.t->rows; i++) {
        if (s->r.row[i] == ENT_PART_COUNTS &&
            ent_label_is(ent_table_cell(s->r.t, i, s->used[0])->text, word)) {
            return i;
        }
    }
    return SIZE_MAX;
}

static ent_status start(const ent_table *t, const ent_table_options *options, sheet *s)
{
    ent_status status = ent_reading_start(t, options, &s->r);
    if (status != ENT_OK) {
        return status;
    }
    s->used = ent_alloc(t->work->arena, t->columns + 1, size_t);
    s->count = ent_columns_of(&s->r, ENT_PART_COUNTS, s->used);
    if (s->count > 2 && ent_label_is(ent_head_name(&s->r, s->used[0]), ENT_WORD_INDEX)) {
        s->r.column[s->used[0]] = ENT_PART_OUT;
    }
    for (size_t i = 1; i < s->count; i++) {
        if (ent_label_is(ent_head_name(&s->r, s->used[i]), ENT_WORD_NOTE) && i + 1 == s->count &&
            s->count > 3) {
            s->r.column[s->used[i]] = ENT_PART_OUT;
        }
    }
    s->count = ent_columns_of(&s->r, ENT_PART_COUNTS, s->used);
    s->weight = column_like(s, 1, ENT_WORD_WEIGHT);
    s->option = column_like(s, 1, ENT_WORD_OPTION);
    s->value = SIZE_MAX;
    for (size_t i = s->count; i-- > 1;) {
        bool value = ent_label_is(ent_head_name(&s->r, s->used[i]), ENT_WORD_VALUE);
        s->value = s->value == SIZE_MAX && value ? s->used[i] : s->value;
    }
    s->weight_row = row_like(s, ENT_WORD_WEIGHT);
    return ENT_OK;
}

/* Number columns are utilities to the shared means of reading numbers. */
static ent_status set_numbers(sheet *s)
{
    bool list = s->option != SIZE_MAX && s->value != SIZE_MAX && s->option != s->value;
    for (size_t i = 1; i < s->count; i++) {
        size_t k = s->used[i];
        bool number = !list || k == s->value || k == s->weight;
        s->r.column[k] = number ? ENT_PART_UTILITY : ENT_PART_COUNTS;
    }
    size_t row = row_like(s, ENT_WORD_RESERVATION);
    if (row != SIZE_MAX) {
        s->r.row[row] = ENT_PART_RESERVATION;
    }
    return ent_reading_decimal(&s->r);
}

static ent_status number_in(const sheet *s, size_t row, size_t column, double *value)
{
    return ent_table_number(s->r.t, row, column, s->r.mark, ent_head_name(&s->r, column), value);
}

/* The reservation value: the only number in its row. */
static ent_status reservation(sheet *s, ent_build *b, size_t row)
{
    ent_status status = ENT_OK;
    size_t count = 0;
    for (size_t i = 1; i < s->count && status == ENT_OK; i++) {
        if (!ent_cell_is_missing(ent_table_cell(s->r.t, row, s->used[i]))) {
            status = number_in(s, row, s->used[i], &b->reservation[s->party]);
            count++;
        }
    }
    return status != ENT_OK || count == 1
               ? status
               : ent_cell_fault(s->r.t, row, 0, ENT_S130_TWO_READINGS,
                                ent_format(s->r.t->work->arena, "--skip-rows %u leaves it out",
                                           s->r.t->number[row]),
                                "the row of the reservation value holds %s",
                                ent_counted(s->r.t->work->arena, count, "numbers"));
}

/* A row of sums of weights, or without any number: no issue. */
static bool is_beside(sheet *s, size_t row)
{
    const ent_table *t = s->r.t;
    size_t numbers = 0;
    for (size_t i = 1; i < s->count; i++) {
        numbers += s->r.column[s->used[i]] == ENT_PART_UTILITY &&
                   !ent_cell_is_empty(ent_table_cell(t, row, s->used[i]));
    }
    bool total = ent_label_is(ent_table_cell(t, row, s->used[0])->text, ENT_WORD_TOTAL);
    bool option = s->option != SIZE_MAX && s->value != SIZE_MAX &&
                  !ent_cell_is_empty(ent_table_cell(t, row, s->option));
    return !option && (numbers == 0 || total);
}

static ent_status set_weight(sheet *s, ent_build *b, size_t row, size_t issue)
{
    double weight = 1;
    ent_status status = s->weight == SIZE_MAX ? ENT_OK : number_in(s, row, s->weight, &weight);
    b->issues.at[issue].weight[s->party] = weight;
    s->weights += weight;
    return status;
}

/* Issue, weight, a column for each option; an option that the issue does not have is empty. */
static ent_status read_matrix(sheet *s, ent_build *b)
{
    const ent_table *t = s->r.t;
    ent_status status = ENT_OK;
    for (size_t i = s->r.head + 1; i < t->rows && status == ENT_OK; i++) {
        const char *name = ent_table_cell(t, i, s->used[0])->text;
        if (s->r.row[i] == ENT_PART_RESERVATION) {
            status = reservation(s, b, i);
            continue;
        }
        if (s->r.row[i] == ENT_PART_COUNTS && is_beside(s, i)) {
            s->r.row[i] = ENT_PART_OUT;
        }
        if (s->r.row[i] != ENT_PART_COUNTS) {
            continue;
        }
        if (*name == '\0') {
            return ent_cell_fault(t, i, s->used[0], ENT_S131_MISSING_CELL, NULL,
                                  "the issue of these values is missing");
        }
        size_t issue = ent_build_issue(b, name);
        status = set_weight(s, b, i, issue);
        for (size_t k = 1; k < s->count && status == ENT_OK; k++) {
            size_t column = s->used[k];
            double value;
            if (column == s->weight || ent_cell_is_empty(ent_table_cell(t, i, column))) {
                continue;
            }
            status = number_in(s, i, column, &value);
            status = status != ENT_OK ? status
                                      : ent_build_value(b, t, i, column, issue,
                                                        ent_head_name(&s->r, column), s->party,
                                                        value);
        }
    }
    return status;
}

/* Issue, weight, option, value. */
static ent_status read_list(sheet *s, ent_build *b)
{
    const ent_table *t = s->r.t;
    const char *name = NULL;
    ent_status status = ENT_OK;
    for (size_t i = s->r.head + 1; i < t->rows && status == ENT_OK; i++) {
        const char *issue = ent_table_cell(t, i, s->used[0])->text;
        double value;
        if (s->r.row[i] == ENT_PART_RESERVATION) {
            status = reservation(s, b, i);
            continue;
        }
        if (s->r.row[i] == ENT_PART_COUNTS && is_beside(s, i)) {
            s->r.row[i] = ENT_PART_OUT;
        }
        if (s->r.row[i] != ENT_PART_COUNTS) {
            continue;
        }
        bool begins = *issue != '\0' && (name == NULL || strcmp(name, issue) != 0);
        name = *issue == '\0' ? name : issue;
        if (name == NULL || ent_cell_is_empty(ent_table_cell(t, i, s->option))) {
            return ent_cell_fault(t, i, name == NULL ? s->used[0] : s->option,
                                  ENT_S131_MISSING_CELL, NULL, "the %s of this value is missing",
                                  name == NULL ? "issue" : "option");
        }
        size_t at = ent_build_issue(b, name);
        status = begins ? set_weight(s, b, i, at) : ENT_OK;
        status = status == ENT_OK ? number_in(s, i, s->value, &value) : status;
        status = status != ENT_OK
                     ? status
                     : ent_build_value(b, t, i, s->option, at,
                                       ent_table_cell(t, i, s->option)->text, s->party, value);
    }
    return status;
}

/* Alternatives valued by the weighted sum of their criteria. */
static ent_status read_criteria(sheet *s, ent_build *b)
{
    const ent_table *t = s->r.t;
    double *weight = ent_alloc(t->work->arena, s->count, double);
    ent_status status = ENT_OK;
    for (size_t k = 1; k < s->count && status == ENT_OK; k++) {
        const char *name = ent_head_name(&s->r, s->used[k]);
        status = number_in(s, s->weight_row, s->used[k], &weight[k]);
        s->weights += status == ENT_OK ? weight[k] : 0;
        if (status == ENT_OK && weight[k] > 0 && ent_label_is(name, ENT_WORD_COST)) {
            return ent_cell_fault(t, s->r.head, s->used[k], ENT_S130_TWO_READINGS,
                                  "give its weight a minus sign where less is better, or name the "
                                  "column for what more of it is, `Savings`",
                                  "`%s` sounds like a cost, and its weight says that more is "
                                  "better", name);
        }
    }
    size_t issue = ent_build_issue(b, *ent_head_name(&s->r, s->used[0]) == '\0'
                                          ? "alternative"
                                          : ent_head_name(&s->r, s->used[0]));
    for (size_t i = s->r.head + 1; i < t->rows && status == ENT_OK; i++) {
        double sum = 0, value = 0;
        if (i == s->weight_row || s->r.row[i] != ENT_PART_COUNTS || is_beside(s, i)) {
            s->r.row[i] = s->r.row[i] == ENT_PART_COUNTS ? ENT_PART_OUT : s->r.row[i];
            continue;
        }
        if (*ent_table_cell(t, i, s->used[0])->text == '\0') {
            return ent_cell_fault(t, i, s->used[0], ENT_S131_MISSING_CELL, NULL,
                                  "the alternative of these values is missing");
        }
        for (size_t k = 1; k < s->count && status == ENT_OK; k++) {
            status = number_in(s, i, s->used[k], &value);
            sum += weight[k] * value;
        }
        status = status != ENT_OK
                     ? status
                     : ent_build_value(b, t, i, s->used[0], issue,
                                       ent_table_cell(t, i, s->used[0])->text, s->party, sum);
    }
    return status;
}

static ent_status read_sheet(sheet *s, const ent_table *t, const ent_table_options *options,
                             ent_build *b)
{
    ent_status status = start(t, options, s);
    if (status == ENT_OK && s->count < 2) {
        return ent_cell_fault(t, s->r.head, 0, ENT_S106_NO_PROFILE,
                              "the columns are: issue, weight, then a value for each option; or "
                              "issue, weight, option, value",
                              "a sheet of weights has more columns than this one");
    }
    status = status == ENT_OK ? set_numbers(s) : status;
    if (status != ENT_OK) {
        return status;
    }
    bool list = s->option != SIZE_MAX && s->value != SIZE_MAX && s->option != s->value;
    bool criteria = !list && s->weight == SIZE_MAX && s->weight_row != SIZE_MAX;
    if (!list && !criteria && s->weight == SIZE_MAX) {
        return ent_cell_fault(t, s->r.head, 0, ENT_S108_MISSING_PART,
                              "call it `Weight`", "a sheet of weights needs a column of weights");
    }
    status = list ? read_list(s, b) : criteria ? read_criteria(s, b) : read_matrix(s, b);
    bool weighs = status == ENT_OK && (s->weight != SIZE_MAX || criteria);
    if (weighs && !(fabs(s->weights - 1) <= 1e-9) && !(fabs(s->weights - 100) <= 1e-7)) {
        char sum[ENT_NUMBER_ROOM];
        ent_cell_odd(t, s->r.head, s->weight == SIZE_MAX ? 0 : s->weight, ENT_S204_ODD_WEIGHT,
                     NULL, "the weights of `%s` sum to %s and are taken as they stand", t->name,
                     ent_number_text(s->weights, sum));
    }
    return status;
}

static const char *words_of(const sheet *sheets, size_t count, const ent_scenario *out)
{
    ent_arena *arena = sheets[0].r.t->work->arena;
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_putf(&b, "part%s: ", count == 1 ? "y" : "ies");
    for (size_t p = 0; p < count && p < 8; p++) {
        ent_putf(&b, "%s%s", p > 0 ? ", " : "", out->parties[p]);
    }
    ent_putf(&b, "%s, a sheet of weights and values each; issue%s: ", count > 8 ? " ..." : "",
             out->issue_count == 1 ? "" : "s");
    for (uint32_t i = 0; i < out->issue_count && i < 6; i++) {
        ent_putf(&b, "%s%s", i > 0 ? ", " : "", out->issues[i].name);
    }
    ent_putf(&b, "%s; %s", out->issue_count > 6 ? " ..." : "",
             ent_counted_text(arena,
                              ent_scenario_outcomes_text(arena, out), "outcomes"));
    for (size_t p = 0; p < count; p++) {
        ent_put_left_out(&b, &sheets[p].r);
    }
    return ent_buffer_text(&b);
}

ent_status ent_read_weights(const ent_table *tables, size_t count,
                            const ent_table_options *options, ent_scenario *out)
{
    ent_work *work = tables[0].work;
    const char **names = ent_alloc(work->arena, count, const char *);
    sheet *sheets = ent_alloc(work->arena, count, sheet);
    ent_status status = ENT_OK;
    if (options->utility_count > 0 || options->reservation_row != NULL) {
        return ent_fail(work->diags, ENT_USAGE, ENT_U103_BAD_VALUE,
                        "call the row of the reservation value `BATNA`; leave others out with "
                        "--skip-rows",
                        "`--%s` does not go with --layout weights, where each sheet is a party",
                        options->utility_count > 0 ? "utilities" : "reservation-row");
    }
    ent_names taken = {0};
    for (size_t p = 0; p < count; p++) {
        names[p] = tables[p].name;
        if (ent_names_add(work->arena, &taken, names[p], (uint32_t)p) != UINT32_MAX) {
            return ent_scenario_fault(work, tables[p].text, (ent_pos){0}, ENT_S112_NAME_TWICE,
                                      "the party is called as its sheet or file",
                                      "two tables are called `%s`", names[p]);
        }
    }
    ent_build b = ent_build_start(work, (uint32_t)count, names);
    for (size_t p = 0; p < count && status == ENT_OK; p++) {
        sheets[p].party = (uint32_t)p;
        status = read_sheet(&sheets[p], &tables[p], options, &b);
    }
    status = status == ENT_OK ? ent_build_end(&b, tables, count, out) : status;
    out->read_as = status == ENT_OK ? words_of(sheets, count, out) : NULL;
    return status;
}
