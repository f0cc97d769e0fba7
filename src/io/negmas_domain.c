/* The outcome space of a NegMAS scenario; see negmas.c. */
#include "io/negmas.h"

#include <string.h>

static ent_status read_range(ent_negmas *n, const ent_node *values, bool real,
                             ent_scenario_issue *issue)
{
    double bound[2] = {0};
    if (values->kind == ENT_SCALAR && !real) { /* that many values from 0 */
        ent_status status = ent_scenario_number(n->work, n->text, values, values, "values",
                                                &bound[1]);
        return status == ENT_OK ? ent_integer_issue(n->work, n->text, values->pos, 0,
                                                    bound[1] - 1, issue)
                                : status;
    }
    if (values->kind != ENT_LIST || values->count != 2) {
        return ent_scenario_fault(n->work, n->text, values->pos, ENT_S110_BAD_RANGE, NULL,
                                  "`%s` should have two bounds", issue->name);
    }
    for (size_t k = 0; k < 2; k++) {
        ent_status status = ent_scenario_number(n->work, n->text, values, values->items[k],
                                                "values", &bound[k]);
        if (status != ENT_OK) {
            return status;
        }
    }
    return real ? ent_real_issue(n->work, n->text, values->pos, bound[0], bound[1], issue)
                : ent_integer_issue(n->work, n->text, values->pos, bound[0], bound[1], issue);
}

static ent_status read_issue(ent_negmas *n, const ent_node *node, uint32_t index)
{
    ent_scenario_issue *issue = &n->issues[index];
    const ent_node *name = ent_node_get(node, "name");
    const ent_node *values = ent_node_get(node, "values");
    const char *type = ent_negmas_type(n, node);
    if (values == NULL || node->kind != ENT_MAP) {
        return ent_scenario_fault(n->work, n->text, node->pos, ENT_S108_MISSING_PART, NULL,
                                  "an issue has no `values`");
    }
    issue->name = name != NULL && name->kind == ENT_SCALAR
                      ? ent_tidy(n->work->arena, name->text)
                      : ent_format(n->work->arena, "%u", index);
    if (ent_names_add(n->work->arena, &n->names, issue->name, index) != UINT32_MAX) {
        return ent_scenario_fault(n->work, n->text, node->pos, ENT_S112_NAME_TWICE, NULL,
                                  "two issues are called `%s`", issue->name);
    }
    if (strcmp(type, "ContiguousIssue") == 0 || values->kind == ENT_SCALAR) {
        return read_range(n, values, false, issue);
    }
    if (strcmp(type, "ContinuousIssue") == 0) {
        return read_range(n, values, true, issue);
    }
    if (strstr(type, "Infinite") != NULL || strstr(type, "Callable") != NULL ||
        strcmp(type, "OptionalIssue") == 0) {
        return ent_scenario_fault(n->work, n->text, node->pos, ENT_S111_UNSUPPORTED, NULL,
                                  "issues of the kind %s are not read", type);
    }
    issue->ordered = strstr(type, "Ordinal") != NULL || strstr(type, "Cardinal") != NULL;
    return ent_discrete_issue(n->work, n->text, values, &n->values[index], issue);
}

ent_status ent_negmas_domain(ent_negmas *n, const ent_node *root, const char **name)
{
    ent_status status = ENT_OK;
    const ent_node *issues = ent_node_get(root, "issues");
    const ent_node *title = ent_node_get(root, "name");
    if (issues == NULL || issues->kind != ENT_LIST || issues->count == 0) {
        return ent_scenario_fault(n->work, n->text, root->pos, ENT_S105_NO_DOMAIN, NULL,
                                  "the domain has no list of `issues`");
    }
    if (issues->count > ENT_SCENARIO_ISSUES) {
        return ent_scenario_fault(n->work, n->text, issues->pos, ENT_S104_TOO_MUCH, NULL,
                                  "more than %d issues", ENT_SCENARIO_ISSUES);
    }
    if (title != NULL && title->kind == ENT_SCALAR && !ent_node_is_null(title)) {
        *name = title->text;
    }
    n->issue_count = (uint32_t)issues->count;
    n->issues = ent_alloc(n->work->arena, issues->count, ent_scenario_issue);
    n->values = ent_alloc(n->work->arena, issues->count, ent_names);
    for (uint32_t i = 0; i < n->issue_count && status == ENT_OK; i++) {
        status = read_issue(n, issues->items[i], i);
    }
    return status;
}
