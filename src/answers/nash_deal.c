/*
 * The Nash deal of each world, by branch and bound over the issues: what a decider has so far and
 * the best of what is open bound its gain, and the product of these bounds that of all completions
 * (Land and Doig 1960). At worst O(outcomes * parties) for a world, the last issue in the inner
 * loop; far fewer as a rule, since a world without a deal shows it early.
 *
 * Where the last issue is a range of many steps, each gain is linear in it, so that the levels that
 * a party accepts are one interval and the product of positive gains has one maximum (its logarithm
 * is concave): O(parties * log(levels)) beside given levels of the others.
 */
#include "answers/accept.h"
#include "answers/walk.h"

#include <math.h>
#include <string.h>

enum { RECENT = 24, LONG = 16 /* levels that are looked for, not looked at */ };

struct ent_nash_search {
    const ent_case *c;
    const ent_stakes *const *stakes;
    const ent_world_set *sets;
    const ent_grid *grid;
    const uint8_t *available;
    uint8_t **alive;  /* [issues][levels of it and of those before] some outcome there can be had */
    uint8_t *whole;   /* [levels of all but the last issue] each level of the last can be had */
    bool smooth;      /* the last issue is a long range, and only values decide */
    uint32_t *voters; /* deciders first, then approvers, then members of councils */
    uint32_t deciders, voter_count;
    uint8_t **keeps;  /* [voters] -> [outcomes] 0 where it crosses a line of the voter; or NULL */
    const ent_councils *councils;
    double **worth;   /* [voters] values of the levels of all issues, one issue after another */
    size_t *start;    /* [issues] where an issue's levels begin in that */
    double *sums;     /* [issues + 1][voters] over the issues before */
    double *rest;     /* [issues + 1][voters] the best of the issues from here on */
    uint64_t *levels;
    double need[64];
    double best;
    uint64_t found;
    uint64_t recent[RECENT]; /* deals of the worlds before: one of them is often nearly the best */
    size_t recent_count;
};

/* Which beginnings of an outcome can be completed to one that can be had. */
static void find_alive(ent_arena *arena, ent_nash_search *s)
{
    const ent_space *space = &s->c->space;
    s->alive = ent_alloc(arena, space->issue_count, uint8_t *);
    uint64_t count = 1;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        count *= space->issues[i].levels;
        s->alive[i] = ent_alloc(arena, count, uint8_t);
    }
    for (uint64_t index = 0; index < s->grid->outcomes; index++) {
        if (s->available[index] == 0) {
            continue;
        }
        ent_grid_outcome(s->grid, index, s->levels);
        uint64_t number = 0;
        for (uint32_t i = 0; i < space->issue_count; i++) {
            number = number * space->issues[i].levels + s->levels[i];
            s->alive[i][number] = 1;
        }
    }
}

static void find_whole(ent_arena *arena, ent_nash_search *s)
{
    const ent_space *space = &s->c->space;
    uint32_t last = space->issue_count - 1;
    uint64_t levels = space->issues[last].levels;
    s->smooth = space->issues[last].kind == ENT_RANGE && levels >= LONG &&
                s->voter_count == s->deciders;
    for (uint32_t v = 0; v < s->voter_count; v++) {
        s->smooth = s->smooth && s->keeps[v] == NULL;
    }
    if (s->smooth) {
        s->whole = ent_alloc(arena, s->grid->outcomes / levels, uint8_t);
        for (uint64_t i = 0; i < s->grid->outcomes / levels; i++) {
            s->whole[i] = memchr(s->alive[last] + i * levels, 0, levels) == NULL;
        }
    }
}

static void choose_voters(ent_arena *arena, ent_nash_search *s)
{
    s->voters = ent_alloc(arena, s->c->party_count, uint32_t);
    for (int approvers = 0; approvers < 2; approvers++) {
        for (uint32_t p = 0; p < s->c->party_count; p++) {
            ent_role role = s->c->parties[p].role;
            bool member = (s->councils->members >> p & 1) != 0;
            bool approves = s->c->parties[p].approval == NULL && (role == ENT_APPROVER || member);
            if (s->voter_count < 64 &&
                (role == ENT_DECIDER ? approvers == 0 : approves && approvers == 1)) {
                s->voters[s->voter_count++] = p;
            }
        }
        s->deciders = approvers ? s->deciders : s->voter_count;
    }
}

