/* Is a strategy ahead of the next by more than chance? */
#ifndef ENT_STORE_COMPARE_H
#define ENT_STORE_COMPARE_H

#include "store/cells.h"

/*
 * Holm's step-down procedure on p[count]: held[i] where hypothesis i is rejected, with at most
 * `level` for the chance that any true one is. NaN is never held. O(count log count).
 */
void ent_holm(ent_work *work, const double *p, size_t count, double level, bool *held);

/*
 * strategy[count] in the order of their ranking. p[i]: how likely a difference as large as that
 * between places i and i + 1 is by chance; NaN for the last. ahead[i]: it holds among all of them
 * at 5 %.
 */
void ent_compare_places(ent_work *work, const ent_cells *cells, const uint32_t *strategy,
                        size_t count, double *p, bool *ahead);

#endif
