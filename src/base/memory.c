#include "base/memory.h"

#include <inttypes.h>
#include <stdio.h>

/* The sum of the named lines of /proc/meminfo, in bytes; UINT64_MAX where the first is missing. */
static uint64_t available(void)
{
    FILE *file = fopen("/proc/meminfo", "r");
    char line[128];
    uint64_t sum = 0, kilobytes;
    bool known = false;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "MemAvailable: %" SCNu64, &kilobytes) == 1) {
            known = true;
            sum += kilobytes * 1024;
        } else if (sscanf(line, "SwapFree: %" SCNu64, &kilobytes) == 1) {
            sum += kilobytes * 1024;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return known ? sum : UINT64_MAX;
}

/* The number in a file; UINT64_MAX where there is none, or "max". */
static uint64_t number_in(const char *path)
{
    FILE *file = fopen(path, "r");
    uint64_t number = UINT64_MAX;
    if (file != NULL) {
        if (fscanf(file, "%" SCNu64, &number) != 1) {
            number = UINT64_MAX;
        }
        fclose(file);
    }
    return number;
}

uint64_t ent_memory_to_be_had(void)
{
    uint64_t most = number_in("/sys/fs/cgroup/memory.max");
    uint64_t used = number_in("/sys/fs/cgroup/memory.current");
    uint64_t left = most == UINT64_MAX || used == UINT64_MAX ? UINT64_MAX
                    : used < most                            ? most - used
                                                             : 0;
    uint64_t all = available();
    return left < all ? left : all;
}
