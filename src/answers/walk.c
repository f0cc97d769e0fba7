#include "answers/walk.h"

#include "answers/accept.h"
#include "answers/plan.h"
#include "bargain/closed_forms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * World outcomes that may be looked through, in a few seconds: most of them never are. Where
 * outcomes are so many that fewer worlds than FEWEST could be looked at, there is no answer.
 */
#define MOST_LOOKS 1e9
enum { FEWEST = 40 };

static double value_of(const ent_case *c, const ent_stakes *stakes, const ent_world_set *set,
                       uint32_t world, const uint64_t *levels)
{
    double sum = 0;
    for (uint32_t g = 0; g < stakes->groups; g++) {
        const ent_issue *issue = &c->space.issues[stakes->group_issue[g]];
        uint64_t level = levels[stakes->group_issue[g]];
        for (uint32_t u = stakes->group_start[g]; u < stakes->group_start[g + 1]; u++) {
            double on = ent_on(issue, level, stakes->component[u] - issue->first);
            sum += on * stakes->sign[u] * (double)set->z[(size_t)u * set->stride + world];
        }
    }
    return sum;
}

typedef struct outlook {
    double *chances; /* [worlds] break-even */
    double deal, gain, walk, later;
    uint32_t with_deal, never, free;
    uint64_t *found; /* [with_deal] grid indices of the Nash deals */
} outlook;

typedef struct walking {
    const ent_analysis *analysis;
    const ent_account_worlds *worlds;
    const ent_walk_request *request;
    ent_nash_deals *deals; /* NULL with an offer */
    ent_grid grid;
    uint64_t *levels;
    ent_voter *voters; /* [parties] */
} walking;

static bool accepts(const walking *w, uint32_t party, uint32_t world)
{
    return ent_accepts(&w->analysis->c->space, &w->voters[party], world, w->levels);
}

/*
 * Does the offer suit all that it asks, councils among them? The party itself takes it as it is,
 * and is seen to lose by it; only a line of its own is no price.
 */
static bool offer_suits(const walking *w, uint32_t world)
{
    const ent_case *c = w->analysis->c;
    const ent_councils *councils = &w->analysis->councils;
    uint64_t accepting = 0;
    for (uint32_t p = 0; p < c->party_count; p++) {
        bool yes = p == w->request->party
                       ? ent_keeps_lines(&c->space, &w->voters[p].lines, w->levels)
                       : accepts(w, p, world);
        accepting |= (uint64_t)yes << p;
        if (!yes && ent_party_votes(&c->parties[p], c->space.issue_count, w->levels)) {
            return false;
        }
    }
    for (size_t k = 0; k < councils->count; k++) {
        if (ent_is_touched(councils->at[k].asked, c->space.issue_count, w->levels) &&
            !ent_council_consents(&councils->at[k], accepting)) {
            return false;
        }
    }
    return true;
}

/* The deal that staying leads to in this world, in w->levels. */
static bool find_deal(walking *w, uint32_t world, outlook *o)
{
    const ent_case *c = w->analysis->c;
    if (w->deals != NULL) {
        uint64_t index = w->deals->index[world];
        if (index != ENT_NO_NASH_DEAL) {
            ent_grid_outcome(&w->grid, index, w->levels);
            o->found[o->with_deal] = index;
        }
        return index != ENT_NO_NASH_DEAL;
    }
    memcpy(w->levels, w->request->offer, c->space.issue_count * sizeof *w->levels);
    return offer_suits(w, world);
}

static void weigh(walking *w, uint32_t world, outlook *o)
{
    uint32_t party = w->request->party;
    const ent_world_set *set = &w->worlds->sets[party];
    double b = (double)set->b[world];
    double walk = isnan(w->request->walk) ? b : w->request->walk;
    double later = isnan(w->request->later) ? 0 : w->request->later;
    double cost = isnan(w->request->cost) ? ENT_WALK_COST : w->request->cost;
    double chance = ent_break_even(walk, later, later, cost);
    if (find_deal(w, world, o)) {
        double deal = value_of(w->analysis->c, w->analysis->stakes[party], set, world, w->levels);
        o->with_deal++;
        o->deal += deal;
        o->gain += deal - b;
        chance = ent_break_even(walk, later, deal, cost);
    }
    o->chances[world] = chance;
    o->walk += walk;
    o->later += later;
    o->free += chance <= 0;
    o->never += chance >= 1;
}

