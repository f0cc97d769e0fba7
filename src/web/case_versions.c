#define _XOPEN_SOURCE 700 /* realpath */
#include "web/case_versions.h"

#include "web/save.h"
#include "web/file_stamp.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { CASE_BYTES = 16 << 20 };

struct web_held {
    char *path;
    char *real; /* what the path led to at the start: that file is the case; NULL: nothing */
    int threads;
    const char *redact; /* the option by which what is read is redacted; NULL: it is not */
    pthread_mutex_t save; /* one save at a time; taken before `look` */
    pthread_mutex_t look; /* one look at the disk at a time, or an older one would win */
    pthread_mutex_t check; /* one check at a time: of a large text it takes much memory */
    web_seen seen;        /* under `look`: the file as it was before it was read */
    char disk[ENT_FINGERPRINT_ROOM]; /* under `look`: of bytes that are redacted */
    uint64_t reads;       /* under `lock`, as all below */
    pthread_mutex_t lock;
    char *fault;
    web_version *now, *valid;
};

web_held *web_held_create(const char *path, int threads, const char *redact)
{
    web_held *held = calloc(1, sizeof *held);
    if (held == NULL) {
        return NULL;
    }
    held->path = strdup(path);
    held->real = realpath(path, NULL);
    held->threads = threads;
    held->redact = redact;
    if (held->path == NULL || pthread_mutex_init(&held->lock, NULL) != 0 ||
        pthread_mutex_init(&held->look, NULL) != 0 ||
        pthread_mutex_init(&held->check, NULL) != 0 ||
        pthread_mutex_init(&held->save, NULL) != 0) {
        free(held->path);
        free(held->real);
        free(held);
        return NULL;
    }
    return held;
}

static void drop(web_version *version)
{
    if (version != NULL && --version->users == 0) {
        free(version->text);
        free(version->findings);
        free(version);
    }
}

void web_held_destroy(web_held *held)
{
    if (held == NULL) {
        return;
    }
    drop(held->now);
    drop(held->valid);
    pthread_mutex_destroy(&held->lock);
    pthread_mutex_destroy(&held->look);
    pthread_mutex_destroy(&held->check);
    pthread_mutex_destroy(&held->save);
    free(held->path);
    free(held->real);
    free(held->fault);
    free(held);
}

const char *web_held_path(const web_held *held)
{
    return held->path;
}

bool web_held_redacts(const web_held *held)
{
    return held->redact != NULL;
}

bool web_held_moved(const web_held *held)
{
    char *now = realpath(held->path, NULL);
    bool moved = now != NULL && held->real != NULL && strcmp(now, held->real) != 0;
    free(now);
    return moved;
}

static char *copy_bytes(const char *bytes, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy != NULL) {
        memcpy(copy, bytes, length);
        copy[length] = '\0';
    }
    return copy;
}

/* The findings of `check` about the text, with the option or without one (NULL). */
static char *check_as(web_held *held, const char *text, size_t length, const char *option,
                      bool *valid, size_t *findings_length)
{
    ent_engine_options options = {.threads = held->threads};
    ent_engine *engine = ent_engine_create(&options);
    ent_diags *diags = ent_diags_create();
    ent_input input = {held->path, text, length};
    ent_option redact = {option, NULL};
    ent_request request = {
        .question = "check", .inputs = &input, .input_count = 1, .format = ENT_JSON,
        .options = &redact, .option_count = option != NULL};
    ent_reply *reply = NULL;
    char *findings = NULL;
    *valid = false;
    if (engine != NULL && diags != NULL) {
        pthread_mutex_lock(&held->check);
        ent_status status = ent_ask(engine, &request, diags, &reply);
        pthread_mutex_unlock(&held->check);
        *valid = status == ENT_OK || status == ENT_FINDINGS;
    }
    if (reply != NULL) {
        const char *json = ent_reply_text(reply, findings_length);
        findings = copy_bytes(json, *findings_length);
    }
    ent_reply_destroy(reply);
    ent_diags_destroy(diags);
    ent_engine_destroy(engine);
    return findings;
}

char *web_held_check(web_held *held, const char *text, size_t length, bool *valid,
                     size_t *findings_length)
{
    return check_as(held, text, length, NULL, valid, findings_length);
}

