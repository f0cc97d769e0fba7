/*
 * The staircase of a sweep in three dimensions (Kung, Luccio, Preparata, "On finding the maxima of
 * a set of vectors", J. ACM 22, 1975): of the points passed so far only those count whose (y, z)
 * no other dominates. They are kept by falling y, hence rising z, in chunks of at most 64, so that
 * a test is two binary searches and an insertion moves at most one chunk: O(log n + 64) each.
 */
#include "bargain/maxima.h"

#include <string.h>

enum { CHUNK = 64 };

typedef struct chunk {
    uint32_t count;
    double y[CHUNK], z[CHUNK];
} chunk;

struct ent_stair {
    ent_arena *arena;
    struct {
        chunk **at;
        size_t count, room;
    } top, spare;
};

ent_stair *ent_stair_create(ent_arena *arena)
{
    ent_stair *stair = ent_alloc(arena, 1, ent_stair);
    stair->arena = arena;
    return stair;
}

static chunk *take_chunk(ent_stair *stair)
{
    if (stair->spare.count > 0) {
        return stair->spare.at[--stair->spare.count];
    }
    return ent_alloc(stair->arena, 1, chunk);
}

static void give_chunk(ent_stair *stair, chunk *c)
{
    c->count = 0;
    *ent_push(stair->arena, &stair->spare) = c;
}

void ent_stair_clear(ent_stair *stair)
{
    for (size_t i = 0; i < stair->top.count; i++) {
        give_chunk(stair, stair->top.at[i]);
    }
    stair->top.count = 0;
}

static void insert_chunk(ent_stair *stair, size_t at, chunk *c)
{
    (void)ent_push(stair->arena, &stair->top);
    chunk **top = stair->top.at;
    memmove(&top[at + 1], &top[at], (stair->top.count - 1 - at) * sizeof(chunk *));
    top[at] = c;
}

static void remove_chunks(ent_stair *stair, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        give_chunk(stair, stair->top.at[i]);
    }
    chunk **top = stair->top.at;
    memmove(&top[from], &top[to], (stair->top.count - to) * sizeof(chunk *));
    stair->top.count -= to - from;
}

/* The number of chunks whose first y is at least y. */
static size_t chunks_from(const ent_stair *stair, double y)
{
    size_t low = 0, high = stair->top.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (stair->top.at[middle]->y[0] >= y) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static uint32_t steps_from(const chunk *c, double y)
{
    uint32_t low = 0, high = c->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (c->y[middle] >= y) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void cut_steps(chunk *c, uint32_t from, uint32_t to)
{
    memmove(&c->y[from], &c->y[to], (c->count - to) * sizeof(double));
    memmove(&c->z[from], &c->z[to], (c->count - to) * sizeof(double));
    c->count -= to - from;
}

/* Take away the steps from (k, at) on whose z is at most z: they have become dominated. */
static void drop_covered(ent_stair *stair, size_t k, uint32_t at, double z)
{
    chunk *c = stair->top.at[k];
    uint32_t end = at;
    while (end < c->count && c->z[end] <= z) {
        end++;
    }
    bool whole_tail = end == c->count;
    cut_steps(c, at, end);
    if (!whole_tail) {
        return;
    }
    size_t next = k + 1, stop = next;
    while (stop < stair->top.count &&
           stair->top.at[stop]->z[stair->top.at[stop]->count - 1] <= z) {
        stop++;
    }
    remove_chunks(stair, next, stop);
    if (next < stair->top.count) {
        c = stair->top.at[next];
        end = 0;
        while (c->z[end] <= z) {
            end++;
        }
        cut_steps(c, 0, end);
    }
}

static void split_chunk(ent_stair *stair, size_t k)
{
    chunk *c = stair->top.at[k], *half = take_chunk(stair);
    uint32_t keep = c->count / 2;
    half->count = c->count - keep;
    memcpy(half->y, &c->y[keep], half->count * sizeof(double));
    memcpy(half->z, &c->z[keep], half->count * sizeof(double));
    c->count = keep;
    insert_chunk(stair, k + 1, half);
}

static void insert_step(ent_stair *stair, size_t k, uint32_t at, double y, double z)
{
    chunk *c = stair->top.at[k];
    memmove(&c->y[at + 1], &c->y[at], (c->count - at) * sizeof(double));
    memmove(&c->z[at + 1], &c->z[at], (c->count - at) * sizeof(double));
    c->y[at] = y;
    c->z[at] = z;
    if (++c->count == CHUNK) {
        split_chunk(stair, k);
    }
}

bool ent_stair_admit(ent_stair *stair, double y, double z)
{
    size_t k = chunks_from(stair, y);
    if (k == 0) {
        if (stair->top.count == 0) {
            insert_chunk(stair, 0, take_chunk(stair));
        }
        drop_covered(stair, 0, 0, z);
        insert_step(stair, 0, 0, y, z);
        return true;
    }
    chunk *c = stair->top.at[k - 1];
    uint32_t at = steps_from(c, y);
    if (c->z[at - 1] >= z) {
        return false;
    }
    if (c->y[at - 1] <= y) {
        at--; /* the same y with a smaller z is covered too */
    }
    drop_covered(stair, k - 1, at, z);
    insert_step(stair, k - 1, at, y, z);
    return true;
}
