/*
 * What undo clauses would do: the same search with some steps made to snap back wholly, eight
 * variants at a time. Sets of steps are tried by size, so that the first that does is the smallest;
 * where time ends before, that is said.
 */
#include "answers/plan_parts.h"

#include <math.h>

enum { LANES = ENT_PHASES_LANES };

typedef struct variants {
    ent_planning *pl;
    uint64_t snap[LANES];
    uint32_t count;
    double trust[LANES];
    uint32_t blocks; /* left to spend */
} variants;

/* The least greatest trust (or its ratio to the trust there is) of each variant. */
static void solve(variants *v, double *curve)
{
    ent_planning *pl = v->pl;
    ent_exchange_values values = {pl->gain, pl->kept};
    for (uint32_t l = 0; l < LANES; l++) {
        ent_plan_set_lane(pl, l, pl->central, l < v->count ? v->snap[l] : 0);
    }
    ent_phases_solve(pl->phases, &values, curve);
    for (uint32_t l = 0; l < LANES; l++) {
        v->trust[l] = curve[(pl->plan->most - 1) * LANES + l];
    }
    v->blocks -= v->blocks > 0;
}

static void save_by_each(ent_planning *pl, double *curve)
{
    ent_plan *plan = pl->plan;
    for (uint32_t first = 0; first < plan->step_count; first += LANES) {
        variants v = {.pl = pl};
        for (uint32_t l = 0; l < LANES && first + l < plan->step_count; l++) {
            v.snap[v.count++] = UINT64_C(1) << (first + l);
        }
        solve(&v, curve);
        for (uint32_t l = 0; l < v.count; l++) {
            plan->steps[first + l].saves = v.trust[l];
        }
    }
}

/* Does any of the variants carry? Keeps the best. */
static bool try_variants(variants *v, double *curve, double limit)
{
    solve(v, curve);
    bool found = false;
    for (uint32_t l = 0; l < v->count; l++) {
        if (v->trust[l] <= limit) {
            ent_plan *plan = v->pl->plan;
            bool better = plan->change == 0 || v->trust[l] < plan->change_trust;
            plan->change = better ? v->snap[l] : plan->change;
            plan->change_trust = better ? v->trust[l] : plan->change_trust;
            found = true;
        }
    }
    v->count = 0;
    return found;
}

/* The next set of the same size in order (Gosper). */
static uint64_t next_set(uint64_t set)
{
    uint64_t low = set & -set;
    uint64_t ripple = set + low;
    return ripple | (((set ^ ripple) >> 2) / low);
}

/* All sets of so many steps that cannot be taken back yet; false when time is up. */
static bool try_size(variants *v, uint32_t size, const uint32_t *open, uint32_t count,
                     double *curve, double limit)
{
    uint64_t set = (UINT64_C(1) << size) - 1;
    while (set < UINT64_C(1) << count) {
        uint64_t snap = 0;
        for (uint32_t k = 0; k < count; k++) {
            snap |= (set >> k & 1) != 0 ? UINT64_C(1) << open[k] : 0;
        }
        v->snap[v->count++] = snap;
        set = next_set(set);
        bool full = v->count == LANES || set >= UINT64_C(1) << count;
        if (full && (v->blocks == 0 || ent_stopped(v->pl->work))) {
            return false;
        }
        if (full) {
            (void)try_variants(v, curve, limit);
        }
    }
    return true;
}

/* Where sets are too many: add the step that helps most until the plan carries. */
static void add_one_by_one(variants *v, const uint32_t *open, uint32_t count, double *curve,
                           double limit)
{
    uint64_t snap = 0;
    ent_plan *plan = v->pl->plan;
    for (uint32_t round = 0; round < count && plan->change == 0 && !ent_stopped(v->pl->work);
         round++) {
        double least = HUGE_VAL;
        uint64_t best = snap;
        for (uint32_t first = 0; first < count; first += LANES) {
            v->count = 0;
            for (uint32_t k = first; k < count && k < first + LANES; k++) {
                v->snap[v->count++] = snap | UINT64_C(1) << open[k];
            }
            solve(v, curve);
            for (uint32_t l = 0; l < v->count; l++) {
                bool better = v->snap[l] != snap && v->trust[l] < least;
                best = better ? v->snap[l] : best;
                least = better ? v->trust[l] : least;
            }
        }
        snap = best;
        plan->change = least <= limit ? snap : 0;
    }
}

static void find_change(ent_planning *pl, double *curve, double limit)
{
    ent_plan *plan = pl->plan;
    uint32_t open[ENT_PHASES_EXACT];
    uint32_t count = 0;
    for (uint32_t s = 0; s < plan->step_count; s++) {
        if (plan->steps[s].undo < 1) {
            open[count++] = s;
        }
    }
    variants v = {.pl = pl, .blocks = ent_plan_blocks(pl)};
    plan->change_proved = true;
    for (uint32_t size = 1; size <= count && plan->change == 0; size++) {
        if (!try_size(&v, size, open, count, curve, limit)) {
            plan->change_proved = false;
            add_one_by_one(&v, open, count, curve, limit);
            return;
        }
    }
}

