/*
 * GeniusWeb JSON (Pasman, Hindriks 2020): a domain {name, issuesValues} and a profile
 * {LinearAdditiveUtilitySpace: {issueUtilities, issueWeights, domain, name, reservationBid}} for
 * each party. u = sum of weight * utility of the value, neither divided nor capped; a value or an
 * issue without a utility counts 0, as in the program. The utilities of a number run straight from
 * lowUtility at lowValue to highUtility at highValue, rounded to eight digits. A profile
 * {SumOfGroupsUtilitySpace: {partUtilities, ...}} sums over groups of issues. The reservation value
 * is the utility of the reservation bid, 0 without one. O(bytes of the files).
 */
#include "io/geniusweb.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

static const char SPACE[] = "LinearAdditiveUtilitySpace", GROUPS[] = "SumOfGroupsUtilitySpace";

ent_status ent_geniusweb_missing(ent_geniusweb *w, const ent_node *node, const char *key)
{
    return ent_scenario_fault(w->work, w->text, node->pos, ENT_S108_MISSING_PART, NULL,
                              "`%s` is missing", key);
}

void ent_geniusweb_known(ent_geniusweb *w, const ent_node *map, const char *const *known)
{
    for (size_t i = 0; i < map->count && map->kind == ENT_MAP; i++) {
        const ent_node *key = map->entries[i].key;
        const char *const *k = known;
        while (*k != NULL && strcmp(*k, key->text) != 0) {
            k++;
        }
        if (*k == NULL) {
            ent_scenario_odd(w->work, w->text, key->pos, ENT_S201_LEFT_OUT, NULL,
                             "`%s` means nothing to GeniusWeb here, and is left out", key->text);
        }
    }
}

ent_status ent_geniusweb_utility(ent_geniusweb *w, const ent_node *parent, const ent_node *node,
                                 const char *what, double *value)
{
    ent_status status = ent_scenario_number(w->work, w->text, parent, node, what, value);
    if (status == ENT_OK && !(*value >= 0 && *value <= 1)) {
        ent_scenario_odd(w->work, w->text, node->pos, ENT_S205_ODD_NUMBER,
                         "GeniusWeb does not load such a profile",
                         "the utility %.9g of `%s` is not within 0 to 1 and is taken as it stands",
                         *value, what);
    }
    return status;
}

static ent_status read_issue(ent_geniusweb *w, uint32_t index, const ent_entry *entry)
{
    ent_scenario_issue *issue = &w->issues[index];
    issue->name = ent_tidy(w->work->arena, entry->key->text);
    if (ent_names_add(w->work->arena, &w->names, issue->name, index) != UINT32_MAX) {
        return ent_scenario_fault(w->work, w->text, entry->key->pos, ENT_S112_NAME_TWICE, NULL,
                                  "two issues are called `%s`", issue->name);
    }
    static const char *const known[] = {"values", "range", NULL};
    const ent_node *values = ent_node_get(entry->value, "values");
    ent_geniusweb_known(w, entry->value, known);
    const ent_node *range = ent_node_get(entry->value, "range");
    if (values != NULL) {
        return ent_discrete_issue(w->work, w->text, values, &w->values[index], issue);
    }
    return range != NULL ? ent_geniusweb_range(w, range, issue)
                         : ent_geniusweb_missing(w, entry->value, "values");
}

