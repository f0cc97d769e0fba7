/*
 * NegMAS YAML and JSON (Mohammad, Nakadai, Greenwald 2021): a folder with an outcome space and a
 * utility function for each party, each a map that names its class in `type`.
 *
 * The meaning is that of NegMAS 0.15: u = bias + sum of weight * f(value), neither divided nor
 * capped; missing weights of a LinearAdditiveUtilityFunction are 1, of an affine one 1/issues;
 * hyper-rectangles add up; discounted functions wrap another; a missing reserved value is -inf
 * unless there is a reserved outcome. O(bytes of the files).
 */
#include "io/negmas.h"

#include "base/number.h"

#include <math.h>
#include <string.h>
#include <strings.h>

enum { DEEPEST = 16 }; /* functions within functions */

const char *ent_negmas_type(ent_negmas *n, const ent_node *node)
{
    const ent_node *type = ent_node_get(node, "type");
    type = type != NULL ? type : ent_node_get(node, "__python_class__");
    if (type == NULL || type->kind != ENT_SCALAR) {
        return "";
    }
    const char *dot = strrchr(type->text, '.');
    return dot == NULL ? ent_tidy(n->work->arena, type->text) : dot + 1;
}

ent_status ent_negmas_number(ent_negmas *n, const ent_node *node, const char *key, double fallback,
                             double *value)
{
    const ent_node *number = ent_node_get(node, key);
    if ((number == NULL || ent_node_is_null(number)) && !isnan(fallback)) {
        *value = fallback;
        return ENT_OK;
    }
    return ent_scenario_number(n->work, n->text, node, number, key, value);
}

uint32_t ent_negmas_issue(const ent_negmas *n, const ent_node *key)
{
    uint32_t by_name = ent_names_find(&n->names, key->text);
    uint64_t index;
    bool number = ent_parse_count(key->text, key->length, n->issue_count, &index) &&
                  index < n->issue_count;
    return number && (key->plain || by_name == UINT32_MAX) ? (uint32_t)index : by_name;
}

const ent_node *ent_negmas_item(const ent_negmas *n, const ent_node *node, uint32_t i)
{
    if (node->kind == ENT_LIST) {
        return i < node->count ? node->items[i] : NULL;
    }
    return ent_node_get(node, n->issues[i].name);
}

ent_status ent_negmas_parse(ent_work *work, const ent_text *text, const ent_node **root)
{
    const char *dot = strrchr(text->name, '.');
    bool json = dot != NULL && strcmp(dot, ".json") == 0;
    /* Python writes -Infinity, which is no JSON but reads as YAML. */
    json = json && strstr(text->at, "Infinity") == NULL && strstr(text->at, "NaN") == NULL;
    ent_status status = json ? ent_read_json(work, text, root) : ent_read_yaml(work, text, root);
    if (status == ENT_OK && (*root)->kind != ENT_MAP) {
        return ent_scenario_fault(work, text, (*root)->pos, ENT_S101_BAD_SCENARIO, NULL,
                                  "a map should stand here");
    }
    return status;
}

/* The weight of issue i among `weights`, a list or a map by names. */
static ent_status read_weight(ent_negmas *n, const ent_node *node, uint32_t i, double fallback,
                              double *weight)
{
    const ent_node *weights = ent_node_get(node, "weights");
    if (weights == NULL || ent_node_is_null(weights)) {
        *weight = fallback;
        return ENT_OK;
    }
    const ent_node *item = ent_negmas_item(n, weights, i);
    if (item == NULL && weights->kind == ENT_MAP) {
        *weight = 1;
        return ENT_OK;
    }
    if (item == NULL) {
        return ent_scenario_fault(n->work, n->text, weights->pos, ENT_S108_MISSING_PART, NULL,
                                  "`weights` has none for `%s`", n->issues[i].name);
    }
    return ent_scenario_number(n->work, n->text, weights, item, "weights", weight);
}

