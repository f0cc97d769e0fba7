#include "base/mem.h"

#include "base/number.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_BLOCK = 4096, MOST_BLOCK = 1 << 20, LINE = 64, WORD = 16 };

typedef struct block {
    struct block *next;
    size_t size; /* of the whole block, this header included */
    size_t used;
} block;

typedef struct deferred {
    struct deferred *next;
    ent_cleanup *cleanup;
    void *object;
} deferred;

struct ent_arena {
    ent_allocator allocator;
    block *blocks;
    deferred *deferred;
    size_t size;
    jmp_buf *give_up; /* where to go when memory is out */
    bool (*stopped)(void *user); /* asked as it grows; NULL: nobody is */
    void *user;
    bool ended; /* it said so */
};

static void *system_resize(void *user, void *memory, size_t size)
{
    (void)user;
    if (size == 0) {
        free(memory);
        return NULL;
    }
    return realloc(memory, size);
}

const ent_allocator ent_system_allocator = {system_resize, NULL, false};

ent_arena *ent_arena_create(const ent_allocator *allocator)
{
    if (allocator == NULL) {
        allocator = &ent_system_allocator;
    }
    ent_arena *arena = allocator->resize(allocator->user, NULL, sizeof *arena);
    if (arena != NULL) {
        *arena = (ent_arena){.allocator = *allocator};
    }
    return arena;
}

ent_arena *ent_arena_beside(const ent_arena *arena)
{
    return ent_arena_create(&arena->allocator);
}

void ent_arena_destroy(ent_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    for (deferred *d = arena->deferred; d != NULL; d = d->next) {
        d->cleanup(d->object);
    }
    ent_allocator allocator = arena->allocator;
    for (block *b = arena->blocks; b != NULL;) {
        block *next = b->next;
        allocator.resize(allocator.user, b, 0);
        b = next;
    }
    allocator.resize(allocator.user, arena, 0);
}

void ent_arena_adopt(ent_arena *arena, ent_arena *other)
{
    block **last = &arena->blocks; /* what is filled at the moment stays first */
    while (*last != NULL) {
        last = &(*last)->next;
    }
    *last = other->blocks;
    deferred **first = &other->deferred;
    while (*first != NULL) {
        first = &(*first)->next;
    }
    *first = arena->deferred;
    arena->deferred = other->deferred != NULL ? other->deferred : arena->deferred;
    arena->size += other->size;
    other->blocks = NULL;
    other->deferred = NULL;
    ent_arena_destroy(other);
}

bool ent_arena_could_hold(const ent_arena *arena, uint64_t bytes)
{
    ent_allocator a = arena->allocator;
    void *trial = bytes <= SIZE_MAX ? a.resize(a.user, NULL, (size_t)bytes) : NULL;
    if (trial != NULL) {
        a.resize(a.user, trial, 0);
    }
    return trial != NULL;
}

bool ent_arena_is_shared(const ent_arena *arena)
{
    return arena->allocator.resize == system_resize;
}

ent_status ent_protect(ent_arena *arena, ent_status (*body)(void *argument), void *argument)
{
    jmp_buf here;
    jmp_buf *outer = arena->give_up;
    ent_status status = ENT_NOMEM;
    if (setjmp(here) == 0) {
        arena->give_up = &here;
        status = body(argument);
        arena->give_up = outer;
        return status;
    }
    arena->give_up = outer;
    return ENT_NOMEM;
}

ent_status ent_protect_while(ent_arena *arena, ent_status (*body)(void *argument), void *argument,
                             bool (*stopped)(void *user), void *user)
{
    bool (*outer)(void *user) = arena->stopped;
    void *outer_user = arena->user;
    arena->stopped = stopped;
    arena->user = user;
    ent_status status = ent_protect(arena, body, argument);
    bool ended = arena->ended;
    arena->stopped = outer;
    arena->user = outer_user;
    arena->ended = false;
    return status != ENT_OK && ended ? ENT_CANCELLED : status;
}

void ent_out_of_memory(ent_arena *arena)
{
    if (arena->give_up == NULL) {
        abort(); /* an allocation outside ent_protect is a defect of the caller */
    }
    longjmp(*arena->give_up, 1);
}

