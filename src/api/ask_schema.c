#include "api/ask.h"
#include "io/case.h"
#include "io/import.h"

static ent_status schema(ent_asking *asking)
{
    asking->as_it_is = true;
    ent_put_case_schema(asking->out);
    return ENT_OK;
}

const ent_question ent_ask_schema = {
    .row = {.name = "schema",
            .form = "",
            .summary = "the JSON Schema of the case format",
            .help = "Prints the schema that editors use to complete and check case files. It is "
                    "made from the same table as the reader."},
    .answer = schema,
};

static ent_status starter(ent_asking *asking)
{
    ent_buffer file = ent_buffer_init(asking->work->arena, 0);
    if (ent_asked_flag(asking, "csv")) {
        ent_put_import_starter(&file);
    } else {
        ent_put_starter_case(&file);
    }
    ent_answer_file(asking, &file);
    return ENT_OK;
}

static const ent_option_row new_options[] = {
    {"csv", NULL, ENT_OPTION_FLAG, false, "a table of statements, for `entente import`"},
};

const ent_question ent_ask_new = {
    .row = {.name = "new",
            .form = "",
            .summary = "a commented starter case",
            .help = "Prints a small case with comments, to be written to a file with -o.",
            .options = new_options,
            .option_count = sizeof new_options / sizeof *new_options},
    .answer = starter,
};
