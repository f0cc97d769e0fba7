/* Outcomes tabulated; how they are sorted is in order.c. */
#include "haggle/table.h"

#include "base/number.h"
#include "base/random.h"
#include "model/exact.h"
#include "bargain/block.h"
#include "bargain/solution.h"

#include <math.h>
#include <string.h>

enum { MOST_POINTS = 200000 /* of a frontier on the way */ };

void ent_haggle_table_make(ent_arena *arena, uint32_t count, uint32_t parties,
                           ent_haggle_table *table)
{
    *table = (ent_haggle_table){.count = count, .parties = parties};
    table->side = ent_alloc(arena, parties, ent_haggle_side);
    for (uint32_t p = 0; p < parties; p++) {
        table->side[p] = (ent_haggle_side){
            .value = ent_alloc_unset(arena, (size_t)count + 1, double),
            .order = ent_alloc_unset(arena, (size_t)count + 1, uint32_t),
            .sorted = ent_alloc_unset(arena, (size_t)count + 1, double),
            .reservation = -HUGE_VAL,
            .discount = 1,
        };
    }
}

void ent_haggle_levels(const ent_haggle_table *table, uint32_t entry, uint64_t *level)
{
    if (table->digits != NULL) {
        const uint16_t *digit = table->digits + (size_t)entry * table->issues;
        for (uint32_t i = 0; i < table->issues; i++) {
            level[i] = digit[i];
        }
        return;
    }
    if (table->drawn != NULL) {
        memcpy(level, table->drawn + (size_t)entry * table->issues,
               table->issues * sizeof *level);
        return;
    }
    uint64_t index = table->index == NULL ? entry : table->index[entry];
    for (uint32_t i = table->issues; i-- > 0;) {
        level[i] = index % table->levels[i];
        index /= table->levels[i];
    }
}

uint64_t ent_haggle_index(const ent_haggle_table *table, uint32_t entry)
{
    uint64_t index = 0;
    if (table->drawn == NULL) {
        return table->index == NULL ? entry : table->index[entry];
    }
    const uint64_t *level = table->drawn + (size_t)entry * table->issues;
    for (uint32_t i = 0; i < table->issues; i++) {
        if (!ent_mul_u64(index, table->levels[i], &index) || index > INT64_MAX - level[i]) {
            return UINT64_MAX;
        }
        index += level[i];
    }
    return index;
}

/* The k-th of the parties' best and worst outcomes, on a random one where a part does not say. */
static void set_extreme(const ent_utility *u, const ent_scenario *s, bool best, uint64_t *at)
{
    for (uint32_t i = 0; u->part != NULL && i < s->issue_count; i++) {
        for (uint64_t l = 0; l < s->issues[i].levels; l++) {
            bool better = u->part[i][l] > u->part[i][at[i]];
            at[i] = better == best ? l : at[i];
        }
    }
}

/*
 * The frontier, where values are sums and it is found soon: of more points than `most`, so many
 * evenly spread.
 */
static ent_status add_frontier(ent_work *work, const ent_scenario *s, uint32_t most, uint64_t *at,
                               ent_haggle_table *table)
{
    ent_solve_options options = {.method = ENT_METHOD_MERGE, .most_points = MOST_POINTS,
                                 .frontier_only = true};
    ent_solution solution;
    for (uint32_t p = 0; p < s->party_count; p++) {
        const ent_utility *u = &s->utilities[p];
        if (u->part == NULL || u->box_count > 0 || u->table != NULL) {
            return ENT_OK;
        }
    }
    ent_status status = ent_solve_scenario(work, s, &options, &solution);
    if (status != ENT_OK && status != ENT_LIMIT) {
        return status;
    }
    uint32_t count = solution.count < most ? (uint32_t)solution.count : most;
    for (uint32_t k = 0; k < count; k++) {
        size_t point = count < 2 ? 0 : (size_t)k * (solution.count - 1) / (count - 1);
        memcpy(at + (size_t)k * s->issue_count, solution.levels + point * s->issue_count,
               s->issue_count * sizeof *at);
    }
    table->frontier = count;
    table->whole_frontier = solution.proved && count == solution.count;
    return ENT_OK;
}

/* The frontier, each party's best and worst outcome, and outcomes at random. */
static ent_status draw_outcomes(ent_work *work, const ent_scenario *s, uint64_t seed,
                                ent_haggle_table *table)
{
    uint64_t *level = ent_alloc(work->arena, (size_t)table->count * s->issue_count, uint64_t);
    ent_stream stream = ent_stream_of(seed, 0x7461626c, 0);
    ent_status status = add_frontier(work, s, table->count / 2, level, table);
    for (uint32_t k = table->frontier; k < table->count; k++) {
        uint64_t *at = level + (size_t)k * s->issue_count;
        uint32_t extreme = k - table->frontier;
        for (uint32_t i = 0; i < s->issue_count; i++) {
            at[i] = ent_draw_below(&stream, (uint32_t)s->issues[i].levels);
        }
        if (extreme < 2 * s->party_count) {
            set_extreme(&s->utilities[extreme / 2], s, extreme % 2 == 0, at);
        }
    }
    table->drawn = level;
    table->sampled = true;
    return status;
}

/* Say what the parties know, where it is not everything. */
static void tell_sample(ent_work *work, const ent_scenario *s, const ent_haggle_table *table)
{
    const char *with = table->whole_frontier   ? ", the whole frontier among them"
                       : table->frontier > 0 ? ", points of the frontier among them"
                                               : "";
    ent_tell(work->diags, ENT_WARNING, ENT_H201_SAMPLED, NULL, (ent_pos){0},
             "raise --most-outcomes where memory allows",
             "%s outcomes are too many to list; the parties haggle over a sample of %u%s",
             ent_scenario_outcomes_text(work->arena, s), table->count, with);
}

