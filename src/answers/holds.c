#include "answers/holds.h"

#include "answers/grid.h"
#include "answers/plan.h"

#include <math.h>
#include <string.h>

typedef struct holding {
    ent_work *work;
    const ent_analysis *analysis;
    const ent_account_worlds *worlds;
    const uint64_t *levels;
    ent_holds *holds;
    uint32_t *unknown; /* [parties][options] index into the party's z, or ENT_NONE */
    double **worth;    /* [actors][states], the graph's */
    double *gain;      /* [actors][options] what the option is worth to the actor when it stands */
    uint64_t *outcome;
    uint8_t **crosses; /* [actors] -> [states] it crosses a line of the actor; NULL: it has none */
} holding;

/* Worths are compared after rounding to this, so that sums in another order stay ties. */
#define GRAIN 1e-9
/*
 * A line is no price: whatever crosses one is worse than all that crosses none, since worths differ
 * by at most 2.
 */
#define BEHIND_LINE 4.0

static bool hurts_somebody(const ent_case *c, const ent_issue *issue)
{
    uint32_t givers = 0;
    uint32_t losers = 0;
    for (uint32_t p = 0; p < c->party_count; p++) {
        givers += ent_gives(issue, p);
        losers += issue->sign[p] < 0;
    }
    return givers > 0 && losers > 1;
}

/* Is a later step of the options issue in the outcome that cannot be taken back? */
static bool held_in_place(const ent_issue *issue, uint64_t level, uint32_t part)
{
    bool held = false;
    for (uint32_t later = part + 1; issue->kind == ENT_OPTIONS && later < level; later++) {
        held = held || issue->undo[later] <= 0;
    }
    return held;
}

static bool in_play(const holding *h, uint32_t i, uint32_t part)
{
    const ent_issue *issue = &h->analysis->c->space.issues[i];
    if (ent_on(issue, h->levels[i], part) > 0) {
        return issue->undo[part] > 0 && !held_in_place(issue, h->levels[i], part);
    }
    return hurts_somebody(h->analysis->c, issue);
}

static const char *option_text(ent_arena *arena, const ent_issue *issue, uint64_t level,
                               uint32_t part, bool names)
{
    const char *what = names ? issue->name : issue->id;
    if (issue->kind == ENT_RANGE) {
        return ent_format(arena, "%s: %s", what, ent_level_text(arena, issue, level, names));
    }
    uint32_t index = issue->kind == ENT_OPTIONS ? part + 1 : part;
    return ent_format(arena, "%s: %s", what,
                      names ? issue->part_names[index] : issue->part_ids[index]);
}

static ent_status choose_options(holding *h)
{
    const ent_space *space = &h->analysis->c->space;
    ent_arena *arena = h->work->arena;
    ent_held_option *options = ent_alloc(arena, ENT_HOLDS_OPTIONS, ent_held_option);
    uint32_t count = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        const ent_issue *issue = &space->issues[i];
        for (uint32_t part = 0; part < issue->components; part++) {
            if (!in_play(h, i, part)) {
                continue;
            }
            if (count == ENT_HOLDS_OPTIONS) {
                return ent_fail(h->work->diags, ENT_LIMIT, ENT_G109_TOO_MANY_MOVES, NULL,
                                "more than %d steps could be taken back or used as a threat",
                                ENT_HOLDS_OPTIONS);
            }
            double on = ent_on(issue, h->levels[i], part);
            uint64_t level = on > 0 ? h->levels[i] : issue->levels - 1;
            options[count++] = (ent_held_option){
                .issue = i, .part = part, .given = on > 0, .undo = issue->undo[part],
                .on = on > 0 ? on : 1,
                .id = option_text(arena, issue, level, part, false),
                .text = option_text(arena, issue, level, part, true)};
        }
    }
    h->holds->options = options;
    h->holds->option_count = count;
    return ENT_OK;
}

/*
 * Does h->outcome switch on just what the state says, and leave alone what is not in play? A later
 * step that cannot be taken back holds the earlier ones in place.
 */
