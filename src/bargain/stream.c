/*
 * Streaming dominance over all outcomes. A block of values (block.c) is compared with a few points
 * of the frontier so far, spread over it, in vector loops that leave a small share of outcomes;
 * those are looked up exactly (a binary search for two parties, the forest of k-d trees beyond) and
 * wait in a buffer of the frontier's size until they are sorted into it.
 *
 * O(outcomes * parties) vector work plus O(log F) for each outcome that the killers leave.
 */
#include "bargain/stream.h"

#include "base/kernel.h"
#include "bargain/block.h"

#include <math.h>
#include <string.h>

enum { KILLERS = 8, LEAST_WAITING = 1024 };

typedef struct pool {
    double *value;    /* [room][parties] */
    uint64_t *levels; /* [room][issues] */
    size_t count, room;
} pool;

typedef struct stream {
    ent_work *work;
    const ent_scenario *scenario;
    ent_blocks *blocks;
    uint32_t parties, issues, size;
    pool front, waiting, spare;
    ent_forest *forest; /* of the frontier, for three parties and more */
    ent_sieve *sieve;
    ent_tagged *order;
    size_t order_room;
    double killer[ENT_MOST_PARTIES][KILLERS]; /* points spread over the frontier */
    int64_t *alive; /* [size] all ones or zero: as wide as the doubles it masks */
    uint64_t rational;
} stream;

/*
 * All killers at once, so that the values stay in registers: two compares, an or and an and for
 * each killer and eight outcomes in AVX-512.
 */
ENT_KERNEL static void kill_two(int64_t *restrict alive, const double *restrict x,
                                const double *restrict y, const double *restrict a,
                                const double *restrict b, uint32_t count)
{
    for (uint32_t j = 0; j < count; j++) {
        int64_t lives = 1;
        for (int k = 0; k < KILLERS; k++) {
            lives &= (x[j] > a[k]) | (y[j] > b[k]);
        }
        alive[j] = lives;
    }
}

ENT_KERNEL static void kill_three(int64_t *restrict alive, const double *restrict x,
                                  const double *restrict y, const double *restrict z,
                                  const double (*restrict a)[KILLERS], uint32_t count)
{
    for (uint32_t j = 0; j < count; j++) {
        int64_t lives = 1;
        for (int k = 0; k < KILLERS; k++) {
            lives &= (x[j] > a[0][k]) | (y[j] > a[1][k]) | (z[j] > a[2][k]);
        }
        alive[j] = lives;
    }
}

ENT_KERNEL static void set_above(int64_t *restrict above, const double *restrict x, double a,
                                 uint32_t count)
{
    for (uint32_t j = 0; j < count; j++) {
        above[j] |= -(int64_t)(x[j] > a);
    }
}

ENT_KERNEL static void keep_only(int64_t *restrict alive, int64_t *restrict above, uint32_t count)
{
    for (uint32_t j = 0; j < count; j++) {
        alive[j] &= above[j];
        above[j] = 0;
    }
}

ENT_KERNEL static void set_rational(int64_t *restrict alive, const double *restrict x, double r,
                                    uint32_t count)
{
    for (uint32_t j = 0; j < count; j++) {
        alive[j] &= -(int64_t)(x[j] >= r);
    }
}

static void count_rational(stream *s, uint32_t count)
{
    memset(s->alive, 0xff, count * sizeof *s->alive);
    for (uint32_t p = 0; p < s->parties; p++) {
        set_rational(s->alive, ent_block_value(s->blocks, p),
                     s->scenario->utilities[p].reservation, count);
    }
    int64_t sum = 0;
    for (uint32_t j = 0; j < count; j++) {
        sum -= s->alive[j];
    }
    s->rational += (uint64_t)sum;
}

