#include "answers/haggling.h"

#include "answers/grid.h"
#include "answers/positions.h"
#include "answers/quiet.h"
#include "base/number.h"
#include "base/random.h"

#include <math.h>
#include <string.h>

/* Deals that are haggled over at most, and world deals of a haggling that was not asked for. */
enum { MOST_DEALS = 32768 };
#define USUAL_LOOKS 5e6

typedef struct form {
    const ent_analysis *analysis;
    const ent_account_worlds *worlds;
    ent_grid grid;
    ent_haggle_table table; /* index and levels of the entries */
    uint64_t *index;
    uint32_t *seats; /* parties of the game as parties of the case: deciders, then the others */
    uint32_t deciders, parties;
    ent_position *positions;
} form;

/* A position is haggled over even where the deals are a sample. */
static bool is_opening(const form *f, uint64_t index)
{
    for (uint32_t d = 0; d < f->deciders; d++) {
        const uint64_t *levels = f->positions[d].deal.levels;
        if (f->positions[d].statement != ENT_NONE && levels != NULL &&
            ent_grid_index(&f->grid, levels) == index) {
            return true;
        }
    }
    return false;
}

/* All available deals, or each with the chance that gives about MOST_DEALS of them. */
static void list_deals(ent_work *work, form *f, const uint8_t *available, uint64_t count)
{
    double chance = count <= MOST_DEALS ? 1 : MOST_DEALS / (double)count;
    ent_stream draw = ent_stream_of(f->analysis->settings.seed, 0x6465616c, 0);
    f->index = ent_alloc(work->arena, 2 * (size_t)MOST_DEALS, uint64_t);
    f->table.sampled = chance < 1;
    for (uint64_t k = 0; k < f->grid.outcomes; k++) {
        if (available[k] == 0) {
            continue;
        }
        bool taken = chance >= 1 || ent_draw_unit(&draw) < chance || is_opening(f, k);
        if (taken && f->table.count < 2 * MOST_DEALS) {
            f->index[f->table.count++] = k;
        }
    }
    f->table.index = f->index;
}

static void seat_parties(ent_work *work, form *f)
{
    const ent_case *c = f->analysis->c;
    f->seats = ent_alloc(work->arena, c->party_count, uint32_t);
    for (int approvers = 0; approvers < 2; approvers++) {
        for (uint32_t p = 0; p < c->party_count; p++) {
            bool decides = c->parties[p].role == ENT_DECIDER;
            bool votes = c->parties[p].approval == NULL &&
                         (c->parties[p].role == ENT_APPROVER ||
                          (f->analysis->councils.members >> p & 1) != 0);
            if (approvers ? votes && !decides : decides) {
                f->seats[f->parties++] = p;
            }
        }
        f->deciders = approvers ? f->deciders : f->parties;
    }
}

/* The entries that move one of the issues. */
static const uint8_t *asks_of(ent_work *work, const form *f, const bool *issues)
{
    const ent_space *space = &f->analysis->c->space;
    uint8_t *asks = ent_alloc(work->arena, (size_t)f->table.count + 1, uint8_t);
    uint64_t *levels = ent_alloc(work->arena, space->issue_count, uint64_t);
    for (uint32_t e = 0; e < f->table.count; e++) {
        ent_grid_outcome(&f->grid, f->index[e], levels);
        asks[e] = ent_is_touched(issues, space->issue_count, levels);
    }
    return asks;
}

