/*
 * Issues, outcomes and packages (what can be exchanged), shared by cases and exact scenarios.
 *
 * An issue has `levels` values, numbered from 0, the status quo. An outcome is one level for each
 * issue. What a level switches on are components, the smallest parts that have a worth of their
 * own:
 *   options  levels = options; component j (0..m-1) is the step from option j to option j+1
 *   items    levels = 2^items;  component j is item j, and the level is the bit mask of the items
 *   range    levels = steps+1;  one component, switched on by the fraction level/(levels-1)
 */
#ifndef ENT_MODEL_ISSUE_H
#define ENT_MODEL_ISSUE_H

#include "base/diag.h"

#define ENT_NONE UINT32_MAX /* no party, no issue, ... */

typedef enum ent_issue_kind { ENT_OPTIONS, ENT_ITEMS, ENT_RANGE } ent_issue_kind;

enum { ENT_MOST_ITEMS = 62 }; /* a level must fit in 64 bits with room to spare */

/* A value that is known as an interval; both NaN when missing. */
typedef struct ent_interval {
    double low, high;
} ent_interval;

/* One figure of `sizes`: this option or item by this metric. */
typedef struct ent_size {
    uint32_t metric; /* index into the case's metrics */
    uint32_t part;   /* option index or item index */
    ent_interval value;
    uint32_t source; /* index into the case's sources, or ENT_NONE */
    ent_pos pos;
} ent_size;

typedef struct ent_issue {
    const char *id, *name, *unit; /* name falls back to id; unit may be NULL */
    ent_issue_kind kind;
    uint64_t levels;
    uint32_t components;
    uint32_t first;           /* its first component among those of all issues */
    uint32_t parts;           /* options: levels; items: items; range: 0 */
    const char **part_ids;    /* [parts] option or item ids */
    const char **part_names;  /* [parts] for people; falls back to the id */
    double from, to, step;    /* range only */
    const int8_t *sign;       /* [parties] -1 gives, +1 gets, 0 no stake */
    const bool *staked;       /* [parties] the sign comes from `stakes`; may be NULL */
    const double *undo;       /* [components] share of value that returns to the giver, 0..1 */
    const ent_size *sizes;
    size_t size_count;
    const char *const *metric_units; /* [metrics of the case] or NULL; each may be NULL */
    ent_pos pos;
} ent_issue;

/* Does the party give the issue, rather than lose by it through `stakes`? */
static inline bool ent_gives(const ent_issue *issue, uint32_t party)
{
    return issue->sign[party] < 0 && !(issue->staked != NULL && issue->staked[party]);
}

/* A partial outcome as written; issues that are not named are at the status quo. */
typedef struct ent_choice {
    uint32_t issue;
    uint64_t level;
    ent_pos pos;
} ent_choice;

typedef struct ent_package {
    const ent_choice *choices; /* at most one for each issue */
    size_t count;
    const char *name; /* its name in `packages`, or NULL */
    ent_pos pos;
} ent_package;

/* Outcomes that reach `when` must also reach `then`. */
typedef struct ent_rule {
    ent_package when, then;
    const char *because; /* or NULL */
    ent_pos pos;
} ent_rule;

/* All issues together: the outcome space. */
typedef struct ent_space {
    const ent_issue *issues;
    uint32_t issue_count;
    uint32_t components; /* sum over the issues */
    const ent_rule *rules;
    size_t rule_count;
} ent_space;

/* The share 0..1 to which the level switches the issue's component (0-based in the issue) on. */
double ent_on(const ent_issue *issue, uint64_t level, uint32_t component);
/* Does the level reach the other: at least that option, all those items, at least that value? */
bool ent_reaches(const ent_issue *issue, uint64_t level, uint64_t other);
/* Does the outcome (one level per issue) reach all choices of the package? */
bool ent_outcome_reaches(const ent_space *space, const uint64_t *outcome, const ent_package *p);
/* Does the outcome keep all rules? */
bool ent_outcome_allowed(const ent_space *space, const uint64_t *outcome);
/* Write the package out as an outcome: outcome[issue_count]. */
void ent_package_outcome(const ent_space *space, const ent_package *package, uint64_t *outcome);
/* Is everything at the status quo? */
bool ent_outcome_is_status_quo(const ent_space *space, const uint64_t *outcome);
/* The number of outcomes, rules aside; false when it does not fit in 64 bits. O(issues). */
bool ent_space_outcomes(const ent_space *space, uint64_t *count);

/* The number that a level of a range issue stands for. */
double ent_range_value(const ent_issue *issue, uint64_t level);

/* The issue called id, or ENT_NONE. */
uint32_t ent_find_issue(const ent_space *space, const char *id);
/* The option or item called id, or ENT_NONE. */
uint32_t ent_find_part(const ent_issue *issue, const char *id);
/* The level in words: "partial", "coal, textiles", "12 months". names: for people, not ids. */
const char *ent_level_text(ent_arena *arena, const ent_issue *issue, uint64_t level, bool names);
/* The outcome as "issue: level; issue: level", issues at the status quo left out; "nothing". */
const char *ent_outcome_text(ent_arena *arena, const ent_space *space, const uint64_t *outcome,
                             bool names);

#endif
