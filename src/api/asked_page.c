#include "api/asked_page.h"

/* A limit that one answer reached does not keep the others from being given. */
static bool goes_on(ent_status status)
{
    return status == ENT_OK || status == ENT_LIMIT;
}

static ent_status answer_whole(ent_work *work, const ent_page *page, ent_page_wish wish,
                               ent_whole *whole)
{
    ent_whole_wish all = ent_usual_wish(wish.piece ? 0 : ENT_PART_PICTURE);
    all.picture = (ent_picture_request){.frontier = 200, .others = 160, .verdicts = true};
    all.lenient = true;
    all.disputes = page->disputes;
    all.every_measure = true;
    all.zone_alone = true;
    all.hold_positions = true;
    all.parts |= wish.parts;
    return ent_answer_whole(work, page->analysis, &all, whole);
}

/* The parts of one account, which the document has together. */
static void gather(const ent_whole *whole, size_t account, unsigned parts, ent_page_account *here)
{
    *here = (ent_page_account){.picture = &whole->pictures[account]};
    if (parts & ENT_PART_EXCHANGE) {
        here->maps = whole->maps[account];
        here->map_count = whole->map_count[account];
    }
    here->bridge = parts & ENT_PART_BRIDGE ? &whole->bridges[account] : NULL;
    here->influence = parts & ENT_PART_INFLUENCE ? &whole->influences[account] : NULL;
    if (parts & ENT_PART_PLAN) {
        const ent_planned *plan = &whole->plans[account];
        here->plan = plan->deal != NULL && plan->plan.phase_count > 0 ? plan : NULL;
    }
    for (size_t i = 0; i < whole->walk_count; i++) {
        here->walks = whole->walks[i].account == account && here->walk_count == 0
                          ? &whole->walks[i]
                          : here->walks;
        here->walk_count += whole->walks[i].account == account;
    }
    for (size_t i = 0; i < whole->held_count; i++) {
        here->held = whole->held[i].account == account && here->held_count == 0 ? &whole->held[i]
                                                                                : here->held;
        here->held_count += whole->held[i].account == account;
    }
}

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
    ent_whole whole;
    if (goes_on(status)) {
        status = answer_whole(work, page, wish, &whole);
    }
    if (!goes_on(status)) {
        return status;
    }
    ent_page_account *accounts =
        ent_alloc(work->arena, analysis->accounts.count + 1, ent_page_account);
    page->accounts = accounts;
    for (size_t i = 0; i < analysis->accounts.count && goes_on(status); i++) {
        if (analysis->worlds[i].account == NULL) {
            continue;
        }
        if (wish.piece) {
            ent_frame_picture(work, analysis, i, &whole.pictures[i]);
            whole.pictures[i].deals.zone = whole.deals[i].zone;
        }
        gather(&whole, i, wish.parts, &accounts[i]);
    }
    return status;
}
