/* Polytopes made by hand, and what every set of worlds must satisfy. */
#ifndef ENT_BODIES_H
#define ENT_BODIES_H

#include "unit.h"

#include "worlds/sampler.h"

enum { MOST = 128 };

/* A polytope under construction. */
typedef struct body {
    ent_stakes stakes;
    uint32_t start[MOST];
    uint32_t component[MOST];
    int8_t sign[MOST];
    ent_row rows[1024];
    ent_polytope polytope;
    double inside[MOST];
} body;

/* groups issues with the given sizes, b in [low, high]. */
static inline body *make_body(ent_work *work, uint32_t groups, const uint32_t *sizes, double low,
                       double high)
{
    body *b = ent_alloc(work->arena, 1, body);
    for (uint32_t g = 0; g < groups; g++) {
        b->start[g + 1] = b->start[g] + sizes[g];
    }
    b->stakes = (ent_stakes){.k = b->start[groups], .component = b->component, .sign = b->sign,
                             .groups = groups, .group_start = b->start,
                             .reservation = {low, high}};
    b->polytope = (ent_polytope){&b->stakes, b->rows, 0};
    return b;
}

static inline ent_row *add_row(ent_work *work, body *b, double beta, double gamma, bool strict)
{
    ent_row *row = &b->rows[b->polytope.row_count++];
    *row = (ent_row){ent_alloc(work->arena, b->stakes.k + 1, double), beta, gamma, strict,
                     ENT_NONE, 0};
    return row;
}

static inline double *coefficients(ent_row *row)
{
    return (double *)(uintptr_t)row->a;
}

/* low <= importance(group) <= high */
static inline void weigh(ent_work *work, body *b, uint32_t group, double low, double high)
{
    double *least = coefficients(add_row(work, b, 0, -low, false));
    double *most = coefficients(add_row(work, b, 0, high, false));
    for (uint32_t c = b->start[group]; c < b->start[group + 1]; c++) {
        least[c] = 1;
        most[c] = -1;
    }
}

static inline ent_world_set sample(ent_work *work, const body *b, uint32_t worlds, ent_prior prior,
                            const double *start)
{
    ent_world_set set;
    ent_sampling sampling = {.worlds = worlds, .seed = 7, .stream = 3, .prior = prior,
                             .start = start};
    assert_int_equal(ent_draw_worlds(work, &b->polytope, &sampling, &set), ENT_OK);
    assert_int_equal(set.worlds, worlds);
    assert_int_equal(set.stride, (worlds + 63) / 64 * 64); /* whole vectors, and no more */
    assert_int_equal(set.k, b->stakes.k);
    return set;
}

static inline double mean_of(const float *x, uint32_t worlds)
{
    double sum = 0;
    for (uint32_t w = 0; w < worlds; w++) {
        sum += (double)x[w];
    }
    return sum / worlds;
}

static inline double importance_at(const body *b, const ent_world_set *s, uint32_t g, uint32_t w)
{
    double sum = 0;
    for (uint32_t c = b->start[g]; c < b->start[g + 1]; c++) {
        sum += (double)s->z[(size_t)c * s->stride + w];
    }
    return sum;
}

static inline double importance_of(const body *b, const double *x, uint32_t g)
{
    double sum = 0;
    for (uint32_t c = b->start[g]; c < b->start[g + 1]; c++) {
        sum += x[c];
    }
    return sum;
}

/* Every world is a preference that the polytope allows, up to float32. */
static inline void check_valid(const body *b, const ent_world_set *s)
{
    for (uint32_t w = 0; w < s->stride; w++) {
        double sum = 0, at = (double)s->b[w];
        for (uint32_t c = 0; c < s->k; c++) {
            double z = (double)s->z[(size_t)c * s->stride + w];
            assert_true(z >= 0 && z <= 1 + 1e-6);
            sum += z;
        }
        assert_true(s->k == 0 || fabs(sum - 1) < 1e-5);
        assert_true(at >= b->stakes.reservation.low - 1e-6);
        assert_true(at <= b->stakes.reservation.high + 1e-6);
        for (size_t i = 0; i < b->polytope.row_count; i++) {
            const ent_row *row = &b->rows[i];
            double form = row->gamma + row->beta * at;
            for (uint32_t c = 0; c < s->k; c++) {
                form += row->a[c] * (double)s->z[(size_t)c * s->stride + w];
            }
            assert_true(form >= -2e-6);
        }
        for (uint32_t c = 0; c < s->k && w >= s->worlds; c++) {
            assert_true(s->z[(size_t)c * s->stride + w] == s->z[(size_t)c * s->stride]);
        }
    }
}

#endif
