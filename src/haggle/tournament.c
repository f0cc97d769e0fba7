#include "haggle/tournament.h"

#include "bargain/solution.h"
#include "base/pieces.h"
#include "haggle/alternating.h"
#include "haggle/opponent.h"
#include "haggle/plugin.h"
#include "haggle/score.h"
#include "haggle/together.h"

#include <math.h>
#include <string.h>

/* A thread's own: every strategy in every seat, with its state. */
typedef struct desk {
    ent_negotiation n;
    ent_haggler *ready; /* [strategies][parties] */
    uint64_t tuple;     /* played last */
    bool certain;       /* and by no chance: it need not be played again */
    ent_seen_twice *ranked[2]; /* room to hold a model against the truth; NULL: nobody asks */
} desk;

struct ent_contest {
    const ent_haggle_table *table;
    const ent_chosen_strategy *chosen;
    const ent_haggle_rules *rules;
    const char *name; /* the scenario's */
    ent_lineup lineup;
    bool together;             /* some are the calling program's, so that runs go side by side */
    const ent_apart *apart;    /* NULL: all play in this process */
    ent_haggle_result *shared; /* [ENT_CONTEST_BLOCK] what other processes report */
    int threads;
    desk *desks;
    double *front; /* [front_count][parties] normalised frontier */
    size_t front_count;
    /* Points among them, or NULL; of a NegMAS scenario also as its owner defines them. */
    const double *nash, *kalai, *nash_negmas, *kalai_negmas;
};

static double normal(const ent_haggle_side *side, double value)
{
    double range = side->most - side->least;
    return range > 0 ? (value - side->least) / range : 1;
}

static const double *point(const ent_contest *c, size_t at)
{
    return at == SIZE_MAX ? NULL : c->front + at * c->table->parties;
}

static void set_points(ent_arena *arena, ent_contest *c, const ent_solution *s)
{
    uint32_t n = c->table->parties;
    c->front = ent_alloc(arena, s->count * n + 1, double);
    c->front_count = s->count;
    for (size_t i = 0; i < s->count * n; i++) {
        c->front[i] = normal(&c->table->side[i % n], s->value[i]);
    }
    c->nash = point(c, s->points.at[ENT_NASH_POINT]);
    c->kalai = point(c, s->points.at[ENT_KALAI_SMORODINSKY]);
    c->nash_negmas = point(c, s->owner.nash);
    c->kalai_negmas = point(c, s->owner.kalai_smorodinsky);
}

static void make_desk(ent_arena *arena, const ent_contest *c, const ent_haggle_rules *rules,
                      const ent_chosen_strategy *chosen, desk *d)
{
    uint32_t n = c->table->parties;
    d->ready = ent_alloc(arena, (size_t)c->lineup.strategies * n, ent_haggler);
    for (size_t s = 0; s < c->lineup.strategies; s++) {
        ent_chosen_strategy same[ENT_HAGGLE_PARTIES];
        for (uint32_t p = 0; p < n; p++) {
            same[p] = chosen[s];
        }
        ent_negotiation_make(arena, c->table, rules, same, &d->n);
        memcpy(d->ready + s * n, d->n.haggler, n * sizeof *d->ready);
    }
    for (int k = 0; k < 2 && n == 2 && rules->score != NULL && rules->score->asks_models; k++) {
        uint32_t count = c->table->count;
        d->ranked[k] = ent_alloc(arena, count < ENT_KNOWN_OUTCOMES ? count : ENT_KNOWN_OUTCOMES,
                                 ent_seen_twice);
    }
}

ent_status ent_contest_make(ent_work *work, const ent_scenario *scenario,
                            const ent_haggle_table *table, const ent_haggle_rules *rules,
                            const ent_chosen_strategy *chosen, const ent_lineup *lineup,
                            ent_contest **contest)
{
    ent_contest *c = ent_alloc(work->arena, 1, ent_contest);
    ent_solve_options options = {.frontier_only = true};
    ent_solution solution;
    double breakdown;
    *c = (ent_contest){.table = table, .chosen = chosen, .rules = rules, .lineup = *lineup,
                       .name = scenario->name,
                       .together = ent_any_caller(chosen, lineup->strategies) &&
                                   ent_take_turns(rules, &breakdown),
                       .threads = work->threads < 1 ? 1 : work->threads};
    *contest = c;
    ent_status status = ent_solve_scenario(work, scenario, &options, &solution);
    if (status != ENT_OK && status != ENT_LIMIT) {
        return status;
    }
    set_points(work->arena, c, &solution);
    if (rules->apart != NULL && ent_any_plugin(chosen, lineup->strategies)) {
        c->apart = rules->apart;
        c->shared = ent_shared_memory(work->arena, ENT_CONTEST_BLOCK * sizeof *c->shared);
    }
    c->desks = ent_alloc(work->arena, (size_t)c->threads, desk);
    for (int t = 0; t < c->threads; t++) {
        make_desk(work->arena, c, rules, chosen, &c->desks[t]);
    }
    return ENT_OK;
}

