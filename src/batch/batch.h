/*
 * The processes that a launcher such as mpirun started together, as a crew. One of two files does
 * it: mpi.c over MPI, alone.c where the program was built without.
 */
#ifndef ENT_BATCH_BATCH_H
#define ENT_BATCH_BATCH_H

#include "entente.h"

/* Join the others; NULL where there are none. What helpers would print goes nowhere. */
const ent_crew *ent_batch_join(int *argc, char ***argv);
/* Wait until all of the crew are here, and leave it. NULL is fine. */
void ent_batch_leave(const ent_crew *crew);

#endif
