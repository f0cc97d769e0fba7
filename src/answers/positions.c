#include "answers/positions.h"

#include "answers/tally.h"
#include "worlds/positions.h"

#include <string.h>

static ent_position last_position(ent_work *work, const ent_analysis *analysis, size_t account,
                                  uint32_t party)
{
    const ent_case *c = analysis->c;
    ent_stated last = ent_last_stated(c, analysis->worlds[account].account, party);
    ent_position position = {.party = party, .statement = last.statement, .claim = last.claim,
                             .own = last.own};
    if (last.statement != ENT_NONE) {
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

/* Who is worse off when the issue goes up (or down): deciders before approvers. */
static uint32_t mover_of(const ent_case *c, uint32_t issue, bool up)
{
    for (int role = ENT_DECIDER; role <= ENT_APPROVER; role++) {
        for (uint32_t p = 0; p < c->party_count; p++) {
            int8_t sign = c->space.issues[issue].sign[p];
            if (c->parties[p].role == (ent_role)role && sign == (up ? -1 : 1)) {
                return p;
            }
        }
    }
    return ENT_NONE;
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
                            const uint64_t *from, const uint64_t *to, size_t *count)
{
    const ent_case *c = analysis->c;
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
                *move = (ent_move){i, items ? j : ENT_NONE, before, after,
                                   mover_of(c, i, after > before), 0};
                move->cost = cost_of(analysis, account, from, move, levels);
            }
        }
    }
    return moves;
}
