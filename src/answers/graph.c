#include "answers/graph.h"

#include <stdlib.h>
#include <string.h>

static bool sees(const ent_graph *g, uint32_t actor, uint32_t state)
{
    return g->seen[actor] == NULL || g->seen[actor][state] != 0;
}

uint32_t ent_graph_free(const ent_graph *g, uint32_t actor, uint32_t state)
{
    uint32_t stuck = (state & g->only_on) | (~state & g->only_off);
    return g->own[actor] & ~stuck;
}

bool ent_graph_move(const ent_graph *g, uint32_t actor, uint32_t from, uint32_t to)
{
    return from != to && ((from ^ to) & ~ent_graph_free(g, actor, from)) == 0 &&
           g->feasible[from] && g->feasible[to] && sees(g, actor, from) && sees(g, actor, to);
}

/* One option: both ways, or what is off may take the value of what is on, or the reverse. */
static void spread_bit(double *f, uint32_t size, uint32_t bit, bool on, bool off)
{
    for (uint32_t base = 0; base < size; base += 2 * bit) {
        double *low = f + base;
        double *high = low + bit;
        for (uint32_t k = 0; k < bit; k++) {
            double best = low[k] > high[k] ? low[k] : high[k];
            double was_low = low[k];
            double was_high = high[k];
            low[k] = on ? best : was_low;
            high[k] = off ? best : was_high;
        }
    }
}

void ent_graph_spread(const ent_graph *g, uint32_t actor, double *f, double *scratch)
{
    uint32_t size = UINT32_C(1) << g->bits;
    const uint8_t *seen = g->seen[actor];
    for (uint32_t s = 0; s < size; s++) {
        scratch[s] = g->feasible[s] && (seen == NULL || seen[s]) ? f[s] : ENT_LOWEST;
    }
    for (uint32_t k = 0; k < g->bits && !ent_graph_is_over(g); k++) {
        uint32_t bit = UINT32_C(1) << k;
        if ((g->own[actor] & bit) != 0) {
            spread_bit(scratch, size, bit, (g->only_off & bit) == 0, (g->only_on & bit) == 0);
        }
    }
    for (uint32_t s = 0; s < size; s++) {
        bool moves = g->feasible[s] && (seen == NULL || seen[s]);
        f[s] = moves && scratch[s] > f[s] ? scratch[s] : f[s];
    }
}

/* Down a class: each state takes the best of those that are strictly better for the mover. */
static bool descend(const double *worth, const uint32_t *states, size_t count, double *f)
{
    double above = ENT_LOWEST;
    bool changed = false;
    for (size_t i = 0; i < count;) {
        double best = above;
        size_t end = i;
        for (; end < count && worth[states[end]] == worth[states[i]]; end++) {
            double *here = &f[states[end]];
            changed |= above > *here;
            *here = above > *here ? above : *here;
            best = *here > best ? *here : best;
        }
        above = best;
        i = end;
    }
    return changed;
}

/* With one-way options: every move of every state. */
static bool climb(const ent_graph *g, uint32_t actor, uint32_t state, double *f)
{
    const double *worth = g->worth[actor];
    uint32_t may = ent_graph_free(g, actor, state);
    double best = f[state];
    for (uint32_t change = may; change != 0; change = (change - 1) & may) {
        uint32_t to = state ^ change;
        if (g->feasible[to] && worth[to] > worth[state] && f[to] > best && sees(g, actor, to)) {
            best = f[to];
        }
    }
    bool changed = best > f[state];
    f[state] = best;
    return changed;
}

bool ent_graph_spread_better(const ent_graph *g, uint32_t actor, double *f)
{
    bool changed = false;
    const ent_ladder *ladder = &g->ladder[actor];
    bool one_way = (g->own[actor] & (g->only_on | g->only_off)) != 0;
    for (size_t i = 0; i < ladder->classes; i++) {
        const uint32_t *states = ladder->states + ladder->starts[i];
        size_t count = ladder->starts[i + 1] - ladder->starts[i];
        if (!one_way) {
            changed |= descend(g->worth[actor], states, count, f);
            continue;
        }
        for (size_t k = 0; k < count; k++) {
            changed |= climb(g, actor, states[k], f);
        }
    }
    return changed;
}

static bool spread_plain(const ent_graph *g, uint32_t actor, double *f, double *scratch,
                         double *before)
{
    size_t bytes = (size_t)sizeof *f << g->bits;
    memcpy(before, f, bytes);
    ent_graph_spread(g, actor, f, scratch);
    return memcmp(before, f, bytes) != 0;
}

void ent_graph_close(const ent_graph *g, uint32_t actors, bool better, double *f, double *scratch)
{
    size_t size = (size_t)1 << g->bits;
    bool alone = (actors & (actors - 1)) == 0;
    bool changed = true;
    while (changed && !ent_graph_is_over(g)) {
        changed = false;
        for (uint32_t a = 0; a < g->actors; a++) {
            if ((actors >> a & 1) != 0) {
                changed |= better ? ent_graph_spread_better(g, a, f)
                                  : spread_plain(g, a, f, scratch, scratch + size);
            }
        }
        changed = changed && !alone;
    }
}

typedef struct placed {
    double worth;
    uint32_t state;
} placed;

static int best_first(const void *a, const void *b)
{
    const placed *x = a;
    const placed *y = b;
    int by_worth = (x->worth < y->worth) - (x->worth > y->worth);
    return by_worth != 0 ? by_worth : (x->state > y->state) - (x->state < y->state);
}

