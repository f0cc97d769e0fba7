/* The issues of a Genius domain, and a profile's additive evaluations; see genius.c. */
#include "io/genius.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

/* Below this greatest evaluation Genius gives 0 for the whole issue. */
static const double LEAST_MAXIMUM = 1e-5;

/* The kind that `type` (or else `vtype`) names; discrete where there is neither. */
static ent_status kind_of(ent_genius *g, const ent_xml *element, ent_value_kind *kind)
{
    static const char *const names[] = {"discrete", "integer", "real"};
    const char *type = ent_xml_get(element, "type");
    type = type != NULL ? type : ent_xml_get(element, "vtype");
    *kind = ENT_DISCRETE;
    for (int k = 0; type != NULL && k < 3; k++) {
        if (strcmp(type, names[k]) == 0) {
            *kind = (ent_value_kind)k;
            return ENT_OK;
        }
    }
    return type == NULL ? ENT_OK
                        : ent_scenario_fault(g->work, g->text, element->pos,
                                             ENT_S111_UNSUPPORTED,
                                             "issues are discrete, integer or real",
                                             "no such type of issue: `%s`", type);
}

static ent_status read_items(ent_genius *g, uint32_t index)
{
    ent_genius_issue *about = &g->about[index];
    ent_scenario_issue *issue = &g->issues[index];
    struct {
        const char **at;
        size_t count, room;
    } values = {0};
    for (const ent_xml *item = ent_xml_child(about->element, "item"); item != NULL;
         item = ent_xml_next(item, "item")) {
        const char *raw = ent_xml_get(item, "value");
        if (raw == NULL) {
            return ent_scenario_fault(g->work, g->text, item->pos, ENT_S108_MISSING_PART, NULL,
                                      "<item> of `%s` has no `value`", issue->name);
        }
        const char *value = ent_tidy(g->work->arena, raw);
        if (strcmp(value, raw) != 0) {
            ent_scenario_odd(g->work, g->text, item->pos, ENT_S203_ODD_VALUE, NULL,
                             "white space in the value `%s` was tidied", raw);
        }
        if (ent_names_add(g->work->arena, &about->values, value, (uint32_t)values.count) !=
            UINT32_MAX) {
            ent_scenario_odd(g->work, g->text, item->pos, ENT_S203_ODD_VALUE, NULL,
                             "the value `%s` of `%s` appears twice; it counts once", value,
                             issue->name);
        } else {
            *ent_push(g->work->arena, &values) = value;
        }
    }
    issue->values = values.at;
    issue->levels = values.count;
    return values.count > 0 ? ENT_OK
                            : ent_scenario_fault(g->work, g->text, about->element->pos,
                                                 ENT_S108_MISSING_PART, NULL,
                                                 "the issue `%s` has no values", issue->name);
}

/* The bounds stand in <range> for real issues, and in the issue itself for integers. */
static ent_status read_bounds(ent_genius *g, const ent_xml *element, double *lower, double *upper)
{
    const ent_xml *range = ent_xml_child(element, "range");
    const ent_xml *where = ent_xml_get(element, "lowerbound") == NULL && range != NULL ? range
                                                                                       : element;
    ent_status status = ent_genius_number(g, where, "lowerbound", lower);
    return status == ENT_OK ? ent_genius_number(g, where, "upperbound", upper) : status;
}

static ent_status read_issue(ent_genius *g, uint32_t index)
{
    const ent_xml *element = g->about[index].element;
    ent_scenario_issue *issue = &g->issues[index];
    const char *name = ent_xml_get(element, "name");
    if (name == NULL) {
        return ent_scenario_fault(g->work, g->text, element->pos, ENT_S108_MISSING_PART, NULL,
                                  "an issue has no `name`");
    }
    issue->name = ent_tidy(g->work->arena, name);
    if (strcmp(issue->name, name) != 0) {
        ent_scenario_odd(g->work, g->text, element->pos, ENT_S202_ODD_ISSUE, NULL,
                         "white space in the name `%s` was tidied", name);
    }
    ent_value_kind kind = ENT_DISCRETE;
    ent_status status = kind_of(g, element, &kind);
    if (status != ENT_OK || kind == ENT_DISCRETE) {
        return status == ENT_OK ? read_items(g, index) : status;
    }
    double lower = 0;
    double upper = 0;
    status = read_bounds(g, element, &lower, &upper);
    if (status != ENT_OK) {
        return status;
    }
    return kind == ENT_INTEGER
               ? ent_integer_issue(g->work, g->text, element->pos, lower, upper, issue)
               : ent_real_issue(g->work, g->text, element->pos, lower, upper, issue);
}