static ent_status read_domain(ent_geniusweb *w, const ent_node *domain, const char **name)
{
    static const char *const known[] = {"issuesValues", "name", NULL};
    const ent_node *issues = ent_node_get(domain, "issuesValues");
    ent_geniusweb_known(w, domain, known);
    const ent_node *title = ent_node_get(domain, "name");
    if (issues == NULL || issues->kind != ENT_MAP || issues->count == 0) {
        return ent_scenario_fault(w->work, w->text, domain->pos, ENT_S105_NO_DOMAIN, NULL,
                                  "the domain has no `issuesValues`");
    }
    if (issues->count > ENT_SCENARIO_ISSUES) {
        return ent_scenario_fault(w->work, w->text, issues->pos, ENT_S104_TOO_MUCH, NULL,
                                  "more than %d issues", ENT_SCENARIO_ISSUES);
    }
    if (title != NULL && title->kind == ENT_SCALAR) {
        *name = title->text;
    }
    w->issue_count = (uint32_t)issues->count;
    w->issues = ent_alloc(w->work->arena, issues->count, ent_scenario_issue);
    w->values = ent_alloc(w->work->arena, issues->count, ent_names);
    ent_status status = ENT_OK;
    for (uint32_t i = 0; i < w->issue_count && status == ENT_OK; i++) {
        status = read_issue(w, i, &issues->entries[i]);
    }
    return status;
}

/* The domain that a profile repeats must be the domain. */
static ent_status check_domain(ent_geniusweb *w, const ent_node *domain)
{
    ent_geniusweb own = {.work = w->work, .text = w->text};
    const char *name = "";
    ent_status status = read_domain(&own, domain, &name);
    if (status != ENT_OK) {
        return status;
    }
    for (uint32_t i = 0; i < own.issue_count; i++) {
        const ent_scenario_issue *a = &own.issues[i];
        uint32_t k = ent_names_find(&w->names, a->name);
        bool same = k != UINT32_MAX && w->issues[k].kind == a->kind &&
                    w->issues[k].levels == a->levels &&
                    (a->kind == ENT_DISCRETE || (w->issues[k].lower == a->lower &&
                                                 w->issues[k].step == a->step));
        for (uint64_t v = 0; same && a->kind == ENT_DISCRETE && v < a->levels; v++) {
            same = ent_names_find(&w->values[k], a->values[v]) != UINT32_MAX;
        }
        if (!same || own.issue_count != w->issue_count) {
            return ent_scenario_fault(w->work, w->text, domain->pos, ENT_S107_OTHER_DOMAIN, NULL,
                                      same ? "the profile's domain has other issues"
                                           : "the domain has no issue like `%s`", a->name);
        }
    }
    return ENT_OK;
}

static ent_status read_table(ent_geniusweb *w, uint32_t index, const ent_node *map,
                             ent_evaluator *e)
{
    const ent_scenario_issue *issue = &w->issues[index];
    double *raw = ent_alloc(w->work->arena, issue->levels, double);
    uint64_t given = 0;
    if (map->kind != ENT_MAP) {
        return ent_geniusweb_missing(w, map, "valueUtilities");
    }
    for (size_t i = 0; i < map->count; i++) {
        const ent_entry *entry = &map->entries[i];
        const char *value = ent_tidy(w->work->arena, entry->key->text);
        uint64_t level = ent_scenario_level(issue, &w->values[index], value);
        double x = 0;
        ent_status status = ent_geniusweb_utility(w, map, entry->value, value, &x);
        if (status != ENT_OK) {
            return status;
        }
        if (level == UINT64_MAX) {
            ent_scenario_odd(w->work, w->text, entry->key->pos, ENT_S203_ODD_VALUE, NULL,
                             "the domain's `%s` has no value `%s`", issue->name, value);
            continue;
        }
        raw[level] = x;
        given++;
    }
    if (given < issue->levels) {
        ent_scenario_odd(w->work, w->text, map->pos, ENT_S203_ODD_VALUE, NULL,
                         "values of `%s` without a utility count 0: %llu of %llu", issue->name,
                         (unsigned long long)(issue->levels - given),
                         (unsigned long long)issue->levels);
    }
    *e = (ent_evaluator){.curve = ENT_CURVE_TABLE, .raw = raw, .divisor = 1};
    return ENT_OK;
}

/* The value under the first of the names that is there. */
static const ent_node *either(const ent_node *map, const char *newer, const char *older)
{
    const ent_node *node = ent_node_get(map, newer);
    return node != NULL ? node : ent_node_get(map, older);
}

