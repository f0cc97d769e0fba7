#include "web/file_stamp.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

/*
 * File systems count time in steps, up to two seconds long (FAT): two writes in one step leave the
 * same times. So a file is looked at as settled only when its last change is further back.
 */
enum { STEP_SECONDS = 3 };

web_seen web_look(const char *path)
{
    struct stat about;
    struct timespec now;
    web_seen seen = {0};
    if (stat(path, &about) != 0 || clock_gettime(CLOCK_REALTIME, &now) != 0) {
        return seen;
    }
    int64_t last = about.st_mtim.tv_sec > about.st_ctim.tv_sec ? about.st_mtim.tv_sec
                                                               : about.st_ctim.tv_sec;
    seen.there = true;
    seen.settled = now.tv_sec - last >= STEP_SECONDS;
    seen.device = (uint64_t)about.st_dev;
    seen.inode = (uint64_t)about.st_ino;
    seen.size = (uint64_t)about.st_size;
    seen.changed[0] = about.st_mtim.tv_sec;
    seen.changed[1] = about.st_mtim.tv_nsec;
    seen.changed[2] = about.st_ctim.tv_sec;
    seen.changed[3] = about.st_ctim.tv_nsec;
    return seen;
}

bool web_seen_same(const web_seen *a, const web_seen *b)
{
    return a->there && b->there && a->device == b->device && a->inode == b->inode &&
           a->size == b->size && memcmp(a->changed, b->changed, sizeof a->changed) == 0;
}
