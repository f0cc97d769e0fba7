#include "haggle/strategies.h"
#include "haggle/time_based.h"

static const ent_strategy_parameter parameters[] = {
    {"e", 0.25, 0.001, 1000, NULL, "exponent: above 1 concedes late, below 1 early"},
};

const ent_strategy ent_strategy_conceder = {
    .name = "conceder",
    .summary = "concede early, aspiring to 1 - t^e",
    .source = "Faratin, Sierra, Jennings 1998",
    .parameters = parameters,
    .parameter_count = 1,
    .room = ent_time_based_room,
    .begin = ent_time_based_begin,
    .answer = ent_polynomial_answer,
    .propose = ent_polynomial_propose,
};
