#include "report/doubts.h"

#include "base/number.h"
#include "report/words.h"
#include "worlds/positions.h"

#include <string.h>

/* ---- The record ----------------------------------------------------------------------------- */

/* A bare day, month or year ends in UTC; a moment has its zone in it. */
static const char *zone_of_day(const char *date)
{
    return strchr(date, 'T') != NULL ? "" : " (UTC)";
}

void ent_put_record(ent_buffer *out, const ent_style *style, const ent_analysis *analysis)
{
    const ent_case *c = analysis->c;
    const char *date = analysis->settings.as_of_text;
    if (date == NULL) {
        return;
    }
    ent_buffer b = ent_buffer_init(out->arena, 0);
    size_t later = 0;
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (analysis->later[i] && !analysis->on[i]) {
            ent_putf(&b, "%s%s", later++ > 0 ? ", " : "", c->statements[i].id);
        }
    }
    const char *left = later == 0 ? "no statement is later"
                                  : ent_format(out->arena, "%zu later statement%s left out (%s)",
                                               later, later == 1 ? "" : "s", ent_buffer_text(&b));
    ent_put_wrapped(out, style, 0, 2,
                    ent_format(out->arena, "as of %s%s: %s", date, zone_of_day(date), left));
}

/* ---- Sampling ------------------------------------------------------------------------------- */

const char *ent_zone_text(ent_arena *arena, const ent_zone *zone)
{
    const char *low = ent_percent(arena, zone->ranged ? zone->low : zone->share);
    const char *high = ent_percent(arena, zone->ranged ? zone->high : zone->share);
    return strcmp(low, high) == 0 ? ent_percent(arena, zone->share)
                                  : ent_format(arena, "%s to %s", low, high);
}

const char *ent_error_text(ent_arena *arena, const ent_zone *zone)
{
    if (zone->impossible || zone->interval.high <= zone->interval.low) {
        return "proved";
    }
    if (zone->error >= 0.0005 && !zone->poor) {
        return ent_format(arena, "sampling error %.1f points", 100 * zone->error);
    }
    return ent_format(arena, "95 times of 100 it is from %s to %s",
                      ent_percent(arena, zone->interval.low),
                      ent_percent(arena, zone->interval.high));
}

/* ---- Doubts --------------------------------------------------------------------------------- */

static void add(ent_arena *arena, ent_doubts *doubts, const char *kind, uint32_t party,
                const char *text)
{
    ent_doubt *doubt = ent_push(arena, doubts);
    *doubt = (ent_doubt){kind, text, party};
}

static void doubt_samples(ent_arena *arena, const ent_analysis *analysis, size_t account,
                          const ent_zone *zone, ent_doubts *doubts)
{
    const ent_case *c = analysis->c;
    bool told = false;
    for (uint32_t p = 0; p < c->party_count; p++) {
        const ent_world_set *set = &analysis->worlds[account].sets[p];
        if (set->poor) {
            told = true;
            add(arena, doubts, "poor-sample", p,
                ent_format(arena,
                           "Of the %u worlds of %s only about %.0f are independent: its shares may "
                           "be several points off (W101).",
                           analysis->settings.worlds, c->parties[p].name, set->effective));
        }
    }
    if (zone != NULL && zone->poor && !told) {
        add(arena, doubts, "few-worlds", ENT_NONE,
            ent_format(arena,
                       "Only about %.0f independent world%s these shares: too few to speak of a "
                       "percent (W101).",
                       zone->effective, zone->effective < 1.5 ? " tells" : "s tell"));
    }
}

static void doubt_range(ent_arena *arena, const ent_analysis *analysis, const ent_zone *zone,
                        ent_doubts *doubts)
{
    if (zone != NULL && zone->ranged && zone->high > zone->low) {
        const char *sample = analysis->all_worlds == 0
                                 ? ""
                                 : ent_format(arena, " (in a sample of %s)",
                                              ent_counted(arena, analysis->kept_worlds, "worlds"));
        add(arena, doubts, "unnamed-votes", ENT_NONE,
            ent_format(arena,
                       "That some package suits all depends on how council members vote whom "
                       "the case does not model: %s if all are against, %s if all are for%s.",
                       ent_percent(arena, zone->low), ent_percent(arena, zone->high), sample));
    }
}

static void doubt_positions(ent_arena *arena, const ent_analysis *analysis, size_t account,
                            ent_doubts *doubts)
{
    const ent_case *c = analysis->c;
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_stated last = ent_last_stated(c, &analysis->accounts.at[account], p);
        if (last.statement == ENT_NONE || c->parties[p].role != ENT_DECIDER) {
            continue;
        }
        const ent_statement *s = &c->statements[last.statement];
        if (!last.own) {
            add(arena, doubts, "reported", p,
                ent_format(arena, "The position of %s is as %s reports it (%s), not its own word.",
                           c->parties[p].name, ent_speaker_text(c, s), s->id));
        }
        if (s->claims[last.claim].open != NULL) {
            add(arena, doubts, "open", p,
                ent_format(arena,
                           "The position of %s (%s) leaves unsaid what else belongs to it; it is "
                           "used as if nothing else did.",
                           c->parties[p].name, s->id));
        }
    }
}

ent_doubts ent_doubts_of(ent_arena *arena, const ent_analysis *analysis, size_t account,
                         const ent_zone *zone, bool positions)
{
    ent_doubts doubts = {0};
    doubt_samples(arena, analysis, account, zone, &doubts);
    doubt_range(arena, analysis, zone, &doubts);
    if (positions) {
        doubt_positions(arena, analysis, account, &doubts);
    }
    return doubts;
}

void ent_put_doubts(ent_buffer *out, const ent_style *style, const ent_doubts *doubts,
                    unsigned indent)
{
    for (size_t i = 0; i < doubts->count; i++) {
        ent_put_repeat(out, " ", indent);
        ent_put_wrapped(out, style, indent, indent + 2, doubts->at[i].text);
    }
}

void ent_json_doubts(ent_json *json, const ent_analysis *analysis, const ent_doubts *doubts)
{
    ent_json_open_list(json, "doubts");
    for (size_t i = 0; i < doubts->count; i++) {
        const ent_doubt *d = &doubts->at[i];
        ent_json_open_map(json, NULL);
        ent_json_text(json, "kind", d->kind);
        ent_json_text(json, "party",
                      d->party == ENT_NONE ? NULL : analysis->c->parties[d->party].id);
        ent_json_text(json, "text", d->text);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}