/* ---- Beyond exact search ------------------------------------------------------------------ */

/* The trust of the best plan that the search finds with some steps made to snap back. */
static double search_with(ent_planning *pl, uint64_t snap, double *curve)
{
    ent_plan *plan = pl->plan;
    ent_exchange_values values = {pl->gain, pl->kept};
    uint64_t phases[ENT_PHASES_STEPS];
    double bound;
    ent_plan_set_lane(pl, 0, pl->central, snap);
    (void)ent_phases_search(pl->work->arena, &pl->exchange, &values, plan->most,
                            pl->analysis->settings.seed, curve, phases, &bound);
    return curve[plan->most - 1];
}

/* Does the plan that was found keep to the trust there is? */
static bool found_carries(const ent_plan *plan)
{
    for (uint32_t k = 0; k < plan->phase_count && plan->has_trust; k++) {
        for (uint32_t q = 0; q < plan->party_count; q++) {
            double trust = (plan->stated[q].low + plan->stated[q].high) / 2;
            if (plan->phases[k].trust[q] > trust + 1e-9) {
                return false;
            }
        }
    }
    return plan->has_trust || plan->curve[plan->most - 1] < 1 - 1e-9;
}

/* One clause more at a time, that which helps most, until the least trust there is would do. */
static void search_change(ent_planning *pl, double limit, uint32_t searches, double *curve)
{
    ent_plan *plan = pl->plan;
    uint64_t snap = 0;
    while (plan->change == 0 && !ent_stopped(pl->work)) {
        double least = HUGE_VAL;
        uint64_t best = snap;
        for (uint32_t s = 0; s < plan->step_count; s++) {
            bool open = (snap >> s & 1) == 0 && plan->steps[s].undo < 1;
            if (!open || searches-- == 0) {
                continue;
            }
            double trust = search_with(pl, snap | UINT64_C(1) << s, curve);
            best = trust < least ? snap | UINT64_C(1) << s : best;
            least = trust < least ? trust : least;
        }
        if (best == snap || searches > UINT32_MAX / 2 || searches < plan->step_count) {
            return;
        }
        snap = best;
        plan->change = least <= limit ? snap : 0;
        plan->change_trust = least;
    }
}

/* What clauses save, by the same search as the plan: marked, and nothing about it is proved. */
static void search_changes(ent_planning *pl)
{
    enum { SEARCHES = 300 };
    ent_plan *plan = pl->plan;
    double *curve = ent_alloc(pl->work->arena, (size_t)plan->most + 1, double);
    double limit = 1 - 1e-9;
    for (uint32_t s = 0; s < plan->step_count; s++) {
        plan->steps[s].saves = plan->steps[s].undo < 1
                                   ? search_with(pl, UINT64_C(1) << s, curve)
                                   : plan->curve[plan->most - 1];
    }
    for (uint32_t q = 0; q < plan->party_count && plan->has_trust; q++) {
        limit = fmin(limit, (plan->stated[q].low + plan->stated[q].high) / 2);
    }
    plan->carried = found_carries(plan);
    if (!plan->carried) {
        search_change(pl, limit, SEARCHES, curve);
    }
    plan->change_proved = false;
}

void ent_plan_changes(ent_planning *pl)
{
    ent_plan *plan = pl->plan;
    if (!plan->exact) {
        search_changes(pl);
        return;
    }
    double *curve = ent_alloc(pl->work->arena, (size_t)plan->most * LANES, double);
    double scale[ENT_PHASES_PARTIES];
    save_by_each(pl, curve);
    ent_exchange exchange = pl->exchange;
    for (uint32_t q = 0; q < plan->party_count; q++) {
        double trust = (plan->stated[q].low + plan->stated[q].high) / 2;
        scale[q] = 1 / (trust > 1e-9 ? trust : 1e-9);
    }
    exchange.scale = plan->has_trust ? scale : NULL;
    ent_phases *plain = pl->phases;
    pl->phases = ent_phases_create(pl->work->arena, &exchange, plan->most);
    variants base = {.pl = pl, .count = 1};
    double limit = plan->has_trust ? 1 + 1e-9 : 1 - 1e-9;
    solve(&base, curve);
    plan->carried = base.trust[0] <= limit;
    if (!plan->carried) {
        find_change(pl, curve, limit);
    }
    pl->phases = plain;
    variants chosen = {.pl = pl, .count = 1, .snap = {plan->change}};
    solve(&chosen, curve);
    plan->change_trust = chosen.trust[0];
}
