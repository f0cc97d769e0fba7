#include "report/plan.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

/*
 * The steps issue by issue: of an options issue the farthest, which contains the others; of items
 * all, after the issue's name.
 */
static const char *steps_text(ent_arena *arena, const ent_case *c, const ent_plan *plan,
                              uint64_t steps)
{
    ent_buffer out = ent_buffer_init(arena, 0);
    uint32_t before = ENT_NONE;
    for (uint32_t s = 0; s < plan->step_count; s++) {
        uint32_t i = plan->steps[s].issue;
        const ent_issue *issue = &c->space.issues[i];
        bool contained = issue->kind == ENT_OPTIONS && s + 1 < plan->step_count &&
                         plan->steps[s + 1].issue == i && (steps >> (s + 1) & 1) != 0;
        if ((steps >> s & 1) == 0 || contained) {
            continue;
        }
        if (i == before) {
            ent_putf(&out, ", %s", issue->part_names[plan->steps[s].part]);
        } else {
            ent_putf(&out, "%s%s", out.length > 0 ? "; " : "", plan->steps[s].text);
        }
        before = i;
    }
    return out.length == 0 ? "nothing" : ent_buffer_text(&out);
}

/* Who performs what in a phase. */
static void put_acts(ent_buffer *out, const ent_style *style, const ent_case *c,
                     const ent_plan *plan, const char *who, uint64_t steps)
{
    if (steps != 0) {
        ent_putf(out, "    %s: ", who);
        ent_put_wrapped(out, style, 6 + (unsigned)ent_text_width(who), 6,
                        steps_text(out->arena, c, plan, steps));
    }
}

/* A share with its bar, and the range that it has over the worlds where it has one. */
static void put_trust(ent_buffer *out, const ent_style *style, unsigned at, double share,
                      double low, double high)
{
    enum { CELLS = 10 };
    ent_putf(out, " %4s  ", ent_percent(out->arena, share));
    ent_put_bar(out, share, CELLS);
    ent_put_note(out, style, at + 7 + CELLS, at,
                 high - low > 0.005 ? ent_format(out->arena, "%s to %s",
                                                 ent_percent(out->arena, low),
                                                 ent_percent(out->arena, high))
                                    : "");
}

uint64_t ent_plan_common(const ent_plan *plan, const ent_case *c)
{
    uint64_t given = 0;
    for (uint32_t p = 0; p < c->party_count; p++) {
        given |= plan->givers[p];
    }
    return ~given;
}

static void put_phase(ent_buffer *out, const ent_style *style, const ent_case *c,
                      const ent_plan *plan, uint32_t k)
{
    const ent_plan_phase *phase = &plan->phases[k];
    const char *label = style->width < 72 ? "      trust of " : "      trust needed of ";
    unsigned at = (unsigned)strlen(label) + 20;
    at = at + 17 > style->width ? style->width - 17 : at;
    ent_putf(out, "  Phase %u\n", k + 1);
    for (uint32_t p = 0; p < c->party_count; p++) {
        put_acts(out, style, c, plan, c->parties[p].name, plan->givers[p] & phase->steps);
    }
    put_acts(out, style, c, plan, "all together", phase->steps & ent_plan_common(plan, c));
    for (uint32_t q = 0; q < plan->party_count; q++) {
        if ((plan->own[q] & phase->steps) == 0) {
            ent_put(out, "      ");
            ent_put_wrapped(out, style, 6, 8,
                            ent_format(out->arena, "%s has nothing to perform",
                                       c->parties[plan->parties[q]].name));
            continue;
        }
        ent_put(out, label);
        ent_put_cell(out, c->parties[plan->parties[q]].name, at - (unsigned)strlen(label), false);
        put_trust(out, style, at, phase->trust[q], phase->low[q], phase->high[q]);
    }
}

static void put_curve(ent_buffer *out, const ent_style *style, const ent_plan *plan)
{
    ent_put(out, "\n  Least greatest trust by number of phases\n");
    for (uint32_t k = 0; k < plan->most; k++) {
        bool ranged = plan->curve_worlds > 0;
        ent_putf(out, "    %-2u ", k + 1);
        put_trust(out, style, 7, plan->curve[k], ranged ? plan->low[k] : 0,
                  ranged ? plan->high[k] : 0);
    }
}

static void put_paragraph(ent_buffer *out, const ent_style *style, const char *text)
{
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 2, text);
}

