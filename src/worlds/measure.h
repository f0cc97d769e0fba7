/*
 * What is not in dispute, and what is only in dispute by the choice of a measure (docs/MODEL.md 4).
 */
#ifndef ENT_WORLDS_MEASURE_H
#define ENT_WORLDS_MEASURE_H

#include "worlds/dispute.h"

/*
 * Two statements of different sides that say something about the same party and the same issue,
 * and that every consistent account believes: different words, and both can be true.
 */
typedef struct ent_compatible_pair {
    uint32_t one, other;   /* statements, one < other */
    uint32_t party, issue; /* the first that they have in common */
} ent_compatible_pair;

typedef struct ent_compatible {
    const ent_compatible_pair *at; /* by (one, other) */
    size_t count;
    bool complete; /* false: ENT_COMPATIBLE_MOST reached */
} ent_compatible;

enum { ENT_COMPATIBLE_MOST = 10000 };
/* Cost: O(pairs of statements about the same party and issue). */
ent_compatible ent_find_compatible(ent_arena *arena, const ent_case *c,
                                   const ent_accounts *accounts);

/*
 * The share that a level of an issue has of the whole issue by a metric of `sizes`: sure bounds,
 * since figures may be ranges. For options the whole is the last option, for items all of them.
 * Both NaN where a figure is missing or the whole may be 0.
 */
ent_interval ent_size_share(const ent_issue *issue, uint32_t metric, uint64_t level);

/* At most this share of the whole is "partial", at least that is "nearly all". Ours: under three
   fifths nobody says "nearly all", and from four fifths on the word fits. */
#define ENT_PARTIAL_MOST 0.6
#define ENT_NEARLY_LEAST 0.8

/* The same things, partial by one metric and nearly all by another; both sides speak of them. */
typedef struct ent_measure_dispute {
    uint32_t issue;
    uint64_t level; /* what the statements have in common */
    uint32_t partial_metric, nearly_metric;
    ent_interval partial_share, nearly_share;
    const uint32_t *statements; /* on, ascending; of at least two sides; each names them or more */
    size_t count;
} ent_measure_dispute;

typedef struct ent_measure_disputes {
    const ent_measure_dispute *at; /* by issue, then by level */
    size_t count;
} ent_measure_disputes;

/* Of the statements that are on. Cost: O(pairs of levels named * (metrics^2 + sizes)). */
ent_measure_disputes ent_find_measure_disputes(ent_arena *arena, const ent_case *c, const bool *on);

#endif
