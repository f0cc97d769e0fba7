/*
 * How fast are plans? All phase counts of 12 steps in 1,000 worlds, 16 steps in one world, and a
 * plain enumeration of all plans on a small exchange beside the same by states.
 */
#include "answers/phases.h"
#include "base/random.h"

#include <stdio.h>
#include <time.h>

enum { LANES = ENT_PHASES_LANES };

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct example {
    ent_exchange x;
    uint64_t own[2];
    double gain[2 * 16 * LANES], kept[2 * 16 * LANES];
} example;

static void make(example *e, uint32_t steps, uint64_t seed)
{
    ent_stream draw = ent_stream_of(seed, 1, steps);
    *e = (example){.x = {.steps = steps, .parties = 2, .own = e->own}};
    for (uint32_t c = 0; c < steps; c++) {
        uint32_t giver = ent_draw_below(&draw, 2);
        double undo = ent_draw_below(&draw, 3) * 0.5;
        e->own[giver] |= UINT64_C(1) << c;
        for (uint32_t i = 0; i < 2 * LANES; i++) {
            size_t at = ent_exchange_at(&e->x, i / LANES, c) + i % LANES;
            e->gain[at] = (i / LANES == giver ? -0.3 : 1) * ent_draw_unit(&draw);
            e->kept[at] = e->gain[at] * (1 - undo);
        }
    }
}

static double enumerate(const example *e, uint64_t done, uint32_t phases)
{
    ent_exchange_values values = {e->gain, e->kept};
    uint64_t rest = ((UINT64_C(1) << e->x.steps) - 1) & ~done;
    double least = rest == 0 ? 0 : 1;
    for (uint64_t d = rest; phases > 0 && d != 0; d = (d - 1) & rest) {
        double need = 0;
        for (uint32_t p = 0; p < 2; p++) {
            double trust = ent_phase_trust(&e->x, &values, 0, p, done, d);
            need = trust > need ? trust : need;
        }
        double later = enumerate(e, done | d, phases - 1);
        need = later > need ? later : need;
        least = need < least ? need : least;
    }
    return least;
}

static double solve(ent_arena *arena, const example *e, uint32_t phases, uint32_t blocks)
{
    double curve[16 * LANES];
    ent_exchange_values values = {e->gain, e->kept};
    ent_phases *p = ent_phases_create(arena, &e->x, phases);
    for (uint32_t b = 0; b < blocks; b++) {
        ent_phases_solve(p, &values, curve);
    }
    return curve[(phases - 1) * LANES];
}

static ent_status run(void *argument)
{
    ent_arena *arena = argument;
    example *e = ent_alloc(arena, 1, example);
    make(e, 12, 1);
    double start = cpu();
    (void)solve(arena, e, 12, 1000 / LANES);
    printf("12 steps, 1,000 worlds, up to 12 phases: %.3f s\n", cpu() - start);
    make(e, 16, 1);
    start = cpu();
    (void)solve(arena, e, 5, 1);
    printf("16 steps, %d worlds, up to 5 phases:      %.3f s\n", LANES, cpu() - start);
    start = cpu();
    (void)solve(arena, e, 16, 1);
    printf("16 steps, %d worlds, up to 16 phases:     %.3f s\n", LANES, cpu() - start);
    make(e, 8, 1);
    start = cpu();
    double plain = enumerate(e, 0, 8);
    double plain_time = cpu() - start;
    start = cpu();
    double quick = solve(arena, e, 8, 100);
    double quick_time = (cpu() - start) / (100 * LANES);
    printf("8 steps, up to 8 phases: %.2e s a world, plain enumeration %.3f s, ratio %.0f%s\n",
           quick_time, plain_time, plain_time / quick_time,
           plain - quick < 1e-9 && quick - plain < 1e-9 ? "" : " (NOT THE SAME)");
    return ENT_OK;
}

int main(void)
{
    ent_arena *arena = ent_arena_create(NULL);
    ent_status status = ent_protect(arena, run, arena);
    ent_arena_destroy(arena);
    return status == ENT_OK ? 0 : 1;
}
