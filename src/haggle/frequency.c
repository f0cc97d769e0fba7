/*
 * The frequency model of HardHeaded (T. van Krimpen, D. Looije, S. Hajizadeh, "HardHeaded", in:
 * Complex Automated Negotiations, 2013). A level is worth the more the oftener it is asked for; an
 * issue weighs the more the less its level changes from offer to offer. O(issues) an offer.
 */
#include "haggle/opponent.h"

#include <string.h>

enum { MOST_LEVELS = 1 << 16 };

/* Its room, as arrays. */
typedef struct frequency {
    double *weight; /* [issues] adding up to 1 */
    double *most;   /* [issues] the greatest count */
    double *count;  /* [sum of levels], an issue's behind one another */
} frequency;

static frequency of(const ent_opponent *o, const ent_haggle_table *table)
{
    return (frequency){o->own, o->own + table->issues, o->own + 2 * (size_t)table->issues};
}

static size_t room(const ent_haggle_table *table)
{
    size_t levels = ent_opponent_levels(table, MOST_LEVELS);
    return levels == 0 ? 0 : levels + 2 * (size_t)table->issues;
}

static void begin(ent_opponent *o, const ent_haggle_table *table)
{
    frequency f = of(o, table);
    for (uint32_t i = 0; i < table->issues; i++) {
        f.weight[i] = 1.0 / table->issues;
        f.most[i] = 0;
    }
    memset(f.count, 0, ent_opponent_levels(table, MOST_LEVELS) * sizeof *f.count);
}

static void take_in(ent_opponent *o, const ent_haggle_table *t)
{
    frequency f = of(o, t);
    double sum = 0;
    for (uint32_t i = 0; i < t->issues; i++) {
        if (o->before != NULL && o->now[i] == o->before[i]) {
            f.weight[i] += 0.1 * (1 - o->time);
        }
        sum += f.weight[i];
        double count = ++f.count[o->first[i] + o->now[i]];
        f.most[i] = count > f.most[i] ? count : f.most[i];
    }
    for (uint32_t i = 0; i < t->issues; i++) {
        f.weight[i] /= sum;
    }
}

static double value(const ent_opponent *o, const ent_haggle_table *table)
{
    frequency f = of(o, table);
    double sum = 0;
    for (uint32_t i = 0; i < table->issues; i++) {
        sum += f.weight[i] * f.count[o->first[i] + o->now[i]] / f.most[i];
    }
    return sum;
}

const ent_opponent_model ent_opponent_frequency = {
    .name = "frequency",
    .summary = "what is asked for often and seldom changed is worth most",
    .room = room,
    .begin = begin,
    .take_in = take_in,
    .value = value,
};
