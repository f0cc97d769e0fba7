#include "base/diag_text.h"

#include <stdio.h>
#include <string.h>

static bool is_unsafe(int32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200E && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

/* One code point of the text; what could steer a terminal or turn a line round becomes `?`. */
static void put_rune(ent_buffer *out, const char *text, size_t length, size_t *at)
{
    size_t start = *at;
    int32_t c = ent_utf8_next(text, length, at);
    if (c == '\t') {
        ent_put_char(out, '\t');
    } else if (is_unsafe(c)) {
        ent_put_char(out, '?');
    } else {
        ent_put_bytes(out, text + start, *at - start);
    }
}

static void put_safe(ent_buffer *out, const char *text)
{
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        put_rune(out, text, length, &at);
    }
}

/* Terminal columns of the code point at *at, as put_rune shows it. */
static size_t width_at(const char *text, size_t length, size_t *at)
{
    char one[8] = {0};
    size_t start = *at;
    int32_t c = ent_utf8_next(text, length, at);
    if (is_unsafe(c)) {
        return 1;
    }
    memcpy(one, text + start, *at - start);
    return ent_text_width(one);
}

/* Under the source line: blanks as wide as what stands before, then carets as wide as the fault. */
static void put_carets(ent_buffer *out, const ent_diag *diag)
{
    const char *source = diag->source;
    size_t length = strlen(source);
    size_t at = 0;
    for (uint32_t i = 1; i < diag->column && at < length; i++) {
        if (source[at] == '\t') {
            ent_put_char(out, '\t'); /* as wide as the tab above it */
            at++;
        } else {
            ent_put_repeat(out, " ", width_at(source, length, &at));
        }
    }
    size_t carets = 0;
    for (uint32_t i = 0; i < diag->length && at < length; i++) {
        carets += width_at(source, length, &at);
    }
    ent_put_repeat(out, "^", carets == 0 ? 1 : carets);
}

static void put_place(ent_buffer *out, const ent_diag *diag, int margin)
{
    ent_putf(out, "%*s--> ", margin, "");
    put_safe(out, diag->file);
    if (diag->line > 0) {
        ent_putf(out, ":%u:%u", (unsigned)diag->line, (unsigned)diag->column);
    }
    ent_put(out, "\n");
}

void ent_put_diag(ent_buffer *out, const ent_diag *diag, bool color)
{
    static const char *const words[] = {"note", "warning", "error"};
    static const char *const inks[] = {"\033[1m", "\033[1;33m", "\033[1;31m"};
    char number[16];
    int margin = snprintf(number, sizeof number, "%u", (unsigned)diag->line);
    bool quoted = diag->line > 0 && diag->source != NULL;
    margin = quoted ? margin : 2;
    ent_putf(out, "%s%s[%s]%s: ", color ? inks[diag->severity] : "", words[diag->severity],
             diag->code, color ? "\033[0m" : "");
    put_safe(out, diag->message);
    ent_put(out, "\n");
    if (diag->file != NULL) {
        put_place(out, diag, margin);
    }
    if (quoted) {
        ent_putf(out, "%s | ", number);
        put_safe(out, diag->source);
        ent_putf(out, "\n%*s | ", margin, "");
        put_carets(out, diag);
        ent_put(out, diag->hint != NULL ? " " : "");
    } else if (diag->hint != NULL) {
        ent_putf(out, "%*s= ", margin, "");
    }
    put_safe(out, diag->hint == NULL ? "" : diag->hint);
    ent_put(out, quoted || diag->hint != NULL ? "\n" : "");
}
