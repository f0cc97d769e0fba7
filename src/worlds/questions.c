#include "worlds/questions.h"

#include "worlds/kinds.h"

#include <stdlib.h>
#include <string.h>

/* ---- What was moved from -------------------------------------------------------------------- */

static void mark_moved(ent_arena *arena, const ent_case *c, ent_dispute *at, size_t count)
{
    bool *moved = ent_alloc(arena, c->statement_count + 1, bool);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; at[i].kind == ENT_MOVE && j < at[i].count; j++) {
            uint32_t s = at[i].statements[j];
            moved[s] = moved[s] || ent_is_older_in(c, &at[i], s);
        }
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t *from = ent_alloc(arena, at[i].count + 1, uint32_t);
        at[i].moved_count = 0;
        for (size_t j = 0; j < at[i].count; j++) {
            if (moved[at[i].statements[j]]) {
                from[at[i].moved_count++] = at[i].statements[j];
            }
        }
        at[i].moved_from = from;
    }
}

/* ---- Groups --------------------------------------------------------------------------------- */

/* One pair of statements seen from one of its ends. */
typedef struct end {
    uint32_t from, to;
    size_t dispute;
} end;

/* All pairs about one party and of one kind. */
typedef struct graph {
    ent_arena *arena;
    end *ends; /* both of each pair, by (from, to) */
    size_t count;
    size_t *first;    /* [statements + 1] where the ends of a statement begin */
    uint32_t *degree; /* [statements] opponents not yet told */
    bool *told;       /* [disputes] */
    bool *with;       /* [statements] scratch: the opponents of the group that is made */
    uint32_t statements;
} graph;

typedef struct question_list {
    ent_question_in_dispute *at;
    size_t count, room;
} question_list;

static int by_ends(const void *a, const void *b)
{
    const end *x = a;
    const end *y = b;
    if (x->from != y->from) {
        return x->from < y->from ? -1 : 1;
    }
    return x->to < y->to ? -1 : x->to > y->to;
}

static void build(graph *g, const ent_dispute *at, size_t count, uint32_t party,
                  ent_dispute_kind kind)
{
    g->count = 0;
    memset(g->degree, 0, g->statements * sizeof *g->degree);
    for (size_t i = 0; i < count; i++) {
        if (at[i].count == 2 && at[i].party == party && at[i].kind == kind) {
            uint32_t x = at[i].statements[0];
            uint32_t y = at[i].statements[1];
            g->ends[g->count++] = (end){x, y, i};
            g->ends[g->count++] = (end){y, x, i};
            g->degree[x]++;
            g->degree[y]++;
        }
    }
    if (g->count > 0) {
        qsort(g->ends, g->count, sizeof *g->ends, by_ends);
    }
    size_t next = 0;
    for (uint32_t s = 0; s <= g->statements; s++) {
        while (next < g->count && g->ends[next].from < s) {
            next++;
        }
        g->first[s] = next;
    }
}

/* The statement with most pairs not yet told, the first in the file of several; ENT_NONE: none. */
static uint32_t busiest(const graph *g)
{
    uint32_t most = ENT_NONE;
    for (uint32_t s = 0; s < g->statements; s++) {
        if (g->degree[s] > 0 && (most == ENT_NONE || g->degree[s] > g->degree[most])) {
            most = s;
        }
    }
    return most;
}

/* Are the statement's opponents that are not told yet exactly those of g->with (`wanted` many)? */
static bool same_opponents(const graph *g, uint32_t statement, uint32_t wanted)
{
    if (g->degree[statement] != wanted || g->with[statement]) {
        return false;
    }
    for (size_t i = g->first[statement]; i < g->first[statement + 1]; i++) {
        if (!g->told[g->ends[i].dispute] && !g->with[g->ends[i].to]) {
            return false;
        }
    }
    return true;
}

