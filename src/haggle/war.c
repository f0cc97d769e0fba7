/*
 * Wasting: let the rounds pass by repeating the best outcome, and in the last one take whatever can
 * be lived with, or offer such an outcome at random (after Y. Mohammad's wasting and accepting
 * negotiators in NegMAS, which show what a score that counts only the end invites).
 */
#include "haggle/strategies.h"

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    double value = h->side->value[entry];
    bool good = value >= h->side->most || h->round + 1 == h->rounds;
    return good && value >= h->side->reservation ? ENT_ACCEPT : ENT_REJECT;
}

static uint32_t propose(ent_haggler *h)
{
    uint32_t width = h->side->top - h->side->first;
    if (width == 0) {
        return ENT_NO_ENTRY;
    }
    bool last = h->round + 1 == h->rounds;
    uint32_t up = last ? ent_draw_below(&h->random, width) : width - 1;
    return h->side->order[h->side->first + up];
}

const ent_strategy ent_strategy_war = {
    .name = "war",
    .summary = "waste all rounds but the last, then take anything rational",
    .source = "after Mohammad's wasting negotiators in NegMAS",
    .answer = answer,
    .propose = propose,
};
