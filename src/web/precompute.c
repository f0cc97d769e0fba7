#define _XOPEN_SOURCE 700 /* setpriority */
#include "web/precompute.h"

#include "web/clock.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { SWITCHES = 256, IDLE_MS = 300, SECONDS_MOST = 120, LOWEST = 19 };

struct web_ahead {
    web_held *held;
    web_answers *answers;
    pthread_t thread;
    bool started;
    pthread_mutex_t lock; /* over all below */
    pthread_cond_t news;
    bool stopping, fresh;
    web_question *base; /* from where; a copy in one block */
    char hash[ENT_FINGERPRINT_ROOM];
    size_t ready, of;
};

web_ahead *web_ahead_create(web_held *held, web_answers *answers)
{
    web_ahead *a = calloc(1, sizeof *a);
    if (a == NULL || pthread_mutex_init(&a->lock, NULL) != 0) {
        free(a);
        return NULL;
    }
    if (pthread_cond_init(&a->news, NULL) != 0) {
        pthread_mutex_destroy(&a->lock);
        free(a);
        return NULL;
    }
    a->held = held;
    a->answers = answers;
    return a;
}

/* ---- What was delivered --------------------------------------------------------------------- */

static bool is_switch(const char *name)
{
    return strcmp(name, "with") == 0 || strcmp(name, "without") == 0 ||
           strcmp(name, "as-of") == 0;
}

static char *put_text(char **to, const char *text)
{
    char *at = *to;
    size_t length = strlen(text) + 1;
    memcpy(at, text, length);
    *to += length;
    return at;
}

/* A copy without `light`, in one block. */
static web_question *copy_of(const web_question *q)
{
    size_t room = strlen(q->path) + 1;
    for (size_t i = 0; i < q->query_count; i++) {
        const web_pair *p = &q->query[i];
        room += strlen(p->name) + (p->value == NULL ? 0 : strlen(p->value)) + 2;
    }
    web_question *copy = malloc(sizeof *copy + room);
    if (copy == NULL) {
        return NULL;
    }
    char *to = (char *)(copy + 1);
    *copy = *q;
    copy->version = NULL;
    copy->path = put_text(&to, q->path);
    copy->query_count = 0;
    for (size_t i = 0; i < q->query_count; i++) {
        const web_pair *p = &q->query[i];
        if (strcmp(p->name, "light") != 0) {
            const char *name = put_text(&to, p->name);
            const char *value = p->value == NULL ? NULL : put_text(&to, p->value);
            copy->query[copy->query_count++] = (web_pair){name, value};
        }
    }
    return copy;
}

static bool same_query(const web_question *a, const web_question *b)
{
    bool same = a->query_count == b->query_count;
    for (size_t i = 0; same && i < a->query_count; i++) {
        const char *v = a->query[i].value;
        const char *w = b->query[i].value;
        same = strcmp(a->query[i].name, b->query[i].name) == 0 && (v == NULL) == (w == NULL) &&
               (v == NULL || strcmp(v, w) == 0);
    }
    return same;
}

void web_ahead_delivered(web_ahead *a, const web_question *q)
{
    bool plain = strcmp(q->row->name, "page") == 0 && q->query_count + 2 < WEB_QUERY_MOST;
    for (size_t i = 0; plain && i < q->query_count; i++) {
        plain = !is_switch(q->query[i].name) && strcmp(q->query[i].name, "part") != 0;
    }
    web_question *copy = plain ? copy_of(q) : NULL;
    if (copy == NULL) {
        return;
    }
    pthread_mutex_lock(&a->lock);
    if (a->base == NULL || strcmp(a->hash, q->version->hash) != 0 || !same_query(a->base, copy)) {
        free(a->base);
        a->base = copy;
        memcpy(a->hash, q->version->hash, sizeof a->hash);
        a->fresh = true;
        a->ready = a->of = 0;
        copy = NULL;
        pthread_cond_signal(&a->news);
    }
    pthread_mutex_unlock(&a->lock);
    free(copy);
}

