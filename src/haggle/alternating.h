/* What the protocols of alternating offers share. */
#ifndef ENT_HAGGLE_ALTERNATING_H
#define ENT_HAGGLE_ALTERNATING_H

#include "haggle/negotiation.h"

/* What a party's turn has come to. */
typedef enum ent_turn { ENT_TURN_PROPOSE, ENT_TURN_DONE, ENT_TURN_OVER } ent_turn;

/*
 * The two halves of a turn: the answer to the offer on the table, where there is one, and what the
 * party offers where it has rejected it. `accepted` counts who has since the last offer, and begins
 * at 0.
 */
ent_turn ent_take_answer(ent_negotiation *n, const ent_haggler *h, ent_answer answer,
                         double breakdown, uint32_t *accepted);
ent_turn ent_take_offer(ent_negotiation *n, const ent_haggler *h, uint32_t offer,
                        uint32_t *accepted);
/* Do the rules' parties take turns at all? Then with the chance of a breakdown after each. */
bool ent_take_turns(const ent_haggle_rules *rules, double *breakdown);

/* Alternating offers in which each rejection ends the talks with that chance. */
void ent_alternate(ent_negotiation *n, double breakdown);

#endif
