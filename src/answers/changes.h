/* Which changes of the record would lift the joint share of the best deal. */
#ifndef ENT_ANSWERS_CHANGES_H
#define ENT_ANSWERS_CHANGES_H

#include "answers/bridge.h"
#include "answers/variant.h"

/*
 * Statements taken out alone, then in pairs of the most promising; statements believed that the
 * account leaves out; lower reservation values. best: the best deals as the record stands.
 * Written to bridge->changes. Cost: a coarse sweep of some hundred worlds for each change.
 */
ent_status ent_find_changes(ent_work *work, const ent_analysis *analysis, size_t account,
                            const ent_deals *best, ent_bridge *bridge);

#endif
