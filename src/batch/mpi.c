/*
 * A crew over MPI (Message Passing Interface Forum, "MPI: a message-passing interface standard",
 * version 3.1, 2015). Messages are bytes: all processes run the same program on machines of one
 * kind. Whoever waits sleeps between looks, so that it costs nothing to those who compute.
 */
#include "batch/batch.h"

#include <mpi.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
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

/*
 * Until the message has come or gone. A blocking call would look without a pause, and take the core
 * from who computes what it waits for. But a long message goes in parts, one at a look: so others
 * are only let before for a while, and rests stay short.
 */
static void finish(MPI_Request *request)
{
    enum { EAGER = 1000 };
    const struct timespec pause = {0, FIRST_REST};
    int done = 0;
    for (int looks = 0; MPI_Test(request, &done, MPI_STATUS_IGNORE) == MPI_SUCCESS && done == 0;
         looks++) {
        if (looks < EAGER) {
            sched_yield();
        } else {
            nanosleep(&pause, NULL);
        }
    }
}

/*
 * Sent when the other side has taken it. A helper that went on with its work meanwhile would do so
 * at the leader's cost: a long message needs both, and the leader would wait for its piece.
 */
static void send(void *user, int to, const void *bytes, size_t length)
{
    MPI_Request request;
    (void)user;
    MPI_Isend(bytes, (int)length, MPI_BYTE, to, TAG, MPI_COMM_WORLD, &request);
    finish(&request);
}

static bool look(bool wait, MPI_Status *status)
{
    int there = 0;
    long pause = FIRST_REST;
    MPI_Iprobe(MPI_ANY_SOURCE, TAG, MPI_COMM_WORLD, &there, status);
    while (there == 0 && wait) {
        rest(&pause);
        MPI_Iprobe(MPI_ANY_SOURCE, TAG, MPI_COMM_WORLD, &there, status);
    }
    return there != 0;
}

static void take(void *bytes, int count, int from)
{
    MPI_Request request;
    MPI_Irecv(bytes, count, MPI_BYTE, from, TAG, MPI_COMM_WORLD, &request);
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
    /* Only the first thread sends and receives; others compute. */
    MPI_Init_thread(argc, argv, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &crew.rank);
    MPI_Comm_size(MPI_COMM_WORLD, &crew.ranks);
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
    MPI_Finalize();
}
