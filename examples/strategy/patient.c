/*
 * A strategy of one's own: ask for the best outcome in the first half of the talks, then go down
 * in a straight line; never offer anything that the other side has already turned down twice.
 *
 *     cc -shared -fPIC -I include examples/strategy/patient.c -o patient.so
 *     entente haggle SCENARIO --pair ./patient.so,boulware
 */
#include "entente.h"

#include <stddef.h>

static double wanted(const ent_bargaining *known)
{
    double best = known->utility[known->order[known->outcomes - 1]];
    double worst = known->utility[known->order[0]];
    double floor = known->reservation > worst ? known->reservation : worst;
    double gone = known->time < 0.5 ? 0 : 2 * (known->time - 0.5);
    return best - gone * (best - floor);
}

static bool accepts(const ent_bargaining *known, void *state, uint32_t outcome)
{
    (void)state;
    double value = known->utility[outcome];
    return value >= wanted(known) && value >= known->reservation;
}

static uint32_t times_offered(const ent_bargaining *known, uint32_t outcome)
{
    uint32_t times = 0;
    for (uint32_t k = 0; k < known->offer_count; k++) {
        times += known->offers[k].party == known->party && known->offers[k].entry == outcome;
    }
    return times;
}

static uint32_t offers(const ent_bargaining *known, void *state)
{
    (void)state;
    uint32_t best = known->order[known->outcomes - 1];
    double least = wanted(known);
    for (uint32_t k = 0; k < known->outcomes; k++) {
        uint32_t outcome = known->order[k];
        double value = known->utility[outcome];
        if (value >= least && value >= known->reservation && times_offered(known, outcome) < 2) {
            return outcome;
        }
    }
    return known->utility[best] >= known->reservation ? best : ENT_WALK_AWAY;
}

ENT_API extern const ent_user_strategy entente_strategy;
const ent_user_strategy entente_strategy = {
    .version = ENT_STRATEGY_VERSION,
    .name = "patient",
    .accepts = accepts,
    .offers = offers,
};
