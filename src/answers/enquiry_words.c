#include "answers/enquiry_words.h"

/* The statement's rows about the party. */
static ent_rows rows_about(ent_arena *arena, const ent_analysis *analysis, uint32_t statement,
                           uint32_t party)
{
    const ent_case *c = analysis->c;
    ent_rows rows = {0};
    for (uint32_t i = 0; i < c->statements[statement].claim_count; i++) {
        if (c->statements[statement].claims[i].party == party) {
            ent_claim_rows(arena, c, analysis->stakes[party], statement, i, &rows);
        }
    }
    return rows;
}

/* The answer as a row on the party's unknowns. */
static ent_row answer_row(ent_arena *arena, const ent_analysis *analysis, const ent_enquiry *e,
                          bool yes)
{
    const ent_stakes *stakes = analysis->stakes[e->party];
    if (e->levels != NULL) {
        return ent_acceptance_row(arena, &analysis->c->space, stakes, e->levels, yes);
    }
    double *a = ent_alloc(arena, stakes->k + 1, double);
    for (uint32_t g = 0; g < stakes->groups; g++) {
        double sign = stakes->group_issue[g] == e->more   ? 1
                      : stakes->group_issue[g] == e->than ? -1
                                                          : 0;
        for (uint32_t u = stakes->group_start[g]; u < stakes->group_start[g + 1]; u++) {
            a[u] = yes ? sign : -sign;
        }
    }
    return (ent_row){.a = a, .strict = yes, .statement = ENT_NONE, .claim = ENT_NONE};
}

/* Does the statement say that the party would accept nothing like this package? */
static bool draws_line(const ent_case *c, uint32_t statement, const ent_enquiry *e)
{
    for (size_t i = 0; i < c->statements[statement].claim_count; i++) {
        const ent_claim *claim = &c->statements[statement].claims[i];
        ent_line_kind kind = ent_verbs[claim->verb].line;
        if (claim->party == e->party && e->levels != NULL &&
            (kind == ENT_LINE_NEVER || kind == ENT_LINE_REQUIRES) &&
            ent_outcome_reaches(&c->space, e->levels, &claim->package) ==
                (kind == ENT_LINE_NEVER)) {
            return true;
        }
    }
    return false;
}

/* Does the answer leave no room for the rows that the oracle has decided? */
static bool collides(ent_arena *arena, const ent_analysis *analysis, ent_oracle *oracle,
                     const ent_enquiry *e, bool yes)
{
    ent_row row = answer_row(arena, analysis, e, yes);
    const ent_row *extra[] = {&row};
    ent_feasibility found;
    return !ent_oracle_with(oracle, extra, 1, &found);
}

void ent_find_contradicted(ent_work *work, const ent_analysis *analysis, size_t account,
                           ent_enquiry *e)
{
    const ent_case *c = analysis->c;
    const bool *in = analysis->worlds[account].account->in;
    uint32_t *of[2];
    size_t count[2] = {0, 0};
    for (int yes = 0; yes < 2; yes++) {
        of[yes] = ent_alloc(work->arena, c->statement_count + 1, uint32_t);
    }
    for (uint32_t s = 0; s < c->statement_count; s++) {
        if (!analysis->on[s] || in[s]) {
            continue;
        }
        ent_rows rows = rows_about(work->arena, analysis, s, e->party);
        bool line = draws_line(c, s, e);
        if (rows.count == 0 && !line) {
            continue;
        }
        const ent_polytope about = {analysis->stakes[e->party], rows.at, rows.count};
        ent_oracle *oracle = ent_oracle_of(work->arena, &about, NULL);
        if (line || collides(work->arena, analysis, oracle, e, true)) {
            of[1][count[1]++] = s;
        }
        if (rows.count > 0 && collides(work->arena, analysis, oracle, e, false)) {
            of[0][count[0]++] = s;
        }
    }
    e->against_yes = of[1];
    e->against_yes_count = count[1];
    e->against_no = of[0];
    e->against_no_count = count[0];
}
