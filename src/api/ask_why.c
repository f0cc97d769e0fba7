#include "api/ask.h"
#include "report/why.h"

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"deal", "PACKAGE", ENT_OPTION_TEXT, false,
     "trace this package (issue=option,issue=item+item); default: each account's best"},
};

/* The asked package, or the account's best. */
static ent_status deal_of(ent_asking *asking, const ent_analysis *analysis, size_t account,
                          uint64_t *levels)
{
    const char *text = ent_asked_text(asking, "deal");
    if (text != NULL) {
        return ent_asked_package(asking, analysis->c, text, levels);
    }
    ent_deals deals = {0}; /* an interrupted answer leaves it so */
    ent_deals_request request = {.top = 1};
    ent_status status = ent_answer_deals(asking->work, analysis, account, &request, &deals);
    for (uint32_t i = 0; deals.count > 0 && i < analysis->c->space.issue_count; i++) {
        levels[i] = deals.at[0].levels[i];
    }
    return status == ENT_LIMIT ? ENT_OK : status;
}

static ent_status why(ent_asking *asking)
{
    ent_analysis analysis;
    ent_status status = ent_asked_analysis(asking, &analysis);
    if (status != ENT_OK) {
        return status;
    }
    ent_arena *arena = asking->work->arena;
    ent_why *found = ent_alloc(arena, analysis.accounts.count + 1, ent_why);
    for (size_t i = 0; i < analysis.accounts.count && status == ENT_OK; i++) {
        if (analysis.worlds[i].account == NULL) {
            continue;
        }
        uint64_t *levels = ent_alloc(arena, analysis.c->space.issue_count + 1, uint64_t);
        status = deal_of(asking, &analysis, i, levels);
        if (status == ENT_OK) {
            status = ent_answer_why(asking->work, &analysis, i, levels, &found[i]);
        }
    }
    if (status != ENT_OK) {
        return status;
    }
    if (asking->request->format == ENT_JSON) {
        ent_put_why_json(asking->out, &analysis, found);
    } else {
        ent_put_why_text(asking->out, &asking->style, &analysis, found);
    }
    return ENT_OK;
}

const ent_question ent_ask_why = {
    .row = {.name = "why",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "trace a number to its statements",
            .help = "For a package in each account: every party's share or verdict, the statements "
                    "about that party with their words, sources and the constraint rows they "
                    "make, and what the share would be without each.",
            .options = options,
            .option_count = sizeof options / sizeof *options},
    .answer = why,
};
