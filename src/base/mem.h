/*
 * Memory: arenas over one replaceable allocator.
 *
 * All memory of the library comes from arenas and is freed with them, so there is no free() to
 * forget. An allocation inside ent_protect() never returns NULL: when memory is out, control goes
 * back to ent_protect(), which returns ENT_NOMEM. Nothing may be allocated from several threads at
 * once: parallel regions get their scratch space beforehand.
 */
#ifndef ENT_BASE_MEM_H
#define ENT_BASE_MEM_H

#include "entente.h"

#include <setjmp.h>

/* The allocator: like realloc, with the user's pointer; size 0 frees. Tests make it fail. */
typedef struct ent_allocator {
    void *(*resize)(void *user, void *block, size_t size);
    void *user;
    bool exact; /* a block for each allocation: a test that fails each block fails each of them */
} ent_allocator;

extern const ent_allocator ent_system_allocator;

typedef struct ent_arena ent_arena;
typedef void ent_cleanup(void *object);

/* Create an empty arena. Returns NULL when memory is out. */
ent_arena *ent_arena_create(const ent_allocator *allocator);
/* The same, with the allocator of another arena: for scratch space that is freed early. */
ent_arena *ent_arena_beside(const ent_arena *arena);
/* Run the deferred cleanups, last first, and free all its memory. NULL is fine. */
void ent_arena_destroy(ent_arena *arena);

/*
 * Call body(argument); every ent_alloc on the arena within it may give up by coming back here.
 * Calls nest. Returns what body returned, or ENT_NOMEM.
 */
ent_status ent_protect(ent_arena *arena, ent_status (*body)(void *argument), void *argument);

/*
 * The same for a body that only reads and builds: each time the arena grows while it runs,
 * `stopped` (NULL: nobody) is asked, and where it says so the call returns ENT_CANCELLED. What the
 * body had made is the arena's, as where memory is out.
 */
ent_status ent_protect_while(ent_arena *arena, ent_status (*body)(void *argument), void *argument,
                             bool (*stopped)(void *user), void *user);

/*
 * count zeroed objects of the given size, aligned to 64 bytes where they fill a cache line and to
 * 16 otherwise. Does not return when memory is out (see above) or count*size overflows, which it
 * may well do where sizes have 32 bits: outcomes and levels are counted in 64 everywhere.
 */
void *ent_alloc_bytes(ent_arena *arena, uint64_t count, size_t size);
#define ent_alloc(arena, count, type) ((type *)ent_alloc_bytes((arena), (count), sizeof(type)))

/*
 * The same, not zeroed: for large arrays that are written before they are read, and of which some
 * pages may never be. Builds with assertions fill them with something odd.
 */
void *ent_alloc_unset_bytes(ent_arena *arena, uint64_t count, size_t size);
#define ent_alloc_unset(arena, count, type)                                                        \
    ((type *)ent_alloc_unset_bytes((arena), (count), sizeof(type)))

/*
 * Call cleanup(object) when the arena goes, for handles of foreign libraries; at once where there
 * is no memory left to note it.
 */
void ent_defer(ent_arena *arena, ent_cleanup *cleanup, void *object);

/* Give up as an allocation would: control goes to the innermost ent_protect. */
_Noreturn void ent_out_of_memory(ent_arena *arena);

/* All that the other arena holds, cleanups included, is this one's from now on. O(its blocks). */
void ent_arena_adopt(ent_arena *arena, ent_arena *other);
/* Could so many bytes be had at once? Asked and given back, for work that would begin in vain. */
bool ent_arena_could_hold(const ent_arena *arena, uint64_t bytes);
/* May threads that each have an arena beside this one allocate at the same time? */
bool ent_arena_is_shared(const ent_arena *arena);

/* Bytes held by the arena. */
size_t ent_arena_size(const ent_arena *arena);

/* The text copied, with a NUL behind it. */
char *ent_copy_text(ent_arena *arena, const char *text, size_t length);
char *ent_copy(ent_arena *arena, const char *text);
/* printf into the arena. */
char *ent_format(ent_arena *arena, const char *format, ...) ENT_PRINTF(2, 3);

/*
 * Growing arrays: a struct with the members `type *at; size_t count, room;`.
 * ent_push gives the address of a new zeroed element at the end. Amortised O(1); the memory of
 * outgrown copies stays in the arena, at most as much again as the array.
 */
#define ent_push(arena, vector)                                                                    \
    (ent_grow((arena), (void **)&(vector)->at, &(vector)->room, (vector)->count + 1,               \
              sizeof *(vector)->at),                                                               \
     &(vector)->at[(vector)->count++])
void ent_grow(ent_arena *arena, void **at, size_t *room, size_t need, size_t size);

#endif
