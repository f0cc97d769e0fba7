/* The frontier in words, as JSON and as plain lines. */
#include "report/frontier.h"

#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ENT_VALUE_ROOM = 330 }; /* digits of any double, four of them behind the point */

const char *ent_point_title(ent_point point)
{
    switch (point) {
    case ENT_NASH_POINT:
        return "Nash";
    case ENT_KALAI_SMORODINSKY:
        return "Kalai-Smorodinsky";
    case ENT_EGALITARIAN:
        return "Egalitarian";
    case ENT_UTILITARIAN:
    case ENT_POINT_COUNT:
        break;
    }
    return "Utilitarian";
}

const char *ent_point_definition(ent_point point)
{
    switch (point) {
    case ENT_NASH_POINT:
        return "of the rational outcomes the one with the greatest product of gains; without a "
               "reservation value gains count from the party's least utility on the frontier";
    case ENT_KALAI_SMORODINSKY:
        return "of the rational outcomes the one whose smallest share of what a party could gain "
               "is greatest; gains count as for nash";
    case ENT_EGALITARIAN:
        return "of the rational outcomes the one whose smallest gain is greatest; gains count as "
               "for nash";
    case ENT_UTILITARIAN:
    case ENT_POINT_COUNT:
        break;
    }
    return "of the rational outcomes the one with the greatest sum of utilities";
}

static bool is_rational(const ent_solution *s, size_t at)
{
    const ent_scenario *scenario = s->scenario;
    for (uint32_t p = 0; p < scenario->party_count; p++) {
        if (s->value[at * scenario->party_count + p] < scenario->utilities[p].reservation) {
            return false;
        }
    }
    return true;
}

static const char *level_text(ent_arena *arena, const ent_solution *s, size_t at, uint32_t issue)
{
    const ent_scenario *scenario = s->scenario;
    return ent_scenario_value_text(arena, &scenario->issues[issue],
                                   s->levels[at * scenario->issue_count + issue]);
}

static void json_point(ent_arena *arena, ent_json *json, const char *key, const ent_solution *s,
                       size_t at)
{
    const ent_scenario *scenario = s->scenario;
    ent_json_open_map(json, key);
    ent_json_open_list(json, "values");
    for (uint32_t p = 0; p < scenario->party_count; p++) {
        ent_json_number(json, NULL, s->value[at * scenario->party_count + p]);
    }
    ent_json_close_list(json);
    ent_json_bool(json, "rational", is_rational(s, at));
    ent_json_open_map(json, "outcome");
    for (uint32_t i = 0; i < scenario->issue_count; i++) {
        const ent_scenario_issue *issue = &scenario->issues[i];
        const char *text = level_text(arena, s, at, i);
        double number;
        if (issue->kind != ENT_DISCRETE && ent_parse_number(text, strlen(text), &number)) {
            ent_json_number(json, issue->name, number);
        } else {
            ent_json_text(json, issue->name, text);
        }
    }
    ent_json_close_map(json);
    ent_json_close_map(json);
}

static void json_numbers(ent_json *json, const char *key, const double *value, uint32_t count)
{
    ent_json_open_list(json, key);
    for (uint32_t p = 0; p < count; p++) {
        ent_json_number(json, NULL, value[p]);
    }
    ent_json_close_list(json);
}

static void json_head(ent_json *json, const ent_solution *s)
{
    const ent_scenario *scenario = s->scenario;
    char text[ENT_BIG_ROOM];
    ent_json_text(json, "scenario", scenario->name);
    ent_json_text(json, "format", scenario->format);
    if (scenario->read_as != NULL) {
        ent_json_text(json, "read_as", scenario->read_as);
    }
    ent_json_open_list(json, "parties");
    for (uint32_t p = 0; p < scenario->party_count; p++) {
        ent_json_text(json, NULL, scenario->parties[p]);
    }
    ent_json_close_list(json);
    ent_json_count(json, "issues", scenario->issue_count);
    ent_json_text(json, "outcomes", ent_big_text(&s->outcomes, text));
    ent_json_text(json, "method", s->method);
    ent_json_bool(json, "proved", s->proved);
    ent_json_text(json, "arithmetic", ent_arithmetic_names[s->arithmetic]);
    ent_json_number(json, "gap", s->proved ? 0 : s->gap);
    if (s->interrupted) {
        ent_json_bool(json, "interrupted", true);
    }
    ent_json_bool(json, "discretised", s->discretised);
    ent_json_open_list(json, "discount");
    for (uint32_t p = 0; p < scenario->party_count; p++) {
        ent_json_number(json, NULL, scenario->utilities[p].discount);
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "reservation");
    for (uint32_t p = 0; p < scenario->party_count; p++) {
        ent_json_number(json, NULL, scenario->utilities[p].reservation);
    }
    ent_json_close_list(json);
}

