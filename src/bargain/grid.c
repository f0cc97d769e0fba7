#include "bargain/grid.h"

void ent_count_on_grid(ent_work *work, const ent_scenario *scenario, ent_big *low, ent_big *high)
{
    (void)work;
    (void)scenario;
    (void)low;
    (void)high;
}
