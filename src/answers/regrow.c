#include "answers/regrow.h"

#include "answers/search.h"

#include <string.h>

/* Up to so many outcomes a sweep settles a world sooner than a search does. */
enum { SWEEP_SOONER = 8000 };

/* Which of the statements say something about the party. */
static bool *key_of(const ent_regrower *r, const bool *in, uint32_t party)
{
    const ent_case *c = r->analysis->c;
    bool *key = ent_alloc(r->work->arena, c->statement_count + 1, bool);
    for (uint32_t s = 0; s < c->statement_count; s++) {
        for (size_t i = 0; in[s] && i < c->statements[s].claim_count; i++) {
            const ent_claim *claim = &c->statements[s].claims[i];
            bool rows = claim->verb != ENT_CANNOT && claim->verb != ENT_TRUSTS;
            key[s] = key[s] || (rows && claim->party == party);
        }
    }
    return key;
}

static ent_drawn *find_drawn(const ent_regrower *r, uint32_t party, const bool *key)
{
    for (size_t i = 0; i < r->drawn_count; i++) {
        if (r->drawn[i]->party == party &&
            memcmp(r->drawn[i]->key, key, r->analysis->c->statement_count * sizeof *key) == 0) {
            return r->drawn[i];
        }
    }
    return NULL;
}

static ent_drawn *remember(ent_regrower *r, uint32_t party, const bool *key)
{
    ent_drawn *drawn = ent_alloc(r->work->arena, 1, ent_drawn);
    drawn->party = party;
    drawn->key = key;
    ent_grow(r->work->arena, (void **)&r->drawn, &r->drawn_room, r->drawn_count + 1,
             sizeof *r->drawn);
    r->drawn[r->drawn_count++] = drawn;
    return drawn;
}

/* Draw the party's worlds under the statements. */
static ent_status draw(ent_regrower *r, uint32_t party, const bool *in, ent_drawn *drawn)
{
    const ent_case *c = r->analysis->c;
    ent_arena *arena = r->work->arena;
    ent_analysis fewer = *r->analysis;
    fewer.settings.worlds = r->worlds;
    ent_account_worlds worlds = {.polytopes = ent_alloc(arena, c->party_count, ent_polytope),
                                 .oracles = ent_alloc(arena, c->party_count, ent_oracle *),
                                 .sets = ent_alloc(arena, c->party_count, ent_world_set)};
    worlds.polytopes[party] = ent_polytope_of(arena, c, r->analysis->stakes[party], in);
    ent_status status = ent_draw_party(r->work, &fewer, r->account, party, &worlds);
    drawn->set = worlds.sets[party];
    return status;
}

/* The parties with a say get their worlds: those at hand, or new ones. */
static ent_status give_worlds(ent_regrower *r, ent_regrown *regrown)
{
    ent_status status = ENT_OK;
    for (size_t v = 0; v < regrown->voters.count && status == ENT_OK; v++) {
        uint32_t party = regrown->voters.party[v];
        bool *key = key_of(r, regrown->in, party);
        ent_drawn *drawn = find_drawn(r, party, key);
        if (drawn == NULL) {
            drawn = remember(r, party, key);
            status = draw(r, party, regrown->in, drawn);
        }
        regrown->voters.at[v].set = &drawn->set;
    }
    return status;
}

