#include "answers/own_plan.h"

#include "base/number.h"

enum { MOST_VALUES = 1024 }; /* of a digit: its worths are kept for a block of worlds */

/* ---- Whose issues --------------------------------------------------------------------------- */

/* own[issues]: those that can change the voter's answer. */
static void mark_own(const ent_space *space, const ent_voter *voter, bool *own)
{
    for (uint32_t g = 0; g < voter->stakes->groups; g++) {
        own[voter->stakes->group_issue[g]] = true;
    }
    for (size_t i = 0; i < voter->lines.count; i++) {
        const ent_package *package = voter->lines.at[i].package;
        for (size_t j = 0; j < package->count; j++) {
            own[package->choices[j].issue] = true;
        }
    }
    for (uint32_t i = 0; i < space->issue_count && voter->asked != NULL; i++) {
        own[i] = own[i] || voter->asked[i];
    }
}

static bool is_silent(const ent_space *space, const ent_voter *voter)
{
    bool silent = voter->asked != NULL;
    for (uint32_t i = 0; i < space->issue_count && silent; i++) {
        silent = !voter->asked[i];
    }
    return silent;
}

/* ---- The order ------------------------------------------------------------------------------ */

typedef struct ordering {
    const ent_space *space;
    const uint64_t *stride;
    bool **own;     /* [voters][issues] */
    bool *placed;   /* [issues] */
    uint32_t *issue; /* [issues] in their order */
    size_t count;
} ordering;

static bool is_there(const ordering *o, uint32_t issue)
{
    return o->stride == NULL || o->stride[issue] != 0;
}

/* How many outcomes the issues have that the voter needs and that have no place yet. */
static double ways_left(const ordering *o, size_t voter)
{
    double ways = 1;
    for (uint32_t i = 0; i < o->space->issue_count; i++) {
        bool needed = o->own[voter][i] && !o->placed[i] && is_there(o, i);
        ways *= needed ? (double)o->space->issues[i].levels : 1;
    }
    return ways;
}

static void place(ordering *o, uint32_t issue)
{
    if (!o->placed[issue] && is_there(o, issue)) {
        o->placed[issue] = true;
        o->issue[o->count++] = issue;
    }
}

/* One voter after another, the one that needs least first; then what is left. */
static void order_issues(ordering *o, const ent_own *own, size_t voters, bool *done)
{
    for (size_t n = 0; n < voters; n++) {
        size_t next = voters;
        double least = 0;
        for (size_t v = 0; v < voters; v++) {
            double ways = done[v] || own[v].silent ? 0 : ways_left(o, v);
            if (ways > 0 && (next == voters || ways < least)) {
                next = v;
                least = ways;
            }
        }
        for (uint32_t i = 0; next < voters && i < o->space->issue_count; i++) {
            if (o->own[next][i]) {
                place(o, i);
            }
        }
        done[next < voters ? next : 0] = true;
    }
    for (uint32_t i = 0; i < o->space->issue_count; i++) {
        place(o, i);
    }
}

static void order_digits(ent_arena *arena, const ordering *o, ent_own_plan *plan)
{
    ent_digit *digits = ent_digits_of(arena, o->space, o->stride, &plan->digit_count);
    plan->digits = ent_alloc(arena, plan->digit_count + 1, ent_digit);
    size_t n = 0;
    for (size_t k = 0; k < o->count; k++) {
        for (size_t d = 0; d < plan->digit_count; d++) {
            if (digits[d].issue == o->issue[k]) {
                plan->digits[n++] = digits[d];
            }
        }
    }
}

/* ---- Own outcomes --------------------------------------------------------------------------- */

/* The digits of the voter; false where they are too many, or have too many outcomes. */
static bool take_digits(ent_arena *arena, const ent_own_plan *plan, const bool *own, uint64_t most,
                        ent_own *to)
{
    to->digit = ent_alloc(arena, plan->digit_count + 1, size_t);
    to->size = ent_alloc(arena, plan->digit_count + 1, uint64_t);
    to->size[0] = 1;
    for (size_t d = 0; d < plan->digit_count; d++) {
        const ent_digit *digit = &plan->digits[d];
        if (own[digit->issue]) {
            if (digit->radix > MOST_VALUES ||
                !ent_mul_u64(to->size[to->count], digit->radix, &to->size[to->count + 1]) ||
                to->size[to->count + 1] > most) {
                return false;
            }
            to->digit[to->count++] = d;
        }
    }
    return true;
}

