/*
 * Zone and deals from a tally. Listing the best K of n outcomes: O(n + K log K) as a rule; their
 * verdicts: at most two linear programs a party, and none where worlds fall on both sides.
 */
#include "answers/frontier.h"
#include "answers/search.h"
#include "answers/verdict.h"

#include <math.h>
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

/* ---- The zone ----------------------------------------------------------------------------- */

double ent_share_error(double share, double effective)
{
    return effective > 0 ? sqrt(share * (1 - share) / effective) : 0;
}

double ent_effective_worlds(const ent_voters *voters, uint32_t worlds)
{
    double least = worlds;
    for (size_t v = 0; v < voters->count; v++) {
        double effective = voters->at[v].set->effective;
        least = effective > 0 && effective < least ? effective : least;
    }
    return least;
}

/* Is it proved that the party cannot accept? */
static bool cannot(const ent_tally *tally, const ent_judge *judge, uint32_t party,
                   const uint64_t *levels, uint64_t *programs)
{
    if (ent_tally_count(tally, party, levels) > 0) {
        return false;
    }
    ++*programs;
    return !ent_may(judge, party, levels, true, NULL);
}

/* Can some council that is asked not get its consent together? */
static bool council_refuses(const ent_tally *tally, const ent_judge *judge, const uint64_t *levels,
                            uint64_t *programs)
{
    const ent_case *c = tally->analysis->c;
    const ent_councils *councils = &tally->analysis->councils;
    for (size_t k = 0; k < councils->count && councils->binding > 0; k++) {
        const ent_council *council = &councils->at[k];
        uint64_t may = 0;
        if (council->implied || !ent_is_touched(council->asked, c->space.issue_count, levels)) {
            continue;
        }
        for (uint32_t p = 0; p < c->party_count; p++) {
            bool member = (council->members >> p & 1) != 0;
            may |= (uint64_t)(member && !cannot(tally, judge, p, levels, programs)) << p;
        }
        if (!ent_council_consents(council, may)) {
            return true;
        }
    }
    return false;
}

/* Is some asked party proved to refuse the outcome? */
static bool refused(const ent_tally *tally, const ent_judge *judge, const uint64_t *levels,
                    uint64_t *programs)
{
    const ent_case *c = tally->analysis->c;
    for (size_t v = 0; v < tally->voters.count; v++) {
        uint32_t p = tally->voters.party[v];
        if (ent_party_asked(&c->parties[p], c->space.issue_count, levels) &&
            cannot(tally, judge, p, levels, programs)) {
            return true;
        }
    }
    return council_refuses(tally, judge, levels, programs);
}

/* Where no world has a deal: is that proved? Given up after PROGRAMS linear programs. */
static bool prove_empty(ent_arena *arena, const ent_tally *tally, const ent_judge *judge)
{
    enum { PROGRAMS = 50000 };
    uint64_t programs = 0;
    uint64_t *levels = ent_alloc(arena, tally->grid.space->issue_count + 1, uint64_t);
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        if (tally->available[i] != 0) {
            ent_grid_outcome(&tally->grid, i, levels);
            if (programs > PROGRAMS || !refused(tally, judge, levels, &programs)) {
                return false;
            }
        }
    }
    return true;
}

static ent_zone zone_of(ent_arena *arena, const ent_tally *tally, const ent_judge *judge)
{
    ent_zone zone = {.share = (double)tally->zone_count / tally->worlds, .worlds = tally->worlds};
    zone.error = ent_share_error(zone.share, ent_effective_worlds(&tally->voters, tally->worlds));
    zone.impossible = tally->zone_count == 0 && judge != NULL && prove_empty(arena, tally, judge);
    return zone;
}

