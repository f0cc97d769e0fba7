/*
 * Graph-model files, `.gmcr`: JSON as the GMCR+ and gmcr-py programs save it. Read are `options`
 * (`name`, `permittedDirection`: both, fwd, back), `decisionMakers` (`name`, `options`,
 * `preferences`, `misperceptions`, a ranking of the states by hand), `infeasibles`, `coalitions`,
 * and a `title` where there is one;
 * what else such a file holds is computed by those programs and is passed over.
 */
#ifndef ENT_IO_GMCR_H
#define ENT_IO_GMCR_H

#include "base/text.h"
#include "model/conflict.h"

enum { ENT_GMCR_BYTES = 16 << 20 };

/* All faults are told. ENT_LIMIT when there are more options or actors than the engine takes. */
ent_status ent_read_gmcr(ent_work *work, const ent_text *text, ent_conflict *conflict);
/* Write the conflict as those programs read it. Ranks by hand are written as such. */
void ent_write_gmcr(ent_arena *arena, ent_buffer *out, const ent_conflict *conflict);

#endif
