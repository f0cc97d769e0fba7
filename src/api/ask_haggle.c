#include "answers/haggling.h"
#include "answers/whole.h"
#include "api/ask.h"
#include "api/asked_rules.h"
#include "api/asked_scenario.h"
#include "api/results.h"
#include "bargain/owner_points.h"
#include "base/crew.h"
#include "base/number.h"
#include "haggle/together.h"
#include "io/scenario.h"
#include "report/haggle.h"
#include "report/haggled.h"

#include <string.h>

typedef struct haggle_options {
    ent_haggle_rules rules;
    const ent_chosen_strategy *chosen;
    size_t count;
    uint64_t most_outcomes;
} haggle_options;

static ent_status options_asked(const ent_asking *asking, haggle_options *o)
{
    const char *pair = ent_asked_text(asking, "pair");
    *o = (haggle_options){.most_outcomes = 0};
    ent_status status = ent_asked_rules(asking, &o->rules);
    if (status == ENT_OK) {
        status = ent_choose_apart(asking->work, pair == NULL ? "boulware" : pair,
                                       o->rules.apart, &o->chosen, &o->count);
    }
    if (status == ENT_OK) {
        status = ent_asked_clock(asking, o->chosen, o->count, &o->rules);
    }
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "most-outcomes", 1, UINT32_MAX - 1, &o->most_outcomes);
    }
    return status;
}

/* A strategy for each party: as many as there are, or one for all. */
static ent_status seat(ent_work *work, haggle_options *o, uint32_t parties)
{
    if (o->count != parties && o->count != 1) {
        return ent_fail(work->diags, ENT_USAGE, ENT_H103_PARTIES,
                        "give `--pair` one strategy for all, or one for each, separated by commas",
                        "%s for %s", ent_counted(work->arena, o->count, "strategies"),
                        ent_counted(work->arena, parties, "parties"));
    }
    ent_chosen_strategy *all = ent_alloc(work->arena, parties, ent_chosen_strategy);
    for (uint32_t p = 0; p < parties; p++) {
        all[p] = o->chosen[o->count == 1 ? 0 : p];
    }
    o->chosen = all;
    return ENT_OK;
}

static void print(const ent_asking *asking, const ent_haggle_story *story)
{
    switch (asking->request->format) {
    case ENT_JSON:
        ent_put_haggle_json(asking->out, story);
        break;
    case ENT_PLAIN:
        ent_put_haggle_plain(asking->out, story);
        break;
    case ENT_SVG:
        ent_put_haggle_svg(asking->out, story);
        break;
    case ENT_TYPED:
        break;
    case ENT_TEXT:
        ent_put_haggle_text(asking->out, &asking->style, story);
        break;
    }
}

static void print_runs(const ent_asking *asking, const ent_haggle_story *story)
{
    if (asking->request->format == ENT_TYPED) {
        return;
    }
    if (asking->request->format == ENT_JSON) {
        ent_put_haggle_runs_json(asking->out, story);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_haggle_runs_plain(asking->out, story);
    } else {
        ent_put_haggle_runs_text(asking->out, &asking->style, story);
    }
}

/* Who took longer than the step limit, in this one run or in those. */
static void tell_slow(ent_work *work, const haggle_options *o, const ent_negotiation *n,
                      const ent_runs *many)
{
    uint32_t slow[ENT_HAGGLE_PARTIES] = {0};
    for (uint32_t k = 0; k < (many == NULL ? 1 : many->runs); k++) {
        const ent_haggle_result *r = many == NULL ? &n->result : &many->run[k].result;
        if (r->end == ENT_HAGGLE_SLOW && r->party < n->table->parties) {
            slow[r->party]++;
        }
    }
    ent_tell_slow(work, o->chosen, n->table->parties, slow);
}

