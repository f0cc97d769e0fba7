#include "answers/whole.h"

#include "answers/haggling.h"
#include "answers/quiet.h"
#include "answers/tally.h"
#include "answers/tasks.h"
#include "answers/whole_lists.h"

#include <math.h>
#include <string.h>

typedef struct answering {
    ent_work *work;
    ent_work quiet; /* for what is left out where a case is not made for it */
    const ent_analysis *analysis;
    const ent_whole_wish *wish;
    ent_whole *whole;
    size_t account;
} answering;

/* A limit that one part reached does not keep the others from being given. */
static bool goes_on(ent_status status)
{
    return status == ENT_OK || status == ENT_LIMIT;
}

static ent_status worse(ent_status a, ent_status b)
{
    return goes_on(a) ? (b == ENT_OK ? a : b) : a;
}

static bool wants(const answering *a, unsigned parts)
{
    return (a->wish->parts & parts) != 0;
}

/* Whom a part is worked out by that a case need not be made for, and what becomes of its status. */
static ent_work *lenient_work(answering *a)
{
    return a->wish->lenient ? &a->quiet : a->work;
}

static ent_status leniently(const answering *a, ent_status status)
{
    bool fault = status == ENT_CANCELLED || status == ENT_NOMEM;
    return a->wish->lenient && !fault ? ENT_OK : status;
}

/* ---- Deals ---------------------------------------------------------------------------------- */

static ent_status answer_deals(answering *a)
{
    ent_deals *deals = &a->whole->deals[a->account];
    ent_deals_request request = a->wish->deals;
    request.top = wants(a, ENT_PART_DEALS) ? request.top : 1;
    if (a->wish->hold_top > request.top && request.top > 0) {
        request.top = a->wish->hold_top;
    }
    ent_status status = ent_answer_deals(a->work, a->analysis, a->account, &request, deals);
    if (goes_on(status)) {
        status = worse(status, ent_range_zone(a->work, a->analysis, a->account, &deals->zone));
    }
    return status;
}

static const uint64_t *best_of(const answering *a)
{
    const ent_deals *deals = &a->whole->deals[a->account];
    return deals->count > 0 && deals->at[0].joint > 0 ? deals->at[0].levels : NULL;
}

static ent_status tally_of(const answering *a, const ent_tally **tally)
{
    *tally = NULL;
    return ent_can_sweep(a->analysis) ? ent_tally_of(a->work, a->analysis, a->account, tally)
                                      : ENT_OK;
}

static ent_status draw_picture(answering *a)
{
    const ent_tally *tally;
    ent_picture *picture = &a->whole->pictures[a->account];
    ent_picture_request request = a->wish->picture;
    request.known = &a->whole->deals[a->account];
    ent_status status = tally_of(a, &tally);
    if (status == ENT_OK) {
        status = ent_make_picture(a->work, a->analysis, a->account, tally, &request, picture);
    }
    picture->deals.zone = a->whole->deals[a->account].zone;
    return status;
}

static ent_status draw_maps(answering *a)
{
    const ent_case *c = a->analysis->c;
    const ent_tally *tally;
    size_t most = a->wish->every_measure ? c->metric_count + 2 : 1;
    ent_exchange_map *maps = ent_alloc(a->work->arena, most, ent_exchange_map);
    ent_status status = tally_of(a, &tally);
    a->whole->maps[a->account] = maps;
    for (uint32_t m = 0; m < most && goes_on(status); m++) {
        ent_exchange_request request = a->wish->exchange;
        if (a->wish->every_measure) {
            request.measure = m == 0                 ? (ent_measure){ENT_SCOPE_IMPORTANCE, 0}
                              : m <= c->metric_count ? (ent_measure){ENT_SCOPE_METRIC, m - 1}
                                                     : (ent_measure){ENT_SCOPE_PARTS, 0};
        }
        ent_exchange_map *map = &maps[a->whole->map_count[a->account]];
        status = worse(status, ent_answer_exchange(a->work, a->analysis, a->account, tally,
                                                   &request, map));
        bool says = map->x.measure.scope == request.measure.scope ||
                    map->y.measure.scope == request.measure.scope;
        a->whole->map_count[a->account] += goes_on(status) && (says || !a->wish->every_measure);
    }
    return status;
}

/* ---- What follows from a deal --------------------------------------------------------------- */

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

