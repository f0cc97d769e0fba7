/* Work whose messages nobody sees: for what is tried, and left out where it does not apply. */
#ifndef ENT_ANSWERS_QUIET_H
#define ENT_ANSWERS_QUIET_H

#include "base/work.h"

/* The same work with diagnostics of its own, which go with the arena. */
ent_work ent_quietly(const ent_work *work);

#endif
