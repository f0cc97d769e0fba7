#include "answers/whole.h"
#include "api/ask.h"
#include "base/number.h"
#include "report/plan.h"

#include <math.h>
#include <string.h>

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"deal", "PACKAGE", ENT_OPTION_TEXT, false,
     "issue=option,issue=item+item,issue=3.5 (the package with the highest joint share)"},
    {"phases", "K", ENT_OPTION_COUNT, false, "most phases (5)"},
    {"trust", "PARTY=X", ENT_OPTION_TEXT, true,
     "the party's chance, 0 to 1, that the others perform"},
};

/* One PARTY=X. */
static ent_status read_trust(const ent_asking *asking, const ent_case *c, const char *text,
                             double *trust)
{
    ent_arena *arena = asking->work->arena;
    const char *equals = strchr(text, '=');
    size_t length = equals == NULL ? strlen(text) : (size_t)(equals - text);
    uint32_t party = ent_find_party(c, ent_copy_text(arena, text, length));
    if (party == ENT_NONE) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U105_NO_SUCH_NAME, NULL,
                        "`--trust %s`: there is no such party", text);
    }
    double value;
    if (equals == NULL || !ent_parse_number(equals + 1, strlen(equals + 1), &value) || value < 0 ||
        value > 1) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                        "`--trust %s`: write PARTY=X with X from 0 to 1", text);
    }
    trust[party] = value;
    return ENT_OK;
}

static ent_status read_trusts(const ent_asking *asking, const ent_case *c, double *trust)
{
    for (uint32_t p = 0; p < c->party_count; p++) {
        trust[p] = (double)NAN;
    }
    for (size_t i = 0; i < asking->request->option_count; i++) {
        const ent_option *option = &asking->request->options[i];
        if (strcmp(option->name, "trust") == 0) {
            ent_status status = read_trust(asking, c, option->value, trust);
            if (status != ENT_OK) {
                return status;
            }
        }
    }
    return ENT_OK;
}

static ent_status read_deal(ent_asking *asking, const ent_case *c, const uint64_t **deal)
{
    const char *asked = ent_asked_text(asking, "deal");
    if (asked == NULL) {
        return ENT_OK;
    }
    uint64_t *levels = ent_alloc(asking->work->arena, c->space.issue_count + 1, uint64_t);
    *deal = levels;
    return ent_asked_package(asking, c, asked, levels);
}

/* Once, for all that is moved in any of the deals. */
static void tell_councils(const ent_asking *asking, const ent_analysis *analysis,
                          const ent_planned *planned)
{
    uint32_t issues = analysis->c->space.issue_count;
    uint64_t *moved = ent_alloc(asking->work->arena, (size_t)issues + 1, uint64_t);
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        for (uint32_t j = 0; j < issues && planned[i].deal != NULL; j++) {
            moved[j] |= planned[i].deal[j];
        }
    }
    ent_tell_councils(asking, analysis, moved);
}

/* The exit says where a plan is not proved the best. */
static ent_status print(ent_asking *asking, const ent_analysis *analysis,
                        const ent_planned *planned)
{
    if (asking->request->format == ENT_JSON) {
        ent_put_plan_json(asking->out, analysis, planned);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_plan_plain(asking->out, analysis, planned);
    } else {
        ent_put_plan_text(asking->out, &asking->style, analysis, planned);
    }
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (planned[i].deal != NULL && !planned[i].plan.exact) {
            return ENT_LIMIT;
        }
    }
    return ENT_OK;
}

static bool any_plan(const ent_whole *whole)
{
    bool any = false;
    for (size_t i = 0; i < whole->analysis->accounts.count; i++) {
        any = any || whole->plans[i].deal != NULL;
    }
    return any;
}

static ent_status plan(ent_asking *asking)
{
    ent_analysis analysis;
    ent_whole whole;
    ent_whole_wish wish = ent_usual_wish(ENT_PART_PLAN);
    uint64_t phases = 5;
    ent_status status = ent_asked_analysis(asking, &analysis);
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "phases", 1, ENT_PHASES_STEPS, &phases);
    }
    if (status != ENT_OK) {
        return status;
    }
    double *trust = ent_alloc(asking->work->arena, analysis.c->party_count + (size_t)1, double);
    wish.plan = (ent_plan_request){.phases = (uint32_t)phases, .trust = trust};
    status = read_trusts(asking, analysis.c, trust);
    if (status == ENT_OK) {
        status = read_deal(asking, analysis.c, &wish.deal);
    }
    if (status != ENT_OK) {
        return status;
    }
    status = ent_answer_whole(asking->work, &analysis, &wish, &whole);
    if (!ent_has_answer(asking, &analysis, status, whole.answered) ||
        (status != ENT_OK && !any_plan(&whole))) {
        return status;
    }
    tell_councils(asking, &analysis, whole.plans);
    ent_status printed = print(asking, &analysis, whole.plans);
    return status == ENT_OK ? printed : status;
}

const ent_question ent_ask_plan = {
    .row = {.name = "plan",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "phases and the trust they need",
            .help = "Parts a deal into phases so that the greatest trust that anybody needs at any "
                    "time is least; says what one phase more, or a clause to take a step back, "
                    "would save, and the largest first step at the trust that the record states. "
                    "Exact for up to 16 steps.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .shared = true},
    .answer = plan,
};
