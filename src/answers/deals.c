/*
 * Zone and deals from a tally. Listing the best K of n outcomes: O(n + K log K) as a rule; their
 * verdicts: at most two linear programs a party, and none where worlds fall on both sides.
 */
#include "answers/frontier.h"
#include "answers/search.h"
#include "answers/verdict.h"
#include "answers/zone.h"

#include <stdlib.h>
#include <string.h>

/* ---- The best outcomes -------------------------------------------------------------------- */

typedef struct entry {
    double joint;
    uint64_t index;
} entry;

static int better_first(const void *left, const void *right)
{
    const entry *a = left;
    const entry *b = right;
    if (a->joint != b->joint) {
        return a->joint > b->joint ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

/* The best `top` available outcomes (0: all), sorted. A buffer of 2 top is sorted when full. */
static entry *best_entries(ent_arena *arena, const ent_tally *tally, const double *joint,
                           size_t top, size_t *count)
{
    size_t all = (size_t)tally->available_count;
    size_t keep = top == 0 || top > all ? all : top;
    size_t room = keep > all / 2 ? all : 2 * keep;
    entry *entries = ent_alloc(arena, room + 1, entry);
    size_t n = 0;
    double least = -1;
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        if (tally->available[i] == 0 || joint[i] < least) {
            continue;
        }
        if (n == room) {
            qsort(entries, n, sizeof *entries, better_first);
            n = keep;
            least = entries[keep - 1].joint;
        }
        entries[n++] = (entry){joint[i], i};
    }
    qsort(entries, n, sizeof *entries, better_first);
    *count = n < keep ? n : keep;
    return entries;
}

/* ---- One deal ----------------------------------------------------------------------------- */

/*
 * A council from its members. Its verdict is exact: parties are independent given an account, so
 * what each of them may do alone they may do together.
 */
static void judge_councils(const ent_analysis *analysis, double *shares, ent_verdict *verdicts)
{
    for (size_t k = 0; k < analysis->councils.count; k++) {
        const ent_council *council = &analysis->councils.at[k];
        uint64_t must = 0;
        uint64_t may = 0;
        for (uint32_t p = 0; p < analysis->c->party_count && verdicts != NULL; p++) {
            must |= (uint64_t)(verdicts[p] == ENT_NECESSARY) << p;
            may |= (uint64_t)(verdicts[p] != ENT_IMPOSSIBLE) << p;
        }
        shares[council->party] = ent_council_share(council, shares);
        if (verdicts != NULL) {
            verdicts[council->party] = ent_council_consents(council, must)   ? ENT_NECESSARY
                                       : ent_council_consents(council, may) ? ENT_POSSIBLE
                                                                            : ENT_IMPOSSIBLE;
        }
    }
}

ent_deal ent_make_deal(ent_arena *arena, const ent_analysis *analysis, const ent_judge *judge,
                       const uint64_t *levels, const uint32_t *counts)
{
    const ent_case *c = analysis->c;
    uint32_t worlds = analysis->settings.worlds;
    uint64_t *copy = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    double *shares = ent_alloc(arena, c->party_count + 1, double);
    bool *asked = ent_alloc(arena, c->party_count + 1, bool);
    ent_verdict *verdicts =
        judge == NULL ? NULL : ent_alloc(arena, c->party_count + 1, ent_verdict);
    memcpy(copy, levels, c->space.issue_count * sizeof *copy);
    ent_deal deal = {copy, shares, asked, verdicts, 1, false, false};
    for (uint32_t p = 0; p < c->party_count; p++) {
        asked[p] = ent_party_asked(&c->parties[p], c->space.issue_count, levels);
        shares[p] = (double)counts[p] / worlds;
        if (verdicts != NULL && c->parties[p].approval == NULL) {
            verdicts[p] = ent_judge_party(judge, p, levels, counts[p], worlds);
            shares[p] = verdicts[p] == ENT_IMPOSSIBLE  ? 0
                        : verdicts[p] == ENT_NECESSARY ? 1
                                                       : shares[p];
        }
    }
    judge_councils(analysis, shares, verdicts);
    deal.joint = ent_joint_share(c, &analysis->councils, levels, shares);
    return deal;
}

ent_status ent_answer_deal(ent_work *work, const ent_analysis *analysis, size_t account,
                           const uint64_t *levels, ent_deal *deal)
{
    const ent_case *c = analysis->c;
    const ent_account_worlds *worlds = &analysis->worlds[account];
    uint32_t *counts = ent_alloc(work->arena, c->party_count + 1, uint32_t);
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_voter voter = ent_voter_of(analysis, account, p);
        counts[p] = ent_count_accepting(&c->space, &voter, levels);
    }
    ent_judge judge = ent_judge_of(work->arena, analysis, account);
    *deal = ent_make_deal(work->arena, analysis, &judge, levels, counts);
    deal->available = ent_deal_available(&c->space, &worlds->bans, levels);
    return ENT_OK;
}

/* ---- The answer --------------------------------------------------------------------------- */

