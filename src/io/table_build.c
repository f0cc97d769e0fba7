#include "io/table_build.h"

#include <math.h>

ent_build ent_build_start(ent_work *work, uint32_t parties, const char *const *names)
{
    ent_build b = {.work = work, .parties = parties, .names = names};
    b.reservation = ent_alloc(work->arena, parties, double);
    for (uint32_t p = 0; p < parties; p++) {
        b.reservation[p] = -(double)INFINITY;
    }
    return b;
}

size_t ent_build_issue(ent_build *b, const char *name)
{
    ent_arena *arena = b->work->arena;
    uint32_t found = ent_names_add(arena, &b->issue_names, name, (uint32_t)b->issues.count);
    if (found != UINT32_MAX) {
        return found;
    }
    ent_built_issue *issue = ent_push(arena, &b->issues);
    *issue = (ent_built_issue){.name = name, .weight = ent_alloc(arena, b->parties, double)};
    for (uint32_t p = 0; p < b->parties; p++) {
        issue->weight[p] = 1;
    }
    return b->issues.count - 1;
}

ent_status ent_build_value(ent_build *b, const ent_table *t, size_t row, size_t column,
                           size_t issue, const char *option, uint32_t party, double value)
{
    ent_arena *arena = b->work->arena;
    ent_built_issue *i = &b->issues.at[issue];
    uint32_t found = ent_names_add(arena, &i->names, option, (uint32_t)i->options.count);
    if (found == UINT32_MAX) {
        ent_built_option *made = ent_push(arena, &i->options);
        *made = (ent_built_option){.name = option, .row = row};
        made->value = ent_alloc(arena, b->parties, double);
        for (uint32_t p = 0; p < b->parties; p++) {
            made->value[p] = (double)NAN;
        }
        found = (uint32_t)(i->options.count - 1);
    }
    double *place = &i->options.at[found].value[party];
    if (!isnan(*place)) {
        return ent_cell_fault(t, row, column, ENT_S112_NAME_TWICE, NULL,
                              "the option `%s` of `%s` appears twice", option, i->name);
    }
    *place = value;
    return ENT_OK;
}

/* Says every party something of every option? */
static ent_status check_whole(const ent_build *b, const ent_table *tables, size_t count)
{
    for (size_t i = 0; i < b->issues.count; i++) {
        const ent_built_issue *issue = &b->issues.at[i];
        if (issue->options.count == 0) {
            return ent_scenario_fault(b->work, tables[0].text, (ent_pos){0},
                                      ENT_S131_MISSING_CELL, NULL,
                                      "the issue `%s` has no option with a value", issue->name);
        }
        for (size_t k = 0; k < issue->options.count; k++) {
            const ent_built_option *option = &issue->options.at[k];
            for (uint32_t p = 0; p < b->parties; p++) {
                if (isnan(option->value[p])) {
                    const ent_table *t = &tables[count > 1 ? p : 0];
                    return ent_scenario_fault(
                        b->work, t->text, (ent_pos){0}, ENT_S131_MISSING_CELL,
                        "every party's sheet needs the same issues and options: missing is never "
                        "zero",
                        "`%s` says nothing of `%s` of the issue `%s`, which another party's sheet "
                        "has", b->names[p], option->name, issue->name);
                }
            }
        }
    }
    return ENT_OK;
}

static void set_issue(ent_build *b, size_t i, ent_scenario_issue *issue)
{
    const ent_built_issue *from = &b->issues.at[i];
    const char **values = ent_alloc(b->work->arena, from->options.count, const char *);
    for (size_t k = 0; k < from->options.count; k++) {
        values[k] = from->options.at[k].name;
    }
    *issue = (ent_scenario_issue){.name = from->name, .levels = from->options.count,
                                  .values = values};
}

static void set_utility(ent_build *b, const ent_scenario_issue *issues, uint32_t party,
                        ent_utility *u)
{
    ent_arena *arena = b->work->arena;
    ent_evaluator *list = ent_alloc(arena, b->issues.count, ent_evaluator);
    for (size_t i = 0; i < b->issues.count; i++) {
        const ent_built_issue *from = &b->issues.at[i];
        double *raw = ent_alloc(arena, from->options.count, double);
        for (size_t k = 0; k < from->options.count; k++) {
            raw[k] = from->options.at[k].value[party];
        }
        list[i] = (ent_evaluator){.raw = raw, .weight = from->weight[party], .divisor = 1};
    }
    *u = (ent_utility){.scale = 1, .discount = 1, .reservation = b->reservation[party],
                       .evaluators = list};
    u->part = ent_evaluator_parts(arena, issues, (uint32_t)b->issues.count, list);
}

ent_status ent_build_end(ent_build *b, const ent_table *tables, size_t table_count,
                         ent_scenario *out)
{
    ent_arena *arena = b->work->arena;
    double values = 0;
    if (b->issues.count == 0 || b->issues.count > ENT_SCENARIO_ISSUES) {
        return ent_scenario_fault(b->work, tables->text, (ent_pos){0},
                                  b->issues.count == 0 ? ENT_S101_BAD_SCENARIO
                                                       : ENT_S104_TOO_MUCH,
                                  NULL, b->issues.count == 0 ? "no option has points"
                                                             : "too many issues");
    }
    ent_status status = check_whole(b, tables, table_count);
    for (size_t i = 0; i < b->issues.count && status == ENT_OK; i++) {
        status = ent_scenario_room(b->work, tables->text, (ent_pos){0},
                                   (double)b->issues.at[i].options.count * b->parties, &values);
    }
    if (status != ENT_OK) {
        return status;
    }
    ent_scenario_issue *issues = ent_alloc(arena, b->issues.count, ent_scenario_issue);
    ent_utility *utilities = ent_alloc(arena, b->parties, ent_utility);
    for (size_t i = 0; i < b->issues.count; i++) {
        set_issue(b, i, &issues[i]);
    }
    for (uint32_t p = 0; p < b->parties; p++) {
        set_utility(b, issues, p, &utilities[p]);
    }
    out->issues = issues;
    out->issue_count = (uint32_t)b->issues.count;
    out->parties = b->names;
    out->party_count = b->parties;
    out->utilities = utilities;
    return ENT_OK;
}
