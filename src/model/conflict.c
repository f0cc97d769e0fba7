#include "model/conflict.h"

#include <stdlib.h>

bool ent_pattern_any(const ent_pattern *patterns, size_t count, uint32_t state)
{
    for (size_t i = 0; i < count; i++) {
        if ((state & patterns[i].mask) == patterns[i].value) {
            return true;
        }
    }
    return false;
}

void ent_conflict_states(ent_arena *arena, const ent_conflict *conflict, const uint32_t **states,
                         size_t *count)
{
    uint32_t all = UINT32_C(1) << conflict->option_count;
    size_t n = 0;
    for (uint32_t s = 0; s < all; s++) {
        n += !ent_pattern_any(conflict->infeasible, conflict->infeasible_count, s);
    }
    uint32_t *list = ent_alloc(arena, n + 1, uint32_t);
    n = 0;
    for (uint32_t s = 0; s < all; s++) {
        if (!ent_pattern_any(conflict->infeasible, conflict->infeasible_count, s)) {
            list[n++] = s;
        }
    }
    *states = list;
    *count = n;
}

typedef struct scored {
    uint64_t score;
    uint32_t at;
} scored;

static int by_score(const void *a, const void *b)
{
    uint64_t x = ((const scored *)a)->score;
    uint64_t y = ((const scored *)b)->score;
    return (x > y) - (x < y);
}

/* Replace scores by their ranks from 0, equal ones alike. */
static void compress(scored *list, size_t count)
{
    qsort(list, count, sizeof *list, by_score);
    uint64_t rank = 0;
    uint64_t before = count > 0 ? list[0].score : 0;
    for (size_t i = 0; i < count; i++) {
        rank += list[i].score != before;
        before = list[i].score;
        list[i].score = rank;
    }
}

/*
 * Scores are read as binary numbers, the most important statement in the highest place. Ranks fit
 * in 24 bits, so that 32 statements fit between two compressions.
 */
static void score_wishes(const ent_actor *actor, const uint32_t *states, scored *list, size_t count)
{
    enum { BATCH = 32 };
    for (size_t first = 0; first < actor->wish_count; first += BATCH) {
        size_t end = first + BATCH < actor->wish_count ? first + BATCH : actor->wish_count;
        for (size_t i = 0; i < count; i++) {
            for (size_t w = first; w < end; w++) {
                const ent_wish *wish = &actor->wishes[w];
                bool holds = ent_pattern_any(wish->any, wish->count, states[list[i].at]);
                list[i].score = list[i].score << 1 | holds;
            }
        }
        compress(list, count);
    }
}

void ent_conflict_worth(ent_arena *arena, const ent_actor *actor, const uint32_t *states,
                        size_t count, double *worth)
{
    if (actor->tiers != NULL) {
        for (size_t i = 0; i < count; i++) {
            worth[i] = -(double)actor->tiers[i];
        }
        return;
    }
    scored *list = ent_alloc(arena, count + 1, scored);
    for (size_t i = 0; i < count; i++) {
        list[i] = (scored){0, (uint32_t)i};
    }
    score_wishes(actor, states, list, count);
    for (size_t i = 0; i < count; i++) {
        worth[list[i].at] = (double)list[i].score;
    }
}

const char *ent_state_name(ent_arena *arena, uint32_t option_count, uint32_t state)
{
    char *name = ent_alloc(arena, (size_t)option_count + 1, char);
    for (uint32_t k = 0; k < option_count; k++) {
        name[k] = (state >> k & 1) != 0 ? 'Y' : 'N';
    }
    return name;
}
