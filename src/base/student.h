/* Student's t distribution. */
#ifndef ENT_BASE_STUDENT_H
#define ENT_BASE_STUDENT_H

/*
 * The chance of a value at least as far from 0 as t, with n >= 1 degrees of freedom: the
 * regularised incomplete beta function I_x(n / 2, 1 / 2) at x = n / (n + t^2).
 */
double ent_student_tails(double t, double freedom);
/* The value that t stays below with chance p, 0 < p < 1, with n >= 1 degrees of freedom. */
double ent_student_quantile(double p, double freedom);

#endif
