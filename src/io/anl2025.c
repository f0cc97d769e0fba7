/*
 * ANL 2025 (package anl2025 0.1): center.yml holds the centre's utility function, edges/ a utility
 * function for each edge. The centre comes to an agreement, or to none, with every edge apart; each
 * has the same outcome space. So the scenario has one issue for each edge, whose values are the
 * outcomes of that space and no agreement, and the parties are the centre and the edges.
 *
 *   MaxCenterUFun                 u = the greatest of side_i(outcome_i)
 *   LinearCombinationCenterUFun   u = sum of weight_i / (sum of weights) * side_i(outcome_i)
 *
 * A side function gives its reserved value to no agreement; with no agreement at all u is the
 * centre's reserved value, and also with fewer than all where `allow_partial_agreements` is false.
 * An edge gets its utility of its own outcome, and its reserved value of no agreement. Other centre
 * functions are Python programs (lambdas, tables read by code): they are refused.
 *
 * O(outcomes of the space ^ edges) for the centre's table.
 */
#include "io/anl2025.h"

#include "base/text.h"
#include "io/negmas.h"

#include <math.h>
#include <string.h>

enum { MOST_EDGES = 19 };

typedef struct league {
    ent_negmas n;            /* the outcome space of one edge */
    uint64_t outcomes;       /* of that space; the level behind them is no agreement */
    uint32_t edges;
    ent_utility *side;       /* [edges] the centre's side functions, over the space */
    const ent_node *centre;
    double reserved;         /* of the centre */
    bool partial;            /* agreements with some edges alone count */
} league;

static ent_status fault(league *l, const ent_node *node, ent_code code, const char *message)
{
    return ent_scenario_fault(l->n.work, l->n.text, node->pos, code, NULL, "%s", message);
}

/* The function's value of an outcome of the space, or of none. */
static double value_of(const league *l, const ent_utility *u, uint64_t outcome)
{
    uint64_t levels[ENT_SCENARIO_ISSUES];
    ent_scenario space = {.issues = l->n.issues, .issue_count = l->n.issue_count,
                          .party_count = 1, .utilities = u};
    if (outcome == l->outcomes) {
        return u->reservation;
    }
    ent_scenario_outcome(&space, outcome, levels);
    return ent_utility_of(&space, 0, levels);
}

/* Of the greatest, a side without a reserved value is never it. */
static ent_status read_sides(league *l, bool greatest)
{
    const ent_node *list = ent_node_get(l->centre, "side_ufuns");
    if (list == NULL || list->kind != ENT_LIST || list->count != l->edges) {
        return fault(l, list == NULL ? l->centre : list, ENT_S108_MISSING_PART,
                     "`side_ufuns` should hold a function for each edge");
    }
    l->side = ent_alloc(l->n.work->arena, l->edges, ent_utility);
    ent_status status = ENT_OK;
    for (uint32_t i = 0; i < l->edges && status == ENT_OK; i++) {
        status = list->items[i]->kind == ENT_MAP
                     ? ent_negmas_profile(&l->n, list->items[i], &l->side[i])
                     : fault(l, list->items[i], ENT_S111_UNSUPPORTED,
                             "a utility function should stand here");
        if (status == ENT_OK && !isfinite(l->side[i].reservation) &&
            (!greatest || l->side[i].reservation > 0)) {
            status = fault(l, list->items[i], ENT_S108_MISSING_PART,
                           "a side function needs a `reserved_value`, which no agreement is worth");
        }
        if (status == ENT_OK && l->side[i].discount != 1) {
            status = fault(l, list->items[i], ENT_S111_UNSUPPORTED,
                           "a discounted side function is not read");
        }
    }
    return status;
}

