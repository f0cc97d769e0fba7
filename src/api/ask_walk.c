#include "answers/whole.h"
#include "api/ask.h"
#include "base/number.h"
#include "report/walk.h"

#include <math.h>
#include <string.h>

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"party", "NAME", ENT_OPTION_TEXT, false, "this party only (every decider)"},
    {"offer", "PACKAGE", ENT_OPTION_TEXT, false,
     "the deal that staying would lead to (each world's Nash deal)"},
    {"walk-value", "X", ENT_OPTION_NUMBER, false,
     "what leaving now is worth to it (its reservation value)"},
    {"later-value", "X", ENT_OPTION_NUMBER, false, "what a breakdown later is worth to it (0)"},
    {"cost", "X", ENT_OPTION_NUMBER, false, "what another round costs it (0.05)"},
    {"influence", NULL, ENT_OPTION_FLAG, false, "which statements move the answer"},
};

static ent_status read_values(ent_asking *asking, ent_walk_request *request)
{
    request->walk = request->later = request->cost = (double)NAN;
    ent_status status = ent_asked_number(asking, "walk-value", -1, 1, &request->walk);
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "later-value", -1, 1, &request->later);
    }
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "cost", 0, 1, &request->cost);
    }
    return status;
}

static ent_status read_party(const ent_asking *asking, const ent_case *c, uint32_t *party)
{
    const char *name = ent_asked_text(asking, "party");
    *party = name == NULL ? ENT_NONE : ent_find_party(c, name);
    if (name != NULL && *party == ENT_NONE) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U105_NO_SUCH_NAME, NULL,
                        "there is no party `%s`", name);
    }
    return ENT_OK;
}

static void print(ent_asking *asking, const ent_analysis *analysis, const uint64_t *offer,
                  const ent_walked *walked, size_t count)
{
    if (asking->request->format == ENT_JSON) {
        ent_put_walk_json(asking->out, analysis, offer, walked, count);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_walk_plain(asking->out, analysis, walked, count);
    } else {
        ent_put_walk_text(asking->out, &asking->style, analysis, offer, walked, count);
    }
}

static ent_status read_offer(ent_asking *asking, const ent_case *c, ent_walk_request *request)
{
    const char *offer = ent_asked_text(asking, "offer");
    if (offer == NULL) {
        return ENT_OK;
    }
    uint64_t *levels = ent_alloc(asking->work->arena, c->space.issue_count + 1, uint64_t);
    request->offer = levels;
    return ent_asked_package(asking, c, offer, levels);
}

static ent_status walk(ent_asking *asking)
{
    ent_analysis analysis;
    ent_whole whole = {0};
    ent_whole_wish wish = ent_usual_wish(ENT_PART_WALK);
    ent_status status = ent_asked_analysis(asking, &analysis);
    if (status == ENT_OK) {
        status = read_values(asking, &wish.walk);
    }
    if (status == ENT_OK) {
        status = read_party(asking, analysis.c, &wish.walk.party);
    }
    if (status == ENT_OK) {
        status = read_offer(asking, analysis.c, &wish.walk);
    }
    if (ent_asked_flag(asking, "influence")) {
        wish.parts |= ENT_PART_WALK_INFLUENCE;
    }
    if (status != ENT_OK) {
        return status;
    }
    status = ent_answer_whole(asking->work, &analysis, &wish, &whole);
    if (ent_has_answer(asking, &analysis, status, whole.answered)) {
        print(asking, &analysis, wish.walk.offer, whole.walks, whole.walk_count);
    }
    return status;
}

const ent_question ent_ask_walk = {
    .row = {.name = "walk",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "stay or walk out",
            .help = "The chance of a later deal above which staying at the table beats leaving, "
                    "for each party in each account, with its spread over the worlds.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .shared = true},
    .answer = walk,
};
