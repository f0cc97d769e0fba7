/*
 * XMCDA, the format of the Decision Deck project for multiple-criteria decision aid (versions 2 to
 * 4; decision-deck.org/xmcda): alternatives, criteria, a performance table, sets of weights, in one
 * file or several.
 *
 * The alternatives are the outcomes, options of one issue. With at least two sets of weights each
 * is a party, a decision maker with
 *     u(a) = sum of w_c s_c(a) / sum of w_c,
 * otherwise each criterion is one with u(a) = s_c(a), s_c being the share of the way from the worst
 * performance in the table to the best: (p - least) / (most - least), or 1 less that where less is
 * preferred. What a method would add (thresholds, functions, other relations) is left out and told;
 * performances that are no numbers are refused. O(bytes + alternatives * criteria * sets).
 */
#include "base/number.h"
#include "base/text.h"
#include "io/scenario_write.h"
#include "io/xmcda_parts.h"

#include <math.h>
#include <string.h>
#include <strings.h>

/* ---- The table ------------------------------------------------------------------------------ */

/* Alternatives and criteria of a table without declarations, in its order. */
static ent_status declare_from(ent_xmcda *r)
{
    ent_status status = ENT_OK;
    uint32_t index;
    for (const ent_xml *row = ent_xml_child(r->table, "alternativePerformances");
         row != NULL && status == ENT_OK; row = ent_xml_next(row, "alternativePerformances")) {
        status = ent_xmcda_named(r, row, ENT_XMCDA_ALTERNATIVES, &index);
        for (const ent_xml *e = ent_xml_child(row, "performance"); e != NULL && status == ENT_OK;
             e = ent_xml_next(e, "performance")) {
            status = ent_xmcda_named(r, e, ENT_XMCDA_CRITERIA, &index);
        }
    }
    return status;
}

static ent_status read_row(ent_xmcda *r, const ent_xml *row)
{
    uint32_t alternative, index;
    ent_status status = ent_xmcda_named(r, row, ENT_XMCDA_ALTERNATIVES, &alternative);
    size_t criteria = r->criterion.count;
    for (const ent_xml *e = ent_xml_child(row, "performance");
         e != NULL && status == ENT_OK && alternative != ENT_XMCDA_IDLE;
         e = ent_xml_next(e, "performance")) {
        status = ent_xmcda_named(r, e, ENT_XMCDA_CRITERIA, &index);
        if (status != ENT_OK || index == ENT_XMCDA_IDLE) {
            continue;
        }
        double *at = &r->value[alternative * criteria + index];
        if (!isnan(*at)) {
            return ent_scenario_fault(r->work, r->text, e->pos, ENT_S112_NAME_TWICE, NULL,
                                      "`%s` has two performances on `%s`",
                                      r->alternative.at[alternative],
                                      r->criterion.at[index].id);
        }
        status = ent_xmcda_number(r, e, at);
    }
    for (size_t k = 0; k < criteria && status == ENT_OK && alternative != ENT_XMCDA_IDLE; k++) {
        double x = r->value[alternative * criteria + k];
        ent_xmcda_criterion *c = &r->criterion.at[k];
        if (isnan(x)) {
            return ent_scenario_fault(r->work, r->text, row->pos, ENT_S108_MISSING_PART, NULL,
                                      "`%s` has no performance on `%s`",
                                      r->alternative.at[alternative], c->id);
        }
        c->least = fmin(c->least, x);
        c->most = fmax(c->most, x);
    }
    return status;
}