static ent_status read_head(league *l, const ent_scenario_files *files, const char **name)
{
    const ent_node *spaces = ent_node_get(l->centre, "outcome_space");
    const ent_node *partial = ent_node_get(l->centre, "allow_partial_agreements");
    const ent_node *reserved = ent_node_get(l->centre, "reserved_value");
    ent_scenario space;
    double edges = (double)files->count;
    l->edges = (uint32_t)files->count;
    l->partial = partial == NULL || partial->kind != ENT_SCALAR ||
                 (strcmp(partial->text, "false") != 0 && strcmp(partial->text, "False") != 0);
    if (spaces == NULL || spaces->kind != ENT_MAP) {
        return fault(l, l->centre, ENT_S111_UNSUPPORTED,
                     "only centres with one `outcome_space` for all edges are read");
    }
    ent_status status = ent_negmas_number(&l->n, l->centre, "n_edges", edges, &edges);
    if (status == ENT_OK && edges != (double)l->edges) {
        return fault(l, l->centre, ENT_S107_OTHER_DOMAIN,
                     "`n_edges` is not the number of files in the folder of edges");
    }
    if (status == ENT_OK && reserved != NULL && !ent_node_is_null(reserved)) {
        status = ent_negmas_number(&l->n, l->centre, "reserved_value", 0, &l->reserved);
    }
    status = status == ENT_OK ? ent_negmas_domain(&l->n, spaces, name) : status;
    space = (ent_scenario){.issues = l->n.issues, .issue_count = l->n.issue_count};
    if (status == ENT_OK &&
        (l->edges > MOST_EDGES || !ent_scenario_outcomes(&space, &l->outcomes) ||
         l->outcomes >= ENT_SCENARIO_LEVELS)) {
        return fault(l, l->centre, ENT_S104_TOO_MUCH, "too many edges or outcomes");
    }
    return status;
}

/* One issue for each edge: the outcomes, written as Python writes tuples, and none. */
static ent_scenario_issue *make_issues(league *l, const ent_scenario_files *files)
{
    ent_arena *arena = l->n.work->arena;
    ent_scenario_issue *issues = ent_alloc(arena, l->edges, ent_scenario_issue);
    const char **values = ent_alloc(arena, l->outcomes + 1, const char *);
    uint64_t levels[ENT_SCENARIO_ISSUES];
    ent_scenario space = {.issues = l->n.issues, .issue_count = l->n.issue_count};
    for (uint64_t k = 0; k < l->outcomes; k++) {
        ent_buffer b = ent_buffer_init(arena, 0);
        ent_scenario_outcome(&space, k, levels);
        for (uint32_t i = 0; i < space.issue_count; i++) {
            ent_putf(&b, "%s%s", i > 0 ? ", " : "",
                     ent_scenario_value_text(arena, &space.issues[i], levels[i]));
        }
        values[k] = ent_buffer_text(&b);
    }
    values[l->outcomes] = "no agreement";
    for (uint32_t e = 0; e < l->edges; e++) {
        issues[e] = (ent_scenario_issue){.name = files->profile_names[e], .kind = ENT_DISCRETE,
                                         .levels = l->outcomes + 1, .values = values};
    }
    return issues;
}

/* The centre's value where no agreement, or too few, are made; NaN where its sides decide. */
static double without_sides(const league *l, const uint64_t *levels)
{
    uint32_t agreed = 0;
    for (uint32_t e = 0; e < l->edges; e++) {
        agreed += levels[e] != l->outcomes;
    }
    return agreed == 0 || (!l->partial && agreed < l->edges) ? l->reserved : (double)NAN;
}

static ent_status read_weights(league *l, double *weight)
{
    const ent_node *list = ent_node_get(l->centre, "weights");
    double sum = 0;
    ent_status status = ENT_OK;
    if (list == NULL || list->kind != ENT_LIST || list->count != l->edges) {
        return fault(l, l->centre, ENT_S111_UNSUPPORTED,
                     "a linear combination without `weights` draws them at random when it is "
                     "loaded, so that it has no values to read");
    }
    for (uint32_t e = 0; e < l->edges && status == ENT_OK; e++) {
        status = ent_scenario_number(l->n.work, l->n.text, list, list->items[e], "weights",
                                     &weight[e]);
        sum += weight[e];
    }
    for (uint32_t e = 0; e < l->edges && sum != 0; e++) {
        weight[e] /= sum;
    }
    return status;
}

