#include "answers/tally.h"

/* In every world, whatever it is. */
static bool accepts_all(const ent_voter *voter)
{
    return voter->lines.count == 0 && ent_always_accepts(voter->stakes);
}

/* Count an observer over the issues in which it has a stake. */
static ent_status tally_observer(ent_work *work, ent_tally *tally, uint32_t party)
{
    const ent_analysis *analysis = tally->analysis;
    ent_voter voter = ent_voter_of(analysis, tally->account, party);
    if (accepts_all(&voter)) {
        tally->counts[party] = ent_alloc(work->arena, 1, uint32_t);
        tally->counts[party][0] = tally->worlds;
        return ENT_OK;
    }
    ent_voters alone = {.at = &voter, .party = &party, .count = 1};
    ent_sweep sweep;
    ent_status status = ent_sweep_grid(work, &tally->party_grid[party], &alone, NULL, &sweep);
    tally->counts[party] = sweep.counts[0];
    return status;
}

/*
 * The issues in which the party has a stake and those that its lines name, as a grid: none where
 * they make no difference.
 */
static ent_grid own_grid(ent_arena *arena, const ent_analysis *analysis, size_t account,
                         uint32_t party)
{
    const ent_space *space = &analysis->c->space;
    ent_voter voter = ent_voter_of(analysis, account, party);
    const ent_stakes *stakes = voter.stakes;
    bool *issues = ent_alloc(arena, space->issue_count + 1, bool);
    for (uint32_t g = 0; g < stakes->groups && !accepts_all(&voter); g++) {
        issues[stakes->group_issue[g]] = true;
    }
    for (size_t i = 0; i < voter.lines.count; i++) {
        const ent_package *package = voter.lines.at[i].package;
        for (size_t j = 0; j < package->count; j++) {
            issues[package->choices[j].issue] = true;
        }
    }
    ent_grid grid;
    (void)ent_grid_of(arena, space, issues, &grid);
    return grid;
}

/*
 * The parties with a say, and after them those observers for whom the outcomes that can be had are
 * fewer than those of their own issues.
 */
static ent_voters joint_voters(ent_arena *arena, const ent_tally *tally)
{
    const ent_analysis *analysis = tally->analysis;
    const ent_case *c = analysis->c;
    ent_voters all = ent_voters_of(arena, analysis, tally->account);
    bool *never = ent_alloc(arena, c->space.issue_count + 1, bool);
    for (uint32_t p = 0; p < c->party_count && all.count < ENT_MOST_VOTERS; p++) {
        if (c->parties[p].role == ENT_OBSERVER &&
            (analysis->councils.members >> p & 1) == 0 &&
            tally->party_grid[p].outcomes > tally->available_count) {
            all.party[all.count] = p;
            all.at[all.count] = ent_voter_of(analysis, tally->account, p);
            all.at[all.count++].asked = never;
        }
    }
    return all;
}

/* All of them together, for their counts and the zone. */
static ent_status tally_voters(ent_work *work, ent_tally *tally, const ent_voters *all)
{
    ent_sweep sweep = {.zone_count = tally->available_count > 0 ? tally->worlds : 0};
    if (all->count > 0) {
        ent_status status =
            ent_sweep_grid(work, &tally->grid, all, tally->available, &sweep);
        if (status != ENT_OK) {
            return status;
        }
    }
    tally->zone = sweep.zone;
    tally->zone_count = sweep.zone_count;
    for (size_t v = 0; v < all->count; v++) {
        tally->counts[all->party[v]] = sweep.counts[v];
        tally->party_grid[all->party[v]] = tally->grid;
    }
    return ENT_OK;
}

static ent_status begin_tally(ent_work *work, const ent_analysis *analysis, size_t account,
                              ent_tally *tally)
{
    const ent_case *c = analysis->c;
    *tally = (ent_tally){.analysis = analysis, .account = account};
    tally->worlds = analysis->settings.worlds;
    tally->voters = ent_voters_of(work->arena, analysis, account);
    if (!ent_grid_of(work->arena, &c->space, NULL, &tally->grid) ||
        tally->grid.outcomes > analysis->settings.sweep_limit) {
        return ent_fail(work->diags, ENT_LIMIT, ENT_A101_TOO_MANY_OUTCOMES, NULL,
                        "the case has too many outcomes to sweep");
    }
    tally->available = ent_grid_available(work, &tally->grid, &analysis->worlds[account].bans,
                                          &tally->available_count);
    tally->counts = ent_alloc(work->arena, c->party_count + 1, uint32_t *);
    tally->party_grid = ent_alloc(work->arena, c->party_count + 1, ent_grid);
    return ENT_OK;
}

