/*
 * The best deals of a space that is too large to sweep.
 *
 * First climbing (search_climb.c). Then branch and bound over the digits, depth first: the
 * joint share of any completion is at most the product over the asked voters of the share of
 * worlds in which what is fixed plus the best of what is open reaches the need (0 where a line of
 * the voter is crossed whatever is done with what is open). The search is cut
 * where that is not above the least share listed, and given up after NODES nodes ("not proved").
 * Cost: O(worlds * voters) a node. Memory: O(worlds * voters * digits).
 */
#include "answers/best_joint.h"
#include "answers/quiet.h"
#include "answers/search_quest.h"
#include "answers/sweep_range.h"
#include "answers/verdict.h"
#include "answers/zone.h"

#include "base/kernel.h"

#include <string.h>

enum {
    STARTS = 8,
    NODES = 20000,
    MOST_DIGITS = 96, /* of more, so many nodes prove nothing, and their worths take much memory */
};

/* ---- Branch and bound --------------------------------------------------------------------- */

ENT_KERNEL static void subtract_scaled(const float *restrict z, float factor, uint32_t worlds,
                                       float *restrict to)
{
    for (uint32_t w = 0; w < worlds; w++) {
        to[w] -= factor * z[w];
    }
}

ENT_KERNEL static void raise_to(const float *restrict value, uint32_t worlds,
                                float *restrict best)
{
    for (uint32_t w = 0; w < worlds; w++) {
        best[w] = value[w] > best[w] ? value[w] : best[w];
    }
}

ENT_KERNEL_COUNT static uint32_t count_reached(const float *restrict best,
                                               const float *restrict need, uint32_t worlds)
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < worlds; w++) {
        count += best[w] >= need[w];
    }
    return count;
}

/* to = from - what the digit's value is worth to the voter, in every world. */
static void pay(const ent_quest *q, size_t v, const ent_digit *d, uint64_t value, const float *from,
                float *to)
{
    const ent_issue *issue = &q->space->issues[d->issue];
    const ent_voter *voter = &q->voters.at[v];
    uint64_t level = ent_digit_level(d, value);
    memcpy(to, from, voter->set->worlds * sizeof *to);
    for (uint32_t c = 0; level != 0 && c < issue->components; c++) {
        uint32_t u = q->unknown[v][issue->first + c];
        double on = ent_on(issue, level, c);
        if (u != ENT_NONE && on > 0) {
            const float *z = voter->set->z + (size_t)u * voter->set->stride;
            subtract_scaled(z, (float)(voter->stakes->sign[u] * on), voter->set->worlds, to);
        }
    }
}

static float ***make_layers(ent_arena *arena, const ent_quest *q, size_t stride)
{
    float ***layers = ent_alloc(arena, q->digit_count + 1, float **);
    for (size_t d = 0; d <= q->digit_count; d++) {
        layers[d] = ent_alloc(arena, q->voters.count + 1, float *);
        for (size_t v = 0; v < q->voters.count; v++) {
            layers[d][v] = ent_alloc(arena, stride, float);
        }
    }
    return layers;
}

/* rest[d] = rest[d + 1] + the greatest value of digit d, in every world. */
static void load_rest(ent_arena *arena, ent_quest *q)
{
    size_t stride = q->analysis->settings.worlds + 64;
    q->rest = make_layers(arena, q, stride);
    q->need = make_layers(arena, q, stride);
    q->row = ent_alloc(arena, stride, float);
    for (size_t v = 0; v < q->voters.count; v++) {
        const ent_world_set *set = q->voters.at[v].set;
        float *nothing = q->need[0][v];
        memset(nothing, 0, set->worlds * sizeof *nothing);
        for (size_t d = q->digit_count; d-- > 0;) {
            float *rest = q->rest[d][v];
            memset(rest, 0, set->worlds * sizeof *rest);
            for (uint64_t value = 1; value < q->digits[d].radix && !ent_stopped(q->work);
                 value++) {
                pay(q, v, &q->digits[d], value, nothing, q->row);
                for (uint32_t w = 0; w < set->worlds; w++) {
                    q->row[w] = -q->row[w];
                }
                raise_to(q->row, set->worlds, rest);
            }
            for (uint32_t w = 0; w < set->worlds; w++) {
                rest[w] += q->rest[d + 1][v][w];
            }
        }
        for (uint32_t w = 0; w < set->worlds; w++) {
            q->need[0][v][w] = ent_needed(set->b[w]);
        }
    }
}

