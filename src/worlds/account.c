/*
 * Accounts: maximal consistent sets grown from a core (model.md 4). Statements are tried one by
 * one on warm oracles, one for each party: O(statements) programs of a few pivots each. What is
 * left out gets a minimal reason by a deletion filter (Chinneck and Dravnieks 1991) over the
 * certificate.
 */
#include "worlds/beliefs.h"
#include "worlds/dispute.h"

#include <stdlib.h>
#include <string.h>

typedef struct row_list {
    const ent_row **at;
    size_t count, room;
} row_list;

typedef struct left_out_list {
    ent_left_out *at;
    size_t count, room;
} left_out_list;

/* One account in the making; the oracles are shared by all accounts of a call. */
typedef struct growth {
    ent_work *work;
    ent_beliefs beliefs;
    ent_oracle **oracles; /* [parties] */
    row_list *rows;       /* [parties] what each oracle has decided */
    bool *in;
    bool by_cannot; /* why the last statement was not taken in */
    left_out_list left_out;
} growth;

static growth growth_of(ent_work *work, const ent_case *c, const bool *on)
{
    growth g = {.work = work, .beliefs = ent_beliefs_of(work->arena, c, on)};
    g.oracles = ent_alloc(work->arena, c->party_count + 1, ent_oracle *);
    g.rows = ent_alloc(work->arena, c->party_count + 1, row_list);
    for (uint32_t p = 0; p < c->party_count; p++) {
        g.oracles[p] = ent_oracle_create(work->arena, g.beliefs.parties[p].stakes);
    }
    return g;
}

static void begin(growth *g)
{
    const ent_case *c = g->beliefs.c;
    g->in = ent_alloc(g->work->arena, c->statement_count + 1, bool);
    g->left_out = (left_out_list){0};
    for (uint32_t p = 0; p < c->party_count; p++) {
        g->rows[p].count = 0;
        ent_oracle_decide(g->oracles[p], NULL, 0);
    }
}

static void set_because(growth *g, ent_left_out *reason, const uint32_t *statements, size_t count)
{
    reason->because = memcpy(ent_alloc(g->work->arena, count + 1, uint32_t), statements,
                             count * sizeof *statements);
    reason->count = count;
}

/* Does a `cannot` stand between the statement and the account? */
static bool clashes(growth *g, uint32_t statement, ent_left_out *reason)
{
    for (size_t i = 0; i < g->beliefs.clash_count; i++) {
        const ent_clash *clash = &g->beliefs.clashes[i];
        if (clash->ban != statement && clash->accept != statement) {
            continue;
        }
        uint32_t other = clash->ban == statement ? clash->accept : clash->ban;
        if (other == statement || g->in[other]) {
            *reason = (ent_left_out){.statement = statement, .party = clash->party};
            set_because(g, reason, &other, other == statement ? 0 : 1);
            return true;
        }
    }
    return false;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* The minimal set of the account that collides with the statement about this party. */
static void explain(growth *g, uint32_t party, uint32_t statement, const ent_feasibility *found,
                    ent_left_out *reason)
{
    const ent_party_rows *p = &g->beliefs.parties[party];
    const ent_group *own = ent_beliefs_group(&g->beliefs, party, statement);
    ent_asker asker = ent_asker_of(g->work->arena, p);
    uint32_t *groups = ent_alloc(g->work->arena, found->core_count + 2, uint32_t);
    size_t count = 1;
    groups[0] = (uint32_t)(own - p->groups);
    for (size_t i = 0; i < found->core_count; i++) {
        if (found->core[i] >= g->rows[party].count) {
            continue; /* a row of the statement itself */
        }
        uint32_t of = g->rows[party].at[found->core[i]]->statement;
        groups[count++] = (uint32_t)(ent_beliefs_group(&g->beliefs, party, of) - p->groups);
    }
    qsort(groups + 1, count - 1, sizeof *groups, by_number);
    size_t unique = 1;
    for (size_t i = 1; i < count; i++) {
        if (unique == 1 || groups[i] != groups[unique - 1]) {
            groups[unique++] = groups[i];
        }
    }
    count = ent_shrink_groups(&asker, groups, unique, 1);
    for (size_t i = 0; i < count; i++) {
        groups[i] = p->groups[groups[i]].statement;
    }
    *reason = (ent_left_out){.statement = statement, .party = party};
    set_because(g, reason, groups + 1, count - 1);
}

/* Take the statement in if the account stays consistent; otherwise say what it collides with. */
static bool take_in(growth *g, uint32_t statement, ent_left_out *reason)
{
    const ent_case *c = g->beliefs.c;
    for (uint32_t p = 0; p < c->party_count; p++) {
        const ent_group *group = ent_beliefs_group(&g->beliefs, p, statement);
        ent_feasibility found;
        if (group != NULL && !ent_oracle_with(g->oracles[p], group->rows, group->count, &found)) {
            explain(g, p, statement, &found, reason);
            g->by_cannot = false;
            return false;
        }
    }
    if (clashes(g, statement, reason)) {
        g->by_cannot = true;
        return false;
    }
    for (uint32_t p = 0; p < c->party_count; p++) {
        const ent_group *group = ent_beliefs_group(&g->beliefs, p, statement);
        if (group == NULL) {
            continue;
        }
        ent_oracle_keep(g->oracles[p]);
        for (size_t i = 0; i < group->count; i++) {
            *ent_push(g->work->arena, &g->rows[p]) = group->rows[i];
        }
    }
    g->in[statement] = true;
    return true;
}

static ent_status stopped(growth *g, uint32_t done)
{
    return ent_tick(g->work, "statements", done, g->beliefs.c->statement_count) ? ENT_CANCELLED
                                                                                : ENT_OK;
}

/* One of the smallest collisions in a core that contradicts itself. */
static ent_status find_core_dispute(ent_work *work, const ent_case *c, ent_account *account)
{
    ent_disputes disputes;
    ent_dispute_limits limits = {.disputes = 200, .programs = 20000};
    ent_status status = ent_find_disputes(work, c, account->core, limits, &disputes);
    account->consistent = false;
    account->in = account->core;
    account->core_dispute = disputes.count > 0 ? &disputes.at[0] : NULL;
    return status == ENT_LIMIT ? ENT_OK : status;
}

/* Grow one account from its core. Those that come after the core come in file order. */
static ent_status grow(growth *g, const bool *on, ent_account *account)
{
    const ent_case *c = g->beliefs.c;
    ent_left_out reason;
    begin(g);
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (account->core[i] && !take_in(g, i, &reason)) {
            return find_core_dispute(g->work, c, account);
        }
    }
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (on[i] && !account->core[i] && !take_in(g, i, &reason)) {
            *ent_push(g->work->arena, &g->left_out) = reason;
        }
        if (i % 64 == 63 && stopped(g, i) != ENT_OK) {
            return ENT_CANCELLED;
        }
    }
    account->consistent = true;
    account->in = g->in;
    account->left_out = g->left_out.at;
    account->left_out_count = g->left_out.count;
    return ENT_OK;
}

