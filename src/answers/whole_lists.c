#include "answers/whole_lists.h"

#include "worlds/positions.h"

#include <math.h>
#include <string.h>

size_t ent_first_told(const ent_analysis *analysis, size_t account)
{
    for (size_t i = 0; i < account && analysis->worlds[account].account != NULL; i++) {
        if (analysis->worlds[i].account != NULL &&
            analysis->accounts.at[i].same_as == analysis->accounts.at[account].same_as) {
            return i;
        }
    }
    return account;
}

static bool same_positions(const ent_analysis *analysis, size_t a, size_t b)
{
    const ent_case *c = analysis->c;
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_stated x = ent_last_stated(c, &analysis->accounts.at[a], p);
        ent_stated y = ent_last_stated(c, &analysis->accounts.at[b], p);
        if (x.statement != y.statement || x.claim != y.claim) {
            return false;
        }
    }
    return true;
}

size_t ent_first_placed(const ent_analysis *analysis, size_t account)
{
    size_t first = ent_first_told(analysis, account);
    for (size_t i = first; i < account; i++) {
        if (ent_first_told(analysis, i) == first && same_positions(analysis, i, account)) {
            return i;
        }
    }
    return account;
}

static void repeat_walks(ent_whole *whole, size_t first, size_t account)
{
    for (size_t i = 0, count = whole->walk_count; i < count; i++) {
        if (whole->walks[i].account == first) {
            whole->walks[whole->walk_count] = whole->walks[i];
            whole->walks[whole->walk_count++].account = account;
        }
    }
}

static void repeat_held(ent_whole *whole, size_t first, size_t account)
{
    for (size_t i = 0, count = whole->held_count; i < count; i++) {
        if (whole->held[i].account == first) {
            whole->held[whole->held_count] = whole->held[i];
            whole->held[whole->held_count++].account = account;
        }
    }
}

void ent_whole_repeat(ent_whole *whole, size_t first, size_t placed, size_t account)
{
    whole->deals[account] = whole->deals[first];
    whole->pictures[account] = whole->pictures[first];
    whole->influences[account] = whole->influences[first];
    whole->plans[account] = whole->plans[first];
    whole->menus[account] = whole->menus[first];
    whole->enquiries[account] = whole->enquiries[first];
    whole->maps[account] = whole->maps[first];
    whole->map_count[account] = whole->map_count[first];
    repeat_walks(whole, first, account);
    if (placed < account) {
        whole->bridges[account] = whole->bridges[placed];
        repeat_held(whole, placed, account);
    }
}

void ent_whole_room(ent_arena *arena, const ent_analysis *analysis, const ent_whole_wish *wish,
                    ent_whole *whole)
{
    size_t accounts = analysis->accounts.count + 1;
    size_t parties = analysis->c->party_count + (size_t)1;
    whole->deals = ent_alloc(arena, accounts, ent_deals);
    whole->pictures = ent_alloc(arena, accounts, ent_picture);
    whole->bridges = ent_alloc(arena, accounts, ent_bridge);
    whole->influences = ent_alloc(arena, accounts, ent_influence);
    whole->plans = ent_alloc(arena, accounts, ent_planned);
    whole->menus = ent_alloc(arena, accounts, ent_menus);
    whole->enquiries = ent_alloc(arena, accounts, ent_enquiries);
    whole->walks = ent_alloc(arena, accounts * parties, ent_walked);
    whole->held = ent_alloc(arena, accounts * (wish->hold_top + parties + 2), ent_held);
    whole->maps = ent_alloc(arena, accounts, ent_exchange_map *);
    whole->map_count = ent_alloc(arena, accounts, size_t);
}

ent_whole_wish ent_usual_wish(unsigned parts)
{
    return (ent_whole_wish){.parts = parts,
                      .deals = {.top = 5, .verdicts = true},
                      .walk = {.party = ENT_NONE,
                               .walk = (double)NAN,
                               .later = (double)NAN,
                               .cost = (double)NAN},
                      .hold_top = 1,
                      .exchange = {.a = ENT_NONE, .b = ENT_NONE},
                      .menu = 3,
                      .enquiry = {.party = ENT_NONE,
                                  .top = 1,
                                  .depth = 1,
                                  .most = ENT_USUAL_PAIRS}};
}
