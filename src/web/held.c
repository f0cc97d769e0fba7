#include "web/held.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { CASE_BYTES = 16 << 20, KEPT = 64, KEPT_BYTES = 64 << 20 };

typedef struct kept {
    char *key, *answer;
    size_t length;
    uint64_t used; /* clock of last use; 0: free */
} kept;

struct web_held {
    char *path;
    int threads;
    pthread_mutex_t lock; /* over all below */
    pthread_mutex_t save; /* one save at a time */
    web_version *now, *valid;
    kept cache[KEPT];
    size_t cache_bytes;
    uint64_t clock;
};

web_held *web_held_create(const char *path, int threads)
{
    web_held *held = calloc(1, sizeof *held);
    if (held == NULL) {
        return NULL;
    }
    held->path = strdup(path);
    held->threads = threads;
    if (held->path == NULL || pthread_mutex_init(&held->lock, NULL) != 0 ||
        pthread_mutex_init(&held->save, NULL) != 0) {
        free(held->path);
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
    for (size_t i = 0; i < KEPT; i++) {
        free(held->cache[i].key);
        free(held->cache[i].answer);
    }
    pthread_mutex_destroy(&held->lock);
    pthread_mutex_destroy(&held->save);
    free(held->path);
    free(held);
}

const char *web_held_path(const web_held *held)
{
    return held->path;
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

char *web_held_check(web_held *held, const char *text, size_t length, bool *valid,
                     size_t *findings_length)
{
    ent_engine_options options = {.threads = held->threads};
    ent_engine *engine = ent_engine_create(&options);
    ent_diags *diags = ent_diags_create();
    ent_input input = {held->path, text, length};
    ent_request request = {
        .question = "check", .inputs = &input, .input_count = 1, .format = ENT_JSON};
    ent_reply *reply = NULL;
    char *findings = NULL;
    *valid = false;
    if (engine != NULL && diags != NULL) {
        ent_status status = ent_ask(engine, &request, diags, &reply);
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
    if (engine != NULL) {
        (void)ent_read_file(engine, held->path, CASE_BYTES, diags, &reply);
    }
    ent_engine_destroy(engine);
    return reply;
}

bool web_held_refresh(web_held *held, ent_diags *diags)
{
    ent_reply *disk = read_disk(held, diags);
    if (disk == NULL) {
        return false;
    }
    size_t length;
    const char *text = ent_reply_text(disk, &length);
    pthread_mutex_lock(&held->lock);
    bool same = held->now != NULL && held->now->length == length &&
                memcmp(held->now->text, text, length) == 0;
    pthread_mutex_unlock(&held->lock);
    web_version *fresh = same ? NULL : version_of(held, text, length);
    if (fresh != NULL) {
        adopt(held, fresh);
    }
    ent_reply_destroy(disk);
    return same || fresh != NULL;
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

static bool write_beside(const web_held *held, const char *suffix, const char *text, size_t length,
                         ent_diags *diags)
{
    web_text path = {0};
    web_puts(&path, held->path);
    web_puts(&path, suffix);
    ent_engine *engine = ent_engine_create(NULL);
    bool done = !path.failed && engine != NULL &&
                ent_write_file(engine, path.at, text, length, diags) == ENT_OK;
    ent_engine_destroy(engine);
    free(path.at);
    return done;
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
    if (result == WEB_DRAFT && !write_beside(held, ".draft", text, length, diags)) {
        result = WEB_FAILED;
    }
    if (result == WEB_SAVED) {
        bool written = write_beside(held, "~", old->text, old->length, diags) &&
                       write_beside(held, "", text, length, diags);
        result = written ? WEB_SAVED : WEB_FAILED;
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
    web_saved result = save_checked(held, text, length, hash, diags);
    pthread_mutex_unlock(&held->save);
    return result;
}

char *web_held_recall(web_held *held, const char *key, size_t *length)
{
    char *copy = NULL;
    pthread_mutex_lock(&held->lock);
    for (size_t i = 0; i < KEPT && copy == NULL; i++) {
        kept *k = &held->cache[i];
        if (k->used > 0 && strcmp(k->key, key) == 0) {
            copy = copy_bytes(k->answer, k->length);
            *length = k->length;
            k->used = ++held->clock;
        }
    }
    pthread_mutex_unlock(&held->lock);
    return copy;
}

static void forget(web_held *held, kept *k)
{
    held->cache_bytes -= k->length;
    free(k->key);
    free(k->answer);
    *k = (kept){0};
}

static kept *oldest(web_held *held)
{
    kept *found = &held->cache[0];
    for (size_t i = 1; i < KEPT; i++) {
        if (held->cache[i].used < found->used) {
            found = &held->cache[i];
        }
    }
    return found;
}

static kept *oldest_used(web_held *held)
{
    kept *found = NULL;
    for (size_t i = 0; i < KEPT; i++) {
        kept *k = &held->cache[i];
        if (k->used > 0 && (found == NULL || k->used < found->used)) {
            found = k;
        }
    }
    return found;
}

void web_held_keep(web_held *held, const char *key, const char *answer, size_t length)
{
    if (length > KEPT_BYTES / 4) {
        return;
    }
    kept fresh = {strdup(key), copy_bytes(answer, length), length, 0};
    if (fresh.key == NULL || fresh.answer == NULL) {
        free(fresh.key);
        free(fresh.answer);
        return;
    }
    pthread_mutex_lock(&held->lock);
    while (held->cache_bytes + length > KEPT_BYTES) {
        forget(held, oldest_used(held));
    }
    kept *place = oldest(held);
    if (place->used > 0) {
        forget(held, place);
    }
    *place = fresh;
    place->used = ++held->clock;
    held->cache_bytes += length;
    pthread_mutex_unlock(&held->lock);
}
