#include "model/scenario.h"

#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool inside(const ent_box *box, const uint64_t *outcome, uint32_t issues)
{
    for (uint32_t i = 0; i < issues; i++) {
        if (outcome[i] < box->low[i] || outcome[i] > box->high[i]) {
            return false;
        }
    }
    return true;
}

double ent_boxes_value(const ent_utility *u, const uint64_t *outcome, uint32_t issues)
{
    double result = 0;
    for (size_t b = 0; b < u->box_count; b++) {
        bool counts = inside(&u->boxes[b], outcome, issues) != u->boxes[b].excludes;
        double value = counts ? u->boxes[b].utility : 0;
        if (u->aggregation == ENT_SUM) {
            result += value;
        } else if (b == 0 || (u->aggregation == ENT_MIN ? value < result : value > result)) {
            result = value;
        }
    }
    return result;
}

double ent_utility_of(const ent_scenario *s, uint32_t party, const uint64_t *outcome)
{
    const ent_utility *u = &s->utilities[party];
    double sum = 0;
    for (uint32_t i = 0; u->part != NULL && i < s->issue_count; i++) {
        sum += u->part[i][outcome[i]];
    }
    if (u->box_count > 0) {
        sum += ent_boxes_value(u, outcome, s->issue_count);
    }
    if (u->table != NULL) {
        sum += u->table[ent_scenario_index(s, outcome)];
    }
    sum = u->scale == 1 ? sum : sum / u->scale;
    return u->capped && sum > 1 ? 1 : sum;
}

double ent_level_number(const ent_scenario_issue *issue, uint64_t level)
{
    if (issue->kind == ENT_DISCRETE) {
        return (double)level;
    }
    bool last = level > 0 && level + 1 == issue->levels;
    return last ? issue->upper : issue->lower + (double)level * issue->step;
}

static double triangle(double x, double start, double end, double top)
{
    if (x < start || x > end) {
        return 0;
    }
    if (x < top) {
        return (x - start) / (top - start);
    }
    return x > top ? (end - x) / (end - top) : 1;
}

double ent_evaluate(const ent_scenario_issue *issue, const ent_evaluator *e, uint64_t level)
{
    if (e->rounded != NULL) {
        return e->rounded[level];
    }
    if (e->curve == ENT_CURVE_TABLE) {
        return e->raw[level];
    }
    double x = ent_level_number(issue, level);
    if (e->curve == ENT_CURVE_TRIANGLE) {
        return e->offset + e->slope * triangle(x, e->start, e->end, e->top);
    }
    double value = e->slope * (x - e->origin) + e->offset;
    if (!e->clamped) {
        return value;
    }
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

const double *const *ent_evaluator_parts(ent_arena *arena, const ent_scenario_issue *issues,
                                         uint32_t count, const ent_evaluator *evaluators)
{
    const double **part = ent_alloc(arena, count, const double *);
    for (uint32_t i = 0; i < count; i++) {
        const ent_evaluator *e = &evaluators[i];
        double *row = ent_alloc(arena, issues[i].levels, double);
        for (uint64_t k = 0; k < issues[i].levels; k++) {
            row[k] = e->weight * (ent_evaluate(&issues[i], e, k) / e->divisor);
        }
        part[i] = row;
    }
    return part;
}

uint64_t ent_find_level(const ent_scenario_issue *issue, const char *text)
{
    for (uint64_t k = 0; issue->values != NULL && k < issue->levels; k++) {
        if (strcmp(issue->values[k], text) == 0) {
            return k;
        }
    }
    double x;
    if (issue->values != NULL || !ent_parse_number(text, strlen(text), &x) ||
        !(x >= issue->lower && x <= issue->upper)) {
        return UINT64_MAX;
    }
    double near = issue->step > 0 ? round((x - issue->lower) / issue->step) : 0;
    uint64_t level = near < (double)issue->levels ? (uint64_t)near : issue->levels - 1;
    double off = fabs(ent_level_number(issue, level) - x);
    return off <= 1e-9 * fmax(1, fabs(x)) ? level : UINT64_MAX;
}

bool ent_scenario_outcomes(const ent_scenario *s, uint64_t *count)
{
    uint64_t product = 1;
    for (uint32_t i = 0; i < s->issue_count; i++) {
        if (!ent_mul_u64(product, s->issues[i].levels, &product)) {
            return false;
        }
    }
    *count = product;
    return true;
}

/* Long multiplication on digits in base 10^9, least significant first. */
const char *ent_scenario_outcomes_text(ent_arena *arena, const ent_scenario *s)
{
    const uint64_t base = 1000000000;
    size_t room = 3 * (size_t)s->issue_count + 2;
    uint64_t *digit = ent_alloc(arena, room, uint64_t);
    size_t used = 1;
    digit[0] = 1;
    for (uint32_t i = 0; i < s->issue_count; i++) {
        /* A factor of up to 2^64 in two halves keeps every product within 64 bits. */
        uint64_t factor[3] = {s->issues[i].levels % base, s->issues[i].levels / base % base,
                              s->issues[i].levels / base / base};
        uint64_t *next = ent_alloc(arena, room, uint64_t);
        for (size_t f = 0; f < 3; f++) {
            uint64_t carry = 0;
            for (size_t d = 0; d + f < room; d++) {
                uint64_t sum = next[d + f] + (d < used ? digit[d] * factor[f] : 0) + carry;
                next[d + f] = sum % base;
                carry = sum / base;
            }
        }
        digit = next;
        for (used = room; used > 1 && digit[used - 1] == 0; used--) {
        }
    }
    char *text = ent_alloc(arena, 9 * used + 2, char);
    int length = sprintf(text, "%llu", (unsigned long long)digit[used - 1]);
    for (size_t d = used - 1; d-- > 0;) {
        length += sprintf(text + length, "%09llu", (unsigned long long)digit[d]);
    }
    return text;
}

uint64_t ent_scenario_index(const ent_scenario *s, const uint64_t *outcome)
{
    uint64_t index = 0;
    for (uint32_t i = 0; i < s->issue_count; i++) {
        index = index * s->issues[i].levels + outcome[i];
    }
    return index;
}

void ent_scenario_outcome(const ent_scenario *s, uint64_t index, uint64_t *outcome)
{
    for (uint32_t i = s->issue_count; i-- > 0;) {
        outcome[i] = index % s->issues[i].levels;
        index /= s->issues[i].levels;
    }
}

const char *ent_scenario_value_text(ent_arena *arena, const ent_scenario_issue *issue,
                                    uint64_t level)
{
    if (issue->values != NULL) {
        return issue->values[level];
    }
    char text[ENT_NUMBER_ROOM];
    snprintf(text, sizeof text, "%.12g", ent_level_number(issue, level));
    return ent_copy(arena, text);
}