static int by_index(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The most frequent of the deals found; the first in order among equals. */
static void count_common(ent_arena *arena, walking *w, outlook *o, ent_walk *walk)
{
    size_t most = 0;
    qsort(o->found, o->with_deal, sizeof *o->found, by_index);
    for (size_t i = 0; i < o->with_deal;) {
        size_t end = i;
        while (end < o->with_deal && o->found[end] == o->found[i]) {
            end++;
        }
        if (end - i > most) {
            uint64_t *levels = ent_alloc(arena, w->analysis->c->space.issue_count, uint64_t);
            ent_grid_outcome(&w->grid, o->found[i], levels);
            walk->common = levels;
            most = end - i;
        }
        i = end;
    }
    walk->common_share = (double)most / o->with_deal;
}

static ent_status prepare(ent_work *work, walking *w, size_t account, uint32_t *worlds)
{
    const ent_case *c = w->analysis->c;
    uint32_t party = w->request->party;
    if (w->analysis->stakes[party]->k == 0) {
        return ent_fail(work->diags, ENT_INVALID, ENT_G203_NO_STAKES, NULL,
                        "`%s` has no stake in any issue", c->parties[party].id);
    }
    *worlds = ent_budget_worlds(w->analysis, w->analysis->settings.budget.walk);
    w->levels = ent_alloc(work->arena, c->space.issue_count, uint64_t);
    w->voters = ent_alloc(work->arena, c->party_count, ent_voter);
    for (uint32_t p = 0; p < c->party_count; p++) {
        w->voters[p] = ent_voter_of(w->analysis, account, p);
    }
    if (w->request->offer != NULL) {
        return ENT_OK;
    }
    bool fits = ent_grid_of(work->arena, &c->space, NULL, &w->grid);
    if (!fits || (double)w->grid.outcomes * FEWEST > MOST_LOOKS) {
        return ent_fail(work->diags, ENT_LIMIT, ENT_G206_TOO_MANY_DEALS,
                        "name the deal with --offer", "too many outcomes to find the Nash deals");
    }
    double can = MOST_LOOKS / (double)w->grid.outcomes;
    *worlds = can < *worlds ? (uint32_t)can : *worlds;
    w->deals = w->request->deals;
    if (w->deals == NULL) {
        w->deals = ent_alloc(work->arena, 1, ent_nash_deals);
    }
    if (w->deals->worlds > 0) {
        *worlds = w->deals->worlds < *worlds ? w->deals->worlds : *worlds;
        return ENT_OK;
    }
    return ent_nash_deals_of(work, w->analysis, account, &w->grid, *worlds, w->deals);
}

ent_status ent_answer_walk(ent_work *work, const ent_analysis *analysis, size_t account,
                           const ent_walk_request *request, ent_walk *walk)
{
    walking w = {.analysis = analysis, .worlds = &analysis->worlds[account], .request = request};
    uint32_t worlds = 0;
    *walk = (ent_walk){.deal = (double)NAN,
                       .gain = (double)NAN,
                       .haggled = (double)NAN,
                       .stays = (double)NAN};
    ent_status status = prepare(work, &w, account, &worlds);
    if (status != ENT_OK) {
        return status;
    }
    outlook o = {.chances = ent_alloc(work->arena, worlds, double),
                 .found = ent_alloc(work->arena, worlds, uint64_t)};
    for (uint32_t world = 0; world < worlds; world++) {
        if (world % 64 == 0 && ent_tick(work, "worlds", world, worlds)) {
            return ENT_CANCELLED;
        }
        weigh(&w, world, &o);
    }
    walk->worlds = worlds;
    walk->free = (double)o.free / worlds;
    walk->never = (double)o.never / worlds;
    walk->no_deal = 1 - (double)o.with_deal / worlds;
    if (o.with_deal > 0) {
        walk->deal = o.deal / o.with_deal;
        walk->gain = o.gain / o.with_deal;
    }
    walk->walk = o.walk / worlds;
    walk->later = o.later / worlds;
    walk->cost = isnan(request->cost) ? ENT_WALK_COST : request->cost;
    if (w.deals != NULL && o.with_deal > 0) {
        count_common(work->arena, &w, &o, walk);
    }
    walk->low = ent_quantile(o.chances, worlds, 0.1);
    walk->median = ent_quantile(o.chances, worlds, 0.5);
    walk->high = ent_quantile(o.chances, worlds, 0.9);
    walk->chances = o.chances;
    return ENT_OK;
}

void ent_walk_beside(ent_walk *walk, double zone)
{
    double with_deal = walk->never - walk->no_deal;
    walk->no_deal = 1 - zone;
    walk->never = fmin(walk->no_deal + fmax(with_deal, 0), 1);
}

void ent_walk_haggled(ent_walk *walk, double chance, double error, uint32_t worlds)
{
    uint32_t below = 0;
    while (below < walk->worlds && walk->chances[below] < chance) {
        below++;
    }
    walk->haggled = chance;
    walk->haggled_error = error;
    walk->haggled_worlds = worlds;
    walk->stays = (double)below / walk->worlds;
}
