#include "base/draws.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BLOCKS = 256 };

typedef struct block {
    char name[ENT_HASH_ROOM];
    size_t length;
    uint64_t used; /* when, by the clock of the draws */
    void *bytes;
} block;

struct ent_draws {
    pthread_mutex_t lock;
    size_t most, held; /* bytes */
    uint64_t clock;
    size_t count;
    block at[MOST_BLOCKS];
};

ent_draws *ent_draws_create(size_t most)
{
    ent_draws *d = calloc(1, sizeof *d);
    if (d != NULL && pthread_mutex_init(&d->lock, NULL) != 0) {
        free(d);
        return NULL;
    }
    if (d != NULL) {
        d->most = most;
    }
    return d;
}

void ent_draws_destroy(ent_draws *d)
{
    if (d == NULL) {
        return;
    }
    for (size_t i = 0; i < d->count; i++) {
        free(d->at[i].bytes);
    }
    (void)pthread_mutex_destroy(&d->lock);
    free(d);
}

static block *find(ent_draws *d, const char *name, size_t length)
{
    for (size_t i = 0; i < d->count; i++) {
        if (d->at[i].length == length && strcmp(d->at[i].name, name) == 0) {
            return &d->at[i];
        }
    }
    return NULL;
}

bool ent_draws_take(ent_draws *d, const char name[ENT_HASH_ROOM], void *out, size_t length)
{
    (void)pthread_mutex_lock(&d->lock);
    block *b = find(d, name, length);
    if (b != NULL) {
        memcpy(out, b->bytes, length);
        b->used = ++d->clock;
    }
    (void)pthread_mutex_unlock(&d->lock);
    return b != NULL;
}

/* Let go of the block that was unused longest. */
static void drop_oldest(ent_draws *d)
{
    size_t oldest = 0;
    for (size_t i = 1; i < d->count; i++) {
        oldest = d->at[i].used < d->at[oldest].used ? i : oldest;
    }
    d->held -= d->at[oldest].length;
    free(d->at[oldest].bytes);
    d->at[oldest] = d->at[--d->count];
}

void ent_draws_keep(ent_draws *d, const char name[ENT_HASH_ROOM], const void *bytes,
                    size_t length)
{
    void *copy = length > 0 && length <= d->most ? malloc(length) : NULL;
    if (copy == NULL) {
        return;
    }
    memcpy(copy, bytes, length);
    (void)pthread_mutex_lock(&d->lock);
    if (find(d, name, length) != NULL) {
        free(copy); /* another thread drew the same in the meantime */
    } else {
        while (d->count == MOST_BLOCKS || d->held + length > d->most) {
            drop_oldest(d);
        }
        block *b = &d->at[d->count++];
        memcpy(b->name, name, ENT_HASH_ROOM);
        b->length = length;
        b->used = ++d->clock;
        b->bytes = copy;
        d->held += length;
    }
    (void)pthread_mutex_unlock(&d->lock);
}
