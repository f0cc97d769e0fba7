#include "answers/grid.h"

#include "base/number.h"

#include <string.h>

bool ent_grid_of(ent_arena *arena, const ent_space *space, const bool *issues, ent_grid *grid)
{
    uint64_t *stride = ent_alloc(arena, space->issue_count, uint64_t);
    uint64_t outcomes = 1;
    for (uint32_t i = space->issue_count; i-- > 0;) {
        if (issues == NULL || issues[i]) {
            stride[i] = outcomes;
            if (!ent_mul_u64(outcomes, space->issues[i].levels, &outcomes)) {
                return false;
            }
        }
    }
    *grid = (ent_grid){space, stride, outcomes};
    return true;
}

uint64_t ent_grid_index(const ent_grid *grid, const uint64_t *outcome)
{
    uint64_t index = 0;
    for (uint32_t i = 0; i < grid->space->issue_count; i++) {
        index += grid->stride[i] * outcome[i];
    }
    return index;
}

void ent_grid_outcome(const ent_grid *grid, uint64_t index, uint64_t *outcome)
{
    for (uint32_t i = 0; i < grid->space->issue_count; i++) {
        uint64_t stride = grid->stride[i];
        outcome[i] = stride == 0 ? 0 : index / stride % grid->space->issues[i].levels;
    }
}

bool ent_outcome_banned(const ent_space *space, const ent_bans *bans, const uint64_t *outcome)
{
    for (size_t i = 0; bans != NULL && i < bans->count; i++) {
        if (ent_outcome_reaches(space, outcome, &bans->at[i])) {
            return true;
        }
    }
    return false;
}

bool ent_deal_available(const ent_space *space, const ent_bans *bans, const uint64_t *outcome)
{
    return ent_outcome_allowed(space, outcome) && !ent_outcome_banned(space, bans, outcome) &&
           !ent_outcome_is_status_quo(space, outcome);
}

/* ---- What packages rule out, over a whole grid ---------------------------------------------- */

/*
 * Up to 64 packages looked at together, each a bit: going down the issues, those that the levels
 * fixed so far still reach. An outcome is ruled out by a bit of `never` that is left, by one of
 * `needed` that is not, and by one of `when` without the bit above it.
 */
typedef struct ruling {
    const ent_grid *grid;
    uint64_t **reached; /* [issues] -> [levels] the packages that the level does not miss */
    uint64_t never, needed, when;
    uint32_t count;
    uint32_t end;   /* issues from here on are named by none of them */
    uint64_t *span; /* [issues + 1] outcomes of the issues from here on, which lie together */
    uint8_t *keeps; /* [outcomes] */
} ruling;

enum { TOGETHER = 64 };

static uint64_t levels_of(const ent_grid *grid, uint32_t issue)
{
    return grid->stride[issue] == 0 ? 1 : grid->space->issues[issue].levels;
}

static void begin_ruling(ruling *r)
{
    for (uint32_t i = 0; i < r->grid->space->issue_count; i++) {
        memset(r->reached[i], 0xFF, levels_of(r->grid, i) * sizeof **r->reached);
    }
    r->never = r->needed = r->when = 0;
    r->count = r->end = 0;
}

static ruling ruling_of(ent_arena *arena, const ent_grid *grid, uint8_t *keeps)
{
    ruling r = {.grid = grid, .keeps = keeps};
    uint32_t issues = grid->space->issue_count;
    r.reached = ent_alloc(arena, (size_t)issues + 1, uint64_t *);
    r.span = ent_alloc(arena, (size_t)issues + 1, uint64_t);
    r.span[issues] = 1;
    for (uint32_t i = issues; i-- > 0;) {
        r.reached[i] = ent_alloc_unset(arena, levels_of(grid, i), uint64_t);
        r.span[i] = r.span[i + 1] * levels_of(grid, i);
    }
    begin_ruling(&r);
    return r;
}

/* The bit of the package. */
static uint64_t rule(ruling *r, const ent_package *package)
{
    uint64_t bit = (uint64_t)1 << r->count++;
    for (size_t c = 0; c < package->count; c++) {
        const ent_choice *choice = &package->choices[c];
        const ent_issue *issue = &r->grid->space->issues[choice->issue];
        r->end = choice->issue >= r->end ? choice->issue + 1 : r->end;
        for (uint64_t level = 0; level < levels_of(r->grid, choice->issue); level++) {
            if (!ent_reaches(issue, level, choice->level)) {
                r->reached[choice->issue][level] &= ~bit;
            }
        }
    }
    return bit;
}

static void walk_ruling(const ruling *r, uint32_t issue, uint64_t base, uint64_t bits)
{
    if (issue >= r->end || bits == 0) { /* the same for all that is left */
        if (((bits & r->never) | (~bits & r->needed) | (bits & r->when & ~(bits >> 1))) != 0) {
            memset(r->keeps + base, 0, r->span[issue]);
        }
        return;
    }
    for (uint64_t level = 0; level < levels_of(r->grid, issue); level++) {
        walk_ruling(r, issue + 1, base + level * r->span[issue + 1],
                    bits & r->reached[issue][level]);
    }
}

/* Rule out what the packages so far do, and begin with others. O(outcomes + levels). */
static void end_ruling(ruling *r)
{
    if (r->count > 0) {
        walk_ruling(r, 0, 0, r->never | r->needed | r->when | r->when << 1);
    }
    begin_ruling(r);
}

uint8_t *ent_grid_keeps(ent_arena *arena, const ent_grid *grid, const ent_lines *lines)
{
    if (lines->count == 0) {
        return NULL;
    }
    uint8_t *keeps = ent_alloc_unset(arena, grid->outcomes, uint8_t);
    memset(keeps, 1, grid->outcomes);
    ruling r = ruling_of(arena, grid, keeps);
    for (size_t i = 0; i < lines->count; i++) {
        uint64_t bit = rule(&r, lines->at[i].package);
        r.needed |= lines->at[i].required ? bit : 0;
        r.never |= lines->at[i].required ? 0 : bit;
        if (r.count == TOGETHER) {
            end_ruling(&r);
        }
    }
    end_ruling(&r);
    return keeps;
}

uint8_t *ent_grid_available(ent_work *work, const ent_grid *grid, const ent_bans *bans,
                            uint64_t *count)
{
    const ent_space *space = grid->space;
    uint8_t *available = ent_alloc_unset(work->arena, grid->outcomes, uint8_t);
    memset(available, 1, grid->outcomes);
    available[0] = 0; /* the status quo */
    ruling r = ruling_of(work->arena, grid, available);
    for (size_t i = 0; i < space->rule_count; i++) {
        r.when |= rule(&r, &space->rules[i].when);
        (void)rule(&r, &space->rules[i].then);
        if (r.count == TOGETHER) {
            end_ruling(&r);
        }
    }
    for (size_t i = 0; bans != NULL && i < bans->count; i++) {
        r.never |= rule(&r, &bans->at[i]);
        if (r.count == TOGETHER) {
            end_ruling(&r);
        }
    }
    end_ruling(&r);
    *count = 0;
    for (uint64_t i = 0; i < grid->outcomes; i++) {
        *count += available[i];
    }
    return available;
}