/* on[u][entry], signed, for all the party's components. */
static void set_party(ent_work *work, const form *f, uint32_t party, ent_worlds_party *out)
{
    const ent_case *c = f->analysis->c;
    const ent_stakes *stakes = f->analysis->stakes[party];
    const ent_world_set *set = &f->worlds->sets[party];
    uint32_t count = f->table.count;
    float *on = ent_alloc(work->arena, (size_t)stakes->k * count + 1, float);
    uint64_t *levels = ent_alloc(work->arena, c->space.issue_count, uint64_t);
    double *a = ent_alloc(work->arena, (size_t)stakes->k + 1, double);
    for (uint32_t e = 0; e < count; e++) {
        ent_grid_outcome(&f->grid, f->index[e], levels);
        ent_value_form(&c->space, stakes, levels, a);
        for (uint32_t u = 0; u < stakes->k; u++) {
            on[(size_t)u * count + e] = (float)a[u];
        }
    }
    ent_lines lines = ent_lines_of_party(&f->worlds->lines, party);
    uint8_t *keeps = lines.count == 0 ? NULL : ent_alloc(work->arena, (size_t)count + 1, uint8_t);
    for (uint32_t e = 0; e < count && keeps != NULL; e++) {
        ent_grid_outcome(&f->grid, f->index[e], levels);
        keeps[e] = ent_keeps_lines(&c->space, &lines, levels);
    }
    bool approves = c->parties[party].role == ENT_APPROVER;
    *out = (ent_worlds_party){.k = stakes->k, .on = on, .z = set->z, .stride = set->stride,
                              .b = set->b, .opening = ENT_NO_ENTRY, .keeps = keeps,
                              .asks = approves ? asks_of(work, f, c->parties[party].approves)
                                               : NULL};
}

/* Those councils that bind, their members as bits of the game's parties. */
static void set_councils(ent_work *work, const form *f, ent_worlds_game *game)
{
    const ent_councils *councils = &f->analysis->councils;
    ent_worlds_council *to = ent_alloc(work->arena, councils->count + 1, ent_worlds_council);
    for (size_t k = 0; k < councils->count; k++) {
        const ent_council *council = &councils->at[k];
        if (council->implied) {
            continue;
        }
        ent_worlds_council *mine = &to[game->councils++];
        mine->asks = asks_of(work, f, council->asked);
        mine->votes = council->votes;
        for (uint32_t s = 0; s < f->parties; s++) {
            mine->members |= (council->members >> f->seats[s] & 1) << s;
            mine->vetoes |= (council->vetoes >> f->seats[s] & 1) << s;
        }
    }
    game->council = to;
}

static uint32_t entry_of(const form *f, uint64_t index)
{
    for (uint32_t e = 0; e < f->table.count; e++) {
        if (f->index[e] == index) {
            return e;
        }
    }
    return ENT_NO_ENTRY;
}

static bool *set_openings(ent_work *work, const form *f, ent_worlds_party *parties)
{
    bool *opened = ent_alloc(work->arena, f->deciders, bool);
    for (uint32_t d = 0; d < f->deciders; d++) {
        const ent_position *position = &f->positions[d];
        if (position->statement != ENT_NONE && position->deal.levels != NULL) {
            parties[d].opening = entry_of(f, ent_grid_index(&f->grid, position->deal.levels));
            opened[d] = parties[d].opening != ENT_NO_ENTRY;
        }
    }
    return opened;
}

static ent_status make_form(ent_work *work, const ent_analysis *analysis, size_t account, form *f)
{
    const ent_space *space = &analysis->c->space;
    *f = (form){.analysis = analysis, .worlds = &analysis->worlds[account]};
    uint64_t count = 0;
    uint8_t *available = NULL;
    size_t positions;
    seat_parties(work, f);
    if (f->deciders < 2 || f->deciders > ENT_HAGGLE_PARTIES) {
        return ent_fail(work->diags, ENT_INVALID, ENT_H103_PARTIES, NULL,
                        "haggling takes 2 to %d parties that decide, not %u", ENT_HAGGLE_PARTIES,
                        f->deciders);
    }
    if (ent_grid_of(work->arena, space, NULL, &f->grid) &&
        f->grid.outcomes <= analysis->settings.sweep_limit) {
        available = ent_grid_available(work, &f->grid, &f->worlds->bans, &count);
    }
    if (available == NULL || count == 0) {
        return ent_fail(work->diags, ENT_LIMIT, ENT_H105_TOO_MANY_DEALS, NULL,
                        count == 0 && available != NULL
                            ? "there is no deal to haggle over"
                            : "the deals of the case are too many to haggle over");
    }
    f->positions = ent_last_positions(work, analysis, account, &positions);
    list_deals(work, f, available, count);
    uint64_t *levels = ent_alloc(work->arena, (size_t)space->issue_count + 1, uint64_t);
    for (uint32_t i = 0; i < space->issue_count; i++) {
        levels[i] = space->issues[i].levels;
    }
    f->table.issues = space->issue_count;
    f->table.levels = levels;
    return ENT_OK;
}

