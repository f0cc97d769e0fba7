/*
 * Tournaments keep their results in SQLite, which is not in the page: they are refused at the
 * start.
 */
#include "store/results.h"

ent_status ent_results_open(ent_work *work, const char *path, const char *fingerprint,
                            ent_results **results, uint64_t *done, bool *finished)
{
    (void)path;
    (void)fingerprint;
    *results = NULL;
    *done = 0;
    *finished = false;
    return ent_fail(work->diags, ENT_USAGE, ENT_U101_UNKNOWN_COMMAND,
                    "`entente tournament` on the command line plays them",
                    "there are no tournaments in the browser");
}

ent_status ent_results_has(ent_results *results, uint64_t first, uint32_t count, bool *has)
{
    (void)results;
    (void)first;
    (void)count;
    *has = false;
    return ENT_USAGE;
}

ent_status ent_results_begin(ent_results *results, const ent_result_fact *facts, size_t fact_count,
                             const ent_result_scenario *scenarios, size_t scenario_count,
                             const char *const *strategies, size_t strategy_count)
{
    (void)results;
    (void)facts;
    (void)fact_count;
    (void)scenarios;
    (void)scenario_count;
    (void)strategies;
    (void)strategy_count;
    return ENT_USAGE;
}

ent_status ent_results_check(ent_results *results)
{
    (void)results;
    return ENT_USAGE;
}

ent_status ent_results_add(ent_results *results, const ent_result_run *runs, size_t count)
{
    (void)results;
    (void)runs;
    (void)count;
    return ENT_USAGE;
}

ent_status ent_results_finish(ent_results *results)
{
    (void)results;
    return ENT_USAGE;
}

ent_status ent_results_ranking(ent_results *results, const ent_result_rank **ranks, size_t *count)
{
    (void)results;
    *ranks = NULL;
    *count = 0;
    return ENT_USAGE;
}

ent_status ent_results_each(ent_results *results,
                            void (*take)(void *user, const ent_result_run *run), void *user)
{
    (void)results;
    (void)take;
    (void)user;
    return ENT_USAGE;
}

ent_status ent_results_lines(ent_results *results, void (*line)(void *user, const char *text),
                             void *user)
{
    (void)results;
    (void)line;
    (void)user;
    return ENT_USAGE;
}
