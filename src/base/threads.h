/* How many threads the machine gives. */
#ifndef ENT_BASE_THREADS_H
#define ENT_BASE_THREADS_H

/*
 * At most `wanted`, at least 1, this one among them: so many were begun at once, with room to
 * spare, and have ended. OpenMP ends the program where a thread cannot be had, so it must not be
 * asked for more. Some 10 microseconds each.
 */
int ent_threads_to_be_had(int wanted);

#endif
