#include "answers/sweep_range.h"

static size_t issue_digits(const ent_issue *issue)
{
    return issue->kind == ENT_ITEMS ? issue->components : 1;
}

ent_digit *ent_digits_of(ent_arena *arena, const ent_space *space, const uint64_t *stride,
                         size_t *count)
{
    size_t most = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        most += issue_digits(&space->issues[i]);
    }
    ent_digit *digits = ent_alloc(arena, most + 1, ent_digit);
    size_t n = 0;
    for (uint32_t i = space->issue_count; i-- > 0;) {
        const ent_issue *issue = &space->issues[i];
        uint64_t step = stride == NULL ? 1 : stride[i];
        for (uint32_t j = 0; step != 0 && j < issue_digits(issue); j++) {
            bool item = issue->kind == ENT_ITEMS;
            ent_digit d = {i, item ? j : ENT_NONE, item ? 2 : issue->levels,
                           item ? step << j : step};
            size_t at = n++;
            for (; at > 0 && digits[at - 1].radix > d.radix; at--) {
                digits[at] = digits[at - 1];
            }
            digits[at] = d;
        }
    }
    *count = n;
    return digits;
}

uint64_t ent_digit_level(const ent_digit *d, uint64_t value)
{
    return d->component == ENT_NONE ? value : value << d->component;
}

uint64_t ent_value_offset(const ent_sweep_plan *p, const ent_sweep_group *g, uint64_t value,
                          uint64_t *touched)
{
    uint64_t offset = 0;
    *touched = 0;
    for (size_t i = 0; i < g->count; i++) {
        const ent_digit *d = &g->digits[i];
        uint64_t level = value % d->radix;
        value /= d->radix;
        offset += level * d->stride;
        for (size_t v = 0; level != 0 && v < p->voter_count; v++) {
            const bool *asked = p->voters[v].asked;
            if (asked != NULL && asked[d->issue]) {
                *touched |= (uint64_t)1 << v;
            }
        }
        for (size_t k = 0; level != 0 && k < p->council_count; k++) {
            if (p->councils[k].asked[d->issue]) {
                *touched |= (uint64_t)1 << (p->voter_count + k);
            }
        }
    }
    return offset;
}

/* The last group does the work and does it best with some values: swap in a fuller one. */
static void choose_last(ent_sweep_plan *p)
{
    for (size_t i = 1; i < p->group_count && p->groups[0].radix < ENT_FUSED / 2; i++) {
        if (p->groups[i].radix > p->groups[0].radix && p->groups[i].radix <= ENT_LISTED) {
            ent_sweep_group other = p->groups[0];
            p->groups[0] = p->groups[i];
            p->groups[i] = other;
        }
    }
}

/* Fuse digits up to ENT_FUSED values a group; one that is small yet may go to twice that. */
static void make_groups(ent_arena *arena, ent_sweep_plan *p)
{
    size_t count;
    ent_digit *digits = ent_digits_of(arena, p->grid->space, p->grid->stride, &count);
    ent_take_range(p, digits, &count);
    bool fine = p->range.levels > 0;
    p->groups = ent_alloc(arena, count + 1, ent_sweep_group);
    size_t n = 0;
    for (size_t i = 0; i < count; n++) {
        ent_sweep_group *g = &p->groups[n];
        *g = (ent_sweep_group){.digits = digits + i, .radix = 1};
        if (n == 0 && (fine || digits[i].radix > ENT_LISTED)) {
            continue; /* a last group of one value: long digits cannot be the last group */
        }
        uint64_t most;
        do {
            g->radix *= digits[i++].radix;
            g->count++;
            most = g->radix < ENT_FUSED / 2 ? 2 * ENT_FUSED : ENT_FUSED;
        } while (i < count && g->radix * digits[i].radix <= most);
    }
    p->group_count = n == 0 ? 1 : n;
    p->groups[0].radix = n == 0 ? 1 : p->groups[0].radix;
    if (!fine) {
        choose_last(p);
    }
    for (size_t i = 0; i < p->group_count; i++) {
        ent_sweep_group *g = &p->groups[i];
        if (g->radix <= ENT_LONG) {
            g->offset = ent_alloc(arena, g->radix, uint64_t);
            g->touched = ent_alloc(arena, g->radix, uint64_t);
            for (uint64_t v = 0; v < g->radix; v++) {
                g->offset[v] = ent_value_offset(p, g, v, &g->touched[v]);
            }
        }
    }
}

