/*
 * The exact search. Least greatest trust f_k(m) to have the steps m done after at most k phases:
 *     f_k(m) = min over y within m of max(f_(k-1)(y), need(m - y, m)),   f_k(nothing) = 0.
 * need is the largest over the parties of C_p(d) * inverse_p(m), so that a pair of states costs
 * two multiplications and 2k comparisons, without a division. Lanes are worlds.
 */
#include "answers/phases.h"

#include "base/kernel.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { LANES = ENT_PHASES_LANES };

typedef struct lanes {
    double at[LANES];
} lanes;

struct ent_phases {
    ent_exchange exchange;
    uint32_t most;
    uint8_t *allowed; /* [states] */
    lanes *cost;      /* [states][parties] of own steps among these; 0 where there are none */
    lanes *inverse;   /* [states][parties] of what is at stake when these are done */
    lanes *best;      /* [states][most + 1] */
};

/* Below this, what is left to gain is rounding. */
#define NOTHING 1e-12
/*
 * The cost of own steps is at least PART, which is nothing beside any other, and the inverse of
 * nothing left to gain is STOPS: their product passes every trust there is, while 0, the cost of
 * having no part in a phase, stays 0.
 */
#define PART 1e-280
#define STOPS 1e300
/* More than PART makes of anything that is left to gain, and less than any trust that is needed. */
#define FAINT 1e-200

ent_phases *ent_phases_create(ent_arena *arena, const ent_exchange *x, uint32_t most)
{
    size_t states = (size_t)1 << x->steps;
    ent_phases *p = ent_alloc(arena, 1, ent_phases);
    p->exchange = *x;
    p->most = most;
    p->allowed = ent_alloc(arena, states, uint8_t);
    p->cost = ent_alloc(arena, states * x->parties, lanes);
    p->inverse = ent_alloc(arena, states * x->parties, lanes);
    p->best = ent_alloc(arena, states * (most + 1), lanes);
    for (size_t s = 0; s < states; s++) {
        p->allowed[s] = s == 0 || s + 1 == states || x->allowed == NULL || x->allowed(x->user, s);
    }
    return p;
}

static double total(const ent_exchange *x, const double *values, uint32_t party, uint32_t lane,
                    uint64_t steps)
{
    double sum = 0;
    for (uint32_t c = 0; c < x->steps; c++) {
        sum += (steps >> c & 1) != 0 ? values[ent_exchange_at(x, party, c) + lane] : 0;
    }
    return sum;
}

static double scale_of(const ent_exchange *x, uint32_t party)
{
    return x->scale == NULL ? 1 : x->scale[party];
}

/* Costs of own steps and what is kept, for all states, by taking away the lowest step. */
static void fill_party(ent_phases *p, const ent_exchange_values *values, uint32_t party,
                       const double *all)
{
    const ent_exchange *x = &p->exchange;
    size_t states = (size_t)1 << x->steps;
    for (size_t s = 1; s < states; s++) {
        uint32_t c = (uint32_t)__builtin_ctzll(s);
        const double *kept = values->kept + ent_exchange_at(x, party, c);
        lanes *cost = &p->cost[s * x->parties + party];
        lanes *sum = &p->inverse[s * x->parties + party]; /* s(y) for now */
        const lanes *less_cost = &p->cost[(s & (s - 1)) * x->parties + party];
        const lanes *less_sum = &p->inverse[(s & (s - 1)) * x->parties + party];
        bool mine = (x->own[party] >> c & 1) != 0;
        for (uint32_t l = 0; l < LANES; l++) {
            cost->at[l] = less_cost->at[l] - (mine ? kept[l] : 0);
            sum->at[l] = less_sum->at[l] + kept[l];
        }
    }
    double scale = scale_of(x, party);
    for (size_t s = 0; s < states; s++) {
        lanes *inverse = &p->inverse[s * x->parties + party];
        lanes *cost = &p->cost[s * x->parties + party];
        bool part = (x->own[party] & s) != 0;
        for (uint32_t l = 0; l < LANES; l++) {
            double left = all[l] - inverse->at[l];
            inverse->at[l] = left <= NOTHING ? STOPS : scale / left;
            cost->at[l] = part && cost->at[l] < PART ? PART : cost->at[l];
        }
    }
}

static void fill(ent_phases *p, const ent_exchange_values *values)
{
    const ent_exchange *x = &p->exchange;
    size_t states = (size_t)1 << x->steps;
    for (uint32_t party = 0; party < x->parties; party++) {
        double all[LANES];
        for (uint32_t l = 0; l < LANES; l++) {
            all[l] = total(x, values->gain, party, l, states - 1);
        }
        p->cost[party] = (lanes){{0}};
        p->inverse[party] = (lanes){{0}};
        fill_party(p, values, party, all);
    }
    for (size_t i = 0; i < states * (p->most + 1); i++) {
        for (uint32_t l = 0; l < LANES; l++) {
            p->best[i].at[l] = i <= p->most ? 0 : HUGE_VAL;
        }
    }
}

