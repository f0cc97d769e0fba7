/*
 * The record's changes that would open a bridge. Pairs of statements are tried only among the most
 * promising, and only where one alone does not open but comes half way. For each change the
 * account is grown anew, worlds are drawn where statements changed, a coarse sweep of COARSE worlds
 * names CANDIDATES deals, and these are counted in all worlds of the comparison.
 */
#include "answers/changes.h"

#include "answers/quiet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COARSE = 512, CANDIDATES = 16, PAIRED = 3, STEPS = 20, FEWEST = 50 };

typedef struct trial {
    ent_work *work;
    const ent_analysis *analysis;
    size_t account;
    uint32_t worlds; /* of the comparison */
    ent_variant *base;     /* the account as it stands, on these worlds */
    const ent_deals *best; /* as the record stands */
    double joint;          /* of the best of them, on the comparison's worlds */
    ent_record_change *at;
    size_t count, room;
    ent_record_state record;
} trial;

/* The joint share of one outcome under the varied account. */
static double joint_of(const trial *t, const ent_variant *account, const uint64_t *levels)
{
    const ent_case *c = t->analysis->c;
    const ent_councils *councils = &t->analysis->councils;
    double share[ENT_MOST_VOTERS];
    for (size_t v = 0; v < account->voters.count; v++) {
        const ent_voter *voter = &account->voters.at[v];
        uint32_t p = account->voters.party[v];
        if ((councils->members >> p & 1) != 0 ||
            ent_party_asked(&c->parties[p], c->space.issue_count, levels)) {
            share[p] = (double)ent_count_accepting(&c->space, voter, levels) / voter->set->worlds;
        }
    }
    return ent_joint_share(c, councils, levels, share);
}

/* The councils' shares from those of their members. */
static void set_councils(const trial *t, double *shares)
{
    for (size_t k = 0; k < t->analysis->councils.count; k++) {
        const ent_council *council = &t->analysis->councils.at[k];
        shares[council->party] = ent_council_share(council, shares);
    }
}

/* A few worlds of every voter. */
static ent_voters coarse_voters(ent_arena *arena, const ent_voters *voters)
{
    ent_voter *few = ent_alloc(arena, voters->count + 1, ent_voter);
    ent_world_set *sets = ent_alloc(arena, voters->count + 1, ent_world_set);
    for (size_t v = 0; v < voters->count; v++) {
        sets[v] = *voters->at[v].set;
        sets[v].worlds = sets[v].worlds < COARSE ? sets[v].worlds : COARSE;
        few[v] = voters->at[v];
        few[v].set = &sets[v];
    }
    ent_voters coarse = *voters;
    coarse.at = few;
    return coarse;
}

/* The joint share of an available outcome in the coarse sweep. */
static double coarse_joint(const trial *t, const ent_grid *grid, const ent_voters *voters,
                           const ent_sweep *sweep, uint64_t index, uint64_t *levels)
{
    const ent_case *c = t->analysis->c;
    double share[ENT_MOST_VOTERS];
    double joint = 1;
    bool plain = t->analysis->councils.binding == 0;
    bool all = true; /* asked about every outcome */
    for (size_t v = 0; v < voters->count; v++) {
        all = all && voters->at[v].asked == NULL;
        share[voters->party[v]] = (double)sweep->counts[v][index] / sweep->worlds;
        joint *= share[voters->party[v]];
    }
    if (plain && all) {
        return joint;
    }
    ent_grid_outcome(grid, index, levels);
    return ent_joint_share(c, &t->analysis->councils, levels, share);
}

/* The indices of the deals of highest joint share in the coarse sweep; how many. */
static size_t candidates_of(const trial *t, const ent_grid *grid, const ent_voters *voters,
                            const ent_sweep *sweep, const uint8_t *available, uint64_t *levels,
                            uint64_t *index)
{
    double joint[CANDIDATES];
    size_t count = 0;
    for (uint64_t i = 0; i < grid->outcomes; i++) {
        double now =
            available[i] != 0 ? coarse_joint(t, grid, voters, sweep, i, levels) : -1;
        if (now < 0 || (count == CANDIDATES && now <= joint[count - 1])) {
            continue;
        }
        size_t at = count < CANDIDATES ? count++ : CANDIDATES - 1;
        for (; at > 0 && joint[at - 1] < now; at--) {
            joint[at] = joint[at - 1];
            index[at] = index[at - 1];
        }
        joint[at] = now;
        index[at] = i;
    }
    return count;
}

