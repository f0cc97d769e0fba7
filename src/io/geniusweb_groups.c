/*
 * SumOfGroupsUtilitySpace of GeniusWeb: {"partUtilities": {NAME: {"partsutils": {"issues": [...],
 * "utilslist": [{"values": [...], "util": x}]}}}}. u is the sum over groups of the utility of the
 * group's values, 0 for those that the list does not have. Groups do not share issues. A group of
 * one issue is a table of it; each listed combination of another is a box of one level on each of
 * its issues.
 */
#include "io/geniusweb.h"
#include "io/scenario_write.h"

#include <string.h>

enum { MOST_BOXES = 100000, MOST_WRITTEN = 4000 /* compared pair by pair */ };

typedef struct groups {
    ent_geniusweb *w;
    double **part; /* [issues][levels] */
    bool *taken;   /* [issues] by a group so far */
    struct {
        ent_box *at;
        size_t count, room;
    } boxes;
    ent_names combinations; /* those that stand so far, as text */
} groups;

typedef struct group {
    uint32_t *issue; /* [count] */
    size_t count;
} group;

static ent_status take_issues(groups *g, const ent_node *list, group *out)
{
    ent_geniusweb *w = g->w;
    out->issue = ent_alloc(w->work->arena, list->count, uint32_t);
    out->count = list->count;
    for (size_t k = 0; k < list->count; k++) {
        const ent_node *item = list->items[k];
        uint32_t index = item->kind != ENT_SCALAR
                             ? UINT32_MAX
                             : ent_names_find(&w->names, ent_tidy(w->work->arena, item->text));
        if (index == UINT32_MAX) {
            return ent_scenario_fault(w->work, w->text, item->pos, ENT_S107_OTHER_DOMAIN, NULL,
                                      "a group names an issue that the domain does not have");
        }
        if (g->taken[index] || w->issues[index].kind != ENT_DISCRETE) {
            return ent_scenario_fault(w->work, w->text, item->pos, ENT_S111_UNSUPPORTED, NULL,
                                      g->taken[index] ? "`%s` stands in two groups"
                                                      : "`%s` holds numbers, which groups cannot",
                                      w->issues[index].name);
        }
        g->taken[index] = true;
        out->issue[k] = index;
    }
    return ENT_OK;
}

/* The levels of a combination; *known is false where the domain lacks one. */
static ent_status take_values(groups *g, const group *about, const ent_node *row,
                              uint64_t *level, bool *known)
{
    ent_geniusweb *w = g->w;
    const ent_node *values = ent_node_get(row, "values");
    if (values == NULL || values->kind != ENT_LIST || values->count != about->count) {
        return ent_scenario_fault(w->work, w->text, row->pos, ENT_S108_MISSING_PART, NULL,
                                  "`values` should list a value for each issue of the group, "
                                  "%zu in all",
                                  about->count);
    }
    *known = true;
    for (size_t k = 0; k < about->count; k++) {
        const ent_node *item = values->items[k];
        uint32_t issue = about->issue[k];
        level[k] = item->kind != ENT_SCALAR
                       ? UINT64_MAX
                       : ent_scenario_level(&w->issues[issue], &w->values[issue],
                                            ent_tidy(w->work->arena, item->text));
        if (level[k] == UINT64_MAX) {
            ent_scenario_odd(w->work, w->text, item->pos, ENT_S203_ODD_VALUE, NULL,
                             "the domain's `%s` has no such value", w->issues[issue].name);
            *known = false;
        }
    }
    return ENT_OK;
}

static ent_status add_box(groups *g, const group *about, const ent_node *row,
                          const uint64_t *level, double utility)
{
    ent_geniusweb *w = g->w;
    uint64_t *low = ent_alloc(w->work->arena, 2 * (size_t)w->issue_count, uint64_t);
    uint64_t *high = low + w->issue_count;
    for (uint32_t i = 0; i < w->issue_count; i++) {
        high[i] = w->issues[i].levels - 1;
    }
    ent_buffer name = ent_buffer_init(w->work->arena, 0);
    for (size_t k = 0; k < about->count; k++) {
        low[about->issue[k]] = high[about->issue[k]] = level[k];
        ent_putf(&name, "%u=%llu ", about->issue[k], (unsigned long long)level[k]);
    }
    if (ent_names_add(w->work->arena, &g->combinations, ent_buffer_text(&name), 0) !=
        UINT32_MAX) {
        return ent_scenario_fault(w->work, w->text, row->pos, ENT_S112_NAME_TWICE, NULL,
                                  "this combination appears twice");
    }
    if (g->boxes.count == MOST_BOXES) {
        return ent_scenario_fault(w->work, w->text, row->pos, ENT_S104_TOO_MUCH, NULL,
                                  "more than %d combinations", MOST_BOXES);
    }
    *ent_push(w->work->arena, &g->boxes) = (ent_box){low, high, utility, false};
    return ent_scenario_room(w->work, w->text, row->pos, w->issue_count, &w->levels);
}

