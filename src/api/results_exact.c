/* Answers about exact scenarios as numbers. */
#include "api/results.h"
#include "bargain/solution.h"
#include "haggle/negotiation.h"
#include "haggle/runs.h"

#include <string.h>

/* ---- Frontiers ------------------------------------------------------------------------------ */

static void keep_frontier(ent_arena *arena, ent_numbers *results, const void *from)
{
    const ent_solution *s = from;
    const ent_scenario *scenario = s->scenario;
    size_t parties = scenario->party_count;
    size_t issues = scenario->issue_count;
    ent_frontier_result *f = ent_alloc(arena, 1, ent_frontier_result);
    double *values = ent_alloc(arena, s->count * parties + 1, double);
    uint64_t *levels = ent_alloc(arena, s->count * issues + 1, uint64_t);
    double *reservation = ent_alloc(arena, parties + 1, double);
    const char **ids = ent_alloc(arena, issues + 1, const char *);
    char digits[ENT_BIG_ROOM];
    memcpy(values, s->value, s->count * parties * sizeof *values);
    memcpy(levels, s->levels, s->count * issues * sizeof *levels);
    for (size_t p = 0; p < parties; p++) {
        reservation[p] = scenario->utilities[p].reservation;
    }
    for (size_t i = 0; i < issues; i++) {
        ids[i] = ent_copy(arena, scenario->issues[i].name);
    }
    *f = (ent_frontier_result){.size = sizeof *f,
                               .method = ent_copy(arena, s->method),
                               .outcomes = ent_copy(arena, ent_big_text(&s->outcomes, digits)),
                               .proved = s->proved,
                               .parties = parties,
                               .issues = issues,
                               .points = s->count,
                               .party = ent_keep_names(arena, scenario->parties, parties),
                               .issue = ids,
                               .values = values,
                               .levels = levels,
                               .reservation = reservation,
                               .nash = s->points.at[ENT_NASH_POINT],
                               .kalai_smorodinsky = s->points.at[ENT_KALAI_SMORODINSKY],
                               .nash_negmas = s->owner.nash,
                               .kalai_smorodinsky_negmas = s->owner.kalai_smorodinsky,
                               .egalitarian = s->points.at[ENT_EGALITARIAN],
                               .utilitarian = s->points.at[ENT_UTILITARIAN]};
    results->frontier = f;
}

void ent_keep_frontier(ent_asking *asking, const ent_solution *solution)
{
    ent_keep(asking, keep_frontier, solution);
}

/* ---- Runs ----------------------------------------------------------------------------------- */

static void keep_run(ent_arena *arena, ent_numbers *results, const void *from)
{
    const ent_negotiation *n = from;
    const ent_haggle_table *t = n->table;
    size_t parties = t->parties;
    size_t offers = n->result.offers;
    ent_run_result *run = ent_alloc(arena, 1, ent_run_result);
    uint32_t *round = ent_alloc(arena, offers + 1, uint32_t);
    uint32_t *proposer = ent_alloc(arena, offers + 1, uint32_t);
    uint32_t *outcome = ent_alloc(arena, offers + 1, uint32_t);
    double *values = ent_alloc(arena, offers * parties + 1, double);
    double *agreement = ent_alloc(arena, parties + 1, double);
    bool agreed = n->result.end == ENT_HAGGLE_AGREED;
    for (size_t i = 0; i < offers; i++) {
        round[i] = n->offers[i].round;
        proposer[i] = n->offers[i].party;
        outcome[i] = n->offers[i].entry;
        for (size_t p = 0; p < parties; p++) {
            values[i * parties + p] = t->side[p].value[n->offers[i].entry];
        }
    }
    for (size_t p = 0; agreed && p < parties; p++) {
        agreement[p] = t->side[p].value[n->result.entry];
    }
    *run = (ent_run_result){.size = sizeof *run,
                            .end = ent_haggle_end_names[n->result.end],
                            .parties = parties,
                            .offers = offers,
                            .round = round,
                            .proposer = proposer,
                            .values = values,
                            .agreed = agreed,
                            .last_round = n->result.round,
                            .agreement = agreed ? agreement : NULL,
                            .outcome = outcome,
                            .agreed_on = agreed ? n->result.entry : ENT_WALK_AWAY};
    results->run = run;
}

void ent_keep_run(ent_asking *asking, const ent_negotiation *negotiation)
{
    ent_keep(asking, keep_run, negotiation);
}

/* ---- Spaces --------------------------------------------------------------------------------- */

typedef struct tabulated {
    const ent_scenario *scenario;
    const ent_haggle_table *table;
} tabulated;

static const ent_issue_row *issue_rows(ent_arena *arena, const ent_scenario *s)
{
    ent_issue_row *rows = ent_alloc(arena, (size_t)s->issue_count + 1, ent_issue_row);
    for (uint32_t i = 0; i < s->issue_count; i++) {
        const ent_scenario_issue *issue = &s->issues[i];
        bool named = issue->kind == ENT_DISCRETE && issue->values != NULL;
        const char *name = ent_copy(arena, issue->name);
        rows[i] = (ent_issue_row){.id = name,
                                  .name = name,
                                  .form = named ? ENT_ISSUE_OPTIONS : ENT_ISSUE_RANGE,
                                  .levels = issue->levels,
                                  .parts = named ? (size_t)issue->levels : 0,
                                  .from = issue->lower,
                                  .step = issue->step};
        rows[i].part = named ? ent_keep_names(arena, issue->values, rows[i].parts) : NULL;
    }
    return rows;
}

static const uint64_t *levels_of(ent_arena *arena, const ent_haggle_table *t)
{
    uint64_t *levels = NULL;
    if (t->sampled) {
        levels = ent_alloc(arena, (size_t)t->count * t->issues + 1, uint64_t);
        for (uint32_t k = 0; k < t->count; k++) {
            ent_haggle_levels(t, k, levels + (size_t)k * t->issues);
        }
    }
    return levels;
}

static void keep_space(ent_arena *arena, ent_numbers *numbers, const void *from)
{
    const tabulated *k = from;
    const ent_scenario *s = k->scenario;
    const ent_haggle_table *t = k->table;
    size_t parties = t->parties;
    ent_space_result *space = ent_alloc(arena, 1, ent_space_result);
    double *values = ent_alloc(arena, parties * t->count + 1, double);
    double *reservation = ent_alloc(arena, parties + 1, double);
    double *discount = ent_alloc(arena, parties + 1, double);
    for (size_t p = 0; p < parties; p++) {
        memcpy(values + p * t->count, t->side[p].value, t->count * sizeof *values);
        reservation[p] = t->side[p].reservation;
        discount[p] = t->side[p].discount;
    }
    *space = (ent_space_result){.size = sizeof *space,
                                .name = ent_copy(arena, s->name),
                                .format = ent_copy(arena, s->format),
                                .parties = parties,
                                .issues = s->issue_count,
                                .party = ent_keep_names(arena, s->parties, parties),
                                .issue = issue_rows(arena, s),
                                .outcomes = t->count,
                                .sampled = t->sampled,
                                .levels = levels_of(arena, t),
                                .values = values,
                                .reservation = reservation,
                                .discount = discount};
    numbers->space = space;
}

void ent_keep_space(ent_asking *asking, const ent_scenario *scenario,
                    const ent_haggle_table *table)
{
    if (asking->request->format == ENT_TYPED) {
        ent_keep(asking, keep_space, &(tabulated){scenario, table});
    }
}
