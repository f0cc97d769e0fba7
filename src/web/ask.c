#include "web/ask.h"

#include "web/clock.h"
#include "web/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What one computation may take, whatever the address asks for. */
static const size_t memory_most = (size_t)2 << 30;

web_bytes *web_error(const char *message)
{
    web_text text = {0};
    web_puts(&text, "{\"error\": ");
    web_put_json(&text, message, strlen(message));
    web_puts(&text, "}\n");
    web_bytes *bytes = text.failed ? NULL : web_bytes_of(text.at, text.length);
    free(text.at);
    return bytes;
}

/* ---- Questions and keys --------------------------------------------------------------------- */

const ent_question_row *web_question_row(const char *name)
{
    for (size_t i = 0; ent_question_at(i) != NULL; i++) {
        const ent_question_row *row = ent_question_at(i);
        if (strcmp(row->name, name) == 0) {
            return row->served ? row : NULL;
        }
    }
    return NULL;
}

const char *web_question_type(const ent_question_row *row)
{
    return strcmp(row->name, "html") == 0 ? "text/html; charset=utf-8" : "application/json";
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

/* Sorted by insertion: few, and options of one name keep their order, which may matter. */
bool web_question_query(web_question *q, const web_pair *query, size_t count)
{
    q->query_count = 0;
    if (count > WEB_QUERY_MOST) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        web_pair pair = query[i];
        pair.value = is_flag(q->row, pair.name) ? NULL : pair.value == NULL ? "" : pair.value;
        size_t at = q->query_count++;
        for (; at > 0 && strcmp(q->query[at - 1].name, pair.name) > 0; at--) {
            q->query[at] = q->query[at - 1];
        }
        q->query[at] = pair;
    }
    return true;
}

/* Lengths before texts: no value can pass for another option. */
static void put_counted(web_text *key, const char *text)
{
    char length[24];
    snprintf(length, sizeof length, " %zu:", strlen(text));
    web_puts(key, length);
    web_puts(key, text);
}

char *web_question_key(const web_question *q)
{
    web_text key = {0};
    web_puts(&key, q->version->hash);
    put_counted(&key, q->row->name);
    for (size_t i = 0; i < q->query_count; i++) {
        put_counted(&key, q->query[i].name);
        if (q->query[i].value != NULL) {
            put_counted(&key, q->query[i].value);
        }
    }
    if (key.failed) {
        free(key.at);
        return NULL;
    }
    return key.at;
}

/* ---- Asking --------------------------------------------------------------------------------- */

/* An allocator that counts, from any thread: the size stands before each block. */
typedef struct counted {
    size_t size;
    max_align_t block[];
} counted;

