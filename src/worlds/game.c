/*
 * The revised simplex method with an explicit inverse on the dual of a matrix game with open and
 * closed rows (Dantzig 1951; von Neumann's equivalence of games and programs). Largest-gain
 * pricing, Bland's rule (1977) after a run of pivots that do not move, the inverse anew every 100
 * pivots. Verdicts near zero are taken again in long double from the last basis.
 *
 * With n unknowns and m rows a pivot costs O(n^2 + m n); a cold start takes about as many pivots
 * as there are rows in the certificate (at most n, seldom more than 2 n pivots), one row more on
 * a solved game a few. Memory O(m n + n^2).
 */
#include "worlds/game.h"

#include "base/kernel.h"

#include <math.h>
#include <string.h>

#define SHIFT 2 /* t is looked for above -SHIFT */

/*
 * to += sum_j by[j] * column j of a matrix with `stride` between columns. Four columns at a time,
 * added one after the other, so that every build rounds alike. Packed multiply and add in 512 or
 * 256 bits, no fused ones (-ffp-contract=off).
 */
ENT_KERNEL static void combine_double(double *restrict to, size_t count, const double *restrict by,
                                      uint32_t columns, const double *restrict matrix,
                                      size_t stride)
{
    uint32_t j = 0;
    for (; j + 4 <= columns; j += 4) {
        const double *restrict m = matrix + j * stride;
        double b0 = by[j];
        double b1 = by[j + 1];
        double b2 = by[j + 2];
        double b3 = by[j + 3];
        for (size_t i = 0; i < count; i++) {
            double sum = to[i] + b0 * m[i];
            sum += b1 * m[stride + i];
            sum += b2 * m[2 * stride + i];
            to[i] = sum + b3 * m[3 * stride + i];
        }
    }
    for (; j < columns; j++) {
        const double *restrict m = matrix + j * stride;
        for (size_t i = 0; i < count; i++) {
            to[i] += by[j] * m[i];
        }
    }
}

static void combine_rows_double(double *restrict to, size_t count, const double *restrict by,
                                uint32_t columns, const double *restrict matrix, size_t stride)
{
    combine_double(to, count, by, columns, matrix, stride);
}

static void combine_fine(long double *restrict to, size_t count, const long double *restrict by,
                         uint32_t columns, const long double *restrict matrix, size_t stride)
{
    for (uint32_t j = 0; j < columns; j++) {
        for (size_t i = 0; by[j] != 0 && i < count; i++) {
            to[i] += by[j] * matrix[j * stride + i];
        }
    }
}

static void combine_rows_fine(long double *restrict to, size_t count,
                              const long double *restrict by, uint32_t columns,
                              const double *restrict matrix, size_t stride)
{
    for (uint32_t j = 0; j < columns; j++) {
        for (size_t i = 0; by[j] != 0 && i < count; i++) {
            to[i] += by[j] * (long double)matrix[j * stride + i];
        }
    }
}

#define REAL double
#define HOT ENT_KERNEL
#define NAME(x) x##_double
#define FABS fabs
#define TOLERANCE 1e-10
#define PIVOT 1e-9
#define TIE 1e-13
#include "worlds/game_body.h"
#undef REAL
#undef HOT
#undef NAME
#undef FABS
#undef TOLERANCE
#undef PIVOT
#undef TIE
#define REAL long double
#define HOT
#define NAME(x) x##_fine
#define FABS fabsl
#define TOLERANCE 1e-12L
#define PIVOT 1e-12L
#define TIE 1e-16L
#include "worlds/game_body.h"

ent_game *ent_game_create(ent_arena *arena, uint32_t n, uint32_t simplex)
{
    ent_game *game = ent_alloc(arena, 1, ent_game);
    *game = (ent_game){.arena = arena, .n = n, .simplex = simplex};
    game->wanted = ent_alloc(arena, n, int32_t);
    game->scratch = ent_alloc(arena, n, double);
    /* t <= cap, so that there is always a row with a weight; other unknowns <= the sum. */
    double *cap = ent_game_add(game, 1);
    for (uint32_t j = 0; j < simplex; j++) {
        cap[j * game->room] = ENT_GAME_CAP;
    }
    double *frame = ent_game_add(game, 0);
    for (uint32_t j = 0; j < n; j++) {
        frame[j * game->room] = j < simplex ? 1 : -1;
    }
    return game;
}

