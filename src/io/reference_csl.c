/* CSL JSON (Citation Style Language, data 1.0): a list of items, as Zotero and pandoc save it. */
#include "io/merge_parts.h"
#include "io/node.h"
#include "io/reference.h"

#include <string.h>

static const char *scalar(const ent_node *node)
{
    return node != NULL && node->kind == ENT_SCALAR && !ent_node_is_null(node) ? node->text : "";
}

/* {family, given, non-dropping-particle, suffix} or {literal}. */
static const char *name_of(ent_arena *arena, const ent_node *name)
{
    static const char *const parts[] = {"given", "dropping-particle", "non-dropping-particle",
                                        "family", "suffix"};
    const char *literal = scalar(ent_node_get(name, "literal"));
    ent_buffer b = ent_buffer_init(arena, 0);
    if (*literal != '\0' || name->kind == ENT_SCALAR) {
        return name->kind == ENT_SCALAR ? scalar(name) : literal;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *part = scalar(ent_node_get(name, parts[i]));
        ent_putf(&b, "%s%s", b.length > 0 && *part != '\0' ? " " : "", part);
    }
    return ent_buffer_text(&b);
}

static bool has_names(const ent_node *list)
{
    return list->kind == ENT_LIST && list->count > 0 && list->items[0]->kind == ENT_MAP &&
           (ent_node_get(list->items[0], "family") != NULL ||
            ent_node_get(list->items[0], "given") != NULL ||
            ent_node_get(list->items[0], "literal") != NULL);
}

/* [[2019, "02", 28]] as 2019-02-28; of two, the first, with the second behind it. */
static const char *parts_of(ent_arena *arena, const ent_node *list)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (size_t k = 0; list != NULL && list->kind == ENT_LIST && k < list->count; k++) {
        const ent_node *date = list->items[k];
        const char *between = k == 0 ? "" : " to ";
        for (size_t i = 0; date->kind == ENT_LIST && i < date->count; i++) {
            const char *part = scalar(date->items[i]);
            if (*part == '\0' || strcmp(part, "0") == 0) {
                break;
            }
            ent_putf(&b, "%s%s%s", between, strlen(part) == 1 ? "0" : "", part);
            between = "-";
        }
    }
    return ent_buffer_text(&b);
}

static const char *date_of(ent_arena *arena, const ent_node *date)
{
    if (date->kind == ENT_SCALAR) {
        return scalar(date);
    }
    const char *parts = parts_of(arena, ent_node_get(date, "date-parts"));
    const char *raw = scalar(ent_node_get(date, "raw"));
    return *parts != '\0' ? parts : *raw != '\0' ? raw : scalar(ent_node_get(date, "literal"));
}

static bool is_date(const ent_node *node)
{
    return ent_node_get(node, "date-parts") != NULL || ent_node_get(node, "raw") != NULL ||
           ent_node_get(node, "literal") != NULL;
}

static const char *flat(ent_arena *arena, const ent_node *node)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put_flow_node(&b, node);
    return ent_buffer_text(&b);
}

/* CSL allows little HTML in titles: <i>, <b>, <sup>, <sub>, <span ...>. */
static const char *without_tags(ent_arena *arena, const char *text)
{
    static const char *const tags[] = {"i>", "b>", "sup>", "sub>", "span>", "span ", "sc>"};
    ent_buffer b = ent_buffer_init(arena, 0);
    while (*text != '\0') {
        const char *name = *text == '<' ? text + 1 + (text[1] == '/') : "";
        bool tag = false;
        for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
            tag = tag || strncmp(name, tags[i], strlen(tags[i])) == 0;
        }
        const char *stop = tag ? strchr(text, '>') : NULL;
        if (stop == NULL) {
            ent_put_char(&b, *text++);
        } else {
            text = stop + 1;
        }
    }
    return ent_buffer_text(&b);
}

static void add_member(ent_work *work, ent_references *list, const char *name,
                       const ent_node *value, ent_pos pos)
{
    ent_arena *arena = work->arena;
    if (has_names(value)) {
        for (size_t i = 0; i < value->count; i++) {
            ent_reference_add_name(arena, list, name, name_of(arena, value->items[i]), pos);
        }
    } else if (value->kind == ENT_MAP && is_date(value)) {
        ent_reference_add(arena, list, name, date_of(arena, value), pos);
    } else if (value->kind == ENT_SCALAR) {
        ent_reference_add(arena, list, name, without_tags(arena, scalar(value)), pos);
    } else if (value->count > 0) {
        ent_reference_add(arena, list, name, flat(arena, value), pos);
    }
}

ent_status ent_read_csl(ent_work *work, const ent_text *text, ent_references *list)
{
    const ent_node *root = NULL;
    ent_status status = ent_read_json(work, text, &root);
    if (status != ENT_OK) {
        return ENT_INVALID;
    }
    const ent_node *items = root->kind == ENT_MAP ? ent_node_get(root, "items") : root;
    bool one = items == NULL && ent_node_get(root, "type") != NULL; /* every item has its type */
    size_t count = one ? 1 : items != NULL && items->kind == ENT_LIST ? items->count : 0;
    for (size_t i = 0; i < count; i++) {
        const ent_node *item = one ? root : items->items[i];
        if (item->kind != ENT_MAP) {
            ent_reference_odd(work, list, text, item->pos, "an item is {...}",
                              "this is no reference");
            continue;
        }
        const char *id = scalar(ent_node_get(item, "id"));
        *ent_push(work->arena, list) =
            (ent_reference){.key = *id == '\0' ? NULL : id, .pos = item->pos};
        for (size_t k = 0; k < item->count; k++) {
            if (strcmp(item->entries[k].key->text, "id") != 0) {
                add_member(work, list, item->entries[k].key->text, item->entries[k].value,
                           item->entries[k].key->pos);
            }
        }
    }
    return ENT_OK;
}
