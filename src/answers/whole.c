#include "answers/whole.h"

#include "answers/haggling.h"
#include "answers/quiet.h"
#include "answers/tally.h"
#include "worlds/positions.h"

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
    ent_status status = tally_of(a, &tally);
    if (status == ENT_OK) {
        status = ent_make_picture(a->work, a->analysis, a->account, tally, &a->wish->picture,
                                  picture);
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

/* The parts in the order in which they need each other. */
static ent_status answer_account(answering *a)
{
    static const struct {
        unsigned parts; /* that need it */
        ent_status (*answer)(answering *a);
    } steps[] = {
        {ENT_PART_DEALS | ENT_PART_PICTURE | ENT_PART_INFLUENCE | ENT_PART_WALK, answer_deals},
        {ENT_PART_PICTURE, draw_picture},
        {ENT_PART_EXCHANGE, draw_maps},
        {ENT_PART_WAYS, answer_ways},
        {ENT_PART_BRIDGE, answer_bridge},
        {ENT_PART_INFLUENCE, answer_influence},
        {ENT_PART_PLAN, answer_plan},
        {ENT_PART_WALK, answer_walk},
        {ENT_PART_HOLDS, answer_holds},
    };
    bool needs_best = wants(a, ENT_PART_PLAN | ENT_PART_HOLDS) && a->wish->deal == NULL;
    ent_status status = ENT_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && goes_on(status); i++) {
        if (wants(a, steps[i].parts) || (i == 0 && needs_best)) {
            status = worse(status, steps[i].answer(a));
        }
    }
    return status;
}

size_t ent_first_told(const ent_analysis *analysis, size_t account)
{
    for (size_t i = 0; i < account && analysis->worlds[account].account != NULL; i++) {
        if (analysis->worlds[i].account != NULL &&
            analysis->accounts.at[i].same_as == analysis->accounts.at[account].same_as) {
            return i;
        }
    }
    return account;
}

static bool same_positions(const ent_analysis *analysis, size_t a, size_t b)
{
    const ent_case *c = analysis->c;
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_stated x = ent_last_stated(c, &analysis->accounts.at[a], p);
        ent_stated y = ent_last_stated(c, &analysis->accounts.at[b], p);
        if (x.statement != y.statement || x.claim != y.claim) {
            return false;
        }
    }
    return true;
}

size_t ent_first_placed(const ent_analysis *analysis, size_t account)
{
    size_t first = ent_first_told(analysis, account);
    for (size_t i = first; i < account; i++) {
        if (ent_first_told(analysis, i) == first && same_positions(analysis, i, account)) {
            return i;
        }
    }
    return account;
}

/* The account believes what an earlier one does: they are one with two names. */
static void repeat(ent_whole *whole, size_t first, size_t account)
{
    whole->deals[account] = whole->deals[first];
    whole->pictures[account] = whole->pictures[first];
    whole->influences[account] = whole->influences[first];
    whole->plans[account] = whole->plans[first];
    whole->menus[account] = whole->menus[first];
    whole->enquiries[account] = whole->enquiries[first];
    whole->maps[account] = whole->maps[first];
    whole->map_count[account] = whole->map_count[first];
    for (size_t i = 0, count = whole->walk_count; i < count; i++) {
        if (whole->walks[i].account == first) {
            whole->walks[whole->walk_count] = whole->walks[i];
            whole->walks[whole->walk_count++].account = account;
        }
    }
}

/* And where the sides stand. */
static void repeat_placed(ent_whole *whole, size_t first, size_t account)
{
    whole->bridges[account] = whole->bridges[first];
    for (size_t i = 0, count = whole->held_count; i < count; i++) {
        if (whole->held[i].account == first) {
            whole->held[whole->held_count] = whole->held[i];
            whole->held[whole->held_count++].account = account;
        }
    }
}

/* Parts that rest on last positions, of an account that shares all else with an earlier one. */
static ent_status answer_placed(answering *a)
{
    ent_status status = wants(a, ENT_PART_BRIDGE) ? answer_bridge(a) : ENT_OK;
    return goes_on(status) && wants(a, ENT_PART_HOLDS) ? worse(status, answer_holds(a)) : status;
}

/* Nothing is as large as the accounts and parties of a case: all lists are made at once. */
static void make_room(ent_arena *arena, const ent_analysis *analysis, const ent_whole_wish *wish,
                      ent_whole *whole)
{
    size_t accounts = analysis->accounts.count + 1;
    size_t parties = analysis->c->party_count + (size_t)1;
    whole->deals = ent_alloc(arena, accounts, ent_deals);
    whole->pictures = ent_alloc(arena, accounts, ent_picture);
    whole->bridges = ent_alloc(arena, accounts, ent_bridge);
    whole->influences = ent_alloc(arena, accounts, ent_influence);
    whole->plans = ent_alloc(arena, accounts, ent_planned);
    whole->menus = ent_alloc(arena, accounts, ent_menus);
    whole->enquiries = ent_alloc(arena, accounts, ent_enquiries);
    whole->walks = ent_alloc(arena, accounts * parties, ent_walked);
    whole->held = ent_alloc(arena, accounts * (wish->hold_top + parties + 2), ent_held);
    whole->maps = ent_alloc(arena, accounts, ent_exchange_map *);
    whole->map_count = ent_alloc(arena, accounts, size_t);
}

ent_whole_wish ent_usual_wish(unsigned parts)
{
    return (ent_whole_wish){.parts = parts,
                      .deals = {.top = 5, .verdicts = true},
                      .walk = {.party = ENT_NONE,
                               .walk = (double)NAN,
                               .later = (double)NAN,
                               .cost = (double)NAN},
                      .hold_top = 1,
                      .exchange = {.a = ENT_NONE, .b = ENT_NONE},
                      .menu = 3,
                      .enquiry = {.party = ENT_NONE,
                                  .top = 1,
                                  .depth = 1,
                                  .most = ENT_USUAL_PAIRS}};
}

ent_status ent_answer_whole(ent_work *work, const ent_analysis *analysis,
                            const ent_whole_wish *wish, ent_whole *whole)
{
    *whole = (ent_whole){.analysis = analysis, .disputes = wish->disputes};
    make_room(work->arena, analysis, wish, whole);
    answering a = {.work = work,
                   .quiet = ent_quietly(work),
                   .analysis = analysis,
                   .wish = wish,
                   .whole = whole};
    ent_status status = ENT_OK;
    for (size_t i = 0; i < analysis->accounts.count && goes_on(status); i++) {
        size_t first = ent_first_told(analysis, i);
        size_t walks = whole->walk_count, held = whole->held_count;
        a.account = i;
        if (first < i) {
            size_t placed = ent_first_placed(analysis, i);
            repeat(whole, first, i);
            if (placed < i) {
                repeat_placed(whole, placed, i);
            } else {
                status = worse(status, answer_placed(&a));
            }
        } else if (analysis->worlds[i].account != NULL) {
            status = worse(status, answer_account(&a));
        }
        if (goes_on(status)) {
            whole->answered = i + 1;
        } else {
            whole->walk_count = walks;
            whole->held_count = held;
        }
    }
    return status;
}
