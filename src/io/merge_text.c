/*
 * A merged tree as lines of A's text. A container in block style is a row of blocks of lines, one
 * for each child, with the comments right above it; what is not changed is copied as it stands,
 * what is B's is copied from B at A's indentation. A container in braces cannot be cut so: where
 * both changed it, it is written anew. O(lines).
 */
#include "io/merge_parts.h"

#include <string.h>

/* A text by its lines; line i goes from at[i] to at[i + 1]. */
typedef struct sheet {
    const ent_text *text;
    size_t *at;
    size_t lines;
} sheet;

/* A container in block style: where its children begin, and where the last ends. */
typedef struct blocks {
    const ent_node *node;
    size_t *begin;  /* [count + 1] lines, comments above included */
    size_t *first;  /* [count] line of the child itself */
    size_t *column; /* [count] spaces before it, or before its dash */
    bool dashed;    /* a map whose first key stands behind its item's dash */
    size_t dash;    /* the column of that dash */
} blocks;

typedef struct patcher {
    ent_arena *arena;
    sheet base, a, b;
    ent_buffer *out;
} patcher;

/* The blocks of one container in the three texts; base and b NULL where they have none. */
typedef struct level {
    const blocks *base, *a, *b;
} level;

static sheet sheet_of(ent_arena *arena, const ent_text *text)
{
    struct {
        size_t *at;
        size_t count, room;
    } list = {0};
    *ent_push(arena, &list) = 0;
    for (size_t i = 0; i < text->length; i++) {
        if (text->at[i] == '\n' && i + 1 < text->length) {
            *ent_push(arena, &list) = i + 1;
        }
    }
    size_t lines = list.count;
    *ent_push(arena, &list) = text->length;
    return (sheet){text, list.at, lines};
}

static const char *line_of(const sheet *s, size_t line)
{
    return s->text->at + s->at[line];
}

static size_t length_of(const sheet *s, size_t line)
{
    return s->at[line + 1] - s->at[line];
}

static size_t indent_of(const sheet *s, size_t line)
{
    size_t n = 0;
    while (n < length_of(s, line) && line_of(s, line)[n] == ' ') {
        n++;
    }
    return n;
}

static bool is_blank(const sheet *s, size_t line)
{
    size_t n = indent_of(s, line);
    return n == length_of(s, line) || strchr("\r\n", line_of(s, line)[n]) != NULL;
}

static bool is_comment(const sheet *s, size_t line, size_t column)
{
    return indent_of(s, line) == column && column < length_of(s, line) &&
           line_of(s, line)[column] == '#';
}

/* ---- Blocks --------------------------------------------------------------------------------- */

static bool in_braces(const sheet *s, const ent_node *node)
{
    size_t line = node->pos.line - 1;
    size_t column = node->pos.column - 1;
    return line >= s->lines || column >= length_of(s, line) ||
           strchr("{[", line_of(s, line)[column]) != NULL;
}

/* Where the item's dash is: in its line before it, or alone in a line above. */
static bool find_dash(const sheet *s, size_t *line, size_t *column)
{
    for (size_t at = *column; at-- > 0;) {
        if (line_of(s, *line)[at] == '-') {
            *column = at;
            return true;
        }
        if (line_of(s, *line)[at] != ' ') {
            return false;
        }
    }
    for (size_t above = *line; above-- > 0;) {
        size_t n = indent_of(s, above);
        bool alone = n + 1 < length_of(s, above) && line_of(s, above)[n] == '-' &&
                     strchr("\r\n", line_of(s, above)[n + 1]) != NULL;
        if (alone || (!is_blank(s, above) && line_of(s, above)[n] != '#')) {
            *line = above;
            *column = n;
            return alone;
        }
    }
    return false;
}

static bool find_child(const sheet *s, const ent_node *node, size_t i, size_t *line,
                       size_t *column)
{
    ent_pos pos = node->kind == ENT_MAP ? node->entries[i].key->pos : node->items[i]->pos;
    *line = pos.line - 1;
    *column = pos.column - 1;
    if (pos.line == 0 || *line >= s->lines || *column > length_of(s, *line)) {
        return false;
    }
    return node->kind == ENT_MAP || find_dash(s, line, column);
}

