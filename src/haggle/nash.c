/*
 * Nash-seeking: concede in time, but from the best outcome to the estimated Nash point only, and
 * offer what the other side is thought to like best of what is as good. The Nash point is the
 * outcome with the greatest product of gains (J. Nash, "The bargaining problem", Econometrica 18,
 * 1950), by the frequency model's estimate of the other side's values.
 */
#include "haggle/nash.h"

#include "haggle/strategies.h"

#include <math.h>

/* The estimate is made anew every tenth of the rounds, every ten of them at the most. */
enum { WINDOW = 50, ESTIMATES = 10, ESTIMATE_EVERY = 10 };

size_t ent_nash_room(const ent_haggle_table *table, uint32_t party, uint32_t rounds)
{
    (void)party;
    (void)rounds;
    return sizeof(ent_nash_seeker) + ent_opponent_room(&ent_opponent_frequency, table);
}

void ent_nash_begin(ent_haggler *h)
{
    ent_nash_seeker *s = h->state;
    *s = (ent_nash_seeker){.nash = h->side->most};
    for (uint32_t p = 0; p < h->table->parties; p++) {
        s->first[p] = s->best[p] = (double)NAN;
    }
    ent_opponent_begin(&s->opponent, &ent_opponent_frequency, h->table, s + 1);
}

static void look_at(ent_nash_seeker *s, const ent_haggle_offer *offer, double value)
{
    double *first = &s->first[offer->party], *best = &s->best[offer->party];
    *first = isnan(*first) ? value : *first;
    *best = fmax(*best, value);
}

/* Before anything was offered there is nothing to estimate from. */
static void learn(ent_haggler *h)
{
    ent_nash_seeker *s = h->state;
    for (; s->seen < h->offer_count; s->seen++) {
        const ent_haggle_offer *offer = &h->offers[s->seen];
        if (offer->party != h->party) {
            look_at(s, offer, h->side->value[offer->entry]);
        }
    }
    ent_opponent_learn(&s->opponent, h);
    if (s->opponent.any && h->round + 1 >= s->nash_next) {
        uint32_t wait = (h->round + h->left) / ESTIMATES + 1;
        s->nash = ent_opponent_nash(&s->opponent, h);
        s->nash_next = h->round + 1 + (wait < ESTIMATE_EVERY ? wait : ESTIMATE_EVERY);
    }
}

uint32_t ent_nash_next(ent_haggler *h, double (*target)(ent_haggler *h))
{
    ent_nash_seeker *s = h->state;
    if (s->round_next != h->round + 1) {
        learn(h);
        s->target = fmin(fmax(target(h), h->side->floor), h->side->most);
        s->next = ent_opponent_best(&s->opponent, h, s->target, WINDOW);
        s->round_next = h->round + 1;
    }
    return s->next;
}

ent_answer ent_nash_answer(ent_haggler *h, uint32_t entry, double (*target)(ent_haggler *h))
{
    double value = h->side->value[entry];
    uint32_t next = ent_nash_next(h, target);
    if (value < h->side->bar) {
        return ENT_REJECT;
    }
    bool last = h->left == 1;
    return last || next == ENT_NO_ENTRY || value >= h->side->value[next] ? ENT_ACCEPT
                                                                         : ENT_REJECT;
}

ent_opponent *ent_nash_model(const ent_haggler *h)
{
    ent_nash_seeker *s = h->state;
    return &s->opponent;
}

static const ent_strategy_parameter parameters[] = {
    {"e", 1, 0.001, 1000, NULL, "exponent; above 1 concedes late, below 1 early"},
};

static double target(ent_haggler *h)
{
    const ent_nash_seeker *s = h->state;
    return h->side->most - pow(h->time, h->parameter[0]) * (h->side->most - s->nash);
}

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    return ent_nash_answer(h, entry, target);
}

static uint32_t propose(ent_haggler *h)
{
    return ent_nash_next(h, target);
}

const ent_strategy ent_strategy_nash = {
    .name = "nash",
    .summary = "concede to the estimated Nash point",
    .detail = "Goes as t^e from its best outcome to the estimated Nash point, where the product "
              "of gains is greatest by what offers tell of the others' values. Of what is as good "
              "it offers what they seem to like best. In the last round it accepts whatever it "
              "can live with.",
    .source = "after Nash 1950, with a frequency model",
    .parameters = parameters,
    .parameter_count = 1,
    .room = ent_nash_room,
    .begin = ent_nash_begin,
    .answer = answer,
    .propose = propose,
    .model = ent_nash_model,
};
