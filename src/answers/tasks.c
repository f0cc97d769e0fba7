#include "answers/tasks.h"

#include "base/pieces.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

/* What all tasks share. */
typedef struct bench {
    const ent_work *work;
    pthread_mutex_t telling; /* progress, from one thread at a time */
    atomic_bool stop;
    ent_status (*body)(ent_work *own, size_t task, void *user);
    void *user;
} bench;

typedef struct task {
    bench *bench;
    ent_work own;
    size_t number;
    ent_status status;
} task;

static bool tick(void *user, const char *what, uint64_t done, uint64_t total)
{
    bench *t = user;
    (void)pthread_mutex_lock(&t->telling);
    if (t->work->tick != NULL && t->work->tick(t->work->user, what, done, total)) {
        atomic_store(&t->stop, true);
    }
    (void)pthread_mutex_unlock(&t->telling);
    return atomic_load(&t->stop);
}

static bool stopped(void *user)
{
    bench *t = user;
    return atomic_load(&t->stop) || ent_stopped(t->work);
}

static ent_status go(void *argument)
{
    task *t = argument;
    return t->bench->body(&t->own, t->number, t->bench->user);
}

static void destroy_diags(void *diags)
{
    ent_diags_destroy(diags);
}

static void equip(ent_work *work, bench *on, size_t number, task *t)
{
    *t = (task){.bench = on, .own = *work, .number = number, .status = ENT_CANCELLED};
    t->own.threads = 1;
    t->own.tick = tick;
    t->own.stopped = stopped;
    t->own.user = on;
    t->own.diags = ent_diags_create();
    if (t->own.diags == NULL) {
        ent_out_of_memory(work->arena);
    }
    ent_defer(work->arena, destroy_diags, t->own.diags);
}

static void run_task(void *user, int thread, uint64_t number)
{
    task *t = (task *)user + number;
    (void)thread;
    if (stopped(t->bench)) {
        return;
    }
    t->own.arena = ent_arena_beside(t->bench->work->arena);
    t->status = t->own.arena == NULL ? ENT_NOMEM : ent_protect(t->own.arena, go, t);
    if (t->status != ENT_OK && t->status != ENT_LIMIT) {
        atomic_store(&t->bench->stop, true); /* the rest is not wanted then */
    }
}

static void one_after_the_other(ent_work *work, size_t count,
                                ent_status (*body)(ent_work *own, size_t task, void *user),
                                void *user, ent_status *status)
{
    bool on = true;
    for (size_t i = 0; i < count; i++) {
        status[i] = on ? body(work, i, user) : ENT_CANCELLED;
        on = on && (status[i] == ENT_OK || status[i] == ENT_LIMIT);
    }
}

void ent_side_by_side(ent_work *work, bool worth, size_t count,
                      ent_status (*body)(ent_work *own, size_t task, void *user), void *user,
                      ent_status *status)
{
    size_t threads = (size_t)(work->threads < 1 ? 1 : work->threads);
    if (!worth || threads < 2 || count < 2 || threads >= 2 * count || work->crew != NULL ||
        work->caller_count > 0 || !ent_arena_is_shared(work->arena)) {
        one_after_the_other(work, count, body, user, status);
        return;
    }
    bench on = {.work = work, .telling = PTHREAD_MUTEX_INITIALIZER, .body = body, .user = user};
    task *tasks = ent_alloc(work->arena, count, task);
    for (size_t i = 0; i < count; i++) {
        equip(work, &on, i, &tasks[i]);
    }
    ent_run_team((int)(threads < count ? threads : count), count, run_task, tasks);
    bool out = false;
    for (size_t i = 0; i < count; i++) {
        status[i] = tasks[i].status;
        out = out || status[i] == ENT_NOMEM;
        if (tasks[i].own.arena != NULL && tasks[i].own.arena != work->arena) {
            ent_arena_adopt(work->arena, tasks[i].own.arena);
        }
        ent_diags_pass_on(work->diags, tasks[i].own.diags);
    }
    if (out) {
        ent_out_of_memory(work->arena);
    }
}

const ent_analysis *ent_analysis_for_task(ent_work *own, const ent_analysis *analysis,
                                          size_t account)
{
    const ent_case *c = analysis->c;
    size_t count = analysis->accounts.count + 1;
    ent_analysis *a = ent_alloc(own->arena, 1, ent_analysis);
    *a = *analysis;
    a->kept = ent_alloc(own->arena, count, ent_kept);
    a->kept[account] = (ent_kept){.tally = analysis->kept[account].tally, .in = own->arena};
    a->worlds = ent_alloc(own->arena, count, ent_account_worlds);
    memcpy(a->worlds, analysis->worlds, (count - 1) * sizeof *a->worlds);
    ent_account_worlds *worlds = &a->worlds[account];
    worlds->oracles = ent_alloc(own->arena, c->party_count + 1, ent_oracle *);
    for (uint32_t p = 0; p < c->party_count; p++) {
        worlds->oracles[p] = ent_oracle_of(own->arena, &worlds->polytopes[p], NULL);
    }
    return a;
}
