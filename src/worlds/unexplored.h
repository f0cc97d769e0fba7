/*
 * The map of a search for disputes: which sets of elements are still unexplored. Known disputes
 * rule out their supersets, known consistent sets their subsets. A solver for these monotone
 * clauses gives maximal unexplored sets (Liffiton, Previti, Malik, Marques-Silva, "Fast, flexible
 * MUS enumeration", Constraints 2016).
 */
#ifndef ENT_WORLDS_UNEXPLORED_H
#define ENT_WORLDS_UNEXPLORED_H

#include "base/mem.h"

typedef struct ent_map ent_map;

ent_map *ent_map_create(ent_arena *arena, uint32_t elements);
/* No set that contains all of these. */
void ent_map_block_up(ent_map *map, const uint32_t *elements, size_t count);
/* No set that is contained in this one: in[elements]. */
void ent_map_block_down(ent_map *map, const bool *in);
/* A maximal unexplored set, in[elements]; false: there is none. */
bool ent_map_next(ent_map *map, bool *in);

#endif
