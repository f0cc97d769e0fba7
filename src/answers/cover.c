#include "answers/cover.h"

#include "answers/bits.h"
#include "base/kernel.h"

#include <stdlib.h>
#include <string.h>

static const uint64_t *row_at(const ent_rows_of_bits *rows, size_t i)
{
    return rows->at + i * rows->words;
}

/* ---- Rows that another holds ---------------------------------------------------------------- */

typedef struct sized {
    size_t index;
    uint32_t bits; /* in the row, or gained by it */
} sized;

static int most_first(const void *left, const void *right)
{
    const sized *a = left;
    const sized *b = right;
    if (a->bits != b->bits) {
        return a->bits > b->bits ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

/* Kept rows, and their first words side by side: most comparisons end there, in near memory. */
enum { HEAD = 8 };
typedef struct shelf {
    const ent_rows_of_bits *rows;
    size_t *kept, count;
    uint64_t *head; /* [kept][HEAD] */
} shelf;

/* The first of the heads from `from` on that holds this one, or count. */
ENT_KERNEL static size_t next_head(const uint64_t *restrict heads, size_t from, size_t count,
                                   const uint64_t *restrict head)
{
    for (size_t j = from; j < count; j++) {
        uint64_t outside = 0;
        for (size_t w = 0; w < HEAD; w++) {
            outside |= head[w] & ~heads[j * HEAD + w];
        }
        if (outside == 0) {
            return j;
        }
    }
    return count;
}

static void copy_head(const ent_rows_of_bits *rows, const uint64_t *row, uint64_t *head)
{
    memset(head, 0, HEAD * sizeof *head);
    memcpy(head, row, (rows->words < HEAD ? rows->words : HEAD) * sizeof *head);
}

/* Which kept row holds this one: *holder, or none. */
static bool is_held(const shelf *s, const uint64_t *row, size_t *holder)
{
    uint64_t head[HEAD];
    copy_head(s->rows, row, head);
    size_t outside = 0; /* a word where the last one compared did not hold it: the next may not */
    for (size_t j = 0; (j = next_head(s->head, j, s->count, head)) < s->count; j++) {
        const uint64_t *other = row_at(s->rows, s->kept[j]);
        if ((row[outside] & ~other[outside]) != 0) {
            continue;
        }
        for (outside = 0; outside < s->rows->words; outside++) {
            if ((row[outside] & ~other[outside]) != 0) {
                break;
            }
        }
        if (outside == s->rows->words) {
            *holder = j;
            return true;
        }
    }
    return false;
}

void ent_keep_greatest(ent_arena *arena, const ent_rows_of_bits *rows, size_t *kept,
                       size_t *kept_count)
{
    sized *order = ent_alloc(arena, rows->count + 1, sized);
    for (size_t i = 0; i < rows->count; i++) {
        order[i] = (sized){i, ent_count_row(row_at(rows, i), rows->words)};
    }
    qsort(order, rows->count, sizeof *order, most_first);
    shelf s = {.rows = rows, .kept = kept};
    s.head = ent_alloc(arena, rows->count * HEAD + 1, uint64_t);
    size_t holder = 0; /* of the row before: neighbours are much alike */
    for (size_t i = 0; i < rows->count && order[i].bits > 0; i++) {
        const uint64_t *row = row_at(rows, order[i].index);
        bool held = s.count > 0 && ent_row_within(row, row_at(rows, kept[holder]), rows->words);
        if (!held && !is_held(&s, row, &holder)) {
            copy_head(rows, row, s.head + s.count * HEAD);
            kept[s.count++] = order[i].index;
        }
    }
    *kept_count = s.count;
}

/* ---- Bits that no row sets ------------------------------------------------------------------ */

/*
 * The kept rows, where most bits are set by none of them without those, so that a small zone costs
 * little. Bits keep their order.
 */
static ent_rows_of_bits squeeze(ent_arena *arena, const ent_rows_of_bits *rows,
                                const size_t *kept, size_t count)
{
    uint64_t *any = ent_alloc(arena, rows->words + 1, uint64_t);
    for (size_t i = 0; i < count; i++) {
        for (size_t w = 0; w < rows->words; w++) {
            any[w] |= row_at(rows, kept[i])[w];
        }
    }
    size_t words = ((size_t)ent_count_row(any, rows->words) + 63) / 64;
    bool whole = 2 * words > rows->words;
    words = whole ? rows->words : words;
    uint64_t *at = ent_alloc(arena, count * words + 1, uint64_t);
    for (size_t i = 0; i < count; i++) {
        const uint64_t *from = row_at(rows, kept[i]);
        uint64_t *to = at + i * words;
        if (whole) {
            memcpy(to, from, words * sizeof *to);
            continue;
        }
        size_t n = 0;
        for (size_t w = 0; w < rows->words; w++) {
            for (uint64_t left = any[w]; left != 0; left &= left - 1, n++) {
                to[n / 64] |= (uint64_t)((from[w] & left & -left) != 0) << n % 64;
            }
        }
    }
    return (ent_rows_of_bits){at, count, words};
}

/* ---- Branch and bound ----------------------------------------------------------------------- */

typedef struct quest {
    ent_work *work;
    ent_rows_of_bits rows;
    size_t size;
    uint64_t *covered[ENT_COVER_MOST + 1]; /* [words] by what is chosen so far */
    sized *left[ENT_COVER_MOST + 1];       /* [count] rows that may be chosen next, with bounds */
    size_t chosen[ENT_COVER_MOST];
    uint64_t looked, budget; /* words */
    bool stopped;
    ent_cover best;
} quest;

static uint32_t gain_of(quest *q, size_t depth, size_t row)
{
    q->looked += q->rows.words;
    return ent_count_beyond(row_at(&q->rows, row), q->covered[depth], q->rows.words);
}

static void choose(quest *q, size_t depth, size_t row)
{
    const uint64_t *from = row_at(&q->rows, row);
    for (size_t w = 0; w < q->rows.words; w++) {
        q->covered[depth + 1][w] = q->covered[depth][w] | from[w];
    }
    q->chosen[depth] = row;
}

static void keep(quest *q, size_t count, uint32_t covered)
{
    if (covered > q->best.covered) {
        q->best.covered = covered;
        q->best.count = count;
        memcpy(q->best.chosen, q->chosen, count * sizeof *q->chosen);
    }
}

/* The last row: in the order of the bounds, until none that follows can gain enough. */
static void choose_last(quest *q, size_t depth, uint32_t covered, const sized *left, size_t count)
{
    for (size_t i = 0; i < count && covered + left[i].bits > q->best.covered; i++) {
        uint32_t gain = gain_of(q, depth, left[i].index);
        if (covered + gain > q->best.covered) {
            q->chosen[depth] = left[i].index;
            keep(q, depth + 1, covered + gain);
        }
    }
}

/*
 * left[count]: the rows that may still be chosen, the greatest bound first; a row's gain never
 * grows while others are chosen (submodularity), so that gains seen above are bounds below.
 * False when the budget is spent.
 */
static bool branch(quest *q, size_t depth, uint32_t covered, const sized *left, size_t count)
{
    if (depth + 1 == q->size) {
        choose_last(q, depth, covered, left, count);
        return q->looked < q->budget;
    }
    sized *next = q->left[depth];
    size_t open = q->size - depth;
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t bound = covered + (uint64_t)left[0].bits * (open - 1) + left[i].bits;
        if (bound <= q->best.covered) {
            break;
        }
        next[n++] = (sized){left[i].index, gain_of(q, depth, left[i].index)};
    }
    qsort(next, n, sizeof *next, most_first);
    for (size_t i = 0; i < n; i++) {
        uint64_t bound = covered;
        for (size_t j = i; j < n && j < i + open; j++) {
            bound += next[j].bits;
        }
        if (bound <= q->best.covered) {
            return true;
        }
        choose(q, depth, next[i].index);
        if (!branch(q, depth + 1, covered + next[i].bits, next + i + 1, n - i - 1)) {
            return false;
        }
        if (depth == 0 && ent_tick(q->work, "menus", i, n)) {
            q->stopped = true;
            return false;
        }
    }
    return true;
}

/* The row that adds most, again and again, to what is chosen up to `from`. */
static void greedy(quest *q, size_t from, uint32_t covered)
{
    for (size_t depth = from; depth < q->size; depth++) {
        sized most = {0, 0};
        for (size_t i = 0; i < q->rows.count; i++) {
            uint32_t gain = gain_of(q, depth, i);
            if (gain > most.bits) {
                most = (sized){i, gain};
            }
        }
        if (most.bits == 0) {
            break;
        }
        choose(q, depth, most.index);
        covered += most.bits;
        keep(q, depth + 1, covered);
    }
}

/* Take each chosen row out in turn and put the best one in, as long as that helps. */
static void exchange(quest *q)
{
    for (bool better = true; better;) {
        uint32_t before = q->best.covered;
        ent_cover from = q->best;
        for (size_t out = 0; out < from.count; out++) {
            uint32_t covered = 0;
            size_t depth = 0;
            for (size_t i = 0; i < from.count; i++) {
                if (i != out) {
                    covered += gain_of(q, depth, from.chosen[i]);
                    choose(q, depth++, from.chosen[i]);
                }
            }
            greedy(q, depth, covered);
        }
        better = q->best.covered > before;
    }
}

static int ascending(const void *left, const void *right)
{
    size_t a = *(const size_t *)left;
    size_t b = *(const size_t *)right;
    return (a > b) - (a < b);
}

/* The best choice of q->size rows; `order` is all rows, most bits first. */
static void solve(quest *q, const sized *order, const size_t *kept, ent_cover *cover)
{
    q->best = (ent_cover){.count = 0};
    greedy(q, 0, 0);
    exchange(q);
    q->looked = 0;
    q->best.proved = branch(q, 0, 0, order, q->rows.count);
    *cover = q->best;
    for (size_t i = 0; i < cover->count; i++) {
        cover->chosen[i] = kept[cover->chosen[i]];
    }
    qsort(cover->chosen, cover->count, sizeof *cover->chosen, ascending);
}

ent_status ent_cover_best(ent_work *work, const ent_rows_of_bits *rows, size_t most,
                          uint64_t budget, ent_cover *cover)
{
    size_t *kept = ent_alloc(work->arena, rows->count + 1, size_t);
    size_t count;
    ent_keep_greatest(work->arena, rows, kept, &count);
    quest q = {.work = work, .budget = budget};
    q.rows = squeeze(work->arena, rows, kept, count);
    sized *order = ent_alloc(work->arena, count + 1, sized);
    for (size_t i = 0; i < count; i++) {
        order[i] = (sized){i, ent_count_row(row_at(&q.rows, i), q.rows.words)};
    }
    for (size_t d = 0; d <= ENT_COVER_MOST; d++) {
        q.covered[d] = ent_alloc(work->arena, q.rows.words + 1, uint64_t);
        q.left[d] = ent_alloc(work->arena, count + 1, sized);
    }
    for (size_t k = 0; k < most; k++) {
        q.size = k + 1;
        solve(&q, order, kept, &cover[k]);
        if (q.stopped) {
            return ENT_CANCELLED;
        }
    }
    return ENT_OK;
}
