/*
 * Nice tit for tat (T. Baarslag, K. Hindriks, C. Jonker, "A tit for tat negotiation strategy for
 * real-time bilateral negotiations", in: Complex Automated Negotiations, 2013): go as far from
 * one's best towards the estimated Nash point as the other side has come from its first offer
 * towards it, in one's own values; of what is as good, offer what the other side likes best. Of
 * several others each comes from its own first offer, and they are met at their mean.
 */
#include "haggle/nash.h"
#include "haggle/strategies.h"

#include <math.h>

/* How much of its way to the Nash point the party has come, 0 to 1. */
static double come(const ent_nash_seeker *s, uint32_t party)
{
    double first = s->first[party], way = s->nash - first;
    return way > 0 ? fmin(fmax((s->best[party] - first) / way, 0), 1) : 1;
}

static double target(ent_haggler *h)
{
    const ent_nash_seeker *s = h->state;
    double sum = 0;
    uint32_t others = 0;
    for (uint32_t p = 0; p < h->table->parties; p++) {
        if (!isnan(s->first[p])) {
            sum += come(s, p);
            others++;
        }
    }
    double mean = others == 0 ? 0 : sum / others;
    return h->side->most - mean * (h->side->most - s->nash);
}

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    return ent_nash_answer(h, entry, target);
}

static uint32_t propose(ent_haggler *h)
{
    return ent_nash_next(h, target);
}

const ent_strategy ent_strategy_nice_tit_for_tat = {
    .name = "nice-tit-for-tat",
    .summary = "repay concessions towards the estimated Nash point",
    .detail = "Goes as far from its best outcome to the estimated Nash point as the others have "
              "come from their first offers. Of what is as good it offers what they seem to like "
              "best. In the last round it accepts whatever it can live with.",
    .source = "Baarslag, Hindriks, Jonker 2013",
    .room = ent_nash_room,
    .begin = ent_nash_begin,
    .answer = answer,
    .propose = propose,
    .model = ent_nash_model,
};
