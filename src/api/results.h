/*
 * Answers as numbers: what a reply holds besides its text, in an arena of its own that the reply
 * takes over.
 */
#ifndef ENT_API_RESULTS_H
#define ENT_API_RESULTS_H

#include "api/ask.h"

struct ent_deals;       /* answers/deals.h */
struct ent_solution;    /* bargain/solution.h */
struct ent_negotiation; /* haggle/negotiation.h */
struct ent_haggle_table; /* haggle/table.h */
struct ent_scenario;     /* model/scenario.h */
struct ent_runs;         /* haggle/runs.h */

struct ent_numbers {
    const ent_allocator *allocator;
    ent_arena *arena; /* NULL until something is kept */
    const ent_deals_result *deals;
    size_t deals_count;
    const ent_frontier_result *frontier;
    const ent_run_result *run;
    const ent_space_result *space;
    const ent_runs_result *runs;
    const ent_tournament_result *tournament;
    void *filling; /* the columns of `runs` while they are filled in */
};

/* Empty ones, which go with the arena unless a reply takes them over (arena set to NULL). */
ent_numbers *ent_numbers_of(ent_arena *arena, const ent_allocator *allocator);

/*
 * Calls the keeper with the results' own arena; memory that is out there is out here.
 */
typedef void ent_keeper(ent_arena *arena, ent_numbers *results, const void *from);
void ent_keep(ent_asking *asking, ent_keeper *keeper, const void *from);
/* names[count], copied. */
const char *const *ent_keep_names(ent_arena *arena, const char *const *names, size_t count);

/* Keep the answer: deals[accounts], of those that were drawn. O(deals). */
void ent_keep_deals(ent_asking *asking, const ent_analysis *analysis,
                    const struct ent_deals *deals);
void ent_keep_frontier(ent_asking *asking, const struct ent_solution *solution);
/* The last run of the negotiation, whose parties are called so. */
void ent_keep_run(ent_asking *asking, const struct ent_negotiation *negotiation);
/* The scenario with its tabulated outcomes. O(outcomes * parties). */
void ent_keep_space(ent_asking *asking, const struct ent_scenario *scenario,
                    const struct ent_haggle_table *table);
/* Runs of one scenario, in which the party p is the strategy p. */
void ent_keep_runs(ent_asking *asking, const struct ent_runs *runs, uint32_t parties);

#endif
