/*
 * Worlds are spread over processes in blocks, and within a block over threads, each with a table
 * and a negotiation of its own that are filled anew for every world; what a world came to is put
 * down at its number and summed up in order.
 */
#include "haggle/worlds.h"

#include "base/crew.h"
#include "base/kernel.h"
#include "base/pieces.h"
#include "base/share.h"
#include "haggle/plugin.h"
#include "model/acceptance.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The values of worlds are single precision: what is short by less counts as enough. */
static const double SLACK = (double)ENT_TIE;

enum { BLOCK = 128 };

/* What one world came to. */
typedef struct ending {
    uint32_t entry, round;
    uint8_t end;
    bool vetoed, possible;
    double left;
    double gain[ENT_HAGGLE_PARTIES], part[ENT_HAGGLE_PARTIES];
    bool opens[ENT_HAGGLE_PARTIES];
} ending;

typedef struct desk {
    ent_haggle_table table;
    ent_haggle_scratch scratch;
    ent_negotiation n;
} desk;

/* value += on[0] z[0] + ... + on[3] z[3], from left to right. */
ENT_KERNEL static void add_four(double *restrict value, const float *restrict on, uint32_t count,
                                const double *restrict z)
{
    const float *restrict a = on, *restrict b = on + count;
    const float *restrict c = on + (size_t)2 * count, *restrict d = on + (size_t)3 * count;
    for (uint32_t k = 0; k < count; k++) {
        value[k] = value[k] + (double)a[k] * z[0] + (double)b[k] * z[1] + (double)c[k] * z[2] +
                   (double)d[k] * z[3];
    }
}

ENT_KERNEL static void add_one(double *restrict value, const float *restrict on, uint32_t count,
                               double z)
{
    for (uint32_t k = 0; k < count; k++) {
        value[k] += (double)on[k] * z;
    }
}

static void set_values(const ent_worlds_game *g, const ent_worlds_party *p, uint32_t world,
                       double *value)
{
    uint32_t whole = p->k - p->k % 4;
    memset(value, 0, g->count * sizeof *value);
    for (uint32_t u = 0; u < p->k; u += u < whole ? 4 : 1) {
        const float *on = p->on + (size_t)u * g->count, *z = p->z + world + (size_t)u * p->stride;
        if (u < whole) {
            const double four[4] = {(double)z[0], (double)z[p->stride],
                                    (double)z[(size_t)2 * p->stride],
                                    (double)z[(size_t)3 * p->stride]};
            add_four(value, on, g->count, four);
        } else {
            add_one(value, on, g->count, (double)z[0]);
        }
    }
}

/* How much more every decider could have had at once. */
static double left_by(const ent_haggle_table *t, uint32_t entry)
{
    double left = 0;
    for (uint32_t k = 0; k < t->count; k++) {
        double least = t->side[0].value[k] - t->side[0].value[entry];
        for (uint32_t p = 1; p < t->parties && least > left; p++) {
            least = fmin(least, t->side[p].value[k] - t->side[p].value[entry]);
        }
        left = fmax(left, least);
    }
    return left;
}

static bool accepts(const ent_worlds_game *g, uint32_t p, uint32_t world, uint32_t entry)
{
    const ent_worlds_party *party = &g->party[p];
    if (party->keeps != NULL && party->keeps[entry] == 0) {
        return false;
    }
    double value = 0;
    for (uint32_t u = 0; u < party->k; u++) {
        value += (double)party->on[(size_t)u * g->count + entry] *
                 (double)party->z[(size_t)u * party->stride + world];
    }
    return ent_is_enough(value, (double)party->b[world]);
}

static bool council_refuses(const ent_worlds_game *g, const ent_worlds_council *council,
                            uint32_t world, uint32_t entry)
{
    uint64_t yes = 0;
    for (uint32_t p = 0; p < g->parties; p++) {
        if ((council->members >> p & 1) != 0) {
            yes |= (uint64_t)accepts(g, p, world, entry) << p;
        }
    }
    return !ent_votes_suffice(council->members, council->vetoes, council->votes, yes);
}

static bool is_vetoed(const ent_worlds_game *g, uint32_t world, uint32_t entry)
{
    for (uint32_t p = g->deciders; p < g->parties; p++) {
        const uint8_t *asks = g->party[p].asks;
        if (asks != NULL && asks[entry] != 0 && !accepts(g, p, world, entry)) {
            return true;
        }
    }
    for (uint32_t k = 0; k < g->councils; k++) {
        if (g->council[k].asks[entry] != 0 && council_refuses(g, &g->council[k], world, entry)) {
            return true;
        }
    }
    return false;
}

