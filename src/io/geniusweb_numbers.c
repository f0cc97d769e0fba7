/* Issues of numbers in GeniusWeb, and their utilities; see geniusweb.c. */
#include "io/geniusweb.h"

#include "model/decimal.h"

#include <math.h>

enum { DIGITS = 8 }; /* the owner rounds utilities of numbers to so many behind the point */

/* low, high and step from a list or a map; the map's `increment` is an older file's of ours. */
static ent_status read_bounds(ent_geniusweb *w, const ent_node *range, double bound[3])
{
    static const char *const names[] = {"low", "high", "step"};
    static const char *const known[] = {"low", "high", "step", "increment", NULL};
    ent_status status = ENT_OK;
    if (range->kind == ENT_LIST && range->count != 3) {
        return ent_scenario_fault(w->work, w->text, range->pos, ENT_S110_BAD_RANGE, NULL,
                                  "a range is low, high and step");
    }
    if (range->kind == ENT_MAP) {
        ent_geniusweb_known(w, range, known);
    }
    for (size_t k = 0; k < 3 && status == ENT_OK; k++) {
        const ent_node *node = range->kind == ENT_LIST ? range->items[k]
                                                       : ent_node_get(range, names[k]);
        node = node == NULL && k == 2 ? ent_node_get(range, "increment") : node;
        status = ent_scenario_number(w->work, w->text, range, node, names[k], &bound[k]);
    }
    return status;
}

ent_status ent_geniusweb_range(ent_geniusweb *w, const ent_node *range, ent_scenario_issue *issue)
{
    double bound[3] = {0};
    ent_status status = read_bounds(w, range, bound);
    double low = bound[0], high = bound[1], step = bound[2];
    if (status != ENT_OK) {
        return status;
    }
    if (!(low < high) || !(step > 0) || !(low + step > low)) {
        return ent_scenario_fault(w->work, w->text, range->pos, ENT_S110_BAD_RANGE, NULL,
                                  "`%s` has the range %.15g to %.15g by %.15g", issue->name, low,
                                  high, step);
    }
    double steps = floor((high - low) / step * (1 + 1e-12));
    if (!(steps < ENT_SCENARIO_LEVELS)) {
        return ent_scenario_fault(w->work, w->text, range->pos, ENT_S104_TOO_MUCH, NULL,
                                  "`%s` has more than %d values", issue->name,
                                  ENT_SCENARIO_LEVELS);
    }
    issue->levels = (uint64_t)steps + 1;
    issue->lower = low;
    issue->step = step;
    issue->upper = fabs(low + steps * step - high) < 1e-9 * step ? high : low + steps * step;
    bool whole = low == floor(low) && step == 1;
    issue->kind = whole ? ENT_INTEGER : ENT_REAL;
    return ENT_OK;
}

/* The file's decimals: two utilities of pu places, and three numbers of pv places. */
typedef struct line {
    bool exact;
    ent_wide low_u, high_u, low_v, high_v, lower, step;
    int pu;
} line;

static line line_of(const double x[4], const ent_scenario_issue *issue)
{
    const double given[] = {x[1], x[3], x[0], x[2], issue->lower, issue->step};
    ent_decimal d[6];
    ent_wide w[6] = {0};
    int places[2] = {0, 0};
    bool exact = true;
    for (int k = 0; k < 6 && exact; k++) {
        exact = ent_decimal_of(given[k], &d[k]);
        places[k > 1] = exact && d[k].places > places[k > 1] ? d[k].places : places[k > 1];
    }
    for (int k = 0; k < 6 && exact; k++) {
        exact = ent_decimal_widen(d[k], places[k > 1], &w[k]);
    }
    return (line){exact, w[0], w[1], w[2], w[3], w[4], w[5], places[0]};
}

/*
 * (low_u + (high_u - low_u) * (v - low_v) / (high_v - low_v)) * 10^8 rounded half up, and 0 outside
 * the bounds; false where 128 bits do not hold it.
 */
static bool rounded(const line *l, uint64_t level, double *value)
{
    ent_wide v = l->lower + (ent_wide)level * l->step, width = l->high_v - l->low_v;
    ent_wide a, b, over, twice;
    if (v < l->low_v || v > l->high_v) {
        *value = 0;
        return true;
    }
    if (__builtin_mul_overflow(l->low_u, width, &a) ||
        __builtin_mul_overflow(l->high_u - l->low_u, v - l->low_v, &b) ||
        __builtin_mul_overflow(a + b, (ent_wide)2 * 100000000, &twice) ||
        __builtin_mul_overflow(width, (ent_wide)ent_power_of_ten(l->pu), &over)) {
        return false;
    }
    ent_wide half = twice + (twice < 0 ? -over : over);
    *value = (double)(half / (2 * over)) / 1e8;
    return true;
}

static const double *round_line(ent_geniusweb *w, const double x[4],
                                const ent_scenario_issue *issue)
{
    line l = line_of(x, issue);
    double *value = ent_alloc(w->work->arena, issue->levels, double);
    double scale = 1;
    for (int k = 0; k < DIGITS; k++) {
        scale *= 10;
    }
    for (uint64_t k = 0; k < issue->levels; k++) {
        if (!l.exact || !rounded(&l, k, &value[k])) {
            double v = ent_level_number(issue, k);
            double u = x[1] + (x[3] - x[1]) * (v - x[0]) / (x[2] - x[0]);
            value[k] = v < x[0] || v > x[2] ? 0 : round(u * scale) / scale;
        }
    }
    return value;
}

ent_status ent_geniusweb_line(ent_geniusweb *w, const ent_node *node, uint32_t issue,
                              ent_evaluator *e)
{
    static const char *const keys[] = {"lowValue", "lowUtility", "highValue", "highUtility", NULL};
    double x[4] = {0};
    ent_geniusweb_known(w, node, keys);
    for (int k = 0; k < 4; k++) {
        const ent_node *number = ent_node_get(node, keys[k]);
        ent_status status = k % 2 == 1
                                ? ent_geniusweb_utility(w, node, number, keys[k], &x[k])
                                : ent_scenario_number(w->work, w->text, node, number, keys[k],
                                                      &x[k]);
        if (status != ENT_OK) {
            return status;
        }
    }
    const ent_scenario_issue *about = &w->issues[issue];
    if (!(x[0] < x[2])) {
        return ent_scenario_fault(w->work, w->text, node->pos, ENT_S110_BAD_RANGE, NULL,
                                  "lowValue %.15g is not below highValue %.15g", x[0], x[2]);
    }
    if (x[0] > about->lower || x[2] < about->upper) {
        ent_scenario_odd(w->work, w->text, node->pos, ENT_S203_ODD_VALUE,
                         "GeniusWeb does not load such a profile",
                         "numbers of `%s` outside %.9g to %.9g have no utility and count 0",
                         about->name, x[0], x[2]);
    }
    *e = (ent_evaluator){.curve = ENT_CURVE_AFFINE, .slope = (x[3] - x[1]) / (x[2] - x[0]),
                         .offset = x[1], .origin = x[0], .divisor = 1,
                         .rounded = round_line(w, x, about)};
    return ENT_OK;
}
