/*
 * Consistency by linear programming: is there a point that satisfies a polytope's rows, the strict
 * ones with a margin above ENT_MARGIN? The oracle keeps a factored state between questions, so
 * that adding a row, asking, and taking it back costs a few pivots.
 */
#ifndef ENT_WORLDS_CONSISTENCY_H
#define ENT_WORLDS_CONSISTENCY_H

#include "worlds/polytope.h"

typedef struct ent_oracle ent_oracle;

/* An oracle over the stakes' unknowns with no rows yet, room for any number. */
ent_oracle *ent_oracle_create(ent_arena *arena, const ent_stakes *stakes);

typedef struct ent_feasibility {
    bool consistent;
    /*
     * Least slack of the strict rows at the best point; +inf without any strict row, -inf where
     * the rows that are not strict collide by themselves. Cut off at ENT_GAME_CAP = 4.
     */
    double margin;
    const double *point; /* [k + 1] z then b, strict rows hold by the margin; the oracle's */
    const size_t *core;  /* indices of rows (as given) that already collide; where inconsistent */
    size_t core_count;
} ent_feasibility;

/* Decide the rows. Valid until the next call. Cost: see consistency.c. */
ent_feasibility ent_oracle_decide(ent_oracle *oracle, const ent_row *const *rows, size_t count);

/* An oracle that has decided the polytope's rows, as *found says (NULL: not asked for). */
ent_oracle *ent_oracle_of(ent_arena *arena, const ent_polytope *polytope, ent_feasibility *found);

/*
 * Add rows to those of the last ent_oracle_decide and decide again (a warm start), without
 * changing what the next ent_oracle_with starts from. For verdicts and for growing accounts.
 */
bool ent_oracle_with(ent_oracle *oracle, const ent_row *const *extra, size_t count,
                     ent_feasibility *result);

/* Make the rows of the last ent_oracle_with part of what was decided: an account grows so. */
void ent_oracle_keep(ent_oracle *oracle);

/*
 * The least and greatest of a linear form (a, beta, gamma as in a row) over the closed polytope
 * of the last consistent ent_oracle_decide.
 */
ent_interval ent_oracle_range(ent_oracle *oracle, const double *a, double beta, double gamma);

/*
 * A point of the relative interior of the last consistent ent_oracle_decide's polytope, far from
 * all rows that are not equalities in disguise: point[k + 1]. At most one program for each row.
 */
void ent_oracle_inside(ent_oracle *oracle, double *point);

/* Linear programs solved so far. */
uint64_t ent_oracle_count(const ent_oracle *oracle);

#endif
