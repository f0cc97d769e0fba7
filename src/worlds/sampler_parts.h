/*
 * The parts of the sampler: the frame (what the polytope is, reduced and rounded), the lanes (the
 * loops that move many chains at once), rejection, chains, and the quality of a sample.
 * docs/methods/sampler.md says what each does and why.
 */
#ifndef ENT_WORLDS_SAMPLER_PARTS_H
#define ENT_WORLDS_SAMPLER_PARTS_H

#include "base/hash.h"
#include "base/random.h"
#include "worlds/sampler.h"

/* Chains that are moved together; a multiple of every vector length in use. */
enum { ENT_LANES = 32 };

/*
 * The polytope in the unknowns x = (z, b), n = k + 1 of them:
 *   x[c] >= 0 where bounded[c]; row . x + constant >= 0; equal . x = constant.
 */
typedef struct ent_frame {
    uint32_t k, n, groups;
    const uint32_t *group_start; /* [groups + 1] */
    uint32_t rows;
    double *row;      /* [rows][n] scaled to greatest |coefficient| 1 */
    double *constant; /* [rows] */
    bool *bounded;    /* [n] z[c] >= 0 can be strict; false for b */
    uint32_t equals;
    double *equal;    /* [equals][n] orthonormal */
    double *value;    /* [equals] */
    uint32_t d;       /* dimension: n - equals */
    double *free;     /* [d][n] orthonormal, orthogonal to equal */
    double *center;   /* [n] strictly inside relative to the equalities */
    double *to_x;     /* [d][n] x = center + sum_j y_j to_x[j]; the polytope is round in y */
    double *to_y;     /* [d][n] y_j = to_y[j] . (x - center) */
    const uint32_t *exponent; /* [groups] m_g - 1, or 0 throughout for the flat prior */
} ent_frame;

/*
 * The rows that can be broken, and the equalities: what rejection needs; free, center and what
 * follows are not set. O(rows * unknowns), and unknowns^2 memory.
 */
void ent_frame_rows(ent_arena *arena, const ent_polytope *polytope, ent_frame *frame);
/* Reduce and round the polytope. ENT_INVALID when no point of it could be found. */
ent_status ent_frame_build(ent_arena *arena, const ent_polytope *polytope,
                           const ent_sampling *sampling, ent_frame *frame);

/* Add q . x = value unless it follows from the equalities there are. */
void ent_frame_equate(ent_frame *frame, const double *q, double value);
/* Find the free directions again after new equalities. */
void ent_frame_free(ent_arena *arena, ent_frame *frame);
/* Move x to the nearest point that satisfies the equalities. */
void ent_frame_project(const ent_frame *frame, double *x);
/* The least slack of the bounds and rows at x. */
double ent_frame_least_slack(const ent_frame *frame, const double *x);
/* Find a center strictly inside, and equalities that the rows imply, by linear programs. */
ent_status ent_frame_enter(ent_arena *arena, const ent_polytope *polytope, ent_frame *frame);
/* Move the center to the analytic center and set to_x and to_y. */
void ent_frame_round(ent_arena *arena, ent_frame *frame);

/* ---- Lanes: one value for each chain --------------------------------------------------------- */

/*
 * A direction that all lanes share, over the state rows (z, b, slacks) that it changes: first the
 * `up` rows with a positive rate, then the `down` rows with a negative one, then `rest` rows that
 * are not bounded.
 */
typedef struct ent_chain_move {
    uint32_t up, down, rest;
    uint32_t *row;   /* [up + down + rest] */
    double *rate;    /* [up + down + rest] */
    double *inverse; /* [up + down] 1 / |rate| */
    uint32_t sliced; /* groups whose importance changes and enters the density */
    uint32_t *group; /* [sliced] */
    double *change;  /* [sliced] rate of the group's importance */
    uint32_t *exponent; /* [sliced] descending */
} ent_chain_move;

/* The words of Philox at counter (index, chain, purpose), as ent_random4 gives them. */
void ent_lanes_random(ent_key key, uint32_t purpose, uint32_t chain, uint64_t index,
                      uint32_t *restrict out);
/* The interval of t in which state + t * rate stays >= 0; it always contains 0. */
void ent_lanes_chord(const ent_chain_move *move, const double *restrict state, double *restrict low,
                     double *restrict high);
