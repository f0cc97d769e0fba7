/*
 * Is there a deal for this world? Depth-first search over the digits of the outcome, pruned by
 *   - each asked voter's own bound: what it has plus the best of what is open reaches its need;
 *   - the deciders' joint bound: for weights l >= 0, sum_v l_v (v_v - need_v) is at most the sum
 *     over the digits of the greatest weighted value (Lagrangian relaxation of the need
 *     constraints: Geoffrion, "Lagrangean relaxation for integer programming", 1974). The weights
 *     that make it least are found first; for two deciders by bisection on a convex function of
 *     one variable. A negative bound at the root proves that the world has no deal, which settles
 *     most worlds without a deal.
 *   - each asked voter's lines: what is reached stays reached, what cannot be reached never will.
 *   - the councils: those of their members that can still reach their needs must be votes enough.
 *   - rules and bans: levels only grow on the way down, so a ban that is reached stays reached, and
 *     a rule's consequence that can no longer be reached never will be.
 *
 * Cost per world: O(voters * values of all digits) for the bounds, times some thirty for the
 * weights, and then the nodes: few as a rule, exponential at worst, hence the limit.
 */
#include "answers/own_rows.h"
#include "answers/search.h"
#include "answers/search_levels.h"
#include "base/elementary.h"
#include "base/pieces.h"

#include <math.h>
#include <string.h>

enum {
    NODES = 200000,
    HALVINGS = 24,
    STEPS = 60,
    WORDS = 1 << 25, /* that a block of worlds may look at side by side: some 20 ms */
};

/* What is the same for every world. */
typedef struct field {
    const ent_space *space;
    const ent_bans *bans;
    const ent_voters *voters;
    ent_digit *digits;
    size_t digit_count;
    size_t *first;    /* [digits + 1] where a digit's values begin in a table */
    uint32_t **unknown; /* [voters][components] */
    size_t *decider;  /* [deciders] voters that are always asked */
    size_t decider_count;
} field;

/* One thread's world. */
typedef struct hunt {
    const field *f;
    const ent_work *work; /* asked whether to stop: a world of wide ranges takes long */
    double **value; /* [voters][first[digits]] */
    double **rest;  /* [voters][digits + 1] best of the digits from here on */
    double *need;   /* [voters] */
    double *weight; /* [deciders] the multipliers l */
    double *joint;  /* [first[digits]] weighted value */
    double *joint_rest; /* [digits + 1] */
    double joint_need;
    double **sum;   /* [digits + 1][voters] so far */
    uint32_t *choice;   /* [digits] best value of each under the weights */
    ent_levels levels;
    uint64_t *keep; /* [digits] what undoes a digit */
    uint64_t nodes;
} hunt;

/* ---- Setting up --------------------------------------------------------------------------- */

static void map_unknowns(ent_arena *arena, field *f)
{
    f->unknown = ent_alloc(arena, f->voters->count, uint32_t *);
    f->decider = ent_alloc(arena, f->voters->count, size_t);
    for (size_t v = 0; v < f->voters->count; v++) {
        const ent_stakes *stakes = f->voters->at[v].stakes;
        f->unknown[v] = ent_alloc(arena, f->space->components, uint32_t);
        memset(f->unknown[v], 0xFF, f->space->components * sizeof **f->unknown);
        for (uint32_t u = 0; u < stakes->k; u++) {
            f->unknown[v][stakes->component[u]] = u;
        }
        if (f->voters->at[v].asked == NULL) {
            f->decider[f->decider_count++] = v;
        }
    }
}

static field make_field(ent_arena *arena, const ent_space *space, const ent_bans *bans,
                        const ent_voters *voters)
{
    field f = {.space = space, .bans = bans, .voters = voters};
    f.digits = ent_digits_of(arena, space, NULL, &f.digit_count);
    f.first = ent_alloc(arena, f.digit_count + 1, size_t);
    for (size_t d = 0; d < f.digit_count; d++) {
        f.first[d + 1] = f.first[d] + f.digits[d].radix;
    }
    map_unknowns(arena, &f);
    return f;
}

static double **make_rows(ent_arena *arena, size_t rows, size_t length)
{
    double **at = ent_alloc(arena, rows, double *);
    for (size_t i = 0; i < rows; i++) {
        at[i] = ent_alloc(arena, length, double);
    }
    return at;
}

