/*
 * The three-way merge of trees. What B left as it was is A's, and so is what both changed in the
 * same way; all else is looked into, down to single keys. Where there is nothing to look into, what
 * A left as it was is B's, and what is left is a conflict.
 *
 * What two keys say together is not looked at here: the merged file is checked like any other.
 */
#include "io/merge_parts.h"
#include "io/names.h"

#include <string.h>

enum { DEEP = 8 };

/* How versions of a value are brought together. */
typedef enum how {
    HOW_WHOLE,  /* not at all: one or the other */
    HOW_RECORD, /* key by key, where it is a change of what there was */
    HOW_KEYED,  /* entry by entry, also where both made it up */
    HOW_SET,    /* item by item; what was taken out of it and put into it */
} how;

typedef struct merger {
    ent_arena *arena;
    const char *path[DEEP];
    size_t depth;
} merger;

static bool among(const char *name, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp(*list, name) == 0) {
            return true;
        }
    }
    return false;
}

static how how_of(const merger *m)
{
    static const char *const sections[] = {"parties",  "people",      "sources",    "issues",
                                           "packages", "assumptions", "statements", "accounts",
                                           NULL};
    static const char *const sets[] = {"claims",  "believes", "supersedes", "approves",
                                       "members", "veto",     "items",      NULL};
    static const char *const maps[] = {"items", "sizes", "stakes", "utility", "undo", "unit", NULL};
    const char *last = m->depth == 0 ? "" : m->path[m->depth - 1];
    switch (m->depth) {
    case 0:
        return HOW_KEYED;
    case 1:
        return strcmp(last, "rules") == 0 ? HOW_SET : among(last, sections) ? HOW_KEYED : HOW_WHOLE;
    case 2: /* a package is one thing that somebody said */
        return strcmp(m->path[0], "packages") == 0 ? HOW_WHOLE : HOW_RECORD;
    case 3:
        return among(last, sets) && !among(last, maps) ? HOW_SET
               : among(last, maps)                     ? HOW_KEYED
                                                       : HOW_WHOLE;
    default:
        return HOW_RECORD;
    }
}

static bool same_entry(const ent_entry *a, const ent_entry *b)
{
    return strcmp(a->key->text, b->key->text) == 0 && ent_same_node(a->value, b->value);
}

bool ent_same_node(const ent_node *a, const ent_node *b)
{
    if (a == b || a == NULL || b == NULL || a->kind != b->kind) {
        return a == b;
    }
    if (a->kind == ENT_SCALAR) {
        bool nothing = ent_node_is_null(a); /* empty, `~` and `null` are one */
        return nothing == ent_node_is_null(b) && (nothing || strcmp(a->text, b->text) == 0);
    }
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++) {
        same = a->kind == ENT_LIST ? ent_same_node(a->items[i], b->items[i])
                                   : same_entry(&a->entries[i], &b->entries[i]);
    }
    return same;
}

static ent_merged *merged(const merger *m, ent_merged_kind kind, const ent_node *a,
                          const ent_node *b)
{
    ent_merged *made = ent_alloc(m->arena, 1, ent_merged);
    *made = (ent_merged){.kind = kind, .a = a, .b = b};
    return made;
}

/* ---- Children by key ------------------------------------------------------------------------ */

static const ent_node *child_of(const ent_node *node, size_t i)
{
    return i == SIZE_MAX ? NULL : node->kind == ENT_MAP ? node->entries[i].value : node->items[i];
}

/* The key of a map's entry, or the id of a list's item; NULL where it has none. */
static const char *key_of(const ent_node *node, size_t i)
{
    if (node->kind == ENT_MAP) {
        return node->entries[i].key->text;
    }
    const ent_node *id = ent_node_get(node->items[i], "id");
    return id != NULL && id->kind == ENT_SCALAR && id->length > 0 ? id->text : NULL;
}

/* False where something has no key, or two have the same. NULL is empty. */
static bool index_keys(ent_arena *arena, const ent_node *node, ent_names *names)
{
    *names = (ent_names){0};
    for (size_t i = 0; node != NULL && i < node->count; i++) {
        const char *key = key_of(node, i);
        if (key == NULL || ent_names_add(arena, names, key, (uint32_t)i) != UINT32_MAX) {
            return false;
        }
    }
    return true;
}

static size_t at_key(const ent_names *names, const char *key)
{
    uint32_t at = names->room == 0 ? UINT32_MAX : ent_names_find(names, key);
    return at == UINT32_MAX ? SIZE_MAX : at;
}

