#include "api/ask.h"
#include "api/haggle_case.h"
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

static ent_status walk_party(ent_asking *asking, const ent_analysis *analysis,
                             ent_walk_request request, const ent_haggle_chance *chance,
                             ent_walked *walked)
{
    request.party = walked->party;
    ent_status status = ent_answer_walk(asking->work, analysis, walked->account, &request,
                                        &walked->walk);
    if (status == ENT_OK && !isnan(chance->chance)) {
        ent_walk_haggled(&walked->walk, chance->chance, chance->error, chance->worlds);
    }
    request.deals = NULL; /* other records have other deals */
    if (status == ENT_OK && ent_asked_flag(asking, "influence")) {
        status = ent_walk_influences(asking->work, analysis, walked->account, &request,
                                     walked->walk.median, &walked->influences,
                                     &walked->influence_count);
    }
    return status;
}

/* Every account and party that is asked about. */
static ent_status walk_all(ent_asking *asking, const ent_analysis *analysis,
                           const ent_walk_request *request, uint32_t only, ent_walked *walked,
                           size_t *count)
{
    const ent_case *c = analysis->c;
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        ent_nash_deals deals = {0};
        ent_haggle_chance chance;
        ent_walk_request mine = *request;
        mine.deals = &deals;
        if (analysis->worlds[i].account != NULL &&
            ent_haggle_chance_of(asking->work, analysis, i, 0, &chance) != ENT_OK) {
            return ENT_CANCELLED;
        }
        for (uint32_t p = 0; p < c->party_count && analysis->worlds[i].account != NULL; p++) {
            bool asked = only == ENT_NONE ? c->parties[p].role == ENT_DECIDER &&
                                                analysis->stakes[p]->k > 0
                                          : p == only;
            if (asked) {
                walked[*count] = (ent_walked){.account = i, .party = p};
                ent_status status = walk_party(asking, analysis, mine, &chance,
                                               &walked[(*count)++]);
                if (status != ENT_OK) {
                    return status;
                }
            }
        }
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

static ent_status walk(ent_asking *asking)
{
    ent_analysis analysis;
    ent_walk_request request = {0};
    uint32_t only;
    ent_status status = ent_asked_analysis(asking, &analysis);
    if (status == ENT_OK) {
        status = read_values(asking, &request);
    }
    if (status == ENT_OK) {
        status = read_party(asking, analysis.c, &only);
    }
    if (status != ENT_OK) {
        return status;
    }
    const char *offer = ent_asked_text(asking, "offer");
    ent_arena *arena = asking->work->arena;
    if (offer != NULL) {
        uint64_t *levels = ent_alloc(arena, analysis.c->space.issue_count, uint64_t);
        request.offer = levels;
        status = ent_asked_package(asking, analysis.c, offer, levels);
    }
    size_t count = 0;
    ent_walked *walked = ent_alloc(
        arena, analysis.accounts.count * analysis.c->party_count + 1, ent_walked);
    if (status == ENT_OK) {
        status = walk_all(asking, &analysis, &request, only, walked, &count);
    }
    if (status == ENT_OK) {
        print(asking, &analysis, request.offer, walked, count);
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
