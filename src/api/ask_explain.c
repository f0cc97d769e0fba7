#include "api/ask.h"
#include "api/topics.h"
#include "report/json.h"

#include <string.h>

enum { INDENT = 2, PARAMETER_ROOM = 400 };

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

static void put_parameter_json(ent_json *json, const ent_topic_parameter *p)
{
    ent_json_open_map(json, NULL);
    ent_json_text(json, "name", p->name);
    if (p->words == NULL) {
        ent_json_number(json, "usual", p->usual);
        ent_json_number(json, "least", p->least);
        ent_json_number(json, "most", p->most);
    } else {
        ent_json_text(json, "usual", p->words[(size_t)p->usual]);
        ent_json_open_list(json, "words");
        for (size_t w = 0; w <= (size_t)p->most; w++) {
            ent_json_text(json, NULL, p->words[w]);
        }
        ent_json_close_list(json);
    }
    ent_json_text(json, "help", p->help);
    ent_json_close_map(json);
}

static void put_topic_json(ent_json *json, const ent_topic *topic)
{
    ent_json_text(json, "name", topic->name);
    ent_json_text(json, "summary", topic->summary);
    ent_json_text(json, "detail", topic->detail);
    ent_json_open_list(json, "parameters");
    for (size_t k = 0; k < topic->parameter_count; k++) {
        put_parameter_json(json, &topic->parameters[k]);
    }
    ent_json_close_list(json);
    ent_json_text(json, "source", topic->source);
}

