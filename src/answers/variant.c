#include "answers/variant.h"

#include "answers/quiet.h"
#include "answers/search.h"

#include <string.h>

/* Up to so many available outcomes a sweep settles a world sooner than a search does. */
enum { SWEEP_SOONER = 10000 };

/* A party's worlds under some of the statements about it. */
typedef struct drawn {
    uint32_t party;
    const bool *key; /* [statements] those that are believed and say something about the party */
    const ent_polytope *polytope;
    ent_oracle *oracle; /* has decided its rows */
    const ent_world_set *set;
    bool borrowed; /* the set was drawn for an equal polytope */
    size_t as;     /* the first account that believed the same when it was drawn */
} drawn;

/* What the variants of an account with so many worlds share. */
typedef struct ent_variants {
    const ent_analysis *analysis;
    size_t account;
    uint32_t worlds;
    ent_diags *quiet; /* nobody is told about every variant's sample */
    bool *forced;     /* [statements] what the settings force */
    ent_account_worlds base; /* the account as it is, on `worlds` worlds */
    drawn **drawn;
    size_t drawn_count, drawn_room;
    const ent_variant **zones; /* whose zone is known */
    size_t zone_count, zone_room;
    ent_grid grid; /* of all issues */
    bool gridded;  /* the space may be swept */
    const ent_bans *bans; /* those that `available` was made for */
    const uint8_t *available;
    uint64_t available_count;
    struct ent_variants *next; /* with another number of worlds */
} ent_variants;

/* ---- Worlds of a party ---------------------------------------------------------------------- */

/* Which statements put rows on the party's polytope. */
static bool *key_of(ent_arena *arena, const ent_case *c, const bool *in, uint32_t party)
{
    bool *key = ent_alloc(arena, (size_t)c->statement_count + 1, bool);
    for (uint32_t s = 0; s < c->statement_count; s++) {
        for (size_t i = 0; in[s] && i < c->statements[s].claim_count; i++) {
            const ent_claim *claim = &c->statements[s].claims[i];
            key[s] = key[s] || (ent_verb_has_rows(claim->verb) && claim->party == party);
        }
    }
    return key;
}

/* afresh: as an analysis of its own would have them, the account being the same as `as`. */
static drawn *find_drawn(const ent_variants *v, uint32_t party, const bool *key, bool afresh,
                         size_t as)
{
    size_t bytes = v->analysis->c->statement_count * sizeof *key;
    for (size_t i = 0; i < v->drawn_count; i++) {
        bool other = afresh && (v->drawn[i]->borrowed || v->drawn[i]->as != as);
        if (v->drawn[i]->party == party && !other &&
            memcmp(v->drawn[i]->key, key, bytes) == 0) {
            return v->drawn[i];
        }
    }
    return NULL;
}

static drawn *remember(ent_arena *arena, ent_variants *v, uint32_t party, const bool *key)
{
    drawn *d = ent_alloc(arena, 1, drawn);
    d->party = party;
    d->key = key;
    ent_grow(arena, (void **)&v->drawn, &v->drawn_room, v->drawn_count + 1, sizeof *v->drawn);
    v->drawn[v->drawn_count++] = d;
    return d;
}

/* Do the rows of a that b does not have follow from b's? One linear program for each of them. */
static bool follows(const drawn *a, const drawn *b)
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
static const ent_world_set *same_polytope(const ent_variants *v, const drawn *d)
{
    for (size_t i = 0; i < v->drawn_count; i++) {
        const drawn *other = v->drawn[i];
        if (other != d && other->party == d->party && follows(other, d) && follows(d, other)) {
            return other->set;
        }
    }
    return NULL;
}

static void alloc_worlds(ent_arena *arena, const ent_case *c, ent_account_worlds *worlds)
{
    worlds->polytopes = ent_alloc(arena, (size_t)c->party_count + 1, ent_polytope);
    worlds->oracles = ent_alloc(arena, (size_t)c->party_count + 1, ent_oracle *);
    worlds->sets = ent_alloc(arena, (size_t)c->party_count + 1, ent_world_set);
}

