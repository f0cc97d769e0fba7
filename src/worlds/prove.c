#include "worlds/explore.h"
bool ent_prove_no_more(ent_exploration *e)
{
    (void)e;
    return false;
}