static double distance(const double *a, const double *b, uint32_t n)
{
    double sum = 0;
    for (uint32_t p = 0; p < n; p++) {
        sum += (a[p] - b[p]) * (a[p] - b[p]);
    }
    return sqrt(sum);
}

static double distance_from(const double *point, const double *at, uint32_t n)
{
    return point == NULL ? (double)NAN : distance(at, point, n);
}

/* What the party is worth without a deal, undiscounted. */
static double fallback(const ent_haggle_side *side)
{
    return isfinite(side->reservation) ? side->reservation : side->least;
}

/* The distances of an entry, or of no deal. O(points of the frontier * parties). */
static void compare(const ent_contest *c, uint32_t entry, ent_contest_run *run)
{
    double at[ENT_HAGGLE_PARTIES], least = HUGE_VAL;
    uint32_t n = c->table->parties;
    for (uint32_t p = 0; p < n; p++) {
        const ent_haggle_side *side = &c->table->side[p];
        at[p] = normal(side, entry == ENT_NO_ENTRY ? fallback(side) : side->value[entry]);
    }
    for (size_t i = 0; i < c->front_count; i++) {
        least = fmin(least, distance(at, c->front + i * n, n));
    }
    run->pareto = least;
    run->nash = distance_from(c->nash, at, n);
    run->kalai = distance_from(c->kalai, at, n);
    run->nash_negmas = distance_from(c->nash_negmas, at, n);
    run->kalai_negmas = distance_from(c->kalai_negmas, at, n);
}

/* The k-th run's figures, and its seats'. */
static void score(const ent_contest *c, uint32_t k, ent_contest_run *run,
                  const ent_contest_seats *seats)
{
    const ent_haggle_table *t = c->table;
    size_t row = (size_t)k * t->parties;
    double *utility = seats->utility + row, *advantage = seats->advantage + row;
    bool agreed = run->result.entry != ENT_NO_ENTRY;
    run->outcome = agreed ? ent_haggle_index(t, run->result.entry) : UINT64_MAX;
    run->welfare = 0;
    for (uint32_t p = 0; p < t->parties; p++) {
        const ent_haggle_side *side = &t->side[p];
        double base = fallback(side), range = side->most - base;
        utility[p] = ent_haggle_utility(t, p, &run->result);
        advantage[p] = range > 0 ? (utility[p] - base) / range : 0;
        run->welfare += normal(side, utility[p]) / t->parties;
    }
    if (agreed || seats->score != NULL) {
        compare(c, run->result.entry, run);
    }
    ent_scored scored = {.table = t, .utility = utility, .advantage = advantage,
                         .agreed = agreed, .welfare = run->welfare, .pareto = run->pareto,
                         .nash = run->nash, .kalai = run->kalai,
                         .known = t->parties == 2 ? run->result.known : NULL};
    for (uint32_t p = 0; p < t->parties && seats->score != NULL; p++) {
        seats->score[row + p] = c->rules->score->of(&scored, p);
    }
    if (!agreed) {
        run->pareto = run->nash = run->kalai = (double)NAN;
        run->nash_negmas = run->kalai_negmas = (double)NAN;
    }
}

/* What the parties think of each other's values, for scores that ask. */
static void judge(const desk *d, const ent_negotiation *n, ent_haggle_result *result)
{
    for (uint32_t p = 0; d->ranked[0] != NULL && p < 2; p++) {
        result->known[p] = ent_opponent_known(&n->haggler[p], &n->table->side[1 - p],
                                              d->ranked[0], d->ranked[1]);
    }
}

/* Runs that are played now, by threads here or by processes apart. */
typedef struct block {
    ent_contest *c;
    uint64_t first, number;
    uint32_t repetitions, count;
    ent_contest_run *runs;
} block;