/* No completion of what is fixed up to digit d has a greater joint share; -1: none can be had. */
static double bound_at(const ent_quest *q, size_t d)
{
    for (size_t i = 0; i < q->space->rule_count; i++) {
        const ent_rule *rule = &q->space->rules[i];
        if (ent_outcome_reaches(q->space, q->low, &rule->when) &&
            !ent_outcome_reaches(q->space, q->high, &rule->then)) {
            return -1;
        }
    }
    for (size_t i = 0; i < q->worlds->bans.count; i++) {
        if (ent_outcome_reaches(q->space, q->low, &q->worlds->bans.at[i])) {
            return -1;
        }
    }
    /* The joint share grows with each of the shares, so that their bounds make its bound. */
    for (size_t v = 0; v < q->voters.count; v++) {
        if (ent_quest_matters(q, v, q->low)) {
            uint32_t worlds = q->voters.at[v].set->worlds;
            bool may = ent_lines_may_hold(q->space, &q->voters.at[v].lines, q->low, q->high);
            q->share[q->voters.party[v]] =
                may ? (double)count_reached(q->rest[d][v], q->need[d][v], worlds) / worlds : 0;
        }
    }
    return ent_joint_share(q->analysis->c, &q->analysis->councils, q->low, q->share);
}

/* False when the limit of nodes is reached. */
static bool branch(ent_quest *q, size_t d)
{
    if (++q->nodes > NODES || ent_stopped(q->work)) {
        return false;
    }
    const ent_best_list *list = &q->list;
    double least = list->count == list->room ? list->at[list->count - 1].joint : -0.5;
    double bound = bound_at(q, d);
    /* Float32 sums differ by rounding from those that the shares are counted with. */
    if (bound < 0 || bound + 1e-4 < least || (bound <= least && d == q->digit_count)) {
        return true;
    }
    if (d == q->digit_count) {
        double joint = ent_quest_joint(q, q->low, UINT32_MAX);
        if (joint >= 0) {
            ent_best_list_keep(&q->list, q->low, joint);
        }
        return true;
    }
    const ent_digit *digit = &q->digits[d];
    uint64_t high = q->high[digit->issue];
    bool whole = true;
    for (uint64_t value = digit->radix; whole && value-- > 0;) {
        ent_set_digit(digit, q->low, value);
        ent_set_digit(digit, q->high, value);
        for (size_t v = 0; v < q->voters.count; v++) {
            pay(q, v, digit, value, q->need[d][v], q->need[d + 1][v]);
        }
        whole = branch(q, d + 1);
    }
    ent_set_digit(digit, q->low, 0);
    q->high[digit->issue] = high;
    return whole;
}

/* ---- The answer --------------------------------------------------------------------------- */

void ent_quest_of(ent_work *work, const ent_analysis *analysis, size_t account, size_t room,
                  ent_quest *q)
{
    ent_arena *arena = work->arena;
    const ent_space *space = &analysis->c->space;
    *q = (ent_quest){.work = work,
                     .analysis = analysis,
                     .worlds = &analysis->worlds[account],
                     .space = space,
                     .voters = ent_voters_of(arena, analysis, account)};
    q->digits = ent_digits_of(arena, space, NULL, &q->digit_count);
    q->unknown = ent_alloc(arena, q->voters.count + 1, uint32_t *);
    for (size_t v = 0; v < q->voters.count; v++) {
        const ent_stakes *stakes = q->voters.at[v].stakes;
        q->unknown[v] = ent_alloc(arena, space->components + 1, uint32_t);
        memset(q->unknown[v], 0xFF, space->components * sizeof **q->unknown);
        for (uint32_t u = 0; u < stakes->k; u++) {
            q->unknown[v][stakes->component[u]] = u;
        }
    }
    q->list = ent_best_list_of(arena, space->issue_count, room);
    q->share = ent_alloc(arena, analysis->c->party_count + 1, double);
    q->low = ent_alloc(arena, space->issue_count + 1, uint64_t);
    q->high = ent_alloc(arena, space->issue_count + 1, uint64_t);
    for (uint32_t i = 0; i < space->issue_count; i++) {
        q->high[i] = space->issues[i].levels - 1;
    }
}

