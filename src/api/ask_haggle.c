#include "api/ask.h"
#include "base/number.h"
#include "io/scenario.h"
#include "report/haggle.h"

#include <string.h>

typedef struct haggle_options {
    ent_haggle_rules rules;
    const ent_chosen_strategy *chosen;
    size_t count;
    uint64_t most_outcomes;
} haggle_options;

static ent_status rules_asked(const ent_asking *asking, ent_haggle_rules *rules)
{
    uint64_t rounds = 100;
    const char *protocol = ent_asked_text(asking, "protocol");
    *rules = (ent_haggle_rules){.protocol = &ent_protocol_alternating, .seed = 1,
                                .breakdown = 0.02};
    ent_status status = ent_asked_count(asking, "rounds", 0, ENT_HAGGLE_ROUNDS, &rounds);
    rules->rounds = (uint32_t)rounds;
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "seed", 0, UINT64_MAX, &rules->seed);
    }
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "breakdown", 0, 1, &rules->breakdown);
    }
    if (status == ENT_OK && protocol != NULL) {
        status = ent_find_protocol(asking->work, protocol, &rules->protocol);
    }
    return status;
}

static ent_status options_asked(const ent_asking *asking, haggle_options *o)
{
    const char *pair = ent_asked_text(asking, "pair");
    *o = (haggle_options){.most_outcomes = 0};
    ent_status status = rules_asked(asking, &o->rules);
    if (status == ENT_OK) {
        status = ent_choose_strategies(asking->work, pair == NULL ? "boulware" : pair, &o->chosen,
                                       &o->count);
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
                        "give `--pair` one strategy for all, or one for each, parted by commas",
                        "%zu strategies for %u parties", o->count, parties);
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
    case ENT_TEXT:
        ent_put_haggle_text(asking->out, &asking->style, story);
        break;
    }
}

static ent_status haggle_scenario(ent_asking *asking, haggle_options *o)
{
    const ent_request *request = asking->request;
    ent_work *work = asking->work;
    size_t count = request->input_count - 1;
    const char **profiles = ent_alloc(work->arena, count + 1, const char *);
    for (size_t i = 0; i < count; i++) {
        profiles[i] = request->inputs[i + 1].path;
    }
    ent_scenario *scenario;
    ent_haggle_table table;
    ent_status status = ent_read_scenario(work, asking->files, request->inputs[0].path, profiles,
                                          count, &scenario);
    if (status == ENT_OK) {
        status = ent_haggle_tabulate(work, scenario, o->most_outcomes, o->rules.seed, &table);
    }
    if (status == ENT_OK) {
        status = seat(work, o, table.parties);
    }
    if (status != ENT_OK) {
        return status;
    }
    ent_negotiation n;
    ent_negotiation_make(work->arena, &table, &o->rules, o->chosen, &n);
    ent_negotiate(&n, 0);
    print(asking, &(ent_haggle_story){&n, o->chosen, scenario->parties, scenario->name});
    return ENT_OK;
}

static ent_status answer(ent_asking *asking)
{
    haggle_options o;
    ent_status status = options_asked(asking, &o);
    return status == ENT_OK ? haggle_scenario(asking, &o) : status;
}

static const ent_option_row options[] = {
    {"rounds", "N", ENT_OPTION_COUNT, false, "rounds up to the deadline (100)"},
    {"pair", "A,B", ENT_OPTION_TEXT, false, "a strategy for each party, or one for all (boulware)"},
    {"protocol", "NAME", ENT_OPTION_TEXT, false, "alternating (default), breakdown or one-text"},
    {"breakdown", "P", ENT_OPTION_NUMBER, false, "chance that a rejection ends the talks (0.02)"},
    {"seed", "N", ENT_OPTION_COUNT, false, "seed of the draws (1)"},
    {"most-outcomes", "N", ENT_OPTION_COUNT, false, "sample spaces of more outcomes (4194304)"},
};

const ent_question ent_ask_haggle = {
    .row = {.name = "haggle",
            .form = "PATH [PROFILE...]",
            .least = 1,
            .most = 65,
            .summary = "simulate the bargaining",
            .help = "One negotiation by alternating offers on an exact scenario, a strategy for "
                    "each party, with every offer. A strategy may have parameters, "
                    "`boulware:e=4`.\n\n"
                    "Strategies: aspiration, boa, boulware, conceder, exponential, hardliner, "
                    "hybrid, linear, micro, naive-tit-for-tat, nash, nice-tit-for-tat, random, "
                    "war.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .has_svg = true},
    .answer = answer,
};
