#include "report/accounts.h"

#include "report/measures.h"

#include "base/number.h"

void ent_put_accounts_plain(ent_buffer *out, const ent_analysis *analysis,
                            const ent_disputes *disputes)
{
    const ent_case *c = analysis->c;
    for (size_t i = 0; i < disputes->count; i++) {
        const ent_dispute *d = &disputes->at[i];
        ent_putf(out, "dispute\t%s", c->parties[d->party].id);
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
    }
}

/* "2. trump-entirety against ri-production (North Korea)" */
static void put_dispute_brief(ent_buffer *out, const ent_style *style, const ent_case *c,
                              const ent_dispute *d, size_t number)
{
    const char *head = ent_format(out->arena, "  %zu. ", number);
    ent_buffer b = ent_buffer_init(out->arena, 0);
    for (size_t i = 0; i < d->count; i++) {
        ent_putf(&b, "%s%s", i > 0 ? (d->count == 2 ? " against " : ", ") : "",
                 c->statements[d->statements[i]].id);
    }
    ent_putf(&b, ": %s %s", d->by == ENT_BY_CANNOT ? "what can be done, by" : "about",
             c->parties[d->party].name);
    ent_put(out, head);
    ent_put_wrapped(out, style, (unsigned)ent_text_width(head), 5, ent_buffer_text(&b));
}

static void put_dispute(ent_buffer *out, const ent_style *style, const ent_case *c,
                        const ent_dispute *d, size_t number)
{
    const char *what =
        d->by == ENT_BY_CANNOT
            ? "one rules out what the other says is accepted"
            : ent_format(out->arena,
                         c->parties[d->party].utility != NULL ? "the utility of %s does not fit %s"
                                                              : "no preferences of %s fit %s",
                         c->parties[d->party].name, d->count == 1   ? "this one statement"
                         : d->count == 2 ? "both"
                                         : "all of these");
    ent_putf(out, "  %zu. %s\n", number, what);
    for (size_t i = 0; i < d->count; i++) {
        ent_put_statement(out, style, c, d->statements[i], 5, true);
    }
}

void ent_put_disputes(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                      const ent_disputes *disputes, size_t full, size_t most)
{
    const ent_case *c = analysis->c;
    if (disputes->count == 0) {
        ent_put(out, "  Nothing that was said contradicts anything else (proved).\n");
    }
    for (size_t i = 0; i < disputes->count && i < most; i++) {
        if (i < full) {
            put_dispute(out, style, c, &disputes->at[i], i + 1);
        } else {
            put_dispute_brief(out, style, c, &disputes->at[i], i + 1);
        }
    }
    if (disputes->count > most) {
        ent_putf(out, "  ... and %zu more; `entente accounts` lists them.\n",
                 disputes->count - most);
    }
    if (!disputes->complete) {
        ent_put(out, "  The search stopped at its limit: there may be more disputes.\n");
        if (disputes->all_up_to > 0) {
            ent_putf(out, "  All disputes of up to %zu statements are listed (proved).\n",
                     disputes->all_up_to);
        }
        ent_putf(out, "  Fewest statements to drop for peace (%s):",
                 disputes->drop_proved ? "proved" : "best found");
        for (size_t i = 0; i < disputes->drop_count; i++) {
            ent_putf(out, " %s", c->statements[disputes->drop[i]].id);
        }
        ent_put_char(out, '\n');
    }
}

static void put_account(ent_buffer *out, const ent_style *style, const ent_case *c,
                        const ent_account *a)
{
    size_t in = 0;
    size_t with_claims = 0;
    for (uint32_t i = 0; i < c->statement_count; i++) {
        in += a->in[i] && c->statements[i].claim_count > 0;
        with_claims += c->statements[i].claim_count > 0;
    }
    ent_put_heading(out, style, ent_account_text(out->arena, c, a));
    if (!a->consistent) {
        ent_put(out, "  contradicts itself; the smallest collision in what it must believe:\n");
        for (size_t i = 0; a->core_dispute != NULL && i < a->core_dispute->count; i++) {
            ent_put_statement(out, style, c, a->core_dispute->statements[i], 4, true);
        }
        return;
    }
    if (a->splits) {
        ent_put(out, "  its own side's statements collide: the earlier ones are believed\n");
    }
    ent_putf(out, "  believes %zu of the %zu statements that claim something:\n", in, with_claims);
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (a->in[i] && c->statements[i].claim_count > 0) {
            ent_putf(out, "    %s%s\n", c->statements[i].id, a->core[i] ? "  (its own side)" : "");
        }
    }
    for (size_t i = 0; i < a->left_out_count; i++) {
        const ent_left_out *l = &a->left_out[i];
        ent_putf(out, "  leaves out %s%s: it collides with", c->statements[l->statement].id,
                 a->core[l->statement] ? " (of its own side)" : "");
        for (size_t j = 0; j < l->count; j++) {
            ent_putf(out, "%s %s", j > 0 ? "," : "", c->statements[l->because[j]].id);
        }
        ent_put_char(out, '\n');
    }
}

void ent_put_accounts_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                           const ent_disputes *disputes)
{
    const ent_case *c = analysis->c;
    ent_put_ink(out, style, ENT_INK_BOLD, c->title);
    ent_put_char(out, '\n');
    ent_put_heading(out, style, "What is in dispute (proved, smallest sets first)");
    ent_put_disputes(out, style, analysis, disputes, SIZE_MAX, SIZE_MAX);
    ent_put_measures(out, style, analysis, SIZE_MAX);
    ent_put_compatible(out, style, analysis, 40);
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        put_account(out, style, c, &analysis->accounts.at[i]);
    }
}
