/*
 * Minimum hitting set by branch and bound: branch on the elements of a set not yet hit that has
 * the fewest left (each later branch without the elements of the earlier ones); bound by a greedy
 * packing of disjoint sets not yet hit; start from the greedy choice.
 *
 * Sets are bits: what an element hits, and what is open at each depth, are rows of words, so that a
 * choice is one pass over words and the packing one for each element of a packed set. How many
 * elements a set has left is kept, and changes only for the sets of an element that is put out.
 * O(sets + packed elements * sets / 64) for each node.
 */
#include "worlds/hitting_set.h"

#include <stdlib.h>
#include <string.h>

typedef struct hitter {
    const ent_hit_set *sets;
    size_t count, words;
    uint32_t elements;
    uint64_t *hit;     /* [elements][words] the sets that hold the element */
    uint64_t *open;    /* [best + 1][words] at each depth: sets not yet hit */
    uint64_t *apart;   /* [words] scratch of the packing: open and disjoint from those packed */
    uint32_t *left;    /* [count] elements of the set that may be chosen */
    uint32_t *out;     /* [elements] 1 + the depth at which it was put out; 0: may be chosen */
    uint32_t *path, *best;
    size_t depth, best_count;
    uint64_t nodes, most;
} hitter;

static const uint64_t *hit_of(const hitter *h, uint32_t element)
{
    return h->hit + element * h->words;
}

static uint64_t *open_at(const hitter *h, size_t depth)
{
    return h->open + depth * h->words;
}

/* to = from without the sets of the element */
static void close(const hitter *h, uint32_t element, const uint64_t *from, uint64_t *to)
{
    const uint64_t *hit = hit_of(h, element);
    for (size_t w = 0; w < h->words; w++) {
        to[w] = from[w] & ~hit[w];
    }
}

/* Put the element out, or take it back: by -1 or 1 left in each of its sets. */
static void change_left(hitter *h, uint32_t element, int by)
{
    const uint64_t *hit = hit_of(h, element);
    for (size_t w = 0; w < h->words; w++) {
        for (uint64_t bits = hit[w]; bits != 0; bits &= bits - 1) {
            uint32_t *left = &h->left[w * 64 + (size_t)__builtin_ctzll(bits)];
            *left = (uint32_t)((int64_t)*left + by);
        }
    }
}

/* Disjoint sets not yet hit, the first ones first: each needs an element of its own. */
static size_t packing(hitter *h)
{
    size_t packed = 0;
    memcpy(h->apart, open_at(h, h->depth), h->words * sizeof *h->apart);
    for (size_t w = 0; w < h->words; w++) {
        while (h->apart[w] != 0) {
            const ent_hit_set *s = &h->sets[w * 64 + (size_t)__builtin_ctzll(h->apart[w])];
            h->apart[w] &= h->apart[w] - 1; /* also where all its elements are out */
            for (size_t j = 0; j < s->count; j++) {
                if (h->out[s->at[j]] == 0) {
                    close(h, s->at[j], h->apart, h->apart);
                }
            }
            packed++;
        }
    }
    return packed;
}

