/*
 * Evaluation of blocks. Additive values are expanded issue by issue, v[l*n + j] = v[j] + part[l],
 * so that one outcome costs about one addition for each party and the sums are rounded in the order
 * of model/scenario.h. A box costs a test of its leading bounds for the block and then a masked
 * pass. O(parties * outcomes * (1 + boxes that meet the block)).
 */
#include "bargain/block.h"

#include "base/kernel.h"

#include <math.h>
#include <string.h>

struct ent_blocks {
    const ent_scenario *scenario;
    uint32_t leading, size;
    uint64_t *fixed;     /* [leading] of the block filled last */
    double *value;       /* [parties][size] */
    double *other;       /* [size] scratch */
    const uint64_t *place; /* [size] of an outcome in tables, after the leading issues */
    unsigned char *zeros; /* [size] */
    double *total;       /* [size] what the boxes come to */
    const unsigned char ***masks; /* [parties] -> [boxes] -> [size] */
};

uint32_t ent_block_size(const ent_blocks *blocks)
{
    return blocks->size;
}

uint32_t ent_block_leading(const ent_blocks *blocks)
{
    return blocks->leading;
}

const double *ent_block_value(const ent_blocks *blocks, uint32_t party)
{
    return blocks->value + (size_t)party * blocks->size;
}

void ent_block_outcome(const ent_blocks *blocks, uint32_t index, uint64_t *levels)
{
    const ent_scenario *s = blocks->scenario;
    for (uint32_t i = blocks->leading; i < s->issue_count; i++) {
        levels[i] = index % s->issues[i].levels;
        index = (uint32_t)(index / s->issues[i].levels);
    }
    if (blocks->leading > 0) {
        memcpy(levels, blocks->fixed, blocks->leading * sizeof *levels);
    }
}

/* Do the bounds on the issues from..to-1 let the outcome in? */
static bool lets_in(const ent_box *box, const uint64_t *levels, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (levels[i] < box->low[i] || levels[i] > box->high[i]) {
            return false;
        }
    }
    return true;
}

/* Which outcomes of a block the bounds on its own issues let into each box. */
static const unsigned char **make_masks(ent_arena *arena, ent_blocks *b, const ent_utility *u)
{
    uint32_t n = b->scenario->issue_count;
    uint64_t *levels = ent_alloc(arena, n + 1, uint64_t);
    const unsigned char **masks = ent_alloc(arena, u->box_count, const unsigned char *);
    for (size_t k = 0; k < u->box_count; k++) {
        unsigned char *mask = ent_alloc(arena, b->size, unsigned char);
        for (uint32_t j = 0; j < b->size; j++) {
            ent_block_outcome(b, j, levels);
            mask[j] = lets_in(&u->boxes[k], levels, b->leading, n) ? 1 : 0;
        }
        masks[k] = mask;
    }
    return masks;
}

/* to[l*count + j] = from[j] + add[l]: long rows, eight sums an instruction of AVX-512. */
ENT_KERNEL static void expand(double *restrict to, const double *restrict from, uint32_t count,
                              const double *restrict add, uint32_t levels)
{
    for (uint32_t l = 0; l < levels; l++) {
        double more = add[l];
        double *row = to + (size_t)l * count;
        for (uint32_t j = 0; j < count; j++) {
            row[j] = from[j] + more;
        }
    }
}

/* Where each outcome of a block stands in a table that has the last issue fastest. */
static const uint64_t *find_places(ent_arena *arena, const ent_blocks *b)
{
    const ent_scenario *s = b->scenario;
    uint64_t *levels = ent_alloc(arena, s->issue_count + 1, uint64_t);
    uint64_t *place = ent_alloc(arena, b->size, uint64_t);
    for (uint32_t j = 0; j < b->size; j++) {
        ent_block_outcome(b, j, levels);
        for (uint32_t i = b->leading; i < s->issue_count; i++) {
            place[j] = place[j] * s->issues[i].levels + levels[i];
        }
    }
    return place;
}

ent_blocks *ent_blocks_create(ent_arena *arena, const ent_scenario *s)
{
    ent_blocks *b = ent_alloc(arena, 1, ent_blocks);
    b->scenario = s;
    b->leading = s->issue_count;
    b->size = 1;
    while (b->leading > 0 && (b->size == 1 || (uint64_t)b->size * s->issues[b->leading - 1].levels
                                                  <= ENT_BLOCK_MOST)) {
        b->size = (uint32_t)(b->size * s->issues[--b->leading].levels);
    }
    b->fixed = ent_alloc(arena, s->issue_count + 1, uint64_t);
    b->value = ent_alloc(arena, (size_t)s->party_count * b->size, double);
    b->other = ent_alloc(arena, b->size, double);
    b->total = ent_alloc(arena, b->size, double);
    b->zeros = ent_alloc(arena, b->size, unsigned char);
    b->masks = ent_alloc(arena, s->party_count, const unsigned char **);
    b->place = find_places(arena, b);
    for (uint32_t p = 0; p < s->party_count; p++) {
        b->masks[p] = make_masks(arena, b, &s->utilities[p]);
    }
    return b;
}

