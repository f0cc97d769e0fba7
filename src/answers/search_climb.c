/*
 * From a deal that some world has: change one digit, or two where one does not help, as long as the
 * joint share grows. The value of what is at hand stands in every world beside, so that a neighbour
 * costs what it changes: O(worlds * components of the digit) for each voter that has a stake in it,
 * and a neighbour of two digits the second one's.
 */
#include "answers/search_quest.h"

#include "base/kernel.h"

#include <string.h>

enum { WORLDS = 2000, PAIRS = 1 << 13 /* neighbours of two digits, beyond which there are none */ };

/* ---- The joint share ------------------------------------------------------------------------ */

bool ent_quest_matters(const ent_quest *q, size_t v, const uint64_t *levels)
{
    uint32_t party = q->voters.party[v];
    return (q->analysis->councils.members >> party & 1) != 0 ||
           ent_party_asked(&q->analysis->c->parties[party], q->space->issue_count, levels);
}

double ent_quest_joint(const ent_quest *q, const uint64_t *levels, uint32_t worlds)
{
    if (!ent_deal_available(q->space, &q->worlds->bans, levels)) {
        return -1;
    }
    for (size_t v = 0; v < q->voters.count; v++) {
        if (ent_quest_matters(q, v, levels)) {
            ent_voter voter = q->voters.at[v];
            ent_world_set set = *voter.set;
            voter.set = &set;
            set.worlds = set.worlds < worlds ? set.worlds : worlds;
            q->share[q->voters.party[v]] =
                (double)ent_count_accepting(q->space, &voter, levels) / set.worlds;
        }
    }
    return ent_joint_share(q->analysis->c, &q->analysis->councils, levels, q->share);
}

/* ---- Neighbours ----------------------------------------------------------------------------- */

/* What is at hand, or one digit away from it. */
typedef struct stand {
    float **need;    /* [voters][worlds] b less the value */
    uint32_t *count; /* [voters] worlds that accept, lines aside */
} stand;

typedef struct climb {
    ent_quest *q;
    uint32_t worlds;
    uint64_t *levels;  /* at hand */
    uint64_t *best;    /* the best neighbour */
    double joint;      /* its */
    stand here, there; /* there: with the first of two digits changed */
    float *row;        /* [worlds] */
    bool pairs;
} climb;

ENT_KERNEL static void add_scaled(const float *restrict z, float factor, uint32_t worlds,
                                  float *restrict to)
{
    for (uint32_t w = 0; w < worlds; w++) {
        to[w] += factor * z[w];
    }
}

ENT_KERNEL_COUNT static uint32_t count_met(const float *restrict need,
                                           const float *restrict more, uint32_t worlds)
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < worlds; w++) {
        count += need[w] <= more[w];
    }
    return count;
}

static stand make_stand(ent_arena *arena, const climb *c)
{
    size_t voters = c->q->voters.count;
    stand s = {ent_alloc(arena, voters + 1, float *), ent_alloc(arena, voters + 1, uint32_t)};
    for (size_t v = 0; v < voters; v++) {
        s.need[v] = ent_alloc(arena, c->worlds, float);
    }
    return s;
}

/* row = what going from one level of the issue to another is worth to the voter; is it anything? */
static bool weigh_change(const climb *c, size_t v, uint32_t issue, uint64_t from, uint64_t to)
{
    const ent_issue *i = &c->q->space->issues[issue];
    const ent_voter *voter = &c->q->voters.at[v];
    bool any = false;
    for (uint32_t k = 0; k < i->components; k++) {
        uint32_t u = c->q->unknown[v][i->first + k];
        double on = u == ENT_NONE ? 0 : ent_on(i, to, k) - ent_on(i, from, k);
        if (on > 0 || on < 0) {
            if (!any) {
                memset(c->row, 0, c->worlds * sizeof *c->row);
            }
            any = true;
            add_scaled(voter->set->z + (size_t)u * voter->set->stride,
                       (float)(voter->stakes->sign[u] * on), c->worlds, c->row);
        }
    }
    return any;
}

/* The joint share of c->levels from the counts, where it can be had. */
static double joint_at(const climb *c, const uint32_t *count)
{
    const ent_quest *q = c->q;
    if (!ent_deal_available(q->space, &q->worlds->bans, c->levels)) {
        return -1;
    }
    for (size_t v = 0; v < q->voters.count; v++) {
        bool keeps = ent_keeps_lines(q->space, &q->voters.at[v].lines, c->levels);
        q->share[q->voters.party[v]] = keeps ? (double)count[v] / c->worlds : 0;
    }
    return ent_joint_share(q->analysis->c, &q->analysis->councils, c->levels, q->share);
}