static ent_status check_names(ent_genius *g)
{
    ent_names names = {0};
    for (uint32_t i = 0; i < g->issue_count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (g->about[k].number == g->about[i].number) {
                return ent_scenario_fault(g->work, g->text, g->about[i].element->pos,
                                          ENT_S112_NAME_TWICE, NULL,
                                          "two issues have the number %ld", g->about[i].number);
            }
        }
        if (ent_names_add(g->work->arena, &names, g->issues[i].name, i) != UINT32_MAX) {
            return ent_scenario_fault(g->work, g->text, g->about[i].element->pos,
                                      ENT_S112_NAME_TWICE, NULL, "two issues are called `%s`",
                                      g->issues[i].name);
        }
    }
    return ENT_OK;
}

/* Tell once for the file how many issues are declared in an odd way. */
static void tell_odd_issues(ent_genius *g)
{
    uint32_t untyped = 0;
    const ent_xml *first = NULL;
    for (uint32_t i = g->issue_count; i-- > 0;) {
        if (ent_xml_get(g->about[i].element, "type") == NULL) {
            untyped++;
            first = g->about[i].element;
        }
    }
    if (first != NULL) {
        ent_scenario_odd(g->work, g->text, first->pos, ENT_S202_ODD_ISSUE, NULL,
                         "issues without a `type` are taken as discrete: %u of %u", untyped,
                         g->issue_count);
    }
    if (g->about[0].number != 1) {
        ent_scenario_odd(g->work, g->text, g->about[0].element->pos, ENT_S202_ODD_ISSUE, NULL,
                         "issues are numbered from %ld, not from 1", g->about[0].number);
    }
}

/* The <utility_space> that holds the issues; other children of the root are told of. */
static const ent_xml *space_of(ent_genius *g, const ent_xml *root)
{
    const ent_xml *space = ent_xml_child(root, "utility_space");
    const ent_xml *first = NULL;
    size_t others = 0;
    for (const ent_xml *e = root->first; e != NULL && space != NULL; e = e->next) {
        first = first == NULL && e != space ? e : first;
        others += e != space;
    }
    if (others > 0) {
        ent_scenario_odd(g->work, g->text, first->pos, ENT_S201_LEFT_OUT, NULL,
                         "<%s>%s in a domain %s left out", first->tag,
                         others > 1 ? " and others" : "", others > 1 ? "are" : "is");
    }
    return space == NULL ? root : space;
}

ent_status ent_genius_domain(ent_genius *g)
{
    const ent_xml *root = NULL;
    ent_status status = ent_read_xml(g->work, g->text, &root);
    if (status != ENT_OK) {
        return status;
    }
    ent_genius_leaves leaves = {0};
    status = ent_genius_collect(g, space_of(g, root), &leaves);
    if (status != ENT_OK) {
        return status;
    }
    if (leaves.count == 0) {
        return ent_scenario_fault(g->work, g->text, root->pos, ENT_S105_NO_DOMAIN, NULL,
                                  "the domain has no issues");
    }
    g->issue_count = (uint32_t)leaves.count;
    g->issues = ent_alloc(g->work->arena, leaves.count, ent_scenario_issue);
    g->about = ent_alloc(g->work->arena, leaves.count, ent_genius_issue);
    for (uint32_t i = 0; i < g->issue_count && status == ENT_OK; i++) {
        g->about[i].element = leaves.at[i].element;
        g->about[i].number = leaves.at[i].number;
        status = read_issue(g, i);
    }
    status = status == ENT_OK ? check_names(g) : status;
    if (status == ENT_OK) {
        tell_odd_issues(g);
    }
    return status;
}

