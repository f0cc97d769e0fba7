/*
 * Chains moved by several processes. Blocks are handed out in bundles, two for each process, so
 * that the last to finish is not far behind. What a bundle's draws come to goes to the process
 * that leads, which judges them and shares the worlds. A bundle stays with its process, whose
 * blocks stand where the next draws begin; one that comes to another is walked from its start.
 */
#include "worlds/sampler_run.h"

#include "base/crew.h"

#include <string.h>

/* The draws at hand, of bundles of blocks. */
typedef struct leg {
    ent_run *r;
    uint32_t from, to;
    bool *handed; /* [bundles] */
} leg;

/* A process keeps its bundles; those of one that has left go to whoever asks. */
static bool next_bundle(void *user, int rank, uint64_t *piece)
{
    leg *l = user;
    ent_bundles *b = &l->r->bundles;
    for (uint32_t i = 0; i < b->count; i++) {
        int owner = b->owner[i];
        bool free = owner < 0 || owner == rank || ent_crew_lacks(l->r->work, owner);
        if (!l->handed[i] && free) {
            l->handed[i] = true;
            b->owner[i] = rank;
            *piece = i;
            return true;
        }
    }
    return false;
}

static uint32_t rows_of(const ent_run *r)
{
    return r->series.count + r->walk->frame->n;
}

/* A message as a sheet of one bundle's draws. */
static ent_chain_sheet sheet_of(const leg *l, float *message)
{
    uint32_t chains = l->r->bundles.blocks * ENT_LANES;
    return (ent_chain_sheet){message, rows_of(l->r), chains, (size_t)(l->to - l->from) * chains};
}

static ent_status draw_bundle(void *user, uint64_t piece, void *result, size_t *length)
{
    leg *l = user;
    ent_bundles *b = &l->r->bundles;
    ent_chain_sheet sheet = sheet_of(l, result);
    ent_stretch part = {(uint32_t)piece * b->blocks, b->blocks, l->from, l->to, l->from};
    if (ent_crew_leads(l->r->work)) {
        b->owner[piece] = 0; /* also where another had it and failed */
    }
    *length = sheet.rows * sheet.room * sizeof *sheet.at;
    return ent_run_blocks(l->r, &part, &sheet) ? ENT_OK : ENT_CANCELLED;
}

static ent_status take_bundle(void *user, uint64_t piece, const void *result, size_t length)
{
    const leg *l = user;
    const ent_chain_sheet *all = &l->r->all, part = sheet_of(l, NULL);
    const float *from = result;
    if (length != part.rows * part.room * sizeof *from) {
        return ENT_INVALID;
    }
    for (uint32_t row = 0; row < part.rows; row++) {
        float *to = all->at + row * all->room + piece * part.chains;
        for (uint32_t draw = l->from; draw < l->to; draw++, from += part.chains) {
            memcpy(to + (size_t)draw * all->chains, from, part.chains * sizeof *from);
        }
    }
    return ENT_OK;
}

ent_status ent_run_together(ent_run *r, uint32_t from, uint32_t to)
{
    ent_bundles *b = &r->bundles;
    ent_status status = ENT_OK;
    for (uint32_t at = from, end; at < to && status == ENT_OK; at = end) {
        end = to - at < b->most_draws ? to : at + b->most_draws;
        leg l = {r, at, end, b->handed};
        ent_crew_job job = {.room = b->room, .desk = b->desk, .next = next_bundle,
                            .act = draw_bundle, .take = take_bundle, .user = &l};
        memset(b->handed, 0, b->count * sizeof *b->handed);
        status = ent_crew_run(r->work, &job);
        r->walked += (end - at) * r->thin;
    }
    return status;
}

void ent_run_bundle(ent_arena *scratch, double effort, ent_run *r)
{
    enum { MESSAGE = 16 << 20, EFFORT = 64 /* multiplications for a number to be sent */ };
    ent_bundles *b = &r->bundles;
    uint32_t most = 2 * (uint32_t)ent_crew_size(r->work);
    bool dear = effort >= EFFORT * (double)rows_of(r);
    if (ent_crew_size(r->work) < 2 || r->block_count < 2 || !dear) {
        return;
    }
    b->blocks = r->block_count;
    while (b->blocks > 1 && r->block_count / b->blocks < most) {
        b->blocks /= 2; /* as the count of blocks, a power of two */
    }
    b->count = r->block_count / b->blocks;
    size_t row = (size_t)b->blocks * ENT_LANES * sizeof(float);
    size_t draw = row * rows_of(r);
    b->most_draws = draw < MESSAGE ? (uint32_t)(MESSAGE / draw) : 1;
    b->room = draw * b->most_draws;
    b->desk = ent_alloc(scratch, ENT_CREW_HEAD + b->room, unsigned char);
    b->handed = ent_alloc(scratch, b->count, bool);
    b->owner = ent_alloc(scratch, b->count, int);
    for (uint32_t i = 0; i < b->count; i++) {
        b->owner[i] = -1;
    }
}
