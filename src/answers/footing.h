/*
 * Footing (docs/MODEL.md 5.12): what a package stands on. For each of its elements, whether the
 * party that gives it ever offered, accepted or refused it, or whether it appears in nobody's
 * words; and the issues in it that nothing on record puts a price on.
 */
#ifndef ENT_ANSWERS_FOOTING_H
#define ENT_ANSWERS_FOOTING_H

#include "answers/priorities.h"

/* The strongest thing that was said of an element, by the party that gives it or about that. */
typedef enum ent_spoken {
    ENT_NEVER_SPOKEN,    /* no claim on record names the issue */
    ENT_SPOKEN_OF,       /* named, but not so far: less of it, or by others alone */
    ENT_ELEMENT_REFUSED, /* the giver is said to refuse a package with no more of it */
    ENT_ELEMENT_ACCEPTED,
    ENT_ELEMENT_OFFERED
} ent_spoken;

/* One issue of the package off the status quo; of an issue with items one item. */
typedef struct ent_element {
    uint32_t issue;
    uint32_t item;  /* or ENT_NONE */
    uint64_t level; /* of an item its bit */
    ent_spoken spoken;
    uint32_t giver;     /* whose claim it is; ENT_NONE: nobody's */
    uint32_t statement; /* the newest that says so; ENT_NONE where nobody spoke of it */
    bool own;           /* the giver's own word */
} ent_element;

typedef struct ent_unpriced {
    uint32_t party, issue;
} ent_unpriced;

typedef struct ent_footing {
    const ent_element *elements; /* by issue, then item */
    size_t count;
    const ent_unpriced *unpriced; /* parties that are asked, and issues of the package */
    size_t unpriced_count;
    bool unspoken; /* some element appears in nobody's words */
} ent_footing;

/*
 * Over the statements that count, believed or not, but for assumptions, which are nobody's words;
 * what is priced is the account's. O(claims) for each element.
 */
ent_footing ent_footing_of(ent_arena *arena, const ent_analysis *analysis, size_t account,
                           const uint64_t *levels);

#endif
