/* The statistics that NegMAS keeps beside a scenario (_stats.yaml), by its own definitions. */
#ifndef ENT_BARGAIN_NEGMAS_STATS_H
#define ENT_BARGAIN_NEGMAS_STATS_H

#include "bargain/solution.h"

/* Points of the frontier that are best by a rule; of several that tie all, as NegMAS has them. */
typedef enum ent_negmas_rule {
    ENT_NEGMAS_KALAI,
    ENT_NEGMAS_KS,
    ENT_NEGMAS_RELATIVE_WELFARE,
    ENT_NEGMAS_WELFARE,
    ENT_NEGMAS_MODIFIED_KALAI,
    ENT_NEGMAS_MODIFIED_KS,
    ENT_NEGMAS_NASH,
    ENT_NEGMAS_RULES
} ent_negmas_rule;

/* "kalai", "ks", ...: the names of the file's keys, in their order. */
extern const char *const ent_negmas_rule_names[ENT_NEGMAS_RULES];

typedef struct ent_points_list {
    const size_t *at; /* [count] indices into the solution's points */
    size_t count;
} ent_points_list;

typedef struct ent_negmas_stats {
    ent_points_list frontier; /* the rational points, by falling sum of utilities */
    ent_points_list best[ENT_NEGMAS_RULES];
    const double *least, *most; /* [parties] over all outcomes */
    double opposition;          /* infinite where no outcome is rational */
    double rational_fraction;   /* of outcomes above every reserved value; NaN: not counted */
} ent_negmas_stats;

/* Outcomes that are looked through one by one. */
#define ENT_NEGMAS_STATS_OUTCOMES (UINT64_C(1) << 26)

/*
 * By NegMAS 0.16.0, preferences/ops.py, calc_scenario_stats(). Up to ENT_NEGMAS_STATS_OUTCOMES
 * outcomes are looked through: O(outcomes * parties) and O(points * parties). Of more, where values
 * are sums over issues, the rational fraction is not counted; otherwise ENT_LIMIT, as for a
 * solution that is not proved: the file would say what nobody knows.
 */
ent_status ent_negmas_stats_of(ent_work *work, const ent_solution *solution,
                               ent_negmas_stats *stats);

#endif
