/*
 * A scenario in whole numbers. Values that the file's decimals make equal must be equal here, and
 * sums of doubles are not: 0.6*0.2 + 0.4*0.8 and 0.6*0.4 + 0.4*0.5 differ by 5e-17.
 */
#ifndef ENT_MODEL_EXACT_H
#define ENT_MODEL_EXACT_H

#include "model/scenario.h"

/*
 * The twin of a scenario: every party's parts, boxes and tables are whole numbers whose sums stay
 * below 2^51, so that no addition rounds, and `scale` brings them to the file's scale by one
 * division. Division keeps the order, and whole numbers that differ stay different, so that every
 * comparison between values, and with the reservation value, is that of the exact fractions.
 *
 * A party whose numbers do not fit (values of 17 digits times weights) gets a table of doubles in
 * the order of its exact values where the outcomes are up to most_ranked; beyond that it keeps its
 * doubles: false in exact[party]. O(levels + boxes + table), with a few divisions of 128 bits each;
 * O(outcomes * log) where outcomes are ranked.
 */
ent_scenario *ent_exact_twin(ent_arena *arena, const ent_scenario *scenario,
                             uint64_t most_ranked, bool *exact);
/*
 * The scenario as it is to be computed with: its twin (262,144 outcomes ranked at most), unless the
 * format's owner adds doubles or it is one already. *all: is every party exact?
 */
const ent_scenario *ent_exactly(ent_arena *arena, const ent_scenario *scenario, bool *all);
/* Are a party's numbers the same in both, bit by bit? */
bool ent_same_numbers(const ent_scenario *a, const ent_scenario *b, uint32_t party);
/*
 * The least whole sum n, of a party whose parts are whole numbers, with n / scale at or above its
 * reservation value; the reservation value itself where that is not finite.
 */
double ent_whole_need(const ent_utility *utility);

#endif
