/*
 * Genius XML out. A profile's evaluations are written as they were read; what other formats hold
 * is brought to the form weight * evaluation / greatest evaluation. Numbers whose utilities are no
 * line cut to 0..1 become discrete values with the numbers as their names.
 */
#include "io/genius.h"

#include "base/number.h"
#include "io/scenario_write.h"

#include <math.h>
#include <string.h>

typedef struct writer {
    ent_work *work;
    const ent_scenario *s;
    ent_written_files *out;
    bool *listed; /* [issues] written as discrete values */
} writer;

static bool has_boxes(const ent_utility *u)
{
    return u->part == NULL || u->box_count > 0 || u->scale != 1;
}

/* Can Genius say the evaluator of an issue of numbers? */
static bool sayable(const ent_scenario_issue *issue, const ent_evaluator *e)
{
    if (e->divisor != 1) {
        return false;
    }
    if (issue->kind == ENT_REAL && !issue->discretised) {
        return false;
    }
    if (e->curve == ENT_CURVE_TRIANGLE) {
        return issue->kind == ENT_REAL && e->offset == 0;
    }
    if (e->curve != ENT_CURVE_AFFINE) {
        return false;
    }
    ent_evaluator cut = *e;
    cut.clamped = true;
    if (e->rounded != NULL && !ent_is_straight(issue, e)) {
        return false;
    }
    for (uint64_t k = 0; k < issue->levels && !e->clamped; k++) {
        if (ent_evaluate(issue, e, k) != ent_evaluate(issue, &cut, k)) {
            return false;
        }
    }
    return true;
}

static void choose_kinds(writer *w)
{
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        const ent_scenario_issue *issue = &w->s->issues[i];
        w->listed[i] = issue->kind == ENT_DISCRETE ||
                       (issue->kind == ENT_REAL && !issue->discretised);
        for (uint32_t p = 0; p < w->s->party_count && !w->listed[i]; p++) {
            if (!has_boxes(&w->s->utilities[p])) {
                ent_evaluator e = ent_evaluator_of(w->work->arena, w->s, p, i);
                w->listed[i] = !sayable(issue, &e);
            }
        }
        if (w->listed[i] && issue->kind != ENT_DISCRETE) {
            ent_tell_lost(w->work, "`%s` becomes an issue of discrete values", issue->name);
        }
    }
}

static ent_status check(writer *w)
{
    const ent_scenario *s = w->s;
    for (uint32_t p = 0; p < s->party_count; p++) {
        const ent_utility *u = &s->utilities[p];
        if (u->table != NULL || (has_boxes(u) && u->part != NULL)) {
            return ent_cannot_hold(w->work, "Genius has sums over issues or boxes alone, and the "
                                            "utilities of `%s` are neither", s->parties[p]);
        }
        for (size_t b = 0; b < u->box_count; b++) {
            for (uint32_t i = 0; i < s->issue_count; i++) {
                bool bounds = u->boxes[b].low[i] > 0 ||
                              u->boxes[b].high[i] + 1 < s->issues[i].levels;
                if (bounds && (s->issues[i].kind != ENT_INTEGER || w->listed[i])) {
                    return ent_cannot_hold(w->work, "Genius bounds boxes by whole numbers alone, "
                                                    "not by `%s`", s->issues[i].name);
                }
            }
        }
    }
    return ENT_OK;
}

static void put_attribute(ent_buffer *b, const char *name, const char *value)
{
    ent_putf(b, " %s=\"", name);
    ent_put_xml(b, value);
    ent_put_char(b, '"');
}

static void put_value(ent_buffer *b, const char *name, double value)
{
    ent_putf(b, " %s=\"", name);
    ent_put_number(b, value);
    ent_put_char(b, '"');
}

static void open_issue(writer *w, ent_buffer *b, uint32_t i)
{
    const ent_scenario_issue *issue = &w->s->issues[i];
    const char *kind = w->listed[i] ? "discrete" : issue->kind == ENT_REAL ? "real" : "integer";
    ent_putf(b, "      <issue index=\"%u\"", i + 1);
    put_attribute(b, "name", issue->name);
    ent_putf(b, " type=\"%s\" vtype=\"%s\" etype=\"%s\"", kind, kind, kind);
    if (!w->listed[i] && issue->kind == ENT_INTEGER) {
        put_value(b, "lowerbound", issue->lower);
        put_value(b, "upperbound", issue->upper);
    }
    ent_put(b, ">\n");
    if (!w->listed[i] && issue->kind == ENT_REAL) {
        ent_put(b, "        <range");
        put_value(b, "lowerbound", issue->lower);
        put_value(b, "upperbound", issue->upper);
        ent_put(b, "/>\n");
    }
}

