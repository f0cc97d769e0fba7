/* Memory that goes when one step of an answer is done, for what is many times the answer. */
#ifndef ENT_ANSWERS_SCRATCH_H
#define ENT_ANSWERS_SCRATCH_H

#include "base/work.h"

/*
 * Call body with the same work but for an arena of its own, which goes when the body has returned,
 * whatever the way. What is to stay is allocated in the caller's own arena.
 */
ent_status ent_with_scratch(ent_work *work, ent_status (*body)(ent_work *scratch, void *argument),
                            void *argument);

#endif
