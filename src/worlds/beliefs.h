/*
 * A record as the consistency oracle sees it: for each party the statements that put rows on its
 * unknowns, and the pairs of statements of which one rules out what the other says is accepted.
 */
#ifndef ENT_WORLDS_BELIEFS_H
#define ENT_WORLDS_BELIEFS_H

#include "worlds/consistency.h"

/* The rows that one statement puts on one party's unknowns; at least one. */
typedef struct ent_group {
    uint32_t statement;
    const ent_row *const *rows;
    size_t count;
} ent_group;

typedef struct ent_party_rows {
    const ent_stakes *stakes;
    const ent_group *groups; /* by statement, ascending */
    size_t count, rows;
} ent_party_rows;

/* `cannot` against acceptance. Both may be the same statement. */
typedef struct ent_clash {
    uint32_t ban, accept; /* statements */
    uint32_t party;       /* who is said to accept */
} ent_clash;

typedef struct ent_beliefs {
    const ent_case *c;
    const ent_party_rows *parties; /* [party_count] */
    const ent_clash *clashes;      /* by (ban, accept), each pair once */
    size_t clash_count;
} ent_beliefs;

/* Of the statements that are on. Cost: the rows, and bans times acceptances. */
ent_beliefs ent_beliefs_of(ent_arena *arena, const ent_case *c, const bool *on);

/* The statement's rows about the party, NULL if there are none. O(log statements). */
const ent_group *ent_beliefs_group(const ent_beliefs *beliefs, uint32_t party, uint32_t statement);

/* What asks one party's oracle about sets of groups; buffers are kept between questions. */
typedef struct ent_asker {
    ent_arena *arena;
    const ent_party_rows *party;
    ent_oracle *oracle;
    const ent_row **rows; /* [party->rows] */
    uint32_t *owner;      /* [party->rows] the group that each row asked last belongs to */
    uint32_t *spare;      /* [party->count] scratch */
    bool *mark;           /* [party->count] scratch */
} ent_asker;
ent_asker ent_asker_of(ent_arena *arena, const ent_party_rows *party);

/* Are the groups consistent? */
ent_feasibility ent_ask_groups(ent_asker *asker, const uint32_t *groups, size_t count);

/*
 * Make an inconsistent list of groups minimal, in place; the first `fixed` stay whatever happens
 * (the rest is then a minimal set that collides with them). Returns the new count. The order of
 * those that stay is kept. About one program for each group that the certificate leaves.
 */
size_t ent_shrink_groups(ent_asker *asker, uint32_t *groups, size_t count, size_t fixed);

#endif
