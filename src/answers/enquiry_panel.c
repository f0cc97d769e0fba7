#include "answers/enquiry_panel.h"

#include "base/kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

typedef struct placed {
    double excess;
    uint32_t world;
} placed;

static int most_excess_first(const void *left, const void *right)
{
    const placed *a = left;
    const placed *b = right;
    if (a->excess != b->excess) {
        return a->excess > b->excess ? -1 : 1;
    }
    return (a->world > b->world) - (a->world < b->world);
}

/*
 * The voter's worlds in the order of what the package is worth to it above its need: then worlds
 * that accept one package stand near each other for others too, and counts over stretches of worlds
 * say much of what two rows have in common. Questions never pair worlds of different voters, so
 * that each may have an order of its own.
 */
static const ent_world_set *ordered(ent_arena *arena, const ent_space *space,
                                    const ent_voter *voter, const uint64_t *levels)
{
    const ent_world_set *from = voter->set;
    placed *order = ent_alloc(arena, from->worlds + 1, placed);
    double *form = ent_alloc(arena, (size_t)voter->stakes->k + 1, double);
    ent_value_form(space, voter->stakes, levels, form);
    for (uint32_t w = 0; w < from->worlds; w++) {
        order[w] = (placed){-(double)from->b[w], w};
        for (uint32_t u = 0; u < voter->stakes->k; u++) {
            order[w].excess += form[u] * (double)from->z[(size_t)u * from->stride + w];
        }
    }
    qsort(order, from->worlds, sizeof *order, most_excess_first);
    ent_world_set *to = ent_alloc(arena, 1, ent_world_set);
    *to = *from;
    to->z = ent_alloc(arena, (size_t)from->k * from->stride + 1, float);
    to->b = ent_alloc(arena, from->stride, float);
    for (uint32_t w = 0; w < from->stride; w++) {
        uint32_t at = order[w < from->worlds ? w : 0].world;
        to->b[w] = from->b[at];
        for (uint32_t u = 0; u < from->k; u++) {
            to->z[(size_t)u * to->stride + w] = from->z[(size_t)u * from->stride + at];
        }
    }
    return to;
}

ent_panel ent_panel_of(ent_work *work, const ent_bits *bits, const ent_candidates *candidates,
                       const uint64_t *pivot)
{
    ent_panel panel = {.bits = *bits, .levels = candidates->levels, .count = candidates->count};
    panel.bits.voters.at = ent_alloc(work->arena, bits->voters.count + 1, ent_voter);
    for (size_t v = 0; v < bits->voters.count; v++) {
        ent_voter *voter = &panel.bits.voters.at[v];
        *voter = bits->voters.at[v];
        voter->set = ordered(work->arena, &bits->analysis->c->space, voter, pivot);
    }
    bits = &panel.bits;
    panel.rows = ent_alloc(work->arena, bits->voters.count + 1, uint64_t *);
    for (size_t v = 0; v < bits->voters.count; v++) {
        panel.rows[v] = ent_alloc_unset(work->arena, panel.count * bits->words + 1, uint64_t);
        ent_fill_rows(work, bits, v, panel.levels, panel.count, panel.rows[v]);
    }
    return panel;
}

/* Joint share of the package where the voter's own share is as given; NULL: as counted. */
static double joint_of(const ent_panel *panel, const ent_state *state, size_t package,
                       size_t voter, const double *own, double *share)
{
    const ent_analysis *analysis = panel->bits.analysis;
    for (size_t v = 0; v < panel->bits.voters.count; v++) {
        share[panel->bits.voters.party[v]] =
            own != NULL && v == voter ? *own
                                      : (double)state->counts[v][package] / state->worlds[v];
    }
    return ent_joint_share(analysis->c, &analysis->councils,
                           panel->levels + package * analysis->c->space.issue_count, share);
}