static ent_status read_performances(ent_xmcda *r)
{
    r->text = r->table_text;
    ent_status status = declare_from(r);
    size_t cells = r->alternative.count * r->criterion.count;
    double sum = 0;
    if (status == ENT_OK && cells == 0) {
        return ent_scenario_fault(r->work, r->text, r->table->pos, ENT_S108_MISSING_PART, NULL,
                                  "there are no active alternatives, or no active criteria");
    }
    status = status == ENT_OK
                 ? ent_scenario_room(r->work, r->text, r->table->pos, (double)cells, &sum)
                 : status;
    if (status != ENT_OK) {
        return status;
    }
    r->value = ent_alloc(r->work->arena, cells, double);
    for (size_t k = 0; k < cells; k++) {
        r->value[k] = (double)NAN;
    }
    for (const ent_xml *row = ent_xml_child(r->table, "alternativePerformances");
         row != NULL && status == ENT_OK; row = ent_xml_next(row, "alternativePerformances")) {
        status = read_row(r, row);
    }
    for (size_t a = 0; a < r->alternative.count && status == ENT_OK; a++) {
        if (isnan(r->value[a * r->criterion.count])) {
            return ent_scenario_fault(r->work, r->text, r->table->pos, ENT_S108_MISSING_PART, NULL,
                                      "`%s` has no row in the table", r->alternative.at[a]);
        }
    }
    return status;
}

/* ---- Weights -------------------------------------------------------------------------------- */

static bool holds(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (; text != NULL && *text != '\0'; text++) {
        if (strncasecmp(text, word, length) == 0) {
            return true;
        }
    }
    return false;
}

static ent_status read_set(ent_xmcda *r, const ent_xml *list)
{
    const char *concept = ent_xml_get(list, "mcdaConcept"), *name = ent_xml_get(list, "name");
    name = name != NULL ? name : ent_xml_get(list, "id");
    if (concept != NULL && !holds(concept, "weight") && !holds(concept, "importance") &&
        !holds(concept, "significance")) {
        ent_xmcda_left_out(r, list, "its concept is none of weights");
        return ENT_OK;
    }
    ent_arena *arena = r->work->arena;
    ent_xmcda_set s = {.name = name == NULL ? ent_format(arena, "weights %zu", r->sets.count + 1)
                                            : ent_tidy(arena, name),
                       .weight = ent_alloc(arena, r->criterion.count + 1, double),
                       .pos = list->pos, .text = r->text};
    ent_status status = ENT_OK;
    for (const ent_xml *e = ent_xmcda_first(list); e != NULL && status == ENT_OK; e = e->next) {
        uint32_t index = ENT_XMCDA_IDLE;
        double x = 0;
        if (e->text != NULL || strncmp(e->tag, "criterionValue", 14) != 0) {
            continue;
        }
        status = ent_xmcda_named(r, e, ENT_XMCDA_CRITERIA, &index);
        status = status == ENT_OK ? ent_xmcda_number(r, e, &x) : status;
        if (status == ENT_OK && x < 0) {
            return ent_scenario_fault(r->work, r->text, e->pos, ENT_S109_BAD_NUMBER, NULL,
                                      "a weight below 0");
        }
        if (status == ENT_OK && index < r->criterion.count) {
            s.weight[index] = x;
        }
    }
    *ent_push(r->work->arena, &r->sets) = s;
    return status;
}

/* ---- All of it ------------------------------------------------------------------------------ */

/* Every document's elements of that tag, in turn. */
static ent_status each(ent_xmcda *r, const char *tag,
                       ent_status (*act)(ent_xmcda *, const ent_xml *))
{
    ent_status status = ENT_OK;
    for (size_t d = 0; d < r->count; d++) {
        r->text = r->texts[d];
        for (const ent_xml *e = ent_xml_child(r->roots[d], tag); e != NULL && status == ENT_OK;
             e = ent_xml_next(e, tag)) {
            status = act(r, e);
        }
    }
    return status;
}

static ent_status declare_criteria(ent_xmcda *r, const ent_xml *list)
{
    return ent_xmcda_declare(r, list, ENT_XMCDA_CRITERIA);
}

static ent_status declare_alternatives(ent_xmcda *r, const ent_xml *list)
{
    return ent_xmcda_declare(r, list, ENT_XMCDA_ALTERNATIVES);
}

static ent_status take_table(ent_xmcda *r, const ent_xml *table)
{
    if (r->table != NULL) {
        return ent_scenario_fault(r->work, r->text, table->pos, ENT_S111_UNSUPPORTED, NULL,
                                  "a second performance table");
    }
    r->table = table;
    r->table_text = r->text;
    return ENT_OK;
}

