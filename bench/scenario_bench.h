/* Synthetic additive scenarios and the plain search that benches of frontiers compare with. */
#ifndef ENT_BENCH_SCENARIO_H
#define ENT_BENCH_SCENARIO_H

#include "base/random.h"
#include "bargain/solution.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static inline double bench_cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Weights uniform on the simplex, values from 0..1; opposed: two parties want opposites. */
static inline ent_scenario bench_scenario(ent_arena *arena, uint32_t parties, uint32_t issues,
                                          const uint32_t *levels, bool opposed, uint64_t seed)
{
    ent_stream stream = ent_stream_of(seed, issues, parties);
    ent_scenario_issue *list = ent_alloc(arena, issues, ent_scenario_issue);
    ent_utility *utilities = ent_alloc(arena, parties, ent_utility);
    for (uint32_t i = 0; i < issues; i++) {
        list[i] = (ent_scenario_issue){.name = "issue", .kind = ENT_INTEGER, .step = 1,
                                       .levels = levels[i]};
    }
    for (uint32_t p = 0; p < parties; p++) {
        const double **part = ent_alloc(arena, issues, const double *);
        double total = 0;
        for (uint32_t i = 0; i < issues; i++) {
            double weight = ent_draw_exponential(&stream);
            double *row = ent_alloc(arena, levels[i], double);
            total += weight;
            for (uint32_t l = 0; l < levels[i]; l++) {
                double ramp = levels[i] > 1 ? l / (levels[i] - 1.0) : 0;
                double value = ent_draw_unit(&stream);
                value = opposed && p < 2 ? (p == 0 ? ramp : 1 - ramp) : value;
                row[l] = weight * value;
            }
            part[i] = row;
        }
        for (uint32_t i = 0; i < issues; i++) {
            double *row = ent_alloc(arena, levels[i], double);
            for (uint32_t l = 0; l < levels[i]; l++) {
                row[l] = part[i][l] / total;
            }
            part[i] = row;
        }
        utilities[p] = (ent_utility){.part = part, .scale = 1, .discount = 1};
    }
    return (ent_scenario){.name = "synthetic", .issue_count = issues, .issues = list,
                          .party_count = parties, .utilities = utilities};
}

/* Every outcome by its formula, compared with a list of the best so far. Returns its length. */
static inline size_t bench_plain(ent_arena *arena, const ent_scenario *s)
{
    uint32_t n = s->party_count;
    uint64_t *levels = ent_alloc(arena, s->issue_count + 1, uint64_t);
    size_t count = 0, room = 1 << 20;
    double *best = ent_alloc(arena, room * n, double), u[ENT_MOST_PARTIES];
    for (bool more = true; more;) {
        for (uint32_t p = 0; p < n; p++) {
            u[p] = ent_utility_of(s, p, levels);
        }
        size_t kept = 0;
        bool beaten = false;
        for (size_t k = 0; k < count && !beaten; k++) {
            beaten = true;
            for (uint32_t p = 0; p < n && beaten; p++) {
                beaten = best[k * n + p] >= u[p];
            }
        }
        for (size_t k = 0; k < count && !beaten; k++) {
            bool loses = true;
            for (uint32_t p = 0; p < n && loses; p++) {
                loses = u[p] >= best[k * n + p];
            }
            if (!loses) {
                memmove(best + kept++ * n, best + k * n, n * sizeof *best);
            }
        }
        if (!beaten && kept < room) {
            memcpy(best + kept * n, u, n * sizeof *best);
            count = kept + 1;
        }
        more = false;
        for (uint32_t i = s->issue_count; i-- > 0 && !more;) {
            levels[i] = levels[i] + 1 < s->issues[i].levels ? levels[i] + 1 : 0;
            more = levels[i] != 0;
        }
    }
    return count;
}

/* Run body in ent_protect with a fresh work. */
static inline int bench_run(ent_status (*body)(void *), ent_work *work)
{
    *work = (ent_work){.arena = ent_arena_create(NULL), .diags = ent_diags_create(), .threads = 1};
    ent_status status = ent_protect(work->arena, body, work);
    for (size_t i = 0; i < ent_diags_count(work->diags); i++) {
        fprintf(stderr, "%s\n", ent_diags_get(work->diags, i)->message);
    }
    ent_arena_destroy(work->arena);
    ent_diags_destroy(work->diags);
    return status == ENT_OK ? 0 : 1;
}

#endif
