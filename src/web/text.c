#include "web/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void web_put(web_text *text, const char *bytes, size_t length)
{
    if (text->failed || length > SIZE_MAX / 4 - text->length) {
        text->failed = true;
        return;
    }
    if (text->length + length + 1 > text->room) {
        size_t room = (text->length + length + 1) * 2;
        char *wider = realloc(text->at, room);
        if (wider == NULL) {
            text->failed = true;
            return;
        }
        text->at = wider;
        text->room = room;
    }
    memcpy(text->at + text->length, bytes, length);
    text->length += length;
    text->at[text->length] = '\0';
}

void web_puts(web_text *text, const char *string)
{
    web_put(text, string, strlen(string));
}

/* The length of the valid UTF-8 sequence at s of `left` bytes (RFC 3629), 0 where it is none. */
static size_t sequence(const unsigned char *s, size_t left)
{
    static const unsigned char least[] = {0x80, 0xC2, 0xE0, 0xF0};
    size_t length = s[0] < 0x80 ? 1 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    if (length == 1) {
        return 1;
    }
    if (s[0] < least[length - 1] || s[0] > 0xF4 || length > left) {
        return 0;
    }
    bool fine = !(s[0] == 0xE0 && s[1] < 0xA0) && !(s[0] == 0xED && s[1] > 0x9F) &&
                !(s[0] == 0xF0 && s[1] < 0x90) && !(s[0] == 0xF4 && s[1] > 0x8F);
    for (size_t i = 1; i < length; i++) {
        fine = fine && (s[i] & 0xC0) == 0x80;
    }
    return fine ? length : 0;
}

bool web_is_utf8(const char *string, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t step = sequence((const unsigned char *)string + i, length - i);
        if (step == 0) {
            return false;
        }
        i += step;
    }
    return true;
}

void web_put_json(web_text *text, const char *string, size_t length)
{
    if (string == NULL) {
        web_puts(text, "null");
        return;
    }
    web_puts(text, "\"");
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)string[i];
        size_t step = sequence((const unsigned char *)string + i, length - i);
        char escape[8];
        if (c == '"' || c == '\\') {
            snprintf(escape, sizeof escape, "\\%c", c);
            web_puts(text, escape);
        } else if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x7F) {
            snprintf(escape, sizeof escape, "\\u%04x", c);
            web_puts(text, escape);
        } else if (step == 0) {
            web_puts(text, "\xEF\xBF\xBD"); /* U+FFFD: JSON is UTF-8, whatever a file holds */
        } else {
            web_put(text, string + i, step);
            i += step - 1;
        }
    }
    web_puts(text, "\"");
}

/* A cursor over a JSON text. */
typedef struct scan {
    const char *at, *end;
} scan;

static void skip_blanks(scan *s)
{
    while (s->at < s->end && strchr(" \t\r\n", *s->at) != NULL && *s->at != '\0') {
        s->at++;
    }
}

static bool take(scan *s, char c)
{
    skip_blanks(s);
    if (s->at < s->end && *s->at == c) {
        s->at++;
        return true;
    }
    return false;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static long unit(scan *s)
{
    long value = 0;
    for (int i = 0; i < 4; i++) {
        int digit = s->at < s->end ? hex_digit(*s->at) : -1;
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
        s->at++;
    }
    return value;
}

/* The code point of \uXXXX, also as a surrogate pair; -1 where it is none, or is U+0000. */
static long code_point(scan *s)
{
    long high = unit(s);
    if (high < 0xD800 || high > 0xDFFF) {
        return high > 0 ? high : -1;
    }
    if (high > 0xDBFF || s->end - s->at < 6 || s->at[0] != '\\' || s->at[1] != 'u') {
        return -1;
    }
    s->at += 2;
    long low = unit(s);
    return low >= 0xDC00 && low <= 0xDFFF ? 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) : -1;
}

static void put_utf8(web_text *out, long c)
{
    char bytes[4];
    size_t n = 0;
    if (c < 0x80) {
        bytes[n++] = (char)c;
    } else if (c < 0x800) {
        bytes[n++] = (char)(0xC0 | c >> 6);
        bytes[n++] = (char)(0x80 | (c & 0x3F));
    } else {
        if (c < 0x10000) {
            bytes[n++] = (char)(0xE0 | c >> 12);
        } else {
            bytes[n++] = (char)(0xF0 | c >> 18);
            bytes[n++] = (char)(0x80 | (c >> 12 & 0x3F));
        }
        bytes[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[n++] = (char)(0x80 | (c & 0x3F));
    }
    web_put(out, bytes, n);
}

static bool escaped(scan *s, web_text *out)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    if (s->at >= s->end) {
        return false;
    }
    char c = *s->at++;
    const char *known = c == '\0' ? NULL : strchr(from, c);
    if (known != NULL) {
        web_put(out, &to[known - from], 1);
        return true;
    }
    long point = c == 'u' ? code_point(s) : -1;
    if (point > 0) {
        put_utf8(out, point);
    }
    return point > 0;
}

static bool string(scan *s, web_text *out)
{
    if (!take(s, '"')) {
        return false;
    }
    web_put(out, "", 0);
    while (s->at < s->end && *s->at != '"') {
        unsigned char c = (unsigned char)*s->at++;
        if (c < 0x20 || (c == '\\' && !escaped(s, out))) {
            return false;
        }
        if (c != '\\') {
            web_put(out, s->at - 1, 1);
        }
    }
    return take(s, '"') && !out->failed;
}

char *web_json_member(const char *body, size_t length, const char *name, size_t *value_length)
{
    scan s = {body, body + length};
    web_text found = {0};
    bool fine = take(&s, '{');
    bool more = fine && !take(&s, '}');
    while (fine && more) {
        web_text key = {0};
        web_text value = {0};
        fine = string(&s, &key) && take(&s, ':') && string(&s, &value);
        bool wanted = fine && strcmp(key.at, name) == 0;
        free(key.at);
        if (wanted) {
            free(found.at);
            found = value;
        } else {
            free(value.at);
        }
        more = fine && take(&s, ',');
        fine = fine && (more || take(&s, '}'));
    }
    skip_blanks(&s);
    if (!fine || s.at != s.end) {
        free(found.at);
        return NULL;
    }
    *value_length = found.length;
    return found.at;
}
