/*
 * MiCRO (D. de Jonge, "An analysis of the linear bilateral ANAC domains using the MiCRO benchmark
 * strategy", IJCAI 2022): go down one's own outcomes one by one, but only while the other side has
 * made at least as many different offers; repeat an old offer otherwise.
 */
#include "haggle/strategies.h"

#include <string.h>

typedef struct micro {
    uint32_t sent;     /* different offers made: the best ones */
    uint32_t received; /* different offers got */
    uint32_t seen_offers; /* of the negotiation's, taken in */
    uint32_t counted;     /* entries marked, [room] of them in `marked` */
    uint64_t *mark;       /* a bit for each entry */
    uint32_t *marked;
} micro;

static size_t room(const ent_haggle_table *table, uint32_t party, uint32_t rounds)
{
    (void)party;
    size_t offers = (size_t)rounds * table->parties;
    size_t most = offers < table->count ? offers : table->count;
    return sizeof(micro) + (table->count / 64 + 1) * sizeof(uint64_t) +
           (most + 1) * sizeof(uint32_t);
}

/* The marks of the last negotiation are taken back one by one: the table may be large. */
static void begin(ent_haggler *h)
{
    micro *s = h->state;
    s->mark = (uint64_t *)(void *)(s + 1);
    s->marked = (uint32_t *)(void *)(s->mark + h->table->count / 64 + 1);
    for (uint32_t k = 0; k < s->counted; k++) {
        s->mark[s->marked[k] / 64] = 0;
    }
    s->sent = s->received = s->seen_offers = s->counted = 0;
}

static void take_in(ent_haggler *h)
{
    micro *s = h->state;
    for (; s->seen_offers < h->offer_count; s->seen_offers++) {
        const ent_haggle_offer *offer = &h->offers[s->seen_offers];
        uint64_t bit = UINT64_C(1) << offer->entry % 64;
        if (offer->party != h->party && (s->mark[offer->entry / 64] & bit) == 0) {
            s->mark[offer->entry / 64] |= bit;
            s->marked[s->counted++] = offer->entry;
            s->received++;
        }
    }
}

/* The next outcome not offered yet, ENT_NO_ENTRY where the other side is behind or none is left. */
static uint32_t next_of(const ent_haggler *h)
{
    const micro *s = h->state;
    bool ready = s->sent <= s->received && h->side->first + s->sent < h->side->top;
    return ready ? h->side->order[h->side->top - 1 - s->sent] : ENT_NO_ENTRY;
}

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    const micro *s = h->state;
    take_in(h);
    uint32_t next = next_of(h);
    double least = h->side->bar;
    if (next != ENT_NO_ENTRY) {
        least = h->side->value[next];
    } else if (s->sent > 0) {
        least = h->side->sorted[h->side->top - s->sent];
    }
    double value = h->side->value[entry];
    return value >= least && value >= h->side->bar ? ENT_ACCEPT : ENT_REJECT;
}

static uint32_t propose(ent_haggler *h)
{
    micro *s = h->state;
    take_in(h);
    uint32_t next = next_of(h);
    if (next != ENT_NO_ENTRY) {
        s->sent++;
        return next;
    }
    if (s->sent == 0) {
        return ENT_NO_ENTRY;
    }
    return h->side->order[h->side->top - 1 - ent_draw_below(&h->random, s->sent)];
}

const ent_strategy ent_strategy_micro = {
    .name = "micro",
    .summary = "one outcome down for each new offer of the other side",
    .detail = "Goes down its outcomes from the best, one by one, but only while it has made no "
              "more different offers than it got; otherwise it repeats one of its own at random. "
              "Accepts what is no worse than what it would offer next.",
    .source = "de Jonge 2022",
    .room = room,
    .begin = begin,
    .answer = answer,
    .propose = propose,
};
