#include "answers/why.h"

#include "answers/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* An analysis of the same account with fewer worlds, whose polytopes may be exchanged. */
typedef struct trial {
    ent_analysis analysis;
    ent_account_worlds worlds;
    size_t account;
} trial;

static trial trial_of(ent_work *work, const ent_analysis *analysis, size_t account)
{
    uint32_t parties = analysis->c->party_count;
    trial t = {.analysis = *analysis, .worlds = analysis->worlds[account], .account = account};
    if (t.analysis.settings.worlds > ENT_WHY_WORLDS) {
        t.analysis.settings.worlds = ENT_WHY_WORLDS;
    }
    t.worlds.polytopes = ent_alloc(work->arena, parties + 1, ent_polytope);
    t.worlds.oracles = ent_alloc(work->arena, parties + 1, ent_oracle *);
    t.worlds.sets = ent_alloc(work->arena, parties + 1, ent_world_set);
    return t;
}

/* The share of worlds in which the party accepts, its polytope made from the statements. */
static ent_status share_under(ent_work *work, trial *t, uint32_t party, const bool *on,
                              const uint64_t *levels, double *share)
{
    const ent_case *c = t->analysis.c;
    const ent_stakes *stakes = t->analysis.stakes[party];
    t->worlds.polytopes[party] = ent_polytope_of(work->arena, c, stakes, on);
    ent_status status = ent_draw_party(work, &t->analysis, t->account, party, &t->worlds);
    if (status == ENT_OK) {
        ent_lines lines = ent_lines_of(work->arena, c, on);
        ent_voter voter = {.stakes = stakes, .set = &t->worlds.sets[party],
                           .lines = ent_lines_of_party(&lines, party)};
        *share = (double)ent_count_accepting(&c->space, &voter, levels) / voter.set->worlds;
    }
    return status;
}

/* Does the statement say anything of the party: a row or a line? */
static bool speaks_of(const ent_account_worlds *account, uint32_t party, uint32_t statement)
{
    const ent_polytope *polytope = &account->polytopes[party];
    for (size_t r = 0; r < polytope->row_count; r++) {
        if (polytope->rows[r].statement == statement) {
            return true;
        }
    }
    for (size_t i = 0; i < account->lines.count; i++) {
        const ent_line *line = &account->lines.at[i];
        if (line->party == party && line->statement == statement) {
            return true;
        }
    }
    return false;
}

static bool listed(const ent_grounds *grounds, uint32_t statement)
{
    for (size_t i = 0; i < grounds->count; i++) {
        if (grounds->statements[i] == statement) {
            return true;
        }
    }
    return false;
}

/* What forces the verdict stands first, the rest in file order. */
static int by_force(const void *a, const void *b)
{
    const ent_reason *x = a;
    const ent_reason *y = b;
    if (x->forces != y->forces) {
        return x->forces ? -1 : 1;
    }
    return (x->statement > y->statement) - (x->statement < y->statement);
}

/* Whose statements the deal's answer rests on: those asked, and the members of councils asked. */
static bool *concerned(ent_arena *arena, const ent_analysis *analysis, const ent_deal *deal)
{
    uint32_t parties = analysis->c->party_count;
    bool *list = ent_alloc(arena, (size_t)parties + 1, bool);
    memcpy(list, deal->asked, parties * sizeof *list);
    for (size_t k = 0; k < analysis->councils.count; k++) {
        const ent_council *council = &analysis->councils.at[k];
        for (uint32_t p = 0; p < parties && deal->asked[council->party]; p++) {
            list[p] = list[p] || (council->members >> p & 1) != 0;
        }
    }
    return list;
}

static ent_status explain_party(ent_work *work, trial *t, const ent_analysis *analysis,
                                const ent_deal *deal, ent_why_party *out)
{
    const ent_case *c = analysis->c;
    const ent_account_worlds *account = &analysis->worlds[t->account];
    uint32_t party = out->party;
    out->verdict = deal->verdicts == NULL ? ENT_POSSIBLE : deal->verdicts[party];
    if (c->parties[party].approval != NULL) {
        out->share = deal->shares[party]; /* its members, listed too, have the reasons */
        return ENT_OK;
    }
    ent_grounds grounds = ent_verdict_grounds(work, analysis, t->account, party, deal->levels,
                                              out->verdict);
    out->line = grounds.line;
    bool *on = ent_alloc(work->arena, c->statement_count + 1, bool);
    memcpy(on, account->account->in, c->statement_count * sizeof *on);
    ent_status status = share_under(work, t, party, on, deal->levels, &out->share);
    ent_reason *reasons = ent_alloc(work->arena, c->statement_count + 1, ent_reason);
    for (uint32_t s = 0; s < c->statement_count && status == ENT_OK; s++) {
        if (!on[s] || !speaks_of(account, party, s)) {
            continue;
        }
        on[s] = false;
        double without = (double)NAN;
        status = share_under(work, t, party, on, deal->levels, &without);
        on[s] = true;
        reasons[out->count++] = (ent_reason){s, listed(&grounds, s), without};
    }
    qsort(reasons, out->count, sizeof *reasons, by_force);
    out->reasons = reasons;
    return status;
}

ent_status ent_answer_why(ent_work *work, const ent_analysis *analysis, size_t account,
                          const uint64_t *levels, ent_why *why)
{
    uint32_t parties = analysis->c->party_count;
    trial t = trial_of(work, analysis, account);
    ent_why_party *list = ent_alloc(work->arena, parties + 1, ent_why_party);
    *why = (ent_why){.worlds = t.analysis.settings.worlds, .parties = list};
    ent_status status = ent_answer_deal(work, analysis, account, levels, &why->deal);
    const bool *listed = status == ENT_OK ? concerned(work->arena, analysis, &why->deal) : NULL;
    for (uint32_t p = 0; p < parties && status == ENT_OK; p++) {
        if (listed[p]) {
            list[why->count].party = p;
            status = explain_party(work, &t, analysis, &why->deal, &list[why->count++]);
        }
        if (ent_tick(work, "parties", p + 1, parties)) {
            return ENT_CANCELLED;
        }
    }
    return status;
}
