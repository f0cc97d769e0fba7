/* `sizes`: the same options or items measured in several ways. */
#include "io/case_decode.h"

#include <string.h>

typedef struct size_list {
    ent_size *at;
    size_t count, room;
} size_list;

static uint32_t metric_of(ent_decoder *d, const ent_node *name)
{
    uint32_t next = (uint32_t)d->metrics.count;
    uint32_t found = ent_names_add(d->work->arena, &d->metric_index, name->text, next);
    if (found != ENT_NONE) {
        return found;
    }
    *ent_push(d->work->arena, &d->metrics) = name->text;
    return next;
}

/* A number, a range, or {value, source}. */
static void add_size(ent_decoder *d, size_list *list, uint32_t metric, uint32_t part,
                     const ent_node *node)
{
    const ent_node *value = node->kind == ENT_MAP ? ent_node_get(node, "value") : node;
    ent_size size = {.metric = metric, .part = part, .source = ENT_NONE, .pos = node->pos};
    ent_ids sources = ent_ids_of_sources(d);
    if (node->kind == ENT_MAP) {
        size.source = ent_resolve(d, ent_node_get(node, "source"), &sources);
    }
    if (value != NULL && ent_read_interval(value, &ent_interval_shape, &size.value)) {
        *ent_push(d->work->arena, list) = size;
    }
}

static void sizes_of_items(ent_decoder *d, size_list *list, const ent_issue *issue,
                           const ent_node *items)
{
    for (uint32_t i = 0; i < issue->parts && items->kind == ENT_MAP; i++) {
        const ent_node *sizes = ent_node_get(items->entries[i].value, "sizes");
        for (uint32_t k = 0; k < ent_count_of(sizes, ENT_MAP); k++) {
            const ent_entry *entry = &sizes->entries[k];
            add_size(d, list, metric_of(d, entry->key), i, entry->value);
        }
    }
}

static void sizes_of_options(ent_decoder *d, size_list *list, const ent_issue *issue,
                             const ent_node *sizes)
{
    ent_ids options = {&d->part_index[issue - d->issues], "option", issue->part_ids, issue->parts,
                       sizeof *issue->part_ids};
    for (uint32_t m = 0; m < ent_count_of(sizes, ENT_MAP); m++) {
        const ent_node *figures = sizes->entries[m].value;
        uint32_t metric = metric_of(d, sizes->entries[m].key);
        for (uint32_t k = 0; k < ent_count_of(figures, ENT_MAP); k++) {
            uint32_t option = ent_resolve(d, figures->entries[k].key, &options);
            if (option != ENT_NONE) {
                add_size(d, list, metric, option, figures->entries[k].value);
            }
        }
    }
}

void ent_decode_sizes(ent_decoder *d, ent_issue *issue, const ent_node *node)
{
    size_list list = {0};
    const ent_node *sizes = ent_node_get(node, "sizes");
    const ent_node *items = ent_node_get(node, "items");
    if (sizes != NULL && issue->kind != ENT_OPTIONS) {
        ent_error(d, ENT_C120_ISSUE_KIND, ent_key_node(node, "sizes")->pos,
                  issue->kind == ENT_ITEMS ? "`sizes` stand in each item"
                                           : "the size of a range is its value",
                  "only an issue with `options` has `sizes` of its own");
    } else {
        sizes_of_options(d, &list, issue, sizes);
    }
    if (issue->kind == ENT_ITEMS && items != NULL) {
        sizes_of_items(d, &list, issue, items);
    }
    issue->sizes = list.at;
    issue->size_count = list.count;
}

void ent_decode_units(ent_decoder *d)
{
    ent_ids metrics = {&d->metric_index, "metric of `sizes`", d->metrics.at, d->metrics.count,
                       sizeof *d->metrics.at};
    for (uint32_t i = 0; i < d->c->space.issue_count; i++) {
        const ent_node *unit = ent_node_get(d->nodes[i], "unit");
        uint32_t count = ent_count_of(unit, ENT_MAP);
        if (count == 0) {
            continue;
        }
        const char **units = ent_alloc(d->work->arena, d->metrics.count, const char *);
        for (uint32_t k = 0; k < count; k++) {
            uint32_t metric = ent_resolve(d, unit->entries[k].key, &metrics);
            if (metric != ENT_NONE && unit->entries[k].value->kind == ENT_SCALAR) {
                units[metric] = unit->entries[k].value->text;
            }
        }
        d->issues[i].metric_units = units;
    }
}
