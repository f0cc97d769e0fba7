#include "web/policy.h"

#include "web/text.h"

#include <stdlib.h>
#include <string.h>

static unsigned nibble(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* 'sha256-...': the digest in base64, from the hexadecimal form that the engine gives. */
static void put_hash(web_text *out, const char *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char hex[ENT_FINGERPRINT_ROOM];
    unsigned char digest[33] = {0};
    ent_fingerprint(bytes, length, hex);
    for (size_t i = 0; i < 32; i++) {
        digest[i] = (unsigned char)(nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]));
    }
    web_puts(out, " 'sha256-");
    for (size_t i = 0; i < 33; i += 3) {
        unsigned long word = (unsigned long)digest[i] << 16 | (unsigned long)digest[i + 1] << 8 |
                             digest[i + 2];
        for (int shift = 18; shift >= 0; shift -= 6) {
            bool past = i == 30 && shift == 0; /* 32 bytes end one digit early */
            web_put(out, past ? "=" : &digits[word >> shift & 63], 1);
        }
    }
    web_puts(out, "'");
}

static const char *find(const char *at, const char *end, const char *what)
{
    size_t length = strlen(what);
    for (; at != NULL && (size_t)(end - at) >= length; at++) {
        if (memcmp(at, what, length) == 0) {
            return at;
        }
    }
    return NULL;
}

/* The hashes of all elements of a kind; the page is our own, so plain search finds them. */
static void put_hashes(web_text *out, const char *html, size_t length, const char *open,
                       const char *close)
{
    const char *end = html + length;
    const char *at = find(html, end, open);
    while (at != NULL) {
        const char *start = memchr(at, '>', (size_t)(end - at));
        const char *stop = start == NULL ? NULL : find(start, end, close);
        if (stop == NULL) {
            return;
        }
        put_hash(out, start + 1, (size_t)(stop - start - 1));
        at = find(stop, end, open);
    }
}

char *web_policy_of(const char *html, size_t length, bool styles)
{
    web_text out = {0};
    web_puts(&out, "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; "
                   "form-action 'none'; frame-ancestors 'none'; script-src");
    put_hashes(&out, html, length, "<script", "</script>");
    web_puts(&out, styles ? "; style-src 'unsafe-inline'" : "; style-src");
    if (!styles) {
        put_hashes(&out, html, length, "<style", "</style>");
    } else {
        web_puts(&out, "; worker-src 'self'"); /* the reader of PDFs */
    }
    if (out.failed) {
        free(out.at);
        return NULL;
    }
    return out.at;
}
