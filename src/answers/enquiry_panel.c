#include "answers/enquiry_panel.h"

#include <stdlib.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

ent_panel ent_panel_of(ent_work *work, const ent_bits *bits, const ent_candidates *candidates)
{
    ent_panel panel = {.bits = *bits, .levels = candidates->levels, .count = candidates->count};
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
typedef struct offer {
    double joint, slope, fixed;
    uint32_t count; /* of the voter's worlds that are left accept it */
    size_t package;
} offer;

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

/*
 * Keep the packages that can be best after some answer: not those that the voter accepts only where
 * it accepts another one that the rest accept as readily. O(packages * kept), ended early mostly.
 */
static size_t keep_undominated(const ent_panel *panel, const ent_state *state, size_t voter,
                               offer *offers, size_t count)
{
    qsort(offers, count, sizeof *offers, steepest_first);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool dominated = false;
        for (size_t k = 0; k < kept && !dominated; k++) {
            dominated = offers[k].count >= offers[i].count &&
                        offers[k].fixed >= offers[i].fixed &&
                        lies_within(panel, state, voter, offers[i].package, offers[k].package);
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
                (offer){state->joint[d], joint_of(panel, state, d, voter, &all, share) - fixed,
                        fixed, state->counts[voter][d], d};
        }
    }
    *count = keep_undominated(panel, state, voter, offers, *count);
    qsort(offers, *count, sizeof *offers, best_first);
    return offers;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/*
 * The best package after each answer. Packages come by joint share J, highest first; one whose J
 * is below what was found for both answers ends the search, since share of answer * J(answer) <= J.
 */
static void score(const ent_panel *panel, const ent_state *state, const offer *offers,
                  size_t count, uint64_t *yes_row, ent_split *split)
{
    size_t words = panel->bits.words;
    const uint64_t *left = state->left[split->voter];
    for (size_t w = 0; w < words; w++) {
        yes_row[w] = split->row[w] & left[w];
    }
    uint32_t worlds = state->worlds[split->voter];
    uint32_t yes = ent_count_row(yes_row, words);
    uint32_t no = worlds - yes;
    split->yes = (double)yes / worlds;
    split->yes_value = split->no_value = 0;
    split->if_yes = split->if_no = SIZE_MAX;
    const uint64_t *rows = panel->rows[split->voter];
    double if_yes = 0, if_no = 0; /* times worlds */
    for (size_t i = 0; i < count; i++) {
        const offer *o = &offers[i];
        double most = o->joint * worlds;
        if (most <= if_yes && most <= if_no) {
            break;
        }
        if (o->slope * least(o->count, yes) + o->fixed * yes <= if_yes &&
            o->slope * least(o->count, no) + o->fixed * no <= if_no) {
            continue;
        }
        uint32_t both = ent_count_both(rows + o->package * words, yes_row, words);
        double now_yes = o->slope * both + o->fixed * yes;
        double now_no = o->slope * (o->count - both) + o->fixed * no;
        if (now_yes > if_yes) {
            if_yes = now_yes;
            split->if_yes = o->package;
        }
        if (now_no > if_no) {
            if_no = now_no;
            split->if_no = o->package;
        }
    }
    split->yes_value = if_yes / worlds;
    split->no_value = if_no / worlds;
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
    uint64_t *scratch = ent_alloc(work->arena, (size_t)threads * panel->bits.words, uint64_t);
    int64_t stop = 0;
    for (size_t from = 0; from < count && stop == 0;
         from += (size_t)CHUNK * (size_t)threads * 16) {
        size_t end = from + (size_t)CHUNK * (size_t)threads * 16;
        end = end < count ? end : count;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
        for (int64_t t = 0; t < (int64_t)((end - from + CHUNK - 1) / CHUNK); t++) {
            int thread = 0;
#ifdef _OPENMP
            thread = omp_get_thread_num();
#endif
            size_t first = from + (size_t)t * CHUNK;
            for (size_t i = first; i < end && i < first + CHUNK; i++) {
                size_t v = splits[i].voter;
                score(panel, state, offers[v], offered[v],
                      scratch + (size_t)thread * panel->bits.words, &splits[i]);
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
