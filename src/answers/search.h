/*
 * Search: zone and best deals where the outcome space is too large to sweep, by branch and bound.
 */
#ifndef ENT_ANSWERS_SEARCH_H
#define ENT_ANSWERS_SEARCH_H

#include "answers/own_rows.h"
#include "answers/tally.h"

enum {
    ENT_SEARCH_TOP = 20,       /* deals listed where all are asked for */
    ENT_SEARCH_LEAST = 200000, /* packages: fewer are counted in no time */
};

/*
 * Worlds in which some available deal suits everybody asked: zone[worlds], 1 where there is one.
 * Where voters have few own outcomes (own_plan.h) all worlds are looked at side by side, and what
 * is open then, or else all of them, one by one. Worlds whose search passes the limit of nodes are
 * 0 and are counted in *undecided.
 * Cost: see own_rows.h and search_zone.c. Worlds are the parallel dimension.
 */
ent_status ent_search_zone(ent_work *work, const ent_space *space, const ent_bans *bans,
                           const ent_voters *voters, uint32_t worlds, uint8_t *zone,
                           uint32_t *undecided);
/*
 * The two parts of it. zone[worlds] is ENT_WORLD_* (own_rows.h); the first makes it, with the
 * counts of own outcomes, and the second looks at those that are open and makes it 0 or 1.
 */
ent_status ent_walk_worlds(ent_work *work, const ent_own_plan *plan, const ent_bans *bans,
                           uint32_t **counts, uint8_t *zone);
ent_status ent_hunt_worlds(ent_work *work, const ent_space *space, const ent_bans *bans,
                           const ent_voters *voters, uint32_t worlds, uint8_t *zone,
                           uint32_t *undecided);

/* The deal that the search finds for one world, if any. */
bool ent_search_world(ent_work *work, const ent_space *space, const ent_bans *bans,
                      const ent_voters *voters, uint32_t world, uint64_t *levels);

/*
 * Where the space can be swept, but only the best are asked for: are blocks of packages ruled out
 * sooner than all are counted? Then the search proves what it lists.
 */
bool ent_search_pays(const ent_analysis *analysis, const ent_deals_request *request);

/*
 * ent_answer_deals by search: the zone world by world, the best deals by climbing from the deals
 * that worlds have and then by branch and bound, which proves them the best where it ends. The
 * frontier is marked among the deals that are listed. ENT_CANCELLED, with deals where some were
 * found before somebody asked to stop: then without verdicts, and worlds that were not looked at
 * are undecided.
 */
ent_status ent_search_deals(ent_work *work, const ent_analysis *analysis, size_t account,
                            const ent_deals_request *request, ent_deals *deals);

#endif
