/* An allocator that fails once, for tests of memory that runs out. */
#ifndef ENT_METER_H
#define ENT_METER_H

#include <stddef.h>
#include <stdlib.h>

/* Fails at the `fails_at`-th allocation and counts what is not freed. */
typedef struct meter {
    long calls, fails_at, alive;
} meter;

static inline void *meter_resize(void *user, void *block, size_t size)
{
    meter *m = user;
    if (size == 0) {
        m->alive -= block != NULL;
        free(block);
        return NULL;
    }
    if (++m->calls == m->fails_at) {
        return NULL;
    }
    void *moved = realloc(block, size);
    m->alive += block == NULL && moved != NULL;
    return moved;
}

#endif
