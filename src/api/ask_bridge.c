#include "answers/whole.h"
#include "api/ask.h"
#include "report/bridge.h"

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"threshold", "X", ENT_OPTION_NUMBER, false, "joint share that counts as a bridge (0.5)"},
    {"third", "NAME", ENT_OPTION_TEXT, false, "what this party could add: the issues it gives"},
};

/* What the third party could add in each account; *thirds NULL when none was named. */
static ent_status ask_third(ent_asking *asking, const ent_analysis *analysis, ent_third **thirds)
{
    const char *name = ent_asked_text(asking, "third");
    *thirds = NULL;
    if (name == NULL) {
        return ENT_OK;
    }
    uint32_t party = ent_find_party(analysis->c, name);
    if (party == ENT_NONE) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U105_NO_SUCH_NAME, NULL,
                        "there is no party `%s`", name);
    }
    ent_status status = ENT_OK;
    *thirds = ent_alloc(asking->work->arena, analysis->accounts.count + 1, ent_third);
    for (size_t i = 0; i < analysis->accounts.count && status == ENT_OK; i++) {
        if (analysis->worlds[i].account != NULL) {
            status = ent_answer_third(asking->work, analysis, i, party, &(*thirds)[i]);
        }
    }
    return status;
}

static void print_third(ent_asking *asking, const ent_analysis *analysis, const ent_third *thirds)
{
    if (asking->request->format == ENT_PLAIN) {
        ent_put_third_plain(asking->out, analysis, thirds);
    } else {
        ent_put_third_text(asking->out, &asking->style, analysis, thirds);
    }
}

static ent_status bridge(ent_asking *asking)
{
    ent_analysis analysis;
    ent_third *thirds = NULL;
    ent_status status = ent_asked_analysis(asking, &analysis);
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "threshold", 0, 1, &analysis.settings.threshold);
    }
    if (status == ENT_OK) {
        status = ask_third(asking, &analysis, &thirds);
    }
    if (status == ENT_OK && thirds != NULL && asking->request->format != ENT_JSON) {
        print_third(asking, &analysis, thirds);
        return status;
    }
    if (status != ENT_OK) {
        return status;
    }
    ent_whole_wish wish = ent_usual_wish(ENT_PART_BRIDGE);
    ent_whole whole;
    status = ent_answer_whole(asking->work, &analysis, &wish, &whole);
    if (!ent_has_answer(asking, &analysis, status, whole.answered)) {
        return status;
    }
    if (asking->request->format == ENT_JSON) {
        ent_put_bridge_json(asking->out, &analysis, whole.bridges, thirds);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_bridge_plain(asking->out, &analysis, whole.bridges);
    } else {
        ent_put_bridge_text(asking->out, &asking->style, &analysis, whole.bridges);
    }
    return status;
}

const ent_question ent_ask_bridge = {
    .row = {.name = "bridge",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "what would have to change",
            .help = "From each side's last position to the packages that suit all in most worlds: "
                    "who moves on what, and what it costs. Where no package reaches the "
                    "threshold, the least changes of the record that would open one. With --third "
                    "what a third party could add: the zone with and without each issue that it "
                    "gives, and the fewest steps of them that lift the best package.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .shared = true},
    .answer = bridge,
};
