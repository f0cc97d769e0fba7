#include "report/negmas_stats.h"

#include "io/scenario_write.h"

#include <math.h>

static void put_number(ent_buffer *out, const char *key, double value)
{
    ent_putf(out, "%s: ", key);
    if (isnan(value)) {
        ent_put(out, "null");
    } else {
        ent_put_yaml_float(out, value);
    }
    ent_put_char(out, '\n');
}

/* "key: []", or a line for each item of each row. */
static void put_rows(ent_buffer *out, const char *name, const char *kind, const ent_solution *s,
                     const ent_points_list *list,
                     void (*put)(ent_buffer *, const ent_solution *, size_t at, uint32_t item),
                     uint32_t items)
{
    ent_putf(out, "%s_%s:%s\n", name, kind, list->count == 0 ? " []" : "");
    for (size_t k = 0; k < list->count; k++) {
        for (uint32_t i = 0; i < items; i++) {
            ent_put(out, i == 0 ? "- - " : "  - ");
            put(out, s, list->at[k], i);
            ent_put_char(out, '\n');
        }
    }
}

static void put_level(ent_buffer *out, const ent_solution *s, size_t at, uint32_t issue)
{
    const ent_scenario *scenario = s->scenario;
    uint64_t level = s->levels[at * scenario->issue_count + issue];
    ent_put_negmas_level(out, out->arena, &scenario->issues[issue], level);
}

static void put_utility(ent_buffer *out, const ent_solution *s, size_t at, uint32_t party)
{
    ent_put_yaml_float(out, s->value[at * s->scenario->party_count + party]);
}

static void put_points(ent_buffer *out, const char *name, const ent_solution *s,
                       const ent_points_list *list)
{
    put_rows(out, name, "outcomes", s, list, put_level, s->scenario->issue_count);
    put_rows(out, name, "utils", s, list, put_utility, s->scenario->party_count);
}

void ent_put_negmas_stats(ent_buffer *out, const ent_solution *s, const ent_negmas_stats *stats)
{
    ent_put(out, "convex_hull: false\n");
    for (int k = 0; k < ENT_NEGMAS_RULES; k++) {
        put_points(out, ent_negmas_rule_names[k], s, &stats->best[k]);
    }
    put_number(out, "opposition", stats->opposition);
    put_points(out, "pareto", s, &stats->frontier);
    put_number(out, "rational_fraction", stats->rational_fraction);
    ent_put(out, "utility_ranges:\n");
    for (uint32_t p = 0; p < s->scenario->party_count; p++) {
        ent_put(out, "- - ");
        ent_put_yaml_float(out, stats->least[p]);
        ent_put(out, "\n  - ");
        ent_put_yaml_float(out, stats->most[p]);
        ent_put_char(out, '\n');
    }
}

void ent_put_negmas_info(ent_buffer *out, const ent_solution *s, const ent_negmas_stats *stats)
{
    char text[ENT_BIG_ROOM];
    ent_putf(out, "n_issues: %u\nn_negotiators: %u\nn_outcomes: %s\n", s->scenario->issue_count,
             s->scenario->party_count, ent_big_text(&s->outcomes, text));
    put_number(out, "opposition_level", stats->opposition);
    put_number(out, "rational_fraction", stats->rational_fraction);
}
