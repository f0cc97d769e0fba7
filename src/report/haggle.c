#include "report/haggle.h"

#include "base/number.h"

#include <math.h>

static void json_values(ent_json *json, const ent_haggle_table *t, uint32_t entry)
{
    ent_json_open_list(json, "values");
    for (uint32_t p = 0; p < t->parties; p++) {
        ent_json_number(json, NULL, t->side[p].value[entry]);
    }
    ent_json_close_list(json);
}

static void json_outcome(ent_arena *arena, ent_json *json, const ent_haggle_story *story,
                         uint32_t entry)
{
    const ent_scenario *s = story->n->table->scenario;
    if (s == NULL) {
        return;
    }
    ent_haggle_levels(story->n->table, entry, story->n->level);
    ent_json_open_map(json, "outcome");
    for (uint32_t i = 0; i < s->issue_count; i++) {
        const ent_scenario_issue *issue = &s->issues[i];
        if (issue->kind != ENT_DISCRETE) {
            ent_json_number(json, issue->name, ent_level_number(issue, story->n->level[i]));
        } else {
            ent_json_text(json, issue->name,
                          ent_scenario_value_text(arena, issue, story->n->level[i]));
        }
    }
    ent_json_close_map(json);
}

void ent_json_haggle_entry(ent_arena *arena, ent_json *json, const ent_haggle_story *story,
                           uint32_t entry)
{
    json_values(json, story->n->table, entry);
    json_outcome(arena, json, story, entry);
}

static bool is_discretised(const ent_haggle_table *t)
{
    bool any = false;
    for (uint32_t i = 0; t->scenario != NULL && i < t->issues; i++) {
        any = any || t->scenario->issues[i].discretised;
    }
    return any;
}

void ent_json_haggle_space(ent_json *json, const ent_haggle_table *t)
{
    if (t->scenario != NULL && t->scenario->read_as != NULL) {
        ent_json_text(json, "read_as", t->scenario->read_as);
    }
    ent_json_count(json, "outcomes", t->count);
    ent_json_bool(json, "sampled", t->sampled);
    ent_json_bool(json, "whole_frontier", !t->sampled || t->whole_frontier);
    ent_json_bool(json, "discretised", is_discretised(t));
}

void ent_json_clock(ent_json *json, const ent_haggle_rules *rules)
{
    const ent_clock_rules *c = &rules->clock;
    if (c->seconds > 0 || c->step_limit > 0) {
        ent_json_open_map(json, "clock");
        ent_json_number(json, "seconds", c->seconds > 0 ? c->seconds : (double)NAN);
        ent_json_number(json, "step_limit", c->step_limit > 0 ? c->step_limit : (double)NAN);
        ent_json_open_list(json, "step_cost");
        ent_json_number(json, NULL, c->cost.least);
        ent_json_number(json, NULL, c->cost.most);
        ent_json_close_list(json);
        ent_json_bool(json, "overtime", c->overtime);
        ent_json_bool(json, "rounds_count", !c->open);
        ent_json_close_map(json);
    }
    if (rules->above) {
        ent_json_text(json, "at_reservation", "refuse");
    }
}