/* Add the list, times factor, to what the profile has so far. */
static void add_evaluators(ent_negmas *n, const ent_evaluator *list, double factor,
                           ent_utility *u)
{
    if (u->evaluators == NULL && factor == 1) {
        u->evaluators = list;
        return;
    }
    ent_evaluator *sum = ent_alloc(n->work->arena, n->issue_count, ent_evaluator);
    for (uint32_t i = 0; i < n->issue_count; i++) {
        const ent_scenario_issue *issue = &n->issues[i];
        double *raw = ent_alloc(n->work->arena, issue->levels, double);
        for (uint64_t k = 0; k < issue->levels; k++) {
            const ent_evaluator *old = u->evaluators == NULL ? NULL : &u->evaluators[i];
            raw[k] = old == NULL ? 0 : old->weight * ent_evaluate(issue, old, k);
            raw[k] += factor * (list[i].weight * ent_evaluate(issue, &list[i], k));
        }
        sum[i] = (ent_evaluator){.raw = raw, .weight = 1, .divisor = 1};
    }
    u->evaluators = sum;
}

static ent_status read_additive(ent_negmas *n, const ent_node *node, double factor, ent_utility *u)
{
    const ent_node *values = ent_node_get(node, "values");
    double bias = 0;
    ent_evaluator *list = ent_alloc(n->work->arena, n->issue_count, ent_evaluator);
    if (values == NULL || values->kind == ENT_SCALAR) {
        return ent_scenario_fault(n->work, n->text, node->pos, ENT_S108_MISSING_PART, NULL,
                                  "`values` is missing");
    }
    if (values->kind == ENT_LIST && values->count != n->issue_count) {
        return ent_scenario_fault(n->work, n->text, values->pos, ENT_S107_OTHER_DOMAIN, NULL,
                                  "%s for %s",
                                  ent_counted(n->work->arena, values->count, "value functions"),
                                  ent_counted(n->work->arena, n->issue_count, "issues"));
    }
    ent_status status = ent_negmas_number(n, node, "bias", 0, &bias);
    for (uint32_t i = 0; i < n->issue_count && status == ENT_OK; i++) {
        const ent_node *f = ent_negmas_item(n, values, i);
        status = ent_scenario_room(n->work, n->text, values->pos, (double)n->issues[i].levels,
                                   &n->levels);
        if (status == ENT_OK) {
            status = f == NULL ? ent_negmas_affine(n, values, i, 1, 0, &list[i])
                               : ent_negmas_function(n, f, i, &list[i]);
        }
        status = status == ENT_OK ? read_weight(n, node, i, 1, &list[i].weight) : status;
    }
    n->bias += factor * bias;
    if (status == ENT_OK) {
        add_evaluators(n, list, factor, u);
    }
    return status;
}

/* bias + sum of weight * number. */
static ent_status read_affine(ent_negmas *n, const ent_node *node, double factor, ent_utility *u)
{
    double bias = 0;
    ent_evaluator *list = ent_alloc(n->work->arena, n->issue_count, ent_evaluator);
    ent_status status = ent_negmas_number(n, node, "bias", 0, &bias);
    for (uint32_t i = 0; i < n->issue_count && status == ENT_OK; i++) {
        status = ent_scenario_room(n->work, n->text, node->pos, (double)n->issues[i].levels,
                                   &n->levels);
        status = status == ENT_OK ? ent_negmas_affine(n, node, i, 1, 0, &list[i]) : status;
        status = status == ENT_OK
                     ? read_weight(n, node, i, 1.0 / n->issue_count, &list[i].weight)
                     : status;
    }
    n->bias += factor * bias;
    if (status == ENT_OK) {
        add_evaluators(n, list, factor, u);
    }
    return status;
}

/* A map from the values of the only issue. */
static ent_status read_mapping(ent_negmas *n, const ent_node *node, double factor, ent_utility *u)
{
    const ent_node *mapping = ent_node_get(node, "mapping");
    if (n->issue_count != 1 || mapping == NULL) {
        return ent_scenario_fault(n->work, n->text, node->pos, ENT_S111_UNSUPPORTED, NULL,
                                  "a mapping is read for a single issue only");
    }
    ent_evaluator *list = ent_alloc(n->work->arena, 1, ent_evaluator);
    ent_status status = ent_negmas_function(n, mapping, 0, list);
    if (status == ENT_OK) {
        add_evaluators(n, list, factor, u);
    }
    return status;
}

