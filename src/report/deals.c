#include "report/deals.h"

#include "base/number.h"
#include "report/priorities.h"

#include <math.h>

const char *ent_verdict_text(ent_verdict verdict)
{
    switch (verdict) {
    case ENT_NECESSARY:
        return "necessary";
    case ENT_IMPOSSIBLE:
        return "impossible";
    case ENT_POSSIBLE:
        break;
    }
    return "possible";
}

/* ---- JSON --------------------------------------------------------------------------------- */

void ent_json_deal(ent_json *json, const ent_case *c, const ent_deal *deal)
{
    ent_json_package(json, "package", &c->space, deal->levels);
    ent_json_open_map(json, "shares");
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (deal->asked[p]) {
            ent_json_number(json, c->parties[p].id, deal->shares[p]);
        }
    }
    ent_json_close_map(json);
    ent_json_number(json, "joint", deal->joint);
    ent_json_bool(json, "frontier", deal->frontier);
    if (deal->verdicts != NULL) {
        ent_json_open_map(json, "verdicts");
        for (uint32_t p = 0; p < c->party_count; p++) {
            if (deal->asked[p]) {
                ent_json_text(json, c->parties[p].id, ent_verdict_text(deal->verdicts[p]));
            }
        }
        ent_json_close_map(json);
    }
    ent_json_open_map(json, "others");
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (!deal->asked[p]) {
            ent_json_number(json, c->parties[p].id, deal->shares[p]);
        }
    }
    ent_json_close_map(json);
}

void ent_json_zone(ent_json *json, const char *key, const ent_zone *zone)
{
    ent_json_open_map(json, key);
    ent_json_number(json, "share", zone->share);
    ent_json_number(json, "error", zone->error);
    ent_json_open_list(json, "interval");
    ent_json_number(json, NULL, zone->interval.low);
    ent_json_number(json, NULL, zone->interval.high);
    ent_json_close_list(json);
    ent_json_bool(json, "impossible", zone->impossible);
    ent_json_bool(json, "poor", zone->poor);
    if (zone->ranged) {
        ent_json_number(json, "unnamed_against", zone->low);
        ent_json_number(json, "unnamed_for", zone->high);
    }
    ent_json_close_map(json);
}

static void put_zone_json(ent_json *json, const ent_deals *deals)
{
    ent_json_zone(json, "zone", &deals->zone);
    ent_json_text(json, "method", deals->method == ENT_BY_SWEEP ? "sweep" : "search");
    ent_json_bool(json, "proved", deals->proved);
    ent_json_text(json, "outcomes",
                  deals->outcomes == UINT64_MAX
                      ? NULL
                      : ent_format(json->out->arena, "%llu", (unsigned long long)deals->outcomes));
    if (deals->available > 0) {
        ent_json_text(json, "available", ent_format(json->out->arena, "%llu",
                                                    (unsigned long long)deals->available));
    } else {
        ent_json_null(json, "available");
    }
}

static void put_sample_json(ent_json *json, const ent_analysis *analysis, size_t account)
{
    const ent_case *c = analysis->c;
    ent_json_open_map(json, "sample");
    for (uint32_t p = 0; p < c->party_count; p++) {
        const ent_world_set *set = &analysis->worlds[account].sets[p];
        ent_json_open_map(json, c->parties[p].id);
        ent_json_text(json, "method", set->method);
        ent_json_number(json, "effective", set->effective);
        ent_json_number(json, "rhat", set->rhat);
        ent_json_bool(json, "poor", set->poor);
        ent_json_close_map(json);
    }
    ent_json_close_map(json);
}

