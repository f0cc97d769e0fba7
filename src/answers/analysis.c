#include "answers/analysis.h"

#include "answers/blocks.h"
#include "base/memory.h"
#include "base/random.h"

#include <string.h>

ent_status ent_analyse_accounts(ent_work *work, const ent_case *c, const ent_settings *settings,
                                ent_analysis *analysis)
{
    *analysis = (ent_analysis){.c = c, .settings = *settings};
    bool *on = ent_alloc(work->arena, c->statement_count + 1, bool);
    bool *forced = ent_alloc(work->arena, c->statement_count + 1, bool);
    bool *later = ent_alloc(work->arena, c->statement_count + 1, bool);
    ent_view_as_of(c, settings->as_of, on);
    for (uint32_t i = 0; i < c->statement_count; i++) {
        later[i] = !on[i];
    }
    for (size_t i = 0; i < settings->without_count; i++) {
        on[settings->without[i]] = false;
    }
    for (size_t i = 0; i < settings->with_count; i++) {
        on[settings->with[i]] = true;
        forced[settings->with[i]] = true;
    }
    analysis->on = on;
    analysis->later = later;
    analysis->stakes = ent_alloc(work->arena, c->party_count + 1, const ent_stakes *);
    for (uint32_t p = 0; p < c->party_count; p++) {
        analysis->stakes[p] = ent_stakes_of(work->arena, c, p);
    }
    analysis->councils = ent_councils_of(work->arena, c, analysis->stakes, settings->unnamed);
    ent_view view = {on, settings->with_count > 0 ? forced : NULL, later};
    return ent_grow_accounts(work, c, &view, &analysis->accounts);
}

/*
 * Draws of different parties, accounts and blocks must not repeat each other, but those of accounts
 * that believe the same must: they are one account with several names.
 */
static uint64_t stream_of(const ent_analysis *analysis, size_t account, uint32_t party)
{
    enum { BLOCK = 48, ACCOUNT = 32 }; /* bits; 100,000,000 worlds are some 3,000 blocks */
    size_t first = account < analysis->accounts.count ? analysis->accounts.at[account].same_as
                                                      : account;
    return (uint64_t)analysis->block << BLOCK | (uint64_t)first << ACCOUNT | party;
}

/* All worlds of an exact party are one point, but for b where its reservation is a range. */
static void place_exact(ent_work *work, const ent_stakes *stakes, ent_oracle *oracle,
                        const ent_sampling *sampling, ent_world_set *set)
{
    uint32_t worlds = sampling->worlds > 0 ? sampling->worlds : 1;
    *set = (ent_world_set){.worlds = worlds, .stride = (worlds + 63) / 64 * 64, .k = stakes->k,
                           .method = "exact", .effective = worlds, .rhat = 1};
    set->z = ent_alloc(work->arena, ((size_t)stakes->k + 1) * set->stride, float);
    set->b = ent_alloc(work->arena, set->stride, float);
    const double *none = ent_alloc(work->arena, stakes->k + 1, double);
    ent_interval b = ent_oracle_range(oracle, none, 1, 0);
    ent_stream stream = ent_stream_of(sampling->seed, sampling->stream, 0);
    for (uint32_t w = 0; w < set->stride; w++) {
        for (uint32_t u = 0; u < stakes->k; u++) {
            set->z[(size_t)u * set->stride + w] = (float)stakes->exact[u];
        }
        double share = b.high > b.low && w < worlds ? ent_draw_unit(&stream) : 0;
        set->b[w] = w < worlds ? (float)(b.low + share * (b.high - b.low)) : set->b[0];
    }
}

ent_status ent_draw_party(ent_work *work, const ent_analysis *analysis, size_t account,
                          uint32_t party, ent_account_worlds *worlds)
{
    const ent_stakes *stakes = analysis->stakes[party];
    const ent_polytope *polytope = &worlds->polytopes[party];
    ent_feasibility found;
    ent_oracle *oracle = ent_oracle_of(work->arena, polytope, &found);
    worlds->oracles[party] = oracle;
    double *start = ent_alloc(work->arena, (size_t)stakes->k + 1, double);
    memcpy(start, found.point, ((size_t)stakes->k + 1) * sizeof *start);
    ent_sampling sampling = {.worlds = analysis->settings.worlds,
                             .seed = analysis->settings.seed,
                             .stream = stream_of(analysis, account, party),
                             .prior = analysis->settings.prior,
                             .start = start};
    if (stakes->exact != NULL) {
        place_exact(work, stakes, oracle, &sampling, &worlds->sets[party]);
        return ENT_OK;
    }
    return ent_draw_worlds(work, polytope, &sampling, &worlds->sets[party]);
}