static void count_voter(const ent_panel *panel, size_t voter, const uint64_t *left,
                        uint32_t *counts)
{
    size_t words = panel->bits.words;
    for (size_t d = 0; d < panel->count; d++) {
        counts[d] = ent_count_both(panel->rows[voter] + d * words, left, words);
    }
}

static void set_joint(ent_work *work, const ent_panel *panel, ent_state *state)
{
    double *share = ent_alloc(work->arena, panel->bits.analysis->c->party_count + 1, double);
    state->joint = ent_alloc(work->arena, panel->count + 1, double);
    state->best = SIZE_MAX;
    for (size_t d = 0; d < panel->count; d++) {
        state->joint[d] = joint_of(panel, state, d, 0, NULL, share);
        if (state->joint[d] > 0 &&
            (state->best == SIZE_MAX || state->joint[d] > state->joint[state->best])) {
            state->best = d;
        }
    }
}

ent_state ent_state_before(ent_work *work, const ent_panel *panel)
{
    size_t voters = panel->bits.voters.count;
    ent_state state = {.left = ent_alloc(work->arena, voters + 1, uint64_t *),
                       .worlds = ent_alloc(work->arena, voters + 1, uint32_t),
                       .counts = ent_alloc(work->arena, voters + 1, uint32_t *)};
    uint32_t worlds = panel->bits.worlds;
    uint64_t last = worlds % 64 == 0 ? UINT64_MAX : (UINT64_C(1) << worlds % 64) - 1;
    for (size_t v = 0; v < voters; v++) {
        state.left[v] = ent_alloc(work->arena, panel->bits.words, uint64_t);
        memset(state.left[v], 0xFF, panel->bits.words * sizeof **state.left);
        state.left[v][panel->bits.words - 1] = last;
        state.worlds[v] = worlds;
        state.counts[v] = ent_alloc(work->arena, panel->count + 1, uint32_t);
        count_voter(panel, v, state.left[v], state.counts[v]);
    }
    set_joint(work, panel, &state);
    return state;
}

ent_state ent_state_after(ent_work *work, const ent_panel *panel, const ent_state *state,
                          size_t voter, const uint64_t *row, bool yes)
{
    size_t voters = panel->bits.voters.count;
    size_t words = panel->bits.words;
    ent_state after = {.left = ent_alloc(work->arena, voters + 1, uint64_t *),
                       .worlds = ent_alloc(work->arena, voters + 1, uint32_t),
                       .counts = ent_alloc(work->arena, voters + 1, uint32_t *)};
    for (size_t v = 0; v < voters; v++) {
        after.left[v] = state->left[v];
        after.worlds[v] = state->worlds[v];
        after.counts[v] = state->counts[v];
    }
    uint64_t *left = ent_alloc(work->arena, words, uint64_t);
    for (size_t w = 0; w < words; w++) {
        left[w] = state->left[voter][w] & (yes ? row[w] : ~row[w]);
    }
    after.left[voter] = left;
    after.worlds[voter] = ent_count_row(left, words);
    after.counts[voter] = ent_alloc(work->arena, panel->count + 1, uint32_t);
    count_voter(panel, voter, left, after.counts[voter]);
    set_joint(work, panel, &after);
    return after;
}

/* ---- Scores --------------------------------------------------------------------------------- */

/*
 * A package to one voter, whose share s makes its joint share slope * s + fixed: the joint share is
 * linear in each party's share, parties being independent and each asked once.
 */
enum { STRETCHES = 16 };
typedef struct offer {
    double joint, slope, fixed;
    uint32_t count; /* of the voter's worlds that are left accept it */
    uint32_t in[STRETCHES]; /* the same in each stretch of worlds */
    size_t package;
} offer;

static size_t stretch_start(const ent_panel *panel, size_t stretch)
{
    return stretch * panel->bits.words / STRETCHES;
}

