/*
 * Files that are not quite XML, as the programs that wrote them read them: an `&` that begins no
 * entity, and bytes of Windows-1252 in a file that names no encoding.
 */
#ifndef ENT_IO_XML_MEND_H
#define ENT_IO_XML_MEND_H

#include "base/work.h"

/* What stands for a bare `&` in a mended text: a character of private use, as wide as `&`. */
#define ENT_XML_BARE "\xEE\x80\x80"

/*
 * The text as XML, with as many characters in each line as before, or the text itself where nothing
 * is amiss or it cannot be mended. What was mended is told (S210). *mended: is it UTF-8 now,
 * whatever it declares? O(bytes).
 */
const ent_text *ent_mend_xml(ent_work *work, const ent_text *text, bool *mended);
/* The value with every ENT_XML_BARE turned back into `&`, in place. */
void ent_unmend_xml(char *value);

#endif
