#include "api/ask.h"
#include "report/summary.h"

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"threshold", "X", ENT_OPTION_NUMBER, false, "joint share that counts as a bridge (0.5)"},
    {"full", NULL, ENT_OPTION_FLAG, false, "every section, not one page alone"},
};

/* One page, or what has every section? */
static bool is_whole(const ent_asking *asking)
{
    return asking->request->format != ENT_TEXT || ent_asked_flag(asking, "full");
}

static void print(ent_asking *asking, const ent_summary *s)
{
    if (asking->request->format == ENT_JSON) {
        ent_put_summary_json(asking->out, s);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_summary_plain(asking->out, s);
    } else if (is_whole(asking)) {
        ent_put_summary_text(asking->out, &asking->style, s);
    } else {
        ent_put_summary_page(asking->out, &asking->style, s);
    }
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
    ent_status found = status == ENT_OK ? ent_find_disputes(work, analysis.c, analysis.on,
                                                            (ent_dispute_limits){0}, &disputes)
                                        : status;
    if (found != ENT_OK && found != ENT_LIMIT) {
        return found;
    }
    unsigned page = ENT_PART_DEALS | ENT_PART_WAYS;
    unsigned rest = ENT_PART_BRIDGE | ENT_PART_INFLUENCE | ENT_PART_PLAN | ENT_PART_WALK;
    ent_whole_wish wish = ent_usual_wish(is_whole(asking) ? page | rest : page);
    ent_whole whole;
    wish.lenient = true;
    wish.disputes = &disputes;
    wish.plan.brief = true;
    wish.enquiry.counted = asking->request->format == ENT_JSON; /* the text does not say */
    status = ent_answer_whole(work, &analysis, &wish, &whole);
    ent_summary summary = {.analysis = &analysis,
                           .disputes = &disputes,
                           .whole = &whole,
                           .command_case = asking->request->inputs[0].path};
    if (ent_has_answer(asking, &analysis, status, whole.answered)) {
        print(asking, &summary);
    }
    return status == ENT_OK ? found : status;
}

const ent_question ent_ask_report = {
    .row = {.name = "report",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "the whole answer, on one page",
            .help = "The question and the answer in a sentence, the accounts side by side, what is "
                    "in dispute, the best package, what to ask first, what is assumed: one page. "
                    "With --full every section: what would have to change, the steps that trust "
                    "can carry, staying or walking, what to find out first, method and limits.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .shared = true},
    .answer = report,
};
