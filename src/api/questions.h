/* The table of questions, sorted by name. Adding one is one file ask_NAME.c and one row here. */
#ifndef ENT_API_QUESTIONS_H
#define ENT_API_QUESTIONS_H

#include "api/ask.h"

extern const ent_question *const ent_questions[];
extern const size_t ent_question_count;

extern const ent_question ent_ask_accounts;
extern const ent_question ent_ask_ask;
extern const ent_question ent_ask_bridge;
extern const ent_question ent_ask_check;
extern const ent_question ent_ask_convert;
extern const ent_question ent_ask_deals;
extern const ent_question ent_ask_diff;
extern const ent_question ent_ask_exchange;
extern const ent_question ent_ask_explain;
extern const ent_question ent_ask_frontier;
extern const ent_question ent_ask_haggle;
extern const ent_question ent_ask_history;
extern const ent_question ent_ask_html;
extern const ent_question ent_ask_import;
extern const ent_question ent_ask_influence;
extern const ent_question ent_ask_menu;
extern const ent_question ent_ask_merge;
extern const ent_question ent_ask_new;
extern const ent_question ent_ask_page;
extern const ent_question ent_ask_plan;
extern const ent_question ent_ask_priorities;
extern const ent_question ent_ask_report;
extern const ent_question ent_ask_schema;
extern const ent_question ent_ask_stability;
extern const ent_question ent_ask_tournament;
extern const ent_question ent_ask_walk;
extern const ent_question ent_ask_why;

#endif
