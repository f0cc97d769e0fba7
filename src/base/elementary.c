#include "base/elementary.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * ln 2 in two parts: the first has its last 21 bits clear, so that its product with an exponent
 * is exact.
 */
static const double LN2_HIGH = 0x1.62e42feep-1;
static const double LN2_LOW = 0x1.a39ef35793c76p-33;

/*
 * x = 2^k m with m between sqrt(1/2) and sqrt 2; ln m = 2 atanh s with s = f / (2 + f),
 * f = m - 1, so that |s| <= 0.1716 and twelve terms of the series give 2^-58 of the whole. As in
 * fdlibm (e_log.c, Sun 1993) f - f^2/2 is kept apart, of which the first is exact.
 */
double ent_log(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int k = (int)(bits >> 52) - 1023;
    bits = (bits & 0xfffffffffffffU) | (uint64_t)1023 << 52;
    double m;
    memcpy(&m, &bits, sizeof m);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        k++;
    }
    double f = m - 1;
    double s = f / (2 + f);
    double z = s * s;
    static const double part[] = {2.0 / 25, 2.0 / 23, 2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15,
                                  2.0 / 13, 2.0 / 11, 2.0 / 9,  2.0 / 7,  2.0 / 5,  2.0 / 3};
    double series = part[0];
    for (size_t i = 1; i < sizeof part / sizeof *part; i++) {
        series = series * z + part[i];
    }
    double half = 0.5 * f * f;
    double rest = s * (half + z * series);
    return k * LN2_HIGH - ((half - (rest + k * LN2_LOW)) - f);
}

/*
 * x = k ln 2 + r with |r| <= 0.347; the series of e^r to r^14 / 14!, whose next term is below
 * 2^-60 of the whole.
 */
double ent_exp(double x)
{
    if (x > 700 || x < -700) {
        return x > 0 ? (double)INFINITY : 0;
    }
    double k = floor(x * 1.4426950408889634 + 0.5);
    double r = (x - k * LN2_HIGH) - k * LN2_LOW;
    double series = 1;
    for (int n = 14; n >= 2; n--) {
        series = 1 + series * r / n;
    }
    uint64_t bits = (uint64_t)((int64_t)k + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return (1 + r * series) * power;
}

/*
 * An eighth of a turn at most, by the series of cosine and sine; which of the two, and its sign, by
 * octant.
 */
double ent_cos_turns(double u)
{
    u = fabs(u - floor(u + 0.5)); /* exact: 0 to 1/2 */
    double sign = u > 0.25 ? -1 : 1;
    u = u > 0.25 ? 0.5 - u : u; /* 0 to 1/4 */
    bool turned = u > 0.125;
    double t = 6.283185307179586 * (turned ? 0.25 - u : u);
    double z = t * t;
    double series = 1;
    for (int n = turned ? 21 : 20; n >= 2; n -= 2) {
        series = 1 - series * z / (n * (n - 1));
    }
    return sign * (turned ? t * series : series);
}
