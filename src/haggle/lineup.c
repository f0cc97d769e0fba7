#include "haggle/lineup.h"

const char *const ent_lineup_names[] = {"all", "pairs", "own"};

/* Those of every tuple; false when they pass `most`. */
static bool count_all(uint64_t strategies, uint32_t parties, uint64_t most, uint64_t *tuples)
{
    *tuples = 1;
    for (uint32_t p = 0; p < parties; p++) {
        if (*tuples > most / strategies) {
            return false;
        }
        *tuples *= strategies;
    }
    return *tuples <= most;
}

static bool count_pairs(uint64_t strategies, uint32_t parties, uint64_t most, uint64_t *tuples)
{
    uint64_t others = strategies - 1;
    if (others > UINT32_MAX || (others > 0 && strategies > most / others / parties)) {
        return false;
    }
    *tuples = parties * strategies * others + strategies;
    return *tuples <= most;
}

bool ent_lineup_set(ent_lineup_design design, size_t strategies, uint32_t parties, uint64_t most,
                    ent_lineup *lineup)
{
    bool same = design == ENT_LINEUP_PAIRS && (parties == 2 || strategies == 1);
    *lineup = (ent_lineup){.design = same ? ENT_LINEUP_ALL : design,
                           .strategies = (uint32_t)strategies,
                           .parties = parties,
                           .tuples = 1};
    switch (lineup->design) {
    case ENT_LINEUP_ALL:
        return count_all(strategies, parties, most, &lineup->tuples);
    case ENT_LINEUP_PAIRS:
        return count_pairs(strategies, parties, most, &lineup->tuples);
    case ENT_LINEUP_OWN:
        break;
    }
    return true;
}

static uint32_t of_all(const ent_lineup *l, uint64_t tuple, uint32_t party)
{
    for (uint32_t p = l->parties - 1; p > party; p--) {
        tuple /= l->strategies;
    }
    return (uint32_t)(tuple % l->strategies);
}

static uint32_t of_pairs(const ent_lineup *l, uint64_t tuple, uint32_t party)
{
    if (tuple < l->strategies) {
        return (uint32_t)tuple;
    }
    uint64_t pair = tuple - l->strategies, others = l->strategies - 1;
    uint64_t other = pair % others, one = pair / others % l->strategies;
    uint64_t seat = pair / others / l->strategies;
    return (uint32_t)(party == seat ? one : other + (other >= one));
}

uint32_t ent_lineup_strategy(const ent_lineup *l, uint64_t tuple, uint32_t party)
{
    switch (l->design) {
    case ENT_LINEUP_ALL:
        return of_all(l, tuple, party);
    case ENT_LINEUP_PAIRS:
        return of_pairs(l, tuple, party);
    case ENT_LINEUP_OWN:
        break;
    }
    return party;
}
