/*
 * A crew over MPI (Message Passing Interface Forum, "MPI: a message-passing interface standard",
 * version 3.1, 2015). Messages are bytes: all processes run the same program on machines of one
 * kind. Whoever waits sleeps between looks, so that it costs nothing to those who compute.
 */
#include "batch/batch.h"

#include <mpi.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TAG = 1 };
static const long FIRST_REST = 20000, PATIENCE = 1000000; /* nanoseconds between looks */

/* How many have said that they leave. */
static int goodbyes;

/* Rest a little longer each time, up to PATIENCE. */
static void rest(long *pause)
{
    struct timespec time = {0, *pause};
    nanosleep(&time, NULL);
    *pause = *pause * 2 < PATIENCE ? *pause * 2 : PATIENCE;
}

/* One thread at a time calls MPI: the one that computes, or that which watches over a flight. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static bool is_through(MPI_Request *request)
{
    int done = 0;
    pthread_mutex_lock(&gate);
    bool failed = MPI_Test(request, &done, MPI_STATUS_IGNORE) != MPI_SUCCESS;
    pthread_mutex_unlock(&gate);
    return failed || done != 0;
}

/*
 * Until the message has come or gone. A blocking call would look without a pause, and take the core
 * from who computes what it waits for. But a long message goes in parts, one at a look: so others
 * are only let before for a while, and rests stay short.
 */
static void finish(MPI_Request *request)
{
    enum { EAGER = 1000 };
    const struct timespec pause = {0, FIRST_REST};
    for (int looks = 0; !is_through(request); looks++) {
        if (looks < EAGER) {
            sched_yield();
        } else {
            nanosleep(&pause, NULL);
        }
    }
}

static void start(const void *bytes, size_t length, int to, MPI_Request *request)
{
    pthread_mutex_lock(&gate);
    MPI_Isend(bytes, (int)length, MPI_BYTE, to, TAG, MPI_COMM_WORLD, request);
    pthread_mutex_unlock(&gate);
}

/*
 * A helper's message on its way. Who leads may be at a piece of its own, and a helper that waited
 * until it listens would do nothing meanwhile; but a long message needs both sides, and a helper at
 * its next piece would keep the leader waiting. So a thread watches over it.
 */
static struct {
    bool allowed, there;
    MPI_Request request;
    pthread_t thread;
    char *bytes;
    size_t room;
} flight;

static void *watch(void *user)
{
    const struct timespec pause = {0, 5 * FIRST_REST};
    (void)user;
    while (!is_through(&flight.request)) {
        nanosleep(&pause, NULL);
    }
    return NULL;
}

static void land(void)
{
    if (flight.there) {
        pthread_join(flight.thread, NULL);
        flight.there = false;
    }
}

/* A copy of the bytes, to be sent from; false where there is no memory for it. */
static bool load(const void *bytes, size_t length)
{
    if (flight.room < length) {
        char *more = realloc(flight.bytes, length);
        flight.bytes = more == NULL ? flight.bytes : more;
        flight.room = more == NULL ? flight.room : length;
    }
    if (flight.room < length) {
        return false;
    }
    memcpy(flight.bytes, bytes, length);
    return true;
}

static void send(void *user, int to, const void *bytes, size_t length)
{
    enum { LONG = 4096 };
    (void)user;
    land();
    if (!flight.allowed || length < LONG || !load(bytes, length)) {
        MPI_Request request;
        start(bytes, length, to, &request);
        finish(&request);
        return;
    }
    start(flight.bytes, length, to, &flight.request);
    flight.there = pthread_create(&flight.thread, NULL, watch, NULL) == 0;
    if (!flight.there) {
        finish(&flight.request);
    }
}

static bool probe(MPI_Status *status)
{
    int there = 0;
    pthread_mutex_lock(&gate);
    MPI_Iprobe(MPI_ANY_SOURCE, TAG, MPI_COMM_WORLD, &there, status);
    pthread_mutex_unlock(&gate);
    return there != 0;
}

static bool look(bool wait, MPI_Status *status)
{
    long pause = FIRST_REST;
    bool there = probe(status);
    while (!there && wait) {
        rest(&pause);
        there = probe(status);
    }
    return there;
}

static void take(void *bytes, int count, int from)
{
    MPI_Request request;
    pthread_mutex_lock(&gate);
    MPI_Irecv(bytes, count, MPI_BYTE, from, TAG, MPI_COMM_WORLD, &request);
    pthread_mutex_unlock(&gate);
    finish(&request);
    goodbyes += count == 0;
}

static bool receive(void *user, bool wait, int *from, void *bytes, size_t room, size_t *length)
{
    MPI_Status status;
    int count = 0;
    (void)user;
    if (!look(wait, &status)) {
        return false;
    }
    *from = status.MPI_SOURCE;
    MPI_Get_count(&status, MPI_BYTE, &count);
    *length = (size_t)count;
    if (*length > room) { /* not one of ours: as good as none */
        fprintf(stderr, "error: a message of %d bytes from rank %d\n", count, *from);
        MPI_Abort(MPI_COMM_WORLD, 4);
    }
    take(bytes, count, *from);
    return true;
}

/* Started by a launcher? MPI takes a tenth of a second to start, too much for a call alone. */
static bool is_launched(void)
{
    static const char *const signs[] = {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK",
                                        "PMI_SIZE", "MPI_LOCALNRANKS"};
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
        if (getenv(signs[k]) != NULL) {
            return true;
        }
    }
    return false;
}

static void hush(void)
{
    if (freopen("/dev/null", "w", stdout) == NULL || freopen("/dev/null", "w", stderr) == NULL) {
        MPI_Abort(MPI_COMM_WORLD, 3);
    }
}

const ent_crew *ent_batch_join(int *argc, char ***argv)
{
    static ent_crew crew = {.send = send, .receive = receive};
    int provided;
    if (!is_launched()) {
        return NULL;
    }
    MPI_Init_thread(argc, argv, MPI_THREAD_SERIALIZED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &crew.rank);
    MPI_Comm_size(MPI_COMM_WORLD, &crew.ranks);
    flight.allowed = crew.rank > 0 && provided >= MPI_THREAD_SERIALIZED;
    if (crew.rank > 0) {
        hush();
    }
    return &crew;
}

/* Messages on the way are read and dropped up to the word that their sender has left. */
static void drain(int expected)
{
    while (goodbyes < expected) {
        MPI_Status status;
        int count = 0;
        (void)look(true, &status);
        MPI_Get_count(&status, MPI_BYTE, &count);
        void *bytes = malloc((size_t)count + 1);
        if (bytes == NULL) {
            MPI_Abort(MPI_COMM_WORLD, 4);
        }
        take(bytes, count, status.MPI_SOURCE);
        free(bytes);
    }
}

void ent_batch_leave(const ent_crew *crew)
{
    if (crew == NULL) {
        return;
    }
    for (int rank = 1; crew->rank == 0 && rank < crew->ranks; rank++) {
        send(NULL, rank, "", 0);
    }
    if (crew->rank > 0) {
        send(NULL, 0, "", 0);
    }
    drain(crew->rank == 0 ? crew->ranks - 1 : 1);
    land();
    free(flight.bytes);
    MPI_Finalize();
}
