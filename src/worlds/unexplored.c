/*
 * A conflict-driven clause solver (Marques-Silva and Sakallah 1996) with two watched literals
 * (Moskewicz et al. 2001): first-UIP learning, activities, decisions "in" first, so that models
 * come out nearly maximal. Worst case exponential, as the problem is; in practice a model costs
 * about the clauses that its decisions touch.
 */
#include "worlds/unexplored.h"

#include <string.h>

/* Literal 2v: element v is in; 2v + 1: it is out. */
#define NO_CLAUSE UINT32_MAX

typedef struct literals {
    uint32_t *at;
    size_t count, room;
} literals;

struct ent_map {
    ent_arena *arena;
    uint32_t n;
    literals pool;      /* clauses: length, literals */
    literals *watches;  /* [2n] clauses that watch the literal */
    int8_t *value;      /* [n] 1 in, 0 out, -1 open */
    uint32_t *level, *reason; /* [n] */
    uint32_t *trail;    /* [n] literals that are true */
    size_t trail_count, ahead;
    literals marks;     /* trail length at each decision */
    double *activity;   /* [n] */
    double bump;
    bool *seen;         /* [n] scratch */
    uint32_t *scratch;  /* [n + 1] */
    literals *blocks;   /* [n] disputes (clauses) that hold the element */
    bool closed;        /* no model is left */
};

ent_map *ent_map_create(ent_arena *arena, uint32_t elements)
{
    ent_map *m = ent_alloc(arena, 1, ent_map);
    m->arena = arena;
    m->n = elements;
    m->watches = ent_alloc(arena, 2 * (size_t)elements + 1, literals);
    m->value = ent_alloc(arena, elements + 1, int8_t);
    m->level = ent_alloc(arena, elements + 1, uint32_t);
    m->reason = ent_alloc(arena, elements + 1, uint32_t);
    m->trail = ent_alloc(arena, elements + 1, uint32_t);
    m->activity = ent_alloc(arena, elements + 1, double);
    m->seen = ent_alloc(arena, elements + 1, bool);
    m->scratch = ent_alloc(arena, elements + 2, uint32_t);
    m->blocks = ent_alloc(arena, elements + 1, literals);
    m->bump = 1;
    memset(m->value, -1, elements);
    return m;
}

/* 1 true, 0 false, -1 open. */
static int value_of(const ent_map *m, uint32_t literal)
{
    int8_t v = m->value[literal / 2];
    return v < 0 ? -1 : (v == 1) == (literal % 2 == 0);
}

static void assume(ent_map *m, uint32_t literal, uint32_t reason)
{
    uint32_t v = literal / 2;
    m->value[v] = literal % 2 == 0 ? 1 : 0;
    m->level[v] = (uint32_t)m->marks.count;
    m->reason[v] = reason;
    m->trail[m->trail_count++] = literal;
}

static void back_to(ent_map *m, uint32_t level)
{
    if (m->marks.count <= level) {
        return;
    }
    while (m->trail_count > m->marks.at[level]) {
        m->value[m->trail[--m->trail_count] / 2] = -1;
    }
    m->marks.count = level;
    m->ahead = m->trail_count;
}

/* The clause's watch moves off the false literal; false if it has become unit or empty. */
static bool move_watch(ent_map *m, uint32_t *clause, uint32_t name, uint32_t lost)
{
    uint32_t length = clause[0];
    if (clause[1] == lost) {
        clause[1] = clause[2];
        clause[2] = lost;
    }
    for (uint32_t i = 3; i <= length; i++) {
        if (value_of(m, clause[i]) != 0) {
            clause[2] = clause[i];
            clause[i] = lost;
            *ent_push(m->arena, &m->watches[clause[2]]) = name;
            return true;
        }
    }
    return false;
}

/* All that follows; the clause that fails, or NO_CLAUSE. */
static uint32_t propagate(ent_map *m)
{
    while (m->ahead < m->trail_count) {
        uint32_t lost = m->trail[m->ahead++] ^ 1;
        literals *list = &m->watches[lost];
        size_t kept = 0;
        uint32_t failed = NO_CLAUSE;
        for (size_t i = 0; i < list->count; i++) {
            uint32_t name = list->at[i];
            uint32_t *clause = m->pool.at + name;
            uint32_t other = clause[1] == lost ? clause[2] : clause[1];
            if (failed != NO_CLAUSE || value_of(m, other) == 1) {
                list->at[kept++] = name;
            } else if (!move_watch(m, clause, name, lost)) {
                list->at[kept++] = name;
                if (value_of(m, other) == 0) {
                    failed = name;
                } else {
                    assume(m, other, name);
                }
            }
        }
        list->count = kept;
        if (failed != NO_CLAUSE) {
            return failed;
        }
    }
    return NO_CLAUSE;
}

static void bump(ent_map *m, uint32_t v)
{
    m->activity[v] += m->bump;
    if (m->activity[v] > 1e100) {
        for (uint32_t i = 0; i < m->n; i++) {
            m->activity[i] *= 1e-100;
        }
        m->bump *= 1e-100;
    }
}

