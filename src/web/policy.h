/* The Content-Security-Policy of a page: nothing but what stands in it. */
#ifndef ENT_WEB_POLICY_H
#define ENT_WEB_POLICY_H

#include "entente.h"

/*
 * Scripts and styles by their hashes; an editor makes its styles as it runs, so with `styles` any
 * style may be inline. malloc'ed; NULL when memory is out. O(length).
 */
char *web_policy_of(const char *html, size_t length, bool styles);

#endif
