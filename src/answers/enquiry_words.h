/* What a possible answer says of the record. Internal to answers/enquiry*.c. */
#ifndef ENT_ANSWERS_ENQUIRY_WORDS_H
#define ENT_ANSWERS_ENQUIRY_WORDS_H

#include "answers/enquiry.h"

/*
 * The statements that count but that the account does not believe, and that the answer contradicts
 * by itself: no preferences of the party fit both. One linear program for each and answer.
 */
void ent_find_contradicted(ent_work *work, const ent_analysis *analysis, size_t account,
                           ent_enquiry *enquiry);

#endif