static bool suits_deciders(const ent_haggle_table *t, uint32_t entry)
{
    bool all = true;
    for (uint32_t p = 0; p < t->parties && all; p++) {
        all = t->side[p].value[entry] >= t->side[p].reservation;
    }
    return all;
}

/*
 * What each decider could gain at most where all can live with the deal, approvers too; true if
 * there is any. From the first decider's best down, so that few deals are better for anybody than
 * those before, and approvers are asked about few.
 */
static bool find_most(const ent_worlds_game *g, const ent_haggle_table *t, uint32_t world,
                      double *most)
{
    bool any = false;
    for (uint32_t p = 0; p < t->parties; p++) {
        most[p] = 0;
    }
    for (uint32_t k = t->count; k > 0 && t->side[0].sorted[k - 1] >= t->side[0].reservation; k--) {
        uint32_t entry = t->side[0].order[k - 1];
        bool better = !any;
        for (uint32_t p = 0; p < t->parties && !better; p++) {
            better = t->side[p].value[entry] - t->side[p].reservation > most[p];
        }
        if (!better || !suits_deciders(t, entry) || is_vetoed(g, world, entry)) {
            continue;
        }
        any = true;
        for (uint32_t p = 0; p < t->parties; p++) {
            most[p] = fmax(most[p], t->side[p].value[entry] - t->side[p].reservation);
        }
    }
    return any;
}

/*
 * What crosses a line of the party is no price: it is worth as little to it as the worst that does
 * not, and never enough, so that it neither offers it nor takes it.
 */
static void keep_to_lines(const ent_worlds_party *party, uint32_t count, ent_haggle_side *side)
{
    double least = side->reservation - SLACK;
    for (uint32_t k = 0; k < count && party->keeps != NULL; k++) {
        least = party->keeps[k] != 0 ? fmin(least, side->value[k]) : least;
    }
    for (uint32_t k = 0; k < count && party->keeps != NULL; k++) {
        side->value[k] = party->keeps[k] != 0 ? side->value[k] : least;
    }
}

static void open_world(const ent_worlds_game *g, desk *d, uint32_t world, ending *e)
{
    for (uint32_t p = 0; p < g->deciders; p++) {
        const ent_worlds_party *party = &g->party[p];
        ent_haggle_side *side = &d->table.side[p];
        set_values(g, party, world, side->value);
        side->reservation = (double)party->b[world] - SLACK;
        keep_to_lines(party, g->count, side);
        /* Where it could not live with its own position, it starts from its best. */
        double opening = party->opening == ENT_NO_ENTRY ? HUGE_VAL : side->value[party->opening];
        e->opens[p] = opening >= side->reservation;
        ent_haggle_sort(side, g->count, e->opens[p] ? opening : HUGE_VAL, &d->scratch);
    }
}

