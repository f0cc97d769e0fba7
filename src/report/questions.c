#include "report/questions.h"

#include "base/number.h"

#include <string.h>

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

/* The claim's whole package, both sides of an exchange together, as an outcome. */
static void whole_outcome(const ent_space *space, const ent_claim *claim, uint64_t *outcome)
{
    ent_package_outcome(space, &claim->package, outcome);
    for (size_t i = 0; i < claim->other.count; i++) {
        outcome[claim->other.choices[i].issue] = claim->other.choices[i].level;
    }
}

/* Does one of the statements say that the party accepts this very outcome? */
static bool says_accepted(const ent_case *c, const uint32_t *statements, size_t count,
                          uint32_t party, const uint64_t *outcome, uint64_t *scratch)
{
    for (size_t i = 0; i < count; i++) {
        const ent_statement *s = &c->statements[statements[i]];
        for (size_t j = 0; j < s->claim_count; j++) {
            const ent_claim *claim = &s->claims[j];
            if (claim->party == party && ent_verbs[claim->verb].says == ENT_SAYS_ACCEPTED) {
                whole_outcome(&c->space, claim, scratch);
                if (memcmp(scratch, outcome, c->space.issue_count * sizeof *outcome) == 0) {
                    return true;
                }
            }
        }
    }
    return false;
}

/*
 * Where statements hold several claims: a package that somebody says is refused, and that one of
 * the others says is accepted. It is what they collide over. NULL where there is none.
 */
static const ent_claim *met(ent_arena *arena, const ent_case *c, uint32_t party,
                            const uint32_t *here, size_t count, const uint32_t *there,
                            size_t there_count)
{
    uint64_t *outcome = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    uint64_t *scratch = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    for (size_t i = 0; i < count; i++) {
        const ent_statement *s = &c->statements[here[i]];
        for (size_t j = 0; j < s->claim_count; j++) {
            if (s->claims[j].party != party ||
                ent_verbs[s->claims[j].verb].says != ENT_SAYS_REFUSED) {
                continue;
            }
            whole_outcome(&c->space, &s->claims[j], outcome);
            if (says_accepted(c, there, there_count, party, outcome, scratch)) {
                return &s->claims[j];
            }
        }
    }
    return NULL;
}

/* The package that is asked about: what somebody says is refused, else what is accepted. */
static const ent_claim *asked_about(ent_arena *arena, const ent_case *c,
                                    const ent_question_in_dispute *q)
{
    const ent_claim *in_a = met(arena, c, q->party, q->a, q->a_count, q->b, q->b_count);
    const ent_claim *in_b = met(arena, c, q->party, q->b, q->b_count, q->a, q->a_count);
    if (in_a != NULL || in_b != NULL) {
        return in_a != NULL ? in_a : in_b;
    }
    for (int refusal = 1; refusal >= 0; refusal--) {
        const ent_claim *b = claim_about(c, q->b, q->b_count, q->party, refusal == 1);
        const ent_claim *a = claim_about(c, q->a, q->a_count, q->party, refusal == 1);
        if (a != NULL || b != NULL) {
            return a != NULL ? a : b;
        }
    }
    return NULL;
}

const char *ent_question_text(ent_arena *arena, const ent_case *c, const ent_told *told,
                              const ent_question_in_dispute *q)
{
    const char *who = ent_party_phrase(arena, c, q->party);
    const ent_claim *claim = asked_about(arena, c, q);
    if (claim == NULL) {
        return ent_format(arena, "What matters to %s, and how much?", who);
    }
    const char *what = ent_claim_package_text(arena, c, told, claim);
    switch (ent_verbs[claim->verb].line) {
    case ENT_LINE_REQUIRES:
        return ent_format(arena, "Would %s do without %s?", who, what);
    case ENT_LINE_CANNOT:
        return ent_format(arena, "Is %s possible at all?", what);
    case ENT_LINE_NEVER:
    case ENT_LINE_NONE:
        break;
    }
    return claim->verb == ENT_DEMANDS ? ent_format(arena, "Would %s take less than %s?", who, what)
                                      : ent_format(arena, "Would %s take %s?", who, what);
}

static bool holds(const ent_case *c, const uint32_t *statements, size_t count,
                  const ent_claim *claim)
{
    for (size_t i = 0; i < count; i++) {
        const ent_statement *s = &c->statements[statements[i]];
        if (claim >= s->claims && claim < s->claims + s->claim_count) {
            return true;
        }
    }
    return false;
}

static bool same_package(const ent_space *space, const ent_package *a, const ent_package *b,
                         uint64_t *x, uint64_t *y)
{
    ent_package_outcome(space, a, x);
    ent_package_outcome(space, b, y);
    return memcmp(x, y, space->issue_count * sizeof *x) == 0;
}

