/*
 * The moves of the chains. Directions are chosen once for a block of lanes, so A d is computed
 * once; the slacks are kept as running sums and settled every SETTLE steps.
 */
#include "worlds/sampler_walk.h"

#include <math.h>
#include <string.h>

enum { SETTLE = 1000, SHRINKS = 1, MOST_SWAPS = 16 };

/* Rates below this share of the direction's greatest are rounding errors of 0. */
#define NO_RATE 1e-14

static void move_room(ent_arena *arena, const ent_frame *f, ent_chain_move *move)
{
    size_t room = (size_t)f->n + f->rows;
    move->row = ent_alloc(arena, room, uint32_t);
    move->rate = ent_alloc(arena, room, double);
    move->inverse = ent_alloc(arena, room, double);
    move->group = ent_alloc(arena, f->groups + 1, uint32_t);
    move->change = ent_alloc(arena, f->groups + 1, double);
    move->exponent = ent_alloc(arena, f->groups + 1, uint32_t);
}

/* Fill the move from rates[n + rows], in the order up, down, rest. */
static void set_rates(const ent_frame *f, const double *rates, double least, ent_chain_move *move)
{
    uint32_t count = 0, total = f->n + f->rows;
    for (int side = 1; side >= -1; side -= 2) {
        for (uint32_t i = 0; i < total; i++) {
            bool limits = i >= f->n || f->bounded[i];
            if (limits && side * rates[i] > least) {
                move->row[count] = i;
                move->rate[count] = rates[i];
                move->inverse[count++] = 1 / fabs(rates[i]);
            }
        }
        *(side > 0 ? &move->up : &move->down) = side > 0 ? count : count - move->up;
    }
    for (uint32_t i = 0; i < f->n; i++) {
        if (!f->bounded[i] && fabs(rates[i]) > least) {
            move->row[count] = i;
            move->rate[count++] = rates[i];
        }
    }
    move->rest = count - move->up - move->down;
}

/* The groups whose importance the direction x[n] changes, by descending exponent. */
static void set_slices(const ent_frame *f, const double *x, double least, ent_chain_move *move)
{
    move->sliced = 0;
    for (uint32_t g = 0; g < f->groups; g++) {
        double change = 0;
        for (uint32_t c = f->group_start[g]; c < f->group_start[g + 1]; c++) {
            change += x[c];
        }
        if (f->exponent[g] == 0 || fabs(change) <= least) {
            continue;
        }
        uint32_t at = move->sliced++;
        for (; at > 0 && move->exponent[at - 1] < f->exponent[g]; at--) {
            move->group[at] = move->group[at - 1];
            move->change[at] = move->change[at - 1];
            move->exponent[at] = move->exponent[at - 1];
        }
        move->group[at] = g;
        move->change[at] = change;
        move->exponent[at] = f->exponent[g];
    }
}

/* The move along the direction x[n]; rates is scratch [n + rows]. */
static void set_line(const ent_chain_walk *w, const double *x, double *rates, ent_chain_move *move)
{
    const ent_frame *f = w->frame;
    double most = 0;
    memcpy(rates, x, f->n * sizeof *rates);
    for (uint32_t c = 0; c < f->n; c++) {
        most = fmax(most, fabs(x[c]));
    }
    for (uint32_t i = 0; i < f->rows; i++) {
        const double *a = f->row + (size_t)i * f->n;
        double sum = 0;
        for (uint32_t c = 0; c < f->n; c++) {
            sum += a[c] * x[c];
        }
        rates[f->n + i] = sum;
    }
    set_rates(f, rates, NO_RATE * most, move);
    set_slices(f, x, NO_RATE * most, move);
}

void ent_walk_set_lines(ent_chain_walk *w)
{
    const ent_frame *f = w->frame;
    for (uint32_t j = 0; j < f->d; j++) {
        double *x = w->direction;
        memset(x, 0, f->n * sizeof *x);
        for (uint32_t i = 0; i < f->d; i++) {
            for (uint32_t c = 0; c < f->n; c++) {
                x[c] += w->spread[(size_t)i * f->d + j] * f->to_x[(size_t)i * f->n + c];
            }
        }
        for (uint32_t c = 0; c < f->k; c++) {
            x[c] = f->bounded[c] ? x[c] : 0;
        }
        set_line(w, x, w->rates, &w->lines[j]);
    }
}

/* Do all equalities have the same coefficient on these unknowns? */
static bool exchangeable(const ent_frame *f, uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < f->equals; i++) {
        const double *e = f->equal + (size_t)i * f->n;
        if (fabs(e[a] - e[b]) > 1e-12) {
            return false;
        }
    }
    return f->bounded[a] && f->bounded[b];
}

