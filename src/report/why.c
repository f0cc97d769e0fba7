#include "report/why.h"

#include "report/deals.h"
#include "report/doubts.h"
#include "base/number.h"
#include "record/suppose.h"

#include <math.h>
#include <string.h>

static const ent_polytope *polytope_of(const ent_analysis *analysis, size_t account,
                                       uint32_t party)
{
    return &analysis->worlds[account].polytopes[party];
}

static void put_rows_json(ent_json *json, const ent_analysis *analysis, size_t account,
                          uint32_t party, uint32_t statement)
{
    const ent_polytope *polytope = polytope_of(analysis, account, party);
    ent_json_open_list(json, "rows");
    for (size_t r = 0; r < polytope->row_count; r++) {
        if (polytope->rows[r].statement == statement) {
            ent_json_text(json, NULL, ent_row_text(json->out->arena, analysis->c, polytope,
                                                   &polytope->rows[r]));
        }
    }
    ent_json_close_list(json);
}

static void put_party_json(ent_json *json, const ent_analysis *analysis, size_t account,
                           const ent_why_party *party)
{
    const ent_case *c = analysis->c;
    ent_json_open_map(json, NULL);
    ent_json_text(json, "party", c->parties[party->party].id);
    ent_json_number(json, "share", party->share);
    ent_json_text(json, "verdict", ent_verdict_text(party->verdict));
    ent_json_open_list(json, "statements");
    for (size_t i = 0; i < party->count; i++) {
        const ent_reason *reason = &party->reasons[i];
        const ent_statement *s = &c->statements[reason->statement];
        ent_json_open_map(json, NULL);
        ent_json_text(json, "id", s->id);
        ent_json_text(json, "source", s->source == ENT_NONE ? NULL : c->sources[s->source].id);
        ent_json_bool(json, "forces", reason->forces);
        ent_json_number(json, "without", reason->without);
        put_rows_json(json, analysis, account, party->party, reason->statement);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    ent_json_close_map(json);
}

void ent_put_why_json(ent_buffer *out, const ent_analysis *analysis, const ent_why *whys)
{
    ent_json json = ent_json_document(out, "why");
    ent_json_provenance(&json, analysis);
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account == NULL) {
            continue;
        }
        ent_json_open_map(&json, NULL);
        ent_json_text(&json, "name", analysis->accounts.at[i].id);
        ent_json_count(&json, "worlds", whys[i].worlds);
        ent_json_deal(&json, analysis->c, &whys[i].deal);
        ent_json_open_list(&json, "parties");
        for (size_t p = 0; p < whys[i].count; p++) {
            put_party_json(&json, analysis, i, &whys[i].parties[p]);
        }
        ent_json_close_list(&json);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

static const char *source_text(ent_arena *arena, const ent_case *c, const ent_statement *s)
{
    if (s->source == ENT_NONE) {
        return s->assumption || ent_is_supposed(s) ? NULL : "no source given";
    }
    const ent_source *source = &c->sources[s->source];
    return ent_format(arena, "%s%s%s%s%s%s%s", source->author == NULL ? "" : source->author,
                      source->author == NULL ? "" : ", ",
                      source->title == NULL ? source->id : source->title,
                      source->publisher == NULL ? "" : ", ",
                      source->publisher == NULL ? "" : source->publisher,
                      source->date == NULL ? "" : ", ", source->date == NULL ? "" : source->date);
}

static void put_reason(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                       size_t account, const ent_why_party *party, const ent_reason *reason)
{
    const ent_case *c = analysis->c;
    const ent_polytope *polytope = polytope_of(analysis, account, party->party);
    ent_put_statement(out, style, c, reason->statement, 4, true);
    const char *source = source_text(out->arena, c, &c->statements[reason->statement]);
    if (source != NULL) {
        ent_put(out, "        source: ");
        ent_put_wrapped(out, style, 16, 10, source);
    }
    for (size_t r = 0; r < polytope->row_count; r++) {
        if (polytope->rows[r].statement == reason->statement) {
            ent_put(out, "        row: ");
            ent_put_wrapped(out, style, 13, 10,
                            ent_row_text(out->arena, c, polytope, &polytope->rows[r]));
        }
    }
    if (!isnan(reason->without)) {
        ent_putf(out, "        without it: %s\n", ent_percent(out->arena, reason->without));
    }
}

/* What a verdict rests on: statements, unless the case file says enough of the party. */
static const char *grounds_of(const ent_analysis *analysis, const ent_why_party *party)
{
    for (size_t i = 0; i < party->count; i++) {
        if (party->reasons[i].forces) {
            return "these statements:";
        }
    }
    return analysis->stakes[party->party]->exact != NULL
               ? "its utility in the case file"
               : "its stakes and reservation value in the case file";
}

/*
 * The share as `deals` has it; where the fewer worlds behind "without it" round to another figure,
 * that one too, since only it can be compared with them.
 */
static const char *share_text(ent_arena *arena, const ent_why *why, const ent_why_party *party)
{
    char worlds[ENT_NUMBER_ROOM];
    double all = why->deal.shares[party->party];
    const char *here = ent_percent(arena, party->share);
    const char *share = isnan(all) ? here : ent_percent(arena, all);
    return strcmp(share, here) == 0
               ? ent_format(arena, "%s of worlds", share)
               : ent_format(arena, "%s of worlds (%s of the %s behind \"without it\")", share, here,
                            ent_count_text(why->worlds, worlds));
}

/* A council has no preferences of its own: the reasons are those of its members, listed too. */
static void put_council(ent_buffer *out, const ent_style *style, const ent_case *c,
                        const ent_why *why, const ent_why_party *party)
{
    const ent_party *council = &c->parties[party->party];
    const char *rule = ent_council_text(out->arena, c, party->party) + strlen(council->name) + 2;
    ent_buffer members = ent_buffer_init(out->arena, 0);
    for (uint32_t m = 0; m < council->approval->member_count; m++) {
        ent_putf(&members, "%s%s", m == 0 ? "" : ", ",
                 c->parties[council->approval->members[m]].name);
    }
    const char *share = share_text(out->arena, why, party);
    const char *how = party->verdict == ENT_NECESSARY    ? "consents in every world (proved)"
                      : party->verdict == ENT_IMPOSSIBLE ? "impossible"
                                                         : ent_format(out->arena, "consents in %s",
                                                                      share);
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 4,
                    ent_format(out->arena, "%s: %s, as its members vote: %s; %s", council->name,
                               how, ent_buffer_text(&members), rule));
}