/* Everything that can be explained. */
static void list_json(ent_asking *asking)
{
    const char *code, *title;
    const ent_topic_kind *kind;
    ent_topic topic;
    ent_json json = ent_json_document(asking->out, "explain");
    ent_json_open_list(&json, "codes");
    for (size_t i = 0; ent_code_at(i, &code, &title); i++) {
        ent_json_open_map(&json, NULL);
        ent_json_text(&json, "code", code);
        ent_json_text(&json, "title", title);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    for (size_t k = 0; (kind = ent_topic_kind_at(k)) != NULL; k++) {
        ent_json_open_list(&json, kind->plural);
        for (size_t i = 0; ent_topic_at(k, i, &topic); i++) {
            ent_json_open_map(&json, NULL);
            put_topic_json(&json, &topic);
            ent_json_close_map(&json);
        }
        ent_json_close_list(&json);
    }
    ent_json_end_document(&json);
}

static void list_text(ent_asking *asking)
{
    enum { NAMES = 19 };
    const char *code, *title;
    const ent_topic_kind *kind;
    ent_topic topic;
    for (size_t i = 0; ent_code_at(i, &code, &title); i++) {
        ent_putf(asking->out, "%s  %s\n", code, title);
    }
    for (size_t k = 0; (kind = ent_topic_kind_at(k)) != NULL; k++) {
        ent_put_heading(asking->out, &asking->style, kind->plural);
        for (size_t i = 0; ent_topic_at(k, i, &topic); i++) {
            ent_put_cell(asking->out, topic.name, NAMES, false);
            ent_put_wrapped(asking->out, &asking->style, NAMES, NAMES, topic.summary);
        }
    }
}

/* "A strategy, for --pair or --strategies. ..." */
static const char *describe(ent_arena *arena, const ent_topic_kind *kind, const ent_topic *topic)
{
    ent_buffer text = ent_buffer_init(arena, 0);
    ent_putf(&text, "A %s, for ", kind->name);
    for (size_t i = 0; kind->options[i] != NULL; i++) {
        ent_putf(&text, "%s--%s", i == 0 ? "" : " or ", kind->options[i]);
    }
    ent_putf(&text, ". %s", topic->detail);
    return ent_buffer_text(&text);
}

static void put_topic(ent_asking *asking, const ent_topic_kind *kind, const ent_topic *topic)
{
    ent_buffer *out = asking->out;
    ent_arena *arena = asking->work->arena;
    const ent_style *style = &asking->style;
    unsigned at = (unsigned)strlen(topic->name);
    ent_put_ink(out, style, ENT_INK_BOLD, topic->name);
    ent_put_wrapped(out, style, at, 0, ent_format(arena, ": %s", topic->summary));
    ent_put(out, "\n");
    ent_put_wrapped(out, style, 0, 0, describe(arena, kind, topic));
    if (topic->parameter_count > 0) {
        ent_put(out, "\n");
        ent_put_wrapped(out, style, 0, 0, "Parameters, with the usual value and the range:");
    }
    for (size_t k = 0; k < topic->parameter_count; k++) {
        char text[PARAMETER_ROOM];
        (void)ent_topic_parameter_text(&topic->parameters[k], text, sizeof text);
        ent_put_repeat(out, " ", INDENT);
        ent_put_wrapped(out, style, INDENT, 2 * INDENT, text);
    }
    if (strcmp(kind->name, "strategy") == 0) {
        ent_put(out, "\n");
        ent_put_wrapped(out, style, 0, 0,
                        "Every strategy takes step-cost=SECONDS too, or a range as 0.01-0.05: what "
                        "a turn takes on the clock of --seconds.");
    }
    ent_put(out, "\n");
    ent_put_wrapped(out, style, 0, 0, ent_format(arena, "Source: %s", topic->source));
}

static void explain_topic(ent_asking *asking, size_t kind, const ent_topic *topic)
{
    if (asking->request->format != ENT_JSON) {
        put_topic(asking, ent_topic_kind_at(kind), topic);
        return;
    }
    ent_json json = ent_json_document(asking->out, "explain");
    ent_json_text(&json, "kind", ent_topic_kind_at(kind)->name);
    put_topic_json(&json, topic);
    ent_json_end_document(&json);
}

static void explain_code(ent_asking *asking, const char *code)
{
    if (asking->request->format == ENT_JSON) {
        ent_json json = ent_json_document(asking->out, "explain");
        ent_json_text(&json, "code", code);
        ent_json_text(&json, "title", title_of(code));
        ent_json_text(&json, "text", ent_explain(code));
        ent_json_end_document(&json);
        return;
    }
    ent_put_ink(asking->out, &asking->style, ENT_INK_BOLD, code);
    ent_putf(asking->out, ": %s\n\n", title_of(code));
    ent_put_wrapped(asking->out, &asking->style, 0, 0, ent_explain(code));
}

/* The names of all that can be explained, and how many there are; names may be NULL. */
static size_t list_names(const char **names)
{
    const char *code, *title;
    ent_topic topic;
    size_t count = 0;
    for (size_t i = 0; ent_code_at(i, &code, &title); i++, count++) {
        if (names != NULL) {
            names[count] = code;
        }
    }
    for (size_t k = 0; ent_topic_kind_at(k) != NULL; k++) {
        for (size_t i = 0; ent_topic_at(k, i, &topic); i++, count++) {
            if (names != NULL) {
                names[count] = topic.name;
            }
        }
    }
    return count;
}

static ent_status no_such(ent_asking *asking, const char *name)
{
    ent_arena *arena = asking->work->arena;
    const char **names = ent_alloc(arena, list_names(NULL), const char *);
    const char *near = ent_nearest(name, names, list_names(names));
    return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE,
                    near == NULL ? "`entente explain` without a name lists them all"
                                 : ent_format(arena, "did you mean `%s`?", near),
                    "there is no code, strategy or protocol `%s`", name);
}

static ent_status list(ent_asking *asking)
{
    if (asking->request->format == ENT_JSON) {
        list_json(asking);
    } else {
        list_text(asking);
    }
    return ENT_OK;
}

static ent_status explain(ent_asking *asking)
{
    size_t kind;
    ent_topic topic;
    if (asking->request->input_count == 0) {
        return list(asking);
    }
    const char *name = asking->request->inputs[0].path;
    if (ent_explain(name) != NULL) {
        explain_code(asking, name);
    } else if (ent_find_topic(name, &kind, &topic)) {
        explain_topic(asking, kind, &topic);
    } else {
        return no_such(asking, name);
    }
    return ENT_OK;
}

const ent_question ent_ask_explain = {
    .row = {.name = "explain",
            .form = "[NAME]",
            .least = 0,
            .most = 1,
            .summary = "what an error code, a strategy or a protocol means",
            .help = "Describes an error code as `H101`, a strategy as `boulware` or a protocol as "
                    "`one-text`, with parameters and source, or lists all of them."},
    .answer = explain,
};
