#include "api/league.h"

#include "bargain/solution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWN = 12 };

/* What the runs come to, scenario by scenario. */
typedef struct gathered {
    ent_arena *arena;
    const ent_tournament *t;
    size_t n;             /* strategies */
    double *sum, *count;  /* [n][n] of the scenario at hand */
    double *mean, *means; /* [n][n] sums of the scenarios' means, and how many there are */
    uint32_t scenario;
    size_t *drawing; /* [scenarios] index among those drawn; SIZE_MAX: none */
    struct deals {
        ent_league_deal *at;
        size_t count, room;
    } deals[DRAWN];
} gathered;

static void close_scenario(gathered *g)
{
    for (size_t k = 0; k < g->n * g->n; k++) {
        if (g->count[k] > 0) {
            g->mean[k] += g->sum[k] / g->count[k];
            g->means[k]++;
        }
        g->sum[k] = g->count[k] = 0;
    }
}

static void add_meetings(gathered *g, const ent_result_run *run)
{
    for (uint32_t p = 0; p < run->parties; p++) {
        for (uint32_t q = 0; q < run->parties; q++) {
            size_t a = run->seat[p].strategy, b = run->seat[q].strategy;
            if (p != q && a < g->n && b < g->n && !isnan(run->seat[p].score)) {
                g->sum[a * g->n + b] += run->seat[p].score;
                g->count[a * g->n + b]++;
            }
        }
    }
}

static void add(void *user, const ent_result_run *run)
{
    gathered *g = user;
    if (run->scenario >= g->t->count) {
        return; /* a file that somebody wrote in */
    }
    if (run->scenario != g->scenario) {
        close_scenario(g);
        g->scenario = run->scenario;
    }
    add_meetings(g, run);
    size_t drawing = g->drawing[run->scenario];
    if (drawing != SIZE_MAX && run->parties == 2 && strcmp(run->ending, "agreed") == 0) {
        *ent_push(g->arena, &g->deals[drawing]) =
            (ent_league_deal){{run->seat[0].utility, run->seat[1].utility}, 1};
    }
}

static int by_place(const void *a, const void *b)
{
    const ent_league_deal *x = a, *y = b;
    for (int p = 0; p < 2; p++) {
        if (x->at[p] != y->at[p]) {
            return x->at[p] < y->at[p] ? -1 : 1;
        }
    }
    return 0;
}

/* Those at one place become one. */
static size_t merge(ent_league_deal *deal, size_t count)
{
    size_t kept = 0;
    if (count > 0) {
        qsort(deal, count, sizeof *deal, by_place);
    }
    for (size_t k = 0; k < count; k++) {
        if (kept > 0 && by_place(&deal[kept - 1], &deal[k]) == 0) {
            deal[kept - 1].count += deal[k].count;
        } else {
            deal[kept++] = deal[k];
        }
    }
    return kept;
}

static ent_status draw(gathered *g, size_t scenario, ent_league_scatter *scatter)
{
    const ent_scenario *s = g->t->fixtures[scenario].scenario;
    struct deals *deals = &g->deals[g->drawing[scenario]];
    ent_solve_options options = {.frontier_only = true};
    ent_solution solution;
    ent_status status = ent_solve_scenario(g->t->work, s, &options, &solution);
    *scatter = (ent_league_scatter){.name = s->name, .party = {s->parties[0], s->parties[1]},
                                    .deal = deals->at,
                                    .deal_count = merge(deals->at, deals->count)};
    if (status == ENT_OK || status == ENT_LIMIT) {
        scatter->front = solution.value;
        scatter->front_count = solution.count;
        return ENT_OK;
    }
    return status;
}

static gathered make(const ent_tournament *t)
{
    ent_arena *arena = t->work->arena;
    size_t cells = t->strategies * t->strategies;
    gathered g = {.arena = arena, .t = t, .n = t->strategies,
                  .sum = ent_alloc(arena, cells, double), .count = ent_alloc(arena, cells, double),
                  .mean = ent_alloc(arena, cells, double),
                  .means = ent_alloc(arena, cells, double),
                  .drawing = ent_alloc(arena, t->count + 1, size_t)};
    for (size_t i = 0, drawn = 0; i < t->count; i++) {
        bool fit = t->fixtures[i].scenario->party_count == 2 && drawn < DRAWN;
        g.drawing[i] = fit ? drawn++ : SIZE_MAX;
    }
    return g;
}

ent_status ent_write_league(const ent_asking *asking, const ent_tournament *t,
                            const ent_tournament_story *story, const char *path)
{
    ent_arena *arena = t->work->arena;
    gathered g = make(t);
    ent_league_scatter *scatter = ent_alloc(arena, DRAWN, ent_league_scatter);
    const char **names = ent_alloc(arena, t->strategies, const char *);
    ent_league l = {.story = story, .strategy = names, .strategies = t->strategies,
                    .met = g.mean, .scatter = scatter};
    ent_status status = ent_results_each(t->results, add, &g);
    close_scenario(&g);
    for (size_t k = 0; k < g.n * g.n; k++) {
        g.mean[k] = g.means[k] > 0 ? g.mean[k] / g.means[k] : (double)NAN;
    }
    for (size_t s = 0; s < t->strategies; s++) {
        names[s] = t->chosen[s].text;
    }
    for (size_t i = 0; i < t->count && status == ENT_OK; i++) {
        if (g.drawing[i] != SIZE_MAX) {
            status = draw(&g, i, &scatter[l.scatters++]);
        }
    }
    l.left_out = t->count - l.scatters;
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put_league_html(&b, &l);
    const ent_files *files = asking->files;
    return status == ENT_OK
               ? files->write(files->user, t->work, path, ent_buffer_text(&b), b.length)
               : status;
}
