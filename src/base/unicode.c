#include "base/unicode.h"

#include <string.h>
#include <utf8proc.h>

/* Scripts that are written without spaces, and Tibetan, whose syllables are parted by marks. */
static bool has_no_spaces(int32_t c)
{
    static const int32_t ranges[][2] = {
        {0x0E00, 0x0EFF},   /* Thai, Lao */
        {0x0F00, 0x0FFF},   /* Tibetan */
        {0x1000, 0x109F},   /* Myanmar */
        {0x1780, 0x17FF},   /* Khmer */
        {0x3040, 0x30FF},   /* Hiragana, Katakana */
        {0x31F0, 0x31FF},
        {0x3400, 0x4DBF},   /* Han */
        {0x4E00, 0x9FFF},
        {0xF900, 0xFAFF},
        {0xFF66, 0xFF9F},
        {0x20000, 0x3FFFF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (c >= ranges[i][0] && c <= ranges[i][1]) {
            return true;
        }
    }
    return false;
}

ent_rune_kind ent_rune_kind_of(int32_t c)
{
    if (c < 0) {
        return ENT_RUNE_MARK;
    }
    if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85) {
        return ENT_RUNE_SPACE;
    }
    utf8proc_category_t kind = utf8proc_category(c);
    if (utf8proc_get_property(c)->ignorable || kind == UTF8PROC_CATEGORY_CF) {
        return ENT_RUNE_NOTHING;
    }
    if (kind == UTF8PROC_CATEGORY_ZS || kind == UTF8PROC_CATEGORY_ZL ||
        kind == UTF8PROC_CATEGORY_ZP) {
        return ENT_RUNE_SPACE;
    }
    if (kind >= UTF8PROC_CATEGORY_MN && kind <= UTF8PROC_CATEGORY_ME) {
        return ENT_RUNE_ON;
    }
    bool letter = kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO;
    return !letter ? ENT_RUNE_MARK : has_no_spaces(c) ? ENT_RUNE_ALONE : ENT_RUNE_LETTER;
}

bool ent_rune_is_digit(int32_t c)
{
    return c >= 0 && utf8proc_category(c) == UTF8PROC_CATEGORY_ND;
}

bool ent_rune_is_lower(int32_t c)
{
    return c >= 0 && utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
}

static bool is_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

ent_slice ent_plain_form(ent_arena *arena, const char *text, size_t length)
{
    const utf8proc_option_t how = UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_STABLE |
                                  UTF8PROC_IGNORE;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    if (is_ascii(text, length)) {
        return (ent_slice){text, length};
    }
    utf8proc_ssize_t runes = utf8proc_decompose(bytes, (utf8proc_ssize_t)length, NULL, 0, how);
    if (runes < 0) {
        return (ent_slice){text, length}; /* not valid UTF-8: as it stands */
    }
    /* The library writes the UTF-8 over the code points, with a NUL behind it. */
    utf8proc_int32_t *out = ent_alloc(arena, (size_t)runes + 1, utf8proc_int32_t);
    (void)utf8proc_decompose(bytes, (utf8proc_ssize_t)length, out, runes, how);
    utf8proc_ssize_t size = utf8proc_reencode(out, runes, how);
    return size < 0 ? (ent_slice){text, length} : (ent_slice){(const char *)out, (size_t)size};
}

bool ent_same_but_first_case(ent_slice a, ent_slice b)
{
    size_t at_a = 0;
    size_t at_b = 0;
    if (a.length == 0 || b.length == 0) {
        return a.length == b.length;
    }
    int32_t first_a = ent_utf8_next(a.at, a.length, &at_a);
    int32_t first_b = ent_utf8_next(b.at, b.length, &at_b);
    return first_a >= 0 && first_b >= 0 && utf8proc_tolower(first_a) == utf8proc_tolower(first_b) &&
           a.length - at_a == b.length - at_b &&
           memcmp(a.at + at_a, b.at + at_b, a.length - at_a) == 0;
}
