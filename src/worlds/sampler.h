/*
 * Worlds: draws from a party's polytope under the prior of docs/MODEL.md 3.
 */
#ifndef ENT_WORLDS_SAMPLER_H
#define ENT_WORLDS_SAMPLER_H

#include "worlds/polytope.h"

typedef enum ent_prior { ENT_PRIOR_IMPORTANCE, ENT_PRIOR_FLAT } ent_prior;

/* Structure of arrays: component c of world w is z[c * stride + w]. */
typedef struct ent_world_set {
    uint32_t worlds;
    uint32_t stride; /* worlds rounded up to a multiple of 64; the padding repeats world 0 */
    uint32_t k;
    float *z;
    float *b; /* [stride] */
    /* How the draw went. */
    const char *method;      /* "exact" (independent draws) or "chains" */
    double effective;        /* least effective sample size over importances, components, slacks */
    double rhat;             /* greatest split R-hat; 1 for independent draws */
    bool poor;               /* too poor to rely on a percent; a warning W101 was told */
    uint64_t steps;
} ent_world_set;

typedef struct ent_sampling {
    uint32_t worlds;  /* at least 1 */
    uint64_t seed;
    uint64_t stream;  /* which party of which account, so that draws are independent */
    ent_prior prior;
    /* A strictly feasible point [k + 1] (z then b), as the oracle gives it. */
    const double *start;
} ent_sampling;

/* Bytes that a draw of so many worlds takes at most beside the worlds, which take 4 a number. */
double ent_draw_bytes(const ent_polytope *polytope, uint32_t worlds);

/* With fewer effective worlds than this so many are a poor sample. */
double ent_least_effective(uint32_t worlds);

/*
 * Draw the worlds. The bytes depend on (polytope, sampling) alone, never on work->threads.
 * The polytope must be consistent. ENT_CANCELLED when asked to stop.
 */
ent_status ent_draw_worlds(ent_work *work, const ent_polytope *polytope,
                           const ent_sampling *sampling, ent_world_set *set);

#endif
