/* Workbooks as scenarios: which sheets hold a table, and their grids. O(cells). */
#include "io/workbook.h"

#include "base/number.h"
#include "base/text.h"
#include "io/scenario_write.h"

#include <string.h>

const char *ent_local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

bool ent_xml_is(const ent_xml *element, const char *local)
{
    return strcmp(ent_local_name(element->tag), local) == 0;
}

static const ent_xml *first_local(const ent_xml *element, const char *local)
{
    while (element != NULL && !ent_xml_is(element, local)) {
        element = element->next;
    }
    return element;
}

const ent_xml *ent_xml_child_local(const ent_xml *element, const char *local)
{
    return element == NULL ? NULL : first_local(element->first, local);
}

const ent_xml *ent_xml_next_local(const ent_xml *element, const char *local)
{
    return first_local(element->next, local);
}

const char *ent_xml_get_local(const ent_xml *element, const char *local)
{
    for (size_t i = 0; i < element->attribute_count; i++) {
        if (strcmp(ent_local_name(element->attributes[i].name), local) == 0) {
            return element->attributes[i].value;
        }
    }
    return NULL;
}

uint32_t ent_xml_count(const char *text, uint32_t most, uint32_t otherwise)
{
    uint64_t count;
    bool is = text != NULL && ent_parse_count(text, strlen(text), most, &count);
    return is ? (uint32_t)count : otherwise;
}

ent_status ent_sheet_put(ent_work *work, const ent_text *file, ent_sheet *sheet, uint32_t row,
                         uint32_t column, ent_cell cell)
{
    if (sheet->cells.count >= ENT_TABLE_CELLS || row >= ENT_SHEET_ROWS ||
        column >= ENT_SHEET_COLUMNS) {
        return ent_fail(work->diags, ENT_INVALID, ENT_S104_TOO_MUCH, NULL,
                        "the sheet `%s` of `%s` has too many cells", sheet->name, file->name);
    }
    *ent_push(work->arena, &sheet->cells) = (ent_sheet_cell){row, column, cell};
    return ENT_OK;
}

void ent_sheet_hides(ent_sheet *sheet, uint32_t row, size_t cells)
{
    if (sheet->cells.count > cells) {
        sheet->first_hidden = sheet->hidden_rows++ == 0 ? row : sheet->first_hidden;
    }
}

/* ---- Grids --------------------------------------------------------------------------------- */

/*
 * Rows without a cell are left out of the grid, so that a cell far below costs nothing; columns
 * before the first with one stay, since people count them.
 */
typedef struct layout {
    uint32_t rows, columns; /* one past the last */
    uint32_t *place;        /* [rows] the grid's row, UINT32_MAX: none */
    size_t used;
} layout;

static layout lay_out(ent_work *work, const ent_sheet *s)
{
    layout l = {0, 0, NULL, 0};
    for (size_t i = 0; i < s->cells.count; i++) {
        const ent_sheet_cell *c = &s->cells.at[i];
        l.rows = c->row >= l.rows ? c->row + 1 : l.rows;
        l.columns = c->column >= l.columns ? c->column + 1 : l.columns;
    }
    l.place = ent_alloc(work->arena, l.rows + 1, uint32_t);
    for (size_t i = 0; i < s->cells.count; i++) {
        l.place[s->cells.at[i].row] = 1;
    }
    for (uint32_t r = 0; r < l.rows; r++) {
        l.place[r] = l.place[r] != 0 ? (uint32_t)l.used++ : UINT32_MAX;
    }
    return l;
}

/* What is merged downwards stands in each of its rows that has another cell. */
static void spread_merges(const ent_sheet *s, const layout *l, ent_cell *cells)
{
    for (size_t i = 0; i < s->merges.count; i++) {
        struct ent_merge m = s->merges.at[i];
        if (m.row >= l->rows || m.column >= l->columns || l->place[m.row] == UINT32_MAX) {
            continue;
        }
        const ent_cell *from = &cells[l->place[m.row] * (size_t)l->columns + m.column];
        for (uint32_t r = m.row + 1; r < l->rows && r - m.row < m.rows; r++) {
            if (l->place[r] != UINT32_MAX) {
                ent_cell *to = &cells[l->place[r] * (size_t)l->columns + m.column];
                *to = *from;
                to->covered = true;
            }
        }
    }
}