/* Fill the leaves below a node, and whether anything is available there. */
static bool fill_node(const ent_sweep_plan *p, size_t depth, uint64_t base, uint64_t node)
{
    const ent_sweep_group *g = &p->groups[depth];
    bool any = false;
    for (uint64_t value = 0; value < g->radix; value++) {
        uint64_t touched;
        uint64_t at = base + (g->offset != NULL ? g->offset[value]
                                                : ent_value_offset(p, g, value, &touched));
        if (depth > 0) {
            any = fill_node(p, depth - 1, at, node * g->radix + value) || any;
        } else if (p->available[at] != 0) {
            p->leaf[node] |= (uint64_t)1 << value;
            any = true;
        }
    }
    p->live[depth][node] = any;
    return any;
}

/* What is available is the same for every block of worlds: look once. O(outcomes). */
static void find_leaves(ent_arena *arena, ent_sweep_plan *p)
{
    enum { MOST_LEAVES = 1 << 22 };
    uint64_t nodes = 1;
    p->live = ent_alloc(arena, p->group_count, uint8_t *);
    for (size_t depth = p->group_count; depth-- > 0;) {
        if (nodes > MOST_LEAVES) {
            return;
        }
        p->live[depth] = ent_alloc(arena, nodes, uint8_t);
        if (depth == 0) {
            p->leaf = ent_alloc(arena, nodes, uint64_t);
        }
        nodes = p->groups[depth].radix > MOST_LEAVES ? MOST_LEAVES + 1
                                                     : nodes * p->groups[depth].radix;
    }
    (void)fill_node(p, p->group_count - 1, 0, 0);
}

/* Parties as bits of voters. */
static uint64_t as_voters(const ent_voters *voters, uint64_t parties)
{
    uint64_t bits = 0;
    for (size_t v = 0; v < voters->count; v++) {
        bits |= (parties >> voters->party[v] & 1) << v;
    }
    return bits;
}

ent_council *ent_binding_councils(ent_arena *arena, const ent_voters *voters, size_t *count)
{
    size_t all = voters->councils == NULL ? 0 : voters->councils->count;
    ent_council *councils = ent_alloc(arena, all + 1, ent_council);
    *count = 0;
    for (size_t k = 0; k < all; k++) {
        const ent_council *council = &voters->councils->at[k];
        if (!council->implied) {
            ent_council *mine = &councils[(*count)++];
            *mine = *council;
            mine->members = as_voters(voters, council->members);
            mine->vetoes = as_voters(voters, council->vetoes);
        }
    }
    return councils;
}

/* The same for every block of worlds: look once. */
static void find_lines(ent_arena *arena, ent_sweep_plan *p)
{
    p->keeps = ent_alloc(arena, p->voter_count + 1, uint8_t *);
    for (size_t v = 0; v < p->voter_count; v++) {
        p->keeps[v] = ent_grid_keeps(arena, p->grid, &p->voters[v].lines);
        p->lined = p->lined || p->keeps[v] != NULL;
    }
}

void ent_make_plan(ent_arena *arena, const ent_voters *voters, ent_sweep_plan *p)
{
    p->voters = voters->at;
    p->voter_count = voters->count;
    p->councils = ent_binding_councils(arena, voters, &p->council_count);
    make_groups(arena, p);
    find_lines(arena, p);
    if (p->available != NULL && p->range.levels == 0) {
        find_leaves(arena, p);
    }
    p->unknown = ent_alloc(arena, p->voter_count, uint32_t *);
    for (size_t v = 0; v < p->voter_count; v++) {
        const ent_stakes *stakes = p->voters[v].stakes;
        uint32_t components = p->grid->space->components;
        p->unknown[v] = ent_alloc(arena, components, uint32_t);
        for (uint32_t c = 0; c < components; c++) {
            p->unknown[v][c] = ENT_NONE;
        }
        for (uint32_t u = 0; u < stakes->k; u++) {
            p->unknown[v][stakes->component[u]] = u;
        }
        if (p->voters[v].asked == NULL) {
            p->always |= (uint64_t)1 << v;
        }
    }
    if (p->range.levels > 0) {
        ent_plan_range(arena, p);
    }
}
