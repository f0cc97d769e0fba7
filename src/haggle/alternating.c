/*
 * The stacked alternating offers protocol (R. Aydogan, D. Festen, K. Hindriks, C. Jonker,
 * "Alternating offers protocols for multilateral negotiation", 2017). In each round the parties act
 * in turn: each answers the offer on the table, and one that rejects it makes its own. A deal is
 * an offer that all others have accepted since it was made.
 */
#include "haggle/alternating.h"

#include "haggle/clock.h"

static void end(ent_negotiation *n, ent_haggle_end how, const ent_haggler *h)
{
    n->result.end = how;
    n->result.round = h->round;
    n->result.time = h->time;
    n->result.party = h->party;
}

ent_turn ent_take_answer(ent_negotiation *n, const ent_haggler *h, ent_answer answer,
                         double breakdown, uint32_t *accepted)
{
    if (answer == ENT_ACCEPT && ++*accepted + 1 < n->table->parties) {
        return ENT_TURN_DONE;
    }
    if (answer != ENT_REJECT) {
        bool deal = answer == ENT_ACCEPT;
        n->result.entry = deal ? n->offers[n->result.offers - 1].entry : ENT_NO_ENTRY;
        end(n, deal ? ENT_HAGGLE_AGREED : ENT_HAGGLE_WALKED, h);
        return ENT_TURN_OVER;
    }
    if (breakdown > 0 && ent_draw_unit(&n->chance) < breakdown) {
        end(n, ENT_HAGGLE_BROKE, h);
        return ENT_TURN_OVER;
    }
    return ENT_TURN_PROPOSE;
}

ent_turn ent_take_offer(ent_negotiation *n, const ent_haggler *h, uint32_t offer,
                        uint32_t *accepted)
{
    if (offer >= n->table->count) {
        end(n, ENT_HAGGLE_WALKED, h);
        return ENT_TURN_OVER;
    }
    ent_haggle_table_offer(n, h->round, h->party, offer);
    *accepted = 0;
    return ENT_TURN_DONE;
}

static ent_turn answer(ent_negotiation *n, ent_haggler *h, double breakdown, uint32_t *accepted)
{
    double watch = ent_clock_watch(n, h);
    ent_answer said = h->strategy->answer(h, n->offers[n->result.offers - 1].entry);
    return ent_clock_since(n, h, watch) ? ent_take_answer(n, h, said, breakdown, accepted)
                                        : ENT_TURN_OVER;
}

static ent_turn propose(ent_negotiation *n, ent_haggler *h, uint32_t *accepted)
{
    double watch = ent_clock_watch(n, h);
    uint32_t offer = h->strategy->propose(h);
    return ent_clock_since(n, h, watch) ? ent_take_offer(n, h, offer, accepted) : ENT_TURN_OVER;
}

/* One party's turn; true when the negotiation is over. */
static bool act(ent_negotiation *n, ent_haggler *h, double breakdown, uint32_t *accepted)
{
    ent_turn turn = ent_clock_turn(n, h) ? ENT_TURN_PROPOSE : ENT_TURN_OVER;
    if (turn == ENT_TURN_PROPOSE && n->result.offers > 0) {
        turn = answer(n, h, breakdown, accepted);
    }
    if (turn == ENT_TURN_PROPOSE) {
        turn = propose(n, h, accepted);
    }
    return turn == ENT_TURN_OVER;
}

bool ent_take_turns(const ent_haggle_rules *rules, double *breakdown)
{
    *breakdown = rules->protocol == &ent_protocol_breakdown ? rules->breakdown : 0;
    return rules->protocol == NULL || rules->protocol == &ent_protocol_alternating ||
           rules->protocol == &ent_protocol_breakdown;
}

void ent_alternate(ent_negotiation *n, double breakdown)
{
    uint32_t accepted = 0;
    for (uint32_t round = 0; round < n->last && ent_clock_round(n, round); round++) {
        for (uint32_t p = 0; p < n->table->parties; p++) {
            if (act(n, ent_haggle_turn(n, p, round), breakdown, &accepted)) {
                return;
            }
        }
    }
}

static void run(ent_negotiation *n)
{
    ent_alternate(n, 0);
}

static const ent_topic_parameter parameters[] = {
    ENT_HAGGLE_ROUNDS_ROW,
    ENT_HAGGLE_CLOCK_ROWS,
};

const ent_protocol ent_protocol_alternating = {
    .name = "alternating",
    .summary = "stacked alternating offers up to a deadline",
    .detail = "Each round the parties act in turn: each accepts the offer on the table, or rejects "
              "it and makes another. A deal is an offer that all others have accepted since it was "
              "made. Without one each has its reservation value.",
    .source = "Aydogan, Festen, Hindriks, Jonker 2017",
    .parameters = parameters,
    .parameter_count = sizeof parameters / sizeof *parameters,
    .run = run,
};
