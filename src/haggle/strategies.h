/* The records that the strategies' files end in. Adding one is one file and one row here. */
#ifndef ENT_HAGGLE_STRATEGIES_H
#define ENT_HAGGLE_STRATEGIES_H

#include "haggle/strategy.h"

extern const ent_strategy ent_strategy_aspiration;
extern const ent_strategy ent_strategy_boa;
extern const ent_strategy ent_strategy_boulware;
extern const ent_strategy ent_strategy_conceder;
extern const ent_strategy ent_strategy_exponential;
extern const ent_strategy ent_strategy_hardliner;
extern const ent_strategy ent_strategy_hybrid;
extern const ent_strategy ent_strategy_last_minute;
extern const ent_strategy ent_strategy_linear;
extern const ent_strategy ent_strategy_micro;
extern const ent_strategy ent_strategy_naive_tit_for_tat;
extern const ent_strategy ent_strategy_nash;
extern const ent_strategy ent_strategy_nice_tit_for_tat;
extern const ent_strategy ent_strategy_random;
extern const ent_strategy ent_strategy_war;

#endif
