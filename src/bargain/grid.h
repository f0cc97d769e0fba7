/* Bounds on the count of rational outcomes from sums on a grid. */
#ifndef ENT_BARGAIN_GRID_H
#define ENT_BARGAIN_GRID_H

#include "bargain/big.h"
#include "base/work.h"
#include "model/scenario.h"

enum { ENT_GRID_PARTIES = 20 };

/* Narrow low..high, which must hold the true count, as far as the grid allows. */
void ent_count_on_grid(ent_work *work, const ent_scenario *scenario, ent_big *low, ent_big *high);

#endif
