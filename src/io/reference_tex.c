/* The TeX of bibliographies: what BibTeX files hold in place of letters. O(length). */
#include "base/unicode.h"
#include "io/reference.h"

#include <ctype.h>
#include <string.h>

/* Accents by their command, as the combining character that follows a letter. */
static const struct {
    char command;
    const char *combining;
} accents[] = {
    {'`', "\xCC\x80"}, {'\'', "\xCC\x81"}, {'^', "\xCC\x82"}, {'~', "\xCC\x83"},
    {'=', "\xCC\x84"}, {'u', "\xCC\x86"},  {'.', "\xCC\x87"}, {'"', "\xCC\x88"},
    {'r', "\xCC\x8A"}, {'H', "\xCC\x8B"},  {'v', "\xCC\x8C"}, {'d', "\xCC\xA3"},
    {'c', "\xCC\xA7"}, {'k', "\xCC\xA8"},  {'b', "\xCC\xB1"},
};

/* Commands that stand for a sign; "" for those of form, whose argument stays. */
static const struct {
    const char *name, *text;
} signs[] = {
    {"AA", "Å"}, {"AE", "Æ"}, {"DH", "Ð"}, {"DJ", "Đ"}, {"L", "Ł"}, {"NG", "Ŋ"}, {"O", "Ø"},
    {"OE", "Œ"}, {"P", "¶"}, {"S", "§"}, {"TH", "Þ"}, {"aa", "å"}, {"ae", "æ"}, {"dh", "ð"},
    {"dj", "đ"}, {"dots", "…"}, {"emph", ""}, {"euro", "€"}, {"i", "ı"}, {"j", "ȷ"},
    {"l", "ł"},
    {"ldots", "…"}, {"mbox", ""}, {"mkbibemph", ""}, {"ng", "ŋ"}, {"o", "ø"}, {"oe", "œ"},
    {"path", ""}, {"pounds", "£"}, {"relax", ""}, {"ss", "ß"}, {"text", ""},
    {"textasciitilde", "~"},
    {"textbf", ""}, {"textbackslash", "\\"}, {"textcopyright", "©"}, {"textdegree", "°"},
    {"textemdash", "—"}, {"textendash", "–"}, {"textit", ""}, {"textnormal", ""},
    {"textquotedblleft", "“"}, {"textquotedblright", "”"}, {"textquoteleft", "‘"},
    {"textquoteright", "’"}, {"textregistered", "®"}, {"textrm", ""}, {"textsc", ""},
    {"textsf", ""}, {"textsuperscript", ""}, {"texttt", ""}, {"textunderscore", "_"}, {"th", "þ"},
    {"url", ""}, {"textsterling", "£"}, {"enquote", ""}, {"mkbibquote", ""},
};

typedef struct tex {
    ent_arena *arena;
    const char *at, *end;
    bool verbatim;
    const char **unknown;
    ent_buffer out;
} tex;

static void read_all(tex *t);

static void skip_blanks(tex *t)
{
    while (t->at < t->end && isspace((unsigned char)*t->at)) {
        t->at++;
    }
}

/* What stands between braces, from behind the opening one; the cursor moves behind the closing. */
static ent_slice group(tex *t)
{
    const char *from = t->at;
    int depth = 1;
    for (; t->at < t->end; t->at++) {
        depth += *t->at == '{' ? 1 : *t->at == '}' ? -1 : 0;
        if (depth == 0) {
            return (ent_slice){from, (size_t)(t->at++ - from)};
        }
    }
    return (ent_slice){from, (size_t)(t->at - from)};
}

static const char *read_part(const tex *t, ent_slice part)
{
    tex inner = *t;
    inner.at = part.at;
    inner.end = part.at + part.length;
    inner.out = ent_buffer_init(t->arena, 0);
    read_all(&inner);
    return ent_buffer_text(&inner.out);
}

/* The argument of an accent: a group, a command such as \i, or one character. */
static const char *argument(tex *t)
{
    skip_blanks(t);
    if (t->at < t->end && *t->at == '{') {
        t->at++;
        return read_part(t, group(t));
    }
    const char *from = t->at;
    if (t->at < t->end && *t->at == '\\') {
        t->at++;
        while (t->at < t->end && isalpha((unsigned char)*t->at)) {
            t->at++;
        }
    } else if (t->at < t->end) {
        size_t at = 0;
        (void)ent_utf8_next(t->at, (size_t)(t->end - t->at), &at);
        t->at += at;
    }
    return read_part(t, (ent_slice){from, (size_t)(t->at - from)});
}

