/*
 * Strategies: each is one file that ends in a const record, and one row in strategies.c. A
 * strategy is asked twice a turn at most: what it says to the offer on the table, and what it
 * offers instead. It allocates nothing: what it must remember lies in its state, whose size it
 * says beforehand.
 */
#ifndef ENT_HAGGLE_STRATEGY_H
#define ENT_HAGGLE_STRATEGY_H

#include "base/random.h"
#include "haggle/isolation.h"
#include "haggle/table.h"

/* A parameter on the command line: `boulware:e=4`, `boa:model=frequency`. */
typedef ent_topic_parameter ent_strategy_parameter;

enum { ENT_STRATEGY_PARAMETERS = 8 };

typedef enum ent_answer { ENT_REJECT, ENT_ACCEPT, ENT_WALK_OUT } ent_answer;

typedef struct ent_strategy ent_strategy;

/* Seconds that a turn takes: so many, or drawn evenly from least to most (haggle/clock.h). */
typedef struct ent_turn_cost {
    double least, most;
    bool stated; /* for this strategy; otherwise what the rules say of all holds */
    bool real;   /* what its answers take in fact */
} ent_turn_cost;

/* One party at the table, as its strategy sees it. */
typedef struct ent_haggler {
    const ent_strategy *strategy;
    const double *parameter; /* in the order of the strategy's rows */
    const ent_haggle_table *table;
    const ent_haggle_side *side; /* its own */
    uint32_t party, round, rounds;
    uint32_t left;  /* rounds that it may expect to have a turn in, this one among them */
    double time;    /* ent_relative_time() of this turn */
    const struct ent_haggle_rules *rules;
    const double *when; /* [offer_count] seconds at which they were made; NULL: no clock */
    ent_stream random;
    const ent_haggle_offer *offers; /* all so far, of all parties */
    uint32_t offer_count;
    ent_turn_cost cost;
    /* Seconds: when its first turn began and this one did, and what its turns took so far. */
    double first_turn, began, taken;
    void *state; /* `room` bytes, zeroed once, kept from one negotiation to the next */
} ent_haggler;

struct ent_strategy {
    const char *name, *summary, *detail, *source; /* as in ent_topic */
    const ent_strategy_parameter *parameters;
    uint32_t parameter_count;
    /* Bytes of state; NULL: none. */
    size_t (*room)(const ent_haggle_table *table, uint32_t party, uint32_t rounds);
    void (*begin)(ent_haggler *h); /* or NULL */
    ent_answer (*answer)(ent_haggler *h, uint32_t entry);
    /* The entry offered; ENT_NO_ENTRY walks out. */
    uint32_t (*propose)(ent_haggler *h);
    /* What it holds of the others' values; NULL: no such model, or none with these parameters. */
    struct ent_opponent *(*model)(const ent_haggler *h);
    size_t state_size; /* where there is no room(): bytes of state */
    struct ent_plugin *plugin; /* of a strategy from a shared object; NULL: one of ours */
    /* The calling program's: it is asked about many negotiations at once (together.h) alone. */
    const ent_caller_strategy *caller;
};

/* A strategy with its parameters filled in. */
typedef struct ent_chosen_strategy {
    const ent_strategy *strategy;
    double parameter[ENT_STRATEGY_PARAMETERS];
    ent_turn_cost cost; /* `step-cost=0.02`, which every strategy takes */
    const char *text; /* as it was asked for */
} ent_chosen_strategy;

/* Sorted by name. */
extern const ent_strategy *const ent_strategies[];
extern const size_t ent_strategy_count;

/* Read `name` or the path of a shared object (one with a `/`), or `name:key=value:key=value`. */
ent_status ent_choose_strategy(ent_work *work, const char *text, ent_chosen_strategy *chosen);
/* Read several, separated by commas: (*chosen)[*count]. */
ent_status ent_choose_strategies(ent_work *work, const char *text,
                                 const ent_chosen_strategy **chosen, size_t *count);
/* The same with those of shared objects in processes apart (see plugin.h); apart may be NULL. */
ent_status ent_choose_apart(ent_work *work, const char *text, const ent_apart *apart,
                            const ent_chosen_strategy **chosen, size_t *count);

/* ---- What strategies are written with ------------------------------------------------------ */

/*
 * The entry to offer for a value of `want`: among the outcomes in the party's order from `first`
 * on, the worst that is worth at least `want`, or its lower neighbour where that is nearer and at
 * most 1e-6 short. ENT_NO_ENTRY where there is none. O(log count).
 */
uint32_t ent_haggle_worst_of(const ent_haggler *h, uint32_t first, double want);
/* The value that a concession 0 (none) to 1 (down to the floor) leaves the party. */
double ent_haggle_target(const ent_haggle_side *side, double aspiration);
/* The last offer of another party, or of this one; NULL if none. O(parties). */
const ent_haggle_offer *ent_haggle_last(const ent_haggler *h, bool own);

#endif