static void play(const block *b, desk *d, uint32_t k, ent_haggle_result *result)
{
    const ent_contest *c = b->c;
    uint32_t n = c->table->parties;
    uint64_t tuple = (b->first + k) / b->repetitions;
    if (d->certain && d->tuple == tuple) {
        *result = d->n.result;
        return;
    }
    for (uint32_t p = 0; p < n; p++) {
        uint32_t s = ent_lineup_strategy(&c->lineup, tuple, p);
        d->n.haggler[p] = d->ready[(size_t)s * n + p];
        d->n.haggler[p].offers = d->n.offers;
        d->n.haggler[p].when = d->n.when;
        d->n.haggler[p].rules = &d->n.rules;
    }
    ent_negotiate(&d->n, b->number + k);
    judge(d, &d->n, &d->n.result);
    d->tuple = tuple;
    d->certain = ent_negotiation_is_certain(&d->n);
    *result = d->n.result;
}

static void enter(void *user, int child, ent_trace *trace)
{
    const block *b = user;
    (void)child;
    for (size_t s = 0; s < b->c->lineup.strategies; s++) {
        ent_enter_strategy(b->c->chosen[s].strategy, trace);
    }
}

static void act(void *user, int child, uint32_t k)
{
    const block *b = user;
    play(b, &b->c->desks[child], k, &b->c->shared[k]);
}

static void fail(void *user, uint32_t k, const ent_trace *trace, ent_fault fault)
{
    const block *b = user;
    b->c->shared[k] = ent_haggle_failed(trace);
    if (trace->plugin != NULL) {
        ent_add_fault(trace->plugin, fault);
    }
}

static ent_status play_apart(ent_work *work, block *b)
{
    ent_contest *c = b->c;
    ent_apart_job job = {.count = b->count, .children = c->threads, .enter = enter, .act = act,
                         .fail = fail, .user = b};
    ent_status status = ent_act_apart(work, c->apart, &job);
    for (uint32_t k = 0; k < b->count && status == ENT_OK; k++) {
        b->runs[k].result = c->shared[k];
    }
    return status;
}

static const ent_chosen_strategy *seat(void *user, uint32_t k, uint32_t party)
{
    const block *b = user;
    uint64_t tuple = (b->first + k) / b->repetitions;
    return &b->c->chosen[ent_lineup_strategy(&b->c->lineup, tuple, party)];
}

static void take_result(void *user, uint32_t k, const ent_negotiation *n)
{
    const block *b = user;
    b->runs[k].result = n->result;
    judge(&b->c->desks[0], n, &b->runs[k].result);
}

static ent_status play_together(ent_work *work, block *b)
{
    const ent_contest *c = b->c;
    ent_gathering all = {.table = c->table, .rules = c->rules, .scenario = c->name,
                         .count = b->count, .first = b->number, .seat = seat,
                         .over = take_result, .user = b};
    return ent_negotiate_together(work, &all);
}

/* The runs from `low` to `high`, at the thread's desk. */
static void play_some(const block *b, int thread, int64_t low, int64_t high,
                      const ent_contest_seats *seats)
{
    const ent_contest *c = b->c;
    for (uint32_t k = low < 0 ? 0 : (uint32_t)low; k < b->count && k < high; k++) {
        if (c->apart == NULL && !c->together) {
            play(b, &c->desks[thread], k, &b->runs[k].result);
        }
        score(c, k, &b->runs[k], seats);
    }
}

/* Desks play them in turn. */
typedef struct turns {
    const ent_work *work;
    const block *block;
    const ent_contest_seats *seats;
    int64_t share, begun;
} turns;

static void take_turns(void *user, int thread, uint64_t at)
{
    const turns *t = user;
    int64_t d = (int64_t)at, turn = t->share * t->block->c->threads;
    (void)thread;
    for (int64_t low = t->share * d - t->begun; low < t->block->count && !ent_stopped(t->work);
         low += turn) {
        play_some(t->block, (int)d, low, low + t->share, t->seats);
    }
}

ent_status ent_contest_play(ent_work *work, ent_contest *c, uint64_t first, uint64_t number,
                            uint32_t repetitions, uint32_t count, ent_contest_run *runs,
                            const ent_contest_seats *seats)
{
    block b = {c, first, number, repetitions, count, runs};
    ent_status status = c->together        ? play_together(work, &b)
                        : c->apart != NULL ? play_apart(work, &b)
                                           : ENT_OK;
    if (status != ENT_OK) {
        return status;
    }
    /* Threads take turns by whole tuples, which most often are to be played only once. */
    bool whole = repetitions <= count / (uint32_t)c->threads;
    int64_t share = whole ? repetitions : count / (uint32_t)c->threads + 1;
    int64_t begun = whole ? (int64_t)(first % repetitions) : 0;
    turns all = {work, &b, seats, share, begun};
    ent_run_team(c->threads, (uint64_t)c->threads, take_turns, &all);
    return ent_stopped(work) ? ENT_CANCELLED : ENT_OK;
}
