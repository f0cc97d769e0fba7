#include "answers/blocks.h"
#include "answers/whole.h"
#include "api/results.h"
#include "report/deals.h"

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"top", "K", ENT_OPTION_COUNT, false, "list the K best deals (10); 0 for all"},
};

/* What the blocks come to that were counted before somebody asked to stop, without programs. */
static ent_deals *part_of(ent_asking *asking, const ent_analysis *analysis, size_t top)
{
    size_t count = analysis->accounts.count;
    ent_deals *at = ent_alloc(asking->work->arena, count + 1, ent_deals);
    ent_deals_request request = {.top = top, .alone = true};
    ent_work last = *asking->work;
    last.stopped = NULL;
    last.tick = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t first = ent_first_told(analysis, i);
        if (first < i) {
            at[i] = at[first];
        } else if (analysis->worlds[i].account != NULL) {
            (void)ent_answer_deals(&last, analysis, i, &request, &at[i]);
        }
    }
    return at;
}

static ent_status deals(ent_asking *asking)
{
    ent_analysis analysis, told;
    uint64_t top = 10;
    ent_status status = ent_asked_count(asking, "top", 0, 1000000000, &top);
    if (status == ENT_OK) {
        status = ent_asked_shares(asking, &analysis);
    }
    if (status != ENT_OK) {
        return status;
    }
    ent_whole_wish wish = ent_usual_wish(ENT_PART_DEALS);
    ent_whole whole = {.answered = analysis.accounts.count};
    wish.deals.top = (size_t)top;
    wish.deals.alone = true;
    status = ent_count_blocks(asking->work, &analysis, &told);
    if (status == ENT_OK) {
        status = ent_answer_whole(asking->work, &analysis, &wish, &whole);
    } else if (status == ENT_CANCELLED && told.interrupted) {
        whole.deals = part_of(asking, &analysis, (size_t)top);
    } else {
        return status;
    }
    if (!ent_has_answer(asking, &told, status, whole.answered)) {
        return status;
    }
    ent_keep_deals(asking, &told, whole.deals);
    if (asking->request->format == ENT_JSON) {
        ent_put_deals_json(asking->out, &told, whole.deals);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_deals_plain(asking->out, &told, whole.deals);
    } else if (asking->request->format == ENT_TEXT) {
        ent_put_deals_text(asking->out, &asking->style, &told, whole.deals);
    }
    return status;
}

const ent_question ent_ask_deals = {
    .row = {.name = "deals",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "list and rank packages",
            .help = "For each account: the share of preference worlds in which some package suits "
                    "all, and each package with the share of worlds in which each party accepts "
                    "it. Necessary and impossible are proved, shares are sampled.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .has_numbers = true,
            .shared = true},
    .answer = deals,
};
