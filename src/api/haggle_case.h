/* Haggling over a case: its accounts' worlds as the game that src/haggle plays. */
#ifndef ENT_API_HAGGLE_CASE_H
#define ENT_API_HAGGLE_CASE_H

#include "answers/analysis.h"
#include "report/haggled.h"

/*
 * Haggle in at most `worlds` of the account's worlds (0: as many as take a few seconds). count is
 * the number of strategies chosen: one for each decider, or one for all. ENT_LIMIT: the deals
 * cannot be numbered; ENT_INVALID: there are not two deciders.
 */
ent_status ent_haggle_account(ent_work *work, const ent_analysis *analysis, size_t account,
                              const ent_haggle_rules *rules, const ent_chosen_strategy *chosen,
                              size_t count, uint32_t worlds, ent_haggled *haggled);

#endif
