/*
 * The inner loops of the sampler: ENT_LANES chains side by side, one direction for all, so that a
 * row of the polytope costs one product and one comparison a chain. Every loop runs over lanes,
 * no sum crosses lanes and nothing is contracted, so that all machines give the same bits.
 * gcc 12 makes vmulpd/vmaxpd on 512-bit registers of the chord, four of them for 32 lanes.
 */
#include "base/kernel.h"
#include "worlds/sampler_parts.h"

#include <string.h>

enum { L = ENT_LANES };

/* Unknowns stay above this, so that the splits of an issue that hardly counts stay defined. */
#define FLOOR 1e-18

/* Salmon et al. 2011, table 2 and section 4.3: ten rounds; the same words as ent_random4. */
ENT_KERNEL void ent_lanes_random(ent_key key, uint32_t purpose, uint32_t chain, uint64_t index,
                                 uint32_t *restrict out)
{
    uint32_t a[L], b[L], c[L], d[L];
    for (uint32_t l = 0; l < L; l++) {
        a[l] = (uint32_t)index;
        b[l] = (uint32_t)(index >> 32);
        c[l] = chain + l;
        d[l] = purpose;
    }
    uint32_t k0 = key.word[0], k1 = key.word[1];
    for (int round = 0; round < 10; round++) {
        for (uint32_t l = 0; l < L; l++) {
            uint64_t p = (uint64_t)a[l] * 0xD2511F53u;
            uint64_t q = (uint64_t)c[l] * 0xCD9E8D57u;
            a[l] = (uint32_t)(q >> 32) ^ b[l] ^ k0;
            b[l] = (uint32_t)q;
            c[l] = (uint32_t)(p >> 32) ^ d[l] ^ k1;
            d[l] = (uint32_t)p;
        }
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    memcpy(out, a, sizeof a);
    memcpy(out + L, b, sizeof b);
    memcpy(out + 2 * L, c, sizeof c);
    memcpy(out + 3 * L, d, sizeof d);
}

static inline double unit(uint32_t bits)
{
    return ((double)bits + 0.5) * 0x1p-32;
}

/*
 * Natural logarithm of a positive normal number, to 1e-12: the exponent by the bits, the mantissa
 * m in [1/sqrt 2, sqrt 2) by 2 artanh((m - 1)/(m + 1)). Unlike the C library's it vectorises.
 */
static inline double lane_log(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    uint64_t biased = (bits >> 52) | UINT64_C(0x4330000000000000); /* 2^52 + exponent + 1023 */
    uint64_t mantissa = (bits & UINT64_C(0x000fffffffffffff)) | UINT64_C(0x3ff0000000000000);
    double e, m;
    memcpy(&e, &biased, sizeof e);
    memcpy(&m, &mantissa, sizeof m);
    e -= 0x1p52 + 1023;
    bool above = m > 1.4142135623730951;
    m = above ? 0.5 * m : m;
    e = above ? e + 1 : e;
    double f = (m - 1) / (m + 1), s = f * f;
    double series = 1.0 / 13;
    series = series * s + 1.0 / 11;
    series = series * s + 1.0 / 9;
    series = series * s + 1.0 / 7;
    series = series * s + 1.0 / 5;
    series = series * s + 1.0 / 3;
    series = series * s + 1;
    return e * 0.6931471805599453 + 2 * f * series;
}

ENT_KERNEL void ent_lanes_exponential(const uint32_t *restrict bits, double *restrict out)
{
    for (uint32_t l = 0; l < L; l++) {
        out[l] = -lane_log(unit(bits[l]));
    }
}

ENT_KERNEL void ent_lanes_level(const uint32_t *restrict bits, double *restrict out)
{
    for (uint32_t l = 0; l < L; l++) {
        out[l] = 1 / unit(bits[l]);
    }
}

/* near = least of state / |rate| over the rows [from, to), two at a time to save loads of near. */
static inline void lane_nearest(const ent_chain_move *move, uint32_t from, uint32_t to,
                                const double *restrict state, double *restrict near)
{
    uint32_t i = from;
    for (; i + 2 <= to; i += 2) {
        const double *restrict s = state + (size_t)move->row[i] * L;
        const double *restrict z = state + (size_t)move->row[i + 1] * L;
        double u = move->inverse[i], v = move->inverse[i + 1];
        for (uint32_t l = 0; l < L; l++) {
            double p = s[l] * u, q = z[l] * v;
            double least = p < q ? p : q;
            near[l] = least < near[l] ? least : near[l];
        }
    }
    for (; i < to; i++) {
        const double *restrict s = state + (size_t)move->row[i] * L;
        double u = move->inverse[i];
        for (uint32_t l = 0; l < L; l++) {
            double p = s[l] * u;
            near[l] = p < near[l] ? p : near[l];
        }
    }
}

ENT_KERNEL void ent_lanes_chord(const ent_chain_move *move, const double *restrict state,
                                double *restrict low, double *restrict high)
{
    double lo[L], hi[L];
    for (uint32_t l = 0; l < L; l++) {
        lo[l] = 1e9;
        hi[l] = 1e9;
    }
    lane_nearest(move, 0, move->up, state, lo);
    lane_nearest(move, move->up, move->up + move->down, state, hi);
    for (uint32_t l = 0; l < L; l++) {
        lo[l] = -lo[l];
    }
    for (uint32_t l = 0; l < L; l++) {
        low[l] = lo[l] < 0 ? lo[l] : 0;
        high[l] = hi[l] > 0 ? hi[l] : 0;
    }
}

ENT_KERNEL void ent_lanes_uniform(const uint32_t *restrict bits, const double *restrict low,
                                  const double *restrict high, double *restrict t)
{
    for (uint32_t l = 0; l < L; l++) {
        t[l] = low[l] + unit(bits[l]) * (high[l] - low[l]);
    }
}

ENT_KERNEL void ent_lanes_advance(const ent_chain_move *move, uint32_t k, double *restrict state,
                                  const double *restrict t)
{
    uint32_t count = move->up + move->down + move->rest;
    for (uint32_t i = 0; i < count; i++) {
        double *restrict s = state + (size_t)move->row[i] * L;
        double rate = move->rate[i];
        for (uint32_t l = 0; l < L; l++) {
            s[l] += rate * t[l];
        }
        if (move->row[i] < k) {
            for (uint32_t l = 0; l < L; l++) {
                s[l] = s[l] > FLOOR ? s[l] : FLOOR;
            }
        }
    }
}

ENT_KERNEL void ent_lanes_weights(const ent_frame *frame, const ent_chain_move *move,
                                  const double *restrict state, double *restrict weight)
{
    for (uint32_t i = 0; i < move->sliced; i++) {
        double sum[L] = {0};
        uint32_t g = move->group[i];
        for (uint32_t c = frame->group_start[g]; c < frame->group_start[g + 1]; c++) {
            for (uint32_t l = 0; l < L; l++) {
                sum[l] += state[(size_t)c * L + l];
            }
        }
        for (uint32_t l = 0; l < L; l++) {
            weight[(size_t)i * L + l] = move->change[i] / sum[l];
        }
    }
}

/*
 * By how much the density falls from t = 0 to t: the product over the groups of
 * (1 + t w)^(m - 1). Exponents descend, so the product of the groups so far is multiplied in as
 * often as the exponent drops: no logarithm and no power.
 */
static inline void density_fall(const ent_chain_move *move, const double *restrict weight,
                                const double *restrict t, double *restrict fall)
{
    double product[L];
    for (uint32_t l = 0; l < L; l++) {
        fall[l] = 1;
        product[l] = 1;
    }
    for (uint32_t i = 0; i < move->sliced; i++) {
        const double *restrict w = weight + (size_t)i * L;
        for (uint32_t l = 0; l < L; l++) {
            double ratio = 1 + t[l] * w[l];
            product[l] *= ratio > FLOOR ? ratio : FLOOR;
        }
        uint32_t next = i + 1 < move->sliced ? move->exponent[i + 1] : 0;
        for (uint32_t drop = move->exponent[i]; drop > next; drop--) {
            for (uint32_t l = 0; l < L; l++) {
                fall[l] *= product[l];
            }
        }
    }
}

ENT_KERNEL bool ent_lanes_slice(const ent_chain_move *move, const double *restrict weight,
                                const uint32_t *restrict bits, ent_slicing *restrict slice)
{
    double t[L], fall[L];
    for (uint32_t l = 0; l < L; l++) {
        t[l] = slice->low[l] + unit(bits[l]) * (slice->high[l] - slice->low[l]);
    }
    density_fall(move, weight, t, fall);
    uint64_t any = 0;
    for (uint32_t l = 0; l < L; l++) {
        uint64_t above = fall[l] <= slice->level[l] ? ~UINT64_C(0) : 0;
        uint64_t take = above & slice->open[l];
        slice->t[l] = take != 0 ? t[l] : slice->t[l];
        slice->open[l] &= ~above;
        slice->low[l] = t[l] < 0 ? t[l] : slice->low[l];
        slice->high[l] = t[l] < 0 ? slice->high[l] : t[l];
        any |= slice->open[l];
    }
    return any == 0;
}

/* sum over the unknowns of [from, to) of coefficient * state, for each lane. */
static inline void lane_dot(const double *restrict coefficient, uint32_t from, uint32_t to,
                            const double *restrict state, double *restrict sum)
{
    for (uint32_t l = 0; l < L; l++) {
        sum[l] = 0;
    }
    for (uint32_t c = from; c < to; c++) {
        double a = coefficient[c];
        if (a != 0) {
            for (uint32_t l = 0; l < L; l++) {
                sum[l] += a * state[(size_t)c * L + l];
            }
        }
    }
}

/* The sum of a group's unknowns and its inverse. */
static inline void lane_importance(const uint32_t range[2], const double *restrict state,
                                   double *restrict sum, double *restrict inverse)
{
    for (uint32_t l = 0; l < L; l++) {
        sum[l] = 0;
    }
    for (uint32_t c = range[0]; c < range[1]; c++) {
        for (uint32_t l = 0; l < L; l++) {
            sum[l] += state[(size_t)c * L + l];
        }
    }
    for (uint32_t l = 0; l < L; l++) {
        inverse[l] = 1 / sum[l];
    }
}

/*
 * The nearest row in each direction as a fraction near / rate, compared by cross products: a
 * division for each row would cost more than everything else.
 */
typedef struct fraction {
    double near[L], rate[L];
} fraction;

/* Narrow by slack + t rate >= 0: down bounds t from below, up from above. */
static inline void lane_narrow(const double *restrict slack, const double *restrict rate,
                               fraction *restrict down, fraction *restrict up)
{
    for (uint32_t l = 0; l < L; l++) {
        double s = slack[l] > 0 ? slack[l] : 0;
        double r = rate[l] > 1e-15 ? rate[l] : 0, m = rate[l] < -1e-15 ? -rate[l] : 0;
        bool lower = s * down->rate[l] < down->near[l] * r;
        bool upper = s * up->rate[l] < up->near[l] * m;
        down->near[l] = lower ? s : down->near[l];
        down->rate[l] = lower ? r : down->rate[l];
        up->near[l] = upper ? s : up->near[l];
        up->rate[l] = upper ? m : up->rate[l];
    }
}

static inline void lane_scale(const uint32_t range[2], const double *restrict factor,
                              double *restrict state)
{
    for (uint32_t c = range[0]; c < range[1]; c++) {
        for (uint32_t l = 0; l < L; l++) {
            double z = state[(size_t)c * L + l] * factor[l];
            state[(size_t)c * L + l] = z > FLOOR ? z : FLOOR;
        }
    }
}

ENT_KERNEL void ent_lanes_shift(const ent_frame *frame, const ent_chain_shift *shift,
                                const uint32_t *restrict bits, double *restrict state,
                                double *restrict rate)
{
    double vg[L], vh[L], t[L];
    fraction down, up;
    double *restrict slack = state + (size_t)frame->n * L;
    lane_importance(shift->g, state, down.near, vg);
    lane_importance(shift->h, state, up.near, vh);
    for (uint32_t l = 0; l < L; l++) {
        down.rate[l] = 1;
        up.rate[l] = 1;
    }
    for (uint32_t i = 0; i < shift->row_count; i++) {
        const double *a = frame->row + (size_t)shift->rows[i] * frame->n;
        double *restrict r = rate + (size_t)i * L;
        double rg[L], rh[L];
        lane_dot(a, shift->g[0], shift->g[1], state, rg);
        lane_dot(a, shift->h[0], shift->h[1], state, rh);
        for (uint32_t l = 0; l < L; l++) {
            r[l] = rg[l] * vg[l] - rh[l] * vh[l];
        }
        lane_narrow(slack + (size_t)shift->rows[i] * L, r, &down, &up);
    }
    for (uint32_t l = 0; l < L; l++) {
        double low = -down.near[l] / down.rate[l], high = up.near[l] / up.rate[l];
        t[l] = low + unit(bits[l]) * (high - low);
    }
    for (uint32_t i = 0; i < shift->row_count; i++) {
        double *restrict s = slack + (size_t)shift->rows[i] * L;
        for (uint32_t l = 0; l < L; l++) {
            s[l] += t[l] * rate[(size_t)i * L + l];
        }
    }
    for (uint32_t l = 0; l < L; l++) {
        vg[l] = 1 + t[l] * vg[l];
        vh[l] = 1 - t[l] * vh[l];
    }
    lane_scale(shift->g, vg, state);
    lane_scale(shift->h, vh, state);
}

ENT_KERNEL void ent_lanes_form(const double *restrict a, const double *restrict center, uint32_t n,
                               const double *restrict state, double *restrict out)
{
    double sum[L] = {0};
    for (uint32_t c = 0; c < n; c++) {
        if (a[c] == 0) { /* most of a row that speaks of few components; a 0 adds nothing */
            continue;
        }
        double from = center != NULL ? center[c] : 0;
        for (uint32_t l = 0; l < L; l++) {
            sum[l] += a[c] * (state[(size_t)c * L + l] - from);
        }
    }
    memcpy(out, sum, sizeof sum);
}

ENT_KERNEL void ent_lanes_settle(const ent_frame *frame, double *restrict state)
{
    uint32_t n = frame->n;
    for (uint32_t i = 0; i < frame->equals; i++) {
        const double *e = frame->equal + (size_t)i * n;
        double off[L];
        ent_lanes_form(e, NULL, n, state, off);
        for (uint32_t c = 0; c < n; c++) {
            for (uint32_t l = 0; l < L; l++) {
                state[(size_t)c * L + l] += (frame->value[i] - off[l]) * e[c];
            }
        }
    }
    for (uint32_t c = 0; c < frame->k; c++) {
        for (uint32_t l = 0; l < L; l++) {
            double z = state[(size_t)c * L + l];
            state[(size_t)c * L + l] = z > FLOOR || !frame->bounded[c] ? z : FLOOR;
        }
    }
    for (uint32_t i = 0; i < frame->rows; i++) {
        double *restrict slack = state + (size_t)(n + i) * L;
        double form[L];
        ent_lanes_form(frame->row + (size_t)i * n, NULL, n, state, form);
        for (uint32_t l = 0; l < L; l++) {
            slack[l] = form[l] + frame->constant[i];
        }
    }
}
