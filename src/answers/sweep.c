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
#include "answers/sweep_plan.h"

#include "base/kernel.h"

#include <math.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

enum {
    BLOCK = 256, /* worlds: 16 values * 256 * 4 bytes are two voters' tables in the L1 cache */
    LEAST_BLOCKS = 8, /* for each thread: fewer do not repay the start of one */
    WIDE = 4,    /* values that the kernel for two voters takes at once */
};

/* What one thread works with. */
typedef struct scratch {
    float **table;     /* [groups] -> [voters][radix][BLOCK] */
    float **need;      /* [groups] -> [voters][BLOCK] */
    float *value;      /* [BLOCK] for long groups */
    uint32_t *mask;    /* [WIDE][BLOCK] worlds in which all asked so far accept */
    uint32_t **own;    /* [voters] -> [WIDE][BLOCK] worlds in which it accepts; with councils */
    uint32_t *votes;   /* [BLOCK] */
    uint32_t *found;   /* [BLOCK] */
    uint32_t **counts; /* [voters][outcomes] */
    uint32_t first;    /* the block's first world */
} scratch;

/* ---- Kernels ------------------------------------------------------------------------------ */

/* One value in one world: the masks of both voters, all ones or zero, counted and joined. */
#define COUNT_ONE(i)                                                                               \
    do {                                                                                           \
        uint32_t yes_a = a##i[w] >= need_a[w] ? UINT32_MAX : 0;                                    \
        uint32_t yes_b = b##i[w] >= need_b[w] ? UINT32_MAX : 0;                                    \
        sum_a##i -= yes_a;                                                                         \
        sum_b##i -= yes_b;                                                                         \
        any |= yes_a & yes_b;                                                                      \
    } while (0)

/*
 * For each listed value: count the worlds in which a and b accept and mark those in which both do.
 * Four values at a time share the loads of the needs; `listed` is a multiple of four. gcc 12 makes
 * of it with AVX2, for 8 worlds and a value: two vcmpps with a memory operand, two vpsubd, a vpand
 * and a vpor; nothing else but the loop. (With AVX-512 a mask must become a vector before it can be
 * subtracted, and this is a fifth slower on Zen 4.)
 */
ENT_KERNEL_COUNT static void count_pair(const float *restrict a, const float *restrict b,
                                        const float *restrict need_a, const float *restrict need_b,
                                        uint32_t *restrict found, const uint8_t *restrict list,
                                        size_t listed, uint32_t *restrict counts)
{
    for (size_t i = 0; i < listed; i += WIDE) {
        const float *a0 = a + (size_t)list[i] * BLOCK, *b0 = b + (size_t)list[i] * BLOCK;
        const float *a1 = a + (size_t)list[i + 1] * BLOCK, *b1 = b + (size_t)list[i + 1] * BLOCK;
        const float *a2 = a + (size_t)list[i + 2] * BLOCK, *b2 = b + (size_t)list[i + 2] * BLOCK;
        const float *a3 = a + (size_t)list[i + 3] * BLOCK, *b3 = b + (size_t)list[i + 3] * BLOCK;
        uint32_t sum_a0 = 0, sum_a1 = 0, sum_a2 = 0, sum_a3 = 0;
        uint32_t sum_b0 = 0, sum_b1 = 0, sum_b2 = 0, sum_b3 = 0;
        for (size_t w = 0; w < BLOCK; w++) {
            uint32_t any = found[w];
            COUNT_ONE(0);
            COUNT_ONE(1);
            COUNT_ONE(2);
            COUNT_ONE(3);
            found[w] = any;
        }
        uint32_t *out = counts + 2 * i;
        out[0] = sum_a0, out[1] = sum_b0, out[2] = sum_a1, out[3] = sum_b1;
        out[4] = sum_a2, out[5] = sum_b2, out[6] = sum_a3, out[7] = sum_b3;
    }
}

/* One of four values for one voter: its mask counted, and joined to those of the others. */
#define JOIN_ONE(i)                                                                                \
    do {                                                                                           \
        uint32_t yes = row##i[w] >= need[w] ? UINT32_MAX : 0;                                      \
        sum##i -= yes;                                                                             \
        mask[(i) * BLOCK + w] &= yes | free[i];                                                    \
    } while (0)

