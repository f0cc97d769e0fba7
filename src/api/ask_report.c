#include "api/ask.h"
#include "api/haggle_case.h"
#include "report/summary.h"

#include <math.h>

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"threshold", "X", ENT_OPTION_NUMBER, false, "joint share that counts as a bridge (0.5)"},
};

/* A limit that one answer reached does not keep the others from being given. */
static ent_status worse(ent_status a, ent_status b)
{
    return a == ENT_OK || a == ENT_LIMIT ? (b == ENT_OK ? a : b) : a;
}

static bool goes_on(ent_status status)
{
    return status == ENT_OK || status == ENT_LIMIT;
}

static ent_status answer_account(ent_work *work, const ent_analysis *analysis, size_t i,
                                 const ent_disputes *disputes, ent_deals *deals,
                                 ent_bridge *bridge, ent_influence *influence)
{
    ent_deals_request request = {.top = 5, .verdicts = true};
    ent_status status = ent_answer_deals(work, analysis, i, &request, deals);
    if (goes_on(status)) {
        status = worse(status, ent_range_zone(work, analysis, i, &deals->zone));
    }
    if (goes_on(status)) {
        status = worse(status, ent_answer_bridge(work, analysis, i, bridge));
    }
    if (goes_on(status)) {
        status = worse(status, ent_answer_influence(work, analysis, i, disputes, influence));
    }
    return status;
}

/*
 * Worlds for the break-even chances and for haggling, some 10 and 35 ms an account where there are
 * ten thousand packages; fewer where there are more.
 */
enum { WALK_WORLDS = 1000, HAGGLED_WORLDS = 400 };
#define WALK_LOOKS 5e8
#define HAGGLED_LOOKS 5e6

/* A plan of more steps than this is a search of its own: `entente plan` does it. */
enum { PLAN_STEPS = 16 };

static uint32_t steps_of(const ent_space *space, const uint64_t *levels)
{
    uint32_t steps = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        for (uint32_t j = 0; j < space->issues[i].components; j++) {
            steps += ent_on(&space->issues[i], levels[i], j) > 0;
        }
    }
    return steps;
}

/* The plan of the account's best package, from one exact search in its central world. */
static ent_status plan_account(ent_work *work, const ent_analysis *analysis, size_t i,
                               const ent_deals *deals, ent_planned *planned)
{
    planned->chosen = true;
    if (deals->count == 0 || deals->at[0].joint <= 0 ||
        steps_of(&analysis->c->space, deals->at[0].levels) > PLAN_STEPS) {
        return ENT_OK;
    }
    planned->deal = deals->at[0].levels;
    ent_plan_request request = {.levels = planned->deal, .brief = true};
    return ent_answer_plan(work, analysis, i, &request, &planned->plan);
}

/* Nothing where the packages are so many that too few worlds could be looked at. */
static ent_status walk_account(ent_work *work, const ent_analysis *analysis, size_t i,
                               const ent_deals *deals, ent_walked *walked, size_t *count)
{
    const ent_case *c = analysis->c;
    double worlds = WALK_LOOKS / (double)(deals->outcomes > 0 ? deals->outcomes : 1);
    ent_status status = ENT_OK;
    ent_nash_deals nash = {0};
    ent_haggle_chance chance = {.chance = (double)NAN};
    double haggled = HAGGLED_LOOKS / (double)(deals->available > 0 ? deals->available : 1);
    if (worlds >= 40 && haggled >= 40 && deals->available > 0) {
        status = ent_haggle_chance_of(work, analysis, i, (uint32_t)fmin(haggled, HAGGLED_WORLDS),
                                      &chance);
    }
    for (uint32_t p = 0; p < c->party_count && worlds >= 40 && status == ENT_OK; p++) {
        if (c->parties[p].role == ENT_DECIDER && analysis->stakes[p]->k > 0) {
            ent_walk_request request = {.party = p,
                                        .walk = (double)NAN,
                                        .later = (double)NAN,
                                        .cost = (double)NAN,
                                        .deals = &nash,
                                        .worlds = (uint32_t)fmin(worlds, WALK_WORLDS)};
            walked[*count] = (ent_walked){.account = i, .party = p};
            ent_walk *walk = &walked[(*count)++].walk;
            status = ent_answer_walk(work, analysis, i, &request, walk);
            if (status == ENT_OK && !isnan(chance.chance)) {
                ent_walk_haggled(walk, chance.chance, chance.error, chance.worlds);
            }
        }
    }
    return status;
}

static ent_status answer_steps(ent_work *work, ent_summary *s)
{
    const ent_analysis *analysis = s->analysis;
    size_t count = analysis->accounts.count;
    ent_planned *plans = ent_alloc(work->arena, count + 1, ent_planned);
    ent_walked *walks = ent_alloc(work->arena, count * analysis->c->party_count + 1, ent_walked);
    ent_status status = ENT_OK;
    s->plans = plans;
    s->walks = walks;
    for (size_t i = 0; i < count && goes_on(status); i++) {
        if (analysis->worlds[i].account != NULL) {
            status = worse(status, plan_account(work, analysis, i, &s->deals[i], &plans[i]));
        }
        if (analysis->worlds[i].account != NULL && goes_on(status)) {
            status = worse(status, walk_account(work, analysis, i, &s->deals[i], walks,
                                                &s->walk_count));
        }
    }
    return status;
}

static void print(ent_asking *asking, const ent_summary *s)
{
    if (asking->request->format == ENT_JSON) {
        ent_put_summary_json(asking->out, s);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_summary_plain(asking->out, s);
    } else {
        ent_put_summary_text(asking->out, &asking->style, s);
    }
}

static ent_status report(ent_asking *asking)
{
    ent_analysis analysis;
    ent_disputes disputes;
    ent_work *work = asking->work;
    ent_status status = ent_asked_analysis(asking, &analysis);
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "threshold", 0, 1, &analysis.settings.threshold);
    }
    if (status == ENT_OK) {
        status = ent_find_disputes(work, analysis.c, analysis.on, (ent_dispute_limits){0},
                                   &disputes);
    }
    if (!goes_on(status)) {
        return status;
    }
    size_t count = analysis.accounts.count;
    ent_deals *deals = ent_alloc(work->arena, count + 1, ent_deals);
    ent_bridge *bridges = ent_alloc(work->arena, count + 1, ent_bridge);
    ent_influence *influences = ent_alloc(work->arena, count + 1, ent_influence);
    for (size_t i = 0; i < count && goes_on(status); i++) {
        if (analysis.worlds[i].account != NULL) {
            status = worse(status, answer_account(work, &analysis, i, &disputes, &deals[i],
                                                  &bridges[i], &influences[i]));
        }
    }
    if (!goes_on(status)) {
        return status;
    }
    ent_summary summary = {.analysis = &analysis,
                           .disputes = &disputes,
                           .deals = deals,
                           .bridges = bridges,
                           .influences = influences,
                           .command_case = asking->request->inputs[0].path};
    status = worse(status, answer_steps(work, &summary));
    if (goes_on(status)) {
        print(asking, &summary);
    }
    return status;
}

const ent_question ent_ask_report = {
    .row = {.name = "report",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "the whole answer, on one page",
            .help = "The question and the answer in a sentence, the accounts side by side, what is "
                    "in dispute and what is not, the best packages, what would be necessary, the "
                    "steps that trust can carry, staying or walking, what to find out first, "
                    "assumptions, method and limits.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .shared = true},
    .answer = report,
};
