/* Fewest elements that hit all of some sets. */
#ifndef ENT_WORLDS_HITTING_SET_H
#define ENT_WORLDS_HITTING_SET_H

#include "base/mem.h"

typedef struct ent_hit_set {
    const uint32_t *at;
    size_t count;
} ent_hit_set;

/*
 * A smallest set of elements (below `elements`) that meets each of the sets, ascending, into
 * chosen[sets]; returns its size. *proved: it is the smallest; false where `nodes` steps did not
 * suffice. Exact branch and bound; exponential in the worst case.
 */
size_t ent_hit_all(ent_arena *arena, const ent_hit_set *sets, size_t count, uint32_t elements,
                   uint64_t nodes, uint32_t *chosen, bool *proved);

#endif
