#include "io/tree.h"

#include "base/number.h"
#include "base/text.h"
#include "io/names.h"

#include <string.h>

const ent_node *ent_node_get(const ent_node *node, const char *key)
{
    if (node == NULL || node->kind != ENT_MAP) {
        return NULL;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (strcmp(node->entries[i].key->text, key) == 0) {
            return node->entries[i].value;
        }
    }
    return NULL;
}

bool ent_node_is_null(const ent_node *node)
{
    return node->kind == ENT_SCALAR && node->plain &&
           (node->length == 0 || strcmp(node->text, "null") == 0 || strcmp(node->text, "~") == 0);
}

static bool room_for_one_more(ent_tree *tree, ent_pos pos)
{
    if (++tree->nodes > ENT_NODE_MOST) {
        char most[ENT_NUMBER_ROOM];
        ent_tell(tree->work->diags, ENT_ERROR, ENT_C117_TOO_MUCH, tree->text, pos,
                 "split the file", "the file holds more than %s values",
                 ent_count_text(ENT_NODE_MOST, most));
        return false;
    }
    return true;
}

bool ent_tree_wants_key(const ent_tree *tree)
{
    return tree->depth > 0 && tree->frames[tree->depth - 1].kind == ENT_MAP &&
           tree->frames[tree->depth - 1].key == NULL;
}

static bool add(ent_tree *tree, const ent_node *node)
{
    if (tree->depth == 0) {
        tree->root = node;
        return true;
    }
    ent_tree_frame *frame = &tree->frames[tree->depth - 1];
    if (!ent_tree_wants_key(tree)) {
        *ent_push(tree->work->arena, &tree->pile) = (ent_entry){frame->key, node};
        frame->key = NULL;
        return true;
    }
    if (node->kind != ENT_SCALAR) {
        ent_tell(tree->work->diags, ENT_ERROR, ENT_C102_YAML_FEATURE, tree->text, node->pos,
                 "write a name before the colon", "a key must be a text");
        return false;
    }
    if (tree->merge != NULL && node->plain && strcmp(node->text, tree->merge) == 0) {
        ent_tell(tree->work->diags, ENT_ERROR, ENT_C102_YAML_FEATURE, tree->text, node->pos,
                 "write the keys out", "merge keys are not part of the format");
    }
    frame->key = node;
    return true;
}

bool ent_tree_scalar(ent_tree *tree, const ent_node *scalar)
{
    return room_for_one_more(tree, scalar->pos) && add(tree, scalar);
}

bool ent_tree_open(ent_tree *tree, ent_node_kind kind, ent_pos pos)
{
    if (!room_for_one_more(tree, pos)) {
        return false;
    }
    if (tree->depth == ENT_NODE_DEPTH) {
        ent_tell(tree->work->diags, ENT_ERROR, ENT_C117_TOO_MUCH, tree->text, pos, NULL,
                 "nested more than %d levels deep", (int)ENT_NODE_DEPTH);
        return false;
    }
    if (ent_tree_wants_key(tree)) {
        ent_node container = {.kind = kind, .pos = pos};
        return add(tree, &container); /* which refuses it */
    }
    tree->frames[tree->depth++] =
        (ent_tree_frame){.kind = kind, .pos = pos, .base = tree->pile.count};
    return true;
}

/* The entries with each key once; O(count). */
static size_t unique(ent_tree *tree, ent_entry *entries, size_t count)
{
    ent_names names = {0};
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const ent_node *key = entries[i].key;
        uint32_t first = ent_names_add(tree->work->arena, &names, key->text, (uint32_t)kept);
        if (first != UINT32_MAX) {
            char hint[80];
            ent_buffer b = ent_buffer_init(tree->work->arena, sizeof hint);
            ent_putf(&b, "the first is in line %u", (unsigned)entries[first].key->pos.line);
            ent_tell(tree->work->diags, ENT_ERROR, ENT_C105_KEY_TWICE, tree->text, key->pos,
                     ent_buffer_text(&b), "the key `%.60s` stands here twice", key->text);
        } else {
            entries[kept++] = entries[i];
        }
    }
    return kept;
}

void ent_tree_close(ent_tree *tree)
{
    ent_arena *arena = tree->work->arena;
    ent_tree_frame *frame = &tree->frames[--tree->depth];
    size_t count = tree->pile.count - frame->base;
    const ent_entry *from = count == 0 ? NULL : tree->pile.at + frame->base;
    ent_node *node = ent_alloc(arena, 1, ent_node);
    *node = (ent_node){.kind = frame->kind, .pos = frame->pos, .count = count};
    if (frame->kind == ENT_MAP && count > 0) {
        ent_entry *entries = ent_alloc(arena, count, ent_entry);
        memcpy(entries, from, count * sizeof *entries);
        node->count = unique(tree, entries, count);
        node->entries = entries;
    } else if (count > 0) {
        const ent_node **items = ent_alloc(arena, count, const ent_node *);
        for (size_t i = 0; i < count; i++) {
            items[i] = from[i].value;
        }
        node->items = items;
    }
    tree->pile.count = frame->base;
    (void)add(tree, node);
}

static bool is_control(unsigned char c)
{
    return c == 0x7F || (c < 0x20 && c != '\t' && c != '\n' && c != '\r');
}

bool ent_has_control(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        bool lone = text[at] == '\r' && (at + 1 == length || text[at + 1] != '\n');
        int32_t c = ent_utf8_next(text, length, &at);
        if (lone || (c >= 0 && c < 0x80 && is_control((unsigned char)c)) ||
            (c >= 0x80 && c < 0xA0)) {
            return true;
        }
    }
    return false;
}

/* The first byte that no text file holds, or length: a NUL, a control character, a lone CR. */
static size_t first_control(const ent_text *text)
{
    for (size_t i = 0; i < text->length; i++) {
        unsigned char c = (unsigned char)text->at[i];
        bool lone = c == '\r' && (i + 1 == text->length || text->at[i + 1] != '\n');
        if (is_control(c) || lone) {
            return i;
        }
    }
    return text->length;
}

ent_status ent_check_characters(ent_work *work, const ent_text *text)
{
    if (text->length > ENT_NODE_BYTES) {
        ent_tell(work->diags, ENT_ERROR, ENT_F102_TOO_LARGE, text, (ent_pos){0, 0, 0}, NULL,
                 "the file is larger than %d MiB", (int)(ENT_NODE_BYTES >> 20));
        return ENT_INVALID;
    }
    size_t valid = ent_utf8_valid(text->at, text->length);
    size_t control = first_control(text);
    if (valid < text->length && valid < control) {
        ent_tell(work->diags, ENT_ERROR, ENT_F103_NOT_TEXT, text, ent_pos_at(text, valid, 1),
                 "save the file as UTF-8", "this byte is not UTF-8: 0x%02X",
                 (unsigned)(unsigned char)text->at[valid]);
        return ENT_INVALID;
    }
    if (control < text->length) {
        unsigned char c = (unsigned char)text->at[control];
        ent_tell(work->diags, ENT_ERROR, ENT_F103_NOT_TEXT, text, ent_pos_at(text, control, 1),
                 c == '\r' ? "end lines with a line feed" : "is this a text file?",
                 "a control character stands here: 0x%02X", (unsigned)c);
        return ENT_INVALID;
    }
    return ENT_OK;
}
