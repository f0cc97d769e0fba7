#include "web/answers.h"

#include "web/clock.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 512, WAIT_MS = 50, PLACE_MS = 60000, COMPUTE_MS = 600000 };

typedef struct kept {
    char *key;
    web_bytes *body;
    size_t size;
    uint64_t mark; /* of the key, to compare first */
    uint64_t used; /* clock of last use; 0: free */
} kept;

/* One computation under way. All but `key` under the lock. */
typedef struct flight {
    struct flight *next;
    const char *key;
    unsigned waiting; /* who still wants the answer */
    unsigned users;   /* who still looks at this record */
    bool abandoned;   /* nobody wanted it any more: it comes to nothing */
    bool done;
    web_result result;
    const char *what;
    uint64_t at, of;
} flight;

struct web_answers {
    pthread_mutex_t lock; /* over all below */
    pthread_cond_t news;
    kept cache[KEPT];
    size_t bytes, bytes_most;
    unsigned places, running;
    uint64_t clock, idle_since;
    flight *flights;
    bool stopping;
    web_counts counts;
};

web_answers *web_answers_create(size_t bytes, unsigned places)
{
    web_answers *a = calloc(1, sizeof *a);
    if (a == NULL || pthread_mutex_init(&a->lock, NULL) != 0) {
        free(a);
        return NULL;
    }
    if (pthread_cond_init(&a->news, NULL) != 0) {
        pthread_mutex_destroy(&a->lock);
        free(a);
        return NULL;
    }
    a->bytes_most = bytes;
    a->places = places;
    a->idle_since = web_clock_ms();
    return a;
}

static void forget(web_answers *a, kept *k)
{
    a->bytes -= k->size;
    a->counts.kept--;
    free(k->key);
    web_bytes_release(k->body);
    *k = (kept){0};
}

void web_answers_destroy(web_answers *a)
{
    if (a == NULL) {
        return;
    }
    for (size_t i = 0; i < KEPT; i++) {
        if (a->cache[i].used > 0) {
            forget(a, &a->cache[i]);
        }
    }
    pthread_cond_destroy(&a->news);
    pthread_mutex_destroy(&a->lock);
    free(a);
}

void web_answers_stop(web_answers *a)
{
    pthread_mutex_lock(&a->lock);
    a->stopping = true;
    pthread_cond_broadcast(&a->news);
    pthread_mutex_unlock(&a->lock);
}

/* ---- What is kept -------------------------------------------------------------------------- */

/* FNV-1a, only to make comparing quick. */
static uint64_t mark_of(const char *key)
{
    uint64_t mark = UINT64_C(14695981039346656037);
    for (; *key != '\0'; key++) {
        mark = (mark ^ (unsigned char)*key) * UINT64_C(1099511628211);
    }
    return mark;
}

static kept *find(web_answers *a, const char *key)
{
    uint64_t mark = mark_of(key);
    for (size_t i = 0; i < KEPT; i++) {
        kept *k = &a->cache[i];
        if (k->used > 0 && k->mark == mark && strcmp(k->key, key) == 0) {
            return k;
        }
    }
    return NULL;
}

/* A free place, or with `used` the one whose use is longest ago. */
static kept *oldest(web_answers *a, bool used)
{
    kept *found = NULL;
    for (size_t i = 0; i < KEPT; i++) {
        kept *k = &a->cache[i];
        if ((k->used > 0 || !used) && (found == NULL || k->used < found->used)) {
            found = k;
        }
    }
    return found;
}

static void keep(web_answers *a, const char *key, web_bytes *body)
{
    size_t size = sizeof *body + body->length + strlen(key);
    char *copy = size > a->bytes_most / 4 || find(a, key) != NULL ? NULL : strdup(key);
    if (copy == NULL) {
        return;
    }
    while (a->bytes + size > a->bytes_most) {
        forget(a, oldest(a, true));
    }
    kept *place = oldest(a, false);
    if (place->used > 0) {
        forget(a, place);
    }
    *place = (kept){copy, web_bytes_take(body), size, mark_of(key), ++a->clock};
    a->bytes += size;
    a->counts.kept++;
}

void web_answers_keep_ahead(web_answers *a, const char *key, web_bytes *body)
{
    pthread_mutex_lock(&a->lock);
    a->counts.ahead++;
    keep(a, key, body);
    pthread_mutex_unlock(&a->lock);
}

bool web_answers_have(web_answers *a, const char *key)
{
    pthread_mutex_lock(&a->lock);
    bool have = find(a, key) != NULL;
    pthread_mutex_unlock(&a->lock);
    return have;
}

/* ---- What is computed ---------------------------------------------------------------------- */

static void wait_a_little(web_answers *a)
{
    struct timespec until = web_clock_in(WAIT_MS);
    pthread_cond_timedwait(&a->news, &a->lock, &until);
}

/* The computing thread's view of its flight. */
typedef struct pilot {
    web_answers *answers;
    flight *flight;
    const web_asker *asker;
    uint64_t until; /* of the computation */
    bool left;      /* the pilot's own client went away */
} pilot;

