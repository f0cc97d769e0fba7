/* The head of a report: the question, the answer in a sentence, the accounts side by side. */
#include "report/summary_parts.h"

#include "base/number.h"

#include <string.h>

bool ent_summary_has(const ent_summary *s, size_t account)
{
    return s->analysis->worlds[account].account != NULL;
}

/* Do all accounts believe the same? Then there is one answer, not several. */
static bool one_account(const ent_summary *s)
{
    const ent_accounts *accounts = &s->analysis->accounts;
    size_t bytes = s->analysis->c->statement_count * sizeof *accounts->at[0].in;
    for (size_t i = 1; i < accounts->count; i++) {
        if (!ent_summary_has(s, i) || memcmp(accounts->at[0].in, accounts->at[i].in, bytes) != 0) {
            return false;
        }
    }
    return accounts->count > 0 && ent_summary_has(s, 0) && s->analysis->c->account_count == 0;
}

size_t ent_summary_shown(const ent_summary *s)
{
    return one_account(s) ? 1 : s->analysis->accounts.count;
}

const char *ent_summary_title(ent_arena *arena, const ent_summary *s, size_t account)
{
    return one_account(s)
               ? "the record"
               : ent_account_text(arena, s->analysis->c, &s->analysis->accounts.at[account]);
}

/* In a sentence: "the United States account", `the account "As the papers tell it"`. */
static const char *account_phrase(ent_arena *arena, const ent_summary *s, size_t account)
{
    const ent_account *a = &s->analysis->accounts.at[account];
    const char *title = ent_summary_title(arena, s, account);
    return one_account(s)         ? title
           : a->party != ENT_NONE ? ent_format(arena, "the %s", title)
                                  : ent_format(arena, "the account \"%s\"", title);
}

static bool is_believed(const ent_summary *s, uint32_t statement)
{
    bool believed = false;
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        believed = believed || s->analysis->accounts.at[i].in[statement];
    }
    return believed;
}

/* Do statements collide that the accounts believe, if not one and the same account? */
static bool accounts_conflict(const ent_summary *s)
{
    bool conflict = false;
    for (size_t i = 0; i < s->disputes->count && !conflict; i++) {
        const ent_dispute *d = &s->disputes->at[i];
        conflict = true;
        for (size_t k = 0; k < d->count; k++) {
            conflict = conflict && is_believed(s, d->statements[k]);
        }
    }
    return conflict;
}

/* ---- Head --------------------------------------------------------------------------------- */

static void put_counts(ent_buffer *out, const ent_summary *s)
{
    const ent_case *c = s->analysis->c;
    char number[ENT_NUMBER_ROOM];
    size_t claiming = 0;
    for (uint32_t i = 0; i < c->statement_count; i++) {
        claiming += s->analysis->on[i] && c->statements[i].claim_count > 0;
    }
    ent_putf(out, "%u issue%s, ", c->space.issue_count, c->space.issue_count == 1 ? "" : "s");
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        if (ent_summary_has(s, i)) {
            bool counted = s->whole->deals[i].outcomes != UINT64_MAX;
            ent_putf(out, "%s packages; ",
                     counted ? ent_count_text(s->whole->deals[i].outcomes, number) : "over 10^19");
            break;
        }
    }
    ent_putf(out, "%u statements, %zu with claims; %zu dispute%s%s\n", c->statement_count, claiming,
             s->disputes->count, s->disputes->count == 1 ? "" : "s",
             s->disputes->complete ? "" : " and more");
}

