/*
 * Tables as spreadsheets write them: a grid of cells from a text file (io/table_text.c) or a sheet
 * of a workbook (io/xlsx.c, io/ods.c), and what the grid means (io/table.c). Nothing is guessed
 * without a word: what was recognised is said in ent_scenario.read_as, and where two readings fit
 * the table is refused with both spelled out. docs/methods/formats.md says the rules.
 */
#ifndef ENT_IO_TABLE_H
#define ENT_IO_TABLE_H

#include "base/text.h"
#include "io/scenario_format.h"
#include "io/table_options.h"

typedef enum ent_cell_kind {
    ENT_CELL_TEXT,   /* as it was typed or shown; may be a number in any country's form */
    ENT_CELL_NUMBER, /* a number of a workbook, in the C locale */
    ENT_CELL_DATE,   /* a date of a workbook, in ISO 8601 */
    ENT_CELL_ERROR,  /* a formula's error, as the workbook shows it */
} ent_cell_kind;

typedef struct ent_cell {
    const char *text; /* tidied; "" where there is none */
    size_t offset;    /* text file: where it begins */
    ent_cell_kind kind;
    bool covered; /* workbook: by a merged cell, whose text stands here too */
} ent_cell;

typedef struct ent_table {
    ent_work *work;
    const ent_text *text;   /* the file; of a workbook its name alone, at is NULL */
    const char *sheet;      /* of a workbook; NULL: a text file */
    const char *name;       /* for people: the sheet's, or the file's without ending */
    const ent_cell *cells;  /* [rows][columns] */
    const uint32_t *number; /* [rows] as people count: the line, or the sheet's row */
    size_t rows, columns;
} ent_table;

enum { ENT_TABLE_CELLS = 4000000, ENT_TABLE_COLUMNS = 4096 };

static inline const ent_cell *ent_table_cell(const ent_table *t, size_t row, size_t column)
{
    return &t->cells[row * t->columns + column];
}

static inline bool ent_cell_is_empty(const ent_cell *cell)
{
    return *cell->text == '\0';
}

/* Asked at each row of a loop: should the work stop? Looks at every 4096th. */
static inline bool ent_table_stops(const ent_table *t, size_t row)
{
    return (row & 0xFFF) == 0xFFF && ent_stopped(t->work);
}

/* Tell an error at a cell, in a workbook with sheet and address; returns ENT_INVALID. */
ent_status ent_cell_fault(const ent_table *t, size_t row, size_t column, ent_code code,
                          const char *hint, const char *format, ...) ENT_PRINTF(6, 7);
/* Tell a warning at a cell. */
void ent_cell_odd(const ent_table *t, size_t row, size_t column, ent_code code, const char *hint,
                  const char *format, ...) ENT_PRINTF(6, 7);
/* "A", "Z", "AA": a column as spreadsheets name it. */
const char *ent_column_letters(ent_arena *arena, size_t column);

/* ---- Text files (io/table_text.c) ---------------------------------------------------------- */

/* The text as UTF-8 without a byte order mark, under its name; S230 where it was guessed. */
ent_status ent_decode_text(ent_work *work, const ent_text *text, ent_text *out);
/*
 * Comma, semicolon or tab separated text (RFC 4180) as a grid. UTF-8, UTF-16 with a byte order mark
 * and, with a warning, Windows-1252; `sep=;` in the first line is obeyed. O(bytes).
 */
ent_status ent_read_text_table(ent_work *work, const ent_text *text, const char *name,
                               ent_table *out);

/* ---- Words (io/table_words.c) -------------------------------------------------------------- */

typedef enum ent_label {
    ENT_WORD_TOTAL,       /* a row of sums, means, greatest or least values */
    ENT_WORD_RESERVATION, /* a row of what no agreement is worth */
    ENT_WORD_WEIGHT,
    ENT_WORD_JOINT, /* a column of what all get together */
    ENT_WORD_RANK,
    ENT_WORD_INDEX,
    ENT_WORD_NOTE,
    ENT_WORD_COST,
    ENT_WORD_TIME,
    ENT_WORD_SPEAKER,
    ENT_WORD_ISSUE,
    ENT_WORD_OPTION,
    ENT_WORD_VALUE,
} ent_label;

/* Is the label one of the words of that meaning, in English, German, French or Spanish? */
bool ent_label_is(const char *label, ent_label word);
/* Does it begin with one? */
bool ent_label_begins(const char *label, ent_label word);
/* Does the cell stand for a missing value: empty, `-`, `n/a`, `NaN`, `?`, `#N/A` ...? */
bool ent_cell_is_missing(const ent_cell *cell);

/* ---- Numbers (io/table_numbers.c) ---------------------------------------------------------- */

