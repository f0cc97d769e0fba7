#include "web/app.h"

#include "web/guard.h"
#include "web/held.h"
#include "web/policy.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COMPUTING_MOST = 4, WAIT_MS = 250, WAIT_ROUNDS = 100 };

struct web_app {
    web_held *held;
    web_guard guard;
    bool edit;
    int threads;
    char *page, *policy; /* the live page and its content security policy */
    size_t page_length;
    atomic_bool stopping;
    atomic_int computing;
};

/* ---- Replies ------------------------------------------------------------------------------ */

static void reply_text(web_reply *reply, int status, const char *type, web_text *text)
{
    reply->status = text->failed ? 500 : status;
    reply->type = type;
    reply->body = text->at;
    reply->length = text->length;
}

static void reply_error(web_reply *reply, int status, const char *message)
{
    web_text text = {0};
    web_puts(&text, "{\"error\": ");
    web_put_json(&text, message, strlen(message));
    web_puts(&text, "}\n");
    reply_text(reply, status, "application/json", &text);
}

void web_reply_finish(web_reply *reply)
{
    free(reply->body);
    *reply = (web_reply){0};
}

/* ---- Asking the engine -------------------------------------------------------------------- */

typedef struct waiting {
    web_app *app;
    const web_request *request;
} waiting;

static bool give_up(void *user, const char *what, uint64_t done, uint64_t total)
{
    (void)what;
    (void)done;
    (void)total;
    waiting *w = user;
    return atomic_load(&w->app->stopping) ||
           (w->request != NULL && w->request->gone != NULL && w->request->gone(w->request->user));
}

/* The first error, in a form that the page shows. */
static void reply_diags(web_reply *reply, int status, const ent_diags *diags)
{
    const char *message = "the question could not be answered";
    for (size_t i = 0; i < ent_diags_count(diags); i++) {
        if (ent_diags_get(diags, i)->severity == ENT_ERROR) {
            message = ent_diags_get(diags, i)->message;
            break;
        }
    }
    reply_error(reply, status, message);
}

static int http_status(ent_status status)
{
    switch (status) {
    case ENT_OK:
    case ENT_FINDINGS:
    case ENT_LIMIT:
        return 200;
    case ENT_USAGE:
        return 400;
    case ENT_INVALID:
        return 422;
    case ENT_CANCELLED:
    case ENT_NOMEM:
        return 503;
    case ENT_IO:
        return 500;
    }
    return 500;
}

static ent_status ask(web_app *app, const web_request *request, const char *question,
                      const web_version *version, const ent_option *options, size_t option_count,
                      ent_diags *diags, ent_reply **reply)
{
    waiting w = {app, request};
    ent_engine_options engine_options = {
        .threads = app->threads, .tick = give_up, .tick_user = &w};
    ent_engine *engine = ent_engine_create(&engine_options);
    if (engine == NULL) {
        return ENT_NOMEM;
    }
    ent_input input = {web_held_path(app->held), version->text, version->length};
    ent_request asked = {.question = question,
                         .inputs = &input,
                         .input_count = 1,
                         .options = options,
                         .option_count = option_count,
                         .format = strcmp(question, "html") == 0 ? ENT_TEXT : ENT_JSON};
    ent_status status = ent_ask(engine, &asked, diags, reply);
    ent_engine_destroy(engine);
    return status;
}

static char *cache_key(const web_request *request, const char *question,
                       const web_version *version)
{
    web_text key = {0};
    web_puts(&key, version->hash);
    web_puts(&key, question);
    for (size_t i = 0; i < request->query_count; i++) {
        web_put(&key, "\n", 1);
        web_puts(&key, request->query[i].name);
        web_put(&key, "=", 1);
        web_puts(&key, request->query[i].value == NULL ? "" : request->query[i].value);
    }
    if (key.failed) {
        free(key.at);
        return NULL;
    }
    return key.at;
}

