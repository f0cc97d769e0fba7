/*
 * What the rows of a table are: above the head, the head, outcomes, the reservation values, sums,
 * notes. Each row that does not count is remembered with a reason, for the line that says so.
 */
#include "base/number.h"
#include "base/text.h"
#include "io/table.h"

#include <math.h>
#include <string.h>
#include <strings.h>

enum { LOOK_ROWS = 40, NOTE_LENGTH = 30 };

static size_t filled(const ent_table *t, size_t row)
{
    size_t count = 0;
    for (size_t k = 0; k < t->columns; k++) {
        count += !ent_cell_is_empty(ent_table_cell(t, row, k));
    }
    return count;
}

static bool all_words(const ent_table *t, size_t row)
{
    ent_reads reads;
    for (size_t k = 0; k < t->columns; k++) {
        const ent_cell *cell = ent_table_cell(t, row, k);
        if (!ent_cell_is_empty(cell) && ent_cell_reads(cell, &reads)) {
            return false;
        }
    }
    return true;
}

const char *ent_utility_name(ent_arena *arena, const char *head)
{
    size_t length = strlen(head);
    bool is = length >= 3 && strncmp(head, "u(", 2) == 0 && head[length - 1] == ')';
    return is ? ent_copy_text(arena, head + 2, length - 3) : NULL;
}

static bool names_utilities(const ent_table *t, size_t row)
{
    for (size_t k = 0; k < t->columns; k++) {
        const char *text = ent_table_cell(t, row, k)->text;
        size_t length = strlen(text);
        if (length >= 3 && strncmp(text, "u(", 2) == 0 && text[length - 1] == ')') {
            return true;
        }
    }
    return false;
}

/*
 * The head: the first row that names utilities, else the first of words alone as wide as the table,
 * or but one cell, else the first with two cells.
 */
static size_t find_head(const ent_reading *r)
{
    const ent_table *t = r->t;
    size_t wide = 0, best = SIZE_MAX, nearly = SIZE_MAX, some = SIZE_MAX, any = SIZE_MAX;
    for (size_t i = 0; i < t->rows; i++) {
        size_t count = r->row[i] == ENT_PART_OUT ? 0 : filled(t, i);
        wide = count > wide ? count : wide;
    }
    for (size_t i = 0; i < t->rows && i < LOOK_ROWS; i++) {
        size_t count = r->row[i] == ENT_PART_OUT ? 0 : filled(t, i);
        bool enough = count >= 2 || (count == 1 && wide == 1);
        if (count >= 1 && names_utilities(t, i)) {
            return i;
        }
        any = any == SIZE_MAX && count > 0 ? i : any;
        some = some == SIZE_MAX && enough ? i : some;
        if (enough && all_words(t, i)) {
            best = best == SIZE_MAX && count == wide ? i : best;
            nearly = nearly == SIZE_MAX && count + 1 >= wide ? i : nearly;
        }
    }
    return best != SIZE_MAX ? best : nearly != SIZE_MAX ? nearly : some != SIZE_MAX ? some : any;
}

static ent_status skip_asked(ent_reading *r)
{
    const ent_table *t = r->t;
    uint32_t last = t->rows > 0 ? t->number[t->rows - 1] : 0;
    for (size_t k = 0; k < r->options->skip_count; k++) {
        ent_row_range range = r->options->skip[k];
        if (range.first > last) {
            return ent_fail(t->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                            "`--skip-rows` names row %u, and `%s` ends with row %u", range.first,
                            t->name, last);
        }
        for (size_t i = 0; i < t->rows; i++) {
            if (t->number[i] >= range.first && t->number[i] <= range.last) {
                r->row[i] = ENT_PART_OUT;
            }
        }
    }
    return ENT_OK;
}

