/*
 * Jobs done in child processes, so that what crashes, hangs or ends its process does not take this
 * one with it. Results come back through shared memory. It guards against mistakes, not malice:
 * the children may do whatever this process may.
 */
#ifndef ENT_HAGGLE_ISOLATION_H
#define ENT_HAGGLE_ISOLATION_H

#include "base/work.h"

typedef enum ent_fault {
    ENT_FAULT_CRASH, /* ended by a signal */
    ENT_FAULT_EXIT,  /* ended its process */
    ENT_FAULT_HANG,  /* gave no answer in time */
    ENT_FAULT_STRAY, /* offered what is no outcome */
    ENT_FAULTS
} ent_fault;

typedef struct ent_apart {
    double patience; /* seconds that one answer may take */
} ent_apart;

/* What a child is at, in shared memory. */
typedef struct ent_trace {
    uint32_t job;   /* at hand */
    uint32_t calls; /* counts up with every question to a user's strategy */
    bool through;   /* all its jobs are done */
    struct ent_plugin *plugin; /* asked last */
    uint32_t party, round, offers; /* who was asked, and when */
    double time;
} ent_trace;

typedef struct ent_apart_job {
    uint32_t count; /* jobs, numbered from 0: child k does k, k + children, ... */
    int children;
    void (*enter)(void *user, int child, ent_trace *trace); /* in the child, before its first job */
    void (*act)(void *user, int child, uint32_t job);       /* in the child */
    /* Here: the child failed at the job; the others of its jobs go to a new one. */
    void (*fail)(void *user, uint32_t job, const ent_trace *trace, ent_fault fault);
    void *user;
} ent_apart_job;

/* Zeroed memory that children share with this process, freed with the arena. */
void *ent_shared_memory(ent_arena *arena, size_t bytes);
/*
 * ENT_NOMEM where no process can be made; ENT_CANCELLED where the work is to stop; ENT_LIMIT after
 * more than ENT_MOST_HANGS jobs that gave no answer.
 */
enum { ENT_MOST_HANGS = 10 };
ent_status ent_act_apart(ent_work *work, const ent_apart *apart, const ent_apart_job *job);

#endif