static void put_party(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                      size_t account, const ent_why *why, const ent_why_party *party)
{
    const char *name = analysis->c->parties[party->party].name;
    ent_put_char(out, '\n');
    if (analysis->c->parties[party->party].approval != NULL) {
        put_council(out, style, analysis->c, why, party);
        return;
    }
    const char *grounds = grounds_of(analysis, party);
    if (party->line != NULL) {
        ent_putf(out, "  %s: impossible, it crosses a line of its own:\n", name);
    } else if (party->verdict == ENT_IMPOSSIBLE) {
        ent_putf(out, "  %s: impossible, %s %s\n", name,
                 strncmp(grounds, "its", 3) == 0 ? "by" : "it contradicts", grounds);
    } else if (party->verdict == ENT_NECESSARY) {
        ent_putf(out, "  %s: accepts in every world (proved), by %s\n", name, grounds);
    } else {
        ent_putf(out, "  %s: accepts in %s; what is known of its preferences:\n", name,
                 share_text(out->arena, why, party));
    }
    for (size_t i = 0; i < party->count; i++) {
        bool needless = party->verdict != ENT_POSSIBLE && !party->reasons[i].forces;
        if (needless && (i == 0 || party->reasons[i - 1].forces)) {
            ent_put(out, "  also said of it, and not needed for that:\n");
        }
        put_reason(out, style, analysis, account, party, &party->reasons[i]);
    }
    if (party->count == 0 && party->verdict == ENT_POSSIBLE) {
        ent_put(out, analysis->stakes[party->party]->exact != NULL
                         ? "    its utility in the case file\n"
                         : "    nothing but the reservation range in the case file\n");
    }
}

void ent_put_why_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                      const ent_why *whys)
{
    const ent_case *c = analysis->c;
    ent_put_ink(out, style, ENT_INK_BOLD, c->title);
    ent_put_char(out, '\n');
    ent_put_record(out, style, analysis);
    ent_put_wrapped(out, style, 0, 0,
                    "In a row, an issue's name with an option or item stands for its share of all "
                    "that is at stake for the party, and b for what it needs over the status quo.");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account == NULL || ent_first_told(analysis, i) != i) {
            continue;
        }
        ent_put_heading(out, style, ent_told_title(out->arena, analysis, i));
        ent_doubts doubts = ent_doubts_of(out->arena, analysis, i, NULL, false);
        ent_put_doubts(out, style, &doubts, 2);
        ent_putf(out, "  all who are asked accept in %s of worlds:\n",
                 ent_percent(out->arena, whys[i].deal.joint));
        ent_put_exchange(out, style, c, whys[i].deal.levels, 4);
        for (size_t p = 0; p < whys[i].count; p++) {
            put_party(out, style, analysis, i, &whys[i], &whys[i].parties[p]);
        }
        ent_putf(out, "\n  \"without it\" is drawn from %s; the other statements stay.\n",
                 ent_counted(out->arena, whys[i].worlds, "worlds"));
    }
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}
