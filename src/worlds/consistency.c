/*
 * Consistency: rows over (z, b) made into rows of a game (game.h). As sum z = 1 a constant gamma
 * is gamma * sum z, and b = low + (high - low) * s with 0 <= s <= 1, so every row becomes
 * homogeneous in (z, s). Deciding m rows over n unknowns costs O((n^2 + m n) * pivots), about
 * 2 n pivots from scratch; one row more on top of a decided set a few pivots. Where every z is
 * known the rows are numbers, times a single unknown that is 1.
 */
#include "worlds/consistency.h"

#include "worlds/game.h"

#include <math.h>
#include <string.h>

struct ent_oracle {
    ent_arena *arena;
    const ent_stakes *stakes;
    uint32_t k;      /* unknowns z; 1, a stand-in, where the party has no stake or z is known */
    bool moving;     /* b has a range */
    ent_game *game;
    ent_game_state *base, *trial;
    size_t decided;  /* rows of the game in the base */
    double *row;     /* [n] scratch */
    double *point;   /* [k + 1] */
    size_t *core;    /* [n + 1] */
    ent_game *range; /* the same rows, none of them strict, and a form */
    ent_game_state *range_state;
    uint64_t inside; /* programs solved for ent_oracle_inside */
    size_t ranged;   /* rows that `range` holds; SIZE_MAX: out of date */
};

ent_oracle *ent_oracle_create(ent_arena *arena, const ent_stakes *stakes)
{
    ent_oracle *o = ent_alloc(arena, 1, ent_oracle);
    o->arena = arena;
    o->stakes = stakes;
    o->k = stakes->k > 0 && stakes->exact == NULL ? stakes->k : 1;
    o->moving = stakes->reservation.high > stakes->reservation.low;
    uint32_t n = o->k + (o->moving ? 1 : 0);
    o->game = ent_game_create(arena, n, o->k);
    o->base = ent_game_state_create(o->game);
    o->trial = ent_game_state_create(o->game);
    o->row = ent_alloc(arena, n + 1, double);
    o->point = ent_alloc(arena, (size_t)stakes->k + 2, double);
    o->core = ent_alloc(arena, n + 1, size_t);
    o->ranged = SIZE_MAX;
    return o;
}

/* The row over (z, s). */
static const double *homogeneous(ent_oracle *o, const double *a, double beta, double gamma)
{
    double constant = gamma + beta * o->stakes->reservation.low;
    o->row[0] = constant;
    for (uint32_t j = 0; j < o->stakes->k; j++) {
        if (o->stakes->exact != NULL) {
            o->row[0] += a[j] * o->stakes->exact[j];
        } else {
            o->row[j] = a[j] + constant;
        }
    }
    if (o->moving) {
        o->row[o->k] = beta * (o->stakes->reservation.high - o->stakes->reservation.low);
    }
    return o->row;
}

static void put_rows(ent_oracle *o, const ent_row *const *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const ent_row *r = rows[i];
        ent_game_put(o->game, homogeneous(o, r->a, r->beta, r->gamma), r->strict);
    }
}

/* The prices are the point, up to their sum. */
static void take_point(ent_oracle *o, const ent_game_state *state)
{
    double sum = 0;
    for (uint32_t j = 0; j < o->k; j++) {
        sum += fmax(state->price[j], 0);
    }
    for (uint32_t j = 0; j < o->k && sum > 0; j++) {
        o->point[j] = fmax(state->price[j], 0) / sum;
    }
    if (o->stakes->exact != NULL) {
        memcpy(o->point, o->stakes->exact, o->stakes->k * sizeof *o->point);
    }
    ent_interval b = o->stakes->reservation;
    double share = o->moving && sum > 0 ? fmin(fmax(state->price[o->k] / sum, 0), 1) : 0;
    o->point[o->stakes->k] = b.low + (b.high - b.low) * share;
}

static bool any_strict(const ent_game *game)
{
    for (size_t i = ENT_GAME_FRAME; i < game->count; i++) {
        if (game->weight[i] > 0) {
            return true;
        }
    }
    return false;
}

static ent_feasibility conclude(ent_oracle *o, const ent_game_state *state)
{
    bool consistent = state->bounded && state->margin > ENT_MARGIN;
    ent_feasibility result = {.consistent = consistent, .margin = state->margin};
    if (consistent) {
        take_point(o, state);
        result.point = o->point;
        result.margin = any_strict(o->game) ? state->margin : (double)INFINITY;
        return result;
    }
    result.core = o->core;
    result.core_count = ent_game_core(o->game, state, o->core);
    for (size_t i = 0; i < result.core_count; i++) {
        o->core[i] -= ENT_GAME_FRAME;
    }
    return result;
}

ent_feasibility ent_oracle_decide(ent_oracle *o, const ent_row *const *rows, size_t count)
{
    ent_game_keep(o->game, ENT_GAME_FRAME);
    ent_game_start(o->game, o->base);
    put_rows(o, rows, count);
    ent_game_solve(o->game, o->base);
    o->decided = o->game->count;
    o->ranged = SIZE_MAX;
    return conclude(o, o->base);
}

