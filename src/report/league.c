/*
 * Colours: one hue from light to dark for amounts, its lightness linear in the value, so that the
 * page reads the same in grey; numbers stand in every cell.
 */
#include "report/league.h"

#include "base/number.h"
#include "report/haggle.h"
#include "report/svg.h"

#include <math.h>

static const char style[] =
    "<style>\n"
    "body{font:16px/1.5 system-ui,sans-serif;color:#1c2430;background:#fff;max-width:60rem;"
    "margin:2rem auto;padding:0 1rem}\n"
    "h1{font-size:1.6rem;margin:0 0 .5rem}h2{font-size:1.2rem;margin:2.5rem 0 .5rem}\n"
    "p{margin:.4rem 0}p.note{color:#4a5666;font-size:.9rem}\n"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.25rem .7rem;text-align:right;border-bottom:1px solid #d8dee6}\n"
    "th:nth-child(2),td:nth-child(2){text-align:left}\n"
    "svg{width:100%;height:auto;display:block}\n"
    ".wide{overflow-x:auto}\n"
    ".some{display:grid;grid-template-columns:repeat(auto-fill,minmax(18rem,1fr));gap:1.5rem}\n"
    "figure{margin:0}figcaption{font-size:.9rem;color:#4a5666}\n"
    "</style>\n";

static void put_escaped(ent_buffer *out, const char *before, const char *text, const char *after)
{
    ent_put(out, before);
    ent_svg_escaped(out, text);
    ent_put(out, after);
}

static void put_number(ent_buffer *out, double value)
{
    ent_put(out, isnan(value) ? "<td>-</td>" : ent_format(out->arena, "<td>%.3f</td>", value));
}

static void put_head(ent_buffer *out, const ent_tournament_story *story)
{
    char runs[ENT_NUMBER_ROOM];
    ent_put(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "style-src 'unsafe-inline'\">\n"
                 "<title>Tournament</title>\n");
    ent_put(out, style);
    ent_put(out, "</head>\n<body>\n<h1>Tournament</h1>\n");
    ent_putf(out, "<p>%zu scenario%s, %zu strategies, %s runs of %s, protocol %s, "
                  "seed %llu</p>\n",
             story->scenarios, story->scenarios == 1 ? "" : "s", story->strategies,
             ent_count_text(story->runs, runs),
             ent_haggle_limits_text(out->arena, story->rules), story->protocol,
             (unsigned long long)story->seed);
}

/* ---- Ranking -------------------------------------------------------------------------------- */

enum { ROW = 24, NAMES = 190, PLOT = 520, RIGHT = 60 };

/* The ends of an axis on which all means with their intervals lie. */
static void span_of(const ent_tournament_story *story, double *low, double *high)
{
    *low = HUGE_VAL;
    *high = -HUGE_VAL;
    for (size_t i = 0; i < story->rank_count; i++) {
        const ent_result_rank *r = &story->ranks[i];
        double half = isnan(r->score_error) ? 0 : r->score_error;
        *low = fmin(*low, r->score - half);
        *high = fmax(*high, r->score + half);
    }
    double more = *high > *low ? (*high - *low) * 0.05 : 0.5;
    *low -= more;
    *high += more;
}

static void put_interval(ent_buffer *out, const ent_result_rank *r, double y, double low,
                         double high)
{
    double scale = PLOT / (high - low), x = NAMES + (r->score - low) * scale;
    if (!isnan(r->score_error)) {
        double half = r->score_error * scale;
        ent_putf(out, "<path d=\"M%.1f %.1fH%.1fM%.1f %.1fv8M%.1f %.1fv8\" stroke=\"#5b7fa6\" "
                      "stroke-width=\"1.5\"/>\n",
                 x - half, y, x + half, x - half, y - 4, x + half, y - 4);
    }
    ent_putf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\" fill=\"#1f4e7d\"/>\n", x, y);
}

static void put_intervals(ent_buffer *out, const ent_tournament_story *story)
{
    double low, high, bottom = ROW * (double)story->rank_count + 6;
    span_of(story, &low, &high);
    ent_svg_open(out, NAMES + PLOT + RIGHT, bottom + 24,
                 ent_format(out->arena, "Mean %s of each strategy with its interval",
                            story->score));
    for (int k = 0; k <= 4; k++) {
        double x = NAMES + PLOT * k / 4.0;
        ent_putf(out, "<path d=\"M%.1f 0V%.1f\" stroke=\"#e3e8ee\"/>\n", x, bottom);
        ent_svg_label(out, x, bottom + 16, "middle",
                      ent_format(out->arena, "%.3g", low + (high - low) * k / 4));
    }
    for (size_t i = 0; i < story->rank_count; i++) {
        double y = ROW * ((double)i + 0.5);
        ent_svg_label(out, NAMES - 12, y + 4, "end", story->ranks[i].strategy);
        put_interval(out, &story->ranks[i], y, low, high);
    }
    ent_put(out, "</svg>\n");
}

