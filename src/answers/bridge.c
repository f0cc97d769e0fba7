/*
 * Bridge. Targets are the best deals that differ from each other in at least two moves; the fewest
 * moves to the threshold are found by going through all deals that reach it: O(outcomes * issues).
 */
#include "answers/bridge.h"

#include "answers/changes.h"
#include "answers/positions.h"

#include <string.h>

enum { LISTED = 200, APART = 2 };

typedef struct crossings {
    ent_crossing *at;
    size_t count, room;
} crossings;

static void add_crossing(ent_work *work, const ent_analysis *analysis, size_t account,
                         const ent_bridge *bridge, uint32_t from, const ent_deal *deal,
                         crossings *to)
{
    ent_crossing *crossing = ent_push(work->arena, to);
    *crossing = (ent_crossing){.from = from, .deal = *deal};
    crossing->moves =
        ent_moves_between(work, analysis, account, &bridge->positions[from], deal->levels,
                          &crossing->count);
}

/* The best deals, each some moves apart from those before it. */
static void choose_targets(ent_work *work, const ent_space *space, const ent_deals *deals,
                           ent_bridge *bridge)
{
    ent_deal *targets = ent_alloc(work->arena, ENT_BRIDGE_TARGETS, ent_deal);
    for (size_t i = 0; i < deals->count && bridge->target_count < ENT_BRIDGE_TARGETS; i++) {
        bool apart = deals->at[i].joint > 0;
        for (size_t j = 0; j < bridge->target_count; j++) {
            apart = apart && ent_move_count(space, targets[j].levels, deals->at[i].levels) >= APART;
        }
        if (apart) {
            targets[bridge->target_count++] = deals->at[i];
        }
    }
    bridge->targets = targets;
}

/* A deal near to a position. */
typedef struct near_deal {
    const uint64_t *levels;
    double joint;
} near_deal;

/* Keep the nearest deals to one position: fewest moves, then highest joint share. */
typedef struct nearest {
    near_deal at[ENT_BRIDGE_SETS];
    size_t count, moves;
} nearest;

static void offer(ent_work *work, const ent_space *space, const uint64_t *position,
                  const uint64_t *levels, double joint, nearest *best)
{
    size_t moves = ent_move_count(space, position, levels);
    if (moves > best->moves || (moves == best->moves && best->count == ENT_BRIDGE_SETS &&
                                joint <= best->at[best->count - 1].joint)) {
        return;
    }
    if (moves < best->moves) {
        best->count = 0;
        best->moves = moves;
    }
    uint64_t *copy = ent_alloc(work->arena, space->issue_count + 1, uint64_t);
    memcpy(copy, levels, space->issue_count * sizeof *copy);
    size_t at = best->count < ENT_BRIDGE_SETS ? best->count++ : ENT_BRIDGE_SETS - 1;
    for (; at > 0 && best->at[at - 1].joint < joint; at--) {
        best->at[at] = best->at[at - 1];
    }
    best->at[at] = (near_deal){copy, joint};
}

/* What the fewest moves are looked for in: all swept outcomes, or the deals that were found. */
typedef struct pool {
    const ent_tally *tally; /* NULL: the deals */
    const double *joint;
    const ent_deals *deals;
} pool;

static void nearest_to(ent_work *work, const ent_space *space, const pool *from,
                       const uint64_t *position, double threshold, nearest *best)
{
    uint64_t *levels = ent_alloc(work->arena, space->issue_count + 1, uint64_t);
    *best = (nearest){.moves = SIZE_MAX};
    for (uint64_t i = 0; from->tally != NULL && i < from->tally->grid.outcomes; i++) {
        if (from->joint[i] >= threshold) {
            ent_grid_outcome(&from->tally->grid, i, levels);
            offer(work, space, position, levels, from->joint[i], best);
        }
    }
    for (size_t i = 0; from->tally == NULL && i < from->deals->count; i++) {
        if (from->deals->at[i].joint >= threshold) {
            offer(work, space, position, from->deals->at[i].levels, from->deals->at[i].joint,
                  best);
        }
    }
}

static void find_smallest(ent_work *work, const ent_analysis *analysis, size_t account,
                          const pool *from, ent_bridge *bridge)
{
    crossings smallest = {0};
    for (uint32_t p = 0; p < bridge->position_count; p++) {
        if (bridge->positions[p].deal.levels == NULL) {
            continue;
        }
        nearest best;
        nearest_to(work, &analysis->c->space, from, bridge->positions[p].deal.levels,
                   bridge->threshold, &best);
        for (size_t i = 0; i < best.count; i++) {
            ent_deal deal;
            (void)ent_answer_deal(work, analysis, account, best.at[i].levels, &deal);
            add_crossing(work, analysis, account, bridge, p, &deal, &smallest);
        }
    }
    bridge->smallest = smallest.at;
    bridge->smallest_count = smallest.count;
}

/* Does any deal reach the threshold? */
static bool is_open(const ent_deals *deals, double threshold)
{
    return deals->count > 0 && deals->at[0].joint >= threshold;
}

static void cross_to_targets(ent_work *work, const ent_analysis *analysis, size_t account,
                             ent_bridge *bridge)
{
    crossings all = {0};
    for (size_t t = 0; t < bridge->target_count; t++) {
        for (uint32_t p = 0; p < bridge->position_count; p++) {
            if (bridge->positions[p].deal.levels != NULL) {
                add_crossing(work, analysis, account, bridge, p, &bridge->targets[t], &all);
            }
        }
    }
    bridge->crossings = all.at;
    bridge->crossing_count = all.count;
}

ent_status ent_answer_bridge(ent_work *work, const ent_analysis *analysis, size_t account,
                             ent_bridge *bridge)
{
    *bridge = (ent_bridge){.threshold = analysis->settings.threshold};
    ent_deals deals;
    pool from = {.deals = &deals};
    ent_deals_request request = {.top = LISTED, .verdicts = false};
    ent_status status;
    if (ent_can_sweep(analysis)) {
        status = ent_tally_of(work, analysis, account, &from.tally);
        if (status == ENT_OK) {
            status = ent_deals_of_tally(work, from.tally, &request, &deals);
            from.joint = ent_tally_joint(work->arena, from.tally);
        }
    } else {
        status = ent_answer_deals(work, analysis, account, &request, &deals);
    }
    if (status != ENT_OK) {
        return status;
    }
    bridge->proved = from.tally != NULL;
    bridge->positions =
        ent_last_positions(work, analysis, account, &bridge->position_count);
    choose_targets(work, &analysis->c->space, &deals, bridge);
    cross_to_targets(work, analysis, account, bridge);
    find_smallest(work, analysis, account, &from, bridge);
    return is_open(&deals, bridge->threshold)
               ? ENT_OK
               : ent_find_changes(work, analysis, account, &deals, bridge);
}
