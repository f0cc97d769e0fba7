/*
 * Tournaments: on every scenario tuples of strategies (haggle/lineup.h), each repeated. A run is
 * known by its number alone, so that runs can be done in any order, by any number of threads, on
 * any machine.
 */
#ifndef ENT_HAGGLE_TOURNAMENT_H
#define ENT_HAGGLE_TOURNAMENT_H

#include "haggle/lineup.h"
#include "haggle/negotiation.h"

/* How one run ended; utilities and advantages are in the arrays of the block. */
typedef struct ent_contest_run {
    ent_haggle_result result;
    uint64_t outcome; /* agreed on, by ent_haggle_index; UINT64_MAX: none that has one */
    double welfare;             /* mean normalised utility */
    double pareto, nash, kalai; /* distances in normalised utilities; NaN without an agreement */
    double nash_negmas, kalai_negmas; /* from the points as NegMAS defines them; NaN elsewhere */
} ent_contest_run;

/* What the parties of runs came to: [count][parties] each; score NULL where nobody asks. */
typedef struct ent_contest_seats {
    double *utility, *advantage, *score;
} ent_contest_seats;

/* One scenario of a tournament, made ready: a table, the points to compare with, and desks. */
typedef struct ent_contest ent_contest;

enum { ENT_CONTEST_BLOCK = 2000 /* runs at a time, at most */ };

/*
 * Make ready for work->threads threads: chosen[lineup->strategies] meet as the lineup says. The
 * frontier is worked out as `entente frontier` does.
 */
ent_status ent_contest_make(ent_work *work, const ent_scenario *scenario,
                            const ent_haggle_table *table, const ent_haggle_rules *rules,
                            const ent_chosen_strategy *chosen, const ent_lineup *lineup,
                            ent_contest **contest);
/*
 * Play `count` runs (up to ENT_CONTEST_BLOCK), the first of which is `first` of this scenario's
 * (tuple after tuple, `repetitions` of each) and has the number `number` in the tournament. What a
 * run comes to depends on its number and the rules alone.
 */
ent_status ent_contest_play(ent_work *work, ent_contest *contest, uint64_t first,
                            uint64_t number, uint32_t repetitions, uint32_t count,
                            ent_contest_run *runs, const ent_contest_seats *seats);

#endif