/* By default so many as are played in well under a second, the same for whoever asks. */
static uint32_t worlds_of(const form *f, uint32_t asked)
{
    if (asked > 0) {
        return ent_budget_worlds(f->analysis, asked);
    }
    uint32_t most = ent_budget_worlds(f->analysis, f->analysis->settings.budget.haggle);
    return (uint32_t)fmin(USUAL_LOOKS / f->table.count, most);
}

static void name_deals(ent_work *work, const form *f, ent_haggled *haggled)
{
    const uint64_t **deal = ent_alloc(work->arena, ENT_WORLDS_DEALS, const uint64_t *);
    for (uint32_t k = 0; k < haggled->result.deal_count; k++) {
        uint64_t *levels = ent_alloc(work->arena, f->table.issues, uint64_t);
        ent_grid_outcome(&f->grid, f->index[haggled->result.deals[k].entry], levels);
        deal[k] = levels;
    }
    haggled->deal = deal;
}

ent_status ent_haggle_account(ent_work *work, const ent_analysis *analysis, size_t account,
                              const ent_haggle_rules *rules, const ent_chosen_strategy *chosen,
                              size_t count, uint32_t worlds, ent_haggled *haggled)
{
    form f;
    ent_status status = make_form(work, analysis, account, &f);
    if (status != ENT_OK) {
        return status;
    }
    if (count != 1 && count != f.deciders) {
        return ent_fail(work->diags, ENT_USAGE, ENT_H103_PARTIES,
                        "give `--pair` one strategy for all, or one for each, separated by commas",
                        "%s for %s that decide", ent_counted(work->arena, count, "strategies"),
                        ent_counted(work->arena, f.deciders, "parties"));
    }
    ent_chosen_strategy *seats = ent_alloc(work->arena, f.deciders, ent_chosen_strategy);
    ent_worlds_party *parties = ent_alloc(work->arena, f.parties, ent_worlds_party);
    for (uint32_t p = 0; p < f.parties; p++) {
        set_party(work, &f, f.seats[p], &parties[p]);
    }
    for (uint32_t d = 0; d < f.deciders; d++) {
        seats[d] = chosen[count == 1 ? 0 : d];
    }
    *haggled = (ent_haggled){.account = account, .chosen = seats, .deciders = f.seats,
                             .decider_count = f.deciders, .rules = *rules,
                             .deals = f.table.count, .sampled = f.table.sampled,
                             .opened = set_openings(work, &f, parties)};
    ent_worlds_game game = {.count = f.table.count, .worlds = worlds_of(&f, worlds),
                            .deciders = f.deciders, .parties = f.parties, .party = parties};
    set_councils(work, &f, &game);
    status = ent_haggle_worlds(work, &game, rules, seats, &f.table, &haggled->result);
    if (status == ENT_OK) {
        name_deals(work, &f, haggled);
    }
    return status;
}

ent_status ent_haggle_chance_of(ent_work *work, const ent_analysis *analysis, size_t account,
                                ent_haggle_chance *chance)
{
    ent_haggle_rules rules = {.protocol = &ent_protocol_alternating, .rounds = 100,
                              .seed = analysis->settings.seed};
    const ent_chosen_strategy *chosen;
    size_t count;
    ent_haggled haggled;
    ent_work quiet = ent_quietly(work);
    *chance = (ent_haggle_chance){.chance = (double)NAN};
    ent_status status = ent_choose_strategies(&quiet, "boulware", &chosen, &count);
    if (status == ENT_OK) {
        status = ent_haggle_account(&quiet, analysis, account, &rules, chosen, count, 0, &haggled);
    }
    if (status == ENT_OK) {
        *chance = (ent_haggle_chance){haggled.result.agreed, haggled.result.error,
                                      haggled.result.worlds};
    }
    return status == ENT_CANCELLED ? status : ENT_OK;
}