static void find_lines(ent_arena *arena, const ent_lines *lines, ent_nash_search *s)
{
    s->keeps = ent_alloc(arena, s->voter_count + 1, uint8_t *);
    for (uint32_t v = 0; v < s->voter_count; v++) {
        ent_lines own = ent_lines_of_party(lines, s->voters[v]);
        s->keeps[v] = ent_grid_keeps(arena, s->grid, &own);
    }
}

ent_nash_search *ent_nash_search_create(ent_work *work, const ent_analysis *analysis,
                                        size_t account, const ent_grid *grid)
{
    ent_nash_search *s = ent_alloc(work->arena, 1, ent_nash_search);
    const ent_space *space = &analysis->c->space;
    *s = (ent_nash_search){.c = analysis->c, .stakes = analysis->stakes,
                           .sets = analysis->worlds[account].sets, .grid = grid,
                           .councils = &analysis->councils};
    uint64_t count;
    s->available = ent_grid_available(work, grid, &analysis->worlds[account].bans, &count);
    if (s->available == NULL) {
        return NULL;
    }
    choose_voters(work->arena, s);
    s->start = ent_alloc(work->arena, (size_t)space->issue_count + 1, size_t);
    for (uint32_t i = 0; i < space->issue_count; i++) {
        s->start[i + 1] = s->start[i] + space->issues[i].levels;
    }
    s->worth = ent_alloc(work->arena, s->voter_count + 1, double *);
    for (uint32_t v = 0; v < s->voter_count; v++) {
        s->worth[v] = ent_alloc(work->arena, s->start[space->issue_count], double);
    }
    s->sums = ent_alloc(work->arena, ((size_t)space->issue_count + 1) * s->voter_count, double);
    s->rest = ent_alloc(work->arena, ((size_t)space->issue_count + 1) * s->voter_count, double);
    s->levels = ent_alloc(work->arena, space->issue_count, uint64_t);
    find_alive(work->arena, s);
    find_lines(work->arena, &analysis->worlds[account].lines, s);
    find_whole(work->arena, s);
    return s;
}

/* One component's part in the worth of all levels of its issue. */
static void add_worth(double *worth, const ent_issue *issue, uint32_t component, double z)
{
    if (issue->kind == ENT_ITEMS) {
        for (uint64_t level = 1; level < issue->levels; level++) {
            worth[level] += (level >> component & 1) != 0 ? z : 0;
        }
        return;
    }
    for (uint64_t level = 1; level < issue->levels; level++) {
        worth[level] += z * ent_on(issue, level, component);
    }
}

/* What each level of each issue is worth to the voter in this world. */
static void fill_worth(ent_nash_search *s, uint32_t v, uint32_t world)
{
    const ent_stakes *stakes = s->stakes[s->voters[v]];
    const ent_world_set *set = &s->sets[s->voters[v]];
    memset(s->worth[v], 0, s->start[s->c->space.issue_count] * sizeof **s->worth);
    for (uint32_t g = 0; g < stakes->groups; g++) {
        uint32_t i = stakes->group_issue[g];
        const ent_issue *issue = &s->c->space.issues[i];
        for (uint32_t u = stakes->group_start[g]; u < stakes->group_start[g + 1]; u++) {
            double z = stakes->sign[u] * (double)set->z[(size_t)u * set->stride + world];
            add_worth(s->worth[v] + s->start[i], issue, stakes->component[u] - issue->first, z);
        }
    }
    s->need[v] = (double)set->b[world];
    for (uint32_t i = s->c->space.issue_count; i-- > 0;) {
        double best = 0;
        for (size_t at = s->start[i]; at < s->start[i + 1]; at++) {
            best = s->worth[v][at] > best ? s->worth[v][at] : best;
        }
        s->rest[(size_t)i * s->voter_count + v] =
            best + s->rest[((size_t)i + 1) * s->voter_count + v];
    }
}

/* Can no completion of what is fixed below the issue be better than the best so far? */
static bool is_hopeless(const ent_nash_search *s, uint32_t issue, const double *sums)
{
    const double *rest = s->rest + (size_t)issue * s->voter_count;
    double product = 1;
    for (uint32_t v = 0; v < s->deciders; v++) {
        double gain = sums[v] + rest[v] - s->need[v];
        if (gain < -2e-6) {
            return true;
        }
        product *= gain > 0 ? gain : 0;
    }
    /* Sums in another order differ by rounding, and of equals the first counts. */
    return product * (1 + 1e-9) <= s->best;
}

