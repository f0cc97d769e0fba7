/*
 * A run: all blocks of chains on their way (sampler_chains.c), and how processes share them
 * (sampler_crew.c).
 */
#ifndef ENT_WORLDS_SAMPLER_RUN_H
#define ENT_WORLDS_SAMPLER_RUN_H

#include "worlds/sampler_walk.h"

/* Blocks that a process moves in one go, where several share the draw. */
typedef struct ent_bundles {
    uint32_t count, blocks; /* bundles (0: not shared), and blocks in each */
    uint32_t most_draws;    /* that a message holds */
    size_t room;
    void *desk;   /* for the crew's messages */
    bool *handed; /* [count] */
    int *owner;   /* [count] the process that moved it last; -1: none has */
} ent_bundles;

/* What draws are written to: row f of draw d and chain c at at[f * room + d * chains + c]. */
typedef struct ent_chain_sheet {
    float *at;
    uint32_t rows; /* the series that are watched, then the unknowns (or not) */
    uint32_t chains;
    size_t room;
} ent_chain_sheet;

typedef struct ent_run {
    ent_work *work;
    ent_chain_walk *walk;
    ent_block **blocks;
    uint32_t block_count, chains, draws;
    uint64_t thin;   /* steps between draws */
    uint64_t walked; /* steps that each block has made when the draws at hand begin */
    ent_chain_sheet all;   /* at NULL where a process only helps */
    ent_series series; /* the first rows of it */
    double effort, most; /* spent, and what may be */
    ent_bundles bundles;
} ent_run;

/* Draws [from, to) of some blocks; the sheet begins with draw `zero` of the first of them. */
typedef struct ent_stretch {
    uint32_t first, blocks, from, to, zero;
} ent_stretch;

/*
 * Make the draws of the part; false when asked to stop. A block that has not been moved for a
 * while, since another process had it, goes the way up to here by itself.
 */
bool ent_run_blocks(ent_run *run, const ent_stretch *part, const ent_chain_sheet *sheet);

/*
 * Lay out the bundles, where there are processes and blocks to share, and a world takes so many
 * multiplications (effort) that it pays to send what is known of it.
 */
void ent_run_bundle(ent_arena *scratch, double effort, ent_run *run);
/* Draws [from, to) of all blocks by all processes, as many at a time as a message holds. */
ent_status ent_run_together(ent_run *run, uint32_t from, uint32_t to);

#endif
