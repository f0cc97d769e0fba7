/*
 * Maxima of vectors: which value vectors no other one dominates.
 *
 * A vector dominates another if it is at least as large in every coordinate; equal vectors count
 * once. All comparisons are exact, on the doubles as they are.
 */
#ifndef ENT_BARGAIN_MAXIMA_H
#define ENT_BARGAIN_MAXIMA_H

#include "base/work.h"

enum { ENT_MOST_PARTIES = 20 };

/*
 * A sieve takes vectors in falling lexicographic order and admits those that none before has
 * dominated; with that order no later vector can dominate an earlier one. A vector costs O(1) for
 * one or two coordinates, O(log n) for three, and what a forest of k-d trees costs beyond.
 */
typedef struct ent_sieve ent_sieve;
ent_sieve *ent_sieve_create(ent_arena *arena, uint32_t coordinates);
bool ent_sieve_admit(ent_sieve *sieve, const double *vector);
/* Empty it; memory is kept for what comes. */
void ent_sieve_clear(ent_sieve *sieve);

/* The set of steps (y falling, z rising) that three-dimensional sieves keep. */
typedef struct ent_stair ent_stair;
ent_stair *ent_stair_create(ent_arena *arena);
bool ent_stair_admit(ent_stair *stair, double y, double z);
void ent_stair_clear(ent_stair *stair);

/* Points in any number of dimensions, asked whether one of them dominates a vector. */
typedef struct ent_forest ent_forest;
ent_forest *ent_forest_create(ent_arena *arena, uint32_t coordinates);
void ent_forest_add(ent_forest *forest, const double *vector);
bool ent_forest_dominates(const ent_forest *forest, const double *vector);
void ent_forest_clear(ent_forest *forest);

/* Falling lexicographic order: negative where a comes first. */
int ent_vector_order(const double *a, const double *b, uint32_t coordinates);

/* What stands for a vector (an outcome's number, ...) while it is sorted. */
typedef struct ent_tagged {
    const double *vector;
    uint64_t tag;
} ent_tagged;
/* Sort by falling vector, then by rising tag. O(n log n), in place, no recursion on bad input. */
void ent_sort_tagged(ent_tagged *items, size_t count, uint32_t coordinates);

#endif
