/*
 * The whole answer: the parts that are asked for, for every account of an analysis, under the one
 * budget of its settings. Report, page and single commands take their numbers from here and only
 * render them, so that a question has the same number wherever it is asked.
 *
 * Each list has an entry for every account; where analysis->worlds[i].account is NULL it is empty.
 */
#ifndef ENT_ANSWERS_WHOLE_H
#define ENT_ANSWERS_WHOLE_H

#include "answers/bridge.h"
#include "answers/enquiry.h"
#include "answers/exchange.h"
#include "answers/holds.h"
#include "answers/influence.h"
#include "answers/menu.h"
#include "answers/picture.h"
#include "answers/plan.h"
#include "answers/walk.h"

typedef enum ent_part {
    ENT_PART_DEALS = 1 << 0, /* zone, with its range, and the best packages */
    ENT_PART_PICTURE = 1 << 1,
    ENT_PART_BRIDGE = 1 << 2,
    ENT_PART_INFLUENCE = 1 << 3,
    ENT_PART_PLAN = 1 << 4,
    ENT_PART_WALK = 1 << 5,
    ENT_PART_WALK_INFLUENCE = 1 << 6,
    ENT_PART_HOLDS = 1 << 7,
    ENT_PART_EXCHANGE = 1 << 8,
    ENT_PART_WAYS = 1 << 9, /* menus, and what to ask first */
} ent_part;

typedef struct ent_whole_wish {
    unsigned parts; /* bits of ent_part */
    /*
     * Plan, walk and what holds are left out where a case is not made for them (too many steps or
     * packages, nothing to plan), as on a page that has much else to say; otherwise that is told.
     */
    bool lenient;
    const ent_disputes *disputes; /* that influence settles; NULL: none */
    bool zone_alone; /* influence is on the zone, however little it can move */
    const uint64_t *deal;         /* [issues] to be planned, to hold; NULL: each account's best */
    ent_deals_request deals;
    ent_plan_request plan;        /* `levels` is not read: see `deal` */
    ent_walk_request walk;        /* `party` ENT_NONE: every decider with a stake */
    size_t hold_top;              /* so many of the best packages ... */
    bool hold_positions;          /* ... and where each side last stood */
    ent_exchange_request exchange;
    bool every_measure; /* the map by importance and by each metric (parts where there is none) */
    ent_picture_request picture;
    size_t menu; /* packages of the largest menu */
    ent_enquiry_request enquiry;
} ent_whole_wish;

typedef struct ent_whole {
    const ent_analysis *analysis;
    const ent_disputes *disputes;
    size_t answered; /* the first so many accounts are wholly answered: all but after a break, and
                        packages found until then */
    ent_deals *deals;
    ent_picture *pictures;
    ent_bridge *bridges;
    ent_influence *influences;
    ent_planned *plans;
    ent_menus *menus;
    ent_enquiries *enquiries;
    ent_walked *walks; /* account by account */
    size_t walk_count;
    ent_held *held; /* account by account, no deal first */
    size_t held_count;
    ent_exchange_map **maps; /* [accounts][map_count[i]] */
    size_t *map_count;
} ent_whole;

/* What everybody is shown who does not ask for anything in particular. */
ent_whole_wish ent_usual_wish(unsigned parts);

/*
 * ENT_LIMIT where a part reached a limit: what was found is there. Any other status but ENT_OK: the
 * answer is not whole.
 */
ent_status ent_answer_whole(ent_work *work, const ent_analysis *analysis,
                            const ent_whole_wish *wish, ent_whole *whole);

/*
 * The first account with worlds that believes the same as this one, maybe itself: such accounts are
 * one with several names, whose answers are the same and told once.
 */
size_t ent_first_told(const ent_analysis *analysis, size_t account);
/*
 * Likewise for what rests on last positions: of such accounts the first in which every party last
 * stood where it does here. Whose word goes before a report of it is each account's own.
 */
size_t ent_first_placed(const ent_analysis *analysis, size_t account);

/*
 * Questions, each followed by each package: more pairs are a search of their own, which `ask`
 * makes; a report has none of them, and says so.
 */
#define ENT_USUAL_PAIRS UINT64_C(1000000000)

/* Plans of packages with more steps are a search of their own; whoever is lenient has none. */
enum { ENT_LENIENT_STEPS = 16 };

#endif