/* state += t * rate; unknowns are kept above 0. */
void ent_lanes_advance(const ent_chain_move *move, uint32_t k, double *restrict state,
                       const double *restrict t);
/* Back onto the equalities, and the slacks from the unknowns: undoes the drift of rounding. */
void ent_lanes_settle(const ent_frame *frame, double *restrict state);
/* out[lane] = sum over c of a[c] (x[c] - center[c]); center may be NULL for 0. */
void ent_lanes_form(const double *restrict a, const double *restrict center, uint32_t n,
                    const double *restrict state, double *restrict out);
/* 1 / u for uniforms u. */
void ent_lanes_level(const uint32_t *restrict bits, double *restrict out);
/* t uniform on [low, high]. */
void ent_lanes_uniform(const uint32_t *restrict bits, const double *restrict low,
                       const double *restrict high, double *restrict t);
/* -log of uniforms: standard exponentials. */
void ent_lanes_exponential(const uint32_t *restrict bits, double *restrict out);

/* One round of slice sampling with shrinkage (Neal 2003). */
typedef struct ent_slicing {
    double low[ENT_LANES], high[ENT_LANES];
    double level[ENT_LANES]; /* 1 / u: by how much the density may fall */
    double t[ENT_LANES];     /* what was accepted; 0 until then */
    uint64_t open[ENT_LANES]; /* all ones while nothing was accepted, then 0 */
} ent_slicing;
/* weight[i][lane]: change of group i by t = 1 relative to its importance. True when all closed. */
bool ent_lanes_slice(const ent_chain_move *move, const double *restrict weight,
                     const uint32_t *restrict bits, ent_slicing *restrict slice);
/* weight = change / importance for the groups of a sliced move. */
void ent_lanes_weights(const ent_frame *frame, const ent_chain_move *move,
                       const double *restrict state, double *restrict weight);

/*
 * Rescale groups g and h against each other, splits fixed; uniform on its chord. rate is scratch
 * [rows][lanes]. Cost: O(rows * (m_g + m_h)) for each lane.
 */
typedef struct ent_chain_shift {
    uint32_t g[2], h[2];  /* first unknown and the one past the last */
    const uint32_t *rows; /* the rows that touch either group */
    uint32_t row_count;
} ent_chain_shift;
void ent_lanes_shift(const ent_frame *frame, const ent_chain_shift *shift,
                     const uint32_t *restrict bits, double *restrict state,
                     double *restrict rate);

/* ---- Ways to draw ---------------------------------------------------------------------------- */

/* Try rejection from the prior; *done false when it would cost more than chains. */
ent_status ent_draw_exact(ent_work *work, ent_arena *scratch, const ent_frame *frame,
                          const ent_sampling *sampling, ent_interval b, ent_world_set *set,
                          bool *done);
ent_status ent_draw_chains(ent_work *work, ent_arena *scratch, const ent_frame *frame,
                           const ent_sampling *sampling, ent_world_set *set);

/* ---- Quality --------------------------------------------------------------------------------- */

typedef struct ent_quality {
    double effective; /* least over the series */
    double rhat;      /* greatest over the series */
} ent_quality;

/* series[f][draw][chain] with room values for each f. */
typedef struct ent_series {
    float *at;
    uint32_t count, draws, chains;
    size_t room;
} ent_series;

/* Split R-hat and effective sample size over all chains; 0 and infinity with under 4 draws. */
ent_quality ent_sample_quality(ent_arena *scratch, const ent_series *series, int threads);

/* Worlds drawn before from the same, into set->z and b; their name in any case. */
bool ent_take_worlds(ent_work *work, const ent_polytope *polytope, const ent_sampling *sampling,
                     ent_world_set *set, char name[ENT_HASH_ROOM]);
/* Keep them under that name. */
void ent_keep_worlds(ent_work *work, const ent_world_set *set, const char name[ENT_HASH_ROOM]);

/*
 * The worlds as float32 with their padding, from rows of z then b with the given stride; world w is
 * order[w] of those drawn (NULL: w).
 */
void ent_store_worlds(const float *drawn, size_t stride, const uint32_t *order,
                      ent_world_set *set);

#endif
