/* Enumeration: every outcome is evaluated; memory in proportion to the frontier. */
#ifndef ENT_BARGAIN_STREAM_H
#define ENT_BARGAIN_STREAM_H

#include "bargain/front.h"
#include "model/scenario.h"

/*
 * The frontier of the first `most` outcomes, how many of those are rational, and how many were
 * looked at: fewer where somebody asked to stop, and the front says so. It is not proved when there
 * are more outcomes.
 */
ent_status ent_stream_frontier(ent_work *work, const ent_scenario *scenario, uint64_t most,
                               ent_front *front, uint64_t *rational, uint64_t *seen);

#endif
