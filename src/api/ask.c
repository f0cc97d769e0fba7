#include "api/ask.h"

#include "api/engine.h"
#include "api/questions.h"
#include "api/results.h"
#include "base/number.h"
#include "base/threads.h"
#include "io/guarded.h"

#include <string.h>

struct ent_reply {
    ent_allocator allocator;
    size_t length;
    ent_numbers results; /* its arena is the reply's */
    char text[];
};

const ent_question_row *ent_question_at(size_t index)
{
    return index < ent_question_count ? &ent_questions[index]->row : NULL;
}

const char *ent_reply_text(const ent_reply *reply, size_t *length)
{
    if (length != NULL) {
        *length = reply->length;
    }
    return reply->text;
}

void ent_reply_destroy(ent_reply *reply)
{
    if (reply != NULL) {
        ent_allocator allocator = reply->allocator;
        ent_arena_destroy(reply->results.arena);
        allocator.resize(allocator.user, reply, 0);
    }
}

ent_reply *ent_reply_of(ent_engine *engine, ent_arena *arena, const char *bytes, size_t length)
{
    const ent_allocator *allocator = &engine->allocator;
    ent_reply *reply = allocator->resize(allocator->user, NULL, sizeof *reply + length + 1);
    if (reply == NULL) {
        ent_out_of_memory(arena);
    }
    *reply = (ent_reply){.allocator = *allocator, .length = length};
    memcpy(reply->text, bytes, length);
    reply->text[length] = '\0';
    return reply;
}

const ent_deals_result *ent_reply_deals(const ent_reply *reply, size_t index)
{
    return index < reply->results.deals_count ? &reply->results.deals[index] : NULL;
}

const ent_frontier_result *ent_reply_frontier(const ent_reply *reply)
{
    return reply->results.frontier;
}

const ent_run_result *ent_reply_run(const ent_reply *reply)
{
    return reply->results.run;
}

const ent_space_result *ent_reply_space(const ent_reply *reply)
{
    return reply->results.space;
}

const ent_runs_result *ent_reply_runs(const ent_reply *reply)
{
    return reply->results.runs;
}

const ent_tournament_result *ent_reply_tournament(const ent_reply *reply)
{
    return reply->results.tournament;
}

static const ent_question *find_question(ent_work *work, const char *name)
{
    const char **names = ent_alloc(work->arena, ent_question_count, const char *);
    for (size_t i = 0; i < ent_question_count; i++) {
        names[i] = ent_questions[i]->row.name;
        if (strcmp(names[i], name) == 0) {
            return ent_questions[i];
        }
    }
    const char *near = ent_nearest(name, names, ent_question_count);
    ent_fail(work->diags, ENT_USAGE, ENT_U101_UNKNOWN_COMMAND,
             near == NULL ? "`entente help` lists the commands"
                          : ent_format(work->arena, "did you mean `%s`?", near),
             "there is no command `%s`", name);
    return NULL;
}

static const ent_option_row *find_option(const ent_question_row *row, const char *name)
{
    for (size_t i = 0; i < row->option_count; i++) {
        if (strcmp(row->options[i].name, name) == 0) {
            return &row->options[i];
        }
    }
    return NULL;
}

static ent_status unknown_option(ent_work *work, const ent_question_row *row, const char *name)
{
    const char **names = ent_alloc(work->arena, row->option_count + 1, const char *);
    for (size_t i = 0; i < row->option_count; i++) {
        names[i] = row->options[i].name;
    }
    const char *near = ent_nearest(name, names, row->option_count);
    return ent_fail(work->diags, ENT_USAGE, ENT_U102_UNKNOWN_OPTION,
                    near == NULL
                        ? ent_format(work->arena, "`entente %s --help` lists them", row->name)
                        : ent_format(work->arena, "did you mean `--%s`?", near),
                    "`entente %s` has no option `--%s`", row->name, name);
}

static ent_status check_option(ent_work *work, const ent_question_row *row, const ent_option *given)
{
    const ent_option_row *option = find_option(row, given->name);
    if (option == NULL) {
        return unknown_option(work, row, given->name);
    }
    const char *value = given->value;
    if ((option->kind == ENT_OPTION_FLAG) != (value == NULL)) {
        return ent_fail(work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                        value == NULL ? "`--%s` needs a value" : "`--%s` takes no value",
                        given->name);
    }
    double number;
    uint64_t count;
    bool fits = option->kind == ENT_OPTION_NUMBER
                    ? ent_parse_number(value, strlen(value), &number)
                : option->kind == ENT_OPTION_COUNT
                    ? ent_parse_count(value, strlen(value), UINT64_MAX, &count)
                    : true;
    return fits ? ENT_OK
                : ent_fail(work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                           "`--%s` takes a %s, not `%s`", given->name,
                           option->kind == ENT_OPTION_COUNT ? "whole number" : "number", value);
}

