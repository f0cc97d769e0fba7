/*
 * All minimal inconsistent sets of one party's statements by MARCO (Liffiton, Previti, Malik,
 * Marques-Silva 2016): the map gives a maximal unexplored set; if it is consistent, it is a
 * maximal consistent set and its subsets are done; if not, it is shrunk (certificate, then
 * deletion filter) to a dispute, and the dispute's supersets are done.
 *
 * The number of steps is the number of disputes and of maximal consistent sets together. Disputes
 * that have nothing to do with one another make the second number the product of their sizes;
 * after a run of consistent sets a proof that covers that product at once is tried (prove.c).
 */
#include "worlds/explore.h"

#include <stdlib.h>
#include <string.h>

enum {
    TRY_PROOF_AFTER = 40, /* consistent sets in a row */
    GIVE_UP_AFTER = 2000,
};

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

static void record(ent_exploration *e, size_t count)
{
    ent_mus *mus = ent_push(e->work->arena, &e->found);
    mus->groups = ent_alloc(e->work->arena, count + 1, uint32_t);
    memcpy(mus->groups, e->list, count * sizeof *e->list);
    mus->count = count;
    ent_map_block_up(e->map, mus->groups, count);
}

bool ent_explore_set(ent_exploration *e)
{
    size_t count = 0;
    for (uint32_t i = 0; i < e->party->count; i++) {
        if (e->in[i]) {
            e->list[count++] = i;
        }
    }
    if (ent_ask_groups(&e->asker, e->list, count).consistent) {
        ent_map_block_down(e->map, e->in);
        return true;
    }
    record(e, ent_shrink_groups(&e->asker, e->list, count, 0));
    return false;
}

static bool is_over(const ent_exploration *e, size_t still)
{
    return e->found.count >= e->most || ent_oracle_count(e->asker.oracle) >= e->programs ||
           (!e->patient && still > GIVE_UP_AFTER);
}

ent_status ent_explore(ent_exploration *e)
{
    size_t still = 0; /* consistent sets since the last dispute */
    while (!is_over(e, still)) {
        if (!ent_map_next(e->map, e->in)) {
            e->complete = true;
            return ENT_OK;
        }
        still = ent_explore_set(e) ? still + 1 : 0;
        if (still == TRY_PROOF_AFTER && ent_prove_no_more(e)) {
            e->complete = true;
            return ENT_OK;
        }
        if (ent_tick(e->work, "disputes", e->found.count, 0)) {
            return ENT_CANCELLED;
        }
    }
    return ENT_OK;
}
