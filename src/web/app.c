#include "web/parts.h"
#include "web/policy.h"
#include "web/save.h"
#include "web/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COMPUTING_MOST = 2, KEPT_BYTES = 64 << 20, DRAWN_BYTES = 64 << 20 };

/* Of what is no page. */
static const char bare_policy[] = "default-src 'none'; frame-ancestors 'none'; sandbox";

/* ---- Replies ------------------------------------------------------------------------------ */

void web_reply_bytes(web_reply *reply, int status, web_bytes *bytes)
{
    reply->status = bytes == NULL ? 500 : status;
    reply->type = bytes == NULL ? NULL : "application/json";
    reply->body = bytes;
}

/* The text is freed. */
void web_reply_text(web_reply *reply, int status, web_text *text)
{
    web_reply_bytes(reply, status, text->failed ? NULL : web_bytes_of(text->at, text->length));
    free(text->at);
}

void web_reply_error(web_reply *reply, int status, const char *message)
{
    web_reply_bytes(reply, status, web_error(message));
}

static void reply_not_allowed(web_reply *reply, const char *allow)
{
    web_reply_error(reply, 405, "method not allowed");
    reply->allow = allow;
}

/* The first error, in a form that the page shows. */
void web_reply_diags(web_reply *reply, int status, const ent_diags *diags)
{
    const char *message = "memory is out";
    for (size_t i = 0; i < ent_diags_count(diags); i++) {
        if (ent_diags_get(diags, i)->severity == ENT_ERROR) {
            message = ent_diags_get(diags, i)->message;
            break;
        }
    }
    web_reply_error(reply, status, message);
}

/* ---- Asking the engine -------------------------------------------------------------------- */

static web_result compute(void *user, web_tick *tick, void *tick_user)
{
    return web_question_ask(user, tick, tick_user);
}

/* `ahead`: what is asked next may be computed before it is. */
static void answer_question(web_app *app, const web_request *request,
                            const web_question *question, bool ahead, web_reply *reply)
{
    web_question asked = *question;
    /* Whether quotes stand in their sources is looked up in other files, which may have changed. */
    bool keep = strcmp(question->row->name, "check") != 0;
    web_asker asker = {compute, &asked, request->gone, request->user, keep};
    char *key = web_question_key(question);
    web_result result = {503, NULL};
    if (key != NULL) {
        result = web_answers_ask(app->answers, key, &asker);
    }
    free(key);
    if (result.body == NULL) {
        web_reply_error(reply, 503, "the computation was stopped");
        return;
    }
    web_reply_bytes(reply, result.status, result.body);
    if (result.status == 200) {
        reply->type = web_question_type(question->row);
    }
    if (result.status == 200 && ahead && app->ahead != NULL) {
        web_ahead_delivered(app->ahead, question);
    }
}

static void answer(web_app *app, const web_request *request, const char *name,
                   web_reply *reply)
{
    const ent_question_row *row = web_question_row(name);
    web_version *version = web_held_valid(app->held);
    web_question question = {.row = row, .path = web_held_path(app->held), .version = version,
                             .threads = app->threads, .draws = app->draws};
    if (row == NULL) {
        web_reply_error(reply, 404, "there is no such question");
    } else if (version == NULL) {
        web_reply_error(reply, 422, "the case was never valid yet");
    } else if (!web_question_query(&question, request->query, request->query_count)) {
        web_reply_error(reply, 400, "these are too many options");
    } else {
        answer_question(app, request, &question, true, reply);
    }
    web_held_release(app->held, version);
}

/* The same about a text that nobody has saved yet: what a statement would change. */
static void answer_text(web_app *app, const web_request *request, web_reply *reply)
{
    const ent_question_row *row = web_question_row(request->path + strlen("/api/ask/"));
    web_version version = {.valid = true};
    version.text =
        web_json_member(request->body, request->body_length, "text", &version.length);
    web_question question = {.row = row, .path = web_held_path(app->held), .version = &version,
                             .threads = app->threads, .draws = app->draws};
    if (row == NULL) {
        web_reply_error(reply, 404, "there is no such question");
    } else if (version.text == NULL) {
        web_reply_error(reply, 400, "the body is not a JSON object with the text `text`");
    } else if (!web_question_query(&question, request->query, request->query_count)) {
        web_reply_error(reply, 400, "these are too many options");
    } else {
        ent_fingerprint(version.text, version.length, version.hash);
        answer_question(app, request, &question, false, reply);
    }
    free(version.text);
}

