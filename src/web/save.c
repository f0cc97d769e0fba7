#define _XOPEN_SOURCE 700 /* realpath */
#include "web/save.h"

#include "web/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { OLD_SECONDS = 60 };

bool web_may_write(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && (about.st_mode & 0222) != 0 && access(path, W_OK) == 0;
}

/*
 * What is written there later takes the permissions of what stands there, so an empty file with
 * the right ones is put there first. False if something else than a regular file is in the way.
 */
static bool prepare(const char *path, const char *beside)
{
    struct stat about, old;
    if (stat(path, &about) != 0) {
        return false;
    }
    mode_t mode = about.st_mode & 0666;
    if (lstat(beside, &old) == 0) {
        return S_ISREG(old.st_mode) &&
               ((old.st_mode & 07777) == mode || chmod(beside, mode) == 0);
    }
    int file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode & 0600);
    if (file < 0) {
        return true; /* the writing will fail in the same way, and say why */
    }
    bool done = fchmod(file, mode) == 0;
    close(file);
    return done;
}

web_written web_write_beside(const char *path, const char *suffix, const char *text,
                             size_t length, ent_diags *diags)
{
    web_text beside = {0};
    web_puts(&beside, path);
    web_puts(&beside, suffix);
    ent_engine *engine = ent_engine_create(NULL);
    web_written result = WEB_NOT_WRITTEN;
    if (!beside.failed && engine != NULL) {
        bool clear = *suffix == '\0' || prepare(path, beside.at);
        bool done =
            clear && ent_write_file(engine, beside.at, text, length, diags) == ENT_OK;
        result = !clear ? WEB_IN_THE_WAY : done ? WEB_WRITTEN : WEB_NOT_WRITTEN;
    }
    ent_engine_destroy(engine);
    free(beside.at);
    return result;
}

/* The rest of a name after that of the case file, the backup or the draft; NULL if it is none. */
static const char *rest_of(const char *name, const char *base)
{
    static const char *const suffixes[] = {"~", ".draft"};
    size_t length = strlen(base);
    if (strncmp(name, base, length) != 0) {
        return NULL;
    }
    name += length;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        size_t more = strlen(suffixes[i]);
        if (strncmp(name, suffixes[i], more) == 0) {
            return name + more;
        }
    }
    return name;
}

/* Is `name` BASE.PID-N.tmp of a process that is no more? */
static bool left_over(const char *name, const char *base)
{
    const char *rest = rest_of(name, base);
    long pid;
    int number;
    int end = 0;
    if (rest == NULL || sscanf(rest, ".%10ld-%2d.tmp%n", &pid, &number, &end) != 2 || end == 0 ||
        rest[end] != '\0' || pid <= 1) {
        return false;
    }
    return kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

static bool old_enough(int folder, const char *name)
{
    struct stat about;
    return fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(about.st_mode) &&
           time(NULL) - about.st_mtim.tv_sec >= OLD_SECONDS;
}

static size_t sweep(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash == NULL ? path : slash + 1;
    web_text folder = {0};
    web_put(&folder, slash == NULL ? "." : path, slash == NULL ? 1 : (size_t)(slash - path) + 1);
    DIR *open = folder.failed ? NULL : opendir(folder.at);
    size_t count = 0;
    for (struct dirent *entry; open != NULL && (entry = readdir(open)) != NULL;) {
        if (left_over(entry->d_name, base) && old_enough(dirfd(open), entry->d_name)) {
            count += unlinkat(dirfd(open), entry->d_name, 0) == 0;
        }
    }
    if (open != NULL) {
        closedir(open);
    }
    free(folder.at);
    return count;
}

size_t web_sweep_beside(const char *path)
{
    size_t count = sweep(path);
    char *real = realpath(path, NULL); /* a link's file is written where it is */
    if (real != NULL) {
        count += sweep(real);
    }
    free(real);
    return count;
}
