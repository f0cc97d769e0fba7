#include "report/accounts.h"

#include "record/suppose.h"
#include "report/measures.h"
#include "worlds/kinds.h"
#include "worlds/positions.h"

#include "base/number.h"

#include <string.h>

/* ---- Plain -------------------------------------------------------------------------------- */

void ent_put_accounts_plain(ent_buffer *out, const ent_analysis *analysis,
                            const ent_disputes *disputes)
{
    const ent_case *c = analysis->c;
    for (size_t i = 0; i < disputes->count; i++) {
        const ent_dispute *d = &disputes->at[i];
        ent_putf(out, "%s\t%s", ent_dispute_kind_name(d->kind), c->parties[d->party].id);
        for (size_t j = 0; j < d->count; j++) {
            ent_putf(out, "\t%s", c->statements[d->statements[j]].id);
        }
        ent_put_char(out, '\n');
    }
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        const ent_account *a = &analysis->accounts.at[i];
        ent_putf(out, "account\t%s\t%s", a->id, a->consistent ? "consistent" : "contradictory");
        for (uint32_t s = 0; s < c->statement_count; s++) {
            if (a->in[s] && c->statements[s].claim_count > 0) {
                ent_putf(out, "\t%s", c->statements[s].id);
            }
        }
        ent_put_char(out, '\n');
        for (size_t k = 0; k < a->left_out_count; k++) {
            ent_putf(out, "left-out\t%s\t%s\t%s\n", a->id,
                     c->statements[a->left_out[k].statement].id,
                     ent_why_left_name(a->left_out[k].why));
        }
    }
}

/* ---- What an account believes --------------------------------------------------------------- */

typedef struct telling {
    ent_buffer *out;
    const ent_style *style;
    const ent_case *c;
    const ent_analysis *analysis;
    const ent_told *told;
} telling;

static bool is_claiming(const ent_statement *statement)
{
    return statement->claim_count > 0 && !ent_is_supposed(statement);
}

/* The ids of the statements on record that claim something and are marked so; how many. */
static size_t ids_where(const telling *t, const bool *marked, const bool *core, bool in_core,
                        const char **text)
{
    ent_buffer b = ent_buffer_init(t->out->arena, 0);
    size_t count = 0;
    for (uint32_t i = 0; i < t->c->statement_count; i++) {
        if (marked[i] && is_claiming(&t->c->statements[i]) &&
            (core == NULL || core[i] == in_core)) {
            ent_putf(&b, "%s%s", count++ > 0 ? ", " : "", t->c->statements[i].id);
        }
    }
    *text = ent_buffer_text(&b);
    return count;
}

static void put_labelled(const telling *t, const char *label, const char *text)
{
    ent_put(t->out, "  ");
    ent_put(t->out, label);
    ent_put_wrapped(t->out, t->style, 2 + (unsigned)ent_text_width(label), 4, text);
}

static void put_believed(const telling *t, const ent_account *a)
{
    const char *own, *others;
    size_t own_count = ids_where(t, a->in, a->core, true, &own);
    size_t other_count = ids_where(t, a->in, a->core, false, &others);
    size_t claiming = 0;
    for (uint32_t i = 0; i < t->c->statement_count; i++) {
        claiming += is_claiming(&t->c->statements[i]);
        if (a->in[i] && ent_is_supposed(&t->c->statements[i])) {
            put_labelled(t, "supposed: ", t->c->statements[i].words);
        }
    }
    ent_putf(t->out, "  believes %zu of the %s that %s something\n",
             own_count + other_count, ent_counted(t->out->arena, claiming, "statements"),
             claiming == 1 ? "claims" : "claim");
    if (own_count > 0) {
        put_labelled(t, "of its own side: ", own);
    }
    if (other_count > 0) {
        put_labelled(t, own_count > 0 ? "and of others: " : "of others: ", others);
    }
}

/* What it believes beside another account: told by what differs. */
static bool put_difference(const telling *t, const ent_account *a, const ent_account *first)
{
    uint32_t count = t->c->statement_count;
    bool *more = ent_alloc(t->out->arena, (size_t)count + 1, bool);
    bool *less = ent_alloc(t->out->arena, (size_t)count + 1, bool);
    const char *more_text, *less_text, *all;
    for (uint32_t i = 0; i < count; i++) {
        more[i] = a->in[i] && !first->in[i];
        less[i] = !a->in[i] && first->in[i];
    }
    size_t with = ids_where(t, more, NULL, false, &more_text);
    size_t without = ids_where(t, less, NULL, false, &less_text);
    size_t believed = ids_where(t, a->in, NULL, false, &all);
    if (with + without >= believed) {
        return false;
    }
    ent_putf(t->out, "  believes what the %s does",
             ent_account_text(t->out->arena, t->c, first));
    ent_put(t->out, with + without == 0 ? "\n" : ", but for this:\n");
    if (with > 0) {
        put_labelled(t, "also: ", more_text);
    }
    if (without > 0) {
        put_labelled(t, "not: ", less_text);
    }
    return true;
}

