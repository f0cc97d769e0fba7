/* Sets of boxes as bits, and the cover of a graph's conflicts by sets of rivals. */
#ifndef ENT_BARGAIN_CONFLICT_COVER_H
#define ENT_BARGAIN_CONFLICT_COVER_H

#include "bargain/boxes.h"

static inline bool ent_set_has(const uint64_t *set, uint32_t v)
{
    return (set[v / 64] >> (v % 64) & 1) != 0;
}

static inline void ent_set_put(uint64_t *set, uint32_t v)
{
    set[v / 64] |= UINT64_C(1) << (v % 64);
}

static inline void ent_set_drop(uint64_t *set, uint32_t v)
{
    set[v / 64] &= ~(UINT64_C(1) << (v % 64));
}

static inline bool ent_sets_meet(const uint64_t *a, const uint64_t *b, uint32_t words)
{
    for (uint32_t i = 0; i < words; i++) {
        if ((a[i] & b[i]) != 0) {
            return true;
        }
    }
    return false;
}

/* The size of what two sets have in common. */
static inline uint32_t ent_set_common(const uint64_t *a, const uint64_t *b, uint32_t words)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < words; i++) {
        count += (uint32_t)__builtin_popcountll(a[i] & b[i]);
    }
    return count;
}

/* The first member of the set from v on, or count. */
static inline uint32_t ent_set_next(const uint64_t *set, uint32_t v, uint32_t count)
{
    while (v < count) {
        uint64_t word = set[v / 64] >> (v % 64);
        if (word != 0) {
            return v + (uint32_t)__builtin_ctzll(word);
        }
        v = (v / 64 + 1) * 64;
    }
    return count;
}

#define ENT_EACH(v, set, graph)                                                                    \
    for (uint32_t v = ent_set_next((set), 0, (graph)->count); v < (graph)->count;                  \
         v = ent_set_next((set), v + 1, (graph)->count))

/*
 * Rivals are boxes of which no two hold together, so that an outcome is in at most one of them.
 * Every conflict of the graph is between two members of some set.
 */
typedef struct ent_member {
    uint32_t box, set;
    double share; /* of the box's weight that this set answers for; a box's shares sum to 1 */
} ent_member;

typedef struct ent_rivals {
    uint32_t sets;
    uint32_t *start;        /* [sets + 1] of each set in members */
    ent_member *members;
    uint32_t *places_start; /* [boxes + 1] of each box in places */
    uint32_t *places;       /* a box's members */
} ent_rivals;

void ent_find_rivals(ent_arena *arena, const ent_box_graph *graph, ent_rivals *rivals);

#endif
