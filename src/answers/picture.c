/*
 * A picture of the deals. Others are thinned on a square lattice of the first two deciders' shares:
 * each square shows its best deal, so that what is left out lies near something shown.
 * Cost: O(outcomes + shown * worlds) beside the tally.
 */
#include "answers/picture.h"

#include "answers/frontier.h"
#include "answers/verdict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct pick {
    uint64_t index;
    double joint;
    uint32_t a, b; /* worlds of the first two deciders that accept */
    bool frontier, described;
} pick;

typedef struct picks {
    pick *at;
    size_t count, room;
} picks;

typedef struct choosing {
    ent_work *work;
    const ent_analysis *analysis;
    const ent_tally *tally;
    const double *joint;
    uint8_t *taken; /* [outcomes] */
    uint32_t a, b;  /* the first two deciders */
    picks picks;
} choosing;

static void first_deciders(const ent_case *c, uint32_t *a, uint32_t *b)
{
    *a = *b = 0;
    uint32_t found = 0;
    for (uint32_t p = 0; p < c->party_count && found < 2; p++) {
        if (c->parties[p].role == ENT_DECIDER) {
            *(found++ == 0 ? a : b) = p;
        }
    }
}

static pick pick_of(const choosing *ch, uint64_t index)
{
    return (pick){.index = index,
                  .joint = fmax(ch->joint[index], 0),
                  .a = ch->tally->counts[ch->a][index],
                  .b = ch->tally->counts[ch->b][index]};
}

static pick *take(choosing *ch, pick p)
{
    ch->taken[p.index] = 1;
    pick *to = ent_push(ch->work->arena, &ch->picks);
    *to = p;
    return to;
}

static int along(const void *left, const void *right)
{
    const pick *p = left;
    const pick *q = right;
    if (p->a != q->a) {
        return p->a < q->a ? -1 : 1;
    }
    if (p->b != q->b) {
        return p->b < q->b ? -1 : 1;
    }
    return (p->index > q->index) - (p->index < q->index);
}

static int best_first(const void *left, const void *right)
{
    const pick *p = left;
    const pick *q = right;
    if (p->joint != q->joint) {
        return p->joint > q->joint ? -1 : 1;
    }
    return (p->index > q->index) - (p->index < q->index);
}

/* The named packages, whether they can be had or not. */
static void take_described(choosing *ch, const uint8_t *frontier)
{
    const ent_case *c = ch->analysis->c;
    uint64_t *levels = ent_alloc(ch->work->arena, c->space.issue_count + 1, uint64_t);
    for (size_t i = 0; i < c->package_count; i++) {
        ent_package_outcome(&c->space, &c->packages[i], levels);
        uint64_t index = ent_grid_index(&ch->tally->grid, levels);
        if (index > 0 && ch->taken[index] == 0) {
            pick *p = take(ch, pick_of(ch, index));
            p->described = true;
            p->frontier = frontier[index] != 0;
        }
    }
}

/* The frontier, points of the same shares once; of too many, as many as asked, evenly. */
static void take_frontier(choosing *ch, const uint8_t *frontier, size_t most)
{
    picks on = {0};
    for (uint64_t i = 0; i < ch->tally->grid.outcomes; i++) {
        if (frontier[i] != 0 && ch->taken[i] == 0) {
            pick *p = ent_push(ch->work->arena, &on);
            *p = pick_of(ch, i);
            p->frontier = true;
        }
    }
    if (on.count > 0) {
        qsort(on.at, on.count, sizeof *on.at, along);
    }
    size_t kept = 0;
    for (size_t i = 0; i < on.count; i++) {
        if (kept == 0 || on.at[i].a != on.at[kept - 1].a || on.at[i].b != on.at[kept - 1].b) {
            on.at[kept++] = on.at[i];
        }
    }
    size_t shown = kept < most ? kept : most;
    for (size_t i = 0; i < shown; i++) {
        take(ch, on.at[shown > 1 ? i * (kept - 1) / (shown - 1) : 0]);
    }
}

static void take_best(choosing *ch, const uint8_t *frontier)
{
    uint64_t best = 0;
    bool found = false;
    for (uint64_t i = 0; i < ch->tally->grid.outcomes; i++) {
        if (ch->tally->available[i] != 0 && (!found || ch->joint[i] > ch->joint[best])) {
            best = i;
            found = true;
        }
    }
    if (found && ch->taken[best] == 0) {
        take(ch, pick_of(ch, best))->frontier = frontier[best] != 0;
    }
}

/* One deal for each square of the lattice that has none yet. */
static void take_others(choosing *ch, size_t most)
{
    size_t side = (size_t)ceil(sqrt(2.0 * (double)most));
    uint32_t worlds = ch->tally->worlds;
    uint64_t *best = ent_alloc(ch->work->arena, side * side + 1, uint64_t);
    for (uint64_t i = 0; i < ch->tally->grid.outcomes && most > 0; i++) {
        if (ch->tally->available[i] == 0 || ch->taken[i] != 0) {
            continue;
        }
        size_t x = (size_t)ch->tally->counts[ch->a][i] * (side - 1) / worlds;
        size_t y = (size_t)ch->tally->counts[ch->b][i] * (side - 1) / worlds;
        uint64_t *at = &best[y * side + x];
        *at = *at == 0 || ch->joint[i] > ch->joint[*at] ? i : *at;
    }
    for (size_t s = 0; s < side * side; s++) {
        if (best[s] != 0) {
            take(ch, pick_of(ch, best[s]));
        }
    }
}

