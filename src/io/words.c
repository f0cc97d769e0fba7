#include "io/words.h"

#include "base/unicode.h"

#include <string.h>

typedef struct reader {
    ent_arena *arena;
    const char *text;
    size_t length, at;
    struct {
        ent_word *at;
        size_t count, room;
    } words;
    struct {
        ent_page_break *at;
        size_t count, room;
    } breaks;
    bool line_start; /* no word of this line was seen yet */
    size_t lines[ENT_PAGE_LINES]; /* where this page's last lines begin, the last first */
} reader;

static const int32_t soft_hyphen = 0xAD;

static int32_t peek(const reader *r, size_t at, size_t *next)
{
    *next = at;
    return at < r->length ? ent_utf8_next(r->text, r->length, next) : -1;
}

static bool is_dash(int32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 ||
           c == 0xFF0D || c == 0x2043;
}

/* The sign that may also part the syllables of a word. */
static bool is_hyphen(int32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011 || c == 0xAD;
}

static bool is_apostrophe(int32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2BC;
}

/* Quotation marks of any kind, and what stands for emphasis in plain text. */
static bool is_dropped(int32_t c)
{
    return c == '"' || c == '`' || c == '*' || c == '_' || c == '\\' || c == 0xB4 || c == 0xAB ||
           c == 0xBB || (c >= 0x2018 && c <= 0x201F) || c == '\'' || c == 0x2BC ||
           c == 0x2039 || c == 0x203A || (c >= 0x2032 && c <= 0x2037) ||
           (c >= 0x300C && c <= 0x300F) || (c >= 0x301D && c <= 0x301F) || c == 0xFF02 ||
           c == 0xFF07;
}

static bool is_raised(int32_t c)
{
    return c == 0xB9 || c == 0xB2 || c == 0xB3 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079);
}

static bool is_bullet(int32_t c)
{
    return c == '+' || c == '>' || c == '#' || c == 0x2022 || c == 0x2023 || c == 0x25E6 ||
           c == 0x25AA || c == 0x25AB || c == 0xB7 || (c >= 0x25A0 && c <= 0x25FF) ||
           (c >= 0x2700 && c <= 0x27BF) || (c >= 0xF000 && c <= 0xF0FF); /* symbol fonts */
}

static bool is_letter(int32_t c)
{
    ent_rune_kind kind = c < 0 ? ENT_RUNE_MARK : ent_rune_kind_of(c);
    return (kind == ENT_RUNE_LETTER && !is_raised(c)) || kind == ENT_RUNE_ON;
}

static void begin_line(reader *r)
{
    if (!r->line_start) {
        return;
    }
    r->line_start = false;
    memmove(r->lines + 1, r->lines, sizeof r->lines - sizeof *r->lines);
    r->lines[0] = r->words.count;
    ent_page_break *last = r->breaks.count == 0 ? NULL : &r->breaks.at[r->breaks.count - 1];
    if (last != NULL && last->heads <= ENT_PAGE_LINES) {
        last->head[last->heads++] = r->words.count;
    }
}

/* One apostrophe for all; there is seldom one. */
static ent_slice plain_apostrophes(ent_arena *arena, ent_slice word)
{
    size_t at = 0;
    bool any = false;
    for (size_t i = 0; i + 1 < word.length; i++) {
        any = any || memcmp(word.at + i, "\xE2\x80", 2) == 0 ||
              memcmp(word.at + i, "\xCA\xBC", 2) == 0;
    }
    if (!any) {
        return word;
    }
    ent_buffer out = ent_buffer_init(arena, 0);
    while (at < word.length) {
        size_t from = at;
        if (is_apostrophe(ent_utf8_next(word.at, word.length, &at))) {
            ent_put_char(&out, '\'');
        } else {
            ent_put_bytes(&out, word.at + from, at - from);
        }
    }
    return (ent_slice){ent_buffer_text(&out), out.length};
}

static void add(reader *r, size_t from, size_t to, uint32_t flags)
{
    begin_line(r);
    ent_slice plain = ent_plain_form(r->arena, r->text + from, to - from);
    if ((flags & ENT_IS_WORD) != 0) {
        plain = plain_apostrophes(r->arena, plain);
    }
    if (plain.length > 0) {
        *ent_push(r->arena, &r->words) =
            (ent_word){plain.at, (uint32_t)plain.length, (uint32_t)from, (uint32_t)to, flags};
    }
    r->at = to;
}

/* Does the last word end where the cursor stands? */
static bool is_glued(const reader *r)
{
    return r->words.count > 0 && r->words.at[r->words.count - 1].to == r->at;
}

