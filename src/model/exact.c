/*
 * The exact twin. With weight w, evaluation e and divisor d of the file's decimals
 *     w * e / d  =  E * (W * 10^b) / (10^(a+c) * D),    w = W/10^a, e = E/10^c, d = D/10^b
 * for all levels of an issue, so that an issue has one fraction K/M in lowest terms that its whole
 * numbers E are multiplied by. Over the least common multiple L of the M, every party's value is a
 * whole number over L * scale. Where these are too large, their greatest common divisor is taken
 * out (weights of 0.3333333333333333 leave small numbers). What is then still too large is ranked
 * outcome by outcome (exact_ranks.c), or stays as it is in doubles.
 */
#include "model/exact_maker.h"

#include <math.h>
#include <string.h>

enum { TABLE_PLACES = 15 }; /* more cannot fit in a table whose numbers share no divisor */
typedef ent_exact_column column;
typedef ent_exact_maker maker;

static const double MOST_SUM = 0x1p51;
static const uint64_t MOST_RANKED = 1 << 18;

static bool multiply(ent_wide a, ent_wide b, ent_wide *product)
{
    return !__builtin_mul_overflow(a, b, product);
}

/* factor / over times up / down, in lowest terms. */
static bool times(column *c, ent_wide up, ent_wide down)
{
    if (!multiply(c->factor, up, &c->factor) || !multiply(c->over, down, &c->over)) {
        return false;
    }
    ent_wide common = ent_wide_gcd(c->factor, c->over);
    if (common > 1) {
        c->factor /= common;
        c->over /= common;
    }
    return true;
}

static column empty(ent_arena *arena, size_t count)
{
    return (column){ent_alloc(arena, count, int64_t), count, 1, 1};
}

static bool put(column *c, size_t at, ent_wide digits)
{
    c->digits[at] = (int64_t)digits;
    return digits <= INT64_MAX && digits >= -INT64_MAX;
}

/* The doubles' decimals; false where one has none of so few places. */
static bool take_list(maker *m, const double *value, size_t count, int most, column *c)
{
    int places = 0;
    ent_decimal d = {0, 0};
    *c = empty(m->arena, count);
    for (size_t k = 0; k < count; k++) {
        if (!ent_decimal_of(value[k], &d) || d.places > most) {
            return false;
        }
        places = d.places > places ? d.places : places;
    }
    for (size_t k = 0; k < count; k++) {
        ent_wide digits = 0;
        (void)ent_decimal_of(value[k], &d);
        if (!ent_decimal_widen(d, places, &digits) || !put(c, k, digits)) {
            return false;
        }
    }
    return times(c, 1, ent_power_of_ten(places));
}

/* slope * (x - origin) + offset in decimals, cut to 0..1 where it is. */
static bool take_line(maker *m, uint32_t issue, const ent_evaluator *e, column *c)
{
    const ent_scenario_issue *about = &m->s->issues[issue];
    const double given[] = {e->slope, e->offset, e->origin,
                            about->kind == ENT_DISCRETE ? 0 : about->lower,
                            about->kind == ENT_DISCRETE ? 1 : about->step,
                            about->kind == ENT_DISCRETE ? 0 : about->upper};
    enum { SLOPE, OFFSET, ORIGIN, LOWER, STEP, UPPER, ALL };
    ent_decimal d[ALL];
    ent_wide w[ALL], shift = 1;
    int of_x = 0;
    for (int k = 0; k < ALL; k++) {
        if (!ent_decimal_of(given[k], &d[k])) {
            return false;
        }
        of_x = k > OFFSET && d[k].places > of_x ? d[k].places : of_x;
    }
    int product = d[SLOPE].places + of_x;
    int places = product > d[OFFSET].places ? product : d[OFFSET].places;
    bool fits = places <= ENT_DECIMAL_PLACES;
    for (int k = OFFSET; k < ALL && fits; k++) {
        fits = ent_decimal_widen(d[k], k == OFFSET ? places : of_x, &w[k]);
    }
    *c = empty(m->arena, about->levels);
    fits = fits && multiply(d[SLOPE].digits, ent_power_of_ten(places - product), &shift);
    for (uint64_t k = 0; k < about->levels && fits; k++) {
        bool last = about->kind != ENT_DISCRETE && k > 0 && k + 1 == about->levels;
        ent_wide x = last ? w[UPPER] : w[LOWER] + (ent_wide)k * w[STEP], y = 0;
        fits = multiply(shift, x - w[ORIGIN], &y);
        y += w[OFFSET];
        if (e->clamped) {
            ent_wide one = ent_power_of_ten(places);
            y = y < 0 ? 0 : y > one ? one : y;
        }
        fits = fits && put(c, k, y);
    }
    return fits && times(c, 1, ent_power_of_ten(places));
}

