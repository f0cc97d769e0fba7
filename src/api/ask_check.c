#include "api/ask.h"
#include "api/asked_scenario.h"
#include "api/findings.h"
#include "base/number.h"
#include "io/scenario.h"
#include "record/redact.h"
#include "report/words.h"

static bool is_later(const ent_case *c, uint32_t statement)
{
    int64_t ended = c->statements[statement].said.last;
    return ended != INT64_MIN && ended > c->as_of_time;
}

static void put_later_json(ent_json *json, const ent_case *c)
{
    ent_json_open_list(json, "later");
    for (uint32_t i = 0; c != NULL && i < c->statement_count; i++) {
        if (is_later(c, i)) {
            ent_json_text(json, NULL, c->statements[i].id);
        }
    }
    ent_json_close_list(json);
}

static void put_json(ent_asking *asking, const ent_case *c, bool interrupted)
{
    ent_json json = ent_json_document(asking->out, "check");
    if (interrupted) {
        ent_json_null(&json, "valid"); /* not known */
        ent_json_bool(&json, "interrupted", true);
    } else {
        ent_json_bool(&json, "valid", c != NULL);
    }
    ent_json_text(&json, "as_of", c != NULL ? c->as_of : NULL);
    put_later_json(&json, c);
    ent_json_withheld(&json, c);
    ent_put_findings(&json, "findings", asking->work->diags);
    ent_json_end_document(&json);
}

/* "1 error, 2 warnings" */
static void put_tally(ent_buffer *out, size_t errors, size_t warnings)
{
    ent_putf(out, "%s, %s", ent_counted(out->arena, errors, "errors"),
             ent_counted(out->arena, warnings, "warnings"));
}

/* "; 2 statements are later than 2019-02-28 and do not count: a, b" */
static void put_later(ent_buffer *out, const ent_case *c)
{
    uint32_t later = 0;
    for (uint32_t i = 0; i < c->statement_count; i++) {
        later += is_later(c, i);
    }
    for (uint32_t i = 0, told = 0; later > 0 && i < c->statement_count; i++) {
        if (is_later(c, i)) {
            if (told++ == 0) {
                ent_putf(out, "; %s %s later than %s (UTC) and %s not count: ",
                         ent_counted(out->arena, later, "statements"), later == 1 ? "is" : "are",
                         c->as_of, later == 1 ? "does" : "do");
            }
            ent_putf(out, "%s%s", told > 1 ? ", " : "", c->statements[i].id);
        }
    }
}

/* A scenario that was read, or not. */
static void put_scenario(ent_asking *asking, const char *path, const ent_scenario *s, bool valid,
                         ent_json *json)
{
    const char *outcomes = valid ? ent_scenario_outcomes_text(asking->work->arena, s) : NULL;
    if (json != NULL) {
        ent_json_open_map(json, NULL);
        ent_json_text(json, "path", path);
        ent_json_bool(json, "valid", valid);
        if (valid) {
            ent_json_text(json, "format", s->format);
            ent_json_count(json, "parties", s->party_count);
            ent_json_count(json, "issues", s->issue_count);
            ent_json_text(json, "outcomes", outcomes);
        }
        ent_json_close_map(json);
    } else if (valid) {
        ent_putf(asking->out, "%s: a valid scenario (%s); %s, %s, %s", path, s->format,
                 ent_counted(asking->work->arena, s->party_count, "parties"),
                 ent_counted(asking->work->arena, s->issue_count, "issues"),
                 ent_counted_text(asking->work->arena, outcomes, "outcomes"));
    } else {
        ent_putf(asking->out, "%s: ", path);
    }
}

/* One after the other; the first error is the answer's, the others are told too. */
static ent_status check_scenarios(ent_asking *asking, const ent_paths *all, ent_json *json)
{
    const ent_diags *diags = asking->work->diags;
    ent_status worst = ENT_OK;
    for (size_t i = 0; i < all->count; i++) {
        size_t errors = ent_diags_count_of(diags, ENT_ERROR);
        size_t warnings = ent_diags_count_of(diags, ENT_WARNING) - errors;
        ent_scenario *s = NULL;
        ent_status status = ent_asked_scenario(asking, asking->files, all->at[i], 1, &s);
        if (status == ENT_CANCELLED || status == ENT_USAGE) {
            return status;
        }
        put_scenario(asking, all->at[i], s, status == ENT_OK, json);
        size_t worse = ent_diags_count_of(diags, ENT_ERROR) - errors;
        size_t odd = ent_diags_count_of(diags, ENT_WARNING) - errors - worse - warnings;
        if (json == NULL) {
            ent_put(asking->out, status == ENT_OK && odd > 0 ? "; " : "");
            if (status != ENT_OK || odd > 0) {
                put_tally(asking->out, worse, odd);
            }
            ent_put_char(asking->out, '\n');
        }
        status = status == ENT_OK && odd > 0 ? ENT_FINDINGS : status;
        worst = worst == ENT_OK || (worst == ENT_FINDINGS && status != ENT_OK) ? status : worst;
    }
    return worst;
}

