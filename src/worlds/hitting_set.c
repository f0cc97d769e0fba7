/*
 * Minimum hitting set by branch and bound: branch on the elements of a set not yet hit that has
 * the fewest left (each later branch without the elements of the earlier ones); bound by a greedy
 * packing of disjoint sets not yet hit; start from the greedy choice. O(total size) for each node.
 */
#include "worlds/hitting_set.h"

#include <stdlib.h>
#include <string.h>

typedef struct hitter {
    const ent_hit_set *sets;
    size_t count;
    uint32_t elements;
    uint32_t *hits;    /* [count] chosen elements in the set */
    uint32_t *out;     /* [elements] 1 + the depth at which it was put out; 0: may be chosen */
    uint32_t *weight;  /* [elements] sets that hold it */
    bool *taken;       /* [elements] scratch of the packing */
    uint32_t *path, *best;
    size_t depth, best_count;
    uint64_t nodes, most;
} hitter;

static void choose(hitter *h, uint32_t element, int by)
{
    for (size_t i = 0; i < h->count; i++) {
        for (size_t j = 0; j < h->sets[i].count; j++) {
            if (h->sets[i].at[j] == element) {
                h->hits[i] = (uint32_t)((int64_t)h->hits[i] + by);
            }
        }
    }
}

/* Elements of the set that may be chosen. */
static size_t left_of(const hitter *h, size_t set)
{
    size_t left = 0;
    for (size_t j = 0; j < h->sets[set].count; j++) {
        left += h->out[h->sets[set].at[j]] == 0;
    }
    return left;
}

/* Disjoint sets not yet hit: each needs an element of its own. */
static size_t packing(hitter *h)
{
    size_t packed = 0;
    memset(h->taken, 0, h->elements * sizeof *h->taken);
    for (size_t i = 0; i < h->count; i++) {
        bool apart = h->hits[i] == 0;
        for (size_t j = 0; apart && j < h->sets[i].count; j++) {
            apart = !h->taken[h->sets[i].at[j]] || h->out[h->sets[i].at[j]] > 0;
        }
        for (size_t j = 0; apart && j < h->sets[i].count; j++) {
            h->taken[h->sets[i].at[j]] = true;
        }
        packed += apart;
    }
    return packed;
}

static size_t hardest(const hitter *h)
{
    size_t best = SIZE_MAX;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < h->count; i++) {
        size_t left = h->hits[i] == 0 ? left_of(h, i) : SIZE_MAX;
        if (left < least) {
            least = left;
            best = i;
        }
    }
    return best;
}

static void branch(hitter *h)
{
    if (h->nodes > h->most || h->nodes++ == h->most) {
        h->nodes = h->most + 1;
        return;
    }
    size_t set = hardest(h);
    if (set == SIZE_MAX) {
        if (h->depth < h->best_count) {
            memcpy(h->best, h->path, h->depth * sizeof *h->path);
            h->best_count = h->depth;
        }
        return;
    }
    if (h->depth + packing(h) >= h->best_count) {
        return;
    }
    const ent_hit_set *s = &h->sets[set];
    for (size_t j = 0; j < s->count; j++) {
        uint32_t element = s->at[j];
        if (h->out[element] > 0) {
            continue;
        }
        h->path[h->depth++] = element;
        choose(h, element, 1);
        branch(h);
        choose(h, element, -1);
        h->depth--;
        h->out[element] = (uint32_t)h->depth + 1;
    }
    for (size_t j = 0; j < s->count; j++) {
        uint32_t *out = &h->out[s->at[j]];
        *out = *out == h->depth + 1 ? 0 : *out;
    }
}

/* The element in most of the sets that are not yet hit, again and again. */
static size_t greedy(hitter *h, uint32_t *chosen)
{
    size_t count = 0;
    for (;;) {
        uint32_t best = 0;
        memset(h->weight, 0, h->elements * sizeof *h->weight);
        for (size_t i = 0; i < h->count; i++) {
            for (size_t j = 0; h->hits[i] == 0 && j < h->sets[i].count; j++) {
                h->weight[h->sets[i].at[j]]++;
            }
        }
        for (uint32_t e = 0; e < h->elements; e++) {
            best = h->weight[e] > h->weight[best] ? e : best;
        }
        if (h->elements == 0 || h->weight[best] == 0) {
            return count;
        }
        chosen[count++] = best;
        choose(h, best, 1);
    }
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

size_t ent_hit_all(ent_arena *arena, const ent_hit_set *sets, size_t count, uint32_t elements,
                   uint64_t nodes, uint32_t *chosen, bool *proved)
{
    hitter h = {.sets = sets, .count = count, .elements = elements, .most = nodes};
    h.hits = ent_alloc(arena, count + 1, uint32_t);
    h.out = ent_alloc(arena, elements + 1, uint32_t);
    h.weight = ent_alloc(arena, elements + 1, uint32_t);
    h.taken = ent_alloc(arena, elements + 1, bool);
    h.path = ent_alloc(arena, count + 1, uint32_t);
    h.best = chosen;
    h.best_count = greedy(&h, chosen);
    memset(h.hits, 0, count * sizeof *h.hits);
    branch(&h);
    *proved = h.nodes <= h.most;
    qsort(chosen, h.best_count, sizeof *chosen, by_number);
    return h.best_count;
}
