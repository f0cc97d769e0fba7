/* What a question's file is written with: options, inputs, packages. */
#include "api/ask.h"

#include "base/number.h"
#include "io/case.h"
#include "report/json.h"

#include <string.h>

enum { CASE_BYTES = 16 << 20 };

bool ent_asked_flag(const ent_asking *asking, const char *name)
{
    const ent_request *request = asking->request;
    for (size_t i = 0; i < request->option_count; i++) {
        if (strcmp(request->options[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

const char *ent_asked_text(const ent_asking *asking, const char *name)
{
    const ent_request *request = asking->request;
    for (size_t i = request->option_count; i-- > 0;) {
        if (strcmp(request->options[i].name, name) == 0) {
            return request->options[i].value;
        }
    }
    return NULL;
}

ent_status ent_asked_number(const ent_asking *asking, const char *name, double least, double most,
                            double *value)
{
    const char *text = ent_asked_text(asking, name);
    if (text == NULL) {
        return ENT_OK;
    }
    double number;
    if (!ent_parse_number(text, strlen(text), &number) || number < least || number > most) {
        char low[ENT_NUMBER_ROOM], high[ENT_NUMBER_ROOM];
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                        "`--%s` takes a number from %s to %s, not `%s`", name,
                        ent_number_text(least, low), ent_number_text(most, high), text);
    }
    *value = number;
    return ENT_OK;
}

ent_status ent_asked_count(const ent_asking *asking, const char *name, uint64_t least,
                           uint64_t most, uint64_t *value)
{
    const char *text = ent_asked_text(asking, name);
    uint64_t count;
    if (text == NULL) {
        return ENT_OK;
    }
    if (!ent_parse_count(text, strlen(text), most, &count) || count < least) {
        char low[ENT_NUMBER_ROOM], high[ENT_NUMBER_ROOM];
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                        "`--%s` takes a whole number from %s to %s, not `%s`", name,
                        ent_count_text(least, low), ent_count_text(most, high), text);
    }
    *value = count;
    return ENT_OK;
}

ent_status ent_asked_file(ent_asking *asking, size_t input, size_t limit, ent_text *text)
{
    const ent_input *given = &asking->request->inputs[input];
    if (given->bytes != NULL) {
        *text = (ent_text){given->path, given->bytes, given->length};
        return given->length <= limit
                   ? ENT_OK
                   : ent_fail(asking->work->diags, ENT_INVALID, ENT_F102_TOO_LARGE, NULL,
                              "`%s` is too large", given->path);
    }
    return asking->files->read(asking->files->user, asking->work, given->path, limit, text);
}

/* Add the claims of --suppose, in their order. */
static ent_status suppose(const ent_asking *asking, const ent_case *read, const ent_case **c)
{
    const ent_request *request = asking->request;
    const char **texts = ent_alloc(asking->work->arena, request->option_count + 1, const char *);
    size_t count = 0;
    for (size_t i = 0; i < request->option_count; i++) {
        if (strcmp(request->options[i].name, "suppose") == 0) {
            texts[count++] = request->options[i].value;
        }
    }
    return ent_read_suppositions(asking->work, read, texts, count, c);
}

typedef struct wanted {
    ent_asking *asking;
    size_t input;
    const ent_case **c;
} wanted;

static ent_status read_wanted(void *argument)
{
    const wanted *w = argument;
    ent_asking *asking = w->asking;
    size_t input = w->input;
    const ent_case **c = w->c;
    ent_text text;
    ent_case *read = NULL;
    ent_status status = ent_asked_file(asking, input, CASE_BYTES, &text);
    if (status == ENT_OK) {
        const char *folder = ent_path_folder(asking->work->arena, text.name);
        status = ent_read_case(asking->work, asking->files, &text, folder, &read);
    }
    *c = read;
    return status == ENT_OK ? suppose(asking, read, c) : status;
}

ent_status ent_asked_case(ent_asking *asking, size_t input, const ent_case **c)
{
    wanted w = {asking, input, c};
    ent_status status = ent_while_wanted(asking->work, read_wanted, &w);
    return status == ENT_OK && ent_stopped(asking->work) ? ENT_CANCELLED : status;
}

void ent_answer_file(ent_asking *asking, const ent_buffer *file)
{
    asking->as_it_is = true;
    if (asking->request->format != ENT_JSON) {
        ent_put_bytes(asking->out, ent_buffer_text(file), file->length);
        return;
    }
    ent_json json = ent_json_document(asking->out, asking->question->row.name);
    ent_json_text(&json, "text", ent_buffer_text(file));
    ent_json_end_document(&json);
}

ent_status ent_no_such_name(const ent_asking *asking, const char *what, const char *name,
                            const char *const *names, size_t count)
{
    ent_work *work = asking->work;
    const char *near = ent_nearest(name, names, count);
    return ent_fail(work->diags, ENT_USAGE, ENT_U105_NO_SUCH_NAME,
                    near == NULL ? NULL : ent_format(work->arena, "did you mean `%s`?", near),
                    "the case has no %s called `%s`", what, name);
}

static ent_status statements_asked(const ent_asking *asking, const ent_case *c, const char *option,
                                   const uint32_t **list, size_t *count)
{
    const ent_request *request = asking->request;
    uint32_t *found = ent_alloc(asking->work->arena, request->option_count + 1, uint32_t);
    const char **names = ent_alloc(asking->work->arena, c->statement_count + 1, const char *);
    for (uint32_t i = 0; i < c->statement_count; i++) {
        names[i] = c->statements[i].id;
    }
    *count = 0;
    for (size_t i = 0; i < request->option_count; i++) {
        if (strcmp(request->options[i].name, option) != 0) {
            continue;
        }
        uint32_t statement = ent_find_statement(c, request->options[i].value);
        if (statement == ENT_NONE) {
            return ent_no_such_name(asking, "statement", request->options[i].value, names,
                                    c->statement_count);
        }
        found[(*count)++] = statement;
    }
    *list = found;
    return ENT_OK;
}

static ent_status account_asked(const ent_asking *asking, const ent_case *c, const char **account)
{
    const char *name = ent_asked_text(asking, "account");
    size_t count = 0;
    const char **names =
        ent_alloc(asking->work->arena, c->party_count + c->account_count + 1, const char *);
    for (size_t i = 0; i < c->account_count; i++) {
        names[count++] = c->accounts[i].id;
    }
    for (uint32_t p = 0; p < c->party_count && c->account_count == 0; p++) {
        if (c->parties[p].role == ENT_DECIDER) {
            names[count++] = c->parties[p].id;
        }
    }
    *account = name;
    for (size_t i = 0; name != NULL && i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return ENT_OK;
        }
    }
    return name == NULL ? ENT_OK : ent_no_such_name(asking, "account", name, names, count);
}

static ent_status prior_asked(const ent_asking *asking, ent_prior *prior)
{
    const char *name = ent_asked_text(asking, "prior");
    if (name == NULL) {
        return ENT_OK;
    }
    *prior = strcmp(name, "flat") == 0 ? ENT_PRIOR_FLAT : ENT_PRIOR_IMPORTANCE;
    return *prior == ENT_PRIOR_FLAT || strcmp(name, "importance") == 0
               ? ENT_OK
               : ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                          "`--prior` is `importance` or `flat`, not `%s`", name);
}

static ent_status unnamed_asked(const ent_asking *asking, ent_unnamed *unnamed)
{
    static const char *const names[] = {"stated", "against", "for"};
    const char *name = ent_asked_text(asking, "unnamed");
    for (int i = 0; name != NULL && i < 3; i++) {
        if (strcmp(name, names[i]) == 0) {
            *unnamed = (ent_unnamed)i;
            return ENT_OK;
        }
    }
    return name == NULL ? ENT_OK
                        : ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                                   "`--unnamed` is `stated`, `against` or `for`, not `%s`", name);
}

