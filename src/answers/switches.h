/*
 * Switches: an account with one statement switched, or as the record stood at the end of an earlier
 * day, each with a picture of its deals. What a page without an engine can show at a click.
 */
#ifndef ENT_ANSWERS_SWITCHES_H
#define ENT_ANSWERS_SWITCHES_H

#include "answers/picture.h"

typedef enum ent_switch { ENT_SWITCH_WITHOUT, ENT_SWITCH_WITH, ENT_SWITCH_AS_OF } ent_switch;

/* An account with one thing switched. */
typedef struct ent_switched {
    ent_switch kind;
    uint32_t statement; /* as-of: one that was made on the day */
    bool consistent;
    const bool *in;             /* [statements] */
    const ent_picture *picture; /* NULL where not consistent; that of the account where the same */
} ent_switched;

enum { ENT_SWITCH_DAYS = 12 }; /* earlier days at most */

/*
 * All of them, in the order of the statements, then of the days: (*list)[*count]. picture: that of
 * the account. Its zone and those of the switches are told as influence tells them: the zone on all
 * worlds and the change on fewer. Cost: a draw and a sweep of the variants' worlds for each.
 */
ent_status ent_switch_each(ent_work *work, const ent_analysis *analysis, size_t account,
                           const ent_picture *picture, const ent_switched **list, size_t *count);

#endif
