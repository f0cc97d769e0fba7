/*
 * NegMAS YAML out: the outcome space, and for each party its utility function. Boxes that exclude
 * are written as everything less the box; tables, and the least or greatest of boxes, as one
 * hyper-rectangle for each outcome, where these are not too many.
 */
#include "io/negmas.h"

#include "base/number.h"
#include "io/scenario_write.h"

#include <math.h>
#include <string.h>

enum { MOST_OUTCOMES = 100000 };

typedef struct writer {
    ent_work *work;
    const ent_scenario *s;
    ent_written_files *out;
    bool *listed; /* [issues] written as a list of values */
} writer;

static void choose_kinds(writer *w)
{
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        const ent_scenario_issue *issue = &w->s->issues[i];
        bool tables = issue->kind == ENT_INTEGER;
        w->listed[i] = issue->kind == ENT_DISCRETE ||
                       (issue->kind == ENT_REAL && !issue->discretised);
        for (uint32_t p = 0; p < w->s->party_count && !w->listed[i] && !tables; p++) {
            const ent_utility *u = &w->s->utilities[p];
            ent_evaluator e = ent_evaluator_of(w->work->arena, w->s, p, i);
            w->listed[i] = u->box_count > 0 || u->table != NULL ||
                           (e.curve != ENT_CURVE_TRIANGLE && !ent_is_straight(issue, &e));
        }
        if (w->listed[i] && issue->kind != ENT_DISCRETE) {
            ent_tell_lost(w->work, "`%s` becomes an issue of listed values", issue->name);
        }
    }
}

/* Names stand in quotation marks; numbers, also those that are listed in order, do not. */
static bool is_number(const ent_scenario_issue *issue, uint64_t level)
{
    double x;
    return issue->kind != ENT_DISCRETE ||
           (issue->ordered && ent_parse_number(issue->values[level],
                                               strlen(issue->values[level]), &x));
}

void ent_put_negmas_level(ent_buffer *b, ent_arena *arena, const ent_scenario_issue *issue,
                          uint64_t level)
{
    const char *text = ent_scenario_value_text(arena, issue, level);
    if (is_number(issue, level)) {
        ent_put(b, text);
    } else {
        ent_put_quoted(b, text);
    }
}

static void put_level(writer *w, ent_buffer *b, uint32_t i, uint64_t level)
{
    ent_put_negmas_level(b, w->work->arena, &w->s->issues[i], level);
}

/*
 * NegMAS's ordinal issues want values of one type: all whole numbers, or none, or all texts. Its
 * CategoricalIssue takes any.
 */
static bool has_order(const writer *w, const ent_scenario_issue *issue)
{
    enum { WHOLE, BROKEN, TEXT, TYPES };
    bool found[TYPES] = {false};
    for (uint64_t k = 0; k < issue->levels; k++) {
        const char *text = ent_scenario_value_text(w->work->arena, issue, k);
        found[!is_number(issue, k) ? TEXT : strpbrk(text, ".e") != NULL ? BROKEN : WHOLE] = true;
    }
    return (issue->ordered || issue->kind != ENT_DISCRETE) &&
           found[WHOLE] + found[BROKEN] + found[TEXT] == 1;
}

static void put_issue(writer *w, ent_buffer *b, uint32_t i)
{
    const ent_scenario_issue *issue = &w->s->issues[i];
    const char *type = !w->listed[i] ? issue->kind == ENT_REAL ? "ContinuousIssue"
                                                               : "ContiguousIssue"
                       : has_order(w, issue) ? "DiscreteOrdinalIssue"
                                             : "CategoricalIssue";
    ent_put(b, "- name: ");
    ent_put_quoted(b, issue->name);
    ent_putf(b, "\n  type: %s\n  values:\n", type);
    if (!w->listed[i]) {
        for (int k = 0; k < 2; k++) {
            double bound = k == 0 ? issue->lower : issue->upper;
            ent_put(b, "  - ");
            ent_put_yaml_number(b, bound);
            ent_put(b, issue->kind == ENT_REAL && bound == floor(bound) && fabs(bound) < 1e15
                           ? ".0\n" : "\n");
        }
        return;
    }
    for (uint64_t k = 0; k < issue->levels; k++) {
        ent_put(b, "  - ");
        put_level(w, b, i, k);
        ent_put(b, "\n");
    }
}

static ent_status put_domain(writer *w)
{
    ent_buffer b = ent_buffer_init(w->work->arena, 0);
    bool continuous = false; /* a discrete space refuses such an issue */
    ent_put(&b, "issues:\n");
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        continuous = continuous || (!w->listed[i] && w->s->issues[i].kind == ENT_REAL);
        put_issue(w, &b, i);
    }
    ent_put(&b, "name: ");
    ent_put_quoted(&b, w->s->name);
    ent_putf(&b, "\ntype: %sCartesianOutcomeSpace\n", continuous ? "" : "Discrete");
    return ent_add_file(w->work, w->out, "domain.yml", &b);
}

