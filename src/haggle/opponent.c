#include "haggle/opponent.h"

#include "haggle/negotiation.h"

#include <math.h>

enum { NASH_SAMPLE = 2048 };
/* No model gives an outcome more than 1; what rounding may add lies far below the rest. */
#define LIKED_MOST 1.000001

size_t ent_opponent_levels(const ent_haggle_table *t, size_t most)
{
    size_t sum = 0;
    for (uint32_t i = 0; i < t->issues; i++) {
        if (t->levels[i] > most || (sum += (size_t)t->levels[i]) > most) {
            return 0;
        }
    }
    return sum;
}

/* What stands in `last` where a party has made no offer. */
static const uint64_t NO_LEVEL = UINT64_MAX;

/* A row of issues for each party, one for `now`, and half of one for `first`. */
size_t ent_opponent_room(const ent_opponent_model *model, const ent_haggle_table *table)
{
    size_t rows = (size_t)table->parties + 2;
    return (model->room(table) + rows * table->issues + 8) * sizeof(double);
}

void ent_opponent_begin(ent_opponent *o, const ent_opponent_model *model,
                        const ent_haggle_table *table, void *room)
{
    size_t own = model->room(table);
    *o = (ent_opponent){.model = model, .blind = own == 0};
    if (o->blind) {
        return;
    }
    o->own = room;
    o->last = (uint64_t *)(void *)(o->own + own);
    o->now = o->last + (size_t)table->parties * table->issues;
    o->first = (uint32_t *)(void *)(o->now + table->issues);
    for (uint32_t p = 0; p < table->parties; p++) {
        o->last[(size_t)p * table->issues] = NO_LEVEL;
    }
    uint32_t at = 0;
    for (uint32_t i = 0; i < table->issues; i++) {
        o->first[i] = at;
        at += (uint32_t)table->levels[i];
    }
    model->begin(o, table);
}

static void take_in(ent_opponent *o, const ent_haggler *h, const ent_haggle_offer *offer)
{
    uint64_t *last = o->last + (size_t)offer->party * h->table->issues;
    ent_haggle_levels(h->table, offer->entry, o->now);
    o->before = last[0] == NO_LEVEL ? NULL : last;
    o->time = fmin(1, (offer->round + 1.0) / (h->rounds + 1.0));
    if (h->when != NULL) {
        o->time = ent_relative_time(h->rules, offer->round, h->when[offer - h->offers]);
    }
    o->model->take_in(o, h->table);
    for (uint32_t i = 0; i < h->table->issues; i++) {
        last[i] = o->now[i];
    }
    o->any = true;
}

void ent_opponent_learn(ent_opponent *o, const ent_haggler *h)
{
    for (; o->seen < h->offer_count; o->seen++) {
        if (h->offers[o->seen].party != h->party && !o->blind) {
            take_in(o, h, &h->offers[o->seen]);
        }
    }
}

double ent_opponent_value(ent_opponent *o, const ent_haggle_table *table, uint32_t entry)
{
    if (o->blind || !o->any) {
        return 0.5;
    }
    ent_haggle_levels(table, entry, o->now);
    return o->model->value(o, table);
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

/*
 * From the best outcome down, so that it can end where the own gain alone is too small for a
 * greater product: the others' value is at most 1, but for rounding.
 */
double ent_opponent_nash(ent_opponent *o, const ent_haggler *h)
{
    const ent_haggle_side *side = h->side;
    uint32_t width = side->top - side->first;
    uint32_t step = width / NASH_SAMPLE + 1;
    double most = 0, own = side->most; /* as long as nothing that suits is known to suit them */
    for (uint32_t left = (width + step - 1) / step; left-- > 0;) {
        uint32_t k = side->first + left * step;
        double gain = side->sorted[k] - side->floor;
        if (gain * LIKED_MOST < most) {
            break;
        }
        double product = gain * ent_opponent_value(o, h->table, side->order[k]);
        if (product > 0 && product >= most) {
            most = product;
            own = side->sorted[k];
        }
    }
    return own;
}

double ent_opponent_known(const ent_haggler *h, const ent_haggle_side *other, ent_seen_twice *at,
                          ent_seen_twice *room)
{
    ent_opponent *o = h->strategy->model == NULL ? NULL : h->strategy->model(h);
    uint32_t all = h->table->count;
    uint32_t count = all < ENT_KNOWN_OUTCOMES ? all : ENT_KNOWN_OUTCOMES;
    if (o == NULL || o->blind || !o->any) {
        return 0;
    }
    for (uint32_t k = 0; k < count; k++) {
        uint32_t entry = (uint32_t)((uint64_t)k * all / count);
        at[k] = (ent_seen_twice){other->value[entry], ent_opponent_value(o, h->table, entry)};
    }
    double tau = ent_kendall(at, room, count);
    return isnan(tau) ? 0 : (tau + 1) / 2;
}