/* The party's worlds under the statements: those of an equal polytope, or drawn. */
static ent_status draw(ent_work *work, const ent_variants *v, const ent_accounts *accounts,
                       bool afresh, drawn *d)
{
    const ent_case *c = v->analysis->c;
    ent_arena *arena = work->arena;
    ent_analysis fewer = *v->analysis;
    fewer.settings.worlds = v->worlds;
    if (afresh) {
        fewer.accounts = *accounts;
    }
    d->as = fewer.accounts.at[v->account].same_as;
    ent_account_worlds worlds;
    alloc_worlds(arena, c, &worlds);
    worlds.polytopes[d->party] =
        ent_polytope_of(arena, c, v->analysis->stakes[d->party], accounts->at[v->account].in);
    d->polytope = &worlds.polytopes[d->party];
    d->oracle = ent_oracle_of(arena, d->polytope, NULL);
    d->set = afresh ? NULL : same_polytope(v, d);
    d->borrowed = d->set != NULL;
    if (d->borrowed) {
        return ENT_OK;
    }
    d->set = &worlds.sets[d->party];
    ent_work quiet = *work;
    quiet.diags = v->quiet;
    return ent_draw_party(&quiet, &fewer, v->account, d->party, &worlds);
}

/* Each party gets its worlds: those at hand, or new ones. */
static ent_status give_worlds(ent_work *work, ent_variants *v,
                               const ent_accounts *accounts, bool afresh,
                               ent_account_worlds *worlds)
{
    const ent_case *c = v->analysis->c;
    const ent_account *account = &accounts->at[v->account];
    for (uint32_t p = 0; p < c->party_count; p++) {
        bool *key = key_of(work->arena, c, account->in, p);
        drawn *d = find_drawn(v, p, key, afresh, account->same_as);
        if (d == NULL) {
            d = remember(work->arena, v, p, key);
            ent_status status = draw(work, v, accounts, afresh, d);
            if (status != ENT_OK) {
                return status;
            }
        }
        worlds->polytopes[p] = *d->polytope;
        worlds->oracles[p] = d->oracle;
        worlds->sets[p] = *d->set;
    }
    return ENT_OK;
}

/* ---- What the variants share ---------------------------------------------------------------- */

/* The first worlds of a set. */
static ent_world_set first_worlds(const ent_world_set *all, uint32_t worlds)
{
    ent_world_set set = *all;
    set.worlds = worlds;
    if (all->worlds > 0) {
        set.effective *= (double)worlds / all->worlds;
    }
    return set;
}

/* The account as it stands. */
static void set_base(ent_arena *arena, ent_variants *v)
{
    const ent_case *c = v->analysis->c;
    const ent_account_worlds *now = &v->analysis->worlds[v->account];
    v->base = *now;
    alloc_worlds(arena, c, &v->base);
    for (uint32_t p = 0; p < c->party_count; p++) {
        drawn *d = remember(arena, v, p, key_of(arena, c, now->account->in, p));
        v->base.sets[p] = first_worlds(&now->sets[p], v->worlds);
        v->base.polytopes[p] = now->polytopes[p];
        v->base.oracles[p] = ent_oracle_of(arena, &now->polytopes[p], NULL);
        d->as = v->analysis->accounts.at[v->account].same_as;
        d->polytope = &v->base.polytopes[p];
        d->oracle = v->base.oracles[p];
        d->set = &v->base.sets[p];
    }
}

/* Made the first time that so many worlds are asked for. */
static ent_variants *variants_of(ent_work *work, const ent_analysis *analysis, size_t account,
                                 uint32_t asked)
{
    const ent_case *c = analysis->c;
    uint32_t most = analysis->settings.worlds;
    uint32_t worlds = asked == 0 || asked > most ? most : asked;
    ent_kept *kept = ent_kept_in(analysis, account, work->arena);
    for (ent_variants *v = kept->variants; v != NULL; v = v->next) {
        if (v->worlds == worlds) {
            return v;
        }
    }
    ent_variants *v = ent_alloc(work->arena, 1, ent_variants);
    *v = (ent_variants){.analysis = analysis, .account = account, .worlds = worlds};
    v->quiet = ent_quietly(work).diags;
    v->forced = ent_alloc(work->arena, (size_t)c->statement_count + 1, bool);
    for (size_t i = 0; i < analysis->settings.with_count; i++) {
        v->forced[analysis->settings.with[i]] = true;
    }
    v->gridded = ent_can_sweep(analysis) && ent_grid_of(work->arena, &c->space, NULL, &v->grid);
    set_base(work->arena, v);
    v->next = kept->variants;
    kept->variants = v;
    return v;
}

/* ---- Another record ------------------------------------------------------------------------- */

/*
 * Make way for what is forced: a statement of the account's core that collides with it is taken
 * out, the last of a smallest collision first. False when what is forced contradicts itself.
 */
static bool make_way(const ent_dispute *collision, const bool *forced, bool *on)
{
    for (size_t i = collision == NULL ? 0 : collision->count; i-- > 0;) {
        uint32_t statement = collision->statements[i];
        if (on[statement] && !forced[statement]) {
            on[statement] = false;
            return true;
        }
    }
    return false;
}