/* Behind blanks: the end of a line or of the text? */
static bool ends_line(const reader *r, size_t at)
{
    while (at < r->length && (r->text[at] == ' ' || r->text[at] == '\t' || r->text[at] == '\r')) {
        at++;
    }
    return at < r->length && (r->text[at] == '\n' || r->text[at] == '\f');
}

/* The letters of "can't" and the digits of "12,000.50" are one word; "l'accord" is two. */
static bool goes_on(const reader *r, int32_t before, int32_t c, size_t next)
{
    size_t after;
    int32_t following = peek(r, next, &after);
    if (c == '.' || c == ',') {
        return ent_rune_is_digit(before) && ent_rune_is_digit(following);
    }
    if (!is_apostrophe(c) || !is_letter(following)) {
        return false;
    }
    size_t letters = 0;
    for (size_t i = next; is_letter(peek(r, i, &after)); i = after) {
        letters++;
    }
    return letters <= 2;
}

/* The end of the word, its letters and the digits at its end. */
static size_t word_end(const reader *r, size_t *digits_from)
{
    size_t at = r->at;
    size_t letters = 0;
    size_t digits = 0;
    int32_t before = -1;
    bool lower = false;
    *digits_from = SIZE_MAX;
    for (;;) {
        size_t next;
        int32_t c = peek(r, at, &next);
        bool hidden = c >= 0 && ent_rune_kind_of(c) == ENT_RUNE_NOTHING &&
                      !(c == soft_hyphen && ends_line(r, next));
        if (!is_letter(c) && !hidden && !goes_on(r, before, c, next)) {
            break;
        }
        if (ent_rune_is_digit(c)) {
            *digits_from = digits++ == 0 ? at : *digits_from;
        } else if (!hidden) {
            letters += 1 + digits;
            digits = 0;
            lower = ent_rune_is_lower(c);
        }
        before = hidden ? before : c;
        at = next;
    }
    bool footnote = letters >= 3 && lower && digits >= 1 && digits <= 3;
    *digits_from = footnote ? *digits_from : SIZE_MAX;
    return at;
}

static void read_word(reader *r)
{
    size_t digits;
    size_t from = r->at;
    size_t end = word_end(r, &digits);
    if (digits == SIZE_MAX) {
        add(r, from, end, ENT_IS_WORD);
    } else {
        add(r, from, digits, ENT_IS_WORD);
        add(r, digits, end, ENT_IS_WORD | ENT_IS_OPTIONAL);
    }
}

/* A letter of a script without spaces, with what stands on it. */
static void read_alone(reader *r, size_t next)
{
    size_t end = next;
    for (size_t after; ent_rune_kind_of(peek(r, end, &after)) == ENT_RUNE_ON && end < r->length;) {
        end = after;
    }
    add(r, r->at, end, ENT_IS_WORD);
}

/* "[12]" right behind a word. True if it was one. */
static bool read_reference(reader *r)
{
    size_t end = r->at + 1;
    end += end < r->length && r->text[end] == '^';
    size_t digits = end;
    while (end < r->length && r->text[end] >= '0' && r->text[end] <= '9') {
        end++;
    }
    if (!is_glued(r) || end == digits || end > digits + 3 || end >= r->length ||
        r->text[end] != ']') {
        return false;
    }
    add(r, r->at, r->at + 1, ENT_IS_OPTIONAL);
    add(r, digits, end, ENT_IS_OPTIONAL | ENT_IS_MORE);
    add(r, end, end + 1, ENT_IS_OPTIONAL | ENT_IS_MORE);
    return true;
}

/* "12." or "3)" at the head of a line. True if it was one. */
static bool read_number(reader *r)
{
    size_t end = r->at;
    while (end < r->length && r->text[end] >= '0' && r->text[end] <= '9') {
        end++;
    }
    bool numbers = r->line_start && end > r->at && end <= r->at + 3 && end + 1 < r->length &&
                   (r->text[end] == '.' || r->text[end] == ')') && r->text[end + 1] == ' ';
    if (numbers) {
        add(r, r->at, end, ENT_IS_WORD | ENT_IS_OPTIONAL);
        add(r, end, end + 1, ENT_IS_OPTIONAL | ENT_IS_MORE);
    }
    return numbers;
}

static bool before_space(const reader *r, size_t at)
{
    size_t next;
    int32_t c = peek(r, at, &next);
    return c < 0 || ent_rune_kind_of(c) == ENT_RUNE_SPACE;
}

