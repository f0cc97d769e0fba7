/* What a question says of the tables it is given: the options that choose among readings. */
#ifndef ENT_IO_TABLE_OPTIONS_H
#define ENT_IO_TABLE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ent_table_layout {
    ENT_LAYOUT_RECOGNISED, /* not asked for */
    ENT_LAYOUT_OUTCOMES,   /* a row for each outcome, a column for each party */
    ENT_LAYOUT_SCORING,    /* issue, option, points of each party, which are summed */
    ENT_LAYOUT_WEIGHTS,    /* a sheet for each party: issues, weights, values of options */
    ENT_LAYOUT_OFFERS,     /* a dated log of offers, an empty cell was not said */
    ENT_LAYOUT_COUNT
} ent_table_layout;

extern const char *const ent_layout_names[ENT_LAYOUT_COUNT]; /* "outcomes"; NULL for the first */

typedef struct ent_row_range {
    uint32_t first, last;
} ent_row_range;

typedef struct ent_table_options {
    ent_table_layout layout;
    const char *const *utilities; /* [utility_count] columns by name or letter, "-NAME": a cost */
    size_t utility_count;
    char decimal;                /* '.', ',' or '\0' */
    const char *reservation_row; /* a row's number or its label, "none", or NULL */
    const ent_row_range *skip;   /* [skip_count] */
    size_t skip_count;
    bool skip_none; /* every row counts */
    const char *sheet; /* of a workbook, or NULL */
} ent_table_options;

/* None given. */
extern const ent_table_options ent_no_table_options;

#endif
