/*
 * Menu (docs/MODEL.md 5.10): several packages tabled together, multiple equivalent simultaneous
 * offers (Medvec, Leonardelli, Galinsky, Claussen-Schulz, "Choice and achievement at the bargaining
 * table", 2005). Of all available packages the k such that in most worlds all accept one of them.
 */
#ifndef ENT_ANSWERS_MENU_H
#define ENT_ANSWERS_MENU_H

#include "answers/candidates.h"
#include "answers/cover.h"

enum { ENT_MENU_MOST = ENT_COVER_MOST };

/* A package of a menu, and what it adds to those that stand before it. */
typedef struct ent_menu_item {
    ent_deal deal;
    double adds; /* share of worlds in which all accept it and none before it; first: its joint */
    /*
     * For whom: the party that in most of these worlds would take none of those before it, and the
     * share of these worlds in which that is so; ENT_NONE for the first.
     */
    uint32_t party;
    double refuses;
} ent_menu_item;

typedef struct ent_menu {
    size_t size;
    double share, error; /* of worlds in which all accept at least one; error: standard error */
    bool proved;         /* no menu of this size does better in the worlds that were drawn */
    const ent_menu_item *items; /* [size] what adds most first */
} ent_menu;

typedef struct ent_menus {
    ent_best best;
    const ent_menu *at; /* sizes 1, 2, ...; fewer than asked where no more packages help */
    size_t count;
    size_t candidates;  /* packages looked at */
    bool complete;      /* they are all that all accept in some world */
} ent_menus;

/*
 * Menus of 1 to `most` packages. share(M) = joint share of the best package + (share of paired
 * worlds in which M suits all - share in which the best does): the best package is the control
 * variate, as for the zone, so that shares grow with the size and never pass the zone.
 * Cost: a bit of each candidate and world, then branch and bound (answers/cover.h).
 */
ent_status ent_answer_menu(ent_work *work, const ent_analysis *analysis, size_t account,
                           size_t most, ent_menus *menus);

#endif
