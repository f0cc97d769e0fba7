/*
 * Search: zone and best deals where the outcome space is too large to sweep, by branch and bound.
 */
#ifndef ENT_ANSWERS_SEARCH_H
#define ENT_ANSWERS_SEARCH_H

#include "answers/tally.h"

enum { ENT_SEARCH_TOP = 20 }; /* deals listed where all are asked for */

/*
 * Worlds in which some available deal suits everybody asked, one by one. zone[worlds] in: 1 for
 * worlds that are known to have a deal; out: 1 where there is one. Worlds whose search passes the
 * limit of nodes stay 0 and are counted in *undecided.
 * Cost: see search_zone.c. Worlds are the parallel dimension.
 */
ent_status ent_search_zone(ent_work *work, const ent_space *space, const ent_bans *bans,
                           const ent_voters *voters, uint32_t worlds, uint8_t *zone,
                           uint32_t *undecided);

/* The deal that the search finds for one world, if any. */
bool ent_search_world(ent_work *work, const ent_space *space, const ent_bans *bans,
                      const ent_voters *voters, uint32_t world, uint64_t *levels);

/*
 * ent_answer_deals by search: the zone world by world, the best deals by climbing from the deals
 * that worlds have and then by branch and bound, which proves them the best where it ends. The
 * frontier is marked among the deals that are listed.
 */
ent_status ent_search_deals(ent_work *work, const ent_analysis *analysis, size_t account,
                            const ent_deals_request *request, ent_deals *deals);

#endif
