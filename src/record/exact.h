/*
 * A case whose deciders' values are all known (`utility:`) as an exact scenario. Options and ranges
 * are issues as they are; a set of items is one issue of two levels, no and yes, for each item, so
 * that the outcomes are the same and every utility is a sum over issues.
 */
#ifndef ENT_RECORD_EXACT_H
#define ENT_RECORD_EXACT_H

#include "base/work.h"
#include "model/scenario.h"
#include "record/case.h"

/* Where an issue's levels or items begin among the scenario's issues. */
uint32_t ent_exact_first(const ent_space *space, uint32_t issue);
/* The scenario's issues that the space's make; *count of them. */
const ent_scenario_issue *ent_exact_issues(ent_arena *arena, const ent_space *space,
                                           uint32_t *count);
/*
 * What each component is worth to an exact party when it is switched on, in the unit of its
 * utility and of either sign: worth[components]. Returns what the status quo is worth to it.
 */
double ent_exact_worths(const ent_space *space, const ent_utility *utility, double *worth);
/* Has some party exact utilities? */
bool ent_is_exact(const ent_case *c);
/*
 * The scenario of the parties that have utilities. S106 where a decider has none, S111 where rules
 * forbid outcomes, a reservation is a range, or an issue has too many levels.
 */
ent_status ent_scenario_of_case(ent_work *work, const ent_case *c, ent_scenario **out);

#endif
