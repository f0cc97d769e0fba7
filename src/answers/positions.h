/* The last positions of the sides, and the moves from one package to another. */
#ifndef ENT_ANSWERS_POSITIONS_H
#define ENT_ANSWERS_POSITIONS_H

#include "answers/bridge.h"

/* The last position of each decider in the account, with its shares: *count of them. */
ent_position *ent_last_positions(ent_work *work, const ent_analysis *analysis, size_t account,
                                 size_t *count);

/* How many moves lead from one outcome to the other. O(issues). */
size_t ent_move_count(const ent_space *space, const uint64_t *from, const uint64_t *to);
/* The moves from a position to a package, with movers and costs. O(moves * worlds * k). */
ent_move *ent_moves_between(ent_work *work, const ent_analysis *analysis, size_t account,
                            const ent_position *from, const uint64_t *to, size_t *count);

/*
 * Does some decider's last position leave open what was not said (`rest`)? It is then used as if
 * closed, which is to be said where it is used.
 */
bool ent_any_open_position(const ent_analysis *analysis, size_t account);

#endif
