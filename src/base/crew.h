/*
 * Work shared by a crew of processes. It is cut into numbered pieces; the process that leads hands
 * them out, each to whoever is free, does some itself, and takes in what they come to. A piece
 * that another failed at, or took away with it when it left, the leader does itself.
 */
#ifndef ENT_BASE_CREW_H
#define ENT_BASE_CREW_H

#include "base/work.h"

/* Bytes that a message has before what a piece comes to. */
enum { ENT_CREW_HEAD = 16 };

typedef struct ent_crew_job {
    size_t room; /* bytes that a piece comes to at most */
    void *desk;  /* [ENT_CREW_HEAD + room] to work with; NULL: taken from the arena */
    /* The leader: the piece that the rank is to do next; false when none is left to hand out. */
    bool (*next)(void *user, int rank, uint64_t *piece);
    /* Anyone: do a piece; *length bytes of result. Depends on nothing but the piece. */
    ent_status (*act)(void *user, uint64_t piece, void *result, size_t *length);
    /* The leader: take a result in, each piece's once, in any order. */
    ent_status (*take)(void *user, uint64_t piece, const void *result, size_t length);
    void *user;
} ent_crew_job;

/*
 * Get a job done. All processes of the crew call it for the same jobs in the same order; those
 * that help return ENT_OK when all is handed out, or ENT_CANCELLED when the leader has left.
 * Alone (work->crew NULL) the pieces are done in the order of next().
 */
ent_status ent_crew_run(const ent_work *work, const ent_crew_job *job);

/*
 * Everybody has the leader's bytes afterwards. All processes of the crew call it at the same place
 * among their jobs. ENT_CANCELLED where the leader has left. O(ranks * length) at the leader.
 */
ent_status ent_crew_share(const ent_work *work, void *bytes, size_t length);

/* True where this process answers and writes; false where it only helps. */
bool ent_crew_leads(const ent_work *work);
/* How many processes there are. */
int ent_crew_size(const ent_work *work);
/* Has the rank left the crew? Known to the leader alone. */
bool ent_crew_lacks(const ent_work *work, int rank);

#endif
