/*
 * Computing ahead: when the page has its picture and nobody computes, the picture after each
 * single switch of a statement is computed too, so that the next click is answered at once. One
 * thread of low priority; it gives way to every real request, and stops after a bounded time for
 * each version of the case. Each is one call of the engine, as if the page had asked.
 */
#ifndef ENT_WEB_PRECOMPUTE_H
#define ENT_WEB_PRECOMPUTE_H

#include "web/ask.h"

typedef struct web_ahead web_ahead;

web_ahead *web_ahead_create(web_held *held, web_answers *answers);
/* Begin; signals should be blocked in the thread that calls. */
bool web_ahead_start(web_ahead *ahead);
/* Ends the thread. */
void web_ahead_destroy(web_ahead *ahead);

/* The question was answered: if it is a page without switches, compute ahead from there. */
void web_ahead_delivered(web_ahead *ahead, const web_question *question);
/* How many are ready, of how many. */
void web_ahead_count(web_ahead *ahead, size_t *ready, size_t *of);

#endif
