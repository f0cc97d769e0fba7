/*
 * `utility:` of a party: issue -> worth of its options, items or the two ends of its range. What is
 * not named is worth 0. Kept over the scenario's issues (record/exact.h) as tables and lines.
 */
#include "io/case_decode.h"
#include "io/case_write.h"

#include "base/number.h"
#include "model/scenario.h"
#include "record/exact.h"

#include <string.h>

static double number_of(const ent_node *node)
{
    double value = 0;
    if (node != NULL && node->kind == ENT_SCALAR) {
        (void)ent_parse_number(node->text, node->length, &value);
    }
    return value;
}

/* Options into one table, items into one of two levels each. */
static void decode_parts(ent_decoder *d, const ent_issue *issue, const ent_node *map,
                         ent_evaluator *list)
{
    ent_ids parts = {&d->part_index[issue - d->issues], "option or item", issue->part_ids,
                     issue->parts, sizeof *issue->part_ids};
    bool items = issue->kind == ENT_ITEMS;
    double *raw = ent_alloc(d->work->arena, items ? 2 * (size_t)issue->parts : issue->levels,
                            double);
    for (uint32_t k = 0; k < (items ? issue->parts : 1); k++) {
        list[k].raw = raw + 2 * (size_t)k;
    }
    for (uint32_t i = 0; i < ent_count_of(map, ENT_MAP); i++) {
        uint32_t part = ent_resolve(d, map->entries[i].key, &parts);
        if (part != ENT_NONE) {
            raw[items ? 2 * (size_t)part + 1 : part] = number_of(map->entries[i].value);
        }
    }
}

/* From the worth at one end to that at the other in a straight line. */
static void decode_ends(ent_decoder *d, const ent_issue *issue, const ent_node *map,
                        ent_evaluator *e)
{
    for (uint32_t i = 0; i < ent_count_of(map, ENT_MAP); i++) {
        const char *key = map->entries[i].key->text;
        if (strcmp(key, "from") != 0 && strcmp(key, "to") != 0) {
            ent_error(d, ENT_C104_UNKNOWN_KEY, map->entries[i].key->pos, NULL,
                      "a range has the worths `from` and `to`, not `%.100s`", key);
        }
    }
    double from = number_of(ent_node_get(map, "from"));
    double to = number_of(ent_node_get(map, "to"));
    e->curve = ENT_CURVE_AFFINE;
    e->origin = issue->from;
    e->offset = from;
    e->slope = issue->to > issue->from ? (to - from) / (issue->to - issue->from) : 0;
}

static const ent_utility *decode_utility(ent_decoder *d, const ent_node *map)
{
    const ent_space *space = &d->c->space;
    ent_ids issues = ent_ids_of_issues(d);
    uint32_t count = 0;
    const ent_scenario_issue *exact = ent_exact_issues(d->work->arena, space, &count);
    ent_evaluator *list = ent_alloc(d->work->arena, count, ent_evaluator);
    for (uint32_t i = 0; i < count; i++) {
        list[i] = (ent_evaluator){.curve = ENT_CURVE_AFFINE, .weight = 1, .divisor = 1};
    }
    for (uint32_t i = 0; i < ent_count_of(map, ENT_MAP); i++) {
        uint32_t issue = ent_resolve(d, map->entries[i].key, &issues);
        if (issue == ENT_NONE) {
            continue;
        }
        ent_evaluator *e = &list[ent_exact_first(space, issue)];
        if (space->issues[issue].kind == ENT_RANGE) {
            decode_ends(d, &space->issues[issue], map->entries[i].value, e);
            continue;
        }
        for (uint32_t k = 0; k < space->issues[issue].parts; k++) {
            e[space->issues[issue].kind == ENT_ITEMS ? k : 0].curve = ENT_CURVE_TABLE;
        }
        decode_parts(d, &space->issues[issue], map->entries[i].value, e);
    }
    ent_utility *u = ent_alloc(d->work->arena, 1, ent_utility);
    *u = (ent_utility){.scale = 1, .discount = 1, .evaluators = list};
    for (uint32_t i = 0; i < count; i++) {
        if (exact[i].levels > ENT_SCENARIO_LEVELS) {
            return u; /* told when the case is taken as a scenario */
        }
    }
    u->part = ent_evaluator_parts(d->work->arena, exact, count, list);
    return u;
}

/* Without a `reservation` a deal must be worth as much as no deal. */
static void default_reservation(ent_decoder *d, ent_party *party, const ent_node *node)
{
    if (ent_node_get(node, "reservation") == NULL) {
        double *worth = ent_alloc(d->work->arena, d->c->space.components + 1, double);
        double status_quo = ent_exact_worths(&d->c->space, party->utility, worth);
        party->reservation = (ent_interval){status_quo, status_quo};
    }
}

void ent_decode_utilities(ent_decoder *d, const ent_node *root)
{
    const ent_node *map = ent_node_get(root, "parties");
    if (ent_diags_count_of(d->work->diags, ENT_ERROR) > d->errors) {
        return; /* tables need issues without faults */
    }
    for (uint32_t i = 0; i < d->c->party_count; i++) {
        const ent_node *utility = ent_node_get(map->entries[i].value, "utility");
        if (utility != NULL && utility->kind == ENT_MAP) {
            d->parties[i].utility = decode_utility(d, utility);
            default_reservation(d, &d->parties[i], map->entries[i].value);
        }
    }
}

static void write_parts(ent_yaml_flow *f, const ent_issue *issue, const ent_evaluator *e)
{
    ent_yaml_flow parts = ent_yaml_open(f->out);
    for (uint32_t k = 0; k < issue->parts; k++) {
        bool items = issue->kind == ENT_ITEMS;
        const ent_evaluator *of = items ? &e[k] : e;
        double worth = of->raw == NULL ? 0 : of->raw[items ? 1 : k];
        if (worth != 0) {
            ent_yaml_key(&parts, issue->part_ids[k]);
            ent_yaml_number(f->out, worth);
        }
    }
    ent_put_char(f->out, '}');
}

void ent_write_utility(ent_yaml_flow *f, const ent_case *c, const ent_utility *u)
{
    ent_yaml_key(f, "utility");
    ent_yaml_flow issues = ent_yaml_open(f->out);
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        const ent_issue *issue = &c->space.issues[i];
        const ent_evaluator *e = &u->evaluators[ent_exact_first(&c->space, i)];
        ent_yaml_key(&issues, issue->id);
        if (issue->kind != ENT_RANGE) {
            write_parts(&issues, issue, e);
            continue;
        }
        ent_yaml_flow ends = ent_yaml_open(f->out);
        ent_yaml_key(&ends, "from");
        ent_yaml_number(f->out, e->slope * (issue->from - e->origin) + e->offset);
        ent_yaml_key(&ends, "to");
        ent_yaml_number(f->out, e->slope * (issue->to - e->origin) + e->offset);
        ent_put_char(f->out, '}');
    }
    ent_put_char(f->out, '}');
}
