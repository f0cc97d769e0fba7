#include "api/asked_page.h"

#include <string.h>

/* A limit that one answer reached does not keep the others from being given. */
static bool goes_on(ent_status status)
{
    return status == ENT_OK || status == ENT_LIMIT;
}

/* ---- Exchange maps -------------------------------------------------------------------------- */

/* By importance, then by every metric of the case; by parts where there is no metric. */
static ent_status maps_of(ent_work *work, const ent_analysis *analysis, size_t account,
                          const ent_tally *tally, ent_page_account *here)
{
    const ent_case *c = analysis->c;
    ent_exchange_map *maps = ent_alloc(work->arena, c->metric_count + 2, ent_exchange_map);
    ent_status status = ENT_OK;
    for (uint32_t m = 0; m < c->metric_count + 2 && goes_on(status); m++) {
        ent_exchange_request request = {.a = ENT_NONE, .b = ENT_NONE};
        request.measure = m == 0                    ? (ent_measure){ENT_SCOPE_IMPORTANCE, 0}
                          : m <= c->metric_count ? (ent_measure){ENT_SCOPE_METRIC, m - 1}
                                                    : (ent_measure){ENT_SCOPE_PARTS, 0};
        ent_exchange_map *map = &maps[here->map_count];
        status = ent_answer_exchange(work, analysis, account, tally, &request, map);
        bool says = map->x.measure.scope == request.measure.scope ||
                    map->y.measure.scope == request.measure.scope;
        here->map_count += goes_on(status) && says;
    }
    here->maps = maps;
    return status;
}

/* ---- One account ---------------------------------------------------------------------------- */

static ent_status answer_rest(ent_work *work, const ent_analysis *analysis, size_t account,
                              const ent_disputes *disputes, const ent_tally *tally,
                              unsigned parts, ent_page_account *here)
{
    ent_bridge *bridge = ent_alloc(work->arena, 1, ent_bridge);
    ent_influence *influence = ent_alloc(work->arena, 1, ent_influence);
    ent_status status = ENT_OK;
    if (parts & ENT_PAGE_EXCHANGE) {
        status = maps_of(work, analysis, account, tally, here);
    }
    if (goes_on(status) && parts & (ENT_PAGE_BRIDGE | ENT_PAGE_STABILITY)) {
        status = ent_answer_bridge(work, analysis, account, bridge);
        here->bridge = bridge;
    }
    if (goes_on(status) && parts & ENT_PAGE_INFLUENCE) {
        status = ent_answer_influence(work, analysis, account, disputes, influence);
        here->influence = influence;
    }
    if (goes_on(status) && parts & (ENT_PAGE_PLAN | ENT_PAGE_WALK | ENT_PAGE_STABILITY)) {
        ent_status later = ent_asked_steps(work, analysis, account, parts, here);
        status = later != ENT_OK ? later : status;
    }
    return status;
}

static ent_status answer_account(ent_work *work, const ent_analysis *analysis, size_t account,
                                 const ent_disputes *disputes, unsigned parts,
                                 ent_page_account *here)
{
    const ent_picture_request request = {.frontier = 200, .others = 160, .verdicts = true};
    ent_picture *picture = ent_alloc(work->arena, 1, ent_picture);
    ent_tally swept;
    const ent_tally *tally = NULL;
    if (ent_can_sweep(analysis)) {
        ent_status status = ent_tally_account(work, analysis, account, &swept);
        if (status != ENT_OK) {
            return status;
        }
        tally = &swept;
    }
    ent_status status = ent_make_picture(work, analysis, account, tally, &request, picture);
    here->picture = picture;
    return goes_on(status) ? answer_rest(work, analysis, account, disputes, tally, parts, here)
                           : status;
}

/* ---- The page ------------------------------------------------------------------------------- */

ent_status ent_asked_page(ent_asking *asking, ent_page_wish wish, ent_page *page)
{
    ent_work *work = asking->work;
    ent_analysis *analysis = ent_alloc(work->arena, 1, ent_analysis);
    ent_disputes *disputes = ent_alloc(work->arena, 1, ent_disputes);
    *page = (ent_page){.analysis = analysis,
                       .disputes = disputes,
                       .as_of = ent_asked_text(asking, "as-of"),
                       .parts = wish.parts,
                       .piece = wish.piece};
    ent_status status = ent_asked_analysis(asking, analysis);
    if (status == ENT_OK) {
        status = ent_find_disputes(work, analysis->c, analysis->on,
                                   (ent_dispute_limits){.disputes = 200}, disputes);
    }
    if (goes_on(status)) {
        status = ent_consistent(work, analysis->c, analysis->on, &page->both_consistent,
                                &page->both_dispute);
    }
    ent_page_account *accounts =
        ent_alloc(work->arena, analysis->accounts.count + 1, ent_page_account);
    page->accounts = accounts;
    for (size_t i = 0; i < analysis->accounts.count && goes_on(status); i++) {
        if (analysis->worlds[i].account != NULL) {
            status = answer_account(work, analysis, i, disputes, wish.parts,
                                    &accounts[i]);
        }
    }
    return status;
}