static ent_status check_once(ent_work *work, const ent_request *request, size_t index,
                             const ent_option_row *option)
{
    for (size_t i = 0; i < index && !option->repeats; i++) {
        if (strcmp(request->options[i].name, option->name) == 0) {
            return ent_fail(work->diags, ENT_USAGE, ENT_U108_GIVEN_TWICE, "leave one of them out",
                            "`--%s` is given twice", option->name);
        }
    }
    return ENT_OK;
}

static ent_status check_request(ent_work *work, const ent_request *request,
                                const ent_question_row *row)
{
    for (size_t i = 0; i < request->option_count; i++) {
        ent_status status = check_option(work, row, &request->options[i]);
        if (status == ENT_OK) {
            status = check_once(work, request, i, find_option(row, request->options[i].name));
        }
        if (status != ENT_OK) {
            return status;
        }
    }
    if (request->input_count < row->least || request->input_count > row->most) {
        return ent_fail(work->diags, ENT_USAGE, ENT_U104_MISSING_ARGUMENT,
                        ent_format(work->arena, "usage: entente %s %s%s[options]", row->name,
                                   row->form, *row->form == '\0' ? "" : " "),
                        request->input_count < row->least ? "`entente %s` needs %s"
                        : row->most == 0                  ? "`entente %s` takes no file%s"
                                                          : "`entente %s` takes only %s",
                        row->name, row->form);
    }
    bool served = request->format == ENT_TEXT || request->format == ENT_JSON ||
                  (request->format == ENT_TYPED && row->has_numbers) ||
                  (request->format == ENT_PLAIN && row->has_plain) ||
                  (request->format == ENT_SVG && row->has_svg);
    return served ? ENT_OK
                  : ent_fail(work->diags, ENT_USAGE, ENT_U102_UNKNOWN_OPTION, NULL,
                             "`entente %s` does not print this format", row->name);
}

typedef struct call {
    ent_engine *engine;
    const ent_request *request;
    ent_work work;
    ent_reply *reply;
} call;

static ent_status keep_reply(call *c, const ent_buffer *out, ent_numbers *results)
{
    if (out->full) {
        return ent_fail(c->work.diags, ENT_LIMIT, ENT_U103_BAD_VALUE,
                        "ask for less, for instance with --top", "the answer is over 1 GiB");
    }
    c->reply = ent_reply_of(c->engine, c->work.arena, ent_buffer_text(out), out->length);
    c->reply->results = *results;
    results->arena = NULL; /* it is the reply's now */
    return ENT_OK;
}

/* -o, and the options that name a file to write (their value is called FILE). */
static void guard_outputs(ent_guarded *guarded, const ent_request *request,
                          const ent_question_row *row)
{
    if (request->output != NULL) {
        ent_guard_output(guarded, request->output);
    }
    for (size_t i = 0; i < request->option_count; i++) {
        const ent_option_row *option = find_option(row, request->options[i].name);
        if (option != NULL && option->value != NULL && strcmp(option->value, "FILE") == 0) {
            ent_guard_output(guarded, request->options[i].value);
        }
    }
}

/* --redact and --redact-words, which hold for every case that is read. */
static ent_status redaction_asked(ent_work *work, const ent_request *request)
{
    for (size_t i = 0; i < request->option_count; i++) {
        ent_redaction how = strcmp(request->options[i].name, "redact") == 0 ? ENT_REDACT_ALL
                            : strcmp(request->options[i].name, "redact-words") == 0
                                ? ENT_REDACT_WORDS
                                : ENT_REDACT_NOTHING;
        if (how != ENT_REDACT_NOTHING && work->redact != ENT_REDACT_NOTHING) {
            return ent_fail(work->diags, ENT_USAGE, ENT_U108_GIVEN_TWICE, "leave one of them out",
                            "`--redact` and `--redact-words` say different things");
        }
        work->redact = how == ENT_REDACT_NOTHING ? work->redact : how;
    }
    return ENT_OK;
}