/* Points as the format's owner has them, under names of their own. */
static void json_owner(ent_arena *arena, ent_json *json, const ent_solution *s)
{
    const char *const names[] = {"nash_negmas", "kalai_smorodinsky_negmas"};
    const size_t at[] = {s->owner.nash, s->owner.kalai_smorodinsky};
    for (int k = 0; k < 2 && ent_has_owner_points(s->scenario); k++) {
        if (at[k] == SIZE_MAX) {
            ent_json_null(json, names[k]);
        } else {
            json_point(arena, json, names[k], s, at[k]);
        }
    }
}

static void json_definitions(ent_json *json, const ent_solution *s)
{
    ent_json_open_map(json, "definitions");
    for (int k = 0; k < ENT_POINT_COUNT; k++) {
        ent_json_text(json, ent_point_names[k], ent_point_definition((ent_point)k));
    }
    if (ent_has_owner_points(s->scenario)) {
        ent_json_text(json, "nash_negmas", ent_negmas_nash_definition);
        ent_json_text(json, "kalai_smorodinsky_negmas", ent_negmas_kalai_definition);
    }
    ent_json_close_map(json);
}

/* What exact fractions say where the owner adds doubles and they say something else. */
static void json_exact(ent_arena *arena, ent_json *json, const ent_solution *s)
{
    const ent_solution *e = s->exact;
    char low[ENT_BIG_ROOM], high[ENT_BIG_ROOM];
    if (e == NULL) {
        return;
    }
    if (e->count != s->count) {
        ent_json_open_list(json, "frontier_exact");
        for (size_t i = 0; i < e->count; i++) {
            json_point(arena, json, NULL, e, i);
        }
        ent_json_close_list(json);
    }
    ent_big_text(&e->rational_low, low);
    ent_big_text(&e->rational_high, high);
    if (strcmp(low, high) == 0 && (ent_big_order(&e->rational_low, &s->rational_low) != 0 ||
                                   ent_big_order(&e->rational_high, &s->rational_high) != 0)) {
        ent_json_text(json, "rational_outcomes_exact", low);
    }
}

static void json_rational(ent_json *json, const ent_solution *s)
{
    char low[ENT_BIG_ROOM], high[ENT_BIG_ROOM];
    ent_big_text(&s->rational_low, low);
    ent_big_text(&s->rational_high, high);
    bool exact = strcmp(low, high) == 0;
    ent_json_text(json, "rational_outcomes", exact ? low : NULL);
    ent_json_open_list(json, "rational_outcomes_between");
    ent_json_text(json, NULL, low);
    ent_json_text(json, NULL, high);
    ent_json_close_list(json);
}

void ent_put_frontier_json(ent_buffer *out, const ent_solution *s,
                           const ent_published *published)
{
    uint32_t parties = s->scenario->party_count;
    ent_json json = ent_json_document(out, "frontier");
    json_head(&json, s);
    ent_json_open_list(&json, "frontier");
    for (size_t i = 0; i < s->count; i++) {
        json_point(out->arena, &json, NULL, s, i);
    }
    ent_json_close_list(&json);
    ent_json_open_map(&json, "points");
    for (int k = 0; k < ENT_POINT_COUNT; k++) {
        if (s->points.at[k] == SIZE_MAX) {
            ent_json_null(&json, ent_point_names[k]);
        } else {
            json_point(out->arena, &json, ent_point_names[k], s, s->points.at[k]);
        }
    }
    json_owner(out->arena, &json, s);
    ent_json_close_map(&json);
    json_definitions(&json, s);
    json_rational(&json, s);
    json_exact(out->arena, &json, s);
    json_numbers(&json, "ideal", s->points.ideal, parties);
    json_numbers(&json, "nadir", s->points.nadir, parties);
    ent_json_number(&json, "opposition", s->points.opposition);
    ent_json_number(&json, "opposition_genius", s->points.opposition_genius);
    if (strcmp(s->scenario->format, "negolog") == 0) {
        ent_json_number(&json, "opposition_negolog",
                        ent_negolog_opposition(s->value, s->count, parties));
    }
    ent_json_number(&json, "integrative_potential", s->points.integrative);
    if (published != NULL) {
        ent_put_published_json(&json, out->arena, s, published);
    }
    ent_json_end_document(&json);
}

