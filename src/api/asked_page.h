/* What the questions `page` and `html` compute. */
#ifndef ENT_API_ASKED_PAGE_H
#define ENT_API_ASKED_PAGE_H

#include "api/ask.h"
#include "report/page.h"

typedef struct ent_page_wish {
    bool light;   /* the pictures alone */
    bool toggles; /* each single statement switched, each day's record */
} ent_page_wish;

ent_status ent_asked_page(ent_asking *asking, ent_page_wish wish, ent_page *page);

#endif