static bool stands_so(const holding *h, uint32_t state)
{
    const ent_space *space = &h->analysis->c->space;
    uint32_t k = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        for (uint32_t part = 0; part < space->issues[i].components; part++) {
            const ent_held_option *option = &h->holds->options[k];
            bool ours = k < h->holds->option_count && option->issue == i && option->part == part;
            bool before = ent_on(&space->issues[i], h->levels[i], part) > 0;
            bool wanted = ours ? (state >> k & 1) != 0 : before;
            if ((ent_on(&space->issues[i], h->outcome[i], part) > 0) != wanted) {
                return false;
            }
            k += ours;
        }
    }
    return true;
}

/* The outcome of a state; false where steps are out of order or a rule is broken. */
static bool can_be(const holding *h, uint32_t state)
{
    const ent_space *space = &h->analysis->c->space;
    memcpy(h->outcome, h->levels, space->issue_count * sizeof *h->outcome);
    for (uint32_t k = 0; k < h->holds->option_count; k++) {
        const ent_held_option *option = &h->holds->options[k];
        const ent_issue *issue = &space->issues[option->issue];
        bool stands = (state >> k & 1) != 0;
        uint64_t *level = &h->outcome[option->issue];
        switch (issue->kind) {
        case ENT_OPTIONS:
            /* In rising order of steps: one that stands must follow on the one before. */
            if (stands && *level < option->part) {
                return false;
            }
            if (stands != option->given) {
                *level = stands ? option->part + 1 : option->part < *level ? option->part : *level;
            }
            break;
        case ENT_ITEMS:
            *level = stands ? *level | UINT64_C(1) << option->part
                            : *level & ~(UINT64_C(1) << option->part);
            break;
        case ENT_RANGE:
            *level = !stands ? 0 : option->given ? *level : issue->levels - 1;
            break;
        }
    }
    return stands_so(h, state) && ent_outcome_allowed(space, h->outcome) &&
           !ent_outcome_banned(space, &h->worlds->bans, h->outcome);
}

/* Whose lines does the state cross that can_be() has just put into h->outcome? */
static void find_crossed(holding *h, uint32_t state)
{
    for (uint32_t a = 0; a < h->holds->graph.actors; a++) {
        if (h->crosses[a] != NULL) {
            h->crosses[a][state] = ent_line_crossed(&h->analysis->c->space, &h->worlds->lines,
                                                    h->holds->actors[a], h->outcome) != NULL;
        }
    }
}

static uint32_t find_unknown(const ent_space *space, const ent_stakes *stakes,
                             const ent_held_option *option)
{
    uint32_t component = space->issues[option->issue].first + option->part;
    for (uint32_t u = 0; u < stakes->k; u++) {
        if (stakes->component[u] == component) {
            return u;
        }
    }
    return ENT_NONE;
}

/* The actors: parties that give an option. */
static void choose_actors(holding *h, uint32_t *own)
{
    const ent_case *c = h->analysis->c;
    ent_holds *holds = h->holds;
    holds->actors = ent_alloc(h->work->arena, c->party_count, uint32_t);
    for (uint32_t p = 0; p < c->party_count; p++) {
        uint32_t mask = 0;
        for (uint32_t k = 0; k < holds->option_count; k++) {
            bool gives = ent_gives(&c->space.issues[holds->options[k].issue], p);
            mask |= (uint32_t)gives << k;
        }
        if (mask != 0 && holds->graph.actors < ENT_CONFLICT_ACTORS) {
            own[holds->graph.actors] = mask;
            holds->actors[holds->graph.actors++] = p;
        }
    }
    h->unknown = ent_alloc(h->work->arena,
                           (size_t)holds->graph.actors * holds->option_count + 1, uint32_t);
    for (uint32_t a = 0; a < holds->graph.actors; a++) {
        for (uint32_t k = 0; k < holds->option_count; k++) {
            h->unknown[a * holds->option_count + k] =
                find_unknown(&c->space, h->analysis->stakes[holds->actors[a]], &holds->options[k]);
        }
    }
}

