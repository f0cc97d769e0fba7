/* The Content-Security-Policy of a page: nothing but its own inline scripts, by their hashes. */
#ifndef ENT_WEB_POLICY_H
#define ENT_WEB_POLICY_H

#include "entente.h"

/* malloc'ed; NULL when memory is out. O(length). */
char *web_policy_of(const char *html, size_t length);

#endif
