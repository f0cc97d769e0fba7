#include "base/random.h"

#include "base/elementary.h"

#include <math.h>

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wundef"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wcast-qual"
#endif
#include <Random123/philox.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

void ent_random4(ent_key key, uint64_t high, uint64_t low, uint32_t out[4])
{
    philox4x32_ctr_t counter = {
        {(uint32_t)low, (uint32_t)(low >> 32), (uint32_t)high, (uint32_t)(high >> 32)}};
    philox4x32_key_t k = {{key.word[0], key.word[1]}};
    philox4x32_ctr_t r = philox4x32(counter, k);
    for (int i = 0; i < 4; i++) {
        out[i] = r.v[i];
    }
}

ent_key ent_key_of(uint64_t seed, uint64_t stream)
{
    ent_key key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
    uint32_t out[4];
    ent_random4(key, UINT64_C(0x656e74656e746521), stream, out);
    return (ent_key){{out[0], out[1]}};
}

ent_stream ent_stream_of(uint64_t seed, uint64_t stream, uint64_t substream)
{
    return (ent_stream){.key = ent_key_of(seed, stream), .high = substream};
}

uint32_t ent_draw32(ent_stream *s)
{
    if (s->left == 0) {
        ent_random4(s->key, s->high, s->low++, s->buffer);
        s->left = 4;
    }
    return s->buffer[--s->left];
}

double ent_draw_unit(ent_stream *s)
{
    uint32_t high = ent_draw32(s);
    return ent_unit53(high, ent_draw32(s));
}

double ent_draw_exponential(ent_stream *s)
{
    return -ent_log(ent_draw_unit(s));
}

/* Box and Muller, one of the pair: streams are for code where this does not count. */
double ent_draw_normal(ent_stream *s)
{
    double radius = sqrt(2 * ent_draw_exponential(s));
    return radius * ent_cos_turns(ent_draw_unit(s));
}

uint32_t ent_draw_below(ent_stream *s, uint32_t n)
{
    uint32_t reject = (uint32_t)(-n) % n; /* 2^32 mod n */
    uint32_t draw = ent_draw32(s);
    while (draw < reject) {
        draw = ent_draw32(s);
    }
    return draw % n;
}