static void put_item(writer *w, ent_buffer *b, uint32_t i, uint64_t level, const double *raw)
{
    ent_putf(b, "        <item index=\"%llu\"", (unsigned long long)level + 1);
    put_attribute(b, "value",
                  ent_scenario_value_text(w->work->arena, &w->s->issues[i], level));
    if (raw != NULL) {
        put_value(b, "evaluation", raw[level]);
    }
    ent_put(b, "/>\n");
}

static ent_status put_domain(writer *w)
{
    ent_buffer b = ent_buffer_init(w->work->arena, 0);
    ent_putf(&b, "<negotiation_template>\n  <utility_space number_of_issues=\"%u\">\n"
                 "    <objective index=\"0\" description=\"\"", w->s->issue_count);
    put_attribute(&b, "name", w->s->name);
    ent_put(&b, " type=\"objective\" etype=\"objective\">\n");
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        open_issue(w, &b, i);
        for (uint64_t k = 0; w->listed[i] && k < w->s->issues[i].levels; k++) {
            put_item(w, &b, i, k, NULL);
        }
        ent_put(&b, "      </issue>\n");
    }
    ent_put(&b, "    </objective>\n  </utility_space>\n</negotiation_template>\n");
    return ent_add_file(w->work, w->out, "domain.xml", &b);
}

/*
 * Evaluations and weight so that weight * evaluation / greatest is weight * (raw / divisor). What
 * Genius itself held goes out as it came in.
 */
static ent_status fit_table(writer *w, uint32_t p, uint32_t i, double **raw, double *weight)
{
    ent_evaluator e = ent_evaluator_of(w->work->arena, w->s, p, i);
    const ent_scenario_issue *issue = &w->s->issues[i];
    double greatest = -(double)INFINITY;
    double least = (double)INFINITY;
    *raw = ent_alloc(w->work->arena, issue->levels, double);
    for (uint64_t k = 0; k < issue->levels; k++) {
        (*raw)[k] = ent_evaluate(issue, &e, k);
        greatest = fmax(greatest, (*raw)[k]);
        least = fmin(least, (*raw)[k]);
    }
    *weight = e.weight;
    if (isinf(e.divisor) || greatest == e.divisor) {
        return ENT_OK;
    }
    if (greatest <= 0 && least < 0 && e.weight != 0) {
        return ent_cannot_hold(w->work, "Genius has no evaluations that are all below 0, as `%s` "
                                        "has them for `%s`", w->s->parties[p], issue->name);
    }
    for (uint64_t k = 0; k < issue->levels && greatest > 0 && greatest < 1e-4; k++) {
        (*raw)[k] /= greatest;
    }
    *weight = e.weight * (greatest / e.divisor);
    return ENT_OK;
}

static void put_function(ent_buffer *b, const ent_scenario_issue *issue, const ent_evaluator *e)
{
    ent_put(b, "        <evaluator");
    if (e->curve == ENT_CURVE_TRIANGLE) {
        put_attribute(b, "ftype", e->slope == 1 ? "triangular" : "triangularvariabletop");
        put_value(b, "parameter0", e->start);
        put_value(b, "parameter1", e->end);
        put_value(b, "parameter2", e->top);
        if (e->slope != 1) {
            put_value(b, "parameter3", e->slope);
        }
    } else if (issue->kind == ENT_INTEGER) {
        put_attribute(b, "ftype", "linear");
        put_value(b, "slope", e->slope);
        put_value(b, "offset", e->slope * (issue->lower - e->origin) + e->offset);
    } else {
        put_attribute(b, "ftype", "linear");
        put_value(b, "parameter1", e->slope);
        put_value(b, "parameter0", e->offset - e->slope * e->origin);
    }
    ent_put(b, "/>\n");
}

/* Genius cuts sums at 1; what passes it elsewhere is divided so that it does not. */
static double scale_of(writer *w, uint32_t p)
{
    const ent_utility *u = &w->s->utilities[p];
    double greatest = ent_greatest_sum(w->s, p);
    if (u->capped || greatest <= 1 + 1e-9) {
        return 1;
    }
    ent_tell_lost(w->work, "Genius cuts utilities at 1: those of `%s` are divided by %.17g",
                  w->s->parties[p], greatest);
    return greatest;
}

