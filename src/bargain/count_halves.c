/*
 * Meet in the middle (Horowitz and Sahni, "Computing partitions with applications to the knapsack
 * problem", JACM 21, 1974): the issues are cut in two, the sums of each half are listed and sorted,
 * and a pair counts where its sums together reach the need. One party: two pointers. Two parties:
 * with the sums of the first rising in one half, those of the other half enter a Fenwick tree over
 * the second party's sums as soon as they suffice for the first (dominance counting: Bentley 1980;
 * Fenwick 1994).
 *
 * A value is defined by a sum in the file's order, and a sum of two halves may round otherwise. So
 * the count is made twice, with the needs raised and lowered by the margin of rounding; the pairs
 * between are listed and evaluated by the definition, unless there are too many of them.
 *
 * Cost: O(h log h) time and O(h) memory for halves of h outcomes, h^2 of them in all.
 */
#include "bargain/count_halves.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ALONE = 1 << 21, MOST_PAIRED = 1 << 20, MOST_BETWEEN = 1 << 22 };

/* One half's outcome: its sums for the party that is sorted by and for the other one. */
typedef struct entry {
    double key, other;
    uint32_t index;
} entry;

typedef struct halves {
    ent_work *work;
    const ent_scenario *s;
    uint32_t party[2], parties; /* those with a need */
    double need[2], margin[2];
    uint32_t cut;               /* issues of the first half */
    size_t count[2];
    entry *list[2];
    double *ranked; /* [count[1]] second party's sums of the second half, rising */
    uint32_t *tree; /* [count[1] + 1] Fenwick */
} halves;

/* The cut that makes the larger half smallest; false where it passes the limit. */
static bool cut_in_two(halves *h)
{
    size_t limit = h->parties == 1 ? MOST_ALONE : MOST_PAIRED;
    double all = 1, first = 1, best = HUGE_VAL;
    for (uint32_t i = 0; i < h->s->issue_count; i++) {
        all *= (double)h->s->issues[i].levels;
    }
    for (uint32_t i = 0; i <= h->s->issue_count; i++) {
        double larger = fmax(first, all / first);
        if (larger < best) {
            best = larger;
            h->cut = i;
            h->count[0] = first <= (double)limit ? (size_t)first : 0;
            h->count[1] = all / first <= (double)limit ? (size_t)(all / first + 0.5) : 0;
        }
        first *= i < h->s->issue_count ? (double)h->s->issues[i].levels : 1;
    }
    return best <= (double)limit;
}

static double worth(const halves *h, int which, uint32_t issue, uint64_t level)
{
    const double *const *part = h->s->utilities[h->party[which]].part;
    return part == NULL || which >= (int)h->parties ? 0 : part[issue][level];
}

/* Every outcome of the half, the first issue fastest. */
static void list_half(halves *h, int half)
{
    uint32_t from = half == 0 ? 0 : h->cut, to = half == 0 ? h->cut : h->s->issue_count;
    entry *list = ent_alloc(h->work->arena, h->count[half] + 1, entry);
    size_t count = 1;
    list[0] = (entry){0, 0, 0};
    for (uint32_t i = from; i < to; i++) {
        for (uint64_t l = h->s->issues[i].levels; l-- > 0;) {
            for (size_t k = 0; k < count; k++) {
                entry *e = &list[l * count + k];
                e->key = list[k].key + worth(h, 0, i, l);
                e->other = list[k].other + worth(h, 1, i, l);
                e->index = (uint32_t)(l * count + k);
            }
        }
        count *= h->s->issues[i].levels;
    }
    h->list[half] = list;
}

static int by_key(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    return x->key != y->key ? (x->key < y->key ? -1 : 1)
                            : (x->index > y->index) - (x->index < y->index);
}

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void sort(halves *h)
{
    for (int half = 0; half < 2; half++) {
        qsort(h->list[half], h->count[half], sizeof(entry), by_key);
    }
}

