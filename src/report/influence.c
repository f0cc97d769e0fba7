#include "report/influence.h"

#include "base/number.h"
#include "report/deals.h"
#include "report/priorities.h"
#include "report/questions.h"

#include <math.h>

static void put_toggle_json(ent_json *json, const char *key, const ent_toggle *toggle)
{
    if (!toggle->asked) {
        ent_json_null(json, key);
        return;
    }
    ent_json_open_map(json, key);
    ent_json_bool(json, "consistent", toggle->consistent);
    ent_json_number(json, "share", toggle->share);
    ent_json_number(json, "change", toggle->change);
    ent_json_number(json, "error", toggle->error);
    ent_json_close_map(json);
}

static void put_account_json(ent_json *json, const ent_analysis *analysis, size_t account,
                             const ent_disputes *disputes, const ent_influence *influence)
{
    const ent_case *c = analysis->c;
    ent_doubts doubts =
        ent_doubts_of(json->out->arena, analysis, account, &influence->base, false);
    ent_json_doubts(json, analysis, &doubts);
    ent_json_count(json, "worlds", influence->worlds);
    ent_json_zone(json, "zone", &influence->base);
    ent_json_text(json, "of", influence->best == NULL ? "zone" : "best");
    ent_json_number(json, "from", influence->level);
    ent_json_open_list(json, "statements");
    for (size_t i = 0; i < influence->row_count; i++) {
        const ent_influence_row *row = &influence->rows[i];
        ent_json_open_map(json, NULL);
        ent_json_text(json, "id", c->statements[row->statement].id);
        ent_json_bool(json, "in", row->in);
        put_toggle_json(json, "without", &row->without);
        put_toggle_json(json, "with", &row->with);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "settlements");
    for (size_t i = 0; i < influence->settlement_count; i++) {
        const ent_settlement *s = &influence->settlements[i];
        const ent_question_in_dispute *q = &disputes->questions[s->question];
        ent_json_open_map(json, NULL);
        ent_json_statements(json, "a", c, q->a, q->a_count);
        ent_json_statements(json, "b", c, q->b, q->b_count);
        ent_json_statements(json, "gives_up", c, s->given_up, s->count);
        put_toggle_json(json, "zone", &s->zone);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

void ent_put_influence_json(ent_buffer *out, const ent_analysis *analysis,
                            const ent_disputes *disputes, const ent_influence *influences)
{
    ent_json json = ent_json_document(out, "influence");
    ent_json_provenance(&json, analysis);
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account != NULL) {
            ent_json_open_map(&json, NULL);
            ent_json_text(&json, "name", analysis->accounts.at[i].id);
            put_account_json(&json, analysis, i, disputes, &influences[i]);
            ent_json_close_map(&json);
        }
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

static const ent_toggle *asked_toggle(const ent_influence_row *row)
{
    return row->without.asked ? &row->without : &row->with;
}

void ent_put_influence_plain(ent_buffer *out, const ent_analysis *analysis,
                             const ent_influence *influences)
{
    char share[ENT_NUMBER_ROOM], change[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        for (size_t r = 0; analysis->worlds[i].account != NULL && r < influences[i].row_count;
             r++) {
            const ent_influence_row *row = &influences[i].rows[r];
            const ent_toggle *t = asked_toggle(row);
            ent_putf(out, "%s\t%s\t%s\t%s\t%s\n", analysis->accounts.at[i].id,
                     row->without.asked ? "without" : "with",
                     analysis->c->statements[row->statement].id,
                     t->consistent ? ent_number_text(t->share, share) : "-",
                     t->consistent ? ent_number_text(t->change, change) : "-");
        }
    }
}

enum { BAR = 16, NARROW_BAR = 12 };

/* How rows are laid out: names as wide as the widest, or on a line of their own where too wide. */
typedef struct layout {
    unsigned width;
    double widest; /* change */
    bool two_lines;
} layout;

/* A bar that grows to the right for more, with `<` for less: the sign stands beside it in words. */
static void put_change(ent_buffer *out, double change, const layout *l)
{
    unsigned most = l->two_lines ? NARROW_BAR : BAR;
    unsigned cells = l->widest > 0 ? (unsigned)(fabs(change) / l->widest * most + 0.5) : 0;
    cells = cells == 0 && fabs(change) >= 0.005 ? 1 : cells;
    ent_put_repeat(out, change < 0 ? "<" : ">", cells);
}

/* Do both toggles lead to the same accounts, as equal shares of the same draws tell? */
static bool alike(const ent_influence_row *a, const ent_influence_row *b)
{
    const ent_toggle *x = asked_toggle(a);
    const ent_toggle *y = asked_toggle(b);
    return a->without.asked == b->without.asked && x->consistent && y->consistent &&
           x->share == y->share;
}

/* How many rows from `first` on are alike. Rows come sorted, so they stand together. */
static size_t run_of_alike(const ent_influence *influence, size_t first)
{
    size_t end = first + 1;
    while (end < influence->row_count &&
           alike(&influence->rows[first], &influence->rows[end])) {
        end++;
    }
    return end - first;
}

static void put_row(ent_buffer *out, const ent_influence *influence, const ent_case *c,
                    const ent_influence_row *row, const layout *l)
{
    const ent_toggle *t = asked_toggle(row);
    const char *id = c->statements[row->statement].id;
    ent_putf(out, "  %s ", row->without.asked ? "without" : "with   ");
    ent_put_cell(out, id, l->two_lines ? (unsigned)ent_text_width(id) : l->width, false);
    ent_put(out, l->two_lines ? "\n    " : "  ");
    if (!t->consistent) {
        ent_put(out, "the account would contradict itself\n");
        return;
    }
    ent_put_cell(out, ent_percent(out->arena, influence->level), 5, true);
    ent_put(out, " -> ");
    ent_put_cell(out, ent_percent(out->arena, t->share), 5, true);
    double points = round(100 * t->change);
    ent_putf(out, "  %+4.0f  ", points + 0.0);
    put_change(out, t->change, l);
    ent_put_char(out, '\n');
}

/* "(the same with ri-tests, ri-production)" below a row that stands for several. */
static void put_alike(ent_buffer *out, const ent_style *style, const ent_case *c,
                      const ent_influence *influence, size_t first, size_t count)
{
    ent_buffer b = ent_buffer_init(out->arena, 0);
    bool without = influence->rows[first].without.asked;
    ent_putf(&b, "(the same %s", without ? "without" : "with");
    for (size_t i = 1; i < count; i++) {
        ent_putf(&b, "%s %s", i > 1 ? "," : "",
                 c->statements[influence->rows[first + i].statement].id);
    }
    ent_put(&b, ")");
    ent_put_repeat(out, " ", 10);
    ent_put_wrapped(out, style, 10, 11, ent_buffer_text(&b));
}

void ent_put_influence_of_best(ent_buffer *out, const ent_style *style,
                               const ent_analysis *analysis, size_t account,
                               const ent_influence *influence)
{
    if (influence->best == NULL) {
        return;
    }
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 2,
                    ent_format(out->arena,
                               "Some package suits all in %s of the worlds, which hardly moves: "
                               "below is the share in which all accept the best single package "
                               "(%s).",
                               ent_zone_text(out->arena, &influence->base),
                               ent_outcome_text(out->arena, &analysis->c->space,
                                                influence->best->levels, true)));
    ent_footing footing =
        ent_footing_of(out->arena, analysis, account, influence->best->levels);
    ent_put_footing(out, style, analysis, &footing, 4);
}

void ent_put_influence_rows(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                            const ent_influence *influence, size_t most)
{
    const ent_case *c = analysis->c;
    layout l = {0};
    for (size_t i = 0; i < influence->row_count; i++) {
        unsigned own = (unsigned)ent_text_width(c->statements[influence->rows[i].statement].id);
        const ent_toggle *t = asked_toggle(&influence->rows[i]);
        l.width = own > l.width ? own : l.width;
        l.widest = t->consistent && fabs(t->change) > l.widest ? fabs(t->change) : l.widest;
    }
    l.two_lines = l.width + 34 + BAR > style->width;
    size_t shown = 0;
    for (size_t i = 0; i < influence->row_count && shown < most; shown++) {
        size_t count = run_of_alike(influence, i);
        put_row(out, influence, c, &influence->rows[i], &l);
        if (count > 1) {
            put_alike(out, style, c, influence, i, count);
        }
        i += count;
    }
    if (influence->row_count == 0) {
        ent_put(out, "  no statement claims anything here\n");
    }
}

static void put_settlements(ent_buffer *out, const ent_style *style, const ent_case *c,
                            const ent_disputes *disputes, const ent_influence *influence)
{
    ent_arena *arena = out->arena;
    ent_told told = ent_told_nothing(arena, c);
    size_t question = SIZE_MAX;
    for (size_t i = 0; i < influence->settlement_count; i++) {
        const ent_settlement *s = &influence->settlements[i];
        if (s->question != question) {
            question = s->question;
            ent_put(out, "  ");
            ent_put_wrapped(out, style, 2, 4,
                            ent_question_text(arena, c, &told, &disputes->questions[question]));
        }
        ent_buffer b = ent_buffer_init(arena, 0);
        for (size_t k = 0; k < s->count; k++) {
            ent_putf(&b, "%s%s", k > 0 ? ", " : "", c->statements[s->given_up[k]].id);
        }
        ent_put(out, "    ");
        ent_put_wrapped(out, style, 4, 6,
                        s->zone.consistent
                            ? ent_format(arena, "%s (%+.0f) without %s",
                                         ent_percent(arena, s->zone.share),
                                         round(100 * s->zone.change) + 0.0, ent_buffer_text(&b))
                            : ent_format(arena, "no worlds without %s", ent_buffer_text(&b)));
    }
}

/* The greatest standard error of a change that is not exactly none. */
static double widest_error(const ent_influence *influence)
{
    double widest = 0;
    for (size_t i = 0; i < influence->row_count; i++) {
        const ent_influence_row *row = &influence->rows[i];
        const ent_toggle *toggle = row->in ? &row->without : &row->with;
        widest = toggle->consistent ? fmax(widest, toggle->error) : widest;
    }
    return widest;
}

void ent_put_influence_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                            const ent_disputes *disputes, const ent_influence *influences)
{
    ent_put_ink(out, style, ENT_INK_BOLD, analysis->c->title);
    ent_put(out, "\nShare of worlds in which some package suits all, and what would move it\n");
    ent_put_record(out, style, analysis);
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account == NULL || ent_first_told(analysis, i) != i) {
            continue;
        }
        const ent_influence *influence = &influences[i];
        ent_put_heading(out, style, ent_told_title(out->arena, analysis, i));
        ent_doubts doubts = ent_doubts_of(out->arena, analysis, i, &influence->base, false);
        ent_put_doubts(out, style, &doubts, 2);
        ent_put_influence_of_best(out, style, analysis, i, influence);
        ent_put_influence_rows(out, style, analysis, influence, SIZE_MAX);
        put_settlements(out, style, analysis->c, disputes, influence);
        double noise = fmax(1, ceil(200 * widest_error(influence)));
        ent_put(out, "  ");
        ent_put_wrapped(
            out, style, 2, 2,
            ent_format(out->arena,
                       "Each change is measured in %s, the same before and after; one below "
                       "%.0f point%s is within sampling error. Changes are those before rounding.",
                       ent_counted(out->arena, influence->worlds, "worlds"), noise,
                       noise < 1.5 ? "" : "s"));
    }
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}
