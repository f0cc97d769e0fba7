/* A deal as an exchange: its steps, the parties with a stake in it, who performs what. */
#include "answers/deals.h"
#include "answers/plan_parts.h"

#include <math.h>
#include <string.h>

static const char *step_text(ent_arena *arena, const ent_issue *issue, uint64_t level,
                             uint32_t part, bool names)
{
    const char *what = names ? issue->name : issue->id;
    if (issue->kind == ENT_RANGE) {
        return ent_format(arena, "%s: %s", what, ent_level_text(arena, issue, level, names));
    }
    uint32_t index = issue->kind == ENT_OPTIONS ? part + 1 : part;
    return ent_format(arena, "%s: %s", what,
                      names ? issue->part_names[index] : issue->part_ids[index]);
}

static uint32_t count_steps(const ent_space *space, const uint64_t *levels)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        for (uint32_t part = 0; part < space->issues[i].components; part++) {
            count += ent_on(&space->issues[i], levels[i], part) > 0;
        }
    }
    return count;
}

static void read_steps(ent_planning *pl)
{
    ent_plan *plan = pl->plan;
    ent_arena *arena = pl->work->arena;
    const ent_space *space = &pl->analysis->c->space;
    plan->steps = ent_alloc(arena, plan->step_count, ent_plan_step);
    pl->on = ent_alloc(arena, plan->step_count, double);
    uint32_t step = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        const ent_issue *issue = &space->issues[i];
        uint64_t level = pl->request->levels[i];
        for (uint32_t part = 0; part < issue->components; part++) {
            double on = ent_on(issue, level, part);
            if (on > 0) {
                pl->on[step] = on;
                plan->steps[step++] = (ent_plan_step){
                    .issue = i, .part = part, .undo = issue->undo[part], .saves = (double)NAN,
                    .id = step_text(arena, issue, level, part, false),
                    .text = step_text(arena, issue, level, part, true)};
            }
        }
    }
}

/* The unknown of the party that stands for the step, or ENT_NONE. */
static uint32_t find_unknown(const ent_space *space, const ent_stakes *stakes,
                             const ent_plan_step *step)
{
    uint32_t component = space->issues[step->issue].first + step->part;
    for (uint32_t u = 0; u < stakes->k; u++) {
        if (stakes->component[u] == component) {
            return u;
        }
    }
    return ENT_NONE;
}

static bool has_stake(const ent_planning *pl, uint32_t party)
{
    for (uint32_t s = 0; s < pl->plan->step_count; s++) {
        if (find_unknown(&pl->analysis->c->space, pl->analysis->stakes[party],
                         &pl->plan->steps[s]) != ENT_NONE) {
            return true;
        }
    }
    return false;
}

static void read_parties(ent_planning *pl)
{
    const ent_case *c = pl->analysis->c;
    ent_plan *plan = pl->plan;
    ent_arena *arena = pl->work->arena;
    plan->parties = ent_alloc(arena, c->party_count, uint32_t);
    plan->givers = ent_alloc(arena, c->party_count, uint64_t);
    for (uint32_t p = 0; p < c->party_count; p++) {
        for (uint32_t s = 0; s < plan->step_count; s++) {
            bool gives = ent_gives(&c->space.issues[plan->steps[s].issue], p);
            plan->givers[p] |= (uint64_t)gives << s;
        }
        if (c->parties[p].role == ENT_DECIDER && has_stake(pl, p) &&
            plan->party_count < ENT_PHASES_PARTIES) {
            plan->parties[plan->party_count++] = p;
        }
    }
    plan->own = ent_alloc(arena, plan->party_count + 1, uint64_t);
    pl->unknown = ent_alloc(arena, (size_t)plan->party_count * plan->step_count + 1, uint32_t);
    for (uint32_t q = 0; q < plan->party_count; q++) {
        plan->own[q] = plan->givers[plan->parties[q]];
        for (uint32_t s = 0; s < plan->step_count; s++) {
            pl->unknown[q * plan->step_count + s] = find_unknown(
                &c->space, pl->analysis->stakes[plan->parties[q]], &plan->steps[s]);
        }
    }
}

/* May things stand like this? Steps of an options issue come in order, and the rules hold. */
static bool stands(void *user, uint64_t done)
{
    const ent_planning *pl = user;
    const ent_space *space = &pl->analysis->c->space;
    uint64_t levels[ENT_PHASES_STEPS * 4];
    uint64_t *outcome = space->issue_count <= ENT_PHASES_STEPS * 4 ? levels : NULL;
    if (outcome == NULL) {
        return true;
    }
    memset(outcome, 0, space->issue_count * sizeof *outcome);
    for (uint32_t s = 0; s < pl->plan->step_count; s++) {
        const ent_plan_step *step = &pl->plan->steps[s];
        if ((done >> s & 1) == 0) {
            continue;
        }
        switch (space->issues[step->issue].kind) {
        case ENT_OPTIONS:
            if (outcome[step->issue] != step->part) {
                return false;
            }
            outcome[step->issue]++;
            break;
        case ENT_ITEMS:
            outcome[step->issue] |= UINT64_C(1) << step->part;
            break;
        case ENT_RANGE:
            outcome[step->issue] = pl->request->levels[step->issue];
            break;
        }
    }
    return ent_outcome_allowed(space, outcome);
}

const ent_line *ent_plan_crosses(const ent_analysis *analysis, size_t account, uint32_t party,
                                 const uint64_t *deal)
{
    const ent_case *c = analysis->c;
    return c->parties[party].role == ENT_OBSERVER
               ? NULL
               : ent_line_crossed(&c->space, &analysis->worlds[account].lines, party, deal);
}

