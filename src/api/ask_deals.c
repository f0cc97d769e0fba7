#include "api/results.h"
#include "report/deals.h"

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"top", "K", ENT_OPTION_COUNT, false, "list the K best deals (10); 0 for all"},
};

static ent_status deals_of_accounts(ent_asking *asking, const ent_analysis *analysis,
                                    const ent_deals_request *request, ent_deals *deals)
{
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account != NULL) {
            ent_status status = ent_answer_deals(asking->work, analysis, i, request, &deals[i]);
            if (status == ENT_OK) {
                status = ent_range_zone(asking->work, analysis, i, &deals[i].zone);
            }
            if (status != ENT_OK) {
                return status;
            }
        }
    }
    return ENT_OK;
}

static ent_status deals(ent_asking *asking)
{
    ent_analysis analysis;
    uint64_t top = 10;
    ent_status status = ent_asked_count(asking, "top", 0, 1000000000, &top);
    if (status == ENT_OK) {
        status = ent_asked_analysis(asking, &analysis);
    }
    if (status != ENT_OK) {
        return status;
    }
    ent_deals *found = ent_alloc(asking->work->arena, analysis.accounts.count + 1, ent_deals);
    ent_deals_request request = {.top = (size_t)top, .verdicts = true};
    status = deals_of_accounts(asking, &analysis, &request, found);
    if (status != ENT_OK && status != ENT_LIMIT) {
        return status;
    }
    ent_keep_deals(asking, &analysis, found);
    if (asking->request->format == ENT_JSON) {
        ent_put_deals_json(asking->out, &analysis, found);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_deals_plain(asking->out, &analysis, found);
    } else if (asking->request->format == ENT_TEXT) {
        ent_put_deals_text(asking->out, &asking->style, &analysis, found);
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
