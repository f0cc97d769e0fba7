/*
 * A strategy put together from bidding, opponent model and acceptance (T. Baarslag, W. Pasman,
 * K. Hindriks, D. Tykhonov, "Using the BOA framework", in: Next Frontier in Agent-Based Complex
 * Automated Negotiation, 2015). Bidding: time-based, 1 - t^e; among the outcomes just above the
 * target that which the model thinks the other side likes best. Acceptance: AC_next, or AC_combi
 * (T. Baarslag, K. Hindriks, C. Jonker, "Effective acceptance conditions in real-time automated
 * negotiation", Decision Support Systems 60, 2014): AC_next, or late in the talks an offer no worse
 * than the best got in a window before now that is as long as the time left.
 */
#include "haggle/opponent.h"
#include "haggle/strategies.h"

#include <math.h>

typedef struct boa {
    ent_opponent opponent;
    uint32_t round_next; /* the round + 1 that `next` is for */
    uint32_t next;
} boa;

enum { P_E, P_ACCEPT, P_MODEL, P_WINDOW, P_LATE };
enum { ACCEPT_NEXT, ACCEPT_COMBI };
enum { MODEL_NONE, MODEL_FREQUENCY, MODEL_BAYES };

static const char *const accepts[] = {"next", "combi"};
static const char *const models[] = {"none", "frequency", "bayes"};
static const ent_strategy_parameter parameters[] = {
    {"e", 4, 0.001, 1000, NULL, "exponent of the bidding; above 1 concedes late"},
    {"accept", ACCEPT_COMBI, 0, 1, accepts, "acceptance"},
    {"model", MODEL_FREQUENCY, 0, MODEL_BAYES, models, "opponent model"},
    {"window", 50, 1, 100000, NULL, "outcomes above the target that are compared"},
    {"late", 0.95, 0, 1, NULL, "time from which combi looks back"},
};

static size_t room(const ent_haggle_table *table, uint32_t party, uint32_t rounds)
{
    (void)party;
    (void)rounds;
    size_t bayes = ent_opponent_room(&ent_opponent_bayes, table);
    size_t frequency = ent_opponent_room(&ent_opponent_frequency, table);
    return sizeof(boa) + (bayes > frequency ? bayes : frequency);
}

static void begin(ent_haggler *h)
{
    boa *s = h->state;
    bool bayes = h->parameter[P_MODEL] == MODEL_BAYES;
    ent_opponent_begin(&s->opponent, bayes ? &ent_opponent_bayes : &ent_opponent_frequency,
                       h->table, s + 1);
    s->round_next = 0;
}

static uint32_t next_of(ent_haggler *h)
{
    boa *s = h->state;
    if (s->round_next != h->round + 1) {
        double aspiration = 1 - pow(h->time, h->parameter[P_E]);
        double want = fmin(ent_haggle_target(h->side, aspiration), h->side->most);
        bool blind = h->parameter[P_MODEL] == MODEL_NONE;
        ent_opponent_learn(&s->opponent, h);
        s->next = blind ? ent_haggle_worst_of(h, h->side->first, want)
                        : ent_opponent_best(&s->opponent, h, want,
                                            (uint32_t)h->parameter[P_WINDOW]);
        s->round_next = h->round + 1;
    }
    return s->next;
}

/* The best that the others have offered in as many rounds as are left, this offer aside. */
static double best_lately(const ent_haggler *h)
{
    double best = -HUGE_VAL;
    uint32_t left = h->left;
    for (uint32_t k = h->offer_count; k-- > 1;) {
        const ent_haggle_offer *offer = &h->offers[k - 1];
        if (h->round - offer->round > left) {
            break;
        }
        if (offer->party != h->party) {
            best = fmax(best, h->side->value[offer->entry]);
        }
    }
    return best;
}

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    double value = h->side->value[entry];
    uint32_t next = next_of(h);
    if (value < h->side->bar) {
        return ENT_REJECT;
    }
    if (next == ENT_NO_ENTRY || value >= h->side->value[next]) {
        return ENT_ACCEPT;
    }
    bool late = h->parameter[P_ACCEPT] == ACCEPT_COMBI && h->time >= h->parameter[P_LATE];
    return late && value >= best_lately(h) ? ENT_ACCEPT : ENT_REJECT;
}

static uint32_t propose(ent_haggler *h)
{
    return next_of(h);
}

static ent_opponent *model(const ent_haggler *h)
{
    boa *s = h->state;
    return h->parameter[P_MODEL] == MODEL_NONE ? NULL : &s->opponent;
}

const ent_strategy ent_strategy_boa = {
    .name = "boa",
    .summary = "bidding, opponent model and acceptance put together",
    .detail = "Aspires to 1 - t^e as boulware does. Of the outcomes that are just worth it, it "
              "offers the one that the model thinks the others like best. Accepts what is no "
              "worse than its next offer, and with combi late in the talks also what is the best "
              "that it got in as many rounds as are left.",
    .source = "Baarslag, Pasman, Hindriks, Tykhonov 2015",
    .parameters = parameters,
    .parameter_count = sizeof parameters / sizeof *parameters,
    .room = room,
    .begin = begin,
    .answer = answer,
    .propose = propose,
    .model = model,
};
