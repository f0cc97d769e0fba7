/* Questions in dispute, in words. */
#ifndef ENT_REPORT_QUESTIONS_H
#define ENT_REPORT_QUESTIONS_H

#include "worlds/dispute.h"

/*
 * "Would North Korea take civil relief for Yongbyon?": what the statements of the question collide
 * over, in words; it names a package that one of its claims about the party refuses, accepts or
 * rules out. In the arena.
 */
const char *ent_question_text(ent_arena *arena, const ent_case *c,
                              const ent_question_in_dispute *q);

#endif
