/* How many outcomes every party finds at least as good as no agreement. */
#ifndef ENT_BARGAIN_COUNT_H
#define ENT_BARGAIN_COUNT_H

#include "bargain/big.h"
#include "base/work.h"
#include "model/scenario.h"

/* All outcomes of the scenario. */
ent_big ent_count_outcomes(const ent_scenario *scenario);

/*
 * Is no sum of the party's values rounded, nor its reservation value but a sum might be it? So
 * where all are whole numbers (of any scale, as in exact.h), or multiples of 2^-20 that are not
 * too large. O(levels).
 */
bool ent_sums_are_exact(const ent_scenario *scenario, uint32_t party);
/* The least sum, before it is divided by the scale, that is as good as no agreement. */
double ent_need_of(const ent_scenario *scenario, uint32_t party);

/*
 * Rational outcomes of additive parties; low and high are equal where the count is exact. At most
 * about `most` outcomes are looked at one by one.
 */
ent_status ent_count_rational(ent_work *work, const ent_scenario *scenario, uint64_t most,
                              ent_big *low, ent_big *high);

#endif
