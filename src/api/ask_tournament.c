#include "api/ask.h"
#include "api/asked_rules.h"
#include "api/asked_scenario.h"
#include "api/entrants.h"
#include "api/league.h"
#include "api/play.h"
#include "api/results_runs.h"
#include "bargain/owner_points.h"
#include "base/crew.h"
#include "base/number.h"
#include "haggle/score.h"
#include "io/scenario.h"
#include "io/sealed.h"
#include "report/tournament.h"

#include <string.h>

enum {
    MOST_TUPLES = 1000000, /* on a scenario */
    USUAL_TUPLES = 1000,   /* up to which all are played where nothing else is asked for */
    FORM = 3 /* of the results: that of an older engine is not gone on with */
};

typedef struct tournament {
    ent_asking *asking;
    ent_tournament t;
    const char *tuples; /* as asked for; NULL: by how many there are */
    uint64_t resumed;
    bool interrupted; /* some runs were played before */
} tournament;

static const char usual[] = "aspiration,boa,boulware,conceder,hybrid,linear,micro,"
                            "naive-tit-for-tat,nash,nice-tit-for-tat";

static ent_status tuples_asked(const ent_asking *asking, const char **tuples)
{
    const char *name = ent_asked_text(asking, "tuples");
    *tuples = name;
    return name == NULL || strcmp(name, "all") == 0 || strcmp(name, "pairs") == 0
               ? ENT_OK
               : ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                          "`--tuples` is `all` or `pairs`, not `%s`", name);
}

static ent_status options_asked(const ent_asking *asking, ent_tournament *t)
{
    const char *names = ent_asked_text(asking, "strategies");
    t->repetitions = 1;
    ent_status status = ent_asked_rules(asking, &t->rules);
    if (status == ENT_OK) {
        status = ent_find_score(asking->work, ent_asked_text(asking, "score"), &t->rules.score);
    }
    if (status == ENT_OK) {
        status = ent_choose_apart(asking->work, names == NULL ? usual : names,
                                       t->rules.apart, &t->chosen, &t->strategies);
    }
    if (status == ENT_OK) {
        status = ent_asked_clock(asking, t->chosen, t->strategies, &t->rules);
    }
    if (status == ENT_OK && t->strategies == 0) {
        status = ent_fail(asking->work->diags, ENT_USAGE, ENT_H101_NO_STRATEGY, NULL,
                          "`--strategies` names none");
    }
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "repetitions", 1, 1000000, &t->repetitions);
    }
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "most-outcomes", 1, UINT32_MAX - 1, &t->most_outcomes);
    }
    return status;
}

static const char *hash_of(const ent_asking *asking, const ent_sealed *sealed)
{
    char *hex = ent_alloc(asking->work->arena, ENT_HASH_ROOM, char);
    ent_sealed_hash(sealed, hex);
    return hex;
}

/* False where there are too many tuples even so. */
static bool set_lineup(const tournament *asked, ent_fixture *e)
{
    size_t strategies = asked->t.strategies;
    uint32_t parties = e->scenario->party_count;
    bool pairs = asked->tuples != NULL && strcmp(asked->tuples, "pairs") == 0;
    if (parties < 2 || parties > ENT_HAGGLE_PARTIES) {
        return false;
    }
    if (asked->tuples == NULL) {
        pairs = !ent_lineup_set(ENT_LINEUP_ALL, strategies, parties, USUAL_TUPLES, &e->lineup);
    }
    return ent_lineup_set(pairs ? ENT_LINEUP_PAIRS : ENT_LINEUP_ALL, strategies, parties,
                          MOST_TUPLES, &e->lineup);
}

static void tell_left_out(const tournament *asked, const char *path, uint32_t parties)
{
    bool pairs = asked->tuples == NULL || strcmp(asked->tuples, "pairs") == 0;
    ent_tell(asked->t.work->diags, ENT_WARNING, ENT_H202_LEFT_OUT, NULL, (ent_pos){0, 0, 0},
             parties > ENT_HAGGLE_PARTIES ? "give a folder of fewer profiles"
             : pairs                      ? "name fewer strategies"
                                          : "name fewer strategies, or give `--tuples pairs`",
             "`%s` with %s is left out", path,
             ent_counted(asked->t.work->arena, parties, "parties"));
}

