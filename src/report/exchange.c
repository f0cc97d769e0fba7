#include "report/exchange.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

/* ---- Words -------------------------------------------------------------------------------- */

const char *ent_axis_unit(const ent_case *c, const ent_axis *axis)
{
    const char *unit = NULL;
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        const ent_issue *issue = &c->space.issues[i];
        if (axis->measure.scope == ENT_SCOPE_METRIC && axis->scope[i] != NULL) {
            unit = issue->metric_units != NULL ? issue->metric_units[axis->measure.metric] : NULL;
            unit = unit == NULL ? issue->unit : unit;
        }
        if (unit != NULL) {
            break;
        }
    }
    return unit;
}

const char *ent_axis_text(ent_arena *arena, const ent_case *c, const ent_axis *axis)
{
    const char *giver = c->parties[axis->giver].name;
    switch (axis->measure.scope) {
    case ENT_SCOPE_IMPORTANCE:
        return ent_format(arena, "what %s gives, by what it is worth to %s", giver,
                          c->parties[axis->getter].name);
    case ENT_SCOPE_PARTS:
        return ent_format(arena, "what %s gives, in steps and items", giver);
    case ENT_SCOPE_METRIC:
        break;
    }
    return ent_format(arena, "what %s gives, by %s", giver, c->metrics[axis->measure.metric]);
}

static const char *scope_text(ent_arena *arena, const ent_axis *axis, double scope)
{
    char number[ENT_NUMBER_ROOM];
    if (axis->measure.scope == ENT_SCOPE_IMPORTANCE) {
        return ent_format(arena, "%.0f%%", 100 * scope);
    }
    return ent_copy(arena, ent_number_text(round(scope * 100) / 100, number));
}

/* ---- JSON --------------------------------------------------------------------------------- */

/* Four digits are more than sampling supports. */
static double rounded(double value)
{
    return round(value * 1e4) / 1e4;
}

static void put_numbers(ent_json *json, const char *key, const double *at, size_t count)
{
    ent_json_open_list(json, key);
    for (size_t i = 0; i < count; i++) {
        ent_json_number(json, NULL, rounded(at[i]));
    }
    ent_json_close_list(json);
}

static void put_line(ent_json *json, const char *key, const size_t *at, size_t count)
{
    ent_json_open_list(json, key);
    for (size_t i = 0; i < count; i++) {
        if (at[i] == ENT_NO_LINE) {
            ent_json_null(json, NULL);
        } else {
            ent_json_count(json, NULL, at[i]);
        }
    }
    ent_json_close_list(json);
}

static void put_axis_json(ent_json *json, const char *key, const ent_case *c, const ent_axis *axis)
{
    ent_json_open_map(json, key);
    ent_json_count(json, "party", axis->giver);
    ent_json_text(json, "measure", ent_measure_name(c, axis->measure));
    ent_json_text(json, "label", ent_axis_text(json->out->arena, c, axis));
    ent_json_text(json, "unit", ent_axis_unit(c, axis));
    put_numbers(json, "edges", axis->edges, axis->cells + 1);
    if (axis->values != NULL) {
        put_numbers(json, "values", axis->values, axis->cells);
    } else {
        ent_json_null(json, "values");
    }
    ent_json_open_list(json, "left_out");
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        if (axis->left_out[i]) {
            ent_json_count(json, NULL, i);
        }
    }
    ent_json_close_list(json);
    ent_json_close_map(json);
}

