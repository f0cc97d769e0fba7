/*
 * SpreadsheetML (ECMA-376, part 1, 18): sheets, shared strings, which styles are dates, merged
 * cells. Numbers are those that the file has, not as they are shown; of formulas the values that
 * were stored with them. Libraries that write formulas without computing them store 0 and ask for a
 * computation when the file is opened (fullCalcOnLoad): such a 0 is no value. O(bytes).
 */
#include "base/number.h"
#include "base/text.h"
#include "io/workbook.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { MOST_STYLES = 100000, MOST_SHEETS = 1024 };

typedef struct book {
    ent_work *work;
    const ent_text *file;
    ent_zip *zip;
    const ent_xml *links; /* of the workbook */
    const char *folder;   /* of the workbook, with its slash */
    struct {
        const char **at;
        size_t count, room;
    } strings;
    struct {
        bool *at;
        size_t count, room;
    } dates; /* by style: is its number shown as a date? */
    bool from_1904;
    bool uncomputed; /* the writer asks that all formulas be computed when it is opened */
} book;

static ent_status bad(const book *b, const char *message)
{
    return ent_fail(b->work->diags, ENT_INVALID, ENT_S132_BAD_WORKBOOK,
                    "save it again, or as .csv", "`%s` %s", b->file->name, message);
}

/* The member as XML; *root is NULL where it is not there. */
static ent_status read_part(const book *b, const char *name, const ent_xml **root)
{
    ent_text *text = ent_alloc(b->work->arena, 1, ent_text);
    bool found;
    *root = NULL;
    ent_status status = ent_zip_read(b->zip, name, text, &found);
    return status == ENT_OK && found ? ent_read_xml_text(b->work, text, root) : status;
}

static bool ends(const char *text, const char *end)
{
    size_t length = text == NULL ? 0 : strlen(text), of_end = strlen(end);
    return text != NULL && length >= of_end && strcmp(text + length - of_end, end) == 0;
}

/* What the link leads to whose id is so, or without one whose type ends so; NULL: none. */
static const char *target(const book *b, const ent_xml *links, const char *folder, const char *id,
                          const char *type)
{
    const ent_xml *link = ent_xml_child_local(links, "Relationship");
    for (; link != NULL; link = ent_xml_next_local(link, "Relationship")) {
        const char *own = ent_xml_get(link, "Id"), *kind = ent_xml_get(link, "Type");
        const char *to = ent_xml_get(link, "Target");
        bool is = id != NULL ? own != NULL && strcmp(own, id) == 0 : ends(kind, type);
        if (is && to != NULL) {
            return *to == '/' ? to + 1 : ent_format(b->work->arena, "%s%s", folder, to);
        }
    }
    return NULL;
}

/* Text of an element and what is within it, readings of characters (rPh) aside. */
static void put_text(ent_buffer *out, const ent_xml *element)
{
    for (const ent_xml *c = element->first; c != NULL; c = c->next) {
        if (c->text != NULL) {
            ent_put(out, ent_xml_is(element, "t") || ent_xml_is(element, "v") ? c->text : "");
        } else if (ent_xml_is(c, "t") || ent_xml_is(c, "r")) {
            put_text(out, c);
        }
    }
}

static const char *text_of(const book *b, const ent_xml *element)
{
    ent_buffer out = ent_buffer_init(b->work->arena, 0);
    if (element != NULL) {
        put_text(&out, element);
    }
    return ent_tidy(b->work->arena, ent_buffer_text(&out));
}

static ent_status read_strings(book *b)
{
    const char *name = target(b, b->links, b->folder, NULL, "/sharedStrings");
    const ent_xml *root = NULL;
    ent_status status = name == NULL ? ENT_OK : read_part(b, name, &root);
    const ent_xml *si = ent_xml_child_local(root, "si");
    for (; status == ENT_OK && si != NULL; si = ent_xml_next_local(si, "si")) {
        *ent_push(b->work->arena, &b->strings) = text_of(b, si);
    }
    return status;
}