static void show(choosing *ch, const ent_judge *judge, bool verdicts, ent_picture *picture)
{
    const ent_case *c = ch->analysis->c;
    ent_arena *arena = ch->work->arena;
    if (ch->picks.count > 0) {
        qsort(ch->picks.at, ch->picks.count, sizeof *ch->picks.at, best_first);
    }
    ent_shown_deal *shown = ent_alloc(arena, ch->picks.count + 1, ent_shown_deal);
    uint64_t *levels = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    uint32_t *counts = ent_alloc(arena, c->party_count + 1, uint32_t);
    for (size_t i = 0; i < ch->picks.count; i++) {
        const pick *p = &ch->picks.at[i];
        ent_grid_outcome(&ch->tally->grid, p->index, levels);
        for (uint32_t q = 0; q < c->party_count; q++) {
            ent_voter voter = ent_voter_of(ch->analysis, ch->tally->account, q);
            /* The sweep does not count what cannot be had. */
            counts[q] = ch->tally->available[p->index] != 0
                            ? ent_tally_count(ch->tally, q, levels)
                            : ent_count_accepting(&c->space, &voter, levels);
        }
        /* Judged in any case: a share that is proved is the same number wherever it is shown. */
        shown[i].deal = ent_make_deal(arena, ch->analysis, judge, levels, counts);
        bool judged = verdicts && (p->described || i == 0);
        shown[i].deal.verdicts = judged ? shown[i].deal.verdicts : NULL;
        shown[i].deal.available = ch->tally->available[p->index] != 0;
        shown[i].deal.frontier = p->frontier;
        shown[i].described = p->described;
    }
    picture->at = shown;
    picture->count = ch->picks.count;
}

static ent_status picture_by_search(ent_work *work, const ent_analysis *analysis, size_t account,
                                    const ent_picture_request *request, ent_picture *picture)
{
    const ent_case *c = analysis->c;
    ent_deals_request asked = {.top = request->frontier + request->others};
    ent_status status = ent_answer_deals(work, analysis, account, &asked, &picture->deals);
    if (status != ENT_OK && status != ENT_LIMIT) {
        return status;
    }
    size_t listed = picture->deals.count;
    ent_shown_deal *shown = ent_alloc(work->arena, listed + c->package_count + 1, ent_shown_deal);
    for (size_t i = 0; i < listed; i++) {
        shown[i].deal = picture->deals.at[i];
    }
    picture->count = listed;
    uint64_t *levels = ent_alloc(work->arena, c->space.issue_count + 1, uint64_t);
    for (size_t i = 0; i < c->package_count; i++) {
        ent_package_outcome(&c->space, &c->packages[i], levels);
        if (!ent_outcome_is_status_quo(&c->space, levels)) {
            ent_shown_deal *to = &shown[picture->count++];
            status = ent_answer_deal(work, analysis, account, levels, &to->deal);
            to->described = true;
        }
    }
    picture->at = shown;
    return status;
}

/* Those that a deal may ask, councils among them. */
static void list_voters(ent_arena *arena, const ent_case *c, ent_picture *picture)
{
    uint32_t *list = ent_alloc(arena, (size_t)c->party_count + 1, uint32_t);
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (c->parties[p].role != ENT_OBSERVER) {
            list[picture->voter_count++] = p;
        }
    }
    picture->voters = list;
}

void ent_frame_picture(ent_work *work, const ent_analysis *analysis, size_t account,
                       ent_picture *picture)
{
    ent_voters voters = ent_voters_of(work->arena, analysis, account);
    *picture = (ent_picture){.worlds = analysis->settings.worlds};
    list_voters(work->arena, analysis->c, picture);
    picture->effective = ent_effective_worlds(&voters, picture->worlds);
    for (size_t v = 0; v < voters.count; v++) {
        picture->poor = picture->poor || voters.at[v].set->poor;
    }
}

ent_status ent_make_picture(ent_work *work, const ent_analysis *analysis, size_t account,
                            const ent_tally *tally, const ent_picture_request *request,
                            ent_picture *picture)
{
    ent_frame_picture(work, analysis, account, picture);
    if (tally == NULL) {
        return picture_by_search(work, analysis, account, request, picture);
    }
    ent_status status = ENT_OK;
    if (request->known != NULL && request->known->method == ENT_BY_SWEEP) {
        picture->deals = *request->known;
    } else {
        ent_deals_request best = {.top = 1, .verdicts = request->verdicts};
        status = ent_deals_of_tally(work, tally, &best, &picture->deals);
    }
    const uint8_t *frontier = ent_frontier_of(work->arena, tally);
    choosing ch = {.work = work, .analysis = analysis, .tally = tally};
    ch.joint = ent_tally_joint(work->arena, tally);
    ch.taken = ent_alloc(work->arena, tally->grid.outcomes + 1, uint8_t);
    first_deciders(analysis->c, &ch.a, &ch.b);
    take_described(&ch, frontier);
    take_best(&ch, frontier);
    take_frontier(&ch, frontier, request->frontier);
    take_others(&ch, request->others);
    ent_judge judge = ent_judge_of(work->arena, analysis, account);
    show(&ch, &judge, request->verdicts, picture);
    return status;
}
