/*
 * A record as the consistency oracle sees it: for each party the statements that put rows on its
 * unknowns, and the pairs of claims of which one rules out what the other says is accepted.
 */
#ifndef ENT_WORLDS_BELIEFS_H
#define ENT_WORLDS_BELIEFS_H

#include "worlds/consistency.h"
#include "worlds/lines.h"

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

/*
 * A line against an acceptance: `never` and `requires` of a party against what it accepts, `cannot`
 * against what a party that gives it accepts. Both may stand in the same statement.
 */
typedef struct ent_clash {
    uint32_t line, accept; /* statements */
    uint32_t line_claim, accept_claim;
    uint32_t party; /* who is said to accept */
    ent_obstacle by;
} ent_clash;

typedef struct ent_beliefs {
    const ent_case *c;
    const ent_party_rows *parties; /* [party_count] */
    const ent_clash *clashes;      /* by line, then by acceptance, in the order of the file */
    size_t clash_count;
} ent_beliefs;

/* Of the statements that are on. Cost: the rows, and lines times acceptances. */
ent_beliefs ent_beliefs_of(ent_arena *arena, const ent_case *c, const bool *on);

/*
 * Does the line stand against the acceptance, with these issues left open in it (open[issues] or
 * NULL)? Only if every way to fill them in crosses it.
 */
bool ent_claims_clash(const ent_case *c, const ent_claim *line, const ent_claim *accept,
                      const bool *open, uint64_t *scratch);

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
