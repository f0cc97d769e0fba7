/*
 * Worlds by Markov chains: line moves and block moves by turns, each with an exact chord.
 *
 * Line moves: hit-and-run (Smith 1984) along the axes of a round frame, as in coordinate
 * hit-and-run with rounding (Haraldsdóttir et al. 2017), the point on the chord by slice sampling
 * with shrinkage (Neal 2003) where the density varies along it. Block moves: within an issue one
 * part gains what another loses; between issues two importances are rescaled with their splits
 * kept, which is a uniform draw, since the prior is constant in (importances, splits). Each alone
 * fails somewhere: lines near an importance of 0, where the density has a pole; blocks in bodies
 * that ordinal statements have made narrow.
 *
 * ENT_LANES chains share each direction. A pilot rounds the frame and measures how far apart draws
 * must be; a sample that is still too correlated is thinned by half and continued.
 * Cost: O(rows + n) for each step of a chain, and about 0.6 d^2 steps for each independent world.
 */
#include "worlds/sampler_run.h"

#include "base/crew.h"
#include "base/pieces.h"

#include <math.h>
#include <string.h>

enum {
    ROUNDINGS = 3,     /* times the pilot's covariance is taken */
    PILOT_DRAWS = 48,  /* snapshots when the correlation time is measured */
    MOST_SLACKS = 64,  /* slacks that are watched */
    MOST_BLOCKS = 16,
    BLOCK_WORLDS = 2048, /* at least, for each block of lanes */
    SHUFFLE = 0x73687566 /* the stream's purpose */
};

/*
 * Row times steps of a chain, over all chains, that a draw of 20,000 worlds may take: some
 * seconds. A step has a fixed cost too, counted as STEP_ROWS rows; fewer worlds may take less.
 */
#define MOST_EFFORT 1.6e10
enum { STEP_ROWS = 24, FULL_WORLDS = 20000 };

static double effort_of_step(const ent_chain_walk *w)
{
    return (double)w->frame->n + w->frame->rows + STEP_ROWS;
}

/* A thread without a block would only wait, and waiting takes its core. */
static int threads_of(const ent_run *r, uint32_t blocks)
{
    return r->work->threads < (int)blocks ? r->work->threads : (int)blocks;
}

static void record(const ent_run *r, const ent_block *block, const ent_chain_sheet *sheet,
                   uint32_t draw, uint32_t chain)
{
    const ent_chain_walk *w = r->walk;
    float *at = sheet->at + (size_t)draw * sheet->chains + chain;
    ent_block_watch(w, block, at, sheet->room);
    for (uint32_t c = 0; c + r->series.count < sheet->rows; c++) {
        float *out = at + (size_t)(r->series.count + c) * sheet->room;
        bool still = c < w->frame->k && !w->frame->bounded[c]; /* pinned: free of rounding */
        for (uint32_t l = 0; l < ENT_LANES; l++) {
            double x = block->state[(size_t)c * ENT_LANES + l];
            out[l] = (float)(still ? w->frame->center[c] : x);
        }
    }
}

/* Draws [from, to) of a part's blocks. */
typedef struct turns {
    const ent_run *r;
    const ent_stretch *part;
    const ent_chain_sheet *sheet;
    uint32_t from, to;
    uint64_t walked; /* before the first of them */
} turns;

static void walk_piece(void *user, int thread, uint64_t piece)
{
    const turns *t = user;
    const ent_run *r = t->r;
    ent_block *block = r->blocks[t->part->first + piece];
    (void)thread;
    ent_block_steps(r->walk, block, t->walked - block->step);
    for (uint32_t draw = t->from; draw < t->to && !ent_stopped(r->work); draw++) {
        ent_block_steps(r->walk, block, r->thin);
        record(r, block, t->sheet, draw - t->part->zero, (uint32_t)piece * ENT_LANES);
    }
}

bool ent_run_blocks(ent_run *r, const ent_stretch *part, const ent_chain_sheet *sheet)
{
    uint32_t piece = (r->draws + 7) / 8;
    int threads = threads_of(r, part->blocks);
    for (uint32_t start = part->from; start < part->to; start += piece) {
        uint32_t end = start + piece < part->to ? start + piece : part->to;
        turns all = {r, part, sheet, start, end, r->walked + (start - part->from) * r->thin};
        ent_run_team(threads, part->blocks, walk_piece, &all);
        if (ent_tick(r->work, "worlds", (uint64_t)end * r->chains,
                     (uint64_t)r->draws * r->chains)) {
            return false;
        }
    }
    return true;
}

/* Draws [from, to) of every block. */
static ent_status draw_all(ent_run *r, uint32_t from, uint32_t to)
{
    const ent_stretch whole = {0, r->block_count, from, to, 0};
    ent_status status = ENT_OK;
    if (r->bundles.count > 0) {
        status = ent_run_together(r, from, to);
    } else if (ent_run_blocks(r, &whole, &r->all)) {
        r->walked += (to - from) * r->thin;
    } else {
        status = ENT_CANCELLED;
    }
    r->effort += effort_of_step(r->walk) * (double)r->thin * (to - from) * r->chains;
    return status;
}

