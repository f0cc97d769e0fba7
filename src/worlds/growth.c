/*
 * Sets of statements that grow: each statement is tried on the warm oracles of the parties that it
 * speaks of. What is not taken in gets a minimal reason by a deletion filter (Chinneck and
 * Dravnieks 1991) over the certificate.
 */
#include "worlds/growth.h"

#include <stdlib.h>
#include <string.h>

ent_growth ent_growth_of(ent_arena *arena, const ent_beliefs *beliefs)
{
    uint32_t parties = beliefs->c->party_count;
    ent_growth g = {.arena = arena, .beliefs = *beliefs};
    g.oracles = ent_alloc(arena, parties + 1, ent_oracle *);
    g.rows = ent_alloc(arena, parties + 1, ent_row_list);
    g.askers = ent_alloc(arena, parties + 1, ent_asker);
    for (uint32_t p = 0; p < parties; p++) {
        g.oracles[p] = ent_oracle_create(arena, beliefs->parties[p].stakes);
    }
    return g;
}

void ent_growth_begin(ent_growth *g, bool *in)
{
    const ent_case *c = g->beliefs.c;
    g->in = in;
    memset(in, 0, c->statement_count * sizeof *in);
    for (uint32_t p = 0; p < c->party_count; p++) {
        g->rows[p].count = 0;
        ent_oracle_decide(g->oracles[p], NULL, 0);
    }
}

static void set_because(ent_growth *g, ent_left_out *reason, const uint32_t *statements,
                        size_t count)
{
    reason->because = memcpy(ent_alloc(g->arena, count + 1, uint32_t), statements,
                             count * sizeof *statements);
    reason->count = count;
}

