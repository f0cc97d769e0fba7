/*
 * Logarithm, exponential and cosine that are the same number under every C library and on every
 * processor: libraries round the last bit as they like, and by whether the processor multiplies and
 * adds in one step. They use only +, -, * and /, which IEEE 754 defines to the bit, in a fixed
 * order. Errors are within one unit in the last place, the cosine's within two
 * (tests/unit/test_elementary.c).
 */
#ifndef ENT_BASE_ELEMENTARY_H
#define ENT_BASE_ELEMENTARY_H

/* Natural logarithm of a positive, normal, finite number. */
double ent_log(double x);

/* e to the power of x for |x| <= 700; beyond that 0 or infinity. */
double ent_exp(double x);

/* The cosine of u turns (2 pi u), for u from 0 to 1. */
double ent_cos_turns(double u);

#endif
