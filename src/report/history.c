#include "report/history.h"

#include "base/number.h"
#include "record/suppose.h"
#include "report/svg.h"

#include <math.h>
#include <string.h>

/* ---- JSON --------------------------------------------------------------------------------- */

static void put_then_json(ent_json *json, const ent_analysis *analysis, size_t account,
                          const ent_then *then)
{
    const ent_case *c = analysis->c;
    ent_json_open_map(json, NULL);
    ent_json_text(json, "name", analysis->accounts.at[account].id);
    ent_json_bool(json, "consistent", then->consistent);
    ent_json_number(json, "zone", then->zone);
    ent_json_number(json, "error", then->error);
    ent_json_number(json, "best", then->best);
    if (then->levels != NULL) {
        ent_json_package(json, "package", &c->space, then->levels);
    } else {
        ent_json_null(json, "package");
    }
    ent_json_statements(json, "joined", c, then->joined, then->joined_count);
    ent_json_statements(json, "left", c, then->left, then->left_count);
    ent_json_close_map(json);
}

void ent_put_history_json(ent_buffer *out, const ent_analysis *analysis,
                          const ent_history *history)
{
    ent_json json = ent_json_document(out, "history");
    ent_json_provenance(&json, analysis);
    ent_json_open_list(&json, "dates");
    for (size_t i = 0; i < history->count; i++) {
        const ent_history_date *date = &history->dates[i];
        ent_json_open_map(&json, NULL);
        ent_json_text(&json, "date", date->text);
        ent_json_statements(&json, "added", analysis->c, date->added, date->added_count);
        ent_json_open_list(&json, "accounts");
        for (size_t a = 0; a < analysis->accounts.count; a++) {
            if (date->accounts[a].asked) {
                put_then_json(&json, analysis, a, &date->accounts[a]);
            }
        }
        ent_json_close_list(&json);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

/* ---- Plain -------------------------------------------------------------------------------- */

void ent_put_history_plain(ent_buffer *out, const ent_analysis *analysis,
                           const ent_history *history)
{
    char zone[ENT_NUMBER_ROOM], best[ENT_NUMBER_ROOM];
    for (size_t a = 0; a < analysis->accounts.count; a++) {
        for (size_t i = 0; i < history->count && history->dates[i].accounts[a].asked; i++) {
            const ent_then *then = &history->dates[i].accounts[a];
            ent_putf(out, "%s\t%s\t%s\t%s\n", analysis->accounts.at[a].id,
                     history->dates[i].text,
                     then->consistent ? ent_number_text(then->zone, zone) : "-",
                     then->consistent ? ent_number_text(then->best, best) : "-");
        }
    }
}

/* ---- Text --------------------------------------------------------------------------------- */

enum { ROWS = 8, MARGIN = 7, LEAST_COLUMNS = 20, MOST_COLUMNS = 120 };

/* The date that counts at a column: columns are time, from the first date to the last. */
static size_t date_at(const ent_history *history, unsigned column, unsigned columns)
{
    int64_t first = history->dates[0].time;
    int64_t last = history->dates[history->count - 1].time;
    double time = columns < 2 ? (double)last
                              : (double)first + (double)(last - first) * column / (columns - 1);
    size_t i = 0;
    while (i + 1 < history->count && (double)history->dates[i + 1].time <= time) {
        i++;
    }
    return i;
}

static char cell(const ent_then *then, unsigned row)
{
    double level = (row + 0.5) / ROWS;
    if (!then->consistent) {
        return row == 0 ? 'x' : ' ';
    }
    return then->best >= level                          ? '#'
           : then->zone >= level                        ? ':'
           : row == 0 && then->zone > 0                 ? '.'
                                                        : ' ';
}

static void put_line(ent_buffer *out, const ent_style *style, const ent_history *history,
                     size_t account)
{
    unsigned columns = style->width > MARGIN + LEAST_COLUMNS ? style->width - MARGIN - 1
                                                             : LEAST_COLUMNS;
    columns = columns > MOST_COLUMNS ? MOST_COLUMNS : columns;
    for (unsigned row = ROWS; row-- > 0;) {
        ent_put(out, row == ROWS - 1 ? "  100% " : row == ROWS / 2 - 1 ? "   50% " : "       ");
        char line[MOST_COLUMNS + 1];
        unsigned end = 0;
        for (unsigned i = 0; i < columns; i++) {
            line[i] = cell(&history->dates[date_at(history, i, columns)].accounts[account], row);
            end = line[i] != ' ' ? i + 1 : end;
        }
        line[end] = '\0';
        ent_putf(out, "%s\n", line);
    }
    const char *first = history->dates[0].text;
    const char *last = history->dates[history->count - 1].text;
    size_t taken = ent_text_width(first) + ent_text_width(last);
    ent_put_repeat(out, " ", MARGIN);
    ent_put(out, first);
    if (history->count > 1) {
        ent_put_repeat(out, " ", columns > taken ? columns - taken : 1);
        ent_put(out, last);
    }
    ent_put_char(out, '\n');
}

static bool same_list(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    return a_count == b_count && (a_count == 0 || memcmp(a, b, a_count * sizeof *a) == 0);
}

/* Accounts that believe the same on every date are told once. */
static bool same_throughout(const ent_history *history, size_t a, size_t b)
{
    bool same = history->dates[0].accounts[b].asked;
    for (size_t i = 0; same && i < history->count; i++) {
        const ent_then *x = &history->dates[i].accounts[a], *y = &history->dates[i].accounts[b];
        same = x->consistent && y->consistent &&
               same_list(x->joined, x->joined_count, y->joined, y->joined_count) &&
               same_list(x->left, x->left_count, y->left, y->left_count);
    }
    return same;
}

/* Is the account to be told, and not with an earlier one that is the same? */
static bool is_told(const ent_history *history, size_t account)
{
    bool told = history->count > 0 && history->dates[0].accounts[account].asked;
    for (size_t a = 0; told && a < account; a++) {
        told = !same_throughout(history, account, a);
    }
    return told;
}

/* "Ana account, and the same: Bo account". */
static const char *title_of(ent_arena *arena, const ent_analysis *analysis,
                            const ent_history *history, size_t account)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put(&b, ent_account_text(arena, analysis->c, &analysis->accounts.at[account]));
    for (size_t a = account + 1; a < analysis->accounts.count; a++) {
        if (same_throughout(history, account, a)) {
            ent_putf(&b, ", and the same: %s",
                     ent_account_text(arena, analysis->c, &analysis->accounts.at[a]));
        }
    }
    return ent_buffer_text(&b);
}

static size_t put_signed(ent_buffer *b, const ent_case *c, const char *sign,
                         const uint32_t *statements, size_t count)
{
    size_t others = 0;
    for (size_t i = 0; i < count; i++) {
        if (c->statements[statements[i]].claim_count == 0) {
            others++;
            continue;
        }
        const ent_statement *s = &c->statements[statements[i]];
        ent_putf(b, "%s%s%s%s", b->length > 0 ? " " : "", sign, s->id,
                 *sign == '-'           ? ""
                 : ent_is_supposed(s)   ? " (supposed)"
                 : s->assumption        ? " (assumed)"
                 : s->date == NULL      ? " (no date)"
                                        : "");
    }
    return others;
}

/*
 * "+a +b -c": what the account believes from that date on, and what it gives up. Statements without
 * claims move no figure and are counted only.
 */
static const char *change_text(ent_arena *arena, const ent_case *c, const ent_then *then)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    size_t others = put_signed(&b, c, "+", then->joined, then->joined_count) +
                    put_signed(&b, c, "-", then->left, then->left_count);
    if (others > 0) {
        ent_putf(&b, "%s%zu without claims", b.length > 0 ? " and " : "", others);
    }
    return b.length > 0 ? ent_buffer_text(&b) : "nothing that the account believes";
}

