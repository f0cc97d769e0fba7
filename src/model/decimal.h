/*
 * Decimals behind doubles. A number that a file writes with up to 15 significant digits, and any
 * number in its shortest form, is the only decimal of so few digits that reads as its double; so
 * what the file says can be had back exactly.
 */
#ifndef ENT_MODEL_DECIMAL_H
#define ENT_MODEL_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef __int128 ent_wide;

/* digits / 10^places, places from 0 to ENT_DECIMAL_PLACES. */
typedef struct ent_decimal {
    int64_t digits;
    int places;
} ent_decimal;

enum { ENT_DECIMAL_PLACES = 18 };

/* The shortest decimal that reads as x; false where it has more places or digits than fit. */
bool ent_decimal_of(double x, ent_decimal *decimal);
/* 10^places as a whole number, places from 0 to ENT_DECIMAL_PLACES. */
int64_t ent_power_of_ten(int places);
/* The digits that the decimal has with `places` places, not fewer than its own; false: no room. */
bool ent_decimal_widen(ent_decimal decimal, int places, ent_wide *digits);
/* Greatest common divisor of magnitudes; gcd(0, b) = b. */
ent_wide ent_wide_gcd(ent_wide a, ent_wide b);

#endif
