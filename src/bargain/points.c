/*
 * Solution points over rational outcomes, those where u_p >= r_p for every party p:
 *   Nash                 max prod (u_p - r_p)                      Nash 1950
 *   Kalai-Smorodinsky    max min (u_p - r_p) / (ideal_p - r_p)     Kalai and Smorodinsky 1975
 *   egalitarian          max min (u_p - r_p)                       Kalai 1977
 *   utilitarian          max sum u_p                               Harsanyi 1955
 * with ideal_p the best of p over rational outcomes; a party that can gain nothing is left out of
 * the Kalai-Smorodinsky minimum.
 *
 * Each criterion rises with every u_p, and what dominates a rational outcome is rational, so the
 * rational part of the frontier holds a best outcome of each. Ties go to the larger minimum gain,
 * then the larger sum, then the smaller first value.
 *
 * Opposition: the least distance of an outcome from the point where everyone has 1 (Baarslag et
 * al., "Evaluating practical negotiating agents", Artificial Intelligence 198, 2013), on a scale
 * where 1 is the best that a party can have: where somebody's greatest value is above 1 (points of
 * a hundred, boxes), values are divided by each party's greatest, as NegMAS does. Then no value is
 * above 1 and the nearest outcome is on the frontier. Not defined where a party's greatest value is
 * not above 0 but outcomes differ for it; a party to whom all outcomes are the same is left out.
 * The Genius programs, and the organisers of ANL 2023 with them, take the distance of the outcome
 * on the frontier whose values differ least instead (their reading of the Kalai-Smorodinsky
 * point), here on the same scale.
 *
 * Integrative potential: (max sum_p (u_p - r_p)/(ideal_p - r_p) - 1) / (n - 1) over rational
 * outcomes, our normalisation of Raiffa's joint gains (1982): 0 where one's gain is another's loss,
 * 1 where one outcome is best for all.
 */
#include "bargain/points.h"

#include <math.h>

const char *const ent_point_names[ENT_POINT_COUNT] = {"nash", "kalai_smorodinsky", "egalitarian",
                                                      "utilitarian"};

bool ent_is_rational(const double *value, const double *reservation, uint32_t parties)
{
    for (uint32_t p = 0; p < parties; p++) {
        if (!(value[p] >= reservation[p])) {
            return false;
        }
    }
    return true;
}

typedef struct gains {
    double product, least_share, least, sum, shares;
} gains;

static gains gains_of(const double *u, const double *r, const double *ideal, uint32_t parties)
{
    gains g = {.product = 1, .least_share = HUGE_VAL, .least = HUGE_VAL};
    for (uint32_t p = 0; p < parties; p++) {
        double gain = u[p] - r[p], room = ideal[p] - r[p];
        g.product *= gain;
        g.least = fmin(g.least, gain);
        g.sum += u[p];
        if (room > 0) {
            g.least_share = fmin(g.least_share, gain / room);
            g.shares += gain / room;
        }
    }
    return g;
}

static double score(ent_point point, const gains *g)
{
    switch (point) {
    case ENT_NASH_POINT:
        return g->product;
    case ENT_KALAI_SMORODINSKY:
        return g->least_share;
    case ENT_EGALITARIAN:
        return g->least;
    case ENT_UTILITARIAN:
    case ENT_POINT_COUNT:
        break;
    }
    return g->sum;
}

static bool is_better(ent_point point, const gains *a, const gains *b)
{
    double x = score(point, a), y = score(point, b);
    if (x != y) {
        return x > y;
    }
    return a->least != b->least ? a->least > b->least : a->sum > b->sum;
}

/* scale: what each party's values are divided by; 0 leaves the party out. */
static double distance_from_one(const double *u, const double *scale, uint32_t parties)
{
    double square = 0;
    for (uint32_t p = 0; p < parties; p++) {
        double lacks = scale[p] == 0 ? 0 : fmax(0, 1 - u[p] / scale[p]);
        square += lacks * lacks;
    }
    return sqrt(square);
}