/* Sums of the second party below this are so many. */
static size_t rank_of(const halves *h, double value)
{
    size_t low = 0, high = h->count[1];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (h->ranked[middle] < value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void tree_add(halves *h, size_t rank)
{
    for (size_t i = rank + 1; i <= h->count[1]; i += i & -i) {
        h->tree[i]++;
    }
}

static size_t tree_below(const halves *h, size_t rank)
{
    size_t sum = 0;
    for (size_t i = rank; i > 0; i -= i & -i) {
        sum += h->tree[i];
    }
    return sum;
}

/* Pairs that reach both needs, moved by `by` margins. */
static ent_big count_pairs(halves *h, double by)
{
    const entry *second = h->list[1];
    double need = h->need[0] + by * h->margin[0];
    double other = h->need[1] + by * h->margin[1];
    ent_big sum = ent_big_of(0);
    size_t entered = 0;
    if (h->parties == 2) {
        memset(h->tree, 0, (h->count[1] + 1) * sizeof *h->tree);
    }
    for (size_t i = 0; i < h->count[0]; i++) {
        const entry *e = &h->list[0][i];
        while (entered < h->count[1] && e->key + second[h->count[1] - 1 - entered].key >= need) {
            entered++;
            if (h->parties == 2) {
                tree_add(h, rank_of(h, second[h->count[1] - entered].other));
            }
        }
        size_t found = entered;
        if (h->parties == 2) {
            found -= tree_below(h, rank_of(h, other - e->other));
        }
        ent_big more = ent_big_of(found);
        sum = ent_big_plus(sum, &more);
    }
    return sum;
}

static void levels_of(const halves *h, uint32_t first, uint32_t second, uint64_t *levels)
{
    for (uint32_t i = 0; i < h->s->issue_count; i++) {
        uint32_t *index = i < h->cut ? &first : &second;
        levels[i] = *index % h->s->issues[i].levels;
        *index = (uint32_t)(*index / h->s->issues[i].levels);
    }
}

static bool is_rational(const halves *h, const uint64_t *levels)
{
    for (uint32_t p = 0; p < h->parties; p++) {
        uint32_t party = h->party[p];
        if (!(ent_utility_of(h->s, party, levels) >= h->s->utilities[party].reservation)) {
            return false;
        }
    }
    return true;
}

/* What is between for both parties is looked at in the round of the first one alone. */
static bool is_open(const halves *h, int round, double other)
{
    double over = h->parties == 1 ? 1 : other - h->need[round == 0 ? 1 : 0];
    double margin = h->parties == 1 ? 0 : h->margin[round == 0 ? 1 : 0];
    return round == 0 ? over >= -margin : over >= margin;
}

/*
 * The pairs whose sum for the party of the round is within the margin of its need, evaluated; false
 * where there are too many of them.
 */
static bool look_between(halves *h, int round, uint64_t *looked, uint64_t *found)
{
    size_t low = h->count[1], high = h->count[1];
    double need = h->need[round], margin = h->margin[round];
    uint64_t *levels = ent_alloc(h->work->arena, h->s->issue_count + 1, uint64_t);
    for (size_t i = 0; i < h->count[0]; i++) {
        const entry *e = &h->list[0][i];
        while (low > 0 && e->key + h->list[1][low - 1].key >= need - margin) {
            low--;
        }
        while (high > 0 && e->key + h->list[1][high - 1].key >= need + margin) {
            high--;
        }
        if ((*looked += high - low) > MOST_BETWEEN) {
            return false;
        }
        for (size_t k = low; k < high; k++) {
            if (is_open(h, round, e->other + h->list[1][k].other)) {
                levels_of(h, e->index, h->list[1][k].index, levels);
                *found += is_rational(h, levels);
            }
        }
    }
    return true;
}

/* The other party's turn to be sorted by. */
static void turn(halves *h)
{
    for (int half = 0; half < 2; half++) {
        for (size_t i = 0; i < h->count[half]; i++) {
            entry *e = &h->list[half][i];
            double key = e->key;
            e->key = e->other;
            e->other = key;
        }
    }
    sort(h);
}

static void settle(halves *h, ent_big *low, ent_big *high)
{
    ent_big sure = count_pairs(h, 1), perhaps = count_pairs(h, -1);
    uint64_t looked = 0, found = 0;
    if (ent_big_order(&sure, &perhaps) != 0) {
        bool all = look_between(h, 0, &looked, &found);
        if (all && h->parties == 2) {
            turn(h);
            all = look_between(h, 1, &looked, &found);
        }
        ent_big more = ent_big_of(found);
        sure = all ? ent_big_plus(sure, &more) : sure;
        perhaps = all ? sure : perhaps;
    }
    *low = ent_big_order(&sure, low) > 0 ? sure : *low;
    *high = ent_big_order(&perhaps, high) < 0 ? perhaps : *high;
}

void ent_count_by_halves(ent_work *work, const ent_scenario *s, const double *need,
                         const double *margin, ent_big *low, ent_big *high)
{
    halves h = {.work = work, .s = s};
    for (uint32_t p = 0; p < s->party_count; p++) {
        if (!isfinite(need[p])) {
            continue;
        }
        if (h.parties == 2) {
            return;
        }
        h.party[h.parties] = p;
        h.need[h.parties] = need[p];
        h.margin[h.parties++] = margin[p];
    }
    if (h.parties == 0 || !cut_in_two(&h)) {
        return;
    }
    list_half(&h, 0);
    list_half(&h, 1);
    if (h.parties == 2) {
        h.ranked = ent_alloc(work->arena, h.count[1] + 1, double);
        h.tree = ent_alloc(work->arena, h.count[1] + 1, uint32_t);
        for (size_t i = 0; i < h.count[1]; i++) {
            h.ranked[i] = h.list[1][i].other;
        }
        qsort(h.ranked, h.count[1], sizeof *h.ranked, by_value);
    }
    sort(&h);
    settle(&h, low, high);
}