/* The best ways into one state, from all states within it. */
ENT_KERNEL
static void reach(ent_phases *p, size_t state)
{
    uint32_t parties = p->exchange.parties;
    lanes *best = p->best + state * (p->most + 1);
    const lanes *inverse = p->inverse + state * parties;
    double scale[ENT_PHASES_PARTIES];
    for (uint32_t q = 0; q < parties; q++) {
        scale[q] = scale_of(&p->exchange, q);
    }
    for (size_t phase = state; phase != 0; phase = (phase - 1) & state) {
        size_t before = state ^ phase;
        if (!p->allowed[before]) {
            continue;
        }
        lanes need = {{0}};
        const lanes *cost = p->cost + phase * parties;
        for (uint32_t q = 0; q < parties; q++) {
            for (uint32_t l = 0; l < LANES; l++) {
                double trust = cost[q].at[l] * inverse[q].at[l];
                trust = trust > scale[q] ? scale[q] : trust;
                need.at[l] = trust > need.at[l] ? trust : need.at[l];
            }
        }
        const lanes *from = p->best + before * (p->most + 1);
        for (uint32_t k = 1; k <= p->most; k++) {
            for (uint32_t l = 0; l < LANES; l++) {
                double worst = from[k - 1].at[l] > need.at[l] ? from[k - 1].at[l] : need.at[l];
                best[k].at[l] = worst < best[k].at[l] ? worst : best[k].at[l];
            }
        }
    }
}

void ent_phases_solve(ent_phases *p, const ent_exchange_values *values, double *curve)
{
    size_t states = (size_t)1 << p->exchange.steps;
    fill(p, values);
    for (size_t s = 1; s < states; s++) {
        if (p->allowed[s]) {
            reach(p, s);
        }
        if (s % 16 == 0 && ent_exchange_stopped(&p->exchange)) {
            break;
        }
    }
    const lanes *end = p->best + (states - 1) * (p->most + 1);
    for (uint32_t k = 1; k <= p->most; k++) {
        for (uint32_t l = 0; l < LANES; l++) {
            curve[(k - 1) * LANES + l] = end[k].at[l] < FAINT ? 0 : end[k].at[l];
        }
    }
}

/* The trust of lane 0 for going from one state to another, and not above 1. */
static double need_of(const ent_phases *p, size_t before, size_t after)
{
    uint32_t parties = p->exchange.parties;
    double need = 0;
    for (uint32_t q = 0; q < parties; q++) {
        double trust = p->cost[(before ^ after) * parties + q].at[0] *
                       p->inverse[after * parties + q].at[0];
        double scale = scale_of(&p->exchange, q);
        trust = trust > scale ? scale : trust;
        need = trust > need ? trust : need;
    }
    return need;
}

/* Where to come from with the least trust in this phase among those that keep to the limit. */
static size_t step_back(const ent_phases *p, size_t state, uint32_t k, double limit)
{
    size_t from = 0;
    double least = HUGE_VAL;
    for (size_t phase = state; phase != 0; phase = (phase - 1) & state) {
        size_t before = state ^ phase;
        if (p->allowed[before] && p->best[before * (p->most + 1) + k - 1].at[0] <= limit) {
            double need = need_of(p, before, state);
            from = need < least ? before : from;
            least = need < least ? need : least;
        }
    }
    return from;
}

uint32_t ent_phases_plan(const ent_phases *p, uint32_t k, uint64_t *steps)
{
    size_t state = ((size_t)1 << p->exchange.steps) - 1;
    const lanes *end = p->best + state * (p->most + 1);
    double limit = end[k].at[0] >= 1 ? DBL_MAX : end[k].at[0] + NOTHING;
    while (k > 1 && end[k - 1].at[0] <= limit) {
        k--;
    }
    uint32_t count = 0;
    uint64_t back[ENT_PHASES_EXACT];
    for (; state != 0; k--) {
        size_t before = step_back(p, state, k, limit);
        back[count++] = state ^ before;
        state = before;
    }
    for (uint32_t i = 0; i < count; i++) {
        steps[i] = back[count - 1 - i];
    }
    return count;
}

double ent_phase_exposure(const ent_exchange *x, const ent_exchange_values *values, uint32_t lane,
                          uint32_t party, uint64_t phase)
{
    double cost = -total(x, values->kept, party, lane, phase & x->own[party]);
    return cost > 0 ? cost : 0;
}

double ent_phase_trust(const ent_exchange *x, const ent_exchange_values *values, uint32_t lane,
                       uint32_t party, uint64_t before, uint64_t phase)
{
    uint64_t all = x->steps == 64 ? UINT64_MAX : (UINT64_C(1) << x->steps) - 1;
    if ((phase & x->own[party]) == 0) {
        return 0;
    }
    double left = total(x, values->gain, party, lane, all) -
                  total(x, values->kept, party, lane, before | phase);
    if (left <= NOTHING) {
        return 1;
    }
    double trust = ent_phase_exposure(x, values, lane, party, phase) / left;
    return trust > 1 ? 1 : trust;
}