/* The members of the class at base that the actor sees; returns how many. */
static size_t class_members(const ent_graph *g, uint32_t actor, uint32_t base, placed *members)
{
    uint32_t own = g->own[actor];
    size_t count = 0;
    uint32_t part = 0;
    do {
        uint32_t s = base | part;
        if (g->feasible[s] && sees(g, actor, s)) {
            members[count++] = (placed){g->worth[actor][s], s};
        }
        part = (part - own) & own;
    } while (part != 0);
    return count;
}

static ent_ladder make_ladder(ent_arena *arena, const ent_graph *g, uint32_t actor, placed *members)
{
    uint32_t others = ((UINT32_C(1) << g->bits) - 1) & ~g->own[actor];
    uint32_t *states = ent_alloc(arena, g->count + 1, uint32_t);
    uint32_t *starts = ent_alloc(arena, g->count + 2, uint32_t);
    size_t classes = 0;
    uint32_t used = 0;
    uint32_t base = 0;
    do {
        size_t count = class_members(g, actor, base, members);
        if (count > 1) {
            qsort(members, count, sizeof *members, best_first);
            starts[classes++] = used;
            for (size_t i = 0; i < count; i++) {
                states[used++] = members[i].state;
            }
        }
        base = (base - others) & others;
    } while (base != 0);
    starts[classes] = used;
    return (ent_ladder){states, starts, classes};
}

void ent_graph_finish(ent_arena *arena, ent_graph *g)
{
    uint32_t size = UINT32_C(1) << g->bits;
    g->count = 0;
    for (uint32_t s = 0; s < size; s++) {
        g->count += g->feasible[s] != 0;
    }
    uint32_t *states = ent_alloc(arena, g->count + 1, uint32_t);
    size_t n = 0;
    for (uint32_t s = 0; s < size; s++) {
        if (g->feasible[s]) {
            states[n++] = s;
        }
    }
    g->states = states;
    ent_ladder *ladder = ent_alloc(arena, g->actors + 1, ent_ladder);
    placed *members = ent_alloc(arena, size, placed);
    for (uint32_t a = 0; a < g->actors && !ent_graph_is_over(g); a++) {
        ladder[a] = make_ladder(arena, g, a, members);
    }
    g->ladder = ladder;
}

/* Shell sort by falling worth: no memory, and the order within ties does not matter. */
static void resort(const double *worth, uint32_t *states, size_t count)
{
    static const size_t gaps[] = {8861, 3938, 1750, 701, 301, 132, 57, 23, 10, 4, 1};
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
        size_t gap = gaps[g];
        for (size_t i = gap; i < count; i++) {
            uint32_t state = states[i];
            size_t j = i;
            for (; j >= gap && worth[states[j - gap]] < worth[state]; j -= gap) {
                states[j] = states[j - gap];
            }
            states[j] = state;
        }
    }
}

void ent_graph_resort(const ent_graph *g)
{
    for (uint32_t a = 0; a < g->actors; a++) {
        const ent_ladder *ladder = &g->ladder[a];
        for (size_t i = 0; i < ladder->classes; i++) {
            resort(g->worth[a], ladder->states + ladder->starts[i],
                   ladder->starts[i + 1] - ladder->starts[i]);
        }
    }
}

static const double *worth_table(ent_arena *arena, const ent_conflict *conflict,
                                 const ent_actor *actor, const uint32_t *states, size_t count)
{
    double *packed = ent_alloc(arena, count + 1, double);
    double *worth = ent_alloc(arena, (size_t)1 << conflict->option_count, double);
    ent_conflict_worth(arena, actor, states, count, packed);
    for (size_t i = 0; i < count; i++) {
        worth[states[i]] = packed[i];
    }
    return worth;
}

static const uint8_t *seen_table(ent_arena *arena, const ent_conflict *conflict,
                                 const ent_actor *actor)
{
    if (actor->unseen_count == 0) {
        return NULL;
    }
    uint32_t size = UINT32_C(1) << conflict->option_count;
    uint8_t *seen = ent_alloc(arena, size, uint8_t);
    for (uint32_t s = 0; s < size; s++) {
        seen[s] = !ent_pattern_any(actor->unseen, actor->unseen_count, s);
    }
    return seen;
}

ent_graph ent_graph_of(const ent_work *work, const ent_conflict *conflict)
{
    ent_arena *arena = work->arena;
    uint32_t n = conflict->actor_count;
    uint32_t *own = ent_alloc(arena, n + 1, uint32_t);
    const uint8_t **seen = ent_alloc(arena, n + 1, const uint8_t *);
    const double **worth = ent_alloc(arena, n + 1, const double *);
    uint8_t *feasible = ent_alloc(arena, (size_t)1 << conflict->option_count, uint8_t);
    ent_graph g = {.work = work, .bits = conflict->option_count, .actors = n, .own = own,
                   .feasible = feasible, .seen = seen, .worth = worth};
    const uint32_t *states;
    size_t count;
    ent_conflict_states(arena, conflict, &states, &count);
    for (size_t i = 0; i < count; i++) {
        feasible[states[i]] = 1;
    }
    for (uint32_t k = 0; k < conflict->option_count; k++) {
        ent_direction direction = conflict->options[k].direction;
        g.only_on |= (uint32_t)(direction == ENT_ONLY_ON) << k;
        g.only_off |= (uint32_t)(direction == ENT_ONLY_OFF) << k;
    }
    for (uint32_t a = 0; a < n && !ent_graph_is_over(&g); a++) {
        own[a] = conflict->actors[a].options;
        seen[a] = seen_table(arena, conflict, &conflict->actors[a]);
        worth[a] = worth_table(arena, conflict, &conflict->actors[a], states, count);
    }
    if (!ent_graph_is_over(&g)) {
        ent_graph_finish(arena, &g);
    }
    return g;
}
