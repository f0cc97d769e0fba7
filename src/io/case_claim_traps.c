/* Warnings about claims: what is valid and most probably not what the writer meant. */
#include "io/case_decode.h"

#include "base/number.h"
#include "model/scenario.h"
#include "record/exact.h"

#include <math.h>

static int sign_of(const ent_decoder *d, const ent_claim *claim, uint32_t issue)
{
    return d->issues[issue].sign[claim->party];
}

bool ent_has_stake(const ent_decoder *d, uint32_t party, uint32_t issue)
{
    const ent_utility *utility = d->parties[party].utility;
    if (utility == NULL) {
        return d->issues[issue].sign[party] != 0;
    }
    const ent_evaluator *e = &utility->evaluators[ent_exact_first(&d->c->space, issue)];
    bool items = d->issues[issue].kind == ENT_ITEMS;
    bool any = false;
    for (uint32_t k = 0; k < (items ? d->issues[issue].parts : 1); k++) {
        any = any || e[k].raw != NULL || e[k].slope != 0;
    }
    return any;
}

static ent_pos place_of(const ent_package *package, const ent_choice *choice)
{
    return package->name == NULL ? choice->pos : package->pos;
}

/* ---- Stakes ------------------------------------------------------------------------------- */

static void warn_no_stake(ent_decoder *d, const ent_claim *claim, uint32_t issue, ent_pos pos)
{
    ent_warn(d, ENT_C153_NO_STAKE, pos, "does the issue need `stakes`?",
             "`%.100s` has no stake in `%.100s`", d->parties[claim->party].id,
             d->issues[issue].id);
}

static void check_importances(ent_decoder *d, const ent_claim *claim)
{
    for (size_t i = 0; i < claim->ranked_count; i++) {
        if (!ent_has_stake(d, claim->party, claim->ranked[i])) {
            warn_no_stake(d, claim, claim->ranked[i], claim->pos);
        }
    }
    for (size_t i = 0; i < claim->weight_count; i++) {
        if (!ent_has_stake(d, claim->party, claim->weights[i].issue)) {
            warn_no_stake(d, claim, claim->weights[i].issue, claim->weights[i].pos);
        }
    }
}

static void check_package_stake(ent_decoder *d, const ent_claim *claim)
{
    for (size_t i = 0; i < claim->package.count; i++) {
        if (ent_has_stake(d, claim->party, claim->package.choices[i].issue)) {
            return;
        }
    }
    if (claim->package.count > 0) {
        const ent_choice *choice = &claim->package.choices[0];
        warn_no_stake(d, claim, choice->issue, place_of(&claim->package, choice));
    }
}

/* ---- Who gives and who gets --------------------------------------------------------------- */

static void warn_direction(ent_decoder *d, const ent_claim *claim, const ent_package *package,
                           const ent_choice *choice, int wanted)
{
    ent_warn(d, ENT_C154_WRONG_GIVER, place_of(package, choice),
             wanted < 0 ? "see `by` of the issue" : "see `for` of the issue",
             "`%.100s` does not %s `%.100s`", d->parties[claim->party].id,
             wanted < 0 ? "give" : "get", d->issues[choice->issue].id);
}

/*
 * An exchange has a part that the party gives (sign -1) and one that it gets (+1), and others may
 * give in either: only a part without anything of its kind is the wrong way round.
 */
static void check_part(ent_decoder *d, const ent_claim *claim, const ent_package *package,
                       int wanted)
{
    for (size_t i = 0; i < package->count; i++) {
        if (sign_of(d, claim, package->choices[i].issue) == wanted) {
            return;
        }
    }
    for (size_t i = 0; i < package->count; i++) {
        warn_direction(d, claim, package, &package->choices[i], wanted);
    }
}

/* A step less of what is demanded is refused, so that all of it must be worth something. */
static void check_demanded(ent_decoder *d, const ent_claim *claim)
{
    for (size_t i = 0; i < claim->package.count; i++) {
        const ent_choice *choice = &claim->package.choices[i];
        if (choice->level != 0 && sign_of(d, claim, choice->issue) <= 0) {
            warn_direction(d, claim, &claim->package, choice, 1);
        }
    }
}

static void check_way(ent_decoder *d, const ent_claim *claim, const ent_package *package,
                      ent_way direction)
{
    const ent_verb_record *verb = &ent_verbs[claim->verb];
    if (verb->line != ENT_LINE_NONE) {
        return; /* its errors are told where it is read */
    }
    if (direction == ENT_EITHER_WAY) {
        check_package_stake(d, claim);
    } else if (package == &claim->package && verb->steps == ENT_STEPS_LESS_GOT) {
        check_demanded(d, claim);
    } else if (direction != ENT_NO_DIRECTION) {
        check_part(d, claim, package, direction == ENT_GIVEN ? -1 : 1);
    }
}