/* The outcome at the index as a deal; parties that the tally did not count accept in no world. */
static ent_deal deal_at(ent_arena *arena, const ent_tally *tally, const ent_judge *judge,
                        uint64_t index)
{
    const ent_case *c = tally->analysis->c;
    uint64_t *levels = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    uint32_t *counts = ent_alloc(arena, c->party_count + 1, uint32_t);
    ent_grid_outcome(&tally->grid, index, levels);
    for (uint32_t p = 0; p < c->party_count; p++) {
        counts[p] = tally->counts[p] == NULL ? 0 : ent_tally_count(tally, p, levels);
    }
    ent_deal deal = ent_make_deal(arena, tally->analysis, judge, levels, counts);
    deal.available = true;
    return deal;
}

typedef struct listed {
    ent_deal deal;
    uint64_t index;
} listed;

static int better_deal_first(const void *left, const void *right)
{
    const listed *a = left;
    const listed *b = right;
    if (a->deal.joint != b->deal.joint) {
        return a->deal.joint > b->deal.joint ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

/*
 * The best deals, at least so many, and the best of the ENT_DEAL_POOL that come first: the same
 * whatever is listed. Shares that are proved are exact, so that deals are judged, and sorted,
 * before they are told apart.
 */
static listed *best_deals(ent_work *work, const ent_tally *tally, size_t top, size_t *count,
                          const ent_deal **best)
{
    ent_judge judge = ent_judge_of(work->arena, tally->analysis, tally->account);
    const double *joint = ent_tally_joint(work->arena, tally);
    size_t pool = top == 0 || top > ENT_DEAL_POOL ? top : ENT_DEAL_POOL;
    entry *entries = best_entries(work->arena, tally, joint, pool, count);
    listed *deals = ent_alloc(work->arena, *count + 1, listed);
    for (size_t i = 0; i < *count; i++) {
        deals[i] = (listed){deal_at(work->arena, tally, &judge, entries[i].index),
                            entries[i].index};
    }
    size_t first = *count < ENT_DEAL_POOL ? *count : ENT_DEAL_POOL;
    qsort(deals, first, sizeof *deals, better_deal_first);
    ent_deal *copy = ent_alloc(work->arena, 1, ent_deal);
    *copy = deals->deal;
    *best = *count > 0 ? copy : NULL;
    qsort(deals, *count, sizeof *deals, better_deal_first);
    return deals;
}

const ent_deal *ent_best_deal(ent_work *work, const ent_tally *tally)
{
    size_t count;
    const ent_deal *best;
    (void)best_deals(work, tally, 1, &count, &best);
    return best;
}

ent_status ent_deals_of_tally(ent_work *work, const ent_tally *tally,
                              const ent_deals_request *request, ent_deals *deals)
{
    ent_judge judge = ent_judge_of(work->arena, tally->analysis, tally->account);
    *deals = (ent_deals){.method = ENT_BY_SWEEP,
                         .proved = true,
                         .outcomes = tally->grid.outcomes,
                         .available = tally->available_count};
    size_t count;
    const ent_deal *beside;
    const listed *best = best_deals(work, tally, request->top, &count, &beside);
    bool few = request->top > 0 && request->top <= ENT_DEAL_POOL; /* looked at one by one */
    const uint8_t *frontier = few ? NULL : ent_frontier_of(work->arena, tally);
    deals->zone = ent_zone_of_tally(work->arena, tally, beside,
                                    request->verdicts ? &judge : NULL);
    if (count > 0 && best->deal.joint > deals->zone.share) {
        deals->zone.share = best->deal.joint;
    }
    deals->count = request->top > 0 && request->top < count ? request->top : count;
    ent_deal *at = ent_alloc(work->arena, deals->count + 1, ent_deal);
    for (size_t i = 0; i < deals->count; i++) {
        at[i] = best[i].deal;
        at[i].frontier = few ? ent_is_on_frontier(work->arena, tally, best[i].index)
                             : frontier[best[i].index] != 0;
        at[i].verdicts = request->verdicts ? at[i].verdicts : NULL;
    }
    deals->at = at;
    return ENT_OK;
}

bool ent_can_sweep(const ent_analysis *analysis)
{
    uint64_t outcomes;
    return ent_space_outcomes(&analysis->c->space, &outcomes) &&
           outcomes <= analysis->settings.sweep_limit;
}

ent_status ent_answer_deals(ent_work *work, const ent_analysis *analysis, size_t account,
                            const ent_deals_request *request, ent_deals *deals)
{
    bool sweeps = ent_can_sweep(analysis);
    if (!sweeps || ent_search_pays(analysis, request)) {
        ent_status found = ent_search_deals(work, analysis, account, request, deals);
        /* That no world has a deal is proved from the counts of all packages. */
        if (!sweeps || found != ENT_OK || (deals->proved && deals->zone.share > 0)) {
            return found;
        }
    }
    const ent_tally *tally;
    ent_status status = ent_tally_of(work, analysis, account, &tally);
    return status == ENT_OK ? ent_deals_of_tally(work, tally, request, deals) : status;
}
