#include "answers/frontier.h"

#include "bargain/maxima.h"

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
    const ent_councils *councils = &tally->analysis->councils;
    bool placed = councils->binding > 0;
    if (placed) {
        ent_grid_outcome(&tally->grid, index, levels);
    }
    for (size_t v = 0; v < tally->voters.count; v++) {
        uint32_t party = tally->voters.party[v];
        bool asked = c->parties[party].role == ENT_DECIDER;
        if (!asked && !placed) {
            ent_grid_outcome(&tally->grid, index, levels);
            placed = true;
        }
        asked = asked || ent_party_asked(&c->parties[party], c->space.issue_count, levels);
        counts[v] = asked ? tally->counts[party][index] : tally->worlds;
    }
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
 * Put the vector in unless one before covers it, which the forest knows. None that comes later
 * covers it.
 */
static void offer(ent_arena *arena, archive *best, ent_forest *forest, const uint32_t *vector,
                  double *point)
{
    for (size_t v = 0; v < best->width; v++) {
        point[v] = vector[v];
    }
    if (ent_forest_dominates(forest, point)) {
        return;
    }
    ent_forest_add(forest, point);
    ent_grow(arena, (void **)&best->at, &best->room, (best->count + 1) * best->width,
             sizeof *vector);
    memcpy(best->at + best->count++ * best->width, vector, best->width * sizeof *vector);
}

/* A vector of those that can be had, and the sum of its counts. */
typedef struct summed {
    uint64_t sum, index;
} summed;

/* Greatest sums first, equal ones in their order: by digits from the lowest (Knuth 5.2.5). O(n). */
static summed *sort_summed(summed *at, summed *spare, size_t count, uint64_t most)
{
    enum { DIGIT = 11, DIGITS = 1 << DIGIT };
    for (unsigned shift = 0; shift < 64 && most >> shift > 0; shift += DIGIT) {
        size_t start[DIGITS] = {0};
        for (size_t i = 0; i < count; i++) {
            start[DIGITS - 1 - (at[i].sum >> shift) % DIGITS]++;
        }
        for (size_t d = 0, before = 0; d < DIGITS; d++) {
            size_t here = start[d];
            start[d] = before;
            before += here;
        }
        for (size_t i = 0; i < count; i++) {
            spare[start[DIGITS - 1 - (at[i].sum >> shift) % DIGITS]++] = at[i];
        }
        summed *held = at;
        at = spare;
        spare = held;
    }
    return at;
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

/* The vectors of all that can be had, [available][width]. */
static uint32_t *all_vectors(ent_arena *arena, const ent_tally *tally, size_t width)
{
    uint32_t *vectors = ent_alloc(arena, (size_t)tally->available_count * width + 1, uint32_t);
    uint64_t *levels = ent_alloc(arena, tally->grid.space->issue_count + 1, uint64_t);
    uint32_t *to = vectors;
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        if (tally->available[i] != 0) {
            counts_at(tally, i, levels, to);
            to += width;
        }
    }
    return vectors;
}

static summed *by_falling_sum(ent_arena *arena, const uint32_t *vectors, size_t count,
                              size_t width)
{
    summed *all = ent_alloc(arena, count + 1, summed);
    summed *spare = ent_alloc(arena, count + 1, summed);
    uint64_t most = 0;
    for (size_t i = 0; i < count; i++) {
        all[i].index = i;
        for (size_t v = 0; v < width; v++) {
            all[i].sum += vectors[i * width + v];
        }
        most = all[i].sum > most ? all[i].sum : most;
    }
    return sort_summed(all, spare, count, most);
}

/* A vector that covers another has the greater sum: with these first, none is thrown out again. */
static void frontier_many(ent_arena *arena, const ent_tally *tally, uint8_t *on)
{
    size_t width = tally->voters.count + tally->analysis->councils.binding;
    size_t count = (size_t)tally->available_count;
    const uint32_t *vectors = all_vectors(arena, tally, width);
    const summed *order = by_falling_sum(arena, vectors, count, width);
    archive best = {.width = width};
    ent_forest *forest = ent_forest_create(arena, (uint32_t)width);
    double *point = ent_alloc(arena, width + 1, double);
    for (size_t i = 0; i < count; i++) {
        offer(arena, &best, forest, vectors + order[i].index * width, point);
    }
    const place *places = sort_places(arena, &best);
    const uint32_t *vector = vectors;
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        if (tally->available[i] != 0) {
            on[i] = is_in(&best, places, vector);
            vector += width;
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
