/*
 * The mean of values that come scenario by scenario. Values of one scenario are alike, so that a
 * scenario counts once, however many values it has: the mean is that of the scenarios' means.
 *
 * Its error is over the scenarios, as if these were drawn from many: s / sqrt(K) with s the
 * standard deviation of the K means, and K - 1 degrees of freedom. With fewer than
 * ENT_FEW_SCENARIOS that says little, and the error is over the cells instead, the scenarios taken
 * as given: the mean of K means has the variance sum(v_k / n_k) / K^2, with v_k the variance of the
 * n_k values of scenario k, and sum(n_k - 1) degrees of freedom. It then says nothing about other
 * scenarios.
 */
#ifndef ENT_STORE_CLUSTERS_H
#define ENT_STORE_CLUSTERS_H

#include <stdbool.h>
#include <stdint.h>

enum { ENT_FEW_SCENARIOS = 6 };

/* A count, a mean and the sum of the squared distances from it, kept by Welford's recurrence. */
typedef struct ent_moments {
    double count, mean, squares;
} ent_moments;

/* Zero is empty. */
typedef struct ent_clusters {
    ent_moments here;  /* the scenario at hand */
    ent_moments means; /* of the scenarios before */
    double within;     /* sum of v_k / n_k */
    double freedom;    /* sum of n_k - 1 */
    double values;     /* sum of n_k */
} ent_clusters;

/* Add a value of the scenario at hand; NaN: it has none here. */
void ent_clusters_add(ent_clusters *c, double value);
/* The scenario has no more values. One without any does not count. */
void ent_clusters_close(ent_clusters *c);

typedef struct ent_estimate {
    double mean;             /* NaN without a value */
    double error;            /* standard error of the mean; NaN where it cannot be had */
    double freedom;
    double scenarios, values;
    bool over_scenarios; /* false: over cells */
} ent_estimate;

ent_estimate ent_clusters_estimate(const ent_clusters *c);
/* Half the width of the 95 % interval, by Student's t. */
double ent_estimate_interval(const ent_estimate *e);
/* The chance of a mean as far from 0 as this where the true one is 0; 1 where nothing is known. */
double ent_estimate_tails(const ent_estimate *e);

#endif