/* Does each of the statements say of the party what the claim says? */
static bool all_say(ent_arena *arena, const ent_case *c, const uint32_t *statements, size_t count,
                    const ent_claim *claim)
{
    uint64_t *x = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    uint64_t *y = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    for (size_t i = 0; i < count; i++) {
        const ent_statement *s = &c->statements[statements[i]];
        bool says = false;
        for (size_t j = 0; j < s->claim_count; j++) {
            const ent_claim *other = &s->claims[j];
            says = says || (other->party == claim->party && other->verb == claim->verb &&
                            same_package(&c->space, &other->package, &claim->package, x, y) &&
                            same_package(&c->space, &other->other, &claim->other, x, y));
        }
        if (!says) {
            return false;
        }
    }
    return true;
}

ent_answers ent_question_answers(ent_arena *arena, const ent_case *c,
                                 const ent_question_in_dispute *q)
{
    const ent_claim *claim = asked_about(arena, c, q);
    if (claim == NULL || q->b_count == 0) {
        return (ent_answers){"some", "others"};
    }
    /* Who asks for no less, refuses or draws a line answers no; who says it is accepted, yes. */
    const ent_verb_record *verb = &ent_verbs[claim->verb];
    bool no = verb->says == ENT_SAYS_REFUSED || verb->line != ENT_LINE_NONE ||
              claim->verb == ENT_DEMANDS;
    bool in_a = holds(c, q->a, q->a_count, claim);
    if (!all_say(arena, c, in_a ? q->a : q->b, in_a ? q->a_count : q->b_count, claim)) {
        return (ent_answers){"some", "others"};
    }
    return in_a == no ? (ent_answers){"no", "yes"} : (ent_answers){"yes", "no"};
}

/* ---- Text --------------------------------------------------------------------------------- */

/* Characters of a date up to its day. */
enum { DAY = 10 };

static bool same_occasion(const ent_case *c, const ent_statement *a, const ent_statement *b)
{
    const char *x = a->date != NULL ? a->date : "";
    const char *y = b->date != NULL ? b->date : "";
    return strcmp(ent_speaker_text(c, a), ent_speaker_text(c, b)) == 0 &&
           strncmp(x, y, DAY) == 0;
}

const char *ent_speakers_text(ent_arena *arena, const ent_case *c, const uint32_t *statements,
                              size_t count)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    bool *told = ent_alloc(arena, count + 1, bool);
    for (size_t i = 0; i < count; i++) {
        const ent_statement *s = &c->statements[statements[i]];
        if (told[i]) {
            continue;
        }
        ent_putf(&b, "%s%s%s%.*s", b.length > 0 ? "; " : "",
                 s->assumption ? "assumed" : ent_speaker_text(c, s), s->date != NULL ? ", " : "",
                 DAY, s->date != NULL ? s->date : "");
        const char *between = ": ";
        for (size_t k = i; k < count; k++) {
            if (!told[k] && same_occasion(c, s, &c->statements[statements[k]])) {
                ent_putf(&b, "%s%s", between, c->statements[statements[k]].id);
                between = ", ";
                told[k] = true;
            }
        }
    }
    return ent_buffer_text(&b);
}

enum { LABEL = 10 };

static void put_side(ent_buffer *out, const ent_style *style, const ent_case *c,
                     const char *label, const uint32_t *statements, size_t count)
{
    if (count > 0) {
        ent_put(out, "    ");
        ent_put_cell(out, label, LABEL, false);
        ent_put_wrapped(out, style, 4 + LABEL, 4 + LABEL,
                        ent_speakers_text(out->arena, c, statements, count));
    }
}

/* The words of those that have not been given yet, as long as there is room for them. */
static void put_words(ent_buffer *out, const ent_style *style, const ent_case *c,
                      const ent_told *told, const uint32_t *statements, size_t count, size_t *full)
{
    for (size_t i = 0; i < count && *full > 0; i++) {
        if (!told->statements[statements[i]]) {
            told->statements[statements[i]] = true;
            ent_put_statement_once(out, style, c, told, statements[i], 6, true);
            (*full)--;
        }
    }
}

static void put_question(ent_buffer *out, const ent_style *style, const ent_case *c,
                         const ent_told *told, const ent_question_in_dispute *q, size_t *full)
{
    ent_answers answers = ent_question_answers(out->arena, c, q);
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 4, ent_question_text(out->arena, c, told, q));
    if (q->b_count == 0) {
        put_side(out, style, c, q->a_count == 1 ? "by itself" : "together", q->a, q->a_count);
    } else {
        put_side(out, style, c, answers.a, q->a, q->a_count);
        put_side(out, style, c, answers.b, q->b, q->b_count);
    }
    if (q->a_count + q->b_count <= *full) {
        put_words(out, style, c, told, q->a, q->a_count, full);
        put_words(out, style, c, told, q->b, q->b_count, full);
    }
}

/* The end of the newest period that the statements speak of. */
static int64_t newest(const ent_case *c, const uint32_t *statements, size_t count)
{
    int64_t last = INT64_MIN;
    for (size_t i = 0; i < count; i++) {
        int64_t end = c->statements[statements[i]].meant.last;
        last = end > last ? end : last;
    }
    return last;
}