/* The open set that has the fewest left, of equal ones the first; SIZE_MAX: all are hit. */
static size_t hardest(const hitter *h)
{
    const uint64_t *open = open_at(h, h->depth);
    size_t best = SIZE_MAX;
    for (size_t w = 0; w < h->words; w++) {
        for (uint64_t bits = open[w]; bits != 0; bits &= bits - 1) {
            size_t i = w * 64 + (size_t)__builtin_ctzll(bits);
            best = best == SIZE_MAX || h->left[i] < h->left[best] ? i : best;
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
        close(h, element, open_at(h, h->depth), open_at(h, h->depth + 1));
        h->path[h->depth++] = element;
        branch(h);
        h->depth--;
        h->out[element] = (uint32_t)h->depth + 1;
        change_left(h, element, -1);
    }
    for (size_t j = 0; j < s->count; j++) {
        uint32_t *out = &h->out[s->at[j]];
        if (*out == h->depth + 1) {
            *out = 0;
            change_left(h, s->at[j], 1);
        }
    }
}

/* ---- The greedy choice ---------------------------------------------------------------------- */

/* The sets of each element, one element after the other. */
typedef struct incidence {
    uint32_t *start; /* [elements + 1] */
    uint32_t *set;
} incidence;

static incidence incidence_of(ent_arena *arena, const hitter *h)
{
    size_t all = 0;
    incidence in = {.start = ent_alloc(arena, (size_t)h->elements + 2, uint32_t)};
    for (size_t i = 0; i < h->count; i++) {
        for (size_t j = 0; j < h->sets[i].count; j++) {
            in.start[h->sets[i].at[j] + 2]++;
            all++;
        }
    }
    in.set = ent_alloc(arena, all + 1, uint32_t);
    for (uint32_t e = 0; e < h->elements; e++) {
        in.start[e + 1] += in.start[e];
    }
    for (size_t i = 0; i < h->count; i++) {
        for (size_t j = 0; j < h->sets[i].count; j++) {
            in.set[in.start[h->sets[i].at[j] + 1]++] = (uint32_t)i;
        }
    }
    return in;
}

/*
 * The element in most of the sets that are not yet hit, of equal ones the first, again and again.
 * O(total size + chosen * elements).
 */
static size_t greedy(ent_arena *arena, const hitter *h, uint32_t *chosen)
{
    incidence in = incidence_of(arena, h);
    bool *hit = ent_alloc(arena, h->count + 1, bool);
    uint32_t *weight = ent_alloc(arena, (size_t)h->elements + 1, uint32_t); /* open sets */
    for (uint32_t e = 0; e < h->elements; e++) {
        weight[e] = in.start[e + 1] - in.start[e];
    }
    for (size_t count = 0;; count++) {
        uint32_t best = 0;
        for (uint32_t e = 0; e < h->elements; e++) {
            best = weight[e] > weight[best] ? e : best;
        }
        if (weight[best] == 0) {
            return count;
        }
        chosen[count] = best;
        for (uint32_t k = in.start[best]; k < in.start[best + 1]; k++) {
            const ent_hit_set *s = &h->sets[in.set[k]];
            for (size_t j = 0; !hit[in.set[k]] && j < s->count; j++) {
                weight[s->at[j]]--;
            }
            hit[in.set[k]] = true;
        }
    }
}

/* What branching needs, once the greedy choice says how deep it may go. */
static void prepare(ent_arena *arena, hitter *h)
{
    h->words = (h->count + 63) / 64;
    h->hit = ent_alloc(arena, h->elements * h->words + 1, uint64_t);
    h->open = ent_alloc(arena, (h->best_count + 1) * h->words + 1, uint64_t);
    h->apart = ent_alloc(arena, h->words + 1, uint64_t);
    h->left = ent_alloc(arena, h->count + 1, uint32_t);
    h->out = ent_alloc(arena, (size_t)h->elements + 1, uint32_t);
    h->path = ent_alloc(arena, h->best_count + 1, uint32_t);
    for (size_t i = 0; i < h->count; i++) {
        h->open[i / 64] |= UINT64_C(1) << i % 64;
        h->left[i] = (uint32_t)h->sets[i].count;
        for (size_t j = 0; j < h->sets[i].count; j++) {
            h->hit[h->sets[i].at[j] * h->words + i / 64] |= UINT64_C(1) << i % 64;
        }
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
    h.best = chosen;
    h.best_count = greedy(arena, &h, chosen);
    if (nodes > 0) {
        prepare(arena, &h);
        branch(&h);
    }
    *proved = (nodes > 0 || h.best_count == 0) && h.nodes <= h.most;
    qsort(chosen, h.best_count, sizeof *chosen, by_number);
    return h.best_count;
}
