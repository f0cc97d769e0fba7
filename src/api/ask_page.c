#include "api/asked_page.h"

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"light", NULL, ENT_OPTION_FLAG, false, "zone and deals alone"},
    {"toggles", NULL, ENT_OPTION_FLAG, false, "with each single statement switched as well"},
};

static ent_status answer(ent_asking *asking)
{
    ent_page page;
    asking->as_it_is = true;
    ent_page_wish wish = {ent_asked_flag(asking, "light"), ent_asked_flag(asking, "toggles")};
    ent_status status = ent_asked_page(asking, wish, &page);
    if (status == ENT_OK || status == ENT_LIMIT) {
        ent_put_page_json(asking->out, &page);
    }
    return status;
}

const ent_question ent_ask_page = {
    .row = {.name = "page",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "everything that the web page shows, as JSON",
            .help = "The document entente.page/1 that the page of `entente html` holds and that "
                    "the page of `entente serve` asks for. docs/PAGE.md describes it.",
            .options = options,
            .option_count = sizeof options / sizeof *options},
    .answer = answer,
};
