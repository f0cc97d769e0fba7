/*
 * Adjusted Winner (Brams and Taylor, "Fair Division", Cambridge 1996; "The Win-Win Solution",
 * 1999). Points are scaled to 100 for each party. Everyone first gets the items that they value
 * more, the first party those valued the same. Then items go over from the one who is ahead,
 * smallest ratio of the leader's points to the other's first, until both have the same; the last
 * one is split. The result is efficient, equitable and free of envy, and splits at most one item.
 * O(n^2) for n items.
 */
#include "bargain/adjusted_winner.h"

#include <math.h>

static double scaled(const ent_division *d, size_t item, int party)
{
    return d->items[item].points[party] * 100 / d->total[party];
}

static ent_status check(ent_work *work, ent_division *d)
{
    for (int p = 0; p < 2; p++) {
        d->total[p] = 0;
        for (size_t i = 0; i < d->count; i++) {
            double points = d->items[i].points[p];
            if (!(points >= 0) || !isfinite(points)) {
                return ent_fail(work->diags, ENT_INVALID, ENT_S182_BAD_POINTS, NULL,
                                "`%s` gives `%s` no finite points of 0 or more", d->party[p],
                                d->items[i].name);
            }
            d->total[p] += points;
        }
        if (!(d->total[p] > 0) || !isfinite(d->total[p])) {
            return ent_fail(work->diags, ENT_INVALID, ENT_S182_BAD_POINTS,
                            "spread 100 points over the items",
                            "`%s` gives no points to any item", d->party[p]);
        }
    }
    return ENT_OK;
}

static void give_to_the_keener(ent_division *d)
{
    d->first[0] = d->first[1] = 0;
    for (size_t i = 0; i < d->count; i++) {
        double a = scaled(d, i, 0), b = scaled(d, i, 1);
        d->items[i].share = a >= b ? 1 : 0;
        d->items[i].order = 0;
        d->first[a >= b ? 0 : 1] += a >= b ? a : b;
    }
}

/* The leader's item that costs it least for what the other gains: least a/b, by cross product. */
static size_t cheapest(const ent_division *d, int leader)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < d->count; i++) {
        if (d->items[i].share != (leader == 0 ? 1 : 0) || d->items[i].order != 0 ||
            !(d->items[i].points[0] + d->items[i].points[1] > 0)) {
            continue;
        }
        if (best == SIZE_MAX || scaled(d, i, leader) * scaled(d, best, 1 - leader) <
                                    scaled(d, best, leader) * scaled(d, i, 1 - leader)) {
            best = i;
        }
    }
    return best;
}

/* The part of the item that makes both equal, as a fraction of whole numbers where points are. */
static void split(ent_division *d, size_t item, int leader)
{
    double held[2] = {0, 0};
    for (size_t i = 0; i < d->count; i++) {
        held[0] += d->items[i].points[0] * d->items[i].share;
        held[1] += d->items[i].points[1] * (1 - d->items[i].share);
    }
    const double *points = d->items[item].points;
    int other = 1 - leader;
    double ahead = held[leader] * d->total[other] - held[other] * d->total[leader];
    double worth = points[leader] * d->total[other] + points[other] * d->total[leader];
    double a = ahead, b = worth;
    while (b > 0 && a == floor(a) && b == floor(b)) { /* Euclid */
        double rest = fmod(a, b);
        a = b;
        b = rest;
    }
    double common = b == 0 && a > 0 ? a : 1;
    d->split = item;
    d->moved[0] = ahead / common;
    d->moved[1] = worth / common;
    d->items[item].share = leader == 0 ? (worth - ahead) / worth : ahead / worth;
}

static void balance(ent_division *d)
{
    double held[2] = {d->first[0], d->first[1]};
    int leader = held[0] >= held[1] ? 0 : 1, other = 1 - leader;
    for (uint32_t step = 1; held[leader] > held[other]; step++) {
        size_t item = cheapest(d, leader);
        if (item == SIZE_MAX) {
            return;
        }
        double lost = scaled(d, item, leader), won = scaled(d, item, other);
        d->items[item].order = step;
        if (held[leader] - lost < held[other] + won) {
            split(d, item, leader);
            return;
        }
        d->items[item].share = leader == 0 ? 0 : 1;
        held[leader] -= lost;
        held[other] += won;
    }
}

ent_status ent_adjusted_winner(ent_work *work, ent_division *d)
{
    ent_status status = check(work, d);
    if (status != ENT_OK) {
        return status;
    }
    d->split = SIZE_MAX;
    d->moved[0] = 0;
    d->moved[1] = 1;
    give_to_the_keener(d);
    balance(d);
    d->points[0] = d->points[1] = 0;
    for (size_t i = 0; i < d->count; i++) {
        d->points[0] += scaled(d, i, 0) * d->items[i].share;
        d->points[1] += scaled(d, i, 1) * (1 - d->items[i].share);
    }
    return ENT_OK;
}
