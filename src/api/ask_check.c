#include "api/ask.h"
#include "report/json.h"

static void put_finding(ent_json *json, const ent_diag *d)
{
    static const char *const severities[] = {"note", "warning", "error"};
    ent_json_open_map(json, NULL);
    ent_json_text(json, "severity", severities[d->severity]);
    ent_json_text(json, "code", d->code);
    ent_json_text(json, "file", d->file);
    if (d->line > 0) {
        ent_json_count(json, "line", d->line);
        ent_json_count(json, "column", d->column);
        ent_json_count(json, "length", d->length);
    }
    ent_json_text(json, "message", d->message);
    ent_json_text(json, "hint", d->hint);
    ent_json_close_map(json);
}

static void put_json(ent_asking *asking, bool valid)
{
    const ent_diags *diags = asking->work->diags;
    ent_json json = ent_json_document(asking->out, "check");
    ent_json_bool(&json, "valid", valid);
    ent_json_open_list(&json, "findings");
    for (size_t i = 0; i < ent_diags_count(diags); i++) {
        put_finding(&json, ent_diags_get(diags, i));
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

/* "1 error, 2 warnings" */
static void put_tally(ent_buffer *out, size_t errors, size_t warnings)
{
    ent_putf(out, "%zu error%s, %zu warning%s", errors, errors == 1 ? "" : "s", warnings,
             warnings == 1 ? "" : "s");
}

static ent_status check(ent_asking *asking)
{
    const ent_case *c;
    ent_status status = ent_asked_case(asking, 0, &c);
    const ent_diags *diags = asking->work->diags;
    size_t errors = ent_diags_count_of(diags, ENT_ERROR);
    size_t warnings = ent_diags_count_of(diags, ENT_WARNING) - errors;
    if (asking->request->format == ENT_JSON) {
        put_json(asking, status == ENT_OK);
        return status == ENT_OK && warnings > 0 ? ENT_FINDINGS : status;
    }
    if (status == ENT_OK) {
        ent_putf(asking->out, "%s: a valid case; %u parties, %u issues, %u statements",
                 asking->request->inputs[0].path, c->party_count, c->space.issue_count,
                 c->statement_count);
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

const ent_question ent_ask_check = {
    .row = {.name = "check",
            .form = "CASE",
            .least = 1,
            .most = 1,
            .summary = "every error and warning of a case, with place and hint",
            .help = "Reads the case and tells everything that is wrong or a trap, all at once. "
                    "Exit code: 0 nothing, 1 warnings, 3 errors."},
    .answer = check,
};