/* The table over all edges; weight NULL: the greatest side value. */
static ent_status fill_centre(league *l, const ent_scenario *all, const double *weight,
                              ent_utility *u)
{
    ent_arena *arena = l->n.work->arena;
    uint64_t count = 0, levels[MOST_EDGES];
    bool fits = ent_scenario_outcomes(all, &count);
    ent_status status = ent_scenario_room(l->n.work, l->n.text, l->centre->pos,
                                          fits ? (double)count : HUGE_VAL, &l->n.levels);
    double *table = NULL, **side = ent_alloc(arena, l->edges, double *);
    for (uint32_t e = 0; e < l->edges && status == ENT_OK; e++) {
        side[e] = ent_alloc(arena, l->outcomes + 1, double);
        for (uint64_t k = 0; k <= l->outcomes; k++) {
            side[e][k] = value_of(l, &l->side[e], k);
        }
    }
    table = status == ENT_OK ? ent_alloc(arena, count, double) : NULL;
    for (uint64_t k = 0; k < count && status == ENT_OK; k++) {
        ent_scenario_outcome(all, k, levels);
        double x = without_sides(l, levels), sum = 0, most = -HUGE_VAL;
        for (uint32_t e = 0; e < l->edges; e++) {
            sum += weight == NULL ? 0 : side[e][levels[e]] * weight[e];
            most = fmax(most, side[e][levels[e]]);
        }
        table[k] = !isnan(x) ? x : weight == NULL ? most : sum;
        status = (k & 0xffff) == 0 && ent_tick(l->n.work, "outcomes of the centre", k, count)
                     ? ENT_CANCELLED
                     : ENT_OK;
    }
    *u = (ent_utility){.scale = 1, .discount = 1, .table = table, .reservation = l->reserved};
    return status;
}

/* An edge's utility of its own issue; the others are the same to it. */
static ent_status read_edge(league *l, const ent_scenario_issue *issues, uint32_t edge,
                            const ent_text *text, ent_utility *u)
{
    const ent_node *root = NULL;
    ent_utility own;
    ent_arena *arena = l->n.work->arena;
    l->n.text = text;
    ent_status status = ent_negmas_parse(l->n.work, text, &root);
    status = status == ENT_OK ? ent_negmas_profile(&l->n, root, &own) : status;
    if (status != ENT_OK) {
        return status;
    }
    if (own.discount != 1) {
        return fault(l, root, ENT_S111_UNSUPPORTED, "a discounted edge is not read");
    }
    if (!isfinite(own.reservation)) {
        return fault(l, root, ENT_S108_MISSING_PART,
                     "an edge needs a `reserved_value`, which no agreement is worth");
    }
    const double **part = ent_alloc(arena, l->edges, const double *);
    for (uint32_t e = 0; e < l->edges; e++) {
        double *row = ent_alloc(arena, issues[e].levels, double);
        for (uint64_t k = 0; k < issues[e].levels && e == edge; k++) {
            row[k] = value_of(l, &own, k);
        }
        part[e] = row;
    }
    *u = (ent_utility){.scale = 1, .discount = 1, .part = part, .reservation = own.reservation};
    return ENT_OK;
}

/* The centre, by the class that its `type` names. */
static ent_status read_centre(league *l, const ent_scenario *all, ent_utility *u)
{
    const char *type = ent_negmas_type(&l->n, l->centre);
    double weight[MOST_EDGES] = {0};
    bool linear = strcmp(type, "LinearCombinationCenterUFun") == 0;
    if (!linear && strcmp(type, "MaxCenterUFun") != 0) {
        return ent_scenario_fault(l->n.work, l->n.text, l->centre->pos, ENT_S111_UNSUPPORTED,
                                  "centres of the kinds MaxCenterUFun and "
                                  "LinearCombinationCenterUFun are read",
                                  "the centre's values are decided by Python code, a %s, which is "
                                  "not run", *type == '\0' ? "class of its own" : type);
    }
    ent_status status = read_sides(l, !linear);
    status = status == ENT_OK && linear ? read_weights(l, weight) : status;
    return status == ENT_OK ? fill_centre(l, all, linear ? weight : NULL, u) : status;
}

ent_status ent_read_anl2025(ent_work *work, const ent_scenario_files *files, ent_scenario *out)
{
    league l = {.n = {.work = work, .text = &files->domain}};
    const char *name = files->name, *unused = "";
    ent_utility *utilities = ent_alloc(work->arena, files->count + 1, ent_utility);
    const char **parties = ent_alloc(work->arena, files->count + 1, const char *);
    ent_status status = ent_negmas_parse(work, l.n.text, &l.centre);
    status = status == ENT_OK ? read_head(&l, files, &unused) : status;
    if (status != ENT_OK) {
        return status;
    }
    *out = (ent_scenario){.name = name, .format = "negmas", .issue_count = l.edges,
                          .issues = make_issues(&l, files), .utilities = utilities,
                          .parties = parties, .party_count = l.edges + 1};
    status = read_centre(&l, out, &utilities[0]);
    parties[0] = "center";
    for (uint32_t e = 0; e < l.edges && status == ENT_OK; e++) {
        parties[e + 1] = files->profile_names[e];
        status = read_edge(&l, out->issues, e, &files->profiles[e], &utilities[e + 1]);
    }
    return status;
}
