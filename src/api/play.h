/*
 * Playing a tournament: its runs are cut into blocks, which are played by whoever is free and kept
 * in the results as they come.
 */
#ifndef ENT_API_PLAY_H
#define ENT_API_PLAY_H

#include "haggle/plugin.h"
#include "haggle/tournament.h"
#include "store/results.h"

/* A scenario of the tournament. */
typedef struct ent_fixture {
    const ent_scenario *scenario;
    const struct ent_entrant *entrant;
    const char *content; /* hash of the files that it was read from */
    ent_lineup lineup;
    uint64_t outcomes;
    uint64_t first;         /* number of its first run */
    uint64_t block, blocks; /* number of its first block, and how many it has */
    uint64_t next;          /* the next of its blocks to look at, from 0 */
} ent_fixture;

typedef struct ent_tournament {
    ent_work *work;
    ent_haggle_rules rules;
    const ent_chosen_strategy *chosen;
    size_t strategies;
    uint64_t repetitions, most_outcomes, runs, done;
    ent_fixture *fixtures;
    size_t count, in_pairs; /* in_pairs: fixtures on which not every tuple is played */
    ent_results *results; /* of the process that leads */
    ent_faults *faults;   /* [strategies] what they did wrong, wherever they played */
    uint32_t *slow;       /* [strategies] runs in which they passed the step limit */
} ent_tournament;

/*
 * Play the runs that the results do not have yet. All processes of the crew call this; the one
 * that leads has opened the results. Within a process blocks are played one by one over threads.
 */
ent_status ent_play_tournament(ent_tournament *t);

#endif
