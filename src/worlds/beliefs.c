#include "worlds/beliefs.h"

#include "worlds/dispute.h"

#include <string.h>

typedef struct row_list {
    const ent_row **at;
    size_t count, room;
} row_list;

typedef struct group_list {
    ent_group *at;
    size_t count, room;
} group_list;

/* The rows of a statement about a party; count 0 if there are none. */
static ent_group group_of(ent_arena *arena, const ent_case *c, const ent_stakes *stakes,
                          uint32_t statement)
{
    const ent_statement *s = &c->statements[statement];
    ent_rows rows = {0};
    for (uint32_t j = 0; j < s->claim_count; j++) {
        if (s->claims[j].party == stakes->party) {
            ent_claim_rows(arena, c, stakes, statement, j, &rows);
        }
    }
    row_list list = {0};
    for (size_t i = 0; i < rows.count; i++) {
        *ent_push(arena, &list) = &rows.at[i];
    }
    return (ent_group){statement, list.at, list.count};
}

static ent_party_rows rows_of(ent_arena *arena, const ent_case *c, uint32_t party, const bool *on)
{
    ent_party_rows result = {.stakes = ent_stakes_of(arena, c, party)};
    group_list groups = {0};
    for (uint32_t i = 0; i < c->statement_count; i++) {
        bool about = false;
        for (uint32_t j = 0; on[i] && j < c->statements[i].claim_count; j++) {
            about = about || c->statements[i].claims[j].party == party;
        }
        if (!about) {
            continue;
        }
        ent_group group = group_of(arena, c, result.stakes, i);
        if (group.count > 0) {
            *ent_push(arena, &groups) = group;
            result.rows += group.count;
        }
    }
    result.groups = groups.at;
    result.count = groups.count;
    return result;
}

typedef struct clash_list {
    ent_clash *at;
    size_t count, room;
} clash_list;

/* Is one of the package's issues, off the status quo, given by the party? */
static bool gives_some(const ent_case *c, const ent_package *package, uint32_t party)
{
    for (size_t i = 0; i < package->count; i++) {
        if (package->choices[i].level > 0 &&
            ent_gives(&c->space.issues[package->choices[i].issue], party)) {
            return true;
        }
    }
    return false;
}

/* The accepted outcome with the open issues as low, or as high, as they go. */
static void filled(const ent_case *c, const ent_claim *accept, const bool *open, bool high,
                   uint64_t *outcome)
{
    ent_claim_outcome(c, accept, outcome);
    for (uint32_t i = 0; open != NULL && i < c->space.issue_count; i++) {
        if (open[i]) {
            outcome[i] = high ? c->space.issues[i].levels - 1 : 0;
        }
    }
}

bool ent_claims_clash(const ent_case *c, const ent_claim *line, const ent_claim *accept,
                      const bool *open, uint64_t *scratch)
{
    ent_line_kind kind = ent_verbs[line->verb].line;
    bool about = kind == ENT_LINE_CANNOT ? gives_some(c, &line->package, accept->party)
                                         : line->party == accept->party;
    if (!about || ent_verbs[accept->verb].says != ENT_SAYS_ACCEPTED) {
        return false;
    }
    /* Reaching grows with the level, so the ends of what is open decide. */
    bool required = kind == ENT_LINE_REQUIRES;
    filled(c, accept, open, required, scratch);
    return ent_outcome_reaches(&c->space, scratch, &line->package) != required;
}

typedef struct claim_at {
    const ent_claim *claim;
    uint32_t statement, index;
} claim_at;

typedef struct claim_list {
    claim_at *at;
    size_t count, room;
} claim_list;

static void list_claims(ent_arena *arena, const ent_case *c, const bool *on, claim_list *lines,
                        claim_list *acceptances)
{
    for (uint32_t i = 0; i < c->statement_count; i++) {
        for (uint32_t j = 0; on[i] && j < c->statements[i].claim_count; j++) {
            const ent_claim *claim = &c->statements[i].claims[j];
            if (ent_verbs[claim->verb].line != ENT_LINE_NONE) {
                *ent_push(arena, lines) = (claim_at){claim, i, j};
            } else if (ent_verbs[claim->verb].says == ENT_SAYS_ACCEPTED) {
                *ent_push(arena, acceptances) = (claim_at){claim, i, j};
            }
        }
    }
}