void ent_json_exchange(ent_json *json, const ent_case *c, const ent_exchange_map *e)
{
    size_t cells = e->x.cells * e->y.cells;
    put_axis_json(json, "x", c, &e->x);
    put_axis_json(json, "y", c, &e->y);
    put_numbers(json, "a", e->best_a, cells);
    put_numbers(json, "b", e->best_b, cells);
    put_numbers(json, "joint", e->best_joint, cells);
    put_line(json, "line_a", e->line_a, e->x.cells);
    put_line(json, "line_b", e->line_b, e->x.cells);
    ent_json_open_list(json, "marks");
    for (size_t i = 0; i < e->spot_count; i++) {
        ent_json_open_map(json, NULL);
        ent_json_text(json, "package", e->spots[i].package->name);
        ent_json_number(json, "x", rounded(e->spots[i].x));
        ent_json_number(json, "y", rounded(e->spots[i].y));
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    ent_json_count(json, "meeting", e->meeting);
    ent_json_bool(json, "complete", e->complete);
}

static void put_packages_json(ent_json *json, const ent_case *c, const ent_exchange_map *e)
{
    ent_json_open_list(json, "packages");
    for (size_t i = 0; i < e->x.cells * e->y.cells; i++) {
        if (e->joint_levels[i] == NULL) {
            ent_json_null(json, NULL);
        } else {
            ent_json_package(json, NULL, &c->space, e->joint_levels[i]);
        }
    }
    ent_json_close_list(json);
}

void ent_put_exchange_json(ent_buffer *out, const ent_analysis *analysis,
                           const ent_exchange_map *maps)
{
    const ent_case *c = analysis->c;
    ent_json json = ent_json_document(out, "exchange");
    ent_json_provenance(&json, analysis);
    ent_json_open_list(&json, "parties");
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_json_text(&json, NULL, c->parties[p].id);
    }
    ent_json_close_list(&json);
    ent_json_open_list(&json, "issues");
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        ent_json_text(&json, NULL, c->space.issues[i].id);
    }
    ent_json_close_list(&json);
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account != NULL) {
            ent_json_open_map(&json, NULL);
            ent_json_text(&json, "name", analysis->accounts.at[i].id);
            ent_json_exchange(&json, c, &maps[i]);
            put_packages_json(&json, c, &maps[i]);
            ent_doubts doubts = ent_doubts_of(out->arena, analysis, i, NULL, false);
            ent_json_doubts(&json, analysis, &doubts);
            ent_json_close_map(&json);
        }
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

/* ---- Plain -------------------------------------------------------------------------------- */

static void put_cell_plain(ent_buffer *out, const ent_case *c, const char *account,
                           const ent_exchange_map *e, size_t cell)
{
    char text[ENT_NUMBER_ROOM];
    size_t x = cell % e->x.cells;
    size_t y = cell / e->x.cells;
    ent_putf(out, "cell\t%s", account);
    const double numbers[] = {e->x.edges[x],    e->x.edges[x + 1], e->y.edges[y],
                              e->y.edges[y + 1], e->best_a[cell],   e->best_b[cell],
                              e->best_joint[cell]};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        ent_putf(out, "\t%s", ent_number_text(rounded(numbers[i]), text));
    }
    ent_putf(out, "\t%s\n", ent_outcome_text(out->arena, &c->space, e->joint_levels[cell], false));
}

void ent_put_exchange_plain(ent_buffer *out, const ent_analysis *analysis,
                            const ent_exchange_map *maps)
{
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        for (size_t cell = 0;
             analysis->worlds[i].account != NULL && cell < maps[i].x.cells * maps[i].y.cells;
             cell++) {
            if (maps[i].joint_levels[cell] != NULL) {
                put_cell_plain(out, analysis->c, analysis->accounts.at[i].id, &maps[i], cell);
            }
        }
    }
}

/* ---- Text --------------------------------------------------------------------------------- */

enum { LABEL = 9 };

/* What marks a cell: half of one side's worlds accept something there, of both sides', or none. */
static char mark_of(const ent_exchange_map *e, size_t cell)
{
    bool a = e->best_a[cell] >= 0.5;
    bool b = e->best_b[cell] >= 0.5;
    return a && b ? '*' : a ? 'a' : b ? 'b' : ' ';
}

static const char *edge_text(ent_arena *arena, const ent_axis *axis, size_t cell)
{
    return scope_text(arena, axis, axis->values != NULL ? axis->values[cell] : axis->edges[cell]);
}

/* Columns of the map that stand side by side: all of them where the terminal is wide enough. */
typedef struct band {
    size_t first, end;
    unsigned width; /* of a cell */
} band;

static void put_row(ent_buffer *out, const ent_style *style, const ent_exchange_map *e, size_t y,
                    const band *b)
{
    unsigned width = b->width;
    ent_putf(out, "  ");
    ent_put_cell(out, edge_text(out->arena, &e->y, y), LABEL - 4, true);
    ent_put(out, " |");
    for (size_t x = b->first; x < b->end; x++) {
        size_t cell = y * e->x.cells + x;
        if (isnan(e->best_joint[cell])) {
            ent_put_repeat(out, " ", width);
            continue;
        }
        char mark = mark_of(e, cell);
        const char *text = ent_format(out->arena, "%.0f%c", 100 * e->best_joint[cell], mark);
        size_t length = strlen(text);
        ent_put_repeat(out, " ", length < width ? width - length : 0);
        ent_put_ink(out, style,
                    mark == '*'   ? ENT_INK_BOLD
                    : mark == 'a' ? ENT_INK_FIRST
                    : mark == 'b' ? ENT_INK_SECOND
                                  : ENT_INK_FAINT,
                    text);
    }
    ent_put_char(out, '\n');
}

