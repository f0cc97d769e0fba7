/*
 * GeniusWeb JSON out: the domain, and for each party its profile. Values and weights are written
 * as they stand; GeniusWeb's own program wants weights that sum to 1 and utilities within 0 to 1,
 * and what does not keep that is told.
 */
#include "io/geniusweb.h"

#include "io/scenario_write.h"

#include <math.h>
#include <string.h>

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
        w->listed[i] = issue->kind == ENT_DISCRETE || issue->levels < 2;
        for (uint32_t p = 0; p < w->s->party_count && !w->listed[i]; p++) {
            ent_evaluator e = ent_evaluator_of(w->work->arena, w->s, p, i);
            bool line = e.curve == ENT_CURVE_AFFINE && e.rounded != NULL; /* GeniusWeb's own */
            w->listed[i] = !line && !ent_is_straight(issue, &e);
        }
        if (w->listed[i] && issue->kind != ENT_DISCRETE) {
            ent_tell_lost(w->work, "`%s` becomes an issue of discrete values", issue->name);
        }
    }
}

static void put_issue(writer *w, ent_buffer *b, uint32_t i, const char *indent)
{
    const ent_scenario_issue *issue = &w->s->issues[i];
    ent_putf(b, "%s  ", indent);
    ent_put_quoted(b, issue->name);
    if (!w->listed[i]) {
        ent_put(b, ": {\"range\": {\"low\": ");
        ent_put_number(b, issue->lower);
        ent_put(b, ", \"high\": ");
        ent_put_number(b, issue->upper);
        ent_put(b, ", \"step\": ");
        ent_put_number(b, issue->step);
        ent_put(b, "}}");
        return;
    }
    ent_put(b, ": {\"values\": [");
    for (uint64_t k = 0; k < issue->levels; k++) {
        ent_put(b, k == 0 ? "" : ", ");
        ent_put_quoted(b, ent_scenario_value_text(w->work->arena, issue, k));
    }
    ent_put(b, "]}");
}

static void put_domain(writer *w, ent_buffer *b, const char *indent)
{
    ent_putf(b, "{\n%s\"name\": ", indent);
    ent_put_quoted(b, w->s->name);
    ent_putf(b, ",\n%s\"issuesValues\": {\n", indent);
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        put_issue(w, b, i, indent);
        ent_put(b, i + 1 < w->s->issue_count ? ",\n" : "\n");
    }
    ent_putf(b, "%s}\n%.*s}", indent, (int)(strlen(indent) - 2), indent);
}

static void put_line(ent_buffer *b, const ent_scenario_issue *issue, const ent_evaluator *e)
{
    ent_put(b, "{\"NumberValueSetUtilities\": {\"lowValue\": ");
    ent_put_number(b, issue->lower);
    ent_put(b, ", \"lowUtility\": ");
    ent_put_number(b, ent_evaluate(issue, e, 0) / e->divisor);
    ent_put(b, ", \"highValue\": ");
    ent_put_number(b, issue->upper);
    ent_put(b, ", \"highUtility\": ");
    ent_put_number(b, ent_evaluate(issue, e, issue->levels - 1) / e->divisor);
    ent_put(b, "}}");
}

/* The utilities of an issue; true when one is outside 0..1. */
static bool put_utilities(writer *w, ent_buffer *b, uint32_t p, uint32_t i)
{
    const ent_scenario_issue *issue = &w->s->issues[i];
    ent_evaluator e = ent_evaluator_of(w->work->arena, w->s, p, i);
    bool outside = false;
    if (!w->listed[i]) {
        put_line(b, issue, &e);
        return false;
    }
    ent_put(b, "{\"DiscreteValueSetUtilities\": {\"valueUtilities\": {");
    for (uint64_t k = 0; k < issue->levels; k++) {
        double value = ent_evaluate(issue, &e, k) / e.divisor;
        outside |= !(value >= 0 && value <= 1 + 1e-9);
        ent_put(b, k == 0 ? "" : ", ");
        ent_put_quoted(b, ent_scenario_value_text(w->work->arena, issue, k));
        ent_put(b, ": ");
        ent_put_number(b, value == 0 ? 0 : value); /* no -0 */
    }
    ent_put(b, "}}}");
    return outside;
}

