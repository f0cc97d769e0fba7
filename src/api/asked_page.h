/* What the questions `page` and `html` compute. */
#ifndef ENT_API_ASKED_PAGE_H
#define ENT_API_ASKED_PAGE_H

#include "api/ask.h"
#include "report/page.h"

typedef struct ent_page_wish {
    unsigned parts; /* of ENT_PAGE_*, beside the pictures */
    bool piece;     /* these parts alone, without record and pictures */
} ent_page_wish;

ent_status ent_asked_page(ent_asking *asking, ent_page_wish wish, ent_page *page);
/*
 * Plan, stay or walk, and what would hold, into `here`, which has its picture and bridge. What the
 * case is not made for is left out.
 */
ent_status ent_asked_steps(ent_work *work, const ent_analysis *analysis, size_t account,
                           unsigned parts, ent_page_account *here);

#endif
