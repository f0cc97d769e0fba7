#include "cli/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/* The ends of the pipes that are ours, -1 once closed. */
typedef struct ends {
    int in, out, err;
} ends;

typedef struct gathered {
    char *at;
    size_t length, room;
    bool full; /* memory is out */
} gathered;

static void close_end(int *end)
{
    if (*end >= 0) {
        close(*end);
        *end = -1;
    }
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

bool ent_find_program(const char *name, char *path, size_t room)
{
    const char *at = getenv("PATH");
    while (at != NULL && *at != '\0') {
        size_t length = strcspn(at, ":");
        int written = snprintf(path, room, "%.*s/%s", (int)length, at, name);
        struct stat about;
        /* A relative entry of PATH would run what lies in the folder at hand. */
        if (at[0] == '/' && written > 0 && (size_t)written < room && stat(path, &about) == 0 &&
            S_ISREG(about.st_mode) && access(path, X_OK) == 0) {
            return true;
        }
        at += length + (at[length] == ':');
    }
    return false;
}

/* Both ends are closed in any program that is started but where it is given one by name. */
static bool make_pipe(int pair[2])
{
    if (pipe(pair) != 0) {
        pair[0] = pair[1] = -1;
        return false;
    }
    for (int i = 0; i < 2; i++) {
        (void)fcntl(pair[i], F_SETFD, FD_CLOEXEC);
    }
    return true;
}

/* A group of its own, and signals as every program finds them. */
static bool set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t all;
    sigfillset(&all);
    return posix_spawnattr_init(attributes) == 0 &&
           posix_spawnattr_setsigdefault(attributes, &all) == 0 &&
           posix_spawnattr_setpgroup(attributes, 0) == 0 &&
           posix_spawnattr_setflags(attributes,
                                    POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF) == 0;
}

static pid_t start(const ent_child *child, const int in[2], const int out[2], const int err[2])
{
    pid_t pid = -1;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    char *const *argv;
    /* posix_spawn takes words that it does not change, but does not say so. */
    memcpy(&argv, &child->argv, sizeof argv);
    if (posix_spawn_file_actions_init(&actions) != 0) {
        return -1;
    }
    if (set_attributes(&attributes)) {
        posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
        if (posix_spawn(&pid, child->path, &actions, &attributes, argv, environ) != 0) {
            pid = -1;
        }
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

static void gather(gathered *g, int *end)
{
    if (g->length == g->room) {
        size_t room = g->room == 0 ? 1 << 16 : 2 * g->room;
        char *more = realloc(g->at, room);
        if (more == NULL) {
            g->full = true;
            close_end(end);
            return;
        }
        g->at = more;
        g->room = room;
    }
    ssize_t got = read(*end, g->at + g->length, g->room - g->length);
    if (got > 0) {
        g->length += (size_t)got;
    } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
        close_end(end);
    }
}

static void feed(const ent_child *child, size_t *fed, int *end)
{
    ssize_t went = write(*end, child->input + *fed, child->length - *fed);
    *fed += went > 0 ? (size_t)went : 0;
    if (*fed == child->length || (went < 0 && errno != EINTR && errno != EAGAIN)) {
        close_end(end);
    }
}

/* Feeds it and gathers what it prints until it closes its ends, or may not go on. */
static ent_child_end attend(const ent_child *child, ends *ours, gathered *out, gathered *err)
{
    double until = now() + child->seconds;
    size_t fed = 0;
    (void)fcntl(ours->in, F_SETFL, O_NONBLOCK);
    if (child->length == 0) {
        close_end(&ours->in);
    }
    while (ours->out >= 0 || ours->err >= 0) {
        struct pollfd ready[] = {{ours->in, POLLOUT, 0}, {ours->out, POLLIN, 0},
                                 {ours->err, POLLIN, 0}};
        (void)poll(ready, 3, 100);
        if (child->stopped(NULL)) {
            return ENT_CHILD_STOPPED;
        }
        if (now() > until) {
            return ENT_CHILD_LATE;
        }
        if (ready[0].revents != 0) {
            feed(child, &fed, &ours->in);
        }
        if (ready[1].revents != 0) {
            gather(out, &ours->out);
        }
        if (ready[2].revents != 0) {
            gather(err, &ours->err);
        }
    }
    return out->full || err->full ? ENT_CHILD_NO_MEMORY : ENT_CHILD_DONE;
}

/* Waits for its end; one that closed its output and lives on has the rest of its time. */
static ent_child_end wait_for(const ent_child *child, pid_t pid, ent_child_end end)
{
    double until = now() + child->seconds;
    int status = 0;
    if (end != ENT_CHILD_DONE) {
        (void)kill(-pid, SIGKILL);
        (void)waitpid(pid, &status, 0);
        return end;
    }
    for (;;) {
        pid_t ended = waitpid(pid, &status, WNOHANG);
        if (ended == pid) {
            return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? ENT_CHILD_DONE
                                                                 : ENT_CHILD_FAILED;
        }
        if (ended < 0 && errno != EINTR) {
            return ENT_CHILD_FAILED;
        }
        if (child->stopped(NULL) || now() > until) {
            return wait_for(child, pid,
                            child->stopped(NULL) ? ENT_CHILD_STOPPED : ENT_CHILD_LATE);
        }
        (void)nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
}

ent_child_end ent_run_child(const ent_child *child, char **output, size_t *length, char *said,
                            size_t said_room)
{
    int in[2], out[2] = {-1, -1}, err[2] = {-1, -1};
    gathered printed = {0}, told = {0};
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    *output = NULL;
    *length = 0;
    said[0] = '\0';
    bool piped = make_pipe(in) && make_pipe(out) && make_pipe(err);
    sigaction(SIGPIPE, &ignore, &before); /* it may end before it has read all */
    pid_t pid = piped ? start(child, in, out, err) : -1;
    ends ours = {in[1], out[0], err[0]};
    close_end(&in[0]);
    close_end(&out[1]);
    close_end(&err[1]);
    ent_child_end end = pid < 0 ? ENT_CHILD_FAILED
                                : wait_for(child, pid, attend(child, &ours, &printed, &told));
    close_end(&ours.in);
    close_end(&ours.out);
    close_end(&ours.err);
    sigaction(SIGPIPE, &before, NULL);
    if (told.length > 0) {
        size_t kept = told.length < said_room - 1 ? told.length : said_room - 1;
        memcpy(said, told.at, kept);
        said[kept] = '\0';
    }
    free(told.at);
    *output = printed.at;
    *length = printed.length;
    return end;
}
