/* A set of names with a number for each: open addressing, O(1) for each call. */
#ifndef ENT_IO_NAMES_H
#define ENT_IO_NAMES_H

#include "base/mem.h"

typedef struct ent_names {
    const char **at;
    uint32_t *index;
    size_t count, room; /* room is 0 or a power of two */
    uint64_t seed;      /* where hashes begin */
    bool fold;          /* ASCII letters of either case are the same */
} ent_names;

/* The number of the name that is there already, or UINT32_MAX after adding it as `index`. */
uint32_t ent_names_add(ent_arena *arena, ent_names *names, const char *name, uint32_t index);
/* The number of the name, or UINT32_MAX. */
uint32_t ent_names_find(const ent_names *names, const char *name);
/* The name as it was added, or NULL. */
const char *ent_names_spelling(const ent_names *names, const char *name);

#endif
