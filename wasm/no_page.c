/* The page is not inside the engine that is inside the page: it saves itself (page/src/save.ts). */
#include "report/page_template.h"

const char ent_page_template[] =
    "<!doctype html><title>Entente</title><p>A page writes its own file: use its button.</p>";
const char ent_page_live_template[] = "";
const char *const ent_page_edit_template = ent_page_live_template;
const char ent_page_policy[] = "default-src 'none'";
const char ent_page_engine[] = "";
const char ent_page_reader[] = "";
const size_t ent_page_reader_length = 0;