/* Which question of the table takes one case: nothing else is served. */
static const ent_question_row *case_question(const char *name)
{
    for (size_t i = 0; ent_question_at(i) != NULL; i++) {
        const ent_question_row *row = ent_question_at(i);
        if (strcmp(row->name, name) == 0 && strncmp(row->form, "CASE", 4) == 0 &&
            row->least <= 1) {
            return row;
        }
    }
    return NULL;
}

static bool is_flag(const ent_question_row *row, const char *name)
{
    for (size_t i = 0; i < row->option_count; i++) {
        if (strcmp(row->options[i].name, name) == 0) {
            return row->options[i].kind == ENT_OPTION_FLAG;
        }
    }
    return false;
}

static void compute(web_app *app, const web_request *request, const ent_question_row *row,
                    const web_version *version, const char *key, web_reply *reply)
{
    ent_option *options = calloc(request->query_count + 1, sizeof *options);
    ent_diags *diags = ent_diags_create();
    ent_reply *answer = NULL;
    ent_status status = ENT_NOMEM;
    if (options != NULL && diags != NULL) {
        for (size_t i = 0; i < request->query_count; i++) {
            const web_pair *pair = &request->query[i];
            options[i] =
                (ent_option){pair->name, is_flag(row, pair->name) ? NULL : pair->value};
        }
        status = ask(app, request, row->name, version, options, request->query_count, diags,
                     &answer);
    }
    if (answer != NULL && http_status(status) == 200) {
        web_text text = {0};
        size_t length;
        const char *bytes = ent_reply_text(answer, &length);
        web_put(&text, bytes, length);
        web_held_keep(app->held, key, bytes, length);
        reply_text(reply, 200, "application/json", &text);
    } else if (diags != NULL) {
        reply_diags(reply, http_status(status), diags);
    } else {
        reply_error(reply, 503, "out of memory");
    }
    ent_reply_destroy(answer);
    ent_diags_destroy(diags);
    free(options);
}

static void answer(web_app *app, const web_request *request, const char *question,
                   web_reply *reply)
{
    const ent_question_row *row = case_question(question);
    web_version *version = web_held_valid(app->held);
    if (row == NULL || version == NULL) {
        reply_error(reply, row == NULL ? 404 : 422,
                    row == NULL ? "there is no such question" : "the case was never valid yet");
        web_held_release(app->held, version);
        return;
    }
    char *key = cache_key(request, row->name, version);
    size_t length = 0;
    char *known = key == NULL ? NULL : web_held_recall(app->held, key, &length);
    if (known != NULL) {
        *reply = (web_reply){200, "application/json", known, length, NULL};
    } else if (key == NULL || atomic_fetch_add(&app->computing, 1) >= COMPUTING_MOST) {
        atomic_fetch_sub(&app->computing, key != NULL);
        reply_error(reply, 503, "too many computations at once; try again");
    } else {
        compute(app, request, row, version, key, reply);
        atomic_fetch_sub(&app->computing, 1);
    }
    free(key);
    web_held_release(app->held, version);
}

/* ---- The case file ------------------------------------------------------------------------ */

static void get_case(web_app *app, web_reply *reply)
{
    web_version *now = web_held_now(app->held);
    web_version *valid = web_held_valid(app->held);
    const char *path = web_held_path(app->held);
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    web_text text = {0};
    web_puts(&text, "{\"name\": ");
    web_put_json(&text, name, strlen(name));
    web_puts(&text, ", \"hash\": ");
    web_put_json(&text, now->hash, strlen(now->hash));
    web_puts(&text, ", \"analysed\": ");
    web_put_json(&text, valid == NULL ? NULL : valid->hash, 64);
    web_puts(&text, app->edit ? ", \"editable\": true" : ", \"editable\": false");
    web_puts(&text, ", \"text\": ");
    web_put_json(&text, now->text, now->length);
    web_puts(&text, ", \"check\": ");
    web_put(&text, now->findings, now->findings_length);
    web_puts(&text, "}\n");
    web_held_release(app->held, now);
    web_held_release(app->held, valid);
    reply_text(reply, 200, "application/json", &text);
}

