#include "answers/sweep_kernels.h"

#include "base/kernel.h"

enum { BLOCK = ENT_SWEEP_BLOCK, WIDE = ENT_SWEEP_WIDE };

/* One value in one world: the masks of both voters, all ones or zero, counted and joined. */
#define COUNT_ONE(i)                                                                               \
    do {                                                                                           \
        uint32_t yes_a = a##i[w] >= need_a[w] ? UINT32_MAX : 0;                                    \
        uint32_t yes_b = b##i[w] >= need_b[w] ? UINT32_MAX : 0;                                    \
        sum_a##i -= yes_a;                                                                         \
        sum_b##i -= yes_b;                                                                         \
        any |= yes_a & yes_b;                                                                      \
    } while (0)

/*
 * For each listed value: count the worlds in which a and b accept and mark those in which both do.
 * Four values at a time share the loads of the needs; `listed` is a multiple of four. gcc 12 makes
 * of it with AVX2, for 8 worlds and a value: two vcmpps with a memory operand, two vpsubd, a vpand
 * and a vpor; nothing else but the loop. (With AVX-512 a mask must become a vector before it can be
 * subtracted, and this is a fifth slower on Zen 4.)
 */
ENT_KERNEL_COUNT
void ent_sweep_count_pair(const float *restrict a, const float *restrict b,
                          const float *restrict need_a, const float *restrict need_b,
                          uint32_t *restrict found, const uint8_t *restrict list, size_t listed,
                          uint32_t *restrict counts)
{
    for (size_t i = 0; i < listed; i += WIDE) {
        const float *a0 = a + (size_t)list[i] * BLOCK, *b0 = b + (size_t)list[i] * BLOCK;
        const float *a1 = a + (size_t)list[i + 1] * BLOCK, *b1 = b + (size_t)list[i + 1] * BLOCK;
        const float *a2 = a + (size_t)list[i + 2] * BLOCK, *b2 = b + (size_t)list[i + 2] * BLOCK;
        const float *a3 = a + (size_t)list[i + 3] * BLOCK, *b3 = b + (size_t)list[i + 3] * BLOCK;
        uint32_t sum_a0 = 0, sum_a1 = 0, sum_a2 = 0, sum_a3 = 0;
        uint32_t sum_b0 = 0, sum_b1 = 0, sum_b2 = 0, sum_b3 = 0;
        for (size_t w = 0; w < BLOCK; w++) {
            uint32_t any = found[w];
            COUNT_ONE(0);
            COUNT_ONE(1);
            COUNT_ONE(2);
            COUNT_ONE(3);
            found[w] = any;
        }
        uint32_t *out = counts + 2 * i;
        out[0] = sum_a0, out[1] = sum_b0, out[2] = sum_a1, out[3] = sum_b1;
        out[4] = sum_a2, out[5] = sum_b2, out[6] = sum_a3, out[7] = sum_b3;
    }
}

/* One of four values for one voter: its mask counted, and joined to those of the others. */
#define JOIN_ONE(i)                                                                                \
    do {                                                                                           \
        uint32_t yes = row##i[w] >= need[w] ? UINT32_MAX : 0;                                      \
        sum##i -= yes;                                                                             \
        mask[(i) * BLOCK + w] &= yes | free[i];                                                    \
    } while (0)

/*
 * Count the worlds of one voter that accept each of four values, and take the others out of the
 * values' masks, except where free[value] (all ones: the voter is not asked about it).
 */
ENT_KERNEL_COUNT
void ent_sweep_count_four(const float *restrict table, const float *restrict need,
                          const uint8_t *restrict list, const uint32_t *restrict free,
                          uint32_t *restrict mask, uint32_t *restrict counts)
{
    const float *row0 = table + (size_t)list[0] * BLOCK, *row1 = table + (size_t)list[1] * BLOCK;
    const float *row2 = table + (size_t)list[2] * BLOCK, *row3 = table + (size_t)list[3] * BLOCK;
    uint32_t sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
    for (size_t w = 0; w < BLOCK; w++) {
        JOIN_ONE(0);
        JOIN_ONE(1);
        JOIN_ONE(2);
        JOIN_ONE(3);
    }
    counts[0] = sum0, counts[1] = sum1, counts[2] = sum2, counts[3] = sum3;
}

/* Mark the worlds that are left in any of four masks. */
ENT_KERNEL_COUNT
void ent_sweep_mark_found(const uint32_t *restrict mask, uint32_t *restrict found)
{
    for (size_t w = 0; w < BLOCK; w++) {
        found[w] |= mask[w] | mask[BLOCK + w] | mask[2 * BLOCK + w] | mask[3 * BLOCK + w];
    }
}

ENT_KERNEL
void ent_sweep_join(const uint32_t *restrict yes, uint32_t free, uint32_t *restrict mask)
{
    for (size_t w = 0; w < BLOCK; w++) {
        mask[w] &= yes[w] | free;
    }
}

/* A mask is all ones, minus one, where the member accepts. */
ENT_KERNEL
void ent_sweep_add_votes(const uint32_t *restrict yes, uint32_t *restrict votes)
{
    for (size_t w = 0; w < BLOCK; w++) {
        votes[w] -= yes[w];
    }
}

ENT_KERNEL
void ent_sweep_join_votes(const uint32_t *restrict votes, uint32_t needed,
                          uint32_t *restrict mask)
{
    for (size_t w = 0; w < BLOCK; w++) {
        mask[w] &= votes[w] >= needed ? UINT32_MAX : 0;
    }
}

ENT_KERNEL
void ent_sweep_subtract(const float *restrict need, const float *restrict value,
                        float *restrict rest)
{
    for (size_t w = 0; w < BLOCK; w++) {
        rest[w] = need[w] - value[w];
    }
}

ENT_KERNEL
void ent_sweep_add_scaled(const float *restrict z, float factor, float *restrict sum)
{
    for (size_t w = 0; w < BLOCK; w++) {
        sum[w] += factor * z[w];
    }
}

/* All ones, minus one, where it is reached: a comparison and a subtraction of its mask. */
#define REACHED(row, need) ((row) >= (need) ? UINT32_MAX : 0)

/* Worlds that reach the need, for four values whose rows lie together. */
ENT_KERNEL_COUNT void ent_sweep_reach_four(const float *restrict rows,
                                           const float *restrict need, uint32_t *restrict counts)
{
    uint32_t a = 0, b = 0, c = 0, d = 0;
    for (size_t w = 0; w < BLOCK; w++) {
        a -= REACHED(rows[w], need[w]);
        b -= REACHED(rows[BLOCK + w], need[w]);
        c -= REACHED(rows[2 * BLOCK + w], need[w]);
        d -= REACHED(rows[3 * BLOCK + w], need[w]);
    }
    counts[0] += a, counts[1] += b, counts[2] += c, counts[3] += d;
}

ENT_KERNEL_COUNT uint32_t ent_sweep_reach_one(const float *restrict row,
                                              const float *restrict need)
{
    uint32_t count = 0;
    for (size_t w = 0; w < BLOCK; w++) {
        count -= REACHED(row[w], need[w]);
    }
    return count;
}
