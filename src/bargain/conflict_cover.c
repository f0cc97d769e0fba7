/*
 * A greedy cover of the conflicts by maximal sets of rivals: from a conflict that is open yet,
 * add the box that covers most open conflicts until none fits. O(sets * boxes^2 / 64 * size).
 */
#include "bargain/conflict_cover.h"

#include <string.h>

typedef struct cover {
    ent_arena *arena;
    const ent_box_graph *graph;
    uint64_t *open; /* [boxes][words] conflicts that no set covers yet */
    struct {
        ent_member *at;
        size_t count, room;
    } members;
    struct {
        uint32_t *at;
        size_t count, room;
    } start;
    uint64_t *left, *set;
} cover;

/* Grow {a, b} to a maximal set of rivals, taking those first that cover most open conflicts. */
static void add_set(cover *c, uint32_t a, uint32_t b)
{
    const ent_box_graph *g = c->graph;
    memset(c->set, 0, g->words * sizeof *c->set);
    for (uint32_t i = 0; i < g->words; i++) {
        c->left[i] = ent_conflicts(g, a)[i] & ent_conflicts(g, b)[i];
    }
    ent_set_put(c->set, a);
    ent_set_put(c->set, b);
    for (;;) {
        uint32_t pick = g->count, best = 0;
        ENT_EACH(v, c->left, g) {
            const uint64_t *open = c->open + (size_t)v * g->words, *all = ent_conflicts(g, v);
            uint32_t score = 4096 * ent_set_common(open, c->set, g->words) +
                             ent_set_common(all, all, g->words);
            if (pick == g->count || score > best) {
                best = score;
                pick = v;
            }
        }
        if (pick == g->count) {
            break;
        }
        ent_set_put(c->set, pick);
        for (uint32_t i = 0; i < g->words; i++) {
            c->left[i] &= ent_conflicts(g, pick)[i];
        }
    }
    uint32_t set = (uint32_t)c->start.count - 1;
    ENT_EACH(v, c->set, g) {
        *ent_push(c->arena, &c->members) = (ent_member){v, set, 0};
        for (uint32_t i = 0; i < g->words; i++) {
            c->open[(size_t)v * g->words + i] &= ~c->set[i];
        }
    }
    *ent_push(c->arena, &c->start) = (uint32_t)c->members.count;
}

/* Where each box is a member, by counting. */
static void find_places(ent_arena *arena, const ent_box_graph *g, ent_rivals *r)
{
    uint32_t members = r->start[r->sets];
    uint32_t *start = ent_alloc(arena, g->count + 2, uint32_t);
    r->places = ent_alloc(arena, members + 1, uint32_t);
    for (uint32_t m = 0; m < members; m++) {
        start[r->members[m].box + 2]++;
    }
    for (uint32_t v = 0; v < g->count; v++) {
        start[v + 2] += start[v + 1];
    }
    for (uint32_t m = 0; m < members; m++) {
        r->places[start[r->members[m].box + 1]++] = m;
    }
    r->places_start = start;
}

void ent_find_rivals(ent_arena *arena, const ent_box_graph *g, ent_rivals *r)
{
    cover c = {.arena = arena, .graph = g};
    size_t words = (size_t)g->count * g->words;
    c.open = ent_alloc(arena, words + 1, uint64_t);
    c.left = ent_alloc(arena, g->words + 1, uint64_t);
    c.set = ent_alloc(arena, g->words + 1, uint64_t);
    if (words > 0) {
        memcpy(c.open, g->conflict, words * sizeof *c.open);
    }
    *ent_push(arena, &c.start) = 0;
    for (uint32_t a = 0; a < g->count; a++) {
        uint32_t b;
        while ((b = ent_set_next(c.open + (size_t)a * g->words, 0, g->count)) < g->count) {
            add_set(&c, a, b);
        }
    }
    *r = (ent_rivals){.sets = (uint32_t)c.start.count - 1, .start = c.start.at,
                      .members = c.members.at};
    find_places(arena, g, r);
}