static ent_status answer_plan(answering *a)
{
    ent_planned *planned = &a->whole->plans[a->account];
    const uint64_t *deal = a->wish->deal != NULL ? a->wish->deal : best_of(a);
    *planned = (ent_planned){.deal = deal, .chosen = a->wish->deal == NULL};
    if (deal == NULL ||
        (a->wish->lenient && steps_of(&a->analysis->c->space, deal) > ENT_LENIENT_STEPS)) {
        planned->deal = NULL;
        return ENT_OK;
    }
    ent_plan_request request = a->wish->plan;
    request.levels = deal;
    ent_status status =
        ent_answer_plan(lenient_work(a), a->analysis, a->account, &request, &planned->plan);
    if (status != ENT_OK) {
        planned->deal = NULL;
    }
    return leniently(a, status);
}

static ent_status walk_party(answering *a, ent_walk_request *request,
                             const ent_haggle_chance *chance)
{
    ent_walked *walked = &a->whole->walks[a->whole->walk_count];
    *walked = (ent_walked){.account = a->account, .party = request->party};
    ent_status status = ent_answer_walk(lenient_work(a), a->analysis, a->account, request,
                                        &walked->walk);
    if (status != ENT_OK) {
        return leniently(a, status);
    }
    a->whole->walk_count++;
    if (request->offer == NULL) {
        ent_walk_beside(&walked->walk, a->whole->deals[a->account].zone.share);
    }
    if (!isnan(chance->chance)) {
        ent_walk_haggled(&walked->walk, chance->chance, chance->error, chance->worlds);
    }
    ent_walk_request anew = *request;
    anew.deals = NULL; /* other records have other deals */
    return wants(a, ENT_PART_WALK_INFLUENCE)
               ? ent_walk_influences(a->work, a->analysis, a->account, &anew, walked->walk.median,
                                     &walked->influences, &walked->influence_count)
               : ENT_OK;
}

static ent_status answer_walk(answering *a)
{
    const ent_case *c = a->analysis->c;
    ent_nash_deals nash = {0};
    ent_haggle_chance chance;
    ent_walk_request request = a->wish->walk;
    uint32_t only = request.party;
    request.deals = &nash;
    ent_status status = ent_haggle_chance_of(a->work, a->analysis, a->account, &chance);
    for (uint32_t p = 0; p < c->party_count && status == ENT_OK; p++) {
        bool decides = c->parties[p].role == ENT_DECIDER && a->analysis->stakes[p]->k > 0;
        if (only == ENT_NONE ? decides : p == only) {
            request.party = p;
            status = walk_party(a, &request, &chance);
        }
    }
    return status;
}

/* Each outcome of an account once. */
static ent_status hold(answering *a, const uint64_t *levels, size_t first)
{
    ent_whole *whole = a->whole;
    size_t bytes = a->analysis->c->space.issue_count * sizeof *levels;
    for (size_t i = first; i < whole->held_count; i++) {
        if (memcmp(whole->held[i].levels, levels, bytes) == 0) {
            return ENT_OK;
        }
    }
    ent_held *held = &whole->held[whole->held_count];
    *held = (ent_held){.account = a->account, .levels = levels};
    ent_status status = ent_answer_holds(lenient_work(a), a->analysis, a->account, levels,
                                         a->analysis->settings.budget.hold, &held->holds);
    whole->held_count += status == ENT_OK;
    return leniently(a, status);
}

/* No deal, the deal asked for or the best ones, and where each side last stood. */
static ent_status answer_holds(answering *a)
{
    size_t first = a->whole->held_count;
    const uint64_t *nothing =
        ent_alloc(a->work->arena, a->analysis->c->space.issue_count + 1, uint64_t);
    ent_status status = hold(a, nothing, first);
    if (a->wish->deal != NULL) {
        return status == ENT_OK ? hold(a, a->wish->deal, first) : status;
    }
    const ent_deals *deals = &a->whole->deals[a->account];
    for (size_t i = 0; i < deals->count && i < a->wish->hold_top && status == ENT_OK; i++) {
        if (deals->at[i].joint > 0 || !a->wish->lenient) {
            status = hold(a, deals->at[i].levels, first);
        }
    }
    const ent_bridge *bridge = a->wish->hold_positions ? &a->whole->bridges[a->account] : NULL;
    for (size_t i = 0; bridge != NULL && i < bridge->position_count && status == ENT_OK; i++) {
        if (bridge->positions[i].deal.levels != NULL) {
            status = hold(a, bridge->positions[i].deal.levels, first);
        }
    }
    return status;
}

