/*
 * The dance of offers as SVG: each party's offers over the rounds, as shares of its own range, one
 * panel for each party whose range it is; in the panel a line for each party that offers.
 */
#include "report/haggle.h"

#include "base/number.h"

enum { LEFT = 50, TOP = 40, WIDE = 480, HIGH = 150, GAP = 50 };

static const char *const inks[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9",
                                   "#E69F00"};

static void put_text(ent_buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        const char *safe = *text == '<' ? "&lt;" : *text == '&' ? "&amp;" : NULL;
        if (safe != NULL) {
            ent_put(out, safe);
        } else {
            ent_put_char(out, *text);
        }
    }
}

static void put_label(ent_buffer *out, double x, double y, const char *anchor, const char *text)
{
    ent_putf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
    put_text(out, text);
    ent_put(out, "</text>\n");
}

typedef struct panel {
    const ent_haggle_side *side;
    double top, rounds;
} panel;

static double height(const panel *f, double value)
{
    double range = f->side->most - f->side->least;
    double share = range > 0 ? (value - f->side->least) / range : 1;
    return f->top + HIGH * (1 - share);
}

static double across(const panel *f, uint32_t round)
{
    return LEFT + WIDE * (double)round / (f->rounds > 1 ? f->rounds - 1 : 1);
}

static void put_line(ent_buffer *out, const ent_negotiation *n, const panel *f, uint32_t party)
{
    bool any = false;
    for (uint32_t k = 0; k < n->result.offers; k++) {
        const ent_haggle_offer *offer = &n->offers[k];
        uint32_t by = offer->party == ENT_HAGGLE_MEDIATOR ? 0 : offer->party;
        if (by != party) {
            continue;
        }
        double x = across(f, offer->round), y = height(f, f->side->value[offer->entry]);
        if (!any) {
            ent_putf(out, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"%s d=\"M%.1f %.1f",
                     inks[party % 6], party % 2 == 1 ? " stroke-dasharray=\"4 2\"" : "", x, y);
        } else {
            ent_putf(out, "H%.1fV%.1f", x, y);
        }
        any = true;
    }
    if (any) {
        ent_put(out, "\"/>\n");
    }
}

static void put_panel(ent_buffer *out, const ent_haggle_story *story, uint32_t party)
{
    const ent_negotiation *n = story->n;
    const ent_haggle_side *side = &n->table->side[party];
    panel f = {.side = side, .top = TOP + (double)party * (HIGH + GAP),
               .rounds = n->rules.clock.open ? n->result.round + 1 : n->rules.rounds};
    ent_putf(out, "<path d=\"M%d %.1fv%dh%d\" fill=\"none\" stroke=\"#888\"/>\n", LEFT, f.top, HIGH,
             WIDE);
    put_label(out, LEFT, f.top - 8, "start",
              ent_format(out->arena, "What the offers give %s", story->parties[party]));
    put_label(out, LEFT - 6, f.top + 4, "end", ent_format(out->arena, "%.3g", side->most));
    put_label(out, LEFT - 6, f.top + HIGH, "end", ent_format(out->arena, "%.3g", side->least));
    if (side->reservation > side->least && side->reservation <= side->most) {
        ent_putf(out, "<path d=\"M%d %.1fh%d\" stroke=\"#888\" stroke-dasharray=\"1 3\"/>\n", LEFT,
                 height(&f, side->reservation), WIDE);
    }
    for (uint32_t p = 0; p < n->table->parties; p++) {
        put_line(out, n, &f, p);
    }
    if (n->result.entry != ENT_NO_ENTRY) {
        ent_putf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"none\" stroke=\"#000\" "
                      "stroke-width=\"2\"/>\n",
                 across(&f, n->result.round), height(&f, side->value[n->result.entry]));
    }
}

static void put_legend(ent_buffer *out, const ent_haggle_story *story)
{
    for (uint32_t p = 0; p < story->n->table->parties; p++) {
        double y = TOP + 10 + 20.0 * p;
        ent_putf(out, "<path d=\"M%d %.1fh24\" stroke=\"%s\" stroke-width=\"2\"%s/>\n",
                 LEFT + WIDE + 16, y, inks[p % 6], p % 2 == 1 ? " stroke-dasharray=\"4 2\"" : "");
        put_label(out, LEFT + WIDE + 46, y + 4, "start",
                  ent_format(out->arena, "%s (%s)", story->parties[p], story->chosen[p].text));
    }
}

void ent_put_haggle_svg(ent_buffer *out, const ent_haggle_story *story)
{
    uint32_t parties = story->n->table->parties;
    ent_putf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %u\" "
                  "font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n<title>",
             LEFT + WIDE + 260, TOP + parties * (HIGH + GAP));
    put_text(out, story->title);
    ent_putf(out, ": %s</title>\n",
             ent_counted(out->arena, story->n->result.offers, "offers"));
    for (uint32_t p = 0; p < parties; p++) {
        put_panel(out, story, p);
    }
    put_legend(out, story);
    ent_put(out, "</svg>\n");
}