/*
 * The accounts under the view. Whom an account agrees with decides how worlds are drawn afresh;
 * otherwise the others are not looked at, and are as they were.
 */
static ent_status grow_under(ent_work *work, const ent_variants *v, const ent_view *view,
                             bool afresh, ent_accounts *accounts)
{
    const ent_case *c = v->analysis->c;
    if (afresh) {
        return ent_grow_accounts(work, c, view, accounts);
    }
    size_t count = v->analysis->accounts.count;
    ent_account *at = ent_alloc(work->arena, count + 1, ent_account);
    memcpy(at, v->analysis->accounts.at, count * sizeof *at);
    *accounts = (ent_accounts){at, count};
    return ent_regrow_account(work, c, view, &at[v->account]);
}

/* Grow the account under the record and give it worlds. */
static ent_status change_record(ent_work *work, ent_variants *v, const ent_otherwise *o,
                                ent_variant *variant)
{
    const ent_case *c = v->analysis->c;
    ent_analysis *a = &variant->analysis;
    size_t bytes = c->statement_count * sizeof *o->on;
    bool *on = ent_alloc(work->arena, (size_t)c->statement_count + 1, bool);
    memcpy(on, o->on != NULL ? o->on : v->analysis->on, bytes);
    const bool *forced = o->forced != NULL ? o->forced : v->forced;
    const ent_account *account;
    do {
        ent_view view = {on, forced, v->analysis->later};
        ent_status status = grow_under(work, v, &view, o->afresh, &a->accounts);
        if (status != ENT_OK) {
            return status;
        }
        account = &a->accounts.at[v->account];
    } while (!account->consistent && make_way(account->core_dispute, forced, on));
    a->on = on;
    variant->consistent = account->consistent;
    if (!account->consistent) {
        a->worlds[v->account].account = NULL;
        return ENT_OK;
    }
    ent_account_worlds *worlds = &a->worlds[v->account];
    worlds->account = account;
    worlds->bans = ent_bans_of(work->arena, c, account->in);
    worlds->lines = ent_lines_of(work->arena, c, account->in);
    alloc_worlds(work->arena, c, worlds);
    return give_worlds(work, v, &a->accounts, o->afresh, worlds);
}

/* ---- Issues that stay where they are -------------------------------------------------------- */

/* Every way to begin the issue, each to be banned. */
static void close_issue(ent_arena *arena, const ent_space *space, uint32_t issue, ent_bans *bans)
{
    const ent_issue *at = &space->issues[issue];
    uint32_t ways = at->kind == ENT_ITEMS ? at->parts : 1;
    ent_package *list = ent_alloc(arena, bans->count + ways, ent_package);
    uint32_t *statement = ent_alloc(arena, bans->count + ways, uint32_t);
    for (size_t i = 0; i < bans->count; i++) {
        list[i] = bans->at[i];
        statement[i] = bans->statement != NULL ? bans->statement[i] : ENT_NONE;
    }
    for (uint32_t w = 0; w < ways; w++) {
        ent_choice *choice = ent_alloc(arena, 1, ent_choice);
        *choice = (ent_choice){.issue = issue, .level = (uint64_t)1 << w};
        list[bans->count + w] = (ent_package){.choices = choice, .count = 1};
        statement[bans->count + w] = ENT_NONE;
    }
    *bans = (ent_bans){list, statement, bans->count + ways};
}

/* ---- What is the same ----------------------------------------------------------------------- */

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

/* Is nothing otherwise that a deal depends on? */
static bool same_worlds(const ent_variant *a, const ent_account_worlds *b)
{
    const ent_account_worlds *mine = &a->analysis.worlds[a->account];
    for (uint32_t p = 0; p < a->analysis.c->party_count; p++) {
        if (mine->sets[p].z != b->sets[p].z || mine->sets[p].b != b->sets[p].b) {
            return false;
        }
    }
    return same_bans(&mine->bans, &b->bans) && same_lines(&mine->lines, &b->lines);
}

/* ---- A variant ------------------------------------------------------------------------------ */