ent_oracle *ent_oracle_of(ent_arena *arena, const ent_polytope *polytope, ent_feasibility *found)
{
    ent_oracle *o = ent_oracle_create(arena, polytope->stakes);
    const ent_row **rows = ent_alloc(arena, polytope->row_count + 1, const ent_row *);
    for (size_t i = 0; i < polytope->row_count; i++) {
        rows[i] = &polytope->rows[i];
    }
    ent_feasibility decided = ent_oracle_decide(o, rows, polytope->row_count);
    if (found != NULL) {
        *found = decided;
    }
    return o;
}

bool ent_oracle_with(ent_oracle *o, const ent_row *const *extra, size_t count,
                     ent_feasibility *result)
{
    ent_game_keep(o->game, o->decided);
    put_rows(o, extra, count);
    ent_game_copy(o->game, o->trial, o->base);
    if (o->base->bounded) {
        ent_game_solve(o->game, o->trial);
    }
    ent_feasibility found = conclude(o, o->trial);
    if (result != NULL) {
        *result = found;
    }
    return found.consistent;
}

void ent_oracle_keep(ent_oracle *o)
{
    ent_game_state *kept = o->trial;
    o->trial = o->base;
    o->base = kept;
    o->decided = o->game->count;
    o->ranged = SIZE_MAX;
}

/* A game of the decided rows in which only the form to come is strict. */
static void prepare_range(ent_oracle *o)
{
    if (o->range == NULL) {
        o->range = ent_game_create(o->arena, o->game->n, o->game->simplex);
        o->range_state = ent_game_state_create(o->range);
    }
    ent_game_keep(o->range, ENT_GAME_FRAME);
    for (size_t i = ENT_GAME_FRAME; i < o->decided; i++) {
        for (uint32_t j = 0; j < o->game->n; j++) {
            o->row[j] = o->game->g[j * o->game->room + i];
        }
        ent_game_put(o->range, o->row, false);
    }
    o->ranged = o->range->count;
}

/* The greatest of the form (scaled to at most 1 by size): the t that it alone can have. */
static double greatest(ent_oracle *o, const double *form, double size)
{
    ent_game_keep(o->range, o->ranged);
    double *at = ent_game_add(o->range, 1);
    for (uint32_t j = 0; j < o->game->n; j++) {
        at[j * o->range->room] = form[j] / size;
    }
    ent_game_start(o->range, o->range_state);
    ent_game_solve(o->range, o->range_state);
    return o->range_state->bounded ? o->range_state->margin * fabs(size) : (double)NAN;
}

ent_interval ent_oracle_range(ent_oracle *o, const double *a, double beta, double gamma)
{
    if (o->ranged == SIZE_MAX) {
        prepare_range(o);
    }
    const double *form = homogeneous(o, a, beta, gamma);
    double size = 0;
    for (uint32_t j = 0; j < o->game->n; j++) {
        size = fmax(size, fabs(form[j]));
    }
    if (size <= 0) {
        return (ent_interval){0, 0};
    }
    double high = greatest(o, form, size);
    double low = -greatest(o, form, -size);
    return (ent_interval){low, high};
}

/* The decided rows all strict, and the bounds of the unknowns with them. */
static ent_game *strict_game(ent_oracle *o)
{
    uint32_t n = o->game->n;
    ent_game *game = ent_game_create(o->arena, n, o->k);
    for (size_t i = ENT_GAME_FRAME; i < o->decided; i++) {
        for (uint32_t j = 0; j < n; j++) {
            o->row[j] = o->game->g[j * o->game->room + i];
        }
        ent_game_put(game, o->row, true);
    }
    memset(o->row, 0, n * sizeof *o->row);
    for (uint32_t j = 0; j < n; j++) {
        o->row[j] = 1;
        ent_game_put(game, o->row, true);
        o->row[j] = 0;
    }
    for (uint32_t j = 0; o->moving && j < n; j++) {
        o->row[j] = j < o->k ? 1 : -1;
    }
    if (o->moving) {
        ent_game_put(game, o->row, true);
    }
    return game;
}

/*
 * Maximise the least slack; while it is 0, the rows in the certificate are equalities in disguise
 * (complementary slackness), and the search goes on with them closed.
 */
void ent_oracle_inside(ent_oracle *o, double *point)
{
    ent_game *game = strict_game(o);
    ent_game_state *state = ent_game_state_create(game);
    take_point(o, o->base);
    for (size_t round = 0; round < game->count; round++) {
        ent_game_start(game, state);
        ent_game_solve(game, state);
        if (state->bounded && state->margin > ENT_MARGIN) {
            take_point(o, state);
            break;
        }
        size_t left = 0;
        size_t count = ent_game_core(game, state, o->core);
        for (size_t i = 0; i < count; i++) {
            left += game->weight[o->core[i]] > 0;
            game->weight[o->core[i]] = 0;
        }
        if (left == 0) {
            break;
        }
    }
    memcpy(point, o->point, (o->stakes->k + 1) * sizeof *point);
    o->inside += game->solved;
}

uint64_t ent_oracle_count(const ent_oracle *o)
{
    return o->game->solved + o->inside + (o->range == NULL ? 0 : o->range->solved);
}
