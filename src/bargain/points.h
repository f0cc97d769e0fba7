/* The points on a frontier that bargaining theory singles out; definitions in points.c. */
#ifndef ENT_BARGAIN_POINTS_H
#define ENT_BARGAIN_POINTS_H

#include "bargain/maxima.h"

typedef enum ent_point {
    ENT_NASH_POINT,
    ENT_KALAI_SMORODINSKY,
    ENT_EGALITARIAN,
    ENT_UTILITARIAN,
    ENT_POINT_COUNT
} ent_point;

/* "nash", "kalai_smorodinsky", ... */
extern const char *const ent_point_names[ENT_POINT_COUNT];

typedef struct ent_points {
    size_t at[ENT_POINT_COUNT]; /* index on the frontier; SIZE_MAX where nothing is rational */
    double ideal[ENT_MOST_PARTIES]; /* best of each party over all outcomes */
    double nadir[ENT_MOST_PARTIES]; /* worst of each party over the frontier */
    double opposition;              /* least distance from everybody's best; NaN if undefined */
    double opposition_genius;       /* that distance of the most even outcome of the frontier */
    double integrative;             /* 0 a fixed pie, 1 all get their best; NaN if undefined */
    size_t rational;                /* points at or above every reservation value */
} ent_points;

/* value[count][parties] is a frontier, reservation[parties]. O(count * parties). */
void ent_solution_points(const double *value, size_t count, uint32_t parties,
                         const double *reservation, ent_points *points);

/* Is every party at or above its reservation value? */
bool ent_is_rational(const double *value, const double *reservation, uint32_t parties);

#endif
