/*
 * The linear program behind every question of consistency, as a matrix game.
 *
 * Unknowns x[0..n): the first `simplex` of them sum to 1, any other (the position of b in its
 * range) lies between 0 and 1. Row i asks g_i . x >= weight_i * t, the weight 0 where the
 * inequality is not strict. The program is: the greatest t (at most ENT_GAME_CAP).
 *
 * With X = 1/(t + shift) and everything multiplied by X the program reads
 *     least X = sum of x[0..simplex)  with  g_i . x + shift * weight_i * X >= weight_i,  x >= 0
 * and its dual: the greatest weight . y with sum_i y_i (g_ij + shift * weight_i) <= 1 (0 in the
 * columns past `simplex`), y >= 0. The dual has a feasible slack basis, a row of the game is one
 * column of it, adding a row keeps the basis feasible, the prices are the world, and the columns
 * in the basis (or in a ray, where the dual is unbounded) are the rows that collide: a Farkas
 * certificate. See game.c for the algorithm.
 */
#ifndef ENT_WORLDS_GAME_H
#define ENT_WORLDS_GAME_H

#include "base/work.h"

#define ENT_GAME_CAP 4.0

typedef struct ent_game {
    ent_arena *arena;
    uint32_t n, simplex;
    double *g;      /* column major: g[j * room + i] */
    double *weight; /* [room] */
    size_t count, room;
    double *gain;   /* [room] scratch */
    void *fine;     /* scratch of the careful solver */
    size_t fine_room;
    int32_t *wanted; /* [n] scratch */
    double *scratch; /* [n] */
    bool stuck;      /* the last climb gave up: its verdict is to be taken again */
    uint64_t solved, pivots, careful;
} ent_game;

/* A basis of the dual and what follows from it; copied to come back to it later. */
typedef struct ent_game_state {
    size_t count;     /* rows of the game that it knows */
    int32_t *basis;   /* [n] a row of the game, or -1 - j for the slack of unknown j */
    double *inverse;  /* [n][n] column major */
    double *level;    /* [n] of the basic columns */
    double *price;    /* [n] */
    double *step;     /* [n] of the entering column */
    int32_t entering; /* where unbounded: the column that begins the ray */
    bool bounded;     /* false: no point keeps even t = -shift */
    double margin;    /* t; -infinity where not bounded */
} ent_game_state;

/* A game with n unknowns, `simplex` >= 1 of them in the sum, and the two rows of the frame. */
ent_game *ent_game_create(ent_arena *arena, uint32_t n, uint32_t simplex);
ent_game_state *ent_game_state_create(const ent_game *game);
void ent_game_copy(const ent_game *game, ent_game_state *to, const ent_game_state *from);

/* Forget all rows from `count` on; the frame's own ENT_GAME_FRAME rows always stay. */
enum { ENT_GAME_FRAME = 2 };
void ent_game_keep(ent_game *game, size_t count);
/* Append a row and return its coefficients: at[j * game->room] for unknown j. */
double *ent_game_add(ent_game *game, double weight);
/* Row i = g[n], scaled so that no coefficient passes 1 (margins stay in the row's own units). */
void ent_game_put(ent_game *game, const double *row, bool strict);

/* The slack basis: where a cold start begins. */
void ent_game_start(const ent_game *game, ent_game_state *state);
/* Solve for the game's rows from the state's basis, whose rows must still be there. */
void ent_game_solve(ent_game *game, ent_game_state *state);
/*
 * The rows of the certificate that an inconsistent state ends with (or, where t > 0, those that
 * hold the margin down): rows[n + 1], the frame's left out. Returns how many.
 */
size_t ent_game_core(const ent_game *game, const ent_game_state *state, size_t *rows);

#endif