static void kill(stream *s, int64_t *above, uint32_t count)
{
    const double *x = ent_block_value(s->blocks, 0);
    if (s->parties == 2) {
        kill_two(s->alive, x, ent_block_value(s->blocks, 1), s->killer[0], s->killer[1], count);
        return;
    }
    if (s->parties == 3) {
        const double(*killer)[KILLERS] = (const double(*)[KILLERS])s->killer;
        kill_three(s->alive, x, ent_block_value(s->blocks, 1), ent_block_value(s->blocks, 2),
                   killer, count);
        return;
    }
    memset(s->alive, 0xff, count * sizeof *s->alive);
    for (uint32_t k = 0; k < KILLERS; k++) {
        for (uint32_t p = 0; p < s->parties; p++) {
            set_above(above, ent_block_value(s->blocks, p), s->killer[p][k], count);
        }
        keep_only(s->alive, above, count);
    }
}

/* Of two parties' frontier in falling order of x: the last point from x on has the largest y. */
static bool stairs_dominate(const pool *front, const double *v)
{
    size_t low = 0, high = front->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (front->value[2 * middle] >= v[0]) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 && front->value[2 * low - 1] >= v[1];
}

static bool front_dominates(const stream *s, const double *v)
{
    return s->parties == 2 ? stairs_dominate(&s->front, v) : ent_forest_dominates(s->forest, v);
}

static void make_room(stream *s, pool *p, size_t need)
{
    if (need <= p->room) {
        return;
    }
    pool wider = {.count = p->count, .room = need + need / 2};
    wider.value = ent_alloc(s->work->arena, wider.room * s->parties, double);
    wider.levels = ent_alloc(s->work->arena, wider.room * s->issues, uint64_t);
    if (p->count > 0) {
        memcpy(wider.value, p->value, p->count * s->parties * sizeof(double));
        memcpy(wider.levels, p->levels, p->count * s->issues * sizeof(uint64_t));
    }
    *p = wider;
}

static void copy_point(const stream *s, pool *to, const pool *from, size_t at)
{
    memcpy(to->value + to->count * s->parties, from->value + at * s->parties,
           s->parties * sizeof(double));
    if (s->issues > 0) {
        memcpy(to->levels + to->count * s->issues, from->levels + at * s->issues,
               s->issues * sizeof(uint64_t));
    }
    to->count++;
}

static void choose_killers(stream *s)
{
    for (size_t k = 0; k < KILLERS; k++) {
        size_t at = (2 * k + 1) * s->front.count / (2 * KILLERS);
        for (uint32_t p = 0; p < s->parties; p++) {
            s->killer[p][k] = s->front.value[at * s->parties + p];
        }
    }
}

/* Sort the frontier and what waits together and sieve them into the new frontier. */
static void settle(stream *s)
{
    size_t total = s->front.count + s->waiting.count;
    if (s->waiting.count == 0) {
        return;
    }
    if (total > s->order_room) {
        s->order_room = 2 * total;
        s->order = ent_alloc(s->work->arena, s->order_room, ent_tagged);
    }
    for (size_t i = 0; i < total; i++) {
        const double *v = i < s->front.count
                              ? s->front.value + i * s->parties
                              : s->waiting.value + (i - s->front.count) * s->parties;
        s->order[i] = (ent_tagged){v, i};
    }
    ent_sort_tagged(s->order, total, s->parties);
    make_room(s, &s->spare, total);
    s->spare.count = 0;
    ent_sieve_clear(s->sieve);
    if (s->forest != NULL) {
        ent_forest_clear(s->forest);
    }
    for (size_t i = 0; i < total; i++) {
        if (!ent_sieve_admit(s->sieve, s->order[i].vector)) {
            continue;
        }
        size_t at = s->order[i].tag;
        bool old = at < s->front.count;
        copy_point(s, &s->spare, old ? &s->front : &s->waiting, old ? at : at - s->front.count);
        if (s->forest != NULL) {
            ent_forest_add(s->forest, s->order[i].vector);
        }
    }
    pool held = s->front;
    s->front = s->spare;
    s->spare = held;
    s->waiting.count = 0;
    choose_killers(s);
}

