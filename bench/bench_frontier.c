/*
 * How fast are additive frontiers? A sweep over 10^3 to 10^20 outcomes, then scenarios of the size
 * of well-known ones beside a plain enumeration. Folders given as arguments are solved too, and by
 * whole processes where ENTENTE_PROGRAM names the program.
 */
#include "io/scenario.h"
#include "scenario_bench.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>

static int folder_count;
static char **folders;

/* The best of a few runs: CPU seconds and points. */
static double solve(ent_work *work, const ent_scenario *s, ent_solution *solution)
{
    double best = HUGE_VAL;
    for (int run = 0; run < 3 && (run == 0 || best < 0.5); run++) {
        double start = bench_cpu();
        if (ent_solve_scenario(work, s, NULL, solution) != ENT_OK) {
            return (double)NAN;
        }
        best = fmin(best, bench_cpu() - start);
    }
    return best;
}

static void sweep(ent_work *work, uint32_t parties, bool opposed)
{
    static const uint32_t sizes[] = {3, 5, 7, 10, 12, 15, 18, 20};
    uint32_t levels[20];
    printf("\n%u parties, 10 levels an issue, %s\n%8s %10s %10s\n", parties,
           opposed ? "two want opposites" : "random values", "outcomes", "frontier", "ms");
    for (int i = 0; i < 20; i++) {
        levels[i] = 10;
    }
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        ent_scenario s = bench_scenario(work->arena, parties, sizes[k], levels, opposed, 1);
        ent_solution got;
        double seconds = solve(work, &s, &got);
        printf("   10^%-2u %10zu %10.3f%s\n", sizes[k], got.count, seconds * 1e3,
               got.proved ? "" : " not proved");
    }
}

static void compare(ent_work *work, const char *name, const ent_scenario *s)
{
    ent_solution got;
    char outcomes[ENT_BIG_ROOM];
    double seconds = solve(work, s, &got);
    double start = bench_cpu();
    uint64_t count;
    bool small = ent_scenario_outcomes(s, &count) && count <= 20000000;
    size_t plain = small ? bench_plain(work->arena, s) : 0;
    double slow = bench_cpu() - start;
    printf("%-28s %12s %8zu %10.3f", name, ent_big_text(&got.outcomes, outcomes), got.count,
           seconds * 1e3);
    if (small) {
        printf(" %12.1f %8.0f%s", slow * 1e3, slow / seconds, plain == got.count ? "" : " DIFFERS");
    }
    printf("\n");
}

static double children_cpu(void)
{
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

/* The least CPU time of a few processes that load, solve and print; NaN without a program. */
static double whole_process(const char *folder)
{
    char program[4096], command[] = "frontier", json[] = "--json", path[4096];
    const char *named = getenv("ENTENTE_PROGRAM");
    double best = HUGE_VAL;
    if (named == NULL) {
        return (double)NAN;
    }
    snprintf(program, sizeof program, "%s", named);
    snprintf(path, sizeof path, "%s", folder);
    char *arguments[] = {program, command, path, json, NULL}, *nothing[] = {NULL};
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    for (int run = 0; run < 9; run++) {
        pid_t child;
        int status = 1;
        double before = children_cpu();
        if (posix_spawn(&child, program, &files, NULL, arguments, nothing) == 0) {
            waitpid(child, &status, 0);
        }
        best = status == 0 ? fmin(best, children_cpu() - before) : (double)NAN;
    }
    posix_spawn_file_actions_destroy(&files);
    return best;
}

static ent_status body(void *argument)
{
    ent_work *work = argument;
    static const uint32_t travel[] = {7, 4, 6, 5, 8, 7, 4}, energy[] = {5, 5, 5, 5, 5, 5, 5, 5};
    static const uint32_t city[] = {5, 5, 5, 5, 4, 4, 3, 3, 6, 3};
    for (uint32_t parties = 2; parties <= 3; parties++) {
        sweep(work, parties, false);
        sweep(work, parties, true);
    }
    printf("\n%-28s %12s %8s %10s %12s %8s\n", "frontier, points, counts", "outcomes", "frontier",
           "ms", "plain ms", "ratio");
    ent_scenario a = bench_scenario(work->arena, 2, 7, travel, false, 2);
    ent_scenario b = bench_scenario(work->arena, 2, 8, energy, true, 2);
    ent_scenario c = bench_scenario(work->arena, 2, 10, city, true, 2);
    compare(work, "as large as Travel", &a);
    compare(work, "as large as Energy", &b);
    compare(work, "as large as AMPO vs City", &c);
    for (int i = 0; i < folder_count; i++) {
        ent_scenario *s;
        double start = bench_cpu();
        if (ent_read_scenario(work, &ent_disk, folders[i], NULL, 0, &s) != ENT_OK) {
            return ENT_INVALID;
        }
        double load = bench_cpu() - start;
        const char *slash = strrchr(folders[i], '/');
        compare(work, slash != NULL ? slash + 1 : folders[i], s);
        printf("%-28s %32.3f\n", "  loading", load * 1e3);
        printf("%-28s %32.3f\n", "  whole process", whole_process(folders[i]) * 1e3);
    }
    return ENT_OK;
}

int main(int argc, char **argv)
{
    ent_work work;
    folder_count = argc - 1;
    folders = argv + 1;
    return bench_run(body, &work);
}