/*
 * The container's blocks in the lines from..to; false where it is not in block style. A map behind
 * a dash has its first key in the dash's line; all others begin their lines.
 */
static bool find_blocks(patcher *p, const sheet *s, const ent_node *node, size_t from, size_t to,
                        blocks *b)
{
    if (node == NULL || node->kind == ENT_SCALAR || node->count == 0 || in_braces(s, node)) {
        return false;
    }
    *b = (blocks){.node = node};
    b->begin = ent_alloc(p->arena, node->count + 1, size_t);
    b->first = ent_alloc(p->arena, node->count + 1, size_t);
    b->column = ent_alloc(p->arena, node->count + 1, size_t);
    size_t above = from;
    for (size_t i = 0; i < node->count; i++) {
        size_t line, column;
        if (!find_child(s, node, i, &line, &column) || line < above || line >= to) {
            return false;
        }
        bool own = indent_of(s, line) == column;
        if (!own && i == 0 && node->kind == ENT_MAP) {
            b->dashed = true;
            b->dash = indent_of(s, line);
        } else if (!own) {
            return false;
        }
        b->first[i] = line;
        b->column[i] = column;
        while (own && line > above && is_comment(s, line - 1, column)) {
            line--;
        }
        b->begin[i] = line;
        above = b->first[i] + 1;
    }
    b->begin[node->count] = to;
    return true;
}

/* ---- Lines out ------------------------------------------------------------------------------ */

static bool ends_in_return(const sheet *s)
{
    size_t length = s->lines == 0 ? 0 : length_of(s, 0);
    return length > 1 && line_of(s, 0)[length - 2] == '\r';
}

static void end_line(patcher *p)
{
    if (p->out->length > 0 && p->out->at[p->out->length - 1] != '\n') {
        ent_put(p->out, ends_in_return(&p->a) ? "\r\n" : "\n");
    }
}

/* Lines of A as they are; the dash before the first key of an item becomes a space. */
static void put_own(patcher *p, size_t from, size_t to, const blocks *b)
{
    for (size_t line = from; line < to; line++) {
        const char *at = line_of(&p->a, line);
        size_t length = length_of(&p->a, line);
        size_t skip = b != NULL && b->dashed && line == b->first[0] ? b->dash + 1 : 0;
        ent_put_repeat(p->out, " ", skip);
        ent_put_bytes(p->out, at + skip, length - skip);
    }
    end_line(p);
}

static size_t without_blanks(const sheet *s, size_t from, size_t to)
{
    while (to > from + 1 && is_blank(s, to - 1)) {
        to--;
    }
    return to;
}

/* Lines of B at A's column. */
static void put_others(patcher *p, const blocks *b, size_t i, size_t column, bool blanks)
{
    const sheet *s = &p->b;
    size_t to = blanks ? b->begin[i + 1] : without_blanks(s, b->begin[i], b->begin[i + 1]);
    size_t old = b->column[i];
    for (size_t line = b->begin[i]; line < to; line++) {
        const char *at = line_of(s, line);
        size_t length = length_of(s, line);
        while (length > 0 && strchr("\r\n", at[length - 1]) != NULL) {
            length--;
        }
        size_t lead = indent_of(s, line) < length ? indent_of(s, line) : length;
        if (b->dashed && line == b->first[0]) {
            lead = old;
        }
        if (length > 0) {
            ent_put_repeat(p->out, " ", lead >= old ? lead - old + column : lead);
            ent_put_bytes(p->out, at + lead, length - lead);
        }
        ent_put(p->out, ends_in_return(&p->a) ? "\r\n" : "\n");
    }
}

/* The child in one line. */
static void put_anew(patcher *p, const blocks *a, const ent_merged_child *child, size_t column)
{
    ent_put_repeat(p->out, " ", column);
    if (a->node->kind == ENT_MAP) {
        ent_putf(p->out, "%s: ", child->key);
    } else {
        ent_put(p->out, "- ");
    }
    ent_put_flow(p->out, child->value);
    end_line(p);
}

