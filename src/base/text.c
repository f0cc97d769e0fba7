#include "base/text.h"

#include "base/number.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

ent_slice ent_slice_of(const char *text)
{
    return (ent_slice){text, text == NULL ? 0 : strlen(text)};
}

bool ent_slice_is(ent_slice slice, const char *text)
{
    return strlen(text) == slice.length && memcmp(slice.at, text, slice.length) == 0;
}

ent_buffer ent_buffer_init(ent_arena *arena, size_t cap)
{
    return (ent_buffer){.arena = arena, .cap = cap == 0 ? ENT_BUFFER_CAP : cap};
}

void ent_put_bytes(ent_buffer *buffer, const char *bytes, size_t length)
{
    if (buffer->full || length > buffer->cap - buffer->length) {
        buffer->full = true;
        return;
    }
    ent_grow(buffer->arena, (void **)&buffer->at, &buffer->room, buffer->length + length + 1, 1);
    memcpy(buffer->at + buffer->length, bytes, length);
    buffer->length += length;
    buffer->at[buffer->length] = '\0';
}

void ent_put(ent_buffer *buffer, const char *text)
{
    ent_put_bytes(buffer, text, strlen(text));
}

void ent_put_char(ent_buffer *buffer, char c)
{
    ent_put_bytes(buffer, &c, 1);
}

void ent_put_repeat(ent_buffer *buffer, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        ent_put(buffer, text);
    }
}

void ent_putf(ent_buffer *buffer, const char *format, ...)
{
    char small[256];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(small, sizeof small, format, list);
    va_end(list);
    if (length < 0) {
        buffer->full = true;
        return;
    }
    if ((size_t)length < sizeof small) {
        ent_put_bytes(buffer, small, (size_t)length);
        return;
    }
    char *large = ent_alloc(buffer->arena, (size_t)length + 1, char);
    va_start(list, format);
    vsnprintf(large, (size_t)length + 1, format, list);
    va_end(list);
    ent_put_bytes(buffer, large, (size_t)length);
}

const char *ent_buffer_text(const ent_buffer *buffer)
{
    return buffer->at == NULL ? "" : buffer->at;
}

static bool continues(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

int32_t ent_utf8_next(const char *text, size_t length, size_t *at)
{
    const unsigned char *s = (const unsigned char *)text + *at;
    size_t left = length - *at;
    *at += 1;
    if (s[0] < 0x80) {
        return s[0];
    }
    if (s[0] >= 0xC2 && s[0] < 0xE0 && left > 1 && continues(s[1])) {
        *at += 1;
        return (s[0] & 0x1F) << 6 | (s[1] & 0x3F);
    }
    if ((s[0] & 0xF0) == 0xE0 && left > 2 && continues(s[1]) && continues(s[2])) {
        int32_t c = (s[0] & 0x0F) << 12 | (s[1] & 0x3F) << 6 | (s[2] & 0x3F);
        if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) {
            *at += 2;
            return c;
        }
    }
    if ((s[0] & 0xF8) == 0xF0 && left > 3 && continues(s[1]) && continues(s[2]) &&
        continues(s[3])) {
        int32_t c = (s[0] & 0x07) << 18 | (s[1] & 0x3F) << 12 | (s[2] & 0x3F) << 6 | (s[3] & 0x3F);
        if (c >= 0x10000 && c <= 0x10FFFF) {
            *at += 3;
            return c;
        }
    }
    return -1;
}

size_t ent_utf8_valid(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        size_t start = at;
        if (ent_utf8_next(text, length, &at) < 0) {
            return start;
        }
    }
    return length;
}

static size_t rune_width(int32_t c)
{
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x300 && c < 0x370) ||
        (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0xFEFF) {
        return 0;
    }
    bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
}

bool ent_turns_writing(int32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void ent_show_turns(ent_buffer *text)
{
    const char *from = text->at;
    size_t length = text->length;
    bool any = false;
    for (size_t at = 0; at < length && !any;) {
        any = ent_turns_writing(ent_utf8_next(from, length, &at));
    }
    if (!any) {
        return;
    }
    ent_buffer shown = ent_buffer_init(text->arena, text->cap);
    for (size_t at = 0; at < length;) {
        size_t start = at;
        int32_t c = ent_utf8_next(from, length, &at);
        if (ent_turns_writing(c)) {
            ent_putf(&shown, "<U+%04X>", (unsigned)c);
        } else {
            ent_put_bytes(&shown, from + start, at - start);
        }
    }
    *text = shown;
}

size_t ent_text_width(const char *text)
{
    size_t length = strlen(text);
    size_t width = 0;
    for (size_t at = 0; at < length;) {
        int32_t c = ent_utf8_next(text, length, &at);
        width += c < 0 ? 1 : rune_width(c);
    }
    return width;
}

enum { NEAREST_LONGEST = 64 };

/* Optimal string alignment distance of case-folded names up to NEAREST_LONGEST bytes. */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t rows[3][NEAREST_LONGEST + 1];
    for (size_t j = 0; j <= m; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        size_t *now = rows[i % 3];
        const size_t *before = rows[(i - 1) % 3];
        const size_t *earlier = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            int x = tolower((unsigned char)a[i - 1]);
            int y = tolower((unsigned char)b[j - 1]);
            size_t best = before[j - 1] + (x != y);
            best = before[j] + 1 < best ? before[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            bool swapped = i > 1 && j > 1 && x == tolower((unsigned char)b[j - 2]) &&
                           tolower((unsigned char)a[i - 2]) == y;
            if (swapped && earlier[j - 2] + 1 < best) {
                best = earlier[j - 2] + 1;
            }
            now[j] = best;
        }
    }
    return rows[n % 3][m];
}

const char *ent_nearest(const char *name, const char *const *candidates, size_t count)
{
    size_t n = strlen(name);
    const char *nearest = NULL;
    size_t least = n < 3 ? 2 : n / 3 + 1; /* one more than the most that is a slip */
    if (n < 2 || n > NEAREST_LONGEST) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        size_t m = candidates[i] == NULL ? 0 : strlen(candidates[i]);
        if (m == 0 || m > NEAREST_LONGEST) {
            continue;
        }
        size_t d = distance(name, n, candidates[i], m);
        if (d < least) {
            nearest = candidates[i];
            least = d;
        }
    }
    return nearest;
}
