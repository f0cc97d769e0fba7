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
    double filled = share * width;
    unsigned cells = filled > 0 && filled < 1 ? 1 : (unsigned)(filled + 0.5);
    cells = cells > width ? width : cells;
    ent_put_repeat(out, "#", cells);
    ent_put_repeat(out, ".", width - cells);
}

const char *ent_percent(ent_arena *arena, double share)
{
    if (!(share >= 0)) {
        return "-";
    }
    double percent = 100 * share;
    if (percent > 0 && percent < 0.5) {
        return "<1%";
    }
    if (percent < 100 && percent >= 99.5) {
        return ">99%";
    }
    return ent_format(arena, "%.0f%%", percent);
}

void ent_put_heading(ent_buffer *out, const ent_style *style, const char *text)
{
    ent_put_char(out, '\n');
    ent_put_ink(out, style, ENT_INK_BOLD, text);
    ent_put_char(out, '\n');
}
