/*
 * How fast is the sweep? World-outcomes a second on one core for two parties, beside the
 * straightforward double loop and beside what the machine's compare units could do at best, and
 * how it grows with threads.
 */
#include "answers/sweep.h"
#include "base/kernel.h"
#include "../tests/unit/toy.h"

#include <stdio.h>
#include <time.h>

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double wall(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/*
 * Compares with next to nothing else, on rows that stay in the L1 cache: sixteen compares joined
 * before one count.
 */
enum { ROWS = 16, LANES = 64 };
ENT_KERNEL_COUNT static uint32_t compare_alone(const float *restrict rows,
                                               const float *restrict need)
{
    uint32_t sum = 0;
    for (int w = 0; w < LANES; w++) {
        uint32_t all = UINT32_MAX;
        for (int r = 0; r < ROWS; r++) {
            all &= rows[r * LANES + w] >= need[w] ? UINT32_MAX : 0;
        }
        sum -= all;
    }
    return sum;
}

/* Compares a second: the ceiling of any sweep that compares once a world, outcome and party. */
static double compare_ceiling(void)
{
    static float rows[ROWS * LANES], need[LANES];
    for (int i = 0; i < ROWS * LANES; i++) {
        rows[i] = (float)(i * 7919 % 1000) * 1e-3F;
        need[i % LANES] = (float)(i % 100) * 1e-2F;
    }
    double best = 0;
    uint32_t sum = 0;
    for (int round = 0; round < 5; round++) {
        double start = cpu();
        enum { TIMES = 200000 };
        for (int t = 0; t < TIMES; t++) {
            need[t % LANES] = -need[t % LANES];
            sum += compare_alone(rows, need);
        }
        double rate = (double)TIMES * ROWS * LANES / (cpu() - start);
        best = rate > best ? rate : best;
    }
    return sum != 0 ? best : 0;
}

typedef struct problem {
    ent_grid grid;
    ent_voter voters[2];
} problem;

static problem make(ent_arena *arena, ent_issue_kind kind, uint64_t size, uint32_t count,
                    uint32_t worlds)
{
    ent_issue_kind kinds[32];
    uint64_t sizes[32];
    int8_t signs[2][32];
    for (uint32_t i = 0; i < count; i++) {
        kinds[i] = kind;
        sizes[i] = size;
        signs[0][i] = i % 2 == 0 ? 1 : -1;
        signs[1][i] = (int8_t)-signs[0][i];
    }
    problem p;
    ent_space *space = toy_space(arena, kinds, sizes, count);
    (void)ent_grid_of(arena, space, NULL, &p.grid);
    for (int v = 0; v < 2; v++) {
        const ent_stakes *stakes = toy_stakes(arena, space, signs[v]);
        const ent_world_set *set = toy_worlds(arena, stakes, worlds, 0.25, 3 + (uint64_t)v);
        p.voters[v] = (ent_voter){.stakes = stakes, .set = set};
    }
    return p;
}

static double rate_of(ent_work *work, const problem *p, bool by_wall)
{
    ent_sweep sweep;
    ent_voters voters = {.at = (ent_voter[]){p->voters[0], p->voters[1]}, .count = 2};
    double best = 0;
    double cells = (double)p->grid.outcomes * p->voters[0].set->worlds;
    for (int i = 0; i < 5; i++) {
        double start = by_wall ? wall() : cpu();
        if (ent_sweep_grid(work, &p->grid, &voters, NULL, &sweep) != ENT_OK) {
            return 0;
        }
        double rate = cells / ((by_wall ? wall() : cpu()) - start);
        best = rate > best ? rate : best;
    }
    return best;
}

static double plain_rate(ent_arena *arena, const problem *p)
{
    ent_sweep sweep;
    ent_voters voters = {.at = (ent_voter[]){p->voters[0], p->voters[1]}, .count = 2};
    double start = cpu();
    ent_sweep_plain(arena, &p->grid, &voters, NULL, &sweep);
    return (double)p->grid.outcomes * p->voters[0].set->worlds / (cpu() - start);
}

static ent_status run(void *argument)
{
    ent_work *work = argument;
    static const struct {
        const char *name;
        ent_issue_kind kind;
        uint64_t size;
        uint32_t count, worlds;
    } shapes[] = {
        {"10^4: 4 issues of 10 options", ENT_OPTIONS, 10, 4, 20000},
        {"4^6: 6 issues of 4 options", ENT_OPTIONS, 4, 6, 20000},
        {"2^10: 10 issues of 2 options", ENT_OPTIONS, 2, 10, 20000},
        {"2^16: 16 issues of 2 options", ENT_OPTIONS, 2, 16, 20000},
    };
    double ceiling = compare_ceiling();
    printf("compare ceiling: %.1f billion compares a second and core\n", ceiling * 1e-9);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        problem p = make(work->arena, shapes[i].kind, shapes[i].size, shapes[i].count,
                         shapes[i].worlds);
        work->threads = 1;
        double one = rate_of(work, &p, false);
        problem small = make(work->arena, shapes[i].kind, shapes[i].size, shapes[i].count, 320);
        double plain = plain_rate(work->arena, &small);
        double one_wall = rate_of(work, &p, true);
        work->threads = 2;
        double two = rate_of(work, &p, true);
        printf("%s, %u worlds, two parties\n"
               "  %.2f billion world-outcomes a second and core; %.0f %% of the compare ceiling\n"
               "  %.0f times the plain loop in the same run; two threads: x %.2f\n",
               shapes[i].name, shapes[i].worlds, one * 1e-9, 200 * one / ceiling, one / plain,
               two / one_wall);
    }
    return ENT_OK;
}

int main(void)
{
    ent_work work = {.arena = ent_arena_create(NULL), .diags = ent_diags_create(), .threads = 1};
    ent_status status = ent_protect(work.arena, run, &work);
    ent_arena_destroy(work.arena);
    ent_diags_destroy(work.diags);
    return status == ENT_OK ? 0 : 1;
}
