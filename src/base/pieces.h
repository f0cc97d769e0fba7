/* Work in pieces that threads share out among themselves, with its progress and its end. */
#ifndef ENT_BASE_PIECES_H
#define ENT_BASE_PIECES_H

#include "base/work.h"

typedef struct ent_pieces {
    uint64_t count;
    int at_once; /* how many a thread takes at a time, at least 1 */
    /*
     * One piece, on the thread of that number below `threads`; each piece is run once, in any
     * order. Nothing is allocated in it. False asks to stop.
     */
    bool (*run)(void *user, int thread, uint64_t piece);
    void *user;
    const char *what;    /* of which each piece has `each` and all together `of`, as it is told */
    uint64_t each, of;
    uint64_t tell_every; /* that many pieces, at least 1 */
} ent_pieces;

/*
 * Run them on so many threads (at least 1); only the first reports. False where not all were run:
 * a piece, or whoever listens, asked to stop.
 */
bool ent_run_pieces(const ent_work *work, int threads, const ent_pieces *pieces);

/*
 * Each piece once, in any order, on at most so many threads (at least 1, the caller's among them,
 * which has the number 0), begun and ended here. Fewer do it all where the system gives no more.
 * Who waits sleeps, so that a thread without work leaves its core to others; a thread more costs
 * some 20 microseconds. Nothing is allocated in a piece outside ent_protect().
 */
void ent_run_team(int threads, uint64_t count,
                  void (*run)(void *user, int thread, uint64_t piece), void *user);

#endif