/* Bits of both rows in each stretch of words. */
static void count_stretches(const ent_panel *panel, const uint64_t *row, const uint64_t *left,
                            uint32_t *in)
{
    for (size_t g = 0; g < STRETCHES; g++) {
        size_t start = stretch_start(panel, g);
        in[g] = ent_count_both(row + start, left + start, stretch_start(panel, g + 1) - start);
    }
}

static int best_first(const void *left, const void *right)
{
    const offer *a = left;
    const offer *b = right;
    if (a->joint != b->joint) {
        return a->joint > b->joint ? -1 : 1;
    }
    return (a->package > b->package) - (a->package < b->package);
}

static int steepest_first(const void *left, const void *right)
{
    const offer *a = left;
    const offer *b = right;
    if (a->slope != b->slope) {
        return a->slope > b->slope ? -1 : 1;
    }
    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return (a->package > b->package) - (a->package < b->package);
}

/* Does the voter's row of a, where its worlds are left, lie within that of b? */
static bool lies_within(const ent_panel *panel, const ent_state *state, size_t voter, size_t a,
                        size_t b)
{
    size_t words = panel->bits.words;
    const uint64_t *here = panel->rows[voter] + a * words;
    const uint64_t *there = panel->rows[voter] + b * words;
    const uint64_t *left = state->left[voter];
    for (size_t w = 0; w < words; w++) {
        if ((here[w] & left[w] & ~there[w]) != 0) {
            return false;
        }
    }
    return true;
}

/* Is a as good as b after every answer? Its slope is at least b's. */
static bool dominates(const ent_panel *panel, const ent_state *state, size_t voter,
                      const offer *a, const offer *b)
{
    return a->count >= b->count && a->fixed >= b->fixed &&
           lies_within(panel, state, voter, b->package, a->package);
}

/*
 * Keep the packages that can be best after some answer: not those that the voter accepts only where
 * it accepts another one that the rest accept as readily. O(packages * kept), ended early mostly.
 */
static size_t keep_undominated(const ent_panel *panel, const ent_state *state, size_t voter,
                               offer *offers, size_t count)
{
    qsort(offers, count, sizeof *offers, steepest_first);
    size_t kept = 0;
    size_t last = 0; /* what dominated the one before: neighbours are much alike */
    for (size_t i = 0; i < count; i++) {
        bool dominated = kept > 0 && dominates(panel, state, voter, &offers[last], &offers[i]);
        for (size_t k = 0; k < kept && !dominated; k++) {
            dominated = dominates(panel, state, voter, &offers[k], &offers[i]);
            last = dominated ? k : last;
        }
        if (!dominated) {
            offers[kept++] = offers[i];
        }
    }
    return kept;
}

static offer *offers_to(ent_work *work, const ent_panel *panel, const ent_state *state,
                        size_t voter, size_t *count)
{
    static const double none = 0, all = 1;
    double *share = ent_alloc(work->arena, panel->bits.analysis->c->party_count + 1, double);
    offer *offers = ent_alloc(work->arena, panel->count + 1, offer);
    *count = 0;
    for (size_t d = 0; d < panel->count; d++) {
        if (state->joint[d] > 0) {
            double fixed = joint_of(panel, state, d, voter, &none, share);
            offers[(*count)++] =
                (offer){.joint = state->joint[d],
                        .slope = joint_of(panel, state, d, voter, &all, share) - fixed,
                        .fixed = fixed,
                        .count = state->counts[voter][d],
                        .package = d};
        }
    }
    *count = keep_undominated(panel, state, voter, offers, *count);
    for (size_t i = 0; i < *count; i++) {
        count_stretches(panel, panel->rows[voter] + offers[i].package * panel->bits.words,
                        state->left[voter], offers[i].in);
    }
    qsort(offers, *count, sizeof *offers, best_first);
    return offers;
}

/*
 * Bounds of how many worlds accept the package and answer yes: in each stretch at most the lesser
 * of the two counts, and at least what both have beyond its size.
 */
