/* Frontiers of parties whose value is the greatest or the least of boxes, see extremes.c. */
#ifndef ENT_BARGAIN_EXTREMES_H
#define ENT_BARGAIN_EXTREMES_H

#include "bargain/front.h"
#include "model/scenario.h"

/* Is every party's value the greatest, the least, or the only one of its boxes and nothing else? */
bool ent_is_extreme(const ent_scenario *scenario);
/* front->parts are the scenario's issues; at most most_nodes boxes are tried in all searches. */
ent_status ent_extreme_front(ent_work *work, const ent_scenario *scenario, uint64_t most_nodes,
                             ent_front *front);

#endif
