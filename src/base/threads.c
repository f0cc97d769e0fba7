#include "base/threads.h"

#ifdef _OPENMP

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

/* Left free for what is allocated between the trial and the work, and one thread more. */
enum { RESERVE = 8 << 20, MOST = 4096 };

typedef struct gate {
    pthread_mutex_t lock;
    pthread_cond_t opened;
    bool open;
} gate;

/* Threads that wait stand beside one another, as those of a team do. */
static void *wait_at(void *user)
{
    gate *g = user;
    pthread_mutex_lock(&g->lock);
    while (!g->open) {
        pthread_cond_wait(&g->opened, &g->lock);
    }
    pthread_mutex_unlock(&g->lock);
    return NULL;
}

int ent_threads_to_be_had(int wanted)
{
    wanted = wanted > MOST ? MOST : wanted;
    if (wanted <= 1) {
        return 1;
    }
    gate g = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};
    pthread_t *threads = malloc((size_t)wanted * sizeof *threads);
    void *reserve = malloc(RESERVE);
    int begun = 0;
    bool more = threads != NULL && reserve != NULL;
    while (more && begun < wanted) { /* one more than the work will ask for */
        more = pthread_create(&threads[begun], NULL, wait_at, &g) == 0;
        begun += more;
    }
    pthread_mutex_lock(&g.lock);
    g.open = true;
    pthread_cond_broadcast(&g.opened);
    pthread_mutex_unlock(&g.lock);
    for (int i = 0; i < begun; i++) {
        pthread_join(threads[i], NULL);
    }
    free(reserve);
    free(threads);
    return begun < 1 ? 1 : begun;
}

#else

int ent_threads_to_be_had(int wanted)
{
    (void)wanted;
    return 1;
}

#endif