static bool take_evaluator(maker *m, uint32_t issue, const ent_evaluator *e, column *c)
{
    size_t levels = m->s->issues[issue].levels;
    ent_decimal weight, divisor;
    if (isinf(e->divisor) || e->weight == 0) {
        *c = empty(m->arena, levels);
        return true;
    }
    bool taken = false;
    if (e->curve == ENT_CURVE_TABLE || e->rounded != NULL) {
        taken = take_list(m, e->rounded != NULL ? e->rounded : e->raw, levels,
                          ENT_DECIMAL_PLACES, c);
    } else if (e->curve == ENT_CURVE_AFFINE) {
        taken = take_line(m, issue, e, c);
    } else {
        double *value = ent_alloc(m->arena, levels, double);
        for (size_t k = 0; k < levels; k++) {
            value[k] = ent_evaluate(&m->s->issues[issue], e, k);
        }
        taken = take_list(m, value, levels, ENT_DECIMAL_PLACES, c);
    }
    return taken && ent_decimal_of(e->weight, &weight) && ent_decimal_of(e->divisor, &divisor) &&
           divisor.digits > 0 && times(c, weight.digits, ent_power_of_ten(weight.places)) &&
           times(c, ent_power_of_ten(divisor.places), divisor.digits);
}

static bool take_parts(maker *m)
{
    for (uint32_t i = 0; m->from->part != NULL && i < m->s->issue_count; i++) {
        column *c = &m->columns[m->count++];
        bool taken = m->from->evaluators != NULL
                         ? take_evaluator(m, i, &m->from->evaluators[i], c)
                         : take_list(m, m->from->part[i], m->s->issues[i].levels,
                                     ENT_DECIMAL_PLACES, c);
        if (!taken) {
            return false;
        }
    }
    return true;
}

static bool take_rest(maker *m)
{
    const ent_utility *u = m->from;
    uint64_t outcomes = 0;
    double *value = ent_alloc(m->arena, u->box_count, double);
    for (size_t k = 0; k < u->box_count; k++) {
        value[k] = u->boxes[k].utility;
    }
    if (u->box_count > 0 &&
        !take_list(m, value, u->box_count, ENT_DECIMAL_PLACES, &m->columns[m->count++])) {
        return false;
    }
    return u->table == NULL ||
           (ent_scenario_outcomes(m->s, &outcomes) &&
            take_list(m, u->table, outcomes, TABLE_PLACES, &m->columns[m->count++]));
}

/* All columns over one number; factors become whole. */
static bool bring_together(maker *m)
{
    m->over = 1;
    m->shared = 1;
    for (size_t i = 0; i < m->count; i++) {
        ent_wide common = ent_wide_gcd(m->over, m->columns[i].over);
        if (!multiply(m->over / common, m->columns[i].over, &m->over)) {
            return false;
        }
    }
    for (size_t i = 0; i < m->count; i++) {
        column *c = &m->columns[i];
        if (!multiply(c->factor, m->over / c->over, &c->factor)) {
            return false;
        }
    }
    return true;
}

