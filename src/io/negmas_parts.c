/* Value functions and hyper-rectangles of NegMAS; see negmas.c. */
#include "io/negmas.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

enum { MOST_BOXES = 100000 };

bool ent_negmas_level_number(const ent_scenario_issue *issue, uint64_t level, double *x)
{
    if (issue->kind == ENT_DISCRETE) {
        return ent_parse_number(issue->values[level], strlen(issue->values[level]), x);
    }
    *x = ent_level_number(issue, level);
    return true;
}

/* A polynomial a[0] + a[1] x + a[2] x^2 as a table. */
static ent_status polynomial(ent_negmas *n, const ent_node *where, uint32_t i, const double a[3],
                             ent_evaluator *e)
{
    const ent_scenario_issue *issue = &n->issues[i];
    double *raw = ent_alloc(n->work->arena, issue->levels, double);
    for (uint64_t k = 0; k < issue->levels; k++) {
        double x = 0;
        if (!ent_negmas_level_number(issue, k, &x)) {
            return ent_scenario_fault(n->work, n->text, where->pos, ENT_S109_BAD_NUMBER, NULL,
                                      "the value `%s` of `%s` is no number, as the function needs",
                                      issue->values[k], issue->name);
        }
        raw[k] = a[0] + x * (a[1] + x * a[2]);
    }
    *e = (ent_evaluator){.raw = raw, .weight = 1, .divisor = 1};
    return ENT_OK;
}

ent_status ent_negmas_affine(ent_negmas *n, const ent_node *where, uint32_t i, double slope,
                             double offset, ent_evaluator *e)
{
    if (n->issues[i].kind == ENT_DISCRETE && slope != 0) {
        return polynomial(n, where, i, (double[]){offset, slope, 0}, e);
    }
    *e = (ent_evaluator){.curve = ENT_CURVE_AFFINE, .slope = slope, .offset = offset,
                         .weight = 1, .divisor = 1};
    return ENT_OK;
}

static ent_status read_table(ent_negmas *n, const ent_node *mapping, uint32_t i, ent_evaluator *e)
{
    const ent_scenario_issue *issue = &n->issues[i];
    double *raw = ent_alloc(n->work->arena, issue->levels, double);
    for (uint64_t k = 0; k < issue->levels; k++) {
        raw[k] = (double)NAN;
    }
    for (size_t k = 0; k < mapping->count; k++) {
        const ent_entry *entry = &mapping->entries[k];
        const char *name = ent_tidy(n->work->arena, entry->key->text);
        uint64_t level = ent_scenario_level(issue, &n->values[i], name);
        double x = 0;
        ent_status status = ent_scenario_number(n->work, n->text, mapping, entry->value, name, &x);
        if (status != ENT_OK) {
            return status;
        }
        if (level == UINT64_MAX) {
            ent_scenario_odd(n->work, n->text, entry->key->pos, ENT_S203_ODD_VALUE, NULL,
                             "the domain's `%s` has no value `%s`", issue->name, name);
            continue;
        }
        raw[level] = x;
    }
    for (uint64_t k = 0; k < issue->levels; k++) {
        if (isnan(raw[k])) {
            return ent_scenario_fault(n->work, n->text, mapping->pos, ENT_S107_OTHER_DOMAIN, NULL,
                                      "the value `%s` of `%s` has no utility",
                                      ent_scenario_value_text(n->work->arena, issue, k),
                                      issue->name);
        }
    }
    *e = (ent_evaluator){.raw = raw, .weight = 1, .divisor = 1};
    return ENT_OK;
}

/* NegMAS gives the bias at both ends, also where the top stands at one of them. */
static void flatten_edge(ent_negmas *n, uint32_t i, ent_evaluator *e)
{
    const ent_scenario_issue *issue = &n->issues[i];
    double *raw = ent_alloc(n->work->arena, issue->levels, double);
    for (uint64_t k = 0; k < issue->levels; k++) {
        double x = ent_level_number(issue, k);
        raw[k] = x <= e->start || x >= e->end ? e->offset : ent_evaluate(issue, e, k);
    }
    *e = (ent_evaluator){.raw = raw, .weight = 1, .divisor = 1};
}

