/*
 * Independent worlds by rejection: draw from the prior, keep what the rows allow. Importances and
 * splits are normalised exponentials. Cost: O(n + rows) for each of worlds / acceptance
 * proposals; used where that is less than what chains would cost.
 */
#include "worlds/sampler_parts.h"

#include "base/pieces.h"

#include <math.h>
#include <string.h>

enum {
    TRIALS = 64,  /* batches of ENT_LANES proposals that measure the acceptance */
    CHUNK = 64,   /* batches that one thread does in one go */
    CHUNKS = 32,  /* at a time, at most; a few for each thread, so that they stay in the cache */
    A_THREAD = 2
};

typedef struct chunk {
    uint32_t count; /* accepted */
    float *at;      /* [n][CHUNK * ENT_LANES] */
    double *state;  /* [n][ENT_LANES] */
} chunk;

typedef struct proposals {
    const ent_frame *frame;
    const ent_sampling *sampling;
    ent_key key;
    ent_interval b;
} proposals;

/* Exponentials for the unknowns [0, count) of a batch, four words of Philox at a time. */
static void draw_exponentials(const proposals *p, uint32_t purpose, uint64_t batch,
                              uint32_t count, double *out)
{
    uint32_t words[4 * ENT_LANES];
    for (uint32_t i = 0; i < count; i++) {
        if (i % 4 == 0) {
            ent_lanes_random(p->key, purpose + i / 4, 0, batch, words);
        }
        ent_lanes_exponential(words + (size_t)(i % 4) * ENT_LANES, out + (size_t)i * ENT_LANES);
    }
}

/* Divide [from, to) by their sum and multiply by scale, for each lane. */
static void normalise(double *x, uint32_t from, uint32_t to, const double *scale)
{
    double sum[ENT_LANES] = {0};
    for (uint32_t c = from; c < to; c++) {
        for (uint32_t l = 0; l < ENT_LANES; l++) {
            sum[l] += x[(size_t)c * ENT_LANES + l];
        }
    }
    for (uint32_t l = 0; l < ENT_LANES; l++) {
        sum[l] = (scale != NULL ? scale[l] : 1) / sum[l];
    }
    for (uint32_t c = from; c < to; c++) {
        for (uint32_t l = 0; l < ENT_LANES; l++) {
            x[(size_t)c * ENT_LANES + l] *= sum[l];
        }
    }
}

/* A batch of draws from the prior into state[n][lanes]; group is scratch [groups][lanes]. */
static void propose(const proposals *p, uint64_t batch, double *state, double *group)
{
    const ent_frame *f = p->frame;
    draw_exponentials(p, 0x10000, batch, f->k, state);
    if (p->sampling->prior == ENT_PRIOR_FLAT) {
        normalise(state, 0, f->k, NULL);
    } else {
        draw_exponentials(p, 0x20000, batch, f->groups, group);
        normalise(group, 0, f->groups, NULL);
        for (uint32_t g = 0; g < f->groups; g++) {
            normalise(state, f->group_start[g], f->group_start[g + 1],
                      group + (size_t)g * ENT_LANES);
        }
    }
    uint32_t words[4 * ENT_LANES];
    double low[ENT_LANES], high[ENT_LANES];
    for (uint32_t l = 0; l < ENT_LANES; l++) {
        low[l] = p->b.low;
        high[l] = p->b.high;
    }
    ent_lanes_random(p->key, 0x30000, 0, batch, words);
    ent_lanes_uniform(words, low, high, state + (size_t)f->k * ENT_LANES);
}

/* Which lanes satisfy all rows; stops when none does. */
static uint32_t accept(const ent_frame *f, const double *state, bool *keep)
{
    uint32_t left = ENT_LANES;
    double form[ENT_LANES];
    memset(keep, 1, ENT_LANES * sizeof *keep);
    for (uint32_t i = 0; i < f->rows && left > 0; i++) {
        ent_lanes_form(f->row + (size_t)i * f->n, NULL, f->n, state, form);
        left = 0;
        for (uint32_t l = 0; l < ENT_LANES; l++) {
            keep[l] = keep[l] && form[l] + f->constant[i] > 0;
            left += keep[l];
        }
    }
    return left;
}