static void make_graph(holding *h)
{
    ent_arena *arena = h->work->arena;
    ent_holds *holds = h->holds;
    ent_graph *g = &holds->graph;
    size_t size = (size_t)1 << holds->option_count;
    uint32_t *own = ent_alloc(arena, h->analysis->c->party_count + 1, uint32_t);
    choose_actors(h, own);
    uint8_t *feasible = ent_alloc(arena, size, uint8_t);
    h->worth = ent_alloc(arena, g->actors + 1, double *);
    const double **worth = ent_alloc(arena, g->actors + 1, const double *);
    h->crosses = ent_alloc(arena, g->actors + 1, uint8_t *);
    for (uint32_t a = 0; a < g->actors; a++) {
        ent_lines lines = ent_lines_of_party(&h->worlds->lines, holds->actors[a]);
        h->crosses[a] = lines.count == 0 ? NULL : ent_alloc(arena, size, uint8_t);
        worth[a] = h->worth[a] = ent_alloc(arena, size, double);
    }
    for (uint32_t s = 0; s < size; s++) {
        feasible[s] = can_be(h, s);
        find_crossed(h, s);
    }
    for (uint32_t k = 0; k < holds->option_count; k++) {
        const ent_held_option *option = &holds->options[k];
        holds->state |= (uint32_t)option->given << k;
        g->only_on |= (uint32_t)(!option->given && option->undo <= 0) << k;
    }
    feasible[holds->state] = 1;
    g->bits = holds->option_count;
    g->own = own;
    g->feasible = feasible;
    g->seen = ent_alloc(arena, g->actors + 1, const uint8_t *);
    g->worth = worth;
    h->gain = ent_alloc(arena, (size_t)g->actors * holds->option_count + 1, double);
    ent_graph_finish(arena, g);
}

/* What the option is worth to the actor, from the party's z. */
static double gain_of(const holding *h, uint32_t a, uint32_t k, double z)
{
    const ent_stakes *stakes = h->analysis->stakes[h->holds->actors[a]];
    uint32_t u = h->unknown[a * h->holds->option_count + k];
    const ent_held_option *option = &h->holds->options[k];
    /* Of a step that is taken back only the share `undo` goes back; a threat counts in full. */
    double moves = option->given ? option->undo : 1;
    return u == ENT_NONE ? 0 : stakes->sign[u] * option->on * moves * z;
}

static void fill_worth(holding *h)
{
    const ent_graph *g = &h->holds->graph;
    uint32_t n = h->holds->option_count;
    for (uint32_t a = 0; a < g->actors; a++) {
        double *worth = h->worth[a];
        const double *gain = h->gain + (size_t)a * n;
        for (uint32_t k = 0; k < n; k++) {
            for (uint32_t s = 0; s < UINT32_C(1) << k; s++) {
                worth[s | UINT32_C(1) << k] = worth[s] + gain[k];
            }
        }
        for (uint32_t s = 0; s < UINT32_C(1) << n; s++) {
            bool behind = h->crosses[a] != NULL && h->crosses[a][s] != 0;
            worth[s] = rint((worth[s] - (behind ? BEHIND_LINE : 0)) / GRAIN);
        }
    }
    ent_graph_resort(g);
}

static void set_world(holding *h, uint32_t world)
{
    uint32_t n = h->holds->option_count;
    for (uint32_t a = 0; a < h->holds->graph.actors; a++) {
        const ent_world_set *set = &h->worlds->sets[h->holds->actors[a]];
        h->worth[a][0] = 0;
        for (uint32_t k = 0; k < n; k++) {
            uint32_t u = h->unknown[a * n + k];
            double z = u == ENT_NONE ? 0 : (double)set->z[(size_t)u * set->stride + world];
            h->gain[a * n + k] = gain_of(h, a, k, z);
        }
    }
    fill_worth(h);
}

static void set_central(holding *h)
{
    uint32_t n = h->holds->option_count;
    for (uint32_t a = 0; a < h->holds->graph.actors; a++) {
        const ent_stakes *stakes = h->analysis->stakes[h->holds->actors[a]];
        double *z = ent_alloc(h->work->arena, stakes->k + 1, double);
        double b;
        ent_central_world(h->worlds, h->holds->actors[a], z, &b);
        h->worth[a][0] = 0;
        for (uint32_t k = 0; k < n; k++) {
            uint32_t u = h->unknown[a * n + k];
            h->gain[a * n + k] = gain_of(h, a, k, u == ENT_NONE ? 0 : z[u]);
        }
    }
    fill_worth(h);
}

