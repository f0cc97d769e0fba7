/*
 * Voters' answers to their own outcomes (own_plan.h) as rows of bits, one bit a world; from these
 * the counts, and the worlds in which some outcome suits all that are asked.
 *
 * The zone is one walk over the issues for all worlds of a block side by side: beside what is fixed
 * so far each voter has a row of the worlds in which it may yet accept, the union over what it has
 * open, so that a step is one AND for each voter that has a stake in it. Worlds that have their
 * deal are dropped, and where none is left the walk turns back.
 *
 * Cost for all worlds: O(worlds * own outcomes) to make the rows, and worlds/64 words for each
 * voter of a digit at each node: at most 2 * outcomes nodes, as a rule far fewer. Memory: some
 * 16 MB a thread.
 */
#ifndef ENT_ANSWERS_OWN_ROWS_H
#define ENT_ANSWERS_OWN_ROWS_H

#include "answers/own_plan.h"

enum { ENT_OWN_MOST = 1 << 19 }; /* own outcomes of all voters for which there is room */

enum { ENT_WORLD_EMPTY, ENT_WORLD_HAS_DEAL, ENT_WORLD_OPEN };

typedef struct ent_own_walk {
    const ent_own_plan *plan;
    const uint8_t *available; /* [outcomes] of the grid that the strides are of; NULL: what ... */
    const ent_bans *bans;     /* ... rules and bans leave; bans NULL: none */
    uint64_t words;           /* a block may look at so many before it leaves its worlds open */
    uint32_t **counts;        /* [voters][own outcomes], to be filled in; 0 at first */
    uint8_t *zone;            /* [worlds] as above, to be filled in */
} ent_own_walk;

/* ENT_CANCELLED when stopped, with worlds that were not come to left open. */
ent_status ent_own_rows(ent_work *work, const ent_own_walk *walk);

#endif