/* The scopes under the columns, as many as have room. */
static void put_foot(ent_buffer *out, const ent_exchange_map *e, const band *b)
{
    ent_put_repeat(out, " ", LABEL - 1);
    ent_put_repeat(out, "-", b->width * (b->end - b->first) + 1);
    ent_put_char(out, '\n');
    ent_put_repeat(out, " ", LABEL);
    size_t every = b->end - b->first <= 3 ? 1 : 6 / b->width + 1;
    for (size_t x = b->first; x < b->end; x += every) {
        size_t columns = every < b->end - x ? every : b->end - x;
        unsigned room = (unsigned)(columns * b->width);
        ent_put_cell(out, edge_text(out->arena, &e->x, x), room, false);
    }
    ent_put_char(out, '\n');
}

static void put_map(ent_buffer *out, const ent_style *style, const ent_exchange_map *e)
{
    enum { NARROWEST = 4, WIDEST = 6 };
    size_t room = style->width - LABEL - 1;
    size_t fit = room / NARROWEST < e->x.cells ? room / NARROWEST : e->x.cells;
    size_t width = room / fit < WIDEST ? room / fit : WIDEST;
    for (size_t first = 0; first < e->x.cells; first += fit) {
        size_t end = first + fit < e->x.cells ? first + fit : e->x.cells;
        band b = {first, end, (unsigned)width};
        ent_put_char(out, '\n');
        for (size_t y = e->y.cells; y-- > 0;) {
            put_row(out, style, e, y, &b);
        }
        put_foot(out, e, &b);
    }
}

static void put_side(ent_buffer *out, const ent_style *style, const char *where, const ent_case *c,
                     const ent_axis *axis)
{
    ent_arena *arena = out->arena;
    const char *unit = ent_axis_unit(c, axis);
    ent_buffer text = ent_buffer_init(arena, 0);
    ent_putf(&text, "%s: %s%s%s", where, ent_axis_text(arena, c, axis),
             unit != NULL ? ", in " : "", unit != NULL ? unit : "");
    size_t left = 0;
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        if (axis->left_out[i]) {
            ent_putf(&text, "%s%s", left++ == 0 ? "; not measured this way: " : ", ",
                     c->space.issues[i].name);
        }
    }
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 6, ent_buffer_text(&text));
}

static void put_between(ent_buffer *out, const ent_style *style, const ent_case *c,
                        const ent_exchange_map *e)
{
    const char *a = c->parties[e->x.giver].name;
    const char *b = c->parties[e->y.giver].name;
    double best = 0;
    for (size_t i = 0; i < e->x.cells * e->y.cells; i++) {
        best = mark_of(e, i) == '*' ? fmax(best, e->best_joint[i]) : best;
    }
    const char *text =
        e->meeting > 0
            ? ent_format(out->arena,
                         "Between the two 50%% lines lies a zone of %zu cell%s: there half of the "
                         "%s worlds accept some package, and half of the %s worlds. The best "
                         "single package there suits all in %s.",
                         e->meeting, e->meeting == 1 ? "" : "s", a, b,
                         ent_percent(out->arena, best))
            : ent_format(out->arena,
                         "Between the two 50%% lines lies a gap: in no cell do half of the %s "
                         "worlds and half of the %s worlds each accept a package.",
                         a, b);
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 2, text);
    text = ent_format(out->arena,
                      "A number: the best share, in percent, that one package of the cell has with "
                      "all who are asked. a: half of the %s worlds accept a package there; b: half "
                      "of the %s worlds; *: both. 0 stands for all below half a percent. Left "
                      "blank: no package.",
                      a, b);
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 2, text);
    if (!e->complete) {
        ent_put(out, "  ");
        ent_put_wrapped(out, style, 2, 2,
                        "The space is too large to look at every package: numbers may be too low.");
    }
}

void ent_put_exchange_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                           const ent_exchange_map *maps)
{
    const ent_case *c = analysis->c;
    ent_put_ink(out, style, ENT_INK_BOLD, c->title);
    ent_put_char(out, '\n');
    ent_put_record(out, style, analysis);
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        const ent_exchange_map *e = &maps[i];
        if (analysis->worlds[i].account == NULL || ent_first_told(analysis, i) != i) {
            continue;
        }
        ent_put_heading(out, style, ent_told_title(out->arena, analysis, i));
        ent_doubts doubts = ent_doubts_of(out->arena, analysis, i, NULL, false);
        ent_put_doubts(out, style, &doubts, 2);
        put_side(out, style, "up", c, &e->y);
        put_side(out, style, "right", c, &e->x);
        put_map(out, style, e);
        ent_put_char(out, '\n');
        put_between(out, style, c, e);
    }
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}