/* The greatest loss that anybody risks in one phase. */
static void put_exposure(ent_buffer *out, const ent_style *style, const ent_case *c,
                         const ent_plan *plan)
{
    double worst = 0;
    uint32_t at = 0;
    uint32_t who = 0;
    for (uint32_t k = 0; k < plan->phase_count; k++) {
        for (uint32_t q = 0; q < plan->party_count; q++) {
            if (plan->phases[k].exposure[q] > worst) {
                worst = plan->phases[k].exposure[q];
                at = k;
                who = q;
            }
        }
    }
    if (worst > 0) {
        uint32_t party = plan->parties[who];
        put_paragraph(
            out, style,
            ent_format(out->arena,
                       "Worst exposure: in phase %u, if the others do nothing, %s has given away "
                       "%s of all that it has at stake (%s).",
                       at + 1, c->parties[party].name, ent_percent(out->arena, worst),
                       steps_text(out->arena, c, plan,
                                  plan->givers[party] & plan->phases[at].steps)));
    }
}

static void put_stated(ent_buffer *out, const ent_style *style, const ent_case *c,
                       const ent_plan *plan)
{
    if (!plan->has_trust) {
        put_paragraph(out, style, "There is no trust figure for every party in this account; "
                                  "--trust PARTY=X sets one.");
        return;
    }
    for (uint32_t q = 0; q < plan->party_count; q++) {
        double low = plan->stated[q].low;
        double high = plan->stated[q].high;
        const char *range = high > low ? ent_format(out->arena, "%s to %s",
                                                    ent_percent(out->arena, low),
                                                    ent_percent(out->arena, high))
                                       : ent_percent(out->arena, low);
        put_paragraph(out, style,
                      ent_format(out->arena, "Trust of %s that the others perform: %s.",
                                 c->parties[plan->parties[q]].name, range));
    }
    put_paragraph(out, style,
                  ent_format(out->arena, "The largest first step that this trust carries%s: %s.",
                             plan->exact ? "" : " (built up, not proved)",
                             steps_text(out->arena, c, plan, plan->first)));
    put_paragraph(out, style,
                  plan->carried ? "It carries the whole deal, in phases."
                  : plan->exact ? "It does not carry the whole deal in that many phases."
                                : "It does not carry the plan that was found; another may do.");
}

static void put_change(ent_buffer *out, const ent_style *style, const ent_case *c,
                       const ent_plan *plan)
{
    if (plan->carried) {
        return;
    }
    if (!plan->has_trust) {
        put_paragraph(out, style,
                      ent_format(out->arena,
                                 "No sequence%s carries itself: at some point somebody would have "
                                 "nothing left to gain by performing.",
                                 plan->exact ? "" : " that was found"));
    }
    if (plan->change == 0) {
        put_paragraph(out, style,
                      plan->change_proved
                          ? "Nor would it if every step could be taken back."
                          : "No small set of undo clauses was found that would change that.");
        return;
    }
    put_paragraph(out, style,
                  ent_format(out->arena,
                             "The least that would change that: a clause to take back %s. The "
                             "greatest trust needed would then be %s%s.",
                             steps_text(out->arena, c, plan, plan->change),
                             ent_percent(out->arena, plan->change_trust),
                             plan->change_proved ? "" : " (fewer may do)"));
}

static void put_undo(ent_buffer *out, const ent_plan *plan)
{
    double now = plan->curve[plan->most - 1];
    bool headed = false;
    for (uint32_t s = 0; s < plan->step_count; s++) {
        const ent_plan_step *step = &plan->steps[s];
        if (step->undo < 1 && now - step->saves > 0.005) {
            ent_putf(out, "%s%s%s",
                     headed ? "" : "\n  What a clause to take back one step would save",
                     headed || plan->exact ? "" : " (by search, not proved)",
                     headed ? "" : "\n");
            headed = true;
            ent_putf(out, "    %s -> %s  ", ent_percent(out->arena, now),
                     ent_percent(out->arena, step->saves));
            ent_putf(out, "%s\n", step->text);
        }
    }
}

/* Who would not take the whole deal, however it is parted: trust is no help over a line. */
static void put_crossed(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        size_t account, const uint64_t *deal)
{
    const ent_case *c = analysis->c;
    for (uint32_t p = 0; p < c->party_count; p++) {
        const ent_line *line = ent_plan_crosses(analysis, account, p, deal);
        if (line != NULL) {
            put_paragraph(out, style,
                          ent_format(out->arena,
                                     "%s would not take this package, whatever the steps: it "
                                     "crosses a line of its own (%s).",
                                     c->parties[p].name, c->statements[line->statement].id));
        }
    }
}

