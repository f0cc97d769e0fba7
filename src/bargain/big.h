/* Counts of outcomes, exactly, up to 2^1024: spaces of forty issues have 10^40 outcomes. */
#ifndef ENT_BARGAIN_BIG_H
#define ENT_BARGAIN_BIG_H

#include <stdbool.h>
#include <stdint.h>

enum { ENT_BIG_LIMBS = 32, ENT_BIG_ROOM = 320 };

typedef struct ent_big {
    uint32_t limb[ENT_BIG_LIMBS]; /* least significant first */
    bool over;                    /* passed 2^1024: only "at least that many" is known */
} ent_big;

ent_big ent_big_of(uint64_t value);
ent_big ent_big_plus(ent_big a, const ent_big *b);
/* a - b, 0 where b is larger. */
ent_big ent_big_minus(ent_big a, const ent_big *b);
ent_big ent_big_times(ent_big a, uint64_t factor);
/* Negative, zero, positive as a is less than, equal to, greater than b. */
int ent_big_order(const ent_big *a, const ent_big *b);
/* As a 64-bit number; false where it does not fit. */
bool ent_big_small(const ent_big *a, uint64_t *value);
double ent_big_double(const ent_big *a);
/* In decimal digits; returns text. */
const char *ent_big_text(const ent_big *a, char text[ENT_BIG_ROOM]);

#endif
