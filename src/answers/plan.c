/*
 * The plan of a deal: the exact search of phases.c in the central world, spreads over worlds, and
 * what the stated trust carries. Cost: one solve, O(3^steps * phases), for each eight worlds.
 */
#include "answers/plan.h"

#include "answers/plan_parts.h"

#include <math.h>
#include <stdlib.h>

enum { LANES = ENT_PHASES_LANES };

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

double ent_quantile(double *values, size_t count, double share)
{
    if (count == 0) {
        return (double)NAN;
    }
    qsort(values, count, sizeof *values, ascending);
    double at = share * (double)(count - 1);
    size_t low = (size_t)at;
    size_t high = low + 1 < count ? low + 1 : low;
    double part = at - (double)low;
    /* Infinite values stay what they are. */
    return part > 0 && high > low ? (1 - part) * values[low] + part * values[high] : values[low];
}

static ent_exchange_values values_of(const ent_planning *pl)
{
    return (ent_exchange_values){pl->gain, pl->kept};
}

uint32_t ent_plan_blocks(const ent_planning *pl)
{
    double pairs = pow(3, pl->plan->step_count);
    double blocks = 1.5e8 / pairs * 5 / (pl->plan->most < 5 ? 5 : pl->plan->most);
    return blocks > 1e5 ? 100000 : blocks < 1 ? 1 : (uint32_t)blocks;
}

/* The curve in the central world and a plan that attains it. */
static uint32_t solve_central(ent_planning *pl, uint64_t *phases)
{
    ent_plan *plan = pl->plan;
    ent_arena *arena = pl->work->arena;
    ent_exchange_values values = values_of(pl);
    plan->curve = ent_alloc(arena, plan->most, double);
    for (uint32_t l = 0; l < LANES; l++) {
        ent_plan_set_lane(pl, l, pl->central, 0);
    }
    plan->exact = plan->step_count <= ENT_PHASES_EXACT;
    if (!plan->exact) {
        return ent_phases_search(arena, &pl->exchange, &values, plan->most,
                                 pl->analysis->settings.seed, plan->curve, phases, &plan->bound);
    }
    double *curve = ent_alloc(arena, (size_t)plan->most * LANES, double);
    pl->phases = ent_phases_create(arena, &pl->exchange, plan->most);
    ent_phases_solve(pl->phases, &values, curve);
    for (uint32_t k = 0; k < plan->most; k++) {
        plan->curve[k] = curve[k * LANES];
    }
    plan->bound = plan->curve[plan->most - 1];
    return ent_phases_plan(pl->phases, plan->most, phases);
}

/* The trust of each phase in every world: the tenth and the ninetieth percentile. */
static void spread_phase(ent_planning *pl, uint64_t before, ent_plan_phase *phase,
                         const double *gains, uint32_t worlds)
{
    ent_plan *plan = pl->plan;
    size_t room = (size_t)plan->party_count * plan->step_count;
    double *low = ent_alloc(pl->work->arena, plan->party_count, double);
    double *high = ent_alloc(pl->work->arena, plan->party_count, double);
    double *all = ent_alloc(pl->work->arena, worlds + 1, double);
    ent_exchange_values values = values_of(pl);
    for (uint32_t q = 0; q < plan->party_count; q++) {
        for (uint32_t w = 0; w < worlds; w++) {
            ent_plan_set_lane(pl, 0, gains + w * room, 0);
            all[w] = ent_phase_trust(&pl->exchange, &values, 0, q, before, phase->steps);
        }
        low[q] = ent_quantile(all, worlds, 0.1);
        high[q] = ent_quantile(all, worlds, 0.9);
    }
    phase->low = low;
    phase->high = high;
}

static void fill_phases(ent_planning *pl, const uint64_t *phases, const double *gains,
                        uint32_t worlds)
{
    ent_plan *plan = pl->plan;
    ent_arena *arena = pl->work->arena;
    ent_exchange_values values = values_of(pl);
    plan->phases = ent_alloc(arena, plan->phase_count, ent_plan_phase);
    uint64_t before = 0;
    for (uint32_t k = 0; k < plan->phase_count; k++) {
        double *trust = ent_alloc(arena, plan->party_count, double);
        double *exposure = ent_alloc(arena, plan->party_count, double);
        plan->phases[k].steps = phases[k];
        spread_phase(pl, before, &plan->phases[k], gains, worlds);
        ent_plan_set_lane(pl, 0, pl->central, 0);
        for (uint32_t q = 0; q < plan->party_count; q++) {
            trust[q] = ent_phase_trust(&pl->exchange, &values, 0, q, before, phases[k]);
            exposure[q] = ent_phase_exposure(&pl->exchange, &values, 0, q, phases[k]);
        }
        plan->phases[k].trust = trust;
        plan->phases[k].exposure = exposure;
        before |= phases[k];
    }
}

