/*
 * The sweep (contract in sweep.h, figures in docs/methods/sweep.md).
 *
 * The outcomes of a grid are walked as a mixed-radix number whose digits are fused into groups of
 * 8 to 16 values. Worlds lie in lanes, BLOCK at a time. Going down the groups, each voter carries
 * for each world the *need*: b minus the value of the digits fixed so far. At the last group a
 * voter accepts value j of it iff table[j][w] >= need[w]: one compare and one add of the mask into
 * the count for each voter, no addition of values at all.
 *
 * Cost: O(worlds * outcomes * voters) compares at the last group, 1/radix of that above it.
 * Memory: O(voters * (threads * outcomes + worlds)).
 *
 * Worlds are the parallel dimension: every thread has its own integer counts, which are summed, so
 * that the result is the same for any number of threads.
 */
#include "answers/quiet.h"
#include "answers/sweep_own.h"
#include "answers/sweep_range.h"
#include "base/pieces.h"

#include <math.h>
#include <string.h>

enum {
    BLOCK = ENT_SWEEP_BLOCK,
    WIDE = ENT_SWEEP_WIDE,
    LEAST_BLOCKS = 8, /* for each thread: fewer do not repay the start of one */
};

/* What one thread works with. */
typedef struct scratch {
    float **table;     /* [groups] -> [voters][radix][BLOCK] */
    float **need;      /* [groups] -> [voters][BLOCK] */
    float *value;      /* [BLOCK] for long groups */
    uint32_t *mask;    /* [WIDE][BLOCK] worlds in which all asked so far accept */
    uint32_t **own;    /* [voters] -> [WIDE][BLOCK] worlds in which it accepts; with councils */
    uint32_t *votes;   /* [BLOCK] */
    uint32_t *none;    /* [BLOCK] no world at all */
    uint32_t *found;   /* [BLOCK] */
    uint32_t **counts; /* [voters][outcomes] */
    uint32_t first;    /* the block's first world */
    const ent_work *work; /* asked whether to stop */
} scratch;

static uint32_t **make_counts(ent_arena *arena, size_t voters, uint64_t outcomes)
{
    uint32_t **counts = ent_alloc(arena, voters + 1, uint32_t *);
    for (size_t v = 0; v < voters; v++) {
        counts[v] = ent_alloc(arena, outcomes, uint32_t);
    }
    return counts;
}

static void make_scratch(ent_arena *arena, const ent_sweep_plan *p, scratch *s)
{
    s->table = ent_alloc(arena, p->group_count, float *);
    s->need = ent_alloc(arena, p->group_count, float *);
    for (size_t g = 0; g < p->group_count; g++) {
        size_t rows = p->groups[g].offset != NULL ? p->groups[g].radix : 0;
        s->table[g] = ent_alloc(arena, p->voter_count * rows * BLOCK, float);
        s->need[g] = ent_alloc(arena, p->voter_count * BLOCK, float);
    }
    s->value = ent_alloc(arena, BLOCK, float);
    s->mask = ent_alloc(arena, WIDE * BLOCK, uint32_t);
    s->found = ent_alloc(arena, BLOCK, uint32_t);
    s->own = ent_alloc(arena, p->voter_count, uint32_t *);
    s->votes = ent_alloc(arena, BLOCK, uint32_t);
    s->none = ent_alloc(arena, BLOCK, uint32_t);
    for (size_t v = 0; v < p->voter_count && p->council_count > 0; v++) {
        s->own[v] = ent_alloc(arena, WIDE * BLOCK, uint32_t);
    }
    if (s->counts == NULL) {
        s->counts = make_counts(arena, p->voter_count, p->grid->outcomes);
    }
}

/* ---- The walk ----------------------------------------------------------------------------- */

/* The worth of one component to a voter in the block's worlds, added to sum. */
static void add_component(const scratch *s, const ent_voter *voter, uint32_t unknown, double on,
                          float *sum)
{
    const ent_world_set *set = voter->set;
    const float *z = set->z + (size_t)unknown * set->stride + s->first;
    float factor = (float)(voter->stakes->sign[unknown] * on);
    if (s->first + BLOCK <= set->stride) {
        ent_sweep_add_scaled(z, factor, sum);
        return;
    }
    for (uint32_t w = 0; s->first + w < set->stride; w++) {
        sum[w] += factor * z[w];
    }
}

