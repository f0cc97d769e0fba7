/*
 * Effective worlds a second and core: the sampler against plain scalar hit-and-run on the same
 * polytope in the same run (20 unknowns, 60 rows of mixed kinds), and its cost by dimension.
 * Effective: least over importances, round coordinates and slacks (unknowns and slacks for the
 * plain one). Time is the CPU's, on one thread.
 */
#include "worlds/sampler_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MOST = 160, NAIVE_CHAINS = 32 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct body {
    ent_stakes stakes;
    uint32_t start[MOST];
    ent_polytope polytope;
    double inside[MOST];
} body;

/* Issues of 1 to 5 parts, and a preference drawn from the prior. */
static void make_issues(ent_stream *r, uint32_t k, body *b)
{
    uint32_t groups = 0;
    double total = 0;
    for (uint32_t c = 0; c < k;) {
        uint32_t size = 1 + ent_draw_below(r, 5);
        size = size < k - c ? size : k - c;
        double importance = ent_draw_exponential(r), sum = 0;
        for (uint32_t i = c; i < c + size; i++) {
            b->inside[i] = ent_draw_exponential(r);
            sum += b->inside[i];
        }
        for (uint32_t i = c; i < c + size; i++) {
            b->inside[i] *= importance / sum;
        }
        total += importance;
        c += size;
        b->start[++groups] = c;
    }
    for (uint32_t c = 0; c < k; c++) {
        b->inside[c] /= total;
    }
    b->inside[k] = 0.05;
    b->stakes = (ent_stakes){.k = k, .groups = groups, .group_start = b->start,
                             .reservation = {0, 0.2}};
}

/* A package accepted or refused, a preference between packages, an order of importances, bounds. */
static void fill_row(ent_stream *r, const body *b, uint32_t kind, double *a, double *beta)
{
    uint32_t k = b->stakes.k, g = ent_draw_below(r, b->stakes.groups);
    uint32_t h = ent_draw_below(r, b->stakes.groups);
    for (uint32_t c = 0; c < k && kind < 2; c++) {
        a[c] = ent_draw_below(r, 3) == 0 ? 0 : (c % 2 == 0 ? 1.0 : -1.0);
    }
    for (uint32_t c = 0; c < k && kind == 2; c++) {
        a[c] = (double)ent_draw_below(r, 3) - 1;
    }
    for (uint32_t c = b->start[g]; c < b->start[g + 1] && kind > 2; c++) {
        a[c] += 1;
    }
    for (uint32_t c = b->start[h]; c < b->start[h + 1] && kind == 3; c++) {
        a[c] -= 1;
    }
    *beta = kind < 2 ? -1 : 0;
}

/* Rows of five kinds in turn, turned so that the preference satisfies them. */
static body *make_body(ent_arena *arena, uint32_t k, uint32_t rows, uint64_t seed)
{
    body *b = ent_alloc(arena, 1, body);
    ent_stream r = ent_stream_of(seed, k, rows);
    make_issues(&r, k, b);
    ent_row *row = ent_alloc(arena, rows, ent_row);
    for (uint32_t i = 0; i < rows; i++) {
        double *a = ent_alloc(arena, k + 1, double), beta, gamma = 0;
        fill_row(&r, b, i % 5, a, &beta);
        double form = beta * b->inside[k];
        for (uint32_t c = 0; c < k; c++) {
            form += a[c] * b->inside[c];
        }
        double sense = form >= 0 ? 1 : -1;
        if (i % 5 == 4) { /* a bound on an importance, not far off */
            sense = i % 2 == 0 ? 1 : -1;
            gamma = -sense * form * (i % 2 == 0 ? 0.7 : 1.4);
        }
        for (uint32_t c = 0; c < k; c++) {
            a[c] *= sense;
        }
        row[i] = (ent_row){a, sense * beta, gamma, true, ENT_NONE, 0};
    }
    b->polytope = (ent_polytope){&b->stakes, row, rows};
    return b;
}

/* ---- Plain hit-and-run: one chain after the other, no rounding, slices by shrinkage ---------- */

static double log_density(const body *b, const double *x)
{
    double sum = 0;
    for (uint32_t g = 0; g < b->stakes.groups; g++) {
        double importance = 0;
        for (uint32_t c = b->start[g]; c < b->start[g + 1]; c++) {
            importance += x[c];
        }
        sum -= (b->start[g + 1] - b->start[g] - 1) * log(importance);
    }
    return sum;
}

static void plain_chord(const body *b, const double *x, const double *dir, double *low,
                        double *high)
{
    uint32_t k = b->stakes.k;
    *low = -1e9;
    *high = 1e9;
    for (size_t i = 0; i < k + b->polytope.row_count + 2; i++) {
        double slack, rate;
        if (i < k) {
            slack = x[i];
            rate = dir[i];
        } else if (i < k + b->polytope.row_count) {
            const ent_row *row = &b->polytope.rows[i - k];
            slack = row->gamma + row->beta * x[k];
            rate = row->beta * dir[k];
            for (uint32_t c = 0; c < k; c++) {
                slack += row->a[c] * x[c];
                rate += row->a[c] * dir[c];
            }
        } else {
            bool upper = i == k + b->polytope.row_count;
            slack = upper ? b->stakes.reservation.high - x[k] : x[k] - b->stakes.reservation.low;
            rate = upper ? -dir[k] : dir[k];
        }
        *low = rate > 0 ? fmax(*low, -slack / rate) : *low;
        *high = rate < 0 ? fmin(*high, -slack / rate) : *high;
    }
    *low = fmin(*low, 0);
    *high = fmax(*high, 0);
}