static hunt make_hunt(const ent_work *work, const field *f)
{
    ent_arena *arena = work->arena;
    size_t voters = f->voters->count;
    size_t values = f->first[f->digit_count];
    return (hunt){.f = f,
                  .work = work,
                  .value = make_rows(arena, voters, values + 1),
                  .rest = make_rows(arena, voters, f->digit_count + 1),
                  .need = ent_alloc(arena, voters, double),
                  .weight = ent_alloc(arena, voters, double),
                  .joint = ent_alloc(arena, values + 1, double),
                  .joint_rest = ent_alloc(arena, f->digit_count + 1, double),
                  .sum = make_rows(arena, f->digit_count + 1, voters),
                  .choice = ent_alloc(arena, f->digit_count + 1, uint32_t),
                  .levels = ent_levels_of(arena, f->space, f->bans),
                  .keep = ent_alloc(arena, f->digit_count + 1, uint64_t)};
}

/* ---- One world's values ------------------------------------------------------------------- */

/* The values of one digit to one voter: running sums for options, fractions for ranges. */
static void load_digit(hunt *h, size_t v, size_t d, uint32_t world)
{
    const field *f = h->f;
    const ent_digit *digit = &f->digits[d];
    const ent_issue *issue = &f->space->issues[digit->issue];
    const ent_voter *voter = &f->voters->at[v];
    double *value = h->value[v] + f->first[d];
    value[0] = 0;
    double best = 0;
    for (uint64_t l = 1; l < digit->radix; l++) {
        uint32_t c = digit->component != ENT_NONE ? digit->component
                     : issue->kind == ENT_OPTIONS ? (uint32_t)(l - 1)
                                                  : 0;
        uint32_t u = f->unknown[v][issue->first + c];
        double worth = 0;
        if (u != ENT_NONE) {
            worth = voter->stakes->sign[u] *
                    (double)voter->set->z[(size_t)u * voter->set->stride + world];
        }
        value[l] = issue->kind == ENT_RANGE     ? worth * ent_on(issue, l, 0)
                   : issue->kind == ENT_OPTIONS ? value[l - 1] + worth
                                                : worth;
        best = value[l] > best ? value[l] : best;
    }
    h->rest[v][d] = best;
}

static void load_world(hunt *h, uint32_t world)
{
    const field *f = h->f;
    for (size_t v = 0; v < f->voters->count; v++) {
        h->need[v] = (double)ent_needed(f->voters->at[v].set->b[world]);
        h->rest[v][f->digit_count] = 0;
        h->sum[0][v] = 0;
        for (size_t d = f->digit_count; d-- > 0;) {
            load_digit(h, v, d, world);
            h->rest[v][d] += h->rest[v][d + 1];
        }
    }
    ent_levels_clear(&h->levels);
    h->nodes = 0;
}

/* ---- The weights -------------------------------------------------------------------------- */

/* Weigh the deciders; the bound's excess over the need, and each one's excess at its choice. */
static double weigh(hunt *h, double *excess)
{
    const field *f = h->f;
    for (size_t i = 0; i < f->decider_count; i++) {
        excess[i] = -h->need[f->decider[i]];
    }
    h->joint_need = 0;
    for (size_t i = 0; i < f->decider_count; i++) {
        h->joint_need += h->weight[i] * h->need[f->decider[i]];
    }
    h->joint_rest[f->digit_count] = 0;
    for (size_t d = f->digit_count; d-- > 0;) {
        if (ent_stopped(h->work)) {
            return -(double)INFINITY;
        }
        size_t best = f->first[d];
        for (size_t l = f->first[d]; l < f->first[d + 1]; l++) {
            h->joint[l] = 0;
            for (size_t i = 0; i < f->decider_count; i++) {
                h->joint[l] += h->weight[i] * h->value[f->decider[i]][l];
            }
            best = h->joint[l] > h->joint[best] ? l : best;
        }
        h->choice[d] = (uint32_t)(best - f->first[d]);
        h->joint_rest[d] = h->joint_rest[d + 1] + h->joint[best];
        for (size_t i = 0; i < f->decider_count; i++) {
            excess[i] += h->value[f->decider[i]][best];
        }
    }
    return h->joint_rest[0] - h->joint_need;
}

/* Two deciders: the bound is convex in the first one's weight; its slope says where to go. */
static double weigh_two(hunt *h)
{
    double excess[2];
    double low = 0;
    double high = 1;
    double bound = (double)INFINITY;
    for (int i = 0; i < HALVINGS && bound >= 0; i++) {
        h->weight[0] = (low + high) / 2;
        h->weight[1] = 1 - h->weight[0];
        bound = weigh(h, excess);
        if (excess[0] >= 0 && excess[1] >= 0) {
            break; /* the choice itself suits both, rules aside */
        }
        if (excess[0] > excess[1]) {
            high = h->weight[0];
        } else {
            low = h->weight[0];
        }
    }
    return bound;
}

