/*
 * A crew over MPI (Message Passing Interface Forum, "MPI: a message-passing interface standard",
 * version 3.1, 2015). Messages are bytes: all processes run the same program on machines of one
 * kind. Whoever waits sleeps between looks, so that it costs nothing to those who compute.
 */
#include "batch/batch.h"

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TAG = 1, PATIENCE = 1000000 /* nanoseconds between looks at most */ };

/* How many have said that they leave. */
static int goodbyes;

static void send(void *user, int to, const void *bytes, size_t length)
{
    (void)user;
    MPI_Send(bytes, (int)length, MPI_BYTE, to, TAG, MPI_COMM_WORLD);
}

static bool look(bool wait, MPI_Status *status)
{
    int there = 0;
    long pause = PATIENCE / 50;
    MPI_Iprobe(MPI_ANY_SOURCE, TAG, MPI_COMM_WORLD, &there, status);
    while (there == 0 && wait) {
        struct timespec rest = {0, pause};
        nanosleep(&rest, NULL);
        pause = pause * 2 < PATIENCE ? pause * 2 : PATIENCE;
        MPI_Iprobe(MPI_ANY_SOURCE, TAG, MPI_COMM_WORLD, &there, status);
    }
    return there != 0;
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
    MPI_Recv(bytes, count, MPI_BYTE, *from, TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    goodbyes += count == 0;
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
        MPI_Recv(bytes, count, MPI_BYTE, status.MPI_SOURCE, TAG, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
        free(bytes);
        goodbyes += count == 0;
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
