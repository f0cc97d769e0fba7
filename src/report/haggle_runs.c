#include "report/haggle.h"

#include "base/number.h"

#include <math.h>

static void json_spread(ent_json *json, const char *key, const ent_spread *s)
{
    ent_json_open_map(json, key);
    ent_json_number(json, "mean", s->mean);
    ent_json_number(json, "least", s->least);
    ent_json_number(json, "p5", s->low);
    ent_json_number(json, "p50", s->middle);
    ent_json_number(json, "p95", s->high);
    ent_json_number(json, "most", s->most);
    ent_json_close_map(json);
}

static void json_parties(ent_json *json, const ent_haggle_story *story)
{
    ent_json_open_list(json, "parties");
    for (uint32_t p = 0; p < story->n->table->parties; p++) {
        ent_json_open_map(json, NULL);
        ent_json_text(json, "name", story->parties[p]);
        ent_json_text(json, "strategy", story->chosen[p].text);
        ent_json_number(json, "reservation", story->n->table->side[p].reservation);
        json_spread(json, "utility", &story->runs->utility[p]);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

static void json_deals(ent_arena *arena, ent_json *json, const ent_haggle_story *story)
{
    const ent_runs *r = story->runs;
    ent_json_open_list(json, "frequent");
    for (uint32_t k = 0; k < r->deal_count; k++) {
        ent_json_open_map(json, NULL);
        ent_json_number(json, "share", r->deals[k].count / (double)r->runs);
        ent_json_haggle_entry(arena, json, story, r->deals[k].entry);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

void ent_put_haggle_runs_json(ent_buffer *out, const ent_haggle_story *story)
{
    const ent_runs *r = story->runs;
    const ent_negotiation *n = story->n;
    ent_json json = ent_json_document(out, "haggle-runs");
    ent_json_text(&json, "scenario", story->title);
    ent_json_text(&json, "protocol", n->rules.protocol->name);
    ent_json_count(&json, "rounds", n->rules.rounds);
    ent_json_clock(&json, &n->rules);
    ent_json_count(&json, "seed", n->rules.seed);
    ent_json_haggle_space(&json, n->table);
    ent_json_count(&json, "runs", r->runs);
    if (r->interrupted) {
        ent_json_bool(&json, "interrupted", true);
    }
    json_parties(&json, story);
    ent_json_open_map(&json, "agreement");
    ent_json_number(&json, "share", r->agreements / (double)r->runs);
    ent_json_number(&json, "low", r->low);
    ent_json_number(&json, "high", r->high);
    ent_json_count(&json, "different", r->different);
    ent_json_close_map(&json);
    ent_json_open_map(&json, "ends");
    for (int k = 0; k < ENT_HAGGLE_ENDS; k++) {
        ent_json_number(&json, ent_haggle_end_names[k], r->ends[k] / (double)r->runs);
    }
    ent_json_close_map(&json);
    json_spread(&json, "rounds_taken", &r->rounds);
    json_spread(&json, "welfare", &r->welfare);
    json_spread(&json, "pareto_distance", &r->pareto);
    json_spread(&json, "nash_distance", &r->nash);
    json_spread(&json, "kalai_distance", &r->kalai);
    if (story->of_negmas) {
        json_spread(&json, "nash_negmas_distance", &r->nash_negmas);
        json_spread(&json, "kalai_smorodinsky_negmas_distance", &r->kalai_negmas);
    }
    json_deals(out->arena, &json, story);
    ent_json_end_document(&json);
}

void ent_put_haggle_runs_plain(ent_buffer *out, const ent_haggle_story *story)
{
    const ent_runs *r = story->runs;
    const char *names[] = {"rounds", "welfare", "pareto", "nash", "kalai", "nash_negmas",
                           "kalai_smorodinsky_negmas"};
    const ent_spread *spreads[] = {&r->rounds, &r->welfare, &r->pareto, &r->nash, &r->kalai,
                                   &r->nash_negmas, &r->kalai_negmas};
    uint32_t figures = story->of_negmas ? 7 : 5;
    for (int k = 0; k < ENT_HAGGLE_ENDS; k++) {
        ent_putf(out, "end\t%s\t%u\n", ent_haggle_end_names[k], r->ends[k]);
    }
    for (uint32_t k = 0; k < figures + story->n->table->parties; k++) {
        const ent_spread *s = k < figures ? spreads[k] : &r->utility[k - figures];
        const double of[] = {s->mean, s->least, s->low, s->middle, s->high, s->most};
        char number[ENT_NUMBER_ROOM];
        ent_putf(out, "%s", k < figures ? names[k] : story->parties[k - figures]);
        for (int j = 0; j < 6; j++) {
            ent_putf(out, "\t%s", isnan(of[j]) ? "-" : ent_number_text(of[j], number));
        }
        ent_put_char(out, '\n');
    }
}

/* A narrow terminal has the strategy behind the name, and the figures below both. */
static bool is_narrow(const ent_style *style)
{
    return style->width < 76;
}

static void put_spread(ent_buffer *out, const ent_style *style, const char *name,
                       const char *strategy, const ent_spread *s)
{
    ent_put(out, "  ");
    ent_put_cell(out, name, 18, false);
    ent_put_char(out, ' ');
    ent_put_cell(out, strategy, 14, false);
    ent_put(out, is_narrow(style) ? "\n" : "");
    if (isnan(s->mean)) {
        ent_put(out, "         -\n");
        return;
    }
    ent_putf(out, " %9.4g %9.4g %9.4g %9.4g\n", s->mean, s->low, s->middle, s->high);
}

static void put_ends(ent_buffer *out, const ent_haggle_story *story)
{
    const ent_runs *r = story->runs;
    ent_putf(out, "%s of %s %s in a deal (95 %%: %s to %s)",
             ent_percent(out->arena, r->agreements / (double)r->runs),
             ent_counted(out->arena, r->runs, "runs"), r->runs == 1 ? "ends" : "end",
             ent_percent(out->arena, r->low),
             ent_percent(out->arena, r->high));
    for (int k = 1; k < ENT_HAGGLE_ENDS; k++) {
        if (r->ends[k] > 0) {
            ent_putf(out, "; %s %s", ent_haggle_end_names[k],
                     ent_percent(out->arena, r->ends[k] / (double)r->runs));
        }
    }
    ent_put_char(out, '\n');
}

void ent_put_haggle_runs_text(ent_buffer *out, const ent_style *style,
                              const ent_haggle_story *story)
{
    const ent_runs *r = story->runs;
    ent_put_haggle_head(out, style, story);
    put_ends(out, story);
    ent_put_heading(out, style, "Spread over the runs");
    ent_put_repeat(out, " ", is_narrow(style) ? 1 : 36);
    ent_put(out, "     mean       5 %    middle      95 %\n");
    for (uint32_t p = 0; p < story->n->table->parties; p++) {
        put_spread(out, style, story->parties[p], story->chosen[p].text, &r->utility[p]);
    }
    put_spread(out, style, "rounds", "", &r->rounds);
    put_spread(out, style, "welfare", "", &r->welfare);
    put_spread(out, style, "from frontier", "", &r->pareto);
    put_spread(out, style, "from Nash", "", &r->nash);
    put_spread(out, style, "from Kalai", "", &r->kalai);
    if (story->of_negmas) {
        put_spread(out, style, "from NegMAS's Nash", "", &r->nash_negmas);
        put_spread(out, style, "from NegMAS's KS", "", &r->kalai_negmas);
    }
    if (r->deal_count == 0) {
        return;
    }
    ent_put_heading(out, style, r->different == 1 ? "The deal that all of these end in"
                                       : ent_format(out->arena,
                                                    "Most frequent of %u different deals",
                                                    r->different));
    for (uint32_t k = 0; k < r->deal_count; k++) {
        ent_putf(out, "  %5s  ", ent_percent(out->arena, r->deals[k].count / (double)r->runs));
        ent_put_wrapped(out, style, 9, 9,
                        ent_haggle_entry_text(out->arena, story, r->deals[k].entry, "; ", ": "));
    }
}
