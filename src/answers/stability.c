/*
 * Verdicts without lists of moves. For actor i with worth P let
 *   m(s) = least P over s and all that the others can reach from s,
 *   q(s) = least, over the same states t, of the greater of P(t) and what i can reach from t.
 * Then s is unstable for i under gmr iff i can reach some t with P(t) > P(s) and m(t) > P(s), that
 * is iff  max over t of min(P(t), m(t)) > P(s);  smr the same with q for m; seq and sseq the same
 * with improvements of the others in m and q. So each concept is one closure over the others'
 * moves and one spread over i's. That s itself counts among what is reached changes nothing: it is
 * not above itself.
 */
#include "answers/stability.h"

#include <string.h>

const char *const ent_concept_names[ENT_CONCEPTS] = {"nash", "gmr", "smr", "seq", "sseq"};

static size_t size_of(const ent_graph *g)
{
    return (size_t)1 << g->bits;
}

static uint32_t all_but(const ent_graph *g, uint32_t actor)
{
    return ((UINT32_C(1) << g->actors) - 1) & ~(UINT32_C(1) << actor);
}

/* out := the actor's worth where a state can be, -infinity elsewhere. */
static void worth_into(const ent_graph *g, uint32_t actor, double *out)
{
    const double *worth = g->worth[actor];
    for (size_t s = 0; s < size_of(g); s++) {
        out[s] = g->feasible[s] ? worth[s] : ENT_LOWEST;
    }
}

/* out := the best that the actor can reach, staying included. */
static void reach_into(const ent_graph *g, uint32_t actor, double *out, double *scratch)
{
    worth_into(g, actor, out);
    ent_graph_spread(g, actor, out, scratch);
}

/*
 * best[s] := max over what the actor can reach of min(worth, least that the others can make of it).
 * level is what they make it: the worth itself (NULL) or the best that the actor gets from there.
 */
static void threshold_into(const ent_graph *g, uint32_t actor, const double *level, bool better,
                           double *best, double *scratch)
{
    const double *worth = g->worth[actor];
    const double *from = level == NULL ? worth : level;
    for (size_t s = 0; s < size_of(g); s++) {
        best[s] = g->feasible[s] ? -from[s] : ENT_LOWEST;
    }
    ent_graph_close(g, all_but(g, actor), better, best, scratch);
    for (size_t s = 0; s < size_of(g); s++) {
        double least = -best[s];
        double pays = worth[s] < least ? worth[s] : least;
        best[s] = g->feasible[s] ? pays : ENT_LOWEST;
    }
    ent_graph_spread(g, actor, best, scratch);
}

static void mark(const ent_graph *g, uint32_t actor, const double *best, ent_concept concept,
                 uint8_t *verdict)
{
    const double *worth = g->worth[actor];
    for (size_t s = 0; s < size_of(g); s++) {
        bool stable = g->feasible[s] && best[s] <= worth[s];
        verdict[s] = (uint8_t)(verdict[s] | (unsigned)stable << concept);
    }
}

/* best[s] := the worth that s would need to be stable under the concept. */
static void need_into(const ent_graph *g, uint32_t actor, ent_concept concept, const double *reach,
                      double *best, double *scratch)
{
    if (concept == ENT_NASH) {
        memcpy(best, reach, size_of(g) * sizeof *best);
        return;
    }
    bool escapes = concept == ENT_SMR || concept == ENT_SSEQ;
    bool better = concept == ENT_SEQ || concept == ENT_SSEQ;
    threshold_into(g, actor, escapes ? reach : NULL, better, best, scratch);
}

size_t ent_stability_room(const ent_graph *g)
{
    return 4 * size_of(g);
}

void ent_stability_into(const ent_graph *g, double *scratch, ent_stability *stability)
{
    size_t size = size_of(g);
    double *reach = scratch;
    double *best = scratch + size;
    memset(stability->equilibrium, (1 << ENT_CONCEPTS) - 1, size);
    for (uint32_t a = 0; a < g->actors; a++) {
        uint8_t *verdict = stability->verdicts[a];
        memset(verdict, 0, size);
        reach_into(g, a, reach, best);
        for (ent_concept c = 0; c < ENT_CONCEPTS && !ent_graph_is_over(g); c++) {
            need_into(g, a, c, reach, best, scratch + 2 * size);
            mark(g, a, best, c, verdict);
        }
        for (size_t s = 0; s < size; s++) {
            stability->equilibrium[s] &= verdict[s];
        }
    }
}

ent_stability ent_stability_of(ent_arena *arena, const ent_graph *g)
{
    uint8_t **verdicts = ent_alloc(arena, g->actors + 1, uint8_t *);
    for (uint32_t a = 0; a < g->actors; a++) {
        verdicts[a] = ent_alloc(arena, size_of(g), uint8_t);
    }
    ent_stability stability = {verdicts, ent_alloc(arena, size_of(g), uint8_t)};
    double *scratch = ent_alloc(arena, ent_stability_room(g), double);
    ent_stability_into(g, scratch, &stability);
    return stability;
}

void ent_stability_needs(ent_arena *arena, const ent_graph *g, uint32_t actor, uint32_t state,
                         double needed[ENT_CONCEPTS])
{
    size_t size = size_of(g);
    double *scratch = ent_alloc(arena, 4 * size, double);
    reach_into(g, actor, scratch, scratch + size);
    for (ent_concept c = 0; c < ENT_CONCEPTS; c++) {
        need_into(g, actor, c, scratch, scratch + size, scratch + 2 * size);
        needed[c] = scratch[size + state];
    }
}

size_t ent_stability_places(const ent_graph *g, uint32_t actor, uint32_t state, double needed)
{
    const double *worth = g->worth[actor];
    size_t places = 0;
    for (size_t i = 0; i < g->count; i++) {
        double other = worth[g->states[i]];
        places += other > worth[state] && other <= needed;
    }
    return places;
}