/* The levels of the own outcome, everything else at the status quo. */
static void place_outcome(const ent_own_plan *plan, const ent_own *own, uint64_t outcome,
                          uint64_t *levels)
{
    for (uint32_t i = 0; i < plan->space->issue_count; i++) {
        levels[i] = 0;
    }
    for (size_t j = own->count; j-- > 0;) {
        const ent_digit *digit = &plan->digits[own->digit[j]];
        levels[digit->issue] |= ent_digit_level(digit, outcome % digit->radix);
        outcome /= digit->radix;
    }
}

static void mark_outcomes(ent_arena *arena, const ent_own_plan *plan, const ent_voter *voter,
                          ent_own *own)
{
    uint64_t outcomes = own->size[own->count];
    uint64_t *levels = ent_alloc(arena, plan->space->issue_count + 1, uint64_t);
    own->keeps = voter->lines.count > 0 ? ent_alloc(arena, outcomes, uint8_t) : NULL;
    own->free = voter->asked != NULL ? ent_alloc(arena, outcomes, uint8_t) : NULL;
    for (uint64_t i = 0; i < outcomes && (own->keeps != NULL || own->free != NULL); i++) {
        place_outcome(plan, own, i, levels);
        if (own->keeps != NULL) {
            own->keeps[i] = ent_keeps_lines(plan->space, &voter->lines, levels);
        }
        if (own->free != NULL) {
            own->free[i] = !ent_is_touched(voter->asked, plan->space->issue_count, levels);
        }
    }
}

static void list_turns(ent_arena *arena, ent_own_plan *plan)
{
    size_t all = 0;
    for (size_t v = 0; v < plan->voters->count; v++) {
        all += plan->own[v].count;
    }
    plan->turns = ent_alloc(arena, all + 1, ent_own_turn);
    plan->turn = ent_alloc(arena, plan->digit_count + 1, size_t);
    size_t n = 0;
    for (size_t d = 0; d < plan->digit_count; d++) {
        plan->turn[d] = n;
        for (uint32_t v = 0; v < plan->voters->count; v++) {
            for (size_t j = 0; j < plan->own[v].count; j++) {
                if (plan->own[v].digit[j] == d) {
                    plan->turns[n++] = (ent_own_turn){v, j};
                }
            }
        }
    }
    plan->turn[plan->digit_count] = n;
}

bool ent_own_plan_of(ent_arena *arena, const ent_space *space, const uint64_t *stride,
                     const ent_voters *voters, uint64_t most, ent_own_plan *plan)
{
    *plan = (ent_own_plan){.space = space, .voters = voters,
                           .own = ent_alloc(arena, voters->count + 1, ent_own)};
    ordering o = {.space = space, .stride = stride,
                  .own = ent_alloc(arena, voters->count + 1, bool *),
                  .placed = ent_alloc(arena, space->issue_count + 1, bool),
                  .issue = ent_alloc(arena, space->issue_count + 1, uint32_t)};
    for (size_t v = 0; v < voters->count; v++) {
        o.own[v] = ent_alloc(arena, space->issue_count + 1, bool);
        mark_own(space, &voters->at[v], o.own[v]);
        plan->own[v].silent = is_silent(space, &voters->at[v]);
        if (ways_left(&o, v) > (double)most) {
            return false;
        }
    }
    order_issues(&o, plan->own, voters->count, ent_alloc(arena, voters->count + 1, bool));
    order_digits(arena, &o, plan);
    for (size_t v = 0; v < voters->count; v++) {
        if (!take_digits(arena, plan, o.own[v], most, &plan->own[v])) {
            return false;
        }
        plan->outcomes += plan->own[v].size[plan->own[v].count];
        if (plan->outcomes > most) {
            return false;
        }
        mark_outcomes(arena, plan, &voters->at[v], &plan->own[v]);
    }
    list_turns(arena, plan);
    return true;
}
