/*
 * The page: everything that the web page shows of a case, as one JSON document (docs/PAGE.md), and
 * the page itself with the document inside.
 */
#ifndef ENT_REPORT_PAGE_H
#define ENT_REPORT_PAGE_H

#include "answers/bridge.h"
#include "answers/exchange.h"
#include "answers/influence.h"
#include "answers/picture.h"
#include "answers/whole.h"
#include "report/holds.h"
#include "report/plan.h"
#include "report/walk.h"

typedef struct ent_page_account {
    const ent_picture *picture;     /* NULL where the account contradicts itself or is not asked */
    const ent_bridge *bridge;       /* NULL: not asked */
    const ent_influence *influence; /* NULL: not asked */
    const ent_exchange_map *maps;       /* one for each measure */
    size_t map_count;
    const ent_planned *plan;            /* NULL: not asked, no deal, or too many steps */
    const ent_walked *walks;            /* the deciders with a stake */
    size_t walk_count;
    const ent_held *held;               /* outcomes, no deal first */
    size_t held_count;
} ent_page_account;

typedef struct ent_page {
    const ent_analysis *analysis;
    const ent_disputes *disputes;
    bool both_consistent;              /* all statements that are on, together */
    const ent_dispute *both_dispute;   /* where not */
    const char *as_of;                 /* as it was asked; NULL: the case's own */
    unsigned parts;                    /* that were asked for: bits of ent_part */
    bool piece;                        /* the parts alone: record and pictures are there already */
    const ent_page_account *accounts;  /* [accounts] */
} ent_page;

void ent_put_page_json(ent_buffer *out, const ent_page *page);
/*
 * The page for a server, which asks that for everything; with the editor only where the server may
 * write the case file.
 */
void ent_put_page_live(ent_buffer *out, bool editor);
/* The script that reads PDFs for the editor, packed by gzip; false where it was not built. */
bool ent_put_page_reader(ent_buffer *out);
/*
 * The page as a file: the document inside, the engine for browsers where it was built, and the
 * answer in words, for readers without scripts and until the page is drawn. It forbids itself
 * everything but its own scripts and style.
 */
void ent_put_page_file(ent_buffer *out, const ent_page *page, const char *document);
/* Is the engine for browsers in the page? */
bool ent_page_recomputes(void);
/* Is there a page? False where the program was built without npm. */
bool ent_page_is_built(void);

#endif