static ent_status read_discount(ent_negmas *n, const ent_node *node, bool linear, ent_utility *u)
{
    const ent_node *factor = ent_node_get(node, "factor");
    const char *of = factor != NULL && factor->kind == ENT_SCALAR ? factor->text : "step";
    bool time = strstr(of, "time") != NULL;
    double power = 1;
    double fallback = linear ? 0 : 1;
    ent_status status = ent_negmas_number(n, node, linear ? "cost" : "discount", fallback,
                                          &u->discount);
    status = status == ENT_OK ? ent_negmas_number(n, node, "power", 1, &power) : status;
    if (linear && power != 1) {
        return ent_scenario_fault(n->work, n->text, node->pos, ENT_S111_UNSUPPORTED, NULL,
                                  "a cost to the power of %g is not read", power);
    }
    u->discounting = linear ? (time ? ENT_COST_TIME : ENT_COST_ROUNDS)
                            : (time ? ENT_DISCOUNT_TIME : ENT_DISCOUNT_ROUNDS);
    if (u->discount == 0) { /* no cost, or what NegMAS takes as no discount */
        u->discount = 1;
        u->discounting = ENT_DISCOUNT_TIME;
    }
    return status;
}

static ent_status read_ufun(ent_negmas *n, const ent_node *node, double factor, int depth,
                            ent_utility *u);

static ent_status read_weighted(ent_negmas *n, const ent_node *node, double factor, int depth,
                                ent_utility *u)
{
    const ent_node *list = ent_node_get(node, "ufuns");
    const ent_node *weights = ent_node_get(node, "weights");
    if (list == NULL || list->kind != ENT_LIST) {
        return ent_scenario_fault(n->work, n->text, node->pos, ENT_S108_MISSING_PART, NULL,
                                  "`ufuns` is missing");
    }
    ent_status status = ENT_OK;
    for (size_t i = 0; i < list->count && status == ENT_OK; i++) {
        double weight = 1;
        if (weights != NULL && weights->kind == ENT_LIST) {
            status = ent_scenario_number(n->work, n->text, weights,
                                         i < weights->count ? weights->items[i] : NULL,
                                         "weights", &weight);
        }
        status = status == ENT_OK
                     ? read_ufun(n, list->items[i], factor * weight, depth + 1, u)
                     : status;
    }
    return status;
}

/* Keys of utility functions that are read, or that change no value. */
static const char *const function_keys[] = {
    "type", "__python_class__", "name", "id", "values", "weights", "bias", "reserved_value",
    "reserved_outcome", "ufun", "ufuns", "mapping", "value", "discount", "cost", "factor", "power",
    "dynamic_reservation", "outcome_ranges", "utilities", "ignore_issues_not_in_input",
    "ignore_failing_range_utilities", "issues", "outcomes", "outcome_space", "issue_names",
    "invalid_value", "owner", "owner_id", "domain", "n_edges", "stability",
    "default", /* of a mapping: values that it lacks are refused */
    NULL,
};

/* What nobody reads may mean something; each key is told where it stands. */
static void tell_unknown(ent_negmas *n, const ent_node *node)
{
    for (size_t i = 0; node->kind == ENT_MAP && i < node->count; i++) {
        const ent_node *key = node->entries[i].key;
        const char *const *k = function_keys;
        while (*k != NULL && strcmp(*k, key->text) != 0) {
            k++;
        }
        if (*k == NULL) {
            ent_scenario_odd(n->work, n->text, key->pos, ENT_S201_LEFT_OUT, NULL,
                             "`%s` of a utility function is not known, and is left out",
                             key->text);
        }
    }
    const ent_node *moves = ent_node_get(node, "dynamic_reservation");
    if (moves != NULL && moves->kind == ENT_SCALAR && strcasecmp(moves->text, "false") == 0) {
        ent_scenario_odd(n->work, n->text, moves->pos, ENT_S201_LEFT_OUT, NULL,
                         "that the reserved value does not shrink with time is left out: it is "
                         "compared with utilities before the discount");
    }
}

