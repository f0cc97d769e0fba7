/* The page of a tournament that has been played. */
#ifndef ENT_API_LEAGUE_H
#define ENT_API_LEAGUE_H

#include "api/ask.h"
#include "api/play.h"
#include "report/league.h"

/*
 * Write the page to the path. The frontiers of up to twelve scenarios of two parties are worked out
 * anew. O(runs * parties + runs * log(runs)).
 */
ent_status ent_write_league(const ent_asking *asking, const ent_tournament *t,
                            const ent_tournament_story *story, const char *path);

#endif