/* What the account is grown from: the forced statements and those that `believes` names. */
static const bool *core_of(ent_arena *arena, const ent_case *c, const bool *on, const bool *forced,
                           const ent_believes *believes, size_t count)
{
    bool *core = ent_alloc(arena, c->statement_count + 1, bool);
    for (uint32_t i = 0; i < c->statement_count; i++) {
        core[i] = forced != NULL && forced[i];
        for (size_t j = 0; j < count; j++) {
            core[i] = core[i] || (believes[j].party != ENT_NONE
                                      ? c->statements[i].side == believes[j].party
                                      : believes[j].statement == i);
        }
        core[i] = core[i] && on[i];
    }
    return core;
}

/* The accounts to be grown, with their cores. */
static size_t define(ent_arena *arena, const ent_case *c, const bool *on, const bool *forced,
                     ent_account *accounts)
{
    size_t count = 0;
    for (size_t i = 0; i < c->account_count; i++) {
        const ent_account_def *def = &c->accounts[i];
        accounts[count++] = (ent_account){
            .id = def->id,
            .name = def->name != NULL ? def->name : def->id,
            .party = ENT_NONE,
            .core = core_of(arena, c, on, forced, def->believes, def->count)};
    }
    for (uint32_t p = 0; c->account_count == 0 && p < c->party_count; p++) {
        if (c->parties[p].role == ENT_DECIDER) {
            ent_believes own = {.party = p, .statement = ENT_NONE};
            accounts[count++] = (ent_account){.id = c->parties[p].id,
                                              .name = c->parties[p].name,
                                              .party = p,
                                              .core = core_of(arena, c, on, forced, &own, 1)};
        }
    }
    return count;
}

ent_status ent_grow_accounts(ent_work *work, const ent_case *c, const bool *on, const bool *forced,
                             ent_accounts *accounts)
{
    size_t most = c->account_count + c->party_count;
    ent_account *at = ent_alloc(work->arena, most + 1, ent_account);
    growth g = growth_of(work, c, on);
    accounts->at = at;
    accounts->count = define(work->arena, c, on, forced, at);
    for (size_t i = 0; i < accounts->count; i++) {
        ent_status status = grow(&g, on, &at[i]);
        if (status != ENT_OK) {
            return status;
        }
    }
    return ENT_OK;
}

/* The statement and what it collides with, as a dispute. */
static const ent_dispute *dispute_of(growth *g, const ent_left_out *reason)
{
    ent_dispute *d = ent_alloc(g->work->arena, 1, ent_dispute);
    uint32_t *all = ent_alloc(g->work->arena, reason->count + 1, uint32_t);
    memcpy(all, reason->because, reason->count * sizeof *all);
    all[reason->count] = reason->statement;
    qsort(all, reason->count + 1, sizeof *all, by_number);
    *d = (ent_dispute){all, reason->count + 1, reason->party, g->by_cannot};
    return d;
}

ent_status ent_consistent(ent_work *work, const ent_case *c, const bool *on, bool *consistent,
                          const ent_dispute **dispute)
{
    growth g = growth_of(work, c, on);
    begin(&g);
    *consistent = true;
    *dispute = NULL;
    for (uint32_t i = 0; i < c->statement_count && *consistent; i++) {
        ent_left_out reason;
        if (on[i] && !take_in(&g, i, &reason)) {
            *consistent = false;
            *dispute = dispute_of(&g, &reason);
        }
    }
    return ENT_OK;
}
