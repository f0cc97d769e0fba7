/* What the files that write the page's document share. Internal to report/page*.c. */
#ifndef ENT_REPORT_PAGE_PARTS_H
#define ENT_REPORT_PAGE_PARTS_H

#include "report/page.h"

/* Every outcome that the document speaks of, once; found by an open hash table. */
typedef struct ent_numbering {
    ent_arena *arena;
    uint32_t issues;
    const uint64_t **at;
    size_t count, room;
    uint32_t *slots; /* index + 1; 0: free */
    size_t slot_count;
} ent_numbering;

/* The number of the outcome; its levels must stay where they are. O(issues) as a rule. */
uint32_t ent_number_outcome(ent_numbering *n, const uint64_t *levels);

/* Rounded to four digits: more than sampling supports. */
double ent_round_share(double value);
/* An index, null for ENT_NONE; a list of them; the indices that are marked but not in `unless`. */
void ent_json_index(ent_json *json, const char *key, uint32_t index);
void ent_json_indices(ent_json *json, const char *key, const uint32_t *at, size_t count);
void ent_json_marked(ent_json *json, const char *key, const bool *marked, const bool *unless,
                     uint32_t count);

/* Plan, stay or walk, and what would hold, as members of the map that is open. */
void ent_put_page_steps(ent_json *json, ent_numbering *n, const ent_page *page, size_t account);
/* The answer in words, as HTML. */
void ent_put_page_words(ent_buffer *out, const ent_page *page);
/* Picture, bridge, influence and exchange maps as members of the map that is open. */
void ent_put_page_answers(ent_json *json, ent_numbering *n, const ent_page *page, size_t account);

#endif
