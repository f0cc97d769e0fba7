#include "report/summary.h"

#include "base/number.h"
#include "report/measures.h"

#include <math.h>
#include <string.h>

static bool has_worlds(const ent_summary *s, size_t account)
{
    return s->analysis->worlds[account].account != NULL;
}

/* Do all accounts believe the same? Then there is one answer, not several. */
static bool one_account(const ent_summary *s)
{
    const ent_accounts *accounts = &s->analysis->accounts;
    size_t bytes = s->analysis->c->statement_count * sizeof *accounts->at[0].in;
    for (size_t i = 1; i < accounts->count; i++) {
        if (!has_worlds(s, i) || memcmp(accounts->at[0].in, accounts->at[i].in, bytes) != 0) {
            return false;
        }
    }
    return accounts->count > 0 && has_worlds(s, 0) && s->analysis->c->account_count == 0;
}

static size_t shown_accounts(const ent_summary *s)
{
    return one_account(s) ? 1 : s->analysis->accounts.count;
}

static const char *account_title(ent_arena *arena, const ent_summary *s, size_t account)
{
    return one_account(s)
               ? "the record"
               : ent_account_text(arena, s->analysis->c, &s->analysis->accounts.at[account]);
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
    ent_putf(out, "%u issues, ", c->space.issue_count);
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        if (has_worlds(s, i)) {
            bool counted = s->deals[i].outcomes != UINT64_MAX;
            ent_putf(out, "%s packages; ",
                     counted ? ent_count_text(s->deals[i].outcomes, number) : "over 10^19");
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
    const char *best = deals->count == 0 ? "0%" : ent_percent(arena, deals->at[0].joint);
    return ent_format(arena,
                      "some package suits all in %s of the preference worlds that fit, and no "
                      "single package in more than %s",
                      ent_percent(arena, zone->share), best);
}

static void put_answer(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    ent_buffer b = ent_buffer_init(out->arena, 0);
    size_t shown = shown_accounts(s);
    for (size_t i = 0; i < shown; i++) {
        const char *title = account_title(out->arena, s, i);
        ent_putf(&b, "%s%s%s, ", i > 0 ? " " : "", i > 0 ? "On the " : "On ",
                 i > 0 || one_account(s) ? title : ent_format(out->arena, "the %s", title));
        ent_putf(&b, "%s.", has_worlds(s, i) ? zone_phrase(out->arena, &s->deals[i])
                     : s->analysis->accounts.at[i].consistent
                         ? "nothing was asked"
                         : "nothing can be said: its own statements collide");
    }
    if (shown > 1) {
        ent_put(&b, s->disputes->count > 0 ? " The accounts cannot all be true."
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
    size_t shown = shown_accounts(s);
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
    return has_worlds(s, i) ? ent_percent(arena, s->deals[i].zone.share) : "contradiction";
}

static const char *deal_cell(ent_arena *arena, const ent_summary *s, size_t i)
{
    return has_worlds(s, i) ? best_cell(arena, &s->deals[i]) : "-";
}

static const char *worlds_cell(ent_arena *arena, const ent_summary *s, size_t i)
{
    char text[ENT_NUMBER_ROOM];
    ent_count_text(s->analysis->settings.worlds, text);
    return has_worlds(s, i) ? ent_copy(arena, text) : "0";
}

static void put_table(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    bool conflict = s->disputes->count > 0;
    ent_put_char(out, '\n');
    put_cells(out, style, s, shown_accounts(s) > 1 ? "account of" : "", "all at once", title_cell);
    put_cells(out, style, s, "some package suits all", conflict ? "conflict" : "-", zone_cell);
    put_cells(out, style, s, "best single package", "-", deal_cell);
    put_cells(out, style, s, "worlds that fit", conflict ? "0" : "-", worlds_cell);
}

static void put_meaning(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        if (has_worlds(s, i) && s->deals[i].zone.share > 0) {
            const char *share = ent_percent(out->arena, s->deals[i].zone.share);
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

/* ---- Sections ----------------------------------------------------------------------------- */

static void put_not_in_dispute(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    const ent_accounts *accounts = &s->analysis->accounts;
    const ent_case *c = s->analysis->c;
    ent_buffer b = ent_buffer_init(out->arena, 0);
    for (uint32_t i = 0; i < c->statement_count; i++) {
        size_t in = 0;
        for (size_t a = 0; a < accounts->count; a++) {
            in += accounts->at[a].in[i];
        }
        if (in == accounts->count && s->analysis->on[i] && c->statements[i].claim_count > 0) {
            ent_putf(&b, "%s%s", b.length > 0 ? ", " : "", c->statements[i].id);
        }
    }
    ent_put_heading(out, style, "What no account disputes");
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 2,
                    b.length == 0 ? "Nothing that claims anything." : ent_buffer_text(&b));
}

static void put_best(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    for (size_t i = 0; i < shown_accounts(s); i++) {
        if (!has_worlds(s, i) || s->deals[i].count == 0) {
            continue;
        }
        const ent_deal *deal = &s->deals[i].at[0];
        ent_put_heading(out, style,
                        ent_format(out->arena, "Best single package, %s: all in %s",
                                   account_title(out->arena, s, i),
                                   ent_percent(out->arena, deal->joint)));
        ent_put_deal(out, style, s->analysis->c, deal, 2);
    }
}

static void put_bridges(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    for (size_t i = 0; i < shown_accounts(s); i++) {
        if (has_worlds(s, i)) {
            ent_put_heading(out, style,
                            ent_format(out->arena, "What would be necessary, %s",
                                       account_title(out->arena, s, i)));
            ent_put_bridge_brief(out, style, s->analysis, &s->bridges[i]);
        }
    }
}

static void put_influences(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    char worlds[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < shown_accounts(s); i++) {
        if (has_worlds(s, i)) {
            ent_put_heading(out, style,
                            ent_format(out->arena,
                                       "Find out first, %s (some package suits all)",
                                       account_title(out->arena, s, i)));
            ent_put_influence_rows(out, style, s->analysis, &s->influences[i], 6);
            ent_putf(out, "  Each line is drawn from %s worlds.\n",
                     ent_count_text(s->influences[i].worlds, worlds));
        }
    }
}

static void put_plans(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    for (size_t i = 0; i < shown_accounts(s); i++) {
        if (has_worlds(s, i)) {
            ent_put_heading(out, style,
                            ent_format(out->arena, "Steps that trust can carry, %s",
                                       account_title(out->arena, s, i)));
            ent_put_plan_brief(out, style, s->analysis, &s->plans[i]);
        }
    }
}

static void put_walks(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    size_t before = SIZE_MAX;
    for (size_t i = 0; i < s->walk_count && s->walks[i].account < shown_accounts(s); i++) {
        size_t account = s->walks[i].account;
        if (account != before) {
            ent_put_heading(out, style,
                            ent_format(out->arena, "Stay or walk, %s",
                                       account_title(out->arena, s, account)));
            before = account;
        }
        ent_put_walk_brief(out, style, s->analysis, &s->walks[i]);
    }
}

static void put_assumptions(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    const ent_case *c = s->analysis->c;
    ent_put_heading(out, style, "Assumptions of the analyst (switch one off with --without ID)");
    size_t shown = 0;
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (c->statements[i].assumption && s->analysis->on[i]) {
            ent_put_statement(out, style, c, i, 2, false);
            shown++;
        }
    }
    for (size_t k = 0; k < s->analysis->councils.count; k++) {
        uint32_t party = s->analysis->councils.at[k].party;
        ent_put(out, "  ");
        ent_put_wrapped(out, style, 2, 4, ent_council_text(out->arena, c, party));
        shown++;
    }
    if (shown == 0) {
        ent_put(out, "  none\n");
    }
}

static double widest_error(const ent_summary *s)
{
    double error = 0;
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        if (has_worlds(s, i)) {
            error = fmax(error, s->deals[i].zone.error);
        }
    }
    return error;
}

static void put_method(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    bool swept = true;
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        swept = swept && (!has_worlds(s, i) || s->deals[i].method == ENT_BY_SWEEP);
    }
    ent_put_heading(out, style, "Method and limits");
    ent_put(out, "  ");
    ent_put_wrapped(
        out, style, 2, 2,
        ent_format(out->arena,
                   "Every claim is a linear constraint on what a party may prefer; worlds are "
                   "drawn evenly from the preferences that satisfy all claims of an account, "
                   "importances first. Sampling error of the shares: up to %.1f points. %s "
                   "Disputes, and the words necessary, impossible and proved, do not depend on "
                   "how worlds are drawn. What was said in rooms without a record, and what is "
                   "not an issue of this case, is not in these numbers. `entente why` prints the "
                   "statements and constraints behind any of them.",
                   100 * widest_error(s),
                   swept ? "Every package was looked at in every world."
                         : "The packages are too many to look at one by one: they were searched "
                           "with bounds."));
}

static void put_next(ent_buffer *out, const ent_summary *s)
{
    const char *account = NULL;
    for (size_t i = 0; i < s->analysis->accounts.count && account == NULL; i++) {
        account = has_worlds(s, i) ? s->analysis->accounts.at[i].id : NULL;
    }
    if (account != NULL) {
        ent_putf(out, "\nNext: entente bridge %s --account %s\n", s->command_case, account);
        ent_putf(out, "      entente plan %s     steps that trust can carry\n", s->command_case);
        ent_putf(out, "      entente walk %s     stay or walk out\n", s->command_case);
        ent_putf(out, "      entente why %s      statements behind a number\n", s->command_case);
    }
}

void ent_put_summary_text(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    ent_put_ink(out, style, ENT_INK_BOLD,
                ent_format(out->arena, "%s: is there a package that all would take?",
                           s->analysis->c->title));
    ent_put_char(out, '\n');
    put_counts(out, s);
    ent_put_char(out, '\n');
    put_answer(out, style, s);
    put_table(out, style, s);
    put_meaning(out, style, s);
    ent_put_heading(out, style, "What is in dispute (proved, smallest sets first)");
    ent_put_disputes(out, style, s->analysis, s->disputes, 1, 7);
    ent_put_measures(out, style, s->analysis, 1);
    if (shown_accounts(s) > 1) {
        put_not_in_dispute(out, style, s);
    }
    put_best(out, style, s);
    put_bridges(out, style, s);
    put_plans(out, style, s);
    put_walks(out, style, s);
    put_influences(out, style, s);
    put_assumptions(out, style, s);
    put_method(out, style, s);
    put_next(out, s);
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, s->analysis));
}

