/* The options that haggling and tournaments have in common: rounds, seed, breakdown, protocol. */
#ifndef ENT_API_ASKED_RULES_H
#define ENT_API_ASKED_RULES_H

#include "api/ask.h"
#include "haggle/negotiation.h"

ent_status ent_asked_rules(const ent_asking *asking, ent_haggle_rules *rules);

#endif
