#include "answers/analysis.h"

ent_settings ent_settings_default(void)
{
    return (ent_settings){.worlds = 20000,
                          .seed = 1,
                          .prior = ENT_PRIOR_IMPORTANCE,
                          .as_of = INT64_MAX,
                          .threshold = 0.5,
                          .budget = {.variants = 2000, .walk = 1000, .haggle = 400, .hold = 1000},
                          .sweep_limit = ENT_SWEEP_LIMIT};
}