/* With its shares; when somebody asked to stop, without the programs that verdicts take. */
static ent_deal counted_deal(ent_work *work, const ent_quest *q, size_t account,
                             const uint64_t *levels)
{
    ent_deal deal;
    if (!ent_stopped(work)) {
        (void)ent_answer_deal(work, q->analysis, account, levels, &deal);
        return deal;
    }
    const ent_case *c = q->analysis->c;
    uint32_t *counts = ent_alloc(work->arena, c->party_count + 1, uint32_t);
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_voter voter = ent_voter_of(q->analysis, account, p);
        counts[p] = ent_count_accepting(&c->space, &voter, levels);
    }
    deal = ent_make_deal(work->arena, q->analysis, NULL, levels, counts);
    deal.available = true;
    return deal;
}

/* The deals found, best first, with shares and verdicts, and the frontier among them. */
static ent_deal *list_found(ent_work *work, const ent_quest *q, size_t account)
{
    const ent_analysis *analysis = q->analysis;
    const ent_best_list *list = &q->list;
    ent_deal *at = ent_alloc(work->arena, list->count + 1, ent_deal);
    for (size_t i = 0; i < list->count; i++) {
        ent_deal deal = counted_deal(work, q, account, list->at[i].levels);
        size_t place = i; /* shares that are proved are exact, and may change the order */
        for (; place > 0 && at[place - 1].joint < deal.joint; place--) {
            at[place] = at[place - 1];
        }
        at[place] = deal;
    }
    for (size_t i = 0; i < list->count; i++) {
        at[i].frontier = true;
        for (size_t j = 0; j < list->count; j++) {
            bool covered = true;
            bool higher = false;
            for (uint32_t p = 0; p < analysis->c->party_count; p++) {
                double mine = at[i].asked[p] ? at[i].shares[p] : 1;
                double other = at[j].asked[p] ? at[j].shares[p] : 1;
                covered = covered && other >= mine;
                higher = higher || other > mine;
            }
            at[i].frontier = at[i].frontier && !(covered && higher);
        }
    }
    return at;
}

/* From the deals that some worlds have, and then by branch and bound over all worlds' values. */
static ent_status search_values(ent_work *work, ent_quest *q, uint8_t *in, uint32_t *undecided)
{
    uint32_t worlds = q->analysis->settings.worlds;
    const ent_bans *bans = &q->worlds->bans;
    ent_status status =
        ent_search_zone(work, q->space, bans, &q->voters, worlds, in, undecided);
    uint64_t *levels = ent_alloc(work->arena, q->space->issue_count + 1, uint64_t);
    size_t starts = 0;
    for (uint32_t w = 0; status == ENT_OK && w < worlds && starts < STARTS; w++) {
        if (in[w] != 0 && ent_search_world(work, q->space, bans, &q->voters, w, levels)) {
            status = ent_climb_deals(work, q, levels);
            starts++;
        }
    }
    if (status == ENT_OK && ent_bounds_help(q)) {
        status = ent_bounded_sweep(work, q);
    }
    const ent_best_list *list = &q->list;
    bool sure = list->count == list->room && list->at[list->count - 1].joint >= 1;
    q->proved = q->proved || sure; /* nothing can be better */
    if (status == ENT_OK && !q->proved && q->digit_count <= MOST_DIGITS) {
        load_rest(work->arena, q);
        q->proved = branch(q, 0);
        status = ent_stopped(work) ? ENT_CANCELLED : ENT_OK;
    }
    return status;
}

/* Worlds left open that one of the first deals listed suits. */
static ent_status mark_suited(ent_work *beside, void *argument)
{
    enum { LOOKED_AT = 16 };
    const ent_quest *q = argument;
    uint32_t worlds = q->analysis->settings.worlds;
    for (size_t i = 0; i < q->list.count && i < LOOKED_AT && !ent_stopped(beside) &&
                       memchr(q->in, ENT_WORLD_OPEN, worlds) != NULL; i++) {
        ent_suited suited = ent_mark_suited(beside->arena, q->analysis->c, &q->voters, worlds,
                                            q->list.at[i].levels);
        for (uint32_t w = 0; w < worlds; w++) {
            if (q->in[w] == ENT_WORLD_OPEN && suited.suits[w] != 0) {
                q->in[w] = ENT_WORLD_HAS_DEAL;
            }
        }
    }
    return ENT_OK;
}

