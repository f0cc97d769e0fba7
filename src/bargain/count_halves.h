/* Counting rational outcomes by sums over two halves of the issues, see count_halves.c. */
#ifndef ENT_BARGAIN_COUNT_HALVES_H
#define ENT_BARGAIN_COUNT_HALVES_H

#include "bargain/big.h"
#include "base/work.h"
#include "model/scenario.h"

/*
 * Narrow low..high, which must hold the true count, for additive parties of whom at most two have
 * a need (-inf: none): need[parties] is the sum that is as good as no agreement, and rounding
 * cannot move a sum by margin[parties]. Nothing happens where the halves are too large.
 */
void ent_count_by_halves(ent_work *work, const ent_scenario *scenario, const double *need,
                         const double *margin, ent_big *low, ent_big *high);

#endif
