#include "report/summary_parts.h"

#include "base/number.h"
#include "report/enquiry.h"
#include "report/measures.h"
#include "report/menu.h"
#include "report/priorities.h"

#include <string.h>

/* ---- Sections ----------------------------------------------------------------------------- */

static void put_believed_by_all(ent_buffer *out, const ent_style *style, const ent_summary *s)
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
    ent_put_heading(out, style, "Believed in every account");
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 2,
                    b.length == 0 ? "Nothing that claims anything." : ent_buffer_text(&b));
}

/* A package that others equal is not to pass for the one answer. */
static void put_ties(ent_buffer *out, const ent_style *style, const ent_deals *deals)
{
    size_t others = 0;
    while (others + 1 < deals->count && deals->at[others + 1].joint >= deals->at[0].joint) {
        others++;
    }
    if (others > 0) {
        ent_put(out, "    ");
        ent_put_wrapped(out, style, 4, 4,
                        ent_format(out->arena,
                                   "Not the only one: %s%zu other%s in as many worlds; `entente "
                                   "deals` lists them.",
                                   others + 1 == deals->count ? "at least " : "", others,
                                   others == 1 ? " suits all" : "s suit all"));
    }
}

/* An account told before whose best package is the same, or SIZE_MAX. */
static size_t same_package(const ent_summary *s, size_t told)
{
    size_t bytes = s->analysis->c->space.issue_count * sizeof(uint64_t);
    const ent_deals *mine = &s->whole->deals[ent_summary_at(s, told)];
    for (size_t k = 0; k < told; k++) {
        size_t i = ent_summary_at(s, k);
        const ent_deals *other = &s->whole->deals[i];
        if (ent_summary_has(s, i) && other->count > 0 &&
            memcmp(other->at[0].levels, mine->at[0].levels, bytes) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void put_best(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    for (size_t k = 0; k < ent_summary_shown(s); k++) {
        size_t i = ent_summary_at(s, k);
        if (!ent_summary_has(s, i) || s->whole->deals[i].count == 0) {
            continue;
        }
        const ent_deal *deal = &s->whole->deals[i].at[0];
        ent_put_heading(out, style,
                        ent_format(out->arena, "Best single package, %s: all in %s",
                                   ent_summary_title(out->arena, s, i),
                                   ent_percent(out->arena, deal->joint)));
        size_t same = same_package(s, k);
        if (same != SIZE_MAX) {
            ent_put(out, "  ");
            ent_put_wrapped(out, style, 2, 2,
                            ent_format(out->arena, "The same package as on the %s: %s.",
                                       ent_summary_title(out->arena, s, same),
                                       ent_shares_text(out->arena, s->analysis->c, deal)));
        } else {
            ent_put_deal(out, style, s->analysis->c, deal, 2);
        }
        ent_footing footing = ent_footing_of(out->arena, s->analysis, i, deal->levels);
        ent_put_footing(out, style, s->analysis, &footing, 4);
        put_ties(out, style, &s->whole->deals[i]);
    }
}

typedef void (*put_body)(ent_buffer *out, const ent_style *style, const ent_summary *s,
                         size_t account);

/*
 * A section for each account that is told; those of which it says the same have it once, under
 * their names together.
 */
static void put_each(ent_buffer *out, const ent_style *style, const ent_summary *s,
                     const char *heading, put_body body)
{
    size_t shown = ent_summary_shown(s);
    const char **texts = ent_alloc(out->arena, shown + 1, const char *);
    for (size_t k = 0; k < shown; k++) {
        ent_buffer b = ent_buffer_init(out->arena, 0);
        if (ent_summary_has(s, ent_summary_at(s, k))) {
            body(&b, style, s, ent_summary_at(s, k));
        }
        texts[k] = ent_buffer_text(&b);
    }
    for (size_t k = 0; k < shown; k++) {
        ent_buffer names = ent_buffer_init(out->arena, 0);
        bool told = texts[k][0] == '\0';
        for (size_t j = 0; j < shown && !told; j++) {
            bool same = strcmp(texts[j], texts[k]) == 0;
            told = same && j < k;
            if (same) {
                ent_putf(&names, ", %s",
                         ent_summary_title(out->arena, s, ent_summary_at(s, j)));
            }
        }
        if (!told) {
            ent_put_heading(out, style,
                            ent_format(out->arena, "%s%s", heading, ent_buffer_text(&names)));
            ent_put(out, texts[k]);
        }
    }
}

static void put_bridge(ent_buffer *out, const ent_style *style, const ent_summary *s, size_t i)
{
    ent_put_bridge_brief(out, style, s->analysis, &s->whole->bridges[i]);
}

static void put_plan(ent_buffer *out, const ent_style *style, const ent_summary *s, size_t i)
{
    ent_put_plan_brief(out, style, s->analysis, &s->whole->plans[i]);
}

static void put_walk(ent_buffer *out, const ent_style *style, const ent_summary *s, size_t i)
{
    const ent_whole *whole = s->whole;
    size_t first = 0;
    while (first < whole->walk_count && whole->walks[first].account != i) {
        first++;
    }
    size_t end = first;
    while (end < whole->walk_count && whole->walks[end].account == i) {
        end++;
    }
    ent_put_walk_brief(out, style, s->analysis, &whole->walks[first], end - first);
}

static void put_influence(ent_buffer *out, const ent_style *style, const ent_summary *s, size_t i)
{
    const ent_influence *influence = &s->whole->influences[i];
    ent_put(out, influence->best == NULL
                     ? "  shares of the worlds in which some package suits all\n"
                     : "  shares of the worlds in which all take the best single package\n");
    ent_put_influence_rows(out, style, s->analysis, influence, 6);
}

static void put_influences(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    size_t first = 0;
    put_each(out, style, s, "Find out first", put_influence);
    while (first < s->analysis->accounts.count && !ent_summary_has(s, first)) {
        first++;
    }
    if (first < s->analysis->accounts.count) {
        ent_put(out, "  ");
        ent_put_wrapped(out, style, 2, 2,
                        ent_format(out->arena,
                                   "Each change is measured in %s, the same before and after; "
                                   "what it starts from is the share above.",
                                   ent_counted(out->arena, s->whole->influences[first].worlds,
                                               "worlds")));
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

/* The error of the zone that is known least. */
static const char *widest_error(ent_arena *arena, const ent_summary *s)
{
    const ent_zone *widest = NULL;
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        const ent_zone *zone = &s->whole->deals[i].zone;
        if (ent_summary_has(s, i) &&
            (widest == NULL || zone->interval.high - zone->interval.low >
                                   widest->interval.high - widest->interval.low)) {
            widest = zone;
        }
    }
    return widest == NULL ? "nothing sampled"
                          : ent_format(arena, "%s at most", ent_error_text(arena, widest));
}

static void put_method(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    bool swept = true;
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        swept = swept && (!ent_summary_has(s, i) || s->whole->deals[i].method == ENT_BY_SWEEP);
    }
    ent_put_heading(out, style, "Method and limits");
    ent_put(out, "  ");
    ent_put_wrapped(
        out, style, 2, 2,
        ent_format(out->arena,
                   "Every claim is a linear constraint on what a party may prefer; worlds are "
                   "drawn evenly from the preferences that satisfy all claims of an account, "
                   "importances first. Of the first line: %s. %s "
                   "Disputes, and the words necessary, impossible and proved, do not depend on "
                   "how worlds are drawn. What was said in rooms without a record, and what is "
                   "not an issue of this case, is not in these numbers. `entente why` prints the "
                   "statements and constraints behind any of them.",
                   widest_error(out->arena, s),
                   swept ? "Every package was looked at in every world."
                         : "The packages are too many to look at one by one: they were searched "
                           "with bounds."));
}

static void put_next(ent_buffer *out, const ent_summary *s)
{
    const char *account = NULL;
    for (size_t i = 0; i < s->analysis->accounts.count && account == NULL; i++) {
        account = ent_summary_has(s, i) ? s->analysis->accounts.at[i].id : NULL;
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
    ent_put_summary_head(out, style, s);
    ent_told told = ent_told_nothing(out->arena, s->analysis->c);
    ent_put_disputed(out, style, s->analysis->c, s->disputes, &told, 3, 0);
    ent_put_measures(out, style, s->analysis, 1);
    if (ent_summary_shown(s) > 1) {
        put_believed_by_all(out, style, s);
    }
    put_best(out, style, s);
    put_each(out, style, s, "Ways forward", ent_put_summary_way);
    put_each(out, style, s, "What would have to change", put_bridge);
    put_each(out, style, s, "Steps that trust can carry", put_plan);
    put_each(out, style, s, "Stay or walk", put_walk);
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
    ent_put_deals_json(&deals, s->analysis, s->whole->deals);
    put_document(&json, "deals", &deals);
    ent_buffer bridge = ent_buffer_init(out->arena, 0);
    ent_put_bridge_json(&bridge, s->analysis, s->whole->bridges, NULL);
    put_document(&json, "bridge", &bridge);
    ent_buffer influence = ent_buffer_init(out->arena, 0);
    ent_put_influence_json(&influence, s->analysis, s->disputes, s->whole->influences);
    put_document(&json, "influence", &influence);
    ent_buffer plan = ent_buffer_init(out->arena, 0);
    ent_put_plan_json(&plan, s->analysis, s->whole->plans);
    put_document(&json, "plan", &plan);
    ent_buffer walk = ent_buffer_init(out->arena, 0);
    ent_put_walk_json(&walk, s->analysis, NULL, s->whole->walks, s->whole->walk_count);
    put_document(&json, "walk", &walk);
    ent_buffer menu = ent_buffer_init(out->arena, 0);
    ent_put_menu_json(&menu, s->analysis, s->whole->menus);
    put_document(&json, "menu", &menu);
    ent_buffer ask = ent_buffer_init(out->arena, 0);
    ent_put_enquiry_json(&ask, s->analysis, s->whole->menus, s->whole->enquiries);
    put_document(&json, "ask", &ask);
    ent_json_end_document(&json);
}

void ent_put_summary_plain(ent_buffer *out, const ent_summary *s)
{
    ent_put_accounts_plain(out, s->analysis, s->disputes);
    ent_put_deals_plain(out, s->analysis, s->whole->deals);
    ent_put_bridge_plain(out, s->analysis, s->whole->bridges);
    ent_put_influence_plain(out, s->analysis, s->whole->influences);
}
