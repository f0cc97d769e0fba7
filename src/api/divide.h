/* `frontier --method adjusted-winner`: reading items, dividing them, the reply. */
#ifndef ENT_API_DIVIDE_H
#define ENT_API_DIVIDE_H

#include "api/ask.h"

ent_status ent_answer_division(ent_asking *asking);

#endif