/* Where the issue has another level than the stand's: the counts, and the needs unless NULL. */
static void move(const climb *c, const stand *from, uint32_t issue, uint64_t before,
                 uint64_t after, uint32_t *count, stand *to)
{
    for (size_t v = 0; v < c->q->voters.count; v++) {
        bool changed = weigh_change(c, v, issue, before, after);
        count[v] = changed ? count_met(from->need[v], c->row, c->worlds) : from->count[v];
        if (to != NULL) {
            memcpy(to->need[v], from->need[v], c->worlds * sizeof **to->need);
            if (changed) {
                add_scaled(c->row, -1, c->worlds, to->need[v]);
            }
        }
    }
}

/* A digit's next value to try: all of a short one, the neighbours and ends of a long one. */
static uint64_t next_value(const ent_digit *d, uint64_t value, uint64_t now)
{
    uint64_t next = value + 1;
    if (d->radix > ENT_LONG && next > 0 && next + 1 < now) {
        next = now - 1;
    } else if (d->radix > ENT_LONG && next > now + 1 && next < d->radix - 1) {
        next = d->radix - 1;
    }
    return next;
}

/* Try all values of the digits, each beside what stands, and below it of another in `pairs`. */
static void look_around(climb *c, const stand *from, size_t first, bool pairs)
{
    const ent_quest *q = c->q;
    uint32_t count[ENT_MOST_VOTERS];
    for (size_t i = first; i < q->digit_count; i++) {
        const ent_digit *d = &q->digits[i];
        uint64_t now = ent_digit_value(d, c->levels), before = c->levels[d->issue];
        for (uint64_t value = 0; value < d->radix && !ent_stopped(q->work);
             value = next_value(d, value, now)) {
            if (value == now) {
                continue;
            }
            ent_set_digit(d, c->levels, value);
            move(c, from, d->issue, before, c->levels[d->issue], pairs ? c->there.count : count,
                 pairs ? &c->there : NULL);
            double joint = pairs ? -1 : joint_at(c, count);
            if (joint > c->joint) {
                c->joint = joint;
                memcpy(c->best, c->levels, q->space->issue_count * sizeof *c->best);
            }
            if (pairs) {
                look_around(c, &c->there, i + 1, false);
            }
        }
        ent_set_digit(d, c->levels, now);
    }
}

/* ---- Up ------------------------------------------------------------------------------------- */

/* Stand where the levels are. */
static void arrive(climb *c)
{
    const ent_quest *q = c->q;
    for (size_t v = 0; v < q->voters.count; v++) {
        float *need = c->here.need[v];
        for (uint32_t w = 0; w < c->worlds; w++) {
            need[w] = ent_needed(q->voters.at[v].set->b[w]);
        }
        for (uint32_t i = 0; i < q->space->issue_count; i++) {
            if (c->levels[i] != 0 && weigh_change(c, v, i, 0, c->levels[i])) {
                add_scaled(c->row, -1, c->worlds, need);
            }
        }
        memset(c->row, 0, c->worlds * sizeof *c->row);
        c->here.count[v] = count_met(need, c->row, c->worlds);
    }
}

static bool pairs_are_few(const ent_quest *q)
{
    double single = 0;
    for (size_t i = 0; i < q->digit_count; i++) {
        uint64_t values = q->digits[i].radix > ENT_LONG ? 4 : q->digits[i].radix - 1;
        single += (double)values;
    }
    return single * single / 2 <= PAIRS;
}

/* Of this joint share in some worlds: is it worth while to count it in all? */
static bool may_be_listed(const climb *c, double joint)
{
    const ent_best_list *list = &c->q->list;
    const double chance = 0.05; /* more than the two shares will differ by */
    return list->count < list->room || joint + chance > list->at[list->count - 1].joint;
}

ent_status ent_climb_deals(ent_work *work, ent_quest *q, const uint64_t *start)
{
    ent_arena *arena = work->arena;
    uint32_t all = q->analysis->settings.worlds;
    climb c = {.q = q, .worlds = all < WORLDS ? all : WORLDS, .pairs = pairs_are_few(q)};
    size_t bytes = q->space->issue_count * sizeof *c.levels;
    c.levels = ent_alloc(arena, q->space->issue_count + 1, uint64_t);
    c.best = ent_alloc(arena, q->space->issue_count + 1, uint64_t);
    c.row = ent_alloc(arena, c.worlds, float);
    c.here = make_stand(arena, &c);
    c.there = make_stand(arena, &c);
    memcpy(c.levels, start, bytes);
    arrive(&c);
    c.joint = joint_at(&c, c.here.count);
    for (;;) {
        double before = c.joint;
        look_around(&c, &c.here, 0, false);
        if (!(c.joint > before) && c.pairs) {
            look_around(&c, &c.here, 0, true);
        }
        if (may_be_listed(&c, before)) {
            ent_best_list_keep(&q->list, c.levels, ent_quest_joint(q, c.levels, UINT32_MAX));
        }
        if (ent_tick(work, "deals", q->list.count, 0)) {
            return ENT_CANCELLED;
        }
        if (!(c.joint > before)) {
            return ENT_OK;
        }
        memcpy(c.levels, c.best, bytes);
        arrive(&c);
    }
}
