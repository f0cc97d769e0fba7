#include "api/ask.h"
#include "report/json.h"

#include <string.h>

static const char *title_of(const char *wanted)
{
    const char *code;
    const char *title;
    for (size_t i = 0; ent_code_at(i, &code, &title); i++) {
        if (strcmp(code, wanted) == 0) {
            return title;
        }
    }
    return NULL;
}

static ent_status list_codes(ent_asking *asking)
{
    const char *code;
    const char *title;
    for (size_t i = 0; ent_code_at(i, &code, &title); i++) {
        ent_putf(asking->out, "%s  %s\n", code, title);
    }
    return ENT_OK;
}

static ent_status explain(ent_asking *asking)
{
    if (asking->request->input_count == 0) {
        return list_codes(asking);
    }
    const char *code = asking->request->inputs[0].path;
    const char *text = ent_explain(code);
    if (text == NULL) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE,
                        "`entente explain` without a code lists them all",
                        "there is no code `%s`", code);
    }
    if (asking->request->format == ENT_JSON) {
        ent_json json = ent_json_document(asking->out, "explain");
        ent_json_text(&json, "code", code);
        ent_json_text(&json, "title", title_of(code));
        ent_json_text(&json, "text", text);
        ent_json_end_document(&json);
        return ENT_OK;
    }
    ent_put_ink(asking->out, &asking->style, ENT_INK_BOLD, code);
    ent_putf(asking->out, ": %s\n\n", title_of(code));
    ent_put_wrapped(asking->out, &asking->style, 0, 0, text);
    return ENT_OK;
}

const ent_question ent_ask_explain = {
    .row = {.name = "explain",
            .form = "[CODE]",
            .least = 0,
            .most = 1,
            .summary = "what an error code means",
            .help = "Describes one code, or lists all of them."},
    .answer = explain,
};
