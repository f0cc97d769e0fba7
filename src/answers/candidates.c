#include "answers/candidates.h"

#include "answers/positions.h"
#include "answers/search.h"
#include "answers/verdict.h"

#include <stdlib.h>
#include <string.h>

/* Where a space is searched: so many single worlds' deals are candidates. */
enum { WORLDS_ASKED = 192 };

ent_status ent_best_of(ent_work *work, const ent_analysis *analysis, size_t account,
                       ent_best *best)
{
    ent_deals deals;
    ent_deals_request request = {.top = 1, .verdicts = true};
    ent_status status = ent_answer_deals(work, analysis, account, &request, &deals);
    if (status != ENT_OK && status != ENT_LIMIT) {
        return status;
    }
    *best = (ent_best){.zone = deals.zone,
                       .method = deals.method,
                       .proved = deals.proved,
                       .available = deals.available};
    if (deals.count > 0) {
        best->deal = deals.at[0];
    }
    return ENT_OK;
}

/* ---- A space that is swept ----------------------------------------------------------------- */

typedef struct ranked {
    double joint;
    uint64_t index;
} ranked;

static int by_joint(const void *left, const void *right)
{
    const ranked *a = left;
    const ranked *b = right;
    if (a->joint != b->joint) {
        return a->joint > b->joint ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

static int by_index(const void *left, const void *right)
{
    const ranked *a = left;
    const ranked *b = right;
    return (a->index > b->index) - (a->index < b->index);
}

/*
 * A world at the border of the polytope may accept, by the rounding of its numbers, what no
 * preferences do. So what very few worlds of a party accept is asked of the account itself.
 */
enum { BORDER_WORLDS = 3 };

static bool could_suit_all(const ent_tally *tally, const ent_judge *judge, uint64_t outcome,
                           uint64_t *levels)
{
    const ent_case *c = tally->analysis->c;
    for (size_t v = 0; v < tally->voters.count; v++) {
        uint32_t party = tally->voters.party[v];
        if (tally->counts[party] == NULL || tally->counts[party][outcome] > BORDER_WORLDS) {
            continue;
        }
        ent_grid_outcome(&tally->grid, outcome, levels);
        if (ent_party_asked(&c->parties[party], c->space.issue_count, levels) &&
            !ent_may(judge, party, levels, true, NULL)) {
            return false;
        }
    }
    return true;
}

static ent_status swept(ent_work *work, const ent_bits *bits, bool useful, size_t most,
                        ent_candidates *candidates)
{
    const ent_tally *tally;
    ent_status status = ent_tally_of(work, bits->analysis, bits->account, &tally);
    if (status != ENT_OK) {
        return status;
    }
    uint32_t issues = bits->analysis->c->space.issue_count;
    const double *joint = ent_tally_joint(work->arena, tally);
    ranked *found = ent_alloc(work->arena, (size_t)tally->available_count + 1, ranked);
    size_t count = 0;
    ent_judge judge = ent_judge_of(work->arena, bits->analysis, bits->account);
    uint64_t *outcome = ent_alloc(work->arena, issues + 1, uint64_t);
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        if (tally->available[i] != 0 &&
            (!useful || (joint[i] > 0 && could_suit_all(tally, &judge, i, outcome)))) {
            found[count++] = (ranked){joint[i], i};
        }
    }
    candidates->complete = count <= most;
    if (count > most) {
        qsort(found, count, sizeof *found, by_joint);
        count = most;
        qsort(found, count, sizeof *found, by_index);
    }
    uint64_t *levels = ent_alloc(work->arena, count * issues + 1, uint64_t);
    for (size_t i = 0; i < count; i++) {
        ent_grid_outcome(&tally->grid, found[i].index, levels + i * issues);
    }
    candidates->levels = levels;
    candidates->count = count;
    return ENT_OK;
}

/* ---- A space that is searched -------------------------------------------------------------- */

typedef struct list {
    ent_arena *arena;
    const ent_space *space;
    uint64_t *at;
    size_t count, room;
} list;

static void add(list *l, const uint64_t *levels)
{
    size_t bytes = l->space->issue_count * sizeof *levels;
    for (size_t i = 0; i < l->count; i++) {
        if (memcmp(l->at + i * l->space->issue_count, levels, bytes) == 0) {
            return;
        }
    }
    ent_grow(l->arena, (void **)&l->at, &l->room, (l->count + 1) * l->space->issue_count,
             sizeof *l->at);
    memcpy(l->at + l->count++ * l->space->issue_count, levels, bytes);
}

static ent_status searched(ent_work *work, const ent_bits *bits, size_t most,
                           ent_candidates *candidates)
{
    const ent_analysis *analysis = bits->analysis;
    const ent_account_worlds *worlds = &analysis->worlds[bits->account];
    list l = {.arena = work->arena, .space = &analysis->c->space};
    ent_deals deals;
    ent_deals_request request = {.top = ENT_SEARCH_TOP};
    ent_status status = ent_answer_deals(work, analysis, bits->account, &request, &deals);
    if (status != ENT_OK && status != ENT_LIMIT) {
        return status;
    }
    for (size_t i = 0; i < deals.count; i++) {
        add(&l, deals.at[i].levels);
    }
    size_t positions;
    const ent_position *at = ent_last_positions(work, analysis, bits->account, &positions);
    for (size_t i = 0; i < positions; i++) {
        if (at[i].deal.levels != NULL && at[i].deal.available) {
            add(&l, at[i].deal.levels);
        }
    }
    uint64_t *levels = ent_alloc(work->arena, l.space->issue_count + 1, uint64_t);
    for (uint32_t w = 0; w < bits->worlds && w < WORLDS_ASKED && l.count < most; w++) {
        if (ent_search_world(work, l.space, &worlds->bans, &bits->voters, w, levels)) {
            add(&l, levels);
        }
        if (ent_tick(work, "worlds", w, WORLDS_ASKED)) {
            return ENT_CANCELLED;
        }
    }
    *candidates = (ent_candidates){l.at, l.count < most ? l.count : most, false};
    return ENT_OK;
}

ent_status ent_candidates_of(ent_work *work, const ent_bits *bits, const ent_best *best,
                             bool useful, size_t most, ent_candidates *candidates)
{
    return best->method == ENT_BY_SWEEP ? swept(work, bits, useful, most, candidates)
                                        : searched(work, bits, most, candidates);
}

/* ---- Taste --------------------------------------------------------------------------------- */

ent_taste ent_taste_of(ent_work *work, const ent_analysis *analysis, size_t account)
{
    const ent_case *c = analysis->c;
    uint32_t issues = c->space.issue_count;
    ent_taste taste = {.space = &c->space};
    size_t count = 0;
    for (uint32_t s = 0; s < c->statement_count; s++) {
        count += analysis->on[s] ? c->statements[s].claim_count : 0;
    }
    uint64_t *said = ent_alloc(work->arena, (count + 1) * issues + 1, uint64_t);
    for (uint32_t s = 0; s < c->statement_count; s++) {
        for (size_t i = 0; analysis->on[s] && i < c->statements[s].claim_count; i++) {
            taste.said_count += ent_claim_accepts(c, &c->statements[s].claims[i],
                                                  said + taste.said_count * issues);
        }
    }
    taste.said = said;
    const ent_position *at =
        ent_last_positions(work, analysis, account, &count);
    uint64_t *positions = ent_alloc(work->arena, (count + 1) * issues + 1, uint64_t);
    for (size_t i = 0; i < count; i++) {
        if (at[i].deal.levels != NULL) {
            memcpy(positions + taste.position_count++ * issues, at[i].deal.levels,
                   issues * sizeof *positions);
        }
    }
    taste.positions = positions;
    return taste;
}

static bool was_said(const ent_taste *taste, const uint64_t *levels)
{
    uint32_t issues = taste->space->issue_count;
    for (size_t i = 0; i < taste->said_count; i++) {
        if (memcmp(taste->said + i * issues, levels, issues * sizeof *levels) == 0) {
            return true;
        }
    }
    return false;
}

static size_t moves_from(const ent_taste *taste, const uint64_t *levels)
{
    size_t moves = 0;
    for (size_t i = 0; i < taste->position_count; i++) {
        moves += ent_move_count(taste->space, taste->positions + i * taste->space->issue_count,
                                levels);
    }
    return moves;
}

static size_t issues_off(const ent_taste *taste, const uint64_t *levels)
{
    size_t off = 0;
    for (uint32_t i = 0; i < taste->space->issue_count; i++) {
        off += levels[i] != 0;
    }
    return off;
}

bool ent_tastes_better(const ent_taste *taste, const uint64_t *a, const uint64_t *b)
{
    bool said = was_said(taste, a);
    if (said != was_said(taste, b)) {
        return said;
    }
    size_t near[2] = {moves_from(taste, a), moves_from(taste, b)};
    if (near[0] != near[1]) {
        return near[0] < near[1];
    }
    size_t off[2] = {issues_off(taste, a), issues_off(taste, b)};
    if (off[0] != off[1]) {
        return off[0] < off[1];
    }
    uint32_t i = 0;
    while (i < taste->space->issue_count && a[i] == b[i]) {
        i++;
    }
    return i < taste->space->issue_count && a[i] < b[i];
}
