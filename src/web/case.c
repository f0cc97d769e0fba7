/* The routes about the case file: reading, waiting for changes, checking a text, saving. */
#include "web/parts.h"

#include "web/clock.h"
#include "web/save.h"

#include <stdlib.h>
#include <string.h>

enum { WAIT_MS = 250, WAIT_ROUNDS = 100 };

/* Why the case cannot be saved, NULL if it can: said before anything is typed. */
static const char *why_read_only(const web_app *app, const web_version *now)
{
    if (web_held_redacts(app->held)) {
        return "this server shows the case without what is private, and only reads";
    }
    if (!app->edit) {
        return "this server only reads; start it with --edit to write";
    }
    if (!web_is_utf8(now->text, now->length)) {
        return "the file is not UTF-8: what is shown as U+FFFD are other bytes, which would be "
               "lost; save it as UTF-8 first";
    }
    return web_held_moved(app->held) ? "the path leads to another file than when the server started"
                                     : web_why_not(web_held_path(app->held));
}

static void put_case(web_app *app, web_text *text)
{
    web_version *now = web_held_now(app->held);
    web_version *valid = web_held_valid(app->held);
    char *fault = web_held_fault(app->held);
    const char *path = web_held_path(app->held);
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *lock = why_read_only(app, now);
    bool editable = app->edit && lock == NULL;
    web_puts(text, "{\"name\": ");
    web_put_json(text, name, strlen(name));
    web_puts(text, ", \"hash\": ");
    web_put_json(text, now->hash, strlen(now->hash));
    web_puts(text, ", \"analysed\": ");
    web_put_json(text, valid == NULL ? NULL : valid->hash, 64);
    web_puts(text, editable ? ", \"editable\": true" : ", \"editable\": false");
    web_puts(text, ", \"read_only\": ");
    web_put_json(text, lock, lock == NULL ? 0 : strlen(lock));
    web_puts(text, ", \"fault\": ");
    web_put_json(text, fault, fault == NULL ? 0 : strlen(fault));
    web_puts(text, ", \"text\": ");
    web_put_json(text, now->text, now->length);
    web_puts(text, ", \"check\": ");
    web_put(text, now->findings, now->findings_length);
    free(fault);
    web_held_release(app->held, now);
    web_held_release(app->held, valid);
}

void web_get_case(web_app *app, const web_request *request, web_reply *reply)
{
    (void)request;
    web_text text = {0};
    put_case(app, &text);
    web_puts(&text, "}\n");
    web_reply_text(reply, 200, &text);
}

/* What stands on disk and what was sent: nobody's words are lost. */
static void reply_conflict(web_app *app, const char *sent, size_t length, web_reply *reply)
{
    web_text text = {0};
    put_case(app, &text);
    web_puts(&text, ", \"error\": \"the file has changed since it was opened\", \"sent\": ");
    web_put_json(&text, sent, length);
    web_puts(&text, "}\n");
    web_reply_text(reply, 409, &text);
}

const char *web_query_value(const web_request *request, const char *name)
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
void web_wait(web_app *app, const web_request *request, web_reply *reply)
{
    const char *hash = web_query_value(request, "hash");
    for (int round = 0; hash != NULL && round < WAIT_ROUNDS && !differs(app, hash); round++) {
        bool gone = request->gone != NULL && request->gone(request->user);
        if (gone || atomic_load(&app->stopping)) {
            break;
        }
        web_clock_sleep(WAIT_MS);
    }
    web_version *now = web_held_now(app->held);
    web_text text = {0};
    web_puts(&text, "{\"hash\": ");
    web_put_json(&text, now->hash, strlen(now->hash));
    web_puts(&text, "}\n");
    web_held_release(app->held, now);
    web_reply_text(reply, 200, &text);
}

void web_check_text(web_app *app, const web_request *request, web_reply *reply)
{
    size_t length;
    char *text = web_json_member(request->body, request->body_length, "text", &length);
    if (text == NULL) {
        web_reply_error(reply, 400, "the body is not a JSON object with the text `text`");
        return;
    }
    bool valid;
    size_t findings_length = 0;
    char *findings = web_held_check(app->held, text, length, &valid, &findings_length);
    free(text);
    if (findings == NULL) {
        web_reply_error(reply, 503, "out of memory");
        return;
    }
    web_reply_bytes(reply, 200, web_bytes_of(findings, findings_length));
    free(findings);
}

/* The text is invalid and stands in the draft; the file was left alone. */
static void reply_draft(web_app *app, const char *text, size_t length, web_reply *reply)
{
    bool valid;
    size_t findings_length = 0;
    web_text out = {0};
    char *findings = web_held_check(app->held, text, length, &valid, &findings_length);
    web_puts(&out, "{\"draft\": true, \"check\": ");
    web_put(&out, findings == NULL ? "null" : findings, findings == NULL ? 4 : findings_length);
    web_puts(&out, "}\n");
    free(findings);
    web_reply_text(reply, 422, &out);
}

static void reply_saved(web_app *app, web_saved saved, const ent_diags *diags, const char *text,
                        size_t length, web_reply *reply)
{
    char hash[ENT_FINGERPRINT_ROOM];
    web_text out = {0};
    switch (saved) {
    case WEB_FAILED:
        web_reply_diags(reply, 500, diags);
        return;
    case WEB_BLOCKED:
        web_reply_error(reply, 500, "the backup (`~`) or draft (`.draft`) beside the case file "
                                    "is no regular file; it was left alone, nothing was saved");
        return;
    case WEB_CONFLICT:
        reply_conflict(app, text, length, reply);
        return;
    case WEB_DRAFT:
        reply_draft(app, text, length, reply);
        return;
    case WEB_SAVED:
        break;
    }
    ent_fingerprint(text, length, hash);
    web_puts(&out, "{\"saved\": true, \"hash\": ");
    web_put_json(&out, hash, strlen(hash));
    web_puts(&out, "}\n");
    web_reply_text(reply, 200, &out);
}

void web_save_case(web_app *app, const web_request *request, web_reply *reply)
{
    web_version *now = web_held_now(app->held);
    const char *lock = why_read_only(app, now);
    web_held_release(app->held, now);
    if (lock != NULL) {
        web_reply_error(reply, 403, lock);
        return;
    }
    size_t length;
    size_t hash_length;
    char *text = web_json_member(request->body, request->body_length, "text", &length);
    char *hash = web_json_member(request->body, request->body_length, "hash", &hash_length);
    ent_diags *diags = ent_diags_create();
    if (text == NULL || hash == NULL || diags == NULL) {
        web_reply_error(reply, 400, "the body is not a JSON object with `text` and `hash`");
    } else {
        web_saved saved = web_held_save(app->held, text, length, hash, diags);
        reply_saved(app, saved, diags, text, length, reply);
    }
    ent_diags_destroy(diags);
    free(text);
    free(hash);
}