ent_game_state *ent_game_state_create(const ent_game *game)
{
    ent_game_state *state = ent_alloc(game->arena, 1, ent_game_state);
    uint32_t n = game->n;
    state->basis = ent_alloc(game->arena, n, int32_t);
    state->inverse = ent_alloc(game->arena, (size_t)n * n, double);
    state->level = ent_alloc(game->arena, n, double);
    state->price = ent_alloc(game->arena, n, double);
    state->step = ent_alloc(game->arena, n, double);
    ent_game_start(game, state);
    return state;
}

void ent_game_copy(const ent_game *game, ent_game_state *to, const ent_game_state *from)
{
    uint32_t n = game->n;
    ent_game_state own = *to;
    *to = *from;
    to->basis = memcpy(own.basis, from->basis, n * sizeof *own.basis);
    to->inverse = memcpy(own.inverse, from->inverse, (size_t)n * n * sizeof *own.inverse);
    to->level = memcpy(own.level, from->level, n * sizeof *own.level);
    to->price = memcpy(own.price, from->price, n * sizeof *own.price);
    to->step = memcpy(own.step, from->step, n * sizeof *own.step);
}

void ent_game_keep(ent_game *game, size_t count)
{
    game->count = count;
}

static void make_room(ent_game *game)
{
    size_t room = game->room == 0 ? 32 : 2 * game->room;
    double *g = ent_alloc(game->arena, room * game->n, double);
    double *weight = ent_alloc(game->arena, room, double);
    for (uint32_t j = 0; game->count > 0 && j < game->n; j++) {
        memcpy(g + j * room, game->g + j * game->room, game->count * sizeof *g);
    }
    if (game->count > 0) {
        memcpy(weight, game->weight, game->count * sizeof *weight);
    }
    game->g = g;
    game->weight = weight;
    game->gain = ent_alloc(game->arena, room, double);
    game->room = room;
}

double *ent_game_add(ent_game *game, double weight)
{
    if (game->count == game->room) {
        make_room(game);
    }
    double *at = game->g + game->count;
    for (uint32_t j = 0; j < game->n; j++) {
        at[j * game->room] = 0;
    }
    game->weight[game->count++] = weight;
    return at;
}

void ent_game_put(ent_game *game, const double *row, bool strict)
{
    double greatest = 0;
    for (uint32_t j = 0; j < game->n; j++) {
        greatest = fmax(greatest, fabs(row[j]));
    }
    /* A strict row's small coefficients are left: its margin counts in its own units. */
    double scale = greatest > 1 || (!strict && greatest > 0) ? greatest : 1;
    double *at = ent_game_add(game, strict ? 1 / scale : 0);
    for (uint32_t j = 0; j < game->n; j++) {
        at[j * game->room] = row[j] / scale;
    }
}

void ent_game_start(const ent_game *game, ent_game_state *state)
{
    uint32_t n = game->n;
    memset(state->inverse, 0, (size_t)n * n * sizeof *state->inverse);
    for (uint32_t j = 0; j < n; j++) {
        state->inverse[(size_t)j * n + j] = 1;
        state->basis[j] = -1 - (int32_t)j;
        state->level[j] = right_double(game, j);
        state->price[j] = 0;
    }
}

/* The sum of the prices is 1/(t + SHIFT). */
static void conclude(const ent_game *game, ent_game_state *state, bool bounded)
{
    double sum = 0;
    for (uint32_t j = 0; j < game->simplex; j++) {
        sum += state->price[j];
    }
    state->bounded = bounded;
    state->margin = bounded && sum > 0 ? 1 / sum - SHIFT : -(double)INFINITY;
    state->count = game->count;
}

/* Lay the careful solver's arrays out in its scratch: 1 matrix, 4 vectors, and the gains. */
static long double *lay_out(ent_game *game, tableau_fine *t)
{
    size_t n = game->n;
    size_t need = n * n + 4 * n + game->room;
    if (need > game->fine_room) {
        game->fine = ent_alloc(game->arena, need, long double);
        game->fine_room = need;
    }
    t->n = game->n;
    t->inverse = game->fine;
    t->level = t->inverse + n * n;
    t->price = t->level + n;
    t->step = t->price + n;
    t->scratch = t->step + n;
    return t->scratch + n;
}

/* Take the verdict again from the state's basis, in long double. */
static bool solve_carefully(ent_game *game, ent_game_state *state)
{
    tableau_fine t = {.basis = state->basis};
    long double *gains = lay_out(game, &t);
    game->careful++;
    invert_fine(game, &t);
    bool bounded = climb_fine(game, &t, game->count, gains, &state->entering);
    for (size_t i = 0; i < (size_t)t.n * t.n; i++) {
        state->inverse[i] = (double)t.inverse[i];
    }
    for (uint32_t i = 0; i < t.n; i++) {
        state->level[i] = (double)t.level[i];
        state->price[i] = (double)t.price[i];
        state->step[i] = (double)t.step[i];
    }
    return bounded;
}

