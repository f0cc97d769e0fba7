#include "answers/sweep_range.h"

#include "base/kernel.h"

#include <string.h>

enum { BLOCK = ENT_SWEEP_BLOCK };

/* ---- The plan ------------------------------------------------------------------------------- */

void ent_take_range(ent_sweep_plan *p, ent_digit *digits, size_t *count)
{
    size_t finest = *count;
    for (size_t i = 0; i < *count && p->council_count == 0; i++) {
        bool range = p->grid->space->issues[digits[i].issue].kind == ENT_RANGE;
        bool finer = finest == *count || digits[i].radix > digits[finest].radix;
        finest = range && digits[i].radix >= ENT_FINE && finer ? i : finest;
    }
    if (finest == *count) {
        return;
    }
    p->range = (ent_sweep_line){.levels = digits[finest].radix, .stride = digits[finest].stride,
                                .issue = digits[finest].issue};
    for (size_t i = finest + 1; i < *count; i++) {
        digits[i - 1] = digits[i];
    }
    --*count;
}

/* Does the outcome count for all together: available, and kept by those who are asked? */
static bool counts_for(const ent_sweep_plan *p, uint64_t at, uint64_t asked)
{
    bool counts = p->available == NULL || p->available[at] != 0;
    for (size_t v = 0; v < p->voter_count && counts; v++) {
        counts = (asked >> v & 1) == 0 || p->keeps[v] == NULL || p->keeps[v][at] != 0;
    }
    return counts;
}

static void find_runs(ent_arena *arena, ent_sweep_plan *p, uint64_t base, uint64_t node,
                      uint64_t asked)
{
    ent_sweep_line *line = &p->range;
    ent_sweep_node *n = &line->nodes[node];
    *n = (ent_sweep_node){.base = base, .first_run = line->run_count};
    n->nothing = counts_for(p, base, asked);
    n->open = p->available == NULL || p->available[base] != 0;
    for (uint64_t level = 1; level < line->levels; level++) {
        uint64_t at = base + level * line->stride;
        n->open = n->open || p->available == NULL || p->available[at] != 0;
        if (!counts_for(p, at, asked | line->touched)) {
            continue;
        }
        ent_level_run *last = n->run_count > 0 ? &line->runs[line->run_count - 1] : NULL;
        if (last != NULL && last->end == level) {
            last->end++;
            continue;
        }
        ent_grow(arena, (void **)&line->runs, &line->run_room, line->run_count + 1,
                 sizeof *line->runs);
        line->runs[line->run_count++] = (ent_level_run){(uint32_t)level, (uint32_t)level + 1};
        n->run_count++;
    }
}

/* In the order of the walk, which numbers the nodes. */
static void walk_nodes(ent_arena *arena, ent_sweep_plan *p, size_t depth, uint64_t base,
                       uint64_t node, uint64_t asked)
{
    if (depth == 0) {
        find_runs(arena, p, base, node, asked);
        return;
    }
    const ent_sweep_group *g = &p->groups[depth];
    for (uint64_t value = 0; value < g->radix; value++) {
        uint64_t touched;
        uint64_t offset = ent_value_offset(p, g, value, &touched);
        walk_nodes(arena, p, depth - 1, base + offset, node * g->radix + value, asked | touched);
    }
}

void ent_plan_range(ent_arena *arena, ent_sweep_plan *p)
{
    ent_sweep_line *line = &p->range;
    const ent_issue *issue = &p->grid->space->issues[line->issue];
    line->factor = ent_alloc(arena, p->voter_count + 1, float *);
    for (size_t v = 0; v < p->voter_count; v++) {
        uint32_t unknown = p->unknown[v][issue->first];
        const bool *asked = p->voters[v].asked;
        line->touched |= (uint64_t)(asked != NULL && asked[line->issue]) << v;
        if (unknown == ENT_NONE) {
            continue;
        }
        line->factor[v] = ent_alloc(arena, line->levels + 1, float);
        for (uint64_t level = 0; level < line->levels; level++) {
            double on = ent_on(issue, level, 0);
            line->factor[v][level] = (float)(p->voters[v].stakes->sign[unknown] * on);
        }
    }
    line->nodes = ent_alloc(arena, p->grid->outcomes / line->levels, ent_sweep_node);
    walk_nodes(arena, p, p->group_count - 1, 0, 0, p->always);
}

/* ---- Thresholds ----------------------------------------------------------------------------- */

/* Where the worth of a level passes `need`, about: 0 to the number of levels. */
ENT_KERNEL
static void guess_levels(const float *restrict z, const float *restrict need, float sign,
                         float levels, uint32_t *restrict guess)
{
    for (uint32_t w = 0; w < BLOCK; w++) {
        float worth = z[w] > 1e-30F ? z[w] : 1e-30F; /* nothing: all levels or none */
        float level = sign * need[w] / worth * (levels - 1);
        level = level > 0 ? level : 0;
        guess[w] = (uint32_t)(int32_t)(level < levels ? level : levels);
    }
}

/*
 * The first level at which the voter changes its answer: accepts where more is better, refuses
 * where less is. A level's worth is the float product, which does not turn from level to level
 * since rounding is monotone; the guess is corrected by its neighbours, so that a tie falls as it
 * does where each level is compared.
 */
