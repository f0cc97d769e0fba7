/*
 * NegMAS counts gains from the reserved value where it is finite and not below the least value of
 * all outcomes, and from that least value otherwise: r'. Its frontier holds rational outcomes
 * alone, and its points on it are
 *   Nash                max prod (u_p - r'_p)
 *   Kalai-Smorodinsky   min (max_p a_p - min_p a_p), a_p = (u_p - r'_p) / (most_p - r'_p), most_p
 *                       the greatest value of all outcomes
 *   Kalai               max min (u_p - r'_p)
 *   welfare             max sum u_p
 *   opposition          least distance from everybody's 1 of values divided by most_p
 * Of points that tie within 1e-12 the one with the largest sum stands first there.
 */
#include "bargain/owner_points.h"

#include <math.h>
#include <string.h>

const char ent_negmas_nash_definition[] =
    "of the rational outcomes the one with the greatest product of gains; without a reservation "
    "value, or with one below the least utility of all outcomes, gains count from that least "
    "utility";
const char ent_negmas_kalai_definition[] =
    "of the rational points the one with the least difference between the largest and the "
    "smallest share of what a party could gain; gains count as for nash_negmas";

static const double SAME = 1e-12;
static const uint64_t MOST_OUTCOMES = 1 << 20;

bool ent_has_owner_points(const ent_scenario *s)
{
    return s->format != NULL && strcmp(s->format, "negmas") == 0;
}

/* The least value of all outcomes; NaN where finding it takes too long. */
static double least_of(const ent_scenario *s, uint32_t party)
{
    const ent_utility *u = &s->utilities[party];
    uint64_t outcomes = 0, levels[ENT_SCENARIO_ISSUES];
    double least = 0;
    if (u->box_count == 0 && u->table == NULL) {
        for (uint32_t i = 0; u->part != NULL && i < s->issue_count; i++) {
            double low = u->part[i][0];
            for (uint64_t l = 1; l < s->issues[i].levels; l++) {
                low = fmin(low, u->part[i][l]);
            }
            least += low;
        }
        return least / u->scale;
    }
    if (!ent_scenario_outcomes(s, &outcomes) || outcomes > MOST_OUTCOMES) {
        return (double)NAN;
    }
    least = HUGE_VAL;
    for (uint64_t k = 0; k < outcomes; k++) {
        ent_scenario_outcome(s, k, levels);
        least = fmin(least, ent_utility_of(s, party, levels));
    }
    return least;
}

typedef struct range {
    double from, to, reserved;
} range;

static bool is_rational(const double *u, const range *r, uint32_t parties)
{
    for (uint32_t p = 0; p < parties; p++) {
        if (!(u[p] >= r[p].reserved)) {
            return false;
        }
    }
    return true;
}

static double product_of(const double *u, const range *r, uint32_t parties)
{
    double product = 1;
    for (uint32_t p = 0; p < parties; p++) {
        product *= u[p] - r[p].from;
    }
    return is_rational(u, r, parties) ? product : -HUGE_VAL;
}

/* Minus the spread of the parties' shares of what they could gain; -inf where not rational. */
static double evenness_of(const double *u, const range *r, uint32_t parties)
{
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (uint32_t p = 0; p < parties; p++) {
        double share = (u[p] - r[p].from) / (r[p].to - r[p].from);
        low = fmin(low, share);
        high = fmax(high, share);
    }
    return is_rational(u, r, parties) ? low - high : -HUGE_VAL;
}

static double least_gain_of(const double *u, const range *r, uint32_t parties)
{
    double least = HUGE_VAL;
    for (uint32_t p = 0; p < parties; p++) {
        least = fmin(least, u[p] - r[p].from);
    }
    return is_rational(u, r, parties) ? least : -HUGE_VAL;
}

static double welfare_of(const double *u, const range *r, uint32_t parties)
{
    double sum = 0;
    for (uint32_t p = 0; p < parties; p++) {
        sum += u[p];
    }
    return is_rational(u, r, parties) ? sum : -HUGE_VAL;
}

/* Minus the distance from everybody's best. */
static double nearness_of(const double *u, const range *r, uint32_t parties)
{
    double square = 0;
    for (uint32_t p = 0; p < parties; p++) {
        double lacks = 1 - (r[p].to != 0 ? u[p] / r[p].to : u[p]);
        square += lacks * lacks;
    }
    return is_rational(u, r, parties) ? -sqrt(square) : -HUGE_VAL;
}

static double sum_of(const double *u, uint32_t parties)
{
    double sum = 0;
    for (uint32_t p = 0; p < parties; p++) {
        sum += u[p];
    }
    return sum;
}

/* The point with the greatest score; within SAME the one with the larger sum, then the first. */
static size_t best_of(const double *value, size_t count, uint32_t parties, const range *r,
                      double (*score)(const double *, const range *, uint32_t))
{
    double best = -HUGE_VAL, sum = -HUGE_VAL;
    size_t at = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        best = fmax(best, score(value + i * parties, r, parties));
    }
    for (size_t i = 0; i < count && best > -HUGE_VAL; i++) {
        const double *u = value + i * parties;
        if (score(u, r, parties) >= best - SAME && sum_of(u, parties) > sum) {
            sum = sum_of(u, parties);
            at = i;
        }
    }
    return at;
}

ent_owner_points ent_negmas_points(const ent_scenario *s, const double *value, size_t count)
{
    ent_owner_points none = ENT_NO_OWNER_POINTS;
    range r[ENT_MOST_PARTIES];
    uint32_t n = s->party_count;
    for (uint32_t p = 0; p < n; p++) {
        double reserved = s->utilities[p].reservation, least = least_of(s, p);
        if (isnan(least)) {
            return none;
        }
        bool counts = isfinite(reserved) && reserved >= least;
        r[p] = (range){counts ? reserved : least, -HUGE_VAL, reserved};
        for (size_t i = 0; i < count; i++) {
            r[p].to = fmax(r[p].to, value[i * n + p]);
        }
        if (!(r[p].to - r[p].from > SAME)) {
            return none; /* NegMAS names every point then */
        }
    }
    size_t near = best_of(value, count, n, r, nearness_of);
    return (ent_owner_points){
        .nash = best_of(value, count, n, r, product_of),
        .kalai_smorodinsky = best_of(value, count, n, r, evenness_of),
        .egalitarian = best_of(value, count, n, r, least_gain_of),
        .utilitarian = best_of(value, count, n, r, welfare_of),
        .opposition = near == SIZE_MAX ? (double)NAN : -nearness_of(value + near * n, r, n),
    };
}

double ent_negolog_opposition(const double *value, size_t count, uint32_t parties)
{
    double best = -HUGE_VAL, square = 0;
    size_t at = SIZE_MAX;
    for (size_t i = count; i-- > 0;) { /* the first party's best first */
        double sum = sum_of(value + i * parties, parties);
        if (sum > best + SAME) {
            best = sum;
            at = i;
        }
    }
    for (uint32_t p = 0; p < parties && at != SIZE_MAX; p++) {
        square += (1 - value[at * parties + p]) * (1 - value[at * parties + p]);
    }
    return at == SIZE_MAX ? (double)NAN : sqrt(square);
}
