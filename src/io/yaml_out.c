#include "io/yaml_out.h"

#include "base/number.h"

#include <string.h>

static bool plain_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           strchr("_.()'/- ", c) != NULL;
}

/* Starts with a letter, ends in none of the spaces, holds nothing that YAML could read. */
static bool is_plain(const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        if (!plain_char(text[i])) {
            return false;
        }
    }
    return length > 0 && length <= 100 && text[length - 1] != ' ' &&
           ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
}

static bool needs_escape(int32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
           (c >= 0xFFF0 && c <= 0xFFFF);
}

void ent_yaml_text(ent_buffer *out, const char *text)
{
    if (is_plain(text)) {
        ent_put(out, text);
        return;
    }
    size_t length = strlen(text);
    ent_put_char(out, '"');
    for (size_t at = 0; at < length;) {
        size_t start = at;
        int32_t c = ent_utf8_next(text, length, &at);
        if (c == '"' || c == '\\') {
            ent_putf(out, "\\%c", (char)c);
        } else if (c == '\n') {
            ent_put(out, "\\n");
        } else if (needs_escape(c)) {
            ent_putf(out, "\\u%04X", (unsigned)c);
        } else {
            ent_put_bytes(out, text + start, at - start);
        }
    }
    ent_put_char(out, '"');
}

void ent_yaml_number(ent_buffer *out, double value)
{
    char text[ENT_NUMBER_ROOM];
    ent_put(out, ent_number_text(value, text));
}

void ent_yaml_interval(ent_buffer *out, ent_interval interval)
{
    if (interval.low == interval.high) {
        ent_yaml_number(out, interval.low);
        return;
    }
    ent_put_char(out, '[');
    ent_yaml_number(out, interval.low);
    ent_put(out, ", ");
    ent_yaml_number(out, interval.high);
    ent_put_char(out, ']');
}

ent_yaml_flow ent_yaml_open(ent_buffer *out)
{
    ent_put_char(out, '{');
    return (ent_yaml_flow){out, false};
}

void ent_yaml_key(ent_yaml_flow *f, const char *key)
{
    ent_putf(f->out, "%s%s: ", f->more ? ", " : "", key);
    f->more = true;
}

void ent_yaml_entry(ent_yaml_flow *f, const char *key, const char *text)
{
    if (text != NULL) {
        ent_yaml_key(f, key);
        ent_yaml_text(f->out, text);
    }
}

void ent_yaml_raw(ent_yaml_flow *f, const char *key, const char *raw)
{
    if (raw != NULL) {
        ent_yaml_key(f, key);
        ent_put(f->out, raw);
    }
}
