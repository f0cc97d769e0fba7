#include "api/results_runs.h"

#include "haggle/runs.h"
#include "haggle/score.h"

#include <math.h>
#include <string.h>

/* The columns while they are filled in. */
typedef struct columns {
    ent_runs_result *result;
    uint8_t *end;
    uint32_t *scenario, *cell, *round, *offers, *strategy;
    uint64_t *outcome;
    double *welfare, *pareto, *nash, *kalai, *nash_negmas, *kalai_negmas;
    double *utility, *advantage, *score;
    size_t room, at;
} columns;

static columns make(ent_arena *arena, size_t runs, size_t seats)
{
    columns c = {.result = ent_alloc(arena, 1, ent_runs_result), .room = runs};
    c.end = ent_alloc(arena, runs + 1, uint8_t);
    uint32_t **whole[] = {&c.scenario, &c.cell, &c.round, &c.offers};
    double **number[] = {&c.welfare, &c.pareto, &c.nash, &c.kalai, &c.nash_negmas,
                         &c.kalai_negmas};
    for (size_t k = 0; k < sizeof whole / sizeof *whole; k++) {
        *whole[k] = ent_alloc(arena, runs + 1, uint32_t);
    }
    for (size_t k = 0; k < sizeof number / sizeof *number; k++) {
        *number[k] = ent_alloc(arena, runs + 1, double);
    }
    c.outcome = ent_alloc(arena, runs + 1, uint64_t);
    c.strategy = ent_alloc(arena, runs * seats + 1, uint32_t);
    c.utility = ent_alloc(arena, runs * seats + 1, double);
    c.advantage = ent_alloc(arena, runs * seats + 1, double);
    c.score = ent_alloc(arena, runs * seats + 1, double);
    for (size_t k = 0; k < runs * seats; k++) {
        c.strategy[k] = UINT32_MAX;
        c.utility[k] = c.advantage[k] = c.score[k] = (double)NAN;
    }
    *c.result = (ent_runs_result){.size = sizeof *c.result,
                                  .runs = runs,
                                  .seats = seats,
                                  .endings = ENT_HAGGLE_ENDS,
                                  .ending = ent_haggle_end_names,
                                  .end = c.end,
                                  .scenario = c.scenario,
                                  .cell = c.cell,
                                  .round = c.round,
                                  .offers = c.offers,
                                  .outcome = c.outcome,
                                  .welfare = c.welfare,
                                  .pareto = c.pareto,
                                  .nash = c.nash,
                                  .kalai = c.kalai,
                                  .strategy = c.strategy,
                                  .utility = c.utility,
                                  .advantage = c.advantage,
                                  .nash_negmas = c.nash_negmas,
                                  .kalai_smorodinsky_negmas = c.kalai_negmas,
                                  .score = c.score};
    return c;
}

static uint8_t ending_of(const char *name)
{
    uint8_t k = 0;
    while (k + 1 < ENT_HAGGLE_ENDS && strcmp(name, ent_haggle_end_names[k]) != 0) {
        k++;
    }
    return k;
}

/* The next run; a file of results may hold more than was counted, which somebody else added. */
static void add(void *user, const ent_result_run *run)
{
    columns *c = user;
    size_t at = c->at, seats = c->result->seats;
    if (at == c->room) {
        return;
    }
    c->at++;
    c->end[at] = ending_of(run->ending);
    c->scenario[at] = run->scenario;
    c->cell[at] = (uint32_t)run->cell;
    c->round[at] = run->round;
    c->offers[at] = run->offers;
    c->outcome[at] = run->outcome;
    c->welfare[at] = run->welfare;
    c->pareto[at] = run->pareto;
    c->nash[at] = run->nash;
    c->kalai[at] = run->kalai;
    c->nash_negmas[at] = run->nash_negmas;
    c->kalai_negmas[at] = run->kalai_negmas;
    for (uint32_t p = 0; p < run->parties && p < seats; p++) {
        c->strategy[at * seats + p] = run->seat[p].strategy;
        c->utility[at * seats + p] = run->seat[p].utility;
        c->advantage[at * seats + p] = run->seat[p].advantage;
        c->score[at * seats + p] = run->seat[p].score;
    }
}

/* ---- One scenario --------------------------------------------------------------------------- */

typedef struct played {
    const ent_runs *runs;
    uint32_t parties;
} played;

