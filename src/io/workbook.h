/* Workbooks: .xlsx (ECMA-376) and .ods (OpenDocument 1.3) as one grid for each sheet. */
#ifndef ENT_IO_WORKBOOK_H
#define ENT_IO_WORKBOOK_H

#include "io/table.h"
#include "io/xml.h"
#include "io/zip.h"

/* Where the cells of a sheet are gathered; places count from 0. */
typedef struct ent_sheet_cell {
    uint32_t row, column;
    ent_cell cell;
} ent_sheet_cell;

typedef struct ent_sheet {
    const char *name;
    bool hidden;
    size_t hidden_rows; /* rows with cells that are not shown: they count, and that is told */
    uint32_t first_hidden;
    struct {
        ent_sheet_cell *at;
        size_t count, room;
    } cells; /* those that are not empty */
    struct {
        struct ent_merge {
            uint32_t row, column, rows;
        } *at;
        size_t count, room;
    } merges; /* cells that stand for those below too */
} ent_sheet;

typedef struct ent_sheets {
    ent_sheet *at;
    size_t count, room;
} ent_sheets;

enum { ENT_SHEET_ROWS = 1048576, ENT_SHEET_COLUMNS = 16384 };

ent_status ent_read_xlsx(ent_work *work, const ent_text *file, ent_zip *zip, ent_sheets *out);
ent_status ent_read_ods(ent_work *work, const ent_text *file, ent_zip *zip, ent_sheets *out);

/* The sheets that hold a table, or the one that is asked for (NULL: any); S132, S101, U103. */
ent_status ent_read_workbook(ent_work *work, const ent_text *file, const char *sheet,
                             ent_table **tables, size_t *count, const char **format);

/* Add a cell; S104 past ENT_TABLE_CELLS. */
ent_status ent_sheet_put(ent_work *work, const ent_text *file, ent_sheet *sheet, uint32_t row,
                         uint32_t column, ent_cell cell);

/* Note a row that is not shown, where it has cells: `cells` is their number before it was read. */
void ent_sheet_hides(ent_sheet *sheet, uint32_t row, size_t cells);

/* A tag or attribute without its name space's prefix. */
const char *ent_local_name(const char *name);
bool ent_xml_is(const ent_xml *element, const char *local);
const ent_xml *ent_xml_child_local(const ent_xml *element, const char *local);
const ent_xml *ent_xml_next_local(const ent_xml *element, const char *local);
const char *ent_xml_get_local(const ent_xml *element, const char *local);
/* A whole number of at most `most`, or `otherwise`. */
uint32_t ent_xml_count(const char *text, uint32_t most, uint32_t otherwise);

#endif