/* What goes on: for progress while a computation takes long, and to see what the server saves. */
static void get_status(web_app *app, web_reply *reply)
{
    web_counts c;
    size_t ready = 0;
    size_t of = 0;
    web_answers_count(app->answers, &c);
    if (app->ahead != NULL) {
        web_ahead_count(app->ahead, &ready, &of);
    }
    web_text text = {0};
    char numbers[512];
    snprintf(numbers, sizeof numbers,
             "{\"running\": %u, \"done\": %llu, \"total\": %llu, \"computed\": %llu, "
             "\"cancelled\": %llu, \"recalled\": %llu, \"joined\": %llu, \"reads\": %llu, "
             "\"kept\": %zu, \"kept_bytes\": %zu, \"ahead\": {\"ready\": %zu, \"of\": %zu}, "
             "\"what\": ",
             c.running, (unsigned long long)c.done, (unsigned long long)c.total,
             (unsigned long long)c.computed, (unsigned long long)c.cancelled,
             (unsigned long long)c.recalled, (unsigned long long)c.joined,
             (unsigned long long)web_held_reads(app->held), c.kept, c.kept_bytes, ready, of);
    web_puts(&text, numbers);
    web_put_json(&text, c.what, c.what == NULL ? 0 : strlen(c.what));
    web_puts(&text, "}\n");
    web_reply_text(reply, 200, &text);
}

/* ---- Routes -------------------------------------------------------------------------------- */

static void get_page(web_app *app, const web_request *request, web_reply *reply)
{
    (void)request;
    *reply = (web_reply){.status = 200, .type = "text/html; charset=utf-8",
                         .body = web_bytes_take(app->page), .policy = app->policy};
}

/* It holds nothing of the case. A worker has the policy of its script: nothing at all. */
static void get_reader(web_app *app, const web_request *request, web_reply *reply)
{
    (void)request;
    if (app->reader == NULL) {
        web_reply_error(reply, 404, "there is nothing here");
        return;
    }
    *reply = (web_reply){.status = 200, .type = "text/javascript; charset=utf-8", .coding = "gzip",
                         .body = web_bytes_take(app->reader), .policy = bare_policy};
}

static void status_route(web_app *app, const web_request *request, web_reply *reply)
{
    (void)request;
    get_status(app, reply);
}

static void page_route(web_app *app, const web_request *request, web_reply *reply)
{
    answer(app, request, "page", reply);
}

static void question_route(web_app *app, const web_request *request, web_reply *reply)
{
    answer(app, request, request->path + strlen("/api/ask/"), reply);
}

typedef struct web_route {
    const char *method, *path;
    void (*handle)(web_app *app, const web_request *request, web_reply *reply);
    bool prefix; /* all paths that begin so */
    const char *allow;
} web_route;

static const web_route routes[] = {
    {"GET", "/", get_page, false, "GET, HEAD"},
    {"GET", "/api/ask/", question_route, true, "GET, HEAD, POST"},
    {"POST", "/api/ask/", answer_text, true, "GET, HEAD, POST"},
    {"GET", "/api/case", web_get_case, false, "GET, HEAD, PUT"},
    {"PUT", "/api/case", web_save_case, false, "GET, HEAD, PUT"},
    {"POST", "/api/check", web_check_text, false, "POST"},
    {"GET", "/api/page", page_route, false, "GET, HEAD"},
    {"GET", "/api/source", web_get_source, false, "GET, HEAD, PUT"},
    {"PUT", "/api/source", web_save_source, false, "GET, HEAD, PUT"},
    {"GET", "/api/status", status_route, false, "GET, HEAD"},
    {"GET", WEB_READER, get_reader, false, "GET, HEAD"},
    {"GET", "/api/wait", web_wait, false, "GET, HEAD"},
};

static bool leads(const web_route *route, const char *path)
{
    return route->prefix ? strncmp(path, route->path, strlen(route->path)) == 0
                         : strcmp(path, route->path) == 0;
}

static void refresh(web_app *app)
{
    ent_diags *diags = ent_diags_create();
    if (diags != NULL) {
        (void)web_held_refresh(app->held, diags);
    }
    ent_diags_destroy(diags);
}

static void find_route(web_app *app, const web_request *request, web_reply *reply)
{
    const char *method = strcmp(request->method, "HEAD") == 0 ? "GET" : request->method;
    const web_route *other = NULL;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (!leads(&routes[i], request->path)) {
            continue;
        }
        other = &routes[i];
        if (strcmp(other->method, method) == 0) {
            if (other->handle != get_page && other->handle != get_reader) {
                refresh(app);
            }
            other->handle(app, request, reply);
            return;
        }
    }
    if (other != NULL) {
        reply_not_allowed(reply, other->allow);
    } else {
        web_reply_error(reply, 404, "there is nothing here");
    }
}