static void tell_rest(ent_xmcda *r)
{
    static const char *const known[] = {"projectReference", "criteria", "alternatives",
                                        "criteriaScales", "performanceTable", "criteriaValues"};
    for (size_t d = 0; d < r->count; d++) {
        r->text = r->texts[d];
        for (const ent_xml *e = ent_xmcda_first(r->roots[d]); e != NULL; e = e->next) {
            bool is = e->text != NULL;
            for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
                is = is || strcmp(e->tag, known[k]) == 0;
            }
            if (!is) {
                ent_xmcda_left_out(r, e, "outcomes are worth their performances alone");
            }
        }
    }
}

static double share_of(const ent_xmcda *r, size_t alternative, size_t index)
{
    const ent_xmcda_criterion *c = &r->criterion.at[index];
    double range = c->most - c->least, x = r->value[alternative * r->criterion.count + index];
    return !(range > 0) ? 0 : c->less ? (c->most - x) / range : (x - c->least) / range;
}

/* What the alternative is worth to the party: a set of weights, or a criterion. */
static double worth(const ent_xmcda *r, size_t party, size_t alternative, double total)
{
    double sum = 0;
    if (r->sets.count < 2) {
        return share_of(r, alternative, party);
    }
    for (size_t k = 0; k < r->criterion.count; k++) {
        sum += r->sets.at[party].weight[k] * share_of(r, alternative, k);
    }
    return sum / total;
}

static ent_status make_party(const ent_xmcda *r, const ent_scenario_issue *issue, size_t party,
                             ent_utility *u)
{
    ent_evaluator *e = ent_alloc(r->work->arena, 1, ent_evaluator);
    double *raw = ent_alloc(r->work->arena, r->alternative.count, double), total = 0;
    for (size_t k = 0; r->sets.count >= 2 && k < r->criterion.count; k++) {
        total += r->sets.at[party].weight[k];
    }
    if (r->sets.count >= 2 && !(total > 0)) {
        return ent_scenario_fault(r->work, r->sets.at[party].text, r->sets.at[party].pos,
                                  ENT_S109_BAD_NUMBER, NULL, "the weights of `%s` sum to 0",
                                  r->sets.at[party].name);
    }
    for (size_t a = 0; a < r->alternative.count; a++) {
        raw[a] = worth(r, party, a, total);
    }
    *e = (ent_evaluator){.raw = raw, .divisor = 1, .weight = 1};
    *u = (ent_utility){.scale = 1, .discount = 1, .reservation = -HUGE_VAL, .evaluators = e};
    u->part = ent_evaluator_parts(r->work->arena, issue, 1, e);
    return ENT_OK;
}

/* XMCDA's names need not be unique; parties' are. */
static const char *name_of(const ent_xmcda *r, size_t party, ent_names *taken)
{
    ent_arena *arena = r->work->arena;
    const char *name = r->sets.count >= 2 ? r->sets.at[party].name : r->criterion.at[party].name;
    const char *own = name;
    for (size_t k = 2; ent_names_find(taken, own) != UINT32_MAX; k++) {
        own = ent_format(arena, "%s (%zu)", name, k);
    }
    (void)ent_names_add(arena, taken, own, (uint32_t)party);
    return own;
}

static ent_status make(const ent_xmcda *r, const char *name, ent_scenario *out)
{
    bool by_sets = r->sets.count >= 2;
    size_t count = by_sets ? r->sets.count : r->criterion.count;
    ent_scenario_issue *issue = ent_alloc(r->work->arena, 1, ent_scenario_issue);
    ent_utility *utilities = ent_alloc(r->work->arena, count, ent_utility);
    const char **parties = ent_alloc(r->work->arena, count, const char *);
    ent_status status = ENT_OK;
    ent_names taken = {0};
    *issue = (ent_scenario_issue){.name = "alternative", .kind = ENT_DISCRETE,
                                  .levels = r->alternative.count, .values = r->alternative.at};
    if (count > ENT_SCENARIO_PARTIES) {
        return ent_scenario_fault(r->work, r->table_text, r->table->pos, ENT_S104_TOO_MUCH, NULL,
                                  "more than %d parties", ENT_SCENARIO_PARTIES);
    }
    for (size_t p = 0; p < count && status == ENT_OK; p++) {
        parties[p] = name_of(r, p, &taken);
        status = make_party(r, issue, p, &utilities[p]);
    }
    *out = (ent_scenario){.name = name, .format = "xmcda", .issues = issue, .issue_count = 1,
                          .parties = parties, .party_count = (uint32_t)count,
                          .utilities = utilities};
    return status;
}

