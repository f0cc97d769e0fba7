#include "answers/deals.h"
#include "api/results.h"

#include <string.h>

static void destroy_results(void *object)
{
    ent_numbers *results = object;
    ent_arena_destroy(results->arena);
}

ent_numbers *ent_numbers_of(ent_arena *arena, const ent_allocator *allocator)
{
    ent_numbers *results = ent_alloc(arena, 1, ent_numbers);
    results->allocator = allocator;
    ent_defer(arena, destroy_results, results);
    return results;
}

typedef struct keeping {
    ent_numbers *results;
    ent_keeper *keeper;
    const void *from;
} keeping;

static ent_status run_keeper(void *argument)
{
    keeping *k = argument;
    k->keeper(k->results->arena, k->results, k->from);
    return ENT_OK;
}

void ent_keep(ent_asking *asking, ent_keeper *keeper, const void *from)
{
    keeping k = {asking->results, keeper, from};
    if (k.results->arena == NULL) {
        k.results->arena = ent_arena_create(k.results->allocator);
    }
    if (k.results->arena == NULL || ent_protect(k.results->arena, run_keeper, &k) != ENT_OK) {
        ent_out_of_memory(asking->work->arena);
    }
}

const char *const *ent_keep_names(ent_arena *arena, const char *const *names, size_t count)
{
    const char **copies = ent_alloc(arena, count + 1, const char *);
    for (size_t i = 0; i < count; i++) {
        copies[i] = ent_copy(arena, names[i]);
    }
    return copies;
}

/* ---- Deals ---------------------------------------------------------------------------------- */

static const char *const *party_ids(ent_arena *arena, const ent_case *c)
{
    const char **ids = ent_alloc(arena, c->party_count + 1, const char *);
    for (uint32_t p = 0; p < c->party_count; p++) {
        ids[p] = ent_copy(arena, c->parties[p].id);
    }
    return ids;
}

static const ent_issue_row *issue_rows(ent_arena *arena, const ent_space *space)
{
    static const ent_issue_form forms[] = {[ENT_OPTIONS] = ENT_ISSUE_OPTIONS,
                                           [ENT_ITEMS] = ENT_ISSUE_ITEMS,
                                           [ENT_RANGE] = ENT_ISSUE_RANGE};
    ent_issue_row *rows = ent_alloc(arena, space->issue_count + 1, ent_issue_row);
    for (uint32_t i = 0; i < space->issue_count; i++) {
        const ent_issue *issue = &space->issues[i];
        rows[i] = (ent_issue_row){.id = ent_copy(arena, issue->id),
                                  .name = ent_copy(arena, issue->name),
                                  .form = forms[issue->kind],
                                  .levels = issue->levels,
                                  .parts = issue->parts,
                                  .from = issue->from,
                                  .step = issue->step};
        rows[i].part = ent_keep_names(arena, (const char *const *)issue->part_ids, issue->parts);
    }
    return rows;
}

static ent_deals_result deals_of(ent_arena *arena, const ent_case *c, const ent_account *account,
                                 const ent_deals *from)
{
    static const uint8_t verdicts_of[] = {[ENT_POSSIBLE] = ENT_DEAL_POSSIBLE,
                                          [ENT_NECESSARY] = ENT_DEAL_NECESSARY,
                                          [ENT_IMPOSSIBLE] = ENT_DEAL_IMPOSSIBLE};
    size_t parties = c->party_count;
    size_t issues = c->space.issue_count;
    uint64_t *levels = ent_alloc(arena, from->count * issues + 1, uint64_t);
    double *shares = ent_alloc(arena, from->count * parties + 1, double);
    double *joint = ent_alloc(arena, from->count + 1, double);
    uint8_t *verdicts = ent_alloc(arena, from->count * parties + 1, uint8_t);
    uint8_t *frontier = ent_alloc(arena, from->count + 1, uint8_t);
    for (size_t d = 0; d < from->count; d++) {
        const ent_deal *deal = &from->at[d];
        memcpy(levels + d * issues, deal->levels, issues * sizeof *levels);
        memcpy(shares + d * parties, deal->shares, parties * sizeof *shares);
        joint[d] = deal->joint;
        frontier[d] = deal->frontier;
        for (size_t p = 0; deal->verdicts != NULL && p < parties; p++) {
            verdicts[d * parties + p] = verdicts_of[deal->verdicts[p]];
        }
    }
    return (ent_deals_result){.size = sizeof(ent_deals_result),
                              .account = ent_copy(arena, account->id),
                              .zone = from->zone.share,
                              .zone_error = from->zone.error,
                              .impossible = from->zone.impossible,
                              .worlds = from->zone.worlds,
                              .parties = parties,
                              .issues = issues,
                              .deals = from->count,
                              .levels = levels,
                              .shares = shares,
                              .joint = joint,
                              .verdicts = verdicts,
                              .frontier = frontier};
}

typedef struct answered {
    const ent_analysis *analysis;
    const ent_deals *deals;
} answered;

static void keep_deals(ent_arena *arena, ent_numbers *results, const void *from)
{
    const answered *k = from;
    const ent_case *c = k->analysis->c;
    const ent_accounts *accounts = &k->analysis->accounts;
    ent_deals_result *deals = ent_alloc(arena, accounts->count + 1, ent_deals_result);
    const char *const *parties = party_ids(arena, c);
    const ent_issue_row *issues = issue_rows(arena, &c->space);
    for (size_t i = 0; i < accounts->count; i++) {
        if (k->analysis->worlds[i].account != NULL) {
            ent_deals_result *made = &deals[results->deals_count++];
            *made = deals_of(arena, c, &accounts->at[i], &k->deals[i]);
            made->party = parties;
            made->issue = issues;
        }
    }
    results->deals = deals;
}

void ent_keep_deals(ent_asking *asking, const ent_analysis *analysis, const ent_deals *deals)
{
    ent_keep(asking, keep_deals, &(answered){analysis, deals});
}