void ent_json_councils(ent_json *json, const ent_analysis *analysis)
{
    const ent_case *c = analysis->c;
    if (analysis->councils.count == 0) {
        return;
    }
    ent_json_open_list(json, "councils");
    for (size_t k = 0; k < analysis->councils.count; k++) {
        const ent_approval *rule = c->parties[analysis->councils.at[k].party].approval;
        ent_json_open_map(json, NULL);
        ent_json_text(json, "party", c->parties[analysis->councils.at[k].party].id);
        ent_json_count(json, "votes", rule->votes);
        ent_json_count(json, "of", rule->of);
        for (int veto = 0; veto < 2; veto++) {
            ent_json_open_list(json, veto ? "veto" : "members");
            for (uint32_t m = 0; m < rule->member_count; m++) {
                if (!veto || rule->veto[m]) {
                    ent_json_text(json, NULL, c->parties[rule->members[m]].id);
                }
            }
            ent_json_close_list(json);
        }
        ent_json_count(json, "unnamed", rule->of - rule->member_count);
        ent_json_count(json, "others", rule->others);
        ent_json_text(json, "because", rule->because);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

void ent_put_deals_json(ent_buffer *out, const ent_analysis *analysis, const ent_deals *deals)
{
    const ent_case *c = analysis->c;
    ent_json json = ent_json_document(out, "deals");
    ent_json_provenance(&json, analysis);
    ent_json_councils(&json, analysis);
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account == NULL) {
            continue;
        }
        ent_json_open_map(&json, NULL);
        ent_json_text(&json, "name", analysis->accounts.at[i].id);
        ent_json_count(&json, "worlds", analysis->settings.worlds);
        put_zone_json(&json, &deals[i]);
        put_sample_json(&json, analysis, i);
        ent_doubts doubts = ent_doubts_of(out->arena, analysis, i, &deals[i].zone, false);
        ent_json_doubts(&json, analysis, &doubts);
        ent_json_open_list(&json, "deals");
        for (size_t d = 0; d < deals[i].count; d++) {
            ent_json_open_map(&json, NULL);
            ent_json_deal(&json, c, &deals[i].at[d]);
            ent_footing footing = ent_footing_of(out->arena, analysis, i, deals[i].at[d].levels);
            ent_json_footing(&json, analysis, &footing);
            ent_json_close_map(&json);
        }
        ent_json_close_list(&json);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

/* ---- Plain -------------------------------------------------------------------------------- */

void ent_put_deals_plain(ent_buffer *out, const ent_analysis *analysis, const ent_deals *deals)
{
    const ent_case *c = analysis->c;
    char text[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account == NULL) {
            continue;
        }
        const char *account = analysis->accounts.at[i].id;
        ent_putf(out, "zone\t%s\t%s\t", account, ent_number_text(deals[i].zone.share, text));
        ent_putf(out, "%s\n", ent_number_text(deals[i].zone.error, text));
        for (size_t d = 0; d < deals[i].count; d++) {
            const ent_deal *deal = &deals[i].at[d];
            ent_putf(out, "deal\t%s\t%s", account, ent_number_text(deal->joint, text));
            for (uint32_t p = 0; p < c->party_count; p++) {
                ent_putf(out, "\t%s=%s", c->parties[p].id,
                         deal->asked[p] ? ent_number_text(deal->shares[p], text) : "-");
            }
            ent_putf(out, "\t%s\n", ent_outcome_text(out->arena, &c->space, deal->levels, false));
        }
    }
}

/* ---- Text --------------------------------------------------------------------------------- */

const char *ent_shares_text(ent_arena *arena, const ent_case *c, const ent_deal *deal)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (deal->asked[p]) {
            ent_putf(&b, "%s%s in %s", b.length > 0 ? ", " : "", c->parties[p].name,
                     ent_percent(arena, deal->shares[p]));
        }
    }
    return ent_buffer_text(&b);
}

static unsigned widest_name(const ent_case *c)
{
    size_t widest = 0;
    for (uint32_t p = 0; p < c->party_count; p++) {
        size_t width = ent_text_width(c->parties[p].name);
        widest = width > widest ? width : widest;
    }
    return widest > 24 ? 24 : (unsigned)widest;
}

static const char *role_note(const ent_case *c, const ent_deal *deal, uint32_t party)
{
    if (deal->verdicts != NULL && deal->verdicts[party] != ENT_POSSIBLE) {
        return deal->verdicts[party] == ENT_NECESSARY ? "necessary (proved)"
                                                      : "impossible (proved)";
    }
    const ent_party *p = &c->parties[party];
    return p->approval != NULL ? "must approve, by vote"
           : p->role == ENT_APPROVER ? "must approve"
                                     : "";
}

/* Those who are not asked, in one line: "no say: China 100%, Japan 40%". */
static void put_others(ent_buffer *out, const ent_style *style, const ent_case *c,
                       const ent_deal *deal, unsigned indent)
{
    ent_buffer b = ent_buffer_init(out->arena, 0);
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (!deal->asked[p] && !isnan(deal->shares[p])) {
            ent_putf(&b, "%s%s %s", b.length > 0 ? ", " : "no say: ", c->parties[p].name,
                     ent_percent(out->arena, deal->shares[p]));
        }
    }
    if (b.length > 0) {
        ent_put_repeat(out, " ", indent);
        ent_put_wrapped(out, style, indent, indent + 2, ent_buffer_text(&b));
    }
}

