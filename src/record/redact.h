/*
 * Redaction: a case without what is marked `private: true`, for those who may not see it. Nothing
 * else of the program knows what is private: a case is redacted when it is read, written out anew
 * and read again, so that no answer, message, position or fingerprint comes from more than is left.
 */
#ifndef ENT_RECORD_REDACT_H
#define ENT_RECORD_REDACT_H

#include "base/work.h"
#include "record/case.h"

/*
 * The case without what is private. A statement or assumption is private if it is marked or its
 * source is; a figure of `sizes` if its source is; a person who says nothing else, a named package
 * that nothing else names, and an account that believes nothing else go with them.
 *   ENT_REDACT_ALL    all of these are gone, and so are marked reservations: what is left is what
 *                     would be there had nobody written them.
 *   ENT_REDACT_WORDS  statements keep date, side, grade and claims, and the numbers stay what they
 *                     are; their words, names, speakers and sources are gone. Reservations stay.
 * Comments are no part of a case. Positions are those of the old text. O(case).
 */
ent_case *ent_redact(ent_arena *arena, const ent_case *c, ent_redaction how);

/*
 * What ENT_REDACT_ALL takes out of the case, by index, and how many of each kind that are. What is
 * supposed is nobody's words: the last statements may be that, and are left aside. O(case).
 */
typedef struct ent_private {
    const bool *statements, *packages, *accounts;
    ent_withheld count;
} ent_private;
ent_private ent_find_private(ent_arena *arena, const ent_case *c);

/* The kinds of what is withheld, by name. */
typedef struct ent_withheld_name {
    const char *one, *many;
    size_t offset; /* of the count in ent_withheld */
} ent_withheld_name;
enum { ENT_WITHHELD_KINDS = 8 };
extern const ent_withheld_name ent_withheld_names[ENT_WITHHELD_KINDS];
uint32_t ent_withheld_count(const ent_withheld *w, int kind);
bool ent_withheld_is_none(const ent_withheld *w);
/* "2 statements and 1 source", "nothing". */
const char *ent_withheld_text(ent_arena *arena, const ent_withheld *w);

#endif
