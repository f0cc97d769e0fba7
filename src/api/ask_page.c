#include "api/asked_page.h"

#include <string.h>

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"light", NULL, ENT_OPTION_FLAG, false, "zone and deals alone"},
    {"part", "NAME", ENT_OPTION_TEXT, true,
     "this part alone: exchange, bridge, influence, plan, walk or stability"},
};

static const struct {
    const char *name;
    unsigned bit;
} parts[] = {{"exchange", ENT_PART_EXCHANGE}, {"bridge", ENT_PART_BRIDGE},
             {"influence", ENT_PART_INFLUENCE}, {"plan", ENT_PART_PLAN},
             {"walk", ENT_PART_WALK},         {"stability", ENT_PART_HOLDS}};
enum { PARTS = sizeof parts / sizeof *parts };

static ent_status part_asked(const ent_asking *asking, const char *name, unsigned *wanted)
{
    const char *names[PARTS];
    for (size_t i = 0; i < PARTS; i++) {
        names[i] = parts[i].name;
        if (strcmp(name, parts[i].name) == 0) {
            *wanted |= parts[i].bit;
            return ENT_OK;
        }
    }
    const char *near = ent_nearest(name, names, PARTS);
    ent_work *work = asking->work;
    return ent_fail(work->diags, ENT_USAGE, ENT_U103_BAD_VALUE,
                    near == NULL ? "`entente page --help` names them"
                                 : ent_format(work->arena, "did you mean `%s`?", near),
                    "the page has no part `%s`", name);
}

static ent_status answer(ent_asking *asking)
{
    ent_page page;
    ent_page_wish wish = {0};
    ent_status status = ENT_OK;
    asking->as_it_is = true;
    for (size_t i = 0; i < asking->request->option_count && status == ENT_OK; i++) {
        const ent_option *option = &asking->request->options[i];
        if (strcmp(option->name, "part") == 0) {
            wish.piece = true;
            status = part_asked(asking, option->value, &wish.parts);
        }
    }
    if (status == ENT_OK && !wish.piece && !ent_asked_flag(asking, "light")) {
        wish.parts = ENT_PAGE_ALL;
    }
    if (status == ENT_OK) {
        status = ent_asked_page(asking, wish, &page);
    }
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
            .help = "The document entente.page/1: the page of `entente html` holds it, and every "
                    "page asks its engine for it, part by part. docs/PAGE.md describes it.",
            .options = options,
            .option_count = sizeof options / sizeof *options},
    .answer = answer,
};
