#include "answers/blocks.h"

#include "answers/quiet.h"
#include "answers/search.h"
#include "answers/whole.h"
#include "answers/zone.h"
#include "base/crew.h"
#include "base/kernel.h"

#include <math.h>
#include <string.h>

enum {
    BLOCK = 32768,  /* worlds at most; the chains' first steps are 2 % of the work then */
    WHOLE = 100000, /* so many are still drawn at once */
    QUALITY = 3,    /* notes of a party: effective size, R-hat, poor; then its moments */
};

bool ent_goes_by_blocks(const ent_analysis *analysis)
{
    uint64_t outcomes;
    return analysis->settings.by_blocks && analysis->settings.worlds > WHOLE &&
           ent_space_outcomes(&analysis->c->space, &outcomes) && outcomes < ENT_SEARCH_LEAST &&
           ent_can_sweep(analysis);
}

static uint32_t block_count(uint32_t worlds)
{
    return (worlds + BLOCK - 1) / BLOCK;
}

uint32_t ent_block_worlds(uint32_t worlds, uint32_t block)
{
    uint32_t count = block_count(worlds);
    return block >= count ? 0 : worlds / count + (block < worlds % count);
}

/* An account, and what its blocks come to. */
typedef struct counted {
    size_t account;
    ent_tally *tally;
    const uint64_t *levels; /* the deal beside which the zone is told; NULL: there is none */
    size_t things;          /* as in ent_together */
} counted;

typedef struct counting {
    ent_work *work;
    ent_work quiet;
    const ent_analysis *analysis;
    uint32_t blocks, worlds; /* of those that are counted */
    counted *accounts; /* those that are told */
    size_t account_count;
    size_t notes, numbers; /* doubles and integers of a block's record, in this order */
    double *noted;         /* [blocks][notes] */
    uint32_t *sum;         /* [numbers] over the blocks */
    uint64_t next;
} counting;

/* ---- A block's record ----------------------------------------------------------------------- */

/* Importances of the groups, and b: what moments are noted of. */
static size_t series_of(const ent_stakes *stakes)
{
    return (size_t)stakes->groups + 1;
}

static size_t notes_of(const ent_stakes *stakes)
{
    return QUALITY + 2 * series_of(stakes);
}

static bool has_say(const ent_tally *tally, uint32_t party)
{
    for (size_t v = 0; v < tally->voters.count; v++) {
        if (tally->voters.party[v] == party) {
            return true;
        }
    }
    return false;
}

/* The counts of the tally to or from the record; those with a say where a deal can be had. */
static size_t move_counts(const ent_tally *tally, uint32_t *record, bool out)
{
    size_t at = 0;
    for (uint32_t p = 0; p < tally->analysis->c->party_count; p++) {
        uint32_t *counts = tally->counts[p];
        bool some = has_say(tally, p);
        for (uint64_t i = 0; counts != NULL && i < tally->party_grid[p].outcomes; i++) {
            if (some && tally->available[i] == 0) {
                continue;
            }
            if (record != NULL && out) {
                record[at] = counts[i];
            } else if (record != NULL) {
                counts[i] = record[at];
            }
            at++;
        }
    }
    return at;
}

/* x[LANES] and x^2 of so many worlds, added up lane by lane. */
ENT_KERNEL
static void add_moments(const double *restrict x, uint32_t worlds, double *restrict sum,
                        double *restrict squares)
{
    for (uint32_t w = 0; w < worlds; w++) {
        sum[w] += x[w];
        squares[w] += x[w] * x[w];
    }
}

ENT_KERNEL
static void add_column(const float *restrict column, uint32_t worlds, double *restrict x)
{
    for (uint32_t w = 0; w < worlds; w++) {
        x[w] += (double)column[w];
    }
}

/* Mean and mean square of the importance of a group, or of b (group: all of them). */
static void note_moments(const ent_stakes *stakes, const ent_world_set *set, uint32_t group,
                         double *notes)
{
    enum { LANES = 64 };
    double x[LANES], sum[LANES] = {0}, squares[LANES] = {0};
    for (uint32_t first = 0; first < set->worlds; first += LANES) {
        uint32_t lanes = set->worlds - first < LANES ? set->worlds - first : LANES;
        memset(x, 0, sizeof x);
        if (group == stakes->groups) {
            add_column(set->b + first, lanes, x);
        } else {
            for (uint32_t u = stakes->group_start[group]; u < stakes->group_start[group + 1];
                 u++) {
                add_column(set->z + (size_t)u * set->stride + first, lanes, x);
            }
        }
        add_moments(x, lanes, sum, squares);
    }
    notes[0] = notes[1] = 0;
    for (uint32_t l = 0; l < LANES; l++) {
        notes[0] += sum[l] / set->worlds;
        notes[1] += squares[l] / set->worlds;
    }
}

