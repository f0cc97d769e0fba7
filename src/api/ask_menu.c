#include "answers/whole.h"
#include "api/ask.h"
#include "report/menu.h"

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"size", "K", ENT_OPTION_COUNT, false, "menus of up to K packages, 1 to 5 (3)"},
};

static void print(const ent_asking *asking, const ent_analysis *analysis, const ent_menus *menus,
                  size_t size)
{
    switch (asking->request->format) {
    case ENT_JSON:
        ent_put_menu_json(asking->out, analysis, menus);
        break;
    case ENT_PLAIN:
        ent_put_menu_plain(asking->out, analysis, menus);
        break;
    case ENT_SVG:
        ent_put_menu_svg(asking->out, analysis, menus);
        break;
    case ENT_TYPED:
        break;
    case ENT_TEXT:
        ent_put_menu_text(asking->out, &asking->style, analysis, menus, size);
        break;
    }
}

static ent_status menu(ent_asking *asking)
{
    ent_analysis analysis;
    uint64_t size = 3;
    ent_status status = ent_asked_count(asking, "size", 1, ENT_MENU_MOST, &size);
    if (status == ENT_OK) {
        status = ent_asked_analysis(asking, &analysis);
    }
    if (status != ENT_OK) {
        return status;
    }
    ent_menus *found = ent_alloc(asking->work->arena, analysis.accounts.count + 1, ent_menus);
    size_t answered = 0;
    for (size_t i = 0; i < analysis.accounts.count && status == ENT_OK; i++) {
        size_t first = ent_first_told(&analysis, i);
        if (first < i) {
            found[i] = found[first];
        } else if (analysis.worlds[i].account != NULL) {
            status = ent_answer_menu(asking->work, &analysis, i, (size_t)size, &found[i]);
        }
        answered += status == ENT_OK;
    }
    if (ent_has_answer(asking, &analysis, status, answered)) {
        print(asking, &analysis, found, (size_t)size);
    }
    return status;
}

const ent_question ent_ask_menu = {
    .row = {.name = "menu",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "which packages to table together",
            .help = "For each account: the two, three, ... packages to table together, so that "
                    "in most preference worlds all accept at least one of them; each in full, "
                    "with what it adds to those before it and for whom. From the best single "
                    "package towards the share in which some package suits all, which no menu "
                    "can pass.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .has_svg = true,
            .shared = true},
    .answer = menu,
};