/* The greatest sum of magnitudes that an outcome can have, up to rounding. */
static double magnitude(const maker *m)
{
    double sum = 0;
    for (size_t i = 0; i < m->count; i++) {
        const column *c = &m->columns[i];
        double factor = fabs((double)c->factor), most = 0, all = 0;
        for (size_t k = 0; k < c->count; k++) {
            most = fmax(most, fabs((double)c->digits[k]));
            all += fabs((double)c->digits[k]);
        }
        bool boxes = m->from->box_count > 0 &&
                     i == (m->from->part == NULL ? 0 : m->s->issue_count);
        sum += factor * (boxes ? all : most);
    }
    return sum;
}

/* Each factor's share in the common divisor is brought out of the digits first. */
static bool divide_out(maker *m)
{
    ent_wide shared = 0;
    for (size_t i = 0; i < m->count && shared != 1; i++) {
        column *c = &m->columns[i];
        ent_wide common = 0, all = 0;
        for (size_t k = 0; k < c->count && common != 1; k++) {
            common = ent_wide_gcd(common, c->digits[k]);
        }
        for (size_t k = 0; k < c->count && common > 1; k++) {
            c->digits[k] /= (int64_t)common;
        }
        if (common == 0) { /* all zero */
            c->factor = 0;
            continue;
        }
        if (!multiply(c->factor, common, &all)) {
            return false;
        }
        c->factor = all;
        shared = ent_wide_gcd(shared, all);
    }
    m->shared = shared > 0 ? shared : 1;
    for (size_t i = 0; i < m->count; i++) {
        m->columns[i].factor /= m->shared;
    }
    return true;
}

static double *numbers(maker *m, const column *c)
{
    double *value = ent_alloc(m->arena, c->count, double);
    for (size_t k = 0; k < c->count; k++) {
        value[k] = (double)(c->digits[k] * c->factor);
    }
    return value;
}

static void place(maker *m, ent_utility *to)
{
    size_t at = 0;
    if (m->from->part != NULL) {
        const double **part = ent_alloc(m->arena, m->s->issue_count, const double *);
        for (uint32_t i = 0; i < m->s->issue_count; i++) {
            part[i] = numbers(m, &m->columns[at++]);
        }
        to->part = part;
    }
    if (m->from->box_count > 0) {
        const double *value = numbers(m, &m->columns[at++]);
        ent_box *boxes = ent_alloc(m->arena, m->from->box_count, ent_box);
        for (size_t k = 0; k < m->from->box_count; k++) {
            boxes[k] = m->from->boxes[k];
            boxes[k].utility = value[k];
        }
        to->boxes = boxes;
    }
    if (m->from->table != NULL) {
        to->table = numbers(m, &m->columns[at++]);
    }
    to->evaluators = NULL;
}

/* over * scale / shared, one division where that is a whole number below 2^53. */
static bool set_scale(maker *m, ent_utility *to)
{
    ent_decimal scale;
    column c = {.factor = m->over, .over = m->shared};
    if (!ent_decimal_of(m->from->scale, &scale) || scale.digits <= 0 ||
        !times(&c, scale.digits, ent_power_of_ten(scale.places))) {
        return false;
    }
    to->scale = (double)c.factor / (double)c.over;
    return to->scale > 0 && isfinite(to->scale);
}

double ent_whole_need(const ent_utility *u)
{
    if (!isfinite(u->reservation) || u->scale == 1) {
        return u->scale == 1 && isfinite(u->reservation) ? ceil(u->reservation) : u->reservation;
    }
    double n = nearbyint(u->reservation * u->scale);
    if (fabs(n) > MOST_SUM) {
        return n;
    }
    while ((n - 1) / u->scale >= u->reservation) {
        n--;
    }
    while (n / u->scale < u->reservation) {
        n++;
    }
    return n;
}

/*
 * The reservation value so that the whole sums at or above it are those of the exact fractions: an
 * outcome's own sum where it is the value of an outcome, else the file's decimal.
 */