static void put_table(ent_buffer *out, const ent_tournament_story *story)
{
    ent_put(out, "<div class=\"wide\"><table>\n<tr><th>place</th><th>strategy</th>");
    put_escaped(out, "<th>", story->score, "</th><th>+-</th><th>agreed</th><th>welfare</th>"
                                           "<th>from frontier</th><th>from Nash</th>"
                                           "<th>rounds</th></tr>\n");
    for (size_t i = 0; i < story->rank_count; i++) {
        const ent_result_rank *r = &story->ranks[i];
        ent_putf(out, "<tr><td>%zu%s</td>", i + 1, r->ahead ? "*" : "");
        put_escaped(out, "<td>", r->strategy, "</td>");
        put_number(out, r->score);
        put_number(out, r->score_error);
        ent_putf(out, "<td>%s</td>", ent_percent(out->arena, r->agreed));
        put_number(out, r->welfare);
        put_number(out, r->pareto);
        put_number(out, r->nash);
        ent_putf(out, "<td>%.1f</td></tr>\n", r->rounds);
    }
    ent_put(out, "</table></div>\n");
}

static void put_ranking(ent_buffer *out, const ent_tournament_story *story)
{
    put_escaped(out, "<h2>Ranking by ", story->score, "</h2>\n");
    put_escaped(out, "<p class=\"note\">The score of a run: ", story->score_summary, "; ");
    if (story->rank_count > 0 && story->ranks[0].over_scenarios) {
        ent_putf(out, "95 %% intervals over the %llu scenarios.</p>\n",
                 (unsigned long long)story->ranks[0].scenarios);
    } else {
        ent_put(out, "95 % intervals over cells, not scenarios: these are too few to tell of "
                     "others.</p>\n");
    }
    put_intervals(out, story);
    put_table(out, story);
    ent_put(out, "<p class=\"note\">* ahead of the next place by more than chance (paired t test, "
                 "5 % in all).</p>\n");
}

/* ---- Who against whom ----------------------------------------------------------------------- */

enum { CELL = 52, HEADS = 110 };

/* From light to dark as share goes from 0 to 1. */
static void put_cell(ent_buffer *out, double x, double y, double value, double share)
{
    if (isnan(value)) {
        ent_putf(out, "<rect x=\"%.0f\" y=\"%.0f\" width=\"%d\" height=\"%d\" fill=\"#fff\" "
                      "stroke=\"#e3e8ee\"/>\n", x, y, CELL - 2, CELL - 2);
        return;
    }
    ent_putf(out, "<rect x=\"%.0f\" y=\"%.0f\" width=\"%d\" height=\"%d\" "
                  "fill=\"rgb(%.0f,%.0f,%.0f)\"/>\n",
             x, y, CELL - 2, CELL - 2, 238 - 207 * share, 243 - 165 * share, 249 - 124 * share);
    ent_putf(out, "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\" fill=\"%s\">%.2f</text>\n",
             x + CELL / 2.0 - 1, y + CELL / 2.0 + 3, share > 0.5 ? "#fff" : "#1c2430", value);
}

static void put_heads(ent_buffer *out, const ent_league *l)
{
    for (size_t i = 0; i < l->strategies; i++) {
        double at = (double)i * CELL + CELL / 2.0;
        ent_svg_label(out, NAMES - 12, HEADS + at + 3, "end", l->strategy[i]);
        ent_putf(out, "<text transform=\"translate(%.0f %d) rotate(-50)\">", NAMES + at - 2,
                 HEADS - 8);
        ent_svg_escaped(out, l->strategy[i]);
        ent_put(out, "</text>\n");
    }
}

static void put_heat(ent_buffer *out, const ent_league *l)
{
    size_t n = l->strategies;
    double low = HUGE_VAL, high = -HUGE_VAL, side = (double)n * CELL;
    for (size_t k = 0; k < n * n; k++) {
        low = isnan(l->met[k]) ? low : fmin(low, l->met[k]);
        high = isnan(l->met[k]) ? high : fmax(high, l->met[k]);
    }
    ent_put(out, "<h2>Who against whom</h2>\n<p class=\"note\">Mean ");
    put_escaped(out, "", l->story->score, " of the row's strategy in the runs in which the "
                                          "column's sat in another seat; every scenario counts "
                                          "once. Darker is more.</p>\n<div class=\"wide\">");
    ent_svg_open(out, NAMES + side + 80, HEADS + side + 4, "Score of each strategy by the other's");
    put_heads(out, l);
    for (size_t k = 0; k < n * n; k++) {
        double share = high > low ? (l->met[k] - low) / (high - low) : 0.5;
        put_cell(out, NAMES + (double)(k % n) * CELL, HEADS + (double)(k / n) * CELL, l->met[k],
                 share);
    }
    ent_put(out, "</svg></div>\n");
}

