/*
 * Two analysts' records of one case, brought together over the version that both began with: by
 * the names of parties, people, sources, issues, packages and accounts, the ids of statements and
 * assumptions, and their keys. docs/FORMAT.md, 11 says what a conflict is and how it is written.
 */
#ifndef ENT_IO_MERGE_H
#define ENT_IO_MERGE_H

#include "base/text.h"
#include "base/work.h"

/* What both changed, each otherwise. */
typedef struct ent_merge_conflict {
    const char *what; /* "statements: ana-half: quote" */
    ent_pos a, b;     /* in A and in B; line 0 where that one took it out */
} ent_merge_conflict;

typedef struct ent_merge_result {
    const ent_merge_conflict *conflicts;
    size_t count;
    bool anew; /* A's text could not be patched: the file is written anew, without comments */
    bool failed; /* nor did that say what it should: nothing is given out; a fault of ours */
} ent_merge_result;

/*
 * The merged text: A's, with the blocks of lines of what B alone changed taken from B. Conflicts
 * stand as both versions between marks, as git has them, so that reading the file fails (C145).
 * What was written has been read again and compared with what it should say. ENT_INVALID: one of
 * them is not YAML. O(bytes log bytes).
 */
ent_status ent_merge_texts(ent_work *work, const ent_text *base, const ent_text *a,
                           const ent_text *b, ent_buffer *out, ent_merge_result *merge);

/* Where a merge left a conflict in the text: the first mark at the head of a line, or line 0. */
ent_pos ent_merge_mark(const ent_text *text);

#endif
