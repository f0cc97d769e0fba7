/*
 * The search for one party's disputes, in terms of its groups of rows (beliefs.h). Worlds of the
 * parties are independent, so each party is searched by itself.
 */
#ifndef ENT_WORLDS_EXPLORE_H
#define ENT_WORLDS_EXPLORE_H

#include "worlds/beliefs.h"
#include "worlds/unexplored.h"

/* A minimal inconsistent set of groups, ascending. */
typedef struct ent_mus {
    uint32_t *groups;
    size_t count;
} ent_mus;

typedef struct ent_exploration {
    ent_work *work;
    const ent_party_rows *party;
    ent_asker asker;
    ent_map *map;
    struct {
        ent_mus *at;
        size_t count, room;
    } found;
    struct {
        ent_mus *at; /* what a maximal consistent set leaves out */
        size_t count, room;
    } complements;
    size_t most;       /* disputes to stop at */
    uint64_t programs; /* linear programs to stop at */
    bool patient;      /* go on until a limit, however little turns up */
    bool complete;     /* found holds all of them */
    bool *in;          /* [party->count] scratch */
    uint32_t *list;    /* [party->count] scratch */
} ent_exploration;

ent_exploration ent_explore_begin(ent_work *work, const ent_party_rows *party, size_t most,
                                  uint64_t programs);
/*
 * Find disputes until all are found or a limit is reached. ENT_CANCELLED when asked to stop.
 * Without `patient` the search also ends when a long run of consistent sets has turned nothing up.
 */
ent_status ent_explore(ent_exploration *e);
/*
 * Ask about the set in e->in and learn from the answer: true where it is consistent; otherwise a
 * new dispute is appended to found. maximal: where consistent, it is so maximally.
 */
bool ent_explore_set(ent_exploration *e, bool maximal);
/* Has a limit been reached? */
bool ent_explore_over(const ent_exploration *e);

/*
 * After a search that has not ended: the greatest s for which it could be proved that all disputes
 * of at most s groups are found (certify.c). May find more on the way, and may end the search.
 */
size_t ent_certify(ent_exploration *e);

#endif