static const char *zone_phrase(ent_arena *arena, const ent_deals *deals)
{
    const ent_zone *zone = &deals->zone;
    if (zone->impossible) {
        return "no package can suit all (proved)";
    }
    if (zone->share <= 0) {
        char worlds[ENT_NUMBER_ROOM];
        return ent_format(arena, "some package suits all in none of %s sampled worlds",
                          ent_count_text(zone->worlds, worlds));
    }
    const char *some = ent_percent(arena, zone->share);
    const char *best = deals->count == 0 ? "0%" : ent_percent(arena, deals->at[0].joint);
    return ent_format(arena,
                      strcmp(some, best) == 0
                          ? "one and the same package suits all in %s of the preference worlds "
                            "that fit"
                          : "some package suits all in %s of the preference worlds that fit, and "
                            "no single package in more than %s",
                      some, best);
}

static void put_answer(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    ent_buffer b = ent_buffer_init(out->arena, 0);
    size_t shown = ent_summary_shown(s);
    for (size_t i = 0; i < shown; i++) {
        ent_putf(&b, "%sOn %s, ", i > 0 ? " " : "", account_phrase(out->arena, s, i));
        ent_putf(&b, "%s.", ent_summary_has(s, i) ? zone_phrase(out->arena, &s->whole->deals[i])
                     : s->analysis->accounts.at[i].consistent
                         ? "nothing was asked"
                         : "nothing can be said: its own statements collide");
    }
    if (shown > 1) {
        ent_put(&b, accounts_conflict(s) ? " The accounts cannot all be true."
                                           : " The accounts do not contradict each other.");
    }
    ent_put_wrapped(out, style, 0, 0, ent_buffer_text(&b));
}

/* ---- Side by side ------------------------------------------------------------------------- */

enum { LABEL = 29 };

static unsigned column_width(const ent_style *style, size_t columns)
{
    unsigned width = (style->width - LABEL) / (unsigned)(columns > 0 ? columns : 1);
    return width > 22 ? 22 : width;
}

static const char *best_cell(ent_arena *arena, const ent_deals *deals)
{
    return deals->count == 0 ? "-" : ent_percent(arena, deals->at[0].joint);
}

static void put_cells(ent_buffer *out, const ent_style *style, const ent_summary *s,
                      const char *label, const char *last,
                      const char *(*cell)(ent_arena *arena, const ent_summary *s, size_t account))
{
    size_t shown = ent_summary_shown(s);
    unsigned width = column_width(style, shown + (shown > 1));
    ent_put_cell(out, label, LABEL, false);
    for (size_t i = 0; i < shown; i++) {
        ent_put_cell(out, cell(out->arena, s, i), width, true);
    }
    if (shown > 1) {
        ent_put_cell(out, last, width, true);
    }
    ent_put_char(out, '\n');
}

static const char *title_cell(ent_arena *arena, const ent_summary *s, size_t i)
{
    const ent_account *a = &s->analysis->accounts.at[i];
    return one_account(s)         ? "the record"
           : a->party != ENT_NONE ? s->analysis->c->parties[a->party].name
                                  : ent_account_text(arena, s->analysis->c, a);
}

static const char *zone_cell(ent_arena *arena, const ent_summary *s, size_t i)
{
    return ent_summary_has(s, i) ? ent_percent(arena, s->whole->deals[i].zone.share) : "contradiction";
}

static const char *deal_cell(ent_arena *arena, const ent_summary *s, size_t i)
{
    return ent_summary_has(s, i) ? best_cell(arena, &s->whole->deals[i]) : "-";
}

static const char *worlds_cell(ent_arena *arena, const ent_summary *s, size_t i)
{
    char text[ENT_NUMBER_ROOM];
    ent_count_text(s->analysis->settings.worlds, text);
    return ent_summary_has(s, i) ? ent_copy(arena, text) : "0";
}

/* The rows of the table: what stands for each account, and for all of them at once. */
typedef struct row {
    const char *label, *last;
    const char *(*cell)(ent_arena *arena, const ent_summary *s, size_t account);
} row;

