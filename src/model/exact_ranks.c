/*
 * Exact values of all outcomes, in 128 bits, sorted; each distinct value gets the double nearest to
 * it, or the next one above its predecessor's where that is taken. So two outcomes compare as their
 * exact values do. O(outcomes * (issues + boxes + log outcomes)) time, 24 bytes an outcome.
 */
#include "model/exact_maker.h"

#include <math.h>
#include <stdlib.h>

static const double MOST_WIDE = 0x1p126;

typedef struct ranked {
    ent_wide value;
    uint64_t outcome;
} ranked;

static int by_value(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->value != y->value) {
        return x->value < y->value ? -1 : 1;
    }
    return (x->outcome > y->outcome) - (x->outcome < y->outcome);
}

static bool inside(const ent_box *box, const uint64_t *outcome, uint32_t issues)
{
    for (uint32_t i = 0; i < issues; i++) {
        if (outcome[i] < box->low[i] || outcome[i] > box->high[i]) {
            return false;
        }
    }
    return true;
}

static ent_wide number(const ent_exact_column *c, size_t at)
{
    return (ent_wide)c->digits[at] * c->factor;
}

/* What passes 1 counts as 1: the number of 1 where it is whole, else the next above it. */
static ent_wide cut(const ent_exact_maker *m, ent_wide value)
{
    ent_wide one = m->over / m->shared + (m->over % m->shared != 0);
    return m->from->capped && value > one ? one : value;
}

/* The whole number of an outcome; levels of UINT64_MAX add nothing. */
static ent_wide value_of(const ent_exact_maker *m, uint64_t index, const uint64_t *outcome)
{
    const ent_exact_column *c = m->columns;
    ent_wide sum = 0;
    for (uint32_t i = 0; m->from->part != NULL && i < m->s->issue_count; i++, c++) {
        sum += outcome[i] == UINT64_MAX ? 0 : number(c, outcome[i]);
    }
    for (size_t k = 0; k < m->from->box_count; k++) {
        const ent_box *box = &m->from->boxes[k];
        sum += inside(box, outcome, m->s->issue_count) != box->excludes ? number(c, k) : 0;
    }
    c += m->from->box_count > 0;
    return cut(m, sum + (m->from->table != NULL ? number(c, index) : 0));
}

/* No sum of magnitudes passes what 128 bits hold. */
static bool has_room(const ent_exact_maker *m)
{
    double sum = 0;
    for (size_t i = 0; i < m->count; i++) {
        const ent_exact_column *c = &m->columns[i];
        bool boxes = m->from->box_count > 0 &&
                     i == (m->from->part == NULL ? 0 : m->s->issue_count);
        double most = 0;
        for (size_t k = 0; k < c->count; k++) {
            double own = fabs((double)c->digits[k]);
            most = boxes ? most + own : fmax(most, own);
        }
        sum += most * fabs((double)c->factor);
    }
    return sum < MOST_WIDE;
}

static double as_double(const ent_exact_maker *m, ent_wide value)
{
    double x = (double)value * ((double)m->shared / (double)m->over);
    return m->from->capped && x > 1 ? 1 : x;
}

/* The reservation value among the ranked ones: equal to one of them, or between two. */
static double place(const ent_exact_maker *m, const ranked *list, uint64_t count,
                    const double *table)
{
    double r = m->from->reservation;
    ent_wide exact = 0;
    ent_decimal d;
    if (!isfinite(r)) {
        return r;
    }
    bool sum = m->from->reserved != NULL && m->from->part != NULL && m->from->box_count == 0 &&
               m->from->table == NULL;
    if (sum) {
        exact = value_of(m, 0, m->from->reserved);
        sum = fabs(as_double(m, exact) - r) <= 1e-9 * fmax(1, fabs(r));
    }
    if (!sum) { /* the least whole number that is not below the decimal */
        if (m->shared != 1 || !ent_decimal_of(r, &d) ||
            __builtin_mul_overflow((ent_wide)d.digits, m->over, &exact)) {
            return r;
        }
        ent_wide power = ent_power_of_ten(d.places), whole = exact / power;
        exact = whole + (exact % power > 0 ? 1 : 0);
    }
    uint64_t low = 0, high = count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (list[middle].value < exact) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == count) {
        double best = table[list[count - 1].outcome];
        return r > best ? r : nextafter(best, HUGE_VAL);
    }
    double above = table[list[low].outcome];
    bool between = r <= above && (low == 0 || table[list[low - 1].outcome] < r);
    return between && list[low].value != exact ? r : above;
}

bool ent_exact_ranks(const ent_exact_maker *m, ent_utility *to)
{
    uint64_t count = 0;
    bool other = m->from->scale != 1 || m->from->aggregation != ENT_SUM;
    if (other || !ent_scenario_outcomes(m->s, &count) || count > m->most_ranked || !has_room(m)) {
        return false;
    }
    ranked *list = ent_alloc(m->arena, count, ranked);
    double *table = ent_alloc(m->arena, count, double);
    uint64_t *outcome = ent_alloc(m->arena, m->s->issue_count + 1, uint64_t);
    for (uint64_t k = 0; k < count; k++) {
        ent_scenario_outcome(m->s, k, outcome);
        list[k] = (ranked){value_of(m, k, outcome), k};
    }
    qsort(list, count, sizeof *list, by_value);
    for (uint64_t k = 0; k < count; k++) {
        double x = as_double(m, list[k].value);
        if (k > 0) {
            double before = table[list[k - 1].outcome];
            bool same = list[k].value == list[k - 1].value;
            x = same ? before : x > before ? x : nextafter(before, HUGE_VAL);
        }
        table[list[k].outcome] = x;
    }
    to->reservation = place(m, list, count, table);
    to->part = NULL;
    to->evaluators = NULL;
    to->boxes = NULL;
    to->box_count = 0;
    to->table = table;
    to->capped = false; /* the table is */
    to->reserved = m->from->reserved;
    return true;
}