ent_status ent_vary(ent_work *work, const ent_analysis *analysis, size_t account,
                    const ent_otherwise *otherwise, ent_variant **variant)
{
    ent_arena *arena = work->arena;
    ent_variants *v = variants_of(work, analysis, account, otherwise->worlds);
    ent_variant *made = ent_alloc(arena, 1, ent_variant);
    *made = (ent_variant){.analysis = *analysis, .account = account, .consistent = true, .of = v};
    ent_analysis *a = &made->analysis;
    a->settings.worlds = v->worlds;
    a->settings.account = analysis->worlds[account].account->id;
    a->worlds = ent_alloc(arena, analysis->accounts.count + 1, ent_account_worlds);
    a->kept = ent_alloc(arena, analysis->accounts.count + 1, ent_kept);
    a->worlds[account] = v->base;
    bool record = otherwise->on != NULL || otherwise->forced != NULL;
    made->plain =
        otherwise->unnamed == NULL && otherwise->closed == NULL && otherwise->c == NULL;
    *variant = made;
    ent_status status = record ? change_record(work, v, otherwise, made) : ENT_OK;
    if (status != ENT_OK || !made->consistent) {
        return status;
    }
    if (otherwise->c != NULL) {
        a->c = otherwise->c;
    }
    if (otherwise->unnamed != NULL) {
        a->settings.unnamed = *otherwise->unnamed;
        a->councils = ent_councils_of(arena, a->c, a->stakes, a->settings.unnamed);
    }
    for (uint32_t i = 0; otherwise->closed != NULL && i < a->c->space.issue_count; i++) {
        if (otherwise->closed[i]) {
            close_issue(arena, &a->c->space, i, &a->worlds[account].bans);
        }
    }
    made->voters = ent_voters_of(arena, a, account);
    made->same = made->plain && same_worlds(made, &v->base);
    return ENT_OK;
}

const uint8_t *ent_variant_available(ent_work *work, const ent_variant *variant,
                                     const ent_grid **grid)
{
    ent_variants *v = variant->of;
    const ent_bans *bans = &variant->analysis.worlds[variant->account].bans;
    *grid = &v->grid;
    if (!v->gridded) {
        return NULL;
    }
    if (v->available == NULL || !variant->plain || !same_bans(v->bans, bans)) {
        v->available = ent_grid_available(work, &v->grid, bans, &v->available_count);
        v->bans = bans;
    }
    return v->available;
}

/* The zone of a variant with the same worlds, if it is known. */
static bool find_zone(const ent_variants *v, ent_variant *variant)
{
    for (size_t i = 0; variant->plain && i < v->zone_count; i++) {
        const ent_variant *known = v->zones[i];
        if (same_worlds(variant, &known->analysis.worlds[known->account])) {
            variant->zone = known->zone;
            variant->zone_count = known->zone_count;
            return true;
        }
    }
    return false;
}

/* A zone that is swept for; nothing else of the sweep is kept. */
typedef struct zone_sweep {
    const ent_variant *variant;
    const ent_grid *grid;
    const uint8_t *available;
    uint8_t *zone;
} zone_sweep;

static ent_status sweep_zone(ent_work *work, void *argument)
{
    const zone_sweep *z = argument;
    ent_sweep sweep;
    ent_status status =
        ent_sweep_grid(work, z->grid, &z->variant->voters, z->available, &sweep);
    if (status == ENT_OK) {
        memcpy(z->zone, sweep.zone, sweep.worlds);
    }
    return status;
}

static ent_status look_for_zone(ent_work *work, ent_variant *variant, uint8_t **zone)
{
    const ent_variants *v = variant->of;
    const ent_account_worlds *worlds = &variant->analysis.worlds[variant->account];
    const ent_grid *grid;
    const uint8_t *available = ent_variant_available(work, variant, &grid);
    *zone = ent_alloc(work->arena, v->worlds + 1, uint8_t);
    if (available != NULL && variant->voters.count > 0 && v->available_count <= SWEEP_SOONER) {
        zone_sweep z = {variant, grid, available, *zone};
        return ent_beside(work, sweep_zone, &z);
    }
    uint32_t undecided;
    return ent_search_zone(work, &variant->analysis.c->space, &worlds->bans, &variant->voters,
                           v->worlds, *zone, &undecided);
}

ent_status ent_variant_zone(ent_work *work, ent_variant *variant)
{
    ent_variants *v = variant->of;
    if (variant->zone != NULL || find_zone(v, variant)) {
        return ENT_OK;
    }
    uint8_t *zone;
    ent_status status = look_for_zone(work, variant, &zone);
    if (status != ENT_OK) {
        return status;
    }
    variant->zone = zone;
    for (uint32_t w = 0; w < v->worlds; w++) {
        variant->zone_count += zone[w];
    }
    if (variant->plain) {
        ent_grow(work->arena, (void **)&v->zones, &v->zone_room, v->zone_count + 1,
                 sizeof *v->zones);
        v->zones[v->zone_count++] = variant;
    }
    return ENT_OK;
}
