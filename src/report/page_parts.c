#include "report/page_parts.h"

#include <math.h>
#include <string.h>

static size_t slot_of(const ent_numbering *n, const uint64_t *levels)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (uint32_t i = 0; i < n->issues; i++) {
        hash = (hash ^ levels[i]) * UINT64_C(0x100000001b3);
        hash ^= hash >> 29;
    }
    size_t slot = (size_t)hash & (n->slot_count - 1);
    while (n->slots[slot] != 0 && memcmp(n->at[n->slots[slot] - 1], levels,
                                         n->issues * sizeof *levels) != 0) {
        slot = (slot + 1) & (n->slot_count - 1);
    }
    return slot;
}

static void grow_slots(ent_numbering *n)
{
    n->slot_count = n->slot_count == 0 ? 4096 : 2 * n->slot_count;
    n->slots = ent_alloc(n->arena, n->slot_count, uint32_t);
    for (size_t i = 0; i < n->count; i++) {
        n->slots[slot_of(n, n->at[i])] = (uint32_t)i + 1;
    }
}

uint32_t ent_number_outcome(ent_numbering *n, const uint64_t *levels)
{
    if (2 * (n->count + 1) > n->slot_count) {
        grow_slots(n);
    }
    size_t slot = slot_of(n, levels);
    if (n->slots[slot] == 0) {
        *ent_push(n->arena, n) = levels;
        n->slots[slot] = (uint32_t)n->count;
    }
    return n->slots[slot] - 1;
}

double ent_round_share(double value)
{
    return round(value * 1e4) / 1e4;
}

void ent_json_index(ent_json *json, const char *key, uint32_t index)
{
    if (index == ENT_NONE) {
        ent_json_null(json, key);
    } else {
        ent_json_count(json, key, index);
    }
}

void ent_json_indices(ent_json *json, const char *key, const uint32_t *at, size_t count)
{
    ent_json_open_list(json, key);
    for (size_t i = 0; i < count; i++) {
        ent_json_index(json, NULL, at[i]);
    }
    ent_json_close_list(json);
}

void ent_json_marked(ent_json *json, const char *key, const bool *marked, const bool *unless,
                       uint32_t count)
{
    ent_json_open_list(json, key);
    for (uint32_t i = 0; i < count; i++) {
        if (marked[i] && (unless == NULL || !unless[i])) {
            ent_json_count(json, NULL, i);
        }
    }
    ent_json_close_list(json);
}