/* The case that redacting leaves of the text; NULL where it is not valid. */
static ent_reply *redacted(const web_held *held, const char *text, size_t length)
{
    ent_engine *engine = ent_engine_create(NULL);
    ent_diags *diags = ent_diags_create();
    ent_input inputs[] = {{held->path, text, length}, {"-", NULL, 0}};
    ent_option redact = {held->redact, NULL};
    ent_request request = {.question = "convert", .inputs = inputs, .input_count = 2,
                           .format = ENT_TEXT, .options = &redact, .option_count = 1};
    ent_reply *reply = NULL;
    if (engine != NULL && diags != NULL) {
        (void)ent_ask(engine, &request, diags, &reply);
    }
    ent_diags_destroy(diags);
    ent_engine_destroy(engine);
    return reply;
}

static web_version *version_of(web_held *held, const char *text, size_t length)
{
    web_version *v = calloc(1, sizeof *v);
    if (v == NULL) {
        return NULL;
    }
    v->text = copy_bytes(text, length);
    v->length = length;
    v->users = 1;
    ent_fingerprint(text, length, v->hash);
    v->findings = web_held_check(held, text, length, &v->valid, &v->findings_length);
    if (v->text == NULL || v->findings == NULL) {
        drop(v);
        return NULL;
    }
    return v;
}

/* Make the version the present one, and the valid one if it is. */
static void adopt(web_held *held, web_version *v)
{
    pthread_mutex_lock(&held->lock);
    drop(held->now);
    held->now = v;
    if (v->valid) {
        drop(held->valid);
        held->valid = v;
        v->users++;
    }
    pthread_mutex_unlock(&held->lock);
}

static ent_reply *read_disk(const web_held *held, ent_diags *diags)
{
    ent_engine *engine = ent_engine_create(NULL);
    ent_reply *reply = NULL;
    if (engine != NULL && web_held_moved(held)) {
        ent_diags_add(diags, ENT_ERROR, "F101",
                      "the path of the case leads to another file than when the server started",
                      NULL);
    } else if (engine != NULL) {
        (void)ent_read_file(engine, held->path, CASE_BYTES, diags, &reply);
    }
    ent_engine_destroy(engine);
    return reply;
}

/* Remember why the file cannot be read; NULL: it can. */
static void remember_fault(web_held *held, const ent_diags *diags)
{
    size_t count = diags == NULL ? 0 : ent_diags_count(diags);
    char *fault = count == 0 ? NULL : strdup(ent_diags_get(diags, count - 1)->message);
    pthread_mutex_lock(&held->lock);
    free(held->fault);
    held->fault = fault;
    held->reads++;
    pthread_mutex_unlock(&held->lock);
}

/*
 * The version of the file's bytes as others may see it. Where they are no case nothing of them is
 * shown; what `check` says of that quotes none of it.
 */
static web_version *redacted_version(web_held *held, const char *text, size_t length)
{
    ent_reply *left = redacted(held, text, length);
    size_t left_length = 0;
    const char *shown = left == NULL ? "" : ent_reply_text(left, &left_length);
    web_version *v = version_of(held, shown, left_length);
    if (v != NULL && left == NULL) {
        free(v->findings);
        v->findings = check_as(held, text, length, held->redact, &v->valid, &v->findings_length);
        v->valid = false;
    }
    ent_reply_destroy(left);
    if (v != NULL && v->findings == NULL) {
        drop(v);
        return NULL;
    }
    return v;
}

/* Are these the bytes that were read last? Of what is redacted only their fingerprint is known. */
static bool is_known(web_held *held, const char *text, size_t length)
{
    char hash[ENT_FINGERPRINT_ROOM];
    if (held->redact != NULL) {
        ent_fingerprint(text, length, hash);
        bool known = strcmp(hash, held->disk) == 0;
        memcpy(held->disk, hash, sizeof hash);
        return known;
    }
    pthread_mutex_lock(&held->lock);
    bool same = held->now != NULL && held->now->length == length &&
                memcmp(held->now->text, text, length) == 0;
    pthread_mutex_unlock(&held->lock);
    return same;
}

static bool read_again(web_held *held, ent_diags *diags)
{
    ent_reply *disk = read_disk(held, diags);
    remember_fault(held, disk == NULL ? diags : NULL);
    if (disk == NULL) {
        return false;
    }
    size_t length;
    const char *text = ent_reply_text(disk, &length);
    bool same = is_known(held, text, length);
    web_version *fresh = NULL;
    if (!same) {
        fresh = held->redact != NULL ? redacted_version(held, text, length)
                                     : version_of(held, text, length);
    }
    if (fresh != NULL) {
        adopt(held, fresh);
    } else if (!same) {
        held->disk[0] = '\0'; /* not seen yet */
    }
    ent_reply_destroy(disk);
    return same || fresh != NULL;
}

