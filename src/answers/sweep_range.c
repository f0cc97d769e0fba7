#include "answers/sweep_range.h"

#include <math.h>

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
        line->factor[v] = ent_alloc_unset(arena, line->levels, float);
        for (uint64_t level = 0; level < line->levels; level++) {
            double on = ent_on(issue, level, 0);
            line->factor[v][level] = (float)(p->voters[v].stakes->sign[unknown] * on);
        }
    }
    line->nodes = ent_alloc(arena, p->grid->outcomes / line->levels, ent_sweep_node);
    walk_nodes(arena, p, p->group_count - 1, 0, 0, p->always);
}

/* ---- Thresholds ----------------------------------------------------------------------------- */

/*
 * The first level that is worth the need, where more is better. A level's worth is the float
 * product, which does not fall from level to level since rounding is monotone; the quotient is a
 * guess that its neighbours correct, so that a tie falls as it does where each level is compared.
 */
static uint32_t first_enough(const float *factor, uint32_t levels, float z, float need)
{
    if (!(factor[levels - 1] * z >= need)) {
        return levels;
    }
    float guess = need / z * (float)(levels - 1);
    uint32_t level = guess > 0 ? guess < (float)(levels - 1) ? (uint32_t)guess : levels - 1 : 0;
    while (level > 0 && factor[level - 1] * z >= need) {
        level--;
    }
    while (!(factor[level] * z >= need)) {
        level++;
    }
    return level;
}

/* The first level that is no longer worth the need, where less is better. */
static uint32_t end_enough(const float *factor, uint32_t levels, float z, float need)
{
    if (factor[levels - 1] * z >= need) {
        return levels;
    }
    float guess = -need / z * (float)(levels - 1);
    uint32_t level = guess > 0 ? guess < (float)(levels - 1) ? (uint32_t)guess : levels - 1 : 0;
    while (level > 0 && !(factor[level - 1] * z >= need)) {
        level--;
    }
    while (factor[level] * z >= need) {
        level++;
    }
    return level;
}

/* The levels [low, high) that the voter accepts in each world. */
static void accepted_levels(const ent_sweep_plan *p, size_t v, uint32_t first, uint32_t worlds,
                            const float *need, uint32_t *low, uint32_t *high)
{
    const ent_voter *voter = &p->voters[v];
    const float *factor = p->range.factor[v];
    uint32_t levels = (uint32_t)p->range.levels;
    if (factor == NULL) {
        for (uint32_t w = 0; w < worlds; w++) {
            low[w] = 0;
            high[w] = 0 >= need[w] ? levels : 0;
        }
        return;
    }
    uint32_t unknown = p->unknown[v][p->grid->space->issues[p->range.issue].first];
    const float *z = voter->set->z + (size_t)unknown * voter->set->stride + first;
    bool up = voter->stakes->sign[unknown] > 0;
    for (uint32_t w = 0; w < worlds; w++) {
        low[w] = up ? first_enough(factor, levels, z[w], need[w]) : 0;
        high[w] = up ? levels : end_enough(factor, levels, z[w], need[w]);
    }
}

/* ---- A node --------------------------------------------------------------------------------- */

/* Is some level of the runs within [low, high)? */
static bool meets(const ent_level_run *runs, size_t count, uint32_t low, uint32_t high)
{
    bool met = false;
    for (size_t r = 0; r < count && !met; r++) {
        uint32_t from = low > runs[r].first ? low : runs[r].first;
        uint32_t to = high < runs[r].end ? high : runs[r].end;
        met = from < to;
    }
    return met;
}

void ent_sweep_range(const ent_sweep_plan *p, uint32_t first, const float *need, uint64_t node,
                     uint64_t asked, uint32_t *found, uint32_t *const *differences)
{
    const ent_sweep_line *line = &p->range;
    const ent_sweep_node *n = &line->nodes[node];
    uint32_t levels = (uint32_t)line->levels;
    uint32_t all = p->voters->set->worlds - first;
    uint32_t worlds = all < BLOCK ? all : BLOCK;
    uint32_t low[BLOCK], high[BLOCK], from[BLOCK], to[BLOCK];
    uint8_t nothing[BLOCK]; /* the status quo of the range suits those who are asked then */
    for (uint32_t w = 0; w < worlds; w++) {
        from[w] = 1;
        to[w] = levels;
        nothing[w] = n->nothing;
    }
    for (size_t v = 0; v < p->voter_count; v++) {
        uint32_t *at = differences[v] + node * levels;
        bool always = (asked >> v & 1) != 0, moved = always || (line->touched >> v & 1) != 0;
        accepted_levels(p, v, first, worlds, need + v * BLOCK, low, high);
        for (uint32_t w = 0; w < worlds; w++) {
            if (low[w] < high[w]) {
                at[low[w]]++;
                at[high[w] < levels ? high[w] : low[w]] -= high[w] < levels;
            }
            from[w] = moved && low[w] > from[w] ? low[w] : from[w];
            to[w] = moved && high[w] < to[w] ? high[w] : to[w];
            nothing[w] &= !always || (low[w] == 0 && high[w] > 0);
        }
    }
    for (uint32_t w = 0; w < worlds; w++) {
        bool met = nothing[w] != 0 ||
                   meets(line->runs + n->first_run, n->run_count, from[w], to[w]);
        found[w] |= met ? UINT32_MAX : 0;
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
