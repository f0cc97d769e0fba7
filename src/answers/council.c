#include "answers/council.h"

#include <string.h>

enum { MOST_STATES = 4096 }; /* the reader of cases keeps councils within this */

/* ---- Who sits where ------------------------------------------------------------------------ */

bool ent_always_accepts(const ent_stakes *stakes)
{
    bool loses = stakes->reservation.high > 0;
    for (uint32_t u = 0; u < stakes->k && !loses; u++) {
        loses = stakes->sign[u] < 0;
    }
    return !loses;
}

static uint64_t bit(uint32_t party)
{
    return (uint64_t)1 << party;
}

/* Has it a line in any statement, believed or not? Councils are the same for all accounts. */
static bool is_lined(const ent_case *c, uint32_t party)
{
    for (uint32_t s = 0; s < c->statement_count; s++) {
        for (size_t i = 0; i < c->statements[s].claim_count; i++) {
            const ent_claim *claim = &c->statements[s].claims[i];
            ent_line_kind kind = ent_verbs[claim->verb].line;
            if (claim->party == party && (kind == ENT_LINE_NEVER || kind == ENT_LINE_REQUIRES)) {
                return true;
            }
        }
    }
    return false;
}

static ent_council council_of(const ent_case *c, const ent_stakes *const *stakes, uint32_t party,
                              ent_unnamed unnamed)
{
    const ent_approval *rule = c->parties[party].approval;
    ent_council council = {.party = party,
                           .asked = c->parties[party].approves,
                           .votes = ent_approval_needed(rule, unnamed),
                           .unmodelled = rule->of - rule->member_count};
    for (uint32_t m = 0; m < rule->member_count; m++) {
        uint32_t member = rule->members[m];
        if (ent_always_accepts(stakes[member]) && !is_lined(c, member)) {
            council.votes -= council.votes > 0;
        } else {
            council.members |= bit(member);
            council.vetoes |= rule->veto[m] ? bit(member) : 0;
        }
    }
    return council;
}

ent_councils ent_councils_of(ent_arena *arena, const ent_case *c, const ent_stakes *const *stakes,
                             ent_unnamed unnamed)
{
    ent_council *at = ent_alloc(arena, (size_t)c->party_count + 1, ent_council);
    ent_councils councils = {.at = at};
    uint64_t deciders = 0;
    for (uint32_t p = 0; p < c->party_count; p++) {
        deciders |= c->parties[p].role == ENT_DECIDER ? bit(p) : 0;
    }
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (c->parties[p].approval != NULL) {
            ent_council *council = &at[councils.count++];
            *council = council_of(c, stakes, p, unnamed);
            council->implied = (council->vetoes & ~deciders) == 0 &&
                               ent_count_bits(council->members & deciders) >= council->votes;
            if (!council->implied) {
                councils.binding++;
                councils.members |= council->members;
            }
        }
    }
    return councils;
}

const ent_council *ent_council_called(const ent_councils *councils, uint32_t party)
{
    for (size_t i = 0; i < councils->count; i++) {
        if (councils->at[i].party == party) {
            return &councils->at[i];
        }
    }
    return NULL;
}

bool ent_council_consents(const ent_council *council, uint64_t accepting)
{
    return ent_votes_suffice(council->members, council->vetoes, council->votes, accepting);
}

bool ent_is_touched(const bool *issues, uint32_t issue_count, const uint64_t *levels)
{
    for (uint32_t i = 0; i < issue_count && issues != NULL; i++) {
        if (issues[i] && levels[i] != 0) {
            return true;
        }
    }
    return false;
}

bool ent_party_votes(const ent_party *party, uint32_t issue_count, const uint64_t *levels)
{
    return party->role == ENT_DECIDER ||
           (party->role == ENT_APPROVER && party->approval == NULL &&
            ent_is_touched(party->approves, issue_count, levels));
}

/* ---- Shares -------------------------------------------------------------------------------- */

/* Councils that wait for votes: how many each still needs, and what one more is in the states. */
typedef struct waiting {
    uint64_t free[64]; /* members whose votes are open */
    uint32_t needed[64];
    size_t stride[64];
    size_t count, states;
} waiting;

static void wait_for(waiting *w, const ent_council *council, uint64_t sure)
{
    uint32_t there = ent_count_bits(council->members & sure);
    if (there >= council->votes) {
        return;
    }
    w->free[w->count] = council->members & ~sure;
    w->needed[w->count] = council->votes - there;
    w->stride[w->count] = w->states;
    w->states *= (size_t)w->needed[w->count++] + 1;
}

/* One more vote of the party in each council it sits on, up to what is needed. */
static size_t after_vote(const waiting *w, size_t state, uint32_t party)
{
    size_t next = state;
    for (size_t i = 0; i < w->count; i++) {
        size_t votes = state / w->stride[i] % ((size_t)w->needed[i] + 1);
        next += (w->free[i] >> party & 1) != 0 && votes < w->needed[i] ? w->stride[i] : 0;
    }
    return next;
}

/* The chance that every council that waits gets its votes, its open members being independent. */
static double chance_of_votes(const waiting *w, const double *share)
{
    double chance[MOST_STATES];
    uint64_t open = 0;
    for (size_t i = 0; i < w->count; i++) {
        open |= w->free[i];
    }
    if (w->states > MOST_STATES) {
        return 0;
    }
    memset(chance, 0, w->states * sizeof *chance);
    chance[0] = 1;
    for (uint32_t p = 0; open >> p != 0; p++) {
        if ((open >> p & 1) == 0) {
            continue;
        }
        /* Downwards, so that a vote is not counted twice: what it adds lies above. */
        for (size_t s = w->states; s-- > 0;) {
            size_t next = after_vote(w, s, p);
            if (next != s) {
                chance[next] += share[p] * chance[s];
                chance[s] *= 1 - share[p];
            }
        }
        if (p == 63) {
            break;
        }
    }
    return chance[w->states - 1];
}

double ent_council_share(const ent_council *council, const double *share)
{
    double all = 1;
    for (uint64_t left = council->vetoes; left != 0; left &= left - 1) {
        all *= share[ent_count_bits((left & -left) - 1)];
    }
    waiting w = {.states = 1};
    wait_for(&w, council, council->vetoes);
    return w.count == 0 ? all : all * chance_of_votes(&w, share);
}

double ent_joint_share(const ent_case *c, const ent_councils *councils, const uint64_t *levels,
                       const double *share)
{
    uint64_t sure = 0;
    for (size_t i = 0; councils->binding > 0 && i < councils->count; i++) {
        const ent_council *council = &councils->at[i];
        if (!council->implied && ent_is_touched(council->asked, c->space.issue_count, levels)) {
            sure |= council->vetoes;
        }
    }
    double joint = 1;
    for (uint32_t p = 0; p < c->party_count; p++) {
        if ((sure >> p & 1) != 0 || ent_party_votes(&c->parties[p], c->space.issue_count, levels)) {
            sure |= bit(p);
            joint *= share[p];
        }
    }
    if (councils->binding == 0 || joint <= 0) {
        return joint;
    }
    waiting w = {.states = 1};
    for (size_t i = 0; i < councils->count; i++) {
        const ent_council *council = &councils->at[i];
        if (!council->implied && ent_is_touched(council->asked, c->space.issue_count, levels)) {
            wait_for(&w, council, sure);
        }
    }
    return w.count == 0 ? joint : joint * chance_of_votes(&w, share);
}
