/*
 * When a party accepts, and when votes are enough: what sweeps, searches, tallies and haggling
 * share. In a world a party accepts an outcome iff its value is at least the reservation value, and
 * it keeps to every line of the party (worlds/lines.h).
 */
#ifndef ENT_MODEL_ACCEPTANCE_H
#define ENT_MODEL_ACCEPTANCE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Worlds are kept in float32, so that a tie that the record pins exactly (v == b) would otherwise
 * fall either way; a tie is an acceptance. Values are shares of all that is at stake.
 */
#define ENT_TIE 1e-6F

/* What the value must reach. */
static inline float ent_needed(float reservation)
{
    return reservation - ENT_TIE;
}

static inline bool ent_is_enough(double value, double reservation)
{
    return value >= reservation - (double)ENT_TIE;
}

static inline uint32_t ent_count_bits(uint64_t word)
{
    uint32_t count = 0;
    for (; word != 0; word &= word - 1) {
        count++;
    }
    return count;
}

/* Do those who accept bring the votes that are needed, with none of the vetoes missing? */
static inline bool ent_votes_suffice(uint64_t members, uint64_t vetoes, uint32_t votes,
                                     uint64_t accepting)
{
    return (vetoes & ~accepting) == 0 && ent_count_bits(members & accepting) >= votes;
}

#endif
