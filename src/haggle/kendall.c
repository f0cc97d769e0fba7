#include "haggle/kendall.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_both(const void *a, const void *b)
{
    const ent_seen_twice *p = a, *q = b;
    if (p->x != q->x) {
        return p->x < q->x ? -1 : 1;
    }
    return (p->y > q->y) - (p->y < q->y);
}

/* Pairs that are equal, of a sorted list: in x, or in both. */
static double tied_in_x(const ent_seen_twice *at, size_t count, int both)
{
    double pairs = 0;
    for (size_t k = 0, end; k < count; k = end) {
        for (end = k; end < count && at[end].x == at[k].x && (!both || at[end].y == at[k].y);
             end++) {
        }
        double n = (double)(end - k);
        pairs += n * (n - 1) / 2;
    }
    return pairs;
}

static double tied_in_y(const ent_seen_twice *at, size_t count)
{
    double pairs = 0;
    for (size_t k = 0, end; k < count; k = end) {
        for (end = k; end < count && at[end].y == at[k].y; end++) {
        }
        double n = (double)(end - k);
        pairs += n * (n - 1) / 2;
    }
    return pairs;
}

/* Sort by y, from runs of `width` to runs of two such; returns the exchanges of neighbours. */
static double merge(const ent_seen_twice *from, ent_seen_twice *to, size_t count, size_t width)
{
    double exchanges = 0;
    for (size_t low = 0; low < count; low += 2 * width) {
        size_t middle = low + width < count ? low + width : count;
        size_t high = low + 2 * width < count ? low + 2 * width : count;
        size_t a = low, b = middle;
        for (size_t k = low; k < high; k++) {
            if (a < middle && (b >= high || from[a].y <= from[b].y)) {
                to[k] = from[a++];
            } else {
                exchanges += (double)(middle - a);
                to[k] = from[b++];
            }
        }
    }
    return exchanges;
}

double ent_kendall(ent_seen_twice *at, ent_seen_twice *room, size_t count)
{
    double n = (double)count, pairs = n * (n - 1) / 2, discordant = 0;
    if (count < 2) {
        return (double)NAN;
    }
    qsort(at, count, sizeof *at, by_both);
    double in_x = tied_in_x(at, count, 0), in_both = tied_in_x(at, count, 1);
    ent_seen_twice *from = at, *to = room;
    for (size_t width = 1; width < count; width *= 2) {
        discordant += merge(from, to, count, width);
        ent_seen_twice *other = from;
        from = to;
        to = other;
    }
    double in_y = tied_in_y(from, count);
    double apart = sqrt(pairs - in_x) * sqrt(pairs - in_y);
    return apart > 0 ? fmin(1, fmax(-1, (pairs - in_x - in_y + in_both - 2 * discordant) / apart))
                     : (double)NAN;
}
