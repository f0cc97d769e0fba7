#include "api/asked_page.h"

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"edit", NULL, ENT_OPTION_FLAG, false, "with --live: with the editor of the case file"},
    {"live", NULL, ENT_OPTION_FLAG, false, "the page that asks a server, without analysis"},
    {"pdf-reader", NULL, ENT_OPTION_FLAG, false, "what reads PDFs for it: a script, gzipped"},
};

/*
 * A file that recomputes computes its further panels when it is opened, as it does after every
 * switch; one that cannot holds all of them.
 */
static ent_status html(ent_asking *asking)
{
    ent_buffer file = ent_buffer_init(asking->work->arena, 0);
    if (!ent_page_is_built()) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U112_NO_PAGE,
                        "build it again where npm reaches its packages",
                        "this program was built without its page");
    }
    if (ent_asked_flag(asking, "pdf-reader")) {
        if (!ent_put_page_reader(&file)) {
            return ent_fail(asking->work->diags, ENT_USAGE, ENT_U112_NO_PAGE, NULL,
                            "this program was built without its reader of PDFs");
        }
        ent_answer_file(asking, &file);
        return ENT_OK;
    }
    if (ent_asked_flag(asking, "live")) {
        ent_put_page_live(&file, ent_asked_flag(asking, "edit"));
        ent_answer_file(asking, &file);
        return ENT_OK;
    }
    ent_page page;
    bool recomputes = ent_page_recomputes();
    ent_page_wish wish = {.parts = recomputes ? 0 : ENT_PAGE_ALL};
    ent_status status = ent_asked_page(asking, wish, &page);
    if (status == ENT_OK || status == ENT_LIMIT) {
        ent_buffer document = ent_buffer_init(asking->work->arena, 0);
        ent_put_page_json(&document, &page);
        ent_put_page_file(&file, &page, ent_buffer_text(&document));
        ent_answer_file(asking, &file);
    }
    if (!recomputes) {
        ent_tell(asking->work->diags, ENT_NOTE, ENT_U120_STANDS_STILL, NULL, (ent_pos){0, 0, 0},
                 "build with `make wasm`, which needs Debian's emscripten",
                 "the file shows its answer but cannot recompute: there is no engine for browsers "
                 "in this build");
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
            .help = "Writes one HTML file that opens anywhere without a network: the answer, the "
                    "case, and the engine itself, which recomputes it for every switch. Use -o "
                    "FILE.",
            .options = options,
            .option_count = sizeof options / sizeof *options},
    .answer = html,
};