static void put_number_key(ent_buffer *b, const char *indent, const char *key, double value)
{
    ent_putf(b, "%s  %s: ", indent, key);
    ent_put_yaml_number(b, value);
    ent_put(b, "\n");
}

static void put_function(writer *w, ent_buffer *b, uint32_t p, uint32_t i, const char *indent)
{
    const ent_scenario_issue *issue = &w->s->issues[i];
    ent_evaluator e = ent_evaluator_of(w->work->arena, w->s, p, i);
    bool line = ent_is_straight(issue, &e) && e.divisor == 1;
    if (!w->listed[i] && line) {
        ent_putf(b, "%s- type: AffineFun\n", indent);
        put_number_key(b, indent, "slope", e.slope);
        put_number_key(b, indent, "bias", e.offset - e.slope * e.origin);
    } else if (!w->listed[i] && e.curve == ENT_CURVE_TRIANGLE && issue->kind == ENT_REAL) {
        ent_putf(b, "%s- type: TriangularFun\n", indent);
        put_number_key(b, indent, "start", e.start);
        put_number_key(b, indent, "middle", e.top);
        put_number_key(b, indent, "end", e.end);
        put_number_key(b, indent, "bias", e.offset);
        put_number_key(b, indent, "scale", e.slope);
    } else {
        ent_putf(b, "%s- type: TableFun\n%s  mapping:\n", indent, indent);
        for (uint64_t k = 0; k < issue->levels; k++) {
            double value = ent_evaluate(issue, &e, k) / e.divisor;
            ent_putf(b, "%s    ", indent);
            put_level(w, b, i, k);
            ent_put(b, ": ");
            ent_put_yaml_number(b, value == 0 ? 0 : value);
            ent_put(b, "\n");
        }
    }
}

static void put_additive(writer *w, ent_buffer *b, uint32_t p, const char *indent)
{
    ent_putf(b, "%stype: LinearAdditiveUtilityFunction\n%svalues:\n", indent, indent);
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        put_function(w, b, p, i, indent);
    }
    ent_putf(b, "%sweights:\n", indent);
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        ent_evaluator e = ent_evaluator_of(w->work->arena, w->s, p, i);
        ent_putf(b, "%s- ", indent);
        ent_put_yaml_number(b, e.weight);
        ent_put(b, "\n");
    }
}

static void put_range(writer *w, ent_buffer *b, const uint64_t *low, const uint64_t *high)
{
    bool first = true;
    ent_put(b, "- {");
    for (uint32_t i = 0; low != NULL && i < w->s->issue_count; i++) {
        const ent_scenario_issue *issue = &w->s->issues[i];
        if (low[i] == 0 && high[i] + 1 == issue->levels) {
            continue;
        }
        ent_putf(b, "%s%u: [", first ? "" : ", ", i);
        first = false;
        if (!w->listed[i]) {
            ent_put_yaml_number(b, ent_level_number(issue, low[i]));
            ent_put(b, ", ");
            ent_put_yaml_number(b, ent_level_number(issue, high[i]));
        }
        for (uint64_t k = low[i]; w->listed[i] && k <= high[i]; k++) {
            ent_put(b, k > low[i] ? ", " : "");
            ent_put_quoted(b, ent_scenario_value_text(w->work->arena, issue, k));
        }
        ent_put(b, "]");
    }
    ent_put(b, "}\n");
}

/* Every box's range, or its utility; a box that excludes is everything and, negated, the box. */
static void put_boxes_part(writer *w, ent_buffer *b, const ent_utility *u, const char *indent,
                           bool ranges)
{
    ent_putf(b, "%s%s:\n", indent, ranges ? "outcome_ranges" : "utilities");
    for (size_t k = 0; k < u->box_count; k++) {
        const ent_box *box = &u->boxes[k];
        for (int half = box->excludes ? 0 : 1; half < 2; half++) {
            ent_put(b, indent);
            if (ranges) {
                put_range(w, b, half == 0 ? NULL : box->low, box->high);
                continue;
            }
            ent_put(b, "- ");
            ent_put_yaml_number(b, (half == 1 && box->excludes ? -box->utility : box->utility) /
                                  u->scale);
            ent_put(b, "\n");
        }
    }
}

static void put_boxes(writer *w, ent_buffer *b, const ent_utility *u, const char *indent)
{
    ent_putf(b, "%stype: HyperRectangleUtilityFunction\n", indent);
    put_boxes_part(w, b, u, indent, true);
    put_boxes_part(w, b, u, indent, false);
}

