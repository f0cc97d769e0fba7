#include "haggle/strategies.h"
#include "haggle/time_based.h"

static const ent_strategy_parameter exponent[] = {ENT_EXPONENT(1)};

const ent_strategy ent_strategy_linear =
    ENT_POLYNOMIAL_STRATEGY("linear", exponent, "concede evenly in time, aspiring to 1 - t^e");
