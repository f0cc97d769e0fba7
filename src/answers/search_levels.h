/*
 * An outcome of which some digits are fixed: the levels so far, and those that can still be
 * reached. Levels only grow on the way down, so that a ban that is reached stays reached, and a
 * rule's consequence that can no longer be reached never will be.
 */
#ifndef ENT_ANSWERS_SEARCH_LEVELS_H
#define ENT_ANSWERS_SEARCH_LEVELS_H

#include "answers/sweep_plan.h"

typedef struct ent_levels {
    const ent_space *space;
    const ent_bans *bans; /* NULL: none */
    uint64_t *low, *high; /* [issues] */
} ent_levels;

/* Nothing fixed. */
ent_levels ent_levels_of(ent_arena *arena, const ent_space *space, const ent_bans *bans);
void ent_levels_clear(ent_levels *levels);
/* Fix the digit at the value. Returns what undoes it. */
uint64_t ent_levels_fix(ent_levels *levels, const ent_digit *digit, uint64_t value);
void ent_levels_unfix(ent_levels *levels, const ent_digit *digit, uint64_t undo);
/* Can the digits that are open still keep all rules and stay clear of the bans? */
bool ent_levels_may_be_had(const ent_levels *levels);

#endif