/* ---- Composing ------------------------------------------------------------------------------ */

static bool compose(patcher *p, level at, ent_merged *m);

/* The child's own blocks in one of the texts; NULL where it has none. */
static const blocks *inside(patcher *p, const sheet *s, const ent_node *node, const blocks *b,
                            size_t i)
{
    blocks *inner = ent_alloc(p->arena, 1, blocks);
    bool there = b != NULL && i != SIZE_MAX &&
                 find_blocks(p, s, node, b->begin[i], b->begin[i + 1], inner);
    return there ? inner : NULL;
}

static bool put_made(patcher *p, level at, const ent_merged_child *child, size_t column)
{
    ent_merged *m = child->value;
    level inner = {inside(p, &p->base, m->base, at.base, child->base),
                   inside(p, &p->a, m->a, at.a, child->a),
                   inside(p, &p->b, m->b, at.b, child->b)};
    if (m->count > 0 && inner.a != NULL) {
        size_t start = p->out->length;
        put_own(p, at.a->begin[child->a], inner.a->begin[0], at.a);
        if (compose(p, inner, m)) {
            return true;
        }
        p->out->length = start;
    }
    if (ent_has_conflict(m)) {
        return false;
    }
    put_anew(p, at.a, child, column);
    return true;
}

static void put_conflict(patcher *p, level at, const ent_merged_child *child, size_t column)
{
    const ent_merged *m = child->value;
    const blocks *a = at.a;
    const blocks *b = at.b;
    size_t blank = 0;
    ent_put_mark(p->out, '<', p->a.text->name);
    if (m->a != NULL) {
        size_t to = without_blanks(&p->a, a->begin[child->a], a->begin[child->a + 1]);
        put_own(p, a->begin[child->a], to, a);
        blank = a->begin[child->a + 1] - to;
    }
    ent_put_mark(p->out, '=', NULL);
    if (m->b != NULL && b != NULL) {
        put_others(p, b, child->b, column, false);
    } else if (m->b != NULL) {
        ent_merged other = {.kind = ENT_MERGED_B, .b = m->b};
        put_anew(p, a, &(ent_merged_child){.key = child->key, .value = &other}, column);
    }
    ent_put_mark(p->out, '>', p->b.text->name);
    ent_put_repeat(p->out, ends_in_return(&p->a) ? "\r\n" : "\n", blank);
}

/* Do the lines of the two blocks say the same, comments and all? */
static bool same_lines(const sheet *s, const blocks *x, size_t i, const sheet *t, const blocks *y,
                       size_t k)
{
    size_t to = without_blanks(s, x->begin[i], x->begin[i + 1]);
    size_t end = without_blanks(t, y->begin[k], y->begin[k + 1]);
    size_t length = s->at[to] - s->at[x->begin[i]];
    return length == t->at[end] - t->at[y->begin[k]] &&
           memcmp(line_of(s, x->begin[i]), line_of(t, y->begin[k]), length) == 0;
}

/* Did A leave the lines as they were, so that B's, with its comments, can stand for them? */
static bool is_others(const patcher *p, level at, const ent_merged_child *child)
{
    return at.base != NULL && at.b != NULL && child->base != SIZE_MAX && child->a != SIZE_MAX &&
           child->b != SIZE_MAX &&
           same_lines(&p->base, at.base, child->base, &p->a, at.a, child->a);
}

/* The comments that A alone has above what becomes B's. */
static void put_comments(patcher *p, level at, const ent_merged_child *child)
{
    for (size_t line = at.a->begin[child->a]; line < at.a->first[child->a]; line++) {
        size_t lead = indent_of(&p->a, line);
        size_t length = length_of(&p->a, line) - lead;
        bool there = false;
        for (size_t k = at.b->begin[child->b]; k < at.b->first[child->b] && !there; k++) {
            size_t other = indent_of(&p->b, k);
            there = length_of(&p->b, k) - other == length &&
                    memcmp(line_of(&p->a, line) + lead, line_of(&p->b, k) + other, length) == 0;
        }
        if (!there) {
            put_own(p, line, line + 1, NULL);
        }
    }
}

