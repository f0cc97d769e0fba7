#include "answers/grid.h"

#include "base/number.h"

bool ent_grid_of(ent_arena *arena, const ent_space *space, const bool *issues, ent_grid *grid)
{
    uint64_t *stride = ent_alloc(arena, space->issue_count, uint64_t);
    uint64_t outcomes = 1;
    for (uint32_t i = space->issue_count; i-- > 0;) {
        if (issues == NULL || issues[i]) {
            stride[i] = outcomes;
            if (!ent_mul_u64(outcomes, space->issues[i].levels, &outcomes)) {
                return false;
            }
        }
    }
    *grid = (ent_grid){space, stride, outcomes};
    return true;
}

uint64_t ent_grid_index(const ent_grid *grid, const uint64_t *outcome)
{
    uint64_t index = 0;
    for (uint32_t i = 0; i < grid->space->issue_count; i++) {
        index += grid->stride[i] * outcome[i];
    }
    return index;
}

void ent_grid_outcome(const ent_grid *grid, uint64_t index, uint64_t *outcome)
{
    for (uint32_t i = 0; i < grid->space->issue_count; i++) {
        uint64_t stride = grid->stride[i];
        outcome[i] = stride == 0 ? 0 : index / stride % grid->space->issues[i].levels;
    }
}

bool ent_outcome_banned(const ent_space *space, const ent_bans *bans, const uint64_t *outcome)
{
    for (size_t i = 0; bans != NULL && i < bans->count; i++) {
        if (ent_outcome_reaches(space, outcome, &bans->at[i])) {
            return true;
        }
    }
    return false;
}

bool ent_deal_available(const ent_space *space, const ent_bans *bans, const uint64_t *outcome)
{
    return ent_outcome_allowed(space, outcome) && !ent_outcome_banned(space, bans, outcome) &&
           !ent_outcome_is_status_quo(space, outcome);
}

/* Step to the next outcome of a grid over all issues, the last issue fastest. */
static void advance(const ent_space *space, uint64_t *outcome)
{
    for (uint32_t i = space->issue_count; i-- > 0;) {
        if (++outcome[i] < space->issues[i].levels) {
            return;
        }
        outcome[i] = 0;
    }
}

uint8_t *ent_grid_available(ent_work *work, const ent_grid *grid, const ent_bans *bans,
                            uint64_t *count)
{
    uint8_t *available = ent_alloc(work->arena, grid->outcomes, uint8_t);
    uint64_t *outcome = ent_alloc(work->arena, grid->space->issue_count, uint64_t);
    *count = 0;
    for (uint64_t i = 0; i < grid->outcomes; i++) {
        available[i] = ent_deal_available(grid->space, bans, outcome);
        *count += available[i];
        advance(grid->space, outcome);
    }
    return available;
}
