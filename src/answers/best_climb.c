/*
 * Good packages before the best are proved: from several starts, one digit is changed, or two where
 * one does not help, as long as the joint share grows (iterated local search: Lourenço, Martin
 * and Stützle in "Handbook of Metaheuristics", 2003). A share of nothing counts as half a world
 * here, so that there is a way up from where somebody refuses everything.
 *
 * Cost: O(voters) for a neighbour; O(values^2) neighbours of two digits.
 */
#include "answers/best_joint.h"

#include "base/random.h"

#include <math.h>

enum { STARTS = 48, SHAKE = 8, STEPS = 200, STREAM = 71 };

typedef struct climb {
    const ent_work *work;
    const ent_own_plan *plan;
    const ent_bans *bans;
    double **share;      /* [voters] -> [own outcomes]; 1 where it is not asked */
    uint64_t **step;     /* [voters] -> [own digits] what one more of its value adds */
    uint64_t *at;        /* [voters] the own outcome */
    uint64_t *value;     /* [digits] */
    uint64_t *best;      /* [digits] of the best neighbour */
    uint64_t *levels;    /* [issues] scratch */
    double joint;        /* of the best neighbour so far */
} climb;

static climb make_climb(const ent_work *work, const ent_own_plan *plan, uint32_t *const *counts,
                        uint32_t worlds)
{
    size_t voters = plan->voters->count;
    climb c = {.work = work, .plan = plan,
               .share = ent_alloc(work->arena, voters + 1, double *),
               .step = ent_alloc(work->arena, voters + 1, uint64_t *),
               .at = ent_alloc(work->arena, voters + 1, uint64_t),
               .value = ent_alloc(work->arena, plan->digit_count + 1, uint64_t),
               .best = ent_alloc(work->arena, plan->digit_count + 1, uint64_t),
               .levels = ent_alloc(work->arena, plan->space->issue_count + 1, uint64_t)};
    for (size_t v = 0; v < voters; v++) {
        const ent_own *own = &plan->own[v];
        uint64_t outcomes = own->size[own->count];
        c.share[v] = ent_alloc(work->arena, outcomes, double);
        c.step[v] = ent_alloc(work->arena, own->count + 1, uint64_t);
        for (uint64_t i = 0; i < outcomes; i++) {
            bool asked = !own->silent && (own->free == NULL || own->free[i] == 0);
            c.share[v][i] = asked ? fmax(counts[v][i], 0.5) / worlds : 1;
        }
        for (size_t j = 0; j < own->count; j++) {
            c.step[v][j] = outcomes / own->size[j + 1];
        }
    }
    return c;
}

static void set(climb *c, size_t d, uint64_t value)
{
    for (size_t t = c->plan->turn[d]; t < c->plan->turn[d + 1]; t++) {
        const ent_own_turn *turn = &c->plan->turns[t];
        uint64_t step = c->step[turn->voter][turn->depth];
        c->at[turn->voter] += value * step;
        c->at[turn->voter] -= c->value[d] * step;
    }
    c->value[d] = value;
}

static void place(climb *c)
{
    for (uint32_t i = 0; i < c->plan->space->issue_count; i++) {
        c->levels[i] = 0;
    }
    for (size_t d = 0; d < c->plan->digit_count; d++) {
        const ent_digit *digit = &c->plan->digits[d];
        c->levels[digit->issue] |= ent_digit_level(digit, c->value[d]);
    }
}

static double product(const climb *c)
{
    double joint = 1;
    for (size_t v = 0; v < c->plan->voters->count; v++) {
        joint *= c->share[v][c->at[v]];
    }
    return joint;
}

/* Is the outcome at hand better than all before, and can it be had? */
static void look(climb *c)
{
    double joint = product(c);
    if (joint > c->joint * (1 + 1e-9)) {
        place(c);
        if (ent_deal_available(c->plan->space, c->bans, c->levels)) {
            c->joint = joint;
            for (size_t d = 0; d < c->plan->digit_count; d++) {
                c->best[d] = c->value[d];
            }
        }
    }
}

/* All values of one digit, and below it of another where `pairs`. */
static void look_around(climb *c, size_t from, bool pairs)
{
    for (size_t d = from; d < c->plan->digit_count && !ent_stopped(c->work); d++) {
        uint64_t now = c->value[d];
        for (uint64_t value = 0; value < c->plan->digits[d].radix; value++) {
            if (value != now) {
                set(c, d, value);
                if (pairs) {
                    look_around(c, d + 1, false);
                } else {
                    look(c);
                }
            }
        }
        set(c, d, now);
    }
}

static void go_to_best(climb *c)
{
    for (size_t d = 0; d < c->plan->digit_count; d++) {
        set(c, d, c->best[d]);
    }
}

/* Up from the outcome at hand. */
static void go_up(climb *c)
{
    c->joint = -1;
    look(c);
    for (int step = 0; step < STEPS; step++) {
        double before = c->joint;
        look_around(c, 0, false);
        if (!(c->joint > before)) {
            look_around(c, 0, true);
        }
        if (!(c->joint > before)) {
            return;
        }
        go_to_best(c);
    }
}

/* The joint share as worlds say it, of the outcome at hand. */
static void keep(climb *c, uint32_t *const *counts, uint32_t worlds, ent_best_list *list)
{
    double joint = 1;
    for (size_t v = 0; v < c->plan->voters->count; v++) {
        const ent_own *own = &c->plan->own[v];
        bool asked = !own->silent && (own->free == NULL || own->free[c->at[v]] == 0);
        joint *= asked ? (double)counts[v][c->at[v]] / worlds : 1;
    }
    place(c);
    ent_best_list_keep(list, c->levels, joint);
}

void ent_climb_joint(const ent_work *work, const ent_own_plan *plan, const ent_bans *bans,
                     uint32_t *const *counts, uint32_t worlds, ent_best_list *list)
{
    climb c = make_climb(work, plan, counts, worlds);
    c.bans = bans;
    ent_stream stream = ent_stream_of(1, STREAM, 0);
    uint64_t *top = ent_alloc(work->arena, plan->digit_count + 1, uint64_t);
    double highest = -1;
    for (int start = 0; start < STARTS && !ent_stopped(work); start++) {
        bool shaken = start % 2 == 1 && highest >= 0;
        for (size_t d = 0; d < plan->digit_count; d++) {
            uint64_t radix = plan->digits[d].radix;
            bool drawn = !shaken || ent_draw_below(&stream, SHAKE) == 0;
            uint64_t value = start == 0 ? 0 : drawn ? ent_draw_below(&stream, (uint32_t)radix)
                                                    : top[d];
            set(&c, d, value);
        }
        go_up(&c);
        if (c.joint >= 0) {
            keep(&c, counts, worlds, list);
        }
        if (c.joint > highest) {
            highest = c.joint;
            for (size_t d = 0; d < plan->digit_count; d++) {
                top[d] = c.value[d];
            }
        }
    }
}
