/* The results of a tournament in a database (schema.sql), kept so that a stop loses nothing. */
#ifndef ENT_STORE_RESULTS_H
#define ENT_STORE_RESULTS_H

#include "store/database.h"

extern const char ent_results_schema[];

typedef struct ent_results ent_results;

enum { ENT_RESULT_SEATS = 20 }; /* of a run, at most */

typedef struct ent_result_fact {
    const char *name, *value;
} ent_result_fact;

typedef struct ent_result_seat {
    uint32_t strategy;
    double utility, advantage, score; /* score: what the ranking is by; NaN: it has none */
} ent_result_seat;

typedef struct ent_result_run {
    uint64_t job, cell;
    uint32_t scenario, parties;
    const char *ending;
    uint32_t round, offers;
    uint64_t outcome; /* UINT64_MAX: none, or none that has a number */
    double welfare, pareto, nash, kalai; /* NaN where there is none */
    double nash_negmas, kalai_negmas;    /* NaN in files of the first form too */
    const ent_result_seat *seat;         /* [parties] */
} ent_result_run;

typedef struct ent_result_scenario {
    const char *name;
    uint32_t parties;
    uint64_t outcomes;
    const char *tuples; /* which are played: "all", "pairs" */
} ent_result_scenario;

/*
 * Forms of a file, in its user_version: 0 before there were columns for the points as NegMAS
 * defines them. Such a file is read, and gone on with as it was begun.
 */
enum { ENT_RESULTS_FIRST_FORM = 0, ENT_RESULTS_FORM = 1 };

/*
 * Open the results of the tournament with that fingerprint, or begin them; path NULL: in memory.
 * *done runs are there already. ENT_INVALID: another tournament's.
 */
ent_status ent_results_open(ent_work *work, const char *path, const char *fingerprint,
                            ent_results **results, uint64_t *done, bool *finished);
/* Are the `count` runs numbered from `first` there, all of them? O(count). */
ent_status ent_results_has(ent_results *results, uint64_t first, uint32_t count, bool *has);
/* What a new file begins with; call it always: it does nothing to one that was begun before. */
ent_status ent_results_begin(ent_results *results, const ent_result_fact *facts, size_t fact_count,
                             const ent_result_scenario *scenarios, size_t scenario_count,
                             const char *const *strategies, size_t strategy_count);
/* Add runs, all or none of them; any that are there are replaced. */
ent_status ent_results_add(ent_results *results, const ent_result_run *runs, size_t count);
/* Rank, mark as finished, and put a packed copy in place. */
ent_status ent_results_finish(ent_results *results);

typedef struct ent_result_rank {
    const char *strategy;
    uint64_t scenarios, cells; /* that it played on; its seats there */
    double score, score_error; /* what the places are by */
    double advantage, error, agreed, welfare, pareto, nash, kalai, rounds;
    double nash_negmas, kalai_negmas; /* NaN where it played no scenario of NegMAS */
    bool over_scenarios; /* what the errors are over; false: over cells */
    double chance; /* of a difference to the next as large as this; NaN for the last */
    bool ahead;    /* significantly ahead of the next */
} ent_result_rank;
/* Are the runs of finished results those that were written (H111)? O(runs). */
ent_status ent_results_check(ent_results *results);
/* The ranking of finished results. */
ent_status ent_results_ranking(ent_results *results, const ent_result_rank **ranks, size_t *count);
/* Call back with every run, in the order of their numbers; what it is given lasts for the call. */
ent_status ent_results_each(ent_results *results,
                            void (*take)(void *user, const ent_result_run *run), void *user);
/* Call back with every run as a line of CSV, the head first. */
ent_status ent_results_lines(ent_results *results, void (*line)(void *user, const char *text),
                             void *user);

#endif
