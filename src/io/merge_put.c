/* A merged tree written anew, marks of conflicts, and the whole way from three texts to one. */
#include "io/merge_parts.h"
#include "io/yaml_out.h"

#include <string.h>

void ent_put_mark(ent_buffer *out, char mark, const char *name)
{
    for (int i = 0; i < ENT_MARK_LENGTH; i++) {
        ent_put_char(out, mark);
    }
    ent_putf(out, "%s%s\n", name == NULL ? "" : " ", name == NULL ? "" : name);
}

static bool is_mark(const char *line, size_t length, char mark)
{
    for (size_t i = 0; i < ENT_MARK_LENGTH; i++) {
        if (i >= length || line[i] != mark) {
            return false;
        }
    }
    return length == ENT_MARK_LENGTH || strchr(" \r\n", line[ENT_MARK_LENGTH]) != NULL;
}

ent_pos ent_merge_mark(const ent_text *text)
{
    uint32_t number = 1;
    const char *end = text->at + text->length;
    for (const char *line = text->at; line < end; number++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((stop == NULL ? end : stop) - line);
        if (is_mark(line, length, '<') || is_mark(line, length, '>')) {
            return (ent_pos){number, 1, ENT_MARK_LENGTH};
        }
        line += length + 1;
    }
    return (ent_pos){0, 0, 0};
}

/* ---- In one line ---------------------------------------------------------------------------- */

