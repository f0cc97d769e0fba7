#include "report/measures.h"

static const char *metric_name(const ent_case *c, uint32_t metric)
{
    return c->metrics[metric];
}

/* "45%", or "61% to 100%" where the figures are ranges. */
static const char *share_text(ent_arena *arena, ent_interval share)
{
    const char *low = ent_percent(arena, share.low);
    const char *high = ent_percent(arena, share.high);
    return share.high - share.low < 0.005 ? low : ent_format(arena, "%s to %s", low, high);
}

/* The statements by name, or how many where they are many. */
static const char *ids_text(ent_arena *arena, const ent_case *c, const uint32_t *statements,
                            size_t count)
{
    if (count > 6) {
        return ent_format(arena, "%zu statements of both sides speak of it", count);
    }
    ent_buffer b = ent_buffer_init(arena, 0);
    for (size_t i = 0; i < count; i++) {
        ent_putf(&b, "%s%s", i > 0 ? ", " : "", c->statements[statements[i]].id);
    }
    return ent_buffer_text(&b);
}

void ent_put_measures(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                      size_t most)
{
    const ent_case *c = analysis->c;
    ent_arena *arena = out->arena;
    ent_measure_disputes found = ent_find_measure_disputes(arena, c, analysis->on);
    if (found.count == 0) {
        return;
    }
    ent_put_heading(out, style, "In dispute by the measure alone");
    for (size_t i = 0; i < found.count && i < most; i++) {
        const ent_measure_dispute *d = &found.at[i];
        const ent_issue *issue = &c->space.issues[d->issue];
        ent_put(out, "  ");
        ent_put_wrapped(
            out, style, 2, 4,
            ent_format(arena,
                       "%s (%s): %s of the whole by %s, %s by %s. \"Partial\" and \"nearly all\" "
                       "can both be true (%s).",
                       issue->name, ent_level_text(arena, issue, d->level, true),
                       share_text(arena, d->partial_share), metric_name(c, d->partial_metric),
                       share_text(arena, d->nearly_share), metric_name(c, d->nearly_metric),
                       ids_text(arena, c, d->statements, d->count)));
    }
    if (found.count > most) {
        ent_putf(out, "  ... and %zu more; `entente accounts` lists them\n", found.count - most);
    }
}

void ent_put_compatible(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        size_t most)
{
    const ent_case *c = analysis->c;
    ent_compatible found = ent_find_compatible(out->arena, c, &analysis->accounts);
    if (found.count == 0) {
        return;
    }
    ent_put_heading(out, style, "Said by different sides, and both can be true");
    for (size_t i = 0; i < found.count && i < most; i++) {
        const ent_compatible_pair *pair = &found.at[i];
        ent_put(out, "  ");
        ent_put_wrapped(out, style, 2, 4,
                        ent_format(out->arena, "%s and %s, about %s and %s",
                                   c->statements[pair->one].id, c->statements[pair->other].id,
                                   c->parties[pair->party].name,
                                   c->space.issues[pair->issue].name));
    }
    if (found.count > most) {
        ent_putf(out, "  ... and %zu more pairs\n", found.count - most);
    }
}

static void put_interval(ent_json *json, const char *key, ent_interval interval)
{
    ent_json_open_list(json, key);
    ent_json_number(json, NULL, interval.low);
    ent_json_number(json, NULL, interval.high);
    ent_json_close_list(json);
}

static void put_measure(ent_json *json, const ent_case *c, const ent_measure_dispute *d)
{
    uint64_t *levels = ent_alloc(json->out->arena, c->space.issue_count + 1, uint64_t);
    levels[d->issue] = d->level;
    ent_json_open_map(json, NULL);
    ent_json_package(json, "package", &c->space, levels);
    ent_json_text(json, "partial_by", metric_name(c, d->partial_metric));
    put_interval(json, "partial_share", d->partial_share);
    ent_json_text(json, "nearly_all_by", metric_name(c, d->nearly_metric));
    put_interval(json, "nearly_all_share", d->nearly_share);
    ent_json_statements(json, "statements", c, d->statements, d->count);
    ent_json_close_map(json);
}

void ent_json_measures(ent_json *json, const ent_analysis *analysis)
{
    const ent_case *c = analysis->c;
    ent_arena *arena = json->out->arena;
    ent_measure_disputes measures = ent_find_measure_disputes(arena, c, analysis->on);
    ent_compatible compatible = ent_find_compatible(arena, c, &analysis->accounts);
    ent_json_open_list(json, "measure_disputes");
    for (size_t i = 0; i < measures.count; i++) {
        put_measure(json, c, &measures.at[i]);
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "compatible");
    for (size_t i = 0; i < compatible.count; i++) {
        const ent_compatible_pair *pair = &compatible.at[i];
        uint32_t both[] = {pair->one, pair->other};
        ent_json_open_map(json, NULL);
        ent_json_statements(json, "statements", c, both, 2);
        ent_json_text(json, "party", c->parties[pair->party].id);
        ent_json_text(json, "issue", c->space.issues[pair->issue].id);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}
