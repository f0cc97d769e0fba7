#include "answers/positions.h"

#include "answers/tally.h"
#include "worlds/positions.h"

#include <limits.h>
#include <string.h>

/* Does the position leave some issue open? */
static bool is_open(const ent_case *c, const ent_stated *last)
{
    bool any = false;
    if (last->statement == ENT_NONE) {
        return false;
    }
    const bool *open = c->statements[last->statement].claims[last->claim].open;
    for (uint32_t i = 0; i < c->space.issue_count && open != NULL; i++) {
        any = any || open[i];
    }
    return any;
}

static ent_position last_position(ent_work *work, const ent_analysis *analysis, size_t account,
                                  uint32_t party)
{
    const ent_case *c = analysis->c;
    ent_stated last = ent_last_stated(c, analysis->worlds[account].account, party);
    ent_position position = {.party = party, .statement = last.statement, .claim = last.claim,
                             .own = last.own};
    if (last.statement != ENT_NONE) {
        position.open = is_open(c, &last);
        uint64_t *levels = ent_alloc(work->arena, c->space.issue_count + 1, uint64_t);
        ent_claim_outcome(c, &c->statements[last.statement].claims[last.claim], levels);
        (void)ent_answer_deal(work, analysis, account, levels, &position.deal);
    }
    return position;
}

ent_position *ent_last_positions(ent_work *work, const ent_analysis *analysis, size_t account,
                                 size_t *count)
{
    const ent_case *c = analysis->c;
    ent_position *positions = ent_alloc(work->arena, c->party_count + 1, ent_position);
    *count = 0;
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (c->parties[p].role == ENT_DECIDER) {
            positions[(*count)++] = last_position(work, analysis, account, p);
        }
    }
    return positions;
}

static size_t bits(uint64_t word)
{
    size_t count = 0;
    for (; word != 0; word &= word - 1) {
        count++;
    }
    return count;
}

size_t ent_move_count(const ent_space *space, const uint64_t *from, const uint64_t *to)
{
    size_t count = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        count += space->issues[i].kind == ENT_ITEMS ? bits(from[i] ^ to[i]) : from[i] != to[i];
    }
    return count;
}

bool ent_any_open_position(const ent_analysis *analysis, size_t account)
{
    const ent_case *c = analysis->c;
    bool open = false;
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_stated last = ent_last_stated(c, &analysis->accounts.at[account], p);
        open = open || (c->parties[p].role == ENT_DECIDER && is_open(c, &last));
    }
    return open;
}

/* The last package of each party with a say, or NULL: [parties]. */
static uint64_t **last_levels(ent_arena *arena, const ent_analysis *analysis, size_t account)
{
    const ent_case *c = analysis->c;
    uint64_t **levels = ent_alloc(arena, c->party_count + 1, uint64_t *);
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_stated last = ent_last_stated(c, &analysis->accounts.at[account], p);
        levels[p] = NULL;
        if (last.statement != ENT_NONE) {
            levels[p] = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
            ent_claim_outcome(c, &c->statements[last.statement].claims[last.claim], levels[p]);
        }
    }
    return levels;
}

/* The level of the issue, or of its item that the move is about. */
static uint64_t level_of(const ent_move *move, const uint64_t *levels)
{
    return move->item == ENT_NONE ? levels[move->issue] : levels[move->issue] >> move->item & 1;
}

/*
 * Whose move is it? Of those who are worse off by it, one who gives up by it what it asked or
 * offered last: the party whose position is left before others, then who gives the issue, then
 * deciders. A party of which no position is known may be giving up something; one whose own
 * position goes as far already gives up nothing.
 */
static uint32_t mover_of(const ent_case *c, const ent_move *move, uint32_t from,
                         uint64_t *const *last)
{
    const ent_issue *issue = &c->space.issues[move->issue];
    bool up = move->to > move->from;
    uint32_t mover = ENT_NONE;
    int best = INT_MAX;
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (c->parties[p].role == ENT_OBSERVER || issue->sign[p] != (up ? -1 : 1)) {
            continue;
        }
        uint64_t own = last[p] == NULL ? move->from : level_of(move, last[p]);
        bool gives_up = up ? move->to > own : move->to < own;
        int rank = (last[p] == NULL ? 10 : 0) + (p == from                            ? 0
                                                 : ent_gives(issue, p)                ? 1
                                                 : c->parties[p].role == ENT_DECIDER ? 2
                                                                                      : 3);
        if (gives_up && rank < best) {
            best = rank;
            mover = p;
        }
    }
    return mover;
}

/* What making this move alone takes from the mover's share of the package. */
static double cost_of(const ent_analysis *analysis, size_t account, const uint64_t *from,
                      const ent_move *move, uint64_t *levels)
{
    const ent_space *space = &analysis->c->space;
    if (move->mover == ENT_NONE) {
        return 0;
    }
    ent_voter mover = ent_voter_of(analysis, account, move->mover);
    memcpy(levels, from, space->issue_count * sizeof *levels);
    uint32_t before = ent_count_accepting(space, &mover, levels);
    if (move->item == ENT_NONE) {
        levels[move->issue] = move->to;
    } else {
        levels[move->issue] ^= (uint64_t)1 << move->item;
    }
    uint32_t after = ent_count_accepting(space, &mover, levels);
    return ((double)before - after) / mover.set->worlds;
}

ent_move *ent_moves_between(ent_work *work, const ent_analysis *analysis, size_t account,
                            const ent_position *position, const uint64_t *to, size_t *count)
{
    const ent_case *c = analysis->c;
    const uint64_t *from = position->deal.levels;
    uint64_t **last = last_levels(work->arena, analysis, account);
    size_t room = ent_move_count(&c->space, from, to);
    ent_move *moves = ent_alloc(work->arena, room + 1, ent_move);
    uint64_t *levels = ent_alloc(work->arena, c->space.issue_count + 1, uint64_t);
    *count = 0;
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        bool items = c->space.issues[i].kind == ENT_ITEMS;
        for (uint32_t j = 0; j < (items ? c->space.issues[i].parts : 1); j++) {
            uint64_t before = items ? from[i] >> j & 1 : from[i];
            uint64_t after = items ? to[i] >> j & 1 : to[i];
            if (before != after) {
                ent_move *move = &moves[(*count)++];
                *move = (ent_move){i, items ? j : ENT_NONE, before, after, ENT_NONE, 0};
                move->mover = mover_of(c, move, position->party, last);
                move->cost = cost_of(analysis, account, from, move, levels);
            }
        }
    }
    return moves;
}
