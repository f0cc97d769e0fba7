#include "report/plan.h"

#include <math.h>

static void json_ids(ent_json *json, const char *key, const ent_plan *plan, uint64_t steps)
{
    ent_json_open_list(json, key);
    for (uint32_t s = 0; s < plan->step_count; s++) {
        if ((steps >> s & 1) != 0) {
            ent_json_text(json, NULL, plan->steps[s].id);
        }
    }
    ent_json_close_list(json);
}

static void json_numbers(ent_json *json, const char *key, const double *values, uint32_t count)
{
    ent_json_open_list(json, key);
    for (uint32_t k = 0; k < count; k++) {
        ent_json_number(json, NULL, values[k]);
    }
    ent_json_close_list(json);
}

static void json_by_party(ent_json *json, const char *key, const ent_case *c, const ent_plan *plan,
                          const double *values)
{
    ent_json_open_map(json, key);
    for (uint32_t q = 0; q < plan->party_count; q++) {
        ent_json_number(json, c->parties[plan->parties[q]].id, values[q]);
    }
    ent_json_close_map(json);
}

/* Who performs which of the steps: the parties of the plan, and others who give something. */
static void json_steps(ent_json *json, const ent_case *c, const ent_plan *plan, uint64_t steps)
{
    ent_json_open_map(json, "steps");
    uint32_t next = 0;
    for (uint32_t p = 0; p < c->party_count; p++) {
        bool member = next < plan->party_count && plan->parties[next] == p;
        next += member;
        if (member || (plan->givers[p] & steps) != 0) {
            json_ids(json, c->parties[p].id, plan, plan->givers[p] & steps);
        }
    }
    ent_json_close_map(json);
}

static void json_phases(ent_json *json, const ent_case *c, const ent_plan *plan)
{
    ent_json_open_list(json, "plan");
    for (uint32_t k = 0; k < plan->phase_count; k++) {
        const ent_plan_phase *phase = &plan->phases[k];
        ent_json_open_map(json, NULL);
        ent_json_count(json, "phase", k + 1);
        json_steps(json, c, plan, phase->steps);
        json_ids(json, "together", plan, phase->steps & ent_plan_common(plan, c));
        json_by_party(json, "trust", c, plan, phase->trust);
        json_by_party(json, "trust_low", c, plan, phase->low);
        json_by_party(json, "trust_high", c, plan, phase->high);
        json_by_party(json, "exposure", c, plan, phase->exposure);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

static void json_undo(ent_json *json, const ent_plan *plan)
{
    ent_json_open_list(json, "undo");
    for (uint32_t s = 0; plan->exact && plan->weighed && s < plan->step_count; s++) {
        ent_json_open_map(json, NULL);
        ent_json_text(json, "step", plan->steps[s].id);
        ent_json_number(json, "undo", plan->steps[s].undo);
        ent_json_number(json, "trust_if_undone", plan->steps[s].saves);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

static void json_trust(ent_json *json, const ent_case *c, const ent_plan *plan)
{
    ent_json_open_map(json, "stated_trust");
    for (uint32_t q = 0; q < plan->party_count; q++) {
        const char *id = c->parties[plan->parties[q]].id;
        if (isnan(plan->stated[q].low)) {
            ent_json_null(json, id);
            continue;
        }
        ent_json_open_map(json, id);
        ent_json_number(json, "low", plan->stated[q].low);
        ent_json_number(json, "high", plan->stated[q].high);
        ent_json_open_list(json, "statements");
        for (const uint32_t *s = plan->sources[q]; *s != ENT_NONE; s++) {
            ent_json_text(json, NULL, c->statements[*s].id);
        }
        ent_json_close_list(json);
        ent_json_close_map(json);
    }
    ent_json_close_map(json);
    if (!plan->has_trust) {
        ent_json_null(json, "first_step");
        ent_json_null(json, "carried");
        return;
    }
    json_ids(json, "first_step", plan, plan->first);
    if (plan->weighed && (plan->exact || plan->carried)) {
        ent_json_bool(json, "carried", plan->carried);
    } else {
        ent_json_null(json, "carried");
    }
}

static void json_change(ent_json *json, const ent_plan *plan)
{
    if (plan->change == 0) {
        ent_json_null(json, "least_change");
        return;
    }
    ent_json_open_map(json, "least_change");
    json_ids(json, "make_undoable", plan, plan->change);
    ent_json_number(json, "trust", plan->change_trust);
    ent_json_bool(json, "proved", plan->change_proved);
    ent_json_close_map(json);
}

static void json_crossed(ent_json *json, const ent_analysis *analysis, size_t account,
                         const uint64_t *deal)
{
    const ent_case *c = analysis->c;
    ent_json_open_list(json, "crosses");
    for (uint32_t p = 0; p < c->party_count; p++) {
        const ent_line *line = ent_plan_crosses(analysis, account, p, deal);
        if (line != NULL) {
            ent_json_open_map(json, NULL);
            ent_json_text(json, "party", c->parties[p].id);
            ent_json_text(json, "statement", c->statements[line->statement].id);
            ent_json_close_map(json);
        }
    }
    ent_json_close_list(json);
}

void ent_json_plan(ent_json *json, const ent_analysis *analysis, size_t account,
                   const ent_planned *planned)
{
    const ent_case *c = analysis->c;
    const ent_plan *plan = &planned->plan;
    if (planned->deal == NULL || planned->plan.phase_count == 0) {
        ent_json_null(json, "deal");
        return;
    }
    ent_json_package(json, "deal", &c->space, planned->deal);
    ent_json_bool(json, "chosen", planned->chosen);
    json_crossed(json, analysis, account, planned->deal);
    json_numbers(json, "trust_by_phases", plan->curve, plan->most);
    if (plan->curve_worlds > 0) {
        json_numbers(json, "trust_by_phases_low", plan->low, plan->most);
        json_numbers(json, "trust_by_phases_high", plan->high, plan->most);
    }
    ent_json_count(json, "spread_worlds", plan->curve_worlds);
    ent_json_bool(json, "exact", plan->exact);
    ent_json_number(json, "bound", plan->bound);
    json_phases(json, c, plan);
    json_trust(json, c, plan);
    json_undo(json, plan);
    json_change(json, plan);
}

void ent_put_plan_json(ent_buffer *out, const ent_analysis *analysis, const ent_planned *planned)
{
    ent_json json = ent_json_document(out, "plan");
    ent_json_provenance(&json, analysis);
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account != NULL) {
            ent_json_open_map(&json, NULL);
            ent_json_text(&json, "name", analysis->accounts.at[i].id);
            ent_json_plan(&json, analysis, i, &planned[i]);
            ent_doubts doubts = ent_doubts_of(out->arena, analysis, i, NULL, false);
            ent_json_doubts(&json, analysis, &doubts);
            ent_json_close_map(&json);
        }
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}
