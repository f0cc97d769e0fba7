/*
 * The inner loops of the sweep: ENT_SWEEP_BLOCK worlds side by side, as the compiler vectorises
 * them. A mask is all ones or zero for each world.
 */
#ifndef ENT_ANSWERS_SWEEP_KERNELS_H
#define ENT_ANSWERS_SWEEP_KERNELS_H

#include <stddef.h>
#include <stdint.h>

enum {
    ENT_SWEEP_BLOCK = 256, /* 16 values * 256 * 4 bytes are two voters' tables in the L1 cache */
    ENT_SWEEP_WIDE = 4,    /* values that the kernel for two voters takes at once */
};

/* Counts of a and b for each listed value, and found where both accept one of them. */
void ent_sweep_count_pair(const float *restrict a, const float *restrict b,
                          const float *restrict need_a, const float *restrict need_b,
                          uint32_t *restrict found, const uint8_t *restrict list, size_t listed,
                          uint32_t *restrict counts);
/* Counts of one voter for four values, taken out of their masks but where free is all ones. */
void ent_sweep_count_four(const float *restrict table, const float *restrict need,
                          const uint8_t *restrict list, const uint32_t *restrict free,
                          uint32_t *restrict mask, uint32_t *restrict counts);
/* Mark the worlds that are left in any of four masks. */
void ent_sweep_mark_found(const uint32_t *restrict mask, uint32_t *restrict found);
/* mask &= yes | free */
void ent_sweep_join(const uint32_t *restrict yes, uint32_t free, uint32_t *restrict mask);
/* One more vote where the member accepts. */
void ent_sweep_add_votes(const uint32_t *restrict yes, uint32_t *restrict votes);
/* Take the worlds with too few votes out of the mask. */
void ent_sweep_join_votes(const uint32_t *restrict votes, uint32_t needed,
                          uint32_t *restrict mask);
/* rest = need - value */
void ent_sweep_subtract(const float *restrict need, const float *restrict value,
                        float *restrict rest);
/* sum += factor * z */
void ent_sweep_add_scaled(const float *restrict z, float factor, float *restrict sum);

/* counts[i] += worlds in which row i of four that lie together reaches the need. */
void ent_sweep_reach_four(const float *restrict rows, const float *restrict need,
                          uint32_t *restrict counts);
/* The worlds in which the row does. */
uint32_t ent_sweep_reach_one(const float *restrict row, const float *restrict need);

#endif