static void mark_columns(ent_reading *r)
{
    const ent_table *t = r->t;
    for (size_t k = 0; k < t->columns; k++) {
        bool empty = true;
        for (size_t i = r->head; i < t->rows && empty; i++) {
            empty = r->row[i] == ENT_PART_OUT || ent_cell_is_empty(ent_table_cell(t, i, k));
        }
        r->column[k] = empty ? ENT_PART_BLANK : ENT_PART_COUNTS;
    }
}

/* A cell of a row with others under no name: nothing may vanish, and nothing can be made of it. */
static ent_status check_unnamed(const ent_reading *r)
{
    const ent_table *t = r->t;
    for (size_t k = 1; k < t->columns; k++) {
        bool unnamed = r->column[k] != ENT_PART_BLANK && *ent_head_name(r, k) == '\0';
        for (size_t i = r->head + 1; i < t->rows && unnamed; i++) {
            const ent_cell *cell = ent_table_cell(t, i, k);
            if (r->row[i] == ENT_PART_COUNTS && !ent_cell_is_empty(cell) && filled(t, i) > 1) {
                return ent_cell_fault(t, i, k, ENT_S101_BAD_SCENARIO,
                                      ent_format(t->work->arena,
                                                 "name the column in row %u; call it `Notes` "
                                                 "where it is to be left out", t->number[r->head]),
                                      "`%.60s` stands in a column without a name", cell->text);
            }
        }
    }
    return ENT_OK;
}

ent_status ent_reading_start(const ent_table *t, const ent_table_options *options, ent_reading *r)
{
    ent_arena *arena = t->work->arena;
    *r = (ent_reading){.t = t, .options = options, .mark = '.',
                       .row = ent_alloc(arena, t->rows + 1, ent_table_part),
                       .column = ent_alloc(arena, t->columns + 1, ent_table_part),
                       .negative = ent_alloc(arena, t->columns + 1, bool)};
    ent_status status = skip_asked(r);
    if (status != ENT_OK) {
        return status;
    }
    r->head = find_head(r);
    if (r->head == SIZE_MAX || r->head + 1 >= t->rows) {
        size_t last = t->rows - 1;
        return ent_cell_fault(t, r->head == SIZE_MAX ? last : r->head, 0, ENT_S101_BAD_SCENARIO,
                              NULL, "the table has no rows below the one that names the columns");
    }
    size_t rows = 0;
    for (size_t i = 0; i < t->rows; i++) {
        if (r->row[i] != ENT_PART_OUT) {
            r->row[i] = filled(t, i) == 0 ? ENT_PART_BLANK
                        : i < r->head     ? ENT_PART_OUT
                                          : ENT_PART_COUNTS;
        }
        rows += ent_row_counts(r, i);
    }
    mark_columns(r);
    return rows > 0 ? check_unnamed(r)
                    : ent_cell_fault(t, r->head, 0, ENT_S101_BAD_SCENARIO, NULL,
                                     "no row below the one that names the columns counts");
}

/* ---- Utilities that are named -------------------------------------------------------------- */

const char *ent_party_of_column(const ent_reading *r, size_t column)
{
    const char *head = ent_head_name(r, column);
    const char *name = ent_utility_name(r->t->work->arena, head);
    return name == NULL ? head : name;
}

static size_t column_of(const ent_reading *r, const char *name)
{
    for (int pass = 0; pass < 3; pass++) {
        for (size_t k = 0; k < r->t->columns; k++) {
            const char *letters = ent_column_letters(r->t->work->arena, k);
            bool counts = r->column[k] != ENT_PART_BLANK;
            if (counts && (pass == 0   ? strcmp(ent_party_of_column(r, k), name) == 0 ||
                                           strcmp(ent_head_name(r, k), name) == 0
                           : pass == 1 ? strcasecmp(ent_party_of_column(r, k), name) == 0
                                       : strcmp(letters, name) == 0)) {
                return k;
            }
        }
    }
    return SIZE_MAX;
}

