/*
 * Which tuples of strategies meet on a scenario, and who plays what in each: the design of a
 * tournament. Everything that numbers tuples asks here.
 */
#ifndef ENT_HAGGLE_LINEUP_H
#define ENT_HAGGLE_LINEUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ent_lineup_design {
    /* Every ordered tuple: strategies^parties; the last party's strategy changes fastest. */
    ENT_LINEUP_ALL,
    /*
     * Every strategy in each seat in turn, with one other in all the other seats, and each against
     * itself: parties * s * (s - 1) + s for s strategies. First the s of one strategy, then seat
     * by seat, strategy by strategy, the others' changing fastest. It grows with the parties as a
     * sum and not as a power.
     */
    ENT_LINEUP_PAIRS,
    /* One tuple, in which party p plays strategy p. */
    ENT_LINEUP_OWN
} ent_lineup_design;

/* "all", "pairs", "own". */
extern const char *const ent_lineup_names[];

typedef struct ent_lineup {
    ent_lineup_design design;
    uint32_t strategies, parties;
    uint64_t tuples;
} ent_lineup;

/*
 * Set the lineup of at least one strategy and two parties; false where there are more than `most`
 * tuples. Pairs that are every tuple (of two parties, or of one strategy) become ENT_LINEUP_ALL.
 */
bool ent_lineup_set(ent_lineup_design design, size_t strategies, uint32_t parties, uint64_t most,
                    ent_lineup *lineup);
/* The strategy that the party plays in the tuple. O(parties). */
uint32_t ent_lineup_strategy(const ent_lineup *lineup, uint64_t tuple, uint32_t party);

#endif
