#include "answers/sweep_own.h"

#include "answers/quiet.h"
#include "answers/sweep_range.h"

#include <string.h>

/* ---- When it pays --------------------------------------------------------------------------- */

static double compared_outcomes(const ent_grid *grid, const ent_voters *voters)
{
    enum { THRESHOLDS = 12, VOTES = 3 }; /* what a threshold and a vote cost, in comparisons */
    bool binds = voters->councils != NULL && voters->councils->binding > 0;
    uint64_t finest = THRESHOLDS;
    for (uint32_t i = 0; i < grid->space->issue_count && !binds; i++) {
        const ent_issue *issue = &grid->space->issues[i];
        bool fine = grid->stride[i] != 0 && issue->kind == ENT_RANGE && issue->levels >= ENT_FINE;
        finest = fine && issue->levels > finest ? issue->levels : finest;
    }
    return (double)grid->outcomes * THRESHOLDS / (double)finest * (binds ? VOTES : 1);
}

bool ent_sweep_own_pays(ent_arena *arena, const ent_grid *grid, const ent_voters *voters,
                        ent_own_plan *plan)
{
    enum { LEAST = 512 /* outcomes, below which nothing is gained */, DEARER = 4 };
    double compared = compared_outcomes(grid, voters) * (double)voters->count / DEARER;
    if (grid->outcomes < LEAST) {
        return false;
    }
    uint64_t most = compared < ENT_OWN_MOST ? (uint64_t)compared : ENT_OWN_MOST;
    return ent_own_plan_of(arena, grid->space, grid->stride, voters, most, plan);
}

/* ---- All outcomes --------------------------------------------------------------------------- */

/* One voter's counts over the whole grid. */
typedef struct spreading {
    const ent_grid *grid;
    const uint8_t *available;
    uint64_t **offset;   /* [issues] -> [levels] what the level adds to the own outcome */
    const uint32_t *own;
    uint32_t *counts;
} spreading;

/* What each level of each issue adds to the number of the voter's own outcome. */
static void find_offsets(const ent_own_plan *plan, const ent_own *own, spreading *s)
{
    for (uint32_t i = 0; i < s->grid->space->issue_count; i++) {
        uint64_t levels = s->grid->stride[i] == 0 ? 1 : s->grid->space->issues[i].levels;
        memset(s->offset[i], 0, levels * sizeof **s->offset);
    }
    for (size_t j = 0; j < own->count; j++) {
        const ent_digit *digit = &plan->digits[own->digit[j]];
        uint64_t step = own->size[own->count] / own->size[j + 1];
        for (uint64_t l = 0; l < s->grid->space->issues[digit->issue].levels; l++) {
            uint64_t value = digit->component == ENT_NONE ? l : l >> digit->component & 1;
            s->offset[digit->issue][l] += value * step;
        }
    }
}

/* All levels of the issue and of those after it, the last in the inner loop. */
static void spread(const spreading *s, uint32_t issue, uint64_t base, uint64_t own)
{
    uint32_t issues = s->grid->space->issue_count;
    while (issue < issues && s->grid->stride[issue] == 0) {
        issue++;
    }
    if (issue == issues) {
        s->counts[base] = s->available == NULL || s->available[base] != 0 ? s->own[own] : 0;
        return;
    }
    uint64_t stride = s->grid->stride[issue];
    for (uint64_t l = 0; l < s->grid->space->issues[issue].levels; l++) {
        uint64_t at = base + l * stride, number = own + s->offset[issue][l];
        if (stride > 1) {
            spread(s, issue + 1, at, number);
        } else {
            s->counts[at] = s->available == NULL || s->available[at] != 0 ? s->own[number] : 0;
        }
    }
}

typedef struct sweeping {
    const ent_own_plan *plan;
    const ent_grid *grid;
    const uint8_t *available;
    ent_sweep *sweep;
} sweeping;

/* Everything can be had, the status quo too. */
static const uint8_t *all_of(ent_arena *arena, uint64_t outcomes)
{
    uint8_t *all = ent_alloc_unset(arena, outcomes, uint8_t);
    memset(all, 1, outcomes);
    return all;
}

static ent_status sweep_own(ent_work *beside, void *argument)
{
    const sweeping *g = argument;
    ent_arena *arena = beside->arena;
    size_t voters = g->plan->voters->count;
    ent_own_walk walk = {.plan = g->plan, .available = g->available, .words = UINT64_MAX,
                         .counts = ent_alloc(arena, voters + 1, uint32_t *),
                         .zone = g->sweep->zone};
    walk.available = g->available != NULL ? g->available : all_of(arena, g->grid->outcomes);
    for (size_t v = 0; v < voters; v++) {
        const ent_own *own = &g->plan->own[v];
        walk.counts[v] = ent_alloc(arena, own->size[own->count], uint32_t);
    }
    ent_status status = ent_own_rows(beside, &walk);
    spreading s = {.grid = g->grid, .available = g->available};
    s.offset = ent_alloc(arena, g->grid->space->issue_count + 1, uint64_t *);
    for (uint32_t i = 0; i < g->grid->space->issue_count; i++) {
        uint64_t levels = g->grid->stride[i] == 0 ? 1 : g->grid->space->issues[i].levels;
        s.offset[i] = ent_alloc(arena, levels, uint64_t);
    }
    for (size_t v = 0; v < voters && status == ENT_OK; v++) {
        s.own = walk.counts[v];
        s.counts = g->sweep->counts[v];
        find_offsets(g->plan, &g->plan->own[v], &s);
        spread(&s, 0, 0, 0);
    }
    return status;
}

ent_status ent_sweep_own(ent_work *work, const ent_own_plan *plan, const ent_grid *grid,
                         const uint8_t *available, ent_sweep *sweep)
{
    sweeping g = {plan, grid, available, sweep};
    ent_status status = ent_beside(work, sweep_own, &g);
    sweep->zone_count = 0;
    for (uint32_t w = 0; w < sweep->worlds; w++) {
        sweep->zone[w] = sweep->zone[w] == ENT_WORLD_HAS_DEAL;
        sweep->zone_count += sweep->zone[w];
    }
    return status;
}
