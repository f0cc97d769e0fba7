/*
 * Who accepts what, in which worlds: the one home of acceptance (docs/MODEL.md 2, 3). A party
 * accepts an outcome iff v >= b, a tie included (model/acceptance.h), and it keeps to each of the
 * party's lines. An outcome suits all iff every decider accepts it, every approver one of whose
 * issues it moves, and every council that it asks has its votes: nobody is asked twice.
 */
#ifndef ENT_ANSWERS_ACCEPT_H
#define ENT_ANSWERS_ACCEPT_H

#include "answers/analysis.h"
#include "model/acceptance.h"

/* A party as one that accepts or refuses. */
typedef struct ent_voter {
    const ent_stakes *stakes;
    const ent_world_set *set;
    const bool *asked; /* [issues] asked only about outcomes off these; NULL: about every outcome */
    ent_lines lines;   /* its own: what crosses one it accepts in no world */
} ent_voter;

/* Those whose acceptance is looked at together. */
typedef struct ent_voters {
    ent_voter *at;
    uint32_t *party; /* [count] of the case */
    size_t count;
    const ent_councils *councils; /* NULL: none. Members of those that bind are among the voters */
} ent_voters;

enum { ENT_MOST_VOTERS = 64 };

/* The party under an account, asked about every outcome. */
ent_voter ent_voter_of(const ent_analysis *analysis, size_t account, uint32_t party);
/*
 * The parties whose acceptance may be needed, in the order of the case: deciders, approvers without
 * a voting rule, and members of the councils that bind, who are never asked for themselves.
 */
ent_voters ent_voters_of(ent_arena *arena, const ent_analysis *analysis, size_t account);

/* Does the deal need the party's acceptance, or the council's consent? */
bool ent_party_asked(const ent_party *party, uint32_t issue_count, const uint64_t *levels);

/* Does the voter accept the outcome in the world? O(k). */
bool ent_accepts(const ent_space *space, const ent_voter *voter, uint32_t world,
                 const uint64_t *levels);
/* The worlds in which it does. O(worlds * k). */
uint32_t ent_count_accepting(const ent_space *space, const ent_voter *voter,
                             const uint64_t *levels);
/* The same, and which they are: yes[worlds]. */
uint32_t ent_mark_accepting(const ent_space *space, const ent_voter *voter,
                            const uint64_t *levels, uint8_t *yes);

/*
 * What one outcome comes to in the voters' worlds: suits[worlds] is 1 where all that it asks accept
 * it, each asked once, and yes[v][worlds] where the voter does, asked or not.
 */
typedef struct ent_suited {
    uint8_t *suits;
    uint8_t **yes;
} ent_suited;
ent_suited ent_mark_suited(ent_arena *arena, const ent_case *c, const ent_voters *voters,
                           uint32_t worlds, const uint64_t *levels);

#endif
