/* The sieve over staircase and forest, and sorting by falling vectors. */
#include "bargain/maxima.h"

#include <math.h>

struct ent_sieve {
    uint32_t coordinates;
    double best;
    ent_stair *stair;
    ent_forest *forest;
};

ent_sieve *ent_sieve_create(ent_arena *arena, uint32_t coordinates)
{
    ent_sieve *sieve = ent_alloc(arena, 1, ent_sieve);
    *sieve = (ent_sieve){.coordinates = coordinates, .best = -HUGE_VAL};
    if (coordinates == 3) {
        sieve->stair = ent_stair_create(arena);
    } else if (coordinates > 3) {
        sieve->forest = ent_forest_create(arena, coordinates - 1);
    }
    return sieve;
}

void ent_sieve_clear(ent_sieve *sieve)
{
    sieve->best = -HUGE_VAL;
    if (sieve->stair != NULL) {
        ent_stair_clear(sieve->stair);
    }
    if (sieve->forest != NULL) {
        ent_forest_clear(sieve->forest);
    }
}

bool ent_sieve_admit(ent_sieve *sieve, const double *vector)
{
    if (sieve->coordinates == 3) {
        return ent_stair_admit(sieve->stair, vector[1], vector[2]);
    }
    if (sieve->coordinates > 3) {
        /* The order takes care of the first coordinate. */
        if (ent_forest_dominates(sieve->forest, vector + 1)) {
            return false;
        }
        ent_forest_add(sieve->forest, vector + 1);
        return true;
    }
    double last = vector[sieve->coordinates - 1];
    if (last <= sieve->best) {
        return false;
    }
    sieve->best = sieve->coordinates == 1 ? HUGE_VAL : last;
    return true;
}

int ent_vector_order(const double *a, const double *b, uint32_t coordinates)
{
    for (uint32_t c = 0; c < coordinates; c++) {
        if (a[c] != b[c]) {
            return a[c] > b[c] ? -1 : 1;
        }
    }
    return 0;
}

static bool comes_first(const ent_tagged *a, const ent_tagged *b, uint32_t coordinates)
{
    int order = ent_vector_order(a->vector, b->vector, coordinates);
    return order != 0 ? order < 0 : a->tag < b->tag;
}

static void sink(ent_tagged *items, size_t at, size_t count, uint32_t coordinates)
{
    ent_tagged held = items[at];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && comes_first(&items[child], &items[child + 1], coordinates)) {
            child++;
        }
        if (!comes_first(&held, &items[child], coordinates)) {
            break;
        }
        items[at] = items[child];
    }
    items[at] = held;
}

static void heap_sort(ent_tagged *items, size_t count, uint32_t coordinates)
{
    for (size_t i = count / 2; i-- > 0;) {
        sink(items, i, count, coordinates);
    }
    for (size_t end = count; end-- > 1;) {
        ent_tagged held = items[0];
        items[0] = items[end];
        items[end] = held;
        sink(items, 0, end, coordinates);
    }
}

static void insertion_sort(ent_tagged *items, size_t count, uint32_t coordinates)
{
    for (size_t i = 1; i < count; i++) {
        ent_tagged held = items[i];
        size_t at = i;
        while (at > 0 && comes_first(&held, &items[at - 1], coordinates)) {
            items[at] = items[at - 1];
            at--;
        }
        items[at] = held;
    }
}

static size_t partition(ent_tagged *items, size_t count, uint32_t coordinates)
{
    ent_tagged pivot = items[count / 2];
    size_t i = 0, j = count - 1;
    for (;;) {
        while (comes_first(&items[i], &pivot, coordinates)) {
            i++;
        }
        while (comes_first(&pivot, &items[j], coordinates)) {
            j--;
        }
        if (i >= j) {
            return j;
        }
        ent_tagged held = items[i];
        items[i++] = items[j];
        items[j--] = held;
    }
}

/* Quicksort that turns to heapsort when it goes too deep (Musser's introsort, 1997). */
static void sort_within(ent_tagged *items, size_t count, uint32_t coordinates, unsigned depth)
{
    while (count > 16) {
        if (depth-- == 0) {
            heap_sort(items, count, coordinates);
            return;
        }
        size_t cut = partition(items, count, coordinates) + 1;
        if (cut < count - cut) {
            sort_within(items, cut, coordinates, depth);
            items += cut;
            count -= cut;
        } else {
            sort_within(items + cut, count - cut, coordinates, depth);
            count = cut;
        }
    }
    insertion_sort(items, count, coordinates);
}

void ent_sort_tagged(ent_tagged *items, size_t count, uint32_t coordinates)
{
    unsigned depth = 2;
    for (size_t n = count; n > 1; n /= 2) {
        depth += 2;
    }
    sort_within(items, count, coordinates, depth);
}