/* ---- One account ---------------------------------------------------------------------------- */

static ent_status answer_bridge(answering *a)
{
    return ent_answer_bridge(a->work, a->analysis, a->account, &a->whole->bridges[a->account]);
}

/* The same numbers as `menu` and `ask` have: the same worlds, packages and limits. */
static ent_status answer_ways(answering *a)
{
    ent_status status = ent_answer_menu(a->work, a->analysis, a->account, a->wish->menu,
                                        &a->whole->menus[a->account]);
    return goes_on(status)
               ? worse(status, ent_answer_enquiry(a->work, a->analysis, a->account,
                                                  &a->wish->enquiry,
                                                  &a->whole->enquiries[a->account]))
               : status;
}

static ent_status answer_influence(answering *a)
{
    return ent_answer_influence(a->work, a->analysis, a->account,
                                &a->whole->deals[a->account], a->wish->zone_alone,
                                a->wish->disputes,
                                &a->whole->influences[a->account]);
}

/*
 * Parts that need nothing of each other but the deals, which come before all: what is asked of
 * variants of the record, what follows from a deal, and the ways to one. PLACED is what rests on
 * last positions, of an account that shares all else with an earlier one.
 */
typedef enum kin { DEALS, RECORD, DEAL, WAYS, CHAINS, PLACED = CHAINS } kin;

/* The parts in the order in which they need each other. */
static const struct {
    unsigned parts; /* that need it */
    kin chain;
    ent_status (*answer)(answering *a);
} steps[] = {
    {ENT_PART_DEALS | ENT_PART_PICTURE | ENT_PART_INFLUENCE | ENT_PART_WALK, DEALS, answer_deals},
    {ENT_PART_PICTURE, RECORD, draw_picture},
    {ENT_PART_EXCHANGE, DEAL, draw_maps},
    {ENT_PART_WAYS, WAYS, answer_ways},
    {ENT_PART_BRIDGE, RECORD, answer_bridge},
    {ENT_PART_INFLUENCE, RECORD, answer_influence},
    {ENT_PART_PLAN, DEAL, answer_plan},
    {ENT_PART_WALK, DEAL, answer_walk},
    {ENT_PART_HOLDS, RECORD, answer_holds},
};
enum { STEPS = sizeof steps / sizeof *steps };

static bool is_wanted(const answering *a, size_t step)
{
    bool needs_best = wants(a, ENT_PART_PLAN | ENT_PART_HOLDS) && a->wish->deal == NULL;
    return wants(a, steps[step].parts) || (steps[step].chain == DEALS && needs_best);
}

static ent_status answer_placed(answering *a)
{
    ent_status status = wants(a, ENT_PART_BRIDGE) ? answer_bridge(a) : ENT_OK;
    return goes_on(status) && wants(a, ENT_PART_HOLDS) ? worse(status, answer_holds(a)) : status;
}

static ent_status answer_chain(answering *a, kin chain)
{
    if (chain == PLACED) {
        return answer_placed(a);
    }
    ent_status status = ENT_OK;
    for (size_t i = 0; i < STEPS && goes_on(status); i++) {
        if (steps[i].chain == chain && is_wanted(a, i)) {
            status = worse(status, steps[i].answer(a));
        }
    }
    return status;
}

/* ---- All accounts --------------------------------------------------------------------------- */

/* A chain of one account, and the lists that it makes. */
typedef struct part {
    const answering *of;
    size_t account;
    kin chain;
    ent_whole whole; /* the same but for walks and what holds, which are the part's own */
} part;

static ent_status answer_part(ent_work *own, size_t task, void *user)
{
    part *p = &((part *)user)[task];
    answering a = *p->of;
    size_t parties = a.analysis->c->party_count;
    a.work = own;
    a.quiet = ent_quietly(own);
    a.analysis = ent_analysis_for_task(own, p->of->analysis, p->account);
    a.account = p->account;
    a.whole = &p->whole;
    p->whole.walks = ent_alloc(own->arena, parties + 1, ent_walked);
    p->whole.held = ent_alloc(own->arena, a.wish->hold_top + parties + 3, ent_held);
    p->whole.walk_count = p->whole.held_count = 0;
    return answer_chain(&a, p->chain);
}