/* ---- Lines -------------------------------------------------------------------------------- */

/* A side that says what nobody could do about something of its own most often means a red line. */
static void check_own_cannot(ent_decoder *d, const ent_statement *statement,
                             const ent_claim *claim)
{
    if (ent_verbs[claim->verb].line != ENT_LINE_CANNOT || statement->side >= d->c->party_count) {
        return;
    }
    for (size_t i = 0; i < claim->package.count; i++) {
        const ent_choice *choice = &claim->package.choices[i];
        if (choice->level != 0 && ent_gives(&d->issues[choice->issue], statement->side)) {
            ent_warn(d, ENT_C164_OWN_CANNOT, claim->pos,
                     "a red line of its own is `never`; `cannot` is for law and physics",
                     "`%.100s` gives `%.100s`, and says itself that nobody could",
                     d->parties[statement->side].id, d->issues[choice->issue].id);
            return;
        }
    }
}

/* ---- Importances that add up to nearly 1 -------------------------------------------------- */

/* Do numbers that stand for all of the party's stakes miss the sum of 1, which they must have? */
static void warn_sum(ent_decoder *d, double sum, ent_pos pos)
{
    char text[ENT_NUMBER_ROOM];
    double rounded = round(sum * 1e9) / 1e9;
    ent_warn(d, ENT_C167_ROUNDED_SHARES, pos, "write ranges, as [0.33, 0.34]",
             "these importances add up to %s, not 1", ent_number_text(rounded, text));
}

static bool is_pinned(const ent_weight *weight)
{
    return weight->value.low == weight->value.high;
}

/*
 * Nearly 1: shares with two digits are off by at most half a hundredth each. More than that is no
 * rounding, and where several statements are summed it is a dispute and no slip.
 */
static bool is_nearly_one(double sum, size_t count)
{
    double off = fabs(sum - 1);
    return off > 1e-9 && off <= 0.005 * (double)count + 1e-9;
}

/* What pins each issue; false where one issue is pinned at two values, which is no rounding. */
static bool pin(const ent_claim *claim, const ent_weight **pins, const ent_weight **last)
{
    for (size_t j = 0; j < claim->weight_count; j++) {
        const ent_weight *weight = &claim->weights[j];
        const ent_weight *before = pins[weight->issue];
        if (is_pinned(weight) && before != NULL && before->value.low != weight->value.low) {
            return false;
        }
        if (is_pinned(weight) && before == NULL) {
            *last = pins[weight->issue] = weight;
        }
    }
    return true;
}

void ent_check_pinned(ent_decoder *d, uint32_t party)
{
    uint32_t issues = d->c->space.issue_count;
    const ent_weight **pins = ent_alloc(d->work->arena, issues + 1, const ent_weight *);
    const ent_weight *last = NULL;
    for (uint32_t i = 0; i < d->c->statement_count; i++) {
        const ent_statement *s = &d->statements[i];
        for (size_t k = 0; k < s->claim_count; k++) {
            if (s->claims[k].party == party && !pin(&s->claims[k], pins, &last)) {
                return;
            }
        }
    }
    double sum = 0;
    size_t count = 0;
    bool all = true;
    for (uint32_t i = 0; last != NULL && i < issues; i++) {
        bool stake = ent_has_stake(d, party, i);
        all = all && (!stake || pins[i] != NULL);
        sum += stake && pins[i] != NULL ? pins[i]->value.low : 0;
        count += stake && pins[i] != NULL;
    }
    if (last != NULL && is_nearly_one(sum, count) && (all || sum > 1)) {
        warn_sum(d, sum, last->pos);
    }
}

void ent_check_claim_traps(ent_decoder *d, const ent_statement *statement, const ent_claim *claim)
{
    if (claim->party == ENT_NONE || claim->party >= d->c->party_count) {
        return;
    }
    if (d->parties[claim->party].approval != NULL) {
        ent_warn(d, ENT_C162_COUNCIL, claim->pos, "make it a claim about a member",
                 "claims about the council `%.100s` change nothing", d->parties[claim->party].id);
        return;
    }
    check_importances(d, claim);
    check_way(d, claim, &claim->package, ent_verbs[claim->verb].direction);
    check_way(d, claim, &claim->other, ent_verbs[claim->verb].partner_direction);
    check_own_cannot(d, statement, claim);
}