/* ---- What it leaves out, and why ------------------------------------------------------------ */

static bool same_reason(const ent_left_out *a, const ent_left_out *b)
{
    return a->why == b->why && a->count == b->count && a->claim == b->claim &&
           (a->count == 0 || memcmp(a->because, b->because, a->count * sizeof *a->because) == 0);
}

static const char *because_text(ent_arena *arena, const ent_case *c, const ent_left_out *l)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (size_t i = 0; i < l->count; i++) {
        ent_putf(&b, "%s%s", i == 0 ? "" : i + 1 == l->count ? " and " : ", ",
                 c->statements[l->because[i]].id);
    }
    return ent_buffer_text(&b);
}

/*
 * Left out for what its side said before: the account names the older word, or grades it higher,
 * and holds to it.
 */
static bool is_later_word(const ent_case *c, const ent_left_out *l)
{
    const ent_dispute others = {.statements = l->because, .count = l->count};
    return l->why == ENT_LEFT_MOVED && !ent_is_older_in(c, &others, l->statement);
}

/* Why, of one or of several statements. */
static const char *why_text(const telling *t, const ent_left_out *l, bool several)
{
    ent_arena *arena = t->out->arena;
    const char *because = because_text(arena, t->c, l);
    switch (l->why) {
    case ENT_LEFT_LATER:
        return "later than the `as of` date";
    case ENT_LEFT_WITHDRAWN:
        return ent_format(arena, "withdrawn by %s", because);
    case ENT_LEFT_ONLY:
        return "the account keeps to what it names";
    case ENT_LEFT_MOVED:
        return ent_format(arena, is_later_word(t->c, l) ? "a later word than %s, which it believes"
                                                        : "moved from, to %s",
                          because);
    case ENT_LEFT_CONTRADICTS:
    case ENT_LEFT_WHYS:
        break;
    }
    if (l->count == 0) {
        const char *whom = l->party == ENT_NONE ? "nobody" : t->c->parties[l->party].name;
        return l->by == ENT_BY_WORLDS
                   ? ent_format(arena, "no preferences of %s fit %s", whom,
                                several ? "any of them by itself" : "it by itself")
                   : several ? "each contradicts itself"
                             : "it contradicts itself";
    }
    return ent_format(arena, "contradict%s %s", several ? "" : "s", because);
}

static void put_left_out(const telling *t, const ent_account *a)
{
    ent_arena *arena = t->out->arena;
    bool *told = ent_alloc(arena, a->left_out_count + 1, bool);
    for (size_t i = 0; i < a->left_out_count; i++) {
        const ent_left_out *l = &a->left_out[i];
        ent_buffer b = ent_buffer_init(arena, 0);
        size_t count = 0;
        for (size_t k = i; k < a->left_out_count; k++) {
            if (!told[k] && same_reason(l, &a->left_out[k]) &&
                is_later_word(t->c, l) == is_later_word(t->c, &a->left_out[k])) {
                told[k] = true;
                ent_putf(&b, "%s%s", count++ > 0 ? ", " : "",
                         t->c->statements[a->left_out[k].statement].id);
            }
        }
        if (count == 0) {
            continue;
        }
        ent_putf(&b, ": %s", why_text(t, l, count > 1));
        if (l->claim != ENT_NONE) {
            ent_putf(&b, ", by claim %u alone: split it", l->claim + 1);
        }
        put_labelled(t, "leaves out ", ent_buffer_text(&b));
    }
}

/* ---- Last positions, and who moved ---------------------------------------------------------- */

static const char *stated_text(const telling *t, const ent_account *a, const ent_stated *p)
{
    bool later = false;
    for (size_t i = 0; !p->believed && i < a->left_out_count; i++) {
        later = later || (a->left_out[i].statement == p->statement &&
                          is_later_word(t->c, &a->left_out[i]));
    }
    const ent_statement *s = &t->c->statements[p->statement];
    const char *date = s->about != NULL ? s->about : s->date;
    return ent_format(t->out->arena, "%s%s%.10s%s", s->id, date == NULL ? "" : ", ",
                      date == NULL ? "" : date,
                      p->believed ? "" : later ? " (not believed)" : " (moved from)");
}