void ent_put_frontier_plain(ent_buffer *out, const ent_solution *s)
{
    const ent_scenario *scenario = s->scenario;
    char number[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < s->count; i++) {
        for (uint32_t p = 0; p < scenario->party_count; p++) {
            ent_putf(out, "%s\t",
                     ent_number_text(s->value[i * scenario->party_count + p], number));
        }
        const char *part = "";
        for (int k = 0; k < ENT_POINT_COUNT; k++) {
            if (s->points.at[k] == i) {
                ent_putf(out, "%s%s", part, ent_point_names[k]);
                part = ",";
            }
        }
        for (uint32_t k = 0; k < scenario->issue_count; k++) {
            ent_putf(out, "\t%s=%s", scenario->issues[k].name, level_text(out->arena, s, i, k));
        }
        ent_put_char(out, '\n');
    }
}

/* Digits in groups of three, whatever the length. */
static const char *grouped(ent_arena *arena, const ent_big *count)
{
    char text[ENT_BIG_ROOM];
    ent_big_text(count, text);
    ent_buffer b = ent_buffer_init(arena, 0);
    for (size_t length = strlen(text), i = 0; i < length; i++) {
        ent_putf(&b, "%s%c", i > 0 && (length - i) % 3 == 0 ? "," : "", text[i]);
    }
    return ent_buffer_text(&b);
}

static void put_exact_count(ent_buffer *out, const ent_solution *s)
{
    const ent_solution *e = s->exact;
    if (e != NULL && ent_big_order(&e->rational_low, &e->rational_high) == 0 &&
        ent_big_order(&e->rational_low, &s->rational_low) != 0) {
        ent_putf(out, "; %s by exact fractions", grouped(out->arena, &e->rational_low));
    }
}

static void put_findings(ent_buffer *out, const ent_style *style, const ent_solution *s)
{
    ent_arena *arena = out->arena;
    const char *outcomes = grouped(arena, &s->outcomes);
    const char *low = grouped(arena, &s->rational_low), *high = grouped(arena, &s->rational_high);
    ent_put_read_as(out, style, s->scenario->read_as);
    ent_put_ink(out, style, ENT_INK_BOLD, s->scenario->name);
    ent_putf(out, "\n%s, %s, %s%s\n",
             ent_counted(arena, s->scenario->party_count, "parties"),
             ent_counted(arena, s->scenario->issue_count, "issues"),
             ent_counted_text(arena, outcomes, "outcomes"),
             s->discretised ? " (continuous issues cut into steps)" : "");
    ent_putf(out, "Frontier: %s, ", ent_counted(arena, s->count, "points"));
    if (s->proved) {
        ent_putf(out, "complete (%s)%s", s->method,
                 s->arithmetic == ENT_ARITHMETIC_DOUBLES ? ", compared as floating-point numbers"
                                                         : "");
        if (s->exact != NULL && s->exact->count != s->count) {
            ent_putf(out, "; %zu by exact fractions", s->exact->count);
        }
        ent_put_char(out, '\n');
    } else {
        ent_putf(out, "the best found (%s); nothing is more than %.4g above it for all at once\n",
                 s->method, s->gap);
    }
    bool exact = ent_big_order(&s->rational_low, &s->rational_high) == 0;
    if (exact && strcmp(low, outcomes) == 0) {
        ent_put(out, "Rational for all: every outcome\n");
    } else {
        ent_putf(out, "Rational for all: %s%s%s", exact ? "" : low, exact ? "" : " to ",
                 ent_counted_text(arena, exact ? low : high, "outcomes"));
        put_exact_count(out, s);
        ent_put_char(out, '\n');
    }
    if (isfinite(s->points.opposition)) {
        ent_putf(out, "Opposition %.4f (as Genius has it %.4f", s->points.opposition,
                 s->points.opposition_genius);
        if (strcmp(s->scenario->format, "negolog") == 0) {
            ent_putf(out, "; as NegoLog has it %.4f",
                     ent_negolog_opposition(s->value, s->count, s->scenario->party_count));
        }
        ent_put_char(out, ')');
    } else {
        ent_put(out, "Opposition: not defined, a party has no value above 0");
    }
    if (isfinite(s->points.integrative)) {
        ent_putf(out, "; integrative potential %.4f", s->points.integrative);
    }
    ent_put_char(out, '\n');
}

static unsigned column_width(const ent_solution *s, const ent_style *style)
{
    unsigned room = (style->width - 20) / s->scenario->party_count;
    return room > 14 ? 14 : room < 8 ? 8 : room;
}

static void put_row(ent_buffer *out, const char *title, const double *value, uint32_t count,
                    unsigned width)
{
    ent_put_cell(out, title, 19, false);
    for (uint32_t p = 0; p < count; p++) {
        ent_put_char(out, ' ');
        ent_put_cell(out, isfinite(value[p]) ? ent_format(out->arena, "%.4f", value[p])
                          : value[p] > 0     ? "above all"
                                             : "none",
                     width - 1, true);
    }
    ent_put_char(out, '\n');
}

