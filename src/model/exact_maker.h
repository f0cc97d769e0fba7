/* What exact.c and exact_ranks.c share: a party's numbers as whole numbers of up to 128 bits. */
#ifndef ENT_MODEL_EXACT_MAKER_H
#define ENT_MODEL_EXACT_MAKER_H

#include "model/exact.h"
#include "model/decimal.h"

/* A list of numbers: digits[k] * factor / over. */
typedef struct ent_exact_column {
    int64_t *digits;
    size_t count;
    ent_wide factor, over;
} ent_exact_column;

typedef struct ent_exact_maker {
    ent_arena *arena;
    const ent_scenario *s;
    const ent_utility *from;
    ent_exact_column *columns;   /* the additive part's issues, then the boxes, then the table */
    size_t count;
    ent_wide over;     /* the least common multiple of all */
    ent_wide shared;   /* taken out of all whole numbers */
    uint64_t most_ranked; /* outcomes */
} ent_exact_maker;

/*
 * Where whole numbers are too large for exact sums of doubles: a table of all outcomes, of doubles
 * that stand in the order of the exact values and are equal where these are. False where there are
 * too many outcomes, or numbers that pass 128 bits.
 */
bool ent_exact_ranks(const ent_exact_maker *m, ent_utility *to);

#endif
