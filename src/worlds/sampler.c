/*
 * Worlds: draws from a party's polytope. Reduces and rounds it (sampler_frame.c), then draws by
 * rejection where that is cheap (sampler_exact.c), otherwise by chains (sampler_chains.c).
 */
#include "worlds/sampler.h"

#include "worlds/sampler_parts.h"

#include <math.h>
#include <string.h>

typedef struct job {
    ent_work *work;
    ent_arena *scratch;
    const ent_polytope *polytope;
    const ent_sampling *sampling;
    ent_world_set *set;
} job;

static void pad(float *x, const ent_world_set *set)
{
    for (uint32_t w = set->worlds; w < set->stride; w++) {
        x[w] = x[0];
    }
}

void ent_store_worlds(const float *drawn, size_t stride, const uint32_t *order,
                      ent_world_set *set)
{
    for (uint32_t c = 0; c <= set->k; c++) {
        float *out = c < set->k ? set->z + (size_t)c * set->stride : set->b;
        const float *from = drawn + c * stride;
        for (uint32_t w = 0; w < set->worlds; w++) {
            out[w] = from[order == NULL ? w : order[w]];
        }
        for (uint32_t w = 0; w < set->worlds && c < set->k; w++) {
            out[w] = out[w] > 0 ? out[w] : 0; /* what a pin left below 0 by rounding */
        }
        pad(out, set);
    }
}

/* One point is all there is. */
static void store_point(const ent_frame *f, ent_world_set *set)
{
    for (uint32_t c = 0; c <= set->k; c++) {
        float *out = c < set->k ? set->z + (size_t)c * set->stride : set->b;
        for (uint32_t w = 0; w < set->stride; w++) {
            out[w] = (float)(c < set->k ? fmax(f->center[c], 0) : f->center[c]);
        }
    }
    set->method = "exact";
    set->effective = set->worlds;
    set->rhat = 1;
}

/* A segment: every unknown is on one line, and the density on it is uniform when only b moves. */
static void store_reservations(const ent_frame *f, const ent_sampling *sampling,
                               ent_world_set *set)
{
    ent_interval b = {-(double)INFINITY, (double)INFINITY};
    for (uint32_t i = 0; i < f->rows; i++) {
        double rest = f->constant[i], beta = f->row[(size_t)i * f->n + f->k];
        for (uint32_t c = 0; c < f->k; c++) {
            rest += f->row[(size_t)i * f->n + c] * f->center[c];
        }
        b.low = beta > 0 ? fmax(b.low, -rest / beta) : b.low;
        b.high = beta < 0 ? fmin(b.high, -rest / beta) : b.high;
    }
    store_point(f, set);
    ent_stream stream = ent_stream_of(sampling->seed, sampling->stream, 0);
    for (uint32_t w = 0; w < set->worlds; w++) {
        set->b[w] = (float)(b.low + ent_draw_unit(&stream) * (b.high - b.low));
    }
    pad(set->b, set);
}

/* With 100 effective worlds the standard error of a share of 50 % is 5 %. */
double ent_least_effective(uint32_t worlds)
{
    return fmin(0.5 * worlds, fmax(100, 0.05 * worlds));
}

static void judge(ent_work *work, ent_world_set *set)
{
    set->poor = set->poor || !(set->effective >= ent_least_effective(set->worlds));
    if (set->poor) {
        ent_tell(work->diags, ENT_WARNING, ENT_W101_POOR_SAMPLE, NULL, (ent_pos){0}, NULL,
                 "of %u worlds only about %.0f are independent (split R-hat %.3f)", set->worlds,
                 set->effective, set->rhat);
    }
}

static bool only_b_moves(const ent_frame *f)
{
    return f->d == 1 && fabs(f->free[f->k]) > 1 - 1e-12;
}

/*
 * Where there are many unknowns, what chains need besides the rows costs O(unknowns^3), and
 * rejection needs none of it: it is tried first.
 */
static ent_status draw_many(const job *j, bool *done)
{
    enum { MANY = 32 };
    ent_frame frame;
    *done = false;
    if (j->polytope->stakes->k < MANY) {
        return ENT_OK;
    }
    ent_frame_rows(j->scratch, j->polytope, &frame);
    return ent_draw_exact(j->work, j->scratch, &frame, j->sampling,
                          j->polytope->stakes->reservation, j->set, done);
}

static ent_status draw(void *argument)
{
    job *j = argument;
    ent_frame frame;
    bool early;
    ent_status tried = draw_many(j, &early);
    if (tried != ENT_OK || early) {
        return tried;
    }
    ent_status status = ent_frame_build(j->scratch, j->polytope, j->sampling, &frame);
    if (status != ENT_OK) {
        return status;
    }
    if (frame.d == 0) {
        store_point(&frame, j->set);
        return ENT_OK;
    }
    if (only_b_moves(&frame)) {
        store_reservations(&frame, j->sampling, j->set);
        return ENT_OK;
    }
    bool done = false;
    status = ent_draw_exact(j->work, j->scratch, &frame, j->sampling,
                            j->polytope->stakes->reservation, j->set, &done);
    if (status == ENT_OK && !done) {
        status = ent_draw_chains(j->work, j->scratch, &frame, j->sampling, j->set);
    }
    return status;
}

ent_status ent_draw_worlds(ent_work *work, const ent_polytope *polytope,
                           const ent_sampling *sampling, ent_world_set *set)
{
    uint32_t k = polytope->stakes->k, worlds = sampling->worlds > 0 ? sampling->worlds : 1;
    *set = (ent_world_set){.worlds = worlds, .stride = (worlds + 63) / 64 * 64, .k = k};
    set->z = ent_alloc(work->arena, (size_t)(k > 0 ? k : 1) * set->stride, float);
    set->b = ent_alloc(work->arena, set->stride, float);
    char name[ENT_HASH_ROOM];
    if (work->draws != NULL && ent_take_worlds(work, polytope, sampling, set, name)) {
        judge(work, set);
        return ENT_OK;
    }
    /* The scratch space is many times the worlds, and analyses draw many sets. */
    ent_arena *scratch = ent_arena_beside(work->arena);
    if (scratch == NULL) {
        ent_out_of_memory(work->arena);
    }
    job j = {work, scratch, polytope, sampling, set};
    ent_status status = ent_protect(scratch, draw, &j);
    ent_arena_destroy(scratch);
    if (status == ENT_NOMEM) {
        ent_out_of_memory(work->arena);
    }
    if (status == ENT_OK && work->draws != NULL) {
        ent_keep_worlds(work, set, name);
    }
    if (status == ENT_OK) {
        judge(work, set);
    }
    return status;
}
