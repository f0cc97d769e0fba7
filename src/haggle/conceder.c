#include "haggle/strategies.h"
#include "haggle/time_based.h"

static const ent_strategy_parameter exponent[] = {ENT_EXPONENT(0.25)};

const ent_strategy ent_strategy_conceder =
    ENT_POLYNOMIAL_STRATEGY("conceder", exponent, "concede early, aspiring to 1 - t^e");
