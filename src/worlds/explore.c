/*
 * All minimal inconsistent sets of one party's statements by MARCO (Liffiton, Previti, Malik,
 * Marques-Silva 2016): the map gives a maximal unexplored set; if it is consistent, it is a
 * maximal consistent set and its subsets are done; if not, it is shrunk (certificate, then
 * deletion filter) to a dispute, and the dispute's supersets are done.
 *
 * The number of steps is the number of disputes and of maximal consistent sets together. Disputes
 * that have nothing to do with one another make the second number the product of their sizes, so
 * the search gives up after a long run of consistent sets, and what is then proved is "all
 * disputes of at most s statements" (certify.c).
 */
#include "worlds/explore.h"

#include <string.h>

enum { GIVE_UP_AFTER = 300 }; /* consistent sets in a row that turned nothing up */

ent_exploration ent_explore_begin(ent_work *work, const ent_party_rows *party, size_t most,
                                  uint64_t programs)
{
    return (ent_exploration){.work = work,
                             .party = party,
                             .asker = ent_asker_of(work->arena, party),
                             .map = ent_map_create(work->arena, (uint32_t)party->count),
                             .most = most,
                             .programs = programs,
                             .in = ent_alloc(work->arena, party->count + 1, bool),
                             .list = ent_alloc(work->arena, party->count + 1, uint32_t)};
}

static ent_mus *keep(ent_exploration *e, size_t count, ent_mus *mus)
{
    mus->groups = ent_alloc(e->work->arena, count + 1, uint32_t);
    memcpy(mus->groups, e->list, count * sizeof *e->list);
    mus->count = count;
    return mus;
}

/* e->in is a maximal consistent set: its complement is kept, its subsets are done. */
static void keep_complement(ent_exploration *e)
{
    size_t count = 0;
    for (uint32_t i = 0; i < e->party->count; i++) {
        if (!e->in[i]) {
            e->list[count++] = i;
        }
    }
    keep(e, count, ent_push(e->work->arena, &e->complements));
    ent_map_block_down(e->map, e->in);
}

bool ent_explore_set(ent_exploration *e, bool maximal)
{
    size_t count = 0;
    for (uint32_t i = 0; i < e->party->count; i++) {
        if (e->in[i]) {
            e->list[count++] = i;
        }
    }
    if (ent_ask_groups(&e->asker, e->list, count).consistent) {
        if (maximal) {
            keep_complement(e);
        }
        return true;
    }
    count = ent_shrink_groups(&e->asker, e->list, count, 0);
    const ent_mus *mus = keep(e, count, ent_push(e->work->arena, &e->found));
    ent_map_block_up(e->map, mus->groups, count);
    return false;
}

bool ent_explore_over(const ent_exploration *e)
{
    return e->found.count >= e->most || ent_oracle_count(e->asker.oracle) >= e->programs;
}

ent_status ent_explore(ent_exploration *e)
{
    size_t still = 0; /* consistent sets since the last dispute */
    while (!ent_explore_over(e) && (e->patient || still < GIVE_UP_AFTER)) {
        if (!ent_map_next(e->map, e->in)) {
            e->complete = true;
            return ENT_OK;
        }
        still = ent_explore_set(e, true) ? still + 1 : 0;
        if (ent_tick(e->work, "disputes", e->found.count, 0)) {
            return ENT_CANCELLED;
        }
    }
    return ENT_OK;
}
