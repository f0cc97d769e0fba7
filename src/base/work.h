/*
 * What a computation may use: memory, a place for messages, threads, and somebody to report to.
 * Passed as the first argument to everything that computes.
 */
#ifndef ENT_BASE_WORK_H
#define ENT_BASE_WORK_H

#include "base/diag.h"

/* What of a case that is marked `private: true` an answer is made without (record/redact.h). */
typedef enum ent_redaction {
    ENT_REDACT_NOTHING,
    ENT_REDACT_ALL,   /* the marked things, and whatever would follow from them */
    ENT_REDACT_WORDS, /* their words and names; what follows from them stays */
} ent_redaction;

typedef struct ent_work {
    ent_arena *arena;
    ent_diags *diags;
    int threads; /* at least 1; results never depend on it */
    /*
     * Called now and then, from one thread at a time, with what is being done ("worlds") and how
     * far it is; total 0 when unknown. True asks to stop: the computation returns ENT_CANCELLED
     * soon.
     * NULL when nobody listens.
     */
    bool (*tick)(void *user, const char *what, uint64_t done, uint64_t total);
    /*
     * Has somebody asked to stop? A read of a flag, from any thread. NULL when nobody listens.
     */
    bool (*stopped)(void *user);
    void *user; /* of both */
    ent_draws *draws;     /* worlds of earlier computations (base/draws.h); NULL: none */
    bool *crew_left;      /* [ranks] who of the crew has left; NULL where there is none */
    const ent_caller_strategy *callers; /* [caller_count] strategies of the calling program */
    size_t caller_count;
    const ent_crew *crew; /* the processes that share the work (base/crew.h); NULL: alone */
    ent_redaction redact; /* of every case that is read */
} ent_work;

/* Should the work stop? From any thread; for loops whose turns may take a tenth of a second. */
static inline bool ent_stopped(const ent_work *work)
{
    return work->stopped != NULL && work->stopped(work->user);
}

/*
 * body(argument), which reads or builds and prints nothing, until somebody asks to stop: then
 * ENT_CANCELLED (base/mem.h).
 */
static inline ent_status ent_while_wanted(const ent_work *work,
                                          ent_status (*body)(void *argument), void *argument)
{
    return ent_protect_while(work->arena, body, argument, work->stopped, work->user);
}

/* Report progress; true when the work should stop. From one thread at a time. */
static inline bool ent_tick(const ent_work *work, const char *what, uint64_t done, uint64_t total)
{
    return (work->tick != NULL && work->tick(work->user, what, done, total)) || ent_stopped(work);
}

#endif