/* What is known of the account before any world is drawn. */
static void place_account(ent_work *work, const ent_analysis *analysis, size_t index,
                          ent_account_worlds *worlds)
{
    const ent_case *c = analysis->c;
    const ent_account *account = &analysis->accounts.at[index];
    worlds->account = account;
    worlds->polytopes = ent_alloc(work->arena, c->party_count + 1, ent_polytope);
    worlds->oracles = ent_alloc(work->arena, c->party_count + 1, ent_oracle *);
    worlds->sets = ent_alloc(work->arena, c->party_count + 1, ent_world_set);
    worlds->bans = ent_bans_of(work->arena, c, account->in);
    worlds->lines = ent_lines_of(work->arena, c, account->in);
    for (uint32_t p = 0; p < c->party_count; p++) {
        worlds->polytopes[p] = ent_polytope_of(work->arena, c, analysis->stakes[p], account->in);
    }
}

/* An account that believes what an earlier one does has the same worlds: they are drawn once. */
static bool take_worlds(ent_work *work, const ent_analysis *analysis, size_t index)
{
    size_t first = analysis->accounts.at[index].same_as;
    const ent_account_worlds *from = &analysis->worlds[first];
    ent_account_worlds *to = &analysis->worlds[index];
    if (first >= index || from->account == NULL) {
        return false;
    }
    for (uint32_t p = 0; p < analysis->c->party_count; p++) {
        to->oracles[p] = ent_oracle_of(work->arena, &to->polytopes[p], NULL);
        to->sets[p] = from->sets[p];
    }
    return true;
}

static ent_status draw_account(ent_work *work, const ent_analysis *analysis, size_t index)
{
    const ent_case *c = analysis->c;
    if (take_worlds(work, analysis, index)) {
        return ENT_OK;
    }
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_status status = ent_draw_party(work, analysis, index, p, &analysis->worlds[index]);
        if (status != ENT_OK) {
            return status;
        }
        if (ent_tick(work, "parties' worlds", p + 1, c->party_count)) {
            return ENT_CANCELLED;
        }
    }
    return ENT_OK;
}

static bool is_drawn(const ent_analysis *analysis, size_t account)
{
    const char *asked = analysis->settings.account;
    const ent_account *of = &analysis->accounts.at[account];
    return of->consistent && (asked == NULL || strcmp(asked, of->id) == 0);
}

/* Bytes that worlds and the draw at hand take, at the draw at which that is most. */
static double bytes_of(const ent_analysis *analysis)
{
    const double rest = 24e6; /* program, record, and what does not grow with the worlds */
    uint32_t worlds = analysis->settings.worlds;
    double kept = rest, most = 0;
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        size_t same = analysis->accounts.at[i].same_as;
        bool draws = is_drawn(analysis, i) && (same >= i || !is_drawn(analysis, same));
        for (uint32_t p = 0; p < analysis->c->party_count && draws; p++) {
            double draw = ent_draw_bytes(&analysis->worlds[i].polytopes[p], worlds);
            kept += (analysis->stakes[p]->k + 1.0) * worlds * sizeof(float);
            most = kept + draw > most ? kept + draw : most;
        }
    }
    return most;
}

ent_status ent_check_memory(ent_work *work, double bytes, const char *things)
{
    const double little = 256e6;
    if (bytes < little) {
        return ENT_OK;
    }
    double have = (double)ent_memory_to_be_had();
    bool lacks = bytes > have || !ent_arena_could_hold(work->arena, (uint64_t)bytes);
    return lacks ? ent_fail(work->diags, ENT_NOMEM, ENT_U106_OUT_OF_MEMORY,
                            "fewer worlds (--worlds) take less, as does one account (--account)",
                            "%s take about %.1f GB of memory, which are not to be had", things,
                            bytes / 1e9)
                 : ENT_OK;
}

static ent_status check_worlds(ent_work *work, const ent_analysis *analysis)
{
    return ent_check_memory(work, bytes_of(analysis),
                            ent_format(work->arena, "%u worlds of each party",
                                       analysis->settings.worlds));
}

ent_status ent_analyse(ent_work *work, const ent_case *c, const ent_settings *settings,
                       ent_analysis *analysis)
{
    ent_status status = ent_analyse_accounts(work, c, settings, analysis);
    ent_work own = *work;
    size_t count = analysis->accounts.count;
    if (status == ENT_OK && ent_goes_by_blocks(analysis)) {
        analysis->all_worlds = settings->worlds;
        analysis->kept_worlds = ent_block_worlds(settings->worlds, 0);
        analysis->settings.worlds = analysis->kept_worlds;
        own.crew = NULL; /* a process draws its worlds itself */
    }
    analysis->worlds = ent_alloc(work->arena, count + 1, ent_account_worlds);
    analysis->kept = ent_alloc(work->arena, count + 1, ent_kept);
    for (size_t i = 0; i < count && status == ENT_OK; i++) {
        if (is_drawn(analysis, i)) {
            place_account(work, analysis, i, &analysis->worlds[i]);
        }
    }
    status = status == ENT_OK ? check_worlds(work, analysis) : status;
    for (size_t i = 0; i < count && status == ENT_OK; i++) {
        if (is_drawn(analysis, i)) {
            status = draw_account(&own, analysis, i);
        }
    }
    return status;
}
