/*
 * Text with separators as a grid: RFC 4180, semicolons, tabs; the encodings that spreadsheets save.
 * O(bytes) beside the choice of the separator, which looks at the first lines alone.
 */
#include "base/number.h"
#include "base/text.h"
#include "io/table.h"
#include "io/tree.h"

#include <string.h>

enum { LOOK_LINES = 100, LOOK_BYTES = 1 << 20 };

typedef struct reader {
    ent_work *work;
    const ent_text *text;
    const char *at, *end;
    char separator;
    struct {
        ent_cell *at;
        size_t count, room;
    } cells; /* row by row */
    struct {
        struct row {
            size_t first, count;
            uint32_t line;
        } *at;
        size_t count, room;
    } rows;
    size_t widest;
    uint32_t line;
} reader;

static ent_status bad(reader *r, ent_code code, const char *message)
{
    ent_pos pos = ent_pos_at(r->text, (size_t)(r->at - r->text->at), 1);
    return ent_scenario_fault(r->work, r->text, pos, code, NULL, "%s", message);
}

static ent_status too_many_cells(reader *r)
{
    char most[ENT_NUMBER_ROOM];
    return bad(r, ENT_S104_TOO_MUCH,
               ent_format(r->work->arena, "too many cells: a table has at most %s",
                          ent_count_text(ENT_TABLE_CELLS, most)));
}

/* ---- Encodings ----------------------------------------------------------------------------- */

