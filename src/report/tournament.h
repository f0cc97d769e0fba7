/* The ranking of a tournament: text, plain lines, JSON. */
#ifndef ENT_REPORT_TOURNAMENT_H
#define ENT_REPORT_TOURNAMENT_H

#include "haggle/negotiation.h"
#include "report/json.h"
#include "report/style.h"
#include "store/results.h"

typedef struct ent_tournament_story {
    size_t scenarios, in_pairs, strategies; /* in_pairs: on which not every tuple was played */
    bool interrupted; /* `done` runs were played, and the ranking is of those, or empty */
    uint64_t done;
    size_t of_negmas; /* scenarios whose owner defines two solution points otherwise */
    uint64_t runs, resumed; /* resumed: that were there already */
    const ent_haggle_rules *rules;
    uint32_t repetitions;
    uint64_t seed;
    const char *protocol, *results; /* results: the file or NULL */
    const char *score, *score_summary; /* what the places are by */
    const ent_result_rank *ranks;
    size_t rank_count;
    const char *const *read_as; /* [scenarios] how tables were read; NULL for what is none */
} ent_tournament_story;

void ent_put_tournament_json(ent_buffer *out, const ent_tournament_story *story);
void ent_put_tournament_plain(ent_buffer *out, const ent_tournament_story *story);
void ent_put_tournament_text(ent_buffer *out, const ent_style *style,
                             const ent_tournament_story *story);

#endif