/* Mark the issues that claims of the statements about the party name. */
static void mark_issues(const ent_case *c, const uint32_t *statements, size_t count,
                        uint32_t party, bool *named)
{
    for (size_t i = 0; i < count; i++) {
        const ent_statement *s = &c->statements[statements[i]];
        for (size_t j = 0; j < s->claim_count; j++) {
            const ent_claim *claim = &s->claims[j];
            const ent_package *both[] = {&claim->package, &claim->other};
            for (int k = 0; k < 2 && claim->party == party; k++) {
                for (size_t m = 0; m < both[k]->count; m++) {
                    named[both[k]->choices[m].issue] = true;
                }
            }
        }
    }
}

static const char *issues_text(ent_arena *arena, const ent_case *c,
                               const ent_question_in_dispute *q)
{
    bool *named = ent_alloc(arena, c->space.issue_count + 1, bool);
    ent_buffer b = ent_buffer_init(arena, 0);
    mark_issues(c, q->a, q->a_count, q->party, named);
    mark_issues(c, q->b, q->b_count, q->party, named);
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        if (named[i]) {
            ent_putf(&b, "%s%s", b.length > 0 ? ", " : ", on ", c->space.issues[i].name);
        }
    }
    return ent_buffer_text(&b);
}

/* Moves are no question: who moved, when, on what, from which words to which. */
static void put_move(ent_buffer *out, const ent_style *style, const ent_case *c,
                     const ent_question_in_dispute *q)
{
    ent_arena *arena = out->arena;
    const char *a = ent_speakers_text(arena, c, q->a, q->a_count);
    const char *b = ent_speakers_text(arena, c, q->b, q->b_count);
    bool later = newest(c, q->a, q->a_count) > newest(c, q->b, q->b_count);
    const char *name = c->parties[q->party].name;
    const char *issues = issues_text(arena, c, q);
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 4,
                    q->b_count == 0
                        ? ent_format(arena, "%s%s: %s", name, issues, a)
                        : ent_format(arena, "%s%s: from %s, to %s", name, issues, later ? b : a,
                                     later ? a : b));
}

typedef enum section { LIVE, MOVED_FROM, SILENCE, MOVES, SECTIONS } section;

static section section_of(const ent_question_in_dispute *q)
{
    return q->kind == ENT_SILENCE ? SILENCE
           : q->kind == ENT_MOVE  ? MOVES
           : q->live              ? LIVE
                                  : MOVED_FROM;
}

static void put_section(ent_buffer *out, const ent_style *style, const ent_case *c,
                        const ent_disputes *disputes, const ent_told *told, section which,
                        size_t most, size_t *full)
{
    static const char *const headings[SECTIONS] = {
        [LIVE] = "In dispute (proved)",
        [MOVED_FROM] = "In dispute, over a position that was given up since",
        [SILENCE] = "In dispute only if silence means no",
        [MOVES] = "Positions that moved"};
    size_t shown = 0;
    size_t left = 0;
    for (size_t i = 0; i < disputes->question_count; i++) {
        const ent_question_in_dispute *q = &disputes->questions[i];
        if (section_of(q) != which) {
            continue;
        }
        if (shown == most) {
            left++;
            continue;
        }
        if (shown++ == 0) {
            ent_put_heading(out, style, headings[which]);
        }
        if (which == MOVES) {
            put_move(out, style, c, q);
        } else {
            put_question(out, style, c, told, q, full);
        }
    }
    if (left > 0) {
        ent_putf(out, "  ... and %zu more; `entente accounts --json` lists them\n", left);
    }
}

void ent_put_limit(ent_buffer *out, const ent_style *style, const ent_case *c,
                   const ent_disputes *disputes)
{
    if (disputes->complete) {
        return;
    }
    ent_put(out, "  The search stopped at its limit: there may be more disputes.\n");
    if (disputes->all_up_to > 0) {
        ent_putf(out, "  All disputes of up to %s are told (proved).\n",
                 ent_counted(out->arena, disputes->all_up_to, "statements"));
    }
    ent_buffer b = ent_buffer_init(out->arena, 0);
    ent_putf(&b, "Fewest statements to drop so that nothing is in dispute (%s):",
             disputes->drop_proved ? "proved" : "best found");
    for (size_t i = 0; i < disputes->drop_count; i++) {
        ent_putf(&b, "%s %s", i > 0 ? "," : "", c->statements[disputes->drop[i]].id);
    }
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 4, ent_buffer_text(&b));
}

void ent_put_disputed(ent_buffer *out, const ent_style *style, const ent_case *c,
                       const ent_disputes *disputes, const ent_told *told, size_t most,
                       size_t full)
{
    bool live = disputes->question_count > 0 && disputes->questions[0].live;
    if (!live) {
        ent_put_heading(out, style, "In dispute (proved)");
        ent_put(out, "  ");
        ent_put_wrapped(out, style, 2, 2,
                        disputes->count == 0 ? "Nothing that was said contradicts anything else."
                                             : "Nothing apart from what follows.");
    }
    for (int which = 0; which < SECTIONS; which++) {
        put_section(out, style, c, disputes, told, (section)which, most, &full);
    }
    ent_put_limit(out, style, c, disputes);
}
