/* The options that haggling and tournaments have in common: rounds, seed, breakdown, protocol. */
#ifndef ENT_API_ASKED_RULES_H
#define ENT_API_ASKED_RULES_H

#include "api/ask.h"
#include "haggle/negotiation.h"

/* What is done with strategies from shared objects. */
#define ENT_ISOLATE_OPTIONS                                                                        \
    {"isolate", NULL, ENT_OPTION_FLAG, false, "strategies from shared objects play in processes "  \
                                              "of their own"},                                     \
    {"patience", "SECONDS", ENT_OPTION_NUMBER, false, "what one answer may take them then (5)"}

#define ENT_HIDDEN_OPTION                                                                          \
    {"hidden-deadline", "N-M", ENT_OPTION_TEXT, false,                                             \
     "end after N to M rounds, drawn for each run; no strategy is told"}

ent_status ent_asked_rules(const ent_asking *asking, ent_haggle_rules *rules);
/* Tell what strategies from shared objects did wrong; ENT_LIMIT where one gave up answering. */
ent_status ent_tell_all_faults(ent_work *work, const ent_chosen_strategy *chosen, size_t count);

#endif
