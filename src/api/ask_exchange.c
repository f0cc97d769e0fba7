#include "answers/whole.h"
#include "api/ask.h"
#include "base/text.h"
#include "report/exchange.h"

#include <string.h>

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"between", "A,B", ENT_OPTION_TEXT, false, "the two sides (the first two deciders)"},
    {"cells", "N", ENT_OPTION_COUNT, false, "cells to a side, where scopes are many (12)"},
    {"measure", "NAME", ENT_OPTION_TEXT, false,
     "importance (default), parts, count, or a metric of the case"},
};

static ent_status measure_asked(const ent_asking *asking, const ent_case *c, ent_measure *measure)
{
    const char *name = ent_asked_text(asking, "measure");
    if (name == NULL || ent_measure_called(c, name, measure)) {
        return ENT_OK;
    }
    ent_arena *arena = asking->work->arena;
    const char **names = ent_alloc(arena, c->metric_count + 3, const char *);
    memcpy(names, c->metrics, c->metric_count * sizeof *names);
    names[c->metric_count] = "importance";
    names[c->metric_count + 1] = "parts";
    names[c->metric_count + 2] = "count";
    const char *near = ent_nearest(name, names, c->metric_count + 3);
    return ent_fail(asking->work->diags, ENT_USAGE, ENT_U105_NO_SUCH_NAME,
                    near == NULL ? NULL : ent_format(arena, "did you mean `%s`?", near),
                    "the case has no measure called `%s`", name);
}

static ent_status pair_asked(const ent_asking *asking, const ent_case *c,
                             ent_exchange_request *request)
{
    const char *text = ent_asked_text(asking, "between");
    if (text == NULL) {
        return ENT_OK;
    }
    char *first = ent_copy(asking->work->arena, text);
    char *second = strchr(first, ',');
    if (second != NULL) {
        *second++ = '\0';
        request->a = ent_find_party(c, first);
        request->b = ent_find_party(c, second);
    }
    if (second == NULL || request->a == ENT_NONE || request->b == ENT_NONE ||
        request->a == request->b) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE,
                        "write two parties of the case: `--between us,dprk`",
                        "`--between` takes two parties, not `%s`", text);
    }
    return ENT_OK;
}

static ent_status request_asked(const ent_asking *asking, const ent_case *c,
                                ent_exchange_request *request)
{
    uint64_t cells = 0;
    *request = (ent_exchange_request){.a = ENT_NONE, .b = ENT_NONE};
    ent_status status = ent_asked_count(asking, "cells", 2, 40, &cells);
    request->cells = (size_t)cells;
    if (status == ENT_OK) {
        status = measure_asked(asking, c, &request->measure);
    }
    return status == ENT_OK ? pair_asked(asking, c, request) : status;
}

static ent_status exchange(ent_asking *asking)
{
    ent_analysis analysis;
    ent_exchange_request request;
    ent_status status = ent_asked_analysis(asking, &analysis);
    if (status == ENT_OK) {
        status = request_asked(asking, analysis.c, &request);
    }
    if (status != ENT_OK) {
        return status;
    }
    ent_whole_wish wish = ent_usual_wish(ENT_PART_EXCHANGE);
    ent_whole whole;
    wish.exchange = request;
    status = ent_answer_whole(asking->work, &analysis, &wish, &whole);
    if (!ent_has_answer(asking, &analysis, status, whole.answered)) {
        return status;
    }
    ent_exchange_map *maps =
        ent_alloc(asking->work->arena, analysis.accounts.count + 1, ent_exchange_map);
    for (size_t i = 0; i < analysis.accounts.count; i++) {
        if (whole.map_count[i] > 0) {
            maps[i] = whole.maps[i][0];
        }
    }
    if (asking->request->format == ENT_JSON) {
        ent_put_exchange_json(asking->out, &analysis, maps);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_exchange_plain(asking->out, &analysis, maps);
    } else {
        ent_put_exchange_text(asking->out, &asking->style, &analysis, maps);
    }
    return status;
}

const ent_question ent_ask_exchange = {
    .row = {.name = "exchange",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "how much is given for how much",
            .help = "Lays all packages out by the scope of what one side gives and of what the "
                    "other gives, and shows in each cell the best share of worlds that accept. "
                    "The scope may be measured in several ways: the same demand can be partial by "
                    "one and nearly total by another.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .shared = true},
    .answer = exchange,
};
