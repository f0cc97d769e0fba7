/* Work whose messages nobody sees: for what is tried, and left out where it does not apply. */
#ifndef ENT_ANSWERS_QUIET_H
#define ENT_ANSWERS_QUIET_H

#include "base/work.h"

/* The same work with diagnostics of its own, which go with the arena. */
ent_work ent_quietly(const ent_work *work);

/*
 * Call body with a work like this one whose memory goes when it returns: what is to stay, body
 * writes where the caller has room. Out of memory is told as by any allocation of the caller's.
 */
ent_status ent_beside(const ent_work *work, ent_status (*body)(ent_work *beside, void *argument),
                      void *argument);

#endif
