/*
 * The sweep as one would write it down first: for each outcome, for each world, for each voter, add
 * up the value. O(outcomes * worlds * voters * components). It checks the sweep and is the measure
 * of its speed.
 */
#include "answers/sweep.h"

#include <string.h>

static uint32_t accepts(const ent_voter *voter, const float *on, uint32_t world)
{
    const ent_world_set *set = voter->set;
    float value = 0;
    for (uint32_t u = 0; u < voter->stakes->k; u++) {
        value += on[u] * set->z[(size_t)u * set->stride + world];
    }
    return value >= ent_needed(set->b[world]);
}

/* sign * on for each of the voter's unknowns. */
static void switch_on(const ent_space *space, const ent_stakes *stakes, const uint64_t *outcome,
                      float *on)
{
    for (uint32_t g = 0; g < stakes->groups; g++) {
        uint32_t i = stakes->group_issue[g];
        for (uint32_t u = stakes->group_start[g]; u < stakes->group_start[g + 1]; u++) {
            uint32_t component = stakes->component[u] - space->issues[i].first;
            on[u] = (float)(stakes->sign[u] * ent_on(&space->issues[i], outcome[i], component));
        }
    }
}

static bool is_asked(const ent_voter *voter, uint32_t issue_count, const uint64_t *outcome)
{
    bool asked = voter->asked == NULL;
    for (uint32_t i = 0; i < issue_count && !asked; i++) {
        asked = voter->asked[i] && outcome[i] != 0;
    }
    return asked;
}

/* Do all councils that are asked consent, even those that the deciders imply? */
static bool councils_consent(const ent_voters *voters, uint32_t issue_count,
                             const uint64_t *outcome, uint64_t accepting)
{
    bool all = true;
    for (size_t k = 0; voters->councils != NULL && k < voters->councils->count; k++) {
        const ent_council *council = &voters->councils->at[k];
        all = all && (!ent_is_touched(council->asked, issue_count, outcome) ||
                      council->implied || ent_council_consents(council, accepting));
    }
    return all;
}

static void plain_outcome(const ent_grid *grid, const ent_voters *voters, const uint64_t *outcome,
                          float *const *on, ent_sweep *sweep, uint64_t index)
{
    bool asked[ENT_MOST_VOTERS], keeps[ENT_MOST_VOTERS];
    uint32_t issues = grid->space->issue_count;
    for (size_t v = 0; v < voters->count; v++) {
        asked[v] = is_asked(&voters->at[v], issues, outcome);
        keeps[v] = ent_keeps_lines(grid->space, &voters->at[v].lines, outcome);
    }
    for (uint32_t w = 0; w < sweep->worlds; w++) {
        uint32_t all = 1;
        uint64_t accepting = 0;
        for (size_t v = 0; v < voters->count; v++) {
            uint32_t yes = keeps[v] && accepts(&voters->at[v], on[v], w);
            sweep->counts[v][index] += yes;
            all &= asked[v] ? yes : 1;
            accepting |= voters->party != NULL ? (uint64_t)yes << voters->party[v] : 0;
        }
        sweep->zone[w] |= all != 0 && councils_consent(voters, issues, outcome, accepting);
    }
}

void ent_sweep_plain(ent_arena *arena, const ent_grid *grid, const ent_voters *voters,
                     const uint8_t *available, ent_sweep *sweep)
{
    size_t count = voters->count;
    *sweep = (ent_sweep){.outcomes = grid->outcomes, .worlds = voters->at[0].set->worlds};
    sweep->zone = ent_alloc(arena, sweep->worlds, uint8_t);
    sweep->counts = ent_alloc(arena, count, uint32_t *);
    float **on = ent_alloc(arena, count, float *);
    for (size_t v = 0; v < count; v++) {
        sweep->counts[v] = ent_alloc(arena, grid->outcomes, uint32_t);
        on[v] = ent_alloc(arena, voters->at[v].stakes->k + 1, float);
    }
    uint64_t *outcome = ent_alloc(arena, grid->space->issue_count, uint64_t);
    for (uint64_t i = 0; i < grid->outcomes; i++) {
        if (available != NULL && available[i] == 0) {
            continue;
        }
        ent_grid_outcome(grid, i, outcome);
        for (size_t v = 0; v < count; v++) {
            switch_on(grid->space, voters->at[v].stakes, outcome, on[v]);
        }
        plain_outcome(grid, voters, outcome, on, sweep, i);
    }
    for (uint32_t w = 0; w < sweep->worlds; w++) {
        sweep->zone_count += sweep->zone[w];
    }
}