static void set_reservation(const maker *m, ent_utility *to)
{
    double r = m->from->reservation;
    if (!isfinite(r)) {
        return;
    }
    double whole = 0;
    bool sums = to->reserved != NULL && to->part != NULL && to->box_count == 0 && !to->table;
    for (uint32_t i = 0; sums && i < m->s->issue_count; i++) {
        whole += to->reserved[i] == UINT64_MAX ? 0 : to->part[i][to->reserved[i]];
    }
    if (sums && fabs(whole / to->scale - r) <= 1e-9 * fmax(1, fabs(r))) {
        to->reservation = whole / to->scale;
        return;
    }
    double near = nearbyint(r * to->scale);
    /* A decimal that is a whole sum comes back as its double, within a rounding or two. */
    if (fabs(near) <= MOST_SUM && fabs(near / to->scale - r) <= 4e-16 * fabs(r)) {
        to->reservation = near / to->scale;
    }
}

static bool make(maker *m, ent_utility *to)
{
    size_t room = m->s->issue_count + 2;
    m->columns = ent_alloc(m->arena, room, column);
    if (!take_parts(m) || !take_rest(m) || !bring_together(m)) {
        return false;
    }
    if (magnitude(m) >= MOST_SUM && (!divide_out(m) || magnitude(m) >= MOST_SUM)) {
        return ent_exact_ranks(m, to);
    }
    if (!set_scale(m, to)) {
        return false;
    }
    place(m, to);
    set_reservation(m, to);
    return true;
}

ent_scenario *ent_exact_twin(ent_arena *arena, const ent_scenario *s, uint64_t most_ranked,
                             bool *exact)
{
    ent_scenario *twin = ent_alloc(arena, 1, ent_scenario);
    ent_utility *utilities = ent_alloc(arena, s->party_count, ent_utility);
    for (uint32_t p = 0; p < s->party_count; p++) {
        const ent_utility *from = &s->utilities[p];
        maker m = {.arena = arena, .s = s, .from = from, .most_ranked = most_ranked};
        utilities[p] = *from;
        if (from->whole != NULL) {
            utilities[p].table = from->whole;
            utilities[p].scale = from->whole_scale;
            exact[p] = true;
            set_reservation(&m, &utilities[p]);
        } else {
            exact[p] = make(&m, &utilities[p]);
        }
        if (!exact[p]) {
            utilities[p] = *from;
        }
    }
    *twin = *s;
    twin->utilities = utilities;
    twin->whole = true;
    return twin;
}

const ent_scenario *ent_exactly(ent_arena *arena, const ent_scenario *s, bool *all)
{
    *all = !s->doubles;
    if (s->doubles || s->whole) {
        return s;
    }
    bool *exact = ent_alloc(arena, s->party_count, bool);
    const ent_scenario *twin = ent_exact_twin(arena, s, MOST_RANKED, exact);
    for (uint32_t p = 0; p < s->party_count; p++) {
        *all = *all && exact[p];
    }
    return twin;
}

bool ent_same_numbers(const ent_scenario *a, const ent_scenario *b, uint32_t party)
{
    const ent_utility *u = &a->utilities[party], *v = &b->utilities[party];
    bool same = u->scale == v->scale && u->reservation == v->reservation &&
                (u->part == NULL) == (v->part == NULL) && u->box_count == v->box_count &&
                (u->table == NULL) == (v->table == NULL);
    for (uint32_t i = 0; same && u->part != NULL && i < a->issue_count; i++) {
        same = memcmp(u->part[i], v->part[i], a->issues[i].levels * sizeof(double)) == 0;
    }
    for (size_t k = 0; same && k < u->box_count; k++) {
        same = u->boxes[k].utility == v->boxes[k].utility;
    }
    uint64_t outcomes = 0;
    if (same && u->table != NULL && u->table != v->table) {
        same = ent_scenario_outcomes(a, &outcomes) &&
               memcmp(u->table, v->table, outcomes * sizeof(double)) == 0;
    }
    return same;
}