static double unevenness(const double *u, const double *scale, uint32_t parties)
{
    double least = HUGE_VAL, most = -HUGE_VAL;
    for (uint32_t p = 0; p < parties; p++) {
        double x = scale[p] == 0 ? 1 : u[p] / scale[p];
        least = fmin(least, x);
        most = fmax(most, x);
    }
    return most - least;
}

/* Ideal and nadir; into best the best of each party over rational outcomes. */
static void extremes(const double *value, size_t count, uint32_t parties,
                     const double *reservation, ent_points *points, double *best)
{
    points->rational = 0;
    for (uint32_t p = 0; p < parties; p++) {
        points->ideal[p] = best[p] = -HUGE_VAL;
        points->nadir[p] = HUGE_VAL;
    }
    for (size_t i = 0; i < count; i++) {
        const double *u = value + i * parties;
        bool rational = ent_is_rational(u, reservation, parties);
        points->rational += rational;
        for (uint32_t p = 0; p < parties; p++) {
            points->ideal[p] = fmax(points->ideal[p], u[p]);
            points->nadir[p] = fmin(points->nadir[p], u[p]);
            best[p] = rational ? fmax(best[p], u[p]) : best[p];
        }
    }
}

/* What values are divided by; false where there is no scale that ends at 1. */
static bool scales_of(const ent_points *points, uint32_t parties, double *scale)
{
    bool above = false, defined = true;
    for (uint32_t p = 0; p < parties; p++) {
        above = above || points->ideal[p] > 1;
    }
    for (uint32_t p = 0; p < parties; p++) {
        bool flat = points->ideal[p] == points->nadir[p];
        scale[p] = !above ? 1 : points->ideal[p] > 0 ? points->ideal[p] : 0;
        defined = defined && (points->ideal[p] > 0 || flat);
    }
    return defined;
}

static void oppose(const double *value, size_t count, uint32_t parties, ent_points *points)
{
    double scale[ENT_MOST_PARTIES], even = HUGE_VAL;
    bool defined = scales_of(points, parties, scale) && count > 0;
    points->opposition = points->opposition_genius = defined ? HUGE_VAL : (double)NAN;
    for (size_t i = 0; i < count && defined; i++) {
        const double *u = value + i * parties;
        double distance = distance_from_one(u, scale, parties);
        points->opposition = fmin(points->opposition, distance);
        if (unevenness(u, scale, parties) < even) {
            even = unevenness(u, scale, parties);
            points->opposition_genius = distance;
        }
    }
}

void ent_solution_points(const double *value, size_t count, uint32_t parties,
                         const double *reservation, ent_points *points)
{
    double best[ENT_MOST_PARTIES], shares = -HUGE_VAL;
    gains held[ENT_POINT_COUNT] = {{0}};
    extremes(value, count, parties, reservation, points, best);
    oppose(value, count, parties, points);
    for (int k = 0; k < ENT_POINT_COUNT; k++) {
        points->at[k] = SIZE_MAX;
    }
    for (size_t i = 0; i < count; i++) {
        const double *u = value + i * parties;
        if (!ent_is_rational(u, reservation, parties)) {
            continue;
        }
        gains g = gains_of(u, reservation, best, parties);
        shares = fmax(shares, g.shares);
        for (int k = 0; k < ENT_POINT_COUNT; k++) {
            if (points->at[k] == SIZE_MAX || is_better((ent_point)k, &g, &held[k])) {
                points->at[k] = i;
                held[k] = g;
            }
        }
    }
    bool gain = points->rational > 0 && parties > 1;
    for (uint32_t p = 0; p < parties; p++) {
        gain = gain && best[p] > reservation[p];
    }
    points->integrative = gain ? (shares - 1) / (double)(parties - 1) : (double)NAN;
}
