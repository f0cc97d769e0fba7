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

/* Does the claim say that an outcome is accepted which reaches the package? */
static bool is_ruled_out(const ent_case *c, const ent_claim *claim, const ent_package *package,
                         uint64_t *outcome)
{
    return ent_claim_accepts(c, claim, outcome) && ent_outcome_reaches(&c->space, outcome, package);
}

/* The first claim of the statement that the package rules out, or NULL. */
static const ent_claim *ruled_out(const ent_case *c, const ent_statement *s,
                                  const ent_package *package, uint64_t *outcome)
{
    for (size_t j = 0; j < s->claim_count; j++) {
        if (is_ruled_out(c, &s->claims[j], package, outcome)) {
            return &s->claims[j];
        }
    }
    return NULL;
}

static void find_clashes(ent_arena *arena, const ent_case *c, const bool *on, clash_list *list)
{
    ent_bans bans = ent_bans_of(arena, c, on);
    uint64_t *outcome = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    uint32_t *seen = ent_alloc(arena, c->statement_count + 1, uint32_t); /* by which ban, + 1 */
    for (size_t b = 0; b < bans.count; b++) {
        for (uint32_t i = 0; i < c->statement_count; i++) {
            if (!on[i] || seen[i] == bans.statement[b] + 1) {
                continue;
            }
            const ent_claim *claim = ruled_out(c, &c->statements[i], &bans.at[b], outcome);
            if (claim != NULL) {
                seen[i] = bans.statement[b] + 1;
                *ent_push(arena, list) = (ent_clash){bans.statement[b], i, claim->party};
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
