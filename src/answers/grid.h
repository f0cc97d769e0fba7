/*
 * The grid: some or all issues of a space as one mixed-radix number, so that an outcome is an
 * index. The last issue moves fastest; issues that are left out have stride 0.
 */
#ifndef ENT_ANSWERS_GRID_H
#define ENT_ANSWERS_GRID_H

#include "base/work.h"
#include "worlds/dispute.h"

typedef struct ent_grid {
    const ent_space *space;
    const uint64_t *stride; /* [issues] */
    uint64_t outcomes;
} ent_grid;

/* The grid over the issues that are marked (NULL: all); false when it passes 64 bits. */
bool ent_grid_of(ent_arena *arena, const ent_space *space, const bool *issues, ent_grid *grid);
/* The index of the outcome: levels of issues that the grid leaves out do not count. */
uint64_t ent_grid_index(const ent_grid *grid, const uint64_t *outcome);
/* The outcome at the index: outcome[issues]. */
void ent_grid_outcome(const ent_grid *grid, uint64_t index, uint64_t *outcome);

/* Does it reach what nobody could do? bans NULL: no. */
bool ent_outcome_banned(const ent_space *space, const ent_bans *bans, const uint64_t *outcome);
/* Is it a deal that can be had: off the status quo, within the rules, not banned? */
bool ent_deal_available(const ent_space *space, const ent_bans *bans, const uint64_t *outcome);
/* The same for every index of a grid over all issues: 1 where available; *count of them. */
uint8_t *ent_grid_available(ent_work *work, const ent_grid *grid, const ent_bans *bans,
                            uint64_t *count);
/*
 * The outcomes that keep to all of the lines, 1 where they do, 0 where not; NULL where there is no
 * line. Issues that the grid leaves out count as at the status quo. O(outcomes + lines * levels).
 */
uint8_t *ent_grid_keeps(ent_arena *arena, const ent_grid *grid, const ent_lines *lines);

#endif
