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
    uint32_t others;     /* of those that are not named: how many are taken to vote for */
    const char *because; /* why so many, or NULL */
    ent_pos pos;
} ent_approval;

/* What the members that are named settle; the others' votes are not known. */
typedef enum ent_consent { ENT_CONSENT_NO, ENT_CONSENT_OPEN, ENT_CONSENT_YES } ent_consent;

/*
 * accepts[parties of the case]. NO: a veto, or too few votes even with all that are not named. YES:
 * enough votes without them, though only where nobody unnamed could veto (veto members are named).
 */
ent_consent ent_approval_of(const ent_approval *approval, const bool *accepts);

/* How those vote that are not named. */
typedef enum ent_unnamed {
    ENT_UNNAMED_STATED,  /* as many as `others` says vote for */
    ENT_UNNAMED_AGAINST, /* all against: what is certain without them */
    ENT_UNNAMED_FOR,     /* all for: what is not ruled out */
} ent_unnamed;

/* Votes that the named members must bring; 0 where those that are not named are enough. */
uint32_t ent_approval_needed(const ent_approval *approval, ent_unnamed unnamed);

#endif
