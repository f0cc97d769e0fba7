/*
 * Exact answers about an exact scenario: the Pareto frontier over all outcomes, the solution points
 * on it, and how many outcomes are rational.
 */
#ifndef ENT_BARGAIN_SOLUTION_H
#define ENT_BARGAIN_SOLUTION_H

#include "bargain/big.h"
#include "bargain/owner_points.h"
#include "bargain/points.h"
#include "model/scenario.h"

typedef enum ent_solving {
    ENT_METHOD_BEST, /* what the structure of the scenario allows */
    ENT_METHOD_MERGE,
    ENT_METHOD_CLIQUES,
    ENT_METHOD_THRESHOLDS,
    ENT_METHOD_ENUMERATION,
    ENT_METHOD_COUNT
} ent_solving;

/* "best", "merge", "cliques", "thresholds", "enumeration". */
extern const char *const ent_method_names[ENT_METHOD_COUNT];

/* Zeroed: the defaults. */
typedef struct ent_solve_options {
    ent_solving method;
    uint64_t most_outcomes; /* enumerate at most so many; 0: 2^32 */
    size_t most_points;     /* keep at most so many on the way; 0: 2,000,000 */
    bool frontier_only;     /* do not count rational outcomes */
} ent_solve_options;

typedef enum ent_arithmetic {
    ENT_ARITHMETIC_EXACT,   /* values compare as the file's decimals do */
    ENT_ARITHMETIC_OWNER,   /* the owner adds doubles, so do we; exact counts stand beside */
    ENT_ARITHMETIC_DOUBLES, /* some party's numbers are too long for exact sums */
} ent_arithmetic;

/* "exact", "owner", "doubles". */
extern const char *const ent_arithmetic_names[];

typedef struct ent_solution {
    const ent_scenario *scenario; /* in whole numbers where the arithmetic is exact */
    ent_arithmetic arithmetic;
    /* The owner adds doubles: the same in exact fractions, where that is another answer. */
    const struct ent_solution *exact;
    const char *method;
    bool proved;     /* the frontier is complete */
    bool interrupted; /* with ENT_CANCELLED: what was found before is here, and can be shown */
    double gap;      /* where not: no outcome is more than this above some point for all at once */
    bool discretised; /* some issue is continuous and stands for a grid */
    size_t count;    /* points by rising value of the first party, then of the second, ... */
    const double *value;    /* [count][parties], as ent_utility_of gives them */
    const uint64_t *levels; /* [count][issues] an outcome for each */
    ent_points points;
    ent_owner_points owner; /* of a NegMAS scenario: as its owner defines them */
    ent_big outcomes;
    /* Outcomes at or above every reservation value; the same twice where known exactly. */
    ent_big rational_low, rational_high;
} ent_solution;

/*
 * Solve the scenario; 1 to 20 parties, at least one outcome. ENT_LIMIT: a limit was reached, and
 * the solution is the best found (proved false). ENT_CANCELLED: see interrupted. ENT_USAGE: the
 * method asked for does not fit.
 */
ent_status ent_solve_scenario(ent_work *work, const ent_scenario *scenario,
                              const ent_solve_options *options, ent_solution *solution);

#endif
