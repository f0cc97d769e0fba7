/*
 * The exponential decision function of Faratin, Sierra and Jennings: the concession at time t is
 * exp((1 - t)^b ln k), which starts at k and ends at 1.
 */
#include "haggle/strategies.h"
#include "haggle/time_based.h"

#include <math.h>

static const ent_strategy_parameter parameters[] = {
    {"b", 1, 0.001, 1000, NULL, "below 1 concedes late, above 1 early"},
    {"k", 0.01, 1e-9, 1, NULL, "concession in the first round"},
};

static double aspiration(ent_haggler *h)
{
    return 1 - exp(pow(1 - h->time, h->parameter[0]) * log(h->parameter[1]));
}

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    return ent_time_based_answer(h, entry, aspiration);
}

static uint32_t propose(ent_haggler *h)
{
    return ent_time_based_propose(h, aspiration);
}

const ent_strategy ent_strategy_exponential = {
    .name = "exponential",
    .summary = "time-based concession that grows exponentially",
    .detail = "As boulware, aspiring to 1 - k^((1 - t)^b).",
    .source = "Faratin, Sierra, Jennings 1998",
    .parameters = parameters,
    .parameter_count = 2,
    .room = ent_time_based_room,
    .begin = ent_time_based_begin,
    .answer = answer,
    .propose = propose,
};
