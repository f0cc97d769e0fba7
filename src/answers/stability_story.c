/*
 * Paths and stories: breadth-first searches over moves that are listed on the way. A path's states
 * are found by their predecessors; each state is visited once.
 */
#include "answers/stability.h"


typedef struct search {
    const ent_graph *g;
    uint32_t *queue;
    uint32_t *before; /* the state it was reached from, ENT_NONE when not reached */
    uint8_t *by;      /* the actor that moved there */
    size_t head, tail;
} search;

#define NOWHERE UINT32_MAX

static search begin(ent_arena *arena, const ent_graph *g, uint32_t from)
{
    size_t size = (size_t)1 << g->bits;
    search s = {g, ent_alloc(arena, g->count + 1, uint32_t), ent_alloc(arena, size, uint32_t),
                ent_alloc(arena, size, uint8_t), 0, 0};
    for (size_t i = 0; i < size; i++) {
        s.before[i] = NOWHERE;
    }
    s.before[from] = from;
    s.queue[s.tail++] = from;
    return s;
}

/* Queue what the actor can reach from the state. */
static void visit(search *s, uint32_t actor, uint32_t state, bool better)
{
    const ent_graph *g = s->g;
    const double *worth = g->worth[actor];
    uint32_t may = ent_graph_free(g, actor, state);
    for (uint32_t change = may; change != 0; change = (change - 1) & may) {
        uint32_t to = state ^ change;
        if (s->before[to] == NOWHERE && (!better || worth[to] > worth[state]) &&
            ent_graph_move(g, actor, state, to)) {
            s->before[to] = state;
            s->by[to] = (uint8_t)actor;
            s->queue[s->tail++] = to;
        }
    }
}

/* The next state in breadth-first order, after queueing its neighbours; NOWHERE at the end. */
static uint32_t next(search *s, uint32_t actors, bool better)
{
    if (s->head == s->tail) {
        return NOWHERE;
    }
    uint32_t state = s->queue[s->head++];
    for (uint32_t a = 0; a < s->g->actors; a++) {
        if ((actors >> a & 1) != 0) {
            visit(s, a, state, better);
        }
    }
    return state;
}

static ent_path path_to(ent_arena *arena, const search *s, uint32_t to)
{
    size_t length = 0;
    for (uint32_t t = to; s->before[t] != t; t = s->before[t]) {
        length++;
    }
    uint32_t *actors = ent_alloc(arena, length + 1, uint32_t);
    uint32_t *states = ent_alloc(arena, length + 1, uint32_t);
    uint32_t t = to;
    for (size_t k = length; k-- > 0; t = s->before[t]) {
        actors[k] = s->by[t];
        states[k] = t;
    }
    return (ent_path){actors, states, length, true};
}

ent_path ent_shortest_path(ent_arena *arena, const ent_graph *g, uint32_t actors, uint32_t from,
                           uint32_t to, bool better)
{
    search s = begin(arena, g, from);
    while (s.before[to] == NOWHERE && next(&s, actors, better) != NOWHERE) {
    }
    return s.before[to] == NOWHERE ? (ent_path){.found = false} : path_to(arena, &s, to);
}

/* The best that the actor can do from the state: itself where it cannot move. */
static uint32_t best_move(const ent_graph *g, uint32_t actor, uint32_t state)
{
    uint32_t best = state;
    const double *worth = g->worth[actor];
    uint32_t may = ent_graph_free(g, actor, state);
    for (uint32_t change = may; change != 0; change = (change - 1) & may) {
        uint32_t to = state ^ change;
        if (g->feasible[to] && worth[to] > worth[best] && ent_graph_move(g, actor, state, to)) {
            best = to;
        }
    }
    return best;
}

/* How the others answer the actor's improvement from state to `to`. */
static void answer(ent_arena *arena, const ent_graph *g, uint32_t actor, uint32_t state,
                   ent_concept concept, ent_story *story)
{
    bool better = concept == ENT_SEQ || concept == ENT_SSEQ;
    bool escapes = concept == ENT_SMR || concept == ENT_SSEQ;
    uint32_t others = ((UINT32_C(1) << g->actors) - 1) & ~(UINT32_C(1) << actor);
    const double *worth = g->worth[actor];
    search s = begin(arena, g, story->to);
    story->answered = story->escapes = false;
    for (uint32_t t = next(&s, others, better); t != NOWHERE && !story->answered;
         t = next(&s, others, better)) {
        if (worth[t] > worth[state]) {
            continue;
        }
        uint32_t away = escapes ? best_move(g, actor, t) : t;
        if (worth[away] > worth[state]) {
            story->escapes = true;
            story->escape = away;
        } else {
            story->answered = true;
        }
        if (story->answered || story->answer.length == 0) {
            story->answer = path_to(arena, &s, t);
        }
    }
}

ent_story ent_stability_story(ent_arena *arena, const ent_graph *g, uint32_t actor, uint32_t state,
                              ent_concept concept)
{
    const double *worth = g->worth[actor];
    ent_story told = {.stable = true};
    uint32_t may = ent_graph_free(g, actor, state);
    for (uint32_t change = may; change != 0; change = (change - 1) & may) {
        uint32_t to = state ^ change;
        if (!ent_graph_move(g, actor, state, to) || worth[to] <= worth[state]) {
            continue;
        }
        ent_story story = {.improves = true, .to = to};
        if (concept != ENT_NASH) {
            answer(arena, g, actor, state, concept, &story);
        }
        story.stable = story.answered;
        bool worse_for_it = told.stable && !story.stable;
        bool higher = told.stable == story.stable && (!told.improves || worth[to] > worth[told.to]);
        told = worse_for_it || higher ? story : told;
    }
    return told;
}
