#include "report/json.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

/*
 * `<`, `>` and `&` are escaped so that a document can stand inside a script element, and the line
 * separators U+2028 and U+2029 so that it can stand in JavaScript.
 */
static void put_string(ent_buffer *out, const char *text)
{
    ent_put_char(out, '"');
    for (const char *c = text; *c != '\0'; c++) {
        unsigned char u = (unsigned char)*c;
        if (u == '"' || u == '\\') {
            ent_put_char(out, '\\');
            ent_put_char(out, *c);
        } else if (u == '\n') {
            ent_put(out, "\\n");
        } else if (u == '\t') {
            ent_put(out, "\\t");
        } else if (u < 0x20 || u == '<' || u == '>' || u == '&' || u == 0x7F) {
            ent_putf(out, "\\u%04x", u);
        } else if (strncmp(c, "\xE2\x80\xA8", 3) == 0 || strncmp(c, "\xE2\x80\xA9", 3) == 0) {
            ent_putf(out, "\\u20%02x", (unsigned char)c[2] == 0xA8 ? 0x28 : 0x29);
            c += 2;
        } else if (u < 0x80) {
            ent_put_char(out, *c);
        } else { /* a path may hold any bytes; JSON is UTF-8 */
            size_t length = 0;
            bool valid = ent_utf8_next(c, strnlen(c, 4), &length) >= 0;
            ent_put_bytes(out, valid ? c : "\xEF\xBF\xBD", valid ? length : 3);
            c += length - 1;
        }
    }
    ent_put_char(out, '"');
}

static void begin(ent_json *json, const char *key)
{
    if (json->comma) {
        ent_put(json->out, ", ");
    }
    json->comma = true;
    if (key != NULL) {
        put_string(json->out, key);
        ent_put(json->out, ": ");
    }
}

ent_json ent_json_document(ent_buffer *out, const char *name)
{
    ent_json json = {.out = out};
    ent_json_open_map(&json, NULL);
    ent_json_text(&json, "schema", ent_format(out->arena, "entente.%s/1", name));
    ent_json_text(&json, "engine", ENT_VERSION);
    return json;
}

void ent_json_end_document(ent_json *json)
{
    ent_json_close_map(json);
    ent_put_char(json->out, '\n');
}

static void open_with(ent_json *json, const char *key, char bracket)
{
    begin(json, key);
    ent_put_char(json->out, bracket);
    json->comma = false;
}

static void close_with(ent_json *json, char bracket)
{
    ent_put_char(json->out, bracket);
    json->comma = true;
}

void ent_json_open_map(ent_json *json, const char *key)
{
    open_with(json, key, '{');
}

void ent_json_close_map(ent_json *json)
{
    close_with(json, '}');
}

void ent_json_open_list(ent_json *json, const char *key)
{
    open_with(json, key, '[');
}

void ent_json_close_list(ent_json *json)
{
    close_with(json, ']');
}

void ent_json_text(ent_json *json, const char *key, const char *text)
{
    begin(json, key);
    if (text == NULL) {
        ent_put(json->out, "null");
    } else {
        put_string(json->out, text);
    }
}

void ent_json_number(ent_json *json, const char *key, double value)
{
    char text[ENT_NUMBER_ROOM];
    begin(json, key);
    ent_put(json->out, isfinite(value) ? ent_number_text(value, text) : "null");
}

void ent_json_count(ent_json *json, const char *key, uint64_t value)
{
    begin(json, key);
    ent_putf(json->out, "%llu", (unsigned long long)value);
}

void ent_json_bool(ent_json *json, const char *key, bool value)
{
    begin(json, key);
    ent_put(json->out, value ? "true" : "false");
}

void ent_json_null(ent_json *json, const char *key)
{
    begin(json, key);
    ent_put(json->out, "null");
}

void ent_json_raw(ent_json *json, const char *key, const char *text, size_t length)
{
    begin(json, key);
    ent_put_bytes(json->out, text, length);
}
