#include "base/pieces.h"

#ifdef _OPENMP
#include <omp.h>
#endif

bool ent_run_pieces(const ent_work *work, int threads, const ent_pieces *pieces)
{
    bool stop = false;
    (void)threads; /* used by OpenMP alone */
#pragma omp parallel for schedule(dynamic, pieces->at_once) num_threads(threads) shared(stop)
    for (int64_t i = 0; i < (int64_t)pieces->count; i++) {
        int thread = 0;
#ifdef _OPENMP
        thread = omp_get_thread_num();
#endif
        bool stopped;
#pragma omp atomic read
        stopped = stop;
        if (stopped) {
            continue;
        }
        uint64_t piece = (uint64_t)i;
        bool tells = thread == 0 && piece % pieces->tell_every == 0;
        if (ent_stopped(work) || !pieces->run(pieces->user, thread, piece) ||
            (tells && ent_tick(work, pieces->what, piece * pieces->each, pieces->of))) {
#pragma omp atomic write
            stop = true;
        }
    }
    return !stop;
}
