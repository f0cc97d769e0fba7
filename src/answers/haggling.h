/* Haggling over a case: its accounts' worlds as the game that src/haggle plays. */
#ifndef ENT_ANSWERS_HAGGLING_H
#define ENT_ANSWERS_HAGGLING_H

#include "answers/analysis.h"
#include "haggle/worlds.h"

typedef struct ent_haggled {
    size_t account;
    const ent_chosen_strategy *chosen; /* [deciders] */
    const uint32_t *deciders;          /* [decider_count] parties of the case */
    uint32_t decider_count;
    ent_haggle_rules rules;
    ent_worlds_haggled result;
    uint32_t deals;               /* that were haggled over */
    bool sampled;                 /* these are a sample */
    const bool *opened;           /* [deciders] the account holds a last position of this one */
    const uint64_t *const *deal;  /* [result.deal_count] levels of the most frequent agreements */
} ent_haggled;

/*
 * Haggle in at most `worlds` of the account's worlds (0: as many as the
 * budget has, fewer where deals are many). count is
 * the number of strategies chosen: one for each decider, or one for all. ENT_LIMIT: the deals
 * cannot be numbered; ENT_INVALID: there are not two deciders.
 */
ent_status ent_haggle_account(ent_work *work, const ent_analysis *analysis, size_t account,
                              const ent_haggle_rules *rules, const ent_chosen_strategy *chosen,
                              size_t count, uint32_t worlds, ent_haggled *haggled);

/*
 * The share of worlds in which haggling ends in a deal that holds: alternating offers of two
 * boulware parties over a hundred rounds, as `entente haggle` plays unless told otherwise. Quiet:
 * where a case cannot be haggled over, chance is NaN and the status ENT_OK.
 */
typedef struct ent_haggle_chance {
    double chance, error;
    uint32_t worlds;
} ent_haggle_chance;
ent_status ent_haggle_chance_of(ent_work *work, const ent_analysis *analysis, size_t account,
                                ent_haggle_chance *chance);

#endif
