#include "answers/menu.h"

#include "answers/scratch.h"
#include "answers/verdict.h"
#include "base/share.h"

#include <math.h>
#include <string.h>

enum {
    BLOCK = 2048,           /* packages whose parties' rows are there at a time */
    PACKAGES = 24576,       /* looked at, and ... */
    KEPT_BYTES = 512 << 20, /* ... of joint rows, at most; what is more is left out, and said */
};
#define BUDGET UINT64_C(1500000000) /* words looked at for one size: about half a second */
#define UNPROVED 16 /* part of it where not all packages are candidates: nothing is proved then */

/* What is known while menus of one account are made. */
typedef struct table {
    ent_work *work; /* for what stays */
    ent_bits bits;
    ent_candidates candidates;
    ent_rows_of_bits rows; /* joint */
    const uint64_t *best;  /* joint row of the best package */
    uint32_t best_bits;
    ent_taste taste;
    uint32_t issues;
} table;

static const uint64_t *levels_at(const table *t, size_t i)
{
    return t->candidates.levels + i * t->issues;
}

/* Joint rows of packages, a block at a time: levels[count][issues] to rows[count][words]. */
static ent_status join_all(ent_work *work, const ent_bits *bits, const uint64_t *levels,
                           size_t count, uint64_t *rows)
{
    uint32_t issues = bits->analysis->c->space.issue_count;
    size_t voters = bits->voters.count;
    size_t block = count < BLOCK ? count : BLOCK;
    uint64_t *own = ent_alloc_unset(work->arena, voters * block * bits->words + 1, uint64_t);
    const uint64_t **of = ent_alloc(work->arena, voters + 1, const uint64_t *);
    for (size_t from = 0; from < count; from += block) {
        size_t n = count - from < block ? count - from : block;
        for (size_t v = 0; v < voters; v++) {
            ent_fill_rows(work, bits, v, levels + from * issues, n,
                          own + v * block * bits->words);
        }
        for (size_t i = 0; i < n; i++) {
            for (size_t v = 0; v < voters; v++) {
                of[v] = own + (v * block + i) * bits->words;
            }
            ent_join_rows(bits, levels + (from + i) * issues, of,
                          rows + (from + i) * bits->words);
        }
        if (ent_tick(work, "packages", from, count)) {
            return ENT_CANCELLED;
        }
    }
    return ENT_OK;
}

static ent_status set_table(ent_work *work, ent_work *scratch, const ent_analysis *analysis,
                            size_t account, const ent_best *best, table *t)
{
    *t = (table){.work = work,
                 .bits = ent_bits_of(work->arena, analysis, account),
                 .issues = analysis->c->space.issue_count};
    size_t most = KEPT_BYTES / (t->bits.words * sizeof(uint64_t)) + 1;
    most = most < PACKAGES ? most : PACKAGES;
    ent_status status =
        ent_candidates_of(work, &t->bits, best, true, most, &t->candidates);
    if (status != ENT_OK) {
        return status;
    }
    uint64_t *rows =
        ent_alloc_unset(scratch->arena, (t->candidates.count + 1) * t->bits.words, uint64_t);
    status = join_all(scratch, &t->bits, t->candidates.levels, t->candidates.count, rows);
    uint64_t *own = rows + t->candidates.count * t->bits.words;
    if (status == ENT_OK) {
        status = join_all(scratch, &t->bits, best->deal.levels, 1, own);
    }
    t->rows = (ent_rows_of_bits){rows, t->candidates.count, t->bits.words};
    t->best = own;
    t->best_bits = ent_count_row(own, t->bits.words);
    t->taste = ent_taste_of(work, analysis, account);
    return status;
}

static const uint64_t *row_at(const table *t, size_t i)
{
    return t->rows.at + i * t->rows.words;
}

/* covered = union of the rows of the menu, without the one at `but`. */
static void cover_but(const table *t, const size_t *menu, size_t size, size_t but,
                      uint64_t *covered)
{
    memset(covered, 0, t->rows.words * sizeof *covered);
    for (size_t i = 0; i < size; i++) {
        for (size_t w = 0; i != but && w < t->rows.words; w++) {
            covered[w] |= row_at(t, menu[i])[w];
        }
    }
}