static ent_status no_column(const ent_reading *r, const char *name)
{
    ent_buffer b = ent_buffer_init(r->t->work->arena, 0);
    for (size_t k = 0; k < r->t->columns && b.length < 200; k++) {
        if (r->column[k] != ENT_PART_BLANK) {
            ent_putf(&b, "%s%s", b.length > 0 ? ", " : "the columns are ", ent_head_name(r, k));
        }
    }
    return ent_fail(r->t->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, ent_buffer_text(&b),
                    "`--utilities` names `%s`, and `%s` has no such column", name, r->t->name);
}

static ent_status take_asked(ent_reading *r)
{
    for (size_t i = 0; i < r->options->utility_count; i++) {
        const char *name = r->options->utilities[i];
        size_t k = column_of(r, name);
        bool negative = k == SIZE_MAX && *name == '-';
        k = negative ? column_of(r, name + 1) : k;
        if (k == SIZE_MAX) {
            return no_column(r, name);
        }
        r->column[k] = ENT_PART_UTILITY;
        r->negative[k] = negative;
    }
    return ENT_OK;
}

/* What is beside the named utilities and says by its name that it is no issue. */
static void leave_columns(ent_reading *r)
{
    static const ent_label words[] = {ENT_WORD_JOINT, ENT_WORD_RANK, ENT_WORD_NOTE};
    for (size_t k = 1; k < r->t->columns; k++) {
        for (size_t w = 0; w < 3 && r->column[k] == ENT_PART_COUNTS; w++) {
            if (ent_label_is(ent_head_name(r, k), words[w])) {
                r->column[k] = ENT_PART_OUT;
            }
        }
    }
}

ent_status ent_named_utilities(ent_reading *r, bool *named)
{
    const ent_table *t = r->t;
    *named = r->options->utility_count > 0;
    if (*named) {
        ent_status status = take_asked(r);
        leave_columns(r);
        return status;
    }
    for (size_t k = 0; k < t->columns; k++) {
        if (r->column[k] == ENT_PART_COUNTS &&
            ent_utility_name(t->work->arena, ent_head_name(r, k)) != NULL) {
            r->column[k] = ENT_PART_UTILITY;
            *named = true;
        } else if (*named && r->column[k] == ENT_PART_COUNTS) {
            if (!ent_label_is(ent_head_name(r, k), ENT_WORD_NOTE)) {
                return ent_cell_fault(t, r->head, k, ENT_S101_BAD_SCENARIO, NULL,
                                      "issues come first, then utilities");
            }
            r->column[k] = ENT_PART_OUT;
        }
    }
    r->named = *named;
    return ENT_OK;
}

size_t ent_columns_of(const ent_reading *r, ent_table_part part, size_t *list)
{
    size_t count = 0;
    for (size_t k = 0; k < r->t->columns; k++) {
        if (r->column[k] == part) {
            list[count++] = k;
        }
    }
    return count;
}

ent_status ent_check_table_parties(const ent_reading *r)
{
    ent_names names = {0};
    ent_reads reads;
    bool asked = r->named || r->options->utility_count > 0;
    for (size_t k = 0; k < r->t->columns; k++) {
        const char *name = ent_party_of_column(r, k);
        if (r->column[k] != ENT_PART_UTILITY) {
            continue;
        }
        if (!asked && (*name == '\0' || ent_cell_reads(ent_table_cell(r->t, r->head, k), &reads))) {
            return ent_cell_fault(r->t, r->head, k, ENT_S106_NO_PROFILE,
                                  "put a row above the numbers that names the columns",
                                  *name == '\0' ? "this column of numbers has no name"
                                                : "the first row should name the columns, and "
                                                  "this is the number `%s`", name);
        }
        if (ent_names_add(r->t->work->arena, &names, name, (uint32_t)k) != UINT32_MAX) {
            return ent_cell_fault(r->t, r->head, k, ENT_S112_NAME_TWICE, NULL,
                                  "two parties are called `%s`", name);
        }
    }
    return ENT_OK;
}

