/*
 * The packages of the highest joint share, where every voter's shares are known for its own
 * outcomes (own_plan.h) and no council binds: then the joint share is a product of small tables.
 *
 * Depth-first branch and bound over the digits. What bounds the digits that are open is made
 * beforehand by eliminating them one after another, the last first: all tables that name a digit
 * are multiplied and the greatest over its values is a table of what they have in common; where
 * that would be too large, in parts, each of which takes its own greatest ("mini-buckets": Dechter
 * and Rish, Journal of the ACM 50, 2003; as a bound for search: Kask and Dechter, Artificial
 * Intelligence 129, 2001; for several best solutions: Flerova, Marinescu and Dechter, JAIR 55,
 * 2016). Where nothing is taken in parts the bound is exact and the search goes straight down.
 *
 * Cost: O(digits * values * MESSAGE * tables of a digit) to make the bound, then for a node its
 * tables times their digits: as many nodes as digits * top where the bound is exact, exponential at
 * worst, hence the limit. Memory: MESSAGE numbers for each digit and part.
 */
#ifndef ENT_ANSWERS_BEST_JOINT_H
#define ENT_ANSWERS_BEST_JOINT_H

#include "answers/own_plan.h"

typedef struct ent_joint_deal {
    uint64_t *levels;
    double joint;
} ent_joint_deal;

/* The best so far: by joint share, then by levels, the first issue first. */
typedef struct ent_best_list {
    uint32_t issues;
    ent_joint_deal *at; /* [room], room > 0 */
    size_t count, room;
} ent_best_list;

ent_best_list ent_best_list_of(ent_arena *arena, uint32_t issues, size_t room);
/* Put the deal in its place, unless it is in or the list is full of better ones. */
void ent_best_list_keep(ent_best_list *list, const uint64_t *levels, double joint);
/* Would the deal be put in: is there room, or does it come before the last? */
bool ent_best_list_wants(const ent_best_list *list, const uint64_t *levels, double joint);

/*
 * counts[voters][own outcomes], of so many worlds. True: the list holds the best there are; false:
 * the limit came first, or somebody asked to stop.
 */
bool ent_best_joint(const ent_work *work, const ent_own_plan *plan, const ent_bans *bans,
                    uint32_t *const *counts, uint32_t worlds, ent_best_list *list);
/* Good ones into the list: what the search above begins with (best_climb.c). */
void ent_climb_joint(const ent_work *work, const ent_own_plan *plan, const ent_bans *bans,
                     uint32_t *const *counts, uint32_t worlds, ent_best_list *list);

#endif