/* Numbers, dates and names stand bare, as they did. */
static bool stays_bare(const ent_node *node)
{
    for (const char *at = node->text; *at != '\0'; at++) {
        bool word = (*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z') ||
                    (*at >= 'A' && *at <= 'Z') || strchr("_.+-", *at) != NULL;
        if (!word) {
            return false;
        }
    }
    return node->plain && node->length > 0 && strchr("-+.", node->text[node->length - 1]) == NULL &&
           (node->text[0] != '-' || node->length > 1);
}

void ent_put_flow_node(ent_buffer *out, const ent_node *node)
{
    if (node->kind == ENT_SCALAR) {
        if (ent_node_is_null(node)) {
            ent_put(out, "null");
        } else if (stays_bare(node)) {
            ent_put(out, node->text);
        } else if (strcmp(node->text, "null") == 0) {
            ent_put(out, "\"null\"");
        } else {
            ent_yaml_text(out, node->text);
        }
        return;
    }
    ent_put_char(out, node->kind == ENT_MAP ? '{' : '[');
    for (size_t i = 0; i < node->count; i++) {
        ent_put(out, i > 0 ? ", " : "");
        if (node->kind == ENT_MAP) {
            ent_put_flow_node(out, node->entries[i].key);
            ent_put(out, ": ");
        }
        ent_put_flow_node(out, node->kind == ENT_MAP ? node->entries[i].value : node->items[i]);
    }
    ent_put_char(out, node->kind == ENT_MAP ? '}' : ']');
}

static void put_key(ent_buffer *out, const char *key)
{
    ent_put_flow_node(out, &(ent_node){.kind = ENT_SCALAR, .plain = true, .text = key,
                                       .length = strlen(key)});
}

void ent_put_flow(ent_buffer *out, const ent_merged *m)
{
    if (m->kind != ENT_MERGED_MADE) {
        ent_put_flow_node(out, ent_merged_node(m, ENT_SIDE_A));
        return;
    }
    bool map = m->a->kind == ENT_MAP;
    ent_put_char(out, map ? '{' : '[');
    for (size_t i = 0; i < m->count; i++) {
        ent_put(out, i > 0 ? ", " : "");
        if (map) {
            put_key(out, m->children[i].key);
            ent_put(out, ": ");
        }
        ent_put_flow(out, m->children[i].value);
    }
    ent_put_char(out, map ? '}' : ']');
}

/* ---- The whole file anew -------------------------------------------------------------------- */

/* "title: ..." or, of a list, "  - {...}". */
static void put_line(ent_buffer *out, const char *lead, const char *key, const ent_merged *m,
                     ent_merge_side side)
{
    if (m->kind == ENT_MERGED_CONFLICT && ent_merged_node(m, side) == NULL) {
        return;
    }
    ent_put(out, lead);
    if (key != NULL) {
        put_key(out, key);
        ent_put(out, ": ");
    }
    if (m->kind == ENT_MERGED_CONFLICT) {
        ent_put_flow_node(out, ent_merged_node(m, side));
    } else {
        ent_put_flow(out, m);
    }
    ent_put_char(out, '\n');
}

static void put_entry(ent_buffer *out, const ent_text *a, const ent_text *b, const char *lead,
                      const char *key, ent_merged *m)
{
    if (!ent_has_conflict(m)) {
        put_line(out, lead, key, m, ENT_SIDE_A);
        return;
    }
    m->kind = ENT_MERGED_CONFLICT;
    ent_put_mark(out, '<', a->name);
    put_line(out, lead, key, m, ENT_SIDE_A);
    ent_put_mark(out, '=', NULL);
    put_line(out, lead, key, m, ENT_SIDE_B);
    ent_put_mark(out, '>', b->name);
}

static void put_node_section(ent_buffer *out, const char *key, const ent_node *node)
{
    put_key(out, key);
    ent_put(out, ":\n");
    for (size_t i = 0; i < node->count; i++) {
        ent_put(out, node->kind == ENT_MAP ? "  " : "  - ");
        if (node->kind == ENT_MAP) {
            ent_put_flow_node(out, node->entries[i].key);
            ent_put(out, ": ");
        }
        ent_put_flow_node(out, node->kind == ENT_MAP ? node->entries[i].value : node->items[i]);
        ent_put_char(out, '\n');
    }
}

void ent_put_merged(ent_buffer *out, const ent_text *a, const ent_text *b, ent_merged *root)
{
    for (size_t i = 0; i < root->count; i++) {
        const ent_merged_child *section = &root->children[i];
        ent_merged *m = section->value;
        const ent_node *node = m->kind == ENT_MERGED_MADE ? m->a : ent_merged_node(m, ENT_SIDE_A);
        bool rows = m->kind != ENT_MERGED_CONFLICT && node->kind != ENT_SCALAR;
        if (rows && m->kind == ENT_MERGED_MADE && m->count > 0) {
            put_key(out, section->key);
            ent_put(out, ":\n");
            for (size_t k = 0; k < m->count; k++) {
                bool map = node->kind == ENT_MAP;
                put_entry(out, a, b, map ? "  " : "  - ", map ? m->children[k].key : NULL,
                          m->children[k].value);
            }
        } else if (rows && m->kind != ENT_MERGED_MADE && node->count > 0) {
            put_node_section(out, section->key, node);
        } else {
            put_entry(out, a, b, "", section->key, m);
        }
    }
}

/* ---- From three texts to one ---------------------------------------------------------------- */

/* The text with its conflicts settled one way. */
static ent_text settled(ent_arena *arena, const ent_buffer *merged, ent_merge_side side)
{
    ent_buffer out = ent_buffer_init(arena, 0);
    const char *text = ent_buffer_text(merged);
    const char *end = text + merged->length;
    char in = ' ';
    for (const char *line = text; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((stop == NULL ? end - 1 : stop) - line) + 1;
        if (in == ' ' && is_mark(line, length, '<')) {
            in = 'a';
        } else if (in == 'a' && is_mark(line, length, '=')) {
            in = 'b';
        } else if (in == 'b' && is_mark(line, length, '>')) {
            in = ' ';
        } else if (in == ' ' || (in == 'a') == (side == ENT_SIDE_A)) {
            ent_put_bytes(&out, line, length);
        }
        line += length;
    }
    return (ent_text){"merged", ent_buffer_text(&out), out.length};
}

static void forget(void *object)
{
    ent_diags_destroy(object);
}

/* Does the text say what it should, whichever way its conflicts are settled? */
static bool says_it(ent_work *work, const ent_buffer *text, const ent_merged *root)
{
    ent_work silent = *work;
    bool good = true;
    for (int side = ENT_SIDE_A; side <= ENT_SIDE_B && good; side++) {
        ent_text one = settled(work->arena, text, (ent_merge_side)side);
        const ent_node *node = NULL;
        silent.diags = ent_diags_create();
        if (silent.diags == NULL) {
            ent_out_of_memory(work->arena);
        }
        ent_defer(work->arena, forget, silent.diags);
        good = ent_read_yaml(&silent, &one, &node) == ENT_OK &&
               ent_says_merged(node, root, (ent_merge_side)side);
    }
    return good;
}

typedef struct found {
    ent_merge_conflict *at;
    size_t count, room;
} found;

/* Of the key, or of the item. */
static ent_pos place_of(const ent_node *node, const ent_node *in, size_t i)
{
    return node == NULL                            ? (ent_pos){0, 0, 0}
           : in->kind == ENT_MAP && i != SIZE_MAX ? in->entries[i].key->pos
                                                  : node->pos;
}

static void list_conflicts(ent_arena *arena, const ent_merged *m, const char *what, found *list)
{
    for (size_t i = 0; m->kind == ENT_MERGED_MADE && i < m->count; i++) {
        const ent_merged_child *child = &m->children[i];
        const char *name = *child->key == '\0' ? what
                           : *what == '\0'     ? child->key
                                               : ent_format(arena, "%s: %s", what, child->key);
        if (child->value->kind == ENT_MERGED_CONFLICT) {
            *ent_push(arena, list) = (ent_merge_conflict){
                name, place_of(child->value->a, m->a, child->a),
                place_of(child->value->b, m->b, child->b)};
        } else {
            list_conflicts(arena, child->value, name, list);
        }
    }
}

static ent_text without_mark(const ent_text *text)
{
    bool marked = text->length >= 3 && memcmp(text->at, "\xEF\xBB\xBF", 3) == 0;
    return marked ? (ent_text){text->name, text->at + 3, text->length - 3} : *text;
}

static ent_status read_map(ent_work *work, const ent_text *text, const ent_node **root)
{
    ent_pos mark = ent_merge_mark(text);
    if (mark.line > 0) {
        ent_tell(work->diags, ENT_ERROR, ENT_C145_CONFLICT_LEFT, text, mark,
                 "settle it before you merge again", "a conflict of a merge begins here");
        return ENT_INVALID;
    }
    ent_status status = ent_read_yaml(work, text, root);
    if (status == ENT_OK && (*root)->kind != ENT_MAP) {
        ent_tell(work->diags, ENT_ERROR, ENT_C107_WRONG_KIND, text, (*root)->pos, NULL,
                 "a case is a map");
        return ENT_INVALID;
    }
    return status == ENT_OK ? ENT_OK : ENT_INVALID;
}

ent_status ent_merge_texts(ent_work *work, const ent_text *base, const ent_text *a,
                           const ent_text *b, ent_buffer *out, ent_merge_result *merge)
{
    ent_text texts[3] = {without_mark(base), without_mark(a), without_mark(b)};
    const ent_node *roots[3];
    *merge = (ent_merge_result){0};
    for (int i = 0; i < 3; i++) {
        if (read_map(work, &texts[i], &roots[i]) != ENT_OK) {
            return ENT_INVALID;
        }
    }
    ent_merged *root = ent_merge_trees(work->arena, roots[0], roots[1], roots[2]);
    if (!ent_patch_text(work->arena, texts, root, out) ||
        !says_it(work, out, root)) {
        out->length = 0;
        root = ent_merge_trees(work->arena, roots[0], roots[1], roots[2]);
        ent_put_merged(out, &texts[1], &texts[2], root);
        merge->anew = true;
        if (!says_it(work, out, root)) {
            merge->failed = true;
            return ent_fail(work->diags, ENT_INVALID, ENT_U110_NO_REASON, "please report this",
                            "the merged case does not say what the two say");
        }
    }
    found list = {0};
    list_conflicts(work->arena, root, "", &list);
    merge->conflicts = list.at;
    merge->count = list.count;
    return ENT_OK;
}