/* ---- Rows ---------------------------------------------------------------------------------- */

typedef struct look {
    const char *label; /* the first cell that is no utility, "" if there is none */
    size_t labels, values; /* cells that are filled: no utilities, and utilities */
    size_t issues;
} look;

static look look_at(const ent_reading *r, size_t row)
{
    look l = {.label = ""};
    for (size_t k = 0; k < r->t->columns; k++) {
        const ent_cell *cell = ent_table_cell(r->t, row, k);
        bool empty = ent_cell_is_empty(cell);
        l.values += r->column[k] == ENT_PART_UTILITY && !empty;
        l.issues += r->column[k] == ENT_PART_COUNTS;
        if (r->column[k] == ENT_PART_COUNTS && !empty) {
            l.label = l.labels++ == 0 ? cell->text : l.label;
        }
    }
    return l;
}

/* Is it the row that --reservation-row names, by number or label? */
static bool asked_reservation(const ent_reading *r, size_t row, const look *l)
{
    const char *asked = r->options->reservation_row;
    uint64_t number;
    if (asked == NULL) {
        return ent_label_is(l->label, ENT_WORD_RESERVATION) && l->values > 0 &&
               (l->labels == 1 || l->labels < l->issues);
    }
    return ent_parse_count(asked, strlen(asked), UINT32_MAX, &number)
               ? number == r->t->number[row]
               : strcasecmp(asked, l->label) == 0;
}

/* Does a text below the outcomes read as a note: behind a gap, long, or marked as one? */
static bool is_note(const ent_reading *r, size_t row, const char *text)
{
    const ent_table *t = r->t;
    bool gap = row > 0 && (t->number[row] > t->number[row - 1] + 1 ||
                           r->row[row - 1] == ENT_PART_BLANK || r->row[row - 1] == ENT_PART_OUT);
    return gap || strlen(text) > NOTE_LENGTH || strchr(text, ':') != NULL ||
           strchr("*(", *text) != NULL || ent_label_begins(text, ENT_WORD_NOTE);
}

/* A row without a single utility: a note, or a question. */
static ent_status without_values(ent_reading *r, size_t row, const look *l, bool below)
{
    const char *text = l->label;
    for (size_t k = 0; *text == '\0' && k < r->t->columns; k++) {
        text = ent_table_cell(r->t, row, k)->text;
    }
    if (below && is_note(r, row, text)) {
        r->row[row] = ENT_PART_OUT;
        return ENT_OK;
    }
    return ent_cell_fault(r->t, row, 0, ENT_S131_MISSING_CELL,
                          ent_format(r->t->work->arena,
                                     "--skip-rows %u leaves the row out; otherwise write its "
                                     "values: missing is never zero", r->t->number[row]),
                          "the row `%.60s` has no number: it is a heading or a note, or the "
                          "utilities of an outcome are missing", text);
}

ent_status ent_weight_row(const ent_reading *r, size_t row)
{
    if (r->options->layout == ENT_LAYOUT_OUTCOMES) {
        r->row[row] = ENT_PART_OUT;
        return ENT_OK;
    }
    return ent_cell_fault(
        r->t, row, 0, ENT_S130_TWO_READINGS,
        ent_format(r->t->work->arena, "--layout weights, or --skip-rows %u", r->t->number[row]),
        "this row holds weights: either the columns are criteria of one party, whose value is "
        "their weighted sum, or they are parties, and the row is no outcome");
}