static ent_status read_triangle(ent_negmas *n, const ent_node *f, uint32_t i, ent_evaluator *e)
{
    *e = (ent_evaluator){.curve = ENT_CURVE_TRIANGLE, .weight = 1, .divisor = 1};
    ent_status status = ent_negmas_number(n, f, "start", (double)NAN, &e->start);
    status = status == ENT_OK ? ent_negmas_number(n, f, "middle", (double)NAN, &e->top) : status;
    status = status == ENT_OK ? ent_negmas_number(n, f, "end", (double)NAN, &e->end) : status;
    status = status == ENT_OK ? ent_negmas_number(n, f, "bias", 0, &e->offset) : status;
    status = status == ENT_OK ? ent_negmas_number(n, f, "scale", 1, &e->slope) : status;
    if (status == ENT_OK && !(e->start <= e->top && e->top <= e->end)) {
        return ent_scenario_fault(n->work, n->text, f->pos, ENT_S110_BAD_RANGE, NULL,
                                  "the triangle's middle does not lie between its ends");
    }
    if (status == ENT_OK && n->issues[i].kind == ENT_DISCRETE) {
        return ent_scenario_fault(n->work, n->text, f->pos, ENT_S111_UNSUPPORTED, NULL,
                                  "a triangle needs an issue of numbers");
    }
    if (status == ENT_OK && (e->start == e->top || e->top == e->end)) {
        flatten_edge(n, i, e);
    }
    return status;
}

ent_status ent_negmas_function(ent_negmas *n, const ent_node *f, uint32_t i, ent_evaluator *e)
{
    const char *type = ent_negmas_type(n, f);
    const ent_node *mapping = ent_node_get(f, "mapping");
    double a[3] = {0};
    if (f->kind == ENT_MAP && (*type == '\0' || strcmp(type, "TableFun") == 0)) {
        return read_table(n, mapping != NULL && mapping->kind == ENT_MAP ? mapping : f, i, e);
    }
    if (strcmp(type, "IdentityFun") == 0) {
        return ent_negmas_affine(n, f, i, 1, 0, e);
    }
    if (strcmp(type, "TriangularFun") == 0) {
        return read_triangle(n, f, i, e);
    }
    bool constant = strcmp(type, "ConstFun") == 0;
    bool quadratic = strcmp(type, "QuadraticFun") == 0;
    bool linear = strcmp(type, "LinearFun") == 0;
    if (!constant && !quadratic && !linear && strcmp(type, "AffineFun") != 0) {
        return ent_negmas_curve(n, f, i, type, e);
    }
    ent_status status = linear ? ENT_OK
                               : ent_negmas_number(n, f, "bias", constant ? (double)NAN : 0, &a[0]);
    if (status == ENT_OK && !constant) {
        status = ent_negmas_number(n, f, quadratic ? "a1" : "slope", (double)NAN, &a[1]);
    }
    if (status == ENT_OK && quadratic) {
        status = ent_negmas_number(n, f, "a2", (double)NAN, &a[2]);
    }
    if (status != ENT_OK) {
        return status;
    }
    return quadratic ? polynomial(n, f, i, a, e) : ent_negmas_affine(n, f, i, a[1], a[0], e);
}

/* Is it a range: two numbers, as NegMAS has it? */
static bool is_range(const ent_node *node, double bound[2])
{
    return node->kind == ENT_LIST && node->count == 2 && node->items[0]->kind == ENT_SCALAR &&
           node->items[1]->kind == ENT_SCALAR && node->items[0]->plain && node->items[1]->plain &&
           ent_parse_number(node->items[0]->text, node->items[0]->length, &bound[0]) &&
           ent_parse_number(node->items[1]->text, node->items[1]->length, &bound[1]);
}

/* Mark the levels that a range, a value or a list of either lets in. */
static ent_status mark_levels(ent_negmas *n, const ent_node *node, uint32_t i, bool *in)
{
    const ent_scenario_issue *issue = &n->issues[i];
    double bound[2];
    if (is_range(node, bound)) {
        for (uint64_t k = 0; k < issue->levels; k++) {
            double x = 0;
            in[k] |= ent_negmas_level_number(issue, k, &x) && x >= bound[0] && x <= bound[1];
        }
        return ENT_OK;
    }
    if (node->kind == ENT_SCALAR) {
        uint64_t level = ent_scenario_level(issue, &n->values[i], node->text);
        if (level != UINT64_MAX) {
            in[level] = true;
        }
        return ENT_OK;
    }
    if (node->kind != ENT_LIST) {
        return ent_scenario_fault(n->work, n->text, node->pos, ENT_S109_BAD_NUMBER, NULL,
                                  "a range should stand here: two numbers, or a list of values");
    }
    ent_status status = ENT_OK;
    for (size_t k = 0; k < node->count && status == ENT_OK; k++) {
        status = mark_levels(n, node->items[k], i, in);
    }
    return status;
}

/*
 * The boxes of one outcome range: for each issue the runs of levels that it lets in, in all
 * combinations. Boxes [from..) are split by one issue after the other.
 */