static void fill_chunk(const proposals *p, uint64_t first, uint32_t batches, chunk *out)
{
    const ent_frame *f = p->frame;
    bool keep[ENT_LANES];
    out->count = 0;
    for (uint32_t i = 0; i < batches; i++) {
        propose(p, first + i, out->state, out->state + (size_t)f->n * ENT_LANES);
        if (accept(f, out->state, keep) == 0) {
            continue;
        }
        uint32_t lanes[ENT_LANES], kept = 0;
        for (uint32_t l = 0; l < ENT_LANES; l++) {
            lanes[kept] = l;
            kept += keep[l];
        }
        for (uint32_t c = 0; c < f->n; c++) { /* unknown by unknown: whole lines of the cache */
            float *to = out->at + (size_t)c * CHUNK * ENT_LANES + out->count;
            for (uint32_t j = 0; j < kept; j++) {
                to[j] = (float)out->state[(size_t)c * ENT_LANES + lanes[j]];
            }
        }
        out->count += kept;
    }
}

typedef struct turns {
    const ent_work *work;
    const proposals *p;
    chunk *chunks;
    uint64_t batch; /* at which the first begins */
} turns;

static void fill_piece(void *user, int thread, uint64_t piece)
{
    const turns *t = user;
    (void)thread;
    if (!ent_stopped(t->work)) {
        fill_chunk(t->p, t->batch + piece * CHUNK, CHUNK, &t->chunks[piece]);
    }
}

/*
 * Would rejection cost more than chains? In units of one multiplication in all lanes: a proposal
 * takes about 25 for each unknown and one for each coefficient, a chain 0.35 d^2 steps of about 3
 * for each row and unknown, and a pilot beforehand.
 */
static bool too_costly(const ent_frame *f, uint32_t worlds, double acceptance)
{
    double proposal = 25.0 * (f->n + f->groups) + 0.5 * f->rows * f->n;
    double step = 20 + 3.0 * (f->n + f->rows);
    double steps = (worlds + 500.0) * 0.35 * f->d * f->d;
    return worlds * proposal > acceptance * steps * step;
}

static chunk *make_chunks(ent_arena *arena, const ent_frame *f, int most)
{
    chunk *chunks = ent_alloc(arena, (size_t)most, chunk);
    for (int i = 0; i < most; i++) {
        chunks[i].at = ent_alloc_unset(arena, (size_t)f->n * CHUNK * ENT_LANES, float);
        chunks[i].state = ent_alloc(arena, (size_t)(f->n + f->groups) * ENT_LANES, double);
    }
    return chunks;
}

/* Append what was accepted, up to the worlds wanted. */
static uint32_t gather(const chunk *from, uint32_t n, uint32_t have, uint32_t want, float *drawn)
{
    uint32_t take = from->count < want - have ? from->count : want - have;
    for (uint32_t c = 0; c < n; c++) {
        memcpy(drawn + (size_t)c * want + have, from->at + (size_t)c * CHUNK * ENT_LANES,
               take * sizeof(float));
    }
    return have + take;
}

ent_status ent_draw_exact(ent_work *work, ent_arena *scratch, const ent_frame *f,
                          const ent_sampling *sampling, ent_interval b, ent_world_set *set,
                          bool *done)
{
    *done = false;
    if (f->equals > (f->k > 0 ? 1u : 0u) + (b.high <= b.low ? 1u : 0u)) {
        return ENT_OK; /* the prior never meets an equality */
    }
    proposals p = {f, sampling, ent_key_of(sampling->seed, sampling->stream), b};
    int most = work->threads < CHUNKS / A_THREAD ? work->threads * A_THREAD : CHUNKS;
    most = most < A_THREAD ? A_THREAD : most;
    chunk *chunks = make_chunks(scratch, f, most);
    fill_chunk(&p, 0, TRIALS, &chunks[0]);
    if (too_costly(f, set->worlds, (double)chunks[0].count / (TRIALS * ENT_LANES))) {
        return ENT_OK;
    }
    float *drawn = ent_alloc_unset(scratch, (size_t)f->n * set->worlds, float);
    uint64_t batch = 0;
    for (uint32_t have = 0; have < set->worlds;) {
        double share = fmax((double)chunks[0].count, 1) / (CHUNK * ENT_LANES);
        double need = ceil((set->worlds - have) / share / (CHUNK * ENT_LANES) * 1.1);
        int count = need < most ? (int)need : most;
        int threads = work->threads < count ? work->threads : count;
        turns all = {work, &p, chunks, batch};
        ent_run_team(threads, (uint64_t)count, fill_piece, &all);
        for (int i = 0; i < count && have < set->worlds; i++, batch += CHUNK) {
            have = gather(&chunks[i], f->n, have, set->worlds, drawn);
        }
        if (ent_tick(work, "worlds", have, set->worlds)) {
            return ENT_CANCELLED;
        }
    }
    set->method = "exact";
    set->effective = set->worlds;
    set->rhat = 1;
    set->steps = batch * ENT_LANES;
    ent_store_worlds(drawn, set->worlds, NULL, set);
    *done = true;
    return ENT_OK;
}