static void *resize(void *user, void *block, size_t size)
{
    atomic_size_t *used = user;
    counted *old = block == NULL ? NULL : (counted *)(void *)((char *)block - sizeof(counted));
    size_t before = old == NULL ? 0 : old->size;
    if (size == 0) {
        atomic_fetch_sub(used, before);
        free(old);
        return NULL;
    }
    if (size > memory_most - sizeof(counted)) {
        return NULL;
    }
    bool fits = atomic_fetch_add(used, size) <= memory_most - size;
    counted *fresh = fits ? realloc(old, sizeof *fresh + size) : NULL;
    if (fresh == NULL) {
        atomic_fetch_sub(used, size);
        return NULL;
    }
    fresh->size = size;
    atomic_fetch_sub(used, before);
    return fresh->block;
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

/* The first error, in a form that the page shows. */
static web_bytes *fault(ent_status status, const ent_diags *diags)
{
    const ent_diag *first = NULL;
    for (size_t i = 0; diags != NULL && i < ent_diags_count(diags) && first == NULL; i++) {
        const ent_diag *d = ent_diags_get(diags, i);
        first = d->severity == ENT_ERROR ? d : NULL;
    }
    if (first == NULL) {
        return web_error(status == ENT_CANCELLED ? "the computation was stopped"
                         : status == ENT_NOMEM ? "out of memory; ask for fewer worlds"
                                               : "the question could not be answered");
    }
    web_text text = {0};
    web_puts(&text, "{\"error\": ");
    web_put_json(&text, first->message, strlen(first->message));
    web_puts(&text, ", \"code\": ");
    web_put_json(&text, first->code, strlen(first->code));
    web_puts(&text, ", \"hint\": ");
    web_put_json(&text, first->hint, first->hint == NULL ? 0 : strlen(first->hint));
    web_puts(&text, "}\n");
    web_bytes *bytes = text.failed ? NULL : web_bytes_of(text.at, text.length);
    free(text.at);
    return bytes;
}

static web_result result_of(ent_status status, const ent_diags *diags, ent_reply *reply)
{
    web_result result = {http_status(status), NULL};
    if (result.status == 200 && reply != NULL) {
        size_t length;
        const char *bytes = ent_reply_text(reply, &length);
        result.body = web_bytes_named(bytes, length);
    } else {
        result.status = result.status == 200 ? 500 : result.status;
        result.body = fault(status, diags);
    }
    return result;
}

/*
 * The engine's loops ask from many threads and very often whether to stop; who knows is asked at
 * most once in LOOK_MS, by one of them.
 */
enum { LOOK_MS = 50 };

typedef struct listener {
    web_tick *tick;
    void *user;
    atomic_bool stopped;
    atomic_uint_fast64_t looked;
} listener;

static bool hear_tick(void *user, const char *what, uint64_t done, uint64_t total)
{
    listener *l = user;
    if (l->tick != NULL && l->tick(l->user, what, done, total)) {
        atomic_store(&l->stopped, true);
    }
    return atomic_load(&l->stopped);
}

static bool hear_stopped(void *user)
{
    listener *l = user;
    if (atomic_load_explicit(&l->stopped, memory_order_relaxed)) {
        return true;
    }
    uint_fast64_t now = web_clock_ms();
    uint_fast64_t last = atomic_load_explicit(&l->looked, memory_order_relaxed);
    return now - last >= LOOK_MS && atomic_compare_exchange_strong(&l->looked, &last, now) &&
           hear_tick(user, NULL, 0, 0);
}

static void tell_errors(ent_diags *told, const ent_diags *diags)
{
    for (size_t i = 0; told != NULL && i < ent_diags_count(diags); i++) {
        const ent_diag *d = ent_diags_get(diags, i);
        if (d->severity == ENT_ERROR) {
            ent_diags_add(told, ENT_ERROR, d->code, d->message, d->hint);
        }
    }
}

static web_result ask_as(const web_question *q, ent_output format, web_tick *tick,
                         void *tick_user, ent_diags *told)
{
    atomic_size_t used = 0;
    listener heard = {.tick = tick, .user = tick_user};
    atomic_init(&heard.stopped, false);
    atomic_init(&heard.looked, web_clock_ms());
    ent_option options[WEB_QUERY_MOST];
    for (size_t i = 0; i < q->query_count; i++) {
        options[i] = (ent_option){q->query[i].name, q->query[i].value};
    }
    ent_engine_options engine_options = {.threads = q->threads, .resize = resize,
                                         .memory_user = &used, .tick = hear_tick,
                                         .tick_user = &heard, .stopped = hear_stopped,
                                         .draws = q->draws};
    ent_engine *engine = ent_engine_create(&engine_options);
    ent_diags *diags = ent_diags_create();
    ent_reply *reply = NULL;
    ent_status status = ENT_NOMEM;
    ent_input input = {q->path, q->version->text, q->version->length};
    ent_request request = {.question = q->row->name, .inputs = &input, .input_count = 1,
                           .options = options, .option_count = q->query_count,
                           .format = format};
    if (engine != NULL && diags != NULL) {
        status = ent_ask(engine, &request, diags, &reply);
        tell_errors(told, diags);
    }
    web_result result = result_of(status, diags, reply);
    ent_reply_destroy(reply);
    ent_diags_destroy(diags);
    ent_engine_destroy(engine);
    return result;
}

web_result web_question_ask(const web_question *q, web_tick *tick, void *tick_user)
{
    bool html = strcmp(q->row->name, "html") == 0;
    return ask_as(q, html ? ENT_TEXT : ENT_JSON, tick, tick_user, NULL);
}

web_result web_question_told(const web_question *q, ent_diags *diags)
{
    bool html = strcmp(q->row->name, "html") == 0;
    return ask_as(q, html ? ENT_TEXT : ENT_JSON, NULL, NULL, diags);
}

web_result web_question_plain(const web_question *q, web_tick *tick, void *tick_user)
{
    return ask_as(q, ENT_PLAIN, tick, tick_user, NULL);
}