/* One hyper-rectangle for each outcome. */
static void put_outcomes(writer *w, ent_buffer *b, uint32_t p, uint64_t count, const char *indent)
{
    uint64_t *outcome = ent_alloc(w->work->arena, w->s->issue_count, uint64_t);
    ent_putf(b, "%stype: HyperRectangleUtilityFunction\n%soutcome_ranges:\n", indent, indent);
    for (uint64_t k = 0; k < count; k++) {
        ent_scenario_outcome(w->s, k, outcome);
        ent_put(b, indent);
        put_range(w, b, outcome, outcome);
    }
    ent_putf(b, "%sutilities:\n", indent);
    for (uint64_t k = 0; k < count; k++) {
        ent_scenario_outcome(w->s, k, outcome);
        ent_putf(b, "%s- ", indent);
        ent_put_yaml_number(b, ent_utility_of(w->s, p, outcome));
        ent_put(b, "\n");
    }
}

static ent_status put_function_of(writer *w, ent_buffer *b, uint32_t p, const char *indent)
{
    const ent_utility *u = &w->s->utilities[p];
    uint64_t count = 0;
    bool sums = u->aggregation == ENT_SUM || u->box_count == 0;
    if (u->table != NULL || !sums || (u->part != NULL && u->box_count > 0 && u->scale != 1) ||
        (u->part != NULL && u->capped && u->box_count > 0)) {
        if (!ent_scenario_outcomes(w->s, &count) || count > MOST_OUTCOMES) {
            return ent_cannot_hold(w->work, "NegMAS has no utilities like those of `%s` over more "
                                            "than %d outcomes", w->s->parties[p], MOST_OUTCOMES);
        }
        put_outcomes(w, b, p, count, indent);
    } else if (u->part != NULL && u->box_count > 0) {
        const char *deeper = ent_format(w->work->arena, "%s  ", indent);
        ent_putf(b, "%stype: WeightedUtilityFunction\n%sufuns:\n%s-\n", indent, indent, indent);
        put_additive(w, b, p, deeper);
        ent_putf(b, "%s-\n", indent);
        put_boxes(w, b, u, deeper);
        ent_putf(b, "%sweights:\n%s- 1\n%s- 1\n", indent, indent, indent);
    } else if (u->box_count > 0) {
        put_boxes(w, b, u, indent);
    } else {
        put_additive(w, b, p, indent);
        if (u->capped && ent_greatest_sum(w->s, p) > 1 + 1e-9) {
            ent_tell_lost(w->work, "NegMAS does not cut the utilities of `%s` at 1",
                          w->s->parties[p]);
        }
    }
    return ENT_OK;
}

static void put_reservation(writer *w, ent_buffer *b, const ent_utility *u)
{
    ent_put(b, "reserved_value: ");
    if (isinf(u->reservation)) {
        ent_put(b, u->reservation > 0 ? ".inf" : "-.inf");
    } else {
        ent_put_yaml_number(b, u->reservation);
    }
    bool whole = u->reserved != NULL;
    for (uint32_t i = 0; whole && i < w->s->issue_count; i++) {
        whole = u->reserved[i] != UINT64_MAX;
    }
    ent_put(b, whole ? "\nreserved_outcome: [" : "\nreserved_outcome: null\n");
    for (uint32_t i = 0; whole && i < w->s->issue_count; i++) {
        ent_put(b, i > 0 ? ", " : "");
        put_level(w, b, i, u->reserved[i]);
    }
    ent_put(b, whole ? "]\n" : "");
}

static ent_status put_profile(writer *w, uint32_t p)
{
    const ent_utility *u = &w->s->utilities[p];
    ent_buffer b = ent_buffer_init(w->work->arena, 0);
    const char *indent = "";
    ent_put(&b, "name: ");
    ent_put_quoted(&b, w->s->parties[p]);
    ent_put(&b, "\n");
    put_reservation(w, &b, u);
    if (u->discount != 1) {
        bool cost = u->discounting == ENT_COST_TIME || u->discounting == ENT_COST_ROUNDS;
        bool time = u->discounting == ENT_COST_TIME || u->discounting == ENT_DISCOUNT_TIME;
        ent_putf(&b, "type: %s\n%s: ", cost ? "LinDiscountedUFun" : "ExpDiscountedUFun",
                 cost ? "cost" : "discount");
        ent_put_yaml_number(&b, u->discount);
        ent_putf(&b, "\nfactor: %s\nufun:\n", time ? "relative_time" : "step");
        indent = "  ";
    }
    ent_status status = put_function_of(w, &b, p, indent);
    const char *name = ent_format(w->work->arena, "%s.yml",
                                  ent_safe_name(w->work->arena, w->s->parties[p]));
    return status == ENT_OK ? ent_add_file(w->work, w->out, name, &b) : status;
}

ent_status ent_negmas_write(ent_work *work, const ent_scenario *scenario, ent_written_files *out)
{
    writer w = {.work = work, .s = scenario, .out = out};
    w.listed = ent_alloc(work->arena, scenario->issue_count, bool);
    choose_kinds(&w);
    ent_status status = put_domain(&w);
    for (uint32_t p = 0; p < scenario->party_count && status == ENT_OK; p++) {
        status = put_profile(&w, p);
    }
    return status;
}
