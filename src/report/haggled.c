#include "report/haggled.h"

#include "answers/positions.h"
#include "base/number.h"
#include "report/haggle.h"

#include <math.h>

static const char *account_id(const ent_analysis *analysis, const ent_haggled *h)
{
    return analysis->accounts.at[h->account].id;
}

static const char *party_name(const ent_analysis *analysis, const ent_haggled *h, uint32_t d)
{
    return analysis->c->parties[h->deciders[d]].name;
}

static void json_sides(ent_json *json, const ent_analysis *analysis, const ent_haggled *h)
{
    ent_json_open_list(json, "parties");
    for (uint32_t d = 0; d < h->decider_count; d++) {
        const ent_worlds_side *side = &h->result.side[d];
        ent_json_open_map(json, NULL);
        ent_json_text(json, "party", analysis->c->parties[h->deciders[d]].id);
        ent_json_text(json, "strategy", h->chosen[d].text);
        ent_json_bool(json, "from_last_position", h->opened[d]);
        ent_json_number(json, "position_acceptable", h->opened[d] ? side->opening : (double)NAN);
        ent_json_number(json, "gain", side->gain);
        ent_json_number(json, "share_of_possible_gain", side->part);
        ent_json_number(json, "ahead", side->ahead);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

static void json_account(ent_json *json, const ent_analysis *analysis, const ent_haggled *h)
{
    const ent_worlds_haggled *r = &h->result;
    ent_json_open_map(json, NULL);
    ent_json_text(json, "name", account_id(analysis, h));
    ent_json_count(json, "worlds", r->worlds);
    ent_json_count(json, "deals", h->deals);
    ent_json_bool(json, "sampled", h->sampled);
    ent_json_bool(json, "open_positions", ent_any_open_position(analysis, h->account));
    ent_json_open_map(json, "agreement");
    ent_json_number(json, "share", r->agreed);
    ent_json_number(json, "error", r->error);
    ent_json_close_map(json);
    ent_json_number(json, "possible", r->possible);
    ent_json_number(json, "vetoed", r->vetoed);
    ent_json_open_map(json, "ends");
    for (int k = 0; k < ENT_HAGGLE_ENDS; k++) {
        ent_json_number(json, ent_haggle_end_names[k], r->ends[k]);
    }
    ent_json_close_map(json);
    ent_json_number(json, "rounds", r->rounds);
    ent_json_number(json, "left_on_table", r->left);
    ent_json_number(json, "efficient", r->efficient);
    json_sides(json, analysis, h);
    ent_json_open_list(json, "frequent");
    for (uint32_t k = 0; k < r->deal_count; k++) {
        ent_json_open_map(json, NULL);
        ent_json_package(json, "package", &analysis->c->space, h->deal[k]);
        ent_json_number(json, "share", r->deals[k].share);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    ent_json_close_map(json);
}

void ent_put_haggled_json(ent_buffer *out, const ent_analysis *analysis, const ent_haggled *at,
                          size_t count)
{
    ent_json json = ent_json_document(out, "haggle-case");
    ent_json_provenance(&json, analysis);
    if (count > 0) {
        ent_json_text(&json, "protocol", at->rules.protocol->name);
        ent_json_count(&json, "rounds", at->rules.rounds);
        ent_json_clock(&json, &at->rules);
    }
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < count; i++) {
        json_account(&json, analysis, &at[i]);
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

void ent_put_haggled_plain(ent_buffer *out, const ent_analysis *analysis, const ent_haggled *at,
                           size_t count)
{
    char number[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < count; i++) {
        const ent_worlds_haggled *r = &at[i].result;
        const char *id = account_id(analysis, &at[i]);
        ent_putf(out, "%s\tagreement\t%s\n", id, ent_number_text(r->agreed, number));
        ent_putf(out, "%s\tpossible\t%s\n", id, ent_number_text(r->possible, number));
        ent_putf(out, "%s\trounds\t%s\n", id, ent_number_text(r->rounds, number));
        for (uint32_t d = 0; d < at[i].decider_count; d++) {
            ent_putf(out, "%s\tgain\t%s\t%s\n", id, party_name(analysis, &at[i], d),
                     ent_number_text(r->side[d].gain, number));
        }
        for (uint32_t k = 0; k < r->deal_count; k++) {
            ent_putf(out, "%s\tdeal\t%s\t%s\n", id, ent_number_text(r->deals[k].share, number),
                     ent_outcome_text(out->arena, &analysis->c->space, at[i].deal[k], false));
        }
    }
}

static unsigned wider(unsigned width, const char *text)
{
    unsigned own = (unsigned)ent_text_width(text);
    return own <= width ? width : own < 18 ? own : 18;
}

static void put_sides(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                      const ent_haggled *h)
{
    enum { CELLS = 10 };
    const ent_worlds_haggled *r = &h->result;
    unsigned names = 0;
    unsigned strategies = 0;
    for (uint32_t d = 0; d < h->decider_count; d++) {
        names = wider(names, party_name(analysis, h, d));
        strategies = wider(strategies, h->chosen[d].text);
    }
    for (uint32_t d = 0; d < h->decider_count; d++) {
        const ent_worlds_side *side = &r->side[d];
        ent_put(out, "  ");
        ent_put_cell(out, party_name(analysis, h, d), names, false);
        ent_put_char(out, ' ');
        ent_put_cell(out, h->chosen[d].text, strategies, false);
        unsigned at = 3 + names + strategies;
        const char *start = h->opened[d] ? "" : "no last position: starts from its best";
        if (isfinite(side->part)) {
            ent_put_char(out, ' ');
            ent_put_cell(out, ent_percent(out->arena, side->part), 4, true);
            ent_put_char(out, ' ');
            ent_put_bar(out, side->part, CELLS);
            at += 6 + CELLS;
            ent_put_note(out, style, at, 4, "of what it could gain");
            ent_put_repeat(out, " ", start[0] != '\0' ? 4 : 0);
            ent_putf(out, "%s%s", start, start[0] != '\0' ? "\n" : "");
        } else {
            ent_put_note(out, style, at, 4, start);
        }
    }
}

static void put_account(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        const ent_haggled *h)
{
    const ent_worlds_haggled *r = &h->result;
    ent_arena *arena = out->arena;
    const char *title = ent_told_title(arena, analysis, h->account);
    ent_put_heading(out, style, title);
    ent_putf(out, "Deal in %s of %s; in %s of these one suits all",
             ent_percent(arena, r->agreed), ent_counted(arena, r->worlds, "worlds"),
             ent_percent(arena, r->possible));
    if (r->agreed > 0) {
        ent_putf(out, "; after %.0f round%s on average", r->rounds, r->rounds < 1.5 ? "" : "s");
    }
    ent_put(out, "\n");
    if (r->vetoed > 0) {
        ent_putf(out, "An approver refuses what was agreed in %s\n",
                 ent_percent(arena, r->vetoed));
    }
    put_sides(out, style, analysis, h);
    if (ent_any_open_position(analysis, h->account)) {
        ent_put(out, "  ");
        ent_put_wrapped(out, style, 2, 2,
                        "What a position left open is taken as not asked and not offered.");
    }
    if (r->agreed > 0) {
        ent_putf(out,
                 "  Nothing better for all was left in %s of the deals; on average all could have "
                 "had %s more of what they have at stake\n",
                 ent_percent(arena, r->efficient), ent_percent(arena, r->left));
    }
    for (uint32_t k = 0; k < r->deal_count && k < 3; k++) {
        ent_putf(out, "  %4s  ", ent_percent(arena, r->deals[k].share));
        ent_put_wrapped(out, style, 8, 8,
                        ent_outcome_text(arena, &analysis->c->space, h->deal[k], true));
    }
}

void ent_put_haggled_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                          const ent_haggled *at, size_t count)
{
    ent_put_ink(out, style, ENT_INK_BOLD, "Haggling from the last positions");
    ent_put_char(out, '\n');
    ent_put_record(out, style, analysis);
    if (count > 0) {
        ent_putf(out, "%s, %s, over %s%s\n", at->rules.protocol->summary,
                 ent_haggle_limits_text(out->arena, &at->rules),
                 at->sampled ? "a sample of " : "",
                 ent_counted(out->arena, at->deals, "deals"));
    }
    for (size_t i = 0; i < count; i++) {
        if (ent_first_told(analysis, at[i].account) == at[i].account) {
            put_account(out, style, analysis, &at[i]);
        }
    }
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0,
                    "Shares of the preference worlds that fit an account in which these "
                    "strategies reach a deal: what haggling would do there, not the probability "
                    "of a deal. `entente walk` gives the chance from which staying pays.");
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}