/* The clause learnt from a conflict into scratch, the asserting literal first. */
static uint32_t analyse(ent_map *m, uint32_t failed, uint32_t *level)
{
    uint32_t count = 1;
    uint32_t open = 0;
    size_t at = m->trail_count;
    uint32_t clause = failed;
    uint32_t pivot = UINT32_MAX;
    do {
        const uint32_t *c = m->pool.at + clause;
        for (uint32_t i = 1; i <= c[0]; i++) {
            uint32_t v = c[i] / 2;
            if (c[i] == pivot || m->seen[v] || m->level[v] == 0) {
                continue;
            }
            m->seen[v] = true;
            bump(m, v);
            if (m->level[v] == m->marks.count) {
                open++;
            } else {
                m->scratch[count++] = c[i];
            }
        }
        do {
            pivot = m->trail[--at];
        } while (!m->seen[pivot / 2]);
        m->seen[pivot / 2] = false;
        clause = m->reason[pivot / 2];
    } while (--open > 0);
    m->scratch[0] = pivot ^ 1;
    *level = 0;
    for (uint32_t i = 1; i < count; i++) {
        m->seen[m->scratch[i] / 2] = false;
        if (m->level[m->scratch[i] / 2] > *level) {
            *level = m->level[m->scratch[i] / 2];
            uint32_t second = m->scratch[1];
            m->scratch[1] = m->scratch[i];
            m->scratch[i] = second;
        }
    }
    m->bump *= 1.05;
    return count;
}

/* Store the clause of at least two literals and watch its first two. */
static uint32_t store(ent_map *m, const uint32_t *clause, uint32_t count)
{
    uint32_t name = (uint32_t)m->pool.count;
    *ent_push(m->arena, &m->pool) = count;
    for (uint32_t i = 0; i < count; i++) {
        *ent_push(m->arena, &m->pool) = clause[i];
    }
    *ent_push(m->arena, &m->watches[clause[0]]) = name;
    *ent_push(m->arena, &m->watches[clause[1]]) = name;
    return name;
}

/* Add the clause in scratch for good; everything is taken back to what is certain first. */
static void add(ent_map *m, uint32_t count)
{
    back_to(m, 0);
    uint32_t left = 0;
    for (uint32_t i = 0; i < count; i++) {
        int value = value_of(m, m->scratch[i]);
        if (value == 1) {
            return;
        }
        if (value < 0) {
            m->scratch[left++] = m->scratch[i];
        }
    }
    if (left == 0) {
        m->closed = true;
    } else if (left == 1) {
        assume(m, m->scratch[0], NO_CLAUSE);
        m->closed = propagate(m) != NO_CLAUSE;
    } else {
        store(m, m->scratch, left);
    }
}

void ent_map_block_up(ent_map *m, const uint32_t *elements, size_t count)
{
    /* A copy of the dispute itself, for making models maximal; it is in no watch list. */
    uint32_t name = (uint32_t)m->pool.count;
    *ent_push(m->arena, &m->pool) = (uint32_t)count;
    for (size_t i = 0; i < count; i++) {
        *ent_push(m->arena, &m->pool) = elements[i];
        *ent_push(m->arena, &m->blocks[elements[i]]) = name;
        m->scratch[i] = 2 * elements[i] + 1;
        bump(m, elements[i]);
    }
    add(m, (uint32_t)count);
}

void ent_map_block_down(ent_map *m, const bool *in)
{
    uint32_t count = 0;
    for (uint32_t v = 0; v < m->n; v++) {
        if (!in[v]) {
            m->scratch[count++] = 2 * v;
        }
    }
    add(m, count);
}

/* The open element of greatest activity, or n. */
static uint32_t choose(const ent_map *m)
{
    uint32_t best = m->n;
    for (uint32_t v = 0; v < m->n; v++) {
        if (m->value[v] < 0 && (best == m->n || m->activity[v] > m->activity[best])) {
            best = v;
        }
    }
    return best;
}

/* Learn from the conflict and go on; false where nothing is left. */
static bool resolve(ent_map *m, uint32_t failed)
{
    if (m->marks.count == 0) {
        m->closed = true;
        return false;
    }
    uint32_t level;
    uint32_t count = analyse(m, failed, &level);
    back_to(m, level);
    if (count == 1) {
        assume(m, m->scratch[0], NO_CLAUSE);
    } else {
        uint32_t first = m->scratch[0];
        assume(m, first, store(m, m->scratch, count));
    }
    return true;
}

/* Take in what can be taken in without completing a known dispute. */
static void make_maximal(const ent_map *m, bool *in)
{
    for (uint32_t v = 0; v < m->n; v++) {
        bool free = !in[v];
        for (size_t i = 0; free && i < m->blocks[v].count; i++) {
            const uint32_t *dispute = m->pool.at + m->blocks[v].at[i];
            bool others = true;
            for (uint32_t j = 1; others && j <= dispute[0]; j++) {
                others = dispute[j] == v || in[dispute[j]];
            }
            free = !others;
        }
        in[v] = in[v] || free;
    }
}

bool ent_map_next(ent_map *m, bool *in)
{
    back_to(m, 0);
    while (!m->closed) {
        uint32_t failed = propagate(m);
        if (failed != NO_CLAUSE) {
            resolve(m, failed);
            continue;
        }
        uint32_t v = choose(m);
        if (v == m->n) {
            for (uint32_t i = 0; i < m->n; i++) {
                in[i] = m->value[i] == 1;
            }
            make_maximal(m, in);
            return true;
        }
        *ent_push(m->arena, &m->marks) = (uint32_t)m->trail_count;
        assume(m, 2 * v, NO_CLAUSE);
    }
    return false;
}
