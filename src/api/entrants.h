/* The scenarios that a list of inputs stands for, each with the profiles that are named for it. */
#ifndef ENT_API_ENTRANTS_H
#define ENT_API_ENTRANTS_H

#include "api/asked_scenario.h"

/* A scenario that takes part. */
typedef struct ent_entrant {
    const char *path;
    ent_paths profiles; /* none: all */
} ent_entrant;

typedef struct ent_entrants {
    ent_entrant *at;
    size_t count, room;
} ent_entrants;

/*
 * A profile among the inputs, by its path or its name in the scenario's folder, takes part in the
 * scenario before it. A folder that is no scenario stands for those below it, and takes none. U103.
 */
ent_status ent_find_entrants(const ent_asking *asking, ent_entrants *found);
/* The profiles by their names, a line each, for what a tournament is known by. */
void ent_put_profiles(ent_buffer *b, const ent_entrant *entrant);

#endif
