#include "report/questions.h"

#include "report/words.h"

/* Claims about the party in one of the statements, the one that says most first. */
static const ent_claim *claim_about(const ent_case *c, const uint32_t *statements, size_t count,
                                    uint32_t party, bool refusal)
{
    for (size_t i = 0; i < count; i++) {
        const ent_statement *s = &c->statements[statements[i]];
        for (size_t j = 0; j < s->claim_count; j++) {
            const ent_claim *claim = &s->claims[j];
            const ent_verb_record *verb = &ent_verbs[claim->verb];
            bool against = verb->says == ENT_SAYS_REFUSED || verb->line != ENT_LINE_NONE;
            if (claim->party == party && (refusal ? against : verb->says == ENT_SAYS_ACCEPTED)) {
                return claim;
            }
        }
    }
    return NULL;
}

/* The package that is asked about: what somebody says is refused, else what is accepted. */
static const ent_claim *asked_about(const ent_case *c, const ent_question_in_dispute *q)
{
    for (int refusal = 1; refusal >= 0; refusal--) {
        const ent_claim *b = claim_about(c, q->b, q->b_count, q->party, refusal == 1);
        const ent_claim *a = claim_about(c, q->a, q->a_count, q->party, refusal == 1);
        if (a != NULL || b != NULL) {
            return a != NULL ? a : b;
        }
    }
    return NULL;
}

const char *ent_question_text(ent_arena *arena, const ent_case *c,
                              const ent_question_in_dispute *q)
{
    const char *who = c->parties[q->party].name;
    const ent_claim *claim = asked_about(c, q);
    if (claim == NULL) {
        return ent_format(arena, "What matters to %s, and how much?", who);
    }
    const char *what = ent_claim_package_text(arena, c, claim);
    switch (ent_verbs[claim->verb].line) {
    case ENT_LINE_REQUIRES:
        return ent_format(arena, "Would %s do without %s?", who, what);
    case ENT_LINE_CANNOT:
        return ent_format(arena, "Can %s be had at all?", what);
    case ENT_LINE_NEVER:
    case ENT_LINE_NONE:
        break;
    }
    return claim->verb == ENT_DEMANDS ? ent_format(arena, "Would %s take less than %s?", who, what)
                                      : ent_format(arena, "Would %s take %s?", who, what);
}
