/*
 * Values of many outcomes at once: an outcome space is cut into blocks that share the levels of the
 * leading issues and run through those of the trailing ones, the last issue slowest. Within a block
 * values lie in one array for each party, so that the loops over outcomes become vector code.
 */
#ifndef ENT_BARGAIN_BLOCK_H
#define ENT_BARGAIN_BLOCK_H

#include "bargain/maxima.h"
#include "model/scenario.h"

enum { ENT_BLOCK_MOST = 1024 };

typedef struct ent_blocks ent_blocks;

/* The scenario must have at least one issue and no issue of more than ENT_SCENARIO_LEVELS. */
ent_blocks *ent_blocks_create(ent_arena *arena, const ent_scenario *scenario);
/* Outcomes in a block, and the number of leading issues that it fixes. */
uint32_t ent_block_size(const ent_blocks *blocks);
uint32_t ent_block_leading(const ent_blocks *blocks);
/* The block under the leading levels: value(p)[0..size) by the formula of model/scenario.h. */
void ent_block_fill(ent_blocks *blocks, const uint64_t *leading);
const double *ent_block_value(const ent_blocks *blocks, uint32_t party);
/* The levels of all issues of an outcome in the block filled last. */
void ent_block_outcome(const ent_blocks *blocks, uint32_t index, uint64_t *levels);

#endif
