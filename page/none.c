/* Stands for the page where it could not be built: `html` and `serve` say so. */
#include "report/page_template.h"

const char ent_page_template[] = "";
const char ent_page_live_template[] = "";
const char *const ent_page_edit_template = ent_page_live_template;
const char ent_page_engine[] = "";
const char ent_page_policy[] = "";
const char ent_page_reader[] = "";
const size_t ent_page_reader_length = 0;
