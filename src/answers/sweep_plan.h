/*
 * How a sweep walks a grid: digits fused into groups, the offset of each of a group's values in
 * the index, and which unknown of each voter a component is. Internal to the sweep.
 */
#ifndef ENT_ANSWERS_SWEEP_PLAN_H
#define ENT_ANSWERS_SWEEP_PLAN_H

#include "answers/sweep.h"

enum {
    ENT_FUSED = 16,  /* values that a group is filled up to */
    ENT_LONG = 64,   /* digits of more values than this have no table: computed as they come */
    ENT_LISTED = 64, /* values of the last group at most */
};

/* One digit: a whole issue, or one item of an issue with items. */
typedef struct ent_digit {
    uint32_t issue;
    uint32_t component; /* of the issue, for an item; ENT_NONE for a whole issue */
    uint64_t radix, stride;
} ent_digit;

typedef struct ent_sweep_group {
    const ent_digit *digits;
    size_t count;
    uint64_t radix;
    uint64_t *offset;  /* [radix] of the index; NULL for a long group */
    uint64_t *touched; /* [radix] which voters are asked about it, and above their bits which
                          councils; NULL for a long group */
} ent_sweep_group;

/* Levels of a range from one up to before another. */
typedef struct ent_level_run {
    uint32_t first, end;
} ent_level_run;

/* The levels of a range beside given levels of all other issues. */
typedef struct ent_sweep_node {
    uint64_t base;     /* the index at the range's status quo */
    size_t first_run, run_count; /* levels above it that count for all who are asked */
    bool nothing;      /* the range's status quo counts too */
    bool open;         /* some level is available */
} ent_sweep_node;

/* A fine range, whose levels are looked at together (sweep_range.h). */
typedef struct ent_sweep_line {
    uint64_t levels, stride; /* levels 0: there is none */
    uint32_t issue;
    float **factor;        /* [voters] -> [levels] sign times share; NULL without a stake */
    uint64_t touched;      /* the voters that are asked where it moves */
    ent_sweep_node *nodes; /* [outcomes / levels], numbered as below */
    ent_level_run *runs;
    size_t run_count, run_room;
} ent_sweep_line;

/* What the walk needs and does not change. */
typedef struct ent_sweep_plan {
    const ent_grid *grid;
    const ent_voter *voters;
    size_t voter_count;
    ent_council *councils; /* those that bind, their members as bits of voters */
    size_t council_count;
    const uint8_t *available;
    ent_sweep_group *groups; /* [0] is the last, fastest one */
    size_t group_count;
    uint32_t **unknown; /* [voters][components] index of the unknown, or ENT_NONE */
    uint64_t always;    /* the voters that are asked about every outcome */
    uint8_t **keeps;    /* [voters] -> [outcomes] 0 where it crosses a line of the voter; or NULL */
    bool lined;         /* some voter has a line */
    ent_sweep_line range; /* not among the groups; the last group has then one value */
    /*
     * Nodes of the walk are numbered by the values of the groups above them. NULL where there are
     * too many, or where all outcomes are available.
     */
    uint64_t *leaf; /* [nodes above the last group] which of its values are available, as bits */
    uint8_t **live; /* [groups] -> [nodes above it] is anything available below? */
} ent_sweep_plan;

/*
 * The digits of the issues whose stride is not 0 (stride NULL: of all issues, with strides that
 * mean nothing), those of few values first.
 */
ent_digit *ent_digits_of(ent_arena *arena, const ent_space *space, const uint64_t *stride,
                         size_t *count);
/* Lay out the walk for the voters; the plan's grid and available are set. */
void ent_make_plan(ent_arena *arena, const ent_voters *voters, ent_sweep_plan *plan);
/* The councils that bind, their members as bits of voters. */
ent_council *ent_binding_councils(ent_arena *arena, const ent_voters *voters, size_t *count);
/* The level of the digit's issue that its value switches on. */
uint64_t ent_digit_level(const ent_digit *digit, uint64_t value);
/* The index offset of a group's value, and who is asked because of it, as `touched` above. */
uint64_t ent_value_offset(const ent_sweep_plan *plan, const ent_sweep_group *group, uint64_t value,
                          uint64_t *touched);

/* ent_sweep_grid by this process alone. */
ent_status ent_sweep_here(ent_work *work, const ent_grid *grid, const ent_voters *voters,
                          const uint8_t *available, ent_sweep *sweep);

#endif