static const char *query(const web_request *request, const char *name)
{
    for (size_t i = 0; i < request->query_count; i++) {
        if (strcmp(request->query[i].name, name) == 0) {
            return request->query[i].value;
        }
    }
    return NULL;
}

static bool differs(web_app *app, const char *hash)
{
    ent_diags *diags = ent_diags_create();
    if (diags != NULL) {
        (void)web_held_refresh(app->held, diags);
    }
    ent_diags_destroy(diags);
    web_version *now = web_held_now(app->held);
    bool other = strcmp(now->hash, hash) != 0;
    web_held_release(app->held, now);
    return other;
}

/* Wait until the file is another than the client knows, at most 25 seconds. */
static void wait_for_change(web_app *app, const web_request *request, web_reply *reply)
{
    const char *hash = query(request, "hash");
    const struct timespec pause = {0, WAIT_MS * 1000000L};
    for (int round = 0; hash != NULL && round < WAIT_ROUNDS && !differs(app, hash); round++) {
        bool gone = request->gone != NULL && request->gone(request->user);
        if (gone || atomic_load(&app->stopping)) {
            break;
        }
        nanosleep(&pause, NULL);
    }
    web_version *now = web_held_now(app->held);
    web_text text = {0};
    web_puts(&text, "{\"hash\": ");
    web_put_json(&text, now->hash, strlen(now->hash));
    web_puts(&text, "}\n");
    web_held_release(app->held, now);
    reply_text(reply, 200, "application/json", &text);
}

static void check_text(web_app *app, const web_request *request, web_reply *reply)
{
    size_t length;
    char *text = web_json_member(request->body, request->body_length, "text", &length);
    if (text == NULL) {
        reply_error(reply, 400, "the body is not a JSON object with the text `text`");
        return;
    }
    bool valid;
    size_t findings_length = 0;
    char *findings = web_held_check(app->held, text, length, &valid, &findings_length);
    free(text);
    *reply = (web_reply){findings == NULL ? 503 : 200, "application/json", findings,
                         findings_length, NULL};
}

static void reply_saved(web_app *app, web_saved saved, const ent_diags *diags, const char *text,
                        size_t length, web_reply *reply)
{
    if (saved == WEB_FAILED) {
        reply_diags(reply, 500, diags);
        return;
    }
    if (saved == WEB_CONFLICT) {
        get_case(app, reply);
        reply->status = 409;
        return;
    }
    web_text out = {0};
    if (saved == WEB_DRAFT) {
        bool valid;
        size_t findings_length = 0;
        char *findings = web_held_check(app->held, text, length, &valid, &findings_length);
        web_puts(&out, "{\"draft\": true, \"check\": ");
        web_put(&out, findings == NULL ? "null" : findings,
                findings == NULL ? 4 : findings_length);
        free(findings);
    } else {
        char hash[ENT_FINGERPRINT_ROOM];
        ent_fingerprint(text, length, hash);
        web_puts(&out, "{\"saved\": true, \"hash\": ");
        web_put_json(&out, hash, strlen(hash));
    }
    web_puts(&out, "}\n");
    reply_text(reply, saved == WEB_DRAFT ? 422 : 200, "application/json", &out);
}

static void put_case(web_app *app, const web_request *request, web_reply *reply)
{
    if (!app->edit) {
        reply_error(reply, 403, "this server only reads; start it with --edit to write");
        return;
    }
    size_t length;
    size_t hash_length;
    char *text = web_json_member(request->body, request->body_length, "text", &length);
    char *hash = web_json_member(request->body, request->body_length, "hash", &hash_length);
    ent_diags *diags = ent_diags_create();
    if (text == NULL || hash == NULL || diags == NULL) {
        reply_error(reply, 400, "the body is not a JSON object with `text` and `hash`");
    } else {
        web_saved saved = web_held_save(app->held, text, length, hash, diags);
        reply_saved(app, saved, diags, text, length, reply);
    }
    ent_diags_destroy(diags);
    free(text);
    free(hash);
}

