/*
 * Lines that are round for what a pilot saw, and go along the narrow walls of the body.
 *
 * A covariance alone leaves the axes free to turn, and the choice matters: between a demand that
 * is accepted and the same demand with one step less that is refused, a body is a slab whose
 * thickness changes from place to place by orders of magnitude. A line that leans against the slab
 * ever so little is as short as the slab is thin where the chain stands. So the axes are an
 * orthonormal basis of the rounded space made by Gram and Schmidt from the walls (unknowns at 0 and
 * rows), those with the least spread first: axis j leaves the slacks of the walls before it
 * exactly as they are, and only the first few axes have to cross the slabs.
 * On the flagship case this takes a quarter of the steps that axes of the Cholesky factor take.
 *
 * Cost: O((n + rows) d^2), once for each rounding.
 */
#include "worlds/sampler_walk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A wall whose direction is this near to the walls before it (sine squared) adds no axis. */
#define NEAR_WALL 0.01

ent_chain_moments *ent_moments_create(ent_arena *arena, uint32_t d)
{
    ent_chain_moments *m = ent_alloc(arena, 1, ent_chain_moments);
    m->d = d;
    m->sum = ent_alloc(arena, d, double);
    m->square = ent_alloc(arena, (size_t)d * d, double);
    m->y = ent_alloc(arena, (size_t)d * ENT_LANES, double);
    return m;
}

void ent_moments_add(const ent_chain_walk *w, const ent_block *block, ent_chain_moments *m)
{
    const ent_frame *f = w->frame;
    for (uint32_t i = 0; i < m->d; i++) {
        double *y = m->y + (size_t)i * ENT_LANES;
        ent_lanes_form(f->to_y + (size_t)i * f->n, f->center, f->n, block->state, y);
        for (uint32_t l = 0; l < ENT_LANES; l++) {
            m->sum[i] += y[l];
        }
        for (uint32_t j = 0; j <= i; j++) {
            const double *other = m->y + (size_t)j * ENT_LANES;
            for (uint32_t l = 0; l < ENT_LANES; l++) {
                m->square[(size_t)i * m->d + j] += y[l] * other[l];
            }
        }
    }
    m->count += ENT_LANES;
}

/*
 * Cholesky factor [d][d] of the covariance, drawn towards its diagonal a little where snapshots
 * are few; a pivot that rounding has spoilt keeps the spread small rather than none.
 */
static double *factor(ent_arena *arena, const ent_chain_moments *m)
{
    uint32_t d = m->d;
    double shrink = m->count / (m->count + d), *root = ent_alloc(arena, (size_t)d * d, double);
    for (uint32_t i = 0; i < d; i++) {
        for (uint32_t j = 0; j <= i; j++) {
            double c = m->square[(size_t)i * d + j] / m->count -
                       m->sum[i] / m->count * m->sum[j] / m->count;
            c = i == j ? fmax(c, 1e-12) : c * shrink;
            for (uint32_t l = 0; l < j; l++) {
                c -= root[(size_t)i * d + l] * root[(size_t)j * d + l];
            }
            root[(size_t)i * d + j] =
                i == j ? sqrt(fmax(c, 1e-14)) : c / root[(size_t)j * d + j];
        }
    }
    return root;
}

