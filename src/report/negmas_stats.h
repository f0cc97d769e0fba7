/* The files _stats.yaml and _info.yaml as NegMAS writes them. */
#ifndef ENT_REPORT_NEGMAS_STATS_H
#define ENT_REPORT_NEGMAS_STATS_H

#include "bargain/negmas_stats.h"
#include "base/text.h"

/* Scenario.save_stats(): keys sorted, block style. */
void ent_put_negmas_stats(ent_buffer *out, const ent_solution *solution,
                          const ent_negmas_stats *stats);
/* What Scenario.calc_standard_info() puts into the info. */
void ent_put_negmas_info(ent_buffer *out, const ent_solution *solution,
                         const ent_negmas_stats *stats);

#endif