/* Has the format code a letter of dates outside quotation marks and brackets? */
static bool is_date_code(const char *code)
{
    char within = '\0';
    for (; *code != '\0'; code++) {
        if (within != '\0') {
            within = *code == within ? '\0' : within;
        } else if (*code == '"' || *code == '[') {
            within = *code == '"' ? '"' : ']';
        } else if (*code == '\\' || *code == '_' || *code == '*') {
            code += code[1] != '\0';
        } else if (*code == ';') {
            return false; /* the first part is of positive numbers */
        } else if (strchr("yYmMdDhHsS", *code) != NULL) {
            return true;
        }
    }
    return false;
}

/* Built-in formats (18.8.30); the others stand in the file. */
static bool is_date_format(const ent_xml *formats, uint32_t id)
{
    const ent_xml *f = ent_xml_child_local(formats, "numFmt");
    for (; f != NULL; f = ent_xml_next_local(f, "numFmt")) {
        const char *code = ent_xml_get(f, "formatCode");
        if (code != NULL && ent_xml_count(ent_xml_get(f, "numFmtId"), UINT32_MAX, 0) == id) {
            return is_date_code(code);
        }
    }
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
           (id >= 50 && id <= 58);
}

static ent_status read_styles(book *b)
{
    const char *name = target(b, b->links, b->folder, NULL, "/styles");
    const ent_xml *root = NULL;
    ent_status status = name == NULL ? ENT_OK : read_part(b, name, &root);
    const ent_xml *formats = ent_xml_child_local(root, "numFmts");
    const ent_xml *xf = ent_xml_child_local(ent_xml_child_local(root, "cellXfs"), "xf");
    size_t listed = 0;
    const ent_xml *f = ent_xml_child_local(formats, "numFmt");
    for (; f != NULL; f = ent_xml_next_local(f, "numFmt")) {
        listed++;
    }
    for (; status == ENT_OK && xf != NULL; xf = ent_xml_next_local(xf, "xf")) {
        uint32_t id = ent_xml_count(ent_xml_get(xf, "numFmtId"), UINT32_MAX, 0);
        if (b->dates.count * (listed + 1) > MOST_STYLES * 100 || b->dates.count > MOST_STYLES) {
            return bad(b, "has too many styles");
        }
        *ent_push(b->work->arena, &b->dates) = is_date_format(formats, id);
    }
    return status;
}

/* ---- Cells --------------------------------------------------------------------------------- */

/* "BC23" as places from 0; false where it is none. */
static bool read_place(const char **at, uint32_t *row, uint32_t *column)
{
    uint64_t c = 0, r = 0;
    *at += **at == '$';
    for (; isalpha((unsigned char)**at) && c < ENT_SHEET_COLUMNS; ++*at) {
        c = c * 26 + (uint64_t)(toupper((unsigned char)**at) - 'A' + 1);
    }
    *at += **at == '$';
    for (; isdigit((unsigned char)**at) && r < ENT_SHEET_ROWS; ++*at) {
        r = r * 10 + (uint64_t)(**at - '0');
    }
    *row = (uint32_t)(r - 1);
    *column = (uint32_t)(c - 1);
    return c > 0 && r > 0 && c <= ENT_SHEET_COLUMNS && r <= ENT_SHEET_ROWS;
}

/*
 * Days since 30 December 1899, or 1 January 1904, as a date of the Gregorian calendar (Howard
 * Hinnant, chrono-compatible low-level date algorithms), with the time where there is one.
 */
static const char *date_text(const book *b, double serial)
{
    double whole = floor(serial);
    int64_t minutes = (int64_t)floor((serial - whole) * 1440 + 0.5);
    int64_t days = (int64_t)whole - (b->from_1904 ? 24107 : 25569); /* since 1970 */
    int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int64_t month = mp < 10 ? mp + 3 : mp - 9, day = doy - (153 * mp + 2) / 5 + 1;
    long long year = (long long)(yoe + era * 400 + (month <= 2));
    char *date = ent_format(b->work->arena, "%04lld-%02d-%02d", year, (int)month, (int)day);
    return minutes == 0 ? date
                        : ent_format(b->work->arena, "%sT%02d:%02d", date, (int)(minutes / 60),
                                     (int)(minutes % 60));
}