/* May the groups be rescaled? All that moves in them must enter the equalities alike. */
static bool shiftable(const ent_frame *f, uint32_t g, uint32_t h)
{
    uint32_t first = ENT_NONE, moving[2] = {0, 0}, of[2] = {g, h};
    for (uint32_t side = 0; side < 2; side++) {
        for (uint32_t c = f->group_start[of[side]]; c < f->group_start[of[side] + 1]; c++) {
            if (!f->bounded[c]) {
                if (f->center[c] > 0) {
                    return false; /* pinned, but not to 0 */
                }
                continue;
            }
            first = first == ENT_NONE ? c : first;
            moving[side]++;
            if (!exchangeable(f, first, c)) {
                return false;
            }
        }
    }
    return moving[0] > 0 && moving[1] > 0;
}

/* Which pairs may be moved against each other without leaving the equalities. */
static void find_blocks(ent_arena *arena, ent_chain_walk *w)
{
    const ent_frame *f = w->frame;
    uint32_t *group = ent_alloc(arena, f->k + 1, uint32_t);
    for (uint32_t g = 0; g < f->groups; g++) {
        for (uint32_t c = f->group_start[g]; c < f->group_start[g + 1]; c++) {
            group[c] = g;
        }
    }
    struct { uint32_t (*at)[2]; size_t count, room; } swaps = {0}, shifts = {0};
    for (uint32_t a = 0; a < f->k; a++) {
        for (uint32_t b = a + 1; b < f->k; b++) {
            bool plain = group[a] == group[b] ||
                         (f->exponent[group[a]] == 0 && f->exponent[group[b]] == 0);
            if (plain && exchangeable(f, a, b)) {
                uint32_t *pair = *ent_push(arena, &swaps);
                pair[0] = a;
                pair[1] = b;
            }
        }
    }
    for (uint32_t g = 0; g < f->groups; g++) {
        for (uint32_t h = g + 1; h < f->groups; h++) {
            if (f->exponent[g] + f->exponent[h] > 0 && shiftable(f, g, h)) {
                uint32_t *pair = *ent_push(arena, &shifts);
                pair[0] = g;
                pair[1] = h;
            }
        }
    }
    w->swaps = swaps.at;
    w->swap_count = (uint32_t)swaps.count;
    w->shifts = shifts.at;
    w->shift_count = (uint32_t)shifts.count;
}

/* The move x[plus] += t, x[minus] -= t; minus may be ENT_NONE. */
static void set_swap(ent_arena *arena, const ent_chain_walk *w, uint32_t plus, uint32_t minus,
                     ent_chain_move *move)
{
    const ent_frame *f = w->frame;
    memset(w->rates, 0, f->n * sizeof *w->rates);
    w->rates[plus] = 1;
    if (minus != ENT_NONE) {
        w->rates[minus] = -1;
    }
    for (uint32_t i = 0; i < f->rows; i++) {
        const double *a = f->row + (size_t)i * f->n;
        w->rates[f->n + i] = a[plus] - (minus != ENT_NONE ? a[minus] : 0);
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < f->n + f->rows; i++) {
        count += w->rates[i] != 0;
    }
    move->row = ent_alloc(arena, count, uint32_t);
    move->rate = ent_alloc(arena, count, double);
    move->inverse = ent_alloc(arena, count, double);
    set_rates(f, w->rates, NO_RATE, move);
}

/* The moves of all pairs, or of a choice of them where there are very many. */
static void make_swaps(ent_arena *arena, ent_chain_walk *w)
{
    uint32_t most = MOST_SWAPS * w->frame->n, all = w->swap_count;
    ent_stream r = ent_stream_of(w->seed, w->stream, UINT64_C(2) << 40);
    w->swap_count = all < most ? all : most;
    w->swap = ent_alloc(arena, w->swap_count, ent_chain_move);
    for (uint32_t i = 0; i < w->swap_count; i++) {
        const uint32_t *pair = w->swaps[all <= most ? i : ent_draw_below(&r, all)];
        set_swap(arena, w, pair[0], pair[1], &w->swap[i]);
    }
    set_swap(arena, w, w->frame->k, ENT_NONE, &w->reserve);
}

