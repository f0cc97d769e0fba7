/* Which layout a table has, what is said of it, and where its faults lie. */
#include "io/table.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE = 500, MOST_NAMED = 8 };

const char *const ent_layout_names[ENT_LAYOUT_COUNT] = {
    [ENT_LAYOUT_OUTCOMES] = "outcomes", [ENT_LAYOUT_SCORING] = "scoring",
    [ENT_LAYOUT_WEIGHTS] = "weights", [ENT_LAYOUT_OFFERS] = "offers",
};

const ent_table_options ent_no_table_options = {.layout = ENT_LAYOUT_RECOGNISED};

const char *ent_column_letters(ent_arena *arena, size_t column)
{
    char letters[16];
    size_t at = sizeof letters - 1;
    letters[at] = '\0';
    for (size_t n = column + 1; n > 0; n = (n - 1) / 26) {
        letters[--at] = (char)('A' + (n - 1) % 26);
    }
    return ent_copy(arena, letters + at);
}

/* Where a cell of a text begins, counted from the line that its row begins in. */
static ent_pos pos_of(const ent_table *t, size_t row, const ent_cell *cell, size_t length)
{
    size_t from = ent_table_cell(t, row, 0)->offset;
    while (from > 0 && t->text->at[from - 1] != '\n') {
        from--;
    }
    return ent_pos_from(t->text, (ent_pos){t->number[row], 1, 1}, from, cell->offset, length);
}

ENT_PRINTF(7, 0)
static void tell(const ent_table *t, size_t row, size_t column, ent_severity severity,
                 ent_code code, const char *hint, const char *format, va_list list)
{
    ent_arena *arena = t->work->arena;
    char message[MESSAGE];
    const ent_cell *cell = ent_table_cell(t, row, column);
    ent_pos pos = {t->number[row], (uint32_t)column + 1, 1};
    vsnprintf(message, sizeof message, format, list);
    message[ent_utf8_valid(message, strlen(message))] = '\0'; /* a cut within a character */
    if (t->sheet == NULL) {
        size_t length = cell->text[0] == '\0' ? 1 : strlen(cell->text);
        pos = pos_of(t, row, cell, length > 40 ? 1 : length);
    }
    const char *place = t->sheet == NULL
                            ? ""
                            : ent_format(arena, "sheet `%s`, cell %s%u: ", t->sheet,
                                         ent_column_letters(arena, column), t->number[row]);
    ent_tell(t->work->diags, severity, code, t->text, pos, hint, "%s%s", place, message);
}

ent_status ent_cell_fault(const ent_table *t, size_t row, size_t column, ent_code code,
                          const char *hint, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    tell(t, row, column, ENT_ERROR, code, hint, format, list);
    va_end(list);
    return ENT_INVALID;
}

void ent_cell_odd(const ent_table *t, size_t row, size_t column, ent_code code, const char *hint,
                  const char *format, ...)
{
    va_list list;
    va_start(list, format);
    tell(t, row, column, ENT_WARNING, code, hint, format, list);
    va_end(list);
}

/* ---- What is said -------------------------------------------------------------------------- */

void ent_put_parties_read(ent_buffer *b, const ent_reading *r)
{
    ent_arena *arena = r->t->work->arena;
    size_t *list = ent_alloc(arena, r->t->columns + 1, size_t);
    size_t count = ent_columns_of(r, ENT_PART_UTILITY, list);
    if (r->t->sheet != NULL) {
        ent_putf(b, "sheet %s; ", r->t->sheet);
    }
    ent_put(b, count == 1 ? "party: " : "parties: ");
    for (size_t p = 0; p < count && p < MOST_NAMED; p++) {
        ent_putf(b, "%s%s (%s%s%s)", p > 0 ? ", " : "", ent_party_of_column(r, list[p]),
                 p == 0 ? "column " : "", ent_column_letters(arena, list[p]),
                 r->negative[list[p]] ? ", less is better" : "");
    }
    if (count > MOST_NAMED) {
        ent_putf(b, " and %zu more", count - MOST_NAMED);
    }
}

/* "1, 8, 10-12" of the rows of that part; the number of them. */
static size_t put_rows(ent_buffer *b, const ent_reading *r, ent_table_part part)
{
    size_t count = 0, ranges = 0;
    for (size_t i = 0; i < r->t->rows; i++) {
        if (r->row[i] != part) {
            continue;
        }
        size_t last = i;
        while (last + 1 < r->t->rows && r->row[last + 1] == part &&
               r->t->number[last + 1] == r->t->number[last] + 1) {
            last++;
        }
        count += last - i + 1;
        if (++ranges <= MOST_NAMED) {
            ent_putf(b, "%s%u", ranges > 1 ? ", " : "", r->t->number[i]);
            ent_put(b, last > i ? ent_format(r->t->work->arena, "-%u", r->t->number[last]) : "");
        }
        i = last;
    }
    ent_put(b, ranges > MOST_NAMED ? " ..." : "");
    return count;
}

