/*
 * Tasks side by side: parts of an answer that do not need each other, each with memory and messages
 * of its own while it is worked out, which the caller has afterwards as if they had come one after
 * the other. Results depend on a task's number alone, so that threads change nothing.
 */
#ifndef ENT_ANSWERS_TASKS_H
#define ENT_ANSWERS_TASKS_H

#include "answers/analysis.h"

/*
 * Call body(own, task, user) for each task from 0 on, on up to work->threads threads; each has one
 * thread itself then. status[count] is what each returned, ENT_CANCELLED where it was not come to.
 * One after the other, with all threads in each, where it is not worth it or there are twice as
 * many threads as tasks, where processes share the work, or where memory or strategies are the
 * calling program's own.
 * What a task wrote to memory of the caller's it alone may have written to. Out of memory is told
 * as by any allocation of the caller's.
 */
void ent_side_by_side(ent_work *work, bool worth, size_t count,
                      ent_status (*body)(ent_work *own, size_t task, void *user), void *user,
                      ent_status *status);

/*
 * The analysis for one task: what answers keep, and oracles of the account, are its own. The tally
 * that is kept is shared, and only read.
 */
const ent_analysis *ent_analysis_for_task(ent_work *own, const ent_analysis *analysis,
                                          size_t account);

#endif
