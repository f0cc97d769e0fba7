/* Packages and rules. */
#include "io/case_decode.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

/* The option or item that the node names in the issue, or ENT_NONE after telling. */
static uint32_t part_of(ent_decoder *d, const ent_issue *issue, const ent_node *node)
{
    const ent_names *index = &d->part_index[issue - d->issues];
    uint32_t part = ent_names_find(index, node->text);
    if (part == ENT_NONE) {
        const char *what = ent_format(d->work->arena, "%s of `%.100s`",
                                      issue->kind == ENT_OPTIONS ? "option" : "item", issue->id);
        ent_ids parts = {index, what, issue->part_ids, issue->parts, sizeof *issue->part_ids};
        ent_tell_unknown(d, node, &parts, NULL);
    }
    return part;
}

static bool off_grid(ent_decoder *d, const ent_issue *issue, const ent_node *node,
                     const char *hint)
{
    char from[ENT_NUMBER_ROOM];
    char to[ENT_NUMBER_ROOM];
    char step[ENT_NUMBER_ROOM];
    ent_error(d, ENT_C122_OFF_GRID, node->pos, hint, "`%.100s` goes from %s to %s in steps of %s",
              issue->id, ent_number_text(issue->from, from), ent_number_text(issue->to, to),
              ent_number_text(issue->step, step));
    return false;
}

/* A value is on a step when it is within a millionth of one: 0.3 is three steps of 0.1. */
static bool range_level(ent_decoder *d, const ent_issue *issue, const ent_node *node,
                        uint64_t *level)
{
    double value;
    if (node->kind != ENT_SCALAR || !ent_parse_number(node->text, node->length, &value)) {
        return off_grid(d, issue, node, "a range takes one number");
    }
    double steps = (value - issue->from) / issue->step;
    double whole = round(steps);
    double last = (double)(issue->levels - 1);
    if (!(fabs(steps - whole) <= 1e-6) || whole < 0 || whole > last) {
        char near[ENT_NUMBER_ROOM];
        double nearest = whole < 0 ? 0 : whole > last ? last : whole;
        ent_number_text(ent_range_value(issue, (uint64_t)nearest), near);
        const char *hint = ent_format(d->work->arena, "the nearest value is %s", near);
        return off_grid(d, issue, node, hint);
    }
    *level = (uint64_t)whole;
    return true;
}

static bool items_level(ent_decoder *d, const ent_issue *issue, const ent_node *node,
                        uint64_t *level)
{
    *level = 0;
    if (node->kind == ENT_SCALAR && strcmp(node->text, "all") == 0) {
        *level = issue->levels - 1;
        return true;
    }
    if (node->kind == ENT_SCALAR && strcmp(node->text, "none") == 0) {
        return true;
    }
    bool good = true;
    for (size_t i = 0; i < ent_some_count(node); i++) {
        const ent_node *item = ent_some_at(node, i);
        uint32_t part = item->kind == ENT_SCALAR && item->length > 0 ? part_of(d, issue, item)
                                                                     : ENT_NONE;
        uint64_t bit = part == ENT_NONE ? 0 : (uint64_t)1 << part;
        if ((*level & bit) != 0) {
            ent_error(d, ENT_C110_NAME_TWICE, item->pos, "name it once",
                      "`%.100s` stands here already", item->text);
        }
        *level |= bit;
        good = good && bit != 0;
    }
    return good;
}

static bool level_of(ent_decoder *d, const ent_issue *issue, const ent_node *node, uint64_t *level)
{
    if (node->kind == ENT_MAP || (node->kind == ENT_SCALAR && node->length == 0)) {
        return false; /* the shape told it */
    }
    if (issue->kind == ENT_ITEMS) {
        return issue->parts > 0 && items_level(d, issue, node, level);
    }
    if (issue->kind == ENT_RANGE) {
        return issue->step > 0 && range_level(d, issue, node, level);
    }
    if (node->kind != ENT_SCALAR) {
        ent_error(d, ENT_C122_OFF_GRID, node->pos, "an option contains those before it",
                  "`%.100s` takes one option", issue->id);
        return false;
    }
    uint32_t part = issue->parts == 0 ? ENT_NONE : part_of(d, issue, node);
    *level = part;
    return part != ENT_NONE;
}

static ent_package package_of_map(ent_decoder *d, const ent_node *map)
{
    ent_ids issues = ent_ids_of_issues(d);
    ent_package package = {.pos = map->pos};
    ent_choice *choices = ent_alloc(d->work->arena, map->count, ent_choice);
    for (size_t i = 0; i < map->count; i++) {
        const ent_entry *entry = &map->entries[i];
        uint32_t issue = ent_resolve(d, entry->key, &issues);
        uint64_t level = 0;
        if (issue != ENT_NONE && level_of(d, &d->issues[issue], entry->value, &level)) {
            choices[package.count++] = (ent_choice){issue, level, entry->key->pos};
        }
    }
    package.choices = choices;
    return package;
}

ent_package ent_decode_package(ent_decoder *d, const ent_node *node)
{
    if (node == NULL || node->kind == ENT_LIST) {
        return (ent_package){.pos = {0, 0, 0}};
    }
    if (node->kind == ENT_MAP) {
        return package_of_map(d, node);
    }
    ent_ids packages = {&d->package_names.exact, "package", d->packages, d->c->package_count,
                        sizeof *d->packages};
    uint32_t index = node->length == 0 ? ENT_NONE : ent_names_find(packages.index, node->text);
    if (index == ENT_NONE) {
        const char **names = ent_alloc(d->work->arena, d->c->package_count, const char *);
        for (size_t i = 0; i < d->c->package_count; i++) {
            names[i] = d->packages[i].name;
        }
        packages.first = names;
        packages.stride = sizeof *names;
        if (node->length > 0) {
            ent_tell_unknown(d, node, &packages, NULL);
        }
        return (ent_package){.pos = node->pos};
    }
    ent_package package = d->packages[index];
    package.pos = node->pos;
    return package;
}

void ent_decode_packages(ent_decoder *d, const ent_node *root)
{
    const ent_node *map = ent_node_get(root, "packages");
    uint32_t count = ent_count_of(map, ENT_MAP);
    d->packages = ent_alloc(d->work->arena, count, ent_package);
    for (uint32_t i = 0; i < count; i++) {
        const ent_node *key = map->entries[i].key;
        (void)ent_define(d, &d->package_names, key, i);
        if (map->entries[i].value->kind == ENT_MAP) {
            d->packages[i] = package_of_map(d, map->entries[i].value);
        }
        d->packages[i].name = key->text;
        d->packages[i].pos = key->pos;
    }
    d->c->packages = d->packages;
    d->c->package_count = count;
}

void ent_decode_rules(ent_decoder *d, const ent_node *root)
{
    const ent_node *list = ent_node_get(root, "rules");
    uint32_t count = ent_count_of(list, ENT_LIST);
    ent_rule *rules = ent_alloc(d->work->arena, count, ent_rule);
    for (uint32_t i = 0; i < count; i++) {
        const ent_node *node = list->items[i];
        const ent_node *because = ent_node_get(node, "because");
        rules[i].when = ent_decode_package(d, ent_node_get(node, "if"));
        rules[i].then = ent_decode_package(d, ent_node_get(node, "then"));
        rules[i].because =
            because != NULL && because->kind == ENT_SCALAR && because->length > 0 ? because->text
                                                                                  : NULL;
        rules[i].pos = node->pos;
    }
    d->c->space.rules = rules;
    d->c->space.rule_count = count;
}