static void put_reservation(writer *w, ent_buffer *b, uint32_t p)
{
    const ent_utility *u = &w->s->utilities[p];
    double least = 0;
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        least += ent_part_least(w->s, p, i);
    }
    if (u->reserved == NULL) {
        if (u->reservation > least) {
            ent_tell_lost(w->work, "GeniusWeb has reservation bids but no values: %.17g of `%s` is "
                                   "left out", u->reservation, w->s->parties[p]);
        }
        return;
    }
    ent_put(b, ",\n    \"reservationBid\": {\"issuevalues\": {");
    bool first = true;
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        if (u->reserved[i] == UINT64_MAX) {
            continue;
        }
        ent_put(b, first ? "" : ", ");
        first = false;
        ent_put_quoted(b, w->s->issues[i].name);
        ent_put(b, ": ");
        if (w->listed[i]) {
            ent_put_quoted(b, ent_scenario_value_text(w->work->arena, &w->s->issues[i],
                                                      u->reserved[i]));
        } else {
            ent_put_number(b, ent_level_number(&w->s->issues[i], u->reserved[i]));
        }
    }
    ent_put(b, "}}");
}

static void put_weights(writer *w, ent_buffer *b, uint32_t p)
{
    double sum = 0;
    ent_put(b, "    },\n    \"issueWeights\": {");
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        ent_evaluator e = ent_evaluator_of(w->work->arena, w->s, p, i);
        sum += e.weight;
        ent_put(b, i == 0 ? "" : ", ");
        ent_put_quoted(b, w->s->issues[i].name);
        ent_put(b, ": ");
        ent_put_number(b, e.weight);
    }
    ent_put(b, "},\n    \"domain\": ");
    if (fabs(sum - 1) > 1e-6) {
        ent_tell_lost(w->work, "the weights of `%s` sum to %.9g, and GeniusWeb wants 1",
                      w->s->parties[p], sum);
    }
}

/* True where a utility is outside 0..1. */
static bool put_additive(writer *w, ent_buffer *b, uint32_t p)
{
    bool outside = false;
    ent_put(b, "{\n  \"LinearAdditiveUtilitySpace\": {\n    \"issueUtilities\": {\n");
    for (uint32_t i = 0; i < w->s->issue_count; i++) {
        ent_put(b, "      ");
        ent_put_quoted(b, w->s->issues[i].name);
        ent_put(b, ": ");
        outside |= put_utilities(w, b, p, i);
        ent_put(b, i + 1 < w->s->issue_count ? ",\n" : "\n");
    }
    put_weights(w, b, p);
    return outside;
}

static ent_status put_profile(writer *w, uint32_t p)
{
    const ent_utility *u = &w->s->utilities[p];
    ent_buffer b = ent_buffer_init(w->work->arena, 0);
    bool outside = false;
    if (ent_is_additive(u)) {
        outside = put_additive(w, &b, p);
    } else {
        ent_put(&b, "{\n  \"SumOfGroupsUtilitySpace\": {\n");
        ent_status status = ent_geniusweb_put_groups(w->work, &b, w->s, p);
        if (status != ENT_OK) {
            return status;
        }
    }
    put_domain(w, &b, "      ");
    ent_put(&b, ",\n    \"name\": ");
    ent_put_quoted(&b, w->s->parties[p]);
    put_reservation(w, &b, p);
    ent_put(&b, "\n  }\n}\n");
    if (outside) {
        ent_tell_lost(w->work, "utilities of `%s` are not within 0 to 1, as GeniusWeb wants them",
                      w->s->parties[p]);
    }
    if (u->capped && ent_greatest_sum(w->s, p) > 1 + 1e-9) {
        ent_tell_lost(w->work, "GeniusWeb does not cut the utilities of `%s` at 1",
                      w->s->parties[p]);
    }
    if (u->discount != 1) {
        ent_tell_lost(w->work, "GeniusWeb has no discount: that of `%s` is left out",
                      w->s->parties[p]);
    }
    const char *name = ent_format(w->work->arena, "%s.json",
                                  ent_safe_name(w->work->arena, w->s->parties[p]));
    return ent_add_file(w->work, w->out, name, &b);
}

ent_status ent_geniusweb_write(ent_work *work, const ent_scenario *scenario,
                               ent_written_files *out)
{
    writer w = {.work = work, .s = scenario, .out = out};
    ent_buffer b = ent_buffer_init(work->arena, 0);
    w.listed = ent_alloc(work->arena, scenario->issue_count, bool);
    choose_kinds(&w);
    put_domain(&w, &b, "  ");
    ent_put(&b, "\n");
    ent_status status = ent_add_file(work, out, "domain.json", &b);
    for (uint32_t p = 0; p < scenario->party_count && status == ENT_OK; p++) {
        status = put_profile(&w, p);
    }
    return status;
}