/* ---- Where agreements lie ------------------------------------------------------------------- */

enum { LEFT = 44, TOP = 14, SIDE = 240 };

typedef struct frame {
    double low[2], high[2];
} frame;

static frame frame_of(const ent_league_scatter *s)
{
    frame f = {{0, 0}, {1, 1}};
    for (size_t k = 0; k < 2 * s->front_count; k++) {
        f.low[k % 2] = fmin(f.low[k % 2], s->front[k]);
        f.high[k % 2] = fmax(f.high[k % 2], s->front[k]);
    }
    for (size_t i = 0; i < s->deal_count; i++) {
        for (int p = 0; p < 2; p++) {
            f.low[p] = fmin(f.low[p], s->deal[i].at[p]);
            f.high[p] = fmax(f.high[p], s->deal[i].at[p]);
        }
    }
    return f;
}

static double along(const frame *f, int p, double value)
{
    double share = (value - f->low[p]) / (f->high[p] - f->low[p]);
    return p == 0 ? LEFT + share * SIDE : TOP + (1 - share) * SIDE;
}

static void put_axes(ent_buffer *out, const ent_league_scatter *s, const frame *f)
{
    ent_putf(out, "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#888\"/>\n", LEFT, TOP,
             TOP + SIDE, LEFT + SIDE);
    ent_svg_label(out, LEFT, TOP + SIDE + 16, "middle", ent_format(out->arena, "%.3g", f->low[0]));
    ent_svg_label(out, LEFT + SIDE, TOP + SIDE + 16, "middle",
                  ent_format(out->arena, "%.3g", f->high[0]));
    ent_svg_label(out, LEFT - 6, TOP + SIDE, "end", ent_format(out->arena, "%.3g", f->low[1]));
    ent_svg_label(out, LEFT - 6, TOP + 8, "end", ent_format(out->arena, "%.3g", f->high[1]));
    ent_svg_label(out, LEFT + SIDE / 2.0, TOP + SIDE + 16, "middle", s->party[0]);
    ent_putf(out, "<text transform=\"translate(%d %d) rotate(-90)\" text-anchor=\"middle\">",
             LEFT - 12, TOP + SIDE / 2);
    ent_svg_escaped(out, s->party[1]);
    ent_put(out, "</text>\n");
}

static void put_scatter(ent_buffer *out, const ent_league_scatter *s)
{
    frame f = frame_of(s);
    uint64_t deals = 0, most = 1;
    ent_put(out, "<figure>\n");
    ent_svg_open(out, LEFT + SIDE + 16, TOP + SIDE + 24,
                 ent_format(out->arena, "Agreements on %s", s->name));
    put_axes(out, s, &f);
    for (size_t i = 0; i < s->front_count; i++) {
        ent_putf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\" fill=\"#9aa7b5\"/>\n",
                 along(&f, 0, s->front[2 * i]), along(&f, 1, s->front[2 * i + 1]));
    }
    for (size_t i = 0; i < s->deal_count; i++) {
        deals += s->deal[i].count;
        most = s->deal[i].count > most ? s->deal[i].count : most;
    }
    for (size_t i = 0; i < s->deal_count; i++) {
        ent_putf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#b3541e\" "
                      "fill-opacity=\"0.45\" stroke=\"#b3541e\"/>\n",
                 along(&f, 0, s->deal[i].at[0]), along(&f, 1, s->deal[i].at[1]),
                 2.5 + 7 * sqrt((double)s->deal[i].count / (double)most));
    }
    put_escaped(out, "</svg>\n<figcaption>", s->name, "");
    ent_putf(out, ": %llu agreements</figcaption>\n</figure>\n", (unsigned long long)deals);
}

static void put_scatters(ent_buffer *out, const ent_league *l)
{
    if (l->scatters == 0) {
        return;
    }
    ent_put(out, "<h2>Where agreements lie</h2>\n<p class=\"note\">Grey: the frontier. Orange: "
                 "agreements, larger where there are more, at the utilities that the parties got, "
                 "in the scenario's own scale.</p>\n<div class=\"some\">\n");
    for (size_t k = 0; k < l->scatters; k++) {
        put_scatter(out, &l->scatter[k]);
    }
    ent_put(out, "</div>\n");
    if (l->left_out > 0) {
        ent_putf(out, "<p class=\"note\">%zu more scenario%s not drawn here.</p>\n", l->left_out,
                 l->left_out == 1 ? " is" : "s are");
    }
}

void ent_put_league_html(ent_buffer *out, const ent_league *l)
{
    put_head(out, l->story);
    put_ranking(out, l->story);
    put_heat(out, l);
    put_scatters(out, l);
    ent_put(out, "</body>\n</html>\n");
}