/* More deciders: multiplicative steps towards those that fall short. */
static double weigh_many(hunt *h)
{
    const field *f = h->f;
    double excess[ENT_MOST_VOTERS];
    double bound = (double)INFINITY;
    for (size_t i = 0; i < f->decider_count; i++) {
        h->weight[i] = 1 / (double)f->decider_count;
    }
    for (int step = 1; step <= STEPS; step++) {
        bound = weigh(h, excess);
        double least = (double)INFINITY;
        for (size_t i = 0; i < f->decider_count; i++) {
            least = fmin(least, excess[i]);
        }
        if (bound < 0 || least >= 0 || step == STEPS) {
            break;
        }
        double sum = 0;
        for (size_t i = 0; i < f->decider_count; i++) {
            h->weight[i] *= ent_exp(-4 * excess[i] / sqrt(step));
            sum += h->weight[i];
        }
        for (size_t i = 0; i < f->decider_count; i++) {
            h->weight[i] /= sum;
        }
    }
    return bound;
}

static double best_weights(hunt *h)
{
    if (h->f->decider_count == 2) {
        return weigh_two(h);
    }
    if (h->f->decider_count == 0) {
        double none;
        return weigh(h, &none);
    }
    return weigh_many(h);
}

/* ---- The search --------------------------------------------------------------------------- */

static bool is_asked(const hunt *h, size_t v)
{
    const bool *asked = h->f->voters->at[v].asked;
    bool yes = asked == NULL;
    for (uint32_t i = 0; i < h->f->space->issue_count && !yes; i++) {
        yes = asked[i] && h->levels.low[i] != 0;
    }
    return yes;
}

/* Can the voter still come to accept? Sums in another order differ by rounding. */
static bool can_reach(const hunt *h, size_t d, size_t v)
{
    double slack = d < h->f->digit_count ? 1e-9 : 0;
    return h->sum[d][v] + h->rest[v][d] >= h->need[v] - slack &&
           ent_lines_may_hold(h->f->space, &h->f->voters->at[v].lines, h->levels.low,
                              h->levels.high);
}

/* Can the councils that are asked still get their votes? */
static bool councils_may_consent(const hunt *h, size_t d)
{
    const ent_voters *voters = h->f->voters;
    uint64_t may = 0;
    if (voters->councils == NULL || voters->councils->binding == 0) {
        return true;
    }
    for (size_t v = 0; v < voters->count; v++) {
        may |= (uint64_t)can_reach(h, d, v) << voters->party[v];
    }
    for (size_t k = 0; k < voters->councils->count; k++) {
        const ent_council *council = &voters->councils->at[k];
        if (!council->implied &&
            ent_is_touched(council->asked, h->f->space->issue_count, h->levels.low) &&
            !ent_council_consents(council, may)) {
            return false;
        }
    }
    return true;
}

/* Can what is fixed up to digit d still become a deal? */
static bool hopeful(const hunt *h, size_t d)
{
    const field *f = h->f;
    double joint = h->joint_rest[d] - h->joint_need;
    for (size_t i = 0; i < f->decider_count; i++) {
        joint += h->weight[i] * h->sum[d][f->decider[i]];
    }
    /* Sums in another order differ by rounding: never prune on that. */
    if (joint < -1e-9) {
        return false;
    }
    for (size_t v = 0; v < f->voters->count; v++) {
        if (!can_reach(h, d, v) && is_asked(h, v)) {
            return false;
        }
    }
    return councils_may_consent(h, d) && ent_levels_may_be_had(&h->levels);
}

/* Fix the digit at the value; undone by ent_levels_unfix. */
static void fix(hunt *h, size_t d, uint64_t value)
{
    h->keep[d] = ent_levels_fix(&h->levels, &h->f->digits[d], value);
    for (size_t v = 0; v < h->f->voters->count; v++) {
        h->sum[d + 1][v] = h->sum[d][v] + h->value[v][h->f->first[d] + value];
    }
}

