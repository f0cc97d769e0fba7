#include "answers/regrow.h"

#include "answers/search.h"

#include <string.h>

/* Up to so many available outcomes a sweep settles a world sooner than a search does. */
enum { SWEEP_SOONER = 10000 };

/* Which of the statements say something about the party. */
static bool *key_of(const ent_regrower *r, const bool *in, uint32_t party)
{
    const ent_case *c = r->analysis->c;
    bool *key = ent_alloc(r->work->arena, c->statement_count + 1, bool);
    for (uint32_t s = 0; s < c->statement_count; s++) {
        for (size_t i = 0; in[s] && i < c->statements[s].claim_count; i++) {
            const ent_claim *claim = &c->statements[s].claims[i];
            bool rows = ent_verb_has_rows(claim->verb);
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

static ent_oracle *oracle_of(ent_arena *arena, const ent_polytope *polytope)
{
    ent_oracle *oracle = ent_oracle_create(arena, polytope->stakes);
    const ent_row **rows = ent_alloc(arena, polytope->row_count + 1, const ent_row *);
    for (size_t i = 0; i < polytope->row_count; i++) {
        rows[i] = &polytope->rows[i];
    }
    (void)ent_oracle_decide(oracle, rows, polytope->row_count);
    return oracle;
}

/* Do the rows of a that b does not have follow from b's? One linear program for each of them. */
static bool follows(const ent_drawn *a, const ent_drawn *b)
{
    for (size_t i = 0; i < a->polytope->row_count; i++) {
        const ent_row *row = &a->polytope->rows[i];
        if (row->statement == ENT_NONE || b->key[row->statement]) {
            continue;
        }
        if (!(ent_oracle_range(b->oracle, row->a, row->beta, row->gamma).low >= -1e-9)) {
            return false;
        }
    }
    return true;
}

/* Worlds of the same polytope that are there already. */
static const ent_world_set *same_polytope(const ent_regrower *r, const ent_drawn *drawn)
{
    for (size_t i = 0; i < r->drawn_count; i++) {
        const ent_drawn *other = r->drawn[i];
        if (other != drawn && other->party == drawn->party && follows(other, drawn) &&
            follows(drawn, other)) {
            return other->set;
        }
    }
    return NULL;
}

/* The party's worlds under the statements: those of an equal polytope, or drawn. */
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
    drawn->polytope = &worlds.polytopes[party];
    drawn->oracle = oracle_of(arena, drawn->polytope);
    drawn->set = same_polytope(r, drawn);
    if (drawn->set != NULL) {
        return ENT_OK;
    }
    drawn->set = &worlds.sets[party];
    return ent_draw_party(&r->quiet, &fewer, r->account, party, &worlds);
}

/* The parties with a say get their lines and their worlds: those at hand, or new ones. */
static ent_status give_worlds(ent_regrower *r, ent_regrown *regrown)
{
    ent_lines lines = ent_lines_of(r->work->arena, r->analysis->c, regrown->in);
    ent_status status = ENT_OK;
    for (size_t v = 0; v < regrown->voters.count && status == ENT_OK; v++) {
        uint32_t party = regrown->voters.party[v];
        regrown->voters.at[v].lines = ent_lines_of_party(&lines, party);
        bool *key = key_of(r, regrown->in, party);
        ent_drawn *drawn = find_drawn(r, party, key);
        if (drawn == NULL) {
            drawn = remember(r, party, key);
            status = draw(r, party, regrown->in, drawn);
        }
        regrown->voters.at[v].set = drawn->set;
    }
    return status;
}

/* The first worlds of a set. */
static const ent_world_set *first_worlds(ent_arena *arena, const ent_world_set *all,
                                         uint32_t worlds)
{
    ent_world_set *set = ent_alloc(arena, 1, ent_world_set);
    *set = *all;
    set->worlds = worlds;
    if (all->worlds > 0) {
        set->effective *= (double)worlds / all->worlds;
    }
    return set;
}

/* The account as it stands. */
static void set_base(ent_regrower *r, const ent_account_worlds *now)
{
    r->base = (ent_regrown){.consistent = true, .in = now->account->in, .bans = now->bans};
    r->base.voters = ent_voters_of(r->work->arena, r->analysis, r->account);
    for (size_t v = 0; v < r->base.voters.count; v++) {
        uint32_t party = r->base.voters.party[v];
        ent_drawn *drawn = remember(r, party, key_of(r, now->account->in, party));
        drawn->polytope = &now->polytopes[party];
        drawn->oracle = oracle_of(r->work->arena, drawn->polytope);
        drawn->set = first_worlds(r->work->arena, &now->sets[party], r->worlds);
        r->base.voters.at[v].set = drawn->set;
    }
}

static void destroy_diags(void *diags)
{
    ent_diags_destroy(diags);
}

ent_regrower *ent_regrower_of(ent_work *work, const ent_analysis *analysis, size_t account)
{
    const ent_case *c = analysis->c;
    ent_account_worlds *now = &analysis->worlds[account];
    ent_keep_in(now, work->arena);
    if (now->regrower != NULL) {
        now->regrower->work = work;
        return now->regrower;
    }
    uint32_t worlds = analysis->settings.worlds;
    ent_regrower *r = ent_alloc(work->arena, 1, ent_regrower);
    *r = (ent_regrower){.work = work, .analysis = analysis, .account = account};
    r->worlds = worlds < ENT_REGROWN_WORLDS ? worlds : ENT_REGROWN_WORLDS;
    r->quiet = *work;
    r->quiet.diags = ent_diags_create();
    if (r->quiet.diags == NULL) {
        ent_out_of_memory(work->arena);
    }
    ent_defer(work->arena, destroy_diags, r->quiet.diags);
    r->forced = ent_alloc(work->arena, c->statement_count + 1, bool);
    for (size_t i = 0; i < analysis->settings.with_count; i++) {
        r->forced[analysis->settings.with[i]] = true;
    }
    r->gridded = ent_can_sweep(analysis) && ent_grid_of(work->arena, &c->space, NULL, &r->grid);
    set_base(r, now);
    now->regrower = r;
    return r;
}

/*
 * Make way for what is forced: a statement of the account's core that collides with it is taken
 * out, the last of a smallest collision first. False when what is forced contradicts itself.
 */
static bool make_way(const ent_dispute *collision, const bool *forced, bool *on)
{
    for (size_t i = collision == NULL ? 0 : collision->count; i-- > 0;) {
        uint32_t statement = collision->statements[i];
        if (on[statement] && (forced == NULL || !forced[statement])) {
            on[statement] = false;
            return true;
        }
    }
    return false;
}

ent_status ent_regrow(ent_regrower *r, bool *on, const bool *forced, ent_regrown *regrown)
{
    ent_accounts accounts;
    const ent_account *account;
    do {
        ent_view view = {on, forced, NULL};
        ent_status status = ent_grow_accounts(r->work, r->analysis->c, &view, &accounts);
        if (status != ENT_OK) {
            return status;
        }
        account = &accounts.at[r->account];
    } while (!account->consistent && make_way(account->core_dispute, forced, on));
    *regrown = (ent_regrown){.consistent = account->consistent, .in = account->in};
    if (!account->consistent) {
        return ENT_OK;
    }
    regrown->bans = ent_bans_of(r->work->arena, r->analysis->c, account->in);
    regrown->voters = ent_voters_of(r->work->arena, r->analysis, r->account);
    return give_worlds(r, regrown);
}

static bool same_bans(const ent_bans *a, const ent_bans *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        same = a->statement[i] == b->statement[i];
    }
    return same;
}

static bool same_lines(const ent_lines *a, const ent_lines *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        same = a->at[i].statement == b->at[i].statement && a->at[i].claim == b->at[i].claim;
    }
    return same;
}