static double *note_sets(const counting *g, const ent_account_worlds *worlds, double *notes)
{
    for (uint32_t p = 0; p < g->analysis->c->party_count; p++) {
        const ent_stakes *stakes = g->analysis->stakes[p];
        const ent_world_set *set = &worlds->sets[p];
        notes[0] = set->effective;
        notes[1] = set->rhat;
        notes[2] = set->poor ? 1 : 0;
        for (uint32_t i = 0; i < series_of(stakes); i++) {
            note_moments(stakes, set, i, notes + QUALITY + 2 * (size_t)i);
        }
        notes += notes_of(stakes);
    }
    return notes;
}

/* The integers of an account: its counts, what held together, worlds with a deal. */
static size_t numbers_of(const counted *a)
{
    return move_counts(a->tally, NULL, true) + a->things * a->things + 1;
}

static uint32_t *put_numbers(ent_arena *arena, const ent_tally *tally, const counted *a,
                             uint32_t *to)
{
    to += move_counts(tally, to, true);
    ent_count_together(arena, tally, a->levels, to);
    to += a->things * a->things;
    *to++ = tally->zone_count;
    return to;
}

/* ---- One block ------------------------------------------------------------------------------ */

/* Accounts that have the same polytope of a party have the same worlds of it in a block. */
static bool same_polytope(const ent_polytope *a, const ent_polytope *b)
{
    bool same = a->row_count == b->row_count && a->stakes == b->stakes;
    for (size_t i = 0; i < a->row_count && same; i++) {
        const ent_row *x = &a->rows[i];
        const ent_row *y = &b->rows[i];
        same = x->beta == y->beta && x->gamma == y->gamma && x->strict == y->strict &&
               (a->stakes->k == 0 || memcmp(x->a, y->a, a->stakes->k * sizeof *x->a) == 0);
    }
    return same;
}

/* The parties' worlds of the account in the block; earlier: accounts that have theirs. */
static ent_status draw_block(ent_work *work, const counting *g, const ent_analysis *block,
                             size_t at)
{
    size_t account = g->accounts[at].account;
    ent_account_worlds *worlds = &block->worlds[account];
    for (uint32_t p = 0; p < block->c->party_count; p++) {
        const ent_world_set *have = NULL;
        for (size_t i = 0; i < at && have == NULL; i++) {
            const ent_account_worlds *other = &block->worlds[g->accounts[i].account];
            if (same_polytope(&other->polytopes[p], &worlds->polytopes[p])) {
                have = &other->sets[p];
            }
        }
        ent_status status = ENT_OK;
        if (have != NULL) {
            worlds->sets[p] = *have;
        } else {
            status = ent_draw_party(work, block, account, p, worlds);
        }
        if (status != ENT_OK) {
            return status;
        }
    }
    return ENT_OK;
}

/* The analysis with room for the block's worlds in place of those that are kept. */
static ent_analysis *block_analysis(ent_arena *arena, const counting *g, uint32_t number)
{
    size_t accounts = g->analysis->accounts.count;
    size_t parties = g->analysis->c->party_count;
    ent_analysis *block = ent_alloc(arena, 1, ent_analysis);
    *block = *g->analysis;
    block->block = number;
    block->settings.worlds = ent_block_worlds(g->analysis->all_worlds, number);
    block->worlds = ent_alloc(arena, accounts + 1, ent_account_worlds);
    memcpy(block->worlds, g->analysis->worlds, accounts * sizeof *block->worlds);
    for (size_t i = 0; i < accounts; i++) {
        block->worlds[i].sets = ent_alloc(arena, parties + 1, ent_world_set);
        block->worlds[i].oracles = ent_alloc(arena, parties + 1, ent_oracle *);
    }
    return block;
}

typedef struct piece {
    const counting *g;
    uint32_t number;
    void *record;
} piece;

static ent_status count_block(ent_work *beside, void *argument)
{
    const piece *p = argument;
    const counting *g = p->g;
    double *notes = p->record;
    uint32_t *numbers = (uint32_t *)(notes + g->notes);
    const ent_analysis *block = block_analysis(beside->arena, g, p->number);
    ent_status status = ENT_OK;
    for (size_t i = 0; i < g->account_count && status == ENT_OK; i++) {
        const counted *a = &g->accounts[i];
        ent_tally tally;
        status = draw_block(beside, g, block, i);
        if (status == ENT_OK) {
            status = ent_tally_account(beside, block, a->account, &tally);
        }
        if (status == ENT_OK) {
            notes = note_sets(g, &block->worlds[a->account], notes);
            numbers = put_numbers(beside->arena, &tally, a, numbers);
        }
    }
    return status;
}

