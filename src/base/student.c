/*
 * The incomplete beta function by its continued fraction (NIST Digital Library of Mathematical
 * Functions, 8.17.22), evaluated from the front (W. J. Lentz, "Generating Bessel functions in Mie
 * scattering calculations using continued fractions", Applied Optics 15, 1976).
 */
#include "base/student.h"

#include <math.h>

enum { TERMS = 10000, HALVINGS = 64 };

/* The k-th coefficient of the fraction. */
static double coefficient(double a, double b, double x, int k)
{
    double m = k / 2;
    return k % 2 == 0 ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                      : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
}

static double beta_fraction(double a, double b, double x)
{
    const double tiny = 1e-300;
    double value = 1, c = 1, d = 0;
    for (int k = 1; k < TERMS; k++) {
        double term = coefficient(a, b, x, k);
        d = 1 + term * d;
        c = 1 + term / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        value *= c * d;
        if (fabs(c * d - 1) < 1e-15) {
            break;
        }
    }
    return 1 / value;
}

static double beta(double a, double b, double x)
{
    if (x <= 0 || x >= 1) {
        return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
        return 1 - beta(b, a, 1 - x);
    }
    double front = exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b));
    return front * beta_fraction(a, b, x) / a;
}

double ent_student_tails(double t, double freedom)
{
    return beta(freedom / 2, 0.5, freedom / (freedom + t * t));
}

/* The tails fall as t grows, so that halving an interval closes in on the last bit. */
double ent_student_quantile(double p, double freedom)
{
    double tails = 2 * fmin(p, 1 - p), low = 0, high = 1;
    while (ent_student_tails(high, freedom) > tails && high < 1e300) {
        low = high;
        high *= 2;
    }
    for (int k = 0; k < HALVINGS; k++) {
        double middle = low + (high - low) / 2;
        *(ent_student_tails(middle, freedom) > tails ? &low : &high) = middle;
    }
    return p < 0.5 ? -high : high;
}
