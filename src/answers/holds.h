/*
 * What would hold: the graph model on the outcomes of a case, in every world (docs/MODEL.md 5.8).
 *
 * Alone, a giver can take back the steps that can be undone, and give what it has not given. What
 * is taken back leaves its giver (1 - undo) of its cost, and its getters as much of its value.
 * Giving more costs the giver and harms nobody, unless the issue goes against a stake; where it
 * does not, it changes no verdict and is left out. So the conflict around an outcome has as options
 * the steps that can be taken back and the steps that would hurt somebody else. The rules of the
 * case hold in every state, and none reaches what nobody could do. A party ranks what crosses a
 * line of its own below all that does not. See docs/methods/stability.md.
 */
#ifndef ENT_ANSWERS_HOLDS_H
#define ENT_ANSWERS_HOLDS_H

#include "answers/analysis.h"
#include "answers/stability.h"

enum { ENT_HOLDS_OPTIONS = 14 };

typedef struct ent_held_option {
    uint32_t issue, part;
    const char *id, *text;
    bool given; /* in the outcome: it can be taken back; otherwise it can be given */
    double undo, on;
} ent_held_option;

typedef struct ent_holds {
    const ent_held_option *options;
    uint32_t option_count;
    uint32_t *actors; /* [graph.actors] party indices: those who give one of the options */
    ent_graph graph;  /* of the central world */
    uint32_t state;   /* of the graph: the outcome itself */
    uint32_t worlds;  /* in which it was looked at */
    double (*shares)[ENT_CONCEPTS]; /* [parties] share of worlds in which it is stable */
    double all[ENT_CONCEPTS];       /* ... for all at once */
    uint8_t *verdicts; /* [parties] in the central world, bits of concepts */
    double (*missing)[ENT_CONCEPTS]; /* [parties] how much more the outcome would have to be worth
                                        to the party in the central world; 0 where it is stable,
                                        infinite where it crosses a line of the party */
} ent_holds;

/* One outcome in one account. */
typedef struct ent_held {
    size_t account;
    const uint64_t *levels;
    ent_holds holds;
} ent_held;

/*
 * O(worlds * 2^options * options * parties). levels may be the status quo. ENT_LIMIT where more
 * than ENT_HOLDS_OPTIONS steps are in play.
 */
ent_status ent_answer_holds(ent_work *work, const ent_analysis *analysis, size_t account,
                            const uint64_t *levels, uint32_t worlds, ent_holds *holds);

#endif
