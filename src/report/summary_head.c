/* The head of a report: the question, the answer in a sentence, the accounts side by side. */
#include "report/summary_parts.h"

#include "base/number.h"
#include "record/suppose.h"
#include "report/layout.h"

#include <string.h>

bool ent_summary_has(const ent_summary *s, size_t account)
{
    return s->analysis->worlds[account].account != NULL;
}

/* Do all accounts believe the same? Then there is one answer, not several. */
static bool one_account(const ent_summary *s)
{
    const ent_accounts *accounts = &s->analysis->accounts;
    for (size_t i = 0; i < accounts->count; i++) {
        if (!ent_summary_has(s, i) || accounts->at[i].same_as != 0) {
            return false;
        }
    }
    return accounts->count > 0 && s->analysis->c->account_count == 0;
}

size_t ent_summary_at(const ent_summary *s, size_t told)
{
    size_t i = 0;
    while (ent_first_told(s->analysis, i) != i || told-- > 0) {
        i++;
    }
    return i;
}

size_t ent_summary_shown(const ent_summary *s)
{
    size_t shown = 0;
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        shown += ent_first_told(s->analysis, i) == i;
    }
    return shown;
}

/* The account and those that believe the same, by their names. */
static const char *names_text(ent_arena *arena, const ent_summary *s, size_t account,
                              const char *(*name)(ent_arena *arena, const ent_summary *s,
                                                  size_t account))
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (size_t i = account; i < s->analysis->accounts.count; i++) {
        if (ent_first_told(s->analysis, i) == account) {
            ent_putf(&b, "%s%s", i > account ? ", " : "", name(arena, s, i));
        }
    }
    return ent_buffer_text(&b);
}

static const char *full_name(ent_arena *arena, const ent_summary *s, size_t account)
{
    return ent_account_text(arena, s->analysis->c, &s->analysis->accounts.at[account]);
}

const char *ent_summary_title(ent_arena *arena, const ent_summary *s, size_t account)
{
    return one_account(s) ? "the record" : names_text(arena, s, account, full_name);
}

static const char *short_name(ent_arena *arena, const ent_summary *s, size_t i)
{
    const ent_account *a = &s->analysis->accounts.at[i];
    return a->party != ENT_NONE ? s->analysis->c->parties[a->party].name
                                : ent_account_text(arena, s->analysis->c, a);
}

const char *ent_summary_name(ent_arena *arena, const ent_summary *s, size_t account)
{
    return one_account(s) ? "the record" : names_text(arena, s, account, short_name);
}

const char *ent_summary_phrase(ent_arena *arena, const ent_summary *s, size_t account,
                               size_t columns)
{
    const ent_account *a = &s->analysis->accounts.at[account];
    const char *title = ent_summary_title(arena, s, account);
    const char *cut = ent_shorten(arena, title, columns);
    return one_account(s) ? title
           : strcmp(title, full_name(arena, s, account)) != 0
               ? ent_format(arena, "the accounts that believe the same (%s)", cut)
           : a->party != ENT_NONE
               ? ent_format(arena, "the %s account",
                            ent_shorten(arena, short_name(arena, s, account), columns))
                                  : ent_format(arena, "the account \"%s\"", cut);
}

static bool is_believed(const ent_summary *s, uint32_t statement)
{
    bool believed = false;
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        believed = believed || s->analysis->accounts.at[i].in[statement];
    }
    return believed;
}

bool ent_summary_conflict(const ent_summary *s)
{
    bool conflict = false;
    for (size_t i = 0; i < s->disputes->count && !conflict; i++) {
        const ent_dispute *d = &s->disputes->at[i];
        conflict = true;
        for (size_t k = 0; k < d->count; k++) {
            conflict = conflict && is_believed(s, d->statements[k]);
        }
    }
    return conflict;
}

/* ---- Head --------------------------------------------------------------------------------- */

