/* The disk, by POSIX calls. What may fail for want of memory is asked for before a file is open. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "io/files.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static ent_status cannot_read(ent_work *work, const char *path, const char *why)
{
    return ent_fail(work->diags, ENT_IO, ENT_F101_CANNOT_READ, NULL, "cannot read `%s`: %s", path,
                    why);
}

static ent_status failed(ent_work *work, const char *path, int error, bool reading)
{
    char why[128];
    if (strerror_r(error, why, sizeof why) != 0) {
        snprintf(why, sizeof why, "error %d", error);
    }
    if (reading) {
        return cannot_read(work, path, why);
    }
    return ent_fail(work->diags, ENT_IO, ENT_F104_CANNOT_WRITE, NULL, "cannot write `%s`: %s",
                    path, why);
}

static ent_status check_regular(ent_work *work, const char *path, size_t limit, size_t *size)
{
    struct stat about;
    if (stat(path, &about) != 0) {
        return failed(work, path, errno, true);
    }
    if (S_ISDIR(about.st_mode)) {
        return cannot_read(work, path, "it is a folder");
    }
    if (!S_ISREG(about.st_mode)) {
        return ent_fail(work->diags, ENT_IO, ENT_F101_CANNOT_READ,
                        "give `-` and let it come by standard input",
                        "cannot read `%s`: it is not a regular file", path);
    }
    if (about.st_size < 0 || (uintmax_t)about.st_size > limit) {
        return ent_fail(work->diags, ENT_INVALID, ENT_F102_TOO_LARGE, NULL,
                        "`%s` is larger than %zu KiB", path, limit >> 10);
    }
    *size = (size_t)about.st_size;
    return ENT_OK;
}

/* Read up to `size` bytes; the number read, or -1 with errno set. */
static ssize_t read_up_to(int file, char *bytes, size_t size)
{
    size_t count = 0;
    while (count < size) {
        ssize_t got = read(file, bytes + count, size - count);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return -1;
        }
        if (got == 0) {
            break;
        }
        count += (size_t)got;
    }
    return (ssize_t)count;
}

static ent_status disk_read(void *user, ent_work *work, const char *path, size_t limit,
                            ent_text *text)
{
    (void)user;
    size_t size = 0;
    ent_status status = check_regular(work, path, limit, &size);
    if (status != ENT_OK) {
        return status;
    }
    char *bytes = ent_alloc(work->arena, size + 1, char);
    char *name = ent_copy(work->arena, path);
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) {
        return failed(work, path, errno, true);
    }
    struct stat about;
    bool regular = fstat(file, &about) == 0 && S_ISREG(about.st_mode);
    ssize_t count = regular ? read_up_to(file, bytes, size) : -1;
    int error = regular ? errno : EINVAL;
    close(file);
    if (count < 0) {
        return failed(work, path, error, true);
    }
    bytes[count] = '\0';
    *text = (ent_text){name, bytes, (size_t)count};
    return ENT_OK;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void close_folder(void *object)
{
    DIR **folder = object;
    if (*folder != NULL) {
        closedir(*folder);
        *folder = NULL;
    }
}

static ent_status disk_list(void *user, ent_work *work, const char *path,
                            const char *const **names, size_t *count)
{
    (void)user;
    struct {
        const char **at;
        size_t count, room;
    } found = {0};
    DIR **folder = ent_alloc(work->arena, 1, DIR *);
    ent_defer(work->arena, close_folder, folder);
    *folder = opendir(path);
    if (*folder == NULL) {
        return failed(work, path, errno, true);
    }
    for (struct dirent *entry; (entry = readdir(*folder)) != NULL;) {
        if (entry->d_name[0] != '.') {
            *ent_push(work->arena, &found) = ent_copy(work->arena, entry->d_name);
        }
    }
    close_folder(folder);
    if (found.count > 0) {
        qsort(found.at, found.count, sizeof *found.at, by_bytes);
    }
    *names = found.at;
    *count = found.count;
    return ENT_OK;
}

static bool disk_is_folder(void *user, const char *path)
{
    (void)user;
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t put = write(file, bytes, length);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return false;
        }
        bytes += put;
        length -= (size_t)put;
    }
    return true;
}

