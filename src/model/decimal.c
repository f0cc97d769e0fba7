#include "model/decimal.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int64_t ent_power_of_ten(int places)
{
    int64_t power = 1;
    while (places-- > 0) {
        power *= 10;
    }
    return power;
}

/* x * 10^places to the nearest whole number, where dividing that gives x again. */
static bool few_places(double x, ent_decimal *decimal)
{
    double power = 1;
    for (int places = 0; places <= 12; places++, power *= 10) {
        double digits = nearbyint(x * power);
        if (fabs(digits) > 0x1p50) {
            return false;
        }
        if (digits / power == x) {
            *decimal = (ent_decimal){(int64_t)digits, places};
            return true;
        }
    }
    return false;
}

/* The digits and the exponent of the shortest form, "-1.25e-07". */
bool ent_decimal_of(double x, ent_decimal *decimal)
{
    char text[ENT_NUMBER_ROOM];
    if (!isfinite(x)) {
        return false;
    }
    if (few_places(x, decimal)) {
        return true;
    }
    ent_number_text(x, text);
    int64_t digits = 0;
    int places = 0, count = 0;
    bool point = false;
    const char *at = text + (*text == '-');
    for (; *at != '\0' && *at != 'e'; at++) {
        if (*at == '.') {
            point = true;
            continue;
        }
        count += digits > 0 || *at != '0';
        if (count > 18) {
            return false;
        }
        digits = 10 * digits + (*at - '0');
        places += point;
    }
    places -= *at == 'e' ? (int)strtol(at + 1, NULL, 10) : 0;
    for (; places < 0 && digits < INT64_MAX / 10; places++) {
        digits *= 10;
    }
    if (places < 0 || places > ENT_DECIMAL_PLACES) {
        return false;
    }
    *decimal = (ent_decimal){*text == '-' ? -digits : digits, places};
    return true;
}

bool ent_decimal_widen(ent_decimal decimal, int places, ent_wide *digits)
{
    if (places < decimal.places || places > ENT_DECIMAL_PLACES) {
        return false;
    }
    return !__builtin_mul_overflow((ent_wide)decimal.digits,
                                   (ent_wide)ent_power_of_ten(places - decimal.places), digits);
}

ent_wide ent_wide_gcd(ent_wide a, ent_wide b)
{
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    while (b != 0) {
        ent_wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}