static ent_status make_grid(ent_work *work, const ent_text *file, const ent_sheet *s, ent_table *t)
{
    layout l = lay_out(work, s);
    if (l.columns > ENT_TABLE_COLUMNS || l.used > ENT_TABLE_CELLS / (l.columns + 1)) {
        return ent_fail(work->diags, ENT_INVALID, ENT_S104_TOO_MUCH, NULL,
                        "the sheet `%s` of `%s` is too wide or too long", s->name, file->name);
    }
    ent_cell *cells = ent_alloc(work->arena, l.used * l.columns + 1, ent_cell);
    uint32_t *number = ent_alloc(work->arena, l.used + 1, uint32_t);
    ent_text *text = ent_alloc(work->arena, 1, ent_text);
    for (size_t i = 0; i < l.used * l.columns; i++) {
        cells[i].text = "";
    }
    for (uint32_t r = 0; r < l.rows; r++) {
        if (l.place[r] != UINT32_MAX) {
            number[l.place[r]] = r + 1;
        }
    }
    for (size_t i = 0; i < s->cells.count; i++) {
        const ent_sheet_cell *c = &s->cells.at[i];
        cells[l.place[c->row] * (size_t)l.columns + c->column] = c->cell;
    }
    spread_merges(s, &l, cells);
    *text = (ent_text){.name = file->name};
    *t = (ent_table){.work = work, .text = text, .sheet = s->name, .name = s->name,
                     .cells = cells, .number = number, .rows = l.used, .columns = l.columns};
    return ENT_OK;
}

/* ---- Sheets -------------------------------------------------------------------------------- */

/* Two rows of two cells: less is no table. */
static bool holds_table(const ent_table *t)
{
    size_t rows = 0;
    for (size_t r = 0; r < t->rows && rows < 2; r++) {
        size_t filled = 0;
        for (size_t k = 0; k < t->columns; k++) {
            filled += !ent_cell_is_empty(ent_table_cell(t, r, k));
        }
        rows += filled >= 2;
    }
    return rows == 2;
}

static ent_status no_sheet(ent_work *work, const ent_text *file, const ent_sheets *sheets,
                           const char *wanted)
{
    ent_buffer b = ent_buffer_init(work->arena, 0);
    for (size_t i = 0; i < sheets->count && b.length < 200; i++) {
        ent_putf(&b, "%s`%s`", i > 0 ? ", " : "its sheets are ", sheets->at[i].name);
    }
    return wanted != NULL
               ? ent_fail(work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, ent_buffer_text(&b),
                          "`%s` has no sheet `%s`", file->name, wanted)
               : ent_fail(work->diags, ENT_INVALID, ENT_S101_BAD_SCENARIO, ent_buffer_text(&b),
                          "no sheet of `%s` holds a table", file->name);
}

/* The sheets that hold a table, or the one that is asked for; what is left out is told. */
static ent_status choose_sheets(ent_work *work, const ent_text *file, const ent_sheets *sheets,
                                const char *wanted, ent_table *tables, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < sheets->count; i++) {
        const ent_sheet *s = &sheets->at[i];
        ent_table *t = &tables[*count];
        if (wanted != NULL && strcmp(s->name, wanted) != 0) {
            continue;
        }
        ent_status status = make_grid(work, file, s, t);
        if (status != ENT_OK) {
            return status;
        }
        bool table = holds_table(t) && (!s->hidden || wanted != NULL);
        if (table && s->hidden_rows > 0) {
            ent_tell(work->diags, ENT_WARNING, ENT_S231_ODD_TABLE, t->text,
                     (ent_pos){s->first_hidden + 1, 1, 1},
                     "--skip-rows leaves rows out",
                     "sheet `%s`: %zu row%s not shown, from row %u on, and count%s as others do",
                     s->name, s->hidden_rows, s->hidden_rows == 1 ? " is" : "s are",
                     s->first_hidden + 1, s->hidden_rows == 1 ? "s" : "");
        }
        *count += table;
        if (!table && s->cells.count > 0) {
            ent_tell(work->diags, ENT_WARNING, ENT_S201_LEFT_OUT, t->text, (ent_pos){0},
                     s->hidden ? "--sheet reads it" : NULL, "the sheet `%s` %s and is left out",
                     s->name, s->hidden ? "is hidden" : "holds no table");
        }
    }
    return *count > 0 ? ENT_OK : no_sheet(work, file, sheets, wanted);
}

