#include "io/shape_value.h"

#include "base/number.h"
#include "record/case.h"

#include <math.h>
#include <string.h>

enum { LONGEST_NAME = 100 };

static const char name_hint[] =
    "a name is made of letters, digits, `-`, `_` and `.`; longer words go into `name`";

static bool letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool ent_is_name(const char *text)
{
    size_t i = 0;
    while (letter_or_digit(text[i]) || (i > 0 && text[i] != '\0' && strchr("_.-", text[i]))) {
        i++;
    }
    return i > 0 && text[i] == '\0' && i <= LONGEST_NAME;
}

ent_scalar_reading ent_misread(ent_code code, const char *hint)
{
    return (ent_scalar_reading){.bad = true, .code = code, .hint = hint};
}

static ent_scalar_reading read_number(const ent_shape *shape, const ent_node *node)
{
    double value;
    if (!ent_parse_number(node->text, node->length, &value)) {
        bool percent = node->length > 0 && node->text[node->length - 1] == '%';
        return ent_misread(ENT_C107_WRONG_KIND, percent ? "write 0.25 for 25 %" : NULL);
    }
    if (!node->plain) {
        return ent_misread(ENT_C107_WRONG_KIND, "remove the quotation marks");
    }
    if (value < shape->low || value > shape->high) {
        return ent_misread(ENT_C108_OUT_OF_RANGE, NULL);
    }
    if (shape->kind == ENT_SHAPE_COUNT && value != floor(value)) {
        return ent_misread(ENT_C107_WRONG_KIND, NULL);
    }
    return (ent_scalar_reading){.number = value};
}

static ent_scalar_reading read_word(const ent_shape *shape, const ent_node *node)
{
    for (uint32_t i = 0; shape->words[i] != NULL; i++) {
        if (strcmp(shape->words[i], node->text) == 0) {
            return (ent_scalar_reading){.index = i};
        }
    }
    return ent_misread(ENT_C113_BAD_WORD, NULL);
}

/* A clock time that leaves its zone open means another moment to every reader. */
static bool lacks_zone(const char *text)
{
    const char *clock = strpbrk(text, "Tt ");
    return clock != NULL && strpbrk(clock, "Zz+-") == NULL;
}

static ent_scalar_reading read_date(const ent_node *node)
{
    int64_t first;
    int64_t last;
    if (!ent_parse_date(node->text, &first, &last)) {
        return ent_misread(ENT_C112_BAD_DATE, ent_date_fault(node->text));
    }
    return lacks_zone(node->text) ? ent_misread(ENT_C112_BAD_DATE, "add the zone: Z or +07:00")
                                  : (ent_scalar_reading){.bad = false};
}

static ent_scalar_reading read_color(const ent_node *node)
{
    bool good = node->length == 7 && node->text[0] == '#' &&
                strspn(node->text + 1, "0123456789abcdefABCDEF") == 6;
    return good ? (ent_scalar_reading){.bad = false} : ent_misread(ENT_C114_BAD_COLOR, NULL);
}

/* Addresses become links on a page: only the two schemes that do nothing but fetch. */
static ent_scalar_reading read_url(const ent_node *node)
{
    bool web = strncmp(node->text, "https://", 8) == 0 || strncmp(node->text, "http://", 7) == 0;
    return web && strpbrk(node->text, " \n\"<>") == NULL
               ? (ent_scalar_reading){.bad = false}
               : ent_misread(ENT_C119_BAD_PLACE, "it begins with https:// or http://");
}

/* A case that somebody sent must not make this machine read files elsewhere. */
static ent_scalar_reading read_file_name(const ent_node *node)
{
    const char *text = node->text;
    bool climbs = text[0] == '/' || strchr(text, '\\') != NULL;
    for (const char *at = text; !climbs && at != NULL; at = strchr(at, '/')) {
        at += *at == '/';
        climbs = strncmp(at, "..", 2) == 0 && (at[2] == '/' || at[2] == '\0');
    }
    const char *hint = "the text stands in the case's folder or below it";
    return climbs ? ent_misread(ENT_C119_BAD_PLACE, hint) : (ent_scalar_reading){.bad = false};
}

