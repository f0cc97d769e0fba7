#define _DEFAULT_SOURCE /* realpath, flock */
#include "web/save.h"

#include "web/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { OLD_SECONDS = 60, LOCK_ROUNDS = 250 };

/* The folder of a path, with its slash; at == NULL when memory is out. */
static web_text folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    web_text folder = {0};
    web_put(&folder, slash == NULL ? "./" : path, slash == NULL ? 2 : (size_t)(slash - path) + 1);
    return folder;
}

static bool may_write_folder(const char *path)
{
    web_text folder = folder_of(path);
    bool may = !folder.failed && access(folder.at, W_OK | X_OK) == 0;
    free(folder.at);
    return may;
}

/*
 * In a folder that everybody may write a file is often replaced by its owner and the folder's alone
 * (the sticky bit, as /tmp has it), whoever may write the file itself.
 */
static bool may_rename_over(const char *path)
{
    web_text folder = folder_of(path);
    struct stat file, in;
    uid_t user = geteuid();
    bool owners = !folder.failed && stat(folder.at, &in) == 0 && (in.st_mode & S_ISVTX) != 0 &&
                  user != 0 && user != in.st_uid;
    bool may = !folder.failed && (!owners || lstat(path, &file) != 0 || file.st_uid == user);
    free(folder.at);
    return may;
}

const char *web_why_not(const char *path)
{
    struct stat about;
    bool may = stat(path, &about) == 0 && (about.st_mode & 0222) != 0 && access(path, W_OK) == 0;
    if (!may) {
        return "the case file is read-only";
    }
    char *real = realpath(path, NULL); /* a link's file is replaced where it is */
    bool folders = real != NULL && may_write_folder(path) && may_write_folder(real);
    web_text backup = {0};
    web_puts(&backup, path);
    web_puts(&backup, "~");
    bool owned = folders && !backup.failed && may_rename_over(real) && may_rename_over(backup.at);
    free(backup.at);
    free(real);
    return !folders ? "the folder of the case file cannot be written"
           : !owned ? "in this folder only its owner may replace the case file or its backup"
                    : NULL;
}

int web_lock_folder(const char *path)
{
    const struct timespec pause = {0, 20000000};
    web_text folder = folder_of(path);
    int file = folder.failed ? -1 : open(folder.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder.at);
    for (int i = 0; file >= 0 && flock(file, LOCK_EX | LOCK_NB) != 0; i++) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return file; /* a file system without locks: as good as can be */
        }
        if (i >= LOCK_ROUNDS) {
            close(file);
            return -1;
        }
        nanosleep(&pause, NULL);
    }
    return file;
}

void web_unlock_folder(int lock)
{
    if (lock >= 0) {
        close(lock);
    }
}

static bool write_whole(int file, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t put = write(file, text, length);
        if (put <= 0 && !(put < 0 && errno == EINTR)) {
            return false;
        }
        text += put > 0 ? put : 0;
        length -= put > 0 ? (size_t)put : 0;
    }
    return fsync(file) == 0;
}

/*
 * A file that is new beside the case gets the case's permissions, and comes there whole: a kill
 * leaves none, or a temporary one that the next start sweeps.
 */
static bool write_new(const char *beside, mode_t mode, const char *text, size_t length)
{
    web_text name = {0};
    char number[40];
    snprintf(number, sizeof number, ".%ld-0.tmp", (long)getpid());
    web_puts(&name, beside);
    web_puts(&name, number);
    int file = name.failed ? -1
                           : open(name.at, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                  mode & 0600);
    bool done = file >= 0 && fchmod(file, mode) == 0 && write_whole(file, text, length);
    done = (file < 0 || close(file) == 0) && done && rename(name.at, beside) == 0;
    if (file >= 0 && !done) {
        (void)unlink(name.at);
    }
    free(name.at);
    return done;
}

/* What stands beside the case and is written over: a regular file, with the case's permissions. */
static bool may_replace(const char *beside, mode_t mode, bool *there)
{
    struct stat old;
    *there = lstat(beside, &old) == 0;
    return !*there || (S_ISREG(old.st_mode) &&
                       ((old.st_mode & 07777) == mode || chmod(beside, mode) == 0));
}

web_written web_write_beside(const char *path, const char *suffix, const char *text,
                             size_t length, ent_diags *diags)
{
    web_text beside = {0};
    web_puts(&beside, path);
    web_puts(&beside, suffix);
    ent_engine *engine = ent_engine_create(NULL);
    web_written result = WEB_NOT_WRITTEN;
    struct stat about;
    if (!beside.failed && engine != NULL) {
        bool there = true;
        mode_t mode = stat(path, &about) == 0 ? about.st_mode & 0666 : 0600;
        bool clear = *suffix == '\0' || may_replace(beside.at, mode, &there);
        bool done = clear && ((!there && write_new(beside.at, mode, text, length)) ||
                              ent_write_file(engine, beside.at, text, length, diags) == ENT_OK);
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