/* Depth first, the value that the weights prefer before the others. */
static bool descend(hunt *h, size_t d)
{
    if (h->nodes++ > NODES || !hopeful(h, d) || (h->nodes % 256 == 0 && ent_stopped(h->work))) {
        return false;
    }
    const field *f = h->f;
    if (d == f->digit_count) {
        return !ent_outcome_is_status_quo(f->space, h->levels.low);
    }
    uint64_t radix = f->digits[d].radix;
    uint64_t best = h->choice[d];
    for (uint64_t i = 0; i < radix; i++) {
        /* best, best - 1, best + 1, best - 2, ... each once, wrapped around */
        uint64_t step = (i + 1) / 2;
        uint64_t value = i % 2 == 1 ? (best + radix - step) % radix : (best + step) % radix;
        fix(h, d, value);
        bool found = descend(h, d + 1);
        if (found) {
            return true;
        }
        ent_levels_unfix(&h->levels, &f->digits[d], h->keep[d]);
    }
    return false;
}

/* Where it has a deal, that is in h->levels.low; open: given up. */
static uint8_t hunt_world(hunt *h, uint32_t world)
{
    load_world(h, world);
    if (best_weights(h) < -1e-9) {
        return ENT_WORLD_EMPTY;
    }
    bool found = descend(h, 0);
    return found ? ENT_WORLD_HAS_DEAL : h->nodes > NODES ? ENT_WORLD_OPEN : ENT_WORLD_EMPTY;
}

/* The worlds of a hunt, and what each thread has for it. */
typedef struct hunting {
    hunt *hunts;
    uint8_t *zone;
} hunting;

static bool hunt_piece(void *user, int thread, uint64_t world)
{
    hunting *h = user;
    if (h->zone[world] == ENT_WORLD_OPEN) {
        h->zone[world] = hunt_world(&h->hunts[thread], (uint32_t)world);
    }
    return true;
}

ent_status ent_hunt_worlds(ent_work *work, const ent_space *space, const ent_bans *bans,
                           const ent_voters *voters, uint32_t worlds, uint8_t *zone,
                           uint32_t *undecided)
{
    bool open = memchr(zone, ENT_WORLD_OPEN, worlds) != NULL;
    field f = make_field(work->arena, space, bans, voters);
    int threads = work->threads < 1 ? 1 : work->threads;
    hunt *hunts = ent_alloc(work->arena, (size_t)threads, hunt);
    for (int t = 0; t < threads && open; t++) {
        hunts[t] = make_hunt(work, &f);
    }
    hunting all = {hunts, zone};
    ent_pieces pieces = {.count = worlds, .at_once = 64, .run = hunt_piece, .user = &all,
                         .what = "worlds", .each = 1, .of = worlds, .tell_every = 256};
    bool stopped = open && (!ent_run_pieces(work, threads, &pieces) || ent_stopped(work));
    *undecided = 0;
    for (uint32_t w = 0; w < worlds; w++) {
        *undecided += zone[w] == ENT_WORLD_OPEN;
        zone[w] = zone[w] == ENT_WORLD_HAS_DEAL;
    }
    return stopped ? ENT_CANCELLED : ENT_OK;
}

ent_status ent_walk_worlds(ent_work *work, const ent_own_plan *plan, const ent_bans *bans,
                           uint32_t **counts, uint8_t *zone)
{
    for (size_t v = 0; v < plan->voters->count; v++) {
        counts[v] = ent_alloc(work->arena, plan->own[v].size[plan->own[v].count], uint32_t);
    }
    ent_own_walk walk = {.plan = plan, .bans = bans, .words = WORDS, .counts = counts,
                         .zone = zone};
    return ent_own_rows(work, &walk);
}

ent_status ent_search_zone(ent_work *work, const ent_space *space, const ent_bans *bans,
                           const ent_voters *voters, uint32_t worlds, uint8_t *zone,
                           uint32_t *undecided)
{
    ent_own_plan plan;
    ent_status status = ENT_OK;
    memset(zone, ENT_WORLD_OPEN, worlds);
    *undecided = worlds;
    if (worlds > 0 && voters->count > 0 && voters->at->set->worlds == worlds &&
        ent_own_plan_of(work->arena, space, NULL, voters, ENT_OWN_MOST, &plan)) {
        uint32_t **counts = ent_alloc(work->arena, voters->count + 1, uint32_t *);
        status = ent_walk_worlds(work, &plan, bans, counts, zone);
    }
    return status != ENT_OK
               ? status
               : ent_hunt_worlds(work, space, bans, voters, worlds, zone, undecided);
}

bool ent_search_world(ent_work *work, const ent_space *space, const ent_bans *bans,
                      const ent_voters *voters, uint32_t world, uint64_t *levels)
{
    field f = make_field(work->arena, space, bans, voters);
    hunt h = make_hunt(work, &f);
    bool found = hunt_world(&h, world) == ENT_WORLD_HAS_DEAL;
    memcpy(levels, h.levels.low, space->issue_count * sizeof *levels);
    return found;
}
