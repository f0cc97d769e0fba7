/*
 * Naive tit for tat: give as much of one's own range as the partner's last offer is worth to
 * oneself. Before there is anything to repay, concede by the least step that one's outcomes
 * allow: the difference of the next two of a cursor that goes from the best outcome to the worst
 * and then stands at the reservation value. Without one it stays at the worst: there is no step
 * left, where minus infinity would be one that gives all away.
 */
#include "haggle/strategies.h"

#include <math.h>

typedef struct tit_for_tat {
    uint32_t cursor; /* outcomes passed, from the best */
} tit_for_tat;

static size_t room(const ent_haggle_table *table, uint32_t party, uint32_t rounds)
{
    (void)table;
    (void)party;
    (void)rounds;
    return sizeof(tit_for_tat);
}

static void begin(ent_haggler *h)
{
    ((tit_for_tat *)h->state)->cursor = 0;
}

static double advance(ent_haggler *h)
{
    tit_for_tat *s = h->state;
    if (s->cursor >= h->side->top) {
        return isfinite(h->side->reservation) ? h->side->reservation : h->side->least;
    }
    return h->side->sorted[h->side->top - 1 - s->cursor++];
}

static double concession(ent_haggler *h)
{
    const ent_haggle_side *side = h->side;
    if (h->round == 0) {
        return 0;
    }
    if (h->round <= 2) {
        double above = advance(h), below = advance(h);
        return side->most > side->least ? (above - below + 1e-12) / (side->most - side->least) : 0;
    }
    const ent_haggle_offer *last = ent_haggle_last(h, false);
    if (last == NULL || side->most <= side->floor) {
        return 0;
    }
    return fmax(0, (side->value[last->entry] - side->floor) / (side->most - side->floor));
}

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    const ent_haggle_side *side = h->side;
    double value = side->value[entry], range = side->most - side->floor;
    double share = range > 0 ? (value - side->floor) / range : 1;
    bool good = share >= 1 - concession(h) && value >= side->bar;
    return good ? ENT_ACCEPT : ENT_REJECT;
}

static uint32_t propose(ent_haggler *h)
{
    const ent_haggle_side *side = h->side;
    double want = (1 - concession(h)) * (side->most - side->least) + side->least;
    return ent_haggle_worst_of(h, 0, fmin(want, side->most));
}

const ent_strategy ent_strategy_naive_tit_for_tat = {
    .name = "naive-tit-for-tat",
    .summary = "concede what the other side's last offer gave",
    .detail = "Gives as much of its own range as the other side's last offer gave it; in the "
              "first rounds, when there is little to repay, a step between two neighbouring "
              "outcomes. Offers from all outcomes, also below its reservation value, but accepts "
              "none there.",
    .source = "after Faratin, Sierra, Jennings 1998",
    .room = room,
    .begin = begin,
    .answer = answer,
    .propose = propose,
};