static void haggle_world(const ent_worlds_game *g, desk *d, uint32_t world, ending *e)
{
    double most[ENT_HAGGLE_PARTIES];
    open_world(g, d, world, e);
    e->possible = find_most(g, &d->table, world, most);
    ent_negotiate(&d->n, world);
    const ent_haggle_result *r = &d->n.result;
    e->entry = r->entry;
    e->round = r->round;
    e->end = (uint8_t)r->end;
    if (r->entry == ENT_NO_ENTRY) {
        return;
    }
    e->vetoed = is_vetoed(g, world, r->entry);
    e->left = left_by(&d->table, r->entry);
    for (uint32_t p = 0; p < g->deciders; p++) {
        const ent_haggle_side *side = &d->table.side[p];
        e->gain[p] = side->value[r->entry] - side->reservation;
        e->part[p] = most[p] > 0 ? e->gain[p] / most[p] : 1;
    }
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The agreements that are most frequent, by counting runs of equal ones. */
static void find_deals(ent_arena *arena, const ending *e, uint32_t worlds,
                       ent_worlds_haggled *result)
{
    uint32_t *entry = ent_alloc(arena, (size_t)worlds + 1, uint32_t), count = 0;
    for (uint32_t w = 0; w < worlds; w++) {
        if (e[w].entry != ENT_NO_ENTRY && !e[w].vetoed) {
            entry[count++] = e[w].entry;
        }
    }
    qsort(entry, count, sizeof *entry, by_number);
    for (uint32_t k = 0, end; k < count; k = end) {
        for (end = k; end < count && entry[end] == entry[k]; end++) {
        }
        ent_worlds_deal deal = {.entry = entry[k], .share = (end - k) / (double)worlds};
        uint32_t at = result->deal_count;
        if (at < ENT_WORLDS_DEALS) {
            result->deal_count++;
        } else if (result->deals[--at].share >= deal.share) {
            continue;
        }
        for (; at > 0 && result->deals[at - 1].share < deal.share; at--) {
            result->deals[at] = result->deals[at - 1];
        }
        result->deals[at] = deal;
    }
}

static void add_agreement(const ent_worlds_game *g, const ending *e, ent_worlds_haggled *r)
{
    uint32_t ahead = 0;
    r->agreed += 1;
    r->rounds += e->round + 1;
    r->left += e->left;
    r->efficient += e->left <= SLACK;
    for (uint32_t p = 0; p < g->deciders; p++) {
        r->side[p].gain += e->gain[p];
        r->side[p].part += e->part[p];
        ahead = e->part[p] > e->part[ahead] ? p : ahead;
    }
    r->side[ahead].ahead += 1;
}

static void sum_up(ent_arena *arena, const ent_worlds_game *g, const ending *e,
                   ent_worlds_haggled *r)
{
    double n = g->worlds;
    *r = (ent_worlds_haggled){.worlds = g->worlds};
    for (uint32_t w = 0; w < g->worlds; w++) {
        r->possible += e[w].possible;
        r->ends[e[w].end] += 1;
        r->vetoed += e[w].vetoed;
        for (uint32_t p = 0; p < g->deciders; p++) {
            r->side[p].opening += e[w].opens[p];
        }
        if (e[w].entry != ENT_NO_ENTRY && !e[w].vetoed) {
            add_agreement(g, &e[w], r);
        }
    }
    double agreed = r->agreed > 0 ? r->agreed : (double)NAN;
    r->rounds /= agreed;
    r->left /= agreed;
    r->efficient /= agreed;
    for (uint32_t p = 0; p < g->deciders; p++) {
        r->side[p].gain /= agreed;
        r->side[p].part /= agreed;
        r->side[p].ahead /= agreed;
        r->side[p].opening /= n;
    }
    for (int k = 0; k < ENT_HAGGLE_ENDS; k++) {
        r->ends[k] /= n;
    }
    r->possible /= n;
    r->vetoed /= n;
    r->agreed /= n;
    r->error = ent_share_error(r->agreed, n);
    find_deals(arena, e, g->worlds, r);
}

static desk *make_desks(ent_arena *arena, const ent_worlds_game *g, const ent_haggle_rules *rules,
                        const ent_chosen_strategy *chosen, const ent_haggle_table *form,
                        int threads)
{
    desk *desks = ent_alloc(arena, (size_t)threads, desk);
    for (int t = 0; t < threads; t++) {
        desk *d = &desks[t];
        ent_haggle_table_make(arena, g->count, g->deciders, &d->table);
        d->table.issues = form->issues;
        d->table.levels = form->levels;
        d->table.index = form->index;
        d->table.sampled = form->sampled;
        d->scratch = ent_haggle_scratch_make(arena, g->count);
        ent_negotiation_make(arena, &d->table, rules, chosen, &d->n);
    }
    return desks;
}

/* What a block comes to, as it travels: its worlds' endings, and what strategies did wrong. */
typedef struct block {
    ent_faults faults[ENT_HAGGLE_PARTIES];
    ending endings[BLOCK];
} block;

typedef struct job {
    ent_work *work;
    const ent_worlds_game *game;
    const ent_chosen_strategy *chosen;
    const ent_apart *apart; /* NULL: all play in this process */
    ending *shared;         /* [BLOCK] with processes apart */
    desk *desks;
    ending *endings; /* [worlds] */
    int threads;
    uint64_t next;
} job;

static bool next_block(void *user, int rank, uint64_t *piece)
{
    job *j = user;
    (void)rank;
    *piece = j->next;
    return j->next * BLOCK < j->game->worlds && j->next++ < UINT64_MAX;
}

static uint32_t block_of(const job *j, uint64_t piece, uint32_t *from)
{
    *from = (uint32_t)piece * BLOCK;
    uint32_t left = j->game->worlds - *from;
    return left < BLOCK ? left : BLOCK;
}

/* A block whose worlds are haggled in by processes apart. */
typedef struct distant {
    const job *j;
    uint32_t from;
} distant;

static void enter(void *user, int child, ent_trace *trace)
{
    const distant *d = user;
    (void)child;
    for (uint32_t p = 0; p < d->j->game->deciders; p++) {
        ent_enter_strategy(d->j->chosen[p].strategy, trace);
    }
}

static void act(void *user, int child, uint32_t w)
{
    const distant *d = user;
    haggle_world(d->j->game, &d->j->desks[child], d->from + w, &d->j->shared[w]);
}

static void fail(void *user, uint32_t w, const ent_trace *trace, ent_fault fault)
{
    const distant *d = user;
    d->j->shared[w] = (ending){.end = ENT_HAGGLE_FAILED, .entry = ENT_NO_ENTRY,
                               .round = trace->round};
    if (trace->plugin != NULL) {
        ent_add_fault(trace->plugin, fault);
    }
}

static ent_status haggle_apart(const job *j, uint32_t from, uint32_t count, ending *endings)
{
    distant d = {j, from};
    ent_apart_job apart = {.count = count, .children = j->threads, .enter = enter, .act = act,
                           .fail = fail, .user = &d};
    memset(j->shared, 0, count * sizeof *j->shared);
    ent_status status = ent_act_apart(j->work, j->apart, &apart);
    memcpy(endings, j->shared, count * sizeof *endings);
    return status;
}

typedef struct turns {
    const job *j;
    uint32_t from;
    ending *endings;
} turns;

static void haggle_one(void *user, int thread, uint64_t w)
{
    const turns *t = user;
    if (!ent_stopped(t->j->work)) {
        t->endings[w] = (ending){0};
        haggle_world(t->j->game, &t->j->desks[thread], t->from + (uint32_t)w, &t->endings[w]);
    }
}

static ent_status play_block(const job *j, uint32_t from, uint32_t count, ending *endings)
{
    if (j->apart != NULL) {
        return haggle_apart(j, from, count, endings);
    }
    turns all = {j, from, endings};
    ent_run_team(j->threads, count, haggle_one, &all);
    return ent_stopped(j->work) ? ENT_CANCELLED : ENT_OK;
}

static ent_status haggle_block(void *user, uint64_t piece, void *result, size_t *length)
{
    const job *j = user;
    block *b = result;
    uint32_t from, count = block_of(j, piece, &from);
    *length = offsetof(block, endings) + count * sizeof *b->endings;
    if (ent_tick(j->work, "haggled worlds", from, j->game->worlds)) {
        return ENT_CANCELLED;
    }
    ent_status status = play_block(j, from, count, b->endings);
    for (uint32_t p = 0; p < j->game->deciders; p++) {
        b->faults[p] = ent_take_faults(j->chosen[p].strategy);
    }
    return status;
}

static ent_status take_block(void *user, uint64_t piece, const void *result, size_t length)
{
    const job *j = user;
    const block *b = result;
    uint32_t from, count = block_of(j, piece, &from);
    if (length != offsetof(block, endings) + count * sizeof *b->endings) {
        return ENT_INVALID;
    }
    memcpy(j->endings + from, b->endings, count * sizeof *b->endings);
    for (uint32_t p = 0; p < j->game->deciders; p++) {
        ent_give_faults(j->chosen[p].strategy, &b->faults[p]);
    }
    return ENT_OK;
}

ent_status ent_haggle_worlds(ent_work *work, const ent_worlds_game *game,
                             const ent_haggle_rules *rules, const ent_chosen_strategy *chosen,
                             const ent_haggle_table *form, ent_worlds_haggled *result)
{
    job j = {.work = work, .game = game, .chosen = chosen,
             .threads = work->threads < 1 ? 1 : work->threads};
    if (rules->apart != NULL && ent_any_plugin(chosen, game->deciders)) {
        j.apart = rules->apart;
        j.shared = ent_shared_memory(work->arena, BLOCK * sizeof(ending));
    }
    j.desks = make_desks(work->arena, game, rules, chosen, form, j.threads);
    j.endings = ent_alloc(work->arena, game->worlds, ending);
    ent_crew_job blocks = {.room = sizeof(block), .next = next_block, .act = haggle_block,
                           .take = take_block, .user = &j};
    ent_status status = ent_crew_run(work, &blocks);
    if (status == ENT_OK) {
        sum_up(work->arena, game, j.endings, result);
    }
    return status;
}
