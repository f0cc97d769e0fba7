#include "report/style.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

void ent_put_ink(ent_buffer *out, const ent_style *style, ent_ink ink, const char *text)
{
    static const char *const codes[] = {
        [ENT_INK_PLAIN] = "", [ENT_INK_BOLD] = "\033[1m", [ENT_INK_FAINT] = "\033[2m",
        [ENT_INK_FIRST] = "\033[34m", [ENT_INK_SECOND] = "\033[33m",
    };
    bool inked = style->color && ink != ENT_INK_PLAIN;
    ent_put(out, inked ? codes[ink] : "");
    ent_put(out, text);
    ent_put(out, inked ? "\033[0m" : "");
}

/* The bytes of text that fit in `columns`, whole code points only. */
static size_t fitting(const char *text, size_t length, unsigned columns)
{
    size_t at = 0;
    size_t width = 0;
    while (at < length) {
        size_t next = at;
        (void)ent_utf8_next(text, length, &next);
        char letter[8] = {0};
        memcpy(letter, text + at, next - at);
        width += ent_text_width(letter);
        if (width > columns) {
            break;
        }
        at = next;
    }
    return at;
}

static size_t slice_width(ent_arena *arena, const char *text, size_t length)
{
    return ent_text_width(ent_copy_text(arena, text, length));
}

void ent_put_wrapped(ent_buffer *out, const ent_style *style, unsigned at, unsigned indent,
                     const char *text)
{
    unsigned column = at;
    bool fresh = true; /* nothing stands on this line yet */
    while (*text != '\0') {
        size_t blanks = strspn(text, " \t\r\n");
        text += blanks;
        size_t length = strcspn(text, " \t\r\n");
        if (length == 0) {
            break;
        }
        unsigned width = (unsigned)slice_width(out->arena, text, length);
        if (!fresh && column + 1 + width > style->width) {
            ent_put_char(out, '\n');
            ent_put_repeat(out, " ", indent);
            column = indent;
            fresh = true;
        }
        if (!fresh) {
            ent_put_char(out, ' ');
            column++;
        }
        ent_put_bytes(out, text, length);
        column += width;
        fresh = false;
        text += length;
    }
    ent_put_char(out, '\n');
}

void ent_put_read_as(ent_buffer *out, const ent_style *style, const char *read_as)
{
    if (read_as != NULL) {
        ent_put_wrapped(out, style, 0, 2, read_as);
    }
}

void ent_put_cell(ent_buffer *out, const char *text, unsigned width, bool right)
{
    size_t has = ent_text_width(text);
    if (has > width) {
        ent_put_bytes(out, text, fitting(text, strlen(text), width > 0 ? width - 1 : 0));
        ent_put(out, width > 0 ? "\xE2\x80\xA6" : "");
        return;
    }
    ent_put_repeat(out, " ", right ? width - has : 0);
    ent_put(out, text);
    ent_put_repeat(out, " ", right ? 0 : width - has);
}

void ent_put_bar(ent_buffer *out, double share, unsigned width)
{
    double filled = share > 0 ? (share < 1 ? share : 1) * width : 0; /* also of what is none */
    unsigned cells = filled > 0 && filled < 1 ? 1 : (unsigned)(filled + 0.5);
    ent_put_repeat(out, "#", cells);
    ent_put_repeat(out, ".", width - cells);
}

unsigned ent_bar_cells(const ent_style *style, unsigned taken, unsigned most)
{
    unsigned room = style->width > taken ? style->width - taken : 0;
    return room > most ? most : room < 6 ? 6 : room;
}

void ent_put_note(ent_buffer *out, const ent_style *style, unsigned at, unsigned indent,
                  const char *note)
{
    bool fits = at + 2 + ent_text_width(note) <= style->width;
    if (note[0] != '\0') {
        ent_put(out, fits ? "  " : "\n");
        ent_put_repeat(out, " ", fits ? 0 : indent);
        ent_put(out, note);
    }
    ent_put_char(out, '\n');
}

/* The bytes of the colour sequence that begins here, which takes no column; 0 if none does. */
static size_t ink_bytes(const char *text, size_t length)
{
    size_t at = 1;
    if (length < 2 || text[0] != '\033') {
        return 0;
    }
    while (at < length && text[at] != 'm') {
        at++;
    }
    return at < length ? at + 1 : 0;
}

/* Where the line is cut: all of it where it fits, else the last gap that fits, else the first. */
static size_t cut_of(const char *line, size_t length, unsigned columns)
{
    size_t cut = 0;
    size_t column = 0;
    bool word = false; /* a letter stands right before */
    for (size_t at = 0; at < length && (column <= columns || cut == 0);) {
        size_t next = at + ink_bytes(line + at, length - at);
        if (next == at) {
            bool blank = line[at] == ' ';
            cut = blank && word && (column <= columns || cut == 0) ? at : cut;
            word = !blank;
            char letter[8] = {0};
            (void)ent_utf8_next(line, length, &next);
            memcpy(letter, line + at, next - at);
            column += ent_text_width(letter);
        }
        at = next;
    }
    return column <= columns || cut == 0 ? length : cut;
}

static void fold_line(ent_buffer *out, const ent_style *style, const char *line, size_t length)
{
    size_t hang = strspn(line, " ") + 2;
    hang = hang > style->width / 2 ? style->width / 2 : hang;
    while (length > 0 && line[length - 1] == ' ') {
        length--;
    }
    size_t cut = cut_of(line, length, style->width);
    ent_put_bytes(out, line, cut);
    while (cut < length) {
        size_t blanks = strspn(line + cut, " ");
        line += cut + blanks;
        length -= cut + blanks;
        cut = cut_of(line, length, style->width - (unsigned)hang);
        ent_put_char(out, '\n');
        ent_put_repeat(out, " ", hang);
        ent_put_bytes(out, line, cut);
    }
}

void ent_fold(ent_buffer *out, const ent_style *style)
{
    ent_buffer folded = ent_buffer_init(out->arena, out->cap);
    const char *text = ent_buffer_text(out);
    for (const char *line = text; line < text + out->length;) {
        size_t length = strcspn(line, "\n");
        fold_line(&folded, style, line, length);
        line += length;
        if (*line == '\n') {
            ent_put_char(&folded, '\n');
            line++;
        }
    }
    folded.full = folded.full || out->full;
    *out = folded;
}

const char *ent_percent(ent_arena *arena, double share)
{
    if (!(share >= 0)) {
        return "-";
    }
    double percent = 100 * share;
    double whole = floor(percent + 0.5);
    percent = fabs(percent - whole) < 1e-7 ? whole : percent; /* a sum of parts may miss by a bit */
    if (percent > 0 && percent <= 0.5) {
        return "<1%";
    }
    if (percent < 100 && percent >= 99.5) {
        return ">99%";
    }
    return ent_format(arena, "%.0f%%", whole); /* halves go up, as on the page */
}

void ent_put_heading(ent_buffer *out, const ent_style *style, const char *text)
{
    ent_put_char(out, '\n');
    ent_put_ink(out, style, ENT_INK_BOLD, text);
    ent_put_char(out, '\n');
}
