/*
 * Suppositions (docs/MODEL.md 5.14): claims that are believed in every account before all others
 * and are never written to the case.
 */
#ifndef ENT_RECORD_SUPPOSE_H
#define ENT_RECORD_SUPPOSE_H

#include "record/case.h"

/*
 * The case with one statement more for each claim, behind the others: id "supposed-1", "-2", ...,
 * with its text for words, without date or source, of the side ENT_SIDE_SUPPOSED. All else is
 * shared with `c`.
 */
const ent_case *ent_case_suppose(ent_arena *arena, const ent_case *c, const ent_claim *claims,
                                 const char *const *texts, size_t count);

static inline bool ent_is_supposed(const ent_statement *statement)
{
    return statement->side == ENT_SIDE_SUPPOSED;
}

/* How many statements stand on record: those before the suppositions. */
static inline uint32_t ent_recorded(const ent_case *c)
{
    uint32_t count = c->statement_count;
    while (count > 0 && ent_is_supposed(&c->statements[count - 1])) {
        count--;
    }
    return count;
}

#endif
