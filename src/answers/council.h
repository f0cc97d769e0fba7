/*
 * Councils: approvers with a voting rule (record/approval.h). In a world a council consents to an
 * outcome iff at least `votes` of its members accept it and none of those with a veto refuses.
 * Members are parties with stakes of their own; given an account their worlds are independent, so
 * that the share in which a council consents follows from its members' shares.
 *
 * Members that accept every outcome in every world (nothing to lose, no reservation, no line) are
 * counted in advance. A council is *implied* where every outcome that suits the deciders has its
 * consent: such a one costs the sweep and the searches nothing.
 */
#ifndef ENT_ANSWERS_COUNCIL_H
#define ENT_ANSWERS_COUNCIL_H

#include "model/acceptance.h"
#include "record/approval.h"
#include "worlds/sampler.h"

typedef struct ent_council {
    uint32_t party;
    const bool *asked;  /* [issues] that need its consent */
    uint32_t votes;     /* that the members below must bring */
    uint64_t members;   /* bits of parties whose votes differ between worlds */
    uint64_t vetoes;    /* those of them with a veto */
    uint32_t unmodelled; /* seats of parties that are not in the case */
    bool implied;
} ent_council;

typedef struct ent_councils {
    const ent_council *at; /* in the order of the parties */
    size_t count;
    size_t binding;   /* how many are not implied */
    uint64_t members; /* of those that are not implied */
} ent_councils;

ent_councils ent_councils_of(ent_arena *arena, const ent_case *c, const ent_stakes *const *stakes,
                             ent_unnamed unnamed);

/* Nothing to lose and no reservation: lines aside, it accepts every outcome in every world. */
bool ent_always_accepts(const ent_stakes *stakes);
/* Does the council consent where exactly these parties accept? */
bool ent_council_consents(const ent_council *council, uint64_t accepting);
/* The share of worlds in which it does: share[parties]. */
double ent_council_share(const ent_council *council, const double *share);
/* The council of the party, or NULL. */
const ent_council *ent_council_called(const ent_councils *councils, uint32_t party);

/* Is an issue off the status quo that the list names? */
bool ent_is_touched(const bool *issues, uint32_t issue_count, const uint64_t *levels);
/* Does the deal need this party's own acceptance? A council is asked through its members. */
bool ent_party_votes(const ent_party *party, uint32_t issue_count, const uint64_t *levels);

/*
 * The share of worlds in which all that the deal asks accept: share[parties], of which those of
 * councils are not read. Exact, parties being independent: deciders, approvers and vetoes must all
 * accept; the votes of the other members are counted by dynamic programming over the votes that
 * each council still needs. O(members * votes) for a council.
 */
double ent_joint_share(const ent_case *c, const ent_councils *councils, const uint64_t *levels,
                       const double *share);

#endif
