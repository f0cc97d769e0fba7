/* Strategies that misbehave, one for each way; HOW is set by the build. */
#include "entente.h"

#include <stdlib.h>

enum { FINE, CRASH, HANG, EXIT, STRAY, OLD, NONE, CRASH_ON_LOAD };

static uint32_t best(const ent_bargaining *known)
{
    return known->order[known->outcomes - 1];
}

static bool accepts(const ent_bargaining *known, void *state, uint32_t outcome)
{
    (void)state;
    return known->utility[outcome] >= known->reservation && known->time > 0.5;
}

static uint32_t misbehave(const ent_bargaining *known)
{
    volatile int *volatile nowhere = (volatile int *)16;
    volatile bool forever = true;
    switch (HOW) {
    case CRASH:
        *nowhere = 1;
        break;
    case HANG:
        while (forever) {
        }
        break;
    case EXIT:
        exit(0);
    case STRAY:
        return known->outcomes + 7;
    default:
        break;
    }
    return best(known);
}

/* Well behaved in the first rounds, and whenever it is worth its reservation value no more. */
static uint32_t offers(const ent_bargaining *known, void *state)
{
    (void)state;
    return known->round < 3 ? best(known) : misbehave(known);
}

#if HOW == 7
__attribute__((constructor)) static void crash(void)
{
    volatile int *volatile nowhere = (volatile int *)16;
    *nowhere = 1;
}
#endif

#if HOW == 6
ENT_API extern const ent_user_strategy another_name;
const ent_user_strategy another_name = {
#else
ENT_API extern const ent_user_strategy entente_strategy;
const ent_user_strategy entente_strategy = {
#endif
    .version = HOW == OLD ? ENT_STRATEGY_VERSION + 1 : ENT_STRATEGY_VERSION,
    .name = "rogue",
    .accepts = accepts,
    .offers = offers,
};
