/* Answers about exact scenarios as numbers. */
#include "api/results.h"
#include "bargain/solution.h"
#include "haggle/negotiation.h"

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
    double *values = ent_alloc(arena, offers * parties + 1, double);
    double *agreement = ent_alloc(arena, parties + 1, double);
    bool agreed = n->result.end == ENT_HAGGLE_AGREED;
    for (size_t i = 0; i < offers; i++) {
        round[i] = n->offers[i].round;
        proposer[i] = n->offers[i].party;
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
                            .agreement = agreed ? agreement : NULL};
    results->run = run;
}

void ent_keep_run(ent_asking *asking, const ent_negotiation *negotiation)
{
    ent_keep(asking, keep_run, negotiation);
}
