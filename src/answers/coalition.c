/*
 * Coalitions, with bit rows: row s of a relation holds the states that can be reached from s.
 * Closing a relation takes rounds in which every row takes up the rows of its neighbours,
 * O(states * moves * states/64) each. Then, for a coalition H and P(s) the vector of its members'
 * worths, s is unstable iff H can reach some t with P(t) > P(s) in every member and
 *   gmr, seq  m(t) > P(s) in every member, m the least of each that the others can reach,
 *   smr       no answer u of the others, worse for some member, from which H cannot escape to
 *             something better for all.
 */
#include "answers/stability.h"

#include <string.h>

typedef struct rows {
    uint64_t *bits;
    size_t words;
} rows;

typedef struct council {
    const ent_graph *g;
    uint32_t *rank;    /* [2^bits] position among the states */
    uint32_t members[ENT_CONFLICT_ACTORS];
    uint32_t count;
    rows ours, theirs, credible;
} council;

static uint64_t *row(const rows *r, size_t i)
{
    return r->bits + i * r->words;
}

static bool has(const rows *r, size_t i, size_t j)
{
    return (row(r, i)[j / 64] >> (j % 64) & 1) != 0;
}

/* Row i takes up what its neighbour's row holds. */
static bool merge(const rows *r, size_t i, size_t j)
{
    uint64_t changed = 0;
    uint64_t *into = row(r, i);
    const uint64_t *from = row(r, j);
    for (size_t w = 0; w < r->words; w++) {
        uint64_t sum = into[w] | from[w];
        changed |= sum ^ into[w];
        into[w] = sum;
    }
    return changed != 0;
}

static bool merge_moves(const council *c, const rows *r, uint32_t actor, size_t i, bool better)
{
    const ent_graph *g = c->g;
    uint32_t state = g->states[i];
    uint32_t may = ent_graph_free(g, actor, state);
    bool changed = false;
    for (uint32_t change = may; change != 0; change = (change - 1) & may) {
        uint32_t to = state ^ change;
        if (ent_graph_move(g, actor, state, to) &&
            (!better || g->worth[actor][to] > g->worth[actor][state])) {
            changed |= merge(r, i, c->rank[to]);
        }
    }
    return changed;
}

/* The relation "can be reached by moves (or improvements) of these actors in turn, or is it". */
static rows relation(ent_arena *arena, const council *c, uint32_t actors, bool better)
{
    size_t n = c->g->count;
    rows r = {NULL, (n + 63) / 64};
    r.bits = ent_alloc(arena, n * r.words, uint64_t);
    for (size_t i = 0; i < n; i++) {
        row(&r, i)[i / 64] |= UINT64_C(1) << (i % 64);
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t a = 0; a < c->g->actors; a++) {
            for (size_t i = 0; (actors >> a & 1) != 0 && i < n; i++) {
                changed |= merge_moves(c, &r, a, i, better);
            }
        }
    }
    return r;
}

/* Is t better than s for every member? */
static bool all_gain(const council *c, uint32_t t, uint32_t s)
{
    for (uint32_t k = 0; k < c->count; k++) {
        const double *worth = c->g->worth[c->members[k]];
        if (worth[t] <= worth[s]) {
            return false;
        }
    }
    return true;
}

static bool can_gain(const council *c, size_t from, uint32_t s)
{
    for (size_t j = 0; j < c->g->count; j++) {
        if (has(&c->ours, from, j) && all_gain(c, c->g->states[j], s)) {
            return true;
        }
    }
    return false;
}

/* Do the others have an answer at t that makes leaving s not pay for somebody in the coalition? */
static bool answered(const council *c, const rows *answers, size_t t, uint32_t s, bool escape)
{
    for (size_t j = 0; j < c->g->count; j++) {
        if (has(answers, t, j) && !all_gain(c, c->g->states[j], s) &&
            !(escape && can_gain(c, j, s))) {
            return true;
        }
    }
    return false;
}

static uint8_t judge(const council *c, size_t i)
{
    uint32_t s = c->g->states[i];
    unsigned verdict = 1U << ENT_NASH | 1U << ENT_GMR | 1U << ENT_SMR | 1U << ENT_SEQ;
    for (size_t j = 0; j < c->g->count && verdict != 0; j++) {
        if (!has(&c->ours, i, j) || !all_gain(c, c->g->states[j], s)) {
            continue;
        }
        verdict &= ~(1U << ENT_NASH);
        if ((verdict >> ENT_GMR & 1) != 0 && !answered(c, &c->theirs, j, s, false)) {
            verdict = 0;
        }
        if ((verdict >> ENT_SMR & 1) != 0 && !answered(c, &c->theirs, j, s, true)) {
            verdict &= ~(1U << ENT_SMR);
        }
        if ((verdict >> ENT_SEQ & 1) != 0 && !answered(c, &c->credible, j, s, false)) {
            verdict &= ~(1U << ENT_SEQ);
        }
    }
    return (uint8_t)verdict;
}

bool ent_coalition_stability(ent_arena *arena, const ent_graph *g, uint32_t coalition,
                             uint8_t *verdict)
{
    if (g->count > ENT_COALITION_STATES) {
        return false;
    }
    council c = {.g = g, .rank = ent_alloc(arena, (size_t)1 << g->bits, uint32_t)};
    for (size_t i = 0; i < g->count; i++) {
        c.rank[g->states[i]] = (uint32_t)i;
    }
    for (uint32_t a = 0; a < g->actors; a++) {
        if ((coalition >> a & 1) != 0) {
            c.members[c.count++] = a;
        }
    }
    uint32_t others = ((UINT32_C(1) << g->actors) - 1) & ~coalition;
    c.ours = relation(arena, &c, coalition, false);
    c.theirs = relation(arena, &c, others, false);
    c.credible = relation(arena, &c, others, true);
    for (size_t i = 0; i < g->count; i++) {
        verdict[g->states[i]] = judge(&c, i);
    }
    return true;
}