static void first_changed(const float *factor, uint32_t levels, bool up, const float *z,
                          const float *need, uint32_t worlds, uint32_t *level)
{
    for (uint32_t w = 0; w < worlds; w++) {
        uint32_t l = level[w]; /* factor[levels] may be read */
        l += (l < levels) & ((factor[l] * z[w] >= need[w]) != up);
        while (l < levels && (factor[l] * z[w] >= need[w]) != up) {
            l++;
        }
        while (l > 0 && (factor[l - 1] * z[w] >= need[w]) == up) {
            l--;
        }
        level[w] = l;
    }
}

/* Some levels of a voter in each world: [low, high). */
typedef struct accepted {
    uint32_t low[BLOCK], high[BLOCK];
} accepted;

static void fill(uint32_t *at, uint32_t value)
{
    for (uint32_t w = 0; w < BLOCK; w++) {
        at[w] = value;
    }
}

/* The levels that the voter accepts, and what they add to its differences. */
static void accepted_levels(const ent_sweep_plan *p, size_t v, uint32_t first, uint32_t worlds,
                            const float *need, accepted *a, uint32_t *differences)
{
    const ent_voter *voter = &p->voters[v];
    const float *factor = p->range.factor[v];
    uint32_t levels = (uint32_t)p->range.levels;
    fill(a->low, 0);
    fill(a->high, levels);
    if (factor == NULL) {
        for (uint32_t w = 0; w < worlds; w++) {
            a->high[w] = 0 >= need[w] ? levels : 0;
            differences[0] += 0 >= need[w];
        }
        return;
    }
    uint32_t unknown = p->unknown[v][p->grid->space->issues[p->range.issue].first];
    const float *worth = voter->set->z + (size_t)unknown * voter->set->stride + first;
    float z[BLOCK] = {0};
    memcpy(z, worth, worlds * sizeof *z);
    bool up = voter->stakes->sign[unknown] > 0;
    uint32_t *changed = up ? a->low : a->high;
    guess_levels(z, need, up ? 1 : -1, (float)levels, changed);
    first_changed(factor, levels, up, z, need, worlds, changed);
    differences[0] += up ? 0 : worlds;
    for (uint32_t w = 0; w < worlds; w++) {
        uint32_t inside = changed[w] < levels;
        differences[inside != 0 ? changed[w] : 0] += up ? inside : -inside;
    }
}

/* ---- A node --------------------------------------------------------------------------------- */

ENT_KERNEL
static void meet(const accepted *restrict a, accepted *restrict all)
{
    for (uint32_t w = 0; w < BLOCK; w++) {
        all->low[w] = a->low[w] > all->low[w] ? a->low[w] : all->low[w];
        all->high[w] = a->high[w] < all->high[w] ? a->high[w] : all->high[w];
    }
}

ENT_KERNEL
static void meet_nothing(const accepted *restrict a, uint32_t *restrict nothing)
{
    for (uint32_t w = 0; w < BLOCK; w++) {
        nothing[w] &= ((a->low[w] == 0) & (a->high[w] > 0)) ? UINT32_MAX : 0;
    }
}

/* Mark the worlds in which some level of the run is left. */
ENT_KERNEL
static void mark_run(const accepted *restrict all, uint32_t first, uint32_t end,
                     uint32_t *restrict found)
{
    for (uint32_t w = 0; w < BLOCK; w++) {
        uint32_t from = all->low[w] > first ? all->low[w] : first;
        uint32_t to = all->high[w] < end ? all->high[w] : end;
        found[w] |= from < to ? UINT32_MAX : 0;
    }
}

void ent_sweep_range(const ent_sweep_plan *p, uint32_t first, const float *need, uint64_t node,
                     uint64_t asked, uint32_t *found, uint32_t *const *differences)
{
    const ent_sweep_line *line = &p->range;
    const ent_sweep_node *n = &line->nodes[node];
    uint32_t left = p->voters->set->worlds - first;
    uint32_t worlds = left < BLOCK ? left : BLOCK;
    accepted own, all; /* all: of those who are asked where the range moves */
    uint32_t nothing[BLOCK]; /* does its status quo suit those who are asked where it does not? */
    fill(all.low, 1);
    fill(all.high, (uint32_t)line->levels);
    fill(nothing, n->nothing ? UINT32_MAX : 0);
    for (size_t v = 0; v < p->voter_count; v++) {
        accepted_levels(p, v, first, worlds, need + v * BLOCK, &own,
                        differences[v] + node * line->levels);
        if (((asked | line->touched) >> v & 1) != 0) {
            meet(&own, &all);
        }
        if ((asked >> v & 1) != 0) {
            meet_nothing(&own, nothing);
        }
    }
    for (uint32_t w = 0; w < BLOCK; w++) {
        found[w] |= nothing[w];
    }
    for (size_t r = 0; r < n->run_count; r++) {
        mark_run(&all, line->runs[n->first_run + r].first, line->runs[n->first_run + r].end,
                 found);
    }
}

void ent_range_counts(const ent_sweep_plan *p, size_t voter, const uint32_t *differences,
                      uint32_t *counts)
{
    const ent_sweep_line *line = &p->range;
    for (uint64_t node = 0; node < p->grid->outcomes / line->levels; node++) {
        uint32_t sum = 0;
        for (uint64_t level = 0; level < line->levels; level++) {
            uint64_t at = line->nodes[node].base + level * line->stride;
            bool counted = (p->available == NULL || p->available[at] != 0) &&
                           (p->keeps[voter] == NULL || p->keeps[voter][at] != 0);
            sum += differences[node * line->levels + level];
            counts[at] = counted ? sum : 0;
        }
    }
}