static void read_dash(reader *r, int32_t c, size_t next)
{
    size_t from = r->at;
    bool glued = is_glued(r) && (r->words.at[r->words.count - 1].flags & ENT_IS_WORD) != 0;
    bool hyphen = is_hyphen(c);
    for (size_t after; is_dash(peek(r, next, &after));) {
        next = after; /* -- is a dash too */
        hyphen = false;
    }
    size_t after;
    bool bullet = r->line_start && before_space(r, next);
    bool inner = hyphen && glued && is_letter(peek(r, next, &after));
    bool end = hyphen && glued && ends_line(r, next);
    add(r, from, next,
        (bullet ? ENT_IS_OPTIONAL | ENT_IS_QUIET : 0u) | (inner ? ENT_IS_INNER : 0u) |
            (end ? ENT_IS_LINE_END : 0u));
    if (r->words.count > 0 && r->words.at[r->words.count - 1].from == from) {
        ent_word *dash = &r->words.at[r->words.count - 1];
        dash->at = "-";
        dash->length = 1;
    } else if (end) { /* a soft hyphen has no plain form */
        *ent_push(r->arena, &r->words) =
            (ent_word){"-", 1, (uint32_t)from, (uint32_t)next, ENT_IS_LINE_END};
    }
}

static bool read_ellipsis(reader *r, int32_t c, size_t next)
{
    size_t end = next;
    while (c == '.' && end < r->length && r->text[end] == '.') {
        end++;
    }
    if (c == '.' ? end < r->at + 3 : c != 0x2026 && c != 0x22EF) {
        return false;
    }
    add(r, r->at, end, ENT_IS_GAP);
    return true;
}

static void read_mark(reader *r, int32_t c, size_t next)
{
    bool list = r->line_start && is_bullet(c) && before_space(r, next);
    if (is_dash(c)) {
        read_dash(r, c, next);
    } else if (is_dropped(c) || (r->line_start && (c == '>' || c == '#'))) {
        /* What stands behind a closing mark still stands at the word. */
        if (is_glued(r)) {
            r->words.at[r->words.count - 1].to = (uint32_t)next;
        }
        r->at = next;
    } else if (c == '[' && read_reference(r)) {
        return;
    } else if (!read_ellipsis(r, c, next)) {
        bool note = (c == 0x2020 || c == 0x2021) && is_glued(r);
        add(r, r->at, next,
            list ? ENT_IS_OPTIONAL | ENT_IS_QUIET : note ? ENT_IS_OPTIONAL : 0u);
    }
}

static void read_space(reader *r, int32_t c, size_t next)
{
    if (c == '\f') {
        ent_page_break *b = ent_push(r->arena, &r->breaks);
        memcpy(b->foot, r->lines, sizeof b->foot);
        memset(r->lines, 0xFF, sizeof r->lines);
    }
    r->line_start = r->line_start || c == '\n' || c == '\f' || c == 0x2028 || c == 0x2029;
    r->at = next;
}

static void read_one(reader *r)
{
    size_t next;
    int32_t c = peek(r, r->at, &next);
    switch (ent_rune_kind_of(c)) {
    case ENT_RUNE_SPACE:
        read_space(r, c, next);
        return;
    case ENT_RUNE_LETTER:
    case ENT_RUNE_ON:
        if (is_raised(c)) {
            add(r, r->at, next, ENT_IS_WORD | (is_glued(r) ? ENT_IS_OPTIONAL : 0u));
        } else if (!read_number(r)) {
            read_word(r);
        }
        return;
    case ENT_RUNE_ALONE:
        read_alone(r, next);
        return;
    case ENT_RUNE_NOTHING:
        if (c == soft_hyphen && is_glued(r) && ends_line(r, next)) {
            read_dash(r, c, next);
        } else {
            r->at = next;
        }
        return;
    case ENT_RUNE_MARK:
        read_mark(r, c, next);
        return;
    }
}

/* Where a search may have to pass over lines. */
static void mark_page(const reader *r, const ent_page_break *b)
{
    for (size_t i = 0; i < ENT_PAGE_LINES; i++) {
        if (b->foot[i] < r->words.count) {
            r->words.at[b->foot[i]].flags |= ENT_IS_PAGE;
        }
    }
    if (b->heads > 0 && b->head[0] < r->words.count) {
        r->words.at[b->head[0]].flags |= ENT_IS_PAGE;
    }
}

const ent_words_list *ent_words_of(ent_arena *arena, const char *text, size_t length)
{
    reader r = {.arena = arena, .text = text, .length = length, .line_start = true};
    memset(r.lines, 0xFF, sizeof r.lines);
    while (r.at < r.length) {
        read_one(&r);
    }
    for (size_t b = 0; b < r.breaks.count; b++) {
        mark_page(&r, &r.breaks.at[b]);
    }
    ent_words_list *list = ent_alloc(arena, 1, ent_words_list);
    *list = (ent_words_list){text, r.words.at, r.words.count, r.breaks.at, r.breaks.count};
    return list;
}
