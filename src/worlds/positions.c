#include "worlds/positions.h"

#include "record/suppose.h"

#include <stdlib.h>

/* The statement's last claim that is a position of the party, or ENT_NONE. */
static uint32_t position_in(const ent_statement *s, uint32_t party)
{
    uint32_t last = ENT_NONE;
    for (uint32_t j = 0; !s->assumption && !ent_is_supposed(s) && j < s->claim_count; j++) {
        if (s->claims[j].party == party && ent_verbs[s->claims[j].verb].position == ENT_YES) {
            last = j;
        }
    }
    return last;
}

/* Is a the later position of the two? With equal dates its own side's word goes first. */
static bool goes_before(const ent_case *c, const ent_stated *a, const ent_stated *b, bool own_first)
{
    if (b->statement == ENT_NONE) {
        return true;
    }
    if (own_first && a->own != b->own) {
        return a->own;
    }
    int64_t x = c->statements[a->statement].meant.last;
    int64_t y = c->statements[b->statement].meant.last;
    if (x != y) {
        return x > y;
    }
    return a->own != b->own ? a->own : a->statement < b->statement;
}

ent_stated ent_last_stated(const ent_case *c, const ent_account *account, uint32_t party)
{
    ent_stated last = {.statement = ENT_NONE, .claim = ENT_NONE};
    for (uint32_t i = 0; i < c->statement_count; i++) {
        uint32_t claim = account->in[i] ? position_in(&c->statements[i], party) : ENT_NONE;
        ent_stated now = {i, claim, c->statements[i].side == party, true};
        if (claim != ENT_NONE && goes_before(c, &now, &last, account->sides[party])) {
            last = now;
        }
    }
    return last;
}

typedef struct timed {
    ent_stated stated;
    int64_t time;
} timed;

static int by_time(const void *a, const void *b)
{
    const timed *x = a;
    const timed *y = b;
    if (x->time != y->time) {
        return x->time < y->time ? -1 : 1;
    }
    /* As where the newest goes first, the one that stands first in the file is the newer. */
    return x->stated.statement > y->stated.statement ? -1
                                                     : x->stated.statement < y->stated.statement;
}

const ent_stated *ent_moves_of(ent_arena *arena, const ent_case *c, const ent_account *account,
                               uint32_t party, size_t *count)
{
    bool *moved = ent_alloc(arena, c->statement_count + 1, bool);
    timed *at = ent_alloc(arena, c->statement_count + 1, timed);
    size_t found = 0;
    for (size_t i = 0; i < account->left_out_count; i++) {
        moved[account->left_out[i].statement] = account->left_out[i].why == ENT_LEFT_MOVED;
    }
    for (uint32_t i = 0; i < c->statement_count; i++) {
        uint32_t claim = position_in(&c->statements[i], party);
        if (claim != ENT_NONE && (account->in[i] || moved[i])) {
            bool own = c->statements[i].side == party;
            at[found++] = (timed){{i, claim, own, account->in[i]}, c->statements[i].meant.last};
        }
    }
    if (found > 0) {
        qsort(at, found, sizeof *at, by_time);
    }
    ent_stated *moves = ent_alloc(arena, found + 1, ent_stated);
    for (size_t i = 0; i < found; i++) {
        moves[i] = at[i].stated;
    }
    *count = found;
    return moves;
}
