/*
 * A spreadsheet of coded statements, or a dated log of offers, as a case: what docs/IMPORT.md says.
 * What the table does not say is never made up: it is a question in the case's comments. A row that
 * cannot be read whole is told with row and column, and its cells stand as comments in its place.
 */
#ifndef ENT_IO_IMPORT_H
#define ENT_IO_IMPORT_H

#include "base/text.h"
#include "base/work.h"
#include "io/table_options.h"

typedef enum ent_import_layout {
    ENT_IMPORT_RECOGNISED,
    ENT_IMPORT_STATEMENTS, /* one statement a row */
    ENT_IMPORT_OFFERS,     /* one offer a row: when, by whom, a column for each issue */
    ENT_IMPORT_LAYOUTS
} ent_import_layout;

extern const char *const ent_import_layout_names[ENT_IMPORT_LAYOUTS]; /* NULL for the first */

/* What a person says of an issue beside the table. */
typedef struct ent_import_fact {
    enum { ENT_FACT_BY, ENT_FACT_FOR, ENT_FACT_TODAY } kind;
    const char *issue, *value; /* a party, or today's value */
} ent_import_fact;

typedef struct ent_import_options {
    ent_import_layout layout;
    ent_table_options table; /* sheet and rows to skip */
    const ent_import_fact *facts;
    size_t fact_count;
    const struct ent_sources_made *sources; /* what references say of them; may be NULL */
} ent_import_options;

/*
 * The file's table as the text of a case. *odd counts what was told: rows that were not read whole
 * and questions that are left. Errors where there is no table of that layout: S130 ... O(cells).
 */
ent_status ent_import_case(ent_work *work, const ent_text *file,
                           const ent_import_options *options, ent_buffer *out, size_t *odd);
/* A table of statements to start from, as comma-separated text. */
void ent_put_import_starter(ent_buffer *out);

#endif
