/* Drawings of a frontier: braille dots in the terminal, SVG elsewhere. */
#include "report/frontier.h"

#include "base/number.h"
#include "report/svg.h"

#include <math.h>

enum { ROWS = 16, MOST_COLUMNS = 120 };

typedef struct canvas {
    unsigned columns;
    unsigned char dots[ROWS][MOST_COLUMNS]; /* the eight dots of a braille cell */
    char letter[ROWS][MOST_COLUMNS];
    double low[2], high[2];
} canvas;

/* From 0 (or the nadir below it) to 1 (or the ideal above it), the same idea for both parties. */
static void span(const ent_solution *s, uint32_t p, double *low, double *high)
{
    *low = fmin(0, s->points.nadir[p]);
    *high = fmax(1, s->points.ideal[p]);
}

static unsigned place(double value, double low, double high, unsigned count)
{
    double at = (value - low) / (high - low) * (double)(count - 1);
    return at < 0 ? 0 : at > count - 1 ? count - 1 : (unsigned)(at + 0.5);
}

/* The dot bits of a braille cell by row and column (Unicode 2800 to 28FF). */
static const unsigned char braille[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

static void mark(canvas *c, const double *value, char letter)
{
    unsigned x = place(value[0], c->low[0], c->high[0], 2 * c->columns);
    unsigned y = 4 * ROWS - 1 - place(value[1], c->low[1], c->high[1], 4 * ROWS);
    if (letter != '\0') {
        char *at = &c->letter[y / 4][x / 2];
        *at = *at == '\0' ? letter : '*';
    } else {
        c->dots[y / 4][x / 2] =
            (unsigned char)(c->dots[y / 4][x / 2] | braille[y % 4][x % 2]);
    }
}

static void put_cell(ent_buffer *out, const canvas *c, unsigned row, unsigned column)
{
    unsigned dots = c->dots[row][column];
    char cell[4] = {(char)0xe2, (char)(0xa0 | dots >> 6), (char)(0x80 | (dots & 0x3f)), '\0'};
    if (c->letter[row][column] != '\0') {
        ent_put_char(out, c->letter[row][column]);
    } else {
        ent_put(out, dots == 0 ? " " : cell);
    }
}

static void put_canvas(ent_buffer *out, const ent_solution *s, const canvas *c)
{
    ent_putf(out, "%8s%s\n", "", s->scenario->parties[1]);
    for (unsigned row = 0; row < ROWS; row++) {
        if (row == 0 || row == ROWS - 1) {
            ent_putf(out, "%7.2f ", row == 0 ? c->high[1] : c->low[1]);
        } else {
            ent_put_repeat(out, " ", 8);
        }
        ent_put(out, "\u2502");
        for (unsigned column = 0; column < c->columns; column++) {
            put_cell(out, c, row, column);
        }
        ent_put_char(out, '\n');
    }
    ent_put_repeat(out, " ", 8);
    ent_put(out, "\u2514");
    ent_put_repeat(out, "\u2500", c->columns);
    ent_putf(out, "\n%8s%-8.2f", "", c->low[0]);
    ent_put_repeat(out, " ", c->columns > 16 ? c->columns - 15 : 1);
    ent_putf(out, "%7.2f  %s\n", c->high[0], s->scenario->parties[0]);
}

void ent_put_frontier_picture(ent_buffer *out, const ent_solution *s, unsigned columns)
{
    static const char letters[ENT_POINT_COUNT] = {'N', 'K', 'E', 'U'};
    canvas *c = ent_alloc(out->arena, 1, canvas);
    c->columns = columns < 20 ? 20 : columns > MOST_COLUMNS ? MOST_COLUMNS : columns;
    for (uint32_t p = 0; p < 2; p++) {
        span(s, p, &c->low[p], &c->high[p]);
    }
    for (size_t i = 0; i < s->count; i++) {
        mark(c, s->value + 2 * i, '\0');
    }
    bool any = false;
    for (int k = 0; k < ENT_POINT_COUNT; k++) {
        if (s->points.at[k] != SIZE_MAX) {
            mark(c, s->value + 2 * s->points.at[k], letters[k]);
            any = true;
        }
    }
    put_canvas(out, s, c);
    if (any) {
        ent_putf(out, "%8sN Nash, K Kalai-Smorodinsky, E egalitarian, U utilitarian, * several\n",
                 "");
    }
}

enum { LEFT = 60, TOP = 30, SIDE = 400 };

static double across(const ent_solution *s, uint32_t p, double value)
{
    double low, high;
    span(s, p, &low, &high);
    return (value - low) / (high - low) * SIDE;
}

static void svg_axis(ent_buffer *out, const ent_solution *s, uint32_t p)
{
    double low, high;
    char number[ENT_NUMBER_ROOM];
    span(s, p, &low, &high);
    double end[2] = {low, high};
    for (int k = 0; k < 2; k++) {
        double at = k * SIDE;
        bool flat = p == 0;
        ent_svg_label(out, flat ? LEFT + at : LEFT - 8,
                      flat ? TOP + SIDE + 18 : TOP + SIDE - at + 4, flat ? "middle" : "end",
                      ent_number_text(end[k], number));
    }
}

static void svg_scatter(ent_buffer *out, const ent_solution *s)
{
    ent_putf(out, "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#888\"/>\n", LEFT, TOP,
             TOP + SIDE, LEFT + SIDE);
    svg_axis(out, s, 0);
    svg_axis(out, s, 1);
    ent_svg_label(out, LEFT + SIDE / 2.0, TOP + SIDE + 34, "middle", s->scenario->parties[0]);
    ent_svg_label(out, LEFT, TOP - 12, "middle", s->scenario->parties[1]);
    for (size_t i = 0; i < s->count; i++) {
        const double *u = s->value + 2 * i;
        ent_putf(out, "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"2.5\" fill=\"#2b5c8a\"/>\n",
                 LEFT + across(s, 0, u[0]), TOP + SIDE - across(s, 1, u[1]));
    }
    for (int k = 0; k < ENT_POINT_COUNT; k++) {
        if (s->points.at[k] == SIZE_MAX) {
            continue;
        }
        const double *u = s->value + 2 * s->points.at[k];
        double x = LEFT + across(s, 0, u[0]), y = TOP + SIDE - across(s, 1, u[1]);
        ent_putf(out, "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%d\" fill=\"none\" stroke=\"#b3541e\" "
                      "stroke-width=\"1.5\"/>\n", x, y, 5 + 3 * k);
        /* One below the other beside the frame, so that labels never meet. */
        ent_svg_label(out, LEFT + SIDE + 44, TOP + 20 + 22 * k, "start",
                      ent_point_title((ent_point)k));
        ent_putf(out, "<path d=\"M%.2f %.2fL%d %d\" stroke=\"#b3541e\" stroke-width=\"0.5\"/>\n",
                 x, y, LEFT + SIDE + 40, TOP + 16 + 22 * k);
    }
}

static void svg_parallel(ent_buffer *out, const ent_solution *s)
{
    uint32_t n = s->scenario->party_count;
    double gap = n > 1 ? SIDE / (double)(n - 1) : 0;
    for (uint32_t p = 0; p < n; p++) {
        ent_putf(out, "<path d=\"M%.1f %dv%d\" stroke=\"#888\"/>\n", LEFT + gap * p, TOP, SIDE);
        ent_svg_label(out, LEFT + gap * p, TOP + SIDE + 18 + 14 * (p % 2), "middle",
                  s->scenario->parties[p]);
    }
    size_t shown = s->count < 2000 ? s->count : 2000;
    for (size_t i = 0; i < shown; i++) {
        ent_put(out, "<path fill=\"none\" stroke=\"#2b5c8a\" stroke-opacity=\"0.4\" d=\"");
        for (uint32_t p = 0; p < n; p++) {
            ent_putf(out, "%c%.1f %.2f", p == 0 ? 'M' : 'L', LEFT + gap * p,
                     TOP + SIDE - across(s, p, s->value[i * n + p]));
        }
        ent_put(out, "\"/>\n");
    }
}

void ent_put_frontier_svg(ent_buffer *out, const ent_solution *s)
{
    ent_putf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                  "font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n<title>",
             LEFT + SIDE + 180, TOP + SIDE + 50);
    ent_svg_escaped(out, s->scenario->name);
    ent_putf(out, ": %s on the frontier</title>\n", ent_counted(out->arena, s->count, "outcomes"));
    if (s->scenario->party_count == 2) {
        svg_scatter(out, s);
    } else {
        svg_parallel(out, s);
    }
    ent_put(out, "</svg>\n");
}
