/*
 * The polytope as the chains see it: rows scaled, what is redundant dropped, equalities split off,
 * and a round frame from its analytic center.
 *
 * The Hessian of -sum log slack at its least point gives an ellipsoid that lies in the polytope
 * and, blown up by the number of rows, contains it (Sonnevend 1985; Boyd and Vandenberghe, Convex
 * Optimization, 8.5.3). So a first rounding costs no sampling, and does not fail on polytopes of
 * width 1e-6 as a pilot of unrounded chains does. Newton steps are solved as least squares by
 * orthogonalisation, not by normal equations, for the same reason.
 *
 * Cost: O(rows^2 n) at worst to find doubles, then about ten steps of O(rows n^2).
 */
#include "worlds/sampler_parts.h"

#include <math.h>
#include <string.h>

/* Opposite rows nearer than this are an equality. Strict rows have a margin of 1e-9. */
#define WIDTH 1e-10
#define TINY 1e-12

static double dot(const double *a, const double *b, uint32_t n)
{
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* The row in the unknowns (z, b), scaled to greatest |coefficient| 1; false when all are 0. */
static bool scaled_row(const ent_row *row, uint32_t k, double *a, double *constant)
{
    double most = fabs(row->beta);
    for (uint32_t c = 0; c < k; c++) {
        most = fmax(most, fabs(row->a[c]));
    }
    if (!(most > TINY)) {
        return false;
    }
    for (uint32_t c = 0; c < k; c++) {
        a[c] = row->a[c] / most;
    }
    a[k] = row->beta / most;
    *constant = row->gamma / most;
    return true;
}

/* Least and greatest of the row over the simplex and the range of b. */
static ent_interval row_range(const double *a, double constant, uint32_t k, ent_interval b)
{
    double low = (double)INFINITY, high = -(double)INFINITY;
    for (uint32_t c = 0; c < k; c++) {
        low = fmin(low, a[c]);
        high = fmax(high, a[c]);
    }
    double at_low = a[k] * b.low, at_high = a[k] * b.high;
    return (ent_interval){low + constant + fmin(at_low, at_high),
                          high + constant + fmax(at_low, at_high)};
}

/* Add q . x = value to the orthonormal equalities unless it follows from them. */
void ent_frame_equate(ent_frame *f, const double *q, double value)
{
    uint32_t n = f->n;
    if (f->equals >= n) {
        return;
    }
    double *e = f->equal + (size_t)f->equals * n;
    memcpy(e, q, n * sizeof *e);
    double before = sqrt(dot(e, e, n));
    for (int twice = 0; twice < 2; twice++) {
        for (uint32_t i = 0; i < f->equals; i++) {
            const double *other = f->equal + (size_t)i * n;
            double along = dot(e, other, n);
            for (uint32_t c = 0; c < n; c++) {
                e[c] -= along * other[c];
            }
            value -= along * f->value[i];
        }
    }
    double after = sqrt(dot(e, e, n));
    if (after <= 1e-10 * before) {
        return;
    }
    for (uint32_t c = 0; c < n; c++) {
        e[c] /= after;
    }
    f->value[f->equals++] = value / after;
}

static void pin(ent_frame *f, uint32_t unknown, double value, double *unit)
{
    memset(unit, 0, f->n * sizeof *unit);
    unit[unknown] = 1;
    ent_frame_equate(f, unit, value);
}

/* A row that is 0 at best: every unknown that would make it negative is at its bound. */
static void add_tight_row(ent_frame *f, const double *a, ent_interval b, double *unit)
{
    double most = -(double)INFINITY;
    for (uint32_t c = 0; c < f->k; c++) {
        most = fmax(most, a[c]);
    }
    for (uint32_t c = 0; c < f->k; c++) {
        if (a[c] < most - TINY) {
            pin(f, c, 0, unit);
        }
    }
    if (fabs(a[f->k]) > TINY) {
        pin(f, f->k, a[f->k] > 0 ? b.high : b.low, unit);
    }
}

/* +1 same coefficients, -1 opposite, 0 neither. */
static int alike(const double *a, const double *b, uint32_t n)
{
    bool same = true, opposite = true;
    for (uint32_t c = 0; c < n && (same || opposite); c++) {
        same = same && fabs(a[c] - b[c]) <= TINY;
        opposite = opposite && fabs(a[c] + b[c]) <= TINY;
    }
    return same ? 1 : opposite ? -1 : 0;
}

/* Keep the row f->row[f->rows] unless an earlier one makes it superfluous or an equality. */
static void keep_row(ent_frame *f, bool *equality)
{
    uint32_t n = f->n;
    const double *a = f->row + (size_t)f->rows * n;
    double constant = f->constant[f->rows];
    for (uint32_t i = 0; i < f->rows; i++) {
        const double *other = f->row + (size_t)i * n;
        int sense = alike(a, other, n);
        if (sense > 0) {
            f->constant[i] = fmin(f->constant[i], constant);
            return;
        }
        if (sense < 0 && constant + f->constant[i] <= WIDTH) {
            equality[i] = true;
            return;
        }
    }
    equality[f->rows++] = false;
}

static void add_reservation(ent_frame *f, ent_interval b, bool *equality, double *unit)
{
    if (b.high - b.low <= TINY) {
        pin(f, f->k, b.low, unit);
        return;
    }
    for (int side = 0; side < 2; side++) {
        double *a = f->row + (size_t)f->rows * f->n;
        memset(a, 0, f->n * sizeof *a);
        a[f->k] = side == 0 ? 1 : -1;
        f->constant[f->rows] = side == 0 ? -b.low : b.high;
        keep_row(f, equality);
    }
}

static void drop_row(ent_frame *f, uint32_t i)
{
    f->rows--;
    memmove(f->row + (size_t)i * f->n, f->row + (size_t)(i + 1) * f->n,
            (size_t)(f->rows - i) * f->n * sizeof *f->row);
    memmove(f->constant + i, f->constant + i + 1, (f->rows - i) * sizeof *f->constant);
}

/* Rows that can be broken, equalities apart; the b range counts as rows. */
static void collect_rows(ent_arena *arena, const ent_polytope *p, ent_frame *f)
{
    size_t room = p->row_count + 2;
    bool *equality = ent_alloc(arena, room, bool);
    double *unit = ent_alloc(arena, f->n, double);
    ent_interval b = p->stakes->reservation;
    f->row = ent_alloc(arena, room * f->n, double);
    f->constant = ent_alloc(arena, room, double);
    for (uint32_t c = 0; c < f->k; c++) {
        unit[c] = 1;
    }
    if (f->k > 0) {
        ent_frame_equate(f, unit, 1);
    }
    for (size_t i = 0; i < p->row_count; i++) {
        double *a = f->row + (size_t)f->rows * f->n;
        if (!scaled_row(&p->rows[i], f->k, a, &f->constant[f->rows])) {
            continue;
        }
        ent_interval range = row_range(a, f->constant[f->rows], f->k, b);
        if (f->k > 0 && range.high <= TINY) {
            add_tight_row(f, a, b, unit);
        } else if (f->k == 0 || range.low < 0) {
            keep_row(f, equality);
        }
    }
    add_reservation(f, b, equality, unit);
    for (uint32_t i = f->rows; i-- > 0;) {
        if (equality[i]) {
            ent_frame_equate(f, f->row + (size_t)i * f->n, -f->constant[i]);
            drop_row(f, i);
        }
    }
}

/* An orthonormal basis of the directions that keep the equalities; largest remainders first. */
static void find_free(ent_arena *arena, ent_frame *f)
{
    uint32_t n = f->n;
    f->free = ent_alloc(arena, (size_t)n * n + 1, double);
    f->d = 0;
    double *unit = ent_alloc(arena, n, double);
    ent_frame both = *f; /* equalities and found directions together */
    both.equal = ent_alloc(arena, (size_t)n * n, double);
    both.value = ent_alloc(arena, n, double);
    memcpy(both.equal, f->equal, (size_t)f->equals * n * sizeof(double));
    for (uint32_t want = n - f->equals; f->d < want;) {
        uint32_t best = 0;
        double least = (double)INFINITY; /* share of unit c that is spanned already */
        for (uint32_t c = 0; c < n; c++) {
            double spanned = 0;
            for (uint32_t i = 0; i < both.equals; i++) {
                spanned += both.equal[(size_t)i * n + c] * both.equal[(size_t)i * n + c];
            }
            if (spanned < least - TINY) {
                least = spanned;
                best = c;
            }
        }
        pin(&both, best, 0, unit);
        memcpy(f->free + (size_t)f->d * n, both.equal + (size_t)(both.equals - 1) * n,
               n * sizeof(double));
        f->d++;
    }
    for (size_t i = 0; i < (size_t)f->d * n; i++) {
        f->free[i] = fabs(f->free[i]) < 1e-15 ? 0 : f->free[i];
    }
}

/* Bounds and rows that the equalities hold still are no longer rows. */
static void drop_still(ent_arena *arena, ent_frame *f)
{
    f->bounded = ent_alloc(arena, f->n, bool);
    for (uint32_t c = 0; c < f->k; c++) {
        double moves = 0;
        for (uint32_t j = 0; j < f->d; j++) {
            moves = fmax(moves, fabs(f->free[(size_t)j * f->n + c]));
        }
        f->bounded[c] = moves > TINY;
    }
    for (uint32_t i = f->rows; i-- > 0;) {
        double moves = 0;
        for (uint32_t j = 0; j < f->d; j++) {
            double along = dot(f->row + (size_t)i * f->n, f->free + (size_t)j * f->n, f->n);
            moves = fmax(moves, fabs(along));
        }
        if (moves <= TINY) {
            drop_row(f, i);
        }
    }
}

void ent_frame_free(ent_arena *arena, ent_frame *f)
{
    find_free(arena, f);
    drop_still(arena, f);
}

void ent_frame_project(const ent_frame *f, double *x)
{
    for (uint32_t i = 0; i < f->equals; i++) {
        const double *e = f->equal + (size_t)i * f->n;
        double off = f->value[i] - dot(e, x, f->n);
        for (uint32_t c = 0; c < f->n; c++) {
            x[c] += off * e[c];
        }
    }
    for (uint32_t c = 0; c < f->k; c++) {
        if (!f->bounded[c] && x[c] < TINY) {
            x[c] = x[c] > 0 && x[c] > TINY ? x[c] : 0;
        }
    }
}

double ent_frame_least_slack(const ent_frame *f, const double *x)
{
    double least = (double)INFINITY;
    for (uint32_t c = 0; c < f->k; c++) {
        least = f->bounded[c] ? fmin(least, x[c]) : least;
    }
    for (uint32_t i = 0; i < f->rows; i++) {
        least = fmin(least, dot(f->row + (size_t)i * f->n, x, f->n) + f->constant[i]);
    }
    return least;
}

/* The number of independent directions in which the group's unknowns can move. */
static uint32_t group_rank(ent_arena *arena, const ent_frame *f, uint32_t g)
{
    uint32_t rank = 0, d = f->d, from = f->group_start[g], to = f->group_start[g + 1];
    double *basis = ent_alloc(arena, (size_t)(to - from) * d + 1, double);
    for (uint32_t c = from; c < to; c++) {
        double *v = basis + (size_t)rank * d;
        for (uint32_t j = 0; j < d; j++) {
            v[j] = f->free[(size_t)j * f->n + c];
        }
        for (uint32_t i = 0; i < 2 * rank; i++) { /* twice over, against rounding */
            const double *other = basis + (size_t)(i % rank) * d;
            double along = dot(v, other, d);
            for (uint32_t j = 0; j < d; j++) {
                v[j] -= along * other[j];
            }
        }
        double length = sqrt(dot(v, v, d));
        for (uint32_t j = 0; j < d && length > 1e-9; j++) {
            v[j] /= length;
        }
        rank += length > 1e-9;
    }
    return rank;
}

/*
 * The density's exponents m_g - 1. An equality that pins a component to 0, or a split, takes
 * dimensions from an issue; with its exponent kept, the density could not be integrated at
 * importance 0. So m_g is the number of dimensions left: the importance stays uniform, as the
 * prior has it, and so does the split over what is free.
 */
static void set_exponents(ent_arena *arena, const ent_sampling *sampling, ent_frame *f)
{
    uint32_t *exponent = ent_alloc(arena, f->groups + 1, uint32_t);
    for (uint32_t g = 0; g < f->groups && sampling->prior == ENT_PRIOR_IMPORTANCE; g++) {
        uint32_t rank = f->equals > 1 ? group_rank(arena, f, g)
                                      : f->group_start[g + 1] - f->group_start[g];
        exponent[g] = rank > 0 ? rank - 1 : 0;
    }
    f->exponent = exponent;
}

void ent_frame_rows(ent_arena *arena, const ent_polytope *polytope, ent_frame *f)
{
    const ent_stakes *stakes = polytope->stakes;
    *f = (ent_frame){.k = stakes->k, .n = stakes->k + 1, .groups = stakes->groups,
                     .group_start = stakes->group_start};
    f->equal = ent_alloc(arena, (size_t)f->n * f->n, double);
    f->value = ent_alloc(arena, f->n, double);
    collect_rows(arena, polytope, f);
    f->d = f->n - f->equals;
}

ent_status ent_frame_build(ent_arena *arena, const ent_polytope *polytope,
                           const ent_sampling *sampling, ent_frame *f)
{
    const ent_stakes *stakes = polytope->stakes;
    ent_frame_rows(arena, polytope, f);
    f->center = ent_alloc(arena, f->n, double);
    ent_frame_free(arena, f);
    for (uint32_t c = 0; c < f->n; c++) {
        double even = c < f->k ? 1.0 / f->k
                               : 0.5 * (stakes->reservation.low + stakes->reservation.high);
        f->center[c] = sampling->start != NULL ? sampling->start[c] : even;
    }
    ent_frame_project(f, f->center);
    if (f->d == 0) {
        return ENT_OK;
    }
    /* A start on a face has slack 0 but for rounding, either way; from there nothing is centred. */
    if (!(ent_frame_least_slack(f, f->center) > TINY) &&
        ent_frame_enter(arena, polytope, f) != ENT_OK) {
        return ENT_INVALID;
    }
    set_exponents(arena, sampling, f);
    if (f->d > 0) {
        ent_frame_round(arena, f);
    }
    return ENT_OK;
}
