#include "haggle/strategies.h"

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    double value = h->side->value[entry];
    return value >= h->side->most && value >= h->side->bar ? ENT_ACCEPT : ENT_REJECT;
}

static uint32_t propose(ent_haggler *h)
{
    return ent_haggle_worst_of(h, h->side->first, h->side->most);
}

const ent_strategy ent_strategy_hardliner = {
    .name = "hardliner",
    .summary = "repeat the best outcome, accept nothing less",
    .detail = "Offers its best outcome in every round, and accepts nothing less.",
    .source = "Baarslag, Hindriks, Jonker 2013",
    .answer = answer,
    .propose = propose,
};
