#include "api/ask.h"
#include "report/priorities.h"

static const ent_option_row options[] = {ENT_CASE_OPTIONS};

static ent_status priorities(ent_asking *asking)
{
    ent_analysis analysis;
    ent_status status = ent_asked_analysis(asking, &analysis);
    if (status != ENT_OK) {
        return status;
    }
    const ent_priorities **found =
        ent_alloc(asking->work->arena, analysis.accounts.count + 1, const ent_priorities *);
    for (size_t i = 0; i < analysis.accounts.count; i++) {
        if (analysis.worlds[i].account != NULL) {
            found[i] = ent_answer_priorities(asking->work, &analysis, i);
        }
    }
    if (asking->request->format == ENT_JSON) {
        ent_put_priorities_json(asking->out, &analysis, found);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_priorities_plain(asking->out, &analysis, found);
    } else {
        ent_put_priorities_text(asking->out, &asking->style, &analysis, found);
    }
    return ENT_OK;
}

const ent_question ent_ask_priorities = {
    .row = {.name = "priorities",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "what is known of what matters to whom",
            .help = "For each account, party and issue: how much of all that is at stake for the "
                    "party the issue can be, at least and at most, which is exact; where the "
                    "middle of the worlds lies and eight of ten; which rank it can have; and "
                    "which issues nothing on record puts a price on.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .shared = true},
    .answer = priorities,
};