/* An item's evaluation into raw; *greatest is over all items, also those the domain lacks. */
static ent_status read_evaluation(ent_genius *g, uint32_t index, const ent_xml *item, double *raw,
                                  double *greatest)
{
    const char *value = ent_xml_get(item, "value");
    const char *text = ent_xml_get(item, "evaluation");
    double x = 0;
    if (value == NULL) {
        return ent_scenario_fault(g->work, g->text, item->pos, ENT_S108_MISSING_PART, NULL,
                                  "<item> has no `value`");
    }
    if (text == NULL || strcmp(text, "null") == 0) {
        return ENT_OK; /* found missing when all items are read */
    }
    ent_status status = ent_genius_number(g, item, "evaluation", &x);
    if (status != ENT_OK) {
        return status;
    }
    *greatest = isnan(*greatest) || x > *greatest ? x : *greatest;
    const char *tidy = ent_tidy(g->work->arena, value);
    uint32_t level = ent_names_find(&g->about[index].values, tidy);
    if (level == UINT32_MAX) {
        ent_scenario_odd(g->work, g->text, item->pos, ENT_S203_ODD_VALUE, NULL,
                         "the domain's `%s` has no value `%s`", g->issues[index].name, tidy);
        return ENT_OK;
    }
    if (!isnan(raw[level])) {
        ent_scenario_odd(g->work, g->text, item->pos, ENT_S203_ODD_VALUE, NULL,
                         "the value `%s` of `%s` appears twice; the last evaluation counts", tidy,
                         g->issues[index].name);
    }
    if (x < 0) {
        ent_scenario_odd(g->work, g->text, item->pos, ENT_S203_ODD_VALUE, NULL,
                         "the evaluation of `%s` is negative", tidy);
    }
    raw[level] = x;
    return ENT_OK;
}

static ent_status read_table(ent_genius *g, const ent_xml *element, uint32_t index,
                             ent_evaluator *e)
{
    const ent_scenario_issue *issue = &g->issues[index];
    double *raw = ent_alloc(g->work->arena, issue->levels, double);
    double greatest = (double)NAN;
    for (uint64_t k = 0; k < issue->levels; k++) {
        raw[k] = (double)NAN;
    }
    for (const ent_xml *item = ent_xml_child(element, "item"); item != NULL;
         item = ent_xml_next(item, "item")) {
        ent_status status = read_evaluation(g, index, item, raw, &greatest);
        if (status != ENT_OK) {
            return status;
        }
    }
    for (uint64_t k = 0; k < issue->levels; k++) {
        if (isnan(raw[k])) {
            ent_scenario_odd(g->work, g->text, element->pos, ENT_S203_ODD_VALUE, NULL,
                             "the value `%s` of `%s` has no evaluation and gets 0",
                             issue->values[k], issue->name);
            raw[k] = 0;
        }
    }
    e->curve = ENT_CURVE_TABLE;
    e->raw = raw;
    e->divisor = greatest;
    if (!(greatest >= LEAST_MAXIMUM)) {
        ent_scenario_odd(g->work, g->text, element->pos, ENT_S203_ODD_VALUE, NULL,
                         "no evaluation of `%s` is above 0: the issue adds nothing", issue->name);
        e->divisor = (double)INFINITY; /* every evaluation comes to 0, and is kept as it stands */
    }
    return ENT_OK;
}

static ent_status read_affine(ent_genius *g, const ent_xml *f, const char *slope,
                              const char *offset, double origin, ent_evaluator *e)
{
    e->curve = ENT_CURVE_AFFINE;
    e->clamped = true;
    e->origin = origin;
    ent_status status = ent_genius_number(g, f, slope, &e->slope);
    return status == ENT_OK ? ent_genius_number(g, f, offset, &e->offset) : status;
}

