/*
 * Maximum coverage: of some rows of bits the k whose union holds the most bits. Greedy is within
 * 1 - (1 - 1/k)^k > 1 - 1/e of the best (Nemhauser, Wolsey, Fisher, "An analysis of approximations
 * for maximizing submodular set functions", 1978); branch and bound, with the sum of the greatest
 * gains left as its bound, proves the best where it ends.
 */
#ifndef ENT_ANSWERS_COVER_H
#define ENT_ANSWERS_COVER_H

#include "base/work.h"

enum { ENT_COVER_MOST = 5 };

typedef struct ent_rows_of_bits {
    const uint64_t *at; /* [count][words] */
    size_t count, words;
} ent_rows_of_bits;

typedef struct ent_cover {
    size_t chosen[ENT_COVER_MOST]; /* ascending */
    size_t count;     /* fewer than asked where no more rows add anything */
    uint32_t covered; /* bits of the union */
    bool proved;      /* no choice of so many rows covers more */
} ent_cover;

/*
 * The rows that no other holds (of equal ones the first), by number of bits, most first; ties by
 * index. kept[count] of them: *kept_count. O(count * kept) comparisons that end early as a rule.
 */
void ent_keep_greatest(ent_arena *arena, const ent_rows_of_bits *rows, size_t *kept,
                       size_t *kept_count);

/*
 * The best choices of 1, 2, ... most rows: cover[most]. `budget` words are looked at in each branch
 * and bound at most, so that a result does not hang on the clock. ENT_CANCELLED when asked to stop.
 */
ent_status ent_cover_best(ent_work *work, const ent_rows_of_bits *rows, size_t most,
                          uint64_t budget, ent_cover *cover);

#endif