/*
 * Count the worlds of one voter that accept each of four values, and take the others out of the
 * values' masks, except where free[value] (all ones: the voter is not asked about it).
 */
ENT_KERNEL_COUNT static void count_four(const float *restrict table, const float *restrict need,
                                        const uint8_t *restrict list,
                                        const uint32_t *restrict free, uint32_t *restrict mask,
                                        uint32_t *restrict counts)
{
    const float *row0 = table + (size_t)list[0] * BLOCK, *row1 = table + (size_t)list[1] * BLOCK;
    const float *row2 = table + (size_t)list[2] * BLOCK, *row3 = table + (size_t)list[3] * BLOCK;
    uint32_t sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
    for (size_t w = 0; w < BLOCK; w++) {
        JOIN_ONE(0);
        JOIN_ONE(1);
        JOIN_ONE(2);
        JOIN_ONE(3);
    }
    counts[0] = sum0, counts[1] = sum1, counts[2] = sum2, counts[3] = sum3;
}

/* Mark the worlds that are left in any of four masks. */
ENT_KERNEL_COUNT static void mark_found(const uint32_t *restrict mask, uint32_t *restrict found)
{
    for (size_t w = 0; w < BLOCK; w++) {
        found[w] |= mask[w] | mask[BLOCK + w] | mask[2 * BLOCK + w] | mask[3 * BLOCK + w];
    }
}

ENT_KERNEL static void join(const uint32_t *restrict yes, uint32_t free, uint32_t *restrict mask)
{
    for (size_t w = 0; w < BLOCK; w++) {
        mask[w] &= yes[w] | free;
    }
}

/* A mask is all ones, minus one, where the member accepts. */
ENT_KERNEL static void add_votes(const uint32_t *restrict yes, uint32_t *restrict votes)
{
    for (size_t w = 0; w < BLOCK; w++) {
        votes[w] -= yes[w];
    }
}

ENT_KERNEL static void join_votes(const uint32_t *restrict votes, uint32_t needed,
                                  uint32_t *restrict mask)
{
    for (size_t w = 0; w < BLOCK; w++) {
        mask[w] &= votes[w] >= needed ? UINT32_MAX : 0;
    }
}

ENT_KERNEL static void subtract(const float *restrict need, const float *restrict value,
                                float *restrict rest)
{
    for (size_t w = 0; w < BLOCK; w++) {
        rest[w] = need[w] - value[w];
    }
}

ENT_KERNEL static void add_scaled(const float *restrict z, float factor, float *restrict sum)
{
    for (size_t w = 0; w < BLOCK; w++) {
        sum[w] += factor * z[w];
    }
}

static void make_scratch(ent_arena *arena, const ent_plan *p, scratch *s)
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
    for (size_t v = 0; v < p->voter_count && p->council_count > 0; v++) {
        s->own[v] = ent_alloc(arena, WIDE * BLOCK, uint32_t);
    }
    s->counts = ent_alloc(arena, p->voter_count, uint32_t *);
    for (size_t v = 0; v < p->voter_count; v++) {
        s->counts[v] = ent_alloc(arena, p->grid->outcomes, uint32_t);
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
        add_scaled(z, factor, sum);
        return;
    }
    for (uint32_t w = 0; s->first + w < set->stride; w++) {
        sum[w] += factor * z[w];
    }
}

