/* What the protocols of alternating offers share. */
#ifndef ENT_HAGGLE_ALTERNATING_H
#define ENT_HAGGLE_ALTERNATING_H

#include "haggle/negotiation.h"

/* Alternating offers in which each rejection ends the talks with that chance. */
void ent_alternate(ent_negotiation *n, double breakdown);

#endif
