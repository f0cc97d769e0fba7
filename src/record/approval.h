/*
 * A voting rule on an approver: a council that consents when enough of its members do and none of
 * those with a veto refuses (`approval: {votes: 9, of: 15, members: [...], veto: [...]}`).
 */
#ifndef ENT_RECORD_APPROVAL_H
#define ENT_RECORD_APPROVAL_H

#include "record/case.h"

typedef struct ent_approval {
    uint32_t votes; /* needed, 1..of */
    uint32_t of;    /* members in all, named or not */
    const uint32_t *members; /* [member_count] parties of the case that sit on it */
    const bool *veto;        /* [member_count] */
    uint32_t member_count;   /* at most `of` */
} ent_approval;

/* What the members that are named settle; the others' votes are not known. */
typedef enum ent_consent { ENT_CONSENT_NO, ENT_CONSENT_OPEN, ENT_CONSENT_YES } ent_consent;

/*
 * accepts[parties of the case]. NO: a veto, or too few votes even with all that are not named. YES:
 * enough votes without them, though only where nobody unnamed could veto (veto members are named).
 */
ent_consent ent_approval_of(const ent_approval *approval, const bool *accepts);

#endif