ent_status ent_plan_read_deal(ent_planning *pl)
{
    ent_diags *diags = pl->work->diags;
    const ent_space *space = &pl->analysis->c->space;
    const uint64_t *levels = pl->request->levels;
    if (ent_outcome_is_status_quo(space, levels)) {
        return ent_fail(diags, ENT_INVALID, ENT_G201_NOT_A_DEAL, NULL,
                        "the deal leaves everything as it is");
    }
    if (!ent_deal_available(space, &pl->worlds->bans, levels)) {
        return ent_fail(diags, ENT_INVALID, ENT_G202_FORBIDDEN_DEAL, NULL,
                        "the deal (%s) is not available in the account `%s`",
                        ent_outcome_text(pl->work->arena, space, levels, false),
                        pl->worlds->account->id);
    }
    pl->plan->step_count = count_steps(space, levels);
    if (pl->plan->step_count > ENT_PHASES_STEPS) {
        return ent_fail(diags, ENT_LIMIT, ENT_G204_TOO_MANY_STEPS, NULL,
                        "the deal has %u steps; at most %d can be planned", pl->plan->step_count,
                        ENT_PHASES_STEPS);
    }
    read_steps(pl);
    read_parties(pl);
    if (pl->plan->party_count == 0) {
        return ent_fail(diags, ENT_INVALID, ENT_G203_NO_STAKES, NULL,
                        "no decider has a stake in this deal");
    }
    pl->exchange = (ent_exchange){.work = pl->work,
                                  .steps = pl->plan->step_count,
                                  .parties = pl->plan->party_count,
                                  .own = pl->plan->own,
                                  .allowed = stands,
                                  .user = pl};
    size_t values = (size_t)pl->plan->party_count * pl->plan->step_count;
    pl->gain = ent_alloc(pl->work->arena, values * ENT_PHASES_LANES, double);
    pl->kept = ent_alloc(pl->work->arena, values * ENT_PHASES_LANES, double);
    pl->central = ent_alloc(pl->work->arena, values, double);
    return ENT_OK;
}

void ent_plan_set_lane(ent_planning *pl, uint32_t lane, const double *gain, uint64_t snap)
{
    for (uint32_t q = 0; q < pl->plan->party_count; q++) {
        for (uint32_t s = 0; s < pl->plan->step_count; s++) {
            double undo = (snap >> s & 1) != 0 ? 1 : pl->plan->steps[s].undo;
            double value = gain[q * pl->plan->step_count + s];
            size_t at = ent_exchange_at(&pl->exchange, q, s) + lane;
            pl->gain[at] = value;
            pl->kept[at] = value * (1 - undo);
        }
    }
}

/* The gains when the unknowns of party q are z(u). */
static void fill_gain(const ent_planning *pl, uint32_t q, const double *z, double *gain)
{
    const ent_stakes *stakes = pl->analysis->stakes[pl->plan->parties[q]];
    uint32_t n = pl->plan->step_count;
    for (uint32_t s = 0; s < n; s++) {
        uint32_t u = pl->unknown[q * n + s];
        gain[q * n + s] = u == ENT_NONE ? 0 : stakes->sign[u] * pl->on[s] * z[u];
    }
}

void ent_plan_world(const ent_planning *pl, uint32_t world, double *gain)
{
    uint32_t n = pl->plan->step_count;
    for (uint32_t q = 0; q < pl->plan->party_count; q++) {
        const ent_world_set *set = &pl->worlds->sets[pl->plan->parties[q]];
        const ent_stakes *stakes = pl->analysis->stakes[pl->plan->parties[q]];
        for (uint32_t s = 0; s < n; s++) {
            uint32_t u = pl->unknown[q * n + s];
            double z = u == ENT_NONE ? 0 : (double)set->z[(size_t)u * set->stride + world];
            gain[q * n + s] = u == ENT_NONE ? 0 : stakes->sign[u] * pl->on[s] * z;
        }
    }
}

void ent_central_world(const ent_account_worlds *worlds, uint32_t party, double *z, double *b)
{
    const ent_world_set *set = &worlds->sets[party];
    double sum = 0;
    for (uint32_t w = 0; w < set->worlds; w++) {
        sum += (double)set->b[w];
    }
    *b = sum / set->worlds;
    for (uint32_t u = 0; u < set->k; u++) {
        sum = 0;
        for (uint32_t w = 0; w < set->worlds; w++) {
            sum += (double)set->z[(size_t)u * set->stride + w];
        }
        z[u] = sum / set->worlds;
    }
}

void ent_plan_central(ent_planning *pl)
{
    for (uint32_t q = 0; q < pl->plan->party_count; q++) {
        uint32_t party = pl->plan->parties[q];
        const ent_stakes *stakes = pl->analysis->stakes[party];
        double *z = ent_alloc(pl->work->arena, stakes->k + 1, double);
        double *form = ent_alloc(pl->work->arena, stakes->k + 1, double);
        double b;
        ent_central_world(pl->worlds, party, z, &b);
        for (uint32_t u = 0; u < stakes->k; u++) {
            form[u] = 1;
            ent_interval range = ent_oracle_range(pl->worlds->oracles[party], form, 0, 0);
            form[u] = 0;
            /* Worlds are kept in single precision; what the record pins is not to suffer by it. */
            bool pinned = range.high - range.low < 1e-7 && z[u] - range.low < 1e-5;
            z[u] = pinned ? (range.low + range.high) / 2 : z[u];
        }
        fill_gain(pl, q, z, pl->central);
    }
}