typedef struct children {
    ent_merged_child *at;
    size_t count, room;
} children;

static ent_merged *merge_value(merger *m, const ent_node *base, const ent_node *a,
                               const ent_node *b);

static ent_merged *made_of(const merger *m, const ent_node *base, const ent_node *a,
                           const ent_node *b, const children *list)
{
    ent_merged *made = merged(m, ENT_MERGED_MADE, a, b);
    made->base = base;
    made->children = list->at;
    made->count = list->count;
    return made;
}

typedef struct keyed {
    const ent_node *node[3]; /* base, A, B */
    ent_names names[3];
} keyed;

/* Is the order of what base and the side share another than it was? */
static bool reordered(const keyed *k, int side)
{
    size_t last = 0;
    for (size_t i = 0; k->node[0] != NULL && i < k->node[side]->count; i++) {
        size_t was = at_key(&k->names[0], key_of(k->node[side], i));
        if (was != SIZE_MAX && was < last) {
            return true;
        }
        last = was == SIZE_MAX ? last : was;
    }
    return false;
}

/* Put it behind the nearest of its elders that is there, and behind what was put there before. */
static void insert(merger *m, children *list, const keyed *k, int side, size_t i,
                   ent_merged_child child)
{
    size_t place = 0;
    for (size_t before = i; before-- > 0 && place == 0;) {
        const char *key = key_of(k->node[side], before);
        for (size_t c = 0; c < list->count && place == 0; c++) {
            place = strcmp(list->at[c].key, key) == 0 ? c + 1 : 0;
        }
    }
    while (place < list->count &&
           (side == 2 ? list->at[place].b : list->at[place].a) == SIZE_MAX) {
        place++;
    }
    (void)ent_push(m->arena, list);
    memmove(&list->at[place + 1], &list->at[place], (list->count - 1 - place) * sizeof child);
    list->at[place] = child;
}

static ent_merged *merge_keyed(merger *m, const ent_node *base, const ent_node *a,
                               const ent_node *b)
{
    keyed k = {.node = {base, a, b}};
    children list = {0};
    for (int i = 0; i < 3; i++) {
        if (!index_keys(m->arena, k.node[i], &k.names[i])) {
            return NULL;
        }
    }
    int first = reordered(&k, 2) && !reordered(&k, 1) ? 2 : 1;
    for (int round = 0; round < 2; round++) {
        int side = round == 0 ? first : 3 - first;
        for (size_t i = 0; i < k.node[side]->count; i++) {
            const char *key = key_of(k.node[side], i);
            size_t other = at_key(&k.names[3 - side], key);
            if (round == 1 && other != SIZE_MAX) {
                continue;
            }
            size_t was = at_key(&k.names[0], key);
            ent_merged_child child = {.key = key, .base = was, .a = side == 1 ? i : other,
                                      .b = side == 1 ? other : i};
            m->path[m->depth++] = key;
            child.value = merge_value(m, was == SIZE_MAX ? NULL : child_of(base, was),
                                      child_of(a, child.a), child_of(b, child.b));
            m->depth--;
            if (child.value != NULL && round == 0) {
                *ent_push(m->arena, &list) = child;
            } else if (child.value != NULL) {
                insert(m, &list, &k, side, i, child);
            }
        }
    }
    return made_of(m, base, a, b, &list);
}

/* ---- Sets ----------------------------------------------------------------------------------- */

/* Where the list has the item, SIZE_MAX: nowhere. */
static size_t find(const ent_node *list, const ent_node *item)
{
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        if (ent_same_node(list->items[i], item)) {
            return i;
        }
    }
    return SIZE_MAX;
}

static bool holds(const ent_node *list, const ent_node *item)
{
    return find(list, item) != SIZE_MAX;
}

/* Has the side something that the base has not? */
static bool adds(const ent_node *base, const ent_node *side)
{
    for (size_t i = 0; i < side->count; i++) {
        if (!holds(base, side->items[i])) {
            return true;
        }
    }
    return false;
}

/* Did both take out the same, and one put something in its place? Then it is one change, twice. */
static bool sets_collide(const ent_node *base, const ent_node *a, const ent_node *b)
{
    for (size_t i = 0; base != NULL && i < base->count; i++) {
        const ent_node *item = base->items[i];
        if (!holds(a, item) && !holds(b, item) && (adds(base, a) || adds(base, b))) {
            return true;
        }
    }
    return false;
}

