#include "answers/whole.h"
#include "api/ask.h"
#include "report/influence.h"

static const ent_option_row options[] = {ENT_CASE_OPTIONS};

static ent_status influence(ent_asking *asking)
{
    ent_analysis analysis;
    ent_disputes disputes = {.complete = true};
    ent_status status = ent_asked_analysis(asking, &analysis);
    if (status == ENT_OK) {
        status = ent_find_disputes(asking->work, analysis.c, analysis.on, (ent_dispute_limits){0},
                                   &disputes);
    }
    if (status != ENT_OK && status != ENT_LIMIT) {
        return status;
    }
    ent_whole_wish wish = ent_usual_wish(ENT_PART_INFLUENCE);
    ent_whole whole;
    wish.disputes = &disputes;
    status = ent_answer_whole(asking->work, &analysis, &wish, &whole);
    if (!ent_has_answer(asking, &analysis, status, whole.answered)) {
        return status;
    }
    if (asking->request->format == ENT_JSON) {
        ent_put_influence_json(asking->out, &analysis, &disputes, whole.influences);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_influence_plain(asking->out, &analysis, whole.influences);
    } else {
        ent_put_influence_text(asking->out, &asking->style, &analysis, &disputes, whole.influences);
    }
    return status;
}

const ent_question ent_ask_influence = {
    .row = {.name = "influence",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "what to find out first",
            .help = "For each statement, how the share of worlds in which some package suits all "
                    "would change if the statement were left out, or believed instead of what it "
                    "disputes; for each dispute, which way the answer goes if one of its "
                    "statements is given up.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .shared = true},
    .answer = influence,
};