/* What a group's value is worth to a voter in each world of the block. */
static void value_row(const ent_sweep_plan *p, const scratch *s, const ent_sweep_group *g, size_t v,
                      uint64_t value, float *row)
{
    memset(row, 0, BLOCK * sizeof *row);
    for (size_t i = 0; i < g->count; i++) {
        const ent_digit *d = &g->digits[i];
        const ent_issue *issue = &p->grid->space->issues[d->issue];
        uint64_t level = ent_digit_level(d, value % d->radix);
        value /= d->radix;
        for (uint32_t c = 0; level != 0 && c < issue->components; c++) {
            uint32_t unknown = p->unknown[v][issue->first + c];
            double on = ent_on(issue, level, c);
            if (unknown != ENT_NONE && on > 0) {
                add_component(s, &p->voters[v], unknown, on, row);
            }
        }
    }
}

/* Tables and needs of the block that begins with world `first`. */
static void load_block(const ent_sweep_plan *p, scratch *s, uint32_t first)
{
    s->first = first;
    memset(s->found, 0, BLOCK * sizeof *s->found);
    for (size_t v = 0; v < p->voter_count; v++) {
        for (size_t g = 0; g < p->group_count; g++) {
            const ent_sweep_group *at = &p->groups[g];
            for (uint64_t value = 0; at->offset != NULL && value < at->radix; value++) {
                value_row(p, s, at, v, value, s->table[g] + (v * at->radix + value) * BLOCK);
            }
        }
        const ent_world_set *set = p->voters[v].set;
        float *need = s->need[p->group_count - 1] + v * BLOCK;
        for (uint32_t w = 0; w < BLOCK; w++) {
            need[w] = first + w < set->worlds ? ent_needed(set->b[first + w]) : INFINITY;
        }
    }
}

/* The values of the last group that are available below this index, which is the node's. */
static size_t list_values(const ent_sweep_plan *p, uint64_t base, uint64_t node, uint8_t *list)
{
    const ent_sweep_group *last = &p->groups[0];
    size_t listed = 0;
    if (p->range.levels > 0) {
        list[0] = 0;
        return p->range.nodes[node].open;
    }
    for (uint64_t left = p->leaf != NULL ? p->leaf[node] : 0; left != 0; left &= left - 1) {
        list[listed++] = (uint8_t)__builtin_ctzll(left);
    }
    if (p->leaf != NULL) {
        return listed;
    }
    for (uint64_t j = 0; j < last->radix; j++) {
        list[listed] = (uint8_t)j;
        listed += p->available == NULL || p->available[base + last->offset[j]] != 0;
    }
    return listed;
}

/* The list padded to a multiple of WIDE with values that it holds already. */
static size_t pad(uint8_t *list, size_t listed)
{
    size_t padded = listed;
    for (; padded % WIDE != 0; padded++) {
        list[padded] = list[0];
    }
    return padded;
}

/* Two voters that are always asked: what both accept is found. */
static void leaf_pair(const ent_sweep_plan *p, scratch *s, uint64_t base, uint8_t *list,
                      size_t listed, uint32_t *found)
{
    const ent_sweep_group *last = &p->groups[0];
    uint32_t counts[2 * (ENT_LISTED + WIDE)];
    const float *b = s->table[0] + last->radix * BLOCK;
    ent_sweep_count_pair(s->table[0], b, s->need[0], s->need[0] + BLOCK, found, list,
                         pad(list, listed), counts);
    for (size_t i = 0; i < listed; i++) {
        uint64_t at = base + last->offset[list[i]];
        for (size_t v = 0; v < 2; v++) {
            bool keeps = p->keeps[v] == NULL || p->keeps[v][at] != 0;
            s->counts[v][at] += keeps ? counts[2 * i + v] : 0;
        }
    }
}

