/*
 * The deadline effect: repeat the best outcome until the last round, and in it take whatever can be
 * lived with, or offer such an outcome at random. Much of what is agreed between people is agreed
 * so (A. Roth, J. Murnighan, F. Schoumaker, "The deadline effect in bargaining: some experimental
 * evidence", American Economic Review 78, 1988), and a score that counts only the end invites it.
 */
#include "haggle/strategies.h"

static bool is_last(const ent_haggler *h)
{
    return h->left == 1;
}

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    double value = h->side->value[entry];
    bool good = value >= h->side->most || is_last(h);
    return good && value >= h->side->bar ? ENT_ACCEPT : ENT_REJECT;
}

static uint32_t propose(ent_haggler *h)
{
    uint32_t width = h->side->top - h->side->first;
    if (width == 0) {
        return ENT_NO_ENTRY;
    }
    uint32_t up = is_last(h) ? ent_draw_below(&h->random, width) : width - 1;
    return h->side->order[h->side->first + up];
}

const ent_strategy ent_strategy_last_minute = {
    .name = "last-minute",
    .summary = "repeat the best outcome until the last round, then take anything rational",
    .detail = "Offers its best outcome in every round but the last. In the last it accepts "
              "whatever it can live with, or offers such an outcome at random.",
    .source = "Roth, Murnighan, Schoumaker 1988 (the deadline effect)",
    .answer = answer,
    .propose = propose,
};