static ent_status split(ent_negmas *n, const ent_node *where, uint32_t i, const bool *in,
                        size_t from)
{
    size_t count = n->boxes.count - from;
    ent_box *whole = ent_alloc(n->work->arena, count, ent_box);
    if (count > 0) {
        memcpy(whole, n->boxes.at + from, count * sizeof *whole);
    }
    n->boxes.count = from;
    uint64_t levels = n->issues[i].levels;
    for (uint64_t k = 0; k < levels;) {
        uint64_t end = k;
        while (end < levels && in[end]) {
            end++;
        }
        for (size_t b = 0; end > k && b < count; b++) {
            uint64_t *low = ent_alloc(n->work->arena, 2 * (size_t)n->issue_count, uint64_t);
            uint64_t *high = low + n->issue_count;
            memcpy(low, whole[b].low, n->issue_count * sizeof *low);
            memcpy(high, whole[b].high, n->issue_count * sizeof *high);
            low[i] = k;
            high[i] = end - 1;
            ent_box *box = ent_push(n->work->arena, &n->boxes);
            *box = (ent_box){low, high, whole[b].utility, false};
        }
        if (n->boxes.count > MOST_BOXES) {
            return ent_scenario_fault(n->work, n->text, where->pos, ENT_S104_TOO_MUCH, NULL,
                                      "more than %d boxes", MOST_BOXES);
        }
        k = end > k ? end : k + 1;
    }
    return ent_scenario_room(n->work, n->text, where->pos,
                             (double)(n->boxes.count - from) * n->issue_count, &n->levels);
}

static ent_status read_range(ent_negmas *n, const ent_node *range, double utility)
{
    size_t from = n->boxes.count;
    uint64_t *low = ent_alloc(n->work->arena, n->issue_count, uint64_t);
    uint64_t *high = ent_alloc(n->work->arena, n->issue_count, uint64_t);
    for (uint32_t i = 0; i < n->issue_count; i++) {
        high[i] = n->issues[i].levels - 1;
    }
    *ent_push(n->work->arena, &n->boxes) = (ent_box){low, high, utility, false};
    ent_status status = ENT_OK;
    for (size_t k = 0; range->kind == ENT_MAP && k < range->count && status == ENT_OK; k++) {
        const ent_entry *entry = &range->entries[k];
        uint32_t i = ent_negmas_issue(n, entry->key);
        if (i == UINT32_MAX) {
            return ent_scenario_fault(n->work, n->text, entry->key->pos, ENT_S107_OTHER_DOMAIN,
                                      NULL, "the domain has no issue `%s`", entry->key->text);
        }
        bool *in = ent_alloc(n->work->arena, n->issues[i].levels, bool);
        status = ent_scenario_room(n->work, n->text, entry->key->pos,
                                   (double)n->issues[i].levels / 8, &n->levels);
        status = status == ENT_OK ? mark_levels(n, entry->value, i, in) : status;
        status = status == ENT_OK ? split(n, entry->key, i, in, from) : status;
    }
    return status;
}

ent_status ent_negmas_boxes(ent_negmas *n, const ent_node *node, double factor)
{
    const ent_node *ranges = ent_node_get(node, "outcome_ranges");
    const ent_node *utilities = ent_node_get(node, "utilities");
    const ent_node *weights = ent_node_get(node, "weights");
    double bias = 0;
    ent_status status = ent_negmas_number(n, node, "bias", 0, &bias);
    if (ranges == NULL || ranges->kind != ENT_LIST || utilities == NULL ||
        utilities->kind != ENT_LIST || utilities->count != ranges->count) {
        return ent_scenario_fault(n->work, n->text, node->pos, ENT_S108_MISSING_PART, NULL,
                                  "`outcome_ranges` and `utilities` should be lists of one length");
    }
    bool weighted = weights != NULL && weights->kind == ENT_LIST && weights->count > 0;
    for (size_t k = 0; k < ranges->count && status == ENT_OK; k++) {
        double utility = 0;
        double weight = 1;
        if (utilities->items[k]->kind != ENT_SCALAR) {
            return ent_scenario_fault(n->work, n->text, utilities->items[k]->pos,
                                      ENT_S111_UNSUPPORTED, NULL,
                                      "a function within a hyper-rectangle is not read");
        }
        status = ent_scenario_number(n->work, n->text, utilities, utilities->items[k],
                                     "utilities", &utility);
        if (status == ENT_OK && weighted) {
            status = ent_scenario_number(n->work, n->text, weights,
                                         k < weights->count ? weights->items[k] : NULL,
                                         "weights", &weight);
        }
        status = status == ENT_OK
                     ? read_range(n, ranges->items[k], factor * (weight * utility))
                     : status;
    }
    n->bias += factor * bias;
    return status;
}
