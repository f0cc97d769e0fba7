/*
 * The Nash deal of each world, by looking through all available outcomes with sums that change in
 * one issue at a time: O(outcomes * parties) for a world, the last issue in the inner loop.
 */
#include "answers/walk.h"

#include <math.h>
#include <string.h>

struct ent_nash_search {
    const ent_case *c;
    const ent_stakes *const *stakes;
    const ent_world_set *sets;
    const ent_grid *grid;
    const uint8_t *available;
    uint32_t *voters; /* deciders first, then approvers, then members of councils */
    uint32_t deciders, voter_count;
    const ent_councils *councils;
    double **worth;   /* [voters] values of the levels of all issues, one issue after another */
    size_t *start;    /* [issues] where an issue's levels begin in that */
    double *sums;     /* [issues + 1][voters] over the issues before */
    uint64_t *levels;
    double need[64];
    double best;
    uint64_t found;
};

static void choose_voters(ent_arena *arena, ent_nash_search *s)
{
    s->voters = ent_alloc(arena, s->c->party_count, uint32_t);
    for (int approvers = 0; approvers < 2; approvers++) {
        for (uint32_t p = 0; p < s->c->party_count; p++) {
            ent_role role = s->c->parties[p].role;
            bool member = (s->councils->members >> p & 1) != 0;
            bool approves = s->c->parties[p].approval == NULL && (role == ENT_APPROVER || member);
            if (s->voter_count < 64 &&
                (role == ENT_DECIDER ? approvers == 0 : approves && approvers == 1)) {
                s->voters[s->voter_count++] = p;
            }
        }
        s->deciders = approvers ? s->deciders : s->voter_count;
    }
}

ent_nash_search *ent_nash_search_create(ent_work *work, const ent_analysis *analysis,
                                        size_t account, const ent_grid *grid)
{
    ent_nash_search *s = ent_alloc(work->arena, 1, ent_nash_search);
    const ent_space *space = &analysis->c->space;
    *s = (ent_nash_search){.c = analysis->c, .stakes = analysis->stakes,
                           .sets = analysis->worlds[account].sets, .grid = grid,
                           .councils = &analysis->councils};
    uint64_t count;
    s->available = ent_grid_available(work, grid, &analysis->worlds[account].bans, &count);
    if (s->available == NULL) {
        return NULL;
    }
    choose_voters(work->arena, s);
    s->start = ent_alloc(work->arena, (size_t)space->issue_count + 1, size_t);
    for (uint32_t i = 0; i < space->issue_count; i++) {
        s->start[i + 1] = s->start[i] + space->issues[i].levels;
    }
    s->worth = ent_alloc(work->arena, s->voter_count + 1, double *);
    for (uint32_t v = 0; v < s->voter_count; v++) {
        s->worth[v] = ent_alloc(work->arena, s->start[space->issue_count], double);
    }
    s->sums = ent_alloc(work->arena, ((size_t)space->issue_count + 1) * s->voter_count, double);
    s->levels = ent_alloc(work->arena, space->issue_count, uint64_t);
    return s;
}

/* What each level of each issue is worth to the voter in this world. */
static void fill_worth(ent_nash_search *s, uint32_t v, uint32_t world)
{
    const ent_stakes *stakes = s->stakes[s->voters[v]];
    const ent_world_set *set = &s->sets[s->voters[v]];
    memset(s->worth[v], 0, s->start[s->c->space.issue_count] * sizeof **s->worth);
    for (uint32_t g = 0; g < stakes->groups; g++) {
        uint32_t i = stakes->group_issue[g];
        const ent_issue *issue = &s->c->space.issues[i];
        for (uint32_t u = stakes->group_start[g]; u < stakes->group_start[g + 1]; u++) {
            double z = stakes->sign[u] * (double)set->z[(size_t)u * set->stride + world];
            for (uint64_t level = 1; level < issue->levels; level++) {
                s->worth[v][s->start[i] + level] +=
                    z * ent_on(issue, level, stakes->component[u] - issue->first);
            }
        }
    }
    s->need[v] = (double)set->b[world];
}

static bool touched(const ent_nash_search *s, const bool *approves)
{
    return ent_is_touched(approves, s->c->space.issue_count, s->levels);
}

/* Do all approvers and councils that are asked consent? Bit v of yes: voter v accepts. */
static bool consented(const ent_nash_search *s, uint64_t yes)
{
    uint64_t accepting = 0;
    for (uint32_t v = 0; v < s->voter_count; v++) {
        uint32_t party = s->voters[v];
        bool accepts = (yes >> v & 1) != 0;
        accepting |= (uint64_t)accepts << party;
        if (v >= s->deciders && !accepts && touched(s, s->c->parties[party].approves)) {
            return false;
        }
    }
    for (size_t k = 0; k < s->councils->count && s->councils->binding > 0; k++) {
        const ent_council *council = &s->councils->at[k];
        if (!council->implied && touched(s, council->asked) &&
            !ent_council_consents(council, accepting)) {
            return false;
        }
    }
    return true;
}

/* Look at one outcome: do all accept, and is the product the greatest so far? */
static void look(ent_nash_search *s, const double *sums, uint64_t level, uint64_t index)
{
    uint32_t last = s->c->space.issue_count - 1;
    double product = 1;
    for (uint32_t v = 0; v < s->deciders; v++) {
        double gain = sums[v] + s->worth[v][s->start[last] + level] - s->need[v];
        if (gain < -1e-6) {
            return;
        }
        product *= gain > 0 ? gain : 0;
    }
    if (product <= s->best) {
        return;
    }
    s->levels[last] = level;
    uint64_t yes = 0;
    for (uint32_t v = 0; v < s->voter_count; v++) {
        double gain = sums[v] + s->worth[v][s->start[last] + level] - s->need[v];
        yes |= (uint64_t)(gain >= -1e-6) << v;
    }
    if (consented(s, yes)) {
        s->best = product;
        s->found = index;
    }
}

/* All levels of the issue and of those after it. */
static void descend(ent_nash_search *s, uint32_t issue, uint64_t index)
{
    const double *sums = s->sums + (size_t)issue * s->voter_count;
    double *next = s->sums + ((size_t)issue + 1) * s->voter_count;
    bool last = issue + 1 == s->c->space.issue_count;
    for (uint64_t level = 0; level < s->c->space.issues[issue].levels; level++) {
        uint64_t here = index + level * s->grid->stride[issue];
        if (last) {
            if (s->available[here]) {
                look(s, sums, level, here);
            }
            continue;
        }
        s->levels[issue] = level;
        for (uint32_t v = 0; v < s->voter_count; v++) {
            next[v] = sums[v] + s->worth[v][s->start[issue] + level];
        }
        descend(s, issue + 1, here);
    }
}

bool ent_nash_deal(ent_nash_search *s, uint32_t world, uint64_t *index)
{
    for (uint32_t v = 0; v < s->voter_count; v++) {
        fill_worth(s, v, world);
        s->sums[v] = 0;
    }
    s->best = -1;
    descend(s, 0, 0);
    *index = s->found;
    return s->best >= 0;
}
