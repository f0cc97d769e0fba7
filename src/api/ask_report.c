#include "api/ask.h"
#include "report/summary.h"

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"threshold", "X", ENT_OPTION_NUMBER, false, "joint share that counts as a bridge (0.5)"},
};

/* A limit that one answer reached does not keep the others from being given. */
static ent_status worse(ent_status a, ent_status b)
{
    return a == ENT_OK || a == ENT_LIMIT ? (b == ENT_OK ? a : b) : a;
}

static bool goes_on(ent_status status)
{
    return status == ENT_OK || status == ENT_LIMIT;
}

static ent_status answer_account(ent_work *work, const ent_analysis *analysis, size_t i,
                                 const ent_disputes *disputes, ent_deals *deals,
                                 ent_bridge *bridge, ent_influence *influence)
{
    ent_deals_request request = {.top = 5, .verdicts = true};
    ent_status status = ent_answer_deals(work, analysis, i, &request, deals);
    if (goes_on(status)) {
        status = worse(status, ent_answer_bridge(work, analysis, i, bridge));
    }
    if (goes_on(status)) {
        status = worse(status, ent_answer_influence(work, analysis, i, disputes, influence));
    }
    return status;
}

static ent_status report(ent_asking *asking)
{
    ent_analysis analysis;
    ent_disputes disputes;
    ent_work *work = asking->work;
    ent_status status = ent_asked_analysis(asking, &analysis);
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "threshold", 0, 1, &analysis.settings.threshold);
    }
    if (status == ENT_OK) {
        status = ent_find_disputes(work, analysis.c, analysis.on, (ent_dispute_limits){0},
                                   &disputes);
    }
    if (!goes_on(status)) {
        return status;
    }
    size_t count = analysis.accounts.count;
    ent_deals *deals = ent_alloc(work->arena, count + 1, ent_deals);
    ent_bridge *bridges = ent_alloc(work->arena, count + 1, ent_bridge);
    ent_influence *influences = ent_alloc(work->arena, count + 1, ent_influence);
    for (size_t i = 0; i < count && goes_on(status); i++) {
        if (analysis.worlds[i].account != NULL) {
            status = worse(status, answer_account(work, &analysis, i, &disputes, &deals[i],
                                                  &bridges[i], &influences[i]));
        }
    }
    if (!goes_on(status)) {
        return status;
    }
    ent_summary summary = {&analysis, &disputes,  deals,
                           bridges,   influences, asking->request->inputs[0].path};
    if (asking->request->format == ENT_JSON) {
        ent_put_summary_json(asking->out, &summary);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_summary_plain(asking->out, &summary);
    } else {
        ent_put_summary_text(asking->out, &asking->style, &summary);
    }
    return status;
}

const ent_question ent_ask_report = {
    .row = {.name = "report",
            .form = "CASE",
            .least = 1,
            .most = 1,
            .summary = "the whole answer, on one page",
            .help = "The question and the answer in a sentence, the accounts side by side, what is "
                    "in dispute and what is not, the best packages, what would be necessary, what "
                    "to find out first, assumptions, method and limits.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true},
    .answer = report,
};
