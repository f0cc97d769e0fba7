/*
 * A made-up record with disputes whose number and sizes are known: statements that a hidden world
 * fulfils, and planted chains "issue i counts for little, i before j, ..., z counts for much" of
 * 2 to 5 statements that nothing else touches. For tests and benchmarks.
 */
#ifndef ENT_PLANTED_H
#define ENT_PLANTED_H

#include "base/random.h"
#include "base/text.h"
#include "io/case.h"

#include <math.h>
#include <string.h>

typedef struct planting {
    uint32_t statements, disputes;
    uint32_t plain;   /* issues that the other statements speak of */
    bool one_party;   /* all disputes are about the first party */
    uint64_t seed;
} planting;

static inline uint32_t planted_size(uint32_t dispute)
{
    return 2 + dispute % 4;
}

static inline uint32_t planted_issues(const planting *p)
{
    uint32_t count = p->plain;
    for (uint32_t d = 0; d < p->disputes; d++) {
        count += planted_size(d) - 1;
    }
    return count;
}

static inline void put_planted(ent_buffer *out, const planting *p, uint32_t dispute,
                               uint32_t first)
{
    const char *party = p->one_party || dispute % 2 == 0 ? "a" : "b";
    uint32_t links = planted_size(dispute) - 2;
    double share = 1.0 / planted_issues(p);
    ent_putf(out, "  - {id: d%u-low, by: a, claims: [{party: %s, weighs: {i%u: [0, %.4f]}}]}\n",
             dispute, party, first, 0.3 * share);
    for (uint32_t j = 0; j < links; j++) {
        ent_putf(out, "  - {id: d%u-%u, by: b, claims: [{party: %s, ranks: [i%u, i%u]}]}\n",
                 dispute, j, party, first + j, first + j + 1);
    }
    ent_putf(out, "  - {id: d%u-high, by: b, claims: [{party: %s, weighs: {i%u: [%.4f, 1]}}]}\n",
             dispute, party, first + links, 0.6 * share);
}

/* A statement about the plain issues that the hidden world, with equal importances, fulfils. */
static inline void put_plain(ent_buffer *out, ent_stream *random, const planting *p,
                             uint32_t number)
{
    uint32_t all = planted_issues(p);
    uint32_t first = all - p->plain;
    int party = (int)ent_draw_below(random, 2);
    int gets = 0;
    ent_buffer package = ent_buffer_init(out->arena, 0);
    for (uint32_t i = first; i < all; i++) {
        if (ent_draw_below(random, 2) == 0) {
            gets += (int)(i % 2) == party ? -1 : 1;
            ent_putf(&package, "%si%u: yes", package.length > 0 ? ", " : "", i);
        }
    }
    bool accepts = gets > 0 && gets >= 0.05 * all + 0.5;
    bool refuses = gets < 1;
    ent_putf(out, "  - {id: s%u, by: %s, claims: [{party: %s, ", number,
             ent_draw_below(random, 2) == 0 ? "a" : "b", party == 0 ? "a" : "b");
    if (package.length > 0 && (accepts || refuses)) {
        ent_putf(out, "%s: {%s}}]}\n", accepts ? "accepts" : "refuses", ent_buffer_text(&package));
    } else {
        uint32_t i = first + ent_draw_below(random, p->plain);
        ent_putf(out, "weighs: {i%u: [%.4f, %.4f]}}]}\n", i, 0.5 / all,
                 (2 + ent_draw_unit(random)) / all);
    }
}

static inline const char *planted_yaml(ent_arena *arena, const planting *p)
{
    ent_buffer out = ent_buffer_init(arena, 0);
    ent_stream random = ent_stream_of(p->seed, 0, 0);
    ent_put(&out, "entente: 1\ntitle: Planted\nparties:\n"
                  "  a: {reservation: [0, 0.05]}\n  b: {reservation: [0, 0.05]}\nissues:\n");
    for (uint32_t i = 0; i < planted_issues(p); i++) {
        ent_putf(&out, "  i%u: {by: %s, for: %s, options: [no, yes]}\n", i, i % 2 == 0 ? "a" : "b",
                 i % 2 == 0 ? "b" : "a");
    }
    ent_put(&out, "statements:\n");
    uint32_t number = 0;
    uint32_t first = 0;
    for (uint32_t d = 0; d < p->disputes; d++) {
        put_planted(&out, p, d, first);
        first += planted_size(d) - 1;
        number += planted_size(d);
    }
    for (; number < p->statements; number++) {
        put_plain(&out, &random, p, number);
    }
    return ent_buffer_text(&out);
}

#endif