static ent_status add_document(ent_xmcda *r, const ent_text *text)
{
    r->text = text;
    r->texts[r->count] = text;
    ent_status status = ent_read_xml_text(r->work, text, &r->roots[r->count]);
    if (status == ENT_OK && strcasecmp(ent_xmcda_tag(r->roots[r->count]), "XMCDA") != 0) {
        return ent_scenario_fault(r->work, text, r->roots[r->count]->pos, ENT_S101_BAD_SCENARIO,
                                  NULL, "this is no XMCDA: its root is <%s>",
                                  r->roots[r->count]->tag);
    }
    r->count++;
    return status;
}

static ent_status read_documents(ent_xmcda *r)
{
    ent_status status = each(r, "criteria", declare_criteria);
    status = status == ENT_OK ? each(r, "alternatives", declare_alternatives) : status;
    status = status == ENT_OK ? each(r, "performanceTable", take_table) : status;
    if (status == ENT_OK && r->table == NULL) {
        return ent_scenario_fault(r->work, r->texts[0], (ent_pos){1, 1, 1}, ENT_S108_MISSING_PART,
                                  "name all files of the data, that of the table first",
                                  "there is no <performanceTable>");
    }
    status = status == ENT_OK ? read_performances(r) : status;
    r->closed[ENT_XMCDA_CRITERIA] = true;
    status = status == ENT_OK ? each(r, "criteriaScales", ent_xmcda_scales) : status;
    return status == ENT_OK ? each(r, "criteriaValues", read_set) : status;
}

static ent_status read_xmcda(ent_work *work, const ent_scenario_files *files, ent_scenario *out)
{
    ent_xmcda *r = ent_alloc(work->arena, 1, ent_xmcda);
    r->work = work;
    if (files->count >= ENT_SCENARIO_PARTIES) {
        return ent_fail(work->diags, ENT_INVALID, ENT_S104_TOO_MUCH, NULL, "more than %d files",
                        ENT_SCENARIO_PARTIES);
    }
    ent_status status = add_document(r, &files->domain);
    for (size_t k = 0; k < files->count && status == ENT_OK; k++) {
        status = add_document(r, &files->profiles[k]);
    }
    status = status == ENT_OK ? read_documents(r) : status;
    if (status != ENT_OK) {
        return status;
    }
    tell_rest(r);
    if (r->sets.count == 1) {
        ent_scenario_odd(work, r->sets.at[0].text, r->sets.at[0].pos, ENT_S201_LEFT_OUT,
                         "give at least two sets of weights, one for each decision maker",
                         "one set of weights is one side's: each criterion is a party instead");
    }
    return make(r, files->name, out);
}

static ent_file_role role(ent_arena *arena, const ent_text *text)
{
    ent_xml root = {.tag = ent_xml_root_tag(arena, text)};
    return strcasecmp(ent_xmcda_tag(&root), "XMCDA") == 0 ? ENT_IS_DOMAIN : ENT_NO_PART;
}

static ent_status write_xmcda(ent_work *work, const ent_scenario *s, ent_written_files *out)
{
    (void)s, (void)out;
    return ent_cannot_hold(work, "XMCDA is read and not written: .csv holds outcomes and values");
}

static const char *const extensions[] = {"xml", NULL};

const ent_scenario_format ent_format_xmcda = {
    .name = "xmcda",
    .title = "XMCDA",
    .extensions = extensions,
    .folder = false,
    .role = role,
    .read = read_xmcda,
    .read_only = true,
    .write = write_xmcda,
};