static bool begins(const ent_text *file, const char *bytes, size_t length)
{
    return file->length >= length && memcmp(file->at, bytes, length) == 0;
}

static ent_status read_sheets(ent_work *work, const ent_text *file, ent_sheets *sheets,
                              const char **format)
{
    const char *dot = strrchr(file->name, '.');
    *format = dot == NULL ? "xlsx" : dot + 1;
    if (begins(file, "\xD0\xCF\x11\xE0", 4)) {
        return ent_fail(work->diags, ENT_INVALID, ENT_S132_BAD_WORKBOOK,
                        "save it as .xlsx, .ods or .csv without a password",
                        "`%s` is a workbook of the old .xls form, or protected by a password",
                        file->name);
    }
    if (!begins(file, "PK", 2)) {
        return ent_fail(work->diags, ENT_INVALID, ENT_S132_BAD_WORKBOOK,
                        "save it as .xlsx, .ods or .csv",
                        "`%s` is no workbook that can be read", file->name);
    }
    ent_zip *zip = NULL;
    ent_text manifest;
    bool ods = false;
    ent_status status = ent_zip_open(work, file, &zip);
    status = status == ENT_OK ? ent_zip_read(zip, "META-INF/manifest.xml", &manifest, &ods)
                              : status;
    if (status == ENT_OK && ods && strstr(manifest.at, "encryption-data") != NULL) {
        return ent_fail(work->diags, ENT_INVALID, ENT_S132_BAD_WORKBOOK, "save it without one",
                        "`%s` is protected by a password", file->name);
    }
    *format = ods ? "ods" : "xlsx";
    return status != ENT_OK ? status
           : ods            ? ent_read_ods(work, file, zip, sheets)
                            : ent_read_xlsx(work, file, zip, sheets);
}

ent_status ent_read_workbook(ent_work *work, const ent_text *file, const char *sheet,
                             ent_table **tables, size_t *count, const char **format)
{
    ent_sheets sheets = {0};
    ent_status status = read_sheets(work, file, &sheets, format);
    *tables = ent_alloc(work->arena, sheets.count + 1, ent_table);
    return status == ENT_OK ? choose_sheets(work, file, &sheets, sheet, *tables, count) : status;
}

static ent_status read_workbook(ent_work *work, const ent_scenario_files *files,
                                ent_scenario *out)
{
    ent_table *tables = NULL;
    const char *format = NULL;
    size_t count = 0;
    if (files->count > 0) {
        return ent_fail(work->diags, ENT_USAGE, ENT_S106_NO_PROFILE, NULL,
                        "a workbook holds its parties itself and takes no profiles");
    }
    ent_status status = ent_read_workbook(work, &files->domain,
                                          files->table == NULL ? NULL : files->table->sheet,
                                          &tables, &count, &format);
    return status != ENT_OK ? status
                            : ent_scenario_of_tables(work, tables, count, files->table,
                                                     files->name, format, out);
}

static ent_status write_workbook(ent_work *work, const ent_scenario *s, ent_written_files *out)
{
    (void)s, (void)out;
    return ent_cannot_hold(work, "workbooks are read and not written: write .csv, which every "
                                 "spreadsheet opens");
}

static ent_file_role role(ent_arena *arena, const ent_text *text)
{
    (void)arena, (void)text;
    return ENT_IS_DOMAIN;
}

static const char *const extensions[] = {"xlsx", "xlsm", "ods", "xls", "xlsb", NULL};

const ent_scenario_format ent_format_workbook = {
    .name = "workbook",
    .title = "a workbook",
    .extensions = extensions,
    .folder = false,
    .role = role,
    .read = read_workbook,
    .read_only = true,
    .write = write_workbook,
};
