#include "api/questions.h"

const ent_question *const ent_questions[] = {
    &ent_ask_accounts,
    &ent_ask_ask,
    &ent_ask_bridge,
    &ent_ask_check,
    &ent_ask_convert,
    &ent_ask_deals,
    &ent_ask_diff,
    &ent_ask_exchange,
    &ent_ask_explain,
    &ent_ask_frontier,
    &ent_ask_haggle,
    &ent_ask_html,
    &ent_ask_influence,
    &ent_ask_menu,
    &ent_ask_new,
    &ent_ask_page,
    &ent_ask_plan,
    &ent_ask_priorities,
    &ent_ask_report,
    &ent_ask_schema,
    &ent_ask_stability,
    &ent_ask_tournament,
    &ent_ask_walk,
    &ent_ask_why,
};
const size_t ent_question_count = sizeof ent_questions / sizeof *ent_questions;
