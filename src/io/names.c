#include "io/names.h"

#include <string.h>

static unsigned char folded(unsigned char c, bool fold)
{
    return fold && c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
}

/*
 * FNV-1a from a start that differs from run to run, so that no file can be written to make its
 * names collide. What is found does not depend on it, since nothing walks a table in its order.
 */
static size_t hash_of(const ent_names *names, const char *name)
{
    uint64_t hash = names->seed;
    bool fold = names->fold;
    for (const char *c = name; *c != '\0'; c++) {
        hash = (hash ^ folded((unsigned char)*c, fold)) * 1099511628211u;
    }
    return (size_t)(hash ^ hash >> 32);
}

static bool same(const char *a, const char *b, bool fold)
{
    while (*a != '\0' && folded((unsigned char)*a, fold) == folded((unsigned char)*b, fold)) {
        a++;
        b++;
    }
    return *a == *b;
}

/* The slot that holds the name or would take it. */
static size_t slot_of(const ent_names *names, const char *name)
{
    size_t slot = hash_of(names, name) & (names->room - 1);
    while (names->at[slot] != NULL && !same(names->at[slot], name, names->fold)) {
        slot = (slot + 1) & (names->room - 1);
    }
    return slot;
}

static void widen(ent_arena *arena, ent_names *names)
{
    ent_names wide = {.count = names->count, .seed = names->seed, .fold = names->fold};
    wide.room = names->room == 0 ? 16 : names->room * 2;
    wide.at = ent_alloc(arena, wide.room, const char *);
    wide.index = ent_alloc(arena, wide.room, uint32_t);
    if (wide.seed == 0) {
        wide.seed = 14695981039346656037u ^ (uint64_t)(uintptr_t)wide.at * 0x9E3779B97F4A7C15u;
    }
    for (size_t i = 0; i < names->room; i++) {
        if (names->at[i] != NULL) {
            size_t slot = slot_of(&wide, names->at[i]);
            wide.at[slot] = names->at[i];
            wide.index[slot] = names->index[i];
        }
    }
    *names = wide;
}

uint32_t ent_names_add(ent_arena *arena, ent_names *names, const char *name, uint32_t index)
{
    if (names->count * 2 >= names->room) {
        widen(arena, names);
    }
    size_t slot = slot_of(names, name);
    if (names->at[slot] != NULL) {
        return names->index[slot];
    }
    names->at[slot] = name;
    names->index[slot] = index;
    names->count++;
    return UINT32_MAX;
}

uint32_t ent_names_find(const ent_names *names, const char *name)
{
    if (names->room == 0) {
        return UINT32_MAX;
    }
    size_t slot = slot_of(names, name);
    return names->at[slot] == NULL ? UINT32_MAX : names->index[slot];
}

const char *ent_names_spelling(const ent_names *names, const char *name)
{
    return names->room == 0 ? NULL : names->at[slot_of(names, name)];
}
