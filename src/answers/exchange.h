/*
 * Exchange map (docs/MODEL.md 5.4): the scope of what A gives against the scope of what B gives,
 * and in each cell of that plane the best share of worlds that any package in it has: for A, for B,
 * and jointly. Where a side's best share comes to one half is its 50% line; the two lines are the
 * sides of the equation, and what lies between them is the zone or the gap. See
 * docs/methods/exchange.md.
 */
#ifndef ENT_ANSWERS_EXCHANGE_H
#define ENT_ANSWERS_EXCHANGE_H

#include "answers/tally.h"

typedef enum ent_scope {
    ENT_SCOPE_IMPORTANCE, /* mean importance to the getter, as a share of all it could get there */
    ENT_SCOPE_PARTS,      /* how many steps and items; a range counts by its fraction */
    ENT_SCOPE_METRIC,     /* a metric of `sizes`; a contested figure by its middle */
} ent_scope;

typedef struct ent_measure {
    ent_scope scope;
    uint32_t metric; /* with ENT_SCOPE_METRIC */
} ent_measure;

/* What one side gives, measured. */
typedef struct ent_axis {
    uint32_t giver, getter;
    ent_measure measure; /* importance where the measure asked for says nothing of what is given */
    size_t cells;
    const double *edges;  /* [cells + 1] ascending from 0; the last is the most that can be given */
    const double *values; /* [cells] where each cell holds packages of one scope; NULL otherwise */
    double *const *scope; /* [issues][levels] NULL where the issue adds nothing */
    const bool *given;    /* [issues] the giver gives it */
    const bool *left_out; /* [issues] given, and not measured this way */
} ent_axis;

/* A named package of the case in the plane. */
typedef struct ent_spot {
    const ent_package *package;
    double x, y;
} ent_spot;

#define ENT_NO_LINE SIZE_MAX

typedef struct ent_exchange_map {
    ent_axis x, y; /* x: what A gives; y: what B gives */
    /* [y.cells * x.cells], row by row from the least that B gives; NaN where there is no package */
    const double *best_a, *best_b, *best_joint;
    uint64_t *const *joint_levels; /* the package of best_joint; NULL where there is none */
    /*
     * [x.cells] For what A gives in this column: the row from which on half of A's worlds accept
     * (y.cells: from none), and the row up to which half of B's do (0: to none). ENT_NO_LINE where
     * the column has no package.
     */
    const size_t *line_a, *line_b;
    const ent_spot *spots;
    size_t spot_count;
    size_t meeting; /* cells in which half of A's and half of B's worlds each accept some package */
    bool complete;  /* false: not every package was looked at */
} ent_exchange_map;

typedef struct ent_exchange_request {
    uint32_t a, b; /* two parties of the case; ENT_NONE: the first two deciders */
    ent_measure measure;
    size_t cells; /* to a side, where scopes are many; 0: 12 */
} ent_exchange_request;

/*
 * tally: of the account, or NULL where the space is too large to sweep; then the deals that a
 * search finds fill the plane. O(outcomes * issues).
 */
ent_status ent_answer_exchange(ent_work *work, const ent_analysis *analysis, size_t account,
                               const ent_tally *tally, const ent_exchange_request *request,
                               ent_exchange_map *exchange);

/* The scope of an outcome along the axis. O(issues). */
double ent_scope_of(const ent_axis *axis, uint32_t issue_count, const uint64_t *levels);
/* The cell of the axis that a scope falls into. */
size_t ent_axis_cell(const ent_axis *axis, double scope);

/*
 * The measure called "importance", "parts", "count" or by a metric's name. "count" is the case's
 * metric of that name where it has one, and the number of parts otherwise. False if none is.
 */
bool ent_measure_called(const ent_case *c, const char *name, ent_measure *measure);
const char *ent_measure_name(const ent_case *c, ent_measure measure);

#endif
