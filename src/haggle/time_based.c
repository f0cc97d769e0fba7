#include "haggle/time_based.h"

#include <math.h>

/* So much less than aspired is still taken: outcomes are few, aspirations are not. */
static const double TOLERANCE = 1e-4;

size_t ent_time_based_room(const ent_haggle_table *table, uint32_t party, uint32_t rounds)
{
    (void)table;
    (void)party;
    (void)rounds;
    return sizeof(ent_time_based);
}

void ent_time_based_begin(ent_haggler *h)
{
    ((ent_time_based *)h->state)->round_next = 0;
}

static double least_of(ent_haggler *h, double (*aspiration)(ent_haggler *))
{
    ent_time_based *s = h->state;
    if (s->round_next != h->round + 1) {
        double want = ent_haggle_target(h->side, aspiration(h)) - TOLERANCE;
        s->least = fmin(fmax(want, h->side->floor), h->side->most);
        s->round_next = h->round + 1;
    }
    return s->least;
}

ent_answer ent_time_based_answer(ent_haggler *h, uint32_t entry,
                                 double (*aspiration)(ent_haggler *))
{
    double value = h->side->value[entry];
    bool good = value >= least_of(h, aspiration) && value >= h->side->bar;
    return good ? ENT_ACCEPT : ENT_REJECT;
}

uint32_t ent_time_based_propose(ent_haggler *h, double (*aspiration)(ent_haggler *))
{
    return ent_haggle_worst_of(h, h->side->first, least_of(h, aspiration));
}

double ent_polynomial_aspiration(ent_haggler *h)
{
    return 1 - pow(h->time, h->parameter[0]);
}

ent_answer ent_polynomial_answer(ent_haggler *h, uint32_t entry)
{
    return ent_time_based_answer(h, entry, ent_polynomial_aspiration);
}

uint32_t ent_polynomial_propose(ent_haggler *h)
{
    return ent_time_based_propose(h, ent_polynomial_aspiration);
}
