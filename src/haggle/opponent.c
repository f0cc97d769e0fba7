#include "haggle/opponent.h"

#include <string.h>

enum { MOST_LEVELS = 1 << 16, NASH_SAMPLE = 2048 };

static size_t levels_of(const ent_haggle_table *t)
{
    size_t sum = 0;
    for (uint32_t i = 0; i < t->issues; i++) {
        if (t->levels[i] > MOST_LEVELS || (sum += (size_t)t->levels[i]) > MOST_LEVELS) {
            return 0;
        }
    }
    return sum;
}

size_t ent_opponent_room(const ent_haggle_table *table)
{
    return (levels_of(table) + 5 * (size_t)table->issues + 8) * sizeof(double);
}

void ent_opponent_begin(ent_opponent *o, const ent_haggle_table *table, void *room)
{
    size_t sum = levels_of(table);
    *o = (ent_opponent){.blind = sum == 0};
    if (o->blind) {
        return;
    }
    o->weight = room;
    o->count = o->weight + table->issues;
    o->most = o->count + sum;
    o->last = (uint64_t *)(void *)(o->most + table->issues);
    o->now = o->last + table->issues;
    o->first = (uint32_t *)(void *)(o->now + table->issues);
    uint32_t at = 0;
    for (uint32_t i = 0; i < table->issues; i++) {
        o->weight[i] = 1.0 / table->issues;
        o->most[i] = 0;
        o->first[i] = at;
        at += (uint32_t)table->levels[i];
    }
    memset(o->count, 0, sum * sizeof *o->count);
}

static void take_in(ent_opponent *o, const ent_haggler *h, uint32_t entry)
{
    const ent_haggle_table *t = h->table;
    double sum = 0;
    ent_haggle_levels(t, entry, o->now);
    for (uint32_t i = 0; i < t->issues; i++) {
        if (o->any && o->now[i] == o->last[i]) {
            o->weight[i] += 0.1 * (1 - h->time);
        }
        sum += o->weight[i];
        double count = ++o->count[o->first[i] + o->now[i]];
        o->most[i] = count > o->most[i] ? count : o->most[i];
        o->last[i] = o->now[i];
    }
    for (uint32_t i = 0; i < t->issues; i++) {
        o->weight[i] /= sum;
    }
    o->any = true;
}

void ent_opponent_learn(ent_opponent *o, const ent_haggler *h)
{
    for (; o->seen < h->offer_count; o->seen++) {
        if (h->offers[o->seen].party != h->party && !o->blind) {
            take_in(o, h, h->offers[o->seen].entry);
        }
    }
}

double ent_opponent_value(ent_opponent *o, const ent_haggle_table *table, uint32_t entry)
{
    if (o->blind || !o->any) {
        return 0.5;
    }
    double value = 0;
    ent_haggle_levels(table, entry, o->now);
    for (uint32_t i = 0; i < table->issues; i++) {
        value += o->weight[i] * o->count[o->first[i] + o->now[i]] / o->most[i];
    }
    return value;
}

uint32_t ent_opponent_best(ent_opponent *o, const ent_haggler *h, double want, uint32_t window)
{
    const ent_haggle_side *side = h->side;
    uint32_t from = ent_haggle_position(side, side->top, want);
    from = from < side->first ? side->first : from;
    from = from == side->top && side->first < side->top ? side->top - 1 : from;
    uint32_t end = side->top - from < window ? side->top : from + window;
    uint32_t best = ENT_NO_ENTRY;
    double most = -1;
    for (uint32_t k = from; k < end; k++) {
        double value = ent_opponent_value(o, h->table, side->order[k]);
        if (value > most) {
            most = value;
            best = side->order[k];
        }
    }
    return best;
}

double ent_opponent_nash(ent_opponent *o, const ent_haggler *h)
{
    const ent_haggle_side *side = h->side;
    uint32_t width = side->top - side->first;
    uint32_t step = width / NASH_SAMPLE + 1;
    double most = -1, own = side->most;
    for (uint32_t k = side->first; k < side->top; k += step) {
        double product = (side->sorted[k] - side->floor) *
                         ent_opponent_value(o, h->table, side->order[k]);
        if (product > most) {
            most = product;
            own = side->sorted[k];
        }
    }
    return own;
}