static void put_code_point(ent_buffer *b, uint32_t c)
{
    if (c < 0x80) {
        ent_put_char(b, (char)c);
    } else if (c < 0x800) {
        ent_put_char(b, (char)(0xC0 | c >> 6));
        ent_put_char(b, (char)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        ent_put_char(b, (char)(0xE0 | c >> 12));
        ent_put_char(b, (char)(0x80 | (c >> 6 & 0x3F)));
        ent_put_char(b, (char)(0x80 | (c & 0x3F)));
    } else {
        ent_put_char(b, (char)(0xF0 | c >> 18));
        ent_put_char(b, (char)(0x80 | (c >> 12 & 0x3F)));
        ent_put_char(b, (char)(0x80 | (c >> 6 & 0x3F)));
        ent_put_char(b, (char)(0x80 | (c & 0x3F)));
    }
}

static uint32_t unit_at(const unsigned char *at, bool little)
{
    return little ? (uint32_t)at[0] | (uint32_t)at[1] << 8 : (uint32_t)at[1] | (uint32_t)at[0] << 8;
}

/* UTF-16 with its mark; a lone surrogate becomes a control character, which is refused later. */
static void from_utf16(const ent_text *text, bool little, ent_buffer *b)
{
    const unsigned char *at = (const unsigned char *)text->at;
    for (size_t k = 2; k + 1 < text->length; k += 2) {
        uint32_t c = unit_at(at + k, little);
        bool high = c >= 0xD800 && c < 0xDC00;
        uint32_t low = high && k + 3 < text->length ? unit_at(at + k + 2, little) : 0;
        if (low >= 0xDC00 && low < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            k += 2;
        } else if (c >= 0xD800 && c < 0xE000) {
            c = 1;
        }
        put_code_point(b, c == 0 ? 1 : c);
    }
}

/* Windows-1252 has signs where ISO 8859-1 has controls; 0 where it has nothing either. */
static const uint16_t windows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* False where a byte has no meaning in it, so that it is something else. */
static bool from_windows(const ent_text *text, ent_buffer *b)
{
    for (size_t k = 0; k < text->length; k++) {
        unsigned char c = (unsigned char)text->at[k];
        uint32_t point = c >= 0x80 && c < 0xA0 ? windows[c - 0x80] : c;
        if (point == 0 || (c < 0x20 && strchr("\t\r\n", c) == NULL)) {
            return false;
        }
        put_code_point(b, point);
    }
    return true;
}

ent_status ent_decode_text(ent_work *work, const ent_text *text, ent_text *out)
{
    *out = *text;
    bool little = text->length >= 2 && memcmp(text->at, "\xFF\xFE", 2) == 0;
    bool big = text->length >= 2 && memcmp(text->at, "\xFE\xFF", 2) == 0;
    size_t valid = text->length > ENT_NODE_BYTES ? text->length
                                                 : ent_utf8_valid(text->at, text->length);
    ent_buffer b = ent_buffer_init(work->arena, 0);
    if (text->length >= 4 && memcmp(text->at, "PK\x03\x04", 4) == 0) {
        return ent_scenario_fault(work, text, (ent_pos){0}, ENT_F103_NOT_TEXT,
                                  "give it the ending it has, .xlsx or .ods",
                                  "`%s` is a workbook and no text", text->name);
    }
    if (little || big) {
        from_utf16(text, little, &b);
        *out = (ent_text){text->name, ent_buffer_text(&b), b.length};
    } else if (valid < text->length && from_windows(text, &b)) {
        *out = (ent_text){text->name, ent_buffer_text(&b), b.length};
        ent_scenario_odd(work, out, ent_pos_at(text, valid, 1), ENT_S230_ENCODING,
                         "save the file as UTF-8",
                         "the file is no UTF-8 and was read as Windows-1252");
    }
    return ent_check_characters(work, out);
}

/* ---- The separator ------------------------------------------------------------------------- */

/* `sep=;` as Excel writes and obeys it; the reader moves behind it. */
static bool declared(reader *r)
{
    const char *at = r->at;
    bool quote = at < r->end && *at == '"';
    at += quote;
    if (r->end - at < 5 || strncmp(at, "sep=", 4) != 0) {
        return false;
    }
    char separator = at[4];
    if (strchr(",;|:\t", separator) == NULL || separator == '\0') {
        return false;
    }
    at += 5;
    if (quote) {
        if (at == r->end || *at != '"') {
            return false;
        }
        at++;
    }
    while (at < r->end && (*at == separator || *at == '\r')) {
        at++; /* a spreadsheet that has opened such a file writes more of them */
    }
    if (at < r->end && *at != '\n') {
        return false;
    }
    r->separator = separator;
    r->line += at < r->end;
    r->at = at + (at < r->end);
    return true;
}

typedef struct votes {
    size_t lines, count; /* lines with the most frequent number of them, and that number */
} votes;

/* How many of the first lines hold the same number of the sign, outside quotation marks. */
static votes votes_of(const reader *r, char sign)
{
    size_t seen[LOOK_LINES], lines = 0, count = 0;
    bool quoted = false;
    const char *end = r->end - r->at > LOOK_BYTES ? r->at + LOOK_BYTES : r->end;
    for (const char *at = r->at; at <= end && lines < LOOK_LINES; at++) {
        if (at == end || (*at == '\n' && !quoted)) {
            seen[lines] = count;
            lines += count > 0;
            count = 0;
        } else {
            quoted ^= *at == '"';
            count += *at == sign && !quoted;
        }
    }
    votes best = {0, 0};
    for (size_t i = 0; i < lines; i++) {
        votes v = {0, seen[i]};
        for (size_t k = 0; k < lines; k++) {
            v.lines += seen[k] == seen[i];
        }
        if (v.lines > best.lines || (v.lines == best.lines && v.count > best.count)) {
            best = v;
        }
    }
    return best;
}

/* The sign that most lines hold equally often: a decimal comma is not in the line of names. */
static void choose_separator(reader *r)
{
    static const char signs[] = ",;\t";
    votes best = {0, 0};
    r->separator = ',';
    for (int k = 0; k < 3; k++) {
        votes v = votes_of(r, signs[k]);
        if (v.lines > best.lines || (v.lines == best.lines && v.count > best.count) ||
            (k > 0 && v.lines == best.lines && v.count == best.count && v.count > 0)) {
            best = v;
            r->separator = signs[k];
        }
    }
}

/* ---- Cells --------------------------------------------------------------------------------- */

/* A cell in quotation marks, of which doubled ones stand for one. */
static ent_status quoted(reader *r, ent_cell *out)
{
    const char *start = r->at;
    ent_buffer b = ent_buffer_init(r->work->arena, 0);
    for (r->at++; r->at < r->end; r->at++) {
        if (*r->at == '"') {
            if (r->at + 1 == r->end || r->at[1] != '"') {
                r->at++;
                out->text = ent_tidy(r->work->arena, ent_buffer_text(&b));
                return ENT_OK;
            }
            r->at++;
        }
        r->line += *r->at == '\n';
        ent_put_char(&b, *r->at);
    }
    r->at = start;
    return bad(r, ENT_S101_BAD_SCENARIO, "a quotation mark without a second");
}

static ent_status read_cell(reader *r)
{
    ent_cell *out = ent_push(r->work->arena, &r->cells);
    *out = (ent_cell){.text = "", .offset = (size_t)(r->at - r->text->at)};
    if (r->at < r->end && *r->at == '"') {
        return quoted(r, out);
    }
    const char *start = r->at;
    while (r->at < r->end && *r->at != r->separator && *r->at != '\n' && *r->at != '\r') {
        r->at++;
    }
    if (r->at > start) {
        char *copy = ent_copy_text(r->work->arena, start, (size_t)(r->at - start));
        bool tidy = *start != ' ' && *start != '\t' && strchr(" \t", r->at[-1]) == NULL &&
                    strstr(copy, "  ") == NULL && strchr(copy, '\t') == NULL;
        out->text = tidy ? copy : ent_tidy(r->work->arena, copy);
    }
    return ENT_OK;
}

/* One line that is not empty. */
static ent_status read_row(reader *r)
{
    struct row row = {r->cells.count, 0, r->line};
    ent_status status = ENT_OK;
    for (bool more = true; more && status == ENT_OK;) {
        status = read_cell(r);
        more = r->at < r->end && *r->at == r->separator;
        if (status == ENT_OK && r->cells.count - row.first > ENT_TABLE_COLUMNS) {
            return bad(r, ENT_S104_TOO_MUCH, "too many columns");
        }
        if (status == ENT_OK && !more && r->at < r->end && *r->at != '\n' && *r->at != '\r') {
            return bad(r, ENT_S101_BAD_SCENARIO, "text behind a quotation mark");
        }
        r->at += more;
    }
    row.count = r->cells.count - row.first;
    r->widest = row.count > r->widest ? row.count : r->widest;
    *ent_push(r->work->arena, &r->rows) = row;
    return status;
}

static ent_status read_rows(reader *r)
{
    ent_status status = ENT_OK;
    while (r->at < r->end && status == ENT_OK) {
        if (*r->at != '\r' && *r->at != '\n') {
            status = read_row(r);
        }
        r->at += status == ENT_OK && r->at < r->end && *r->at == '\r';
        if (status == ENT_OK && r->at < r->end && *r->at == '\n') {
            r->at++;
            r->line++;
        }
        if (status == ENT_OK && r->cells.count > ENT_TABLE_CELLS) {
            return too_many_cells(r);
        }
        if (status == ENT_OK && (r->rows.count & 0xFFF) == 0xFFF &&
            ent_tick(r->work, "lines read", r->rows.count, 0)) {
            return ENT_CANCELLED;
        }
    }
    return status;
}

/* The rows filled up to the widest; a cell that is not there begins where its line's last ends. */
static ent_status square(reader *r, ent_table *t)
{
    size_t rows = r->rows.count, columns = r->widest;
    if (columns > 0 && rows > ENT_TABLE_CELLS / columns) {
        return too_many_cells(r);
    }
    uint32_t *number = ent_alloc_unset(r->work->arena, rows + 1, uint32_t);
    ent_cell *cells = r->cells.at;
    if (r->cells.count != rows * columns) {
        cells = ent_alloc_unset(r->work->arena, rows * columns + 1, ent_cell);
    }
    for (size_t i = 0; i < rows; i++) {
        const struct row *row = &r->rows.at[i];
        number[i] = row->line;
        for (size_t k = 0; k < columns && cells != r->cells.at; k++) {
            size_t last = row->first + (k < row->count ? k : row->count - 1);
            cells[i * columns + k] = r->cells.at[last];
            if (k >= row->count) {
                cells[i * columns + k].text = "";
            }
        }
    }
    t->cells = cells;
    t->number = number;
    t->rows = rows;
    t->columns = columns;
    return ENT_OK;
}

ent_status ent_read_text_table(ent_work *work, const ent_text *text, const char *name,
                               ent_table *out)
{
    ent_text *utf8 = ent_alloc(work->arena, 1, ent_text);
    ent_status status = ent_decode_text(work, text, utf8);
    if (status != ENT_OK) {
        return status;
    }
    reader r = {.work = work, .text = utf8, .at = utf8->at, .end = utf8->at + utf8->length,
                .line = 1};
    if (utf8->length >= 3 && memcmp(utf8->at, "\xEF\xBB\xBF", 3) == 0) {
        r.at += 3;
    }
    if (!declared(&r)) {
        choose_separator(&r);
    }
    *out = (ent_table){.work = work, .text = utf8, .name = name};
    status = read_rows(&r);
    status = status == ENT_OK ? square(&r, out) : status;
    if (status == ENT_OK && out->rows < 2) {
        return bad(&r, ENT_S101_BAD_SCENARIO, "the table has no rows");
    }
    return status;
}