static ent_status read_utilities(ent_geniusweb *w, uint32_t index, const ent_node *node,
                                 ent_evaluator *e)
{
    const ent_node *table = either(node, "DiscreteValueSetUtilities", "discreteutils");
    const ent_node *line = either(node, "NumberValueSetUtilities", "numberutils");
    if (table != NULL) {
        const ent_node *map = ent_node_get(table, "valueUtilities");
        return read_table(w, index, map == NULL ? table : map, e);
    }
    if (line != NULL && w->issues[index].kind == ENT_DISCRETE) {
        return ent_scenario_fault(w->work, w->text, line->pos, ENT_S107_OTHER_DOMAIN, NULL,
                                  "`%s` holds no numbers in the domain", w->issues[index].name);
    }
    return line != NULL ? ent_geniusweb_line(w, line, index, e)
                        : ent_scenario_fault(w->work, w->text, node->pos, ENT_S111_UNSUPPORTED,
                                             NULL, "no known kind of utilities for `%s`",
                                             w->issues[index].name);
}

static ent_status read_issues(ent_geniusweb *w, const ent_node *space, ent_evaluator *list)
{
    const ent_node *utilities = ent_node_get(space, "issueUtilities");
    if (utilities == NULL || utilities->kind != ENT_MAP) {
        return ent_geniusweb_missing(w, space, "issueUtilities");
    }
    ent_status status = ENT_OK;
    for (size_t i = 0; i < utilities->count && status == ENT_OK; i++) {
        const ent_entry *entry = &utilities->entries[i];
        const char *name = ent_tidy(w->work->arena, entry->key->text);
        uint32_t index = ent_names_find(&w->names, name);
        if (index == UINT32_MAX) {
            return ent_scenario_fault(w->work, w->text, entry->key->pos, ENT_S107_OTHER_DOMAIN,
                                      NULL, "the domain has no issue `%s`", name);
        }
        status = ent_scenario_room(w->work, w->text, entry->key->pos,
                                   (double)w->issues[index].levels, &w->levels);
        status = status == ENT_OK ? read_utilities(w, index, entry->value, &list[index]) : status;
    }
    return status;
}

static ent_status read_weights(ent_geniusweb *w, const ent_node *space, ent_evaluator *list)
{
    const ent_node *weights = ent_node_get(space, "issueWeights");
    double sum = 0;
    if (weights == NULL || weights->kind != ENT_MAP) {
        return ent_geniusweb_missing(w, space, "issueWeights");
    }
    for (size_t i = 0; i < weights->count; i++) {
        const ent_entry *entry = &weights->entries[i];
        const char *name = ent_tidy(w->work->arena, entry->key->text);
        uint32_t index = ent_names_find(&w->names, name);
        double weight = 0;
        ent_status status = ent_scenario_number(w->work, w->text, weights, entry->value, name,
                                                &weight);
        if (status != ENT_OK) {
            return status;
        }
        if (index == UINT32_MAX || list[index].divisor == 0) {
            ent_scenario_odd(w->work, w->text, entry->key->pos, ENT_S204_ODD_WEIGHT, NULL,
                             "a weight for `%s`, which has no utilities, was left out", name);
            continue;
        }
        list[index].weight = weight;
        sum += weight;
    }
    if (fabs(sum - 1) > 1e-6) {
        ent_scenario_odd(w->work, w->text, weights->pos, ENT_S204_ODD_WEIGHT, NULL,
                         "the weights sum to %.9g and are taken as they stand", sum);
    }
    return ENT_OK;
}

/* Issues that the profile passes over count 0. */
static void fill_gaps(ent_geniusweb *w, const ent_node *space, ent_evaluator *list)
{
    for (uint32_t i = 0; i < w->issue_count; i++) {
        if (list[i].divisor == 0) {
            ent_scenario_odd(w->work, w->text, space->pos, ENT_S203_ODD_VALUE, NULL,
                             "`%s` has no utilities and counts 0", w->issues[i].name);
            list[i] = (ent_evaluator){.curve = ENT_CURVE_AFFINE, .divisor = 1};
        }
    }
}

