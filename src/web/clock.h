/* Times to wait for. */
#ifndef ENT_WEB_CLOCK_H
#define ENT_WEB_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Milliseconds since some moment; never goes back. */
static inline uint64_t web_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* The moment `ms` from now as pthread_cond_timedwait takes it. */
static inline struct timespec web_clock_in(long ms)
{
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += ms % 1000 * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

static inline void web_clock_sleep(long ms)
{
    const struct timespec pause = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&pause, NULL);
}

#endif
