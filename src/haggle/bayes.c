/*
 * A Bayesian model, after K. Hindriks, D. Tykhonov, "Opponent modelling in automated multi-issue
 * negotiation using Bayesian learning", AAMAS 2008, in its scalable form: issues are independent.
 *
 * Hypotheses. Of an issue's weight: that it has rank r among n, which is 2r / (n(n + 1)). Of its
 * levels' values: a triangle over the levels in their order, 1 at a peak and 0 at the far ends; a
 * peak at an end is a straight line up or down. Peaks are at every level, or at PEAKS of them
 * evenly spread. At first all are equally likely.
 *
 * An offer o made at relative time t is taken to be worth about 1 - DROP t to who makes it. Of each
 * hypothesis h with all else at its expectation, the likelihood is exp(-(u_h(o) - (1 - DROP t))^2
 * / (2 SPREAD^2)). An offer that only repeats its maker's last tells nothing new.
 *
 * O(issues^2 + levels * PEAKS) an offer, without allocation.
 */
#include "haggle/opponent.h"

#include <math.h>

enum { MOST_LEVELS = 4096, MOST_ISSUES = 64, PEAKS = 9 };
static const double DROP = 0.5, SPREAD = 0.25;

/* Its room, as arrays. */
typedef struct bayes {
    double *weight; /* [issues] expected, adding up to 1 */
    double *value;  /* [sum of levels] expected, an issue's behind one another */
    double *rank;   /* [issues][issues] chance that the issue has the rank */
    double *peak;   /* [issues][PEAKS] chance that its peak is there */
} bayes;

static bayes of(const ent_opponent *o, const ent_haggle_table *table)
{
    size_t n = table->issues, levels = o->first[n - 1] + (size_t)table->levels[n - 1];
    bayes b = {.weight = o->own, .value = o->own + n};
    b.rank = b.value + levels;
    b.peak = b.rank + n * n;
    return b;
}

static size_t room(const ent_haggle_table *table)
{
    size_t levels = ent_opponent_levels(table, MOST_LEVELS), n = table->issues;
    return levels == 0 || n > MOST_ISSUES ? 0 : n + levels + n * n + n * PEAKS;
}

static uint32_t peaks_of(uint64_t levels)
{
    return levels < PEAKS ? (uint32_t)levels : PEAKS;
}

/* The triangle of the k-th peak at a level. */
static double triangle(uint64_t levels, uint32_t k, uint64_t level)
{
    uint64_t peaks = peaks_of(levels);
    if (peaks < 2) {
        return 1;
    }
    uint64_t top = (k * (levels - 1) + (peaks - 1) / 2) / (peaks - 1);
    uint64_t way = level <= top ? top : levels - 1 - top;
    uint64_t off = level <= top ? top - level : level - top;
    return way == 0 ? 1 : 1 - (double)off / (double)way;
}

static double weight_of(uint32_t issues, uint32_t rank)
{
    return 2.0 * (rank + 1) / ((double)issues * (issues + 1));
}

/* Expected weights and values from the chances. */
static void expect(const bayes *b, const ent_opponent *o, const ent_haggle_table *t)
{
    uint32_t n = t->issues;
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        b->weight[i] = 0;
        for (uint32_t r = 0; r < n; r++) {
            b->weight[i] += b->rank[(size_t)i * n + r] * weight_of(n, r);
        }
        sum += b->weight[i];
        for (uint64_t l = 0; l < t->levels[i]; l++) {
            double value = 0;
            for (uint32_t k = 0; k < peaks_of(t->levels[i]); k++) {
                value += b->peak[(size_t)i * PEAKS + k] * triangle(t->levels[i], k, l);
            }
            b->value[o->first[i] + l] = value;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        b->weight[i] /= sum;
    }
}

static void begin(ent_opponent *o, const ent_haggle_table *t)
{
    bayes b = of(o, t);
    uint32_t n = t->issues;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t peaks = peaks_of(t->levels[i]);
        for (uint32_t r = 0; r < n; r++) {
            b.rank[(size_t)i * n + r] = 1.0 / n;
        }
        for (uint32_t k = 0; k < peaks; k++) {
            b.peak[(size_t)i * PEAKS + k] = 1.0 / peaks;
        }
    }
    expect(&b, o, t);
}

static double value(const ent_opponent *o, const ent_haggle_table *t)
{
    bayes b = of(o, t);
    double sum = 0;
    for (uint32_t i = 0; i < t->issues; i++) {
        sum += b.weight[i] * b.value[o->first[i] + o->now[i]];
    }
    return sum;
}

/* A hypothesis that is `off` from what the offer should be worth; never quite impossible. */
static double likelihood(double off)
{
    return exp(-off * off / (2 * SPREAD * SPREAD)) + 1e-9;
}

static void normalise(double *chance, uint32_t count)
{
    double sum = 0;
    for (uint32_t k = 0; k < count; k++) {
        sum += chance[k];
    }
    for (uint32_t k = 0; k < count; k++) {
        chance[k] /= sum;
    }
}

static bool repeats(const ent_opponent *o, uint32_t issues)
{
    bool same = o->before != NULL;
    for (uint32_t i = 0; i < issues && same; i++) {
        same = o->now[i] == o->before[i];
    }
    return same;
}

static void take_in(ent_opponent *o, const ent_haggle_table *t)
{
    bayes b = of(o, t);
    uint32_t n = t->issues;
    if (repeats(o, n)) {
        return;
    }
    double off = value(o, t) - (1 - DROP * o->time);
    for (uint32_t i = 0; i < n; i++) {
        double weight = b.weight[i], own = b.value[o->first[i] + o->now[i]];
        for (uint32_t r = 0; r < n; r++) {
            b.rank[(size_t)i * n + r] *= likelihood(off + (weight_of(n, r) - weight) * own);
        }
        normalise(b.rank + (size_t)i * n, n);
        uint32_t peaks = peaks_of(t->levels[i]);
        for (uint32_t k = 0; k < peaks; k++) {
            double then = triangle(t->levels[i], k, o->now[i]);
            b.peak[(size_t)i * PEAKS + k] *= likelihood(off + weight * (then - own));
        }
        normalise(b.peak + (size_t)i * PEAKS, peaks);
    }
    expect(&b, o, t);
}

const ent_opponent_model ent_opponent_bayes = {
    .name = "bayes",
    .summary = "chances of weights' ranks and of peaked values, by the rule of Bayes",
    .room = room,
    .begin = begin,
    .take_in = take_in,
    .value = value,
};
