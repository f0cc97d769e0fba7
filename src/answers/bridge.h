/*
 * Bridge (docs/MODEL.md 5.3): how far the sides' last positions are from the deals that would suit
 * them, who would have to move on what, what it costs them, and what in the record would have to be
 * otherwise where no moves are enough.
 */
#ifndef ENT_ANSWERS_BRIDGE_H
#define ENT_ANSWERS_BRIDGE_H

#include "answers/deals.h"

/* A side's last package: its latest offer, demand, hold or acceptance in the account. */
typedef struct ent_position {
    uint32_t party;
    uint32_t statement, claim; /* where it stands; ENT_NONE: the account holds no position */
    bool own;                  /* said by its own side; false: reported about it by others */
    bool open;                 /* it leaves open what was not said, and is used as if closed */
    ent_deal deal;             /* the package as a deal, with its shares (levels NULL if none) */
} ent_position;

/* One change of a package: an issue from one level to another; of an item, that item alone. */
typedef struct ent_move {
    uint32_t issue;
    uint32_t item;     /* of an issue with items; ENT_NONE otherwise */
    uint64_t from, to; /* levels; for an item 0 and 1 */
    uint32_t mover;    /* who gives up by it what it asked or offered; ENT_NONE: nobody does */
    double cost;       /* how much of the mover's own share this move alone takes (0..1) */
} ent_move;

/* From a position to a deal. */
typedef struct ent_crossing {
    uint32_t from;         /* index of the position */
    ent_deal deal;
    const ent_move *moves; /* by issue, then item */
    size_t count;
} ent_crossing;

/* A change of the record. One of the three kinds; the others are empty or ENT_NONE. */
typedef struct ent_record_change {
    uint32_t without[2]; /* statements taken out; ENT_NONE where fewer */
    uint32_t with;       /* a statement that the account leaves out, believed instead */
    uint32_t party;      /* whose reservation value would be ... */
    double reservation;  /* ... at most this */
    ent_deal deal;       /* the best single deal then, with its shares then; no verdicts */
    double zone;         /* the zone share then; NaN where not computed (reservation) */
    bool opens;          /* the joint share of that deal reaches the threshold */
} ent_record_change;

enum { ENT_BRIDGE_TARGETS = 3, ENT_BRIDGE_SETS = 3, ENT_BRIDGE_CHANGES = 8 };

typedef struct ent_bridge {
    double threshold;
    const ent_position *positions; /* one for each decider, in party order */
    size_t position_count;
    const ent_deal *targets; /* a few good deals that differ from each other in several moves */
    size_t target_count;
    const ent_crossing *crossings; /* from every position to every target, target by target */
    size_t crossing_count;
    /*
     * The fewest moves that lift a position to a joint share >= threshold: for each position in
     * turn at most ENT_BRIDGE_SETS, all of the same number of moves, best joint share first.
     */
    const ent_crossing *smallest;
    size_t smallest_count;
    bool proved; /* there is no smaller set; false where the space is searched, not swept */
    const ent_record_change *changes; /* what would lift the best joint share most; openers first */
    size_t change_count;              /* 0 where `smallest` is not empty */
    uint32_t change_worlds; /* worlds that the changes were computed with */
} ent_bridge;

ent_status ent_answer_bridge(ent_work *work, const ent_analysis *analysis, size_t account,
                             ent_bridge *bridge);

#endif