static ent_status answer(void *argument)
{
    call *c = argument;
    const ent_question *question = find_question(&c->work, c->request->question);
    if (question == NULL) {
        return ENT_USAGE;
    }
    ent_status status = check_request(&c->work, c->request, &question->row);
    if (status != ENT_OK) {
        return status;
    }
    status = redaction_asked(&c->work, c->request);
    if (status != ENT_OK) {
        return status;
    }
    c->work.threads = ent_threads_to_be_had(c->work.threads);
    if (!question->row.shared) {
        c->work.crew = NULL; /* the leader alone was asked */
    }
    if (c->work.crew != NULL) {
        c->work.crew_left = ent_alloc(c->work.arena, (size_t)c->work.crew->ranks, bool);
    }
    unsigned width = c->request->width == 0 ? 80 : c->request->width;
    ent_buffer out = ent_buffer_init(c->work.arena, 0);
    ent_files files;
    ent_guarded *guarded = ent_guard_files(&c->work, c->engine->files, &files);
    guard_outputs(guarded, c->request, &question->row);
    if (c->request->size >= offsetof(ent_request, strategy_count) + sizeof(size_t)) {
        c->work.callers = c->request->strategies;
        c->work.caller_count = c->request->strategy_count;
    }
    ent_asking asking = {.work = &c->work,
                         .files = &files,
                         .request = c->request,
                         .question = question,
                         .style = {width < 40 ? 40 : width, c->request->color},
                         .out = &out,
                         .results = ent_numbers_of(c->work.arena, &c->engine->allocator)};
    status = question->answer(&asking);
    ent_status clash = ent_guard_check(guarded, &c->work);
    if (clash != ENT_OK) {
        return clash;
    }
    if (status == ENT_CANCELLED && c->request->format != ENT_TEXT && !asking.part) {
        return status; /* half a document is none */
    }
    if (status == ENT_CANCELLED && c->request->format == ENT_TEXT && out.length > 0) {
        ent_put(&out, "\nInterrupted: this is what was found before, not the whole answer.\n");
    }
    if ((c->request->format == ENT_TEXT || c->request->format == ENT_PLAIN) && !asking.as_it_is) {
        ent_show_turns(&out);
    }
    if (c->request->format == ENT_TEXT && !asking.as_it_is) {
        ent_fold(&out, &asking.style);
    }
    if (c->request->format == ENT_TYPED) {
        if (status == ENT_OK && asking.results->arena == NULL) {
            return ent_fail(c->work.diags, ENT_USAGE, ENT_U102_UNKNOWN_OPTION, NULL,
                            "`entente %s` has no numbers to give for this input",
                            question->row.name);
        }
        out.length = 0;
    }
    if (out.length > 0 || asking.results->arena != NULL) {
        ent_status kept = keep_reply(c, &out, asking.results);
        status = kept == ENT_OK ? status : kept;
    }
    return status;
}

/* Nothing fails in silence. */
static void tell_reason(ent_diags *diags, size_t errors_before, ent_status status, bool partial)
{
    bool told = ent_diags_count_of(diags, ENT_ERROR) > errors_before;
    switch (status) {
    case ENT_CANCELLED:
        ent_tell(diags, ENT_ERROR, ENT_U109_STOPPED, NULL, (ent_pos){0, 0, 0}, NULL,
                 partial ? "interrupted: what was found so far is printed, and it is not all"
                         : "interrupted before anything was found");
        break;
    case ENT_NOMEM:
        if (!told) {
            (void)ent_fail(diags, status, ENT_U106_OUT_OF_MEMORY, NULL, "out of memory");
        }
        break;
    case ENT_USAGE:
    case ENT_INVALID:
    case ENT_IO:
        if (!told) {
            (void)ent_fail(diags, status, ENT_U110_NO_REASON, "please report this",
                           "the engine failed without saying why: %s", ent_status_text(status));
        }
        break;
    case ENT_OK:
    case ENT_FINDINGS:
    case ENT_LIMIT:
        break;
    }
}

ent_status ent_ask(ent_engine *engine, const ent_request *request, ent_diags *diags,
                   ent_reply **reply)
{
    call c = {.engine = engine, .request = request};
    size_t errors = ent_diags_count_of(diags, ENT_ERROR);
    ent_status status = ent_engine_run(engine, diags, &c.work, answer, &c);
    *reply = c.reply;
    tell_reason(diags, errors, status, c.reply != NULL);
    return status;
}