/*
 * In place of each package the one that does as much beside the others and is told more readily:
 * what somebody has said, and what differs least from the last positions.
 */
static void reword(const table *t, size_t *menu, size_t size, uint64_t *covered)
{
    for (size_t i = 0; i < size; i++) {
        cover_but(t, menu, size, i, covered);
        uint32_t gain = ent_count_beyond(row_at(t, menu[i]), covered, t->rows.words);
        for (size_t c = 0; c < t->rows.count; c++) {
            if (ent_count_beyond(row_at(t, c), covered, t->rows.words) == gain &&
                ent_tastes_better(&t->taste, levels_at(t, c), levels_at(t, menu[i]))) {
                menu[i] = c;
            }
        }
    }
}

/* What adds most first; ties by the order of the candidates. */
static void order(const table *t, size_t *menu, size_t size, uint64_t *covered)
{
    memset(covered, 0, t->rows.words * sizeof *covered);
    for (size_t i = 0; i < size; i++) {
        size_t most = i;
        for (size_t j = i + 1; j < size; j++) {
            uint32_t here = ent_count_beyond(row_at(t, menu[j]), covered, t->rows.words);
            uint32_t there = ent_count_beyond(row_at(t, menu[most]), covered, t->rows.words);
            most = here > there || (here == there && menu[j] < menu[most]) ? j : most;
        }
        size_t first = menu[most];
        menu[most] = menu[i];
        menu[i] = first;
        for (size_t w = 0; w < t->rows.words; w++) {
            covered[w] |= row_at(t, first)[w];
        }
    }
}

/* ---- One menu in full ----------------------------------------------------------------------- */

/* For whom the package is added: who would take none of those before it in most of the worlds. */
static void set_party(const table *t, const uint64_t *const *own, size_t place,
                      const uint64_t *added, ent_menu_item *item)
{
    const ent_voters *voters = &t->bits.voters;
    uint32_t count = ent_count_row(added, t->rows.words);
    uint32_t most = 0;
    for (size_t v = 0; v < voters->count && count > 0; v++) {
        uint32_t refuses = 0;
        for (size_t w = 0; w < t->rows.words; w++) {
            uint64_t took = 0;
            for (size_t i = 0; i < place; i++) {
                took |= own[i * voters->count + v][w];
            }
            uint64_t left = added[w] & ~took;
            refuses += ent_count_row(&left, 1);
        }
        if (refuses > most) {
            most = refuses;
            item->party = voters->party[v];
            item->refuses = (double)refuses / count;
        }
    }
}

/* The deal with the shares that `deals` prints: counted by the tally where there is one. */
static ent_deal deal_of(const table *t, const uint64_t *levels)
{
    ent_deal deal;
    const ent_analysis *analysis = t->bits.analysis;
    (void)ent_answer_deal(t->work, analysis, t->bits.account, levels, &deal);
    if (ent_can_sweep(analysis)) {
        const ent_tally *tally;
        if (ent_tally_of(t->work, analysis, t->bits.account, &tally) == ENT_OK) {
            uint32_t *counts = ent_alloc(t->work->arena, analysis->c->party_count + 1, uint32_t);
            for (uint32_t p = 0; p < analysis->c->party_count; p++) {
                counts[p] = ent_tally_count(tally, p, levels);
            }
            ent_judge judge = ent_judge_of(t->work->arena, analysis, t->bits.account);
            deal = ent_make_deal(t->work->arena, analysis, &judge, levels, counts);
            deal.available = true;
        }
    }
    return deal;
}

