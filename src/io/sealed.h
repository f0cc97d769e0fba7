/*
 * Files whose content is remembered: what is read through them has a hash, by which the same input
 * is known again.
 */
#ifndef ENT_IO_SEALED_H
#define ENT_IO_SEALED_H

#include "base/hash.h"
#include "io/files.h"

typedef struct ent_sealed ent_sealed;

/*
 * *through does what `files` does, and notes the name (without its folder) and the SHA-256 of every
 * file that is read. The notes lie in the arena; files and *through must live as long.
 */
ent_sealed *ent_sealed_make(ent_arena *arena, const ent_files *files, ent_files *through);
/*
 * The hash of all that was read so far. It depends on names and contents alone: not on the folders,
 * the order, or how often a file was read.
 */
void ent_sealed_hash(const ent_sealed *sealed, char hex[ENT_HASH_ROOM]);

#endif