/* What the client has already need not be sent again. */
static void shorten(const web_request *request, web_reply *reply)
{
    const char *known = request->none_match;
    if (reply->status == 200 && known != NULL && reply->body != NULL &&
        reply->body->tag[0] != '\0' && strcmp(known, reply->body->tag) == 0) {
        web_bytes_release(reply->body);
        reply->body = NULL;
        reply->type = NULL;
        reply->status = 304;
        reply->tag = known;
    }
}

void web_refuse(web_app *app, int status, const char *why, web_reply *reply)
{
    (void)app;
    *reply = (web_reply){0};
    web_reply_error(reply, status, why);
    reply->policy = bare_policy;
}

bool web_refused(web_app *app, const web_request *request, web_reply *reply)
{
    int status = 503;
    const char *why = "the server is not open yet";
    if (atomic_load(&app->open)) {
        why = web_refusal(&app->guard, request, &status);
    }
    if (why != NULL) {
        web_refuse(app, status, why, reply);
    }
    return why != NULL;
}

void web_handle(web_app *app, const web_request *request, web_reply *reply)
{
    if (web_refused(app, request, reply)) {
        return;
    }
    *reply = (web_reply){0};
    find_route(app, request, reply);
    shorten(request, reply);
    if (reply->policy == NULL) {
        reply->policy = bare_policy;
    }
}

/* ---- Life --------------------------------------------------------------------------------- */

/* Without it, as in a build without npm, the page says that it reads no PDF. */
static void load_reader(web_app *app)
{
    const web_pair query[] = {{"pdf-reader", NULL}};
    ent_diags *diags = ent_diags_create();
    web_version *version = web_held_now(app->held);
    web_question question = {.row = web_question_row("html"), .version = version,
                             .path = web_held_path(app->held), .threads = app->threads};
    (void)web_question_query(&question, query, 1);
    web_result result = web_question_told(&question, diags);
    web_held_release(app->held, version);
    ent_diags_destroy(diags);
    if (result.status == 200) {
        app->reader = result.body;
    } else {
        web_bytes_release(result.body);
    }
}

static bool load_page(web_app *app, ent_diags *diags)
{
    const web_pair live[] = {{"live", NULL}, {"edit", NULL}};
    web_version *version = web_held_now(app->held);
    web_question question = {.row = web_question_row("html"), .version = version,
                             .path = web_held_path(app->held), .threads = app->threads};
    (void)web_question_query(&question, live, app->edit ? 2 : 1);
    web_result result = web_question_told(&question, diags);
    web_held_release(app->held, version);
    if (result.status != 200 || result.body == NULL) {
        web_bytes_release(result.body);
        return false;
    }
    app->page = result.body;
    app->policy = web_policy_of(app->page->at, app->page->length, app->edit);
    return app->policy != NULL;
}

static bool set_up(web_app *app, const web_options *options, ent_diags *diags)
{
    app->held = web_held_create(options->path, options->threads, options->redact);
    app->answers = web_answers_create(KEPT_BYTES, COMPUTING_MOST);
    app->draws = ent_draws_create(DRAWN_BYTES); /* where that fails, all is drawn anew */
    if (app->held == NULL || app->answers == NULL || !web_held_refresh(app->held, diags)) {
        return false;
    }
    if (!options->lazy) {
        app->ahead = web_ahead_create(app->held, app->answers);
    }
    if (app->edit) {
        (void)web_sweep_beside(options->path);
        load_reader(app);
    }
    return load_page(app, diags);
}

web_app *web_app_create(const web_options *options, ent_diags *diags)
{
    web_app *app = calloc(1, sizeof *app);
    if (app == NULL) {
        return NULL;
    }
    snprintf(app->guard.token, sizeof app->guard.token, "%s", options->token);
    app->edit = options->edit && options->redact == NULL;
    app->threads = options->threads;
    if (!set_up(app, options, diags)) {
        web_app_destroy(app);
        return NULL;
    }
    return app;
}

void web_app_destroy(web_app *app)
{
    if (app != NULL) {
        web_ahead_destroy(app->ahead);
        web_answers_destroy(app->answers);
        ent_draws_destroy(app->draws);
        web_held_destroy(app->held);
        web_bytes_release(app->page);
        web_bytes_release(app->reader);
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
    atomic_store(&app->open, true);
    if (app->ahead != NULL) {
        (void)web_ahead_start(app->ahead); /* where that fails, nothing is computed ahead */
    }
}

void web_app_stop(web_app *app)
{
    atomic_store(&app->stopping, true);
    web_answers_stop(app->answers);
}
