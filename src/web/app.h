/*
 * The local web app without its sockets: a request in, a reply out. Everything that decides
 * whether a request may do something stands here, so that it is tested as functions; http.c only
 * carries bytes. docs/API.md describes every route, and its examples are tests.
 *
 * Security: the server listens on loopback only, but any page in the user's browser
 * can send requests there. So every request must name one of our hosts (against DNS rebinding),
 * every call needs the token of this run, and a write must also come from our own page and be JSON.
 */
#ifndef ENT_WEB_APP_H
#define ENT_WEB_APP_H

#include "web/bytes.h"

enum { WEB_BODY_MOST = 20 << 20, WEB_TOKEN_ROOM = 65 };

typedef struct web_pair {
    const char *name, *value;
} web_pair;

typedef struct web_request {
    const char *method, *path;
    const web_pair *query;
    size_t query_count;
    /* Headers, NULL where missing. */
    const char *host, *origin, *fetch_site, *content_type, *token, *none_match;
    const char *body;
    size_t body_length;
    /* Has the client gone? Asked now and then while an answer is computed. */
    bool (*gone)(void *user);
    void *user;
} web_request;

typedef struct web_reply {
    int status;
    const char *type;   /* NULL: there is no body */
    web_bytes *body;    /* to be released */
    const char *policy; /* Content-Security-Policy; the app's */
    const char *allow;  /* of 405; NULL: nothing to say */
    const char *tag;    /* of 304; the request's */
    const char *coding; /* Content-Encoding; NULL: none */
} web_reply;

typedef struct web_app web_app;

typedef struct web_options {
    const char *path; /* the case file */
    const char *token;
    bool edit;
    bool lazy; /* compute nothing ahead */
    const char *redact; /* "redact" or "redact-words": show the case so, and only read; or NULL */
    int threads;
} web_options;

/* Load the case. NULL when it cannot be read at all; an invalid case is served with its faults. */
web_app *web_app_create(const web_options *options, ent_diags *diags);
void web_app_destroy(web_app *app);
/*
 * The port in use: hosts that requests may name are made from it. Begins to compute ahead; signals
 * should be blocked by now.
 */
void web_app_listen(web_app *app, unsigned port);
/* From now on long polls return and computations stop. */
void web_app_stop(web_app *app);

/* These may be called from several threads at once. */
void web_handle(web_app *app, const web_request *request, web_reply *reply);
/* Is the request refused for its headers and the length of its body, whatever that may be? */
bool web_refused(web_app *app, const web_request *request, web_reply *reply);
void web_refuse(web_app *app, int status, const char *why, web_reply *reply);

#endif
