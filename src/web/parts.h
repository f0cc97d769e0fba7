/* The app's inside, shared by app.c and case.c. */
#ifndef ENT_WEB_PARTS_H
#define ENT_WEB_PARTS_H

#include "web/precompute.h"
#include "web/guard.h"
#include "web/text.h"

struct web_app {
    web_held *held;
    web_answers *answers;
    web_ahead *ahead; /* NULL: nothing is computed ahead */
    ent_draws *draws; /* worlds, from one answer to the next; or NULL */
    web_guard guard;
    bool edit;
    int threads;
    web_bytes *page; /* the live page */
    web_bytes *reader; /* the script that reads PDFs, packed; NULL: not for this page */
    char *policy;    /* its content security policy */
    atomic_bool open; /* the guard knows its names: before that nobody passes */
    atomic_bool stopping;
};

/* Set the reply; the bytes, or the text, are its own from then on. NULL: memory was out. */
void web_reply_bytes(web_reply *reply, int status, web_bytes *bytes);
void web_reply_text(web_reply *reply, int status, web_text *text);
void web_reply_error(web_reply *reply, int status, const char *message);
/* The first error, in a form that the page shows. */
void web_reply_diags(web_reply *reply, int status, const ent_diags *diags);

/* The routes about the case file. */
void web_get_case(web_app *app, const web_request *request, web_reply *reply);
void web_save_case(web_app *app, const web_request *request, web_reply *reply);
void web_check_text(web_app *app, const web_request *request, web_reply *reply);
void web_wait(web_app *app, const web_request *request, web_reply *reply);
/* The value of a key of the address; NULL where it is not given. */
const char *web_query_value(const web_request *request, const char *name);

/* The routes about the texts of sources (sources.c). */
void web_get_source(web_app *app, const web_request *request, web_reply *reply);
void web_save_source(web_app *app, const web_request *request, web_reply *reply);

#endif