bool web_held_refresh(web_held *held, ent_diags *diags)
{
    pthread_mutex_lock(&held->look);
    web_seen seen = web_look(held->path);
    bool fine = held->seen.settled && !web_held_moved(held) && web_seen_same(&seen, &held->seen);
    if (!fine) {
        fine = read_again(held, diags);
        held->seen = fine ? seen : (web_seen){0};
    }
    pthread_mutex_unlock(&held->look);
    return fine;
}

char *web_held_fault(web_held *held)
{
    pthread_mutex_lock(&held->lock);
    char *fault = held->fault == NULL ? NULL : strdup(held->fault);
    pthread_mutex_unlock(&held->lock);
    return fault;
}

uint64_t web_held_reads(web_held *held)
{
    pthread_mutex_lock(&held->lock);
    uint64_t reads = held->reads;
    pthread_mutex_unlock(&held->lock);
    return reads;
}

static web_version *lend(web_held *held, web_version **from)
{
    pthread_mutex_lock(&held->lock);
    web_version *version = *from;
    if (version != NULL) {
        version->users++;
    }
    pthread_mutex_unlock(&held->lock);
    return version;
}

web_version *web_held_now(web_held *held)
{
    return lend(held, &held->now);
}

web_version *web_held_valid(web_held *held)
{
    return lend(held, &held->valid);
}

void web_held_release(web_held *held, web_version *version)
{
    pthread_mutex_lock(&held->lock);
    drop(version);
    pthread_mutex_unlock(&held->lock);
}

static web_saved write_beside(const web_held *held, const char *suffix, const char *text,
                              size_t length, web_saved done, ent_diags *diags)
{
    switch (web_write_beside(held->path, suffix, text, length, diags)) {
    case WEB_WRITTEN:
        return done;
    case WEB_IN_THE_WAY:
        return WEB_BLOCKED;
    case WEB_NOT_WRITTEN:
        break;
    }
    return WEB_FAILED;
}

/*
 * The editor's text stems from what stands on disk, so that may be replaced. Looking again just
 * before the writing leaves a save of another program only the moment of writing to come between.
 */
static web_saved replace(web_held *held, const web_version *old, const char *text, size_t length,
                         ent_diags *diags)
{
    web_saved backed = write_beside(held, "~", old->text, old->length, WEB_SAVED, diags);
    if (backed != WEB_SAVED || !web_held_refresh(held, diags)) {
        return backed != WEB_SAVED ? backed : WEB_FAILED;
    }
    web_version *now = web_held_now(held);
    bool same = now != NULL && strcmp(now->hash, old->hash) == 0;
    web_held_release(held, now);
    if (!same) {
        return WEB_CONFLICT;
    }
    return write_beside(held, "", text, length, WEB_SAVED, diags);
}

static web_saved save_checked(web_held *held, const char *text, size_t length, const char *hash,
                              ent_diags *diags)
{
    if (!web_held_refresh(held, diags)) {
        return WEB_FAILED;
    }
    web_version *old = web_held_now(held);
    web_version *fresh = NULL;
    web_saved result = WEB_CONFLICT;
    if (strcmp(old->hash, hash) == 0) {
        fresh = version_of(held, text, length);
        result = fresh == NULL ? WEB_FAILED : fresh->valid ? WEB_SAVED : WEB_DRAFT;
    }
    if (result == WEB_DRAFT) {
        result = write_beside(held, ".draft", text, length, WEB_DRAFT, diags);
    }
    if (result == WEB_SAVED) {
        result = replace(held, old, text, length, diags);
    }
    if (result == WEB_SAVED) {
        adopt(held, fresh);
    } else {
        web_held_release(held, fresh);
    }
    web_held_release(held, old);
    return result;
}

web_saved web_held_save(web_held *held, const char *text, size_t length, const char *hash,
                        ent_diags *diags)
{
    pthread_mutex_lock(&held->save);
    int lock = web_lock_folder(held->path); /* another server may have the same file open */
    web_saved result = WEB_FAILED;
    if (lock >= 0) {
        result = save_checked(held, text, length, hash, diags);
    } else {
        ent_diags_add(diags, ENT_ERROR, "F104", "another program saves in this folder; try again",
                      NULL);
    }
    web_unlock_folder(lock);
    pthread_mutex_unlock(&held->save);
    return result;
}
