/*
 * Priorities (docs/MODEL.md 5.12): what is known of what matters to whom. Bounds are exact, by
 * linear programs over the closed polytope, as necessary relations are in robust ordinal regression
 * (Greco, Mousseau, Slowinski, 2008); middles are of the worlds that were drawn.
 */
#ifndef ENT_ANSWERS_PRIORITIES_H
#define ENT_ANSWERS_PRIORITIES_H

#include "answers/analysis.h"

typedef struct ent_priority {
    uint32_t issue;
    ent_interval importance; /* least and greatest that the account allows */
    double middle;           /* median of the worlds */
    ent_interval most;       /* eight worlds of ten lie within */
    /* Best and worst rank: 1 + issues necessarily above, n - issues necessarily below. */
    uint32_t best_rank, worst_rank;
    bool unpriced; /* no believed row touches its components, but as what was left open */
} ent_priority;

typedef struct ent_priorities {
    uint32_t party;
    const ent_priority *at; /* by issue */
    size_t count;           /* issues in which the party has a stake */
} ent_priorities;

/*
 * One entry for each party: [parties]. Issue i is necessarily above j where its importance is at
 * least j's at every point of the polytope and more at some. Two linear programs for an issue and
 * one or two for each two issues.
 */
const ent_priorities *ent_answer_priorities(ent_work *work, const ent_analysis *analysis,
                                            size_t account);

/* The issues that nothing the account believes puts a price on for the party: [issues]. */
const bool *ent_unpriced_issues(ent_arena *arena, const ent_analysis *analysis, size_t account,
                                uint32_t party);

#endif