/* Read a scenario and number its runs; one with too many tuples of strategies is left out. */
static ent_status add_scenario(tournament *asked, const ent_entrant *entrant)
{
    const char *path = entrant->path;
    const ent_asking *asking = asked->asking;
    ent_work *work = asking->work;
    ent_tournament *t = &asked->t;
    ent_fixture *e = &t->fixtures[t->count];
    ent_scenario *scenario;
    ent_files through;
    ent_sealed *sealed = ent_sealed_make(work->arena, asking->files, &through);
    ent_status status =
        ent_asked_profiles(asking, &through, path, &entrant->profiles, &scenario);
    if (status != ENT_OK) {
        return status;
    }
    e->scenario = scenario;
    e->entrant = entrant;
    e->content = hash_of(asking, sealed);
    if (t->rules.score->asks_models && scenario->party_count != 2) {
        return ent_fail(work->diags, ENT_USAGE, ENT_H114_NO_SCORE,
                        "name two of its profiles, or another score",
                        "`%s` is of two who know each other, and `%s` has %u parties",
                        t->rules.score->name, path, scenario->party_count);
    }
    if (!set_lineup(asked, e)) {
        tell_left_out(asked, path, scenario->party_count);
        return ENT_OK;
    }
    if (!ent_scenario_outcomes(e->scenario, &e->outcomes) || e->outcomes > INT64_MAX) {
        e->outcomes = INT64_MAX;
    }
    e->first = t->runs;
    t->runs += e->lineup.tuples * t->repetitions;
    t->in_pairs += e->lineup.design == ENT_LINEUP_PAIRS;
    t->count++;
    return ENT_OK;
}

/* Say which tuples are played where nobody has asked for them. */
static void tell_pairs(const tournament *asked)
{
    const ent_tournament *t = &asked->t;
    if (asked->tuples == NULL && t->in_pairs > 0) {
        ent_tell(t->work->diags, ENT_NOTE, ENT_H204_IN_PAIRS, NULL, (ent_pos){0, 0, 0},
                 "`--tuples all` plays every tuple",
                 "on %zu of %s strategies meet in pairs, each in every seat with one other in all "
                 "the others",
                 t->in_pairs, ent_counted(t->work->arena, t->count, "scenarios"));
    }
}

static ent_status read_scenarios(tournament *asked)
{
    const ent_asking *asking = asked->asking;
    ent_entrants all;
    ent_status status = ent_find_entrants(asking, &all);
    asked->t.fixtures = ent_alloc(asking->work->arena, all.count + 1, ent_fixture);
    for (size_t i = 0; i < all.count && status == ENT_OK; i++) {
        status = add_scenario(asked, &all.at[i]);
    }
    if (status == ENT_OK) {
        tell_pairs(asked);
    }
    return status;
}

/* A shared object is known by its content, as scenarios are. */
static ent_status put_content(const ent_asking *asking, const ent_strategy *strategy,
                              ent_buffer *b)
{
    enum { MOST_BYTES = 256 << 20 };
    ent_files through;
    ent_text text;
    if (strategy->caller != NULL && strategy->caller->version != NULL) {
        ent_putf(b, "%s\n", strategy->caller->version);
    }
    if (strategy->plugin == NULL) {
        return ENT_OK;
    }
    ent_sealed *sealed = ent_sealed_make(asking->work->arena, asking->files, &through);
    ent_status status =
        through.read(through.user, asking->work, strategy->source, MOST_BYTES, &text);
    if (status == ENT_OK) {
        ent_putf(b, "%s\n", hash_of(asking, sealed));
    }
    return status;
}

static ent_status put_strategies(const ent_asking *asking, const ent_tournament *t, ent_buffer *b)
{
    ent_status status = ENT_OK;
    for (size_t s = 0; s < t->strategies && status == ENT_OK; s++) {
        ent_putf(b, "%s\n", t->chosen[s].text);
        status = put_content(asking, t->chosen[s].strategy, b);
    }
    return status;
}

/*
 * What makes it this tournament, as text whose hash is its name: the options, and the names and
 * the whole content of what was read, wherever it lies.
 */
static ent_status fingerprint_of(const ent_asking *asking, const ent_tournament *t,
                                 const char **fingerprint)
{
    ent_buffer b = ent_buffer_init(t->work->arena, 0);
    char number[ENT_NUMBER_ROOM];
    ent_putf(&b, "%s %d %s %u %s %llu %llu %llu\n", ENT_VERSION, FORM, t->rules.protocol->name,
             t->rules.rounds, ent_number_text(t->rules.breakdown, number),
             (unsigned long long)t->rules.seed, (unsigned long long)t->repetitions,
             (unsigned long long)t->most_outcomes);
    if (t->rules.hidden_most > 0) {
        ent_putf(&b, "--hidden-deadline %u-%u\n", t->rules.hidden_least, t->rules.hidden_most);
    }
    ent_put_clock(&b, &t->rules);
    if (strcmp(t->rules.score->name, "advantage") != 0) {
        ent_putf(&b, "--score %s\n", t->rules.score->name);
    }
    ent_put_table_options(&b, asking);
    ent_status status = put_strategies(asking, t, &b);
    for (size_t i = 0; i < t->count; i++) {
        const ent_fixture *f = &t->fixtures[i];
        ent_putf(&b, "%s %u %s %s\n", f->scenario->name, f->scenario->party_count,
                 ent_lineup_names[f->lineup.design], f->content);
        ent_put_profiles(&b, f->entrant);
    }
    char *hex = ent_alloc(t->work->arena, ENT_HASH_ROOM, char);
    ent_hash(ent_buffer_text(&b), b.length, hex);
    *fingerprint = hex;
    return status;
}

