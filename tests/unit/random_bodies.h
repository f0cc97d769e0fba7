/* Random polytopes, as the tests of the sampler need them. */
#ifndef ENT_RANDOM_BODIES_H
#define ENT_RANDOM_BODIES_H

#include "bodies.h"
#include "worlds/sampler_parts.h"

static inline void prior_draw(ent_stream *r, const body *b, ent_prior prior, double *x)
{
    double importance[MOST], total = 0;
    for (uint32_t g = 0; g < b->stakes.groups; g++) {
        importance[g] = ent_draw_exponential(r);
        total += importance[g];
    }
    double all = 0;
    for (uint32_t g = 0; g < b->stakes.groups; g++) {
        double sum = 0;
        for (uint32_t c = b->start[g]; c < b->start[g + 1]; c++) {
            x[c] = ent_draw_exponential(r);
            sum += x[c];
        }
        for (uint32_t c = b->start[g]; c < b->start[g + 1]; c++) {
            x[c] *= prior == ENT_PRIOR_FLAT ? 1 : importance[g] / total / sum;
            all += x[c];
        }
    }
    for (uint32_t c = 0; c < b->stakes.k; c++) {
        x[c] /= all;
    }
    x[b->stakes.k] = b->stakes.reservation.low + ent_draw_unit(r) *
                     (b->stakes.reservation.high - b->stakes.reservation.low);
}

/* Random rows that a random point of the prior satisfies, with an acceptance that stays low. */
static inline body *random_body(ent_work *work, uint64_t seed, uint32_t rows, double tight)
{
    ent_stream r = ent_stream_of(seed, 1, 0);
    uint32_t sizes[6], groups = 2 + ent_draw_below(&r, 4);
    for (uint32_t g = 0; g < groups; g++) {
        sizes[g] = 1 + ent_draw_below(&r, 4);
    }
    body *b = make_body(work, groups, sizes, -0.2, 0.4);
    prior_draw(&r, b, ENT_PRIOR_IMPORTANCE, b->inside);
    for (uint32_t i = 0; i < rows; i++) {
        double beta = ent_draw_below(&r, 2) == 0 ? 0 : 2 * ent_draw_unit(&r) - 1;
        ent_row *row = add_row(work, b, beta, 0, i % 2 == 0);
        double form = beta * b->inside[b->stakes.k];
        for (uint32_t c = 0; c < b->stakes.k; c++) {
            coefficients(row)[c] = (double)ent_draw_below(&r, 5) / 2 - 1;
            form += row->a[c] * b->inside[c];
        }
        row->gamma = -form + tight * ent_draw_unit(&r) + 1e-3;
    }
    return b;
}

#endif