/* The zone's share where those vote so that are not named. */
static ent_status zone_share(ent_work *work, const ent_analysis *analysis, size_t account,
                             ent_unnamed unnamed, const ent_zone *zone, double *share)
{
    const ent_case *c = analysis->c;
    ent_analysis other = *analysis;
    bool same = true;
    other.councils = ent_councils_of(work->arena, c, analysis->stakes, unnamed);
    for (size_t k = 0; k < other.councils.count; k++) {
        const ent_council *a = &other.councils.at[k];
        const ent_council *b = &analysis->councils.at[k];
        same = same && (a->votes == b->votes || (a->implied && b->implied));
    }
    *share = zone->share;
    if (same) {
        return ENT_OK;
    }
    ent_account_worlds *worlds = ent_alloc(work->arena, account + 1, ent_account_worlds);
    worlds[account] = analysis->worlds[account];
    worlds[account].tally = NULL;
    worlds[account].regrower = NULL;
    other.worlds = worlds;
    if (ent_can_sweep(&other)) {
        uint32_t count;
        ent_status status = ent_tally_zone(work, &other, account, &count);
        *share = (double)count / other.settings.worlds;
        return status;
    }
    ent_deals deals;
    ent_deals_request request = {.top = 1};
    ent_status status = ent_answer_deals(work, &other, account, &request, &deals);
    *share = deals.zone.share;
    return status;
}

ent_status ent_range_zone(ent_work *work, const ent_analysis *analysis, size_t account,
                          ent_zone *zone)
{
    ent_status status = ENT_OK;
    for (size_t k = 0; k < analysis->councils.count; k++) {
        zone->ranged = zone->ranged || analysis->councils.at[k].unmodelled > 0;
    }
    if (zone->ranged) {
        status = zone_share(work, analysis, account, ENT_UNNAMED_AGAINST, zone, &zone->low);
    }
    if (zone->ranged && status == ENT_OK) {
        status = zone_share(work, analysis, account, ENT_UNNAMED_FOR, zone, &zone->high);
    }
    return status;
}

/* ---- The answer --------------------------------------------------------------------------- */

static void list_deals(ent_work *work, const ent_tally *tally, const ent_judge *judge, size_t top,
                       ent_deals *deals)
{
    const ent_case *c = tally->analysis->c;
    const double *joint = ent_tally_joint(work->arena, tally);
    const uint8_t *frontier = ent_frontier_of(work->arena, tally);
    entry *entries = best_entries(work->arena, tally, joint, top, &deals->count);
    ent_deal *at = ent_alloc(work->arena, deals->count + 1, ent_deal);
    uint64_t *levels = ent_alloc(work->arena, c->space.issue_count + 1, uint64_t);
    uint32_t *counts = ent_alloc(work->arena, c->party_count + 1, uint32_t);
    for (size_t i = 0; i < deals->count; i++) {
        ent_grid_outcome(&tally->grid, entries[i].index, levels);
        for (uint32_t p = 0; p < c->party_count; p++) {
            counts[p] = ent_tally_count(tally, p, levels);
        }
        at[i] = ent_make_deal(work->arena, tally->analysis, judge, levels, counts);
        at[i].available = true;
        at[i].frontier = frontier[entries[i].index] != 0;
    }
    deals->at = at;
}

ent_status ent_deals_of_tally(ent_work *work, const ent_tally *tally,
                              const ent_deals_request *request, ent_deals *deals)
{
    ent_judge judge = ent_judge_of(work->arena, tally->analysis, tally->account);
    const ent_judge *asked = request->verdicts ? &judge : NULL;
    *deals = (ent_deals){.method = ENT_BY_SWEEP,
                         .proved = true,
                         .outcomes = tally->grid.outcomes,
                         .available = tally->available_count};
    deals->zone = zone_of(work->arena, tally, asked);
    list_deals(work, tally, asked, request->top, deals);
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
    if (!ent_can_sweep(analysis)) {
        return ent_search_deals(work, analysis, account, request, deals);
    }
    const ent_tally *tally;
    ent_status status = ent_tally_of(work, analysis, account, &tally);
    return status == ENT_OK ? ent_deals_of_tally(work, tally, request, deals) : status;
}
