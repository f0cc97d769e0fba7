/*
 * The frontier of acceptability: which deals are not beaten in every asked party's share at once.
 * A deal is beaten by another whose counts are all at least as high and one of them higher (weak
 * dominance with one strict inequality, as for Pareto frontiers). A party that a deal does not ask
 * counts as if all its worlds accepted.
 */
#ifndef ENT_ANSWERS_FRONTIER_H
#define ENT_ANSWERS_FRONTIER_H

#include "answers/tally.h"

/*
 * 1 for each outcome on the frontier: [outcomes]. Two deciders: O(outcomes + worlds). More voters:
 * O(outcomes * size of the frontier) at worst.
 */
uint8_t *ent_frontier_of(ent_arena *arena, const ent_tally *tally);
/* Is the outcome on it, which can be had? O(outcomes * deciders) at worst. */
bool ent_is_on_frontier(ent_arena *arena, const ent_tally *tally, uint64_t index);

#endif