static void take_outcome(stream *s, uint32_t j)
{
    double v[ENT_MOST_PARTIES];
    for (uint32_t p = 0; p < s->parties; p++) {
        v[p] = ent_block_value(s->blocks, p)[j];
    }
    if (front_dominates(s, v)) {
        return;
    }
    make_room(s, &s->waiting, s->waiting.count + 1);
    size_t at = s->waiting.count++;
    memcpy(s->waiting.value + at * s->parties, v, s->parties * sizeof(double));
    if (s->issues > 0) {
        ent_block_outcome(s->blocks, j, s->waiting.levels + at * s->issues);
    }
    size_t limit = s->front.count > LEAST_WAITING ? s->front.count : LEAST_WAITING;
    if (s->waiting.count >= limit) {
        settle(s);
    }
}

static void take_block(stream *s, int64_t *above, uint32_t count)
{
    count_rational(s, count);
    kill(s, above, count);
    for (uint32_t j = 0; j < count; j++) {
        if (s->alive[j] != 0) {
            take_outcome(s, j);
        }
    }
    if (s->front.count == 0) {
        settle(s);
    }
}

/* The next combination of the leading levels; false after the last. */
static bool step(const ent_scenario *scenario, uint32_t leading, uint64_t *levels)
{
    for (uint32_t i = leading; i-- > 0;) {
        if (++levels[i] < scenario->issues[i].levels) {
            return true;
        }
        levels[i] = 0;
    }
    return false;
}

static void collect(const stream *s, ent_front *front)
{
    size_t count = s->front.count, d = s->parties, n = s->issues;
    double *value = ent_alloc(s->work->arena, count * d, double);
    uint64_t *levels = ent_alloc(s->work->arena, count * n + 1, uint64_t);
    for (size_t i = 0; i < count; i++) {
        size_t back = count - 1 - i;
        memcpy(value + i * d, s->front.value + back * d, d * sizeof(double));
        if (n > 0) {
            memcpy(levels + i * n, s->front.levels + back * n, n * sizeof(uint64_t));
        }
    }
    *front = (ent_front){.parties = s->parties, .parts = s->issues, .count = count,
                         .value = value, .levels = levels, .proved = true};
}

ent_status ent_stream_frontier(ent_work *work, const ent_scenario *scenario, uint64_t most,
                               ent_front *front, uint64_t *rational, uint64_t *seen)
{
    stream s = {.work = work, .scenario = scenario, .parties = scenario->party_count,
                .issues = scenario->issue_count};
    s.blocks = ent_blocks_create(work->arena, scenario);
    s.size = ent_block_size(s.blocks);
    s.sieve = ent_sieve_create(work->arena, s.parties);
    s.forest = s.parties == 2 ? NULL : ent_forest_create(work->arena, s.parties);
    for (uint32_t p = 0; p < s.parties; p++) {
        for (int k = 0; k < KILLERS; k++) {
            s.killer[p][k] = -HUGE_VAL;
        }
    }
    s.alive = ent_alloc(work->arena, s.size, int64_t);
    int64_t *above = ent_alloc(work->arena, s.size, int64_t);
    uint32_t leading = ent_block_leading(s.blocks);
    uint64_t *levels = ent_alloc(work->arena, leading + 1, uint64_t);
    uint64_t done = 0, blocks = 0;
    bool more = true, stopped = false;
    while (more && done < most && !stopped) {
        uint32_t count = most - done < s.size ? (uint32_t)(most - done) : s.size;
        ent_block_fill(s.blocks, levels);
        take_block(&s, above, count);
        done += count;
        more = step(scenario, leading, levels) || count < s.size;
        stopped = (++blocks & 0x3ff) == 0 && ent_tick(work, "outcomes", done, 0);
    }
    settle(&s);
    collect(&s, front);
    front->proved = !more;
    front->stopped = stopped && more;
    *rational = s.rational;
    *seen = done;
    return ENT_OK;
}
