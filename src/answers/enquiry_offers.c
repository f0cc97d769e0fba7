#include "answers/enquiry_offers.h"

#include "base/kernel.h"

#include <stdlib.h>
#include <string.h>

enum { LANES = ENT_OFFER_LANES };
/* Room for what float32 rounds away in two products and a sum. */
#define A_LITTLE_MORE (1 + 1e-6)

static size_t stretch_start(const ent_panel *panel, size_t stretch)
{
    return stretch * panel->bits.words / ENT_STRETCHES;
}

/* Counts in units of worlds, so that sixteen bits hold the sum over all stretches. */
static uint32_t unit_of(uint32_t worlds)
{
    uint32_t unit = 1;
    while (worlds / unit + ENT_STRETCHES > UINT16_MAX) {
        unit *= 2;
    }
    return unit;
}

/* Bits of both rows in each stretch of words, in units and rounded up. */
static void count_stretches(const ent_panel *panel, const uint64_t *row, const uint64_t *left,
                            uint32_t unit, uint16_t *in)
{
    for (size_t g = 0; g < ENT_STRETCHES; g++) {
        size_t start = stretch_start(panel, g);
        uint32_t count =
            ent_count_both(row + start, left + start, stretch_start(panel, g + 1) - start);
        in[g] = (uint16_t)((count + unit - 1) / unit);
    }
}

/* ---- Which packages ------------------------------------------------------------------------- */

static int best_first(const void *left, const void *right)
{
    const ent_offer *a = left;
    const ent_offer *b = right;
    if (a->joint != b->joint) {
        return a->joint > b->joint ? -1 : 1;
    }
    return (a->package > b->package) - (a->package < b->package);
}

/* The offers' numbers in lanes. */
static void lay_out(ent_arena *arena, const ent_panel *panel, const ent_state *state, size_t voter,
                    ent_offers *o)
{
    uint16_t in[ENT_STRETCHES];
    o->lanes = (o->count + LANES - 1) / LANES * LANES;
    o->in = ent_alloc(arena, o->lanes * ENT_STRETCHES + 1, uint16_t);
    o->slope = ent_alloc(arena, o->lanes + 1, float);
    o->fixed = ent_alloc(arena, o->lanes + 1, float);
    for (size_t i = 0; i < o->count; i++) {
        const ent_offer *offer = &o->at[i];
        uint16_t *to = o->in + i / LANES * LANES * ENT_STRETCHES + i % LANES;
        count_stretches(panel, panel->rows[voter] + offer->package * panel->bits.words,
                        state->left[voter], o->unit, in);
        for (size_t g = 0; g < ENT_STRETCHES; g++) {
            to[g * LANES] = in[g];
        }
        o->slope[i] = (float)(offer->slope * o->unit * A_LITTLE_MORE);
        o->fixed[i] = (float)(offer->fixed * A_LITTLE_MORE);
    }
}

ent_offers ent_offers_to(ent_work *work, const ent_panel *panel, const ent_state *state,
                         size_t voter)
{
    static const double none = 0, all = 1;
    double *share = ent_alloc(work->arena, panel->bits.analysis->c->party_count + 1, double);
    ent_offer *at = ent_alloc(work->arena, panel->count + 1, ent_offer);
    ent_offers offers = {.at = at, .unit = unit_of(panel->bits.worlds)};
    for (size_t d = 0; d < panel->count; d++) {
        if (state->joint[d] > 0) {
            double fixed = ent_panel_joint(panel, state, d, voter, &none, share);
            at[offers.count++] = (ent_offer){
                .joint = state->joint[d],
                .slope = ent_panel_joint(panel, state, d, voter, &all, share) - fixed,
                .fixed = fixed,
                .count = state->counts[voter][d],
                .package = d};
        }
    }
    qsort(at, offers.count, sizeof *at, best_first);
    lay_out(work->arena, panel, state, voter, &offers);
    return offers;
}

/* ---- Bounds --------------------------------------------------------------------------------- */

/* One block of offers: sums of the lesser counts, what they come to, and the greatest by lane. */
ENT_KERNEL_COUNT static void bound_block(const uint16_t *restrict in,
                                         const uint16_t *restrict answers,
                                         const float *restrict slope, const float *restrict fixed,
                                         float worlds, float *restrict to, float *restrict most)
{
    uint16_t sum[LANES] = {0};
    for (size_t g = 0; g < ENT_STRETCHES; g++) {
        uint16_t answer = answers[g];
        for (size_t l = 0; l < LANES; l++) {
            uint16_t here = in[g * LANES + l];
            sum[l] = (uint16_t)(sum[l] + (here < answer ? here : answer));
        }
    }
    for (size_t l = 0; l < LANES; l++) {
        to[l] = slope[l] * (float)sum[l] + fixed[l] * worlds;
        most[l] = to[l] > most[l] ? to[l] : most[l];
    }
}

/* Where the greatest stands. */
static size_t place_of_greatest(const float *most, const float *at, size_t count)
{
    float greatest = 0;
    for (size_t l = 0; l < LANES; l++) {
        greatest = most[l] > greatest ? most[l] : greatest;
    }
    size_t i = 0;
    while (i < count && !(at[i] >= greatest)) {
        i++;
    }
    return greatest > 0 && i < count ? i : SIZE_MAX;
}

/* One answer: its bounds, and the offer of which most can be hoped for. */
static size_t bound_answer(const ent_panel *panel, const ent_offers *offers, const uint64_t *row,
                           uint32_t worlds, float *to)
{
    uint16_t answers[ENT_STRETCHES];
    float most[LANES] = {0};
    count_stretches(panel, row, row, offers->unit, answers);
    for (size_t i = 0; i < offers->lanes; i += LANES) {
        bound_block(offers->in + i * ENT_STRETCHES, answers, offers->slope + i, offers->fixed + i,
                    (float)worlds, to + i, most);
    }
    return place_of_greatest(most, to, offers->count);
}

void ent_bound_offers(const ent_panel *panel, const ent_offers *offers, const uint64_t *yes_row,
                      const uint64_t *no_row, uint32_t yes, uint32_t no, ent_offer_bounds *bounds)
{
    bounds->best_yes = bound_answer(panel, offers, yes_row, yes, bounds->yes);
    bounds->best_no = bound_answer(panel, offers, no_row, no, bounds->no);
}
