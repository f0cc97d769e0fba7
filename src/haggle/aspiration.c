#include "haggle/strategies.h"
#include "haggle/time_based.h"

static const ent_strategy_parameter parameters[] = {
    {"e", 2, 0.001, 1000, NULL, "exponent; above 1 concedes late, below 1 early"},
    {"start", 1, 0, 1, NULL, "aspiration at the start, 1 for the best outcome"},
    {"end", 0, 0, 1, NULL, "aspiration at the deadline, 0 for the reservation value"},
};

static double aspiration(ent_haggler *h)
{
    double start = h->parameter[1], end = h->parameter[2];
    return end + (start - end) * ent_polynomial_aspiration(h);
}

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    return ent_time_based_answer(h, entry, aspiration);
}

static uint32_t propose(ent_haggler *h)
{
    return ent_time_based_propose(h, aspiration);
}

const ent_strategy ent_strategy_aspiration = {
    .name = "aspiration",
    .summary = "time-based concession between two aspirations",
    .detail = "As boulware, but that its aspiration falls from start to end: it is end + (start - "
              "end)(1 - t^e).",
    .source = "Faratin, Sierra, Jennings 1998",
    .parameters = parameters,
    .parameter_count = 3,
    .room = ent_time_based_room,
    .begin = ent_time_based_begin,
    .answer = answer,
    .propose = propose,
};
