/* Rows and columns of a table that only sum up the others. O(cells). */
#include "base/number.h"
#include "base/text.h"
#include "io/table_guess.h"

#include <math.h>
#include <string.h>

typedef struct sums {
    double sum, least, greatest;
    size_t count;
} sums;

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-6 + 0.005 * fmax(fabs(a), fabs(b));
}

static double number_at(const ent_reading *r, size_t row, size_t column)
{
    ent_reads reads;
    if (!ent_cell_reads(ent_table_cell(r->t, row, column), &reads)) {
        return (double)NAN;
    }
    return r->mark == ',' ? reads.comma : reads.point;
}

static void add_to(sums *s, double x)
{
    s->sum += x;
    s->least = s->count == 0 ? x : fmin(s->least, x);
    s->greatest = s->count == 0 ? x : fmax(s->greatest, x);
    s->count++;
}

/* Is the row, in all columns, one of the first kinds of: the sum, the mean, least, greatest? */
static bool sums_up(const ent_reading *r, size_t row, const sums *above, int kinds)
{
    bool fits[4] = {kinds > 0, kinds > 1, kinds > 2, kinds > 3};
    bool some = false;
    for (size_t k = 0; k < r->t->columns; k++) {
        const sums *s = &above[k];
        if (r->column[k] != ENT_PART_UTILITY || s->count == 0) {
            continue;
        }
        double x = number_at(r, row, k);
        some |= x != 0;
        fits[0] = fits[0] && near(x, s->sum);
        fits[1] = fits[1] && near(x, s->sum / (double)s->count);
        fits[2] = fits[2] && x == s->least;
        fits[3] = fits[3] && x == s->greatest;
    }
    return some && (fits[0] || fits[1] || fits[2] || fits[3]);
}

static const char *label_of(const ent_reading *r, size_t row)
{
    for (size_t k = 0; k < r->t->columns; k++) {
        const char *text = ent_table_cell(r->t, row, k)->text;
        if (r->column[k] == ENT_PART_COUNTS && *text != '\0') {
            return text;
        }
    }
    return "";
}

static ent_status check_total(ent_reading *r, size_t row, const sums *above, size_t rows,
                              bool last)
{
    const char *label = label_of(r, row);
    const char *number = ent_format(r->t->work->arena, "%u", r->t->number[row]);
    bool named = ent_label_is(label, ENT_WORD_TOTAL);
    bool begins = ent_label_begins(label, ENT_WORD_TOTAL);
    if (!named && !begins && *label != '\0' && !last) {
        return ENT_OK;
    }
    bool fits = rows > 0 && sums_up(r, row, above, named ? 4 : begins ? 2 : 1);
    if (fits && rows >= 2 && (named || begins || *label == '\0')) {
        r->row[row] = ENT_PART_OUT;
    } else if (named && !r->named) {
        return ent_cell_fault(r->t, row, 0, ENT_S130_TWO_READINGS,
                              ent_format(r->t->work->arena, "--skip-rows %s leaves it out, "
                                         "--skip-rows none counts every row", number),
                              "`%s` may be a sum or mean of the rows above, though it is not "
                              "equal to one, or an outcome of that name", label);
    } else if (named || (fits && rows >= 3 && !r->named)) {
        ent_cell_odd(r->t, row, 0, ENT_S231_ODD_TABLE,
                     ent_format(r->t->work->arena, "--skip-rows %s leaves it out", number),
                     fits ? "`%s` is the sum of the rows above and counts as an outcome"
                          : "`%s` counts as an outcome", label);
    }
    return ENT_OK;
}

ent_status ent_leave_totals(ent_reading *r)
{
    ent_status status = ENT_OK;
    size_t last = SIZE_MAX, kept = 0, rows = 0;
    sums *above = ent_alloc(r->t->work->arena, r->t->columns + 1, sums);
    for (size_t i = r->head + 1; i < r->t->rows; i++) {
        last = r->row[i] == ENT_PART_COUNTS ? i : last;
        kept += r->row[i] == ENT_PART_COUNTS;
    }
    for (size_t i = r->head + 1; i < r->t->rows && status == ENT_OK; i++) {
        if (r->row[i] != ENT_PART_COUNTS || r->options->skip_none || kept < 2) {
            continue;
        }
        status = check_total(r, i, above, rows, i == last);
        for (size_t k = 0; k < r->t->columns && r->row[i] == ENT_PART_COUNTS; k++) {
            if (r->column[k] == ENT_PART_UTILITY) {
                add_to(&above[k], number_at(r, i, k));
            }
        }
        rows += r->row[i] == ENT_PART_COUNTS;
    }
    return status;
}

/* Is the column, in all rows, the sum of the others of its kind, or their mean? */
static bool joins(const ent_reading *r, size_t column, size_t *rows, bool *ranks)
{
    bool sum = true, mean = true, product = true;
    double greatest = 0;
    *rows = 0;
    *ranks = true;
    for (size_t i = r->head + 1; i < r->t->rows; i++) {
        double own = number_at(r, i, column), others = 0, times = 1;
        size_t count = 0;
        for (size_t k = 0; k < r->t->columns && r->row[i] == ENT_PART_COUNTS; k++) {
            if (r->column[k] == ENT_PART_UTILITY && k != column) {
                others += number_at(r, i, k);
                times *= number_at(r, i, k);
                count++;
            }
        }
        if (count > 0) {
            sum = sum && near(own, others);
            mean = mean && near(own, others / (double)count);
            product = product && near(own, times);
            *ranks = *ranks && own >= 1 && own == floor(own);
            greatest = fmax(greatest, own);
            ++*rows;
        }
    }
    *ranks = *ranks && greatest <= (double)*rows;
    return sum || mean || product;
}

static ent_status check_joint(ent_reading *r, size_t column, size_t parties)
{
    const char *name = ent_head_name(r, column);
    bool joint = ent_label_is(name, ENT_WORD_JOINT), rank = ent_label_is(name, ENT_WORD_RANK);
    bool ranks = false;
    size_t rows = 0;
    bool fits = parties >= 3 && joins(r, column, &rows, &ranks);
    bool known = (joint && fits) || (rank && ranks && parties >= 3);
    if (known) {
        r->column[column] = ENT_PART_OUT;
    } else if (((joint || rank) && parties >= 2) || (fits && rows >= 3)) {
        return ent_cell_fault(r->t, r->head, column, ENT_S130_TWO_READINGS,
                              "name the columns of the parties: --utilities A,B",
                              fits ? "`%s` is the sum or mean of the other columns: it may be what "
                                     "they gain together, or a party"
                                   : "`%s` may be what the others gain together or a rank, or a "
                                     "party of that name", name);
    }
    return ENT_OK;
}

ent_status ent_leave_joint_columns(ent_reading *r)
{
    ent_status status = ENT_OK;
    size_t *list = ent_alloc(r->t->work->arena, r->t->columns + 1, size_t);
    if (r->named || r->options->utility_count > 0) {
        return ENT_OK;
    }
    for (size_t k = r->t->columns; k-- > 0 && status == ENT_OK;) {
        if (r->column[k] == ENT_PART_UTILITY) {
            status = check_joint(r, k, ent_columns_of(r, ENT_PART_UTILITY, list));
        }
    }
    return status;
}