static ent_status check_folder(ent_asking *asking)
{
    ent_paths all = {0};
    ent_status status = ent_add_scenario_paths(asking, asking->request->inputs[0].path, &all);
    if (status == ENT_OK && all.count > 1 && asking->request->input_count > 1) {
        status = ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                          "profiles are of one scenario, and `%s` holds %zu",
                          asking->request->inputs[0].path, all.count);
    }
    if (status != ENT_OK) {
        return status;
    }
    if (asking->request->format != ENT_JSON) {
        return check_scenarios(asking, &all, NULL);
    }
    ent_json json = ent_json_document(asking->out, "check");
    ent_json_open_list(&json, "scenarios");
    status = check_scenarios(asking, &all, &json);
    ent_json_close_list(&json);
    ent_json_bool(&json, "valid", status == ENT_OK || status == ENT_FINDINGS);
    ent_put_findings(&json, "findings", asking->work->diags);
    ent_json_end_document(&json);
    return status;
}

/* A folder, or a file that a scenario format claims; everything else is a case. */
static bool is_about_scenarios(const ent_asking *asking)
{
    const ent_input *input = &asking->request->inputs[0];
    const ent_files *files = asking->files;
    return input->bytes == NULL && (files->is_folder(files->user, input->path) ||
                                    ent_is_scenario(asking->work, files, input->path));
}

/* The case as of the day that is asked for. */
static ent_status read_case(ent_asking *asking, const ent_case **c)
{
    ent_status status = ent_asked_case(asking, 0, c);
    if (status == ENT_OK) {
        ent_case *then = ent_alloc(asking->work->arena, 1, ent_case);
        *then = **c;
        status = ent_asked_as_of(asking, *c, &then->as_of_time, &then->as_of);
        *c = then;
    }
    return status;
}

static ent_status check(ent_asking *asking)
{
    if (is_about_scenarios(asking)) {
        return check_folder(asking);
    }
    const ent_case *c = NULL;
    ent_status status = asking->request->input_count == 1
                            ? read_case(asking, &c)
                            : ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                                       "a case holds its parties itself and takes no profiles");
    if (status == ENT_USAGE) {
        return status;
    }
    ent_arena *arena = asking->work->arena;
    const ent_diags *diags = asking->work->diags;
    size_t errors = ent_diags_count_of(diags, ENT_ERROR);
    size_t warnings = ent_diags_count_of(diags, ENT_WARNING) - errors;
    if (asking->request->format == ENT_JSON) {
        asking->part = status == ENT_CANCELLED;
        put_json(asking, c, asking->part);
        return status == ENT_OK && warnings > 0 ? ENT_FINDINGS : status;
    }
    if (status == ENT_OK) {
        ent_putf(asking->out, "%s: a valid case; %s, %s, %s",
                 asking->request->inputs[0].path,
                 ent_counted(arena, c->party_count, "parties"),
                 ent_counted(arena, c->space.issue_count, "issues"),
                 ent_counted(arena, c->statement_count, "statements"));
        put_later(asking->out, c);
        if (c->withheld.told) {
            ent_putf(asking->out, "; withheld: %s",
                     ent_withheld_text(asking->work->arena, &c->withheld));
        }
        if (warnings > 0) {
            ent_put(asking->out, "; ");
            put_tally(asking->out, errors, warnings);
        }
        ent_put_char(asking->out, '\n');
        return warnings > 0 ? ENT_FINDINGS : ENT_OK;
    }
    ent_putf(asking->out, "%s: ", asking->request->inputs[0].path);
    put_tally(asking->out, errors, warnings);
    ent_put_char(asking->out, '\n');
    return status;
}

static const ent_option_row options[] = {
    {"as-of", "DATE", ENT_OPTION_TEXT, false, "say what is later than this date"},
    ENT_REDACT_OPTIONS,
};

const ent_question ent_ask_check = {
    .row = {.name = "check",
            .form = "PATH [PROFILE...]",
            .served = true,
            .least = 1,
            .most = 65,
             .summary = "every error and warning of a case or scenarios",
             .help = "Reads the case and reports every error and every trap at once, and "
                     "which statements are later than its `as-of`. PATH may be a scenario of any "
                     "format, with the PROFILEs that take part, or a folder, which stands for all "
                     "scenarios below it. "
                    "Exit code: 0 nothing, 1 warnings, 3 errors.",
            .options = options,
            .option_count = sizeof options / sizeof *options},
    .answer = check,
};
