#include "io/shape_value.h"

#include "base/number.h"

#include <stdio.h>
#include <string.h>

enum { MOST_HINTS = 200, MOST_CANDIDATES = 5000, MOST_LISTED = 24 };

const char *ent_did_you_mean(ent_shaper *s, const char *name, const char *const *candidates,
                             size_t count)
{
    if (s->hints >= MOST_HINTS || count > MOST_CANDIDATES) {
        return NULL;
    }
    s->hints++;
    const char *nearest = ent_nearest(name, candidates, count);
    return nearest == NULL ? NULL
                           : ent_format(s->work->arena, "did you mean `%.100s`?", nearest);
}

/* ---- Telling ------------------------------------------------------------------------------ */

static const char *name_of(const ent_node *label)
{
    return label == NULL ? "the file" : ent_is_name(label->text) ? label->text : "this";
}

static void tell_wrong(ent_shaper *s, const ent_node *node, const ent_shape *shape,
                       const ent_node *label, ent_scalar_reading r)
{
    char found[100];
    if (node->kind == ENT_SCALAR) {
        snprintf(found, sizeof found, "`%.60s`", node->text);
        found[ent_utf8_valid(found, strlen(found))] = '\0';
    } else {
        snprintf(found, sizeof found, "%s", node->kind == ENT_LIST ? "a list" : "a map");
    }
    if (r.hint == NULL && shape->form != NULL) {
        r.hint = ent_format(s->work->arena, "write it as %s", shape->form);
    }
    ent_tell(s->work->diags, ENT_ERROR, r.code, s->text, node->pos, r.hint,
             "`%s` should be %s, not %s", name_of(label), shape->what, found);
}

static void tell_no_value(ent_shaper *s, const ent_node *node, const ent_node *label)
{
    ent_tell(s->work->diags, ENT_ERROR, ENT_C107_WRONG_KIND, s->text, node->pos,
             node->comment != ENT_NO_COMMENT
                 ? "` #` begins a comment: put the text in quotation marks"
                 : "give it a value or leave the key out",
             "`%s` has no value", name_of(label));
}

const char *ent_one_of(ent_arena *arena, const char *const *candidates, size_t count)
{
    if (count == 0 || count > MOST_LISTED) {
        return NULL;
    }
    ent_buffer b = ent_buffer_init(arena, 300);
    for (size_t i = 0; i < count; i++) {
        const char *first = count == 1 ? "the only one is " : "one of ";
        ent_putf(&b, "%s`%.60s`", i > 0 ? ", " : first, candidates[i]);
    }
    return ent_buffer_text(&b);
}

static const char *one_of(ent_shaper *s, const ent_shape *shape, const char *text)
{
    size_t count = 0;
    while (shape->words[count] != NULL) {
        count++;
    }
    const char *nearest = ent_did_you_mean(s, text, shape->words, count);
    return nearest != NULL || count < 2 ? nearest
                                        : ent_one_of(s->work->arena, shape->words, count);
}

static void check_scalar(ent_shaper *s, const ent_node *node, const ent_shape *shape,
                         const ent_node *label)
{
    if (node->plain && node->length == 0) {
        tell_no_value(s, node, label);
        return;
    }
    ent_scalar_reading r = ent_read_scalar(shape, node);
    if (!r.bad) {
        return;
    }
    if (shape->kind == ENT_SHAPE_NAME) {
        ent_tell(s->work->diags, ENT_ERROR, r.code, s->text, node->pos, r.hint,
                 "`%.60s` cannot be a name", node->text);
        return;
    }
    if (shape->kind == ENT_SHAPE_WORD) {
        r.hint = one_of(s, shape, node->text);
    }
    tell_wrong(s, node, shape, label, r);
}

static void check_interval(ent_shaper *s, const ent_node *node, const ent_shape *shape,
                           const ent_node *label)
{
    if (node->kind == ENT_SCALAR) {
        check_scalar(s, node, shape, label);
        return;
    }
    if (node->kind != ENT_LIST || node->count != 2) {
        tell_wrong(s, node, shape, label, ent_misread(ENT_C107_WRONG_KIND, "a range is [lo, hi]"));
        return;
    }
    size_t before = ent_diags_count_of(s->work->diags, ENT_ERROR);
    for (size_t i = 0; i < 2; i++) {
        if (node->items[i]->kind != ENT_SCALAR) {
            tell_wrong(s, node->items[i], shape, label, ent_misread(ENT_C107_WRONG_KIND, NULL));
        } else {
            check_scalar(s, node->items[i], shape, label);
        }
    }
    ent_interval pair;
    if (ent_diags_count_of(s->work->diags, ENT_ERROR) == before &&
        !ent_read_interval(node, shape, &pair)) {
        ent_tell(s->work->diags, ENT_ERROR, ENT_C115_BACKWARDS, s->text, node->items[0]->pos,
                 "the smaller number stands first", "the range of `%s` runs backwards",
                 name_of(label));
    }
}

/* ---- Maps and lists ----------------------------------------------------------------------- */