void web_ahead_count(web_ahead *a, size_t *ready, size_t *of)
{
    pthread_mutex_lock(&a->lock);
    *ready = a->ready;
    *of = a->of;
    pthread_mutex_unlock(&a->lock);
}

/* ---- The switches of a case ------------------------------------------------------------------ */

typedef struct switches {
    web_pair at[SWITCHES];
    size_t count;
} switches;

static void add_switch(switches *s, const char *kind, const char *id)
{
    for (size_t i = 0; i < s->count; i++) {
        if (strcmp(s->at[i].name, kind) == 0 && strcmp(s->at[i].value, id) == 0) {
            return;
        }
    }
    if (s->count < SWITCHES) {
        s->at[s->count++] = (web_pair){kind, id};
    }
}

typedef struct account_line {
    const char *id[SWITCHES];
    size_t count;
} account_line;

static bool among(const account_line *line, const char *id)
{
    for (size_t i = 0; i < line->count; i++) {
        if (strcmp(line->id[i], id) == 0) {
            return true;
        }
    }
    return false;
}

/* The statements of a line of `entente accounts --plain`, from its third field on. */
static void split(char *line, account_line *out)
{
    char *rest = NULL;
    size_t field = 0;
    out->count = 0;
    for (char *word = strtok_r(line, "\t", &rest); word != NULL;
         word = strtok_r(NULL, "\t", &rest)) {
        if (++field > 3 && out->count < SWITCHES) {
            out->id[out->count++] = word;
        }
    }
}

/* What is in an account can be taken out of it, what is not can be put in; the first one first. */
static void collect(char *plain, switches *out)
{
    enum { ACCOUNTS = 8 };
    account_line *accounts = calloc(ACCOUNTS, sizeof *accounts);
    char *rest = NULL;
    size_t count = 0;
    out->count = 0;
    for (char *line = strtok_r(plain, "\n", &rest); line != NULL && accounts != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        if (strncmp(line, "account\t", 8) == 0 && count < ACCOUNTS) {
            split(line, &accounts[count++]);
        }
    }
    for (size_t a = 0; a < count; a++) {
        for (size_t b = 0; b < count; b++) {
            const account_line *line = &accounts[(a + b) % count];
            for (size_t i = 0; i < line->count; i++) {
                bool in = among(&accounts[a], line->id[i]);
                add_switch(out, in ? "without" : "with", line->id[i]);
            }
        }
    }
    free(accounts);
}

/* ---- Computing ------------------------------------------------------------------------------ */

typedef struct round {
    web_ahead *ahead;
    web_question question;
    uint64_t spent_ms; /* of this thread's processor time */
    bool gave_way;
} round;

static uint64_t thread_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static bool superseded(web_ahead *a)
{
    pthread_mutex_lock(&a->lock);
    bool over = a->stopping || a->fresh;
    pthread_mutex_unlock(&a->lock);
    return over;
}

/* A real request comes first: it need not even wait for this one. */
static bool give_way(void *user, const char *what, uint64_t done, uint64_t total)
{
    (void)what;
    (void)done;
    (void)total;
    round *r = user;
    r->gave_way = web_answers_idle(r->ahead->answers) == 0 || superseded(r->ahead);
    return r->gave_way;
}

static bool wait_until_idle(round *r)
{
    while (!superseded(r->ahead)) {
        if (web_answers_idle(r->ahead->answers) >= IDLE_MS) {
            return true;
        }
        web_clock_sleep(IDLE_MS / 3);
    }
    return false;
}

/* Ask until it is answered or refused, giving way as often as need be. */
static web_result ask_gently(round *r, const web_question *q,
                             web_result (*ask)(const web_question *, web_tick *, void *))
{
    web_result result = {503, NULL};
    r->gave_way = true;
    while (r->gave_way && r->spent_ms < SECONDS_MOST * 1000 && wait_until_idle(r)) {
        uint64_t from = thread_ms();
        web_bytes_release(result.body);
        r->gave_way = false;
        result = ask(q, give_way, r);
        r->spent_ms += thread_ms() - from + 1;
    }
    return result;
}

