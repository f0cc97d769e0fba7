#include "answers/frontier.h"

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

/* Put the vector in unless it is covered; throw out what it covers. */
static void offer(ent_arena *arena, archive *best, const uint32_t *vector)
{
    size_t bytes = best->width * sizeof *vector;
    for (size_t i = 0; i < best->count; i++) {
        if (covers(best->at + i * best->width, vector, best->width)) {
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

static bool is_in(const archive *best, const uint32_t *vector)
{
    for (size_t i = 0; i < best->count; i++) {
        if (memcmp(best->at + i * best->width, vector, best->width * sizeof *vector) == 0) {
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
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        if (tally->available[i] != 0) {
            counts_at(tally, i, levels, vector);
            on[i] = is_in(&best, vector);
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
