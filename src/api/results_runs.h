/* Runs as columns: what a reply to a tournament, or to many runs, holds in numbers. */
#ifndef ENT_API_RESULTS_RUNS_H
#define ENT_API_RESULTS_RUNS_H

#include "api/play.h"
#include "api/results.h"

/* Keep all runs of a tournament that has been played, in their order, and its ranking. */
ent_status ent_keep_tournament(ent_asking *asking, const ent_tournament *t,
                               const ent_result_rank *ranks, size_t count);

#endif
