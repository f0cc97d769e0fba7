/*
 * Verdicts: does the account force a party to accept or to refuse an outcome? Decided by linear
 * programs on the party's polytope, with the strictness of consistency (a margin above ENT_MARGIN).
 */
#ifndef ENT_ANSWERS_VERDICT_H
#define ENT_ANSWERS_VERDICT_H

#include "answers/deals.h"

/* A judge of one account: rows that are reused between questions. */
typedef struct ent_judge {
    const ent_analysis *analysis;
    const ent_account_worlds *worlds;
    double *form; /* room for the widest party */
} ent_judge;
ent_judge ent_judge_of(ent_arena *arena, const ent_analysis *analysis, size_t account);

/* Is "the party accepts" (or refuses) the outcome consistent with the account? One program. */
bool ent_may(const ent_judge *judge, uint32_t party, const uint64_t *levels, bool accept,
             ent_feasibility *result);

/*
 * The verdict where `count` of `worlds` sampled worlds accept. Worlds on both sides are witnesses
 * of "possible"; only where one side has few or none are programs solved.
 */
ent_verdict ent_judge_party(const ent_judge *judge, uint32_t party, const uint64_t *levels,
                            uint32_t count, uint32_t worlds);

/* A deal from the counts of all parties; judge NULL: without verdicts. Levels are copied. */
ent_deal ent_make_deal(ent_arena *arena, const ent_analysis *analysis, const ent_judge *judge,
                       const uint64_t *levels, const uint32_t *counts);

#endif