/* Does a line stand between the statement and the account? */
static bool clashes(ent_growth *g, uint32_t statement, ent_left_out *reason)
{
    bool found = false;
    for (size_t i = 0; i < g->beliefs.clash_count; i++) {
        const ent_clash *clash = &g->beliefs.clashes[i];
        if (clash->line != statement && clash->accept != statement) {
            continue;
        }
        uint32_t other = clash->line == statement ? clash->accept : clash->line;
        if (other == statement || (g->in[other] && !found)) {
            *reason = (ent_left_out){.statement = statement, .why = ENT_LEFT_CONTRADICTS,
                                   .party = clash->party, .by = clash->by,
                                   .claim = ENT_NONE};
            set_because(g, reason, &other, other == statement ? 0 : 1);
            found = true;
        }
        if (other == statement) {
            break; /* it rules itself out */
        }
    }
    return found;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/*
 * Of these statements of the set (ascending, each once), a minimal part that collides with the
 * statement about this party; false if all of them together do not.
 */
static bool explain(ent_growth *g, uint32_t party, uint32_t statement, const uint32_t *of,
                    size_t count, ent_left_out *reason)
{
    const ent_party_rows *p = &g->beliefs.parties[party];
    const ent_group *own = ent_beliefs_group(&g->beliefs, party, statement);
    if (own == NULL) {
        return false;
    }
    ent_asker *asker = &g->askers[party];
    if (asker->oracle == NULL) {
        *asker = ent_asker_of(g->arena, p);
    }
    uint32_t *groups = ent_alloc(g->arena, count + 1, uint32_t);
    size_t used = 1;
    groups[0] = (uint32_t)(own - p->groups);
    for (size_t i = 0; i < count; i++) {
        const ent_group *group = ent_beliefs_group(&g->beliefs, party, of[i]);
        if (group != NULL) {
            groups[used++] = (uint32_t)(group - p->groups);
        }
    }
    if (ent_ask_groups(asker, groups, used).consistent) {
        return false;
    }
    used = ent_shrink_groups(asker, groups, used, 1);
    for (size_t i = 0; i < used; i++) {
        groups[i] = p->groups[groups[i]].statement;
    }
    *reason = (ent_left_out){.statement = statement, .why = ENT_LEFT_CONTRADICTS,
                             .party = party, .claim = ENT_NONE};
    set_because(g, reason, groups + 1, used - 1);
    return true;
}

/* The set's statements in the certificate, ascending, each once. */
static size_t core_statements(const ent_growth *g, uint32_t party, const ent_feasibility *found,
                              uint32_t *statements)
{
    size_t count = 0;
    for (size_t i = 0; i < found->core_count; i++) {
        if (found->core[i] < g->rows[party].count) { /* not a row of the statement itself */
            statements[count++] = g->rows[party].at[found->core[i]]->statement;
        }
    }
    qsort(statements, count, sizeof *statements, by_number);
    size_t unique = 0;
    for (size_t i = 0; i < count; i++) {
        if (unique == 0 || statements[i] != statements[unique - 1]) {
            statements[unique++] = statements[i];
        }
    }
    return unique;
}

/* What is minimal for one party may hold something smaller for another, or for a line. */
static void narrow(ent_growth *g, uint32_t party, uint32_t statement, ent_left_out *reason)
{
    for (uint32_t p = 0; p < g->beliefs.c->party_count && reason->count > 0; p++) {
        if (p != party) {
            (void)explain(g, p, statement, reason->because, reason->count, reason);
        }
    }
    for (size_t i = 0; i < g->beliefs.clash_count; i++) {
        const ent_clash *clash = &g->beliefs.clashes[i];
        uint32_t other = clash->line == statement ? clash->accept : clash->line;
        bool own = (clash->line == statement || clash->accept == statement) && reason->count > 0;
        if (own && (other == statement || bsearch(&other, reason->because, reason->count,
                                                  sizeof other, by_number) != NULL)) {
            *reason = (ent_left_out){.statement = statement, .why = ENT_LEFT_CONTRADICTS,
                                   .party = clash->party, .by = clash->by,
                                   .claim = ENT_NONE};
            set_because(g, reason, &other, other == statement ? 0 : 1);
        }
    }
}

/* A minimal part of the set that the statement collides with, from the certificate. */
static void minimise(ent_growth *g, uint32_t party, uint32_t statement,
                     const ent_feasibility *found, ent_left_out *reason)
{
    uint32_t *core = ent_alloc(g->arena, found->core_count + 1, uint32_t);
    size_t count = core_statements(g, party, found, core);
    if (!explain(g, party, statement, core, count, reason)) {
        /* The certificate was too thin: the whole set, then. */
        uint32_t statements = g->beliefs.c->statement_count;
        uint32_t *all = ent_alloc(g->arena, statements + 1, uint32_t);
        count = 0;
        for (uint32_t i = 0; i < statements; i++) {
            all[count] = i;
            count += g->in[i];
        }
        *reason = (ent_left_out){.statement = statement, .why = ENT_LEFT_CONTRADICTS,
                             .party = party, .claim = ENT_NONE};
        set_because(g, reason, all, count);
        (void)explain(g, party, statement, all, count, reason);
    }
    narrow(g, party, statement, reason);
}

bool ent_growth_clashes(ent_growth *g, size_t clash, uint32_t statement, ent_left_out *reason)
{
    const ent_clash *k = &g->beliefs.clashes[clash];
    uint32_t other = k->line == statement ? k->accept : k->line;
    if ((k->line != statement && k->accept != statement) || other == statement || !g->in[other]) {
        return false;
    }
    *reason = (ent_left_out){.statement = statement, .why = ENT_LEFT_CONTRADICTS,
                             .party = k->party, .by = k->by, .claim = ENT_NONE};
    set_because(g, reason, &other, 1);
    return true;
}

bool ent_growth_collides(ent_growth *g, uint32_t party, uint32_t statement, const uint32_t *of,
                         size_t count, ent_left_out *reason)
{
    if (!explain(g, party, statement, of, count, reason)) {
        return false;
    }
    narrow(g, party, statement, reason);
    return true;
}

/* Would the statement, without this claim, fit what is in the set? */
static bool fits_without(ent_growth *g, uint32_t statement, uint32_t claim)
{
    for (uint32_t p = 0; p < g->beliefs.c->party_count; p++) {
        const ent_group *group = ent_beliefs_group(&g->beliefs, p, statement);
        const ent_row **rows = ent_alloc(g->arena, group == NULL ? 1 : group->count,
                                         const ent_row *);
        size_t count = 0;
        for (size_t i = 0; group != NULL && i < group->count; i++) {
            if (group->rows[i]->claim != claim) {
                rows[count++] = group->rows[i];
            }
        }
        ent_feasibility found;
        if (count > 0 && !ent_oracle_with(g->oracles[p], rows, count, &found)) {
            return false;
        }
    }
    for (size_t i = 0; i < g->beliefs.clash_count; i++) {
        const ent_clash *clash = &g->beliefs.clashes[i];
        bool as_line = clash->line == statement && clash->line_claim != claim;
        bool as_accept = clash->accept == statement && clash->accept_claim != claim;
        if ((as_line && (g->in[clash->accept] || as_accept)) ||
            (as_accept && g->in[clash->line])) {
            return false;
        }
    }
    return true;
}

void ent_growth_blame(ent_growth *g, ent_left_out *reason)
{
    const ent_statement *s = &g->beliefs.c->statements[reason->statement];
    for (uint32_t j = 0; s->claim_count > 1 && j < s->claim_count; j++) {
        if (fits_without(g, reason->statement, j)) {
            bool another = reason->claim != ENT_NONE;
            reason->claim = another ? ENT_NONE : j;
            if (another) {
                return; /* either of them would do: none is the cause */
            }
        }
    }
}

bool ent_growth_take_in(ent_growth *g, uint32_t statement, ent_left_out *reason)
{
    const ent_case *c = g->beliefs.c;
    for (uint32_t p = 0; p < c->party_count; p++) {
        const ent_group *group = ent_beliefs_group(&g->beliefs, p, statement);
        ent_feasibility found;
        if (group != NULL && !ent_oracle_with(g->oracles[p], group->rows, group->count, &found)) {
            if (reason != NULL) {
                minimise(g, p, statement, &found, reason);
            }
            return false;
        }
    }
    ent_left_out clash;
    if (clashes(g, statement, reason != NULL ? reason : &clash)) {
        return false;
    }
    for (uint32_t p = 0; p < c->party_count; p++) {
        const ent_group *group = ent_beliefs_group(&g->beliefs, p, statement);
        if (group == NULL) {
            continue;
        }
        ent_oracle_keep(g->oracles[p]);
        for (size_t i = 0; i < group->count; i++) {
            *ent_push(g->arena, &g->rows[p]) = group->rows[i];
        }
    }
    g->in[statement] = true;
    return true;
}

ent_dispute ent_growth_dispute(ent_growth *g, const ent_left_out *reason)
{
    uint32_t *all = ent_alloc(g->arena, reason->count + 1, uint32_t);
    memcpy(all, reason->because, reason->count * sizeof *all);
    all[reason->count] = reason->statement;
    qsort(all, reason->count + 1, sizeof *all, by_number);
    return (ent_dispute){.statements = all, .count = reason->count + 1, .party = reason->party,
                         .by = reason->by};
}