/* A group counts where all of its issues have a value. */
static double value_of_bid(const ent_geniusweb *w, const ent_utility *u, const uint64_t *levels)
{
    double sum = 0;
    for (uint32_t i = 0; i < w->issue_count; i++) {
        sum += levels[i] == UINT64_MAX ? 0 : u->part[i][levels[i]];
    }
    for (size_t k = 0; k < u->box_count; k++) {
        const ent_box *box = &u->boxes[k];
        bool inside = true;
        for (uint32_t i = 0; i < w->issue_count && inside; i++) {
            bool free = box->low[i] == 0 && box->high[i] + 1 == w->issues[i].levels;
            inside = free || (levels[i] != UINT64_MAX && levels[i] >= box->low[i] &&
                              levels[i] <= box->high[i]);
        }
        sum += inside ? box->utility : 0;
    }
    return sum;
}

/* The utility of the reservation bid; an issue that it leaves out counts 0. */
static ent_status read_reservation(ent_geniusweb *w, const ent_node *space, ent_utility *u)
{
    const ent_node *bid = either(space, "reservationBid", "reservationbid");
    const ent_node *values = bid == NULL ? NULL : ent_node_get(bid, "issuevalues");
    if (values == NULL || values->kind != ENT_MAP) {
        return ENT_OK;
    }
    uint64_t *levels = ent_alloc(w->work->arena, w->issue_count, uint64_t);
    memset(levels, 0xFF, w->issue_count * sizeof *levels);
    for (size_t i = 0; i < values->count; i++) {
        const ent_entry *entry = &values->entries[i];
        uint32_t index = ent_names_find(&w->names,
                                        ent_tidy(w->work->arena, entry->key->text));
        uint64_t level = UINT64_MAX;
        if (index != UINT32_MAX && entry->value->kind == ENT_SCALAR) {
            level = ent_scenario_level(&w->issues[index], &w->values[index],
                                       ent_tidy(w->work->arena, entry->value->text));
        }
        if (index == UINT32_MAX) {
            return ent_scenario_fault(w->work, w->text, entry->key->pos, ENT_S107_OTHER_DOMAIN,
                                      NULL, "the reservation bid names no issue of the domain");
        }
        if (level == UINT64_MAX) {
            ent_scenario_odd(w->work, w->text, entry->value->pos, ENT_S203_ODD_VALUE, NULL,
                             "the reservation bid has no value of `%s`, which counts 0",
                             w->issues[index].name);
        }
        levels[index] = level;
    }
    u->reservation = value_of_bid(w, u, levels);
    u->reserved = levels;
    return ENT_OK;
}

static ent_status parse(ent_work *work, const ent_text *text, const ent_node **root)
{
    ent_status status = ent_read_json(work, text, root);
    if (status == ENT_OK && (*root)->kind != ENT_MAP) {
        return ent_scenario_fault(work, text, (*root)->pos, ENT_S101_BAD_SCENARIO, NULL,
                                  "a map should stand here");
    }
    return status;
}

static ent_status read_groups(ent_geniusweb *w, const ent_node *space, ent_utility *u)
{
    static const char *const known[] = {"partUtilities", "domain", "name", "reservationBid",
                                        "reservationbid", NULL};
    const ent_node *domain = ent_node_get(space, "domain");
    *u = (ent_utility){.scale = 1, .discount = 1};
    ent_geniusweb_known(w, space, known);
    ent_status status = domain == NULL ? ENT_OK : check_domain(w, domain);
    status = status == ENT_OK ? ent_geniusweb_groups(w, space, u) : status;
    return status == ENT_OK ? read_reservation(w, space, u) : status;
}

