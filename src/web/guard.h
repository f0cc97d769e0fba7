/* Who may pass: our hosts, our page, this run's token. See app.h. */
#ifndef ENT_WEB_GUARD_H
#define ENT_WEB_GUARD_H

#include "web/app.h"

enum { WEB_HOSTS = 3 };
/* The script that reads PDFs in a worker, which sends no token. */
#define WEB_READER "/pdf-reader.js"

typedef struct web_guard {
    char hosts[WEB_HOSTS][64]; /* "127.0.0.1:4711" ... */
    char token[WEB_TOKEN_ROOM];
} web_guard;

/*
 * Why the request may not pass, with the HTTP status to say so; NULL if it may. Needs no body, so
 * it is asked before one is received.
 */
const char *web_refusal(const web_guard *guard, const web_request *request, int *status);

#endif
