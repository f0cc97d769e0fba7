/*
 * Accounts: maximal consistent sets grown from a core (model.md 4), each statement tried in turn:
 * O(statements) programs of a few pivots each.
 */
#include "worlds/growth.h"

typedef struct left_out_list {
    ent_left_out *at;
    size_t count, room;
} left_out_list;

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

/*
 * Take in the core in file order. What an explicit account must believe, and what --with forces,
 * is not repaired: false where it collides. A side's own statements are "each added if the set
 * stays consistent": a side whose speakers contradict each other still has an account, and what of
 * its own is left out is told.
 */
static bool take_in_core(ent_work *work, ent_growth *g, const bool *forced, ent_account *account,
                         left_out_list *left_out)
{
    const ent_case *c = g->beliefs.c;
    ent_left_out reason;
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < c->statement_count; i++) {
            bool must = account->party == ENT_NONE || (forced != NULL && forced[i]);
            if (!account->core[i] || must != (round == 0) ||
                ent_growth_take_in(g, i, &reason)) {
                continue;
            }
            if (must) {
                return false;
            }
            account->splits = true;
            *ent_push(work->arena, left_out) = reason;
        }
    }
    return true;
}

/* Grow one account from its core. Those that come after the core come in file order. */
static ent_status grow(ent_work *work, ent_growth *g, const bool *on, const bool *forced,
                       ent_account *account)
{
    const ent_case *c = g->beliefs.c;
    left_out_list left_out = {0};
    ent_left_out reason;
    bool *in = ent_alloc(work->arena, c->statement_count + 1, bool);
    ent_growth_begin(g, in);
    if (!take_in_core(work, g, forced, account, &left_out)) {
        return find_core_dispute(work, c, account);
    }
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (on[i] && !account->core[i] && !ent_growth_take_in(g, i, &reason)) {
            *ent_push(work->arena, &left_out) = reason;
        }
        if (i % 64 == 63 && ent_tick(work, "statements", i, c->statement_count)) {
            return ENT_CANCELLED;
        }
    }
    account->consistent = true;
    account->in = in;
    account->left_out = left_out.at;
    account->left_out_count = left_out.count;
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
    ent_beliefs beliefs = ent_beliefs_of(work->arena, c, on);
    ent_growth g = ent_growth_of(work->arena, &beliefs);
    accounts->at = at;
    accounts->count = define(work->arena, c, on, forced, at);
    for (size_t i = 0; i < accounts->count; i++) {
        ent_status status = grow(work, &g, on, forced, &at[i]);
        if (status != ENT_OK) {
            return status;
        }
    }
    return ENT_OK;
}

ent_status ent_consistent(ent_work *work, const ent_case *c, const bool *on, bool *consistent,
                          const ent_dispute **dispute)
{
    ent_beliefs beliefs = ent_beliefs_of(work->arena, c, on);
    ent_growth g = ent_growth_of(work->arena, &beliefs);
    ent_growth_begin(&g, ent_alloc(work->arena, c->statement_count + 1, bool));
    *consistent = true;
    *dispute = NULL;
    for (uint32_t i = 0; i < c->statement_count && *consistent; i++) {
        ent_left_out reason;
        if (on[i] && !ent_growth_take_in(&g, i, &reason)) {
            ent_dispute *found = ent_alloc(work->arena, 1, ent_dispute);
            *found = ent_growth_dispute(&g, &reason);
            *consistent = false;
            *dispute = found;
        }
    }
    return ENT_OK;
}
