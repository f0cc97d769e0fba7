/* The moves of the chains, and a block of ENT_LANES chains that makes them. */
#ifndef ENT_WORLDS_SAMPLER_WALK_H
#define ENT_WORLDS_SAMPLER_WALK_H

#include "worlds/sampler_parts.h"

/* What all blocks share: read only while they walk. */
typedef struct ent_chain_walk {
    const ent_frame *frame;
    ent_key key;
    uint64_t seed, stream;
    ent_chain_move *lines;   /* [d] axes of the round frame */
    double *spread;    /* [d][d] y = spread u, with u round; line j goes along u_j */
    double *to_u;      /* [d][n] u = to_u (x - center) */
    uint32_t (*swaps)[2]; /* pairs of unknowns of one issue */
    uint32_t swap_count;
    ent_chain_move *swap;    /* [swap_count] one part gains what another loses */
    ent_chain_move reserve;  /* b alone */
    bool *touches;     /* [groups][rows] */
    uint32_t (*shifts)[2]; /* pairs of issues */
    uint32_t shift_count;
    uint32_t weight[3]; /* how often a swap, a shift, a move of b is made */
    uint32_t slacks;   /* how many slacks are watched */
    double *direction, *rates; /* scratch [n] and [n + rows] while the lines are set */
} ent_chain_walk;

typedef struct ent_block {
    uint32_t chain;   /* number of its first chain */
    double *state;    /* [n + rows][lanes] */
    double *scratch;  /* [rows or groups][lanes] */
    ent_stream choices; /* which moves */
    uint32_t *order;  /* [d] the lines of this sweep */
    uint32_t *touched; /* [rows] */
    uint64_t step, lines, counter;
    uint32_t words[4 * ENT_LANES], left;
} ent_block;

ent_chain_walk *ent_walk_create(ent_arena *arena, const ent_frame *frame,
                                const ent_sampling *sampling);
ent_block *ent_block_create(ent_arena *arena, const ent_chain_walk *walk, uint32_t chain);
void ent_block_copy(const ent_chain_walk *walk, ent_block *block, const ent_block *from);
void ent_block_steps(const ent_chain_walk *walk, ent_block *block, uint64_t steps);
/* What is watched: importances, round coordinates, slacks; out[f * room + lane]. */
void ent_block_watch(const ent_chain_walk *walk, const ent_block *block, float *out, size_t room);

/* Sums of the first round coordinates over lanes and snapshots. */
typedef struct ent_chain_moments {
    uint32_t d;
    double count, *sum, *square; /* [d], [d][d] lower triangle */
    double *y;                   /* [d][lanes] */
} ent_chain_moments;
ent_chain_moments *ent_moments_create(ent_arena *arena, uint32_t d);
void ent_moments_add(const ent_chain_walk *walk, const ent_block *block,
                     ent_chain_moments *moments);
/* Make the walk's lines round for these moments, along the narrow walls of the body. */
void ent_walk_round(ent_arena *scratch, ent_chain_walk *walk, const ent_chain_moments *moments);
/* The lines from spread. */
void ent_walk_set_lines(ent_chain_walk *walk);

#endif