/* What a group's value is worth to a voter in each world of the block. */
static void value_row(const ent_plan *p, const scratch *s, const ent_group *g, size_t v,
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
static void load_block(const ent_plan *p, scratch *s, uint32_t first)
{
    s->first = first;
    memset(s->found, 0, BLOCK * sizeof *s->found);
    for (size_t v = 0; v < p->voter_count; v++) {
        for (size_t g = 0; g < p->group_count; g++) {
            const ent_group *at = &p->groups[g];
            for (uint64_t value = 0; at->offset != NULL && value < at->radix; value++) {
                value_row(p, s, at, v, value, s->table[g] + (v * at->radix + value) * BLOCK);
            }
        }
        const ent_world_set *set = p->voters[v].set;
        float *need = s->need[p->group_count - 1] + v * BLOCK;
        for (uint32_t w = 0; w < BLOCK; w++) {
            need[w] = first + w < set->worlds ? set->b[first + w] - ENT_TIE : INFINITY;
        }
    }
}

/* The values of the last group that are available below this index, which is the node's. */
static size_t list_values(const ent_plan *p, uint64_t base, uint64_t node, uint8_t *list)
{
    const ent_group *last = &p->groups[0];
    size_t listed = 0;
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

static void leaf_pair(const ent_plan *p, scratch *s, uint64_t base, uint8_t *list, size_t listed)
{
    const ent_group *last = &p->groups[0];
    uint32_t counts[2 * (ENT_LISTED + WIDE)];
    const float *b = s->table[0] + last->radix * BLOCK;
    count_pair(s->table[0], b, s->need[0], s->need[0] + BLOCK, s->found, list, pad(list, listed),
               counts);
    for (size_t i = 0; i < listed; i++) {
        uint64_t at = base + last->offset[list[i]];
        s->counts[0][at] += counts[2 * i];
        s->counts[1][at] += counts[2 * i + 1];
    }
}

/* Any number of voters, each asked or not. */
static void leaf_many(const ent_plan *p, scratch *s, uint64_t base, uint64_t asked, uint8_t *list,
                      size_t listed)
{
    const ent_group *last = &p->groups[0];
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
            count_four(s->table[0] + v * last->radix * BLOCK, s->need[0] + v * BLOCK, list + i,
                       free, s->mask, counts);
            for (size_t j = 0; j < WIDE && i + j < listed; j++) {
                s->counts[v][base + last->offset[list[i + j]]] += counts[j];
            }
        }
        mark_found(s->mask, s->found);
    }
}

/* Take the worlds out of a value's mask in which the council does not consent. */
static void ask_council(const ent_plan *p, scratch *s, const ent_council *council, size_t value)
{
    memset(s->votes, 0, BLOCK * sizeof *s->votes);
    for (size_t v = 0; v < p->voter_count; v++) {
        const uint32_t *yes = s->own[v] + value * BLOCK;
        if ((council->members >> v & 1) != 0) {
            add_votes(yes, s->votes);
        }
        if ((council->vetoes >> v & 1) != 0) {
            join(yes, 0, s->mask + value * BLOCK);
        }
    }
    join_votes(s->votes, council->votes, s->mask + value * BLOCK);
}