static void find_clashes(ent_arena *arena, const ent_case *c, const bool *on, clash_list *list)
{
    claim_list lines = {0};
    claim_list acceptances = {0};
    list_claims(arena, c, on, &lines, &acceptances);
    uint64_t *scratch = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    for (size_t l = 0; l < lines.count; l++) {
        const claim_at *line = &lines.at[l];
        bool cannot = ent_verbs[line->claim->verb].line == ENT_LINE_CANNOT;
        for (size_t a = 0; a < acceptances.count; a++) {
            const claim_at *accept = &acceptances.at[a];
            if (ent_claims_clash(c, line->claim, accept->claim, accept->claim->open, scratch)) {
                *ent_push(arena, list) =
                    (ent_clash){line->statement,      accept->statement, line->index,
                                accept->index,        accept->claim->party,
                                cannot ? ENT_BY_CANNOT : ENT_BY_LINE};
            }
        }
    }
}

ent_beliefs ent_beliefs_of(ent_arena *arena, const ent_case *c, const bool *on)
{
    ent_party_rows *parties = ent_alloc(arena, c->party_count + 1, ent_party_rows);
    for (uint32_t p = 0; p < c->party_count; p++) {
        parties[p] = rows_of(arena, c, p, on);
    }
    clash_list clashes = {0};
    find_clashes(arena, c, on, &clashes);
    return (ent_beliefs){c, parties, clashes.at, clashes.count};
}

const ent_group *ent_beliefs_group(const ent_beliefs *beliefs, uint32_t party, uint32_t statement)
{
    const ent_party_rows *p = &beliefs->parties[party];
    size_t low = 0;
    size_t high = p->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->groups[middle].statement < statement) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < p->count && p->groups[low].statement == statement ? &p->groups[low] : NULL;
}

ent_asker ent_asker_of(ent_arena *arena, const ent_party_rows *party)
{
    return (ent_asker){arena, party, ent_oracle_create(arena, party->stakes),
                       ent_alloc(arena, party->rows + 1, const ent_row *),
                       ent_alloc(arena, party->rows + 1, uint32_t),
                       ent_alloc(arena, party->count + 1, uint32_t),
                       ent_alloc(arena, party->count + 1, bool)};
}

ent_feasibility ent_ask_groups(ent_asker *asker, const uint32_t *groups, size_t count)
{
    size_t rows = 0;
    for (size_t i = 0; i < count; i++) {
        const ent_group *group = &asker->party->groups[groups[i]];
        for (size_t j = 0; j < group->count; j++) {
            asker->rows[rows] = group->rows[j];
            asker->owner[rows++] = groups[i];
        }
    }
    return ent_oracle_decide(asker->oracle, asker->rows, rows);
}

/* Keep of groups[fixed..count) only those with rows in the certificate. */
static size_t keep_core(ent_asker *asker, const ent_feasibility *found, uint32_t *groups,
                        size_t count, size_t fixed)
{
    for (size_t i = 0; i < found->core_count; i++) {
        asker->mark[asker->owner[found->core[i]]] = true;
    }
    size_t left = fixed;
    for (size_t i = fixed; i < count; i++) {
        if (asker->mark[groups[i]]) {
            groups[left++] = groups[i];
        }
    }
    for (size_t i = 0; i < found->core_count; i++) {
        asker->mark[asker->owner[found->core[i]]] = false;
    }
    return left;
}

/* As ent_shrink_groups; trust: leave out at once what is in no certificate. */
static size_t shrink(ent_asker *asker, uint32_t *groups, size_t count, size_t fixed, bool trust)
{
    ent_feasibility found;
    if (trust) {
        found = ent_ask_groups(asker, groups, count);
        count = keep_core(asker, &found, groups, count, fixed);
    }
    /* What has been found necessary stands before `at`. */
    for (size_t at = fixed; at < count;) {
        uint32_t tried = groups[at];
        memmove(groups + at, groups + at + 1, (count - at - 1) * sizeof *groups);
        found = ent_ask_groups(asker, groups, count - 1);
        if (found.consistent) {
            memmove(groups + at + 1, groups + at, (count - at - 1) * sizeof *groups);
            groups[at++] = tried;
        } else {
            /* Those before `at` are in every minimal set of what is left. */
            count = trust ? keep_core(asker, &found, groups, count - 1, at) : count - 1;
        }
    }
    return count;
}

size_t ent_shrink_groups(ent_asker *asker, uint32_t *groups, size_t count, size_t fixed)
{
    uint32_t *all = asker->spare;
    memcpy(all, groups, count * sizeof *groups);
    size_t left = shrink(asker, groups, count, fixed, true);
    if (ent_ask_groups(asker, groups, left).consistent) {
        /* A certificate was too thin for double precision: without certificates, then. */
        memcpy(groups, all, count * sizeof *groups);
        left = shrink(asker, groups, count, fixed, false);
    }
    return left;
}