static void plain_step(ent_stream *r, const body *b, double *x)
{
    uint32_t k = b->stakes.k;
    double dir[MOST], mean = 0, low, high, y[MOST];
    for (uint32_t c = 0; c <= k; c++) {
        dir[c] = ent_draw_normal(r);
        mean += c < k ? dir[c] / k : 0;
    }
    for (uint32_t c = 0; c < k; c++) {
        dir[c] -= mean;
    }
    plain_chord(b, x, dir, &low, &high);
    double level = log_density(b, x) - ent_draw_exponential(r);
    for (int round = 0; round < 20; round++) {
        double t = low + ent_draw_unit(r) * (high - low);
        for (uint32_t c = 0; c <= k; c++) {
            y[c] = x[c] + t * dir[c];
        }
        if (log_density(b, y) >= level) {
            memcpy(x, y, (k + 1) * sizeof *x);
            return;
        }
        *(t < 0 ? &low : &high) = t;
    }
}

/* Effective draws of the unknowns a second. */
static double plain_rate(ent_arena *arena, const body *b, uint32_t draws, uint32_t thin)
{
    uint32_t k = b->stakes.k;
    ent_series s = {.count = k + 1, .draws = draws, .chains = NAIVE_CHAINS,
                    .room = (size_t)draws * NAIVE_CHAINS};
    s.at = ent_alloc(arena, s.room * s.count, float);
    double began = seconds();
    for (uint32_t chain = 0; chain < NAIVE_CHAINS; chain++) {
        ent_stream r = ent_stream_of(1, 77, chain);
        double x[MOST];
        memcpy(x, b->inside, (k + 1) * sizeof *x);
        for (uint32_t i = 0; i < draws; i++) {
            for (uint32_t step = 0; step < thin; step++) {
                plain_step(&r, b, x);
            }
            for (uint32_t c = 0; c <= k; c++) {
                s.at[c * s.room + (size_t)i * NAIVE_CHAINS + chain] = (float)x[c];
            }
        }
    }
    double took = seconds() - began;
    ent_quality q = ent_sample_quality(arena, &s, 1);
    printf("  plain hit-and-run  %9.0f effective in %.2f s, split R-hat %.3f\n", q.effective, took,
           q.rhat);
    return q.effective / took;
}

/* ---- The sampler ----------------------------------------------------------------------------- */

static double draw_rate(ent_work *work, const body *b, uint32_t worlds, ent_prior prior,
                        const char *name)
{
    ent_world_set set;
    ent_sampling sampling = {.worlds = worlds, .seed = 1, .prior = prior, .start = b->inside};
    double began = seconds();
    ent_status status = ent_draw_worlds(work, &b->polytope, &sampling, &set);
    double took = seconds() - began;
    if (status != ENT_OK) {
        printf("  %s: failed (%d)\n", name, (int)status);
        return 0;
    }
    printf("  %-18s %9.0f effective of %u in %.3f s (%s, %.0f steps a world, R-hat %.3f%s)\n", name,
           set.effective, worlds, took, set.method, (double)set.steps / worlds, set.rhat,
           set.poor ? ", poor" : "");
    return set.effective / took;
}

static ent_status run(void *argument)
{
    ent_work *work = argument;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        body *b = make_body(work->arena, 20, 60, seed);
        printf("20 unknowns in %u issues, 60 rows, polytope %u\n", b->stakes.groups,
               (unsigned)seed);
        double plain = plain_rate(work->arena, b, 100, 100);
        double rate = draw_rate(work, b, 50000, ENT_PRIOR_IMPORTANCE, "importance prior");
        double flat = draw_rate(work, b, 50000, ENT_PRIOR_FLAT, "flat prior");
        printf("  effective worlds a second and core: %.0f, flat %.0f; ratio to plain %.0f\n\n",
               rate, flat, rate / plain);
    }
    for (uint32_t k = 3; k <= 100; k = k < 5 ? 5 : k < 10 ? 10 : k < 20 ? 20 : k < 40 ? 40
                                   : k < 70 ? 70 : k < 100 ? 100 : 101) {
        uint32_t rows = k * 5 < 500 ? k * 3 : 500;
        body *b = make_body(work->arena, k, rows, 9);
        printf("%u unknowns, %u rows\n", k, rows);
        draw_rate(work, b, 2000, ENT_PRIOR_IMPORTANCE, "2,000 worlds");
        draw_rate(work, b, 20000, ENT_PRIOR_IMPORTANCE, "20,000 worlds");
    }
    return ENT_OK;
}

int main(void)
{
    ent_work work = {.arena = ent_arena_create(NULL), .diags = ent_diags_create(), .threads = 1};
    ent_status status = ent_protect(work.arena, run, &work);
    ent_arena_destroy(work.arena);
    ent_diags_destroy(work.diags);
    return status == ENT_OK ? 0 : 1;
}