ent_regrower ent_regrower_of(ent_work *work, const ent_analysis *analysis, size_t account,
                             uint32_t worlds)
{
    const ent_case *c = analysis->c;
    const ent_account_worlds *now = &analysis->worlds[account];
    ent_regrower r = {.work = work, .analysis = analysis, .account = account};
    r.worlds = worlds < analysis->settings.worlds ? worlds : analysis->settings.worlds;
    r.forced = ent_alloc(work->arena, c->statement_count + 1, bool);
    for (size_t i = 0; i < analysis->settings.with_count; i++) {
        r.forced[analysis->settings.with[i]] = true;
    }
    r.base = (ent_regrown){.consistent = true, .in = now->account->in, .bans = now->bans};
    r.base.voters = ent_voters_of(work->arena, analysis, account);
    for (size_t v = 0; v < r.base.voters.count; v++) {
        uint32_t party = r.base.voters.party[v];
        ent_drawn *drawn = remember(&r, party, key_of(&r, now->account->in, party));
        drawn->set = now->sets[party];
        drawn->set.worlds = r.worlds; /* its first ones */
        if (drawn->set.effective > 0 && now->sets[party].worlds > 0) {
            drawn->set.effective *= (double)r.worlds / now->sets[party].worlds;
        }
        r.base.voters.at[v].set = &drawn->set;
    }
    return r;
}

ent_status ent_regrow(ent_regrower *r, const bool *on, const bool *forced, ent_regrown *regrown)
{
    ent_accounts accounts;
    ent_status status = ent_grow_accounts(r->work, r->analysis->c, on, forced, &accounts);
    if (status != ENT_OK) {
        return status;
    }
    const ent_account *account = &accounts.at[r->account];
    *regrown = (ent_regrown){.consistent = account->consistent, .in = account->in};
    if (!account->consistent) {
        return ENT_OK;
    }
    regrown->bans = ent_bans_of(r->work->arena, r->analysis->c, account->in);
    regrown->voters = ent_voters_of(r->work->arena, r->analysis, r->account);
    return give_worlds(r, regrown);
}

/* Do two accounts have the same worlds and the same bans? */
static bool same_worlds(const ent_regrown *a, const ent_regrown *b)
{
    for (size_t v = 0; v < a->voters.count; v++) {
        if (a->voters.at[v].set != b->voters.at[v].set) {
            return false;
        }
    }
    bool same = a->bans.count == b->bans.count;
    for (size_t i = 0; same && i < a->bans.count; i++) {
        same = a->bans.statement[i] == b->bans.statement[i];
    }
    return same;
}

static ent_status sweep_zone(ent_regrower *r, const ent_grid *grid, ent_regrown *regrown,
                             uint8_t **zone)
{
    uint64_t available;
    const uint8_t *which = ent_grid_available(r->work, grid, &regrown->bans, &available);
    ent_sweep sweep;
    ent_status status = ent_sweep_grid(r->work, grid, regrown->voters.at, regrown->voters.count,
                                       which, &sweep);
    *zone = sweep.zone;
    return status;
}

ent_status ent_regrown_zone(ent_regrower *r, ent_regrown *regrown)
{
    ent_arena *arena = r->work->arena;
    for (size_t i = 0; i < r->zone_count; i++) {
        if (same_worlds(r->zones[i], regrown)) {
            regrown->zone = r->zones[i]->zone;
            regrown->zone_count = r->zones[i]->zone_count;
            return ENT_OK;
        }
    }
    ent_grid grid;
    uint8_t *zone = ent_alloc(arena, r->worlds + 1, uint8_t);
    uint32_t undecided;
    ent_status status;
    if (regrown->voters.count > 0 && regrown->voters.count <= ENT_MOST_VOTERS &&
        ent_grid_of(arena, &r->analysis->c->space, NULL, &grid) &&
        grid.outcomes <= SWEEP_SOONER) {
        status = sweep_zone(r, &grid, regrown, &zone);
    } else {
        status = ent_search_zone(r->work, &r->analysis->c->space, &regrown->bans,
                                 &regrown->voters, r->worlds, zone, &undecided);
    }
    regrown->zone = zone;
    regrown->zone_count = 0;
    for (uint32_t w = 0; w < r->worlds; w++) {
        regrown->zone_count += zone[w];
    }
    ent_grow(arena, (void **)&r->zones, &r->zone_room, r->zone_count + 1, sizeof *r->zones);
    ent_regrown *known = ent_alloc(arena, 1, ent_regrown);
    *known = *regrown;
    r->zones[r->zone_count++] = known;
    return status;
}
