/*
 * Worlds by block: where far more are asked for than are looked at one by one, each block of them
 * is drawn by chains of its own, counted, and dropped. Of a block remain integers (how many of its
 * worlds accept each package, and how often what the zone's error needs held together), the
 * quality of its draws and the moments of importances and reservations: memory does not grow with
 * the worlds, and processes share blocks without sending any world. Blocks are independent, so
 * that effective sizes add up (docs/methods/sampler.md).
 *
 * The first block stays, as the sample for whoever needs single worlds.
 */
#ifndef ENT_ANSWERS_BLOCKS_H
#define ENT_ANSWERS_BLOCKS_H

#include "answers/analysis.h"

/* May and should this analysis, whose worlds are not drawn, go by blocks? */
bool ent_goes_by_blocks(const ent_analysis *analysis);
/* Worlds of the block with that number, of so many in all; 0 behind the last. */
uint32_t ent_block_worlds(uint32_t worlds, uint32_t block);

/*
 * Draw and count the other blocks of the analysis, which has the first (all_worlds > 0; otherwise
 * nothing is done). ent_tally_of gives what all come to from then on. *told is the analysis as it
 * is to be told of: its number of worlds and the quality of their draws are those of all.
 * The bytes depend on neither threads nor processes. ENT_CANCELLED with told->interrupted: the same
 * of the blocks that were ended by then.
 */
ent_status ent_count_blocks(ent_work *work, const ent_analysis *analysis, ent_analysis *told);

#endif