static ent_status put_additive(writer *w, ent_buffer *b, uint32_t p, double scale)
{
    double *weight = ent_alloc(w->work->arena, w->s->issue_count, double);
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        ent_evaluator e = ent_evaluator_of(w->work->arena, w->s, p, i);
        double *raw = NULL;
        open_issue(w, b, i);
        if (w->listed[i]) {
            ent_status status = fit_table(w, p, i, &raw, &weight[i]);
            if (status != ENT_OK) {
                return status;
            }
            for (uint64_t k = 0; k < w->s->issues[i].levels; k++) {
                put_item(w, b, i, k, raw);
            }
        } else {
            weight[i] = e.weight;
            put_function(b, &w->s->issues[i], &e);
        }
        ent_put(b, "      </issue>\n");
    }
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        ent_putf(b, "      <weight index=\"%u\"", i + 1);
        put_value(b, "value", scale == 1 ? weight[i] : weight[i] / scale);
        ent_put(b, "/>\n");
    }
    return ENT_OK;
}

static void put_boxes(writer *w, ent_buffer *b, const ent_utility *u)
{
    static const char *const aggregations[] = {"sum", "min", "max"};
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        open_issue(w, b, i);
        for (uint64_t k = 0; w->listed[i] && k < w->s->issues[i].levels; k++) {
            put_item(w, b, i, k, NULL);
        }
        ent_put(b, "      </issue>\n");
    }
    ent_put(b, "      <utility");
    put_value(b, "maxutility", u->scale);
    ent_putf(b, ">\n        <ufun type=\"PlainUfun\" weight=\"1\" aggregation=\"%s\">\n",
             aggregations[u->aggregation]);
    for (size_t k = 0; k < u->box_count; k++) {
        const ent_box *box = &u->boxes[k];
        ent_put(b, "          <hyperRectangle");
        put_value(b, "utility", box->utility);
        ent_put(b, ">\n");
        for (uint32_t i = 0; i < w->s->issue_count; i++) {
            const ent_scenario_issue *issue = &w->s->issues[i];
            if (box->low[i] > 0 || box->high[i] + 1 < issue->levels) {
                ent_putf(b, "            <%s index=\"%u\"",
                         box->excludes ? "EXCLUDES" : "INCLUDES", i + 1);
                put_value(b, "min", ent_level_number(issue, box->low[i]));
                put_value(b, "max", ent_level_number(issue, box->high[i]));
                ent_put(b, "/>\n");
            }
        }
        ent_put(b, "          </hyperRectangle>\n");
    }
    ent_put(b, "        </ufun>\n      </utility>\n");
}

static void put_end(writer *w, ent_buffer *b, uint32_t p, double scale)
{
    const ent_utility *u = &w->s->utilities[p];
    double reservation = u->reservation / scale;
    if (!isfinite(reservation)) {
        ent_tell_lost(w->work, "Genius needs a reservation value: `%s` gets 0", w->s->parties[p]);
        reservation = 0;
    }
    if (u->discount != 1 && u->discounting != ENT_DISCOUNT_TIME) {
        ent_tell_lost(w->work, "Genius has no discount of the kind of `%s`", w->s->parties[p]);
    } else {
        ent_put(b, "  <discount_factor");
        put_value(b, "value", u->discount);
        ent_put(b, "/>\n");
    }
    ent_put(b, "  <reservation");
    put_value(b, "value", reservation);
    ent_put(b, "/>\n</utility_space>\n");
}

static ent_status put_profile(writer *w, uint32_t p)
{
    const ent_utility *u = &w->s->utilities[p];
    ent_buffer b = ent_buffer_init(w->work->arena, 0);
    double scale = has_boxes(u) ? 1 : scale_of(w, p);
    ent_put(&b, has_boxes(u) ? "<utility_space type=\"nonlinear\"" : "<utility_space");
    ent_putf(&b, " number_of_issues=\"%u\">\n    <objective index=\"0\" description=\"\"",
             w->s->issue_count);
    put_attribute(&b, "name", w->s->name);
    ent_put(&b, " type=\"objective\" etype=\"objective\">\n");
    ent_status status = ENT_OK;
    if (has_boxes(u)) {
        put_boxes(w, &b, u);
    } else {
        status = put_additive(w, &b, p, scale);
    }
    ent_put(&b, "    </objective>\n");
    put_end(w, &b, p, scale);
    const char *name = ent_format(w->work->arena, "%s.xml",
                                  ent_safe_name(w->work->arena, w->s->parties[p]));
    return status == ENT_OK ? ent_add_file(w->work, w->out, name, &b) : status;
}

ent_status ent_genius_write(ent_work *work, const ent_scenario *scenario, ent_written_files *out)
{
    writer w = {.work = work, .s = scenario, .out = out};
    w.listed = ent_alloc(work->arena, scenario->issue_count, bool);
    choose_kinds(&w);
    ent_status status = check(&w);
    status = status == ENT_OK ? put_domain(&w) : status;
    for (uint32_t p = 0; p < scenario->party_count && status == ENT_OK; p++) {
        status = put_profile(&w, p);
    }
    return status;
}
