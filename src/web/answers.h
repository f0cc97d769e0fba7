/*
 * The answers already given, and those being computed. An answer is kept under its key, the least
 * recently used go first when the bytes are too many. Who asks what is being computed for another
 * waits for the same answer; a computation stops when all who wait for it have gone.
 */
#ifndef ENT_WEB_ANSWERS_H
#define ENT_WEB_ANSWERS_H

#include "web/bytes.h"

typedef struct web_answers web_answers;

/* What a computation came to: an HTTP status and a body, which the receiver releases. */
typedef struct web_result {
    int status;
    web_bytes *body;
} web_result;

/* One who asks. */
typedef struct web_asker {
    /* Compute; ask stop(stop_user, ...) as an ent_engine's tick. */
    web_result (*compute)(void *user,
                          bool (*stop)(void *stop_user, const char *what, uint64_t done,
                                       uint64_t total),
                          void *stop_user);
    void *user;
    bool (*gone)(void *gone_user); /* has the client left? NULL: never */
    void *gone_user;
    bool keep; /* the answer, when its status is 200 */
} web_asker;

typedef struct web_counts {
    uint64_t computed, cancelled, recalled, joined, ahead;
    size_t kept, kept_bytes;
    unsigned running;
    const char *what; /* of the computation that began last; NULL: none tells */
    uint64_t done, total;
} web_counts;

/* At most `bytes` are kept; `places` computations run at once, others wait. */
web_answers *web_answers_create(size_t bytes, unsigned places);
/* All threads that ask must have come back. */
void web_answers_destroy(web_answers *answers);
/* From now on all computations stop. */
void web_answers_stop(web_answers *answers);

/* Status 503 where the client left, the server stops or no place was free. */
web_result web_answers_ask(web_answers *answers, const char *key, const web_asker *asker);
/* Keep an answer that was computed ahead. */
void web_answers_keep_ahead(web_answers *answers, const char *key, web_bytes *body);
bool web_answers_have(web_answers *answers, const char *key);
/* Since when does nobody compute? Milliseconds; 0 while somebody does. */
uint64_t web_answers_idle(web_answers *answers);
void web_answers_count(web_answers *answers, web_counts *counts);

#endif