static void compute_one(round *r, const web_pair *change, bool light)
{
    web_question q = r->question;
    web_pair query[WEB_QUERY_MOST];
    memcpy(query, q.query, q.query_count * sizeof *query);
    size_t count = q.query_count;
    query[count++] = *change;
    if (light) {
        query[count++] = (web_pair){"light", NULL};
    }
    char *key = web_question_query(&q, query, count) ? web_question_key(&q) : NULL;
    bool ready = key != NULL && web_answers_have(r->ahead->answers, key);
    if (key != NULL && !ready) {
        web_result result = ask_gently(r, &q, web_question_ask);
        ready = result.status == 200 && result.body != NULL;
        if (ready) {
            web_answers_keep_ahead(r->ahead->answers, key, result.body);
        }
        web_bytes_release(result.body);
    }
    free(key);
    pthread_mutex_lock(&r->ahead->lock);
    r->ahead->ready += ready && !r->ahead->fresh;
    pthread_mutex_unlock(&r->ahead->lock);
}

static char *accounts_of(round *r)
{
    web_question q = r->question;
    q.row = web_question_row("accounts");
    q.query_count = 0;
    web_result result = ask_gently(r, &q, web_question_plain);
    char *plain = result.status == 200 && result.body != NULL ? strdup(result.body->at) : NULL;
    web_bytes_release(result.body);
    return plain;
}

/* First what the first screen shows after each switch, then the rest of the page. */
static void compute_all(round *r)
{
    web_ahead *a = r->ahead;
    char *plain = accounts_of(r);
    switches *list = calloc(1, sizeof *list);
    if (plain != NULL && list != NULL) {
        collect(plain, list);
        pthread_mutex_lock(&a->lock);
        a->of = a->fresh ? 0 : 2 * list->count;
        pthread_mutex_unlock(&a->lock);
        for (size_t i = 0; i < 2 * list->count; i++) {
            if (superseded(a) || r->spent_ms >= SECONDS_MOST * 1000) {
                break;
            }
            compute_one(r, &list->at[i % list->count], i < list->count);
        }
    }
    free(list);
    free(plain);
}

static bool next_round(web_ahead *a, round *r, web_question **base, char *hash)
{
    pthread_mutex_lock(&a->lock);
    while (!a->stopping && !a->fresh) {
        pthread_cond_wait(&a->news, &a->lock);
    }
    bool go = !a->stopping;
    a->fresh = false;
    *base = go ? copy_of(a->base) : NULL;
    memcpy(hash, a->hash, sizeof a->hash);
    pthread_mutex_unlock(&a->lock);
    *r = (round){.ahead = a};
    if (*base != NULL) {
        r->question = **base;
        r->question.threads = 1;
    }
    return go;
}

static void *run(void *user)
{
    web_ahead *a = user;
    round r;
    web_question *base;
    char hash[ENT_FINGERPRINT_ROOM];
#if defined(__linux__)
    (void)setpriority(PRIO_PROCESS, 0, LOWEST); /* there 0 names this thread alone */
#endif
    while (next_round(a, &r, &base, hash)) {
        web_version *version = web_held_valid(a->held);
        if (base != NULL && version != NULL && strcmp(version->hash, hash) == 0) {
            r.question.version = version;
            compute_all(&r);
        }
        web_held_release(a->held, version);
        free(base);
    }
    return NULL;
}

bool web_ahead_start(web_ahead *a)
{
    a->started = pthread_create(&a->thread, NULL, run, a) == 0;
    return a->started;
}

void web_ahead_destroy(web_ahead *a)
{
    if (a == NULL) {
        return;
    }
    pthread_mutex_lock(&a->lock);
    a->stopping = true;
    pthread_cond_signal(&a->news);
    pthread_mutex_unlock(&a->lock);
    if (a->started) {
        pthread_join(a->thread, NULL);
    }
    pthread_cond_destroy(&a->news);
    pthread_mutex_destroy(&a->lock);
    free(a->base);
    free(a);
}
