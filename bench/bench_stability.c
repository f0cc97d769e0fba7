/*
 * How fast are verdicts? Conflicts of two parties with all states and random preferences, and a
 * small one beside the definitions on listed moves.
 */
#include "answers/stability.h"
#include "base/random.h"

#include <stdio.h>
#include <time.h>

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static ent_graph make(ent_arena *arena, uint32_t bits)
{
    size_t size = (size_t)1 << bits;
    ent_stream draw = ent_stream_of(1, 2, bits);
    uint32_t *own = ent_alloc(arena, 2, uint32_t);
    uint8_t *feasible = ent_alloc(arena, size, uint8_t);
    const uint8_t **seen = ent_alloc(arena, 2, const uint8_t *);
    const double **worth = ent_alloc(arena, 2, const double *);
    for (uint32_t a = 0; a < 2; a++) {
        double *w = ent_alloc(arena, size, double);
        own[a] = a == 0 ? (1U << bits / 2) - 1 : (1U << bits) - (1U << bits / 2);
        for (size_t s = 0; s < size; s++) {
            w[s] = ent_draw_unit(&draw);
            feasible[s] = 1;
        }
        worth[a] = w;
    }
    ent_graph g = {.bits = bits, .actors = 2, .own = own, .feasible = feasible, .seen = seen,
                   .worth = worth};
    ent_graph_finish(arena, &g);
    return g;
}

/* GMR and SEQ for two actors as they are defined, over listed moves. */
static size_t plain(const ent_graph *g)
{
    size_t stable = 0;
    for (uint32_t i = 0; i < 2; i++) {
        const double *mine = g->worth[i];
        const double *theirs = g->worth[1 - i];
        for (uint32_t s = 0; s < 1U << g->bits; s++) {
            bool gmr = true;
            bool seq = true;
            for (uint32_t x = g->own[i]; x != 0; x = (x - 1) & g->own[i]) {
                uint32_t t = s ^ x;
                bool any = mine[t] <= mine[s];
                bool keen = any;
                for (uint32_t y = g->own[1 - i]; y != 0 && !keen; y = (y - 1) & g->own[1 - i]) {
                    bool hurts = mine[t ^ y] <= mine[s];
                    any |= hurts;
                    keen |= hurts && theirs[t ^ y] > theirs[t];
                }
                gmr = gmr && any;
                seq = seq && keen;
            }
            stable += (size_t)gmr + (size_t)seq;
        }
    }
    return stable;
}

static size_t count(const ent_graph *g, const ent_stability *stability)
{
    size_t stable = 0;
    for (uint32_t s = 0; s < 1U << g->bits; s++) {
        for (uint32_t a = 0; a < 2; a++) {
            stable += stability->verdicts[a][s] >> ENT_GMR & 1;
            stable += stability->verdicts[a][s] >> ENT_SEQ & 1;
        }
    }
    return stable;
}

static ent_status run(void *argument)
{
    (void)argument;
    for (uint32_t bits = 12; bits <= 20; bits += 8) {
        ent_arena *arena = argument;
        double start = cpu();
        ent_graph g = make(arena, bits);
        double made = cpu();
        ent_stability stability = ent_stability_of(arena, &g);
        double solved = cpu();
        printf("2^%u states, 2 parties, 5 concepts: graph %.4f s, verdicts %.4f s, %.1f MB\n", bits,
               made - start, solved - made, (double)ent_arena_size(arena) / 1e6);
        if (bits == 12) {
            start = cpu();
            size_t want = plain(&g);
            double slow = cpu() - start;
            printf("  GMR and SEQ on listed moves: %.4f s, ratio %.0f%s\n", slow,
                   slow / (solved - made), want == count(&g, &stability) ? "" : " (NOT THE SAME)");
        }
    }
    return ENT_OK;
}

int main(void)
{
    ent_arena *arena = ent_arena_create(NULL);
    ent_status status = ent_protect(arena, run, arena);
    ent_arena_destroy(arena);
    return status == ENT_OK ? 0 : 1;
}