/* Assumptions, and statements without a date, are in the record on every date. */
static bool spoke(const ent_statement *s)
{
    return s->claim_count > 0 && !s->assumption && s->date != NULL;
}

/* Who said what is believed since: sides, then who speaks for none: "United States, Reuters". */
static const char *movers_text(ent_arena *arena, const ent_case *c, const ent_then *then)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (uint32_t p = 0; p < c->party_count; p++) {
        bool moved = false;
        for (size_t i = 0; i < then->joined_count; i++) {
            const ent_statement *s = &c->statements[then->joined[i]];
            moved = moved || (s->side == p && spoke(s));
        }
        if (moved) {
            ent_putf(&b, "%s%s", b.length > 0 ? ", " : "", c->parties[p].name);
        }
    }
    for (size_t i = 0; i < then->joined_count; i++) {
        const ent_statement *s = &c->statements[then->joined[i]];
        bool told = ent_has_side(c, s) || !spoke(s);
        for (size_t k = 0; k < i; k++) {
            const ent_statement *before = &c->statements[then->joined[k]];
            told = told || (!ent_has_side(c, before) && spoke(before) &&
                            before->person == s->person);
        }
        if (!told) {
            ent_putf(&b, "%s%s", b.length > 0 ? ", " : "", ent_speaker_text(c, s));
        }
    }
    return b.length > 0 ? ent_buffer_text(&b) : NULL;
}

static bool same_figures(const ent_then *a, const ent_then *b)
{
    return a->consistent == b->consistent &&
           (!a->consistent || (a->zone == b->zone && a->best == b->best));
}

static unsigned date_width(const ent_history *history)
{
    size_t width = 4;
    for (size_t i = 0; i < history->count; i++) {
        size_t own = ent_text_width(history->dates[i].text);
        width = own > width ? own : width;
    }
    return (unsigned)width;
}

