/* The ranking of a tournament whose runs are all there. */
#ifndef ENT_STORE_RANKING_H
#define ENT_STORE_RANKING_H

#include "store/database.h"

/* Rank by the runs in the database, and write the table `ranking`. O(runs * parties). */
ent_status ent_ranking_write(ent_work *work, ent_database *db);

#endif
