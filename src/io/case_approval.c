/* Voting rules of approvers: `approval` of a party. */
#include "base/number.h"
#include "io/case_decode.h"
#include "record/approval.h"

/* The chances of votes are counted over so many states: record/approval.h, answers/council.c. */
enum { MOST_STATES = 4096 };

typedef struct seats {
    uint32_t *members;
    bool *veto;
    uint32_t count;
} seats;

static uint32_t seat_of(const seats *s, uint32_t party)
{
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->members[i] == party) {
            return i;
        }
    }
    return ENT_NONE;
}

static bool is_council(const ent_node *parties, uint32_t party)
{
    return ent_node_get(parties->entries[party].value, "approval") != NULL;
}

static void add_member(ent_decoder *d, const ent_node *parties, const ent_node *name,
                       uint32_t party, seats *s)
{
    if (seat_of(s, party) != ENT_NONE) {
        ent_error(d, ENT_C127_BAD_APPROVAL, name->pos, NULL, "`%.100s` is named twice",
                  name->text);
    } else if (is_council(parties, party)) {
        ent_error(d, ENT_C127_BAD_APPROVAL, name->pos, "name the members of that council",
                  "`%.100s` is a council itself and has no vote", name->text);
    } else {
        s->members[s->count++] = party;
    }
}

/* `members`, or those of `veto` where there is no such list. */
static void read_members(ent_decoder *d, const ent_node *parties, const ent_node *node, seats *s)
{
    ent_ids ids = ent_ids_of_parties(d);
    const ent_node *members = ent_node_get(node, "members");
    const ent_node *veto = ent_node_get(node, "veto");
    const ent_node *list = members != NULL ? members : veto;
    for (size_t i = 0; i < ent_some_count(list); i++) {
        uint32_t party = ent_resolve(d, ent_some_at(list, i), &ids);
        if (party != ENT_NONE) {
            add_member(d, parties, ent_some_at(list, i), party, s);
        }
    }
    for (size_t i = 0; i < ent_some_count(veto); i++) {
        const ent_node *name = ent_some_at(veto, i);
        uint32_t party = members == NULL ? ENT_NONE : ent_resolve(d, name, &ids);
        uint32_t seat = members == NULL ? (uint32_t)i : seat_of(s, party);
        if (members != NULL && party != ENT_NONE && seat == ENT_NONE) {
            ent_error(d, ENT_C127_BAD_APPROVAL, name->pos, "add it to `members`",
                      "`%.100s` has a veto and is no member", name->text);
        } else if (seat < s->count) {
            s->veto[seat] = true;
        }
    }
}

static void check_votes(ent_decoder *d, const ent_node *node, const ent_approval *a)
{
    ent_pos votes = ent_node_get(node, "votes") != NULL ? ent_node_get(node, "votes")->pos : a->pos;
    if (a->member_count > a->of) {
        ent_error(d, ENT_C127_BAD_APPROVAL, ent_node_get(node, "of")->pos, NULL,
                  "%u members are named, and there are %u in all", a->member_count, a->of);
    } else if (a->votes > a->of) {
        ent_error(d, ENT_C127_BAD_APPROVAL, votes,
                  ent_node_get(node, "of") == NULL
                      ? "say in `of` how many members there are, named or not"
                      : NULL,
                  "%u votes are needed of %s", a->votes,
                  ent_counted(d->work->arena, a->of, "members"));
    } else if (a->others > a->of - a->member_count) {
        ent_error(d, ENT_C127_BAD_APPROVAL, ent_node_get(node, "others")->pos, NULL,
                  "of the members %u are not named", a->of - a->member_count);
    }
}

static const ent_approval *read_rule(ent_decoder *d, const ent_node *parties, const ent_node *node)
{
    size_t most = ent_some_count(ent_node_get(node, "members")) +
                  ent_some_count(ent_node_get(node, "veto"));
    seats s = {.members = ent_alloc(d->work->arena, most + 1, uint32_t),
               .veto = ent_alloc(d->work->arena, most + 1, bool)};
    ent_approval *a = ent_alloc(d->work->arena, 1, ent_approval);
    read_members(d, parties, node, &s);
    *a = (ent_approval){.votes = 1, .of = s.count, .members = s.members, .veto = s.veto,
                        .member_count = s.count, .pos = node->pos};
    ent_fill(node, &ent_approval_shape, a);
    if (ent_node_get(node, "votes") != NULL) {
        check_votes(d, node, a);
    }
    return a;
}

/* What the council's votes multiply the states by in which chances are counted. */
static uint64_t states_of(const ent_approval *a)
{
    return (a->votes < a->member_count ? a->votes : a->member_count) + UINT64_C(1);
}

void ent_decode_voting(ent_decoder *d, const ent_node *root)
{
    const ent_node *parties = ent_node_get(root, "parties");
    uint64_t states = 1;
    for (uint32_t i = 0; i < d->c->party_count; i++) {
        const ent_node *node = ent_node_get(parties->entries[i].value, "approval");
        if (node == NULL || node->kind != ENT_MAP) {
            continue;
        }
        if (d->parties[i].role != ENT_APPROVER) {
            ent_error(d, ENT_C125_APPROVES,
                      ent_key_node(parties->entries[i].value, "approval")->pos,
                      "add `role: approver`", "only an approver has `approval`");
            continue;
        }
        d->parties[i].approval = read_rule(d, parties, node);
        states *= states_of(d->parties[i].approval);
        if (states > MOST_STATES) {
            ent_error(d, ENT_C127_BAD_APPROVAL, node->pos, "name fewer members",
                      "the councils of this case need too many votes together");
            return;
        }
    }
}

/* ---- Traps --------------------------------------------------------------------------------- */

static bool has_stake(const ent_decoder *d, uint32_t party)
{
    bool stake = false;
    for (uint32_t i = 0; !stake && i < d->c->space.issue_count; i++) {
        stake = d->issues[i].sign[party] != 0;
    }
    return stake;
}

void ent_check_council(ent_decoder *d, uint32_t party)
{
    const ent_party *council = &d->parties[party];
    const ent_approval *a = council->approval;
    if (has_stake(d, party) || council->reservation.high > 0) {
        ent_warn(d, ENT_C162_COUNCIL, council->pos, "give them to its members",
                 "stakes and reservation of the council `%.100s` change nothing", council->id);
    }
    if (a->member_count + a->others < a->votes) {
        ent_warn(d, ENT_C162_COUNCIL, a->pos, "see `members` and `others`",
                 "%s and %s cannot bring the %s of `%.100s`",
                 ent_counted(d->work->arena, a->member_count, "named members"),
                 ent_counted(d->work->arena, a->others, "others"),
                 ent_counted(d->work->arena, a->votes, "votes"), council->id);
    }
    if (a->others > 0 && a->because == NULL) {
        ent_warn(d, ENT_C159_NO_BECAUSE, a->pos, "add `because`",
                 "`others` assumes %s and gives no reason",
                 ent_counted(d->work->arena, a->others, "votes"));
    }
    for (uint32_t m = 0; m < a->member_count; m++) {
        if (!has_stake(d, a->members[m]) && d->parties[a->members[m]].role == ENT_OBSERVER) {
            ent_warn(d, ENT_C160_IDLE_PARTY, d->parties[a->members[m]].pos,
                     "is it missing in `by`, `for` or `stakes`?",
                     "`%.100s` votes in `%.100s` and has no stake in any issue",
                     d->parties[a->members[m]].id, council->id);
        }
    }
}