static ent_status read_triangle(ent_genius *g, const ent_xml *f, ent_evaluator *e)
{
    e->curve = ENT_CURVE_TRIANGLE;
    e->slope = 1;
    ent_status status = ent_genius_number(g, f, "parameter0", &e->start);
    status = status == ENT_OK ? ent_genius_number(g, f, "parameter1", &e->end) : status;
    status = status == ENT_OK ? ent_genius_number(g, f, "parameter2", &e->top) : status;
    if (status == ENT_OK && ent_xml_get(f, "parameter3") != NULL) {
        status = ent_genius_number(g, f, "parameter3", &e->slope);
    }
    if (status == ENT_OK && !(e->start <= e->top && e->top <= e->end)) {
        return ent_scenario_fault(g->work, g->text, f->pos, ENT_S110_BAD_RANGE, NULL,
                                  "the triangle's top does not lie between its ends");
    }
    return status;
}

/* The function of an integer or real issue; Genius gives 0 where an integer has none. */
static ent_status read_function(ent_genius *g, const ent_xml *element, uint32_t index,
                                ent_evaluator *e)
{
    const ent_scenario_issue *issue = &g->issues[index];
    const ent_xml *f = ent_xml_child(element, "evaluator");
    if (f == NULL) {
        ent_scenario_odd(g->work, g->text, element->pos, ENT_S203_ODD_VALUE, NULL,
                         "`%s` has no <evaluator> and adds nothing", issue->name);
        e->curve = ENT_CURVE_AFFINE;
        return ENT_OK;
    }
    if (ent_xml_get(f, "slope") != NULL) {
        double origin = issue->lower;
        ent_status status = ent_xml_get(element, "lowerbound") == NULL
                                ? ENT_OK
                                : ent_genius_number(g, element, "lowerbound", &origin);
        return status == ENT_OK ? read_affine(g, f, "slope", "offset", origin, e) : status;
    }
    const char *type = ent_xml_get(f, "ftype");
    if (type == NULL || strcmp(type, "linear") == 0) {
        return read_affine(g, f, "parameter1", "parameter0", 0, e);
    }
    if (strcmp(type, "constant") == 0) {
        e->curve = ENT_CURVE_AFFINE;
        return ent_genius_number(g, f, "parameter0", &e->offset);
    }
    if (strncmp(type, "triangular", strlen("triangular")) == 0) {
        return read_triangle(g, f, e);
    }
    return ent_scenario_fault(g->work, g->text, f->pos, ENT_S111_UNSUPPORTED, NULL,
                              "no such function: `%s`", type);
}

static ent_status read_weight(ent_genius *g, const ent_genius_leaf *leaf, const char *name,
                              double *weight)
{
    if (leaf->weight != NULL) {
        return ent_genius_number(g, leaf->weight, "value", weight);
    }
    ent_scenario_odd(g->work, g->text, leaf->element->pos, ENT_S204_ODD_WEIGHT, NULL,
                     "`%s` has no weight and adds nothing", name);
    *weight = 0;
    return ENT_OK;
}

ent_status ent_genius_additive(ent_genius *g, const ent_genius_leaves *leaves,
                               const uint32_t *of, ent_utility *u)
{
    ent_evaluator *list = ent_alloc(g->work->arena, g->issue_count, ent_evaluator);
    double sum = 0;
    ent_status status = ENT_OK;
    for (size_t i = 0; i < leaves->count && status == ENT_OK; i++) {
        const ent_genius_leaf *leaf = &leaves->at[i];
        ent_evaluator *e = &list[of[i]];
        const ent_scenario_issue *issue = &g->issues[of[i]];
        e->divisor = 1;
        status = ent_scenario_room(g->work, g->text, leaf->element->pos, (double)issue->levels,
                                   &g->levels);
        status = status != ENT_OK                  ? status
                 : issue->kind == ENT_DISCRETE ? read_table(g, leaf->element, of[i], e)
                                                   : read_function(g, leaf->element, of[i], e);
        status = status == ENT_OK ? read_weight(g, leaf, issue->name, &e->weight) : status;
        sum += e->weight;
    }
    if (status != ENT_OK) {
        return status;
    }
    if (fabs(sum - 1) > 1e-6) {
        ent_scenario_odd(g->work, g->text, leaves->at[0].element->pos, ENT_S204_ODD_WEIGHT, NULL,
                         "the weights sum to %.9g and are taken as they stand", sum);
    }
    u->capped = true;
    u->evaluators = list;
    u->part = ent_evaluator_parts(g->work->arena, g->issues, g->issue_count, list);
    return ENT_OK;
}
