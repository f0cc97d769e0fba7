/* SHA-256 of bytes as 64 hexadecimal digits: the name of a case's content in every export. */
#ifndef ENT_BASE_HASH_H
#define ENT_BASE_HASH_H

#include <stddef.h>

enum { ENT_HASH_ROOM = 65 };
void ent_hash(const void *bytes, size_t length, char hex[ENT_HASH_ROOM]);

#endif
