/* Issues: their kind and parts, who gives and gets, what can be undone. */
#include "io/case_decode.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

static bool is_package_word(const char *name)
{
    return strcmp(name, "all") == 0 || strcmp(name, "none") == 0;
}

/* Options from a list, items from a list or a map. */
static void decode_parts(ent_decoder *d, ent_issue *issue, const ent_node *node)
{
    ent_name_scope scope = {0};
    uint32_t count = node->kind == ENT_SCALAR ? 0 : (uint32_t)node->count;
    if (issue->kind == ENT_ITEMS && count > ENT_MOST_ITEMS) {
        ent_error(d, ENT_C117_TOO_MUCH, node->pos, "make two issues of it",
                  "`%.100s` has %u items; at most %d are allowed", issue->id, (unsigned)count,
                  (int)ENT_MOST_ITEMS);
        count = ENT_MOST_ITEMS;
    }
    issue->part_ids = ent_alloc(d->work->arena, count, const char *);
    issue->part_names = ent_alloc(d->work->arena, count, const char *);
    for (uint32_t i = 0; i < count; i++) {
        const ent_node *name = node->kind == ENT_MAP ? node->entries[i].key : node->items[i];
        const ent_node *words =
            node->kind == ENT_MAP ? ent_node_get(node->entries[i].value, "name") : NULL;
        bool named = words != NULL && words->kind == ENT_SCALAR && words->length > 0;
        issue->part_ids[i] = name->kind == ENT_SCALAR ? name->text : "";
        issue->part_names[i] = named ? words->text : issue->part_ids[i];
        if (name->kind == ENT_SCALAR) {
            (void)ent_define(d, &scope, name, i);
        }
        if (issue->kind == ENT_ITEMS && is_package_word(issue->part_ids[i])) {
            ent_error(d, ENT_C109_BAD_NAME, name->pos, "packages use this word",
                      "`%s` cannot name an item", issue->part_ids[i]);
        }
    }
    issue->parts = count;
    d->part_index[issue - d->issues] = scope.exact;
}

/* levels and components from parts; at least 1 component even in an issue with errors. */
static void count_levels(ent_issue *issue)
{
    if (issue->kind == ENT_OPTIONS) {
        issue->levels = issue->parts < 2 ? 2 : issue->parts;
        issue->components = (uint32_t)issue->levels - 1;
    } else {
        issue->components = issue->parts == 0 ? 1 : issue->parts;
        issue->levels = (uint64_t)1 << issue->components;
    }
}

/* The number of steps, or 0 after telling why the range cannot be. */
static double count_steps(ent_decoder *d, const ent_issue *issue, ent_pos pos)
{
    double steps = (issue->to - issue->from) / (issue->step > 0 ? issue->step : 1);
    double whole = round(steps);
    const char *fault = issue->from >= issue->to ? "`from` should be below `to`"
                        : !(issue->step > 0)     ? "`step` should be above 0"
                        : !(steps <= ENT_MOST_STEPS)
                            ? "a range has at most 1,000,000,000 steps"
                        : whole < 1 || fabs(steps - whole) > 1e-9 * whole
                            ? "`step` does not divide the range"
                            : NULL;
    if (fault == NULL) {
        return whole;
    }
    ent_error(d, ENT_C121_BAD_RANGE, pos,
              issue->from >= issue->to ? "write what is given, rising from the status quo" : NULL,
              "%s", fault);
    return 0;
}

static void decode_range(ent_decoder *d, ent_issue *issue, const ent_node *node)
{
    issue->levels = 2;
    issue->components = 1;
    issue->from = (double)NAN;
    issue->to = (double)NAN;
    issue->step = (double)NAN;
    ent_fill(node, &ent_range_shape, issue);
    bool whole = !isnan(issue->from) && !isnan(issue->to) && !isnan(issue->step);
    double steps = whole ? count_steps(d, issue, node->pos) : 0; /* else the shape told it */
    if (steps >= 1) {
        issue->levels = (uint64_t)steps + 1;
    } else {
        issue->step = 0; /* packages compare no value with a range that is not one */
    }
}

static void decode_kind(ent_decoder *d, ent_issue *issue, const ent_node *node)
{
    static const char *const kinds[] = {"options", "items", "range"};
    const ent_node *found = NULL;
    const char *first = NULL;
    for (int k = 0; k < 3; k++) {
        const ent_node *value = ent_node_get(node, kinds[k]);
        if (value != NULL && found != NULL) {
            ent_error(d, ENT_C120_ISSUE_KIND, ent_key_node(node, kinds[k])->pos,
                      "make two issues of it", "`%.100s` has both `%s` and `%s`", issue->id, first,
                      kinds[k]);
        } else if (value != NULL) {
            found = value;
            first = kinds[k];
            issue->kind = (ent_issue_kind)k;
        }
    }
    if (found == NULL) {
        ent_error(d, ENT_C120_ISSUE_KIND, issue->pos, NULL,
                  "`%.100s` has none of `options`, `items` and `range`", issue->id);
        issue->levels = 2;
        issue->components = 1;
    } else if (issue->kind == ENT_RANGE) {
        decode_range(d, issue, found);
    } else {
        decode_parts(d, issue, found);
        count_levels(issue);
    }
}

/* ---- Who gives and gets ------------------------------------------------------------------- */

static void set_sign(ent_decoder *d, int8_t *sign, const ent_node *party, int value)
{
    ent_ids parties = ent_ids_of_parties(d);
    uint32_t p = ent_resolve(d, party, &parties);
    if (p == ENT_NONE) {
        return;
    }
    if (sign[p] != 0) {
        ent_error(d, ENT_C124_TWO_STAKES, party->pos,
                  "a party gives, gets or has a stake: one of them",
                  "`%.100s` stands in this issue already", party->text);
        return;
    }
    sign[p] = (int8_t)value;
}

