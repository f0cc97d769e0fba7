#include "report/third_party.h"

#include "report/doubts.h"
#include "base/number.h"

/* ---- JSON --------------------------------------------------------------------------------- */

static void put_zone(ent_json *json, const char *key, const ent_zone *zone)
{
    ent_json_open_map(json, key);
    ent_json_number(json, "share", zone->share);
    ent_json_number(json, "error", zone->error);
    ent_json_close_map(json);
}

static void put_deal_json(ent_json *json, const char *key, const ent_case *c, const ent_deal *deal)
{
    if (deal->levels == NULL) {
        ent_json_null(json, key);
        return;
    }
    ent_json_open_map(json, key);
    ent_json_deal(json, c, deal);
    ent_json_close_map(json);
}

void ent_json_third(ent_json *json, const ent_case *c, const ent_third *third)
{
    ent_json_open_map(json, "third");
    ent_json_text(json, "party", c->parties[third->party].id);
    ent_json_bool(json, "asked", third->asked);
    put_zone(json, "without", &third->without);
    put_zone(json, "with", &third->with);
    put_zone(json, "willing", &third->willing);
    put_deal_json(json, "best_without", c, &third->best_without);
    ent_json_open_list(json, "issues");
    for (size_t i = 0; i < third->issue_count; i++) {
        ent_json_open_map(json, NULL);
        ent_json_text(json, "issue", c->space.issues[third->issues[i].issue].id);
        put_zone(json, "zone", &third->issues[i].zone);
        put_deal_json(json, "best", c, &third->issues[i].best);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "additions");
    for (size_t i = 0; i < third->rung_count; i++) {
        ent_json_open_map(json, NULL);
        ent_json_count(json, "steps", third->ladder[i].steps);
        ent_json_deal(json, c, &third->ladder[i].deal);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "statements");
    for (size_t i = 0; i < third->statement_count; i++) {
        ent_json_text(json, NULL, c->statements[third->statements[i]].id);
    }
    ent_json_close_list(json);
    ent_json_close_map(json);
}

/* ---- Plain -------------------------------------------------------------------------------- */

static void put_line(ent_buffer *out, const char *account, const char *issue, double zone,
                     const ent_deal *best)
{
    char share[ENT_NUMBER_ROOM], joint[ENT_NUMBER_ROOM];
    ent_putf(out, "third\t%s\t%s\t%s\t%s\n", account, issue, ent_number_text(zone, share),
             best->levels == NULL ? "-" : ent_number_text(best->joint, joint));
}

void ent_put_third_plain(ent_buffer *out, const ent_analysis *analysis, const ent_third *thirds)
{
    const ent_case *c = analysis->c;
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        const ent_third *t = &thirds[i];
        const char *account = analysis->accounts.at[i].id;
        if (analysis->worlds[i].account == NULL) {
            continue;
        }
        put_line(out, account, "-", t->without.share, &t->best_without);
        for (size_t k = 0; k < t->issue_count; k++) {
            put_line(out, account, c->space.issues[t->issues[k].issue].id,
                     t->issues[k].zone.share, &t->issues[k].best);
        }
        ent_deal none = {0};
        put_line(out, account, "*", t->with.share,
                 t->rung_count > 0 ? &t->ladder[t->rung_count - 1].deal : &none);
    }
}

/* ---- Text --------------------------------------------------------------------------------- */

/* Columns for what stands before the figures of a row. */
static unsigned label_width(const ent_style *style)
{
    enum { FIGURES = 2 + 6 + 10, WIDEST = 40 };
    return style->width - FIGURES > WIDEST ? WIDEST : style->width - FIGURES;
}

static void put_row(ent_buffer *out, const ent_style *style, const char *label,
                    const ent_zone *zone, const ent_deal *best)
{
    ent_put(out, "  ");
    ent_put_cell(out, label, label_width(style), false);
    ent_put_cell(out, ent_percent(out->arena, zone->share), 6, true);
    ent_put_cell(out,
                 best == NULL || best->levels == NULL ? "-" : ent_percent(out->arena, best->joint),
                 10, true);
    ent_put_char(out, '\n');
}

static void put_rows(ent_buffer *out, const ent_style *style, const ent_case *c,
                     const ent_third *t)
{
    const char *name = c->parties[t->party].name;
    const ent_deal *top = t->rung_count > 0 ? &t->ladder[t->rung_count - 1].deal : NULL;
    ent_put_repeat(out, " ", 2);
    ent_put_cell(out, "", label_width(style), false);
    ent_put(out, "  zone  best one\n");
    put_row(out, style, ent_format(out->arena, "without %s", name), &t->without, &t->best_without);
    for (size_t i = 0; i < t->issue_count; i++) {
        put_row(out, style,
                ent_format(out->arena, "with %s", c->space.issues[t->issues[i].issue].name),
                &t->issues[i].zone, &t->issues[i].best);
    }
    if (t->issue_count > 1) {
        put_row(out, style, ent_format(out->arena, "with all that %s gives", name), &t->with, top);
    }
    if (!t->asked) {
        put_row(out, style, ent_format(out->arena, "and where %s itself accepts", name),
                &t->willing, NULL);
    }
}

static void put_ladder(ent_buffer *out, const ent_style *style, const ent_case *c,
                       const ent_third *t)
{
    if (t->rung_count < 2) {
        ent_put(out, "  ");
        ent_put_wrapped(out, style, 2, 2,
                        t->rung_count == 0 ? "The packages are too many to look for the smallest "
                                             "additions."
                                           : "No step of it lifts the best package.");
    }
    for (size_t i = 1; i < t->rung_count; i++) {
        const ent_third_rung *rung = &t->ladder[i];
        ent_putf(out, "\n  %u step%s: all in %s\n", rung->steps, rung->steps == 1 ? "" : "s",
                 ent_percent(out->arena, rung->deal.joint));
        ent_put_deal(out, style, c, &rung->deal, 4);
    }
}

static void put_account(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        size_t account, const ent_third *t)
{
    const ent_case *c = analysis->c;
    ent_put_heading(out, style, ent_told_title(out->arena, analysis, account));
    ent_doubts doubts = ent_doubts_of(out->arena, analysis, account, &t->with, false);
    ent_put_doubts(out, style, &doubts, 2);
    put_rows(out, style, c, t);
    put_ladder(out, style, c, t);
    ent_put(out, "\n  What the record says of it in this account\n");
    for (size_t i = 0; i < t->statement_count; i++) {
        ent_put_statement(out, style, c, t->statements[i], 4, true);
    }
    if (t->statement_count == 0) {
        ent_put(out, "    nothing: its part rests on the prior alone\n");
    }
}

void ent_put_third_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        const ent_third *thirds)
{
    const ent_case *c = analysis->c;
    bool headed = false;
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account != NULL && ent_first_told(analysis, i) == i) {
            if (!headed) {
                ent_put_ink(out, style, ENT_INK_BOLD, c->title);
                ent_putf(out, "\nWhat could %s add?\n", c->parties[thirds[i].party].name);
                ent_put_record(out, style, analysis);
                headed = true;
            }
            put_account(out, style, analysis, i, &thirds[i]);
        }
    }
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0,
                    "Zone: the share of worlds in which some package suits all. Best one: the "
                    "highest share in which one package does. Steps are counted over what the "
                    "third party gives alone; each rung is listed where it lifts the best one.");
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}
