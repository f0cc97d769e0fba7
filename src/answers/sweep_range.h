/*
 * A range of many levels in a sweep. A party values a range up or down throughout, so in each world
 * the levels that it accepts beside given levels of all other issues are one interval: one
 * threshold for each world and voter in place of a comparison for each level, and a difference for
 * each in place of a count. Internal to the sweep.
 */
#ifndef ENT_ANSWERS_SWEEP_RANGE_H
#define ENT_ANSWERS_SWEEP_RANGE_H

#include "answers/sweep_kernels.h"
#include "answers/sweep_plan.h"

/* A range of fewer levels is swept like other issues. */
enum { ENT_FINE = 96 };

/* Take the finest range out of the digits, if there is one that is fine enough. */
void ent_take_range(ent_sweep_plan *plan, ent_digit *digits, size_t *count);
/* What is available and crosses no line, for each node. O(outcomes * voters). */
void ent_plan_range(ent_arena *arena, ent_sweep_plan *plan);
/*
 * All levels beside the node's others in the block's worlds from `first` on: marks those that are
 * found, and adds to differences[voter][node * levels + level]. need[voters][block] is what the
 * level must be worth; `asked` are the voters asked whatever the level. O(worlds * voters).
 */
void ent_sweep_range(const ent_sweep_plan *plan, uint32_t first, const float *need, uint64_t node,
                     uint64_t asked, uint32_t *found, uint32_t *const *differences);
/* The counts of one voter at each outcome, from its differences. O(outcomes). */
void ent_range_counts(const ent_sweep_plan *plan, size_t voter, const uint32_t *differences,
                      uint32_t *counts);

#endif