/* Under the lock. */
static bool nobody_waits(pilot *p)
{
    flight *f = p->flight;
    if (!p->left && p->asker->gone != NULL && p->asker->gone(p->asker->gone_user)) {
        p->left = true;
        f->waiting--;
    }
    f->abandoned = f->abandoned || f->waiting == 0 || p->answers->stopping;
    return f->abandoned;
}

static bool stop(void *user, const char *what, uint64_t done, uint64_t total)
{
    pilot *p = user;
    pthread_mutex_lock(&p->answers->lock);
    if (what != NULL) {
        p->flight->what = what;
        p->flight->at = done;
        p->flight->of = total;
    }
    bool stopped = nobody_waits(p) || web_clock_ms() > p->until;
    pthread_mutex_unlock(&p->answers->lock);
    return stopped;
}

static web_result refuse(const char *message)
{
    return (web_result){503, web_bytes_of(message, strlen(message))};
}

/* Under the lock: wait for a place. */
static bool take_place(pilot *p)
{
    web_answers *a = p->answers;
    uint64_t until = web_clock_ms() + PLACE_MS;
    while (a->running >= a->places && !nobody_waits(p) && web_clock_ms() < until) {
        wait_a_little(a);
    }
    return a->running < a->places && !nobody_waits(p);
}

/* Under the lock, which is given up while it computes. */
static void fly(pilot *p)
{
    web_answers *a = p->answers;
    flight *f = p->flight;
    if (take_place(p)) {
        a->running++;
        p->until = web_clock_ms() + COMPUTE_MS;
        pthread_mutex_unlock(&a->lock);
        f->result = p->asker->compute(p->asker->user, stop, p);
        pthread_mutex_lock(&a->lock);
        a->running--;
        a->counts.computed += !f->abandoned;
        a->counts.cancelled += f->abandoned;
    } else {
        f->result = refuse("{\"error\": \"too many computations at once; try again\"}\n");
    }
    if (f->result.status == 200 && f->result.body != NULL && p->asker->keep) {
        keep(a, f->key, f->result.body);
    }
    a->idle_since = web_clock_ms();
    f->done = true;
    pthread_cond_broadcast(&a->news);
}

static flight *flight_to(web_answers *a, const char *key)
{
    flight *f = a->flights;
    while (f != NULL && (f->abandoned || strcmp(f->key, key) != 0)) {
        f = f->next;
    }
    return f;
}

/* Under the lock: give the record back; its last user frees it. */
static web_result leave(web_answers *a, flight *f, bool with_result)
{
    web_result result = {503, NULL};
    if (with_result && f->result.body != NULL) {
        result = (web_result){f->result.status, web_bytes_take(f->result.body)};
    }
    if (--f->users == 0) {
        flight **at = &a->flights;
        while (*at != f) {
            at = &(*at)->next;
        }
        *at = f->next;
        web_bytes_release(f->result.body);
        free(f);
    }
    return result;
}

/* Under the lock: wait for what another computes. */
static web_result join(web_answers *a, flight *f, const web_asker *asker)
{
    f->users++;
    f->waiting++;
    a->counts.joined++;
    while (!f->done && !a->stopping) {
        if (asker->gone != NULL && asker->gone(asker->gone_user)) {
            break;
        }
        wait_a_little(a);
    }
    f->waiting--;
    return leave(a, f, f->done);
}

static web_result begin(web_answers *a, const char *key, const web_asker *asker)
{
    size_t length = strlen(key) + 1;
    flight *f = calloc(1, sizeof *f + length);
    if (f == NULL) {
        return refuse("{\"error\": \"out of memory\"}\n");
    }
    memcpy(f + 1, key, length);
    f->key = (const char *)(f + 1);
    f->waiting = f->users = 1;
    f->next = a->flights;
    a->flights = f;
    pilot p = {.answers = a, .flight = f, .asker = asker};
    fly(&p);
    return leave(a, f, true);
}

web_result web_answers_ask(web_answers *a, const char *key, const web_asker *asker)
{
    web_result result;
    pthread_mutex_lock(&a->lock);
    kept *known = asker->keep ? find(a, key) : NULL;
    flight *f = known == NULL ? flight_to(a, key) : NULL;
    if (known != NULL) {
        known->used = ++a->clock;
        a->counts.recalled++;
        result = (web_result){200, web_bytes_take(known->body)};
    } else {
        result = f != NULL ? join(a, f, asker) : begin(a, key, asker);
    }
    pthread_mutex_unlock(&a->lock);
    return result;
}

uint64_t web_answers_idle(web_answers *a)
{
    pthread_mutex_lock(&a->lock);
    uint64_t now = web_clock_ms();
    uint64_t idle = a->flights != NULL || now <= a->idle_since ? 0 : now - a->idle_since;
    pthread_mutex_unlock(&a->lock);
    return idle;
}

void web_answers_count(web_answers *a, web_counts *counts)
{
    pthread_mutex_lock(&a->lock);
    *counts = a->counts;
    counts->kept_bytes = a->bytes;
    counts->running = a->running;
    for (const flight *f = a->flights; f != NULL && counts->what == NULL; f = f->next) {
        if (!f->done) {
            counts->what = f->what;
            counts->done = f->at;
            counts->total = f->of;
        }
    }
    pthread_mutex_unlock(&a->lock);
}