/* A number as it is, or as the date that its style makes of it. */
static ent_cell number_cell(const book *b, const ent_xml *c, const char *text)
{
    double value;
    uint32_t style = ent_xml_count(ent_xml_get(c, "s"), UINT32_MAX, 0);
    bool date = style < b->dates.count && b->dates.at[style];
    if (date && ent_parse_number(text, strlen(text), &value) && value >= 0 && value < 2958466) {
        return (ent_cell){.text = date_text(b, value), .kind = ENT_CELL_DATE};
    }
    return (ent_cell){.text = text, .kind = ENT_CELL_NUMBER};
}

static ent_status cell_of(const book *b, const ent_xml *c, ent_cell *cell)
{
    const char *type = ent_xml_get(c, "t");
    const ent_xml *v = ent_xml_child_local(c, "v");
    const char *text = text_of(b, v);
    type = type == NULL ? "n" : type;
    *cell = (ent_cell){.text = text, .kind = ENT_CELL_TEXT};
    if (strcmp(type, "s") == 0 && *text != '\0') {
        uint32_t index = ent_xml_count(text, UINT32_MAX, UINT32_MAX);
        if (index >= b->strings.count) {
            return bad(b, "is damaged: a cell names a text that is not there");
        }
        cell->text = b->strings.at[index];
    } else if (strcmp(type, "inlineStr") == 0) {
        cell->text = text_of(b, ent_xml_child_local(c, "is"));
    } else if (strcmp(type, "b") == 0) {
        cell->text = *text == '1' ? "TRUE" : "FALSE";
    } else if (strcmp(type, "e") == 0) {
        cell->kind = ENT_CELL_ERROR;
    } else if (strcmp(type, "d") == 0) {
        cell->kind = ENT_CELL_DATE;
    } else if (strcmp(type, "n") == 0 && *text != '\0') {
        *cell = number_cell(b, c, text);
    }
    bool formula = ent_xml_child_local(c, "f") != NULL;
    bool none = *cell->text == '\0' && v == NULL;
    if (formula && (none || (b->uncomputed && strcmp(cell->text, "0") == 0))) {
        *cell = (ent_cell){.text = "a formula without its value", .kind = ENT_CELL_ERROR};
    }
    return ENT_OK;
}

static ent_status read_row(const book *b, const ent_xml *row, uint32_t number, ent_sheet *sheet)
{
    uint32_t column = 0;
    const ent_xml *c = ent_xml_child_local(row, "c");
    for (; c != NULL; c = ent_xml_next_local(c, "c")) {
        const char *at = ent_xml_get(c, "r");
        uint32_t r = number, k = column;
        if (at != NULL && (!read_place(&at, &r, &k) || *at != '\0')) {
            return bad(b, "is damaged: a cell has no place");
        }
        ent_cell cell;
        ent_status status = cell_of(b, c, &cell);
        if (status == ENT_OK && *cell.text != '\0') {
            status = ent_sheet_put(b->work, b->file, sheet, r, k, cell);
        }
        if (status != ENT_OK) {
            return status;
        }
        column = k + 1;
    }
    return ENT_OK;
}