static void put_part(ent_buffer *b, const ent_reading *r, ent_table_part part, const char *what)
{
    ent_buffer rows = ent_buffer_init(r->t->work->arena, 0);
    size_t count = put_rows(&rows, r, part);
    if (count > 0) {
        ent_putf(b, "; row%s %s %s", count == 1 ? "" : "s", ent_buffer_text(&rows), what);
    }
}

void ent_put_left_out(ent_buffer *b, const ent_reading *r)
{
    size_t *list = ent_alloc(r->t->work->arena, r->t->columns + 1, size_t);
    size_t count = ent_columns_of(r, ENT_PART_OUT, list);
    put_part(b, r, ENT_PART_RESERVATION, "holds the reservation values");
    put_part(b, r, ENT_PART_OUT, "left out");
    for (size_t k = 0; k < count && k < MOST_NAMED; k++) {
        const char *name = ent_head_name(r, list[k]);
        const char *letters = ent_column_letters(r->t->work->arena, list[k]);
        ent_put(b, k == 0 ? count == 1 ? "; column " : "; columns " : ", ");
        ent_put(b, name);
        ent_put(b, *name == '\0' ? letters : ent_format(r->t->work->arena, " (%s)", letters));
    }
    ent_put(b, count == 0 ? "" : count > MOST_NAMED ? " ... left out" : " left out");
}

/* ---- The layouts --------------------------------------------------------------------------- */

ent_status ent_refuse_offers(const ent_table *t, size_t row, size_t day, size_t by)
{
    ent_arena *arena = t->work->arena;
    const char *when = ent_table_cell(t, row, day)->text;
    const char *who = ent_table_cell(t, row, by)->text;
    return ent_cell_fault(t, row, day, ENT_S130_TWO_READINGS,
                          ent_format(arena,
                                     "`entente import` reads one; where each row is an outcome, "
                                     "say --layout outcomes --utilities A,B"),
                          "the columns `%s` and `%s` look like a log of offers, which holds "
                          "positions and no utilities", when, who);
}

static ent_status offers(const ent_table *t)
{
    return ent_scenario_fault(t->work, t->text, (ent_pos){0}, ENT_S106_NO_PROFILE,
                              "`entente import` makes a case of it, in which an empty cell is not "
                              "said",
                              "a log of offers holds positions and no utilities, so that it is no "
                              "exact scenario");
}

static ent_status one_table(ent_work *work, const ent_table *tables, size_t count)
{
    ent_buffer b = ent_buffer_init(work->arena, 0);
    if (count == 1) {
        return ENT_OK;
    }
    for (size_t i = 0; i < count && i < MOST_NAMED; i++) {
        ent_putf(&b, "%s`%s`", i > 0 ? ", " : "", tables[i].name);
    }
    return ent_scenario_fault(work, tables[0].text, (ent_pos){0}, ENT_S130_TWO_READINGS,
                              tables[0].sheet != NULL
                                  ? "--sheet NAME reads one; --layout weights takes each for the "
                                    "weights and values of a party"
                                  : "give one file; --layout weights takes each for the weights "
                                    "and values of a party",
                              "there are several tables, %s: one may be meant, or each may be a "
                              "party's", ent_buffer_text(&b));
}

ent_status ent_scenario_of_tables(ent_work *work, const ent_table *tables, size_t count,
                                  const ent_table_options *options, const char *name,
                                  const char *format, ent_scenario *out)
{
    ent_status status = ENT_OK;
    options = options == NULL ? &ent_no_table_options : options;
    *out = (ent_scenario){.name = name, .format = format};
    if (options->layout != ENT_LAYOUT_WEIGHTS) {
        status = one_table(work, tables, count);
    }
    if (status != ENT_OK) {
        return status;
    }
    switch (options->layout) {
    case ENT_LAYOUT_SCORING:
        return ent_read_scoring(tables, options, out);
    case ENT_LAYOUT_WEIGHTS:
        return ent_read_weights(tables, count, options, out);
    case ENT_LAYOUT_OFFERS:
        return offers(tables);
    case ENT_LAYOUT_RECOGNISED:
    case ENT_LAYOUT_OUTCOMES:
    case ENT_LAYOUT_COUNT:
        break;
    }
    return ent_read_outcomes(tables, options, out);
}
