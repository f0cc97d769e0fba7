/*
 * The Pareto frontier of additive values, by merging the parts one after another: the frontier of
 * the first k parts plus every level of the next, dominated vectors dropped (Nemhauser and Ullmann,
 * "Discrete dynamic programming and capital allocation", Management Science 15, 1969).
 *
 * It is exact on the rounded sums that front.h defines: rounding is monotone, so x >= y gives
 * fl(x + c) >= fl(y + c), and what a prefix dominates stays dominated under every completion.
 *
 * Cost: with F_k points after k parts and m levels, O(m F_k log m) candidates in order of the first
 * party by a heap over m sorted lists; for two parties each candidate costs O(1), for three
 * O(log F), beyond that a query of the forest in maxima.h. Memory: 8 bytes for each point of each
 * stage, to find the outcomes again.
 */
#include "bargain/front.h"

#include <math.h>
#include <string.h>

typedef struct stage {
    struct {
        uint32_t *at;
        size_t count, room;
    } parent, level;
} stage;

typedef struct points {
    double *at; /* [count / parties][parties] */
    size_t count, room;
} points;

typedef struct head {
    double x;
    uint32_t list; /* index into the levels that matter */
} head;

typedef struct merge {
    ent_work *work;
    const ent_sums *sums;
    uint32_t parties;
    size_t most;
    double gap;
    stage *stages;
    points from, to;
    ent_sieve *sieve;
    /* of the stage at hand */
    const double **add;     /* what each list adds */
    uint32_t *level;        /* each list's level */
    size_t *next;           /* where each list stands */
    head *heap;
    uint32_t lists, heads;
    /* candidates that are equal for the first party */
    double *tie_value;
    uint32_t *tie_parent, *tie_level;
    ent_tagged *ties;
    size_t tie_count, tie_room;
} merge;

static void sift(merge *m, uint32_t at)
{
    head held = m->heap[at];
    for (uint32_t child; (child = 2 * at + 1) < m->heads; at = child) {
        if (child + 1 < m->heads && m->heap[child + 1].x > m->heap[child].x) {
            child++;
        }
        if (m->heap[child].x <= held.x) {
            break;
        }
        m->heap[at] = m->heap[child];
    }
    m->heap[at] = held;
}

/* Levels that another level of the part dominates can be left out (the first of equals stays). */
static void choose_levels(merge *m, const ent_front_part *part)
{
    uint32_t n = m->parties;
    m->lists = 0;
    ent_tagged *order = ent_alloc(m->work->arena, part->levels, ent_tagged);
    for (uint32_t l = 0; l < part->levels; l++) {
        order[l] = (ent_tagged){part->value + (size_t)l * n, l};
    }
    ent_sort_tagged(order, part->levels, n);
    ent_sieve_clear(m->sieve);
    m->add = ent_alloc(m->work->arena, part->levels, const double *);
    m->level = ent_alloc(m->work->arena, part->levels, uint32_t);
    m->next = ent_alloc(m->work->arena, part->levels, size_t);
    m->heap = ent_alloc(m->work->arena, part->levels, head);
    for (uint32_t l = 0; l < part->levels; l++) {
        if (ent_sieve_admit(m->sieve, order[l].vector)) {
            m->add[m->lists] = order[l].vector;
            m->level[m->lists++] = (uint32_t)order[l].tag;
        }
    }
    ent_sieve_clear(m->sieve);
}

static void keep(merge *m, stage *s, const double *value, uint32_t parent, uint32_t level)
{
    for (uint32_t p = 0; p < m->parties; p++) {
        *ent_push(m->work->arena, &m->to) = value[p];
    }
    *ent_push(m->work->arena, &s->parent) = parent;
    *ent_push(m->work->arena, &s->level) = level;
}

static void start_heap(merge *m)
{
    m->heads = m->lists;
    for (uint32_t j = 0; j < m->lists; j++) {
        m->next[j] = 0;
        m->heap[j] = (head){m->from.at[0] + m->add[j][0], j};
    }
    for (uint32_t j = m->heads / 2; j-- > 0;) {
        sift(m, j);
    }
}