static void fill_sums(ent_blocks *b, const ent_utility *u, double *value)
{
    const ent_scenario *s = b->scenario;
    double base = 0;
    if (u->part == NULL) {
        for (uint32_t j = 0; j < b->size; j++) {
            value[j] = base;
        }
        return;
    }
    for (uint32_t i = 0; i < b->leading; i++) {
        base += u->part[i][b->fixed[i]];
    }
    /* The two buffers take turns; start so that the last expansion lands in value. */
    uint32_t steps = s->issue_count - b->leading, count = 1;
    double *from = steps % 2 == 0 ? value : b->other, *to = steps % 2 == 0 ? b->other : value;
    from[0] = base;
    for (uint32_t i = b->leading; i < s->issue_count; i++) {
        uint32_t levels = (uint32_t)s->issues[i].levels;
        expand(to, from, count, u->part[i], levels);
        count *= levels;
        double *held = from;
        from = to;
        to = held;
    }
}

/* Add in the boxes' order; `inside` is what the mask holds for outcomes that the box counts at. */
ENT_KERNEL static void add_masked(double *restrict total, const unsigned char *restrict mask,
                                  unsigned char inside, double value, uint32_t count)
{
    for (uint32_t j = 0; j < count; j++) {
        total[j] += mask[j] == inside ? value : 0.0;
    }
}

/* The least or the greatest so far and this box, which counts 0 where it does not apply. */
static void extreme_masked(double *total, const unsigned char *mask, unsigned char inside,
                           double value, uint32_t count, ent_aggregation how, bool first)
{
    for (uint32_t j = 0; j < count; j++) {
        double here = mask[j] == inside ? value : 0.0;
        if (first || (how == ENT_MIN ? here < total[j] : here > total[j])) {
            total[j] = here;
        }
    }
}

static void add_boxes(ent_blocks *b, uint32_t party, double *value)
{
    const ent_utility *u = &b->scenario->utilities[party];
    memset(b->total, 0, b->size * sizeof *b->total);
    for (size_t k = 0; k < u->box_count; k++) {
        const ent_box *box = &u->boxes[k];
        const unsigned char *mask = b->masks[party][k];
        bool meets = lets_in(box, b->fixed, 0, b->leading);
        /* 2 matches no mask: the block lies outside, and an exclusion counts everywhere. */
        unsigned char inside = box->excludes ? 0 : meets ? 1 : 2;
        mask = meets ? mask : b->zeros;
        if (u->aggregation != ENT_SUM) {
            extreme_masked(b->total, mask, inside, box->utility, b->size, u->aggregation, k == 0);
        } else if (inside != 2) {
            add_masked(b->total, mask, inside, box->utility, b->size);
        }
    }
    for (uint32_t j = 0; j < b->size; j++) {
        value[j] += b->total[j];
    }
}

ENT_KERNEL static void divide(double *value, double scale, uint32_t count)
{
    for (uint32_t j = 0; j < count; j++) {
        value[j] /= scale;
    }
}

ENT_KERNEL static void cap(double *value, uint32_t count)
{
    for (uint32_t j = 0; j < count; j++) {
        value[j] = value[j] > 1 ? 1 : value[j];
    }
}

void ent_block_fill(ent_blocks *b, const uint64_t *leading)
{
    const ent_scenario *s = b->scenario;
    uint64_t number = 0;
    for (uint32_t i = 0; i < b->leading; i++) {
        b->fixed[i] = leading[i];
        number = number * s->issues[i].levels + leading[i];
    }
    for (uint32_t p = 0; p < s->party_count; p++) {
        const ent_utility *u = &s->utilities[p];
        double *value = b->value + (size_t)p * b->size;
        fill_sums(b, u, value);
        if (u->box_count > 0) {
            add_boxes(b, p, value);
        }
        for (uint32_t j = 0; u->table != NULL && j < b->size; j++) {
            value[j] += u->table[number * b->size + b->place[j]];
        }
        if (u->scale != 1) {
            divide(value, u->scale, b->size);
        }
        if (u->capped) {
            cap(value, b->size);
        }
    }
}