/* The letter with its accent, one character where Unicode has it; a dotless i gets its dot back. */
static void put_accented(tex *t, const char *combining)
{
    const char *letters = argument(t);
    const char *base = strcmp(letters, "ı") == 0   ? "i"
                       : strcmp(letters, "ȷ") == 0 ? "j"
                                                    : letters;
    size_t length = strlen(base);
    size_t first = 0;
    if (length > 0) {
        (void)ent_utf8_next(base, length, &first);
    }
    ent_buffer pair = ent_buffer_init(t->arena, 0);
    ent_put_bytes(&pair, base, first);
    ent_put(&pair, combining);
    ent_slice one = ent_plain_form(t->arena, ent_buffer_text(&pair), pair.length);
    ent_put_bytes(&t->out, length > 0 ? one.at : "", length > 0 ? one.length : 0);
    ent_put(&t->out, base + first);
}

static const char *accent_of(char command)
{
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++) {
        if (accents[i].command == command) {
            return accents[i].combining;
        }
    }
    return NULL;
}

static void put_word(tex *t, ent_slice word)
{
    const char *combining = word.length == 1 ? accent_of(*word.at) : NULL;
    if (combining != NULL) {
        put_accented(t, combining);
        return;
    }
    const char *name = ent_copy_text(t->arena, word.at, word.length);
    bool before_group = t->at < t->end && *t->at == '{';
    if (!before_group) {
        skip_blanks(t); /* TeX swallows blanks behind a command in letters */
    }
    if (strcmp(name, "href") == 0 && before_group) {
        t->at++;
        (void)group(t); /* the address; its words follow */
        return;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (strcmp(signs[i].name, name) == 0) {
            bool quotes = strcmp(name, "enquote") == 0 || strcmp(name, "mkbibquote") == 0;
            if (quotes && before_group) {
                t->at++;
                ent_putf(&t->out, "“%s”", read_part(t, group(t)));
            }
            ent_put(&t->out, signs[i].text);
            return;
        }
    }
    *t->unknown = *t->unknown == NULL ? name : *t->unknown;
    if (before_group) {
        t->at++;
        ent_putf(&t->out, "\\%s{%s}", name, read_part(t, group(t)));
    } else {
        ent_putf(&t->out, "\\%s ", name);
    }
}

static void read_command(tex *t)
{
    if (t->at == t->end) {
        ent_put_char(&t->out, '\\');
        return;
    }
    const char *from = t->at;
    while (t->at < t->end && isalpha((unsigned char)*t->at)) {
        t->at++;
    }
    if (t->at > from) {
        put_word(t, (ent_slice){from, (size_t)(t->at - from)});
        return;
    }
    char c = *t->at++;
    const char *combining = accent_of(c);
    if (t->verbatim && (c == '~' || c == '=' || c == '.')) {
        ent_put_char(&t->out, c);
    } else if (combining != NULL) {
        put_accented(t, combining);
    } else if (strchr("&%$#_{} ", c) != NULL) {
        ent_put_char(&t->out, c);
    } else if (c == '\\' || c == ',' || c == ';') {
        ent_put_char(&t->out, ' ');
    } else if (strchr("-/@:!", c) == NULL) { /* these are about form alone */
        ent_put_char(&t->out, '\\');
        ent_put_char(&t->out, c);
    }
}

static bool comes(const tex *t, const char *text)
{
    size_t length = strlen(text);
    return (size_t)(t->end - t->at) >= length && memcmp(t->at, text, length) == 0;
}

static void read_all(tex *t)
{
    static const struct {
        const char *tex, *text;
    } runs[] = {{"---", "—"}, {"--", "–"}, {"``", "“"},
                {"''", "”"},  {"`", "‘"},  {"~", " "}};
    while (t->at < t->end) {
        bool run = false;
        for (size_t i = 0; i < sizeof runs / sizeof *runs && !t->verbatim && !run; i++) {
            run = comes(t, runs[i].tex);
            if (run) {
                ent_put(&t->out, runs[i].text);
                t->at += strlen(runs[i].tex);
            }
        }
        if (run) {
            continue;
        }
        char c = *t->at++;
        if (c == '\\') {
            read_command(t);
        } else if (strchr("{}$", c) == NULL || (c == '$' && t->verbatim)) {
            ent_put_char(&t->out, c);
        }
    }
}

const char *ent_tex_text(ent_arena *arena, const char *text, size_t length, bool verbatim,
                         const char **unknown)
{
    tex t = {.arena = arena, .at = text, .end = text + length, .verbatim = verbatim,
             .unknown = unknown, .out = ent_buffer_init(arena, 0)};
    read_all(&t);
    return ent_buffer_text(&t.out);
}
