/*
 * Deadlines in seconds. Each turn of a party moves the clock of its negotiation on by what it
 * costs: so many seconds as are stated for its strategy, the same always or drawn evenly from a
 * range by the run's number and the seed alone, so that a run is the same wherever it is done; or,
 * of a strategy from outside that is said to be `real`, what its answers took in fact, which no two
 * runs have in common.
 *
 * An action is one whose turn ends by the deadline; a turn that is through later comes to nothing.
 * With `overtime` a round that has begun before the deadline is played to its end instead. A turn
 * that takes more than the step limit ends the talks without a deal.
 */
#ifndef ENT_HAGGLE_CLOCK_H
#define ENT_HAGGLE_CLOCK_H

#include "haggle/negotiation.h"

/* Seconds that may be asked for, and that a turn takes where nobody says what. */
#define ENT_CLOCK_MOST 1e9
#define ENT_CLOCK_USUAL_COST 0.01

/* Do the rules know seconds at all? */
bool ent_has_clock(const ent_haggle_rules *rules);
/* Read `0.01`, `0.01-0.05` (drawn evenly), or `real` where that may be: false where it is none. */
bool ent_read_turn_cost(const char *text, bool may_be_real, ent_turn_cost *cost);
/*
 * At most so many rounds can be begun by the deadline in seconds, ENT_HAGGLE_ROUNDS at most; where
 * a turn may take no time at all, or as long as it likes, that many.
 */
uint32_t ent_clock_rounds(const ent_haggle_rules *rules, const ent_chosen_strategy *chosen,
                          size_t count);

/* ---- What protocols ask ---------------------------------------------------------------------- */

void ent_clock_begin(ent_negotiation *n, uint64_t run);
/* The round begins: false where the deadline has passed, and the talks are over. */
bool ent_clock_round(ent_negotiation *n, uint32_t round);
/* The party's turn begins, on a simulated clock with its cost: false where the talks are over. */
bool ent_clock_turn(ent_negotiation *n, ent_haggler *h);
/* The mediator's, who takes what the rules say of all. */
bool ent_clock_mediator(ent_negotiation *n, uint32_t round);
/* Rounds that the party may expect to have a turn in, this one among them. O(1). */
uint32_t ent_clock_left(const ent_negotiation *n, const ent_haggler *h);

/* Now, where what this party takes is timed; negative otherwise. */
double ent_clock_watch(const ent_negotiation *n, const ent_haggler *h);
/* Seconds since then; 0 where nobody watches. */
double ent_clock_elapsed(double watch);
/* It took so long, and so long since then: false where the talks are over. */
bool ent_clock_charge(ent_negotiation *n, const ent_haggler *h, double seconds);
bool ent_clock_since(ent_negotiation *n, const ent_haggler *h, double watch);

#endif
