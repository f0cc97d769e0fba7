/*
 * Numbers as people of any country see them in a cell: 2,500.5 and 2.500,5 and 2 500,5 and 2'500.5,
 * 10 %, (1,250), -3 with a true minus sign, a currency. What a point or a comma means is decided
 * once for a table, from all its cells, never from one.
 */
#include "base/number.h"
#include "io/scenario_format.h"
#include "io/table.h"

#include <math.h>
#include <string.h>

enum { LONGEST = 60 };

typedef struct body {
    char text[LONGEST]; /* digits, points, commas, an exponent; `'` for any other group sign */
    size_t length;
    bool negative, percent;
    char currency;
} body;

/* Signs that group digits and are neither point nor comma. */
static const char *const group_signs[] = {" ", "'", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89",
                                          "\xE2\x80\x99"};
/* The euro is told by its last byte. */
static const char *const currencies[] = {"$", "\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5", "EUR",
                                         "USD", "CHF", "GBP"};

static bool skip(const char **at, const char *word)
{
    size_t length = strlen(word);
    bool there = strncmp(*at, word, length) == 0;
    *at += there ? length : 0;
    return there;
}

static bool skip_blank(const char **at)
{
    return skip(at, " ") || skip(at, "\xC2\xA0") || skip(at, "\xE2\x80\xAF");
}

static bool skip_currency(const char **at, char *currency)
{
    for (size_t k = 0; k < sizeof currencies / sizeof *currencies; k++) {
        if (skip(at, currencies[k])) {
            bool twice = *currency != '\0';
            *currency = (char)('A' + k);
            return !twice;
        }
    }
    return false;
}

/* Sign, bracket and currency before the digits; false where they contradict each other. */
static void skip_front(const char **at, body *b, bool *bracket)
{
    while (skip_blank(at)) {
    }
    *bracket = skip(at, "(");
    for (bool more = true; more;) {
        more = skip_blank(at);
        if (!b->negative && (skip(at, "-") || skip(at, "\xE2\x88\x92"))) {
            b->negative = more = true;
        } else if (b->currency == '\0' && skip_currency(at, &b->currency)) {
            more = true;
        }
    }
    (void)(!b->negative && skip(at, "+"));
}

/* Digits and what stands between them, up to something else. */
static bool take_digits(const char **at, body *b)
{
    while (**at != '\0' && b->length + 1 < LONGEST) {
        char c = **at;
        bool digit = c >= '0' && c <= '9';
        bool power = (c == 'e' || c == 'E') && b->length > 0 && strchr(b->text, 'e') == NULL;
        const char *behind = *at;
        if (digit || c == '.' || c == ',' || power) {
            b->text[b->length++] = power ? 'e' : c;
            ++*at;
            if (power && (**at == '-' || **at == '+')) {
                b->text[b->length++] = *(*at)++;
            }
            continue;
        }
        bool group = false;
        for (size_t k = 0; k < sizeof group_signs / sizeof *group_signs && !group; k++) {
            group = skip(&behind, group_signs[k]);
        }
        if (!group || *behind < '0' || *behind > '9' || b->length == 0) {
            break;
        }
        b->text[b->length++] = '\'';
        *at = behind;
    }
    b->text[b->length] = '\0';
    return b->length > 0;
}

static bool take_body(const char *text, body *b)
{
    bool bracket = false;
    *b = (body){.length = 0};
    skip_front(&text, b, &bracket);
    if (!take_digits(&text, b)) {
        return false;
    }
    for (bool more = true; more;) {
        more = skip_blank(&text);
        if (!b->percent && skip(&text, "%")) {
            b->percent = more = true;
        } else if (b->currency == '\0' && skip_currency(&text, &b->currency)) {
            more = true;
        }
    }
    if (bracket && (b->negative || !skip(&text, ")"))) {
        return false;
    }
    b->negative |= bracket;
    return *text == '\0';
}

static size_t digits_at(const char *at)
{
    size_t count = 0;
    while (at[count] >= '0' && at[count] <= '9') {
        count++;
    }
    return count;
}

/*
 * The whole part without its groups: one kind of sign between groups of three behind one to three
 * digits of which the first is no 0. NULL where it is none.
 */
static const char *take_whole(const char *at, char decimal, char *out, size_t *length)
{
    size_t count = digits_at(at);
    char sign = at[count];
    bool groups = count > 0 && sign != '\0' && sign != 'e' && sign != decimal;
    if (groups && (count > 3 || *at == '0')) {
        return NULL;
    }
    memcpy(out + *length, at, count);
    *length += count;
    at += count;
    while (groups && *at == sign) {
        if (digits_at(at + 1) != 3) {
            return NULL;
        }
        memcpy(out + *length, at + 1, 3);
        *length += 3;
        at += 4;
    }
    return groups && *at == 'e' ? NULL : at;
}

/* The body's value where `decimal` parts the fraction. */
static bool value_of(const body *b, char decimal, double *value)
{
    char plain[LONGEST + 8];
    size_t length = 0;
    if (b->negative) {
        plain[length++] = '-';
    }
    const char *at = take_whole(b->text, decimal, plain, &length);
    if (at == NULL) {
        return false;
    }
    if (*at == decimal) {
        size_t count = digits_at(at + 1);
        if (count == 0 && decimal == ',') {
            return false;
        }
        plain[length++] = '.';
        memcpy(plain + length, at + 1, count);
        length += count;
        at += count + 1;
    }
    if (b->percent && *at == '\0') {
        memcpy(plain + length, "e-2", 3);
        length += 3;
    } else if (*at == 'e' && !b->percent) {
        size_t rest = strlen(at);
        memcpy(plain + length, at, rest);
        length += rest;
    } else if (*at != '\0') {
        return false;
    }
    return ent_parse_number(plain, length, value);
}

