/* What the questions `page` and `html` compute. */
#ifndef ENT_API_ASKED_PAGE_H
#define ENT_API_ASKED_PAGE_H

#include "answers/whole.h"
#include "api/ask.h"
#include "report/page.h"

typedef struct ent_page_wish {
    unsigned parts; /* bits of ent_part, beside the pictures */
    bool piece;     /* these parts alone, without record and pictures */
} ent_page_wish;
/* All that the page has. */
enum {
    ENT_PAGE_ALL = ENT_PART_EXCHANGE | ENT_PART_BRIDGE | ENT_PART_INFLUENCE | ENT_PART_PLAN |
                   ENT_PART_WALK | ENT_PART_HOLDS
};

ent_status ent_asked_page(ent_asking *asking, ent_page_wish wish, ent_page *page);

#endif
