#include "answers/enquiry_panel.h"

#include <stdlib.h>
#include <string.h>

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

ent_status ent_check_panel(ent_work *work, const ent_bits *bits, size_t packages)
{
    double bytes = 0;
    for (size_t v = 0; v < bits->voters.count; v++) {
        const ent_world_set *set = bits->voters.at[v].set;
        bytes += (double)packages * (double)bits->words * sizeof(uint64_t) +
                 ((double)set->k + 1) * set->stride * sizeof(float);
    }
    return ent_check_memory(work, bytes,
                            ent_format(work->arena, "%zu packages in each of %u worlds", packages,
                                       bits->worlds));
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

double ent_panel_joint(const ent_panel *panel, const ent_state *state, size_t package,
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
        state->joint[d] = ent_panel_joint(panel, state, d, 0, NULL, share);
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
            if (worlds[yes] == 0) {
                continue; /* nobody says so */
            }
            for (size_t v = 0; v < panel->bits.voters.count; v++) {
                share[panel->bits.voters.party[v]] =
                    v == split->voter ? (double)met[yes] / worlds[yes]
                                      : (double)state->counts[v][d] / state->worlds[v];
            }
            double joint = ent_joint_share(analysis->c, &analysis->councils,
                                           panel->levels + d * issues, share) *
                           worlds[yes] / state->worlds[split->voter];
            best[yes] = joint > best[yes] ? joint : best[yes];
        }
    }
    return best[0] + best[1];
}
