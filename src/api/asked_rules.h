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

#define ENT_CLOCK_OPTIONS                                                                          \
    {"seconds", "S", ENT_OPTION_NUMBER, false, "end after S seconds of a clock, too"},             \
    {"step-cost", "S", ENT_OPTION_TEXT, false,                                                     \
     "what a turn takes on it, as 0.02 or 0.01-0.05 (0.01)"},                                      \
    {"step-limit", "S", ENT_OPTION_NUMBER, false, "a turn that takes more ends the talks"},        \
    {"overtime", NULL, ENT_OPTION_FLAG, false,                                                     \
     "a round begun before the deadline in seconds is played to its end"},                         \
    {"at-reservation", "HOW", ENT_OPTION_TEXT, false,                                              \
     "accept or refuse what is worth exactly the reservation value"}

ent_status ent_asked_rules(const ent_asking *asking, ent_haggle_rules *rules);
/*
 * The clock's options, once the strategies are known. Where seconds are the only deadline the
 * rounds become as many as fit in. What is not reproducible is told (H205).
 */
ent_status ent_asked_clock(const ent_asking *asking, const ent_chosen_strategy *chosen,
                           size_t count, ent_haggle_rules *rules);
/* What of the rules only some tournaments have, for its fingerprint. */
void ent_put_clock(ent_buffer *b, const ent_haggle_rules *rules);
/* Tell which strategies took longer than the step limit, and how often: slow[count]. */
void ent_tell_slow(ent_work *work, const ent_chosen_strategy *chosen, size_t count,
                   const uint32_t *slow);
/* Tell what strategies from shared objects did wrong; ENT_LIMIT where one gave up answering. */
ent_status ent_tell_all_faults(ent_work *work, const ent_chosen_strategy *chosen, size_t count);

#endif