static ent_status read_profile(ent_geniusweb *w, const ent_node *root, ent_utility *u)
{
    static const char *const known[] = {"issueUtilities", "issueWeights", "domain", "name",
                                        "reservationBid", "reservationbid", NULL};
    const ent_node *space = either(root, SPACE, GROUPS);
    if (space == NULL || space->kind != ENT_MAP) {
        return ent_scenario_fault(w->work, w->text, root->pos, ENT_S111_UNSUPPORTED, NULL,
                                  "only profiles of the kinds %s and %s are read: others give no "
                                  "number to every outcome", SPACE, GROUPS);
    }
    if (ent_node_get(root, SPACE) == NULL) {
        return read_groups(w, space, u);
    }
    ent_geniusweb_known(w, space, known);
    const ent_node *domain = ent_node_get(space, "domain");
    ent_evaluator *list = ent_alloc(w->work->arena, w->issue_count, ent_evaluator);
    *u = (ent_utility){.scale = 1, .discount = 1, .evaluators = list};
    ent_status status = domain == NULL ? ENT_OK : check_domain(w, domain);
    status = status == ENT_OK ? read_issues(w, space, list) : status;
    status = status == ENT_OK ? read_weights(w, space, list) : status;
    if (status != ENT_OK) {
        return status;
    }
    fill_gaps(w, space, list);
    u->part = ent_evaluator_parts(w->work->arena, w->issues, w->issue_count, list);
    return read_reservation(w, space, u);
}

/* The domain's node: a file of its own, or what the first profile repeats. */
static ent_status find_domain(ent_geniusweb *w, const ent_scenario_files *files,
                              const ent_node **domain)
{
    w->text = files->domain.at != NULL ? &files->domain : &files->profiles[0];
    const ent_node *root = NULL;
    ent_status status = parse(w->work, w->text, &root);
    if (status != ENT_OK || files->domain.at != NULL) {
        *domain = root;
        return status;
    }
    const ent_node *space = either(root, SPACE, GROUPS);
    *domain = space == NULL ? NULL : ent_node_get(space, "domain");
    return *domain != NULL ? ENT_OK : ent_geniusweb_missing(w, root, "domain");
}

static ent_status read_geniusweb(ent_work *work, const ent_scenario_files *files,
                                 ent_scenario *out)
{
    ent_geniusweb w = {.work = work};
    const ent_node *domain = NULL;
    const char *name = files->name;
    ent_status status = find_domain(&w, files, &domain);
    status = status == ENT_OK ? read_domain(&w, domain, &name) : status;
    ent_utility *utilities = ent_alloc(work->arena, files->count, ent_utility);
    for (size_t p = 0; p < files->count && status == ENT_OK; p++) {
        const ent_node *root = NULL;
        w.text = &files->profiles[p];
        status = parse(work, w.text, &root);
        status = status == ENT_OK ? read_profile(&w, root, &utilities[p]) : status;
    }
    *out = (ent_scenario){.name = name, .format = "geniusweb", .issues = w.issues,
                          .issue_count = w.issue_count, .utilities = utilities,
                          .parties = files->profile_names,
                          .party_count = (uint32_t)files->count};
    return status;
}

/* Is there a key that ends so? */
static bool has_key(const char *at, const char *ending)
{
    while ((at = strstr(at, ending)) != NULL) {
        at += strlen(ending);
        at += strspn(at, " \t\r\n");
        if (*at == ':') {
            return true;
        }
    }
    return false;
}

static ent_file_role role(ent_arena *arena, const ent_text *text)
{
    (void)arena;
    if (has_key(text->at, "UtilitySpace\"") || has_key(text->at, "PartialOrdering\"")) {
        return ENT_IS_PROFILE;
    }
    return has_key(text->at, "\"issuesValues\"") ? ENT_IS_DOMAIN : ENT_NO_PART;
}

static const char *const extensions[] = {"json", NULL};

const ent_scenario_format ent_format_geniusweb = {
    .name = "geniusweb",
    .title = "GeniusWeb",
    .extensions = extensions,
    .folder = true,
    .role = role,
    .read = read_geniusweb,
    .write = ent_geniusweb_write,
};
