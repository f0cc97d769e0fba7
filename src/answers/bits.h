/*
 * Acceptance as rows of bits: bit w of a party's row is set where it accepts the package in world
 * w, bit w of a joint row where all that the package asks accept it in the w-th worlds of all.
 * Counts of worlds that meet several conditions are then ANDs and popcounts.
 *
 * The same as answers/accept.h says world by world, lines included, which a test holds.
 */
#ifndef ENT_ANSWERS_BITS_H
#define ENT_ANSWERS_BITS_H

#include "answers/tally.h"

/* Whose rows, over which worlds. */
typedef struct ent_bits {
    const ent_analysis *analysis;
    size_t account;
    uint32_t worlds;
    size_t words;      /* of 64 worlds each; bits from `worlds` on are 0 */
    ent_voters voters; /* those whose acceptance may be needed */
} ent_bits;

ent_bits ent_bits_of(ent_arena *arena, const ent_analysis *analysis, size_t account);

/*
 * The voter's rows of some packages: levels[count][issues] to rows[count][words]. Packages in the
 * order of a grid share the sums over the issues that they have in common, so that a package costs
 * little more than one addition and one comparison a world. Threads share the worlds.
 */
void ent_fill_rows(ent_work *work, const ent_bits *bits, size_t voter, const uint64_t *levels,
                   size_t count, uint64_t *rows);
/* Where all that the package asks accept it, councils included: rows[voters] to joint[words]. */
void ent_join_rows(const ent_bits *bits, const uint64_t *levels, const uint64_t *const *rows,
                   uint64_t *joint);

/* The worlds of one word of the members' rows in which at least so many of them accept. */
uint64_t ent_enough_votes(const uint64_t *const *members, size_t count, uint32_t votes,
                          size_t word);
/*
 * The worlds in which the worth is at least the need, as bits, and how many they are; lanes is a
 * multiple of 64.
 */
uint32_t ent_mark_row(const float *worth, const float *need, uint32_t lanes, uint64_t *row);

/* Bits set in a row; in both rows; in the row but not in what is covered. */
uint32_t ent_count_row(const uint64_t *row, size_t words);
uint32_t ent_count_both(const uint64_t *a, const uint64_t *b, size_t words);
uint32_t ent_count_beyond(const uint64_t *row, const uint64_t *covered, size_t words);
/* Is every bit of the row set in the other? */
bool ent_row_within(const uint64_t *row, const uint64_t *other, size_t words);

#endif
