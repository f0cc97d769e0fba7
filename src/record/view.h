/* Which statements of a record count: as of a day, and without those that were withdrawn. */
#ifndef ENT_RECORD_VIEW_H
#define ENT_RECORD_VIEW_H

#include "record/case.h"

/*
 * Settle what was withdrawn: a statement that another one on supersedes counts nowhere, also where
 * that one is itself withdrawn. on[statement_count] is changed; by[statement_count] (may be NULL)
 * says who withdrew it, the newest of several, or ENT_NONE. kept[statement_count] (may be NULL) are
 * not withdrawn whatever was said. O(statements + withdrawals).
 */
void ent_view_settle(ent_arena *arena, const ent_case *c, bool *on, const bool *kept,
                     uint32_t *by);

#endif
