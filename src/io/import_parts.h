/* Private to io/import*.c: a table as statements in the making. */
#ifndef ENT_IO_IMPORT_PARTS_H
#define ENT_IO_IMPORT_PARTS_H

#include "io/import.h"
#include "io/names.h"
#include "io/table.h"
#include "model/issue.h"
#include "record/verb.h"

typedef enum ent_import_part {
    ENT_PART_ISSUE,
    ENT_PART_EXCHANGED, /* "for ISSUE" or "over ISSUE": the verb's second package */
    ENT_PART_NOTED,     /* no part of a statement: a comment */
    ENT_PART_ID,        /* from here on each stands in one column at most */
    ENT_PART_BY,
    ENT_PART_SIDE,
    ENT_PART_PARTY,
    ENT_PART_DATE,
    ENT_PART_BASIS,
    ENT_PART_ABOUT,
    ENT_PART_SOURCE,
    ENT_PART_QUOTE,
    ENT_PART_REPORTED,
    ENT_PART_EDITORIAL,
    ENT_PART_VIA,
    ENT_PART_CREDIBILITY,
    ENT_PART_SUPERSEDES,
    ENT_PART_VERB,
    ENT_PART_REST,
    ENT_PART_KINDS
} ent_import_part;

/* Texts of a column, each with a name that a case may have. */
typedef struct ent_roll {
    ent_names texts; /* text -> index */
    struct ent_rolled {
        const char *text, *id;
    } *at;
    size_t count, room;
} ent_roll;

/* A direction as it is known: bits, for each issue and party. */
enum { ENT_GIVES = 1, ENT_GETS = 2 };

typedef struct ent_import_issue {
    const char *id, *name;
    size_t column, exchanged; /* SIZE_MAX: none */
    ent_roll values;
    uint32_t today;  /* among values; ENT_NONE: not known */
    uint8_t *way;    /* [parties] */
    uint32_t *order; /* [values] as they are written, today's first */
} ent_import_issue;

typedef enum ent_row_kind {
    ENT_ROW_LEFT,      /* not of the table's body */
    ENT_ROW_STATEMENT,
    ENT_ROW_FURTHER,   /* one more claim of the statement before it */
    ENT_ROW_TODAY,     /* says what is so today */
    ENT_ROW_LOST,      /* nothing can be made of it: comments */
} ent_row_kind;

typedef struct ent_import_row {
    ent_row_kind kind;
    const char *id, *supersedes; /* NULL: nothing */
    uint32_t by, side, party, source; /* of parties, or of people: by >= ENT_A_PERSON */
    uint32_t verb;                    /* ENT_VERB_COUNT: no claim */
    bool date, about, said;           /* cells that are right; said: the claim can be written */
    bool open;                        /* what `rest` says is unclear: all that is empty is open */
    bool odd;                         /* something was told: its cells stand as comments */
} ent_import_row;

enum { ENT_A_PERSON = 1u << 24 };

typedef struct ent_importer {
    ent_work *work;
    const ent_import_options *options;
    ent_reading reading;
    const ent_table *t;
    bool offers;
    size_t column[ENT_PART_KINDS]; /* SIZE_MAX: none */
    ent_import_part *part;         /* [columns] */
    ent_roll parties, people, sources;
    uint32_t *speaks_for;          /* [people] ENT_NONE: not said */
    ent_names ids;                 /* of parties and people */
    ent_import_issue *issues;
    size_t issue_count;
    ent_import_row *rows;          /* [table rows] */
    bool dated;                    /* offers: the column of days holds dates */
    size_t odd;
} ent_importer;

/* What the columns are: by --layout or recognised. Tells where two readings fit. */
ent_status ent_import_columns(ent_importer *m);
/* Who, where from, what, which way: everything that the rows name; tells what is wrong in them. */
ent_status ent_import_rows(ent_importer *m);
/* The case. */
ent_status ent_import_put(ent_importer *m, ent_buffer *out);

/* A cell of the row under that part; "" where there is none. */
static inline const char *ent_import_text(const ent_importer *m, size_t row, ent_import_part part)
{
    return m->column[part] == SIZE_MAX ? "" : ent_table_cell(m->t, row, m->column[part])->text;
}

/*
 * The cell's text for that issue's column, or for its second one; "" where nothing was said: an
 * empty cell or `n/a`, `-`, `?`. `none` is a value.
 */
const char *ent_import_value(const ent_importer *m, size_t row, size_t issue, bool exchanged);

/* Is the issue among the names that commas, semicolons or bars part; how many there are. */
bool ent_rest_names(const char *list, const ent_import_issue *issue);
size_t ent_rest_count(const char *list);
/* Was nothing said about the issue in this row's claim? */
bool ent_import_is_open(const ent_importer *m, size_t row, size_t issue);

/* A cell that is a date, as a case has it. */
const char *ent_import_date(const ent_importer *m, size_t row, ent_import_part part);
/* The same of any text; one that is no date is given back. */
const char *ent_import_iso(const ent_importer *m, const char *text);
/* Where a time of day without a zone begins behind a day ("T14:30"), 0 where there is none. */
size_t ent_import_clock(const char *text, bool *midnight);
/* What to do about a text that is no date. */
const char *ent_import_date_hint(const ent_importer *m, const char *text);

/* The text's index, added with a name of its own where it is new; prefix: where no letter is. */
uint32_t ent_roll_add(ent_arena *arena, ent_roll *roll, const char *text, const char *prefix,
                      ent_names *taken);

#endif
