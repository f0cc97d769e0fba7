#include "answers/frontier.h"

#include <stdlib.h>
#include <string.h>

/* Two deciders: for each count of the first the best count of the second, and that beyond it. */
static void frontier_pair(ent_arena *arena, const ent_tally *tally, uint8_t *on)
{
    const uint32_t *a = tally->counts[tally->voters.party[0]];
    const uint32_t *b = tally->counts[tally->voters.party[1]];
    int64_t *here = ent_alloc(arena, (size_t)tally->worlds + 1, int64_t);
    int64_t *beyond = ent_alloc(arena, (size_t)tally->worlds + 2, int64_t);
    for (uint32_t i = 0; i <= tally->worlds; i++) {
        here[i] = -1;
    }
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        if (tally->available[i] != 0 && (int64_t)b[i] > here[a[i]]) {
            here[a[i]] = b[i];
        }
    }
    beyond[tally->worlds] = -1;
    for (uint32_t i = tally->worlds; i-- > 0;) {
        beyond[i] = here[i + 1] > beyond[i + 1] ? here[i + 1] : beyond[i + 1];
    }
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        on[i] = tally->available[i] != 0 && (int64_t)b[i] == here[a[i]] && beyond[a[i]] < b[i];
    }
}

/*
 * Counts of one outcome for all voters, those not asked at their most, and after them for the
 * councils that bind, in 2^31ths.
 */
static void counts_at(const ent_tally *tally, uint64_t index, uint64_t *levels, uint32_t *counts)
{
    const ent_case *c = tally->analysis->c;
    ent_grid_outcome(&tally->grid, index, levels);
    for (size_t v = 0; v < tally->voters.count; v++) {
        uint32_t party = tally->voters.party[v];
        bool asked = ent_party_asked(&c->parties[party], c->space.issue_count, levels);
        counts[v] = asked ? tally->counts[party][index] : tally->worlds;
    }
    const ent_councils *councils = &tally->analysis->councils;
    if (councils->binding == 0) {
        return;
    }
    double share[64];
    for (size_t v = 0; v < tally->voters.count; v++) {
        uint32_t party = tally->voters.party[v];
        share[party] = (double)tally->counts[party][index] / tally->worlds;
    }
    uint32_t *to = counts + tally->voters.count;
    for (size_t k = 0; k < councils->count; k++) {
        if (!councils->at[k].implied) {
            bool asked = ent_is_touched(councils->at[k].asked, c->space.issue_count, levels);
            double consent = asked ? ent_council_share(&councils->at[k], share) : 1;
            *to++ = (uint32_t)(consent * 2147483648.0);
        }
    }
}

/* Is a at least b everywhere? */
static bool covers(const uint32_t *a, const uint32_t *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (a[i] < b[i]) {
            return false;
        }
    }
    return true;
}

typedef struct archive {
    uint32_t *at; /* [count][width] distinct vectors, none covered by another */
    size_t width, count, room;
} archive;

/*
 * What covers many is met sooner: half way to the front each time. The set is the same in any
 * order.
 */
static void forward(archive *best, size_t i)
{
    uint32_t *a = best->at + i * best->width;
    uint32_t *b = best->at + i / 2 * best->width;
    for (size_t k = 0; k < best->width; k++) {
        uint32_t held = a[k];
        a[k] = b[k];
        b[k] = held;
    }
}