/* Which rows each group enters. */
static void find_touches(ent_arena *arena, ent_chain_walk *w)
{
    const ent_frame *f = w->frame;
    w->touches = ent_alloc(arena, (size_t)f->groups * f->rows, bool);
    for (uint32_t g = 0; g < f->groups; g++) {
        for (uint32_t i = 0; i < f->rows; i++) {
            for (uint32_t c = f->group_start[g]; c < f->group_start[g + 1]; c++) {
                w->touches[(size_t)g * f->rows + i] |= f->row[(size_t)i * f->n + c] != 0;
            }
        }
    }
}

/* Blocks are chosen by how many dimensions they stand for. */
static void set_weights(ent_chain_walk *w)
{
    const ent_frame *f = w->frame;
    uint32_t within = f->k - f->groups, among = f->groups - (f->groups > 0);
    if (w->shift_count == 0) {
        within += among; /* swaps reach across issues */
    }
    w->weight[0] = w->swap_count > 0 ? (within > 0 ? within : 1) : 0;
    w->weight[1] = w->shift_count > 0 ? (among > 0 ? among : 1) : 0;
    w->weight[2] = 1;
    for (uint32_t i = 0; i < f->equals; i++) {
        if (fabs(f->equal[(size_t)i * f->n + f->k]) > 1e-12) {
            w->weight[2] = 0;
        }
    }
}

ent_chain_walk *ent_walk_create(ent_arena *arena, const ent_frame *f, const ent_sampling *sampling)
{
    ent_chain_walk *w = ent_alloc(arena, 1, ent_chain_walk);
    w->frame = f;
    w->key = ent_key_of(sampling->seed, sampling->stream);
    w->seed = sampling->seed;
    w->stream = sampling->stream;
    w->lines = ent_alloc(arena, f->d, ent_chain_move);
    w->spread = ent_alloc(arena, (size_t)f->d * f->d, double);
    w->to_u = ent_alloc(arena, (size_t)f->d * f->n, double);
    w->direction = ent_alloc(arena, f->n, double);
    w->rates = ent_alloc(arena, (size_t)f->n + f->rows, double);
    for (uint32_t j = 0; j < f->d; j++) {
        move_room(arena, f, &w->lines[j]);
        w->spread[(size_t)j * f->d + j] = 1;
    }
    memcpy(w->to_u, f->to_y, (size_t)f->d * f->n * sizeof *w->to_u);
    find_blocks(arena, w);
    make_swaps(arena, w);
    find_touches(arena, w);
    set_weights(w);
    ent_walk_set_lines(w);
    return w;
}

/* ---- A block of chains ----------------------------------------------------------------------- */

ent_block *ent_block_create(ent_arena *arena, const ent_chain_walk *w, uint32_t chain)
{
    const ent_frame *f = w->frame;
    size_t most = f->rows > f->groups ? f->rows : f->groups;
    ent_block *b = ent_alloc(arena, 1, ent_block);
    b->chain = chain;
    b->state = ent_alloc(arena, ((size_t)f->n + f->rows) * ENT_LANES, double);
    b->scratch = ent_alloc(arena, (most + 1) * ENT_LANES, double);
    b->order = ent_alloc(arena, f->d, uint32_t);
    b->touched = ent_alloc(arena, (size_t)f->rows + 1, uint32_t);
    b->choices = ent_stream_of(w->seed, w->stream, UINT64_C(1) << 40 | chain);
    for (uint32_t j = 0; j < f->d; j++) {
        b->order[j] = j;
    }
    for (uint32_t c = 0; c < f->n; c++) {
        for (uint32_t l = 0; l < ENT_LANES; l++) {
            b->state[(size_t)c * ENT_LANES + l] = f->center[c];
        }
    }
    ent_lanes_settle(f, b->state);
    return b;
}

void ent_block_copy(const ent_chain_walk *w, ent_block *block, const ent_block *from)
{
    size_t rows = (size_t)w->frame->n + w->frame->rows;
    memcpy(block->state, from->state, rows * ENT_LANES * sizeof(double));
}

/* The next random word for each lane. */
static const uint32_t *next_bits(const ent_chain_walk *w, ent_block *b)
{
    if (b->left == 0) {
        ent_lanes_random(w->key, 1, b->chain, b->counter++, b->words);
        b->left = 4;
    }
    b->left--;
    return b->words + (size_t)b->left * ENT_LANES;
}

static void uniform_move(const ent_chain_walk *w, ent_block *b, const ent_chain_move *move)
{
    double low[ENT_LANES], high[ENT_LANES], t[ENT_LANES];
    ent_lanes_chord(move, b->state, low, high);
    ent_lanes_uniform(next_bits(w, b), low, high, t);
    ent_lanes_advance(move, w->frame->k, b->state, t);
}

