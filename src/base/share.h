/* Shares of worlds that were counted. */
#ifndef ENT_BASE_SHARE_H
#define ENT_BASE_SHARE_H

#include <math.h>

/*
 * Standard error of a share with the given variance of one world, of so many independent worlds:
 * the half width of Wilson's interval of one deviation (JASA 22, 1927). Not 0 where all worlds, or
 * none, count; 0 where the worlds are without number. worlds > 0.
 */
static inline double ent_error_of(double variance, double worlds)
{
    return sqrt(variance / worlds + 1 / (4 * worlds * worlds)) / (1 + 1 / worlds);
}

static inline double ent_share_error(double share, double worlds)
{
    return worlds > 0 ? ent_error_of(share * (1 - share), worlds) : 0.5;
}

#endif