ent_status ent_sort_rows(ent_reading *r)
{
    const ent_table *t = r->t;
    ent_status status = ENT_OK;
    bool below = true, reserved = false;
    const char *asked = r->options->reservation_row;
    bool none = asked != NULL && strcmp(asked, "none") == 0;
    for (size_t i = t->rows; i-- > r->head + 1 && status == ENT_OK;) {
        look l = look_at(r, i);
        if (r->row[i] != ENT_PART_COUNTS) {
            continue;
        }
        if (!none && asked_reservation(r, i, &l)) {
            if (reserved) {
                return ent_cell_fault(t, i, 0, ENT_S130_TWO_READINGS,
                                      "name one by its number: --reservation-row N; --skip-rows N "
                                      "leaves the other out",
                                      "two rows may hold the reservation values");
            }
            r->row[i] = ENT_PART_RESERVATION;
            reserved = true;
        } else if (l.values == 0) {
            status = without_values(r, i, &l, below);
        } else if (!r->options->skip_none && !r->named && ent_label_is(l.label, ENT_WORD_WEIGHT)) {
            status = ent_weight_row(r, i);
        } else {
            below = false;
        }
    }
    if (status == ENT_OK && asked != NULL && !none && !reserved) {
        return ent_fail(t->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                        "`--reservation-row` names `%s`, and `%s` has no such row", asked,
                        t->name);
    }
    return status;
}

/* ---- Numbers ------------------------------------------------------------------------------- */

/* Of one column some cells are shares and others not, or in different money. */
static ent_status mixed_column(const ent_reading *r, size_t column)
{
    ent_reads first, other;
    size_t from = SIZE_MAX;
    for (size_t i = r->head + 1; i < r->t->rows; i++) {
        bool counts = r->row[i] == ENT_PART_COUNTS || r->row[i] == ENT_PART_RESERVATION;
        if (ent_table_stops(r->t, i)) {
            return ENT_CANCELLED;
        }
        if (!counts || !ent_cell_reads(ent_table_cell(r->t, i, column), &other) ||
            other.point == 0) {
            continue;
        }
        if (from == SIZE_MAX) {
            from = i;
            first = other;
        }
        if (first.percent != other.percent || first.currency != other.currency) {
            return ent_cell_fault(r->t, i, column, ENT_S109_BAD_NUMBER,
                                  "write all numbers of a column in one unit",
                                  "`%s` stands below `%s`: one of them has a unit that the other "
                                  "has not", ent_table_cell(r->t, i, column)->text,
                                  ent_table_cell(r->t, from, column)->text);
        }
    }
    return ENT_OK;
}

ent_status ent_reading_decimal(ent_reading *r)
{
    ent_arena *arena = r->t->work->arena;
    size_t *columns = ent_alloc(arena, r->t->columns + 1, size_t);
    size_t count = ent_columns_of(r, ENT_PART_UTILITY, columns);
    bool *counts = ent_alloc(arena, r->t->rows + 1, bool);
    for (size_t i = r->head + 1; i < r->t->rows; i++) {
        counts[i] = r->row[i] == ENT_PART_COUNTS || r->row[i] == ENT_PART_RESERVATION;
    }
    ent_status status =
        ent_table_decimal(r->t, counts, columns, count, r->options->decimal, &r->mark);
    for (size_t k = 0; k < count && status == ENT_OK; k++) {
        status = mixed_column(r, columns[k]);
    }
    return status;
}

ent_status ent_reservations(const ent_reading *r, double *reservation)
{
    size_t *columns = ent_alloc(r->t->work->arena, r->t->columns + 1, size_t);
    size_t count = ent_columns_of(r, ENT_PART_UTILITY, columns);
    ent_status status = ENT_OK;
    for (size_t k = 0; k < count; k++) {
        reservation[k] = -(double)INFINITY;
    }
    for (size_t i = r->head + 1; i < r->t->rows; i++) {
        for (size_t k = 0; k < count && r->row[i] == ENT_PART_RESERVATION; k++) {
            const ent_cell *cell = ent_table_cell(r->t, i, columns[k]);
            if (!ent_cell_is_missing(cell) && status == ENT_OK) {
                status = ent_table_number(r->t, i, columns[k], r->mark,
                                          ent_party_of_column(r, columns[k]), &reservation[k]);
                reservation[k] *= r->negative[columns[k]] ? -1 : 1;
            }
        }
    }
    return status;
}