/* A sweep of a few worlds, of which the candidates alone are kept. */
typedef struct coarse_look {
    const trial *t;
    const ent_grid *grid;
    const ent_voters *voters;
    const uint8_t *available;
    uint64_t index[CANDIDATES];
    size_t found;
} coarse_look;

static ent_status look_coarsely(ent_work *work, void *argument)
{
    coarse_look *look = argument;
    ent_sweep sweep;
    ent_voters coarse = coarse_voters(work->arena, look->voters);
    ent_status status = ent_sweep_grid(work, look->grid, &coarse, look->available, &sweep);
    if (status == ENT_OK) {
        uint64_t *levels =
            ent_alloc(work->arena, look->grid->space->issue_count + 1, uint64_t);
        look->found = candidates_of(look->t, look->grid, look->voters, &sweep, look->available,
                                    levels, look->index);
    }
    return status;
}

/* The best deal under the varied account and its joint share. */
static ent_status best_under(trial *t, const ent_variant *account, uint64_t *levels,
                             double *joint)
{
    ent_arena *arena = t->work->arena;
    const ent_space *space = &t->analysis->c->space;
    uint64_t *now = ent_alloc(arena, space->issue_count + 1, uint64_t);
    *joint = -1;
    const ent_grid *grid;
    const uint8_t *available = ent_variant_available(t->work, account, &grid);
    const ent_bans *bans = &account->analysis.worlds[t->account].bans;
    if (available == NULL) {
        for (size_t i = 0; i < t->best->count; i++) {
            double share = joint_of(t, account, t->best->at[i].levels);
            if (share > *joint && ent_deal_available(space, bans, t->best->at[i].levels)) {
                *joint = share;
                memcpy(levels, t->best->at[i].levels, space->issue_count * sizeof *levels);
            }
        }
        return ENT_OK;
    }
    coarse_look look = {.t = t, .grid = grid, .voters = &account->voters, .available = available};
    ent_status status = ent_beside(t->work, look_coarsely, &look);
    for (size_t i = 0; i < look.found; i++) {
        ent_grid_outcome(grid, look.index[i], now);
        double share = joint_of(t, account, now);
        if (share > *joint) {
            *joint = share;
            memcpy(levels, now, space->issue_count * sizeof *levels);
        }
    }
    return status;
}

static ent_record_change *add(trial *t)
{
    ent_grow(t->work->arena, (void **)&t->at, &t->room, t->count + 1, sizeof *t->at);
    t->at[t->count] = (ent_record_change){.without = {ENT_NONE, ENT_NONE},
                                          .with = ENT_NONE,
                                          .party = ENT_NONE,
                                          .reservation = (double)NAN,
                                          .zone = (double)NAN};
    return &t->at[t->count++];
}

/* The account with statements a and b (ENT_NONE: none) out and `with` believed first. */
static ent_status vary(trial *t, uint32_t a, uint32_t b, uint32_t with, ent_variant **account)
{
    uint32_t out[] = {a, b};
    ent_reset_record(t->analysis, &t->record);
    for (int i = 0; i < 2; i++) {
        if (out[i] != ENT_NONE) {
            ent_switch_statement(&t->record, out[i], true);
        }
    }
    if (with != ENT_NONE) {
        ent_switch_statement(&t->record, with, false);
    }
    ent_otherwise other = {
        .on = t->record.on, .forced = t->record.forced, .worlds = t->worlds};
    return ent_vary(t->work, t->analysis, t->account, &other, account);
}

/* Try a record: statements a and b (ENT_NONE: none) out, `with` believed first. */
static ent_status attempt(trial *t, uint32_t a, uint32_t b, uint32_t with)
{
    const ent_case *c = t->analysis->c;
    ent_variant *account;
    ent_status status = vary(t, a, b, with, &account);
    if (status != ENT_OK || !account->consistent || account->same) {
        return status;
    }
    uint64_t *levels = ent_alloc(t->work->arena, c->space.issue_count + 1, uint64_t);
    double joint;
    status = best_under(t, account, levels, &joint);
    if (status == ENT_OK && joint > t->joint) {
        ent_record_change *change = add(t);
        change->without[0] = a;
        change->without[1] = b;
        change->with = with;
        status = ent_answer_deal(t->work, &account->analysis, t->account, levels, &change->deal);
    }
    return ent_tick(t->work, "changes", t->count, 0) ? ENT_CANCELLED : status;
}

