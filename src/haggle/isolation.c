/*
 * Children are forked: they see all that was made ready, at the cost of a page table. Only the
 * thread that forks lives on in a child, so nothing parallel runs there.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */

#include "haggle/isolation.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Between looks at the children, in nanoseconds. */
enum { REST_LEAST = 100000, REST_MOST = 5000000 };

typedef struct mapping {
    void *at;
    size_t bytes;
} mapping;

static void unmap(void *object)
{
    mapping *m = object;
    munmap(m->at, m->bytes);
}

static void *map(size_t bytes)
{
    void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return at == MAP_FAILED ? NULL : at;
}

void *ent_shared_memory(ent_arena *arena, size_t bytes)
{
    mapping *m = ent_alloc(arena, 1, mapping);
    *m = (mapping){NULL, bytes == 0 ? 1 : bytes};
    m->at = map(m->bytes);
    if (m->at == NULL) {
        ent_out_of_memory(arena);
    }
    ent_defer(arena, unmap, m);
    return m->at;
}

/* A child as this process sees it. */
typedef struct child {
    pid_t process; /* 0: none, it is through */
    ent_trace *trace;
    uint32_t job, calls; /* of the trace when last looked at */
    double since;        /* when they last changed */
    bool killed;
} child;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A strategy that ends the process must not run what this one does at its end. */
static void leave_at_once(void)
{
    _exit(1);
}

static _Noreturn void live(const ent_apart_job *job, int number, ent_trace *trace)
{
    struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)atexit(leave_at_once);
    job->enter(job->user, number, trace);
    for (; trace->job < job->count; trace->job += (uint32_t)job->children) {
        job->act(job->user, number, trace->job);
    }
    trace->through = true;
    _exit(0);
}

static bool start(const ent_apart_job *job, int number, child *c)
{
    c->killed = false;
    c->job = c->trace->job;
    c->calls = c->trace->calls;
    c->since = now();
    c->process = c->trace->job < job->count ? fork() : 0;
    if (c->process == 0 && c->trace->job < job->count) {
        live(job, number, c->trace);
    }
    return c->process >= 0;
}

/* The child has ended: through, or it failed at its job and the next one goes on behind it. */
static ent_status follow_up(const ent_apart_job *job, int number, child *c, int status,
                            unsigned *hangs)
{
    c->process = 0;
    if (c->trace->through) {
        return ENT_OK;
    }
    ent_fault fault = c->killed             ? ENT_FAULT_HANG
                      : WIFSIGNALED(status) ? ENT_FAULT_CRASH
                                            : ENT_FAULT_EXIT;
    job->fail(job->user, c->trace->job, c->trace, fault);
    c->trace->job += (uint32_t)job->children;
    *hangs += c->killed;
    return *hangs > ENT_MOST_HANGS ? ENT_LIMIT : start(job, number, c) ? ENT_OK : ENT_NOMEM;
}

/* Does it move? Returns the seconds since it did. */
static double look_at(const ent_apart *apart, child *c, double time)
{
    volatile const ent_trace *trace = c->trace;
    if (trace->job != c->job || trace->calls != c->calls) {
        c->job = trace->job;
        c->calls = trace->calls;
        c->since = time;
    } else if (time - c->since > apart->patience && !c->killed) {
        c->killed = true;
        (void)kill(c->process, SIGKILL);
    }
    return time - c->since;
}

static void end_all(child *children, int count)
{
    for (int k = 0; k < count; k++) {
        if (children[k].process > 0) {
            (void)kill(children[k].process, SIGKILL);
            while (waitpid(children[k].process, NULL, 0) < 0 && errno == EINTR) {
            }
        }
    }
}

/* Wait until all are through. */
static ent_status watch(ent_work *work, const ent_apart *apart, const ent_apart_job *job,
                        child *children)
{
    long rest = REST_LEAST;
    unsigned hangs = 0;
    ent_status ended = ENT_OK;
    for (int alive = 1; alive > 0 && ended == ENT_OK;) {
        double time = now(), silence = 0;
        bool changed = false;
        alive = 0;
        for (int k = 0; k < job->children; k++) {
            child *c = &children[k];
            int status;
            if (c->process > 0 && waitpid(c->process, &status, WNOHANG) == c->process) {
                changed = true;
                ended = ended == ENT_OK ? follow_up(job, k, c, status, &hangs) : ended;
            }
            if (c->process > 0) {
                silence = fmax(silence, look_at(apart, c, time));
                alive++;
            }
        }
        if (silence > 0.5 && ent_tick(work, "strategy waited for", 1, 0)) {
            ended = ENT_CANCELLED;
        }
        rest = changed ? REST_LEAST : rest * 2 < REST_MOST ? rest * 2 : REST_MOST;
        struct timespec pause = {0, rest};
        nanosleep(&pause, NULL);
    }
    return ended;
}

ent_status ent_act_apart(ent_work *work, const ent_apart *apart, const ent_apart_job *job)
{
    child *children = ent_alloc(work->arena, (size_t)job->children, child);
    size_t bytes = (size_t)job->children * sizeof(ent_trace);
    ent_trace *traces = map(bytes);
    ent_status status = traces == NULL ? ENT_NOMEM : ENT_OK;
    for (int k = 0; k < job->children && status == ENT_OK; k++) {
        traces[k].job = (uint32_t)k;
        children[k].trace = &traces[k];
        status = start(job, k, &children[k]) ? ENT_OK : ENT_NOMEM;
    }
    if (status == ENT_OK) {
        status = watch(work, apart, job, children);
    }
    end_all(children, job->children);
    if (traces != NULL) {
        munmap(traces, bytes);
    }
    return status;
}
