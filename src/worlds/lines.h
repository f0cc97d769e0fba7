/*
 * What rules outcomes out without being a price (docs/MODEL.md 2, Lines): what nobody could do
 * (`cannot`), and the red lines and must-haves of a party (`never`, `requires`).
 */
#ifndef ENT_WORLDS_LINES_H
#define ENT_WORLDS_LINES_H

#include "record/case.h"

/* What makes it impossible to believe statements together. */
typedef enum ent_obstacle {
    ENT_BY_WORLDS, /* no preferences of the party fit them all */
    ENT_BY_LINE,   /* a red line or must-have of the party stands against what it accepts */
    ENT_BY_CANNOT, /* what the party accepts, and gives, nobody could do */
} ent_obstacle;

/* The packages that are not available under the statements that are on, from `cannot` claims. */
typedef struct ent_bans {
    const ent_package *at; /* outcomes that reach one of them are not available */
    const uint32_t *statement; /* [count] who says so */
    size_t count;
} ent_bans;
ent_bans ent_bans_of(ent_arena *arena, const ent_case *c, const bool *on);

/*
 * The lines of parties, from `never` and `requires` claims of the statements that are on. In every
 * world a party accepts an outcome iff v >= b and it keeps to each of the party's lines.
 */
typedef struct ent_line {
    uint32_t party;
    const ent_package *package;
    bool required; /* `requires`: what does not reach the package is refused; else what does */
    uint32_t statement, claim;
} ent_line;
typedef struct ent_lines {
    const ent_line *at; /* by party, then by statement and claim */
    size_t count;
} ent_lines;
ent_lines ent_lines_of(ent_arena *arena, const ent_case *c, const bool *on);
/* Does the outcome keep to the line? O(issues of the package). */
static inline bool ent_keeps_line(const ent_space *space, const ent_line *line,
                                  const uint64_t *outcome)
{
    return ent_outcome_reaches(space, outcome, line->package) == line->required;
}
/* Those of one party, of the lines of all. */
ent_lines ent_lines_of_party(const ent_lines *lines, uint32_t party);
/* Does the outcome keep to all of them, whosever they are? O(issues of the packages). */
static inline bool ent_keeps_lines(const ent_space *space, const ent_lines *lines,
                                   const uint64_t *outcome)
{
    bool keeps = true;
    for (size_t i = 0; i < lines->count && keeps; i++) {
        keeps = ent_keeps_line(space, &lines->at[i], outcome);
    }
    return keeps;
}
/*
 * Can an outcome between low and high, level by level, keep to each of them? False is a proof;
 * where low is high, so is true.
 */
bool ent_lines_may_hold(const ent_space *space, const ent_lines *lines, const uint64_t *low,
                        const uint64_t *high);
/* The party's first line that the outcome crosses, or NULL. */
const ent_line *ent_line_crossed(const ent_space *space, const ent_lines *lines, uint32_t party,
                                 const uint64_t *outcome);

#endif