static void put_child(patcher *p, level at, const ent_merged_child *child, size_t column)
{
    ent_merged *m = child->value;
    const blocks *a = at.a;
    bool others = is_others(p, at, child);
    if (others || (m->kind == ENT_MERGED_B && at.b != NULL)) {
        if (!others && child->a != SIZE_MAX) {
            put_comments(p, at, child);
        }
        put_others(p, at.b, child->b, column, child->a == SIZE_MAX);
        size_t end = child->a == SIZE_MAX ? 0 : a->begin[child->a + 1];
        size_t to = child->a == SIZE_MAX ? 0 : without_blanks(&p->a, a->begin[child->a], end);
        put_own(p, to, end, a);
    } else if (m->kind == ENT_MERGED_A) {
        put_own(p, a->begin[child->a], a->begin[child->a + 1], a);
    } else if (m->kind == ENT_MERGED_B) {
        put_anew(p, a, child, column);
        size_t end = child->a == SIZE_MAX ? 0 : a->begin[child->a + 1];
        size_t to = child->a == SIZE_MAX ? 0 : without_blanks(&p->a, a->begin[child->a], end);
        put_own(p, to, end, a);
    } else if (m->kind == ENT_MERGED_MADE && !put_made(p, at, child, column)) {
        m->kind = ENT_MERGED_CONFLICT; /* its lines cannot be told apart: all of it is one */
        put_conflict(p, at, child, column);
    } else if (m->kind == ENT_MERGED_CONFLICT) {
        put_conflict(p, at, child, column);
    }
}

/* Put the dash back before the first key; comments above it stand as they are. */
static bool put_dash(patcher *p, const blocks *a, size_t start)
{
    const char *text = p->out->at;
    size_t at = start;
    for (size_t line = start; line < p->out->length; line = at) {
        const char *stop = memchr(text + line, '\n', p->out->length - line);
        at = stop == NULL ? p->out->length : (size_t)(stop - text) + 1;
        size_t n = line;
        while (n < at && text[n] == ' ') {
            n++;
        }
        if (n < at && text[n] != '#' && text[n] != '\r' && text[n] != '\n') {
            if (n <= line + a->dash) {
                return false;
            }
            p->out->at[line + a->dash] = '-';
            return true;
        }
    }
    return false;
}

/* All children of the merged container, in its order. */
static bool compose(patcher *p, level at, ent_merged *m)
{
    size_t start = p->out->length;
    bool good = true;
    for (size_t i = 0; i < m->count && good; i++) {
        good = !at.a->dashed || i > 0 || m->children[i].value->kind != ENT_MERGED_CONFLICT;
        if (good) {
            put_child(p, at, &m->children[i], at.a->column[0]);
            end_line(p);
        }
    }
    return good && (!at.a->dashed || put_dash(p, at.a, start));
}

bool ent_patch_text(ent_arena *arena, const ent_text texts[3], ent_merged *root, ent_buffer *out)
{
    patcher p = {arena, sheet_of(arena, &texts[0]), sheet_of(arena, &texts[1]),
                 sheet_of(arena, &texts[2]), out};
    blocks found[3];
    const ent_node *nodes[3] = {root->base, root->a, root->b};
    const sheet *sheets[3] = {&p.base, &p.a, &p.b};
    const blocks *at[3];
    bool untouched = texts[0].length == texts[1].length &&
                     memcmp(texts[0].at, texts[1].at, texts[0].length) == 0;
    if (untouched || root->kind == ENT_MERGED_A) {
        const ent_text *whole = &texts[untouched ? 2 : 1];
        ent_put_bytes(out, whole->at, whole->length);
        return true;
    }
    for (int i = 0; i < 3; i++) {
        bool there = find_blocks(&p, sheets[i], nodes[i], 0, sheets[i]->lines, &found[i]);
        at[i] = there ? &found[i] : NULL;
    }
    if (root->kind != ENT_MERGED_MADE || root->count == 0 || at[1] == NULL) {
        return false;
    }
    put_own(&p, 0, found[1].begin[0], NULL);
    return compose(&p, (level){at[0], at[1], at[2]}, root);
}