/* Once, with every offer, or `runs` times. */
static ent_status negotiate(ent_asking *asking, const haggle_options *o,
                            const ent_scenario *scenario, const ent_haggle_table *table,
                            uint64_t runs)
{
    ent_work *work = asking->work;
    ent_negotiation n;
    ent_runs many;
    ent_haggle_story story = {&n, o->chosen, scenario->parties, scenario->name,
                              runs > 0 ? &many : NULL, ent_has_owner_points(scenario)};
    if (runs > 0 && asking->request->format == ENT_SVG) {
        return ent_fail(work->diags, ENT_USAGE, ENT_U102_UNKNOWN_OPTION, NULL,
                        "`--svg` draws one negotiation, not many");
    }
    ent_negotiation_make(work->arena, table, &o->rules, o->chosen, &n);
    ent_status status = runs > 0 ? ent_haggle_runs(work, scenario, table, &o->rules, o->chosen,
                                                   (uint32_t)runs, &many)
                                 : ent_negotiate_apart(work, &n, o->chosen, 0);
    ent_status told = ent_tell_all_faults(work, o->chosen, table->parties);
    status = status == ENT_OK ? told : status;
    if (status == ENT_OK) {
        tell_slow(work, o, &n, runs > 0 ? &many : NULL);
    }
    if (status == ENT_OK && runs > 0) {
        ent_output format = asking->request->format;
        asking->part = many.interrupted && (format == ENT_TEXT || format == ENT_JSON);
        if (!many.interrupted || asking->part) {
            ent_keep_runs(asking, &many, table->parties);
            print_runs(asking, &story);
        }
        status = many.interrupted ? ENT_CANCELLED : ENT_OK;
    } else if (status == ENT_OK) {
        ent_keep_run(asking, &n);
        print(asking, &story);
    }
    return status;
}

static ent_status haggle_scenario(ent_asking *asking, haggle_options *o)
{
    const ent_request *request = asking->request;
    ent_work *work = asking->work;
    ent_scenario *scenario;
    ent_haggle_table table;
    uint64_t runs = 0;
    if (!ent_crew_leads(work)) {
        return ENT_OK; /* the worlds of a case are shared, one scenario is not */
    }
    ent_status status =
        ent_asked_scenario(asking, asking->files, request->inputs[0].path, 1, &scenario);
    if (status == ENT_OK) {
        status = ent_haggle_tabulate(work, scenario, o->most_outcomes, o->rules.seed, &table);
    }
    if (status == ENT_OK) {
        if (o->rules.above) {
            ent_haggle_take_above(&table);
        }
        ent_keep_space(asking, scenario, &table);
        status = seat(work, o, table.parties);
    }
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "runs", 1, ENT_RUNS_MOST, &runs);
    }
    if (status != ENT_OK) {
        return status;
    }
    return negotiate(asking, o, scenario, &table, runs);
}

static void print_case(const ent_asking *asking, const ent_analysis *analysis,
                       const ent_haggled *haggled, size_t count)
{
    if (asking->request->format == ENT_JSON) {
        ent_put_haggled_json(asking->out, analysis, haggled, count);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_haggled_plain(asking->out, analysis, haggled, count);
    } else {
        ent_put_haggled_text(asking->out, &asking->style, analysis, haggled, count);
    }
}

static const ent_haggled *haggled_of(const ent_haggled *at, size_t count, size_t account)
{
    size_t i = 0;
    while (i + 1 < count && at[i].account != account) {
        i++;
    }
    return &at[i];
}

