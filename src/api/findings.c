#include "api/findings.h"

#include "api/engine.h"

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

void ent_put_findings(ent_json *json, const char *key, const ent_diags *diags)
{
    ent_json_open_list(json, key);
    for (size_t i = 0; i < ent_diags_count(diags); i++) {
        put_finding(json, ent_diags_get(diags, i));
    }
    ent_json_close_list(json);
}

typedef struct document {
    ent_engine *engine;
    ent_work work;
    ent_status status;
    const ent_diags *diags;
    ent_reply *reply;
} document;

static ent_status put_document(void *argument)
{
    document *d = argument;
    ent_buffer out = ent_buffer_init(d->work.arena, 0);
    ent_json json = ent_json_document(&out, "error");
    ent_json_text(&json, "status", ent_status_text(d->status));
    ent_json_count(&json, "exit", (uint64_t)ent_status_exit(d->status));
    ent_put_findings(&json, "diagnostics", d->diags);
    ent_json_end_document(&json);
    d->reply = ent_reply_of(d->engine, d->work.arena, ent_buffer_text(&out), out.length);
    return ENT_OK;
}

ent_status ent_error_document(ent_engine *engine, ent_status status, const ent_diags *diags,
                              ent_reply **reply)
{
    document d = {.engine = engine, .status = status, .diags = diags};
    ent_status made = ent_engine_run(engine, NULL, &d.work, put_document, &d);
    *reply = d.reply;
    return made;
}