/* The group of the busiest statement; its pairs are told after. */
static ent_question_in_dispute take_group(graph *g, uint32_t start)
{
    uint32_t wanted = g->degree[start];
    uint32_t *a = ent_alloc(g->arena, g->statements + 1, uint32_t);
    uint32_t *b = ent_alloc(g->arena, wanted + 1, uint32_t);
    ent_question_in_dispute q = {.a = a, .b = b};
    for (size_t i = g->first[start]; i < g->first[start + 1]; i++) {
        if (!g->told[g->ends[i].dispute]) {
            b[q.b_count++] = g->ends[i].to;
            g->with[g->ends[i].to] = true;
        }
    }
    for (uint32_t s = 0; s < g->statements; s++) {
        if (same_opponents(g, s, wanted)) {
            a[q.a_count++] = s;
        }
    }
    size_t *disputes = ent_alloc(g->arena, q.a_count * q.b_count + 1, size_t);
    for (size_t j = 0; j < q.a_count; j++) {
        for (size_t i = g->first[a[j]]; i < g->first[a[j] + 1]; i++) {
            if (!g->told[g->ends[i].dispute]) {
                g->told[g->ends[i].dispute] = true;
                disputes[q.dispute_count++] = g->ends[i].dispute;
                g->degree[a[j]]--;
                g->degree[g->ends[i].to]--;
            }
        }
    }
    q.disputes = disputes;
    for (size_t i = 0; i < q.b_count; i++) {
        g->with[b[i]] = false;
    }
    return q;
}

static void put_group(ent_arena *arena, ent_question_in_dispute q, const ent_dispute *at,
                      question_list *list)
{
    q.party = at[q.disputes[0]].party;
    q.kind = at[q.disputes[0]].kind;
    for (size_t i = 0; i < q.dispute_count; i++) {
        q.live = q.live || (q.kind == ENT_DISPUTE && at[q.disputes[i]].moved_count == 0);
    }
    *ent_push(arena, list) = q;
}

/* A set that is no pair is a question of its own. */
static void put_alone(ent_arena *arena, const ent_dispute *at, size_t index, question_list *list)
{
    size_t *self = ent_alloc(arena, 1, size_t);
    *self = index;
    put_group(arena,
              (ent_question_in_dispute){.a = at[index].statements,
                                        .a_count = at[index].count,
                                        .b = at[index].statements,
                                        .disputes = self,
                                        .dispute_count = 1},
              at, list);
}

/* ---- Their order ---------------------------------------------------------------------------- */

/* Live ones first; then those that hold what was moved from, then silence, then moves. */
static int rank_of(const ent_question_in_dispute *q)
{
    static const int rank[ENT_DISPUTE_KINDS] = {
        [ENT_DISPUTE] = 1, [ENT_SILENCE] = 2, [ENT_MOVE] = 3};
    return q->live ? 0 : rank[q->kind];
}

static int by_rank(const void *a, const void *b)
{
    const ent_question_in_dispute *x = a;
    const ent_question_in_dispute *y = b;
    if (rank_of(x) != rank_of(y)) {
        return rank_of(x) - rank_of(y);
    }
    if (x->dispute_count != y->dispute_count) {
        return x->dispute_count > y->dispute_count ? -1 : 1;
    }
    /* Each dispute is in one question: the first of each tells any two apart. */
    return x->disputes[0] < y->disputes[0] ? -1 : x->disputes[0] > y->disputes[0];
}

void ent_put_questions(ent_arena *arena, const ent_case *c, ent_dispute *at, size_t count,
                       ent_disputes *disputes)
{
    mark_moved(arena, c, at, count);
    question_list list = {0};
    graph g = {.arena = arena, .statements = c->statement_count};
    g.ends = ent_alloc(arena, 2 * count + 1, end);
    g.first = ent_alloc(arena, (size_t)c->statement_count + 2, size_t);
    g.degree = ent_alloc(arena, c->statement_count + 1, uint32_t);
    g.told = ent_alloc(arena, count + 1, bool);
    g.with = ent_alloc(arena, c->statement_count + 1, bool);
    for (uint32_t p = 0; p < c->party_count; p++) {
        for (int kind = 0; kind < ENT_DISPUTE_KINDS; kind++) {
            build(&g, at, count, p, (ent_dispute_kind)kind);
            for (uint32_t s = busiest(&g); s != ENT_NONE; s = busiest(&g)) {
                put_group(arena, take_group(&g, s), at, &list);
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (at[i].count != 2) {
            put_alone(arena, at, i, &list);
        }
    }
    if (list.count > 0) {
        qsort(list.at, list.count, sizeof *list.at, by_rank);
    }
    disputes->questions = list.at;
    disputes->question_count = list.count;
}
