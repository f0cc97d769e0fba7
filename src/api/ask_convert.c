#include "api/ask.h"
#include "api/asked_scenario.h"
#include "base/number.h"
#include "io/scenario.h"
#include "record/redact.h"
#include "report/json.h"
#include "report/words.h"

#include <string.h>

static void print(const ent_asking *asking, const char *to, const ent_scenario *s)
{
    const char *outcomes = ent_scenario_outcomes_text(asking->work->arena, s);
    if (asking->request->format == ENT_JSON) {
        ent_json json = ent_json_document(asking->out, "convert");
        ent_json_text(&json, "to", to);
        ent_json_text(&json, "format", s->format);
        ent_json_text(&json, "read_as", s->read_as);
        ent_json_count(&json, "parties", s->party_count);
        ent_json_count(&json, "issues", s->issue_count);
        ent_json_text(&json, "outcomes", outcomes);
        ent_json_end_document(&json);
        return;
    }
    ent_put_read_as(asking->out, &asking->style, s->read_as);
    ent_putf(asking->out, "%s: %s, %s, %s, from %s\n", to,
             ent_counted(asking->out->arena, s->party_count, "parties"),
             ent_counted(asking->out->arena, s->issue_count, "issues"),
             ent_counted_text(asking->out->arena, outcomes, "outcomes"), s->format);
}

/* A case without what is private in it, whether or not its values are known. */
static ent_status convert_redacted(ent_asking *asking, const char *to)
{
    const ent_case *c;
    ent_status status = ent_asked_case(asking, 0, &c);
    if (status != ENT_OK) {
        return status;
    }
    if (strcmp(to, "-") == 0 && asking->request->format == ENT_TEXT) {
        asking->as_it_is = true;
        ent_put_bytes(asking->out, c->text.at, c->text.length);
        return ENT_OK;
    }
    status = asking->files->write(asking->files->user, asking->work, to, c->text.at,
                                  c->text.length);
    const char *withheld = ent_withheld_text(asking->work->arena, &c->withheld);
    if (status == ENT_OK && asking->request->format == ENT_JSON) {
        ent_json json = ent_json_document(asking->out, "convert");
        ent_json_text(&json, "to", to);
        ent_json_text(&json, "format", "case");
        ent_json_withheld(&json, c);
        ent_json_end_document(&json);
    } else if (status == ENT_OK) {
        ent_putf(asking->out, "%s: the case without what is private; withheld: %s\n", to, withheld);
    }
    return status;
}

/* Is it a case that becomes a case? */
static bool stays_a_case(ent_asking *asking, const char *from)
{
    const char *format = ent_asked_text(asking, "to");
    bool other = format != NULL && strcmp(format, "case") != 0;
    return asking->work->redact != ENT_REDACT_NOTHING && !other &&
           !asking->files->is_folder(asking->files->user, from) &&
           !ent_is_scenario(asking->work, asking->files, from);
}

static ent_status convert(ent_asking *asking)
{
    const char *from = asking->request->inputs[0].path;
    const char *to = asking->request->inputs[1].path;
    ent_scenario *scenario = NULL;
    if (stays_a_case(asking, from)) {
        return convert_redacted(asking, to);
    }
    ent_status status = ent_asked_scenario(asking, asking->files, from, 2, &scenario);
    if (status == ENT_OK) {
        status = ent_write_scenario(asking->work, asking->files, to, ent_asked_text(asking, "to"),
                                    scenario);
    }
    if (status == ENT_OK) {
        print(asking, to, scenario);
    }
    return status;
}

static const ent_option_row options[] = {
    {"to", "FORMAT", ENT_OPTION_TEXT, false,
     "case, csv, genius, geniusweb, negmas or negolog (by the ending of B: .csv, .yaml)"},
    ENT_REDACT_OPTIONS,
    ENT_TABLE_OPTIONS,
};

const ent_question ent_ask_convert = {
    .row = {.name = "convert",
            .form = "A B [PROFILE...]",
            .least = 2,
            .most = 66,
            .summary = "a scenario in another format",
            .help = "Reads the exact scenario A (a Genius, GeniusWeb, NegMAS or NegoLog folder,"
                    " a table, XMCDA or a case with utilities) and writes it to B: a folder for"
                    " Genius, GeniusWeb, NegMAS and NegoLog, which is made where it is not "
                    "there, a file for CSV and a case. PROFILEs of A take part in the order "
                    "given; without them all do. What the format of B cannot hold is reported "
                    "as a warning; where nothing could hold a value's meaning, nothing is "
                    "written. With --redact a case becomes the case without what is private, "
                    "which is printed where B is `-`.",
            .options = options,
            .option_count = sizeof options / sizeof *options},
    .answer = convert,
};
