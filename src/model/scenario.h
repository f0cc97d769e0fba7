/*
 * Exact scenarios: every value of every party is known. The outcome space is one level for each
 * issue, numbered from 0 in the file's order; there is no status quo.
 *
 * A party's utility of an outcome is
 *     u = post( sum_i part[i][level_i]  +  boxes(outcome)  +  table[outcome] )
 * where each summand may be absent, boxes() adds up (or takes the least or greatest of) the
 * utilities of the closed hyper-rectangles that contain the outcome, and post() divides by `scale`
 * and caps at 1 where the format says so. Values are undiscounted and in the format's own scale.
 */
#ifndef ENT_MODEL_SCENARIO_H
#define ENT_MODEL_SCENARIO_H

#include "base/diag.h"

typedef enum ent_value_kind { ENT_DISCRETE, ENT_INTEGER, ENT_REAL } ent_value_kind;

typedef struct ent_scenario_issue {
    const char *name;
    ent_value_kind kind;
    uint64_t levels;           /* at least 1 */
    const char *const *values; /* discrete: [levels] names; NULL otherwise */
    double lower, step; /* numeric: level l stands for lower + l * step, the last for upper */
    double upper;
    bool discretised;          /* a continuous issue cut into levels */
    bool ordered;              /* discrete: the order of the values means something */
} ent_scenario_issue;

enum {
    ENT_SCENARIO_LEVELS = 4000000, /* readers: most levels of one issue */
    ENT_SCENARIO_ISSUES = 4096,
    ENT_SCENARIO_PARTIES = 1024,
    ENT_REAL_LEVELS = 21,          /* of a continuous issue, as Genius cuts it */
};

/* How a party evaluates the levels of an issue, as its file says it. */
typedef enum ent_curve {
    ENT_CURVE_TABLE,    /* raw[level] */
    ENT_CURVE_AFFINE,   /* slope * (x - origin) + offset, x the number that the level stands for */
    ENT_CURVE_TRIANGLE, /* offset + slope * (0 at start and end and outside, 1 at the top) */
} ent_curve;

/* part[level] = weight * (evaluation / divisor), which the format's owner sets. */
typedef struct ent_evaluator {
    ent_curve curve;
    bool clamped; /* affine: cut to 0..1 */
    double slope, offset, origin, start, end, top;
    const double *raw; /* [levels] of a table */
    const double *rounded; /* [levels] what the owner rounds the curve to; NULL: it does not */
    double weight, divisor;
} ent_evaluator;

typedef enum ent_discounting {
    ENT_DISCOUNT_TIME,   /* u * discount^t, t from 0 to 1 at the deadline */
    ENT_DISCOUNT_ROUNDS, /* u * discount^round */
    ENT_COST_ROUNDS,     /* u - discount*round */
    ENT_COST_TIME,       /* u - discount*t */
} ent_discounting;

typedef struct ent_box {
    const uint64_t *low, *high; /* [issues] closed bounds, as levels */
    double utility;             /* weight already multiplied in */
    bool excludes;              /* counts where the outcome is NOT inside */
} ent_box;

typedef enum ent_aggregation { ENT_SUM, ENT_MIN, ENT_MAX } ent_aggregation;

/*
 * The greatest and the least are over all boxes, one that does not contain the outcome counting 0,
 * as Genius has it.
 */
typedef struct ent_utility {
    const double *const *part; /* [issues][levels], weights multiplied in; NULL: no additive part */
    const ent_box *boxes;
    size_t box_count;
    ent_aggregation aggregation; /* of the boxes */
    const double *table;         /* [outcomes], last issue fastest; NULL: none */
    const double *whole;         /* [outcomes] u * whole_scale exactly, in whole numbers; or NULL */
    double whole_scale;
    double scale;                /* divides the sum; 1 where there is none */
    bool capped;                 /* min(1, sum / scale) */
    double reservation;          /* in the scale of u; -inf when the format sets none */
    double discount;             /* 1: none */
    ent_discounting discounting; /* how the discount works, where there is one */
    const ent_evaluator *evaluators; /* [issues] what `part` was made from, or NULL */
    /* [issues] the outcome that `reservation` is the value of, UINT64_MAX: no matter; or NULL */
    const uint64_t *reserved;
} ent_utility;

typedef struct ent_scenario {
    const char *name, *format; /* "genius", "geniusweb", "negmas", "csv", "case" */
    uint32_t issue_count;
    const ent_scenario_issue *issues;
    uint32_t party_count;
    const char *const *parties; /* profile names */
    const ent_utility *utilities; /* [parties] */
    bool doubles; /* the format's owner adds in floating point: so its values are defined */
    bool whole;   /* the utilities are those of an exact twin (model/exact.h) */
    const char *read_as; /* what was recognised in a table, for people; NULL: nothing had to be */
} ent_scenario;

/* The party's utility of the outcome, in the format's order of summation. O(issues + boxes). */
double ent_utility_of(const ent_scenario *scenario, uint32_t party, const uint64_t *outcome);
/* What the boxes alone make the outcome worth. */
double ent_boxes_value(const ent_utility *utility, const uint64_t *outcome, uint32_t issues);
/* What the evaluator gives to a level, before its divisor and its weight. */
double ent_evaluate(const ent_scenario_issue *issue, const ent_evaluator *e, uint64_t level);
/* The table `part` that the evaluators [issues] make. O(sum of levels). */
const double *const *ent_evaluator_parts(ent_arena *arena, const ent_scenario_issue *issues,
                                         uint32_t count, const ent_evaluator *evaluators);
/* The number that a level stands for; of a discrete issue the level itself. */
double ent_level_number(const ent_scenario_issue *issue, uint64_t level);
/* The level with that name or number, or UINT64_MAX. O(levels) for names. */
uint64_t ent_find_level(const ent_scenario_issue *issue, const char *text);
/* The number of outcomes; false when it does not fit in 64 bits. */
bool ent_scenario_outcomes(const ent_scenario *scenario, uint64_t *count);
/* The same in decimal digits, exactly, however large. */
const char *ent_scenario_outcomes_text(ent_arena *arena, const ent_scenario *scenario);
/* The index of the outcome (last issue fastest) and back; only where the count fits in 64 bits. */
uint64_t ent_scenario_index(const ent_scenario *scenario, const uint64_t *outcome);
void ent_scenario_outcome(const ent_scenario *scenario, uint64_t index, uint64_t *outcome);
/* The level of an issue in words: its name, or its number. */
const char *ent_scenario_value_text(ent_arena *arena, const ent_scenario_issue *issue,
                                    uint64_t level);

#endif
