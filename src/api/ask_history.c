#include "api/ask.h"
#include "report/history.h"

static const ent_option_row options[] = {ENT_CASE_OPTIONS};

static void print(const ent_asking *asking, const ent_analysis *analysis,
                  const ent_history *history)
{
    switch (asking->request->format) {
    case ENT_JSON:
        ent_put_history_json(asking->out, analysis, history);
        break;
    case ENT_PLAIN:
        ent_put_history_plain(asking->out, analysis, history);
        break;
    case ENT_SVG:
        ent_put_history_svg(asking->out, analysis, history);
        break;
    case ENT_TYPED:
        break;
    case ENT_TEXT:
        ent_put_history_text(asking->out, &asking->style, analysis, history);
        break;
    }
}

static ent_status history(ent_asking *asking)
{
    const ent_case *c;
    ent_settings settings;
    ent_analysis analysis;
    ent_history found = {0};
    ent_status status = ent_asked_case(asking, 0, &c);
    if (status == ENT_OK) {
        status = ent_asked_settings(asking, c, &settings);
    }
    if (status == ENT_OK) {
        status = ent_analyse_accounts(asking->work, c, &settings, &analysis);
    }
    if (status == ENT_OK) {
        status = ent_answer_history(asking->work, &analysis, &found);
    }
    bool told = status == ENT_OK || (status == ENT_CANCELLED && found.count > 0 &&
                                     (asking->request->format == ENT_TEXT ||
                                      asking->request->format == ENT_JSON));
    if (told) {
        asking->part = analysis.interrupted = status == ENT_CANCELLED;
        print(asking, &analysis, &found);
    }
    return status;
}

const ent_question ent_ask_history = {
    .row = {.name = "history",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "how the gap moved with the record",
            .help = "For every date at which the record changes and each account: the share of "
                    "preference worlds in which some package suits all, and that of the best "
                    "single package, as `deals --as-of` gives them for that date; who spoke, and "
                    "which statements the account believes since.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .has_svg = true,
            .shared = true},
    .answer = history,
};