/* Any number of voters, each asked or not. */
static void leaf_many(const ent_sweep_plan *p, scratch *s, uint64_t base, uint64_t asked,
                      uint8_t *list, size_t listed)
{
    const ent_sweep_group *last = &p->groups[0];
    (void)pad(list, listed);
    for (size_t i = 0; i < listed; i += WIDE) {
        memset(s->mask, 0xFF, WIDE * BLOCK * sizeof *s->mask);
        for (size_t v = 0; v < p->voter_count; v++) {
            uint32_t free[WIDE];
            uint32_t counts[WIDE];
            for (size_t j = 0; j < WIDE; j++) {
                uint64_t must = asked | last->touched[list[i + j]];
                free[j] = (must >> v & 1) != 0 ? 0 : UINT32_MAX;
            }
            ent_sweep_count_four(s->table[0] + v * last->radix * BLOCK, s->need[0] + v * BLOCK,
                                 list + i, free, s->mask, counts);
            for (size_t j = 0; j < WIDE && p->keeps[v] != NULL; j++) {
                if (p->keeps[v][base + last->offset[list[i + j]]] == 0) {
                    counts[j] = 0;
                    ent_sweep_join(s->none, free[j], s->mask + j * BLOCK);
                }
            }
            for (size_t j = 0; j < WIDE && i + j < listed; j++) {
                s->counts[v][base + last->offset[list[i + j]]] += counts[j];
            }
        }
        ent_sweep_mark_found(s->mask, s->found);
    }
}

/* Take the worlds out of a value's mask in which the council does not consent. */
static void ask_council(const ent_sweep_plan *p, scratch *s, const ent_council *council,
                        size_t value)
{
    memset(s->votes, 0, BLOCK * sizeof *s->votes);
    for (size_t v = 0; v < p->voter_count; v++) {
        const uint32_t *yes = s->own[v] + value * BLOCK;
        if ((council->members >> v & 1) != 0) {
            ent_sweep_add_votes(yes, s->votes);
        }
        if ((council->vetoes >> v & 1) != 0) {
            ent_sweep_join(yes, 0, s->mask + value * BLOCK);
        }
    }
    ent_sweep_join_votes(s->votes, council->votes, s->mask + value * BLOCK);
}

/* As leaf_many, and then the councils, from the votes of their members. */
static void leaf_councils(const ent_sweep_plan *p, scratch *s, uint64_t base, uint64_t asked,
                          uint8_t *list, size_t listed)
{
    static const uint32_t not_free[WIDE] = {0};
    const ent_sweep_group *last = &p->groups[0];
    (void)pad(list, listed);
    for (size_t i = 0; i < listed; i += WIDE) {
        memset(s->mask, 0xFF, WIDE * BLOCK * sizeof *s->mask);
        for (size_t v = 0; v < p->voter_count; v++) {
            uint32_t counts[WIDE];
            memset(s->own[v], 0xFF, WIDE * BLOCK * sizeof *s->own[v]);
            ent_sweep_count_four(s->table[0] + v * last->radix * BLOCK, s->need[0] + v * BLOCK,
                                 list + i, not_free, s->own[v], counts);
            for (size_t j = 0; j < WIDE && p->keeps[v] != NULL; j++) {
                if (p->keeps[v][base + last->offset[list[i + j]]] == 0) {
                    counts[j] = 0;
                    memset(s->own[v] + j * BLOCK, 0, BLOCK * sizeof *s->own[v]);
                }
            }
            for (size_t j = 0; j < WIDE && i + j < listed; j++) {
                uint64_t must = asked | last->touched[list[i + j]];
                s->counts[v][base + last->offset[list[i + j]]] += counts[j];
                ent_sweep_join(s->own[v] + j * BLOCK, (must >> v & 1) != 0 ? 0 : UINT32_MAX,
                               s->mask + j * BLOCK);
            }
        }
        for (size_t j = 0; j < WIDE && i + j < listed; j++) {
            uint64_t must = (asked | last->touched[list[i + j]]) >> p->voter_count;
            for (size_t k = 0; k < p->council_count; k++) {
                if ((must >> k & 1) != 0) {
                    ask_council(p, s, &p->councils[k], j);
                }
            }
        }
        for (size_t j = listed - i; j < WIDE; j++) {
            memset(s->mask + j * BLOCK, 0, BLOCK * sizeof *s->mask);
        }
        ent_sweep_mark_found(s->mask, s->found);
    }
}