static bool touched(const ent_nash_search *s, const bool *approves)
{
    return ent_is_touched(approves, s->c->space.issue_count, s->levels);
}

/* Do all approvers and councils that are asked consent? Bit v of yes: voter v accepts. */
static bool consented(const ent_nash_search *s, uint64_t yes)
{
    uint64_t accepting = 0;
    for (uint32_t v = 0; v < s->voter_count; v++) {
        uint32_t party = s->voters[v];
        bool accepts = (yes >> v & 1) != 0;
        accepting |= (uint64_t)accepts << party;
        if (v >= s->deciders && !accepts && touched(s, s->c->parties[party].approves)) {
            return false;
        }
    }
    for (size_t k = 0; k < s->councils->count && s->councils->binding > 0; k++) {
        const ent_council *council = &s->councils->at[k];
        if (!council->implied && touched(s, council->asked) &&
            !ent_council_consents(council, accepting)) {
            return false;
        }
    }
    return true;
}

static bool accepts(const ent_nash_search *s, uint32_t v, double gain, uint64_t index)
{
    return ent_is_enough(gain, 0) && (s->keeps[v] == NULL || s->keeps[v][index] != 0);
}

/* Look at one outcome: do all accept, and is the product the greatest so far? */
static void look(ent_nash_search *s, const double *sums, uint64_t level, uint64_t index)
{
    uint32_t last = s->c->space.issue_count - 1;
    double product = 1;
    for (uint32_t v = 0; v < s->deciders; v++) {
        double gain = sums[v] + s->worth[v][s->start[last] + level] - s->need[v];
        if (!accepts(s, v, gain, index)) {
            return;
        }
        product *= gain > 0 ? gain : 0;
    }
    if (product <= s->best) {
        return;
    }
    s->levels[last] = level;
    uint64_t yes = 0;
    for (uint32_t v = 0; v < s->voter_count; v++) {
        double gain = sums[v] + s->worth[v][s->start[last] + level] - s->need[v];
        yes |= (uint64_t)accepts(s, v, gain, index) << v;
    }
    if (consented(s, yes)) {
        s->best = product;
        s->found = index;
    }
}

static double gain_at(const ent_nash_search *s, const double *sums, uint32_t v, uint64_t level)
{
    return sums[v] + s->worth[v][s->start[s->c->space.issue_count - 1] + level] - s->need[v];
}

typedef struct interval {
    uint64_t low, end; /* levels from low up to before end */
} interval;

/* The levels at which the gain is at least so much: it goes up, or down, from level to level. */
static interval levels_above(const ent_nash_search *s, const double *sums, uint32_t v,
                             double least, interval in)
{
    uint64_t levels = s->c->space.issues[s->c->space.issue_count - 1].levels;
    bool up = gain_at(s, sums, v, levels - 1) >= gain_at(s, sums, v, 0);
    uint64_t low = in.low, end = in.end;
    while (low < end) { /* the first level whose answer is that of the far end */
        uint64_t middle = low + (end - low) / 2;
        if ((gain_at(s, sums, v, middle) >= least) == up) {
            end = middle;
        } else {
            low = middle + 1;
        }
    }
    return up ? (interval){low, in.end} : (interval){in.low, low};
}

static double product_at(const ent_nash_search *s, const double *sums, uint64_t level)
{
    double product = 1;
    for (uint32_t v = 0; v < s->deciders; v++) {
        product *= gain_at(s, sums, v, level);
    }
    return product;
}

/* Look at what may be the best levels of the last issue, which is smooth, and whole here. */
static void look_along(ent_nash_search *s, const double *sums, uint64_t index)
{
    enum { BESIDE = 3 /* levels on either side, for rounding */ };
    uint32_t last = s->c->space.issue_count - 1;
    uint64_t stride = s->grid->stride[last];
    interval all = {0, s->c->space.issues[last].levels}, gains = all;
    for (uint32_t v = 0; v < s->deciders; v++) {
        all = levels_above(s, sums, v, -(double)ENT_TIE, all);
        gains = levels_above(s, sums, v, 1e-300, gains);
    }
    if (all.low < all.end) {
        look(s, sums, all.low, index + all.low * stride); /* the first, where nobody gains */
    }
    uint64_t low = gains.low, end = gains.end;
    while (low + 1 < end) {
        uint64_t middle = low + (end - low) / 2;
        if (product_at(s, sums, middle - 1) < product_at(s, sums, middle)) {
            low = middle;
        } else {
            end = middle;
        }
    }
    low = low < gains.low + BESIDE ? gains.low : low - BESIDE;
    for (uint64_t level = low; level < gains.end && level < end + BESIDE; level++) {
        look(s, sums, level, index + level * stride);
    }
}