/* The items of a menu from their levels and joint rows: joint[size], both in order. */
static ent_menu_item *make_items(const table *t, const uint64_t *const *levels,
                                 const uint64_t *const *joint, size_t size)
{
    ent_arena *arena = t->work->arena;
    size_t voters = t->bits.voters.count;
    size_t words = t->rows.words;
    ent_menu_item *items = ent_alloc(arena, size + 1, ent_menu_item);
    const uint64_t **own = ent_alloc(arena, size * voters + 1, const uint64_t *);
    uint64_t *covered = ent_alloc(arena, words + 1, uint64_t);
    uint64_t *added = ent_alloc(arena, words + 1, uint64_t);
    for (size_t i = 0; i < size; i++) {
        items[i] = (ent_menu_item){.deal = deal_of(t, levels[i]), .party = ENT_NONE};
        for (size_t v = 0; v < voters; v++) {
            uint64_t *row = ent_alloc(arena, words, uint64_t);
            ent_fill_rows(t->work, &t->bits, v, levels[i], 1, row);
            own[i * voters + v] = row;
        }
        for (size_t w = 0; w < words; w++) {
            added[w] = joint[i][w] & ~covered[w];
            covered[w] |= joint[i][w];
        }
        items[i].adds = i == 0 ? items[i].deal.joint
                               : (double)ent_count_row(added, words) / t->bits.worlds;
        if (i > 0) {
            set_party(t, own, i, added, &items[i]);
        }
    }
    return items;
}

static ent_menu make_menu(const table *t, const ent_best *best, const size_t *chosen, size_t size,
                          uint32_t covered, bool proved)
{
    const uint64_t *levels[ENT_MENU_MOST], *joint[ENT_MENU_MOST];
    for (size_t i = 0; i < size; i++) {
        levels[i] = chosen == NULL ? best->deal.levels : levels_at(t, chosen[i]);
        joint[i] = chosen == NULL ? t->best : row_at(t, chosen[i]);
    }
    ent_menu menu = {.size = size, .proved = proved};
    double share =
        best->deal.joint + ((double)covered - (double)t->best_bits) / t->bits.worlds;
    double most = size == 1 ? 1 : fmax(best->zone.share, best->deal.joint);
    menu.share = fmin(fmin(share, most), 1);
    /* A menu that covers the zone is known as well as the zone is, which may be proved. */
    menu.error = menu.share >= best->zone.share
                     ? best->zone.error
                     : ent_share_error(menu.share, ent_effective_worlds(&t->bits.voters,
                                                                        t->bits.worlds));
    menu.items = make_items(t, levels, joint, size);
    return menu;
}

/* What menus of one account are asked for. */
typedef struct order_of {
    ent_work *work;
    const ent_analysis *analysis;
    size_t account, most;
    ent_menus *menus;
} order_of;

static ent_status make_menus(ent_work *scratch, void *argument)
{
    const order_of *o = argument;
    ent_menus *menus = o->menus;
    const ent_best *best = &menus->best;
    table t;
    ent_cover cover[ENT_MENU_MOST];
    ent_status status = set_table(o->work, scratch, o->analysis, o->account, best, &t);
    if (status == ENT_OK) {
        uint64_t budget = t.candidates.complete ? BUDGET : BUDGET / UNPROVED;
        status = ent_cover_best(scratch, &t.rows, o->most, budget, cover);
    }
    if (status != ENT_OK) {
        return status;
    }
    menus->candidates = t.candidates.count;
    menus->complete = t.candidates.complete;
    ent_menu *at = ent_alloc(o->work->arena, o->most + 1, ent_menu);
    uint64_t *covered = ent_alloc(scratch->arena, t.rows.words + 1, uint64_t);
    at[0] = make_menu(&t, best, NULL, 1, t.best_bits, best->proved);
    uint32_t before = t.best_bits;
    menus->count = 1;
    for (size_t k = 1; k < o->most && cover[k].count == k + 1 && cover[k].covered > before; k++) {
        size_t *chosen = cover[k].chosen;
        reword(&t, chosen, k + 1, covered);
        order(&t, chosen, k + 1, covered);
        at[menus->count++] = make_menu(&t, best, chosen, k + 1, cover[k].covered,
                                       cover[k].proved && t.candidates.complete);
        before = cover[k].covered;
    }
    menus->at = at;
    return ENT_OK;
}

ent_status ent_answer_menu(ent_work *work, const ent_analysis *analysis, size_t account,
                           size_t most, ent_menus *menus)
{
    *menus = (ent_menus){.complete = true};
    ent_status status = ent_best_of(work, analysis, account, &menus->best);
    const ent_best *best = &menus->best;
    if (status != ENT_OK || best->deal.levels == NULL || best->deal.joint <= 0 ||
        best->zone.share <= 0) {
        return status;
    }
    order_of o = {work, analysis, account, most, menus};
    return ent_with_scratch(work, make_menus, &o);
}