static size_t length_of(const counting *g)
{
    return g->notes * sizeof(double) + g->numbers * sizeof(uint32_t);
}

static bool next_block(void *user, int rank, uint64_t *at)
{
    counting *g = user;
    (void)rank;
    *at = g->next;
    return g->next < g->blocks && g->next++ < UINT64_MAX;
}

static ent_status act_block(void *user, uint64_t number, void *result, size_t *length)
{
    counting *g = user;
    piece p = {g, (uint32_t)number, result};
    *length = length_of(g);
    if (ent_tick(g->work, "blocks of worlds", number, g->blocks)) {
        return ENT_CANCELLED;
    }
    return ent_beside(&g->quiet, count_block, &p);
}

static ent_status take_block(void *user, uint64_t number, const void *result, size_t length)
{
    counting *g = user;
    if (length != length_of(g)) {
        return ENT_INVALID;
    }
    memcpy(g->noted + number * g->notes, result, g->notes * sizeof(double));
    const uint32_t *numbers = (const uint32_t *)((const double *)result + g->notes);
    for (size_t i = 0; i < g->numbers; i++) {
        g->sum[i] += numbers[i];
    }
    return ENT_OK;
}

/* ---- All blocks ----------------------------------------------------------------------------- */

/*
 * Split R-hat (Gelman et al. 2013, 11.4) with blocks for half chains, each of so many draws that
 * what lies between means is told from what lies within alone: sqrt((within + between) / within).
 * noted: the block's mean and mean square of one series, every `step`.
 */
static double rhat_of(const double *noted, size_t step, uint32_t blocks)
{
    double within = 0, center = 0, between = 0;
    for (uint32_t k = 0; k < blocks; k++) {
        const double *of = noted + k * step;
        within += (of[1] - of[0] * of[0]) / blocks;
        center += of[0] / blocks;
    }
    for (uint32_t k = 0; k < blocks; k++) {
        double off = noted[k * step] - center;
        between += off * off / (blocks - 1);
    }
    return within > 1e-13 * center * center ? sqrt((within + between) / within) : 1;
}

/* The quality of a party's draws over all blocks; notes: where its notes of the first begin. */
static void join_quality(const counting *g, const ent_stakes *stakes, const double *notes,
                         ent_world_set *set)
{
    double effective = 0, rhat = 1;
    bool poor = false;
    for (uint32_t k = 0; k < g->blocks; k++) {
        const double *of = notes + k * g->notes;
        effective += of[0];
        rhat = fmax(rhat, of[1]);
        poor = poor || of[2] != 0;
    }
    for (size_t i = 0; i < series_of(stakes) && strcmp(set->method, "chains") == 0; i++) {
        rhat = fmax(rhat, rhat_of(notes + QUALITY + 2 * i, g->notes, g->blocks));
    }
    bool told = set->poor;
    set->effective = fmin(effective, g->worlds);
    set->rhat = rhat;
    set->poor = poor || !(effective >= ent_least_effective(g->worlds));
    if (set->poor && !told) {
        ent_tell(g->work->diags, ENT_WARNING, ENT_W101_POOR_SAMPLE, NULL, (ent_pos){0}, NULL,
                 "of %u worlds only about %.0f are independent (split R-hat %.3f)", g->worlds,
                 set->effective, set->rhat);
    }
}

/* What all blocks come to becomes the tallies' and the analysis' that is told of. */
static void join(const counting *g, ent_analysis *told)
{
    ent_arena *arena = g->work->arena;
    const double *notes = g->noted;
    uint32_t *numbers = g->sum;
    told->settings.worlds = g->worlds;
    for (size_t i = 0; i < g->account_count; i++) {
        const counted *a = &g->accounts[i];
        ent_account_worlds *worlds = &told->worlds[a->account];
        for (uint32_t p = 0; p < told->c->party_count; p++) {
            join_quality(g, told->stakes[p], notes, &worlds->sets[p]);
            notes += notes_of(told->stakes[p]);
        }
        ent_together *together = ent_alloc(arena, 1, ent_together);
        numbers += move_counts(a->tally, numbers, false);
        *together = (ent_together){a->levels, a->things, numbers};
        numbers += a->things * a->things;
        a->tally->analysis = told;
        a->tally->worlds = told->settings.worlds;
        a->tally->voters = ent_voters_of(arena, told, a->account);
        a->tally->zone = NULL;
        a->tally->zone_count = *numbers++;
        a->tally->together = together;
        *ent_kept_in(g->analysis, a->account, arena) =
            (ent_kept){.tally = a->tally, .in = arena};
    }
}