/* Create a new file beside `path`; -1 with errno set. */
static int open_beside(const char *path, char *name, size_t room, mode_t mode)
{
    for (int i = 0; i < 100; i++) {
        snprintf(name, room, "%s.%ld-%d.tmp", path, (long)getpid(), i);
        int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
        if (file >= 0 || errno != EEXIST) {
            return file;
        }
    }
    return -1;
}

/* A device or a pipe cannot be replaced, only written to. */
static ent_status write_through(ent_work *work, const char *path, const char *bytes, size_t length)
{
    int file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0 || !write_all(file, bytes, length)) {
        int error = errno;
        if (file >= 0) {
            close(file);
        }
        return failed(work, path, error, false);
    }
    return close(file) == 0 ? ENT_OK : failed(work, path, errno, false);
}

static void sync_folder(const char *folder)
{
    int file = open(*folder == '\0' ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file >= 0) {
        (void)fsync(file);
        close(file);
    }
}

/*
 * The new file belongs to whom the old one did, where we may give it away, and has its permissions.
 * Where the group is another one now, it gets no rights that were meant for the old one.
 */
static bool take_over(int file, const struct stat *old)
{
    struct stat now;
    mode_t mode = old->st_mode & 07777;
    if (fstat(file, &now) != 0) {
        return false;
    }
    if (now.st_uid != old->st_uid || now.st_gid != old->st_gid) {
        bool given = fchown(file, old->st_uid, old->st_gid) == 0 ||
                     fchown(file, (uid_t)-1, old->st_gid) == 0;
        mode &= given || now.st_gid == old->st_gid ? 07777 : 07707;
    }
    return fchmod(file, mode) == 0;
}

static ent_status replace(ent_work *work, const char *path, const struct stat *old,
                          const char *bytes, size_t length)
{
    size_t room = strlen(path) + 40;
    char *beside = ent_alloc(work->arena, room, char);
    char *folder = ent_path_folder(work->arena, path);
    int file = open_beside(path, beside, room, 0666);
    if (file < 0) {
        return failed(work, path, errno, false);
    }
    bool done = old == NULL || take_over(file, old);
    done = done && write_all(file, bytes, length) && fsync(file) == 0;
    int error = errno;
    if (close(file) != 0 && done) {
        error = errno;
        done = false;
    }
    if (done && rename(beside, path) != 0) {
        error = errno;
        done = false;
    }
    if (!done) {
        unlink(beside);
        return failed(work, path, error, false);
    }
    sync_folder(folder);
    return ENT_OK;
}

static ent_status disk_write(void *user, ent_work *work, const char *path, const char *bytes,
                             size_t length)
{
    (void)user;
    struct stat old;
    bool exists = stat(path, &old) == 0;
    if (exists && S_ISDIR(old.st_mode)) {
        return failed(work, path, EISDIR, false);
    }
    if (exists && !S_ISREG(old.st_mode)) {
        return write_through(work, path, bytes, length);
    }
    char target[4096]; /* a symbolic link keeps pointing; what it points to is replaced */
    char *real = exists ? realpath(path, NULL) : NULL;
    bool fits = real != NULL && strlen(real) < sizeof target;
    if (fits) {
        memcpy(target, real, strlen(real) + 1);
    }
    free(real);
    return replace(work, fits ? target : path, exists ? &old : NULL, bytes, length);
}

static ent_status disk_make_folder(void *user, ent_work *work, const char *path)
{
    (void)user;
    if (mkdir(path, 0777) == 0 || (errno == EEXIST && disk_is_folder(NULL, path))) {
        return ENT_OK;
    }
    return failed(work, path, errno, false);
}

/* Devices and pipes hold nothing that could be lost. */
static bool disk_identify(void *user, const char *path, ent_identity *identity)
{
    (void)user;
    struct stat about;
    bool there = stat(path, &about) == 0 && S_ISREG(about.st_mode);
    if (there) {
        *identity = (ent_identity){(uint64_t)about.st_dev, (uint64_t)about.st_ino};
    }
    return there;
}

const ent_files ent_disk = {.read = disk_read, .list = disk_list, .is_folder = disk_is_folder,
                            .write = disk_write, .make_folder = disk_make_folder,
                            .identify = disk_identify};
