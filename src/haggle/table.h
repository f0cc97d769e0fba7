/*
 * What haggling needs of an outcome space: every outcome's value to every party, and for each
 * party the outcomes in the order of its values (the sorted inverse of its utility), made once
 * for a scenario or a world. An outcome is an `entry` here, a number from 0 to count - 1.
 */
#ifndef ENT_HAGGLE_TABLE_H
#define ENT_HAGGLE_TABLE_H

#include "base/work.h"
#include "model/scenario.h"

#define ENT_NO_ENTRY UINT32_MAX

enum {
    ENT_HAGGLE_PARTIES = 20,
    ENT_HAGGLE_SAMPLE = 100000, /* outcomes drawn where there are too many to list */
};

/*
 * Spaces of more outcomes are sampled; 28 bytes for each outcome and party, and 2 for each outcome
 * and issue.
 */
#define ENT_HAGGLE_OUTCOMES UINT64_C(4194304)

/* One party's view. The arrays have `count` elements. */
typedef struct ent_haggle_side {
    double *value;    /* by entry */
    uint32_t *order;  /* entries by rising value, equal ones by entry */
    double *sorted;   /* value[order[k]] */
    uint32_t first;   /* the least k with sorted[k] >= bar; top where none is */
    uint32_t top;     /* what the party would ask for lies below: at k < top */
    double least;     /* sorted[0] */
    double most;      /* sorted[top - 1] */
    double reservation; /* -inf where there is none */
    double bar;         /* the least that it takes: the reservation value, or the next above */
    bool above;         /* it takes nothing that is worth exactly the reservation value */
    double floor;       /* the greater of least and reservation */
    double discount;
    ent_discounting discounting;
} ent_haggle_side;

typedef struct ent_haggle_table {
    uint32_t count, parties, issues;
    const uint64_t *levels; /* [issues] how many levels each has */
    const uint64_t *index;  /* [count] the outcome's index, last issue fastest; NULL: the entry */
    const uint64_t *drawn;  /* [count][issues] where not even the index fits; NULL otherwise */
    const uint16_t *digits; /* [count][issues] the same levels; NULL: they are worked out */
    bool sampled;           /* not every outcome is here */
    uint32_t frontier;      /* of a sample: the first so many are of the frontier */
    bool whole_frontier;    /* and they are all of it */
    ent_haggle_side *side;  /* [parties] */
    const ent_scenario *scenario; /* NULL for a world of a case */
} ent_haggle_table;

/*
 * Tabulate a scenario. Spaces above `most` outcomes (0: ENT_HAGGLE_OUTCOMES) are sampled by the
 * seed to ENT_HAGGLE_SAMPLE outcomes: where values are sums the exact frontier (half of the sample
 * at most) and each party's best and worst outcome, the rest uniformly; this is told as a warning.
 * O(outcomes * parties * issues).
 */
ent_status ent_haggle_tabulate(ent_work *work, const ent_scenario *scenario, uint64_t most,
                               uint64_t seed, ent_haggle_table *table);
/* An empty table whose values the caller fills in before ent_haggle_sort. */
void ent_haggle_table_make(ent_arena *arena, uint32_t count, uint32_t parties,
                           ent_haggle_table *table);

/* Room that sorting needs beside the table, for tables that are filled again and again. */
typedef struct ent_haggle_scratch {
    uint64_t *key[2];
    uint32_t *entry[2];
} ent_haggle_scratch;
ent_haggle_scratch ent_haggle_scratch_make(ent_arena *arena, uint32_t count);
/*
 * Make the side's order and bounds from value[] and reservation. With top_value finite the party
 * asks for nothing better than that. Radix sort: O(count), no allocation.
 */
void ent_haggle_sort(ent_haggle_side *side, uint32_t count, double top_value,
                     const ent_haggle_scratch *scratch);

/* Have all parties take nothing that is worth exactly their reservation value. */
void ent_haggle_take_above(ent_haggle_table *table);

/* The levels of an entry: level[issues]. */
void ent_haggle_levels(const ent_haggle_table *table, uint32_t entry, uint64_t *level);
/* Its index among all outcomes, last issue fastest; UINT64_MAX where that passes 63 bits. */
uint64_t ent_haggle_index(const ent_haggle_table *table, uint32_t entry);
/* The least k in the party's order with sorted[k] >= value; count where none is. O(log count). */
uint32_t ent_haggle_position(const ent_haggle_side *side, uint32_t count, double value);

#endif
