/*
 * OpenMP where there are no threads: a page from a file has none, for browsers share memory between
 * threads only where a server vouches for it. The compiler passes over the pragmas by itself.
 */
#ifndef WASM_OMP_H
#define WASM_OMP_H

static inline int omp_get_num_procs(void)
{
    return 1;
}

static inline int omp_get_thread_num(void)
{
    return 0;
}

#endif
