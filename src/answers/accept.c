#include "answers/accept.h"

#include "base/kernel.h"

#include <string.h>

ent_voter ent_voter_of(const ent_analysis *analysis, size_t account, uint32_t party)
{
    const ent_account_worlds *worlds = &analysis->worlds[account];
    return (ent_voter){.stakes = analysis->stakes[party],
                       .set = &worlds->sets[party],
                       .lines = ent_lines_of_party(&worlds->lines, party)};
}

ent_voters ent_voters_of(ent_arena *arena, const ent_analysis *analysis, size_t account)
{
    const ent_case *c = analysis->c;
    ent_voters voters = {.at = ent_alloc(arena, c->party_count + 1, ent_voter),
                         .party = ent_alloc(arena, c->party_count + 1, uint32_t),
                         .councils = &analysis->councils};
    for (uint32_t p = 0; p < c->party_count; p++) {
        const ent_party *party = &c->parties[p];
        bool member = (analysis->councils.members >> p & 1) != 0;
        if (party->approval == NULL && (party->role != ENT_OBSERVER || member)) {
            ent_voter *voter = &voters.at[voters.count];
            voters.party[voters.count++] = p;
            *voter = ent_voter_of(analysis, account, p);
            if (party->role != ENT_DECIDER) {
                voter->asked = party->approves != NULL
                                   ? party->approves
                                   : ent_alloc(arena, c->space.issue_count + 1, bool);
            }
        }
    }
    return voters;
}

bool ent_party_asked(const ent_party *party, uint32_t issue_count, const uint64_t *levels)
{
    return party->role == ENT_DECIDER ||
           (party->role == ENT_APPROVER && ent_is_touched(party->approves, issue_count, levels));
}

/* ---- Worlds ------------------------------------------------------------------------------- */

/* v - b in each of the worlds from `first` on. */
ENT_KERNEL
static void excess_of(const ent_space *space, const ent_stakes *stakes, const ent_world_set *set,
                      const uint64_t *levels, uint32_t first, uint32_t lanes, float *excess)
{
    for (uint32_t w = 0; w < lanes; w++) {
        excess[w] = 0;
    }
    for (uint32_t g = 0; g < stakes->groups; g++) {
        const ent_issue *issue = &space->issues[stakes->group_issue[g]];
        uint64_t level = levels[stakes->group_issue[g]];
        for (uint32_t u = stakes->group_start[g]; u < stakes->group_start[g + 1]; u++) {
            double on = ent_on(issue, level, stakes->component[u] - issue->first);
            float factor = (float)(stakes->sign[u] * on);
            const float *z = set->z + (size_t)u * set->stride + first;
            for (uint32_t w = 0; on > 0 && w < lanes; w++) {
                excess[w] += factor * z[w];
            }
        }
    }
    for (uint32_t w = 0; w < lanes; w++) {
        excess[w] -= ent_needed(set->b[first + w]);
    }
}

uint32_t ent_mark_accepting(const ent_space *space, const ent_voter *voter,
                            const uint64_t *levels, uint8_t *yes)
{
    enum { LANES = 2048 }; /* long runs of each unknown's column */
    const ent_world_set *set = voter->set;
    uint32_t count = 0;
    float excess[LANES];
    if (!ent_keeps_lines(space, &voter->lines, levels)) {
        if (yes != NULL) {
            memset(yes, 0, set->worlds);
        }
        return 0;
    }
    for (uint32_t first = 0; first < set->worlds; first += LANES) {
        uint32_t lanes = set->worlds - first < LANES ? set->worlds - first : LANES;
        excess_of(space, voter->stakes, set, levels, first, lanes, excess);
        for (uint32_t w = 0; w < lanes; w++) {
            count += excess[w] >= 0;
            if (yes != NULL) {
                yes[first + w] = excess[w] >= 0;
            }
        }
    }
    return count;
}

uint32_t ent_count_accepting(const ent_space *space, const ent_voter *voter,
                             const uint64_t *levels)
{
    return ent_mark_accepting(space, voter, levels, NULL);
}

bool ent_accepts(const ent_space *space, const ent_voter *voter, uint32_t world,
                 const uint64_t *levels)
{
    float excess;
    if (!ent_keeps_lines(space, &voter->lines, levels)) {
        return false;
    }
    excess_of(space, voter->stakes, voter->set, levels, world, 1, &excess);
    return excess >= 0;
}

/* ---- All together -------------------------------------------------------------------------- */

/* Do all councils that are asked consent where exactly these parties accept? */
static bool councils_consent(const ent_case *c, const ent_councils *councils,
                             const uint64_t *levels, uint64_t accepting)
{
    for (size_t k = 0; k < councils->count; k++) {
        const ent_council *council = &councils->at[k];
        if (!council->implied && !ent_council_consents(council, accepting) &&
            ent_is_touched(council->asked, c->space.issue_count, levels)) {
            return false;
        }
    }
    return true;
}

ent_suited ent_mark_suited(ent_arena *arena, const ent_case *c, const ent_voters *voters,
                           uint32_t worlds, const uint64_t *levels)
{
    ent_suited suited = {ent_alloc(arena, (size_t)worlds + 1, uint8_t),
                         ent_alloc(arena, voters->count + 1, uint8_t *)};
    bool *asked = ent_alloc(arena, voters->count + 1, bool);
    bool council = voters->councils != NULL && voters->councils->binding > 0;
    for (size_t v = 0; v < voters->count; v++) {
        const ent_party *party = &c->parties[voters->party[v]];
        asked[v] = ent_party_votes(party, c->space.issue_count, levels);
        suited.yes[v] = ent_alloc(arena, (size_t)voters->at[v].set->worlds + 1, uint8_t);
        (void)ent_mark_accepting(&c->space, &voters->at[v], levels, suited.yes[v]);
    }
    for (uint32_t w = 0; w < worlds; w++) {
        bool all = true;
        uint64_t accepting = 0;
        for (size_t v = 0; v < voters->count; v++) {
            bool yes = suited.yes[v][w] != 0;
            all = all && (yes || !asked[v]);
            accepting |= council ? (uint64_t)yes << voters->party[v] : 0;
        }
        suited.suits[w] =
            all && (!council || councils_consent(c, voters->councils, levels, accepting));
    }
    return suited;
}