/* The curve in many worlds, eight at a time. */
static void spread_curve(ent_planning *pl, const double *gains, uint32_t worlds)
{
    ent_plan *plan = pl->plan;
    ent_arena *arena = pl->work->arena;
    size_t room = (size_t)plan->party_count * plan->step_count;
    uint32_t blocks = ent_plan_blocks(pl);
    uint32_t used = worlds / LANES < blocks ? worlds / LANES * LANES : blocks * LANES;
    double *curves = ent_alloc(arena, (size_t)plan->most * (used + 1), double);
    double *curve = ent_alloc(arena, (size_t)plan->most * LANES, double);
    ent_exchange_values values = values_of(pl);
    plan->low = ent_alloc(arena, plan->most, double);
    plan->high = ent_alloc(arena, plan->most, double);
    plan->curve_worlds = plan->exact ? used : 0;
    for (uint32_t w = 0; w < plan->curve_worlds && !ent_stopped(pl->work); w += LANES) {
        for (uint32_t l = 0; l < LANES; l++) {
            ent_plan_set_lane(pl, l, gains + (w + l) * room, 0);
        }
        ent_phases_solve(pl->phases, &values, curve);
        for (uint32_t i = 0; i < plan->most * LANES; i++) {
            curves[(size_t)(i / LANES) * used + w + i % LANES] = curve[i];
        }
    }
    for (uint32_t k = 0; k < plan->most; k++) {
        plan->low[k] = ent_quantile(curves + (size_t)k * used, plan->curve_worlds, 0.1);
        plan->high[k] = ent_quantile(curves + (size_t)k * used, plan->curve_worlds, 0.9);
    }
}

/* Later statements replace earlier ones of the same account about the same trust. */
static void read_trust(ent_planning *pl, uint32_t q)
{
    const ent_case *c = pl->analysis->c;
    ent_plan *plan = pl->plan;
    uint32_t party = plan->parties[q];
    uint32_t *sources = ent_alloc(pl->work->arena, c->statement_count + 1, uint32_t);
    size_t count = 0;
    plan->stated[q] = (ent_interval){(double)NAN, (double)NAN};
    for (uint32_t s = 0; s < c->statement_count; s++) {
        for (size_t k = 0; pl->worlds->account->in[s] && k < c->statements[s].claim_count; k++) {
            const ent_claim *claim = &c->statements[s].claims[k];
            if (claim->verb == ENT_TRUSTS && claim->party == party) {
                plan->stated[q] = claim->interval;
                sources[count++] = s;
            }
        }
    }
    sources[count] = ENT_NONE;
    plan->sources[q] = sources;
    const double *given = pl->request->trust;
    if (given != NULL && !isnan(given[party])) {
        plan->stated[q] = (ent_interval){given[party], given[party]};
        sources[0] = ENT_NONE;
    }
}

static void read_all_trust(ent_planning *pl)
{
    ent_plan *plan = pl->plan;
    plan->stated = ent_alloc(pl->work->arena, plan->party_count, ent_interval);
    plan->sources = ent_alloc(pl->work->arena, plan->party_count, const uint32_t *);
    plan->has_trust = true;
    for (uint32_t q = 0; q < plan->party_count; q++) {
        read_trust(pl, q);
        plan->has_trust = plan->has_trust && !isnan(plan->stated[q].low);
    }
}

static void take_first_step(ent_planning *pl)
{
    double trust[ENT_PHASES_PARTIES] = {0};
    for (uint32_t q = 0; q < pl->plan->party_count; q++) {
        trust[q] = (pl->plan->stated[q].low + pl->plan->stated[q].high) / 2;
    }
    ent_exchange_values values = values_of(pl);
    ent_plan_set_lane(pl, 0, pl->central, 0);
    pl->plan->first = ent_largest_first_phase(&pl->exchange, &values, trust);
}

static const double *draw_gains(const ent_planning *pl, uint32_t *worlds)
{
    const ent_plan *plan = pl->plan;
    uint32_t most = pl->worlds->sets[plan->parties[0]].worlds;
    uint32_t wanted = pl->request->worlds == 0 ? 1000 : pl->request->worlds;
    *worlds = most < wanted ? most : wanted;
    size_t room = (size_t)plan->party_count * plan->step_count;
    double *gains = ent_alloc(pl->work->arena, *worlds * room + 1, double);
    for (uint32_t w = 0; w < *worlds; w++) {
        ent_plan_world(pl, w, gains + w * room);
    }
    return gains;
}

ent_status ent_answer_plan(ent_work *work, const ent_analysis *analysis, size_t account,
                           const ent_plan_request *request, ent_plan *plan)
{
    *plan = (ent_plan){.most = request->phases == 0 ? 5 : request->phases};
    ent_planning pl = {.work = work, .analysis = analysis, .request = request, .plan = plan,
                       .worlds = &analysis->worlds[account]};
    ent_status status = ent_plan_read_deal(&pl);
    if (status != ENT_OK) {
        return status;
    }
    if (plan->most > plan->step_count) {
        plan->most = plan->step_count;
    }
    if (request->brief && plan->step_count > ENT_PHASES_EXACT) {
        return ENT_OK;
    }
    uint64_t phases[ENT_PHASES_STEPS];
    uint32_t worlds;
    const double *gains = draw_gains(&pl, &worlds);
    ent_plan_central(&pl);
    plan->phase_count = solve_central(&pl, phases);
    fill_phases(&pl, phases, gains, worlds);
    if (!request->brief) {
        spread_curve(&pl, gains, worlds);
    }
    read_all_trust(&pl);
    if (plan->has_trust) {
        take_first_step(&pl);
    }
    plan->weighed = !request->brief;
    if (plan->weighed) {
        ent_plan_changes(&pl);
    }
    return ent_tick(work, "plan", 1, 1) ? ENT_CANCELLED : ENT_OK;
}