static void put_row(ent_buffer *out, const ent_style *style, const ent_case *c,
                    const ent_history_date *date, const ent_then *then, unsigned width)
{
    ent_arena *arena = out->arena;
    ent_put(out, "  ");
    ent_put_cell(out, date->text, width, false);
    ent_put_cell(out, then->consistent ? ent_percent(arena, then->zone) : "-", 6, true);
    ent_put_cell(out, then->consistent ? ent_percent(arena, then->best) : "-", 6, true);
    ent_put(out, "  ");
    const char *movers = movers_text(arena, c, then);
    const char *change = change_text(arena, c, then);
    unsigned at = 2 + width + 14;
    ent_put_wrapped(out, style, at, at,
                    !then->consistent ? "the account contradicts itself"
                    : movers == NULL  ? change
                                      : ent_format(arena, "%s: %s", movers, change));
}

/* Dates on which the account's figures stay are told together. */
static void put_table(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                      const ent_history *history, size_t account)
{
    unsigned width = date_width(history);
    ent_put(out, "\n  ");
    ent_put_cell(out, "date", width, false);
    ent_put(out, "  some  best  who spoke: what is believed since\n");
    size_t quiet = 0;
    for (size_t i = 0; i < history->count; i++) {
        const ent_then *then = &history->dates[i].accounts[account];
        if (i > 0 && same_figures(then, &history->dates[i - 1].accounts[account])) {
            quiet++;
            continue;
        }
        put_row(out, style, analysis->c, &history->dates[i], then, width);
    }
    if (quiet > 0) {
        ent_putf(out, "  %zu more date%s changed neither figure\n", quiet, quiet == 1 ? "" : "s");
    }
}

void ent_put_history_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                          const ent_history *history)
{
    ent_put_ink(out, style, ENT_INK_BOLD, analysis->c->title);
    ent_put_char(out, '\n');
    if (history->count == 0) {
        ent_put(out, "No statement has a date: the record has no history.\n");
        return;
    }
    ent_put_wrapped(out, style, 0, 0,
                    "How the gap moved with the record: the share of the preference worlds that "
                    "fit an account in which some package suits all (:), and in which the best "
                    "single one does (#), as of each date");
    for (size_t a = 0; a < analysis->accounts.count; a++) {
        if (is_told(history, a)) {
            ent_put_heading(out, style, title_of(out->arena, analysis, history, a));
            put_line(out, style, history, a);
            put_table(out, style, analysis, history, a);
        }
    }
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}

/* ---- Drawing ------------------------------------------------------------------------------ */

enum { LEFT = 50, WIDE = 560, HIGH = 140, GAP = 60 };

static double across(const ent_history *history, int64_t time)
{
    int64_t first = history->dates[0].time;
    int64_t last = history->dates[history->count - 1].time;
    return last > first ? LEFT + WIDE * (double)(time - first) / (double)(last - first) : LEFT;
}

/* One step line: a date's figure holds until the next date. Gaps where the account has none. */
static void put_steps(ent_buffer *out, const ent_history *history, size_t account, bool best,
                      double top, const char *stroke)
{
    bool open = false;
    ent_put(out, "<path fill=\"none\" stroke-width=\"2\" ");
    ent_putf(out, "stroke=\"%s\" d=\"", stroke);
    for (size_t i = 0; i < history->count; i++) {
        const ent_then *then = &history->dates[i].accounts[account];
        double x = across(history, history->dates[i].time);
        double next = i + 1 < history->count ? across(history, history->dates[i + 1].time)
                                             : x + 10;
        if (!then->consistent) {
            open = false;
            continue;
        }
        double y = top + HIGH * (1 - (best ? then->best : then->zone));
        ent_putf(out, "%c%.1f %.1fH%.1f", open ? 'L' : 'M', x, y, next);
        open = true;
    }
    ent_put(out, "\"/>\n");
}

void ent_put_history_svg(ent_buffer *out, const ent_analysis *analysis,
                         const ent_history *history)
{
    size_t shown = 0;
    for (size_t a = 0; a < analysis->accounts.count; a++) {
        shown += is_told(history, a);
    }
    ent_svg_open(out, LEFT + WIDE + 60, (double)(shown * (HIGH + GAP) + 20),
                 ent_format(out->arena, "%s: how the gap moved", analysis->c->title));
    double top = 40;
    for (size_t a = 0; shown > 0 && a < analysis->accounts.count; a++) {
        if (!is_told(history, a)) {
            continue;
        }
        ent_svg_label(out, LEFT, top - 12, "start",
                      ent_format(out->arena, "%s: some package suits all, best single package",
                                 title_of(out->arena, analysis, history, a)));
        ent_putf(out, "<path d=\"M%d %.1fv%dh%d\" fill=\"none\" stroke=\"#888\"/>\n", LEFT, top,
                 HIGH, WIDE + 10);
        ent_svg_label(out, LEFT - 6, top + 4, "end", "100%");
        ent_svg_label(out, LEFT - 6, top + HIGH, "end", "0%");
        put_steps(out, history, a, false, top, "#555");
        put_steps(out, history, a, true, top, "#0072B2");
        ent_svg_label(out, LEFT, top + HIGH + 16, "start", history->dates[0].text);
        ent_svg_label(out, LEFT + WIDE, top + HIGH + 16, "end",
                      history->dates[history->count - 1].text);
        top += HIGH + GAP;
    }
    ent_put(out, "</svg>\n");
}
