/* Questions in dispute, in words. */
#ifndef ENT_REPORT_QUESTIONS_H
#define ENT_REPORT_QUESTIONS_H

#include "report/words.h"

/*
 * "Would North Korea take civil relief for Yongbyon?": what the statements of the question collide
 * over, in words; it names a package that one of its claims about the party refuses, accepts or
 * rules out. In the arena. told may be NULL.
 */
const char *ent_question_text(ent_arena *arena, const ent_case *c, const ent_told *told,
                              const ent_question_in_dispute *q);
/* What the statements of a (first) and of b answer to it: "no" and "yes", "some" and "others". */
typedef struct ent_answers {
    const char *a, *b;
} ent_answers;
ent_answers ent_question_answers(ent_arena *arena, const ent_case *c,
                                 const ent_question_in_dispute *q);

/*
 * The questions in dispute, by what they are: live ones, those of which something was moved from,
 * those of silence, positions that moved. Of each kind up to `most` are told, the others counted;
 * of up to `full` statements the words and claims are given, each once.
 */
void ent_put_disputed(ent_buffer *out, const ent_style *style, const ent_case *c,
                       const ent_disputes *disputes, const ent_told *told, size_t most,
                       size_t full);
/* What a search that did not end can say. */
void ent_put_limit(ent_buffer *out, const ent_style *style, const ent_case *c,
                   const ent_disputes *disputes);
/* "Donald Trump, 2019-02-28: a, b; Ri Yong Ho: c": the statements by who made them, and when. */
const char *ent_speakers_text(ent_arena *arena, const ent_case *c, const uint32_t *statements,
                              size_t count);

#endif