/* NULL when memory is out, or when the work that it was for should stop. */
static block *add_block(ent_arena *arena, size_t need)
{
    if (arena->stopped != NULL && (arena->ended || arena->stopped(arena->user))) {
        arena->ended = true;
        return NULL;
    }
    size_t size = arena->blocks == NULL ? LEAST_BLOCK : arena->blocks->size * 2;
    if (size > MOST_BLOCK) {
        size = MOST_BLOCK;
    }
    size_t least;
    if (!ent_add_size(need, sizeof(block) + 2 * LINE, &least)) {
        return NULL;
    }
    if (size < least || arena->allocator.exact) {
        size = least;
    }
    block *b = arena->allocator.resize(arena->allocator.user, NULL, size);
    if (b == NULL) {
        return NULL;
    }
    *b = (block){.next = arena->blocks, .size = size, .used = sizeof(block)};
    arena->blocks = b;
    arena->size += size;
    return b;
}

static size_t padding(const block *b, size_t alignment)
{
    uintptr_t at = (uintptr_t)b + b->used;
    return (size_t)(-at & (alignment - 1));
}

/* NULL when memory is out. */
static void *take(ent_arena *arena, size_t need)
{
    size_t alignment = need >= LINE ? LINE : WORD;
    block *b = arena->blocks;
    if (b == NULL || arena->allocator.exact || b->size - b->used < alignment ||
        b->size - b->used - alignment < need) {
        b = add_block(arena, need);
    }
    if (b == NULL) {
        return NULL;
    }
    size_t start = b->used + padding(b, alignment);
    b->used = start + need;
    return (char *)b + start;
}

static void *take_all(ent_arena *arena, uint64_t count, size_t size, size_t *need)
{
    bool fits = count <= SIZE_MAX && ent_mul_size((size_t)count, size, need);
    void *memory = fits ? take(arena, *need) : NULL;
    if (memory == NULL) {
        ent_out_of_memory(arena);
    }
    return memory;
}

void *ent_alloc_bytes(ent_arena *arena, uint64_t count, size_t size)
{
    size_t need;
    void *memory = take_all(arena, count, size, &need);
    return memset(memory, 0, need);
}

void *ent_alloc_unset_bytes(ent_arena *arena, uint64_t count, size_t size)
{
    size_t need;
    void *memory = take_all(arena, count, size, &need);
#ifndef NDEBUG
    memset(memory, 0xFB, need); /* who reads before writing gets what is easily seen */
#endif
    return memory;
}

void ent_defer(ent_arena *arena, ent_cleanup *cleanup, void *object)
{
    deferred *d = take(arena, sizeof *d);
    if (d == NULL) {
        cleanup(object);
        ent_out_of_memory(arena);
    }
    *d = (deferred){arena->deferred, cleanup, object};
    arena->deferred = d;
}

size_t ent_arena_size(const ent_arena *arena)
{
    return arena->size;
}

char *ent_copy_text(ent_arena *arena, const char *text, size_t length)
{
    size_t room;
    if (!ent_add_size(length, 1, &room)) {
        ent_out_of_memory(arena);
    }
    char *copy = ent_alloc(arena, room, char);
    if (length > 0) {
        memcpy(copy, text, length);
    }
    return copy;
}

char *ent_copy(ent_arena *arena, const char *text)
{
    return text == NULL ? NULL : ent_copy_text(arena, text, strlen(text));
}

char *ent_format(ent_arena *arena, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (length < 0) {
        ent_out_of_memory(arena);
    }
    char *text = ent_alloc(arena, (size_t)length + 1, char);
    va_start(list, format);
    vsnprintf(text, (size_t)length + 1, format, list);
    va_end(list);
    return text;
}

void ent_grow(ent_arena *arena, void **at, size_t *room, size_t need, size_t size)
{
    if (need <= *room) {
        return;
    }
    size_t wider = *room < 8 ? 8 : *room;
    if (*room >= 8 && !ent_mul_size(*room, 2, &wider)) {
        ent_out_of_memory(arena);
    }
    if (wider < need) {
        wider = need;
    }
    void *copy = ent_alloc_bytes(arena, wider, size);
    if (*room > 0) {
        memcpy(copy, *at, *room * size);
    }
    *at = copy;
    *room = wider;
}