/*
 * Shrinkage stops after SHRINKS proposals and the chain stays: the chance of a sequence of refusals
 * is the same from both of its ends, so stopping keeps the balance. One is best (docs/methods).
 */
static void sliced_move(const ent_chain_walk *w, ent_block *b, const ent_chain_move *move)
{
    ent_slicing slice;
    ent_lanes_chord(move, b->state, slice.low, slice.high);
    ent_lanes_level(next_bits(w, b), slice.level);
    ent_lanes_weights(w->frame, move, b->state, b->scratch);
    for (uint32_t l = 0; l < ENT_LANES; l++) {
        slice.t[l] = 0;
        slice.open[l] = ~UINT64_C(0);
    }
    for (int i = 0; i < SHRINKS; i++) {
        if (ent_lanes_slice(move, b->scratch, next_bits(w, b), &slice)) {
            break;
        }
    }
    ent_lanes_advance(move, w->frame->k, b->state, slice.t);
}

static void line_move(const ent_chain_walk *w, ent_block *b)
{
    uint32_t d = w->frame->d, at = (uint32_t)(b->lines++ % d);
    if (at == 0) {
        for (uint32_t i = d; i-- > 1;) { /* shuffle: every sweep takes each axis once */
            uint32_t j = ent_draw_below(&b->choices, i + 1), swap = b->order[i];
            b->order[i] = b->order[j];
            b->order[j] = swap;
        }
    }
    const ent_chain_move *move = &w->lines[b->order[at]];
    if (move->sliced > 0) {
        sliced_move(w, b, move);
    } else {
        uniform_move(w, b, move);
    }
}

static void shift_move(const ent_chain_walk *w, ent_block *b, uint32_t g, uint32_t h)
{
    const ent_frame *f = w->frame;
    ent_chain_shift shift = {.g = {f->group_start[g], f->group_start[g + 1]},
                       .h = {f->group_start[h], f->group_start[h + 1]},
                       .rows = b->touched};
    const bool *in_g = w->touches + (size_t)g * f->rows, *in_h = w->touches + (size_t)h * f->rows;
    for (uint32_t i = 0; i < f->rows; i++) {
        b->touched[shift.row_count] = i;
        shift.row_count += in_g[i] || in_h[i];
    }
    ent_lanes_shift(f, &shift, next_bits(w, b), b->state, b->scratch);
}

static void block_move(const ent_chain_walk *w, ent_block *b)
{
    uint32_t total = w->weight[0] + w->weight[1] + w->weight[2];
    uint32_t pick = total > 0 ? ent_draw_below(&b->choices, total) : 0;
    if (total == 0) {
        line_move(w, b);
    } else if (pick < w->weight[0]) {
        uniform_move(w, b, &w->swap[ent_draw_below(&b->choices, w->swap_count)]);
    } else if (pick < w->weight[0] + w->weight[1]) {
        const uint32_t *pair = w->shifts[ent_draw_below(&b->choices, w->shift_count)];
        shift_move(w, b, pair[0], pair[1]);
    } else {
        uniform_move(w, b, &w->reserve);
    }
}

void ent_block_steps(const ent_chain_walk *w, ent_block *b, uint64_t steps)
{
    for (uint64_t i = 0; i < steps; i++) {
        if (b->step % 2 == 0) {
            line_move(w, b);
        } else {
            block_move(w, b);
        }
        if (++b->step % SETTLE == 0) {
            ent_lanes_settle(w->frame, b->state);
        }
    }
}

void ent_block_watch(const ent_chain_walk *w, const ent_block *b, float *out, size_t room)
{
    const ent_frame *f = w->frame;
    double value[ENT_LANES];
    size_t series = 0;
    for (uint32_t i = 0; i < f->groups + f->d + w->slacks; i++, series++) {
        memset(value, 0, sizeof value);
        const double *from = value;
        if (i < f->groups) {
            for (uint32_t c = f->group_start[i]; c < f->group_start[i + 1]; c++) {
                for (uint32_t l = 0; l < ENT_LANES; l++) {
                    value[l] += b->state[(size_t)c * ENT_LANES + l];
                }
            }
        } else if (i < f->groups + f->d) {
            const double *u = w->to_u + (size_t)(i - f->groups) * f->n;
            ent_lanes_form(u, f->center, f->n, b->state, value);
        } else {
            uint32_t row = (uint32_t)((uint64_t)(i - f->groups - f->d) * f->rows / w->slacks);
            from = b->state + (size_t)(f->n + row) * ENT_LANES;
        }
        for (uint32_t l = 0; l < ENT_LANES; l++) {
            out[series * room + l] = (float)from[l];
        }
    }
}
