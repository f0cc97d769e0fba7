/*
 * What follows on the page from the best package: its plan, stay or walk, what would hold. None of
 * them is an error of the page where a case is not made for it (too many steps or moves, nothing to
 * plan): then it is not there, so messages go to diagnostics of their own.
 */
#include "answers/plan.h"
#include "api/asked_page.h"

#include <math.h>
#include <string.h>

static void destroy_diags(void *diags)
{
    ent_diags_destroy(diags);
}

static bool is_fault(ent_status status)
{
    return status == ENT_CANCELLED || status == ENT_NOMEM;
}

/* A plan of more steps is a search of its own: `entente plan` does it. */
enum { PLAN_STEPS = 16 };

static uint32_t steps_of(const ent_space *space, const uint64_t *levels)
{
    uint32_t steps = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        for (uint32_t j = 0; j < space->issues[i].components; j++) {
            steps += ent_on(&space->issues[i], levels[i], j) > 0;
        }
    }
    return steps;
}

static ent_status plan_best(ent_work *work, const ent_analysis *analysis, size_t account,
                            ent_page_account *here)
{
    const ent_deal *best = here->picture->count > 0 ? &here->picture->at[0].deal : NULL;
    if (best == NULL || best->joint <= 0 ||
        steps_of(&analysis->c->space, best->levels) > PLAN_STEPS) {
        return ENT_OK;
    }
    ent_planned *planned = ent_alloc(work->arena, 1, ent_planned);
    ent_plan_request request = {.levels = best->levels};
    *planned = (ent_planned){.deal = best->levels, .chosen = true};
    ent_status status = ent_answer_plan(work, analysis, account, &request, &planned->plan);
    if (status == ENT_OK && planned->plan.phase_count > 0) {
        here->plan = planned;
    }
    return status;
}

/* World outcomes that may be looked through for each party's break-even chance. */
#define WALK_LOOKS 4e7

static ent_status walk_all(ent_work *work, const ent_analysis *analysis, size_t account,
                           ent_page_account *here)
{
    const ent_case *c = analysis->c;
    uint64_t outcomes = here->picture->deals.outcomes;
    double worlds = WALK_LOOKS / (double)(outcomes > 0 ? outcomes : 1);
    ent_walked *walks = ent_alloc(work->arena, c->party_count + 1, ent_walked);
    here->walks = walks;
    for (uint32_t p = 0; p < c->party_count && worlds >= 40; p++) {
        if (c->parties[p].role != ENT_DECIDER || analysis->stakes[p]->k == 0) {
            continue;
        }
        ent_walk_request request = {.party = p,
                                    .walk = (double)NAN,
                                    .later = (double)NAN,
                                    .cost = (double)NAN,
                                    .worlds = (uint32_t)fmin(worlds, 1000)};
        ent_walked *walked = &walks[here->walk_count];
        *walked = (ent_walked){.account = account, .party = p};
        ent_status status = ent_answer_walk(work, analysis, account, &request, &walked->walk);
        if (is_fault(status)) {
            return status;
        }
        here->walk_count += status == ENT_OK;
    }
    return ENT_OK;
}

static ent_status hold(ent_work *work, const ent_analysis *analysis, size_t account,
                       const uint64_t *levels, ent_page_account *here, ent_held *list)
{
    enum { WORLDS = 500 };
    size_t bytes = analysis->c->space.issue_count * sizeof *levels;
    for (size_t i = 0; i < here->held_count; i++) {
        if (memcmp(list[i].levels, levels, bytes) == 0) {
            return ENT_OK;
        }
    }
    ent_held *held = &list[here->held_count];
    *held = (ent_held){.account = account, .levels = levels};
    ent_status status =
        ent_answer_holds(work, analysis, account, levels, WORLDS, &held->holds);
    here->held_count += status == ENT_OK;
    return status;
}

/* No deal, the best package, and where each side last stood. */
static ent_status hold_all(ent_work *work, const ent_analysis *analysis, size_t account,
                           ent_page_account *here)
{
    const ent_bridge *bridge = here->bridge;
    size_t positions = bridge != NULL ? bridge->position_count : 0;
    ent_held *list = ent_alloc(work->arena, positions + 2, ent_held);
    here->held = list;
    const uint64_t *nothing =
        ent_alloc(work->arena, analysis->c->space.issue_count + 1, uint64_t);
    ent_status status = hold(work, analysis, account, nothing, here, list);
    if (!is_fault(status) && here->picture->count > 0 && here->picture->at[0].deal.joint > 0) {
        status = hold(work, analysis, account, here->picture->at[0].deal.levels, here, list);
    }
    for (size_t i = 0; i < positions && !is_fault(status); i++) {
        if (bridge->positions[i].deal.levels != NULL) {
            status = hold(work, analysis, account, bridge->positions[i].deal.levels, here, list);
        }
    }
    return status;
}

ent_status ent_asked_steps(ent_work *work, const ent_analysis *analysis, size_t account,
                           unsigned parts, ent_page_account *here)
{
    ent_work quiet = *work;
    quiet.diags = ent_diags_create();
    if (quiet.diags == NULL) {
        return ENT_NOMEM;
    }
    ent_cleanup *cleanup = destroy_diags;
    ent_defer(work->arena, cleanup, quiet.diags);
    ent_status status = ENT_OK;
    if (parts & ENT_PAGE_PLAN) {
        status = plan_best(&quiet, analysis, account, here);
    }
    if (!is_fault(status) && parts & ENT_PAGE_WALK) {
        status = walk_all(&quiet, analysis, account, here);
    }
    if (!is_fault(status) && parts & ENT_PAGE_STABILITY) {
        status = hold_all(&quiet, analysis, account, here);
    }
    return is_fault(status) ? status : ENT_OK;
}
