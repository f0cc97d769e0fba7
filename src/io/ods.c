/*
 * OpenDocument spreadsheets (OASIS OpenDocument 1.3, part 3): tables, rows and cells that are
 * repeated, merged or hold comments. Numbers are those of office:value, not as they are shown.
 * O(bytes + cells that hold something).
 */
#include "base/text.h"
#include "io/workbook.h"

#include <string.h>

enum { MOST_SHEETS = 1024 };

typedef struct book {
    ent_work *work;
    const ent_text *file;
    ent_sheet *sheet;
    uint32_t row;
} book;

static bool is_text(const ent_xml *e)
{
    return ent_xml_is(e, "p") || ent_xml_is(e, "span") || ent_xml_is(e, "a") ||
           ent_xml_is(e, "h") || ent_xml_is(e, "ruby-base") || ent_xml_is(e, "ruby");
}

/* The paragraphs of a cell, one blank between them; comments (office:annotation) are not shown. */
static void put_text(ent_buffer *out, const ent_xml *element)
{
    for (const ent_xml *c = element->first; c != NULL; c = c->next) {
        if (c->text != NULL) {
            ent_put(out, is_text(element) ? c->text : "");
        } else if (ent_xml_is(c, "s") || ent_xml_is(c, "tab") || ent_xml_is(c, "line-break")) {
            ent_put_char(out, ' ');
        } else if (is_text(c)) {
            ent_put(out, out->length > 0 && ent_xml_is(c, "p") ? " " : "");
            put_text(out, c);
        }
    }
}

static ent_cell cell_of(const book *b, const ent_xml *c)
{
    ent_buffer out = ent_buffer_init(b->work->arena, 0);
    const char *type = ent_xml_get(c, "office:value-type");
    const char *more = ent_xml_get(c, "calcext:value-type");
    const char *value = ent_xml_get(c, "office:value");
    const char *date = ent_xml_get(c, "office:date-value");
    type = type == NULL ? "" : type;
    bool number = strcmp(type, "float") == 0 || strcmp(type, "percentage") == 0 ||
                  strcmp(type, "currency") == 0;
    put_text(&out, c);
    const char *text = ent_tidy(b->work->arena, ent_buffer_text(&out));
    if (more != NULL && strcmp(more, "error") == 0) {
        return (ent_cell){.text = *text == '\0' ? "an error" : text, .kind = ENT_CELL_ERROR};
    }
    if (number && value != NULL) {
        return (ent_cell){.text = value, .kind = ENT_CELL_NUMBER};
    }
    if (strcmp(type, "date") == 0 && date != NULL) {
        return (ent_cell){.text = date, .kind = ENT_CELL_DATE};
    }
    return (ent_cell){.text = text, .kind = ENT_CELL_TEXT};
}

/* One row, `times` times; what is empty is only counted. */
static ent_status read_row(book *b, const ent_xml *row)
{
    uint32_t times = ent_xml_count(ent_xml_get(row, "table:number-rows-repeated"), 1 << 30, 1);
    const char *shown = ent_xml_get(row, "table:visibility");
    size_t before = b->sheet->cells.count;
    uint32_t column = 0;
    ent_status status = ENT_OK;
    for (const ent_xml *c = row->first; c != NULL && status == ENT_OK; c = c->next) {
        bool covered = ent_xml_is(c, "covered-table-cell");
        if (!covered && !ent_xml_is(c, "table-cell")) {
            continue;
        }
        uint32_t wide =
            ent_xml_count(ent_xml_get(c, "table:number-columns-repeated"), 1 << 30, 1);
        uint32_t down = ent_xml_count(ent_xml_get(c, "table:number-rows-spanned"), 1 << 30, 1);
        ent_cell cell = covered ? (ent_cell){.text = ""} : cell_of(b, c);
        for (uint64_t k = 0; k < (uint64_t)wide * times && *cell.text != '\0'; k++) {
            status = ent_sheet_put(b->work, b->file, b->sheet, b->row + (uint32_t)(k / wide),
                                   column + (uint32_t)(k % wide), cell);
            if (status != ENT_OK) {
                return status;
            }
        }
        if (down > 1 && *cell.text != '\0') {
            *ent_push(b->work->arena, &b->sheet->merges) =
                (struct ent_merge){b->row, column, down};
        }
        column = column + wide < column ? UINT32_MAX / 2 : column + wide;
        column = column > ENT_SHEET_COLUMNS ? ENT_SHEET_COLUMNS : column;
    }
    if (shown != NULL && strcmp(shown, "visible") != 0) {
        ent_sheet_hides(b->sheet, b->row, before);
    }
    b->row = times > ENT_SHEET_ROWS - b->row ? ENT_SHEET_ROWS : b->row + times;
    return status;
}

/* Rows stand in the table, in headers and in groups of groups. */
static ent_status read_rows(book *b, const ent_xml *within)
{
    ent_status status = ENT_OK;
    for (const ent_xml *c = within->first; c != NULL && status == ENT_OK; c = c->next) {
        if (ent_xml_is(c, "table-row")) {
            status = read_row(b, c);
        } else if (ent_xml_is(c, "table-header-rows") || ent_xml_is(c, "table-row-group") ||
                   ent_xml_is(c, "table-rows")) {
            status = read_rows(b, c);
        }
    }
    return status;
}

/* Is the style of the table one that is not shown? */
static bool is_hidden(const ent_xml *root, const char *name)
{
    const ent_xml *s =
        ent_xml_child_local(ent_xml_child_local(root, "automatic-styles"), "style");
    for (; s != NULL && name != NULL; s = ent_xml_next_local(s, "style")) {
        const char *own = ent_xml_get(s, "style:name");
        const ent_xml *about = ent_xml_child_local(s, "table-properties");
        const char *shown = about == NULL ? NULL : ent_xml_get(about, "table:display");
        if (own != NULL && shown != NULL && strcmp(own, name) == 0) {
            return strcmp(shown, "false") == 0;
        }
    }
    return false;
}

ent_status ent_read_ods(ent_work *work, const ent_text *file, ent_zip *zip, ent_sheets *out)
{
    ent_text *text = ent_alloc(work->arena, 1, ent_text);
    const ent_xml *root = NULL;
    bool found;
    ent_status status = ent_zip_read(zip, "content.xml", text, &found);
    status = status == ENT_OK && found ? ent_read_xml_text(work, text, &root) : status;
    const ent_xml *book_of = ent_xml_child_local(ent_xml_child_local(root, "body"), "spreadsheet");
    if (status == ENT_OK && book_of == NULL) {
        return ent_fail(work->diags, ENT_INVALID, ENT_S132_BAD_WORKBOOK, "save it as .ods or .csv",
                        "`%s` is an OpenDocument file but no spreadsheet", file->name);
    }
    const ent_xml *t = ent_xml_child_local(book_of, "table");
    for (; status == ENT_OK && t != NULL && out->count < MOST_SHEETS;
         t = ent_xml_next_local(t, "table")) {
        const char *name = ent_xml_get(t, "table:name");
        ent_sheet *sheet = ent_push(work->arena, out);
        *sheet = (ent_sheet){.name = name == NULL ? "sheet" : name};
        sheet->hidden = is_hidden(root, ent_xml_get(t, "table:style-name"));
        book b = {.work = work, .file = file, .sheet = sheet};
        status = read_rows(&b, t);
    }
    return status;
}
