/* The zero of every comparison: offers and thresholds drawn from the outcomes it can live with. */
#include "haggle/strategies.h"

static uint32_t propose(ent_haggler *h)
{
    uint32_t width = h->side->top - h->side->first;
    return width == 0 ? ENT_NO_ENTRY
                      : h->side->order[h->side->first + ent_draw_below(&h->random, width)];
}

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    uint32_t other = propose(h);
    double value = h->side->value[entry];
    bool good = other != ENT_NO_ENTRY && value >= h->side->value[other];
    return good && value >= h->side->bar ? ENT_ACCEPT : ENT_REJECT;
}

const ent_strategy ent_strategy_random = {
    .name = "random",
    .summary = "offer any rational outcome, accept what is no worse than another drawn so",
    .detail = "Draws each offer from all outcomes that it can live with, and another such outcome "
              "to hold against each offer that it gets.",
    .source = "Gode, Sunder 1993 (zero intelligence)",
    .answer = answer,
    .propose = propose,
};