static void put_positions(const telling *t, const ent_account *a)
{
    ent_arena *arena = t->out->arena;
    for (uint32_t p = 0; p < t->c->party_count; p++) {
        ent_stated last = ent_last_stated(t->c, a, p);
        if (last.statement == ENT_NONE) {
            continue;
        }
        const ent_statement *s = &t->c->statements[last.statement];
        const ent_claim *claim = &s->claims[last.claim];
        put_labelled(
            t, "last position: ",
            ent_format(arena, "%s (%s%s%s)", ent_claim_text_once(arena, t->c, t->told, claim),
                       s->id, last.own ? "" : ", as reported by ",
                       last.own ? "" : ent_speaker_text(t->c, s)));
        size_t count;
        const ent_stated *moves = ent_moves_of(arena, t->c, a, p, &count);
        ent_buffer b = ent_buffer_init(arena, 0);
        size_t from = count > 6 ? count - 6 : 0;
        ent_put(&b, from > 0 ? "..., " : "");
        for (size_t i = from; i < count; i++) {
            ent_putf(&b, "%s%s", i > from ? "; " : "", stated_text(t, a, &moves[i]));
        }
        if (count > 1) {
            put_labelled(t, "  by way of ", ent_buffer_text(&b));
        }
    }
}

/* ---- The accounts --------------------------------------------------------------------------- */

/* Accounts that believe the same as this one, which is the first of them. */
static const char *same_text(const telling *t, size_t index)
{
    const ent_accounts *accounts = &t->analysis->accounts;
    ent_buffer b = ent_buffer_init(t->out->arena, 0);
    ent_put(&b, ent_account_text(t->out->arena, t->c, &accounts->at[index]));
    for (size_t i = index + 1; i < accounts->count; i++) {
        if (accounts->at[i].same_as == index) {
            ent_putf(&b, ", and the same: %s",
                     ent_account_text(t->out->arena, t->c, &accounts->at[i]));
        }
    }
    return ent_buffer_text(&b);
}

static void put_account(const telling *t, size_t index, const ent_account **first)
{
    const ent_account *a = &t->analysis->accounts.at[index];
    ent_put_heading(t->out, t->style, same_text(t, index));
    if (!a->consistent) {
        ent_put(t->out, "  contradicts itself; the smallest collision in what it must believe:\n");
        for (size_t i = 0; a->core_dispute != NULL && i < a->core_dispute->count; i++) {
            ent_put_statement_once(t->out, t->style, t->c, t->told,
                                   a->core_dispute->statements[i], 4, true);
        }
        return;
    }
    if (*first == NULL || !put_difference(t, a, *first)) {
        put_believed(t, a);
    }
    *first = *first == NULL ? a : *first;
    if (a->splits) {
        put_labelled(t, "", "statements of its own side collide: the newest word is believed");
    }
    put_left_out(t, a);
    put_positions(t, a);
}

/* Those that claim something and that nobody believes. */
static void put_in_no_account(const telling *t)
{
    const ent_accounts *accounts = &t->analysis->accounts;
    bool *nowhere = ent_alloc(t->out->arena, (size_t)t->c->statement_count + 1, bool);
    const char *text;
    for (uint32_t i = 0; i < t->c->statement_count; i++) {
        nowhere[i] = true;
        for (size_t a = 0; a < accounts->count; a++) {
            nowhere[i] = nowhere[i] && !(accounts->at[a].consistent && accounts->at[a].in[i]);
        }
    }
    if (ids_where(t, nowhere, NULL, false, &text) > 0) {
        ent_put_heading(t->out, t->style, "In no account");
        put_labelled(t, "", text);
    }
}

void ent_put_accounts_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                           const ent_disputes *disputes)
{
    enum { QUESTIONS = 12, FULL = 16 };
    ent_told told = ent_told_nothing(out->arena, analysis->c);
    telling t = {out, style, analysis->c, analysis, &told};
    const ent_account *first = NULL;
    ent_put_ink(out, style, ENT_INK_BOLD, analysis->c->title);
    ent_put_char(out, '\n');
    ent_put_record(out, style, analysis);
    ent_put_disputed(out, style, analysis->c, disputes, &told, QUESTIONS, FULL);
    ent_put_measures(out, style, analysis, QUESTIONS);
    ent_put_compatible(out, style, analysis, 10);
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->accounts.at[i].same_as == i) {
            put_account(&t, i, &first);
        }
    }
    put_in_no_account(&t);
}