bool ent_same_worlds(const ent_regrown *a, const ent_regrown *b)
{
    for (size_t v = 0; v < a->voters.count; v++) {
        const ent_voter *x = &a->voters.at[v];
        const ent_voter *y = &b->voters.at[v];
        if (x->set != y->set || !same_lines(&x->lines, &y->lines)) {
            return false;
        }
    }
    return same_bans(&a->bans, &b->bans);
}

const uint8_t *ent_regrown_available(ent_regrower *r, const ent_regrown *regrown)
{
    if (r->available == NULL || !same_bans(&r->bans, &regrown->bans)) {
        r->available =
            ent_grid_available(r->work, &r->grid, &regrown->bans, &r->available_count);
        r->bans = regrown->bans;
    }
    return r->available;
}

ent_status ent_regrown_zone(ent_regrower *r, ent_regrown *regrown)
{
    ent_arena *arena = r->work->arena;
    for (size_t i = 0; i < r->zone_count; i++) {
        if (ent_same_worlds(r->zones[i], regrown)) {
            regrown->zone = r->zones[i]->zone;
            regrown->zone_count = r->zones[i]->zone_count;
            return ENT_OK;
        }
    }
    uint8_t *zone = ent_alloc(arena, r->worlds + 1, uint8_t);
    const uint8_t *available = r->gridded ? ent_regrown_available(r, regrown) : NULL;
    ent_status status;
    if (available != NULL && regrown->voters.count > 0 && r->available_count <= SWEEP_SOONER) {
        ent_sweep sweep;
        status = ent_sweep_grid(r->work, &r->grid, &regrown->voters, available, &sweep);
        zone = sweep.zone;
    } else {
        uint32_t undecided;
        status = ent_search_zone(r->work, &r->analysis->c->space, &regrown->bans,
                                 &regrown->voters, r->worlds, zone, &undecided);
    }
    if (status != ENT_OK) {
        return status;
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