ENT_KERNEL static uint64_t bound_both(const uint32_t *in, const uint32_t *yes,
                                      const uint32_t *size)
{
    uint32_t low = 0, high = 0;
    for (size_t g = 0; g < STRETCHES; g++) {
        uint32_t sum = in[g] + yes[g];
        high += in[g] < yes[g] ? in[g] : yes[g];
        low += sum > size[g] ? sum - size[g] : 0;
    }
    return (uint64_t)high << 32 | low;
}

/* One question while the packages are gone through. */
typedef struct asking {
    const ent_panel *panel;
    const offer *offers;
    size_t count;
    const uint64_t *rows; /* the voter's */
    uint64_t *yes_row;    /* its worlds that are left and answer yes */
    uint32_t yes, no;     /* how many; and how many no */
    uint32_t in[STRETCHES], size[STRETCHES];
    double if_yes, if_no; /* the best so far, times worlds */
    size_t best_yes, best_no; /* offers; SIZE_MAX: none */
} asking;

static void look_at(asking *a, size_t i)
{
    const offer *o = &a->offers[i];
    size_t words = a->panel->bits.words;
    uint32_t both = ent_count_both(a->rows + o->package * words, a->yes_row, words);
    double if_yes = o->slope * both + o->fixed * a->yes;
    double if_no = o->slope * (o->count - both) + o->fixed * a->no;
    if (if_yes > a->if_yes || (if_yes == a->if_yes && if_yes > 0 && i < a->best_yes)) {
        a->if_yes = if_yes;
        a->best_yes = i;
    }
    if (if_no > a->if_no || (if_no == a->if_no && if_no > 0 && i < a->best_no)) {
        a->if_no = if_no;
        a->best_no = i;
    }
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Can the package reach what was found for either answer? */
static bool may_be_best(const asking *a, const offer *o)
{
    if (o->slope * least(o->count, a->yes) + o->fixed * a->yes < a->if_yes &&
        o->slope * least(o->count, a->no) + o->fixed * a->no < a->if_no) {
        return false;
    }
    uint64_t both = bound_both(o->in, a->in, a->size);
    double high = (double)(both >> 32);
    double low = (double)(both & UINT32_MAX);
    return o->slope * high + o->fixed * a->yes >= a->if_yes ||
           o->slope * (o->count - low) + o->fixed * a->no >= a->if_no;
}

static size_t package_of(const asking *a, size_t i)
{
    return i == SIZE_MAX ? SIZE_MAX : a->offers[i].package;
}

/*
 * The best package after each answer; of equal ones the first. Packages come by joint share J,
 * highest first; one whose J is below what was found for both answers ends the search, since share
 * of answer * J(answer) <= J. It begins with what was best for the question before, which is much
 * like this one as a rule.
 */
static void score(const ent_state *state, asking *a, ent_split *split)
{
    size_t words = a->panel->bits.words;
    const uint64_t *left = state->left[split->voter];
    for (size_t w = 0; w < words; w++) {
        a->yes_row[w] = split->row[w] & left[w];
    }
    uint32_t worlds = state->worlds[split->voter];
    a->yes = ent_count_row(a->yes_row, words);
    a->no = worlds - a->yes;
    count_stretches(a->panel, a->yes_row, a->yes_row, a->in);
    count_stretches(a->panel, left, left, a->size);
    size_t seed[2] = {a->best_yes, a->best_no};
    /* An answer that does not occur is out of reach. */
    a->if_yes = a->yes > 0 ? 0 : (double)INFINITY;
    a->if_no = a->no > 0 ? 0 : (double)INFINITY;
    a->best_yes = a->best_no = SIZE_MAX;
    for (int i = 0; i < 2; i++) {
        if (seed[i] < a->count) {
            look_at(a, seed[i]);
        }
    }
    for (size_t i = 0; i < a->count; i++) {
        double most = a->offers[i].joint * worlds * (1 + 1e-12);
        if (most < a->if_yes && most < a->if_no) {
            break;
        }
        if (may_be_best(a, &a->offers[i])) {
            look_at(a, i);
        }
    }
    split->yes = (double)a->yes / worlds;
    split->yes_value = a->yes > 0 ? a->if_yes / worlds : 0;
    split->no_value = a->no > 0 ? a->if_no / worlds : 0;
    split->if_yes = package_of(a, a->best_yes);
    split->if_no = package_of(a, a->best_no);
    split->expected = split->yes_value + split->no_value;
}

ent_status ent_score_splits(ent_work *work, const ent_panel *panel, const ent_state *state,
                            ent_split *splits, size_t count)
{
    size_t voters = panel->bits.voters.count;
    offer **offers = ent_alloc(work->arena, voters + 1, offer *);
    size_t *offered = ent_alloc(work->arena, voters + 1, size_t);
    for (size_t v = 0; v < voters; v++) {
        offers[v] = offers_to(work, panel, state, v, &offered[v]);
    }
    int threads = work->threads < 1 ? 1 : work->threads;
    enum { CHUNK = 64 };
    size_t round = (size_t)CHUNK * (size_t)threads * 16;
    uint64_t *scratch = ent_alloc(work->arena, (size_t)threads * panel->bits.words, uint64_t);
    bool stop = false;
    for (size_t from = 0; from < count && !stop; from += round) {
        size_t end = from + round < count ? from + round : count;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
        for (int64_t t = 0; t < (int64_t)((end - from + CHUNK - 1) / CHUNK); t++) {
            int thread = 0;
#ifdef _OPENMP
            thread = omp_get_thread_num();
#endif
            size_t first = from + (size_t)t * CHUNK;
            asking a = {.panel = panel,
                        .yes_row = scratch + (size_t)thread * panel->bits.words};
            for (size_t i = first; i < end && i < first + CHUNK; i++) {
                size_t v = splits[i].voter;
                if (a.offers != offers[v]) {
                    a.offers = offers[v];
                    a.count = offered[v];
                    a.rows = panel->rows[v];
                    a.best_yes = a.best_no = SIZE_MAX;
                }
                score(state, &a, &splits[i]);
            }
        }
        stop = ent_tick(work, "questions", end, count);
    }
    return stop ? ENT_CANCELLED : ENT_OK;
}

static bool bit_at(const uint64_t *row, uint32_t world)
{
    return (row[world / 64] >> world % 64 & 1) != 0;
}

double ent_score_plainly(const ent_panel *panel, const ent_state *state, const ent_split *split)
{
    const ent_analysis *analysis = panel->bits.analysis;
    uint32_t issues = analysis->c->space.issue_count;
    double share[64];
    double best[2] = {0, 0};
    for (size_t d = 0; d < panel->count; d++) {
        uint32_t met[2] = {0, 0}, worlds[2] = {0, 0};
        for (uint32_t w = 0; w < panel->bits.worlds; w++) {
            if (bit_at(state->left[split->voter], w)) {
                bool yes = bit_at(split->row, w);
                worlds[yes]++;
                met[yes] +=
                    bit_at(panel->rows[split->voter] + d * panel->bits.words, w);
            }
        }
        for (int yes = 0; yes < 2; yes++) {
            for (size_t v = 0; v < panel->bits.voters.count; v++) {
                share[panel->bits.voters.party[v]] =
                    v == split->voter ? (double)met[yes] / worlds[yes]
                                      : (double)state->counts[v][d] / state->worlds[v];
            }
            double joint =
                worlds[yes] == 0
                    ? 0
                    : ent_joint_share(analysis->c, &analysis->councils,
                                      panel->levels + d * issues, share) *
                          worlds[yes] / state->worlds[split->voter];
            best[yes] = joint > best[yes] ? joint : best[yes];
        }
    }
    return best[0] + best[1];
}