static void keep_runs(ent_arena *arena, ent_numbers *numbers, const void *from)
{
    const played *k = from;
    const ent_runs *r = k->runs;
    columns c = make(arena, r->runs, k->parties);
    for (uint32_t i = 0; i < r->runs; i++) {
        const ent_contest_run *run = &r->run[i];
        ent_result_seat seat[ENT_HAGGLE_PARTIES];
        for (uint32_t p = 0; p < k->parties; p++) {
            size_t at = (size_t)i * k->parties + p;
            seat[p] = (ent_result_seat){p, r->each[at], r->advantage[at], r->advantage[at]};
        }
        add(&c, &(ent_result_run){.parties = k->parties,
                                  .ending = ent_haggle_end_names[run->result.end],
                                  .round = run->result.round,
                                  .offers = run->result.offers,
                                  .outcome = run->outcome,
                                  .welfare = run->welfare,
                                  .pareto = run->pareto,
                                  .nash = run->nash,
                                  .kalai = run->kalai,
                                  .nash_negmas = run->nash_negmas,
                                  .kalai_negmas = run->kalai_negmas,
                                  .seat = seat});
    }
    numbers->runs = c.result;
}

void ent_keep_runs(ent_asking *asking, const ent_runs *runs, uint32_t parties)
{
    if (asking->request->format == ENT_TYPED) {
        ent_keep(asking, keep_runs, &(played){runs, parties});
    }
}

/* ---- Tournaments ---------------------------------------------------------------------------- */

typedef struct held {
    const ent_tournament *t;
    const ent_result_rank *ranks;
    size_t count;
} held;

static const ent_rank_row *rank_rows(ent_arena *arena, const held *h)
{
    ent_rank_row *rows = ent_alloc(arena, h->count + 1, ent_rank_row);
    for (size_t i = 0; i < h->count; i++) {
        const ent_result_rank *r = &h->ranks[i];
        rows[i] = (ent_rank_row){.strategy = ent_copy(arena, r->strategy),
                                 .scenarios = (uint32_t)r->scenarios,
                                 .cells = (uint32_t)r->cells,
                                 .advantage = r->advantage,
                                 .advantage_error = r->error,
                                 .agreed = r->agreed,
                                 .welfare = r->welfare,
                                 .pareto = r->pareto,
                                 .nash = r->nash,
                                 .kalai = r->kalai,
                                 .rounds = r->rounds,
                                 .chance = r->chance,
                                 .over_scenarios = r->over_scenarios,
                                 .ahead = r->ahead};
    }
    return rows;
}

static void keep_tournament(ent_arena *arena, ent_numbers *numbers, const void *from)
{
    const held *h = from;
    const ent_tournament *t = h->t;
    ent_tournament_result *made = ent_alloc(arena, 1, ent_tournament_result);
    const char **strategy = ent_alloc(arena, t->strategies + 1, const char *);
    const char **scenario = ent_alloc(arena, t->count + 1, const char *);
    uint32_t *parties = ent_alloc(arena, t->count + 1, uint32_t);
    double *nash = ent_alloc(arena, h->count + 1, double);
    double *kalai = ent_alloc(arena, h->count + 1, double);
    double *score = ent_alloc(arena, 2 * h->count + 1, double);
    for (size_t i = 0; i < h->count; i++) {
        nash[i] = h->ranks[i].nash_negmas;
        kalai[i] = h->ranks[i].kalai_negmas;
        score[i] = h->ranks[i].score;
        score[h->count + i] = h->ranks[i].score_error;
    }
    for (size_t s = 0; s < t->strategies; s++) {
        strategy[s] = ent_copy(arena, t->chosen[s].text);
    }
    for (size_t i = 0; i < t->count; i++) {
        scenario[i] = ent_copy(arena, t->fixtures[i].scenario->name);
        parties[i] = t->fixtures[i].scenario->party_count;
    }
    *made = (ent_tournament_result){.size = sizeof *made,
                                    .strategies = t->strategies,
                                    .scenarios = t->count,
                                    .ranks = h->count,
                                    .strategy = strategy,
                                    .scenario = scenario,
                                    .parties = parties,
                                    .rank = rank_rows(arena, h),
                                    .nash_negmas = nash,
                                    .kalai_smorodinsky_negmas = kalai,
                                    .score_name = t->rules.score->name,
                                    .score = score,
                                    .score_error = score + h->count};
    numbers->tournament = made;
}

static void keep_columns(ent_arena *arena, ent_numbers *numbers, const void *from)
{
    const held *h = from;
    size_t seats = 0;
    for (size_t i = 0; i < h->t->count; i++) {
        size_t parties = h->t->fixtures[i].scenario->party_count;
        seats = parties > seats ? parties : seats;
    }
    columns *c = ent_alloc(arena, 1, columns);
    *c = make(arena, (size_t)h->t->runs, seats);
    numbers->runs = c->result;
    numbers->filling = c;
}

ent_status ent_keep_tournament(ent_asking *asking, const ent_tournament *t,
                               const ent_result_rank *ranks, size_t count)
{
    held h = {.t = t, .ranks = ranks, .count = count};
    if (asking->request->format != ENT_TYPED) {
        return ENT_OK;
    }
    ent_keep(asking, keep_tournament, &h);
    ent_keep(asking, keep_columns, &h);
    return ent_results_each(t->results, add, asking->results->filling);
}
