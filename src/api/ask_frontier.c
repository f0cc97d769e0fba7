#include "api/ask.h"
#include "api/asked_scenario.h"
#include "api/divide.h"
#include "api/results.h"
#include "bargain/solution.h"
#include "io/scenario.h"
#include "report/frontier.h"
#include "report/negmas_stats.h"

#include <string.h>

static ent_status method_asked(const ent_asking *asking, ent_solving *method)
{
    const char *name = ent_asked_text(asking, "method");
    for (int k = 0; name != NULL && k < ENT_METHOD_COUNT; k++) {
        if (strcmp(name, ent_method_names[k]) == 0) {
            *method = (ent_solving)k;
            return ENT_OK;
        }
    }
    return name == NULL ? ENT_OK
                        : ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                                   "`--method` is best, merge, cliques, thresholds, enumeration or "
                                   "adjusted-winner, not `%s`",
                                   name);
}

static ent_status options_asked(const ent_asking *asking, ent_solve_options *options,
                                uint64_t *top)
{
    uint64_t points = 0;
    *options = (ent_solve_options){.method = ENT_METHOD_BEST};
    ent_status status = method_asked(asking, &options->method);
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "most-outcomes", 1, UINT64_MAX, &options->most_outcomes);
    }
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "most-points", 1, UINT32_MAX, &points);
        options->most_points = (size_t)points;
    }
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "top", 0, UINT64_MAX, top);
    }
    return status;
}

static ent_status read_scenario(ent_asking *asking, ent_scenario **scenario)
{
    const ent_request *request = asking->request;
    if (request->inputs[0].bytes != NULL) { /* never look on the disk for what was handed over */
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U104_MISSING_ARGUMENT, NULL,
                        "a scenario is read from its folder, not from a text");
    }
    return ent_asked_scenario(asking, asking->files, request->inputs[0].path, 1, scenario);
}

static void print(const ent_asking *asking, const ent_solution *solution,
                  const ent_published *published, uint64_t top)
{
    switch (asking->request->format) {
    case ENT_JSON:
        ent_put_frontier_json(asking->out, solution, published);
        break;
    case ENT_PLAIN:
        ent_put_frontier_plain(asking->out, solution);
        break;
    case ENT_SVG:
        ent_put_frontier_svg(asking->out, solution);
        break;
    case ENT_TYPED:
        break;
    case ENT_TEXT:
        ent_put_frontier_text(asking->out, &asking->style, solution, (size_t)top);
        if (published != NULL) {
            ent_put_published_text(asking->out, &asking->style, solution, published);
        }
        break;
    }
}

/* The statistics as NegMAS has them, to the files that are asked for. */
static ent_status write_stats(const ent_asking *asking, const ent_solution *solution)
{
    static const struct {
        const char *option;
        void (*put)(ent_buffer *, const ent_solution *, const ent_negmas_stats *);
    } files[] = {{"write-stats", ent_put_negmas_stats}, {"write-info", ent_put_negmas_info}};
    enum { FILES = sizeof files / sizeof *files };
    ent_negmas_stats stats;
    ent_status status = ENT_OK;
    bool known = false;
    for (size_t k = 0; k < FILES && status == ENT_OK; k++) {
        const char *path = ent_asked_text(asking, files[k].option);
        ent_buffer b = ent_buffer_init(asking->work->arena, 0);
        if (path == NULL) {
            continue;
        }
        status = known ? ENT_OK : ent_negmas_stats_of(asking->work, solution, &stats);
        known = true;
        if (status == ENT_OK) {
            files[k].put(&b, solution, &stats);
            status = asking->files->write(asking->files->user, asking->work, path,
                                          ent_buffer_text(&b), b.length);
        }
    }
    return status;
}

static ent_status answer(ent_asking *asking)
{
    ent_solve_options options;
    ent_scenario *scenario;
    ent_solution solution;
    ent_published published = {0};
    bool check = ent_asked_flag(asking, "check-stats");
    uint64_t top = 10;
    const char *method = ent_asked_text(asking, "method");
    if (method != NULL && strcmp(method, "adjusted-winner") == 0) {
        return ent_answer_division(asking);
    }
    ent_status status = options_asked(asking, &options, &top);
    if (status == ENT_OK) {
        status = read_scenario(asking, &scenario);
    }
    if (status == ENT_OK && check) {
        status = ent_read_published(asking->work, asking->files, asking->request->inputs[0].path,
                                    &published);
    }
    bool solved = status == ENT_OK;
    if (solved) {
        status = ent_solve_scenario(asking->work, scenario, &options, &solution);
    }
    ent_output format = asking->request->format;
    asking->part = solved && status == ENT_CANCELLED && solution.interrupted &&
                   solution.count > 0 && (format == ENT_TEXT || format == ENT_JSON);
    if (status == ENT_OK || status == ENT_LIMIT || asking->part) {
        ent_keep_frontier(asking, &solution);
        print(asking, &solution, check ? &published : NULL, top);
    }
    if (status == ENT_OK || status == ENT_LIMIT) {
        ent_status written = write_stats(asking, &solution);
        status = written == ENT_OK ? status : written;
    }
    return status;
}

static const ent_option_row options[] = {
    {"check-stats", NULL, ENT_OPTION_FLAG, false,
     "compare with the statistics that NegMAS or NegoLog keeps beside the scenario"},
    {"write-stats", "FILE", ENT_OPTION_TEXT, false, "write NegMAS's _stats.yaml to this file"},
    {"write-info", "FILE", ENT_OPTION_TEXT, false, "write the figures of its _info.yaml"},
    {"method", "NAME", ENT_OPTION_TEXT, false,
     "merge, cliques, thresholds, enumeration; adjusted-winner"},
    {"most-outcomes", "N", ENT_OPTION_COUNT, false, "most outcomes to enumerate (4294967296)"},
    {"most-points", "N", ENT_OPTION_COUNT, false, "most partial outcomes to keep (2000000)"},
    {"top", "N", ENT_OPTION_COUNT, false, "text: outcomes of the frontier to show, 0 all (10)"},
    ENT_REDACT_OPTIONS,
    ENT_TABLE_OPTIONS,
};

const ent_question ent_ask_frontier = {
    .row = {.name = "frontier",
            .form = "PATH [PROFILE...]",
            .least = 1,
            .most = 65,
            .summary = "exact analysis of a scenario",
            .help = "The Pareto frontier over all outcomes of a scenario whose every value is "
                    "known, with the Nash, Kalai-Smorodinsky, egalitarian and utilitarian "
                    "points, the rational outcomes and how opposed the parties are. PATH is a "
                    "Genius, GeniusWeb, NegMAS or NegoLog folder, a table (.csv, .xlsx, .ods), "
                    "or XMCDA with its other files behind it; PROFILEs name the parties that "
                    "take part, otherwise all of the folder's do.\n\n"
                    "Values that the file's decimals make equal are equal. Of Genius, which "
                    "adds floating-point numbers, the exact counts stand beside where they "
                    "differ.\n\n"
                    "The result is exact and says by which method: merging for sums over "
                    "issues, cliques for sums of boxes, thresholds for the least or greatest of"
                    " boxes, enumeration for the rest. Where a limit was reached it is the best"
                    " found, with a bound, and the exit code is 4.\n\n"
                    "With `--method adjusted-winner`, PATH may be a table of items, one a line "
                    "`item, points, points`, under a first line `item, PARTY, PARTY`; each "
                    "issue of a two-party scenario is an item. Both parties get the same "
                    "points, and at most one item is divided.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .has_svg = true,
            .has_numbers = true},
    .answer = answer,
};