static ent_status read_row(groups *g, const group *about, const ent_node *row)
{
    uint64_t *level = ent_alloc(g->w->work->arena, about->count, uint64_t);
    double utility = 0;
    bool known = false;
    ent_status status = ent_geniusweb_utility(g->w, row, ent_node_get(row, "util"), "util",
                                              &utility);
    status = status == ENT_OK ? take_values(g, about, row, level, &known) : status;
    if (status != ENT_OK || !known) {
        return status;
    }
    if (about->count == 1) {
        g->part[about->issue[0]][level[0]] = utility;
        return ENT_OK;
    }
    return utility == 0 ? ENT_OK : add_box(g, about, row, level, utility);
}

static ent_status read_group(groups *g, const ent_entry *entry)
{
    static const char *const known[] = {"partsutils", NULL};
    static const char *const parts_known[] = {"issues", "utilslist", NULL};
    const ent_node *parts = ent_node_get(entry->value, "partsutils");
    const ent_node *issues = parts == NULL ? NULL : ent_node_get(parts, "issues");
    const ent_node *list = parts == NULL ? NULL : ent_node_get(parts, "utilslist");
    group about = {0};
    if (issues == NULL || list == NULL || issues->kind != ENT_LIST || list->kind != ENT_LIST ||
        issues->count == 0) {
        return ent_scenario_fault(g->w->work, g->w->text, entry->key->pos, ENT_S108_MISSING_PART,
                                  NULL, "the group `%s` needs `partsutils` with `issues` and "
                                  "`utilslist`", entry->key->text);
    }
    ent_geniusweb_known(g->w, entry->value, known);
    ent_geniusweb_known(g->w, parts, parts_known);
    ent_status status = take_issues(g, issues, &about);
    for (size_t k = 0; k < list->count && status == ENT_OK; k++) {
        status = read_row(g, &about, list->items[k]);
    }
    return status;
}

ent_status ent_geniusweb_groups(ent_geniusweb *w, const ent_node *space, ent_utility *u)
{
    const ent_node *map = ent_node_get(space, "partUtilities");
    groups g = {.w = w, .part = ent_alloc(w->work->arena, w->issue_count, double *),
                .taken = ent_alloc(w->work->arena, w->issue_count, bool)};
    ent_status status = ENT_OK;
    if (map == NULL || map->kind != ENT_MAP) {
        return ent_geniusweb_missing(w, space, "partUtilities");
    }
    for (uint32_t i = 0; i < w->issue_count && status == ENT_OK; i++) {
        g.part[i] = ent_alloc(w->work->arena, w->issues[i].levels, double);
        status = ent_scenario_room(w->work, w->text, map->pos, (double)w->issues[i].levels,
                                   &w->levels);
    }
    for (size_t k = 0; k < map->count && status == ENT_OK; k++) {
        status = read_group(&g, &map->entries[k]);
    }
    for (uint32_t i = 0; i < w->issue_count && status == ENT_OK; i++) {
        if (!g.taken[i]) {
            ent_scenario_odd(w->work, w->text, map->pos, ENT_S203_ODD_VALUE, NULL,
                             "`%s` stands in no group and counts 0", w->issues[i].name);
        }
    }
    u->part = (const double *const *)g.part;
    u->boxes = g.boxes.at;
    u->box_count = g.boxes.count;
    return status;
}

/* Does the box bound the issue? To one level, if it is to be written. */
static bool bounds(const ent_scenario *s, const ent_box *box, uint32_t i, bool *single)
{
    bool bound = box->low[i] > 0 || box->high[i] + 1 < s->issues[i].levels;
    *single = *single && (!bound || box->low[i] == box->high[i]);
    return bound;
}

/* The box whose issues are those of box k and which stands first. */
static size_t first_like(const ent_scenario *s, const ent_utility *u, size_t k)
{
    for (size_t j = 0; j < k; j++) {
        bool same = true, single = true;
        for (uint32_t i = 0; i < s->issue_count && same; i++) {
            same = bounds(s, &u->boxes[j], i, &single) == bounds(s, &u->boxes[k], i, &single);
        }
        if (same) {
            return j;
        }
    }
    return k;
}

