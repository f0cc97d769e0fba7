#include "answers/whole.h"
#include "api/ask.h"
#include "report/enquiry.h"

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"party", "NAME", ENT_OPTION_TEXT, false, "questions to this party only"},
    {"top", "K", ENT_OPTION_COUNT, false, "list the K best questions (10); 0 for all"},
    {"depth", "N", ENT_OPTION_COUNT, false, "plan N questions one after another, 1 to 3 (3)"},
};

/* Nobody's package waits for the word of an observer, and a council has no worlds of its own. */
static ent_status check_party(const ent_asking *asking, const ent_analysis *analysis,
                              uint32_t party)
{
    const ent_case *c = analysis->c;
    const ent_party *p = &c->parties[party];
    if (p->approval != NULL) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE,
                        "ask one of its members", "`%s` answers by vote: it has no one answer",
                        p->id);
    }
    if (p->role == ENT_OBSERVER && (analysis->councils.members >> party & 1) == 0) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE,
                        "ask a party that decides or approves",
                        "`%s` is an observer: no package needs its acceptance, so its answer "
                        "would change none",
                        p->id);
    }
    return ENT_OK;
}

static ent_status asked_party(const ent_asking *asking, const ent_analysis *analysis,
                              uint32_t *party)
{
    const ent_case *c = analysis->c;
    const char *name = ent_asked_text(asking, "party");
    *party = ENT_NONE;
    if (name == NULL) {
        return ENT_OK;
    }
    const char **names = ent_alloc(asking->work->arena, c->party_count + 1, const char *);
    for (uint32_t p = 0; p < c->party_count; p++) {
        names[p] = c->parties[p].id;
    }
    *party = ent_find_party(c, name);
    return *party == ENT_NONE ? ent_no_such_name(asking, "party", name, names, c->party_count)
                              : check_party(asking, analysis, *party);
}

static ent_status asked_request(const ent_asking *asking, ent_enquiry_request *request)
{
    uint64_t top = 10, depth = 3;
    ent_status status = ent_asked_count(asking, "top", 0, 1000000000, &top);
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "depth", 1, ENT_ENQUIRY_DEPTH, &depth);
    }
    *request = (ent_enquiry_request){.party = ENT_NONE, .top = (size_t)top, .depth = (size_t)depth,
                                     .counted = true};
    return status;
}

static ent_status ask(ent_asking *asking)
{
    ent_analysis analysis;
    ent_enquiry_request request;
    ent_status status = asked_request(asking, &request);
    if (status == ENT_OK) {
        status = ent_asked_analysis(asking, &analysis);
    }
    if (status == ENT_OK) {
        status = asked_party(asking, &analysis, &request.party);
    }
    if (status != ENT_OK) {
        return status;
    }
    ent_arena *arena = asking->work->arena;
    ent_menus *menus = ent_alloc(arena, analysis.accounts.count + 1, ent_menus);
    ent_enquiries *found = ent_alloc(arena, analysis.accounts.count + 1, ent_enquiries);
    size_t answered = 0;
    for (size_t i = 0; i < analysis.accounts.count && status == ENT_OK; i++) {
        size_t first = ent_first_told(&analysis, i);
        if (first < i) {
            menus[i] = menus[first];
            found[i] = found[first];
        } else if (analysis.worlds[i].account != NULL) {
            status = ent_answer_menu(asking->work, &analysis, i, 3, &menus[i]);
            if (status == ENT_OK) {
                status = ent_answer_enquiry(asking->work, &analysis, i, &request, &found[i]);
            }
        }
        answered += status == ENT_OK;
    }
    if (!ent_has_answer(asking, &analysis, status, answered)) {
        return status;
    }
    if (asking->request->format == ENT_JSON) {
        ent_put_enquiry_json(asking->out, &analysis, menus, found);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_enquiry_plain(asking->out, &analysis, found);
    } else {
        ent_put_enquiry_text(asking->out, &asking->style, &analysis, menus, found);
    }
    return status;
}

const ent_question ent_ask_ask = {
    .row = {.name = "ask",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "which question to put to whom",
            .help = "For each account: the questions that would help most before a package is "
                    "tabled, whether a party would accept this or that, or which of two issues "
                    "matters more to it; what to table after yes and after no, which statements "
                    "an answer would contradict, and a plan of up to three questions. From the "
                    "best single package through menus and questions to the share in which some "
                    "package suits all.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .shared = true},
    .answer = ask,
};
