/*
 * Counter-based randomness: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers:
 * as easy as 1, 2, 3", SC 2011). A draw is a function of (key, counter) alone, so that no result
 * depends on how work is spread over threads or machines.
 */
#ifndef ENT_BASE_RANDOM_H
#define ENT_BASE_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

typedef struct ent_key {
    uint32_t word[2];
} ent_key;

/* A key for a purpose: the user's seed mixed with a stream number (account, party, block...). */
ent_key ent_key_of(uint64_t seed, uint64_t stream);

/* Four independent uniform 32-bit words at the counter. */
void ent_random4(ent_key key, uint64_t high, uint64_t low, uint32_t out[4]);

/* Uniform in the open interval (0, 1), from 32 or 53 bits; never 0 and never 1. */
static inline double ent_unit32(uint32_t bits)
{
    return ((double)bits + 0.5) * 0x1p-32;
}
static inline double ent_unit53(uint32_t high, uint32_t low)
{
    uint64_t bits = ((uint64_t)high << 32 | low) >> 11;
    return ((double)bits + 0.5) * 0x1p-53;
}

/* A stream for serial code: the counter with a cursor. */
typedef struct ent_stream {
    ent_key key;
    uint64_t high, low;
    uint32_t buffer[4];
    unsigned left;
} ent_stream;

ent_stream ent_stream_of(uint64_t seed, uint64_t stream, uint64_t substream);
/* Was nothing drawn yet? */
static inline bool ent_stream_is_fresh(const ent_stream *stream)
{
    return stream->low == 0;
}
uint32_t ent_draw32(ent_stream *stream);
double ent_draw_unit(ent_stream *stream);
/* Standard exponential and normal. */
double ent_draw_exponential(ent_stream *stream);
double ent_draw_normal(ent_stream *stream);
/* Uniform on 0..n-1 without bias; n > 0. */
uint32_t ent_draw_below(ent_stream *stream, uint32_t n);

#endif
