/*
 * What a party learns of the other side's values from its offers, by one of several models: each is
 * one file that ends in a const record, and one row in opponent.c. All other parties count as one,
 * but for what an offer changes: it is held against the last of the same party.
 */
#ifndef ENT_HAGGLE_OPPONENT_H
#define ENT_HAGGLE_OPPONENT_H

#include "haggle/kendall.h"
#include "haggle/strategy.h"

typedef struct ent_opponent ent_opponent;

typedef struct ent_opponent_model {
    const char *name, *summary;
    /* Doubles of room; 0: there is nothing that it could learn from. */
    size_t (*room)(const ent_haggle_table *table);
    void (*begin)(ent_opponent *o, const ent_haggle_table *table);
    /* Take in an offer: its levels are in o->now, its maker's last ones in o->before. */
    void (*take_in)(ent_opponent *o, const ent_haggle_table *table);
    /* The value of the outcome in o->now, 0 to 1. */
    double (*value)(const ent_opponent *o, const ent_haggle_table *table);
} ent_opponent_model;

extern const ent_opponent_model ent_opponent_bayes;
extern const ent_opponent_model ent_opponent_frequency;

struct ent_opponent {
    const ent_opponent_model *model;
    uint32_t seen;   /* offers of the negotiation taken in */
    bool blind;      /* there are no issues, or too many levels, to learn from */
    bool any;        /* some offer has been taken in */
    uint64_t *last;  /* [parties][issues] the levels of each one's last offer */
    uint64_t *now;   /* [issues] */
    const uint64_t *before; /* [issues] of `last`; NULL: its maker's first offer */
    double time;     /* at which it was made */
    uint32_t *first; /* [issues] where an issue begins among all levels */
    double *own;     /* the model's room */
};

/* The sum of the levels of all issues; 0 where that is more than `most`. */
size_t ent_opponent_levels(const ent_haggle_table *table, size_t most);

/* Bytes behind the ent_opponent, and its start there; call begin before each negotiation. */
size_t ent_opponent_room(const ent_opponent_model *model, const ent_haggle_table *table);
void ent_opponent_begin(ent_opponent *o, const ent_opponent_model *model,
                        const ent_haggle_table *table, void *room);
/* Take in the offers since the last call. */
void ent_opponent_learn(ent_opponent *o, const ent_haggler *h);
/* The estimated value of an entry to the others, 0 to 1; 0.5 where blind. */
double ent_opponent_value(ent_opponent *o, const ent_haggle_table *table, uint32_t entry);

/* Outcomes that a model is held against; of more so many, evenly spread over the table. */
enum { ENT_KNOWN_OUTCOMES = 100000 };
/*
 * How well the party knows the other side's values: (tau + 1) / 2, tau being Kendall's between its
 * model's estimates and the truth over the outcomes; 0 where it holds no model, or one in which all
 * outcomes are alike (NegMAS's kendall_optimality). at, room: ENT_KNOWN_OUTCOMES or all outcomes.
 * O(outcomes * (issues + log(outcomes))).
 */
double ent_opponent_known(const ent_haggler *h, const ent_haggle_side *other, ent_seen_twice *at,
                          ent_seen_twice *room);

/*
 * Among the outcomes worth at least `want` to the party, up to `window` from there in its order,
 * that which the others are thought to like best. ENT_NO_ENTRY where there is none.
 */
uint32_t ent_opponent_best(ent_opponent *o, const ent_haggler *h, double want, uint32_t window);
/*
 * The party's own value at the estimated Nash point, over at most 2,048 of its rational outcomes,
 * evenly spread; its best where none is thought to be worth anything to the others.
 */
double ent_opponent_nash(ent_opponent *o, const ent_haggler *h);

#endif