/*
 * Keep the levels of a full table, counted up like the digits of a number. Those who model the
 * other side look them up far oftener than there are outcomes, and dividing costs most of a run.
 */
static void keep_digits(ent_arena *arena, ent_haggle_table *table)
{
    uint32_t n = table->issues;
    for (uint32_t i = 0; i < n; i++) {
        if (table->levels[i] > UINT16_MAX) {
            return;
        }
    }
    uint16_t *digits = ent_alloc_unset(arena, (size_t)table->count * n + 1, uint16_t);
    memset(digits, 0, n * sizeof *digits);
    for (uint32_t k = 1; k < table->count; k++) {
        uint16_t *now = digits + (size_t)k * n;
        memcpy(now, now - n, n * sizeof *now);
        for (uint32_t i = n; i-- > 0 && ++now[i] == table->levels[i];) {
            now[i] = 0;
        }
    }
    table->digits = digits;
}

/* Where the outcomes of a block stand among those under the same leading levels. */
static uint32_t *places_of(ent_arena *arena, const ent_scenario *s, const ent_blocks *blocks,
                           uint64_t *level)
{
    uint32_t size = ent_block_size(blocks), *place = ent_alloc(arena, size, uint32_t);
    for (uint32_t j = 0; j < size; j++) {
        ent_block_outcome(blocks, j, level);
        place[j] = (uint32_t)(ent_scenario_index(s, level) % size);
    }
    return place;
}

/* Every outcome, block by block: those that begin alike share what their first issues come to. */
static void set_all_values(ent_arena *arena, const ent_scenario *s, ent_haggle_table *table)
{
    uint64_t *level = ent_alloc(arena, (size_t)s->issue_count, uint64_t);
    ent_blocks *blocks = ent_blocks_create(arena, s);
    uint32_t size = ent_block_size(blocks);
    const uint32_t *place = NULL;
    for (uint32_t first = 0; first < table->count; first += size) {
        ent_haggle_levels(table, first, level);
        ent_block_fill(blocks, level);
        place = place == NULL ? places_of(arena, s, blocks, level) : place;
        for (uint32_t p = 0; p < s->party_count; p++) {
            const double *value = ent_block_value(blocks, p);
            double *to = table->side[p].value + first;
            for (uint32_t j = 0; j < size; j++) {
                to[place[j]] = value[j];
            }
        }
    }
}

static void set_values(ent_arena *arena, const ent_scenario *s, ent_haggle_table *table)
{
    if (table->drawn == NULL && s->issue_count > 0) {
        set_all_values(arena, s, table);
        return;
    }
    uint64_t *level = ent_alloc(arena, (size_t)s->issue_count + 1, uint64_t);
    for (uint32_t k = 0; k < table->count; k++) {
        ent_haggle_levels(table, k, level);
        for (uint32_t p = 0; p < s->party_count; p++) {
            table->side[p].value[k] = ent_utility_of(s, p, level);
        }
    }
}

static ent_status count_entries(ent_work *work, const ent_scenario *s, uint64_t most,
                                uint64_t *count)
{
    if (s->party_count < 2 || s->party_count > ENT_HAGGLE_PARTIES) {
        return ent_fail(work->diags, ENT_INVALID, ENT_H103_PARTIES,
                        "name the profiles that take part",
                        "haggling takes 2 to %d parties, not %u", ENT_HAGGLE_PARTIES,
                        s->party_count);
    }
    most = most == 0 ? ENT_HAGGLE_OUTCOMES : most;
    if (ent_scenario_outcomes(s, count) && *count <= most && *count < UINT32_MAX) {
        return ENT_OK;
    }
    *count = most < ENT_HAGGLE_SAMPLE ? most : ENT_HAGGLE_SAMPLE;
    return ENT_OK;
}

ent_status ent_haggle_tabulate(ent_work *work, const ent_scenario *s, uint64_t most,
                               uint64_t seed, ent_haggle_table *table)
{
    uint64_t count, all;
    bool exact = true;
    ent_status status = count_entries(work, s, most, &count);
    if (status != ENT_OK) {
        return status;
    }
    s = ent_exactly(work->arena, s, &exact); /* the values that the frontier has too */
    ent_haggle_table_make(work->arena, (uint32_t)count, s->party_count, table);
    uint64_t *levels = ent_alloc(work->arena, s->issue_count + 1, uint64_t);
    for (uint32_t i = 0; i < s->issue_count; i++) {
        levels[i] = s->issues[i].levels;
    }
    table->issues = s->issue_count;
    table->levels = levels;
    table->scenario = s;
    if (!ent_scenario_outcomes(s, &all) || all != count) {
        status = draw_outcomes(work, s, seed, table);
        if (status != ENT_OK) {
            return status;
        }
        tell_sample(work, s, table);
    } else {
        keep_digits(work->arena, table);
    }
    set_values(work->arena, s, table);
    ent_haggle_scratch scratch = ent_haggle_scratch_make(work->arena, (uint32_t)count);
    for (uint32_t p = 0; p < s->party_count; p++) {
        ent_haggle_side *side = &table->side[p];
        side->reservation = s->utilities[p].reservation;
        side->discount = s->utilities[p].discount;
        side->discounting = s->utilities[p].discounting;
        ent_haggle_sort(side, (uint32_t)count, HUGE_VAL, &scratch);
    }
    return ENT_OK;
}