/* As leaf_many, and then the councils, from the votes of their members. */
static void leaf_councils(const ent_plan *p, scratch *s, uint64_t base, uint64_t asked,
                          uint8_t *list, size_t listed)
{
    static const uint32_t not_free[WIDE] = {0};
    const ent_group *last = &p->groups[0];
    (void)pad(list, listed);
    for (size_t i = 0; i < listed; i += WIDE) {
        memset(s->mask, 0xFF, WIDE * BLOCK * sizeof *s->mask);
        for (size_t v = 0; v < p->voter_count; v++) {
            uint32_t counts[WIDE];
            memset(s->own[v], 0xFF, WIDE * BLOCK * sizeof *s->own[v]);
            count_four(s->table[0] + v * last->radix * BLOCK, s->need[0] + v * BLOCK, list + i,
                       not_free, s->own[v], counts);
            for (size_t j = 0; j < WIDE && i + j < listed; j++) {
                uint64_t must = asked | last->touched[list[i + j]];
                s->counts[v][base + last->offset[list[i + j]]] += counts[j];
                join(s->own[v] + j * BLOCK, (must >> v & 1) != 0 ? 0 : UINT32_MAX,
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
        mark_found(s->mask, s->found);
    }
}

/* The last group below the index: need[0] holds the needs with everything above it fixed. */
static void leaf(const ent_plan *p, scratch *s, uint64_t base, uint64_t asked, uint8_t *list,
                 size_t listed)
{
    if (listed > 0 && p->council_count > 0) {
        leaf_councils(p, s, base, asked, list, listed);
    } else if (listed > 0 && p->voter_count == 2 && p->always == 3) {
        leaf_pair(p, s, base, list, listed);
    } else if (listed > 0) {
        leaf_many(p, s, base, asked, list, listed);
    }
}

static void descend(const ent_plan *p, scratch *s, size_t depth, uint64_t base, uint64_t node,
                    uint64_t asked)
{
    uint8_t list[ENT_LISTED + WIDE];
    if (depth == 0) {
        leaf(p, s, base, asked, list, list_values(p, base, node, list));
        return;
    }
    const ent_group *g = &p->groups[depth];
    for (uint64_t value = 0; value < g->radix; value++) {
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
            subtract(s->need[depth] + v * BLOCK, row, s->need[depth - 1] + v * BLOCK);
        }
        if (depth > 1) {
            descend(p, s, depth - 1, base + offset, below, asked | touched);
        } else if (listed > 0) {
            leaf(p, s, base + offset, asked | touched, list, listed);
        }
    }
}

/* ---- The pass ----------------------------------------------------------------------------- */

static void sweep_block(const ent_plan *p, scratch *s, uint32_t first, ent_sweep *sweep)
{
    load_block(p, s, first);
    descend(p, s, p->group_count - 1, 0, 0, p->always);
    for (uint32_t w = 0; w < BLOCK && first + w < sweep->worlds; w++) {
        sweep->zone[first + w] = s->found[w] != 0;
    }
}

/* The threads' counts added up into those of the first. */
static void add_counts(const ent_plan *p, scratch *threads, int thread_count, ent_sweep *sweep)
{
    sweep->counts = threads[0].counts;
    for (int t = 1; t < thread_count; t++) {
        for (size_t v = 0; v < p->voter_count; v++) {
            uint32_t *restrict sum = sweep->counts[v];
            const uint32_t *restrict part = threads[t].counts[v];
            for (uint64_t i = 0; i < sweep->outcomes; i++) {
                sum[i] += part[i];
            }
        }
    }
    sweep->zone_count = 0;
    for (uint32_t w = 0; w < sweep->worlds; w++) {
        sweep->zone_count += sweep->zone[w];
    }
}

/* All blocks, shared out among the threads; only the first thread reports and may stop them. */
static bool run_blocks(ent_work *work, const ent_plan *p, scratch *threads, int thread_count,
                       ent_sweep *sweep)
{
    int64_t blocks = ((int64_t)sweep->worlds + BLOCK - 1) / BLOCK;
    bool stop = false;
    (void)thread_count; /* used by OpenMP alone */
#pragma omp parallel for schedule(dynamic) num_threads(thread_count) shared(stop)
    for (int64_t block = 0; block < blocks; block++) {
        int thread = 0;
#ifdef _OPENMP
        thread = omp_get_thread_num();
#endif
        bool stopped;
#pragma omp atomic read
        stopped = stop;
        if (stopped) {
            continue;
        }
        sweep_block(p, &threads[thread], (uint32_t)(block * BLOCK), sweep);
        if (thread == 0 && ent_tick(work, "worlds", (uint64_t)(block * BLOCK), sweep->worlds)) {
#pragma omp atomic write
            stop = true;
        }
    }
    return stop;
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
    ent_plan p = {.grid = grid, .available = available};
    ent_make_plan(work->arena, voters, &p);
    *sweep = (ent_sweep){.outcomes = grid->outcomes,
                         .worlds = count > 0 ? voters->at->set->worlds : 0};
    sweep->zone = ent_alloc(work->arena, sweep->worlds, uint8_t);
    int blocks = (int)((sweep->worlds + BLOCK - 1) / BLOCK);
    int most = (blocks + LEAST_BLOCKS - 1) / LEAST_BLOCKS;
    int thread_count = work->threads < most ? work->threads : most;
    thread_count = thread_count < 1 ? 1 : thread_count;
    scratch *threads = ent_alloc(work->arena, (size_t)thread_count, scratch);
    for (int t = 0; t < thread_count; t++) {
        make_scratch(work->arena, &p, &threads[t]);
    }
    bool stopped = run_blocks(work, &p, threads, thread_count, sweep);
    add_counts(&p, threads, thread_count, sweep);
    return stopped ? ENT_CANCELLED : ENT_OK;
}
