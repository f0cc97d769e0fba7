/* The built page (page/), made into C by page/tools/embed.mjs. */
#ifndef ENT_REPORT_PAGE_TEMPLATE_H
#define ENT_REPORT_PAGE_TEMPLATE_H

#include <stddef.h>

/*
 * HTML with the places <!--entente:csp-->, <!--entente:words--> and <!--entente:data-->: for a
 * file, with its script packed, and for a server, whose policy is made of the hashes of what stands
 * there.
 */
extern const char ent_page_template[];
extern const char ent_page_live_template[];
/* The page with the editor in it (page/edit.html), for a server that writes; or the same page. */
extern const char *const ent_page_edit_template;
/* The script element with the engine for browsers; empty where that is not built. */
extern const char ent_page_engine[];
/* What reads PDFs for the editor, a script for a worker, packed by gzip; length 0: not there. */
extern const char ent_page_reader[];
extern const size_t ent_page_reader_length;
/* The content security policy of a page that stands alone: hashes of its script and style. */
extern const char ent_page_policy[];

#endif