/* "110,592 packages, of which 60,480 can be had"; accounts may differ in the latter. */
static void put_packages(ent_buffer *out, const ent_summary *s)
{
    char low_text[ENT_NUMBER_ROOM], high_text[ENT_NUMBER_ROOM];
    uint64_t all = 0;
    uint64_t low = UINT64_MAX;
    uint64_t high = 0;
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        if (ent_summary_has(s, i)) {
            const ent_deals *deals = &s->whole->deals[i];
            all = deals->outcomes;
            low = deals->available < low ? deals->available : low;
            high = deals->available > high ? deals->available : high;
        }
    }
    if (all == 0) {
        return;
    }
    ent_put(out, all != UINT64_MAX ? ent_counted(out->arena, all, "packages")
                                   : "over 10^19 packages");
    if (low > 0 && high > 0) {
        ent_putf(out, ", of which %s%s%s are available", ent_count_text(low, low_text),
                 low < high ? " to " : "", low < high ? ent_count_text(high, high_text) : "");
    }
    ent_put(out, "; ");
}

size_t ent_summary_live(const ent_summary *s)
{
    size_t live = 0;
    for (size_t i = 0; i < s->disputes->question_count; i++) {
        live += s->disputes->questions[i].live;
    }
    return live;
}

const char *ent_summary_counts(ent_arena *arena, const ent_summary *s)
{
    const ent_case *c = s->analysis->c;
    size_t claiming = 0;
    size_t live = ent_summary_live(s);
    uint32_t recorded = ent_recorded(c);
    for (uint32_t i = 0; i < recorded; i++) {
        claiming += s->analysis->on[i] && c->statements[i].claim_count > 0;
    }
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_putf(&b, "%u issue%s, ", c->space.issue_count, c->space.issue_count == 1 ? "" : "s");
    put_packages(&b, s);
    ent_putf(&b, "%u statement%s, %zu with claims; %zu question%s in dispute%s",
             recorded, recorded == 1 ? "" : "s", claiming, live,
             live == 1 ? "" : "s", s->disputes->complete ? "" : ", and maybe more");
    return ent_buffer_text(&b);
}

/* What is doubtful about the figures of each account. */
static void put_doubted(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    bool any = false;
    for (size_t k = 0; k < ent_summary_shown(s); k++) {
        size_t i = ent_summary_at(s, k);
        if (!ent_summary_has(s, i)) {
            continue;
        }
        ent_doubts doubts =
            ent_doubts_of(out->arena, s->analysis, i, &s->whole->deals[i].zone, false);
        for (size_t d = 0; d < doubts.count; d++) {
            ent_put(out, any ? "" : "\n");
            any = true;
            ent_put_wrapped(out, style, 0, 2,
                            ent_summary_shown(s) == 1
                                ? doubts.at[d].text
                                : ent_format(out->arena, "%s: %s",
                                             ent_summary_name(out->arena, s, i),
                                             doubts.at[d].text));
        }
    }
}

static void put_meaning(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        if (ent_summary_has(s, i) && s->whole->deals[i].zone.share > 0) {
            const char *share = ent_zone_text(out->arena, &s->whole->deals[i].zone);
            ent_put_char(out, '\n');
            ent_put_wrapped(
                out, style, 0, 0,
                ent_format(out->arena,
                           "%s means: in %s of the preference worlds that fit this account at "
                           "least one package beats no deal for all. Shares of worlds, not "
                           "probabilities. A mediator can table only one package, so the second "
                           "line matters as much as the first; the next two say how much nearer "
                           "to it a question asked first would bring, or a menu: some packages "
                           "tabled together.",
                           share, share));
            return;
        }
    }
}

const char *ent_summary_question(ent_arena *arena, const ent_summary *s)
{
    const char *title = s->analysis->c->title;
    size_t length = strlen(title);
    bool asks = length > 0 && strchr("?!.", title[length - 1]) != NULL;
    return ent_format(arena, "%s%s there a package that all would take?", title,
                      asks ? " Is" : ": is");
}

void ent_put_summary_head(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    ent_put_ink(out, style, ENT_INK_BOLD, ent_summary_question(out->arena, s));
    ent_put_char(out, '\n');
    ent_put_record(out, style, s->analysis);
    ent_put_wrapped(out, style, 0, 2, ent_summary_counts(out->arena, s));
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0, ent_summary_answer(out->arena, s));
    ent_put_char(out, '\n');
    ent_put_summary_table(out, style, s, NULL);
    put_doubted(out, style, s);
    put_meaning(out, style, s);
}