ent_scalar_reading ent_read_scalar(const ent_shape *shape, const ent_node *node)
{
    switch (shape->kind) {
    case ENT_SHAPE_NUMBER:
    case ENT_SHAPE_COUNT:
    case ENT_SHAPE_INTERVAL:
        return read_number(shape, node);
    case ENT_SHAPE_WORD:
        return read_word(shape, node);
    case ENT_SHAPE_NAME:
        return ent_is_name(node->text) ? (ent_scalar_reading){.bad = false}
                                       : ent_misread(ENT_C109_BAD_NAME, name_hint);
    case ENT_SHAPE_DATE:
        return read_date(node);
    case ENT_SHAPE_COLOR:
        return read_color(node);
    case ENT_SHAPE_URL:
        return read_url(node);
    case ENT_SHAPE_FILE:
        return read_file_name(node);
    case ENT_SHAPE_TEXT:
    case ENT_SHAPE_REF:
        return node->length > 0 ? (ent_scalar_reading){.bad = false}
                                : ent_misread(ENT_C107_WRONG_KIND, NULL);
    case ENT_SHAPE_LIST:
    case ENT_SHAPE_MAP:
    case ENT_SHAPE_KEYS:
    case ENT_SHAPE_EITHER:
    case ENT_SHAPE_CLAIM:
        break;
    }
    return ent_misread(ENT_C107_WRONG_KIND, NULL);
}

bool ent_read_interval(const ent_node *node, const ent_shape *shape, ent_interval *pair)
{
    *pair = (ent_interval){(double)NAN, (double)NAN};
    if (node == NULL || node->kind == ENT_MAP || (node->kind == ENT_LIST && node->count != 2)) {
        return false;
    }
    const ent_node *low = node->kind == ENT_LIST ? node->items[0] : node;
    const ent_node *high = node->kind == ENT_LIST ? node->items[1] : node;
    if (low->kind != ENT_SCALAR || high->kind != ENT_SCALAR) {
        return false;
    }
    ent_scalar_reading a = read_number(shape, low);
    ent_scalar_reading b = read_number(shape, high);
    if (a.bad || b.bad || a.number > b.number) {
        return false;
    }
    *pair = (ent_interval){a.number, b.number};
    return true;
}

const ent_key_row *ent_find_key(const ent_shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->key_count; i++) {
        if (strcmp(shape->keys[i].name, name) == 0) {
            return &shape->keys[i];
        }
    }
    return NULL;
}

/* ---- Filling ------------------------------------------------------------------------------ */

static void fill_one(const ent_key_row *key, const ent_node *value, char *target)
{
    if (key->shape->kind == ENT_SHAPE_INTERVAL) {
        ent_interval pair;
        if (ent_read_interval(value, key->shape, &pair)) {
            memcpy(target + key->offset, &pair, sizeof pair);
        }
        return;
    }
    if (value->kind != ENT_SCALAR || (value->plain && value->length == 0)) {
        return;
    }
    ent_scalar_reading r = ent_read_scalar(key->shape, value);
    if (r.bad) {
        return;
    }
    if (key->shape->kind == ENT_SHAPE_NUMBER) {
        memcpy(target + key->offset, &r.number, sizeof r.number);
    } else if (key->shape->kind == ENT_SHAPE_COUNT) {
        uint32_t count = (uint32_t)r.number;
        memcpy(target + key->offset, &count, sizeof count);
    } else if (key->shape->kind == ENT_SHAPE_WORD) {
        memcpy(target + key->offset, &r.index, sizeof r.index);
    } else {
        memcpy(target + key->offset, &value->text, sizeof value->text);
    }
}

void ent_fill(const ent_node *map, const ent_shape *shape, void *target)
{
    if (map == NULL || map->kind != ENT_MAP) {
        return;
    }
    for (size_t i = 0; i < map->count; i++) {
        const ent_key_row *key = ent_find_key(shape, map->entries[i].key->text);
        if (key != NULL && key->offset != ENT_NO_OFFSET) {
            fill_one(key, map->entries[i].value, target);
        }
    }
}
