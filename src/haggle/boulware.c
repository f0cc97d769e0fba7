#include "haggle/strategies.h"
#include "haggle/time_based.h"

static const ent_strategy_parameter exponent[] = {ENT_EXPONENT(4)};

const ent_strategy ent_strategy_boulware =
    ENT_POLYNOMIAL_STRATEGY("boulware", exponent, "concede late, aspiring to 1 - t^e");