/* From the counts of the voters' own outcomes. */
static ent_status search_own(ent_work *work, ent_quest *q, const ent_own_plan *plan,
                             uint32_t *undecided)
{
    uint32_t worlds = q->analysis->settings.worlds;
    const ent_bans *bans = &q->worlds->bans;
    uint32_t **counts = ent_alloc(work->arena, q->voters.count + 1, uint32_t *);
    ent_status status = ent_walk_worlds(work, plan, bans, counts, q->in);
    if (status != ENT_OK) {
        return status;
    }
    q->proved = ent_best_joint(work, plan, bans, counts, worlds, &q->list);
    status = ent_beside(work, mark_suited, q);
    if (status == ENT_OK) {
        status = ent_hunt_worlds(work, q->space, bans, &q->voters, worlds, q->in, undecided);
    }
    return status == ENT_OK && ent_stopped(work) ? ENT_CANCELLED : status;
}

bool ent_bounds_help(const ent_quest *q)
{
    uint64_t outcomes;
    bool help = ent_space_outcomes(q->space, &outcomes) &&
                outcomes <= q->analysis->settings.sweep_limit && q->voters.count > 0 &&
                q->analysis->councils.binding == 0;
    for (size_t v = 0; v < q->voters.count && help; v++) {
        help = q->voters.at[v].asked == NULL;
    }
    return help;
}

bool ent_search_pays(const ent_analysis *analysis, const ent_deals_request *request)
{
    const ent_case *c = analysis->c;
    uint64_t outcomes;
    bool pays = request->alone && request->top > 0 && request->top <= ENT_DEAL_POOL &&
                analysis->councils.binding == 0 && ent_space_outcomes(&c->space, &outcomes) &&
                outcomes >= ENT_SEARCH_LEAST;
    for (uint32_t i = 0; i < c->space.issue_count && pays; i++) {
        const ent_issue *issue = &c->space.issues[i];
        pays = issue->kind != ENT_RANGE || issue->levels < ENT_FINE;
    }
    for (uint32_t p = 0; p < c->party_count && pays; p++) {
        pays = c->parties[p].role != ENT_APPROVER;
    }
    return pays;
}

/* The packages that can be had, where they can be counted. */
static ent_status count_available(ent_work *beside, void *argument)
{
    ent_quest *q = argument;
    ent_grid grid;
    if (ent_grid_of(beside->arena, q->space, NULL, &grid)) {
        (void)ent_grid_available(beside, &grid, &q->worlds->bans, &q->available);
    }
    return ENT_OK;
}

ent_status ent_search_deals(ent_work *work, const ent_analysis *analysis, size_t account,
                            const ent_deals_request *request, ent_deals *deals)
{
    ent_quest q;
    ent_own_plan plan;
    uint32_t worlds = analysis->settings.worlds, undecided = 0;
    ent_voters voters = ent_voters_of(work->arena, analysis, account);
    bool own = analysis->councils.binding == 0 && voters.count > 0 &&
               ent_own_plan_of(work->arena, &analysis->c->space, NULL, &voters, ENT_OWN_MOST,
                               &plan);
    size_t top = request->top == 0 ? ENT_SEARCH_TOP : request->top;
    ent_quest_of(work, analysis, account, own && top < ENT_DEAL_POOL ? ENT_DEAL_POOL : top, &q);
    q.in = ent_alloc(work->arena, worlds + 1, uint8_t);
    *deals = (ent_deals){.method = ENT_BY_SEARCH};
    if (!ent_space_outcomes(q.space, &deals->outcomes)) {
        deals->outcomes = UINT64_MAX;
    }
    ent_status status = own ? search_own(work, &q, &plan, &undecided)
                            : search_values(work, &q, q.in, &undecided);
    if (status != ENT_OK && (status != ENT_CANCELLED || q.list.count == 0)) {
        return status;
    }
    if (status == ENT_OK && ent_can_sweep(analysis)) {
        status = ent_beside(work, count_available, &q);
        deals->available = q.available;
    }
    ent_deal *at = list_found(work, &q, account);
    deals->at = at;
    deals->proved = q.proved;
    deals->count = q.list.count < top ? q.list.count : top;
    deals->zone = ent_zone_beside(work->arena, analysis->c, &q.voters, worlds, q.in,
                                  deals->count > 0 ? deals->at : NULL);
    deals->zone.undecided = undecided;
    for (size_t i = 0; !request->verdicts && i < deals->count; i++) {
        at[i].verdicts = NULL;
    }
    return status;
}