void ent_put_plan(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                  size_t account, const ent_planned *planned)
{
    const ent_case *c = analysis->c;
    const ent_plan *plan = &planned->plan;
    if (planned->deal == NULL) {
        put_paragraph(out, style, "There is no deal to plan.");
        return;
    }
    ent_put(out, planned->chosen ? "  The package with the highest joint share:\n" : "");
    ent_put_exchange(out, style, c, planned->deal, 4);
    put_crossed(out, style, analysis, account, planned->deal);
    ent_put(out, "\n");
    for (uint32_t k = 0; k < plan->phase_count; k++) {
        put_phase(out, style, c, plan, k);
    }
    put_curve(out, style, plan);
    put_undo(out, plan);
    ent_put(out, "\n");
    put_exposure(out, style, c, plan);
    put_stated(out, style, c, plan);
    put_change(out, style, c, plan);
    if (!plan->exact) {
        put_paragraph(out, style,
                      ent_format(out->arena,
                                 "Found by search over %s, not proved the best; no plan of %s "
                                 "needs less than %s.",
                                 ent_counted(out->arena, plan->step_count, "steps"),
                                 ent_counted(out->arena, plan->most, "phases"),
                                 ent_percent(out->arena, plan->bound)));
    }
}

static const char *needed_text(ent_arena *arena, const ent_plan *plan)
{
    double least = plan->curve[plan->most - 1];
    if (least >= 1 - 1e-9) {
        return "No sequence of steps carries this package: at some point somebody would have "
               "nothing left to gain by performing.";
    }
    return ent_format(arena,
                      "In %u phase%s the best package needs nobody to trust more than %s that the "
                      "others perform; all at once it would take %s.",
                      plan->phase_count, plan->phase_count == 1 ? "" : "s",
                      ent_percent(arena, least), ent_percent(arena, plan->curve[0]));
}

void ent_put_plan_brief(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        const ent_planned *planned)
{
    const ent_plan *plan = &planned->plan;
    if (planned->deal == NULL) {
        put_paragraph(out, style, "There is no deal to plan.");
        return;
    }
    if (plan->phase_count == 0) {
        put_paragraph(out, style, "Too many steps to part into phases here; see `entente plan`.");
        return;
    }
    put_paragraph(out, style, needed_text(out->arena, plan));
    if (plan->curve[plan->most - 1] < 1 - 1e-9 && plan->phase_count > 1) {
        const char *first = steps_text(out->arena, analysis->c, plan, plan->phases[0].steps);
        put_paragraph(out, style, ent_format(out->arena, "The first phase: %s.", first));
    }
    if (plan->has_trust) {
        const char *carried = steps_text(out->arena, analysis->c, plan, plan->first);
        put_paragraph(out, style,
                      ent_format(out->arena, "The largest first step that the stated trust "
                                             "carries: %s.",
                                 carried));
    } else {
        put_paragraph(out, style, "This account has no trust figure for every party.");
    }
}

void ent_put_plan_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                       const ent_planned *planned)
{
    ent_put_ink(out, style, ENT_INK_BOLD, analysis->c->title);
    ent_put(out, "\nSteps that trust can carry\n");
    ent_put_record(out, style, analysis);
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account != NULL && ent_first_told(analysis, i) == i) {
            ent_put_heading(out, style, ent_told_title(out->arena, analysis, i));
            ent_doubts doubts = ent_doubts_of(out->arena, analysis, i, NULL, false);
            ent_put_doubts(out, style, &doubts, 2);
            ent_put_plan(out, style, analysis, i, &planned[i]);
        }
    }
    ent_put(out, "\n");
    ent_put_wrapped(out, style, 0, 0,
                    "The trust that a phase needs of a party is the chance, that the others "
                    "perform their part of it, from which performing its own pays. Figures are "
                    "those of the mean of the account's worlds; ranges hold for eight worlds of "
                    "ten.");
    ent_put(out, "\n");
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}

void ent_put_plan_plain(ent_buffer *out, const ent_analysis *analysis, const ent_planned *planned)
{
    char number[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        const ent_plan *plan = &planned[i].plan;
        if (analysis->worlds[i].account == NULL || planned[i].deal == NULL) {
            continue;
        }
        for (uint32_t k = 0; k < plan->phase_count; k++) {
            for (uint32_t q = 0; q < plan->party_count; q++) {
                uint32_t p = plan->parties[q];
                ent_putf(out, "%s\t%u\t%s\t%s\t%s\n", analysis->accounts.at[i].id, k + 1,
                         analysis->c->parties[p].id,
                         ent_number_text(plan->phases[k].trust[q], number),
                         steps_text(out->arena, analysis->c, plan,
                                    plan->givers[p] & plan->phases[k].steps));
            }
        }
    }
}
