/* Solution points as the owner of a format has them, where they are defined otherwise than ours. */
#ifndef ENT_BARGAIN_OWNER_POINTS_H
#define ENT_BARGAIN_OWNER_POINTS_H

#include "bargain/maxima.h"
#include "model/scenario.h"

#include <math.h>

/* What NegMAS's points are, in words. */
extern const char ent_negmas_nash_definition[];
extern const char ent_negmas_kalai_definition[]; /* Kalai-Smorodinsky */

/* Indices on the frontier; SIZE_MAX where there is none, or the least values are not known. */
typedef struct ent_owner_points {
    size_t nash, kalai_smorodinsky, egalitarian, utilitarian;
    double opposition; /* NaN where nothing is rational */
} ent_owner_points;
#define ENT_NO_OWNER_POINTS                                                                        \
    ((ent_owner_points){SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, (double)NAN})

/* Is it of a format whose owner has points of its own (NegMAS)? */
bool ent_has_owner_points(const ent_scenario *scenario);

/*
 * The points of NegMAS (0.15: preferences/ops.py, nash_points, ks_points, kalai_points,
 * max_welfare_points, opposition_level) on the frontier
 * value[count][parties] of the scenario. O(count * parties), and O(outcomes) for the least value
 * of a party whose values are no sums over issues.
 */
ent_owner_points ent_negmas_points(const ent_scenario *scenario, const double *value,
                                   size_t count);

/*
 * Opposition as NegoLog has it (nenv/BidSpace.py): the distance from everybody's 1 of the outcome
 * with the greatest sum, which it calls Kalai's; of several the one best for the first party. NaN
 * on an empty frontier.
 */
double ent_negolog_opposition(const double *value, size_t count, uint32_t parties);

#endif