/* Let the list on top of the heap stand at its point number `at`, or leave if there is none. */
static void advance(merge *m, size_t at)
{
    uint32_t j = m->heap[0].list;
    m->next[j] = at;
    if (at * m->parties < m->from.count) {
        m->heap[0].x = m->from.at[at * m->parties] + m->add[j][0];
    } else {
        m->heap[0] = m->heap[--m->heads];
    }
    sift(m, 0);
}

/*
 * Two parties: a candidate stays iff it is above the best so far for the second one; the points of
 * a list rise there, so what lies below is skipped without touching the heap.
 */
static void merge_two(merge *m, stage *s)
{
    double last = (double)NAN, best = -HUGE_VAL;
    size_t count = m->from.count / 2;
    const double *from = m->from.at;
    while (m->heads > 0) {
        uint32_t j = m->heap[0].list;
        size_t at = m->next[j];
        double value[2] = {m->heap[0].x, from[2 * at + 1] + m->add[j][1]};
        if (value[1] > best) {
            if (value[0] == last) { /* equal for the first party after rounding: the better one */
                m->to.count -= 2;
                s->parent.count--;
                s->level.count--;
            }
            keep(m, s, value, (uint32_t)at, m->level[j]);
            last = value[0];
            best = value[1];
        }
        do {
            at++;
        } while (at < count && from[2 * at + 1] + m->add[j][1] <= best);
        advance(m, at);
    }
}

static void add_tie(merge *m, size_t at, uint32_t j)
{
    uint32_t n = m->parties;
    if (m->tie_count == m->tie_room) {
        size_t room = m->tie_room == 0 ? 64 : 2 * m->tie_room;
        double *value = ent_alloc(m->work->arena, room * n, double);
        uint32_t *parent = ent_alloc(m->work->arena, room, uint32_t);
        uint32_t *level = ent_alloc(m->work->arena, room, uint32_t);
        if (m->tie_count > 0) {
            memcpy(value, m->tie_value, m->tie_count * n * sizeof(double));
            memcpy(parent, m->tie_parent, m->tie_count * sizeof(uint32_t));
            memcpy(level, m->tie_level, m->tie_count * sizeof(uint32_t));
        }
        m->tie_value = value;
        m->tie_parent = parent;
        m->tie_level = level;
        m->ties = ent_alloc(m->work->arena, room, ent_tagged);
        m->tie_room = room;
    }
    size_t k = m->tie_count++;
    for (uint32_t p = 0; p < n; p++) {
        m->tie_value[k * n + p] = m->from.at[at * n + p] + m->add[j][p];
    }
    m->tie_parent[k] = (uint32_t)at;
    m->tie_level[k] = m->level[j];
}

static void admit_ties(merge *m, stage *s)
{
    for (size_t k = 0; k < m->tie_count; k++) {
        m->ties[k] = (ent_tagged){m->tie_value + k * m->parties, k};
    }
    ent_sort_tagged(m->ties, m->tie_count, m->parties);
    for (size_t k = 0; k < m->tie_count; k++) {
        if (ent_sieve_admit(m->sieve, m->ties[k].vector)) {
            size_t t = m->ties[k].tag;
            keep(m, s, m->ties[k].vector, m->tie_parent[t], m->tie_level[t]);
        }
    }
    m->tie_count = 0;
}

static bool merge_many(merge *m, stage *s)
{
    uint64_t done = 0, total = (uint64_t)m->lists * (m->from.count / m->parties);
    double x = (double)NAN;
    while (m->heads > 0) {
        if (m->heap[0].x != x) {
            admit_ties(m, s);
            x = m->heap[0].x;
        }
        size_t at = m->next[m->heap[0].list];
        add_tie(m, at, m->heap[0].list);
        advance(m, at + 1);
        if ((++done & 0xffff) == 0 && ent_tick(m->work, "frontier", done, total)) {
            return false;
        }
    }
    admit_ties(m, s);
    return true;
}

/* Sort the points by cells of the width; order holds the first of each cell, as many as told. */
static size_t fill_cells(merge *m, const double *low, double width, ent_tagged *order,
                         double *cells)
{
    size_t count = m->to.count / m->parties, filled = 0;
    for (size_t i = 0; i < count; i++) {
        for (uint32_t p = 0; p < m->parties; p++) {
            cells[i * m->parties + p] = floor((m->to.at[i * m->parties + p] - low[p]) / width);
        }
        order[i] = (ent_tagged){cells + i * m->parties, i};
    }
    ent_sort_tagged(order, count, m->parties);
    for (size_t i = 0; i < count; i++) {
        const double *last = filled > 0 ? order[filled - 1].vector : NULL;
        if (last == NULL || ent_vector_order(order[i].vector, last, m->parties) != 0) {
            order[filled++] = order[i];
        }
    }
    return filled;
}