/* Keep every second draw, the last but one among them, and return how many there are. */
static uint32_t halve(const ent_run *r)
{
    const ent_chain_sheet *sheet = &r->all;
    uint32_t kept = r->draws / 2, odd = r->draws % 2;
    for (uint32_t i = 0; i < kept && sheet->at != NULL; i++) {
        size_t to = (size_t)i * r->chains, from = (size_t)(2 * i + odd) * r->chains;
        for (uint32_t row = 0; row < sheet->rows; row++) {
            float *x = sheet->at + row * sheet->room;
            memmove(x + to, x + from, r->chains * sizeof *x);
        }
    }
    return kept;
}

/* Round the frame by the covariance of the lanes of a pilot block. */
static void round_frame(ent_arena *scratch, ent_chain_walk *w, ent_block *pilot)
{
    uint32_t d = w->frame->d;
    uint32_t snapshots = 12 + 4 * d / ENT_LANES;
    for (int round = 0; round < ROUNDINGS; round++) {
        ent_chain_moments *moments = ent_moments_create(scratch, d);
        ent_block_steps(w, pilot, 4 * (uint64_t)d + 16);
        for (uint32_t i = 0; i < snapshots; i++) {
            ent_block_steps(w, pilot, d + 4);
            ent_moments_add(w, pilot, moments);
        }
        ent_walk_round(scratch, w, moments);
    }
}

/* Room for all draws of so many rows, the first of which are watched. */
static void set_sheet(ent_arena *scratch, ent_run *r, uint32_t rows)
{
    size_t room = (size_t)r->draws * r->chains;
    r->all = (ent_chain_sheet){ent_alloc_unset(scratch, room * rows, float), rows, r->chains,
                               room};
    r->series = (ent_series){.at = r->all.at, .count = r->series.count, .draws = r->draws,
                             .chains = r->chains, .room = room};
}

/* Steps between draws such that about a third count as independent, from a pilot block. */
static uint64_t find_thin(ent_arena *scratch, ent_run *r, ent_block *pilot)
{
    uint32_t d = r->walk->frame->d;
    ent_run pilot_run = *r;
    ent_block *blocks[1] = {pilot};
    pilot_run.blocks = blocks;
    pilot_run.block_count = 1;
    pilot_run.chains = ENT_LANES;
    pilot_run.draws = PILOT_DRAWS;
    pilot_run.effort = 0;
    set_sheet(scratch, &pilot_run, r->series.count);
    double time = 1;
    pilot_run.thin = d + 2;
    for (uint32_t from = 0;; from = halve(&pilot_run), pilot_run.thin *= 2) {
        for (uint32_t draw = from; draw < PILOT_DRAWS; draw++) {
            ent_block_steps(r->walk, pilot, pilot_run.thin);
            record(&pilot_run, pilot, &pilot_run.all, draw, 0);
        }
        ent_quality q = ent_sample_quality(scratch, &pilot_run.series, 1);
        time = (double)pilot_run.thin * PILOT_DRAWS * ENT_LANES / fmax(q.effective, 1);
        pilot_run.effort += (double)pilot_run.thin * (PILOT_DRAWS - from) * ENT_LANES *
                            effort_of_step(r->walk);
        if (q.effective >= 4 * ENT_LANES || pilot_run.effort > 0.2 * r->most) {
            break;
        }
    }
    r->effort += pilot_run.effort;
    double most = r->most / (effort_of_step(r->walk) *
                                 (double)r->draws * r->chains);
    /* A fifth; more for few worlds, whose chains are short and whose errors are large as it is. */
    double share = fmin(0.2 * (1 + 500.0 / (r->draws * r->chains)), 0.5);
    double thin = fmin(share * time, fmax(most, 1));
    return (uint64_t)fmax(ceil(thin), 1);
}

/* Does this process have all draws? */
static bool has_all(const ent_run *r)
{
    return r->bundles.count == 0 || ent_crew_leads(r->work);
}

static void make_run(ent_work *work, ent_arena *scratch, ent_chain_walk *walk, uint32_t worlds,
                     ent_run *r)
{
    uint32_t blocks = 1;
    while (blocks < MOST_BLOCKS && blocks * 2 * BLOCK_WORLDS <= worlds) {
        blocks *= 2;
    }
    uint32_t chains = blocks * ENT_LANES;
    uint32_t draws = (worlds + chains - 1) / chains;
    const ent_frame *f = walk->frame;
    walk->slacks = f->rows < MOST_SLACKS ? f->rows : MOST_SLACKS;
    *r = (ent_run){.work = work, .walk = walk, .block_count = blocks, .chains = chains,
                   .draws = draws < 8 ? 8 : draws};
    r->most = MOST_EFFORT * (worlds + 1000.0) / FULL_WORLDS;
    r->series.count = f->groups + f->d + walk->slacks;
    r->blocks = ent_alloc(scratch, blocks, ent_block *);
}