static ent_status read_sheet(const book *b, const char *name, ent_sheet *sheet)
{
    const ent_xml *root;
    ent_status status = read_part(b, name, &root);
    if (status != ENT_OK || root == NULL) {
        return status != ENT_OK ? status : bad(b, "is damaged: a sheet is missing");
    }
    uint32_t number = 0;
    const ent_xml *row = ent_xml_child_local(ent_xml_child_local(root, "sheetData"), "row");
    for (; status == ENT_OK && row != NULL; row = ent_xml_next_local(row, "row")) {
        uint32_t given = ent_xml_count(ent_xml_get(row, "r"), ENT_SHEET_ROWS, 0);
        number = given > 0 ? given - 1 : number;
        const char *hidden = ent_xml_get(row, "hidden");
        size_t before = sheet->cells.count;
        status = read_row(b, row, number, sheet);
        if (hidden != NULL && strcmp(hidden, "0") != 0 && strcmp(hidden, "false") != 0) {
            ent_sheet_hides(sheet, number, before);
        }
        number++;
    }
    const ent_xml *m = ent_xml_child_local(ent_xml_child_local(root, "mergeCells"), "mergeCell");
    for (; status == ENT_OK && m != NULL; m = ent_xml_next_local(m, "mergeCell")) {
        const char *at = ent_xml_get(m, "ref");
        uint32_t r, c, last, behind;
        bool two = at != NULL && read_place(&at, &r, &c) && *at++ == ':' &&
                   read_place(&at, &last, &behind);
        if (two && last > r) {
            *ent_push(b->work->arena, &sheet->merges) = (struct ent_merge){r, c, last - r + 1};
        }
    }
    return status;
}

static ent_status read_sheets(const book *b, const ent_xml *workbook, ent_sheets *out)
{
    const ent_xml *s = ent_xml_child_local(ent_xml_child_local(workbook, "sheets"), "sheet");
    ent_status status = ENT_OK;
    for (; status == ENT_OK && s != NULL; s = ent_xml_next_local(s, "sheet")) {
        const char *name = ent_xml_get(s, "name"), *state = ent_xml_get(s, "state");
        const char *part = target(b, b->links, b->folder, ent_xml_get_local(s, "id"), "");
        if (name == NULL || part == NULL || out->count == MOST_SHEETS) {
            return bad(b, "is damaged: a sheet has no name or no content");
        }
        if (strstr(part, "worksheet") == NULL && strstr(part, "chartsheet") != NULL) {
            continue;
        }
        ent_sheet *sheet = ent_push(b->work->arena, out);
        *sheet = (ent_sheet){.name = name};
        sheet->hidden = state != NULL && strcmp(state, "visible") != 0;
        status = read_sheet(b, part, sheet);
    }
    return status;
}

ent_status ent_read_xlsx(ent_work *work, const ent_text *file, ent_zip *zip, ent_sheets *out)
{
    book b = {.work = work, .file = file, .zip = zip, .folder = ""};
    const ent_xml *root, *workbook = NULL;
    ent_status status = read_part(&b, "_rels/.rels", &root);
    const char *name = status == ENT_OK ? target(&b, root, "", NULL, "/officeDocument") : NULL;
    name = name == NULL ? "xl/workbook.xml" : name;
    status = status == ENT_OK ? read_part(&b, name, &workbook) : status;
    if (status == ENT_OK && workbook == NULL) {
        return bad(&b, "is no workbook in the form of .xlsx: it has no list of sheets");
    }
    if (status != ENT_OK) {
        return status;
    }
    const char *slash = strrchr(name, '/');
    b.folder = slash == NULL ? "" : ent_copy_text(work->arena, name, (size_t)(slash - name) + 1);
    const char *links =
        ent_format(work->arena, "%s_rels/%s.rels", b.folder, name + strlen(b.folder));
    status = read_part(&b, links, &b.links);
    const ent_xml *about = ent_xml_child_local(workbook, "workbookPr");
    const char *from = about == NULL ? NULL : ent_xml_get(about, "date1904");
    b.from_1904 = from != NULL && (strcmp(from, "1") == 0 || strcmp(from, "true") == 0);
    const ent_xml *calculation = ent_xml_child_local(workbook, "calcPr");
    from = calculation == NULL ? NULL : ent_xml_get(calculation, "fullCalcOnLoad");
    b.uncomputed = from != NULL && (strcmp(from, "1") == 0 || strcmp(from, "true") == 0);
    status = status == ENT_OK ? read_strings(&b) : status;
    status = status == ENT_OK ? read_styles(&b) : status;
    return status == ENT_OK ? read_sheets(&b, workbook, out) : status;
}