/*
 * Too many points: keep one in each cell of a grid. What is dropped is less than the width above
 * the one that stays, for each party, and so are all its completions: the gap grows by the width.
 */
static void thin(merge *m, stage *s)
{
    uint32_t n = m->parties;
    size_t count = m->to.count / n, filled = count, kept = 0;
    double low[ENT_MOST_PARTIES], spread = 0;
    for (uint32_t p = 0; p < n; p++) {
        double high = low[p] = m->to.at[p];
        for (size_t i = 0; i < count; i++) {
            low[p] = fmin(low[p], m->to.at[i * n + p]);
            high = fmax(high, m->to.at[i * n + p]);
        }
        spread = fmax(spread, high - low[p]);
    }
    double width = spread / pow((double)m->most, 1.0 / (n > 1 ? n - 1 : 1)) / 4;
    ent_tagged *order = ent_alloc(m->work->arena, count, ent_tagged);
    double *cells = ent_alloc(m->work->arena, count * n, double);
    while (filled > m->most) {
        width *= 2;
        filled = fill_cells(m, low, width, order, cells);
    }
    unsigned char *stays = ent_alloc(m->work->arena, count, unsigned char);
    for (size_t i = 0; i < filled; i++) {
        stays[order[i].tag] = 1;
    }
    for (size_t i = 0; i < count; i++) {
        if (stays[i] != 0) {
            memmove(m->to.at + kept * n, m->to.at + i * n, n * sizeof *m->to.at);
            s->parent.at[kept] = s->parent.at[i];
            s->level.at[kept++] = s->level.at[i];
        }
    }
    m->to.count = kept * n;
    s->parent.count = s->level.count = kept;
    m->gap += width;
}

static bool merge_part(merge *m, uint32_t k)
{
    stage *s = &m->stages[k];
    choose_levels(m, &m->sums->parts[k]);
    m->to.count = 0;
    start_heap(m);
    bool whole = true;
    if (m->parties == 2) {
        merge_two(m, s);
    } else {
        whole = merge_many(m, s);
    }
    if (m->to.count / m->parties > m->most) {
        thin(m, s);
    }
    points held = m->from;
    m->from = m->to;
    m->to = held;
    return whole && !ent_tick(m->work, "frontier", k + 1, m->sums->count);
}

/* The frontier in rising order, and the levels of each point by following its parents back. */
static void collect(merge *m, ent_front *front)
{
    uint32_t n = m->parties, parts = m->sums->count;
    size_t count = m->from.count / n;
    double *value = ent_alloc(m->work->arena, count * n, double);
    uint64_t *levels = ent_alloc(m->work->arena, count * parts + 1, uint64_t);
    for (size_t i = 0; i < count; i++) {
        size_t back = count - 1 - i, at = back;
        memcpy(value + i * n, m->from.at + back * n, n * sizeof(double));
        for (uint32_t k = parts; k-- > 0;) {
            levels[i * parts + k] = m->stages[k].level.at[at];
            at = m->stages[k].parent.at[at];
        }
    }
    *front = (ent_front){.parties = n, .parts = parts, .count = count, .value = value,
                         .levels = levels, .proved = m->gap == 0, .gap = m->gap};
}

ent_status ent_merge_sums(ent_work *work, const ent_sums *sums, size_t most, ent_front *front)
{
    merge m = {.work = work, .sums = sums, .parties = sums->parties, .most = most};
    m.stages = ent_alloc(work->arena, sums->count, stage);
    m.sieve = ent_sieve_create(work->arena, sums->parties);
    for (uint32_t p = 0; p < sums->parties; p++) {
        *ent_push(work->arena, &m.from) = 0;
    }
    for (uint32_t k = 0; k < sums->count; k++) {
        if (!merge_part(&m, k)) {
            return ENT_CANCELLED;
        }
    }
    collect(&m, front);
    return ENT_OK;
}