static double dot(const double *a, const double *b, uint32_t n)
{
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* A wall's normal in the rounded space, of length 1, and the spread of its slack. */
typedef struct wall {
    double spread;
    uint32_t index;
    double *normal; /* [d] */
} wall;

static int by_spread(const void *a, const void *b)
{
    const wall *x = a, *y = b;
    int order = (x->spread > y->spread) - (x->spread < y->spread);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* The wall of unknown i, or of row i - n; false when its slack never changes. */
static bool set_wall(ent_arena *arena, const ent_frame *f, const double *root, uint32_t i,
                     wall *out)
{
    double *along = ent_alloc(arena, f->d, double);
    *out = (wall){0, i, ent_alloc(arena, f->d, double)};
    for (uint32_t j = 0; j < f->d; j++) {
        const double *x = f->to_x + (size_t)j * f->n;
        along[j] = i < f->n ? x[i] : dot(f->row + (size_t)(i - f->n) * f->n, x, f->n);
    }
    for (uint32_t j = 0; j < f->d; j++) {
        for (uint32_t l = j; l < f->d; l++) {
            out->normal[j] += root[(size_t)l * f->d + j] * along[l];
        }
    }
    out->spread = sqrt(dot(out->normal, out->normal, f->d));
    for (uint32_t j = 0; j < f->d && out->spread > 0; j++) {
        out->normal[j] /= out->spread;
    }
    return out->spread > 1e-14;
}

/* Append v to the orthonormal axes unless less than least of it (squared) is left. */
static uint32_t add_axis(double *axes, uint32_t have, uint32_t d, double *v, double least)
{
    for (int twice = 0; twice < 2; twice++) { /* once leaves rounding errors */
        for (uint32_t j = 0; j < have; j++) {
            double along = dot(v, axes + (size_t)j * d, d);
            for (uint32_t l = 0; l < d; l++) {
                v[l] -= along * axes[(size_t)j * d + l];
            }
        }
    }
    double square = dot(v, v, d);
    if (square < least) {
        return have;
    }
    for (uint32_t l = 0; l < d; l++) {
        axes[(size_t)have * d + l] = v[l] / sqrt(square);
    }
    return have + 1;
}

/* axes[d][d]: from the walls, then whatever completes them. */
static double *align(ent_arena *arena, const ent_frame *f, const double *root)
{
    uint32_t d = f->d, count = 0, have = 0;
    double *axes = ent_alloc(arena, (size_t)d * d, double);
    wall *walls = ent_alloc(arena, (size_t)f->n + f->rows, wall);
    for (uint32_t i = 0; i < f->n + f->rows; i++) {
        bool limits = i >= f->n || f->bounded[i];
        count += limits && set_wall(arena, f, root, i, &walls[count]);
    }
    qsort(walls, count, sizeof *walls, by_spread);
    for (uint32_t i = 0; i < count && have < d; i++) {
        have = add_axis(axes, have, d, walls[i].normal, NEAR_WALL);
    }
    double *unit = ent_alloc(arena, d, double);
    for (uint32_t i = 0; i < d && have < d; i++) {
        memset(unit, 0, d * sizeof *unit);
        unit[i] = 1;
        have = add_axis(axes, have, d, unit, 0.5 / d); /* they have d - have left in all */
    }
    return axes;
}

/* u = axes root^-1 to_y (x - center) */
static void set_to_u(ent_arena *arena, ent_chain_walk *w, const double *root, const double *axes)
{
    const ent_frame *f = w->frame;
    uint32_t d = f->d;
    double *white = ent_alloc(arena, (size_t)d * f->n, double); /* root^-1 to_y, row by row */
    memcpy(white, f->to_y, (size_t)d * f->n * sizeof *white);
    for (uint32_t j = 0; j < d; j++) {
        double *row = white + (size_t)j * f->n;
        for (uint32_t i = 0; i < j; i++) {
            for (uint32_t c = 0; c < f->n; c++) {
                row[c] -= root[(size_t)j * d + i] * white[(size_t)i * f->n + c];
            }
        }
        for (uint32_t c = 0; c < f->n; c++) {
            row[c] /= root[(size_t)j * d + j];
        }
    }
    memset(w->to_u, 0, (size_t)d * f->n * sizeof *w->to_u);
    for (uint32_t j = 0; j < d; j++) {
        for (uint32_t i = 0; i < d; i++) {
            for (uint32_t c = 0; c < f->n; c++) {
                w->to_u[(size_t)j * f->n + c] +=
                    axes[(size_t)j * d + i] * white[(size_t)i * f->n + c];
            }
        }
    }
}

void ent_walk_round(ent_arena *scratch, ent_chain_walk *w, const ent_chain_moments *m)
{
    uint32_t d = m->d;
    double *root = factor(scratch, m);
    double *axes = align(scratch, w->frame, root);
    for (uint32_t i = 0; i < d; i++) {
        for (uint32_t j = 0; j < d; j++) {
            w->spread[(size_t)i * d + j] =
                dot(root + (size_t)i * d, axes + (size_t)j * d, i + 1);
        }
    }
    set_to_u(scratch, w, root, axes);
    ent_walk_set_lines(w);
}