static ent_status begin(ent_tournament *t)
{
    ent_arena *arena = t->work->arena;
    ent_result_scenario *scenarios = ent_alloc(arena, t->count + 1, ent_result_scenario);
    const char **names = ent_alloc(arena, t->strategies, const char *);
    for (size_t i = 0; i < t->count; i++) {
        const ent_fixture *f = &t->fixtures[i];
        scenarios[i] = (ent_result_scenario){f->scenario->name, f->scenario->party_count,
                                             f->outcomes, ent_lineup_names[f->lineup.design]};
    }
    for (size_t s = 0; s < t->strategies; s++) {
        names[s] = t->chosen[s].text;
    }
    const ent_result_fact facts[] = {
        {"engine", ENT_VERSION},
        {"protocol", t->rules.protocol->name},
        {"score", t->rules.score->name},
        {"rounds", ent_format(arena, "%u", t->rules.rounds)},
        {"repetitions", ent_format(arena, "%llu", (unsigned long long)t->repetitions)},
        {"seed", ent_format(arena, "%llu", (unsigned long long)t->rules.seed)},
        {"jobs", ent_format(arena, "%llu", (unsigned long long)t->runs)},
    };
    return ent_results_begin(t->results, facts, sizeof facts / sizeof *facts, scenarios, t->count,
                             names, t->strategies);
}

static ent_status play(tournament *t)
{
    bool finished = false;
    ent_work *work = t->asking->work;
    const char *path = ent_asked_text(t->asking, "results");
    if (!ent_crew_leads(work)) {
        return ent_play_tournament(&t->t);
    }
    const char *fingerprint;
    ent_status status = fingerprint_of(t->asking, &t->t, &fingerprint);
    if (status == ENT_OK) {
        status = ent_results_open(work, path, fingerprint, &t->t.results, &t->t.done, &finished);
    }
    t->resumed = t->t.done;
    if (status == ENT_OK && finished) {
        status = ent_results_check(t->t.results);
    }
    if (status == ENT_OK) {
        status = begin(&t->t);
    }
    if (status == ENT_OK && !finished) {
        status = ent_play_tournament(&t->t);
        t->interrupted = status == ENT_CANCELLED && t->t.done > 0;
    }
    /* What was played before is ranked; a file is left as it is, to be gone on with. */
    bool ends = status == ENT_OK || (t->interrupted && path == NULL);
    return ends && !finished ? ent_results_finish(t->t.results) : status;
}

static void put_line(void *user, const char *text)
{
    ent_put(user, text);
}

static ent_status write_csv(tournament *t)
{
    const char *path = ent_asked_text(t->asking, "csv");
    if (path == NULL) {
        return ENT_OK;
    }
    ent_buffer b = ent_buffer_init(t->asking->work->arena, 0);
    ent_status status = ent_results_lines(t->t.results, put_line, &b);
    const ent_files *files = t->asking->files;
    return status == ENT_OK ? files->write(files->user, t->asking->work, path,
                                           ent_buffer_text(&b), b.length)
                            : status;
}

static void print(const tournament *t, const ent_tournament_story *story)
{
    if (t->asking->request->format == ENT_TYPED) {
        return;
    }
    if (t->asking->request->format == ENT_JSON) {
        ent_put_tournament_json(t->asking->out, story);
    } else if (t->asking->request->format == ENT_PLAIN) {
        ent_put_tournament_plain(t->asking->out, story);
    } else {
        ent_put_tournament_text(t->asking->out, &t->asking->style, story);
    }
}