void ent_put_deal(ent_buffer *out, const ent_style *style, const ent_case *c, const ent_deal *deal,
                  unsigned indent)
{
    ent_put_exchange(out, style, c, deal->levels, indent);
    enum { SHARE = 6, NOTE = 24 };
    unsigned width = widest_name(c);
    unsigned before = indent + 2 + width + SHARE + 2;
    unsigned cells = ent_bar_cells(style, before + NOTE, 20);
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (!deal->asked[p] || isnan(deal->shares[p])) {
            continue;
        }
        ent_put_repeat(out, " ", indent + 2);
        ent_put_cell(out, c->parties[p].name, width, false);
        ent_put_cell(out, ent_percent(out->arena, deal->shares[p]), SHARE, true);
        ent_put(out, "  ");
        ent_put_bar(out, deal->shares[p], cells);
        ent_put_note(out, style, before + cells, indent + 4, role_note(c, deal, p));
    }
    put_others(out, style, c, deal, indent + 2);
}

/* "UN Security Council: 9 of 15 votes, vetoes of ...; of 10 members not named 4 are taken ..." */
const char *ent_council_text(ent_arena *arena, const ent_case *c, uint32_t party)
{
    const ent_approval *rule = c->parties[party].approval;
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_putf(&b, "%s: %u of %s", c->parties[party].name, rule->votes,
             ent_counted(arena, rule->of, "votes"));
    const char *between = ", vetoes of ";
    for (uint32_t m = 0; m < rule->member_count; m++) {
        if (rule->veto[m]) {
            ent_putf(&b, "%s%s", between, c->parties[rule->members[m]].name);
            between = ", ";
        }
    }
    uint32_t unnamed = rule->of - rule->member_count;
    if (unnamed > 0) {
        ent_putf(&b, "; of the %s whom the case does not model %u %s taken to vote for%s%s",
                 ent_counted(arena, unnamed, "members"), rule->others,
                 rule->others == 1 ? "is" : "are",
                 rule->because != NULL ? ": " : "", rule->because != NULL ? rule->because : "");
    }
    return ent_buffer_text(&b);
}

/* Worlds in which nothing was found, and nothing was proved: at its limit, or interrupted. */
static const char *undecided_text(ent_arena *arena, const ent_zone *zone)
{
    char worlds[ENT_NUMBER_ROOM];
    return ent_format(arena, "; in %s of them the search was not ended: perhaps in more",
                      ent_count_text(zone->undecided, worlds));
}

static void put_account(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        size_t index, const ent_deals *deals)
{
    const ent_case *c = analysis->c;
    char all[ENT_NUMBER_ROOM];
    ent_put_heading(out, style, ent_told_title(out->arena, analysis, index));
    ent_put(out, "  ");
    ent_put_wrapped(
        out, style, 2, 4,
        ent_format(out->arena, "some package suits all in %s of %s (%s)%s",
                   ent_percent(out->arena, deals->zone.share),
                   ent_counted(out->arena, deals->zone.worlds, "worlds"),
                   ent_error_text(out->arena, &deals->zone),
                   deals->zone.impossible     ? ": no package can"
                   : deals->zone.undecided > 0 ? undecided_text(out->arena, &deals->zone)
                                               : ""));
    ent_doubts doubts = ent_doubts_of(out->arena, analysis, index, &deals->zone, false);
    ent_put_doubts(out, style, &doubts, 2);
    ent_put(out, "  ");
    ent_put_wrapped(
        out, style, 2, 2,
        ent_format(out->arena,
                   "%s; deals by the share of worlds in which all who are asked accept:",
                   deals->method == ENT_BY_SWEEP
                       ? ent_format(out->arena,
                                    "looked at %s%s that %s available, of %s",
                                    deals->available == 1 ? "the " : "all ",
                                    ent_counted(out->arena, deals->available, "packages"),
                                    deals->available == 1 ? "is" : "are",
                                    ent_count_text(deals->outcomes, all))
                       : deals->proved ? "best packages found by search, proved"
                                       : "best packages found by search"));
    for (size_t d = 0; d < deals->count; d++) {
        const ent_deal *deal = &deals->at[d];
        ent_putf(out, "\n  %zu. all in %s%s\n", d + 1, ent_percent(out->arena, deal->joint),
                 deal->frontier ? ", on the frontier of acceptability" : "");
        ent_put_deal(out, style, c, deal, 5);
        ent_footing footing = ent_footing_of(out->arena, analysis, index, deal->levels);
        ent_put_footing(out, style, analysis, &footing, 7);
    }
}

void ent_put_deals_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        const ent_deals *deals)
{
    ent_put_ink(out, style, ENT_INK_BOLD, analysis->c->title);
    ent_put_char(out, '\n');
    ent_put_record(out, style, analysis);
    for (size_t k = 0; k < analysis->councils.count; k++) {
        ent_put_wrapped(out, style, 0, 2,
                        ent_council_text(out->arena, analysis->c,
                                         analysis->councils.at[k].party));
    }
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account != NULL && ent_first_told(analysis, i) == i) {
            put_account(out, style, analysis, i, &deals[i]);
        }
    }
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}
