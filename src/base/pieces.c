#include "base/pieces.h"

#include <stdatomic.h>

#ifdef _OPENMP
#include <pthread.h>
#endif

/* ---- Threads that share pieces out ----------------------------------------------------------- */

#ifdef _OPENMP

enum { MOST = 256 }; /* threads beside the caller's */

typedef struct team {
    atomic_uint_fast64_t next; /* piece */
    atomic_int members;        /* that have begun */
    uint64_t count;
    void (*run)(void *user, int thread, uint64_t piece);
    void *user;
} team;

static void *take_part(void *user)
{
    team *t = user;
    int thread = atomic_fetch_add(&t->members, 1);
    for (uint64_t piece; (piece = atomic_fetch_add(&t->next, 1)) < t->count;) {
        t->run(t->user, thread, piece);
    }
    return NULL;
}

/*
 * An OpenMP team waits for its last thread by spinning: on a machine that others use as well, two
 * threads took 1.6 times the processor time of one. The caller takes number 0 before any other
 * begins.
 */
void ent_run_team(int threads, uint64_t count,
                  void (*run)(void *user, int thread, uint64_t piece), void *user)
{
    team t = {.next = 0, .members = 1, .count = count, .run = run, .user = user};
    pthread_t others[MOST];
    int begun = 0;
    uint64_t most = count < (uint64_t)threads ? count : (uint64_t)threads;
    while (begun < MOST && (uint64_t)begun + 1 < most &&
           pthread_create(&others[begun], NULL, take_part, &t) == 0) {
        begun++;
    }
    for (uint64_t piece; (piece = atomic_fetch_add(&t.next, 1)) < count;) {
        run(user, 0, piece);
    }
    for (int i = 0; i < begun; i++) {
        (void)pthread_join(others[i], NULL);
    }
}

#else

void ent_run_team(int threads, uint64_t count,
                  void (*run)(void *user, int thread, uint64_t piece), void *user)
{
    (void)threads;
    for (uint64_t piece = 0; piece < count; piece++) {
        run(user, 0, piece);
    }
}

#endif

/* ---- Pieces with progress -------------------------------------------------------------------- */

typedef struct round {
    const ent_work *work;
    const ent_pieces *pieces;
    atomic_bool stop;
} round;

static void run_some(void *user, int thread, uint64_t turn)
{
    round *r = user;
    const ent_pieces *p = r->pieces;
    uint64_t first = turn * (uint64_t)p->at_once, left = p->count - first;
    uint64_t end = first + (left < (uint64_t)p->at_once ? left : (uint64_t)p->at_once);
    for (uint64_t piece = first; piece < end && !atomic_load(&r->stop); piece++) {
        bool tells = thread == 0 && piece % p->tell_every == 0;
        if (ent_stopped(r->work) || !p->run(p->user, thread, piece) ||
            (tells && ent_tick(r->work, p->what, piece * p->each, p->of))) {
            atomic_store(&r->stop, true);
        }
    }
}

bool ent_run_pieces(const ent_work *work, int threads, const ent_pieces *pieces)
{
    round r = {work, pieces, false};
    uint64_t turns = (pieces->count + (uint64_t)pieces->at_once - 1) / (uint64_t)pieces->at_once;
    ent_run_team(threads, turns, run_some, &r);
    return !atomic_load(&r.stop);
}