/* Do the accounts' names fit over columns that stand side by side? */
static bool fits_beside(ent_arena *arena, const ent_style *style, const ent_summary *s)
{
    size_t shown = ent_summary_shown(s);
    unsigned width = column_width(style, shown + (shown > 1));
    for (size_t i = 0; i < shown; i++) {
        if (ent_text_width(title_cell(arena, s, i)) >= width) {
            return false;
        }
    }
    return shown <= 1 || width > sizeof "all at once" - 1;
}

/* Account below account, for long names and narrow terminals. */
static void put_below(ent_buffer *out, const ent_summary *s, const row *rows, size_t count)
{
    size_t shown = ent_summary_shown(s);
    for (size_t i = 0; i < shown + (shown > 1); i++) {
        ent_putf(out, "%s\n", i < shown ? title_cell(out->arena, s, i) : rows[0].last);
        for (size_t r = 1; r < count; r++) {
            const char *text = i < shown ? rows[r].cell(out->arena, s, i) : rows[r].last;
            ent_put(out, "  ");
            ent_put_cell(out, rows[r].label, LABEL - 5, false);
            ent_put_cell(out, text, 14, true);
            ent_put_char(out, '\n');
        }
    }
}

static void put_table(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    bool conflict = accounts_conflict(s);
    const row rows[] = {
        {ent_summary_shown(s) > 1 ? "account of" : "", "all at once", title_cell},
        {"some package suits all", conflict ? "conflict" : "-", zone_cell},
        {"best single package", "-", deal_cell},
        {"worlds that fit", conflict ? "0" : "-", worlds_cell},
    };
    enum { ROWS = sizeof rows / sizeof *rows };
    ent_put_char(out, '\n');
    if (!fits_beside(out->arena, style, s)) {
        put_below(out, s, rows, ROWS);
        return;
    }
    for (size_t r = 0; r < ROWS; r++) {
        put_cells(out, style, s, rows[r].label, rows[r].last, rows[r].cell);
    }
}

/* How much the shares owe to council members whose votes nobody stated. */
static void put_unnamed(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    ent_arena *arena = out->arena;
    ent_buffer b = ent_buffer_init(arena, 0);
    for (size_t i = 0; i < ent_summary_shown(s); i++) {
        const ent_zone *zone = &s->whole->deals[i].zone;
        if (ent_summary_has(s, i) && zone->ranged) {
            ent_putf(&b, "%s%s if they are all against and %s if all for, on %s",
                     b.length > 0 ? "; " : "", ent_percent(arena, zone->low),
                     ent_percent(arena, zone->high), account_phrase(arena, s, i));
        }
    }
    if (b.length > 0) {
        ent_put_char(out, '\n');
        ent_put_wrapped(out, style, 0, 0,
                        ent_format(arena,
                                   "The first line hangs on council members that the case does "
                                   "not name: %s.",
                                   ent_buffer_text(&b)));
    }
}

static void put_meaning(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        if (ent_summary_has(s, i) && s->whole->deals[i].zone.share > 0) {
            const char *share = ent_percent(out->arena, s->whole->deals[i].zone.share);
            ent_put_char(out, '\n');
            ent_put_wrapped(
                out, style, 0, 0,
                ent_format(out->arena,
                           "%s means: in %s of the preference worlds that fit this account at "
                           "least one package beats no deal for all. Shares of worlds, not "
                           "probabilities. A mediator can table only one package, so the second "
                           "line matters as much as the first.",
                           share, share));
            return;
        }
    }
}

void ent_put_summary_head(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    const char *title = s->analysis->c->title;
    size_t length = strlen(title);
    bool asks = length > 0 && strchr("?!.", title[length - 1]) != NULL;
    ent_put_ink(out, style, ENT_INK_BOLD,
                ent_format(out->arena, "%s%s there a package that all would take?", title,
                           asks ? " Is" : ": is"));
    ent_put_char(out, '\n');
    put_counts(out, s);
    ent_put_char(out, '\n');
    put_answer(out, style, s);
    put_table(out, style, s);
    put_unnamed(out, style, s);
    put_meaning(out, style, s);
}
