/* Worlds that were drawn before: the name of a draw, and a set as one block of bytes. */
#include "worlds/sampler_parts.h"

#include "base/draws.h"

#include <string.h>

/* What a set says beside its worlds. */
typedef struct notes {
    double effective, rhat;
    uint64_t steps;
    uint32_t exact, poor;
} notes;

static size_t floats_of(const ent_world_set *set)
{
    return ((size_t)set->k + 1) * set->stride;
}

static unsigned char *put(unsigned char *to, const void *bytes, size_t length)
{
    if (length > 0) {
        memcpy(to, bytes, length);
    }
    return to + length;
}

/* The hash of all that the bytes of a draw depend on. */
static void name_draw(ent_arena *arena, const ent_polytope *polytope,
                      const ent_sampling *sampling, char name[ENT_HASH_ROOM])
{
    const ent_stakes *s = polytope->stakes;
    size_t row = ((size_t)s->k + 2) * sizeof(double) + sizeof(uint64_t);
    size_t room = 256 + ((size_t)s->groups + 1) * sizeof(uint32_t) +
                  ((size_t)s->k + 1) * sizeof(double) + polytope->row_count * row;
    unsigned char *bytes = ent_alloc(arena, room, unsigned char), *at = bytes;
    uint64_t head[] = {s->k, s->groups, polytope->row_count, sampling->worlds, sampling->seed,
                       sampling->stream, (uint64_t)sampling->prior, sampling->start != NULL};
    at = put(at, head, sizeof head);
    at = put(at, &s->reservation.low, sizeof(double));
    at = put(at, &s->reservation.high, sizeof(double));
    at = put(at, s->group_start, ((size_t)s->groups + (s->k > 0)) * sizeof(uint32_t));
    if (sampling->start != NULL) {
        at = put(at, sampling->start, ((size_t)s->k + 1) * sizeof(double));
    }
    for (size_t i = 0; i < polytope->row_count; i++) {
        const ent_row *r = &polytope->rows[i];
        uint64_t strict = r->strict;
        at = put(at, r->a, s->k * sizeof(double));
        at = put(at, &r->beta, sizeof(double));
        at = put(at, &r->gamma, sizeof(double));
        at = put(at, &strict, sizeof strict);
    }
    ent_hash(bytes, (size_t)(at - bytes), name);
}

bool ent_take_worlds(ent_work *work, const ent_polytope *polytope, const ent_sampling *sampling,
                     ent_world_set *set, char name[ENT_HASH_ROOM])
{
    name_draw(work->arena, polytope, sampling, name);
    size_t floats = floats_of(set), length = floats * sizeof(float) + sizeof(notes);
    unsigned char *block = ent_alloc(work->arena, length, unsigned char);
    if (!ent_draws_take(work->draws, name, block, length)) {
        return false;
    }
    notes said;
    size_t z = (size_t)set->k * set->stride * sizeof(float);
    memcpy(set->z, block, z);
    memcpy(set->b, block + z, set->stride * sizeof(float));
    memcpy(&said, block + floats * sizeof(float), sizeof said);
    set->method = said.exact != 0 ? "exact" : "chains";
    set->effective = said.effective;
    set->rhat = said.rhat;
    set->steps = said.steps;
    set->poor = said.poor != 0;
    return true;
}

void ent_keep_worlds(ent_work *work, const ent_world_set *set, const char name[ENT_HASH_ROOM])
{
    size_t floats = floats_of(set), length = floats * sizeof(float) + sizeof(notes);
    unsigned char *block = ent_alloc(work->arena, length, unsigned char);
    notes said = {set->effective, set->rhat, set->steps, strcmp(set->method, "exact") == 0,
                  set->poor};
    size_t z = (size_t)set->k * set->stride * sizeof(float);
    memcpy(block, set->z, z);
    memcpy(block + z, set->b, set->stride * sizeof(float));
    memcpy(block + floats * sizeof(float), &said, sizeof said);
    ent_draws_keep(work->draws, name, block, length);
}