static ent_status haggle_case(ent_asking *asking, haggle_options *o)
{
    ent_analysis analysis;
    uint64_t worlds = 0;
    ent_status status = ent_asked_count(asking, "runs", 1, 100000000, &worlds);
    if (status == ENT_OK && asking->request->format == ENT_SVG) {
        status = ent_fail(asking->work->diags, ENT_USAGE, ENT_U102_UNKNOWN_OPTION, NULL,
                          "`--svg` draws one negotiation of an exact scenario, not a case");
    }
    if (status == ENT_OK && o->rules.above) {
        status = ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                          "in a case a party accepts what is worth its reservation value: "
                          "`--at-reservation` is for exact scenarios");
    }
    if (status == ENT_OK) {
        status = ent_refuse_callers(asking->work, o->chosen, o->count, "the worlds of a case");
    }
    status = status == ENT_OK ? ent_asked_analysis(asking, &analysis) : status;
    if (status != ENT_OK) {
        return status;
    }
    ent_haggled *haggled =
        ent_alloc(asking->work->arena, analysis.accounts.count + 1, ent_haggled);
    size_t count = 0, answered = 0;
    for (size_t i = 0; i < analysis.accounts.count && status == ENT_OK; i++) {
        size_t first = ent_first_told(&analysis, i);
        if (first < i) { /* one account with two names */
            haggled[count] = *haggled_of(haggled, count, first);
            haggled[count++].account = i;
        } else if (analysis.worlds[i].account != NULL) {
            status = ent_haggle_account(asking->work, &analysis, i, &o->rules, o->chosen, o->count,
                                        (uint32_t)worlds, &haggled[count]);
            count += status == ENT_OK;
        }
        answered += status == ENT_OK;
    }
    ent_status told = ent_tell_all_faults(asking->work, o->chosen, o->count);
    status = status == ENT_OK ? told : status;
    if (ent_has_answer(asking, &analysis, status, answered)) {
        print_case(asking, &analysis, haggled, count);
    }
    return status;
}

/* A case is a single file that no scenario format claims. */
static bool is_case(const ent_asking *asking)
{
    const ent_request *request = asking->request;
    const ent_input *input = &request->inputs[0];
    return request->input_count == 1 &&
           (input->bytes != NULL ||
            (!asking->files->is_folder(asking->files->user, input->path) &&
             !ent_is_scenario(asking->work, asking->files, input->path)));
}

static ent_status answer(ent_asking *asking)
{
    haggle_options o;
    ent_status status = options_asked(asking, &o);
    if (status != ENT_OK) {
        return status;
    }
    return is_case(asking) ? haggle_case(asking, &o) : haggle_scenario(asking, &o);
}

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"rounds", "N", ENT_OPTION_COUNT, false, "rounds up to the deadline (100)"},
    ENT_HIDDEN_OPTION,
    ENT_CLOCK_OPTIONS,
    {"pair", "A,B", ENT_OPTION_TEXT, false, "a strategy for each party, or one for all (boulware)"},
    {"protocol", "NAME", ENT_OPTION_TEXT, false, "alternating (default), breakdown or one-text"},
    {"breakdown", "P", ENT_OPTION_NUMBER, false, "chance that a rejection ends the talks (0.02)"},
    {"runs", "N", ENT_OPTION_COUNT, false,
     "number of negotiations (1, with every offer; a case: 2000 or fewer)"},
    ENT_ISOLATE_OPTIONS,
    {"most-outcomes", "N", ENT_OPTION_COUNT, false, "sample spaces of more outcomes (4194304)"},
    ENT_TABLE_OPTIONS,
};

const ent_question ent_ask_haggle = {
    .row = {.name = "haggle",
            .form = "PATH [PROFILE...]",
            .least = 1,
            .most = 65,
            .summary = "simulate the bargaining",
            .help = "On an exact scenario: one negotiation by alternating offers, a strategy for "
                    "each party, with every offer; with --runs that many, how they end and how "
                    "they spread. On a case: negotiations in the worlds of each "
                    "account, from the sides' last positions; the share that ends in a deal, who "
                    "gains and what is left on the table. A strategy may have parameters, "
                    "`boulware:e=4`. With --seconds every turn moves a clock on by what it "
                    "costs, `boulware:step-cost=0.02` or --step-cost for all.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .has_svg = true,
            .has_numbers = true,
            .shared = true},
    .answer = answer,
};
