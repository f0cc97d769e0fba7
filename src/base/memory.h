/* How much memory the machine gives. */
#ifndef ENT_BASE_MEMORY_H
#define ENT_BASE_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Bytes that could still be had without harm, as far as the system says: what is available, swap
 * included, and what is left under the limit of the container (Linux, control groups of version 2).
 * UINT64_MAX where nothing is known. A limit on address space an allocation itself meets.
 */
uint64_t ent_memory_to_be_had(void);

#endif