/* Shares over worlds; a party that cannot move is stable in all of them. */
static void count_worlds(holding *h, ent_stability *stability, double *scratch)
{
    ent_holds *holds = h->holds;
    for (uint32_t w = 0; w < holds->worlds; w++) {
        set_world(h, w);
        ent_stability_into(&holds->graph, scratch, stability);
        for (uint32_t c = 0; c < ENT_CONCEPTS; c++) {
            for (uint32_t a = 0; a < holds->graph.actors; a++) {
                holds->shares[holds->actors[a]][c] +=
                    stability->verdicts[a][holds->state] >> c & 1;
            }
            holds->all[c] += stability->equilibrium[holds->state] >> c & 1;
        }
    }
    for (uint32_t c = 0; c < ENT_CONCEPTS; c++) {
        for (uint32_t a = 0; a < holds->graph.actors; a++) {
            holds->shares[holds->actors[a]][c] /= holds->worlds;
        }
        holds->all[c] /= holds->worlds;
    }
}

static void judge_central(holding *h, ent_stability *stability, double *scratch)
{
    ent_holds *holds = h->holds;
    set_central(h);
    ent_stability_into(&holds->graph, scratch, stability);
    for (uint32_t a = 0; a < holds->graph.actors; a++) {
        double needed[ENT_CONCEPTS];
        uint32_t p = holds->actors[a];
        holds->verdicts[p] = stability->verdicts[a][holds->state];
        ent_stability_needs(h->work->arena, &holds->graph, a, holds->state, needed);
        for (uint32_t c = 0; c < ENT_CONCEPTS; c++) {
            double missing = needed[c] - h->worth[a][holds->state];
            holds->missing[p][c] = missing * GRAIN > BEHIND_LINE / 2 ? (double)INFINITY
                                   : missing > 0                     ? missing * GRAIN
                                                                     : 0;
        }
    }
}

static void start_counts(holding *h)
{
    uint32_t parties = h->analysis->c->party_count;
    ent_holds *holds = h->holds;
    holds->shares = ent_alloc_bytes(h->work->arena, parties, sizeof *holds->shares);
    holds->missing = ent_alloc_bytes(h->work->arena, parties, sizeof *holds->missing);
    holds->verdicts = ent_alloc(h->work->arena, parties, uint8_t);
    memset(holds->verdicts, (1 << ENT_CONCEPTS) - 1, parties);
    for (uint32_t p = 0; p < parties; p++) {
        for (uint32_t c = 0; c < ENT_CONCEPTS; c++) {
            holds->shares[p][c] = 1;
        }
    }
    for (uint32_t a = 0; a < holds->graph.actors; a++) {
        memset(holds->shares[holds->actors[a]], 0, sizeof *holds->shares);
    }
}

ent_status ent_answer_holds(ent_work *work, const ent_analysis *analysis, size_t account,
                            const uint64_t *levels, uint32_t worlds, ent_holds *holds)
{
    *holds = (ent_holds){.worlds = worlds};
    holding h = {.work = work, .analysis = analysis, .worlds = &analysis->worlds[account],
                 .levels = levels, .holds = holds,
                 .outcome = ent_alloc(work->arena, analysis->c->space.issue_count, uint64_t)};
    ent_status status = choose_options(&h);
    if (status != ENT_OK) {
        return status;
    }
    uint32_t drawn = h.worlds->sets[0].worlds;
    for (uint32_t p = 0; p < analysis->c->party_count; p++) {
        uint32_t have = h.worlds->sets[p].worlds;
        drawn = have < drawn ? have : drawn;
    }
    holds->worlds = worlds < drawn ? worlds : drawn;
    make_graph(&h);
    start_counts(&h);
    uint8_t **verdicts = ent_alloc(work->arena, holds->graph.actors + 1, uint8_t *);
    size_t size = (size_t)1 << holds->option_count;
    for (uint32_t a = 0; a < holds->graph.actors; a++) {
        verdicts[a] = ent_alloc(work->arena, size, uint8_t);
    }
    ent_stability stability = {verdicts, ent_alloc(work->arena, size, uint8_t)};
    double *scratch = ent_alloc(work->arena, ent_stability_room(&holds->graph), double);
    count_worlds(&h, &stability, scratch);
    judge_central(&h, &stability, scratch);
    return ENT_OK;
}