/* Chains of the account that somebody wants. */
static size_t add_parts(const answering *a, size_t account, part *parts)
{
    size_t count = 0;
    for (kin c = DEALS + 1; c < CHAINS; c++) {
        bool wanted = false;
        for (size_t i = 0; i < STEPS; i++) {
            wanted = wanted || (steps[i].chain == c && is_wanted(a, i));
        }
        if (wanted) {
            parts[count++] = (part){a, account, c, *a->whole};
        }
    }
    return count;
}

static void append(ent_whole *whole, const part *p)
{
    for (size_t i = 0; i < p->whole.walk_count; i++) {
        whole->walks[whole->walk_count++] = p->whole.walks[i];
    }
    for (size_t i = 0; i < p->whole.held_count; i++) {
        whole->held[whole->held_count++] = p->whole.held[i];
    }
}

/* Take in the parts of the accounts up to `end`, up to the first that is not wholly answered. */
static ent_status collect(ent_whole *whole, size_t end, const part *parts, size_t count,
                          const ent_status *each)
{
    ent_status status = ENT_OK;
    for (size_t i = whole->answered, p = 0; i < end && goes_on(status); i++) {
        size_t first = ent_first_told(whole->analysis, i);
        size_t from = p;
        for (; p < count && parts[p].account == i; p++) {
            status = worse(status, each[p]);
        }
        if (!goes_on(status)) {
            break;
        }
        if (first < i) {
            ent_whole_repeat(whole, first, ent_first_placed(whole->analysis, i), i);
        }
        for (; from < p; from++) {
            append(whole, &parts[from]);
        }
        whole->answered = i + 1;
    }
    return status;
}

/* Interrupted, but with packages found: there is something to tell of the account. */
static void take_part(const answering *a, ent_status status)
{
    if (status == ENT_CANCELLED && a->wish->parts == ENT_PART_DEALS &&
        a->whole->deals[a->account].count > 0) {
        a->whole->answered = a->account + 1;
    }
}

/* The accounts from those that are answered up to `end`: deals first, then all chains. */
static ent_status answer_accounts(answering *a, bool worth, size_t end)
{
    ent_arena *arena = a->work->arena;
    part *parts = ent_alloc(arena, a->analysis->accounts.count * CHAINS + 1, part);
    ent_status *each = ent_alloc(arena, a->analysis->accounts.count * CHAINS + 1, ent_status);
    size_t count = 0;
    ent_status status = ENT_OK;
    for (size_t i = a->whole->answered; i < end && goes_on(status); i++) {
        size_t first = ent_first_told(a->analysis, i);
        a->account = i;
        if (first < i) {
            a->whole->deals[i] = a->whole->deals[first];
            bool moved = ent_first_placed(a->analysis, i) == i;
            if (moved && wants(a, ENT_PART_BRIDGE | ENT_PART_HOLDS)) {
                parts[count++] = (part){a, i, PLACED, *a->whole};
            }
        } else if (a->analysis->worlds[i].account != NULL) {
            status = worse(status, answer_chain(a, DEALS));
            count += add_parts(a, i, parts + count);
        }
    }
    if (!goes_on(status)) {
        take_part(a, status);
        return status;
    }
    ent_side_by_side(a->work, worth, count, answer_part, parts, each);
    return worse(status, collect(a->whole, end, parts, count, each));
}

/*
 * Where deals are soon found, all accounts are answered side by side; otherwise one after the
 * other, so that who interrupts has the first ones. So they are where it all is soon done.
 */
#define SOON_FOUND UINT64_C(100000)      /* outcomes */
#define SOON_DONE UINT64_C(5000000) /* outcomes times worlds */

ent_status ent_answer_whole(ent_work *work, const ent_analysis *analysis,
                            const ent_whole_wish *wish, ent_whole *whole)
{
    *whole = (ent_whole){.analysis = analysis, .disputes = wish->disputes};
    ent_whole_room(work->arena, analysis, wish, whole);
    answering a = {.work = work,
                   .quiet = ent_quietly(work),
                   .analysis = analysis,
                   .wish = wish,
                   .whole = whole};
    ent_grid grid;
    bool soon = ent_can_sweep(analysis) &&
                ent_grid_of(work->arena, &analysis->c->space, NULL, &grid) &&
                grid.outcomes <= SOON_FOUND;
    bool worth = !soon || grid.outcomes * analysis->settings.worlds > SOON_DONE;
    size_t count = analysis->accounts.count;
    ent_status status = ENT_OK;
    while (whole->answered < count && goes_on(status)) {
        size_t end = soon && worth ? count : whole->answered + 1;
        status = worse(status, answer_accounts(&a, worth, end));
    }
    return status;
}
