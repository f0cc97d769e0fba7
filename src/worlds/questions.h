/*
 * Disputes told by question: groups of which every pair of statements collides (docs/MODEL.md 4).
 */
#ifndef ENT_WORLDS_QUESTIONS_H
#define ENT_WORLDS_QUESTIONS_H

#include "worlds/dispute.h"

/*
 * Mark what was moved from and put the disputes into groups, each in exactly one: from the
 * statement with most pairs not yet told, with those that have the same opponents. Of n statements
 * and e pairs: O(e log e) for the lists, O(n + e) for each group.
 */
void ent_put_questions(ent_arena *arena, const ent_case *c, ent_dispute *at, size_t count,
                       ent_disputes *disputes);

#endif