/* The values that cross no line come first in the list, how many; the others go to crossing. */
static size_t part_list(const ent_sweep_plan *p, uint64_t base, uint8_t *list, size_t listed,
                        uint8_t *crossing)
{
    size_t both = 0;
    size_t count = 0;
    for (size_t i = 0; i < listed; i++) {
        uint64_t at = base + p->groups[0].offset[list[i]];
        bool keep = true;
        for (size_t v = 0; v < p->voter_count; v++) {
            keep = keep && (p->keeps[v] == NULL || p->keeps[v][at] != 0);
        }
        if (keep) {
            list[both++] = list[i];
        } else {
            crossing[count++] = list[i];
        }
    }
    return both;
}

/*
 * The last group below the index, which is the node's: need[0] holds the needs with everything
 * above it fixed.
 */
static void leaf(const ent_sweep_plan *p, scratch *s, uint64_t base, uint64_t node, uint64_t asked,
                 uint8_t *list, size_t listed)
{
    if (listed > 0 && p->range.levels > 0) {
        ent_sweep_range(p, s->first, s->need[0], node, asked, s->found, s->counts);
    } else if (listed > 0 && p->council_count > 0) {
        leaf_councils(p, s, base, asked, list, listed);
    } else if (listed > 0 && p->voter_count == 2 && p->always == 3) {
        uint8_t crossing[ENT_LISTED + WIDE];
        size_t both = p->lined ? part_list(p, base, list, listed, crossing) : listed;
        if (both > 0) {
            leaf_pair(p, s, base, list, both, s->found);
        }
        if (both < listed) { /* where one crosses its line, what both accept does not count */
            leaf_pair(p, s, base, crossing, listed - both, s->mask);
        }
    } else if (listed > 0) {
        leaf_many(p, s, base, asked, list, listed);
    }
}

static void descend(const ent_sweep_plan *p, scratch *s, size_t depth, uint64_t base, uint64_t node,
                    uint64_t asked)
{
    uint8_t list[ENT_LISTED + WIDE];
    if (depth == 0) {
        leaf(p, s, base, node, asked, list, list_values(p, base, node, list));
        return;
    }
    const ent_sweep_group *g = &p->groups[depth];
    for (uint64_t value = 0; value < g->radix && !ent_stopped(s->work); value++) {
        uint64_t below = node * g->radix + value, touched;
        if (p->leaf != NULL && p->live[depth - 1][below] == 0) {
            continue;
        }
        uint64_t offset = g->offset != NULL ? (touched = g->touched[value], g->offset[value])
                                            : ent_value_offset(p, g, value, &touched);
        size_t listed = depth == 1 ? list_values(p, base + offset, below, list) : 1;
        for (size_t v = 0; listed > 0 && v < p->voter_count; v++) {
            const float *row = s->table[depth] + (v * g->radix + value) * BLOCK;
            if (g->offset == NULL) {
                value_row(p, s, g, v, value, s->value);
                row = s->value;
            }
            ent_sweep_subtract(s->need[depth] + v * BLOCK, row, s->need[depth - 1] + v * BLOCK);
        }
        if (depth > 1) {
            descend(p, s, depth - 1, base + offset, below, asked | touched);
        } else if (listed > 0) {
            leaf(p, s, base + offset, below, asked | touched, list, listed);
        }
    }
}

/* ---- The pass ----------------------------------------------------------------------------- */

static void sweep_block(const ent_sweep_plan *p, scratch *s, uint32_t first, ent_sweep *sweep)
{
    load_block(p, s, first);
    descend(p, s, p->group_count - 1, 0, 0, p->always);
    for (uint32_t w = 0; w < BLOCK && first + w < sweep->worlds; w++) {
        sweep->zone[first + w] = s->found[w] != 0;
    }
}

