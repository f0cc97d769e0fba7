/*
 * A sweep shared by processes: each takes parts of the available outcomes, in all worlds. A part
 * comes to the counts of its outcomes, in their order, and to the worlds in which one of them suits
 * all; these are joined, and every process has the whole afterwards. So the messages together
 * hold each count twice, and a part costs its process the tables of a sweep besides its outcomes.
 */
#include "answers/sweep_plan.h"

#include "base/crew.h"

#include <string.h>

enum { LEAST_PART = 2048, /* outcomes that repay the tables */ PARTS = 2 /* a process */ };
static const size_t most_message = (size_t)1 << 30;

typedef struct parts {
    ent_work *work;
    const ent_grid *grid;
    const ent_voters *voters;
    const uint8_t *available;
    uint64_t *first; /* [count + 1] the index at which each part begins */
    uint64_t *size;  /* [count] available outcomes */
    uint64_t count, next;
    uint8_t *mask;   /* [outcomes] those of the part at hand */
    ent_sweep *sweep;
} parts;

static bool is_available(const parts *p, uint64_t index)
{
    return p->available == NULL || p->available[index] != 0;
}

static bool next_part(void *user, int rank, uint64_t *piece)
{
    parts *p = user;
    (void)rank;
    *piece = p->next;
    return p->next < p->count && p->next++ < UINT64_MAX;
}

static size_t length_of(const parts *p, uint64_t piece)
{
    return (size_t)p->size[piece] * p->voters->count * sizeof(uint32_t) + p->sweep->worlds;
}

/* The counts of a part to the bytes, voter by voter, and the zone behind them. */
static void pack(const parts *p, uint64_t piece, const ent_sweep *part, uint32_t *out)
{
    for (size_t v = 0; v < p->voters->count; v++) {
        for (uint64_t i = p->first[piece]; i < p->first[piece + 1]; i++) {
            if (p->mask[i] != 0) {
                *out++ = part->counts[v][i];
            }
        }
    }
    memcpy(out, part->zone, part->worlds);
}

typedef struct sweeping {
    parts *p;
    ent_work work;
    uint64_t piece;
    uint32_t *out;
} sweeping;

static ent_status sweep_part(void *argument)
{
    sweeping *s = argument;
    ent_sweep part;
    ent_status status =
        ent_sweep_here(&s->work, s->p->grid, s->p->voters, s->p->mask, &part);
    if (status == ENT_OK) {
        pack(s->p, s->piece, &part, s->out);
    }
    return status;
}

/* In an arena of its own: a part's tables and counts are as large as those of the whole. */
static ent_status act_part(void *user, uint64_t piece, void *result, size_t *length)
{
    parts *p = user;
    sweeping s = {p, *p->work, piece, result};
    memset(p->mask, 0, p->grid->outcomes);
    for (uint64_t i = p->first[piece]; i < p->first[piece + 1]; i++) {
        p->mask[i] = is_available(p, i);
    }
    *length = length_of(p, piece);
    s.work.arena = ent_arena_beside(p->work->arena);
    if (s.work.arena == NULL) {
        return ENT_NOMEM;
    }
    ent_status status = ent_protect(s.work.arena, sweep_part, &s);
    ent_arena_destroy(s.work.arena);
    return status;
}

static ent_status take_part(void *user, uint64_t piece, const void *result, size_t length)
{
    const parts *p = user;
    const uint32_t *from = result;
    if (length != length_of(p, piece)) {
        return ENT_INVALID;
    }
    for (size_t v = 0; v < p->voters->count; v++) {
        for (uint64_t i = p->first[piece]; i < p->first[piece + 1]; i++) {
            if (is_available(p, i)) {
                p->sweep->counts[v][i] = *from++;
            }
        }
    }
    const uint8_t *zone = (const uint8_t *)from;
    for (uint32_t w = 0; w < p->sweep->worlds; w++) {
        p->sweep->zone[w] |= zone[w];
    }
    return ENT_OK;
}

/* Parts with as many available outcomes each; none where sharing does not pay. */
static bool make_parts(parts *p)
{
    uint64_t all = 0, most = PARTS * (uint64_t)ent_crew_size(p->work);
    for (uint64_t i = 0; i < p->grid->outcomes; i++) {
        all += is_available(p, i);
    }
    p->count = all / LEAST_PART < most ? all / LEAST_PART : most;
    if (p->count < 2 || all / p->count * p->voters->count > most_message / 8) {
        return false;
    }
    p->first = ent_alloc(p->work->arena, p->count + 1, uint64_t);
    p->size = ent_alloc(p->work->arena, p->count + 1, uint64_t);
    uint64_t seen = 0, part = 0;
    for (uint64_t i = 0; i < p->grid->outcomes; i++) {
        if (seen == all / p->count * (part + 1) && part + 1 < p->count) {
            p->first[++part] = i;
        }
        seen += is_available(p, i);
        p->size[part] += is_available(p, i);
    }
    p->first[p->count] = p->grid->outcomes;
    return true;
}

static void make_sweep(parts *p)
{
    ent_arena *arena = p->work->arena;
    *p->sweep = (ent_sweep){.outcomes = p->grid->outcomes,
                            .worlds = p->voters->at->set->worlds};
    p->sweep->zone = ent_alloc(arena, p->sweep->worlds, uint8_t);
    p->sweep->counts = ent_alloc(arena, p->voters->count, uint32_t *);
    for (size_t v = 0; v < p->voters->count; v++) {
        p->sweep->counts[v] = ent_alloc(arena, p->grid->outcomes, uint32_t);
    }
    p->mask = ent_alloc(arena, p->grid->outcomes, uint8_t);
}

static ent_status share(parts *p)
{
    ent_sweep *s = p->sweep;
    ent_status status = ent_crew_share(p->work, s->zone, s->worlds);
    for (size_t v = 0; v < p->voters->count && status == ENT_OK; v++) {
        status = ent_crew_share(p->work, s->counts[v], s->outcomes * sizeof *s->counts[v]);
    }
    for (uint32_t w = 0; w < s->worlds; w++) {
        s->zone_count += s->zone[w];
    }
    return status;
}

ent_status ent_sweep_grid(ent_work *work, const ent_grid *grid, const ent_voters *voters,
                          const uint8_t *available, ent_sweep *sweep)
{
    parts p = {.work = work, .grid = grid, .voters = voters, .available = available,
               .sweep = sweep};
    if (ent_crew_size(work) < 2 || voters->count == 0 || voters->count > ENT_MOST_VOTERS ||
        !make_parts(&p)) {
        return ent_sweep_here(work, grid, voters, available, sweep);
    }
    make_sweep(&p);
    size_t room = 0;
    for (uint64_t k = 0; k < p.count; k++) {
        room = length_of(&p, k) > room ? length_of(&p, k) : room;
    }
    ent_crew_job job = {.room = room, .next = next_part, .act = act_part, .take = take_part,
                        .user = &p};
    ent_status status = ent_crew_run(work, &job);
    return status == ENT_OK ? share(&p) : status;
}
