/* Topics: the rows of other tables that options name, as the public header gives them out. */
#ifndef ENT_API_TOPICS_H
#define ENT_API_TOPICS_H

#include "entente.h"

/* The topic of the name, and its kind; false where there is none. */
bool ent_find_topic(const char *name, size_t *kind, ent_topic *topic);

#endif
