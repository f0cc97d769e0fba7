/*
 * Wasting (Y. Mohammad's wasting negotiators WAR, WAN and WAB in NegMAS). It first offers what it
 * does not want, the outcomes below its reservation value from the worst up, one an offer; then the
 * rational ones from the best down, each once; then it repeats the last one. What it accepts is any
 * rational outcome (WAR), one not worse than the best that it has accepted so far (WAN), or only
 * a better one (WAB).
 *
 * It is made for protocols in which each outcome is offered once and an acceptance is tentative:
 * there moves wasted on what will not be agreed on cost nothing. Under alternating offers an offer
 * made is one that its maker is held to, so that it can end below its reservation value. It takes
 * part as the weakest member that a tournament can have.
 *
 * O(1) an offer.
 */
#include "haggle/strategies.h"

typedef struct war {
    uint32_t sent; /* different offers made */
    bool any;      /* something has been accepted, `best` at most */
    double best;
} war;

enum { ACCEPT_ANY, ACCEPT_NOT_WORSE, ACCEPT_BETTER };
static const char *const accepts[] = {"any", "not-worse", "better"};
static const ent_strategy_parameter parameters[] = {
    {"accept", ACCEPT_ANY, 0, ACCEPT_BETTER, accepts,
     "rational outcomes that it accepts, as compared with the best it has accepted so far"},
};

static void begin(ent_haggler *h)
{
    *(war *)h->state = (war){.sent = 0};
}

/* An acceptance is noted: among more than two it is no deal yet. */
static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    war *s = h->state;
    double value = h->side->value[entry], how = h->parameter[0];
    bool good = value >= h->side->bar;
    if (s->any && how == ACCEPT_NOT_WORSE) {
        good = good && value >= s->best;
    } else if (s->any && how == ACCEPT_BETTER) {
        good = good && value > s->best;
    }
    if (good) {
        s->best = s->any && s->best > value ? s->best : value;
        s->any = true;
    }
    return good ? ENT_ACCEPT : ENT_REJECT;
}

static uint32_t propose(ent_haggler *h)
{
    war *s = h->state;
    const ent_haggle_side *side = h->side;
    if (s->sent < side->first) {
        return side->order[s->sent++];
    }
    if (side->first == side->top) {
        return ENT_NO_ENTRY;
    }
    uint32_t down = (s->sent < side->top ? s->sent++ : side->top - 1) - side->first;
    return side->order[side->top - 1 - down];
}

const ent_strategy ent_strategy_war = {
    .name = "war",
    .summary = "waste offers on what it does not want, accept anything rational",
    .detail = "Offers the outcomes below its reservation value first, from the worst up, then the "
              "others from the best down, each once, then the last one again. Made for protocols "
              "in which an offer is not binding. Under alternating offers it is held to what it "
              "offers, and is the weakest member of a tournament.",
    .source = "Mohammad, NegMAS (the WAR, WAN and WAB negotiators)",
    .parameters = parameters,
    .parameter_count = 1,
    .state_size = sizeof(war),
    .begin = begin,
    .answer = answer,
    .propose = propose,
};
