/*
 * A sweep of many voters, each over its own issues (own_rows.h): what a voter answers is found for
 * its own outcomes only, and the counts of all outcomes are looked up there. Internal to the sweep.
 */
#ifndef ENT_ANSWERS_SWEEP_OWN_H
#define ENT_ANSWERS_SWEEP_OWN_H

#include "answers/own_rows.h"

/*
 * Does it cost less than to compare every outcome? The plan is made then. A fine range counts as
 * its thresholds there (sweep_range.h).
 */
bool ent_sweep_own_pays(ent_arena *arena, const ent_grid *grid, const ent_voters *voters,
                        ent_own_plan *plan);
/* Fills in the sweep, whose arrays are there. O(worlds * own outcomes + outcomes * voters). */
ent_status ent_sweep_own(ent_work *work, const ent_own_plan *plan, const ent_grid *grid,
                         const uint8_t *available, ent_sweep *sweep);

#endif
