/*
 * Messages: the leader sends a piece's number, and DONE when a job is at its end; helpers send the
 * number, whether it worked, and the result. Two pieces at a time are with each helper, so that it
 * has something to do while the leader is at a piece of its own.
 */
#include "base/crew.h"

#include <string.h>

enum { AHEAD = 2 };
#define DONE UINT64_MAX

typedef struct head {
    uint64_t piece, worked;
} head;

_Static_assert(sizeof(head) == ENT_CREW_HEAD, "what crew.h says");

/* What is shared travels in parts: MPI counts bytes in an int. */
static const size_t most_part = (size_t)1 << 28;

typedef struct helper {
    uint64_t piece[AHEAD]; /* with it */
    unsigned count;
    bool gone;
} helper;

typedef struct lead {
    const ent_crew_job *job;
    const ent_crew *crew; /* NULL: alone */
    bool *left;           /* [ranks] who left in an earlier job; NULL: not known */
    helper *helpers;      /* [ranks] */
    unsigned out;         /* pieces with helpers */
    uint64_t *again;      /* pieces that came back undone */
    size_t again_count;
    unsigned char *message; /* [sizeof(head) + room] */
} lead;

bool ent_crew_leads(const ent_work *work)
{
    return work->crew == NULL || work->crew->rank == 0;
}

int ent_crew_size(const ent_work *work)
{
    return work->crew == NULL ? 1 : work->crew->ranks;
}

bool ent_crew_lacks(const ent_work *work, int rank)
{
    return work->crew_left != NULL && work->crew_left[rank];
}

static void hand_out(lead *l)
{
    for (int rank = 1; l->crew != NULL && rank < l->crew->ranks; rank++) {
        helper *h = &l->helpers[rank];
        uint64_t piece;
        while (!h->gone && h->count < AHEAD && l->job->next(l->job->user, rank, &piece)) {
            h->piece[h->count++] = piece;
            l->out++;
            l->crew->send(l->crew->user, rank, &piece, sizeof piece);
        }
    }
}

/* Take the piece off the helper's list; false if it was not there. */
static bool give_back(lead *l, helper *h, uint64_t piece)
{
    for (unsigned k = 0; k < h->count; k++) {
        if (h->piece[k] == piece) {
            h->piece[k] = h->piece[--h->count];
            l->out--;
            return true;
        }
    }
    return false;
}

static void lose(lead *l, helper *h)
{
    h->gone = true;
    if (l->left != NULL) {
        l->left[h - l->helpers] = true;
    }
    while (h->count > 0) {
        l->again[l->again_count++] = h->piece[0];
        (void)give_back(l, h, h->piece[0]);
    }
}

/* A message, if there is one or one is waited for. */
static ent_status listen(lead *l, bool wait, bool *heard)
{
    int from;
    size_t length;
    head h;
    *heard = l->crew->receive(l->crew->user, wait, &from, l->message,
                              sizeof h + l->job->room, &length);
    if (!*heard) {
        for (int rank = 1; wait && rank < l->crew->ranks; rank++) {
            lose(l, &l->helpers[rank]);
        }
        return ENT_OK;
    }
    if (length < sizeof h) {
        lose(l, &l->helpers[from]);
        return ENT_OK;
    }
    memcpy(&h, l->message, sizeof h);
    if (!give_back(l, &l->helpers[from], h.piece)) {
        return ENT_OK;
    }
    if (h.worked == 0) {
        l->again[l->again_count++] = h.piece;
        lose(l, &l->helpers[from]); /* who fails leaves, and hears of nothing more */
        return ENT_OK;
    }
    return l->job->take(l->job->user, h.piece, l->message + sizeof h, length - sizeof h);
}

static ent_status act_myself(lead *l, bool *acted)
{
    uint64_t piece;
    size_t length = 0;
    *acted = l->again_count > 0;
    if (*acted) {
        piece = l->again[--l->again_count];
    } else if (!(*acted = l->job->next(l->job->user, 0, &piece))) {
        return ENT_OK;
    }
    ent_status status = l->job->act(l->job->user, piece, l->message, &length);
    return status == ENT_OK ? l->job->take(l->job->user, piece, l->message, length) : status;
}

static ent_status lead_on(lead *l)
{
    bool acted = true;
    ent_status status = ENT_OK;
    while (status == ENT_OK && (acted || l->out > 0)) {
        bool heard = l->crew != NULL;
        hand_out(l);
        while (status == ENT_OK && heard) {
            status = listen(l, false, &heard);
            hand_out(l);
        }
        if (status == ENT_OK) {
            status = act_myself(l, &acted);
        }
        if (status == ENT_OK && !acted && l->out > 0) {
            status = listen(l, true, &heard);
            acted = true;
        }
    }
    return status;
}

static ent_status help(const ent_crew *crew, const ent_crew_job *job, unsigned char *message)
{
    uint64_t piece = 0;
    int from;
    size_t length;
    while (crew->receive(crew->user, true, &from, &piece, sizeof piece, &length) &&
           length == sizeof piece && piece != DONE) {
        size_t result = 0;
        ent_status status = job->act(job->user, piece, message + sizeof(head), &result);
        head h = {piece, status == ENT_OK};
        memcpy(message, &h, sizeof h);
        crew->send(crew->user, 0, message, sizeof h + (status == ENT_OK ? result : 0));
        if (status != ENT_OK) {
            return status;
        }
    }
    return piece == DONE ? ENT_OK : ENT_CANCELLED;
}

ent_status ent_crew_run(const ent_work *work, const ent_crew_job *job)
{
    const ent_crew *crew = work->crew;
    size_t ranks = (size_t)ent_crew_size(work);
    lead l = {.job = job, .crew = crew, .left = work->crew_left, .message = job->desk};
    if (l.message == NULL) {
        l.message = ent_alloc(work->arena, sizeof(head) + job->room, unsigned char);
    }
    if (!ent_crew_leads(work)) {
        return help(crew, job, l.message);
    }
    l.helpers = ent_alloc(work->arena, ranks, helper);
    for (size_t rank = 1; rank < ranks && l.left != NULL; rank++) {
        l.helpers[rank].gone = l.left[rank];
    }
    l.again = ent_alloc(work->arena, ranks * AHEAD, uint64_t);
    ent_status status = lead_on(&l);
    uint64_t done = DONE;
    for (int rank = 1; status == ENT_OK && rank < (int)ranks; rank++) {
        if (!l.helpers[rank].gone) {
            crew->send(crew->user, rank, &done, sizeof done);
        }
    }
    return status;
}

/* Parts of the leader's bytes, in order, for nobody else writes to who helps. */
static ent_status take_shared(const ent_crew *crew, unsigned char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        int from;
        size_t got, part = length - at < most_part ? length - at : most_part;
        if (!crew->receive(crew->user, true, &from, bytes + at, part, &got) || got != part) {
            return ENT_CANCELLED;
        }
        at += part;
    }
    return ENT_OK;
}

ent_status ent_crew_share(const ent_work *work, void *bytes, size_t length)
{
    const ent_crew *crew = work->crew;
    unsigned char *from = bytes;
    if (!ent_crew_leads(work)) {
        return take_shared(crew, from, length);
    }
    for (size_t at = 0; crew != NULL && at < length; at += most_part) {
        size_t part = length - at < most_part ? length - at : most_part;
        for (int rank = 1; rank < crew->ranks; rank++) {
            if (!ent_crew_lacks(work, rank)) {
                crew->send(crew->user, rank, from + at, part);
            }
        }
    }
    return ENT_OK;
}
