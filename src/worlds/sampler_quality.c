/*
 * How good a sample is: split R-hat (Gelman et al., Bayesian Data Analysis, 2013, 11.4) and the
 * effective sample size over all chains by Geyer's initial monotone sequence (Geyer 1992), put
 * together as in Vehtari, Gelman, Simpson, Carpenter and Bürkner 2021, equations 3 to 13. Ranks
 * are not taken: all quantities are bounded, so their moments exist.
 *
 * Cost: O(series * draws * chains * lags); a well thinned sample needs two to eight lags.
 */
#include "base/elementary.h"
#include "base/kernel.h"
#include "base/pieces.h"
#include "worlds/sampler_parts.h"

#include <math.h>
#include <string.h>

/* x[draws][chains]: the mean of each chain. */
ENT_KERNEL static void chain_means(const float *restrict x, uint32_t draws, uint32_t chains,
                                   double *restrict mean)
{
    memset(mean, 0, chains * sizeof *mean);
    for (uint32_t i = 0; i < draws; i++) {
        for (uint32_t c = 0; c < chains; c++) {
            mean[c] += (double)x[(size_t)i * chains + c];
        }
    }
    for (uint32_t c = 0; c < chains; c++) {
        mean[c] /= draws;
    }
}

/* The sum over draws of (x_i - mean)(x_{i + lag} - mean), added up over the chains. */
ENT_KERNEL static double lag_product(const float *restrict x, uint32_t draws, uint32_t chains,
                                     uint32_t lag, const double *restrict mean,
                                     double *restrict sum)
{
    memset(sum, 0, chains * sizeof *sum);
    for (uint32_t i = 0; i + lag < draws; i++) {
        const float *restrict now = x + (size_t)i * chains;
        const float *restrict then = now + (size_t)lag * chains;
        for (uint32_t c = 0; c < chains; c++) {
            sum[c] += ((double)now[c] - mean[c]) * ((double)then[c] - mean[c]);
        }
    }
    double total = 0;
    for (uint32_t c = 0; c < chains; c++) {
        total += sum[c];
    }
    return total;
}

/* Both halves of one series. */
typedef struct halves {
    const float *half[2];
    uint32_t draws, chains;
    double *mean; /* [2][chains] */
    double *sum;  /* [chains] */
} halves;

/* The mean over the half chains of the autocovariance at the lag, over n as is the custom. */
static double autocovariance(const halves *h, uint32_t lag)
{
    double total = lag_product(h->half[0], h->draws, h->chains, lag, h->mean, h->sum) +
                   lag_product(h->half[1], h->draws, h->chains, lag, h->mean + h->chains, h->sum);
    return total / (2.0 * h->chains * h->draws);
}

/* The variance of the half chains' means, and the mean of all. */
static double between(const halves *h, double *center)
{
    double mean = 0, square = 0;
    uint32_t count = 2 * h->chains;
    for (uint32_t c = 0; c < count; c++) {
        mean += h->mean[c] / count;
    }
    for (uint32_t c = 0; c < count; c++) {
        square += (h->mean[c] - mean) * (h->mean[c] - mean);
    }
    *center = mean;
    return square / (count - 1);
}

/* 1 + 2 sum of the autocorrelations, summed in pairs that fall and stay positive. */
static double correlation_time(const halves *h, double within, double pooled)
{
    double time = -1, last = (double)INFINITY;
    for (uint32_t lag = 0; lag + 1 < h->draws; lag += 2) {
        double even = lag == 0 ? 1 : 1 - (within - autocovariance(h, lag)) / pooled;
        double odd = 1 - (within - autocovariance(h, lag + 1)) / pooled;
        double pair = fmin(even + odd, last);
        if (pair <= 0) {
            break;
        }
        time += 2 * pair;
        last = pair;
    }
    return time;
}

static ent_quality series_quality(const halves *h)
{
    chain_means(h->half[0], h->draws, h->chains, h->mean);
    chain_means(h->half[1], h->draws, h->chains, h->mean + h->chains);
    double n = h->draws, total = 2 * n * h->chains;
    double within = autocovariance(h, 0) * n / (n - 1), mean;
    double means = between(h, &mean);
    double pooled = within * (n - 1) / n + means;
    if (!(pooled > 1e-30 + 1e-13 * mean * mean)) {
        return (ent_quality){(double)INFINITY, 1}; /* nothing but the rounding of float32 varies */
    }
    if (!(within > 0)) {
        return (ent_quality){1, (double)INFINITY}; /* the chains stand still, each elsewhere */
    }
    double time = fmax(correlation_time(h, within, pooled), 2.302585092994046 / ent_log(total));
    return (ent_quality){total / time, sqrt(pooled / within)};
}

typedef struct judging {
    const ent_series *s;
    ent_quality *each; /* [series] */
    double *memory;    /* [series][3][chains] */
} judging;

static void judge_series(void *user, int thread, uint64_t f)
{
    const judging *j = user;
    const ent_series *s = j->s;
    uint32_t half = s->draws / 2;
    const float *x = s->at + f * s->room;
    double *own = j->memory + (size_t)f * 3 * s->chains;
    halves h = {{x, x + (size_t)(s->draws - half) * s->chains}, half, s->chains, own,
                own + 2 * (size_t)s->chains};
    (void)thread;
    j->each[f] = series_quality(&h);
}

ent_quality ent_sample_quality(ent_arena *scratch, const ent_series *s, int threads)
{
    uint32_t half = s->draws / 2;
    ent_quality least = {(double)s->draws * s->chains, 1};
    if (half < 2) {
        return (ent_quality){0, (double)INFINITY};
    }
    ent_quality *each = ent_alloc(scratch, s->count, ent_quality);
    double *memory = ent_alloc(scratch, (size_t)s->count * 3 * s->chains, double);
    judging all = {s, each, memory};
    ent_run_team(threads, s->count, judge_series, &all);
    for (uint32_t f = 0; f < s->count; f++) {
        least.effective = fmin(least.effective, each[f].effective);
        least.rhat = fmax(least.rhat, each[f].rhat);
    }
    return least;
}
