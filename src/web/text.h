/* A growing text on malloc, JSON strings out, and flat JSON objects of strings in. */
#ifndef ENT_WEB_TEXT_H
#define ENT_WEB_TEXT_H

#include "entente.h"

typedef struct web_text {
    char *at; /* NULL while empty */
    size_t length, room;
    bool failed; /* memory was out: the text is not whole */
} web_text;

void web_put(web_text *text, const char *bytes, size_t length);
void web_puts(web_text *text, const char *string);
bool web_is_utf8(const char *string, size_t length);
/* As a JSON string with quotes; NULL as null. Bytes that are no UTF-8 become U+FFFD. */
void web_put_json(web_text *text, const char *string, size_t length);

/*
 * The string member of a flat JSON object, decoded to UTF-8 and malloc'ed; NULL if the body is not
 * an object of strings, has no such member, or memory is out.
 */
char *web_json_member(const char *body, size_t length, const char *name, size_t *value_length);

#endif