/* Are the boxes combinations of groups that share no issue with each other or with a table? */
static bool are_groups(const ent_scenario *s, const ent_utility *u, size_t *group_of)
{
    bool good = u->box_count <= MOST_WRITTEN && u->table == NULL && u->scale == 1 && !u->capped &&
                u->aggregation == ENT_SUM;
    for (size_t k = 0; k < u->box_count && good; k++) {
        group_of[k] = first_like(s, u, k);
        for (uint32_t i = 0; i < s->issue_count && good; i++) {
            bool single = !u->boxes[k].excludes, bound = bounds(s, &u->boxes[k], i, &single);
            good = single;
            for (uint64_t l = 0; bound && u->part != NULL && l < s->issues[i].levels; l++) {
                good = good && u->part[i][l] == 0;
            }
            for (size_t j = 0; j < k && bound && group_of[j] != group_of[k]; j++) {
                good = good && !bounds(s, &u->boxes[j], i, &single);
            }
        }
    }
    return good;
}

static void put_issues(ent_buffer *b, const ent_scenario *s, const ent_box *box)
{
    bool single = true, first = true;
    for (uint32_t i = 0; i < s->issue_count; i++) {
        if (bounds(s, box, i, &single)) {
            ent_put(b, first ? "" : ", ");
            ent_put_quoted(b, s->issues[i].name);
            first = false;
        }
    }
}

static void put_row(ent_work *work, ent_buffer *b, const ent_scenario *s, const ent_box *box)
{
    bool single = true, first = true;
    ent_put(b, "{\"values\": [");
    for (uint32_t i = 0; i < s->issue_count; i++) {
        if (bounds(s, box, i, &single)) {
            ent_put(b, first ? "" : ", ");
            ent_put_quoted(b, ent_scenario_value_text(work->arena, &s->issues[i], box->low[i]));
            first = false;
        }
    }
    ent_put(b, "], \"util\": ");
    ent_put_number(b, box->utility);
    ent_put(b, "}");
}

static void put_single(ent_work *work, ent_buffer *b, const ent_scenario *s, const double *part,
                       uint32_t i)
{
    ent_put(b, "      ");
    ent_put_quoted(b, s->issues[i].name);
    ent_put(b, ": {\"partsutils\": {\"issues\": [");
    ent_put_quoted(b, s->issues[i].name);
    ent_put(b, "], \"utilslist\": [");
    for (uint64_t l = 0; l < s->issues[i].levels; l++) {
        ent_put(b, l > 0 ? ", {\"values\": [" : "{\"values\": [");
        ent_put_quoted(b, ent_scenario_value_text(work->arena, &s->issues[i], l));
        ent_put(b, "], \"util\": ");
        ent_put_number(b, part == NULL ? 0 : part[l]);
        ent_put(b, "}");
    }
    ent_put(b, "]}}");
}

ent_status ent_geniusweb_put_groups(ent_work *work, ent_buffer *b, const ent_scenario *s,
                                    uint32_t party)
{
    const ent_utility *u = &s->utilities[party];
    size_t *group_of = ent_alloc(work->arena, u->box_count, size_t);
    const char *between = "";
    if (!are_groups(s, u, group_of)) {
        return ent_cannot_hold(work, "GeniusWeb has sums over issues and over groups of them "
                                     "alone, and the utilities of `%s` are neither",
                               s->parties[party]);
    }
    ent_put(b, "    \"partUtilities\": {\n");
    for (uint32_t i = 0; i < s->issue_count; i++) {
        bool grouped = false, single = true;
        for (size_t k = 0; k < u->box_count && !grouped; k++) {
            grouped = bounds(s, &u->boxes[k], i, &single);
        }
        if (!grouped) {
            ent_put(b, between);
            put_single(work, b, s, u->part == NULL ? NULL : u->part[i], i);
            between = ",\n";
        }
    }
    for (size_t k = 0; k < u->box_count; k++) {
        if (group_of[k] != k) {
            continue;
        }
        ent_putf(b, "%s      \"group %zu\": {\"partsutils\": {\"issues\": [", between, k + 1);
        put_issues(b, s, &u->boxes[k]);
        ent_put(b, "], \"utilslist\": [");
        for (size_t j = k; j < u->box_count; j++) {
            if (group_of[j] == k) {
                ent_put(b, j > k ? ", " : "");
                put_row(work, b, s, &u->boxes[j]);
            }
        }
        ent_put(b, "]}}");
        between = ",\n";
    }
    ent_put(b, "\n    },\n    \"domain\": ");
    return ENT_OK;
}