static ent_status read_ufun(ent_negmas *n, const ent_node *node, double factor, int depth,
                            ent_utility *u)
{
    const char *type = ent_negmas_type(n, node);
    const ent_node *inner = ent_node_get(node, "ufun");
    bool linear = strcmp(type, "LinDiscountedUFun") == 0;
    double value = 0;
    if (depth == DEEPEST || node->kind != ENT_MAP) {
        return ent_scenario_fault(n->work, n->text, node->pos, ENT_S111_UNSUPPORTED, NULL,
                                  "a utility function should stand here");
    }
    tell_unknown(n, node);
    if (strncmp(type, "LinearAdditive", 14) == 0 || strncmp(type, "LinearUtilityAgg", 16) == 0) {
        return read_additive(n, node, factor, u);
    }
    if (strcmp(type, "LinearUtilityFunction") == 0 || strcmp(type, "AffineUtilityFunction") == 0) {
        return read_affine(n, node, factor, u);
    }
    if (strcmp(type, "HyperRectangleUtilityFunction") == 0) {
        return ent_negmas_boxes(n, node, factor);
    }
    if (strcmp(type, "MappingUtilityFunction") == 0) {
        return read_mapping(n, node, factor, u);
    }
    if (strcmp(type, "ConstUtilityFunction") == 0) {
        ent_status status = ent_negmas_number(n, node, "value", (double)NAN, &value);
        n->bias += factor * value;
        return status;
    }
    if (strcmp(type, "WeightedUtilityFunction") == 0) {
        return read_weighted(n, node, factor, depth, u);
    }
    if ((linear || strcmp(type, "ExpDiscountedUFun") == 0) && inner != NULL && depth == 0) {
        ent_status status = read_discount(n, node, linear, u);
        return status == ENT_OK ? read_ufun(n, inner, factor, depth + 1, u) : status;
    }
    return ent_scenario_fault(n->work, n->text, node->pos, ENT_S111_UNSUPPORTED, NULL,
                              "utility functions of the kind `%s` are not read", type);
}

static bool is_word(const ent_node *node, const char *word)
{
    const char *text = node->kind == ENT_SCALAR ? node->text : "";
    text += *text == '.' || *text == '+';
    text += *text == '.';
    return strcasecmp(text, word) == 0;
}

static bool is_minus_infinity(const ent_node *node)
{
    const char *text = node->kind == ENT_SCALAR ? node->text : "";
    return *text == '-' && (strcasecmp(text, "-.inf") == 0 || strcasecmp(text, "-inf") == 0 ||
                            strcasecmp(text, "-Infinity") == 0);
}

/* Infinity, or no number at all: in NegMAS no outcome is better than that. */
static bool is_beyond_all(const ent_node *node)
{
    return is_word(node, "inf") || is_word(node, "Infinity") || is_word(node, "nan");
}

/* The value of the reserved outcome: a list by issue, or a map by issue name. */
static ent_status reserved_outcome(ent_negmas *n, const ent_node *outcome, ent_utility *u)
{
    uint64_t *levels = ent_alloc(n->work->arena, n->issue_count, uint64_t);
    for (uint32_t i = 0; i < n->issue_count; i++) {
        const ent_node *item = ent_negmas_item(n, outcome, i);
        levels[i] = item == NULL || item->kind != ENT_SCALAR
                        ? UINT64_MAX
                        : ent_scenario_level(&n->issues[i], &n->values[i], item->text);
        if (levels[i] == UINT64_MAX) {
            return ent_scenario_fault(n->work, n->text, outcome->pos, ENT_S107_OTHER_DOMAIN, NULL,
                                      "the reserved outcome has no value of `%s`",
                                      n->issues[i].name);
        }
    }
    ent_scenario alone = {.issue_count = n->issue_count, .issues = n->issues, .party_count = 1,
                          .utilities = u};
    u->reservation = ent_utility_of(&alone, 0, levels);
    u->reserved = levels;
    return ENT_OK;
}

static ent_status read_reservation(ent_negmas *n, const ent_node *root, ent_utility *u)
{
    const ent_node *value = ent_node_get(root, "reserved_value");
    const ent_node *outcome = ent_node_get(root, "reserved_outcome");
    const ent_node *inner = ent_node_get(root, "ufun");
    if (value == NULL && outcome == NULL && inner != NULL && inner->kind == ENT_MAP) {
        return read_reservation(n, inner, u);
    }
    u->reservation = -(double)INFINITY;
    bool given = value != NULL && !ent_node_is_null(value);
    if (given && is_beyond_all(value)) {
        u->reservation = HUGE_VAL;
        ent_scenario_odd(n->work, n->text, value->pos, ENT_S205_ODD_NUMBER, NULL,
                         "with the reserved value `%s` no outcome is as good as no agreement",
                         value->text);
        return ENT_OK;
    }
    if (given && !is_minus_infinity(value)) {
        return ent_scenario_number(n->work, n->text, root, value, "reserved_value",
                                   &u->reservation);
    }
    if (outcome == NULL || ent_node_is_null(outcome)) {
        return ENT_OK;
    }
    return reserved_outcome(n, outcome, u);
}

