/* The worlds left to each party while questions are asked. Internal to answers/enquiry*.c. */
#ifndef ENT_ANSWERS_ENQUIRY_PANEL_H
#define ENT_ANSWERS_ENQUIRY_PANEL_H

#include "answers/enquiry.h"

/* The packages and everybody's rows of them. */
typedef struct ent_panel {
    ent_bits bits; /* each voter's worlds in an order of its own */
    const uint64_t *levels; /* [count][issues] */
    size_t count;
    uint64_t **rows; /* [voters][count][words] */
} ent_panel;

/* A split of one party's worlds that somebody may ask for. */
typedef struct ent_split {
    size_t voter;
    size_t package;      /* index in the panel, or SIZE_MAX for a comparison */
    uint32_t more, than; /* of a comparison */
    const uint64_t *row; /* worlds that answer yes */
    size_t alike;
    /* Of the state in which it was scored. */
    double yes, expected;
    double yes_value, no_value; /* share of answer times best joint share after it */
    size_t if_yes, if_no;       /* packages; SIZE_MAX where the answer does not occur */
    bool exact;  /* false: `expected` is only what it is at least, and the values are not told */
    double most; /* what it cannot pass */
} ent_split;

/* How much is to be known of the splits. */
typedef struct ent_score_wish {
    size_t best; /* so many of each voter are scored exactly, the best; 0: all are */
    bool useful; /* of the others too it shows whether they are above `now` */
    double now;
} ent_score_wish;

/* Where the answers so far have led. */
typedef struct ent_state {
    uint64_t **left;   /* [voters][words] worlds that are left */
    uint32_t *worlds;  /* [voters] how many */
    uint32_t **counts; /* [voters][count] of them that accept the package */
    double *joint;     /* [count] */
    size_t best;       /* package of the highest joint share; SIZE_MAX: none suits all anywhere */
} ent_state;

/* Is there memory for rows of all voters, and for their worlds in another order? */
ent_status ent_check_panel(ent_work *work, const ent_bits *bits, size_t packages);
/* pivot: a package of interest, by whose worth each voter's worlds are put in order. */
ent_panel ent_panel_of(ent_work *work, const ent_bits *bits, const ent_candidates *candidates,
                       const uint64_t *pivot);
/* Before any answer. */
ent_state ent_state_before(ent_work *work, const ent_panel *panel);
/* After the voter's answer: the others' rows are shared. */
ent_state ent_state_after(ent_work *work, const ent_panel *panel, const ent_state *state,
                          size_t voter, const uint64_t *row, bool yes);
/* Joint share of the package where the voter's own share is as given; NULL: as counted. */
double ent_panel_joint(const ent_panel *panel, const ent_state *state, size_t package,
                       size_t voter, const double *own, double *share);
/*
 * Score the splits in the state; those of a voter may stand anywhere. Threads share them
 * (enquiry_scores.c).
 */
ent_status ent_score_splits(ent_work *work, const ent_panel *panel, const ent_state *state,
                            const ent_score_wish *wish, ent_split *splits, size_t count);
/* The same of one question by the definition, world by world: what the scores must equal. */
double ent_score_plainly(const ent_panel *panel, const ent_state *state, const ent_split *split);

#endif