static bool check_count(ent_shaper *s, const ent_node *node, const ent_shape *shape,
                        const ent_node *label)
{
    if (shape->most > 0 && node->count > shape->most) {
        char most[ENT_NUMBER_ROOM];
        char count[ENT_NUMBER_ROOM];
        ent_tell(s->work->diags, ENT_ERROR, ENT_C117_TOO_MUCH, s->text,
                 label != NULL ? label->pos : node->pos, NULL,
                 "`%s` holds %s entries; at most %s are allowed", name_of(label),
                 ent_count_text(node->count, count), ent_count_text(shape->most, most));
        s->stopped = true;
        return false;
    }
    if (node->count < shape->least) {
        ent_tell(s->work->diags, ENT_ERROR, ENT_C118_TOO_FEW, s->text, node->pos, NULL,
                 "`%s` should be %s, and holds %zu", name_of(label), shape->what, node->count);
    }
    return true;
}

static void tell_unknown_key(ent_shaper *s, const ent_entry *entry, const char *const *known,
                             size_t count, const char *where)
{
    const char *hint = ent_did_you_mean(s, entry->key->text, known, count);
    const ent_node *value = entry->value;
    if (hint == NULL && value->kind == ENT_SCALAR && value->plain && value->length == 0) {
        hint = "inside {...} a comma ends a value: put a text with a comma in quotation marks";
    }
    ent_tell(s->work->diags, ENT_ERROR, ENT_C104_UNKNOWN_KEY, s->text, entry->key->pos, hint,
             "%s has no key `%.60s`", where, entry->key->text);
}

void ent_tell_missing(ent_shaper *s, const ent_node *node, const char *key, const char *where,
                      const char *help)
{
    ent_tell(s->work->diags, ENT_ERROR, ENT_C106_MISSING_KEY, s->text, node->pos, help,
             "%s needs `%s`", where, key);
}

static void check_keys(ent_shaper *s, const ent_node *node, const ent_shape *shape)
{
    const char *known[40];
    size_t count = 0;
    for (; count < shape->key_count && count < 40; count++) {
        known[count] = shape->keys[count].name;
    }
    for (size_t i = 0; i < node->count && !s->stopped; i++) {
        const ent_entry *entry = &node->entries[i];
        const ent_key_row *key = ent_find_key(shape, entry->key->text);
        if (key == NULL) {
            tell_unknown_key(s, entry, known, count, shape->what);
        } else {
            ent_check_shape(s, entry->value, key->shape, entry->key);
        }
    }
    for (size_t i = 0; i < shape->key_count; i++) {
        const ent_key_row *key = &shape->keys[i];
        if (key->needed && ent_node_get(node, key->name) == NULL) {
            ent_tell_missing(s, node, key->name, shape->what, key->help);
        }
    }
}

static void check_map(ent_shaper *s, const ent_node *node, const ent_shape *shape,
                      const ent_node *label)
{
    static const ent_shape name = {.kind = ENT_SHAPE_NAME, .what = "a name"};
    if (!check_count(s, node, shape, label)) {
        return;
    }
    for (size_t i = 0; i < node->count && !s->stopped; i++) {
        const ent_entry *entry = &node->entries[i];
        if (shape->defines) {
            check_scalar(s, entry->key, &name, label);
        }
        ent_check_shape(s, entry->value, shape->of[0], entry->key);
    }
}

/* ---- Any shape ----------------------------------------------------------------------------- */

static bool is_container(ent_shape_kind kind, ent_node_kind *node_kind)
{
    *node_kind = kind == ENT_SHAPE_LIST ? ENT_LIST : ENT_MAP;
    return kind == ENT_SHAPE_LIST || kind == ENT_SHAPE_MAP || kind == ENT_SHAPE_KEYS ||
           kind == ENT_SHAPE_CLAIM;
}

/* Recursion as deep as the tables nest. */
void ent_check_shape(ent_shaper *s, const ent_node *node, const ent_shape *shape,
                     const ent_node *label)
{
    ent_node_kind wanted;
    bool empty = node->kind == ENT_SCALAR && node->plain && node->length == 0;
    if (shape->kind == ENT_SHAPE_EITHER) {
        if (empty) {
            tell_no_value(s, node, label);
        } else if (shape->of[node->kind] == NULL) {
            tell_wrong(s, node, shape, label, ent_misread(ENT_C107_WRONG_KIND, NULL));
        } else {
            ent_check_shape(s, node, shape->of[node->kind], label);
        }
        return;
    }
    if (shape->kind == ENT_SHAPE_INTERVAL) {
        check_interval(s, node, shape, label);
        return;
    }
    bool container = is_container(shape->kind, &wanted);
    if (node->kind != (container ? wanted : ENT_SCALAR)) {
        if (empty) {
            tell_no_value(s, node, label);
        } else {
            tell_wrong(s, node, shape, label, ent_misread(ENT_C107_WRONG_KIND, NULL));
        }
    } else if (shape->kind == ENT_SHAPE_LIST) {
        bool fits = check_count(s, node, shape, label);
        for (size_t i = 0; fits && i < node->count && !s->stopped; i++) {
            ent_check_shape(s, node->items[i], shape->of[0], label);
        }
    } else if (shape->kind == ENT_SHAPE_MAP) {
        check_map(s, node, shape, label);
    } else if (shape->kind == ENT_SHAPE_KEYS) {
        check_keys(s, node, shape);
    } else if (shape->kind == ENT_SHAPE_CLAIM) {
        ent_check_claim(s, node, shape);
    } else {
        check_scalar(s, node, shape, label);
    }
}