/* Names of profiles often begin alike, with the domain's name: what follows tells them apart. */
static size_t same_beginning(const ent_scenario *scenario)
{
    size_t same = 0;
    for (size_t at = 0; scenario->parties[0][at] != '\0'; at++) {
        for (uint32_t p = 1; p < scenario->party_count; p++) {
            if (scenario->parties[p][at] != scenario->parties[0][at]) {
                return same;
            }
        }
        if (strchr("_- .", scenario->parties[0][at]) != NULL) {
            same = at + 1;
        }
    }
    return 0;
}

static void put_points(ent_buffer *out, const ent_style *style, const ent_solution *s)
{
    uint32_t n = s->scenario->party_count;
    unsigned width = column_width(s, style);
    double reservation[ENT_MOST_PARTIES];
    size_t same = same_beginning(s->scenario);
    ent_put_heading(out, style, "Points");
    ent_put_cell(out, "", 19, false);
    for (uint32_t p = 0; p < n; p++) {
        ent_put_char(out, ' ');
        const char *name = s->scenario->parties[p];
        ent_put_cell(out, ent_text_width(name) < width ? name : name + same, width - 1, true);
        reservation[p] = s->scenario->utilities[p].reservation;
    }
    ent_put_char(out, '\n');
    for (int k = 0; k < ENT_POINT_COUNT; k++) {
        if (s->points.at[k] == SIZE_MAX) {
            ent_putf(out, "%s: no outcome is rational for all\n", ent_point_title((ent_point)k));
        } else {
            put_row(out, ent_point_title((ent_point)k), s->value + s->points.at[k] * n, n, width);
        }
    }
    if (s->owner.nash != SIZE_MAX && s->owner.nash != s->points.at[ENT_NASH_POINT]) {
        put_row(out, "Nash (NegMAS's)", s->value + s->owner.nash * n, n, width);
    }
    size_t even = s->owner.kalai_smorodinsky;
    if (even != SIZE_MAX && even != s->points.at[ENT_KALAI_SMORODINSKY]) {
        put_row(out, "K-S (NegMAS's)", s->value + even * n, n, width);
    }
    put_row(out, "Ideal", s->points.ideal, n, width);
    put_row(out, "Nadir", s->points.nadir, n, width);
    put_row(out, "Reservation value", reservation, n, width);
}

static const char *outcome_text(ent_arena *arena, const ent_solution *s, size_t at)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (uint32_t i = 0; i < s->scenario->issue_count; i++) {
        ent_putf(&b, "%s%s: %s", i > 0 ? "; " : "", s->scenario->issues[i].name,
                 level_text(arena, s, at, i));
    }
    return ent_buffer_text(&b);
}

/* The widest value with a blank before it, at least eight columns. */
static unsigned value_width(const ent_solution *s)
{
    char text[ENT_VALUE_ROOM];
    unsigned width = 8;
    for (size_t i = 0; i < s->count * s->scenario->party_count; i++) {
        unsigned own = (unsigned)snprintf(text, sizeof text, "%.4f", s->value[i]) + 1;
        width = own > width ? own : width;
    }
    return width;
}

static void put_outcomes(ent_buffer *out, const ent_style *style, const ent_solution *s,
                         size_t most)
{
    uint32_t n = s->scenario->party_count;
    if (s->points.at[ENT_NASH_POINT] != SIZE_MAX) {
        ent_put_heading(out, style, "At the Nash point");
        const char *text = outcome_text(out->arena, s, s->points.at[ENT_NASH_POINT]);
        ent_put_wrapped(out, style, 0, 0, text);
    }
    ent_put_heading(out, style, "Frontier");
    unsigned width = value_width(s);
    for (size_t i = 0; i < s->count && i < most; i++) {
        for (uint32_t p = 0; p < n; p++) {
            ent_putf(out, "%*.4f", (int)width, s->value[i * n + p]);
        }
        ent_put_repeat(out, " ", 2);
        ent_put_wrapped(out, style, width * n + 2, width * n + 2, outcome_text(out->arena, s, i));
    }
    if (s->count > most) {
        ent_putf(out, "... and %zu more (--top 0 shows all)\n", s->count - most);
    }
}

void ent_put_frontier_text(ent_buffer *out, const ent_style *style, const ent_solution *s,
                           size_t most)
{
    put_findings(out, style, s);
    if (s->scenario->party_count == 2) {
        ent_put_char(out, '\n');
        ent_put_frontier_picture(out, s, style->width > 72 ? 60 : style->width - 12);
    }
    put_points(out, style, s);
    put_outcomes(out, style, s, most == 0 ? SIZE_MAX : most);
}