/* Does a ray prove its case by far? Its gain for one unit of its columns. */
static bool is_steep(const ent_game *game, const ent_game_state *state)
{
    double gain = 0;
    double length = 1;
    gain += cost_double(game, state->entering);
    for (uint32_t i = 0; i < game->n; i++) {
        gain -= state->step[i] * cost_double(game, state->basis[i]);
        length += fabs(state->step[i]);
    }
    return gain > 1e-6 * length;
}

/* How far the state's prices and levels may be from those of its basis, for it to be settled. */
#define DRIFT 1e-13

/* The state's prices less those of its basis: what is left of the costs, through the inverse. */
static double price_drift(const ent_game *game, const ent_game_state *state)
{
    double *left = game->scratch;
    double most = 0;
    for (uint32_t i = 0; i < game->n; i++) {
        left[i] = cost_double(game, state->basis[i]);
        for (uint32_t j = 0; j < game->n; j++) {
            left[i] -= state->price[j] * entry_double(game, state->basis[i], j);
        }
    }
    for (uint32_t j = 0; j < game->n; j++) {
        double drift = 0;
        for (uint32_t i = 0; i < game->n; i++) {
            drift += left[i] * state->inverse[(size_t)j * game->n + i];
        }
        most = fmax(most, fabs(drift));
    }
    return most;
}

/* The same of the levels. */
static double level_drift(const ent_game *game, const ent_game_state *state)
{
    double *left = game->scratch;
    double most = 0;
    for (uint32_t j = 0; j < game->n; j++) {
        left[j] = right_double(game, j);
        for (uint32_t i = 0; i < game->n; i++) {
            left[j] -= state->level[i] * entry_double(game, state->basis[i], j);
        }
    }
    for (uint32_t i = 0; i < game->n; i++) {
        double drift = 0;
        for (uint32_t j = 0; j < game->n; j++) {
            drift += left[j] * state->inverse[(size_t)j * game->n + i];
        }
        most = fmax(most, fabs(drift));
    }
    return most;
}

/*
 * Would the careful solver stay where the state is and say the same? Nothing gains as much as it
 * asks for, and prices and levels are those of the basis but for what it could not change: one
 * step of iterative refinement (Wilkinson 1963), O(n^2), tells by how much. Most verdicts near
 * zero are exactly zero, at a line that somebody drew, and end here.
 */
static bool is_settled(const ent_game *game, const ent_game_state *state)
{
    double sum = 0;
    for (uint32_t j = 0; j < game->simplex; j++) {
        sum += state->price[j];
    }
    double most = 1e-12 * (1 + fabs(sum));
    for (uint32_t j = 0; j < game->n; j++) {
        if (-state->price[j] > most) {
            return false;
        }
    }
    for (size_t i = 0; i < game->count; i++) {
        if (game->gain[i] > most) {
            return false;
        }
    }
    return price_drift(game, state) <= DRIFT * (1 + fabs(sum)) &&
           level_drift(game, state) <= DRIFT;
}

void ent_game_solve(ent_game *game, ent_game_state *state)
{
    tableau_double t = {game->n, state->basis, state->inverse, state->level, state->price,
                        state->step, game->scratch};
    game->solved++;
    game->stuck = false;
    bool bounded = climb_double(game, &t, game->count, game->gain, &state->entering);
    conclude(game, state, bounded);
    bool clear = !bounded ? is_steep(game, state)
                          : fabs(state->margin) > 1e-6 ||
                                (!game->stuck && is_settled(game, state));
    if (!clear || game->stuck) {
        bounded = solve_carefully(game, state);
        conclude(game, state, bounded);
    }
}

size_t ent_game_core(const ent_game *game, const ent_game_state *state, size_t *rows)
{
    size_t count = 0;
    if (!state->bounded && state->entering >= ENT_GAME_FRAME) {
        rows[count++] = (size_t)state->entering;
    }
    for (uint32_t i = 0; i < game->n; i++) {
        bool in = state->bounded ? state->level[i] > 1e-12 : state->step[i] < -1e-12;
        if (in && state->basis[i] >= ENT_GAME_FRAME) {
            rows[count++] = (size_t)state->basis[i];
        }
    }
    return count;
}
