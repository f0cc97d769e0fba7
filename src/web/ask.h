/* One question about the case: which are served, under which key the answer is kept, asking. */
#ifndef ENT_WEB_ASK_H
#define ENT_WEB_ASK_H

#include "web/answers.h"
#include "web/app.h"
#include "web/case_versions.h"

enum { WEB_QUERY_MOST = 64 };

typedef struct web_question {
    const ent_question_row *row;
    const char *path; /* what messages call the case file */
    const web_version *version;
    web_pair query[WEB_QUERY_MOST]; /* sorted by name; the value of a flag is NULL */
    size_t query_count;
    int threads;
    ent_draws *draws; /* NULL: all worlds are drawn anew */
} web_question;

/*
 * Questions about one case alone are served: none that reads another path, loads code (strategies
 * of a haggle or tournament) or writes files. NULL if there is none of that name.
 */
const ent_question_row *web_question_row(const char *name);
/* Set the query; false if it is too long. */
bool web_question_query(web_question *question, const web_pair *query, size_t count);
/* malloc'ed; the same for the same question, whatever the order of its options. */
char *web_question_key(const web_question *question);
const char *web_question_type(const ent_question_row *row);

/* what NULL: nothing is new, but should it stop? From any thread, one at a time or several. */
typedef bool web_tick(void *user, const char *what, uint64_t done, uint64_t total);

/* Ask the engine, once. The body is JSON in any case, but for `html`. */
web_result web_question_ask(const web_question *question, web_tick *tick, void *tick_user);
/* As web_question_ask; its errors are told here as well. */
web_result web_question_told(const web_question *question, ent_diags *diags);
/* As web_question_ask, but the lines of --plain. */
web_result web_question_plain(const web_question *question, web_tick *tick, void *tick_user);

/* {"error": message} */
web_bytes *web_error(const char *message);

#endif