/* Every block takes up the pilot's chains, and will walk away from the other blocks first. */
static void start_blocks(ent_arena *scratch, ent_run *r, const ent_block *pilot)
{
    for (uint32_t i = 0; i < r->block_count; i++) {
        r->blocks[i] = ent_block_create(scratch, r->walk, i * ENT_LANES);
        ent_block_copy(r->walk, r->blocks[i], pilot);
    }
    r->walked = 5 * r->thin;
}

/*
 * Half chains that hold e effective draws each have an R-hat of about sqrt(1 + 1/e) even when all
 * is well, so short chains are allowed twice that excess: there are many of them, and a chain that
 * sits elsewhere still shows.
 */
static bool has_mixed(ent_quality q, const ent_run *r, double strict)
{
    double short_chains = sqrt(1 + 4.0 * r->chains / fmax(q.effective, 1));
    return q.rhat <= fmax(strict, short_chains);
}

static double drawn_by(const ent_run *r)
{
    return (double)r->draws * r->chains;
}

/* What is made of the draws, by the process that has them all. */
typedef struct verdict {
    ent_quality quality;
    uint64_t enough;
} verdict;

static ent_status judge_draws(ent_arena *scratch, const ent_run *r, verdict *v)
{
    if (has_all(r)) {
        ent_quality q = ent_sample_quality(scratch, &r->series, threads_of(r, r->block_count));
        bool good = q.effective >= 0.15 * drawn_by(r) && has_mixed(q, r, 1.03);
        *v = (verdict){q, good || r->effort > r->most / 2};
    }
    return r->bundles.count > 0 ? ent_crew_share(r->work, v, sizeof *v) : ENT_OK;
}

static void report(const ent_run *r, ent_quality q, ent_world_set *set)
{
    set->method = "chains";
    set->effective = fmin(q.effective * set->worlds / drawn_by(r), set->worlds);
    set->rhat = q.rhat;
    set->poor = !has_mixed(q, r, 1.05);
    set->steps += r->walked * r->chains;
}

/*
 * Chains lie side by side, and they all began in the pilot's few: neighbours are alike. Who looks
 * at the first thousand worlds shall see as much as any thousand show, so they are shuffled.
 */
static const uint32_t *shuffle(ent_arena *scratch, const ent_sampling *sampling, uint32_t worlds)
{
    uint32_t *order = ent_alloc(scratch, worlds, uint32_t);
    ent_stream draw = ent_stream_of(sampling->seed, sampling->stream, SHUFFLE);
    for (uint32_t w = 0; w < worlds; w++) {
        uint32_t at = ent_draw_below(&draw, w + 1);
        order[w] = order[at];
        order[at] = w;
    }
    return order;
}

/* The worlds, by the process that has all draws, to every one. */
static ent_status store(ent_arena *scratch, const ent_run *r, const ent_sampling *sampling,
                        ent_world_set *set)
{
    if (has_all(r)) {
        const float *drawn = r->all.at + r->series.count * r->all.room;
        ent_store_worlds(drawn, r->all.room, shuffle(scratch, sampling, set->worlds), set);
    }
    size_t column = set->stride * sizeof *set->z;
    ent_status status = ENT_OK;
    if (r->bundles.count > 0) {
        status = ent_crew_share(r->work, set->z, set->k * column);
        status = status == ENT_OK ? ent_crew_share(r->work, set->b, column) : status;
    }
    return status;
}

ent_status ent_draw_chains(ent_work *work, ent_arena *scratch, const ent_frame *frame,
                           const ent_sampling *sampling, ent_world_set *set)
{
    ent_run r;
    verdict v = {{0, (double)INFINITY}, false};
    ent_chain_walk *walk = ent_walk_create(scratch, frame, sampling);
    make_run(work, scratch, walk, sampling->worlds, &r);
    ent_block *pilot = ent_block_create(scratch, walk, MOST_BLOCKS * ENT_LANES);
    round_frame(scratch, walk, pilot);
    r.thin = find_thin(scratch, &r, pilot);
    start_blocks(scratch, &r, pilot);
    ent_run_bundle(scratch, effort_of_step(walk) * (double)r.thin, &r);
    if (has_all(&r)) {
        set_sheet(scratch, &r, r.series.count + frame->n);
    }
    for (uint32_t from = 0; !v.enough; r.thin *= 2) {
        ent_status status = draw_all(&r, from, r.draws);
        status = status == ENT_OK ? judge_draws(scratch, &r, &v) : status;
        if (status != ENT_OK) {
            return status;
        }
        from = v.enough ? r.draws : halve(&r);
    }
    report(&r, v.quality, set);
    set->steps += pilot->step * ENT_LANES;
    return store(scratch, &r, sampling, set);
}

/*
 * A sheet with the unknowns and what is watched (importances, coordinates, slacks of the rows and
 * of b's two bounds), and the order in which worlds are stored.
 */
double ent_draw_bytes(const ent_polytope *polytope, uint32_t worlds)
{
    const ent_stakes *stakes = polytope->stakes;
    double unknowns = stakes->k + 1.0, slacks = fmin((double)polytope->row_count + 2, MOST_SLACKS);
    return ((double)stakes->groups + 2 * unknowns + slacks + 1) * worlds * sizeof(float);
}
