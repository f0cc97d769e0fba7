/*
 * The library starts no other program, and an answer must not depend on which are installed: what
 * is no text is called by its name, with the command that makes a text of it.
 */
#include "io/source_kind.h"

#include "base/text.h"

#include <string.h>
#include <strings.h>

typedef struct kind {
    const char *begins; /* NULL: known by the ending alone */
    size_t length;
    const char *ending; /* NULL: any */
    const char *what, *command; /* the command with %s for the file and the text to make */
} kind;

static const char to_plain[] = "pandoc -t plain --wrap=none '%s' -o '%s.txt'";
static const char to_utf8[] = "iconv -f UTF-16 -t UTF-8 '%s' > '%s.txt'";
static const char by_office[] = "soffice --convert-to txt:Text:UTF8 '%s'";

/* The first that fits. */
static const kind kinds[] = {
    {"%PDF-", 5, NULL, "a PDF", "pdftotext '%s' '%s.txt'"},
    {"PK\3\4", 4, ".docx", "a Word document", to_plain},
    {"PK\3\4", 4, ".odt", "an OpenDocument text", to_plain},
    {"PK\3\4", 4, ".epub", "an e-book", to_plain},
    {"PK\3\4", 4, NULL, "a packed file (zip)", NULL},
    {"\xD0\xCF\x11\xE0", 4, NULL, "a document of an old Office program", by_office},
    {"{\\rtf", 5, NULL, "a document in Rich Text Format", to_plain},
    {"\xFF\xFE", 2, NULL, "a text in UTF-16", to_utf8},
    {"\xFE\xFF", 2, NULL, "a text in UTF-16", to_utf8},
    {"<!doctype html", 14, NULL, "a web page (HTML)", to_plain},
    {"<html", 5, NULL, "a web page (HTML)", to_plain},
    {NULL, 0, ".html", "a web page (HTML)", to_plain},
    {NULL, 0, ".htm", "a web page (HTML)", to_plain},
    {NULL, 0, ".xhtml", "a web page (HTML)", to_plain},
};

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name);
    size_t end = strlen(ending);
    return length >= end && strcasecmp(name + length - end, ending) == 0;
}

static bool fits(const kind *k, const ent_text *text, const char *at, size_t left)
{
    bool begins = k->begins == NULL ||
                  (left >= k->length && strncasecmp(at, k->begins, k->length) == 0);
    return begins && (k->ending == NULL || ends_in(text->name, k->ending));
}

/* A command as a hint, where the name needs no other quotation marks than ours. */
static const char *hint_of(ent_arena *arena, const char *command, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    if (command == NULL || strchr(name, '\'') != NULL) {
        return "save its text in a file of its own, in UTF-8, and name that";
    }
    ent_buffer out = ent_buffer_init(arena, 0);
    for (const char *at = command; *at != '\0'; at++) {
        if (strncmp(at, "%s", 2) == 0) {
            ent_put(&out, name);
            at++;
        } else {
            ent_put_char(&out, *at);
        }
    }
    return ent_format(arena, "make a text of it and name that: %s", ent_buffer_text(&out));
}

/* Past a byte order mark and blanks, behind which a page begins. */
static const char *head_of(const ent_text *text)
{
    const char *at = text->at;
    if (text->length >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) {
        at += 3;
    }
    while (at < text->at + text->length && strchr(" \t\r\n", *at) != NULL && *at != '\0') {
        at++;
    }
    return at;
}

bool ent_no_plain_text(ent_arena *arena, const ent_text *text, const char **what,
                       const char **hint)
{
    const char *at = head_of(text);
    size_t left = (size_t)(text->at + text->length - at);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (fits(&kinds[i], text, at, left)) {
            *what = kinds[i].what;
            *hint = hint_of(arena, kinds[i].command, text->name);
            return true;
        }
    }
    size_t valid = ent_utf8_valid(text->at, text->length);
    if (valid == text->length && memchr(text->at, '\0', text->length) == NULL) {
        return false;
    }
    if (valid == text->length) {
        *what = "no text: it holds zero bytes";
        *hint = hint_of(arena, NULL, text->name);
        return true;
    }
    *what = ent_format(arena, "no UTF-8 text (byte 0x%02X in line %u)",
                       (unsigned)(unsigned char)text->at[valid],
                       (unsigned)ent_pos_at(text, valid, 1).line);
    *hint = hint_of(arena, "iconv -f WINDOWS-1252 -t UTF-8 '%s' > '%s.txt'", text->name);
    return true;
}
