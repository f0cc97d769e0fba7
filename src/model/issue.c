#include "model/issue.h"

#include "base/number.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

double ent_on(const ent_issue *issue, uint64_t level, uint32_t component)
{
    switch (issue->kind) {
    case ENT_OPTIONS:
        return level > component ? 1 : 0;
    case ENT_ITEMS:
        return (level >> component & 1) != 0 ? 1 : 0;
    case ENT_RANGE:
        return (double)level / (double)(issue->levels - 1);
    }
    return 0;
}

bool ent_reaches(const ent_issue *issue, uint64_t level, uint64_t other)
{
    return issue->kind == ENT_ITEMS ? (level & other) == other : level >= other;
}

bool ent_outcome_reaches(const ent_space *space, const uint64_t *outcome, const ent_package *p)
{
    for (size_t i = 0; i < p->count; i++) {
        uint32_t issue = p->choices[i].issue;
        if (!ent_reaches(&space->issues[issue], outcome[issue], p->choices[i].level)) {
            return false;
        }
    }
    return true;
}

bool ent_outcome_allowed(const ent_space *space, const uint64_t *outcome)
{
    for (size_t i = 0; i < space->rule_count; i++) {
        const ent_rule *rule = &space->rules[i];
        if (ent_outcome_reaches(space, outcome, &rule->when) &&
            !ent_outcome_reaches(space, outcome, &rule->then)) {
            return false;
        }
    }
    return true;
}

void ent_package_outcome(const ent_space *space, const ent_package *package, uint64_t *outcome)
{
    memset(outcome, 0, space->issue_count * sizeof *outcome);
    for (size_t i = 0; i < package->count; i++) {
        outcome[package->choices[i].issue] = package->choices[i].level;
    }
}

bool ent_outcome_is_status_quo(const ent_space *space, const uint64_t *outcome)
{
    for (uint32_t i = 0; i < space->issue_count; i++) {
        if (outcome[i] != 0) {
            return false;
        }
    }
    return true;
}

bool ent_space_outcomes(const ent_space *space, uint64_t *count)
{
    uint64_t product = 1;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        if (!ent_mul_u64(product, space->issues[i].levels, &product)) {
            return false;
        }
    }
    *count = product;
    return true;
}

uint32_t ent_find_issue(const ent_space *space, const char *id)
{
    for (uint32_t i = 0; i < space->issue_count; i++) {
        if (strcmp(space->issues[i].id, id) == 0) {
            return i;
        }
    }
    return ENT_NONE;
}

uint32_t ent_find_part(const ent_issue *issue, const char *id)
{
    for (uint32_t i = 0; i < issue->parts; i++) {
        if (strcmp(issue->part_ids[i], id) == 0) {
            return i;
        }
    }
    return ENT_NONE;
}

/* Names may be long: all of them together are counted, not listed. */
static const char *items_text(ent_arena *arena, const ent_issue *issue, uint64_t level,
                              const char *const *words)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (uint32_t j = 0; j < issue->parts; j++) {
        if ((level >> j & 1) != 0) {
            ent_putf(&b, "%s%s", b.length > 0 ? ", " : "", words[j]);
        }
    }
    if (words == (const char *const *)issue->part_names && level == issue->levels - 1 &&
        issue->parts > 2) {
        return ent_format(arena, "all %u", issue->parts);
    }
    return level == 0 ? "none" : ent_buffer_text(&b);
}

const char *ent_level_text(ent_arena *arena, const ent_issue *issue, uint64_t level, bool names)
{
    const char *const *words =
        (const char *const *)(names ? issue->part_names : issue->part_ids);
    switch (issue->kind) {
    case ENT_OPTIONS:
        return words[level];
    case ENT_ITEMS:
        return items_text(arena, issue, level, words);
    case ENT_RANGE: {
        char number[ENT_NUMBER_ROOM];
        double value = ent_range_value(issue, level);
        ent_number_text(value, number);
        return names && issue->unit != NULL ? ent_format(arena, "%s %s", number, issue->unit)
                                            : ent_copy(arena, number);
    }
    }
    return "";
}

const char *ent_outcome_text(ent_arena *arena, const ent_space *space, const uint64_t *outcome,
                             bool names)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (uint32_t i = 0; i < space->issue_count; i++) {
        const ent_issue *issue = &space->issues[i];
        if (outcome[i] != 0) {
            ent_putf(&b, "%s%s: %s", b.length > 0 ? "; " : "", names ? issue->name : issue->id,
                     ent_level_text(arena, issue, outcome[i], names));
        }
    }
    return b.length == 0 ? "nothing" : ent_buffer_text(&b);
}

double ent_range_value(const ent_issue *issue, uint64_t level)
{
    /* At 12 significant digits: 0.1 + 2 * 0.1 is 0.3, as the hand that wrote the file meant. */
    char text[ENT_NUMBER_ROOM];
    double raw = issue->from + (double)level * issue->step;
    double value = raw;
    int length = snprintf(text, sizeof text, "%.12g", raw);
    (void)ent_parse_number(text, (size_t)length, &value);
    return value;
}