ent_status ent_tally_account(ent_work *work, const ent_analysis *analysis, size_t account,
                             ent_tally *tally)
{
    const ent_case *c = analysis->c;
    ent_status status = begin_tally(work, analysis, account, tally);
    if (status != ENT_OK) {
        return status;
    }
    for (uint32_t p = 0; p < c->party_count; p++) {
        tally->party_grid[p] = own_grid(work->arena, analysis, account, p);
    }
    ent_voters all = joint_voters(work->arena, tally);
    status = tally_voters(work, tally, &all);
    for (uint32_t p = 0; p < c->party_count && status == ENT_OK; p++) {
        if (tally->counts[p] == NULL) {
            status = tally_observer(work, tally, p);
        }
    }
    return status;
}

/* Take out what needs a council that cannot consent whoever votes. */
static void forbid_hopeless(const ent_councils *councils, const ent_grid *grid,
                            uint8_t *available, uint64_t *levels)
{
    for (size_t k = 0; k < councils->count; k++) {
        const ent_council *council = &councils->at[k];
        if (council->implied || ent_council_consents(council, UINT64_MAX)) {
            continue;
        }
        for (uint64_t i = 0; i < grid->outcomes; i++) {
            if (available[i] != 0) {
                ent_grid_outcome(grid, i, levels);
                available[i] = !ent_is_touched(council->asked, grid->space->issue_count, levels);
            }
        }
    }
}

ent_status ent_tally_zone(ent_work *work, const ent_analysis *analysis, size_t account,
                          ent_tally *tally)
{
    ent_status status = begin_tally(work, analysis, account, tally);
    if (status != ENT_OK) {
        return status;
    }
    uint64_t *levels = ent_alloc(work->arena, analysis->c->space.issue_count + 1, uint64_t);
    forbid_hopeless(&analysis->councils, &tally->grid, tally->available, levels);
    tally->available_count = 0;
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        tally->available_count += tally->available[i];
    }
    return tally_voters(work, tally, &tally->voters);
}

ent_kept *ent_kept_in(const ent_analysis *analysis, size_t account, const ent_arena *arena)
{
    ent_kept *kept = &analysis->kept[account];
    if (kept->in != arena) {
        *kept = (ent_kept){.in = arena};
    }
    return kept;
}

ent_status ent_tally_of(ent_work *work, const ent_analysis *analysis, size_t account,
                        const ent_tally **tally)
{
    ent_kept *kept = ent_kept_in(analysis, account, work->arena);
    if (kept->tally == NULL) {
        ent_tally *made = ent_alloc(work->arena, 1, ent_tally);
        ent_status status = ent_tally_account(work, analysis, account, made);
        if (status != ENT_OK) {
            return status;
        }
        kept->tally = made;
    }
    *tally = kept->tally;
    return ENT_OK;
}

uint32_t ent_tally_count(const ent_tally *tally, uint32_t party, const uint64_t *levels)
{
    return tally->counts[party][ent_grid_index(&tally->party_grid[party], levels)];
}

/* The product over those asked, where no council binds. */
static double joint_at(const ent_tally *tally, uint64_t index, uint64_t *levels)
{
    const ent_space *space = &tally->analysis->c->space;
    const ent_party *parties = tally->analysis->c->parties;
    double joint = 1;
    bool placed = false;
    for (size_t v = 0; v < tally->voters.count && joint > 0; v++) {
        uint32_t party = tally->voters.party[v];
        if (parties[party].role == ENT_APPROVER && !placed) {
            ent_grid_outcome(&tally->grid, index, levels);
            placed = true;
        }
        if (parties[party].role == ENT_DECIDER ||
            ent_party_asked(&parties[party], space->issue_count, levels)) {
            joint *= (double)tally->counts[party][index] / tally->worlds;
        }
    }
    return joint;
}

double *ent_tally_joint(ent_arena *arena, const ent_tally *tally)
{
    const ent_case *c = tally->analysis->c;
    const ent_councils *councils = &tally->analysis->councils;
    double *joint = ent_alloc(arena, tally->grid.outcomes, double);
    double *share = ent_alloc(arena, (size_t)c->party_count + 1, double);
    uint64_t *levels = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        if (tally->available[i] == 0) {
            joint[i] = -1;
        } else if (councils->binding == 0) {
            joint[i] = joint_at(tally, i, levels);
        } else {
            ent_grid_outcome(&tally->grid, i, levels);
            for (size_t v = 0; v < tally->voters.count; v++) {
                uint32_t party = tally->voters.party[v];
                share[party] = (double)tally->counts[party][i] / tally->worlds;
            }
            joint[i] = ent_joint_share(c, councils, levels, share);
        }
    }
    return joint;
}
