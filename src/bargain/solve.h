/* What solve.c and solve_exactly.c share. */
#ifndef ENT_BARGAIN_SOLVE_H
#define ENT_BARGAIN_SOLVE_H

#include "bargain/front.h"
#include "bargain/solution.h"

/* Looked at one by one: outcomes by default, and those that are counted as rational. */
#define ENT_MOST_OUTCOMES (UINT64_C(1) << 32)
#define ENT_MOST_COUNTED (UINT64_C(1) << 28)

/* Are all parties' values sums over the issues? */
bool ent_all_additive(const ent_scenario *scenario);
/* S181 unless there are 1 to ENT_MOST_PARTIES. */
ent_status ent_check_parties(ent_work *work, const ent_scenario *scenario);
/* What a party can get at most, as far as the parts of its value tell. */
double ent_most_of(const ent_scenario *scenario, const ent_utility *utility, uint64_t outcomes);
/*
 * Evaluate the front's outcomes by the scenario's formula and keep the maxima in order. The front's
 * parts are the scenario's issues.
 */
void ent_settle(ent_arena *arena, const ent_scenario *scenario, const ent_front *front,
                ent_solution *solution);
/* The points of a solution whose frontier stands. */
void ent_take_points(const ent_scenario *scenario, ent_solution *solution);
/* Solve with the scenario's numbers as they are; as ent_solve_scenario. */
ent_status ent_solve_as_it_is(ent_work *work, const ent_scenario *scenario,
                              const ent_solve_options *options, ent_solution *solution);

#endif
