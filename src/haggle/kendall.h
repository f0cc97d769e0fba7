/* Kendall's rank correlation: how alike two orders of the same things are. */
#ifndef ENT_HAGGLE_KENDALL_H
#define ENT_HAGGLE_KENDALL_H

#include <stddef.h>

/* One thing as both see it. */
typedef struct ent_seen_twice {
    double x, y;
} ent_seen_twice;

/*
 * Tau-b (M. G. Kendall, "The treatment of ties in ranking problems", Biometrika 33, 1945), -1 to 1:
 * (concordant - discordant pairs) / sqrt((pairs - ties in x) (pairs - ties in y)). NaN where all
 * are alike to one of the two. Sorts at[count]; room[count] is scratch. O(count log count) by
 * merging (W. R. Knight, "A computer method for calculating Kendall's tau with ungrouped data",
 * Journal of the American Statistical Association 61, 1966).
 */
double ent_kendall(ent_seen_twice *at, ent_seen_twice *room, size_t count);

#endif