/* The ranking and what else is printed of a tournament that has been played. */
static ent_status tell(tournament *t)
{
    ent_tournament_story story = {.scenarios = t->t.count, .in_pairs = t->t.in_pairs,
                                  .strategies = t->t.strategies,
                                  .runs = t->t.runs, .resumed = t->resumed,
                                  .rules = &t->t.rules,
                                  .repetitions = (uint32_t)t->t.repetitions,
                                  .seed = t->t.rules.seed,
                                  .protocol = t->t.rules.protocol->name,
                                  .score = t->t.rules.score->name,
                                  .score_summary = t->t.rules.score->summary,
                                  .results = ent_asked_text(t->asking, "results"),
                                  .interrupted = t->interrupted, .done = t->t.done};
    const char **read_as = ent_alloc(t->t.work->arena, t->t.count + 1, const char *);
    for (size_t i = 0; i < t->t.count; i++) {
        const ent_scenario *scenario = t->t.fixtures[i].scenario;
        read_as[i] = scenario->read_as;
        story.of_negmas += ent_has_owner_points(scenario);
    }
    story.read_as = read_as;
    bool ranked = !t->interrupted || story.results == NULL;
    ent_status status = t->interrupted ? ENT_OK : write_csv(t);
    if (status == ENT_OK && ranked) {
        status = ent_results_ranking(t->t.results, &story.ranks, &story.rank_count);
    }
    if (status == ENT_OK && !t->interrupted) {
        status = ent_keep_tournament(t->asking, &t->t, story.ranks, story.rank_count);
    }
    const char *page = ent_asked_text(t->asking, "html");
    if (status == ENT_OK && page != NULL && !t->interrupted) {
        status = ent_write_league(t->asking, &t->t, &story, page);
    }
    if (status == ENT_OK) {
        print(t, &story);
    }
    return status;
}

static ent_status answer(ent_asking *asking)
{
    tournament t = {.asking = asking, .t = {.work = asking->work}};
    ent_status status = options_asked(asking, &t.t);
    if (status == ENT_OK) {
        status = tuples_asked(asking, &t.tuples);
    }
    if (status == ENT_OK) {
        status = read_scenarios(&t);
    }
    if (status == ENT_OK) {
        status = play(&t);
    }
    ent_output format = asking->request->format;
    asking->part = t.interrupted && (format == ENT_TEXT || format == ENT_JSON);
    if (asking->part) {
        ent_status told = tell(&t);
        return told == ENT_OK ? ENT_CANCELLED : told;
    }
    return status == ENT_OK && ent_crew_leads(asking->work) ? tell(&t) : status;
}

static const ent_option_row options[] = {
    {"strategies", "A,B", ENT_OPTION_TEXT, false, "who takes part (ten of them)"},
    {"tuples", "WHICH", ENT_OPTION_TEXT, false, "which tuples of strategies meet: all or pairs"},
    {"score", "NAME", ENT_OPTION_TEXT, false, "what the ranking is by (advantage)"},
    {"repetitions", "N", ENT_OPTION_COUNT, false, "runs of each tuple of strategies (1)"},
    {"rounds", "N", ENT_OPTION_COUNT, false, "rounds up to the deadline (100)"},
    ENT_HIDDEN_OPTION,
    ENT_CLOCK_OPTIONS,
    {"protocol", "NAME", ENT_OPTION_TEXT, false, "alternating (default), breakdown or one-text"},
    {"breakdown", "P", ENT_OPTION_NUMBER, false, "chance that a rejection ends the talks (0.02)"},
    {"results", "FILE", ENT_OPTION_TEXT, false, "keep every run in this SQLite file; go on there"},
    {"csv", "FILE", ENT_OPTION_TEXT, false, "write every run to this CSV file"},
    {"html", "FILE", ENT_OPTION_TEXT, false, "write a page with drawings to this file"},
    {"seed", "N", ENT_OPTION_COUNT, false, "seed of the draws (1)"},
    ENT_ISOLATE_OPTIONS,
    {"most-outcomes", "N", ENT_OPTION_COUNT, false, "sample spaces of more outcomes (4194304)"},
    ENT_REDACT_OPTIONS,
    ENT_TABLE_OPTIONS,
};

const ent_question ent_ask_tournament = {
    .row = {.name = "tournament",
            .form = "PATH [PROFILE...]...",
            .least = 1,
            .most = 10000,
            .summary = "strategies against each other",
            .help = "A folder that is no scenario stands for all those below it; PROFILEs of the "
                    "scenario before them take part in it in the order given, otherwise all do. "
                    "On every scenario, tuples of the strategies negotiate, with repetitions; the"
                    " strategies are ranked by advantage, the share of what a party could gain "
                    "over its reservation value, or by what --score names: agreement, anl2024, "
                    "anl2026, kalai, kendall, nash, pareto, partners, utility or welfare "
                    "(docs/METHODS.md says what each is). Every scenario counts once. With "
                    "--tuples all every ordered tuple plays, with pairs every strategy in each "
                    "seat in turn, with one other in all the other seats, which for two parties "
                    "is the same. Without it up to 1,000 tuples are all played, and beyond that "
                    "pairs. With --results every run is kept as it is done: the same call after a"
                    " stop goes on where it was, and ends in the same file. Nothing depends on "
                    "the number of threads.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .has_numbers = true,
            .shared = true},
    .answer = answer,
};