static void json_head(ent_json *json, const ent_haggle_story *story)
{
    const ent_negotiation *n = story->n;
    ent_json_text(json, "scenario", story->title);
    ent_json_text(json, "protocol", n->rules.protocol->name);
    ent_json_count(json, "rounds", n->rules.rounds);
    ent_json_clock(json, &n->rules);
    ent_json_count(json, "seed", n->rules.seed);
    ent_json_haggle_space(json, n->table);
    ent_json_open_list(json, "parties");
    for (uint32_t p = 0; p < n->table->parties; p++) {
        ent_json_open_map(json, NULL);
        ent_json_text(json, "name", story->parties[p]);
        ent_json_text(json, "strategy", story->chosen[p].text);
        ent_json_number(json, "reservation", n->table->side[p].reservation);
        ent_json_number(json, "utility", ent_haggle_utility(n->table, p, &n->result));
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

static void json_offers(ent_arena *arena, ent_json *json, const ent_haggle_story *story)
{
    const ent_negotiation *n = story->n;
    ent_json_open_list(json, "offers");
    for (uint32_t k = 0; k < n->result.offers; k++) {
        const ent_haggle_offer *offer = &n->offers[k];
        ent_json_open_map(json, NULL);
        ent_json_count(json, "round", offer->round);
        if (offer->party == ENT_HAGGLE_MEDIATOR) {
            ent_json_null(json, "party");
        } else {
            ent_json_count(json, "party", offer->party);
        }
        if (n->when != NULL) {
            ent_json_number(json, "seconds", n->when[k]);
        }
        json_values(json, n->table, offer->entry);
        json_outcome(arena, json, story, offer->entry);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

void ent_put_haggle_json(ent_buffer *out, const ent_haggle_story *story)
{
    const ent_haggle_result *result = &story->n->result;
    ent_json json = ent_json_document(out, "haggle");
    json_head(&json, story);
    json_offers(out->arena, &json, story);
    ent_json_text(&json, "end", ent_haggle_end_names[result->end]);
    if (story->n->when != NULL) {
        ent_json_number(&json, "seconds", result->seconds);
    }
    if (result->entry == ENT_NO_ENTRY) {
        ent_json_null(&json, "agreement");
    } else {
        ent_json_open_map(&json, "agreement");
        json_values(&json, story->n->table, result->entry);
        ent_json_count(&json, "round", result->round);
        json_outcome(out->arena, &json, story, result->entry);
        ent_json_close_map(&json);
    }
    ent_json_end_document(&json);
}

const char *ent_haggle_entry_text(ent_arena *arena, const ent_haggle_story *story, uint32_t entry,
                                  const char *between, const char *is)
{
    const ent_scenario *s = story->n->table->scenario;
    ent_buffer b = ent_buffer_init(arena, 0);
    if (s == NULL) {
        return "";
    }
    ent_haggle_levels(story->n->table, entry, story->n->level);
    for (uint32_t i = 0; i < s->issue_count; i++) {
        ent_putf(&b, "%s%s%s%s", i > 0 ? between : "", s->issues[i].name, is,
                 ent_scenario_value_text(arena, &s->issues[i], story->n->level[i]));
    }
    return ent_buffer_text(&b);
}

static const char *party_name(const ent_haggle_story *story, uint32_t party)
{
    return party == ENT_HAGGLE_MEDIATOR ? "mediator" : story->parties[party];
}

void ent_put_haggle_plain(ent_buffer *out, const ent_haggle_story *story)
{
    const ent_negotiation *n = story->n;
    char number[ENT_NUMBER_ROOM];
    for (uint32_t k = 0; k < n->result.offers; k++) {
        const ent_haggle_offer *offer = &n->offers[k];
        ent_putf(out, "%u\t%s", offer->round, party_name(story, offer->party));
        for (uint32_t p = 0; p < n->table->parties; p++) {
            ent_putf(out, "\t%s", ent_number_text(n->table->side[p].value[offer->entry], number));
        }
        ent_putf(out, "\t%s\n", ent_haggle_entry_text(out->arena, story, offer->entry, "\t", "="));
    }
    ent_putf(out, "end\t%s\t%u\n", ent_haggle_end_names[n->result.end], n->result.round);
}

/* Where a value lies between the worst and the best that the party can get, 0 to 1. */
static double share_of(const ent_haggle_side *side, double value)
{
    return side->most > side->least ? (value - side->least) / (side->most - side->least) : 1;
}

enum { DANCE_ROWS = 24 };

/* Columns of the dance: of the name, of the line of marks, and of a value. */
typedef struct dance {
    unsigned name, width, value;
} dance;

/* A line of the dance: first party's mark from the left, second party's from the right. */
static void put_dance_line(ent_buffer *out, const ent_style *style, const ent_haggle_story *story,
                           const ent_haggle_offer *offer, const dance *d)
{
    unsigned width = d->width;
    const ent_haggle_table *t = story->n->table;
    const ent_haggle_side *first = &t->side[0];
    double share = share_of(first, first->value[offer->entry]);
    unsigned at = (unsigned)(share * (width - 1) + 0.5);
    ent_putf(out, "%6u ", offer->round + 1);
    ent_put_cell(out, party_name(story, offer->party), d->name, false);
    ent_put_char(out, ' ');
    ent_put_repeat(out, "\u00b7", at);
    ent_put_ink(out, style, offer->party == 0 ? ENT_INK_FIRST : ENT_INK_SECOND,
                offer->party == 0 ? "\u25cf" : "\u25c6");
    ent_put_repeat(out, "\u00b7", width - 1 - at);
    for (uint32_t p = 0; p < t->parties && p < 2; p++) {
        ent_putf(out, " %*.4g", (int)d->value, t->side[p].value[offer->entry]);
    }
    ent_put_char(out, '\n');
}

/* What a terminal has room for: names and values first, the rest is the line's. */
static dance dance_of(const ent_style *style)
{
    bool narrow = style->width < 64;
    dance d = {.name = narrow ? 6 : 14, .value = narrow ? 7 : 9};
    unsigned taken = 7 + d.name + 1 + 2 * (d.value + 1);
    d.width = style->width > 100 ? 58 : style->width - taken;
    return d;
}

/*
 * Is the round among those shown? They are spread evenly, first and last among them, and of each
 * all offers are shown, so that who answers whom can be seen.
 */
static bool is_shown(const ent_haggle_story *story, uint32_t round)
{
    const ent_negotiation *n = story->n;
    uint32_t rounds = n->offers[n->result.offers - 1].round + 1;
    uint32_t parties = n->rules.protocol == &ent_protocol_one_text ? 1 : n->table->parties;
    uint32_t want = DANCE_ROWS / parties > 2 ? DANCE_ROWS / parties : 2;
    if (rounds <= want) {
        return true;
    }
    /* The k-th of those wanted is round k (rounds - 1) / (want - 1), rounded down. */
    uint64_t k = ((uint64_t)round * (want - 1) + rounds - 2) / (rounds - 1);
    return k * (rounds - 1) / (want - 1) == round;
}

static void put_dance(ent_buffer *out, const ent_style *style, const ent_haggle_story *story)
{
    const ent_negotiation *n = story->n;
    dance d = dance_of(style);
    unsigned width = d.width;
    uint32_t count = n->result.offers;
    ent_put_heading(out, style, "The dance of offers");
    ent_put_repeat(out, " ", 8 + d.name);
    ent_put_cell(out, ent_format(out->arena, "worst for %s", story->parties[0]), width / 2, false);
    ent_put_cell(out, "best", width - width / 2, true);
    for (uint32_t p = 0; p < 2; p++) {
        ent_put_char(out, ' ');
        ent_put_cell(out, story->parties[p], d.value, true);
    }
    ent_put_char(out, '\n');
    uint32_t shown = 0;
    for (uint32_t k = 0; k < count; k++) {
        if (is_shown(story, n->offers[k].round)) {
            put_dance_line(out, style, story, &n->offers[k], &d);
            shown++;
        }
    }
    if (shown < count) {
        ent_putf(out, "%u of %u offers shown; --plain lists all\n", shown, count);
    }
}

static const char *seconds_text(ent_arena *arena, double seconds)
{
    return ent_format(arena, "%.6g second%s", seconds, seconds == 1 ? "" : "s");
}

static void put_deadline(ent_buffer *out, const ent_haggle_story *story)
{
    const ent_haggle_rules *rules = &story->n->rules;
    if (rules->clock.seconds > 0) {
        ent_putf(out, "No deal in %s and %s\n", seconds_text(out->arena, rules->clock.seconds),
                 ent_counted(out->arena, story->n->result.round, "rounds"));
    } else {
        ent_putf(out, "No deal in %s\n", ent_counted(out->arena, rules->rounds, "rounds"));
    }
}

/* "round 3 of 20", and with seconds "round 3, after 0.12 of 2 seconds". */
static const char *round_text(ent_arena *arena, const ent_haggle_story *story)
{
    const ent_haggle_rules *rules = &story->n->rules;
    const ent_haggle_result *r = &story->n->result;
    return rules->clock.seconds > 0
               ? ent_format(arena, "round %u, after %.6g of %s", r->round + 1, r->seconds,
                            seconds_text(arena, rules->clock.seconds))
               : ent_format(arena, "round %u of %u", r->round + 1, rules->rounds);
}

static void put_end(ent_buffer *out, const ent_style *style, const ent_haggle_story *story)
{
    const ent_haggle_result *r = &story->n->result;
    switch (r->end) {
    case ENT_HAGGLE_AGREED:
        ent_putf(out, "Agreed in %s: ", round_text(out->arena, story));
        ent_put_wrapped(out, style, 30, 2,
                        ent_haggle_entry_text(out->arena, story, r->entry, "; ", ": "));
        break;
    case ENT_HAGGLE_WALKED:
        ent_putf(out, "No deal: %s walked out in %s\n", story->parties[r->party],
                 round_text(out->arena, story));
        break;
    case ENT_HAGGLE_BROKE:
        ent_putf(out, "No deal: talks broke down in %s\n", round_text(out->arena, story));
        break;
    case ENT_HAGGLE_FAILED:
        ent_putf(out, "No deal: the strategy of %s failed in %s\n", story->parties[r->party],
                 round_text(out->arena, story));
        break;
    case ENT_HAGGLE_SLOW:
        ent_putf(out, "No deal: %s took longer than %s for a turn in round %u\n",
                 party_name(story, r->party),
                 seconds_text(out->arena, story->n->rules.clock.step_limit), r->round + 1);
        break;
    case ENT_HAGGLE_DEADLINE:
    case ENT_HAGGLE_ENDS:
        put_deadline(out, story);
        break;
    }
}

static void put_parties(ent_buffer *out, const ent_style *style, const ent_haggle_story *story)
{
    const ent_haggle_table *t = story->n->table;
    ent_put_heading(out, style, "Parties");
    for (uint32_t p = 0; p < t->parties; p++) {
        const ent_haggle_side *side = &t->side[p];
        double utility = ent_haggle_utility(t, p, &story->n->result);
        bool narrow = style->width < 76;
        ent_put(out, "  ");
        ent_put_cell(out, story->parties[p], 18, false);
        ent_put_cell(out, ent_format(out->arena, " %s", story->chosen[p].text),
                     narrow ? 18 : 24, false);
        ent_put(out, narrow ? "\n   " : "");
        ent_putf(out, " %9.4g ", utility);
        ent_put_bar(out, share_of(side, utility), 10);
        ent_putf(out, " of %.4g\n", side->most);
    }
}

const char *ent_haggle_limits_text(ent_arena *arena, const ent_haggle_rules *rules)
{
    const char *rounds = ent_counted(arena, rules->rounds, "rounds");
    if (rules->clock.seconds <= 0) {
        return rounds;
    }
    const char *seconds = seconds_text(arena, rules->clock.seconds);
    return rules->clock.open ? seconds : ent_format(arena, "%s or %s", rounds, seconds);
}

void ent_put_haggle_head(ent_buffer *out, const ent_style *style, const ent_haggle_story *story)
{
    const ent_negotiation *n = story->n;
    const ent_haggle_table *t = n->table;
    ent_put_read_as(out, style, t->scenario == NULL ? NULL : t->scenario->read_as);
    ent_put_ink(out, style, ENT_INK_BOLD, story->title);
    ent_putf(out, "\n%s, %s%s%s; %s, %s\n", ent_counted(out->arena, t->parties, "parties"),
             ent_counted(out->arena, t->count, "outcomes"),
             !t->sampled         ? ""
             : t->whole_frontier ? " (a sample with the whole frontier)"
                                 : " (a sample)",
             is_discretised(t) ? " (continuous issues cut into steps)" : "",
             n->rules.protocol->summary, ent_haggle_limits_text(out->arena, &n->rules));
}

void ent_put_haggle_text(ent_buffer *out, const ent_style *style, const ent_haggle_story *story)
{
    ent_put_haggle_head(out, style, story);
    put_end(out, style, story);
    put_parties(out, style, story);
    put_dance(out, style, story);
}
