#include "api/ask.h"
#include "report/bridge.h"

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"threshold", "X", ENT_OPTION_NUMBER, false, "joint share that counts as a bridge (0.5)"},
};

static ent_status bridge(ent_asking *asking)
{
    ent_analysis analysis;
    ent_status status = ent_asked_analysis(asking, &analysis);
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "threshold", 0, 1, &analysis.settings.threshold);
    }
    if (status != ENT_OK) {
        return status;
    }
    ent_bridge *found = ent_alloc(asking->work->arena, analysis.accounts.count + 1, ent_bridge);
    for (size_t i = 0; i < analysis.accounts.count && status == ENT_OK; i++) {
        if (analysis.worlds[i].account != NULL) {
            status = ent_answer_bridge(asking->work, &analysis, i, &found[i]);
        }
    }
    if (status != ENT_OK && status != ENT_LIMIT) {
        return status;
    }
    if (asking->request->format == ENT_JSON) {
        ent_put_bridge_json(asking->out, &analysis, found);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_bridge_plain(asking->out, &analysis, found);
    } else {
        ent_put_bridge_text(asking->out, &asking->style, &analysis, found);
    }
    return status;
}

const ent_question ent_ask_bridge = {
    .row = {.name = "bridge",
            .form = "CASE",
            .least = 1,
            .most = 1,
            .summary = "what would have to change",
            .help = "From each side's last position to the packages that suit all in most worlds: "
                    "who moves on what, and what it costs. Where no package reaches the "
                    "threshold, the least changes of the record that would open one.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true},
    .answer = bridge,
};