static ent_merged *merge_sets(merger *m, const ent_node *base, const ent_node *a,
                              const ent_node *b)
{
    children list = {0};
    if (sets_collide(base, a, b)) {
        return merged(m, ENT_MERGED_CONFLICT, a, b);
    }
    for (size_t i = 0; i < a->count; i++) {
        if (holds(b, a->items[i]) || !holds(base, a->items[i])) {
            *ent_push(m->arena, &list) = (ent_merged_child){
                "", find(base, a->items[i]), i, find(b, a->items[i]),
                merged(m, ENT_MERGED_A, a->items[i], NULL)};
        }
    }
    for (size_t i = 0; i < b->count; i++) {
        if (!holds(a, b->items[i]) && !holds(base, b->items[i])) {
            *ent_push(m->arena, &list) = (ent_merged_child){
                "", SIZE_MAX, SIZE_MAX, i, merged(m, ENT_MERGED_B, NULL, b->items[i])};
        }
    }
    return made_of(m, base, a, b, &list);
}

/* ---- Values --------------------------------------------------------------------------------- */

static bool all_are(ent_node_kind kind, const ent_node *base, const ent_node *a, const ent_node *b)
{
    return a != NULL && b != NULL && a->kind == kind && b->kind == kind &&
           (base == NULL || base->kind == kind);
}

/* The merged value, NULL where it is taken out. */
static ent_merged *merge_value(merger *m, const ent_node *base, const ent_node *a,
                               const ent_node *b)
{
    if (ent_same_node(a, b) || ent_same_node(base, b)) {
        return a == NULL ? NULL : merged(m, ENT_MERGED_A, a, b);
    }
    bool taken = ent_same_node(base, a);
    if (taken && b == NULL) {
        return NULL;
    }
    how h = m->depth >= DEEP ? HOW_WHOLE : how_of(m);
    ent_merged *made = NULL;
    if (all_are(ENT_MAP, base, a, b) && (h == HOW_KEYED || (h == HOW_RECORD && base != NULL))) {
        made = merge_keyed(m, base, a, b);
    } else if (all_are(ENT_LIST, base, a, b) && h == HOW_KEYED && m->depth == 1) {
        made = merge_keyed(m, base, a, b);
    } else if (!taken && all_are(ENT_LIST, base, a, b) && (h == HOW_SET || h == HOW_KEYED)) {
        made = merge_sets(m, base, a, b);
    }
    return made != NULL ? made : merged(m, taken ? ENT_MERGED_B : ENT_MERGED_CONFLICT, a, b);
}

ent_merged *ent_merge_trees(ent_arena *arena, const ent_node *base, const ent_node *a,
                            const ent_node *b)
{
    merger m = {.arena = arena};
    return merge_value(&m, base, a, b);
}

/* ---- What a merged tree says ---------------------------------------------------------------- */

const ent_node *ent_merged_node(const ent_merged *m, ent_merge_side side)
{
    bool a = m->kind == ENT_MERGED_A || (m->kind == ENT_MERGED_CONFLICT && side == ENT_SIDE_A);
    return a ? m->a : m->b;
}

bool ent_has_conflict(const ent_merged *m)
{
    bool has = m->kind == ENT_MERGED_CONFLICT;
    for (size_t i = 0; m->kind == ENT_MERGED_MADE && i < m->count && !has; i++) {
        has = ent_has_conflict(m->children[i].value);
    }
    return has;
}

bool ent_says_merged(const ent_node *node, const ent_merged *m, ent_merge_side side)
{
    if (m->kind != ENT_MERGED_MADE) {
        return ent_same_node(node, ent_merged_node(m, side));
    }
    if (node == NULL || node->kind != m->a->kind) {
        return false;
    }
    size_t at = 0;
    for (size_t i = 0; i < m->count; i++) {
        const ent_merged_child *child = &m->children[i];
        bool gone = child->value->kind == ENT_MERGED_CONFLICT &&
                    ent_merged_node(child->value, side) == NULL;
        bool same = gone || (at < node->count &&
                             (node->kind == ENT_LIST ||
                              strcmp(node->entries[at].key->text, child->key) == 0) &&
                             ent_says_merged(child_of(node, at), child->value, side));
        if (!same) {
            return false;
        }
        at += !gone;
    }
    return at == node->count;
}
