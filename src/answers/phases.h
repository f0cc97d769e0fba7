/*
 * Phases: how to part the steps of an exchange so that nobody has to trust much at any time. This
 * is the solver, on bare numbers; plan.h puts cases into it.
 *
 * Party p values step c at gain_c (negative where it performs the step) and keeps kept_c of that if
 * everything stops later. R is the sum of its gains, s(y) the sum of what it keeps of the steps y.
 * A phase goes from y to y + d. Of docs/MODEL.md 5.6 with P = s(y), S = s(y + own part of d),
 * T = s(y + the others' part): since s adds up, P - S is the cost C(d) of p's own part, and
 * (P - S) + (R - T) = R - s(y + d), so that the trust that the phase needs of p is
 *     C(d) / (R - s(y + d)),   1 where that passes 1 or the divisor is not positive;
 * 0 where p has no part of its own in d, whatever it receives: it has nothing to perform.
 * (Kydd, "Trust, Reassurance, and Cooperation", International Organization 54, 2000.)
 */
#ifndef ENT_ANSWERS_PHASES_H
#define ENT_ANSWERS_PHASES_H

#include "base/work.h"

enum {
    ENT_PHASES_EXACT = 16, /* steps up to which the search is complete */
    ENT_PHASES_STEPS = 64, /* steps that can be handled at all */
    ENT_PHASES_PARTIES = 16,
    ENT_PHASES_LANES = 8   /* worlds that are solved side by side */
};

typedef struct ent_exchange {
    uint32_t steps, parties;
    const uint64_t *own; /* [parties] the steps that each performs, as a mask */
    /*
     * [parties] what the solver multiplies the trust that each needs by; NULL: 1. With 1/(the trust
     * there is) a curve value up to 1 says that this trust carries a plan.
     */
    const double *scale;
    /* May things stand like this between phases? NULL: always. Nothing and everything may. */
    bool (*allowed)(void *user, uint64_t done);
    void *user;
    /*
     * Whose end to look for while solving; NULL: nobody's. What is found after it ends is a plan,
     * but no answer.
     */
    const ent_work *work;
} ent_exchange;

static inline bool ent_exchange_stopped(const ent_exchange *x)
{
    return x->work != NULL && ent_stopped(x->work);
}

/* gain and kept: [parties][steps][lanes], the lane moving fastest. */
typedef struct ent_exchange_values {
    const double *gain, *kept;
} ent_exchange_values;

static inline size_t ent_exchange_at(const ent_exchange *x, uint32_t party, uint32_t step)
{
    return ((size_t)party * x->steps + step) * ENT_PHASES_LANES;
}

typedef struct ent_phases ent_phases;

/*
 * Memory and tables for exchanges of this form with at most so many phases (1..steps), for up to
 * ENT_PHASES_EXACT steps. O(2^steps * phases) memory.
 */
ent_phases *ent_phases_create(ent_arena *arena, const ent_exchange *exchange, uint32_t most);
/*
 * Solve all lanes exactly: curve[(k - 1) * lanes + lane] is the least greatest trust with at most
 * k phases. By dynamic programming over pairs of states y within y + d: O(3^steps * phases) for
 * all lanes together.
 */
void ent_phases_solve(ent_phases *phases, const ent_exchange_values *values, double *curve);
/*
 * A plan of at most k phases for lane 0 of the last solve, with the fewest phases that the least
 * greatest trust allows: steps[k] are the steps of each phase. Returns how many.
 * O(2^steps * phases).
 */
uint32_t ent_phases_plan(const ent_phases *phases, uint32_t k, uint64_t *steps);

/* The trust that a phase from y to y + d needs of the party, in lane 0 of the values. */
double ent_phase_trust(const ent_exchange *exchange, const ent_exchange_values *values,
                       uint32_t lane, uint32_t party, uint64_t before, uint64_t phase);
/* What the party loses if the others do nothing in the phase: P - S. */
double ent_phase_exposure(const ent_exchange *exchange, const ent_exchange_values *values,
                          uint32_t lane, uint32_t party, uint64_t phase);

/*
 * The largest first phase (by the sum of its gains to those who do not perform it, lane 0) that
 * needs of no party more than its trust[party]. Exact for up to ENT_PHASES_EXACT steps, otherwise
 * built up step by step. O(2^steps * steps).
 */
uint64_t ent_largest_first_phase(const ent_exchange *exchange, const ent_exchange_values *values,
                                 const double *trust);

/*
 * For more steps than can be searched: orders of the steps, cut into phases at best (O(steps^2 *
 * phases) each), improved by moving one step at a time from several starts. *bound: no plan needs
 * less. Returns the number of phases; curve[k - 1] for k = 1..most.
 */
uint32_t ent_phases_search(ent_arena *arena, const ent_exchange *exchange,
                           const ent_exchange_values *values, uint32_t most, uint64_t seed,
                           double *curve, uint64_t *steps, double *bound);

#endif