ent_status ent_asked_as_of(const ent_asking *asking, const ent_case *c, int64_t *as_of,
                           const char **text)
{
    const char *date = ent_asked_text(asking, "as-of");
    int64_t first;
    *text = date != NULL ? date : c->as_of;
    *as_of = c->as_of_time;
    if (date != NULL && !ent_parse_date(date, &first, as_of)) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, ent_date_fault(date),
                        "`--as-of` takes a date, not `%s`", date);
    }
    return ENT_OK;
}

ent_status ent_asked_settings(const ent_asking *asking, const ent_case *c, ent_settings *settings)
{
    *settings = ent_settings_default();
    uint64_t worlds = settings->worlds;
    ent_status status = ent_asked_count(asking, "worlds", 1, 100000000, &worlds);
    settings->worlds = (uint32_t)worlds;
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "seed", 0, UINT64_MAX, &settings->seed);
    }
    if (status == ENT_OK) {
        status = prior_asked(asking, &settings->prior);
    }
    if (status == ENT_OK) {
        status = unnamed_asked(asking, &settings->unnamed);
    }
    if (status == ENT_OK) {
        status = ent_asked_as_of(asking, c, &settings->as_of, &settings->as_of_text);
    }
    if (status == ENT_OK) {
        status = account_asked(asking, c, &settings->account);
    }
    if (status == ENT_OK) {
        status = statements_asked(asking, c, "with", &settings->with, &settings->with_count);
    }
    if (status == ENT_OK) {
        status = statements_asked(asking, c, "without", &settings->without,
                                  &settings->without_count);
    }
    return status;
}

