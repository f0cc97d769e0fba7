#include "api/asked_page.h"

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"edit", NULL, ENT_OPTION_FLAG, false, "with --live: with the editor of the case file"},
    {"live", NULL, ENT_OPTION_FLAG, false, "the page that asks a server, without analysis"},
};

static ent_status html(ent_asking *asking)
{
    ent_buffer file = ent_buffer_init(asking->work->arena, 0);
    if (ent_asked_flag(asking, "live")) {
        ent_put_page_html(&file, NULL, ent_asked_flag(asking, "edit"));
        ent_answer_file(asking, &file);
        return ENT_OK;
    }
    ent_page page;
    ent_status status = ent_asked_page(asking, (ent_page_wish){.toggles = true}, &page);
    if (status == ENT_OK || status == ENT_LIMIT) {
        ent_buffer document = ent_buffer_init(asking->work->arena, 0);
        ent_put_page_json(&document, &page);
        ent_put_page_html(&file, ent_buffer_text(&document), false);
        ent_answer_file(asking, &file);
    }
    return status;
}

const ent_question ent_ask_html = {
    .row = {.name = "html",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "the same as one self-contained file",
            .help = "Writes one HTML file that opens anywhere without a network: the analysis, "
                    "the figures, and what each single statement changes. Use -o FILE.",
            .options = options,
            .option_count = sizeof options / sizeof *options},
    .answer = html,
};