/* Put the vector in unless it is covered; throw out what it covers. */
static void offer(ent_arena *arena, archive *best, const uint32_t *vector)
{
    size_t bytes = best->width * sizeof *vector;
    for (size_t i = 0; i < best->count; i++) {
        if (covers(best->at + i * best->width, vector, best->width)) {
            forward(best, i);
            return;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < best->count; i++) {
        if (!covers(vector, best->at + i * best->width, best->width)) {
            memmove(best->at + kept++ * best->width, best->at + i * best->width, bytes);
        }
    }
    best->count = kept;
    ent_grow(arena, (void **)&best->at, &best->room, (kept + 1) * best->width, sizeof *vector);
    memcpy(best->at + best->count++ * best->width, vector, bytes);
}

/* Where a vector of the archive is, by a hash of it. */
typedef struct place {
    uint64_t hash;
    size_t index;
} place;

static int by_hash(const void *left, const void *right)
{
    const place *a = left;
    const place *b = right;
    if (a->hash != b->hash) {
        return a->hash > b->hash ? 1 : -1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

/* FNV-1a over words (Fowler, Noll and Vo). */
static uint64_t hash_of(const uint32_t *vector, size_t width)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < width; i++) {
        hash = (hash ^ vector[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

static place *sort_places(ent_arena *arena, const archive *best)
{
    place *places = ent_alloc(arena, best->count + 1, place);
    for (size_t i = 0; i < best->count; i++) {
        places[i] = (place){hash_of(best->at + i * best->width, best->width), i};
    }
    qsort(places, best->count, sizeof *places, by_hash);
    return places;
}

/* O(width + log(count)) */
static bool is_in(const archive *best, const place *places, const uint32_t *vector)
{
    uint64_t hash = hash_of(vector, best->width);
    size_t low = 0, end = best->count;
    while (low < end) {
        size_t middle = low + (end - low) / 2;
        if (places[middle].hash < hash) {
            low = middle + 1;
        } else {
            end = middle;
        }
    }
    for (; low < best->count && places[low].hash == hash; low++) {
        const uint32_t *other = best->at + places[low].index * best->width;
        if (memcmp(other, vector, best->width * sizeof *vector) == 0) {
            return true;
        }
    }
    return false;
}

static void frontier_many(ent_arena *arena, const ent_tally *tally, uint8_t *on)
{
    archive best = {.width = tally->voters.count + tally->analysis->councils.binding};
    uint32_t *vector = ent_alloc(arena, best.width + 1, uint32_t);
    uint64_t *levels = ent_alloc(arena, tally->grid.space->issue_count + 1, uint64_t);
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        if (tally->available[i] != 0) {
            counts_at(tally, i, levels, vector);
            offer(arena, &best, vector);
        }
    }
    const place *places = sort_places(arena, &best);
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        if (tally->available[i] != 0) {
            counts_at(tally, i, levels, vector);
            on[i] = is_in(&best, places, vector);
        }
    }
}

/* Does every decider accept the outcome in as many worlds? */
static bool deciders_cover(const ent_tally *tally, uint64_t index, const uint32_t *counts)
{
    for (size_t v = 0; v < tally->voters.count; v++) {
        if (tally->voters.at[v].asked == NULL &&
            tally->counts[tally->voters.party[v]][index] < counts[v]) {
            return false;
        }
    }
    return true;
}

bool ent_is_on_frontier(ent_arena *arena, const ent_tally *tally, uint64_t index)
{
    size_t width = tally->voters.count + tally->analysis->councils.binding;
    uint32_t *mine = ent_alloc(arena, width + 1, uint32_t);
    uint32_t *other = ent_alloc(arena, width + 1, uint32_t);
    uint64_t *levels = ent_alloc(arena, tally->grid.space->issue_count + 1, uint64_t);
    counts_at(tally, index, levels, mine);
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        if (tally->available[i] != 0 && deciders_cover(tally, i, mine)) {
            counts_at(tally, i, levels, other);
            if (covers(other, mine, width) && !covers(mine, other, width)) {
                return false;
            }
        }
    }
    return true;
}

uint8_t *ent_frontier_of(ent_arena *arena, const ent_tally *tally)
{
    uint8_t *on = ent_alloc(arena, tally->grid.outcomes, uint8_t);
    const ent_voters *voters = &tally->voters;
    if (tally->analysis->councils.binding == 0 && voters->count == 2 &&
        voters->at[0].asked == NULL && voters->at[1].asked == NULL) {
        frontier_pair(arena, tally, on);
    } else {
        frontier_many(arena, tally, on);
    }
    return on;
}