/* What a text is as a number when the decimal mark is a point, and when it is a comma. */
typedef struct ent_reads {
    bool as_point, as_comma; /* is it one? */
    double point, comma;
    bool percent;
    char currency; /* '\0': none; otherwise a letter for each currency */
} ent_reads;

/* How a cell reads; "10%" is 0.1, groups of three are joined. False: no number either way. */
bool ent_cell_reads(const ent_cell *cell, ent_reads *reads);

/*
 * The decimal mark of these columns in the rows with counts[row]: asked for, or what all cells
 * allow. S130 at the first cell that reads in two ways where no other decides, and where two
 * disagree.
 */
ent_status ent_table_decimal(const ent_table *t, const bool *counts, const size_t *columns,
                             size_t column_count, char asked, char *mark);
/* The cell as a number, or an error that says what it is instead; `column` is the head's name. */
ent_status ent_table_number(const ent_table *t, size_t row, size_t column, char mark,
                            const char *name, double *value);

/* ---- Meaning ------------------------------------------------------------------------------- */

/* What a row or a column is taken for. */
typedef enum ent_table_part {
    ENT_PART_COUNTS, /* row: an outcome, an option; column: an issue */
    ENT_PART_UTILITY, /* column */
    ENT_PART_RESERVATION, /* row */
    ENT_PART_BLANK,
    ENT_PART_OUT, /* left out, and said so */
} ent_table_part;

/* A reading of one table in the making. */
typedef struct ent_reading {
    const ent_table *t;
    const ent_table_options *options;
    size_t head;        /* the row of names */
    ent_table_part *row;      /* [rows] */
    ent_table_part *column;   /* [columns] */
    bool *negative;     /* [columns] of utilities: less is better */
    char mark;          /* decimal */
    bool named;         /* the table itself says which columns are utilities */
} ent_reading;

/* Is the row one of what counts? */
static inline bool ent_row_counts(const ent_reading *r, size_t row)
{
    return row > r->head && r->row[row] == ENT_PART_COUNTS;
}

/* The name in the head, "" where there is none. */
static inline const char *ent_head_name(const ent_reading *r, size_t column)
{
    return ent_table_cell(r->t, r->head, column)->text;
}

/* NAME of a head `u(NAME)`, or NULL. */
const char *ent_utility_name(ent_arena *arena, const char *head);
/* A party's name by its column: NAME of `u(NAME)`, or the head. */
const char *ent_party_of_column(const ent_reading *r, size_t column);

/* Find the head and what stands above it, blank rows and columns, rows that are to be skipped. */
ent_status ent_reading_start(const ent_table *t, const ent_table_options *options,
                             ent_reading *r);
/* Utilities by u(NAME) or --utilities; *named says whether either was there. */
ent_status ent_named_utilities(ent_reading *r, bool *named);
/* Each party has a name of its own, and no number where nobody asked for one; S106, S112. */
ent_status ent_check_table_parties(const ent_reading *r);
/* Notes below, totals, reservation rows, of a table whose utilities are known. */
ent_status ent_sort_rows(ent_reading *r);
/* A row that holds weights: left out where outcomes were asked for, otherwise S130. */
ent_status ent_weight_row(const ent_reading *r, size_t row);
/* The decimal mark of the utilities. */
ent_status ent_reading_decimal(ent_reading *r);
/* The reservation values [parties in the order of columns], -inf where there is none. */
ent_status ent_reservations(const ent_reading *r, double *reservation);
/* The columns of a kind, in order; the number of them. */
size_t ent_columns_of(const ent_reading *r, ent_table_part part, size_t *list);

/* "parties: Union (column C), Company (D)", and "; rows 1, 8 left out" with what they are. */
void ent_put_parties_read(ent_buffer *b, const ent_reading *r);
void ent_put_left_out(ent_buffer *b, const ent_reading *r);

/* Make a scenario of the table(s); each checks what it needs and sets out->read_as. */
ent_status ent_read_outcomes(const ent_table *t, const ent_table_options *options,
                             ent_scenario *out);
ent_status ent_read_scoring(const ent_table *t, const ent_table_options *options,
                            ent_scenario *out);
/* A sheet of weights and values for each party. */
ent_status ent_read_weights(const ent_table *sheets, size_t count,
                            const ent_table_options *options, ent_scenario *out);
/* A log of offers is no scenario: what it is, and what to do with it. */
ent_status ent_refuse_offers(const ent_table *t, size_t row, size_t day, size_t by);

/*
 * The scenario that the tables hold: one, or of --layout weights one for each party. `name` is the
 * scenario's, `format` the file's.
 */
ent_status ent_scenario_of_tables(ent_work *work, const ent_table *tables, size_t count,
                                  const ent_table_options *options, const char *name,
                                  const char *format, ent_scenario *out);

#endif
