/*
 * What the solvers inside src/bargain speak: additive sums over parts, and the frontier found.
 * A part is an issue, or a component of an issue whose components add up.
 */
#ifndef ENT_BARGAIN_FRONT_H
#define ENT_BARGAIN_FRONT_H

#include "bargain/maxima.h"

typedef struct ent_front_part {
    uint32_t levels;     /* at least 1 */
    const double *value; /* [levels][parties] what a level adds to each party's sum */
} ent_front_part;

/*
 * Party p's sum at an outcome is 0, then += value in the order of the parts, rounded to double
 * after each. This order is the definition; no solver may sum in another one.
 */
typedef struct ent_sums {
    uint32_t parties;
    uint32_t count; /* parts */
    const ent_front_part *parts;
} ent_sums;

/* Mutually undominated, distinct value vectors by rising first party's value. */
typedef struct ent_front {
    uint32_t parties, parts;
    size_t count;
    const double *value;    /* [count][parties] */
    const uint64_t *levels; /* [count][parts] one outcome for each */
    bool proved;
    /* Where not proved: no outcome is more than this above some point for every party at once. */
    double gap;
    bool stopped; /* by who asked for it: the best found before */
} ent_front;

/* Exact frontier of the sums, see merge.c; at most `most` points are kept on the way. */
ent_status ent_merge_sums(ent_work *work, const ent_sums *sums, size_t most, ent_front *front);

#endif