/* The threads' counts added up into the first's, which are the sweep's or its differences. */
static void add_counts(const ent_sweep_plan *p, scratch *threads, int thread_count,
                       ent_sweep *sweep)
{
    for (int t = 1; t < thread_count; t++) {
        for (size_t v = 0; v < p->voter_count; v++) {
            uint32_t *restrict sum = threads[0].counts[v];
            const uint32_t *restrict part = threads[t].counts[v];
            for (uint64_t i = 0; i < sweep->outcomes; i++) {
                sum[i] += part[i];
            }
        }
    }
    for (size_t v = 0; v < p->voter_count && p->range.levels > 0; v++) {
        ent_range_counts(p, v, threads[0].counts[v], sweep->counts[v]);
    }
    sweep->zone_count = 0;
    for (uint32_t w = 0; w < sweep->worlds; w++) {
        sweep->zone_count += sweep->zone[w];
    }
}

typedef struct blocks {
    const ent_sweep_plan *plan;
    scratch *threads;
    ent_sweep *sweep;
} blocks;

static bool sweep_piece(void *user, int thread, uint64_t piece)
{
    blocks *b = user;
    sweep_block(b->plan, &b->threads[thread], (uint32_t)(piece * BLOCK), b->sweep);
    return true;
}

/* What a sweep is made of; its plan and all threads' memory go when it is done. */
typedef struct sweeping {
    ent_work *work;
    const ent_grid *grid;
    const ent_voters *voters;
    const uint8_t *available;
    ent_sweep *sweep;
} sweeping;

static ent_status sweep_all(ent_work *beside, void *argument)
{
    sweeping *g = argument;
    ent_sweep *sweep = g->sweep;
    ent_sweep_plan p = {.grid = g->grid, .available = g->available};
    ent_make_plan(beside->arena, g->voters, &p);
    int block_count = (int)((sweep->worlds + BLOCK - 1) / BLOCK);
    int most = (block_count + LEAST_BLOCKS - 1) / LEAST_BLOCKS;
    int thread_count = g->work->threads < most ? g->work->threads : most;
    thread_count = thread_count < 1 ? 1 : thread_count;
    scratch *threads = ent_alloc(beside->arena, (size_t)thread_count, scratch);
    threads[0].counts = p.range.levels > 0 ? NULL : sweep->counts;
    for (int t = 0; t < thread_count; t++) {
        make_scratch(beside->arena, &p, &threads[t]);
        threads[t].work = g->work;
    }
    blocks all = {&p, threads, sweep};
    ent_pieces pieces = {.count = (uint64_t)block_count, .at_once = 1, .run = sweep_piece,
                         .user = &all, .what = "worlds", .each = BLOCK, .of = sweep->worlds,
                         .tell_every = 1};
    bool stopped = !ent_run_pieces(g->work, thread_count, &pieces) || ent_stopped(g->work);
    add_counts(&p, threads, thread_count, sweep);
    return stopped ? ENT_CANCELLED : ENT_OK;
}

ent_status ent_sweep_here(ent_work *work, const ent_grid *grid, const ent_voters *voters,
                          const uint8_t *available, ent_sweep *sweep)
{
    size_t count = voters->count;
    if (count > ENT_MOST_VOTERS) {
        return ent_fail(work->diags, ENT_LIMIT, ENT_A102_TOO_MANY_VOTERS, NULL,
                        "%zu parties have a say; at most %d can be swept together", count,
                        ENT_MOST_VOTERS);
    }
    *sweep = (ent_sweep){.outcomes = grid->outcomes,
                         .worlds = count > 0 ? voters->at->set->worlds : 0};
    sweep->zone = ent_alloc(work->arena, sweep->worlds, uint8_t);
    sweep->counts = make_counts(work->arena, count, grid->outcomes);
    ent_own_plan plan;
    if (count > 0 && ent_sweep_own_pays(work->arena, grid, voters, &plan)) {
        return ent_sweep_own(work, &plan, grid, available, sweep);
    }
    sweeping g = {work, grid, voters, available, sweep};
    return ent_beside(work, sweep_all, &g);
}
