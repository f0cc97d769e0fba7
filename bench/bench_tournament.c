/*
 * How fast is a tournament, and how does it grow with threads? Ten strategies squared, ten
 * repetitions, on spaces from 27 to 390,625 outcomes; results are kept in memory. Runs that draw
 * nothing are played once for all their repetitions, and count as ten. A tournament of the 161
 * reference scenarios, some of more parties, has 336 times the runs of one space; it takes 6 to 11
 * seconds of processor time with its database.
 */
#include "base/work.h"
#include "haggle/tournament.h"

#include <stdio.h>
#include <time.h>

enum { STRATEGIES = 10, REPETITIONS = 10, RUNS = STRATEGIES * STRATEGIES * REPETITIONS };

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static ent_scenario make(ent_arena *arena, uint32_t issues, uint64_t levels)
{
    static const char *const names[] = {"a", "b"};
    ent_stream draw = ent_stream_of(1, 2, issues);
    ent_scenario_issue *issue = ent_alloc(arena, issues, ent_scenario_issue);
    ent_utility *u = ent_alloc(arena, 2, ent_utility);
    for (uint32_t p = 0; p < 2; p++) {
        const double **part = ent_alloc(arena, issues, const double *);
        for (uint32_t i = 0; i < issues; i++) {
            double *row = ent_alloc(arena, levels, double);
            for (uint64_t l = 0; l < levels; l++) {
                row[l] = (double)ent_draw_below(&draw, 1000) / (1000.0 * issues);
            }
            part[i] = row;
            issue[i] = (ent_scenario_issue){.name = "issue", .kind = ENT_INTEGER, .step = 1,
                                            .levels = levels};
        }
        u[p] = (ent_utility){.part = part, .scale = 1, .discount = 1};
    }
    return (ent_scenario){.name = "bench", .issue_count = issues, .issues = issue,
                          .party_count = 2, .parties = names, .utilities = u};
}

/* Make a scenario ready and play all its runs; wall seconds. */
static double play(ent_work *work, const ent_scenario *s, const ent_chosen_strategy *chosen,
                   double *ready)
{
    static ent_contest_run runs[RUNS];
    static double utility[2 * RUNS], advantage[2 * RUNS];
    ent_haggle_table t;
    ent_contest *contest;
    ent_lineup lineup;
    ent_haggle_rules rules = {.rounds = 100, .seed = 1};
    double start = seconds(CLOCK_MONOTONIC);
    if (!ent_lineup_set(ENT_LINEUP_ALL, STRATEGIES, 2, RUNS, &lineup) ||
        ent_haggle_tabulate(work, s, 0, 1, &t) != ENT_OK ||
        ent_contest_make(work, s, &t, &rules, chosen, &lineup, &contest) != ENT_OK) {
        return 0;
    }
    *ready = seconds(CLOCK_MONOTONIC) - start;
    (void)ent_contest_play(work, contest, 0, 0, REPETITIONS, RUNS, runs,
                           &(ent_contest_seats){utility, advantage, NULL});
    return seconds(CLOCK_MONOTONIC) - start;
}

static ent_status bench(void *argument)
{
    ent_work *work = argument;
    static const struct {
        uint32_t issues;
        uint64_t levels;
    } spaces[] = {{3, 3}, {6, 5}, {8, 5}};
    const ent_chosen_strategy *chosen;
    size_t count;
    ent_status status = ent_choose_strategies(
        work, "aspiration,boa,boulware,conceder,hybrid,linear,micro,naive-tit-for-tat,nash,"
              "nice-tit-for-tat", &chosen, &count);
    for (size_t k = 0; k < sizeof spaces / sizeof *spaces && status == ENT_OK; k++) {
        ent_scenario s = make(work->arena, spaces[k].issues, spaces[k].levels);
        double alone = 0;
        printf("%u issues of %u levels, %d runs\n", spaces[k].issues, (unsigned)spaces[k].levels,
               RUNS);
        for (int threads = 1; threads <= 4; threads *= 2) {
            double ready = 0, cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
            work->threads = threads;
            double wall = play(work, &s, chosen, &ready);
            cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
            alone = threads == 1 ? wall : alone;
            printf("  %d threads: %7.1f ms (%.1f ms to make ready), %8.0f runs/s, %.2f times one; "
                   "%.1f ms of all cores\n",
                   threads, 1e3 * wall, 1e3 * ready, RUNS / wall, alone / wall, 1e3 * cpu);
        }
    }
    return status;
}

int main(void)
{
    ent_work work = {.arena = ent_arena_create(NULL), .diags = ent_diags_create(), .threads = 1};
    ent_status status = ent_protect(work.arena, bench, &work);
    ent_arena_destroy(work.arena);
    ent_diags_destroy(work.diags);
    return ent_status_exit(status);
}