/* ---- Reservation values ------------------------------------------------------------------- */

/*
 * The greatest cap on the party's reservation value at which the deal reaches the threshold: b is
 * independent of the rest in the prior, so a cap leaves the worlds under it, as they are. `others`
 * is the joint share where the party never accepts and where it always does.
 */
static bool cap_of(const trial *t, size_t voter, const uint64_t *levels, ent_interval others,
                   double threshold, uint8_t *yes, double *cap, double *joint)
{
    const ent_voter *who = &t->base->voters.at[voter];
    const ent_world_set *set = who->set;
    (void)ent_mark_accepting(&t->analysis->c->space, who, levels, yes);
    double low = who->stakes->reservation.low;
    double width = (who->stakes->reservation.high - low) / STEPS;
    uint32_t under[STEPS] = {0};
    uint32_t accept[STEPS] = {0};
    for (uint32_t w = 0; w < set->worlds; w++) {
        int step = (int)(((double)set->b[w] - low) / width);
        step = step < 0 ? 0 : step >= STEPS ? STEPS - 1 : step;
        under[step]++;
        accept[step] += yes[w];
    }
    for (int i = 1; i < STEPS; i++) {
        under[i] += under[i - 1];
        accept[i] += accept[i - 1];
    }
    for (int i = STEPS - 1; i-- > 0;) {
        double share = under[i] >= FEWEST
                           ? others.low + (others.high - others.low) * accept[i] / under[i]
                           : 0;
        if (share >= threshold) {
            *cap = low + (i + 1) * width;
            *joint = share;
            return true;
        }
    }
    return false;
}

/* The joint share of the deal where the party never accepts, and where it always does. */
static ent_interval joint_without(const trial *t, const ent_deal *deal, uint32_t party)
{
    const ent_case *c = t->analysis->c;
    double share[ENT_MOST_VOTERS];
    ent_interval joint;
    memcpy(share, deal->shares, c->party_count * sizeof *share);
    share[party] = 0;
    joint.low = ent_joint_share(c, &t->analysis->councils, deal->levels, share);
    share[party] = 1;
    joint.high = ent_joint_share(c, &t->analysis->councils, deal->levels, share);
    return joint;
}

static void lower_reservation(trial *t, size_t voter, double threshold)
{
    const ent_case *c = t->analysis->c;
    uint32_t p = t->base->voters.party[voter];
    ent_interval range = t->analysis->stakes[p]->reservation;
    if (!(range.high > range.low)) {
        return;
    }
    uint8_t *yes = ent_alloc(t->work->arena, t->worlds + 1, uint8_t);
    double best = -(double)INFINITY;
    double share = 0;
    double joint_then = 0;
    const ent_deal *found = NULL;
    for (size_t i = 0; i < t->best->count && i < 4 * (size_t)CANDIDATES; i++) {
        const ent_deal *deal = &t->best->at[i];
        ent_interval others = joint_without(t, deal, p);
        double cap;
        double joint;
        if (others.high > others.low && others.high >= threshold &&
            cap_of(t, voter, deal->levels, others, threshold, yes, &cap, &joint) && cap > best) {
            best = cap;
            share = (joint - others.low) / (others.high - others.low);
            joint_then = joint;
            found = deal;
        }
    }
    if (found != NULL) {
        double *shares = ent_alloc(t->work->arena, c->party_count + 1, double);
        memcpy(shares, found->shares, c->party_count * sizeof *shares);
        ent_record_change *change = add(t);
        change->party = p;
        change->reservation = best;
        change->deal = *found;
        change->deal.joint = joint_then;
        shares[p] = share;
        set_councils(t, shares);
        change->deal.shares = shares;
    }
}

/* ---- All of them -------------------------------------------------------------------------- */

static int size_of(const ent_record_change *change)
{
    return change->without[1] != ENT_NONE ? 2 : 1;
}

