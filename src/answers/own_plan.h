/*
 * What matters to each voter alone. A party's answer to an outcome depends only on the issues in
 * which it has a stake, those that its lines name, and those that make it asked: its *own* issues,
 * and an outcome of these alone is an *own outcome*. Where parties are many and each has few own
 * issues, their own outcomes together are far fewer than the outcomes of all issues, and a search
 * over all issues costs what issues have in common (bucket elimination: Dechter, "Bucket
 * elimination: a unifying framework for reasoning", Artificial Intelligence 113, 1999).
 *
 * The digits of all issues have an order here, the same for all voters, in which one voter after
 * another has all of its own issues fixed.
 */
#ifndef ENT_ANSWERS_OWN_PLAN_H
#define ENT_ANSWERS_OWN_PLAN_H

#include "answers/sweep_plan.h"

/* One voter. Its own digits fixed so far, in their order, are a *beginning* of its own outcome. */
typedef struct ent_own {
    size_t *digit;   /* [count] of the plan's digits, ascending */
    size_t count;
    uint64_t *size;  /* [count + 1] beginnings of so many digits; the last: own outcomes */
    uint8_t *keeps;  /* [own outcomes] 0 where it crosses a line of the voter; NULL: nowhere */
    uint8_t *free;   /* [own outcomes] 1 where it is not asked; NULL: asked about every one */
    bool silent;     /* never asked for itself */
} ent_own;

/* A voter for which the digit is the `depth`-th own one. */
typedef struct ent_own_turn {
    uint32_t voter;
    size_t depth;
} ent_own_turn;

typedef struct ent_own_plan {
    const ent_space *space;
    const ent_voters *voters;
    ent_digit *digits; /* [digit_count] in the order of the walk */
    size_t digit_count;
    ent_own *own;        /* [voters] */
    ent_own_turn *turns; /* of digit d: turns[turn[d]] to turns[turn[d + 1] - 1] */
    size_t *turn;        /* [digits + 1] */
    uint64_t outcomes;   /* own outcomes of all voters together */
} ent_own_plan;

/*
 * False where the voters have more than `most` own outcomes together. stride: of a grid of which
 * the digits are, or NULL for the whole space. O(voters * issues^2 + most * issues).
 */
bool ent_own_plan_of(ent_arena *arena, const ent_space *space, const uint64_t *stride,
                     const ent_voters *voters, uint64_t most, ent_own_plan *plan);

#endif
