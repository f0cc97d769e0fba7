#include "io/xml_mend.h"

#include "base/text.h"

#include <string.h>
#include <strings.h>

/* Windows-1252 from 0x80 to 0x9F; 0 where the code has nothing. From 0xA0 on it is Latin-1. */
static const unsigned short high[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* Does the `&` begin a reference: a name or a number, closed by a semicolon? */
static bool begins_reference(const char *at, const char *end)
{
    const char *from = ++at;
    at += at < end && *at == '#';
    while (at < end && (((unsigned char)*at | 0x20) >= 'a' || (*at >= '0' && *at <= '9') ||
                        *at == '_' || *at == ':' || *at == '-' || *at == '.') &&
           at - from < 64) {
        at++;
    }
    return at > from && at < end && *at == ';';
}

static size_t count_bare(const ent_text *text, size_t *first)
{
    const char *end = text->at + text->length;
    size_t count = 0;
    for (const char *at = text->at; at < end && (at = memchr(at, '&', (size_t)(end - at))) != NULL;
         at++) {
        if (!begins_reference(at, end)) {
            *first = count++ == 0 ? (size_t)(at - text->at) : *first;
        }
    }
    return count;
}

/* Does the file say that it is in some encoding other than UTF-8 or Windows-1252? */
static bool names_encoding(const ent_text *text, bool *windows)
{
    const char *end = memchr(text->at, '>', text->length);
    const char *at = end == NULL ? NULL : strstr(text->at, "encoding");
    *windows = false;
    if (at == NULL || at > end) {
        return false;
    }
    at += strlen("encoding");
    at += strspn(at, " \t\r\n=\"'");
    *windows = strncasecmp(at, "windows-1252", 12) == 0 || strncasecmp(at, "cp1252", 6) == 0;
    return !*windows && strncasecmp(at, "utf-8", 5) != 0;
}

static char *put_code(char *to, unsigned code)
{
    if (code < 0x800) {
        *to++ = (char)(0xC0 | code >> 6);
    } else {
        *to++ = (char)(0xE0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
    }
    *to++ = (char)(0x80 | (code & 0x3F));
    return to;
}

/* The byte as a character of Windows-1252, U+FFFD where it is none. */
static char *put_byte(char *to, unsigned char byte)
{
    unsigned code = byte >= 0xA0 ? byte : high[byte - 0x80];
    return put_code(to, code == 0 ? 0xFFFD : code);
}

static ent_text *rewrite(ent_work *work, const ent_text *text, bool bytes)
{
    ent_text *out = ent_alloc(work->arena, 1, ent_text);
    char *start = ent_alloc(work->arena, 3 * text->length + 1, char), *to = start;
    const char *end = text->at + text->length;
    for (const char *at = text->at; at < end; at++) {
        if (*at == '&' && !begins_reference(at, end)) {
            memcpy(to, ENT_XML_BARE, 3);
            to += 3;
        } else if (bytes && (unsigned char)*at >= 0x80) {
            to = put_byte(to, (unsigned char)*at);
        } else {
            *to++ = *at;
        }
    }
    *out = (ent_text){text->name, start, (size_t)(to - start)};
    return out;
}

const ent_text *ent_mend_xml(ent_work *work, const ent_text *text, bool *mended)
{
    bool windows = false, other = names_encoding(text, &windows);
    size_t valid = ent_utf8_valid(text->at, text->length), first = 0;
    size_t bare = other ? 0 : count_bare(text, &first);
    bool bytes = !other && valid < text->length;
    bool wide = text->length >= 2 && (memcmp(text->at, "\xFF\xFE", 2) == 0 ||
                                      memcmp(text->at, "\xFE\xFF", 2) == 0);
    *mended = false;
    if (wide || memchr(text->at, '\0', text->length) != NULL) {
        return text; /* UTF-16 */
    }
    if ((bare == 0 && !bytes) || strstr(text->at, ENT_XML_BARE) != NULL) {
        return text;
    }
    if (bytes) {
        ent_tell(work->diags, ENT_WARNING, ENT_S210_NOT_QUITE_XML, text,
                 ent_pos_at(text, valid, 1), "save the file as UTF-8",
                 windows ? "the bytes are read as Windows-1252, as the file says"
                         : "the file is no UTF-8, and its bytes are read as Windows-1252");
    }
    if (bare > 0) {
        ent_tell(work->diags, ENT_WARNING, ENT_S210_NOT_QUITE_XML, text,
                 ent_pos_at(text, first, 1), "write `&amp;`",
                 "%zu `&` begin%s no entity and %s read as %s", bare, bare == 1 ? "s" : "",
                 bare == 1 ? "is" : "are", bare == 1 ? "it stands" : "they stand");
    }
    *mended = true;
    return rewrite(work, text, bytes);
}

void ent_unmend_xml(char *value)
{
    char *to = value;
    for (const char *at = value; *at != '\0'; at++) {
        if (strncmp(at, ENT_XML_BARE, 3) == 0) {
            *to++ = '&';
            at += 2;
        } else {
            *to++ = *at;
        }
    }
    *to = '\0';
}