bool ent_cell_reads(const ent_cell *cell, ent_reads *reads)
{
    *reads = (ent_reads){.as_point = false};
    size_t length = strlen(cell->text);
    if (cell->kind != ENT_CELL_TEXT) {
        bool number = cell->kind == ENT_CELL_NUMBER &&
                      ent_parse_number(cell->text, length, &reads->point);
        reads->as_point = reads->as_comma = number;
        reads->comma = reads->point;
        return number;
    }
    if (strpbrk(cell->text, ".,") == NULL && ent_parse_number(cell->text, length, &reads->point)) {
        reads->as_point = reads->as_comma = true;
        reads->comma = reads->point;
        return true;
    }
    body b;
    if (!take_body(cell->text, &b)) { /* exact digits beyond what a cell shows */
        reads->as_point = ent_parse_number(cell->text, length, &reads->point);
        return reads->as_point;
    }
    reads->as_point = value_of(&b, '.', &reads->point);
    reads->as_comma = value_of(&b, ',', &reads->comma);
    reads->percent = b.percent;
    reads->currency = b.currency;
    return reads->as_point || reads->as_comma;
}

/* ---- What decides -------------------------------------------------------------------------- */

typedef struct evidence {
    size_t row[3], column[3]; /* of the first that is sure of a point, of a comma, of neither */
    bool found[3];
} evidence;

static void weigh(const ent_table *t, size_t row, size_t column, evidence *e)
{
    ent_reads reads;
    if (!ent_cell_reads(ent_table_cell(t, row, column), &reads)) {
        return;
    }
    bool both = reads.as_point && reads.as_comma;
    if (both && reads.point == reads.comma) {
        return;
    }
    int kind = both ? 2 : reads.as_point ? 0 : 1;
    if (!e->found[kind]) {
        e->found[kind] = true;
        e->row[kind] = row;
        e->column[kind] = column;
    }
}

static ent_status ask_mark(const ent_table *t, const evidence *e)
{
    const ent_cell *cell = ent_table_cell(t, e->row[2], e->column[2]);
    char whole[ENT_NUMBER_ROOM], part[ENT_NUMBER_ROOM];
    ent_reads reads;
    (void)ent_cell_reads(cell, &reads);
    double great = fabs(reads.point) > fabs(reads.comma) ? reads.point : reads.comma;
    double small = fabs(reads.point) > fabs(reads.comma) ? reads.comma : reads.point;
    return ent_cell_fault(t, e->row[2], e->column[2], ENT_S130_TWO_READINGS,
                          "say --decimal comma or --decimal point",
                          "`%s` is %s or %s: the %s may group thousands or part the decimals, and "
                          "no other number in the table decides",
                          cell->text, ent_number_text(great, whole), ent_number_text(small, part),
                          strchr(cell->text, '.') != NULL ? "point" : "comma");
}

ent_status ent_table_decimal(const ent_table *t, const bool *counts, const size_t *columns,
                             size_t column_count, char asked, char *mark)
{
    evidence e = {.found = {false}};
    *mark = asked == '\0' ? '.' : asked;
    if (asked != '\0') {
        return ENT_OK;
    }
    for (size_t r = 0; r < t->rows; r++) {
        if (ent_table_stops(t, r)) {
            return ENT_CANCELLED;
        }
        for (size_t k = 0; k < column_count && counts[r]; k++) {
            weigh(t, r, columns[k], &e);
        }
    }
    if (e.found[0] && e.found[1]) {
        return ent_cell_fault(t, e.row[1], e.column[1], ENT_S130_TWO_READINGS,
                              "write all numbers in one form, or say --decimal comma or point",
                              "`%s` has a decimal comma, and `%s` in row %u a decimal point",
                              ent_table_cell(t, e.row[1], e.column[1])->text,
                              ent_table_cell(t, e.row[0], e.column[0])->text,
                              t->number[e.row[0]]);
    }
    *mark = e.found[1] ? ',' : '.';
    return e.found[2] && !e.found[0] && !e.found[1] ? ask_mark(t, &e) : ENT_OK;
}

ent_status ent_table_number(const ent_table *t, size_t row, size_t column, char mark,
                            const char *name, double *value)
{
    const ent_cell *cell = ent_table_cell(t, row, column);
    ent_reads reads;
    bool some = ent_cell_reads(cell, &reads);
    *value = mark == ',' ? reads.comma : reads.point;
    if (mark == ',' ? reads.as_comma : reads.as_point) {
        return !ent_is_too_large(*value)
                   ? ENT_OK
                   : ent_cell_fault(t, row, column, ENT_S104_TOO_MUCH, NULL,
                                    "a number of `%s` is beyond 1e100 in size", name);
    }
    if (ent_cell_is_missing(cell)) {
        return ent_cell_fault(t, row, column, ENT_S131_MISSING_CELL,
                              "missing is never zero: write the value, or leave the row out with "
                              "--skip-rows",
                              ent_cell_is_empty(cell) ? "a number of `%s` is missing: the cell is "
                                                        "empty"
                                                      : "a number of `%s` is missing: the cell "
                                                        "says `%s`",
                              name, cell->text);
    }
    return ent_cell_fault(t, row, column, ENT_S109_BAD_NUMBER,
                          some ? "--decimal says which of point and comma parts the decimals"
                               : NULL,
                          "a utility should be a number, not `%s`", cell->text);
}
