#include "answers/third_party.h"

#include "answers/variant.h"

#include <math.h>
#include <string.h>

typedef struct asking_third {
    ent_work *work;
    const ent_analysis *analysis;
    size_t account;
    const bool *given; /* [issues] by the third party */
} asking_third;

/* ---- The account without some issues ------------------------------------------------------ */

/* Zone and best deal where the third party gives only the issues of `kept`. */
static ent_status ask(const asking_third *a, const ent_case *c, const bool *kept, ent_zone *zone,
                      ent_deal *best)
{
    uint32_t issues = a->analysis->c->space.issue_count;
    bool *closed = ent_alloc(a->work->arena, (size_t)issues + 1, bool);
    for (uint32_t i = 0; i < issues; i++) {
        closed[i] = a->given[i] && !kept[i];
    }
    ent_variant *other;
    ent_deals deals;
    ent_deals_request request = {.top = 1};
    ent_status status = ent_vary(a->work, a->analysis, a->account,
                                 &(ent_otherwise){.closed = closed, .c = c}, &other);
    if (status == ENT_OK) {
        status = ent_answer_deals(a->work, &other->analysis, a->account, &request, &deals);
        *zone = deals.zone;
    }
    if (status == ENT_OK && best != NULL && deals.count > 0) {
        *best = deals.at[0];
    }
    return status;
}

/* The same case in which the third party must accept what moves its own issues. */
static const ent_case *with_consent(ent_arena *arena, const ent_analysis *analysis,
                                    uint32_t party, const bool *given)
{
    ent_case *c = ent_alloc(arena, 1, ent_case);
    ent_party *parties = ent_alloc(arena, analysis->c->party_count, ent_party);
    memcpy(parties, analysis->c->parties, analysis->c->party_count * sizeof *parties);
    *c = *analysis->c;
    c->parties = parties;
    bool *approves = ent_alloc(arena, c->space.issue_count, bool);
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        const bool *before = parties[party].approves;
        approves[i] = given[i] || (before != NULL && before[i]);
    }
    parties[party].role = ENT_APPROVER;
    parties[party].approves = approves;
    return c;
}

/* ---- The ladder ---------------------------------------------------------------------------- */

static uint32_t steps_of(const asking_third *a, const uint64_t *levels)
{
    const ent_space *space = &a->analysis->c->space;
    uint32_t steps = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        uint64_t level = a->given[i] ? levels[i] : 0;
        if (space->issues[i].kind == ENT_ITEMS) {
            for (; level != 0; level &= level - 1) {
                steps++;
            }
        } else {
            steps += space->issues[i].kind == ENT_RANGE ? level != 0 : (uint32_t)level;
        }
    }
    return steps;
}

static uint32_t most_steps(const asking_third *a)
{
    const ent_space *space = &a->analysis->c->space;
    uint32_t steps = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        steps += a->given[i] ? space->issues[i].components : 0;
    }
    return steps;
}

static ent_status climb(const asking_third *a, ent_third *third)
{
    const ent_tally *tally;
    ent_arena *arena = a->work->arena;
    if (!ent_can_sweep(a->analysis)) {
        return ENT_OK;
    }
    ent_status status = ent_tally_of(a->work, a->analysis, a->account, &tally);
    if (status != ENT_OK) {
        return status;
    }
    const double *joint = ent_tally_joint(arena, tally);
    uint32_t most = most_steps(a);
    uint64_t *best = ent_alloc(arena, (size_t)most + 1, uint64_t);
    uint64_t *levels = ent_alloc(arena, a->analysis->c->space.issue_count, uint64_t);
    for (uint64_t i = 1; i < tally->grid.outcomes; i++) {
        if (joint[i] < 0) {
            continue;
        }
        ent_grid_outcome(&tally->grid, i, levels);
        uint32_t steps = steps_of(a, levels);
        best[steps] = best[steps] == 0 || joint[i] > joint[best[steps]] ? i : best[steps];
    }
    ent_third_rung *ladder = ent_alloc(arena, (size_t)most + 1, ent_third_rung);
    double highest = -1;
    for (uint32_t k = 0; k <= most && status == ENT_OK; k++) {
        if (best[k] != 0 && joint[best[k]] > highest + (k > 0 ? 0.005 : 0)) {
            highest = joint[best[k]];
            ent_grid_outcome(&tally->grid, best[k], levels);
            ladder[third->rung_count].steps = k;
            status = ent_answer_deal(a->work, a->analysis, a->account, levels,
                                     &ladder[third->rung_count++].deal);
        }
    }
    third->ladder = ladder;
    return status;
}