/* Openers first; among them those that change least; then by joint share; then as in the case. */
static int better_first(const void *left, const void *right)
{
    const ent_record_change *a = left;
    const ent_record_change *b = right;
    if (a->opens != b->opens) {
        return a->opens ? -1 : 1;
    }
    if (a->opens && size_of(a) != size_of(b)) {
        return size_of(a) - size_of(b);
    }
    if (a->deal.joint != b->deal.joint) {
        return a->deal.joint > b->deal.joint ? -1 : 1;
    }
    if (a->without[0] != b->without[0]) {
        return a->without[0] < b->without[0] ? -1 : 1;
    }
    if (a->without[1] != b->without[1]) {
        return a->without[1] < b->without[1] ? -1 : 1;
    }
    if (a->with != b->with) {
        return a->with < b->with ? -1 : 1;
    }
    return (a->party > b->party) - (a->party < b->party);
}

static void sort(trial *t, double threshold)
{
    for (size_t i = 0; i < t->count; i++) {
        t->at[i].opens = t->at[i].deal.joint >= threshold;
    }
    if (t->count > 0) {
        qsort(t->at, t->count, sizeof *t->at, better_first);
    }
}

static ent_status attempt_singles(trial *t)
{
    const ent_case *c = t->analysis->c;
    ent_status status = ENT_OK;
    for (uint32_t s = 0; s < c->statement_count && status == ENT_OK; s++) {
        if (!t->analysis->on[s] || c->statements[s].claim_count == 0) {
            continue;
        }
        bool in = t->analysis->accounts.at[t->account].in[s];
        status = attempt(t, in ? s : ENT_NONE, ENT_NONE, in ? ENT_NONE : s);
    }
    return status;
}

static ent_status attempt_pairs(trial *t)
{
    uint32_t single[PAIRED];
    size_t count = 0;
    for (size_t i = 0; i < t->count && count < PAIRED; i++) {
        if (t->at[i].with == ENT_NONE) {
            single[count++] = t->at[i].without[0];
        }
    }
    ent_status status = ENT_OK;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count && status == ENT_OK; j++) {
            uint32_t a = single[i] < single[j] ? single[i] : single[j];
            uint32_t b = single[i] < single[j] ? single[j] : single[i];
            status = attempt(t, a, b, ENT_NONE);
        }
    }
    return status;
}

/*
 * The zone under the changes that are kept (what was varied costs little the second time). It is
 * not below the best package, which the same worlds tell.
 */
static ent_status add_zones(trial *t)
{
    ent_status status = ent_variant_zone(t->work, t->base);
    for (size_t i = 0; i < t->count && status == ENT_OK; i++) {
        ent_record_change *change = &t->at[i];
        if (change->party != ENT_NONE) {
            continue;
        }
        ent_variant *account;
        status = vary(t, change->without[0], change->without[1], change->with, &account);
        if (status == ENT_OK && account->consistent) {
            status = ent_variant_zone(t->work, account);
        }
        if (status == ENT_OK && account->consistent) {
            ent_shift shift = ent_zone_shift(&t->best->zone, t->base, account);
            change->zone = fmax(shift.share, change->deal.joint);
        }
    }
    return status;
}

ent_status ent_find_changes(ent_work *work, const ent_analysis *analysis, size_t account,
                            const ent_deals *best, ent_bridge *bridge)
{
    trial t = {.work = work, .analysis = analysis, .account = account, .best = best};
    t.record = ent_record_state_of(work->arena, analysis);
    t.worlds = ent_budget_worlds(analysis, analysis->settings.budget.variants);
    ent_status status =
        ent_vary(work, analysis, account, &(ent_otherwise){.worlds = t.worlds}, &t.base);
    if (status != ENT_OK) {
        return status;
    }
    t.joint = best->count > 0 ? joint_of(&t, t.base, best->at[0].levels) + 0.01 : 0;
    status = attempt_singles(&t);
    sort(&t, bridge->threshold);
    bool near = t.count > 0 && !t.at[0].opens && t.at[0].deal.joint >= bridge->threshold / 2;
    if (status == ENT_OK && near) {
        status = attempt_pairs(&t);
    }
    for (size_t v = 0; v < t.base->voters.count && status == ENT_OK; v++) {
        lower_reservation(&t, v, bridge->threshold);
    }
    sort(&t, bridge->threshold);
    t.count = t.count < ENT_BRIDGE_CHANGES ? t.count : ENT_BRIDGE_CHANGES;
    status = status == ENT_OK ? add_zones(&t) : status;
    bridge->changes = t.at;
    bridge->change_count = t.count;
    bridge->change_worlds = t.worlds;
    return status;
}