/* All levels of the issue and of those after it. */
static void descend(ent_nash_search *s, uint32_t issue, uint64_t index, uint64_t number)
{
    const double *sums = s->sums + (size_t)issue * s->voter_count;
    double *next = s->sums + ((size_t)issue + 1) * s->voter_count;
    bool last = issue + 1 == s->c->space.issue_count;
    if (last && s->smooth && s->whole[number] != 0) {
        look_along(s, sums, index);
        return;
    }
    for (uint64_t level = 0; level < s->c->space.issues[issue].levels; level++) {
        uint64_t here = index + level * s->grid->stride[issue];
        uint64_t there = number * s->c->space.issues[issue].levels + level;
        if (s->alive[issue][there] == 0) {
            continue;
        }
        if (last) {
            look(s, sums, level, here);
            continue;
        }
        s->levels[issue] = level;
        for (uint32_t v = 0; v < s->voter_count; v++) {
            next[v] = sums[v] + s->worth[v][s->start[issue] + level];
        }
        if (!is_hopeless(s, issue + 1, next)) {
            descend(s, issue + 1, here, there);
        }
    }
}

/*
 * The product of a deal of a world before, less a little, as what the search must beat: what comes
 * first among equals is then found all the same, and if nothing is better this deal is it.
 */
static void try_recent(ent_nash_search *s)
{
    uint32_t issues = s->c->space.issue_count;
    for (size_t r = 0; r < s->recent_count; r++) {
        uint64_t yes = 0;
        double product = 1 - 1e-9;
        ent_grid_outcome(s->grid, s->recent[r], s->levels);
        for (uint32_t v = 0; v < s->voter_count; v++) {
            double gain = -s->need[v];
            for (uint32_t i = 0; i < issues; i++) {
                gain += s->worth[v][s->start[i] + s->levels[i]];
            }
            yes |= (uint64_t)accepts(s, v, gain, s->recent[r]) << v;
            product *= v >= s->deciders ? 1 : gain > 0 ? gain : 0;
        }
        uint64_t deciders = s->deciders < 64 ? ((uint64_t)1 << s->deciders) - 1 : UINT64_MAX;
        if (product > s->best && (yes & deciders) == deciders && consented(s, yes)) {
            s->best = product;
            s->found = s->recent[r];
        }
    }
}

static void remember(ent_nash_search *s)
{
    for (size_t r = 0; r < s->recent_count; r++) {
        if (s->recent[r] == s->found) {
            return;
        }
    }
    size_t at = s->recent_count < RECENT ? s->recent_count++ : s->found % RECENT;
    s->recent[at] = s->found;
}

bool ent_nash_deal(ent_nash_search *s, uint32_t world, uint64_t *index)
{
    for (uint32_t v = 0; v < s->voter_count; v++) {
        fill_worth(s, v, world);
        s->sums[v] = 0;
    }
    s->best = -1;
    if (!is_hopeless(s, 0, s->sums)) {
        try_recent(s);
        descend(s, 0, 0, 0);
    }
    if (s->best >= 0) {
        remember(s);
    }
    *index = s->found;
    return s->best >= 0;
}

ent_status ent_nash_deals_of(ent_work *work, const ent_analysis *analysis, size_t account,
                             const ent_grid *grid, uint32_t worlds, ent_nash_deals *deals)
{
    ent_nash_search *search = ent_nash_search_create(work, analysis, account, grid);
    *deals = (ent_nash_deals){.worlds = worlds, .index = ent_alloc(work->arena, worlds, uint64_t)};
    if (search == NULL) {
        return ENT_CANCELLED;
    }
    for (uint32_t world = 0; world < worlds; world++) {
        if (world % 64 == 0 && ent_tick(work, "worlds", world, worlds)) {
            return ENT_CANCELLED;
        }
        if (!ent_nash_deal(search, world, &deals->index[world])) {
            deals->index[world] = ENT_NO_NASH_DEAL;
        }
    }
    return ENT_OK;
}