/* The bias goes into the table of the first issue: every outcome has one of its levels. */
static void spread_bias(ent_negmas *n, ent_utility *u)
{
    if (n->bias == 0 && (u->evaluators != NULL || n->boxes.count > 0)) {
        return;
    }
    ent_evaluator *list = ent_alloc(n->work->arena, n->issue_count, ent_evaluator);
    for (uint32_t i = 0; i < n->issue_count; i++) {
        list[i] = u->evaluators != NULL ? u->evaluators[i]
                                        : (ent_evaluator){.curve = ENT_CURVE_AFFINE,
                                                          .weight = 1, .divisor = 1};
    }
    if (list[0].curve == ENT_CURVE_AFFINE && list[0].weight == 1) {
        list[0].offset += n->bias;
    } else {
        double *raw = ent_alloc(n->work->arena, n->issues[0].levels, double);
        for (uint64_t k = 0; k < n->issues[0].levels; k++) {
            raw[k] = list[0].weight * ent_evaluate(&n->issues[0], &list[0], k) + n->bias;
        }
        list[0] = (ent_evaluator){.raw = raw, .weight = 1, .divisor = 1};
    }
    u->evaluators = list;
}

ent_status ent_negmas_profile(ent_negmas *n, const ent_node *root, ent_utility *u)
{
    ent_status status = ENT_OK;
    *u = (ent_utility){.scale = 1, .discount = 1};
    n->bias = 0;
    memset(&n->boxes, 0, sizeof n->boxes);
    status = status == ENT_OK ? read_ufun(n, root, 1, 0, u) : status;
    if (status != ENT_OK) {
        return status;
    }
    spread_bias(n, u);
    if (u->evaluators != NULL) {
        u->part = ent_evaluator_parts(n->work->arena, n->issues, n->issue_count, u->evaluators);
    }
    u->boxes = n->boxes.at;
    u->box_count = n->boxes.count;
    return read_reservation(n, root, u);
}

static ent_status read_negmas(ent_work *work, const ent_scenario_files *files, ent_scenario *out)
{
    ent_negmas n = {.work = work, .text = &files->domain};
    const char *name = files->name;
    if (files->domain.at == NULL) {
        return ent_fail(work->diags, ENT_INVALID, ENT_S105_NO_DOMAIN, NULL,
                        "`%s` holds utility functions but no outcome space", files->name);
    }
    const ent_node *root = NULL;
    ent_status status = ent_negmas_parse(work, n.text, &root);
    status = status == ENT_OK ? ent_negmas_domain(&n, root, &name) : status;
    ent_utility *utilities = ent_alloc(work->arena, files->count, ent_utility);
    for (size_t p = 0; p < files->count && status == ENT_OK; p++) {
        n.text = &files->profiles[p];
        status = ent_negmas_parse(work, n.text, &root);
        status = status == ENT_OK ? ent_negmas_profile(&n, root, &utilities[p]) : status;
    }
    *out = (ent_scenario){.name = name, .format = "negmas", .issues = n.issues,
                          .issue_count = n.issue_count, .utilities = utilities,
                          .parties = files->profile_names,
                          .party_count = (uint32_t)files->count};
    return status;
}

static ent_file_role role(ent_arena *arena, const ent_text *text)
{
    (void)arena;
    const char *at = text->at;
    if (strstr(at, "UtilityFunction") != NULL || strstr(at, "UFun") != NULL) {
        return ENT_IS_PROFILE;
    }
    bool space = strstr(at, "OutcomeSpace") != NULL || strstr(at, "CategoricalIssue") != NULL ||
                 strstr(at, "ContiguousIssue") != NULL || strstr(at, "ContinuousIssue") != NULL;
    return space && strstr(at, "issues") != NULL ? ENT_IS_DOMAIN : ENT_NO_PART;
}

/* What NegMAS keeps beside a scenario: facts about it, its statistics, drawings. */
static bool known(const char *name)
{
    return strncmp(name, "_info", 5) == 0 || strncmp(name, "_stats", 6) == 0 ||
           strncmp(name, "_plots", 6) == 0;
}

static const char *const extensions[] = {"yml", "yaml", "json", NULL};

const ent_scenario_format ent_format_negmas = {
    .name = "negmas",
    .title = "NegMAS",
    .extensions = extensions,
    .folder = true,
    .role = role,
    .known = known,
    .read = read_negmas,
    .write = ent_negmas_write,
};