static bool level_of_items(const ent_issue *issue, char *words, uint64_t *level)
{
    *level = 0;
    if (strcmp(words, "none") == 0) {
        return true;
    }
    if (strcmp(words, "all") == 0) {
        *level = issue->levels - 1;
        return true;
    }
    for (char *rest, *word = strtok_r(words, "+", &rest); word != NULL;
         word = strtok_r(NULL, "+", &rest)) {
        uint32_t part = ent_find_part(issue, word);
        if (part == ENT_NONE) {
            return false;
        }
        *level |= UINT64_C(1) << part;
    }
    return true;
}

static bool level_of(const ent_issue *issue, char *words, uint64_t *level)
{
    if (issue->kind == ENT_ITEMS) {
        return level_of_items(issue, words, level);
    }
    if (issue->kind == ENT_OPTIONS) {
        uint32_t part = ent_find_part(issue, words);
        *level = part;
        return part != ENT_NONE;
    }
    double value;
    if (!ent_parse_number(words, strlen(words), &value)) {
        return false;
    }
    double steps = (value - issue->from) / issue->step;
    *level = steps < 0 ? 0 : (uint64_t)(steps + 0.5);
    double off = steps - (double)*level;
    return off < 1e-6 && off > -1e-6 && *level < issue->levels;
}

ent_status ent_asked_package(const ent_asking *asking, const ent_case *c, const char *text,
                             uint64_t *outcome)
{
    ent_work *work = asking->work;
    memset(outcome, 0, c->space.issue_count * sizeof *outcome);
    for (size_t i = 0; i < c->package_count; i++) {
        if (c->packages[i].name != NULL && strcmp(c->packages[i].name, text) == 0) {
            ent_package_outcome(&c->space, &c->packages[i], outcome);
            return ENT_OK;
        }
    }
    char *rest;
    for (char *part = strtok_r(ent_copy(work->arena, text), ",", &rest); part != NULL;
         part = strtok_r(NULL, ",", &rest)) {
        char *value = strchr(part, '=');
        if (value == NULL) {
            return ent_fail(work->diags, ENT_USAGE, ENT_U107_NO_DEAL_FORM,
                            "write issue=option,issue=item+item,issue=3.5, or the name of a "
                            "package of the case",
                            "`%s` has no `=`", part);
        }
        *value++ = '\0';
        uint32_t issue = ent_find_issue(&c->space, part);
        const char **names = ent_alloc(work->arena, c->space.issue_count, const char *);
        for (uint32_t i = 0; i < c->space.issue_count; i++) {
            names[i] = c->space.issues[i].id;
        }
        if (issue == ENT_NONE) {
            return ent_no_such_name(asking, "issue", part, names, c->space.issue_count);
        }
        if (!level_of(&c->space.issues[issue], value, &outcome[issue])) {
            return ent_fail(work->diags, ENT_USAGE, ENT_U107_NO_DEAL_FORM, NULL,
                            "`%s` is not a value of the issue `%s`", value, part);
        }
    }
    return ENT_OK;
}