/* ---- What it rests on ---------------------------------------------------------------------- */

static bool names_given(const ent_package *package, const bool *given)
{
    for (size_t i = 0; i < package->count; i++) {
        if (given[package->choices[i].issue]) {
            return true;
        }
    }
    return false;
}

static bool speaks_of(const asking_third *a, const ent_statement *statement, uint32_t party)
{
    bool speaks = false;
    for (size_t i = 0; i < statement->claim_count && !speaks; i++) {
        const ent_claim *claim = &statement->claims[i];
        speaks = claim->party == party || names_given(&claim->package, a->given) ||
                 names_given(&claim->other, a->given);
        for (size_t k = 0; k < claim->ranked_count; k++) {
            speaks = speaks || a->given[claim->ranked[k]];
        }
        for (size_t k = 0; k < claim->weight_count; k++) {
            speaks = speaks || a->given[claim->weights[k].issue];
        }
    }
    return speaks;
}

static void list_statements(const asking_third *a, ent_third *third)
{
    const ent_case *c = a->analysis->c;
    const bool *in = a->analysis->worlds[a->account].account->in;
    uint32_t *list = ent_alloc(a->work->arena, (size_t)c->statement_count + 1, uint32_t);
    for (uint32_t s = 0; s < c->statement_count; s++) {
        if (in[s] && speaks_of(a, &c->statements[s], third->party)) {
            list[third->statement_count++] = s;
        }
    }
    third->statements = list;
}

/* ---- The answer ---------------------------------------------------------------------------- */

static ent_status ask_each(const asking_third *a, ent_third *third, ent_third_issue *list)
{
    const ent_space *space = &a->analysis->c->space;
    bool *kept = ent_alloc(a->work->arena, space->issue_count, bool);
    ent_status status = ask(a, NULL, kept, &third->without, &third->best_without);
    for (uint32_t i = 0; i < space->issue_count && status == ENT_OK; i++) {
        if (a->given[i]) {
            ent_third_issue *at = &list[third->issue_count++];
            at->issue = i;
            kept[i] = true;
            status = ask(a, NULL, kept, &at->zone, &at->best);
            kept[i] = false;
        }
    }
    third->issues = list;
    return status;
}

/*
 * More that can be had never makes fewer deals. Each zone is estimated beside its own best deal, so
 * that two that are the same may differ by noise.
 */
static void keep_in_order(ent_third *third, ent_third_issue *issues)
{
    for (size_t i = 0; i < third->issue_count; i++) {
        issues[i].zone.share = fmax(issues[i].zone.share, third->without.share);
        third->with.share = fmax(third->with.share, issues[i].zone.share);
    }
    third->with.share = fmax(third->with.share, third->without.share);
    third->willing.share =
        fmin(fmax(third->willing.share, third->without.share), third->with.share);
}

ent_status ent_answer_third(ent_work *work, const ent_analysis *analysis, size_t account,
                            uint32_t party, ent_third *third)
{
    const ent_case *c = analysis->c;
    bool *given = ent_alloc(work->arena, (size_t)c->space.issue_count + 1, bool);
    asking_third a = {work, analysis, account, given};
    bool any = false;
    *third = (ent_third){.party = party};
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        given[i] = ent_gives(&c->space.issues[i], party);
        any = any || given[i];
    }
    if (!any) {
        return ent_fail(work->diags, ENT_INVALID, ENT_A103_GIVES_NOTHING,
                        "write what it could give as an issue with `by`",
                        "`%s` gives no issue of this case", c->parties[party].id);
    }
    ent_third_issue *issues = ent_alloc(work->arena, c->space.issue_count, ent_third_issue);
    ent_status status = ask_each(&a, third, issues);
    if (status == ENT_OK) {
        status = ask(&a, NULL, given, &third->with, NULL);
    }
    third->asked = c->parties[party].role == ENT_DECIDER;
    third->willing = third->with;
    if (status == ENT_OK && !third->asked && c->parties[party].approval == NULL) {
        const ent_case *other = with_consent(work->arena, analysis, party, given);
        status = ask(&a, other, given, &third->willing, NULL);
    }
    if (status == ENT_OK) {
        keep_in_order(third, issues);
        status = climb(&a, third);
    }
    list_statements(&a, third);
    return status;
}
