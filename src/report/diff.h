/* What changed between two cases, and how the answer moved. */
#ifndef ENT_REPORT_DIFF_H
#define ENT_REPORT_DIFF_H

#include "report/words.h"

typedef enum ent_change_kind { ENT_ADDED, ENT_REMOVED, ENT_CHANGED } ent_change_kind;

typedef struct ent_change {
    ent_change_kind kind;
    const char *what; /* "statement", "party", "issue", "rule", "source" */
    const char *id;
    const char *before, *after; /* in words; NULL where there is none */
} ent_change;

typedef struct ent_changes {
    ent_change *at;
    size_t count, room;
} ent_changes;

/* Objects are matched by their id; rules by their words. O(n*m) of the objects of a kind. */
ent_changes ent_compare_cases(ent_arena *arena, const ent_case *before, const ent_case *after);

/* How an account's answer moved. */
typedef struct ent_answer_change {
    const char *account; /* its id */
    double zone[2], best[2], error; /* before and after; NaN where there is none */
    const uint64_t *deal[2];        /* the best single deal, levels of its own case; or NULL */
} ent_answer_change;

/* What it says of the record it rests on is that of `after`. */
void ent_put_diff_json(ent_buffer *out, const ent_case *before, const ent_analysis *after,
                       const ent_changes *changes, const ent_answer_change *answers,
                       size_t answer_count);
void ent_put_diff_text(ent_buffer *out, const ent_style *style, const ent_case *before,
                       const ent_case *after, const ent_changes *changes,
                       const ent_answer_change *answers, size_t answer_count);

#endif
