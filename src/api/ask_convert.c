#include "api/ask.h"
#include "io/scenario.h"

static ent_status convert(ent_asking *asking)
{
    const char *from = asking->request->inputs[0].path;
    const char *to = asking->request->inputs[1].path;
    ent_scenario *scenario = NULL;
    ent_status status = ent_read_scenario(asking->work, asking->files, from, NULL, 0, &scenario);
    if (status == ENT_OK) {
        status = ent_write_scenario(asking->work, asking->files, to, ent_asked_text(asking, "to"),
                                    scenario);
    }
    if (status == ENT_OK) {
        ent_putf(asking->out, "%s: %u parties, %u issue%s, %s outcomes, from %s\n", to,
                 scenario->party_count, scenario->issue_count,
                 scenario->issue_count == 1 ? "" : "s",
                 ent_scenario_outcomes_text(asking->work->arena, scenario), scenario->format);
    }
    return status;
}

static const ent_option_row options[] = {
    {"to", "FORMAT", ENT_OPTION_TEXT, false,
     "genius, geniusweb, negmas, negolog, csv or case (by the ending of B: .csv, .yaml)"},
};

const ent_question ent_ask_convert = {
    .row = {.name = "convert",
            .form = "A B",
            .least = 2,
            .most = 2,
            .summary = "a scenario in another format",
            .help = "Reads the exact scenario A (a Genius, GeniusWeb, NegMAS or NegoLog folder, a "
                    "CSV table or a case with utilities) and writes it to B: a folder for Genius, "
                    "GeniusWeb, NegMAS and NegoLog, which is made where it is not there, a file "
                    "for CSV and a case. "
                    "What the format of B cannot hold is told as a warning; where nothing could "
                    "hold a value's meaning, nothing is written.",
            .options = options,
            .option_count = sizeof options / sizeof *options},
    .answer = convert,
};
