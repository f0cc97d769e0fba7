/*
 * JSON by RFC 8259, strictly: no comments, no trailing commas, no leading zeros, no duplicate keys.
 * One pass with a stack instead of recursion; O(bytes).
 */
#include "base/text.h"
#include "io/tree.h"

#include <string.h>

typedef struct json {
    ent_tree tree;
    const ent_text *text;
    const char *at, *end;
    const char *line_start; /* the cursor's line; positions are asked for in order */
    uint32_t line, column;
    const char *counted; /* up to here `column` is counted */
} json;

static ent_pos pos_at(json *j, const char *at, size_t length)
{
    if (j->counted < j->line_start) {
        j->counted = j->line_start;
        j->column = 1;
    }
    for (; j->counted < at; j->counted++) {
        j->column += ((unsigned char)*j->counted & 0xC0) != 0x80;
    }
    return (ent_pos){j->line, j->column, (uint32_t)(length > 200 ? 200 : length)};
}

static bool fault(json *j, const char *at, const char *hint, const char *message)
{
    ent_tell(j->tree.work->diags, ENT_ERROR, ENT_C101_SYNTAX, j->text, pos_at(j, at, 1), hint,
             "not valid JSON: %s", message);
    return false;
}

static void skip_space(json *j)
{
    for (; j->at < j->end; j->at++) {
        if (*j->at == '\n') {
            j->line++;
            j->line_start = j->at + 1;
        } else if (*j->at != ' ' && *j->at != '\t' && *j->at != '\r') {
            return;
        }
    }
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits behind \u at `at`, or -1. */
static int32_t hex4(const char *at, const char *end)
{
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        int digit = at + i < end ? hex_digit(at[i]) : -1;
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

static char *put_rune(char *out, uint32_t c)
{
    if (c < 0x80) {
        *out++ = (char)c;
    } else if (c < 0x800) {
        *out++ = (char)(0xC0 | c >> 6);
        *out++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *out++ = (char)(0xE0 | c >> 12);
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    } else {
        *out++ = (char)(0xF0 | c >> 18);
        *out++ = (char)(0x80 | (c >> 12 & 0x3F));
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    }
    return out;
}

/* \uXXXX at `at` (behind the u), with its second half if it is a surrogate; NULL if invalid. */
static const char *read_rune(const char *at, const char *end, uint32_t *rune)
{
    int32_t high = hex4(at, end);
    if (high <= 0 || (high >= 0xDC00 && high <= 0xDFFF)) {
        return NULL;
    }
    at += 4;
    if (high < 0xD800 || high > 0xDBFF) {
        *rune = (uint32_t)high;
        return at;
    }
    int32_t low = end - at >= 6 && at[0] == '\\' && at[1] == 'u' ? hex4(at + 2, end) : -1;
    if (low < 0xDC00 || low > 0xDFFF) {
        return NULL;
    }
    *rune = 0x10000 + ((uint32_t)(high - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
    return at + 6;
}

/* The closing quotation mark of the string whose first character is at `at`, or NULL. */
static const char *closing(json *j, const char *at)
{
    for (; at < j->end && *at != '"'; at++) {
        if ((unsigned char)*at < 0x20) {
            fault(j, at, "write \\n or \\t", "a control character in a string");
            return NULL;
        }
        at += *at == '\\' && at + 1 < j->end;
    }
    if (at >= j->end) {
        fault(j, j->at, NULL, "a string without a closing quotation mark");
        return NULL;
    }
    return at;
}

static bool string(json *j)
{
    const char *first = j->at + 1;
    const char *last = closing(j, first);
    if (last == NULL) {
        return false;
    }
    ent_node *node = ent_alloc(j->tree.work->arena, 1, ent_node);
    *node = (ent_node){.kind = ENT_SCALAR,
                       .pos = pos_at(j, j->at, (size_t)(last + 1 - j->at))};
    char *text = ent_copy_text(j->tree.work->arena, first, (size_t)(last - first));
    char *out = text;
    for (const char *at = first; at < last;) {
        static const char from[] = "\"\\/bfnrt";
        static const char to[] = "\"\\/\b\f\n\r\t";
        if (*at != '\\') {
            *out++ = *at++;
            continue;
        }
        const char *known = strchr(from, at[1]);
        if (known != NULL) {
            *out++ = to[known - from];
            at += 2;
            continue;
        }
        uint32_t rune = 0;
        const char *next = at[1] == 'u' ? read_rune(at + 2, last, &rune) : NULL;
        if (next == NULL) {
            return fault(j, at, NULL, "an escape that stands for no character");
        }
        out = put_rune(out, rune);
        at = next;
    }
    *out = '\0';
    node->text = text;
    node->length = (size_t)(out - text);
    if (ent_has_control(text, node->length)) {
        return fault(j, first - 1, NULL, "a control character in this text");
    }
    j->at = last + 1;
    return ent_tree_scalar(&j->tree, node);
}

static const char *digits(const char *at, const char *end)
{
    while (at < end && *at >= '0' && *at <= '9') {
        at++;
    }
    return at;
}

/* The end of the number at `at`, or NULL where the grammar is broken. */
static const char *number_end(const char *at, const char *end)
{
    at += at < end && *at == '-';
    const char *whole = digits(at, end);
    if (whole == at || (*at == '0' && whole > at + 1)) {
        return NULL;
    }
    at = whole;
    if (at < end && *at == '.') {
        const char *fraction = digits(at + 1, end);
        if (fraction == at + 1) {
            return NULL;
        }
        at = fraction;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        at += at < end && (*at == '+' || *at == '-');
        const char *exponent = digits(at, end);
        if (exponent == at) {
            return NULL;
        }
        at = exponent;
    }
    return at;
}

static bool word(json *j)
{
    static const char *const words[] = {"null", "true", "false"};
    const char *stop = j->at;
    while (stop < j->end && strchr(" \t\r\n,:]}\"", *stop) == NULL) {
        stop++;
    }
    size_t length = (size_t)(stop - j->at);
    bool known = number_end(j->at, j->end) == stop;
    for (size_t i = 0; i < 3 && !known; i++) {
        known = ent_slice_is((ent_slice){j->at, length}, words[i]);
    }
    if (!known || length == 0) {
        return fault(j, j->at, "texts stand in double quotation marks", "this is no value");
    }
    ent_node *node = ent_alloc(j->tree.work->arena, 1, ent_node);
    *node = (ent_node){.kind = ENT_SCALAR, .plain = true, .pos = pos_at(j, j->at, length)};
    node->text = ent_copy_text(j->tree.work->arena, j->at, length);
    node->length = length;
    j->at = stop;
    return ent_tree_scalar(&j->tree, node);
}

/* A value or the opening of one; sets *opened. */
static bool value(json *j, bool *opened)
{
    *opened = false;
    if (j->at == j->end) {
        return fault(j, j->at, NULL, "the text ends where a value should stand");
    }
    if (*j->at == '"') {
        return string(j);
    }
    if (*j->at != '{' && *j->at != '[') {
        return word(j);
    }
    *opened = true;
    ent_node_kind kind = *j->at == '{' ? ENT_MAP : ENT_LIST;
    ent_pos pos = pos_at(j, j->at, 1);
    j->at++;
    return ent_tree_open(&j->tree, kind, pos);
}

static bool key(json *j)
{
    skip_space(j);
    if (j->at == j->end || *j->at != '"') {
        return fault(j, j->at, "keys stand in double quotation marks", "a key should stand here");
    }
    if (!string(j)) {
        return false;
    }
    skip_space(j);
    if (j->at == j->end || *j->at != ':') {
        return fault(j, j->at, NULL, "a colon should stand here");
    }
    j->at++;
    return true;
}

/* After a value: close what ends here, or go past a comma. False on a fault. */
static bool after_value(json *j)
{
    while (j->tree.depth > 0) {
        ent_node_kind kind = j->tree.frames[j->tree.depth - 1].kind;
        char close = kind == ENT_MAP ? '}' : ']';
        skip_space(j);
        if (j->at < j->end && *j->at == ',') {
            j->at++;
            return kind != ENT_MAP || key(j);
        }
        if (j->at == j->end || *j->at != close) {
            return fault(j, j->at, NULL, kind == ENT_MAP ? "`,` or `}` should stand here"
                                                         : "`,` or `]` should stand here");
        }
        j->at++;
        ent_tree_close(&j->tree);
    }
    return true;
}

/* Just after an opening bracket: closes it if it is empty, reads the first key of a map. */
static bool after_open(json *j, bool *empty)
{
    ent_node_kind kind = j->tree.frames[j->tree.depth - 1].kind;
    skip_space(j);
    *empty = j->at < j->end && *j->at == (kind == ENT_MAP ? '}' : ']');
    if (*empty) {
        j->at++;
        ent_tree_close(&j->tree);
        return true;
    }
    return kind != ENT_MAP || key(j);
}

static bool document(json *j)
{
    do {
        bool opened;
        bool empty = true;
        skip_space(j);
        if (!value(j, &opened) || (opened && !after_open(j, &empty))) {
            return false;
        }
        if ((!opened || empty) && !after_value(j)) {
            return false;
        }
    } while (j->tree.depth > 0);
    skip_space(j);
    return j->at == j->end || fault(j, j->at, NULL, "the text goes on after its value");
}

ent_status ent_read_json(ent_work *work, const ent_text *text, const ent_node **root)
{
    size_t before = ent_diags_count_of(work->diags, ENT_ERROR);
    if (text->length >= 3 && memcmp(text->at, "\xEF\xBB\xBF", 3) == 0) {
        ent_text *shown = ent_alloc(work->arena, 1, ent_text);
        *shown = (ent_text){text->name, text->at + 3, text->length - 3};
        text = shown; /* a byte order mark takes no column */
    }
    ent_status status = ent_check_characters(work, text);
    if (status != ENT_OK) {
        return status;
    }
    json *j = ent_alloc(work->arena, 1, json);
    *j = (json){.text = text, .at = text->at, .line = 1, .column = 1};
    j->tree = (ent_tree){.work = work, .text = text};
    j->end = text->at + text->length;
    j->line_start = text->at;
    j->counted = text->at;
    bool whole = document(j);
    *root = j->tree.root;
    return whole && ent_diags_count_of(work->diags, ENT_ERROR) == before ? ENT_OK : ENT_INVALID;
}