/* A finished document as a member of another: its closing newline is left out. */
static void put_document(ent_json *json, const char *key, ent_buffer *part)
{
    ent_json_raw(json, key, ent_buffer_text(part), part->length > 0 ? part->length - 1 : 0);
}

void ent_put_summary_json(ent_buffer *out, const ent_summary *s)
{
    ent_json json = ent_json_document(out, "report");
    ent_json_provenance(&json, s->analysis);
    ent_json_councils(&json, s->analysis);
    ent_buffer accounts = ent_buffer_init(out->arena, 0);
    ent_put_accounts_json(&accounts, s->analysis, s->disputes);
    put_document(&json, "accounts", &accounts);
    ent_buffer deals = ent_buffer_init(out->arena, 0);
    ent_put_deals_json(&deals, s->analysis, s->deals);
    put_document(&json, "deals", &deals);
    ent_buffer bridge = ent_buffer_init(out->arena, 0);
    ent_put_bridge_json(&bridge, s->analysis, s->bridges, NULL);
    put_document(&json, "bridge", &bridge);
    ent_buffer influence = ent_buffer_init(out->arena, 0);
    ent_put_influence_json(&influence, s->analysis, s->disputes, s->influences);
    put_document(&json, "influence", &influence);
    ent_buffer plan = ent_buffer_init(out->arena, 0);
    ent_put_plan_json(&plan, s->analysis, s->plans);
    put_document(&json, "plan", &plan);
    ent_buffer walk = ent_buffer_init(out->arena, 0);
    ent_put_walk_json(&walk, s->analysis, NULL, s->walks, s->walk_count);
    put_document(&json, "walk", &walk);
    ent_json_end_document(&json);
}

void ent_put_summary_plain(ent_buffer *out, const ent_summary *s)
{
    ent_put_accounts_plain(out, s->analysis, s->disputes);
    ent_put_deals_plain(out, s->analysis, s->deals);
    ent_put_bridge_plain(out, s->analysis, s->bridges);
    ent_put_influence_plain(out, s->analysis, s->influences);
}
