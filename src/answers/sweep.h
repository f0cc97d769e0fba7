/*
 * The sweep: one pass over the outcomes of a grid for all worlds of some voters. For each outcome
 * and voter it counts the worlds that accept; for each world it finds whether some available
 * outcome suits every voter that is asked. See docs/methods/sweep.md.
 */
#ifndef ENT_ANSWERS_SWEEP_H
#define ENT_ANSWERS_SWEEP_H

#include "answers/council.h"
#include "answers/grid.h"
#include "worlds/sampler.h"

/*
 * A world accepts iff v >= b - ENT_TIE. Worlds are kept in float32, so that a tie that the record
 * pins exactly (v == b) would otherwise fall either way; a tie is an acceptance.
 */
#define ENT_TIE 1e-6F

/* A party as the sweep sees it. */
typedef struct ent_voter {
    const ent_stakes *stakes;
    const ent_world_set *set;
    const bool *asked; /* [issues] asked only about outcomes off these; NULL: about every outcome */
} ent_voter;

/* Those whose acceptance is looked at together. */
typedef struct ent_voters {
    ent_voter *at;
    uint32_t *party; /* [count] of the case */
    size_t count;
    const ent_councils *councils; /* NULL: none. Members of those that bind are among the voters */
} ent_voters;

enum { ENT_MOST_VOTERS = 64 };

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