/* The first block: it is there, and its tally says what a record is made of. */
static ent_status count_first(counting *g)
{
    const ent_analysis *analysis = g->analysis;
    ent_status status = ENT_OK;
    for (size_t i = 0; i < analysis->accounts.count && status == ENT_OK; i++) {
        if (analysis->worlds[i].account == NULL || ent_first_told(analysis, i) != i) {
            continue;
        }
        counted *a = &g->accounts[g->account_count++];
        *a = (counted){.account = i, .tally = ent_alloc(g->work->arena, 1, ent_tally)};
        status = ent_tally_account(g->work, analysis, i, a->tally);
        if (status == ENT_OK) {
            const ent_deal *best = ent_best_deal(g->work, a->tally);
            a->levels = best != NULL ? best->levels : NULL;
            a->things = a->tally->voters.count + 1;
            g->numbers += numbers_of(a);
            for (uint32_t p = 0; p < analysis->c->party_count; p++) {
                g->notes += notes_of(analysis->stakes[p]);
            }
        }
    }
    return status;
}

static void begin_sums(counting *g)
{
    ent_arena *arena = g->work->arena;
    g->noted = ent_alloc(arena, g->blocks * g->notes + 1, double);
    g->sum = ent_alloc(arena, g->numbers + 1, uint32_t);
    double *notes = g->noted;
    uint32_t *numbers = g->sum;
    for (size_t i = 0; i < g->account_count; i++) {
        const counted *a = &g->accounts[i];
        notes = note_sets(g, &g->analysis->worlds[a->account], notes);
        numbers = put_numbers(arena, a->tally, a, numbers);
    }
}

/* The analysis with sets of its own, whose quality will be that of all blocks. */
static void copy_analysis(ent_arena *arena, const ent_analysis *from, ent_analysis *to)
{
    size_t accounts = from->accounts.count, parties = from->c->party_count;
    *to = *from;
    to->kept = ent_alloc(arena, accounts + 1, ent_kept);
    to->worlds = ent_alloc(arena, accounts + 1, ent_account_worlds);
    memcpy(to->worlds, from->worlds, accounts * sizeof *to->worlds);
    for (size_t i = 0; i < accounts; i++) {
        if (from->worlds[i].account != NULL) {
            ent_world_set *sets = ent_alloc(arena, parties + 1, ent_world_set);
            size_t same = ent_first_told(from, i); /* one account with several names */
            memcpy(sets, from->worlds[i].sets, parties * sizeof *sets);
            to->worlds[i].sets = same < i ? to->worlds[same].sets : sets;
        }
    }
}

ent_status ent_count_blocks(ent_work *work, const ent_analysis *analysis, ent_analysis *told)
{
    if (analysis->all_worlds == 0) {
        *told = *analysis;
        return ENT_OK;
    }
    counting g = {.work = work, .quiet = ent_quietly(work), .analysis = analysis,
                  .blocks = block_count(analysis->all_worlds), .worlds = analysis->all_worlds,
                  .next = 1};
    g.quiet.crew = NULL;
    g.quiet.draws = NULL;
    g.quiet.tick = NULL; /* the blocks tell how far they are */
    g.accounts = ent_alloc(work->arena, analysis->accounts.count + 1, counted);
    copy_analysis(work->arena, analysis, told);
    ent_status status = count_first(&g);
    if (status != ENT_OK) {
        return status;
    }
    begin_sums(&g);
    ent_crew_job job = {.room = length_of(&g), .next = next_block, .act = act_block,
                        .take = take_block, .user = &g};
    status = ent_crew_run(work, &job);
    status = status == ENT_OK
                 ? ent_crew_share(work, g.noted, g.blocks * g.notes * sizeof *g.noted)
                 : status;
    status = status == ENT_OK ? ent_crew_share(work, g.sum, g.numbers * sizeof *g.sum) : status;
    if (status == ENT_CANCELLED && work->crew == NULL) { /* the last one was not ended */
        g.blocks = (uint32_t)g.next - 1;
        g.worlds = 0;
        for (uint32_t k = 0; k < g.blocks; k++) {
            g.worlds += ent_block_worlds(analysis->all_worlds, k);
        }
    }
    told->interrupted = status == ENT_CANCELLED && work->crew == NULL && g.blocks > 1;
    if (status == ENT_OK || told->interrupted) {
        join(&g, told);
    }
    return status;
}