/* ---- Routes -------------------------------------------------------------------------------- */

static void get_page(web_app *app, web_reply *reply)
{
    web_text text = {0};
    web_put(&text, app->page, app->page_length);
    reply_text(reply, 200, "text/html; charset=utf-8", &text);
}

static void route(web_app *app, const web_request *request, web_reply *reply)
{
    const char *path = request->path;
    bool get = strcmp(request->method, "GET") == 0;
    ent_diags *diags = ent_diags_create();
    if (diags != NULL && strcmp(path, "/") != 0) {
        (void)web_held_refresh(app->held, diags);
    }
    ent_diags_destroy(diags);
    if (get && strcmp(path, "/") == 0) {
        get_page(app, reply);
    } else if (get && strcmp(path, "/api/case") == 0) {
        get_case(app, reply);
    } else if (get && strcmp(path, "/api/wait") == 0) {
        wait_for_change(app, request, reply);
    } else if (get && strcmp(path, "/api/page") == 0) {
        answer(app, request, "page", reply);
    } else if (get && strncmp(path, "/api/ask/", 9) == 0) {
        answer(app, request, path + 9, reply);
    } else if (strcmp(request->method, "PUT") == 0 && strcmp(path, "/api/case") == 0) {
        put_case(app, request, reply);
    } else if (strcmp(request->method, "POST") == 0 && strcmp(path, "/api/check") == 0) {
        check_text(app, request, reply);
    } else {
        bool known = strcmp(path, "/") == 0 || strncmp(path, "/api/", 5) == 0;
        reply_error(reply, known && !get ? 405 : 404, "there is nothing here");
    }
}

void web_handle(web_app *app, const web_request *request, web_reply *reply)
{
    int status;
    *reply = (web_reply){0};
    const char *why = web_refusal(&app->guard, request, &status);
    if (why != NULL) {
        reply_error(reply, status, why);
    } else {
        route(app, request, reply);
    }
    reply->policy = app->policy;
}

/* ---- Life --------------------------------------------------------------------------------- */

static bool load_page(web_app *app, ent_diags *diags)
{
    const ent_option live[] = {{"live", NULL}, {"edit", NULL}};
    web_version *version = web_held_now(app->held);
    ent_reply *reply = NULL;
    (void)ask(app, NULL, "html", version, live, app->edit ? 2 : 1, diags, &reply);
    web_held_release(app->held, version);
    if (reply == NULL) {
        return false;
    }
    const char *text = ent_reply_text(reply, &app->page_length);
    app->page = malloc(app->page_length + 1);
    if (app->page != NULL) {
        memcpy(app->page, text, app->page_length + 1);
        app->policy = web_policy_of(app->page, app->page_length, app->edit);
    }
    ent_reply_destroy(reply);
    return app->policy != NULL;
}

web_app *web_app_create(const web_options *options, ent_diags *diags)
{
    web_app *app = calloc(1, sizeof *app);
    if (app == NULL) {
        return NULL;
    }
    snprintf(app->guard.token, sizeof app->guard.token, "%s", options->token);
    app->edit = options->edit;
    app->threads = options->threads;
    app->held = web_held_create(options->path, options->threads);
    if (app->held == NULL || !web_held_refresh(app->held, diags) ||
        !load_page(app, diags)) {
        web_app_destroy(app);
        return NULL;
    }
    return app;
}

void web_app_destroy(web_app *app)
{
    if (app != NULL) {
        web_held_destroy(app->held);
        free(app->page);
        free(app->policy);
        free(app);
    }
}

void web_app_listen(web_app *app, unsigned port)
{
    static const char *const names[WEB_HOSTS] = {"127.0.0.1", "[::1]", "localhost"};
    for (size_t i = 0; i < WEB_HOSTS; i++) {
        snprintf(app->guard.hosts[i], sizeof app->guard.hosts[i], "%s:%u", names[i], port);
    }
}

void web_app_stop(web_app *app)
{
    atomic_store(&app->stopping, true);
}
