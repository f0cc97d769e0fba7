/*
 * The sweep: one pass over the outcomes of a grid for all worlds of some voters. For each outcome
 * and voter it counts the worlds that accept; for each world it finds whether some available
 * outcome suits every voter that is asked. See docs/methods/sweep.md.
 */
#ifndef ENT_ANSWERS_SWEEP_H
#define ENT_ANSWERS_SWEEP_H

#include "answers/accept.h"
#include "answers/grid.h"

typedef struct ent_sweep {
    uint64_t outcomes;
    uint32_t worlds;
    uint32_t **counts;   /* [voters][outcomes] worlds that accept; 0 where not available */
    uint8_t *zone;       /* [worlds] 1 where some available outcome suits all that are asked */
    uint32_t zone_count; /* worlds of the zone */
} ent_sweep;

/*
 * available[outcomes] (NULL: all) filters what is counted. All sets have the same number of
 * worlds; voters are at most ENT_MOST_VOTERS. The result does not depend on work->threads.
 */
ent_status ent_sweep_grid(ent_work *work, const ent_grid *grid, const ent_voters *voters,
                          const uint8_t *available, ent_sweep *sweep);

/* The straightforward double loop: what the sweep must equal, and what it is measured against. */
void ent_sweep_plain(ent_arena *arena, const ent_grid *grid, const ent_voters *voters,
                     const uint8_t *available, ent_sweep *sweep);

#endif