static void decode_signs(ent_decoder *d, ent_issue *issue, const ent_node *node)
{
    int8_t *sign = ent_alloc(d->work->arena, d->c->party_count, int8_t);
    const ent_node *by = ent_node_get(node, "by");
    const ent_node *gets = ent_node_get(node, "for");
    const ent_node *stakes = ent_node_get(node, "stakes");
    for (size_t i = 0; i < ent_some_count(by); i++) {
        set_sign(d, sign, ent_some_at(by, i), -1);
    }
    for (size_t i = 0; i < ent_some_count(gets); i++) {
        set_sign(d, sign, ent_some_at(gets, i), 1);
    }
    bool *staked = ent_alloc(d->work->arena, d->c->party_count, bool);
    for (uint32_t i = 0; i < ent_count_of(stakes, ENT_MAP); i++) {
        const ent_node *value = stakes->entries[i].value;
        const ent_node *party = stakes->entries[i].key;
        bool loses = value->kind == ENT_SCALAR && strcmp(value->text, "-") == 0;
        uint32_t p = ent_names_find(&d->party_index, party->text);
        if (p != ENT_NONE) {
            staked[p] = sign[p] == 0;
        }
        set_sign(d, sign, party, loses ? -1 : 1);
    }
    issue->sign = sign;
    issue->staked = staked;
    if (ent_some_count(by) + ent_some_count(gets) == 0) {
        ent_error(d, ENT_C123_NOBODY_GIVES, issue->pos, "add `by: party` or `for: party`",
                  "nobody gives `%.100s` and nobody gets it", issue->id);
    }
}

/* ---- Undo --------------------------------------------------------------------------------- */

static double number_of(const ent_node *node)
{
    double value = 0;
    if (node->kind == ENT_SCALAR) {
        (void)ent_parse_number(node->text, node->length, &value);
    }
    return value >= 0 && value <= 1 ? value : 0;
}

/* One entry of a map: the component that the option or item switches on. */
static void undo_of_part(ent_decoder *d, const ent_issue *issue, const ent_entry *entry,
                         double *undo)
{
    ent_ids parts = {&d->part_index[issue - d->issues], "option or item", issue->part_ids,
                     issue->parts, sizeof *issue->part_ids};
    uint32_t part = ent_resolve(d, entry->key, &parts);
    if (part == ENT_NONE) {
        return;
    }
    if (issue->kind == ENT_OPTIONS && part == 0) {
        ent_error(d, ENT_C107_WRONG_KIND, entry->key->pos, "leave it out",
                  "`%.100s` is the status quo: there is nothing to undo", entry->key->text);
        return;
    }
    undo[issue->kind == ENT_OPTIONS ? part - 1 : part] = number_of(entry->value);
}

static void decode_undo(ent_decoder *d, ent_issue *issue, const ent_node *node)
{
    double *undo = ent_alloc(d->work->arena, issue->components, double);
    issue->undo = undo;
    if (node == NULL || node->kind == ENT_LIST) {
        return;
    }
    for (uint32_t i = 0; node->kind == ENT_SCALAR && i < issue->components; i++) {
        undo[i] = number_of(node);
    }
    for (uint32_t i = 0; i < ent_count_of(node, ENT_MAP); i++) {
        undo_of_part(d, issue, &node->entries[i], undo);
    }
}

static void decode_issue(ent_decoder *d, uint32_t index, const ent_entry *entry)
{
    ent_issue *issue = &d->issues[index];
    const ent_node *unit = ent_node_get(entry->value, "unit");
    *issue = (ent_issue){.id = entry->key->text, .name = entry->key->text, .pos = entry->key->pos};
    (void)ent_define(d, &d->issue_names, entry->key, index);
    ent_fill(entry->value, &ent_issue_shape, issue);
    decode_kind(d, issue, entry->value);
    decode_signs(d, issue, entry->value);
    decode_undo(d, issue, ent_node_get(entry->value, "undo"));
    ent_decode_sizes(d, issue, entry->value);
    if (issue->unit == NULL && unit != NULL && unit->kind == ENT_SCALAR && unit->length > 0) {
        issue->unit = unit->text;
    }
}

void ent_decode_issues(ent_decoder *d, const ent_node *root)
{
    const ent_node *map = ent_node_get(root, "issues");
    ent_space *space = &d->c->space;
    uint32_t count = ent_count_of(map, ENT_MAP);
    uint64_t parts = 0;
    d->issues = ent_alloc(d->work->arena, count, ent_issue);
    d->part_index = ent_alloc(d->work->arena, count, ent_names);
    d->nodes = ent_alloc(d->work->arena, count, const ent_node *);
    for (uint32_t i = 0; i < count; i++) {
        d->nodes[i] = map->entries[i].value;
        decode_issue(d, i, &map->entries[i]);
        d->issues[i].first = space->components;
        space->components += d->issues[i].components;
        parts += d->issues[i].parts;
    }
    space->issues = d->issues;
    space->issue_count = count;
    if (parts > ENT_MOST_PARTS) {
        ent_error(d, ENT_C117_TOO_MUCH, ent_key_node(root, "issues")->pos, NULL,
                  "the issues have more than 65,536 options and items in all");
        d->shaper.stopped = true;
        return;
    }
    if (d->metrics.count > ENT_MOST_METRICS) {
        ent_error(d, ENT_C117_TOO_MUCH, ent_key_node(root, "issues")->pos, NULL,
                  "`sizes` name more than %d metrics", (int)ENT_MOST_METRICS);
        d->shaper.stopped = true;
        return;
    }
    ent_decode_units(d);
    d->c->metrics = d->metrics.at;
    d->c->metric_count = (uint32_t)d->metrics.count;
}
